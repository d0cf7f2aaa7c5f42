"""Profiles that were once rated wrongly, and what they come to now.

Each starts from the sound profile, in which everything is in place, with only what is named changed.
"""

import json
import re

import pytest

from conftest import BARE, EXAMPLES
from engagecheck import Basis, ExitCode, InputRefused, Level, Outcome, Style, installed, load_profile, run_audit
from engagecheck.analysis.notes import notes
from engagecheck.analysis.whatif import what_if
from engagecheck.audit.priorities import KEEP_GOING, NAME_DOCUMENTS
from engagecheck.intake.edit import set_fact as set_at
from engagecheck.testing import sound_profile

REGISTRY = installed(third_party=False)
MET, PARTLY, NOT, UNKNOWN, NA = (
    Outcome.MET, Outcome.PARTLY_MET, Outcome.NOT_MET, Outcome.NOT_EVIDENCED, Outcome.NOT_APPLICABLE,
)  # fmt: skip
NONE = {"of": 0, "entries": []}


def sound_with(**changes):
    """The sound profile with other facts, each named by its path with two underscores; `None` takes one out."""
    document = sound_profile()
    for path, value in changes.items():
        *steps, last = path.split("__")
        holder = document
        for step in steps:
            holder = holder[step]
        if value is None:
            holder.pop(last)
        else:
            holder[last] = value
    return document


def accepted(document):
    return load_profile(json.dumps(document).encode(), registry=REGISTRY)


def audited(document=None, **changes):
    report = run_audit(accepted(document or sound_with(**changes)), REGISTRY)
    assert report.problems == (), report.run
    return report


def refusal(document):
    with pytest.raises(InputRefused) as refused:
        accepted(document)
    assert refused.value.exit_code == ExitCode.INPUT == 3
    return str(refused.value)


def result(report, name):
    """The result of a criterion, by the last part of its id."""
    return next(one for finding in report.findings for one in finding.criteria if one.id.endswith(f"/{name}"))


def outcome(report, *names):
    found = tuple(result(report, name).outcome for name in names)
    return found if len(names) > 1 else found[0]


def ends(report, name):
    return result(report, name).at_worst, result(report, name).at_best


def flags(report):
    """The last part of the id of each flagged criterion, with what ends it."""
    return {flag.criterion.partition("/")[2]: str(flag.kind) for flag in report.summary.flags}


def short(report):
    """What is neither met nor does not apply."""
    return {one.id.partition("/")[2] for finding in report.findings for one in finding.criteria if one.outcome not in (MET, NA)}


def cited(**more):
    return {**more, "evidence": ["AR2526"]}


def spell(holder, since, until="present", kind="substantive", **more):
    stated = {"holder": holder, "kind": kind, "since": since, "until": until, **more}
    return {name: value for name, value in stated.items() if value is not None}


def post(*spells, complete_from="2012-04", **more):
    return cited(role="Chief Executive", holders={"of": len(spells), "complete_from": complete_from, "entries": list(spells)}, **more)


def chief_executives(*spells, **more):
    return audited(leadership__chief_executive=post(*spells, **more))


def listed(*entries, evidence="CQC", **more):
    return {"of": len(entries), "entries": list(entries), "evidence": [evidence], **more}


def rated(domain, rating, on):
    return {"domain": domain, "rating": rating, "on": on}


def measured(**more):
    return {
        "instrument": "nhs_staff_survey", "topic": "engagement", "population": "doctors", "on": "2024-11", "respondents": 400, "invited": 520,
        "score": 7.3, "scale_low": 0, "scale_high": 10, "comparator": {"score": 7.0, "population": "doctors", "group": "acute trusts"}, **more,
    }  # fmt: skip


def measurements(*entries):
    return audited(journey__measurements=listed(*entries, evidence="SURVEYS", complete_from="2021-01"))


def without_evidence(value):
    if isinstance(value, dict):
        return {name: without_evidence(part) for name, part in value.items() if name not in ("evidence", "evidence_for")}
    return [without_evidence(item) for item in value] if isinstance(value, list) else value


def test_the_sound_profile_is_sustaining():
    report = audited()
    assert (report.summary.level, report.exit_code, flags(report), short(report)) == (Level.SUSTAINING, ExitCode.OK, {}, set())
    assert report.summary.score.low == report.summary.score.high == 100


@pytest.mark.parametrize("register", [None, [], sound_profile()["evidence"]], ids=["no register", "empty register", "register not cited"])
def test_01_what_nobody_has_shown_is_unproven(register):
    bare = without_evidence(sound_profile())
    report = audited(bare if register is None else {**bare, "evidence": register})
    assert (report.summary.level, report.summary.gate, report.exit_code) == (Level.UNPROVEN, False, ExitCode.GATE)
    assert {ladder.name: (ladder.value, ladder.level) for ladder in report.summary.ladders}["evidence"] == (0, Level.UNPROVEN)
    assert report.summary.score.low == 100  # the facts count in the score
    first = report.summary.next_steps[0]  # and what is asked for is documents
    assert (first.criterion, first.advice, first.level, first.points) == (None, NAME_DOCUMENTS, Level.SUSTAINING, 0)
    assert NAME_DOCUMENTS.text in " ".join(REGISTRY.reporters["summary"].render(report, Style()).split())


def test_01_documents_are_asked_for_only_where_they_lift_the_evidence():
    bare = without_evidence(sound_profile())
    flagged = audited({**bare, "commitment": {**bare["commitment"], "board_lead": {"named": False}}})
    steps = [(step.criterion, step.ends_flag) for step in flagged.summary.next_steps]
    assert steps[:2] == [("senior-commitment/board-lead", True), (None, False)]  # what ends a red flag comes first
    nothing = audited(BARE)
    assert [step.advice for step in (*audited().summary.next_steps, *nothing.summary.next_steps)] == [KEEP_GOING, KEEP_GOING]
    ladders = {ladder.name: ladder.value for ladder in nothing.summary.ladders}
    assert ladders["evidence"] == 0  # nothing is answered, so there is nothing to name a document for


@pytest.mark.parametrize("strength", ["documented", "corroborated", "verified"])
@pytest.mark.parametrize("dates", [{}, {"effective": "2005-01"}, {"collected": "2026-03-01"}], ids=["undated", "out of date", "only collected"])
def test_01_nor_does_what_is_out_of_date_or_undated_show_anything(strength, dates):
    document = sound_profile()
    document["evidence"] = [{"id": one["id"], "title": one["title"], "kind": one["kind"], "assurance": strength, **dates} for one in document["evidence"]]
    report = audited(document)
    assert {ladder.name: ladder.value for ladder in report.summary.ladders} == {"score": 100, "flags": 0, "evidence": 0}
    assert (report.summary.level, report.exit_code) == (Level.UNPROVEN, ExitCode.GATE)


def test_02_what_doctors_say_themselves_is_a_red_flag():
    document = sound_with(journey__action_plan_known={"of": 200, "count": 5})
    means = {"doctors": 2.0, "executives": 8.5, "medical_leaders": 8, "managers": 8}
    for group, mean in means.items():
        document["perceptions"][group]["overall"]["mean"] = mean
    report = audited(document)
    assert flags(report) == {"doctors-say": "put_right"}
    assert outcome(report, "doctors-say", "perception-gap", "views-agreement", "action-plan-known") == (NOT, NOT, NOT, NOT)
    assert (report.summary.level, report.summary.gate) == (Level.BUILDING, False)


BREACHES = {
    "appointment-panels": {"selection__complete_panels": {"of": 22, "count": 0}},
    "recommendations-on-time": {"appraisal__recommendations_late": 60},
    "board-report": {"appraisal__board_report_on": "2019-09", "appraisal__compliance_signed_on": "2019-09"},
    "senior-lead-resident-doctors": {"commitment__resident_lead": {"executive": False, "board_oversight": False}},
    "resident-doctor-peer-lead": {"commitment__resident_peer_lead": {"named": False, "reports_to_board": False}},
    "on-the-assurance-framework": {"governance__assurance_framework": {"plan_overseen": False, "outcomes_reported": False, "principal_risk": False}},
    "capability-self-assessment": {"governance__capability_assessed_on": "2019-10"},
}


def test_03_each_broken_standard_is_a_red_flag():
    report = audited(**{path: value for changes in BREACHES.values() for path, value in changes.items()})
    assert flags(report) == dict.fromkeys(BREACHES, "put_right")
    assert (report.summary.level, report.exit_code) == (Level.STARTING, ExitCode.GATE)
    assert report.summary.score.low == report.summary.score.high >= 72


@pytest.mark.parametrize("name", BREACHES)
def test_03_one_broken_standard_is_one(name):
    report = audited(**BREACHES[name])
    assert (flags(report), report.summary.level, report.summary.gate) == ({name: "put_right"}, Level.BUILDING, False)


@pytest.mark.parametrize("on", ["2023-02-20", "2013-02"])
def test_04_a_rating_below_good_stands_until_it_is_replaced(on):
    report = audited(regulator__ratings=listed(rated("well_led", "inadequate", on)))
    assert (outcome(report, "no-open-warning"), flags(report)) == (NOT, {"no-open-warning": "explain"})
    replaced = audited(regulator__ratings=listed(rated("well_led", "inadequate", on), rated("well_led", "good", "2024-06")))
    assert (outcome(replaced, "no-open-warning"), flags(replaced)) == (MET, {})


def test_05_an_overall_rating_of_inadequate_counts_and_no_rating_is_not_shown():
    overall = audited(regulator__ratings=listed(rated("overall", "inadequate", "2026-02-20")))
    assert (outcome(overall, "no-open-warning"), flags(overall)) == (NOT, {"no-open-warning": "explain"})
    none = audited(regulator__ratings=listed())
    assert (outcome(none, "no-open-warning"), flags(none)) == (UNKNOWN, {"no-open-warning": "show"})


def test_06_a_total_of_none_is_questioned():
    report = audited(structure__divisions=NONE, structure__departments=NONE, leadership__clinical_directors=NONE)
    led = ("divisions-led-by-doctors", "departments-led-by-doctors", "leaders-paired-with-managers")
    others = ("leadership-time", "authority-with-responsibility", "open-competition", "leader-role-charter", "leaders-prepared")
    assert set(outcome(report, *led, *others, "clinical-director-continuity", "development-investment")) == {UNKNOWN}
    for name in (*led, *others):
        assert "every organisation of this kind has some: check the total" in result(report, name).message
    assert flags(report) == dict.fromkeys(led, "show")
    assert report.summary.coverage.applicable == audited().summary.coverage.applicable
    assert report.summary.level is Level.BUILDING


@pytest.mark.parametrize(
    ("section", "fact", "names"),
    [
        ("strategy", "divisional_plans", ["divisions-aligned"]), ("strategy", "programmes", ["programmes-linked"]),
        ("involvement", "projects", ["joint-improvement", "doctors-take-responsibility"]), ("involvement", "change_projects", ["residents-from-the-start"]),
    ],
)  # fmt: skip
def test_06_no_plans_or_projects_at_all_are_questioned(section, fact, names):
    report = audited(**{f"{section}__{fact}": NONE})
    for name in names:
        assert outcome(report, name) is UNKNOWN
        assert "check the total" in result(report, name).message


def test_06_no_planned_half_day_is_no_protected_time():
    assert outcome(audited(governance__governance_half_days={"of": 0, "count": 0}), "protected-meeting-time") is NOT


def test_a_benchmark_is_our_judgement_before_it_was_published():
    assert result(audited(), "monitored-strategy").basis is Basis.BENCHMARK
    for day, basis, prompted in (("2023-07-31", Basis.JUDGEMENT, True), ("2023-08-01", Basis.BENCHMARK, False)):
        shown = result(audited({**BARE, "as_of": day}), "monitored-strategy")
        assert (shown.basis, shown.source.prompted) == (basis, prompted)


def test_checks_for_contradictions_have_no_score():
    scores = {finding.rule: finding.score for finding in audited().findings}
    assert [rule for rule, score in scores.items() if score is None] == ["consistency"]


@pytest.mark.parametrize(
    ("fact", "value", "names"),
    [
        ("leadership__other_executives", NONE, ("executive-vacancies", "executive-continuity")),
        ("leadership__non_executives", NONE, ("long-serving-non-executives",)), ("appraisal__job_plans", {"of": 0, "count": 0}, ("job-plans",)),
        ("talent__succession", {"of": 0, "count": 0}, ("named-successors",)), ("talent__resident_leadership", {"of": 0, "count": 0}, ("trainee-leadership",)),
        ("involvement__tiers__board", {"exists": False}, ("doctors-at-every-tier",)),
    ],
)  # fmt: skip
def test_06_so_is_every_other_total_of_none(fact, value, names):
    report = audited(**{fact: value})
    assert {result(report, name).outcome for name in names} == {UNKNOWN}


INTERIMS = (
    ("2024-10-01", "2024-12-31"), ("2025-01-01", "2025-03-31"), ("2025-04-01", "2025-06-30"), ("2025-07-01", "2025-09-30"),
    ("2025-10-01", "2025-12-31"), ("2026-01-01", "present"),
)  # fmt: skip


def test_07_interims_never_fill_a_post():
    letters = dict(zip(INTERIMS, "BCDEFG", strict=True))
    named = chief_executives(spell("A", "2013-02", "2024-09-30"), *(spell(letters[one], *one, "interim") for one in INTERIMS))
    unnamed = chief_executives(spell("A", "2013-02", "2024-09-30"), *(spell(None, *one, "interim") for one in INTERIMS))
    for report in (named, unnamed):
        assert (outcome(report, "executive-vacancies"), result(report, "executive-vacancies").value) == (PARTLY, 1)
        assert "Chief Executive" in result(report, "executive-vacancies").message
        assert outcome(report, "chief-executive-tenure") is NOT
    assert (outcome(named, "chief-executive-turnover"), result(named, "chief-executive-turnover").value) == (NOT, 7)
    assert (ends(unnamed, "chief-executive-turnover"), result(unnamed, "chief-executive-turnover").value) == ((NOT, MET), (1, 7))
    assert (flags(named), flags(unnamed)) == ({"chief-executive-turnover": "put_right"}, {"chief-executive-turnover": "show"})


def test_08_all_staff_morale_is_no_measure_of_doctors_engagement():
    morale = {"instrument": "own", "topic": "morale", "population": "all_staff", "comparator": None}
    entries = [{name: value for name, value in measured(on=on, **morale).items() if value} for on in ("2023-03", "2024-03", "2025-03")]
    report = measurements(*entries)
    assert (outcome(report, "measured-repeatedly"), result(report, "measured-repeatedly").value) == (NOT, 0)
    assert outcome(report, "measured-recently", "direction", "engagement-against-peers") == (NOT, NA, UNKNOWN)
    assert result(report, "measured-recently").message == "Doctors' engagement has not been measured since January 2021."


@pytest.mark.parametrize("leaders", [4.0, 10.0])
def test_09_a_perception_gap_is_as_wide_on_either_side(leaders):
    document = sound_profile()
    document["perceptions"]["executives"]["overall"]["mean"] = leaders
    document["perceptions"]["doctors"]["overall"]["mean"] = 7.0
    gap = result(audited(document), "perception-gap")
    assert (gap.value, gap.outcome) == (3.0, NOT)


@pytest.mark.parametrize(("until", "value"), [("2025-06-30", 4), (None, (3, 4))])
def test_10_a_failure_is_proven_whatever_date_is_missing(until, value):
    report = chief_executives(
        spell("A", "2013-02", "2024-06-30"), spell("B", "2024-07-01", "2024-12-31"), spell("C", None, until, "interim"), spell("D", "2025-07-01"),
    )  # fmt: skip
    assert (outcome(report, "chief-executive-turnover"), result(report, "chief-executive-turnover").value) == (NOT, value)
    assert flags(report)["chief-executive-turnover"] == "put_right"


def test_11_one_who_is_confirmed_after_acting_is_one_person():
    report = chief_executives(spell("P", "2013-02", "2023-12-31"), spell("A", "2024-01-01", "2024-05-31", "interim"), spell("A", "2024-06-01"))
    assert (outcome(report, "chief-executive-turnover"), result(report, "chief-executive-turnover").value) == (MET, 2)
    assert outcome(report, "dates-agree") is MET


def test_12_one_unknown_start_is_one_thing_to_show():
    document = sound_profile()
    del document["leadership"]["chief_executive"]["holders"]["entries"][0]["since"]
    report = audited(document)
    assert (report.summary.level, flags(report)) == (Level.BUILDING, {"dates-agree": "show"})
    assert report.summary.could_be is Level.SUSTAINING
    assert report.summary.score.low == report.summary.score.high == 100


def twice(document, *path):
    entries = document
    for step in path:
        entries = entries[step]
    entries["entries"][1] = dict(entries["entries"][0])


@pytest.mark.parametrize(
    "path",
    [("leadership", "non_executives"), ("learning", "external_learning"), ("selection", "competitions"), ("commitment", "engagement_reviews")],
)
def test_13_two_entries_that_are_alike_are_two(path):
    document = sound_profile()
    twice(document, *path)
    report = audited(document)
    assert (report.summary.level, short(report)) == (Level.SUSTAINING, set())


@pytest.mark.parametrize("letters", ["AB", (None, None)])
def test_13_so_are_partners_who_share_a_post(letters):
    partners = [spell(letter, "2021-06") for letter in letters]
    report = chief_executives(*partners, complete_from="2021-06", shared="job_share", created="2021-06")
    assert outcome(report, "dates-agree", "executive-vacancies", "chief-executive-tenure") == (MET, MET, MET)


def test_13_only_the_same_id_twice_is_refused():
    document = sound_profile()
    document["evidence"].append(document["evidence"][0])
    assert "is used twice in the evidence register" in refusal(document)


def small_body(invited=39, mean=7.3):
    """The sound profile as a body of 39 doctors, of whom 31 answer every survey."""
    group = {"responded": 31, "overall": {"n": 31, "mean": mean}} | ({"invited": invited} if invited else {})
    document = sound_with(perceptions__doctors=group)
    document["appraisal"].update(connected=39, completed=38, approved_missed=1, unapproved_missed=0, appraisers=4)
    for one in document["journey"]["measurements"]["entries"]:
        if one["population"] == "doctors":
            one.update(respondents=31, **({"invited": invited} if invited else {}))
            if not invited:
                del one["invited"]
    return document


def test_14_a_small_body_is_decided_by_its_standard_error():
    report = audited(small_body())
    for name in ("engagement-against-peers", "doctors-say"):
        assert outcome(report, name) is MET
        assert "with 31 of 39 answering, differences under 0.3 mean little" in result(report, name).message.lower()
    assert (flags(report), report.exit_code) == ({}, ExitCode.OK)
    assert outcome(audited(small_body(mean=5.0)), "doctors-say") is NOT
    unsure = audited(small_body(invited=None))
    assert outcome(unsure, "engagement-against-peers", "doctors-say") == (UNKNOWN, UNKNOWN)
    assert flags(unsure) == {"engagement-against-peers": "show", "doctors-say": "show"}


def test_15_no_appointment_and_no_panel_does_not_apply():
    none = {"of": 0, "count": 0}
    report = audited(selection__scored_assessment=none, selection__complete_panels=none)
    assert outcome(report, "beyond-clinical-expertise", "appointment-panels") == (NA, NA)
    assert (flags(report), report.exit_code) == ({}, ExitCode.OK)
    assert flags(audited(selection__scored_assessment=none)) == {"beyond-clinical-expertise": "show"}


@pytest.mark.parametrize(("connected", "expected"), [(2, PARTLY), (19, PARTLY), (20, PARTLY), (33, PARTLY), (34, PARTLY), (100, MET)])
def test_16_one_missed_appraisal_is_never_worse_in_a_smaller_body(connected, expected):
    document = sound_profile()
    document["appraisal"].update(connected=connected, completed=connected - 1, approved_missed=0, unapproved_missed=1)
    report = audited(document)
    assert outcome(report, "unapproved-missed") is expected
    assert "unapproved-missed" not in flags(report)


def recommendations(**counts):
    document = sound_profile()
    for name in ("recommendations_due", "recommendations_made", "recommendations_late", "recommendations_not_made"):
        del document["appraisal"][name]
    for name in ("positive", "deferrals", "non_engagement", "did_not_revalidate"):
        del document["appraisal"][name]
    document["appraisal"].update(counts)
    return audited(document)


def test_17_late_and_not_made_are_two_facts():
    ten = {"recommendations_due": 10, "recommendations_made": 9, "recommendations_late": 1}
    report = recommendations(**ten)
    assert ends(report, "recommendations-on-time") == (NOT, PARTLY)
    assert result(report, "recommendations-on-time").value_text == "8 to 9 of 10 (80 % to 90 %)"
    whole = recommendations(**ten, recommendations_not_made=0)
    assert (outcome(whole, "recommendations-on-time"), result(whole, "recommendations-on-time").value) == (PARTLY, 0.9)


def test_18_a_later_survey_too_small_to_tell_is_passed_over():
    pulse = {"instrument": "pulse", "on": "2025-11", "respondents": 12, "invited": 400, "score": 5.0}
    report = measurements(measured(), measured(**pulse))
    assert (outcome(report, "engagement-against-peers"), result(report, "engagement-against-peers").value) == (MET, 0.3)
    del (unsized := measured(**pulse))["invited"]
    assert outcome(measurements(measured(), unsized), "engagement-against-peers") is UNKNOWN
    assert outcome(measurements(measured(on="2023-02"), measured(**pulse)), "engagement-against-peers") is UNKNOWN


def test_19_editions_are_of_one_instrument():
    report = measurements(*(measured(on=f"{year}-11", edition=str(year)) for year in (2023, 2024, 2025)))
    assert (outcome(report, "measured-repeatedly"), result(report, "measured-repeatedly").value) == (MET, 3)
    assert outcome(report, "direction") is MET


def not_there(answers, *pointers):
    document = sound_profile()
    document["organisation"].update(answers)
    for section, name in pointers:
        del document[section][name]
    groups = {"hosts_resident_doctors": "resident_doctors", "employs_sas_doctors": "sas_doctors"}
    for answer, group in groups.items():
        if answers.get(answer) is False:
            document["talent"]["curriculum"].pop(group, None)
    if all(answers.get(answer) is False for answer in groups):
        for project in document["involvement"]["change_projects"]["entries"]:
            del project["resident_or_sas"]
    return document


NO_RESIDENTS = (
    ("commitment", "resident_lead"), ("commitment", "resident_peer_lead"), ("talent", "resident_leadership"), ("talent", "chief_registrar_time"),
)  # fmt: skip
NO_SAS = (("commitment", "sas_advocate"),)
REVALIDATION = tuple(
    ("appraisal", name) for name in (
        "connected", "completed", "approved_missed", "unapproved_missed", "appraisers", "quality_audit",
        "recommendations_due", "recommendations_made", "recommendations_late", "recommendations_not_made", "positive", "deferrals",
        "non_engagement", "did_not_revalidate", "board_report_on", "compliance_signed_on",
    )
)  # fmt: skip


@pytest.mark.parametrize(
    ("answers", "pointers", "names"),
    [
        (
            {"hosts_resident_doctors": False}, NO_RESIDENTS,
            ("trainee-leadership", "chief-registrar", "senior-lead-resident-doctors", "resident-doctor-peer-lead"),
        ),
        ({"employs_sas_doctors": False}, NO_SAS, ("sas-voice",)),
        ({"hosts_resident_doctors": False, "employs_sas_doctors": False}, (*NO_RESIDENTS, *NO_SAS), ("sas-voice", "residents-from-the-start")),
        (
            {"type": "independent_hospital", "designated_body": False}, REVALIDATION,
            (
                "recommendations-on-time", "board-report", "revalidation-arithmetic", "appraisals-completed", "unapproved-missed",
                "appraiser-load", "appraisal-quality", "appraisal-arithmetic",
            ),
        ),
    ],
    ids=["no resident doctors", "no SAS doctors", "neither", "no designated body"],
)  # fmt: skip
def test_20_what_is_not_there_does_not_apply(answers, pointers, names):
    report = audited(not_there(answers, *pointers))
    assert {result(report, name).outcome for name in names} == {NA}
    assert (flags(report), report.summary.level, report.exit_code) == ({}, Level.SUSTAINING, ExitCode.OK)
    for section, name in pointers:  # it is said in place of the fact, never beside it
        both = not_there(answers, *(one for one in pointers if one != (section, name)))
        if both.get(section, {}).get(name):
            assert f"/{section}/{name}" in refusal(both)


def test_20_a_programme_is_open_to_those_who_work_here():
    document = not_there({"hosts_resident_doctors": False, "employs_sas_doctors": False}, *NO_RESIDENTS, *NO_SAS)
    document["talent"]["curriculum"] = {"consultants": True}
    assert outcome(audited(document), "leadership-curriculum") is MET


def young(founded, since):
    directors = [{"post": f"Director {number}", "since": since, "planned_change": False} for number in range(4)]
    new = post(spell("A", since), complete_from=founded)
    return audited(
        organisation__founded=founded, leadership__chief_executive=new, leadership__medical_director=new,
        leadership__other_executives=listed(*[new] * 3, evidence="AR2526"),
        leadership__clinical_directors=listed(*directors, evidence="STRUCT"),
    )  # fmt: skip


SERVICE = (
    "chief-executive-turnover", "chief-executive-tenure", "medical-director-tenure", "executive-continuity", "clinical-director-continuity",
)  # fmt: skip


def test_21_nobody_has_served_for_long_in_a_young_organisation():
    report = young("2025-12-01", "2025-12-01")
    assert set(outcome(report, *SERVICE)) == {NA}
    assert flags(report) == {}
    assert set(outcome(young("2025-01-01", "2025-01-10"), *SERVICE)) == {MET}


@pytest.mark.parametrize(
    "spells",
    [
        (spell("A", "2013-02"), spell("B", "2025-10-01", kind="cover")),
        (spell("A", "2013-02", "2025-09-30"), spell("B", "2025-10-01", kind="cover")),
        (spell("A", "2013-02", "2025-09-30"), spell("B", "2025-10-01", kind="acting")),
        (spell("A", "2013-02", "2025-09-30"), spell("B", "2026-05-01", kind="designate")),
    ],
    ids=["on leave", "cover", "acting up", "designate"],
)
def test_22_cover_and_acting_up_are_no_vacancy(spells):
    report = chief_executives(*spells)
    assert (outcome(report, "executive-vacancies"), result(report, "executive-vacancies").value) == (MET, 0)
    assert outcome(report, "chief-executive-turnover") is MET
    assert flags(report) == {}


@pytest.mark.parametrize("shared", [{}, {"shared": "sole"}], ids=["not said", "sole"])
def test_23_a_handover_is_no_contradiction(shared):
    leaving, coming = spell("A", "2013-02", "2026-03-31"), spell("B", "2025-12-01", kind="designate", starts="2026-04-01")
    report = chief_executives(leaving, coming, **shared)
    assert outcome(report, "dates-agree", "executive-vacancies") == (MET, MET)
    assert (flags(report), report.summary.level) == ({}, Level.SUSTAINING)
    undesignated = chief_executives(leaving, {**coming, "kind": "substantive", "since": "2025-11-01"}, **shared)
    assert flags(undesignated) == {"dates-agree": "explain" if shared else "show"}


@pytest.mark.parametrize(("completed", "leavers", "kinds"), [(41, None, {"appraisal-arithmetic": "explain"}), (41, 2, {"appraisal-arithmetic": "explain"}), (39, 2, {})])
def test_24_leavers_stand_apart_and_are_never_taken_off(completed, leavers, kinds):
    document = sound_profile()
    document["appraisal"].update(connected=39, completed=completed, approved_missed=0, unapproved_missed=0, appraisers=4)
    if leavers is not None:
        document["appraisal"]["appraised_leavers"] = leavers
    report = audited(document)
    assert flags(report) == kinds
    assert outcome(report, "appraisal-arithmetic") is (NOT if kinds else MET)


def test_25_an_old_licence_condition_is_named_and_no_flag():
    since_2013 = {"opened": "2013-05", "closed": "open"}
    report = audited(regulator__actions=listed({"kind": "condition", **since_2013}))
    assert (outcome(report, "no-open-warning"), flags(report)) == (MET, {})
    assert "Condition, open since May 2013." in result(report, "no-open-warning").message
    for kind in ("warning", "undertaking"):
        assert flags(audited(regulator__actions=listed({"kind": kind, **since_2013}))) == {"no-open-warning": "explain"}


def test_26_what_a_sum_lacks_is_what_is_asked_for():
    counts = {"recommendations_due": 36, "recommendations_made": 36, "recommendations_not_made": 0, "positive": 27, "deferrals": 9}
    report = recommendations(**counts)
    arithmetic = result(report, "revalidation-arithmetic")
    assert (arithmetic.outcome, flags(report)["revalidation-arithmetic"]) == (UNKNOWN, "show")
    assert arithmetic.message.endswith("Not stated: Notices of non-engagement; Doctors who did not revalidate.")
    stated = recommendations(**counts, non_engagement=0, did_not_revalidate=0)
    assert outcome(stated, "revalidation-arithmetic") is MET


def test_27_the_yardstick_is_the_one_that_applies():
    framework = {"plan_overseen": False, "outcomes_reported": False, "principal_risk": True}
    report = audited(organisation__type="nhs_foundation_trust", governance__assurance_framework=framework)
    asked = result(report, "on-the-assurance-framework")
    assert (asked.outcome, asked.value_text, asked.yardstick.text) == (
        NOT, "neither on the framework nor in the annual report",
        "on the framework and in the annual report; partly: on the framework or in the annual report, not both",
    )
    scottish = audited(organisation__type="health_board", organisation__country="Scotland", governance__assurance_framework=framework)
    asked = result(scottish, "on-the-assurance-framework")
    assert (asked.outcome, asked.value_text, asked.yardstick.text) == (MET, "a principal risk", "a principal risk")


@pytest.mark.parametrize(("fact", "name"), [("learning__external_learning", "external-learning"), ("commitment__engagement_reviews", "board-reviews")])
def test_28_what_is_stated_and_not_listed_is_said(fact, name):
    report = audited(**{fact: {"of": 2, "complete_from": "2024-01", "entries": []}})
    shown = result(report, name)
    assert (shown.outcome, shown.value, ends(report, name)) == (UNKNOWN, (0, 2), (NOT, MET))
    assert shown.message.startswith("2 in all, none listed.")


def test_29_places_are_counted_for_directors():
    document = sound_with(governance__programme_places=24)
    directors = document["leadership"]["clinical_directors"]
    directors["entries"] += [{**directors["entries"][0], "post": f"Clinical director, Unit {number}"} for number in range(3)]
    directors["of"] = 9
    shown = result(audited(document), "development-investment")
    assert (shown.outcome, shown.message) == (MET, "24 places for 9 directors.")
    assert "100 %" not in shown.value_text


@pytest.mark.parametrize("tier", ["board", "quality_committee", "divisional_board"])
def test_30_more_meetings_attended_than_held_are_refused(tier):
    document = sound_profile()
    document["involvement"]["tiers"][tier] = {"exists": True, "meetings": 11, "attended": 14}
    message = refusal(document)
    assert f"/involvement/tiers/{tier}/attended" in message
    assert "14" in message
    assert "11" in message


def test_30_a_share_in_place_of_a_percentage_is_asked_about():
    profile = accepted(sound_with(talent__chief_registrar_time=0.45))
    asked = [note for note in notes(profile, REGISTRY) if note.pointer == "/talent/chief_registrar_time"]
    assert len(asked) == 1
    assert "did you mean 45" in asked[0].text


def test_31_evidence_may_be_collected_after_the_day_of_the_profile():
    document = sound_profile()
    document["evidence"][0]["collected"] = "2026-04-20"
    assert audited(document).summary.level is Level.SUSTAINING
    document["evidence"][0]["effective"] = "2026-04-20"
    assert "/evidence/0/effective" in refusal(document)


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"score": 691}, "score"), ({"score": -1}, "score"), ({"scale_low": 100, "scale_high": 0}, "scale_low"), ({"scale_low": 100}, "scale_low"),
        ({"comparator": {"score": 691}}, "comparator/score"), ({"respondents": 521}, "respondents"),
    ],
)  # fmt: skip
def test_32_scores_outside_their_scale_are_refused(change, where):
    document = sound_profile()
    document["journey"]["measurements"]["entries"][2].update(change)
    assert f"/journey/measurements/entries/2/{where}" in refusal(document)


def test_33_a_whole_number_may_be_written_with_a_point():
    document = sound_profile()
    divisions = document["structure"]["divisions"]
    divisions.update(of=2.0, entries=divisions["entries"][:2])
    report = audited(document)
    assert result(report, "divisions-led-by-doctors").value_text == "2 of 2 (100 %)"
    divisions["entries"] = [*divisions["entries"], divisions["entries"][0]]
    assert "you listed 3 but said there are 2 in total" in refusal(document)
    divisions.update(of=4.0)
    assert "1 of 4 is not listed." in result(audited(document), "divisions-led-by-doctors").message


@pytest.mark.parametrize("path", sorted((EXAMPLES / "flawed").glob("*.json")), ids=lambda path: path.stem)
def test_34_a_score_is_one_number_where_nothing_is_unknown(path):
    report = run_audit(path, REGISTRY)
    whole = [finding for finding in report.findings if any(one.priority != "caps" for one in finding.criteria) and not unknown(finding)]
    assert len(whole) > 6
    assert [finding.rule for finding in whole if finding.score.low != finding.score.high] == []
    if not any(unknown(finding) for finding in report.findings):
        assert report.summary.score.low == report.summary.score.high
    text = str(REGISTRY.reporters["text"].render(report, Style()))
    assert re.search(r"score\s+\d+", text)
    assert not re.search(r"\b(\d+) of \1 answered,\s+score\s+\d+ to", text)


def unknown(finding):
    return [one for one in finding.criteria if not one.outcome.determined and one.outcome is not NA]


def test_34_an_odd_share_of_points_is_rounded_once():
    scores = [audited(governance__programme_places=places).summary.score for places in range(4)]
    assert all(score.low == score.high for score in scores)
    unmonitored = {"board_approved": True, "measures_monitored": False}
    odd = audited(strategy__quality_strategy=unmonitored, strategy__improvement_at_induction="some", commitment__voting_doctors=1)
    assert odd.summary.score.low == odd.summary.score.high < 100


def proposals(name="harbour-vale.json"):
    raw = json.loads((EXAMPLES / name).read_text("utf-8"))

    def reaudit(change):
        changed = json.loads(json.dumps(raw))
        set_at(changed, change.pointer, change.value)
        try:
            return run_audit(accepted(changed), REGISTRY)
        except InputRefused:
            return None

    return [one.setting for one in what_if(run_audit(accepted(raw), REGISTRY), reaudit).proposals if one.setting]


PAST = ("/appraisal/", "/perceptions/", "/journey/", "/regulator/", "/selection/complete_panels", "/selection/scored_assessment")
"""What has happened, and what others have said; the next year may differ, and these facts do not."""


def test_35_what_if_never_denies_a_fact():
    assert [one for one in proposals() if one.value is False or one.pointer.endswith("/exists")] == []


def test_35_what_if_never_rewrites_what_has_happened():
    assert [one for one in proposals() if one.pointer.startswith(PAST)] == []


def test_35_what_if_proposes_what_can_be_done_next():
    assert "/talent/chief_registrar_time" in {one.pointer for one in proposals()}


STATES = [
    ({"commitment__board_lead": {"named": True, "all_doctors": True, "reports_to_board": False}}, "board-lead", "put a report on the board's agenda"),
    ({"commitment__board_lead": {"named": False}}, "board-lead", "Make a board member responsible"),
    ({"commitment__resident_lead": {"executive": True, "board_oversight": False}}, "senior-lead-resident-doctors", "Agree how the board oversees the senior lead"),
    ({"talent__leadership_strategy": False}, "leadership-strategy", "a leadership strategy that includes doctors, beside the development plan"),
    ({"talent__development_plan": False}, "leadership-strategy", "a development plan with succession that includes doctors, beside"),
    ({"talent__chief_registrar_time": 20}, "chief-registrar", "Protect two days of the chief registrar's week"),
    ({"talent__chief_registrar_time": 0}, "chief-registrar", "Appoint a chief registrar"),
    ({"strategy__improvement": {"executive_named": True, "agreed_method": False}}, "improvement-leadership", "Agree one method"),
    ({"strategy__improvement": {"executive_named": False, "agreed_method": True}}, "improvement-leadership", "Name the executive"),
    ({"appraisal__quality_audit": {"audited": True, "feedback": False}}, "appraisal-quality", "Tell each appraiser the result of the audit"),
    ({"governance__governance_half_days": {"of": 0, "count": 0}}, "protected-meeting-time", "Plan governance half-days"),
    ({"governance__assurance_framework": {"plan_overseen": True, "outcomes_reported": False}}, "on-the-assurance-framework", "Report the outcomes"),
    ({"governance__assurance_framework": {"plan_overseen": False, "outcomes_reported": True}}, "on-the-assurance-framework", "Go on reporting its outcomes"),
    (
        {"leadership__chief_executive": post(spell("A", "2013-02", "2025-09-30"), spell("B", "2026-05-01", kind="designate"))},
        "chief-executive-tenure", "Plan the handover to the next chief executive",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "name", "words"), STATES, ids=[f"{name}: {words}" for _, name, words in STATES])
def test_a_recommendation_asks_only_for_what_is_missing(changes, name, words):
    (advice,) = result(audited(**changes), name).recommendations
    assert words in advice.text


def test_who_falls_short_is_named_so_that_a_reader_can_tell():
    members = [{"role": "non_executive", "since": since, "rigorous_review": False} for since in ("2018-01", "2018-02")]
    report = audited(leadership__non_executives=listed(*members, evidence="REG"))
    message = result(report, "long-serving-non-executives").message
    assert message == "Exceptions: non-executive since January 2018; non-executive since February 2018."
    untrained = sound_profile()
    for director in untrained["leadership"]["clinical_directors"]["entries"][:2]:
        director["open_competition"] = False
    exceptions = "Exceptions: Divisional director, Medicine; Divisional director, Surgery."
    assert result(audited(untrained), "open-competition").message == exceptions


@pytest.mark.parametrize(("tally", "message"), [({"of": 455}, "The count is not stated."), ({"count": 430}, "The total is not stated.")])
def test_a_gap_names_the_figure_that_is_not_stated(tally, message):
    assert result(audited(appraisal__job_plans=tally), "job-plans").message == message


def test_a_gap_names_the_parts_that_are_not_stated():
    report = audited(commitment__board_lead={"named": True, "all_doctors": True})
    message = result(report, "board-lead").message
    assert message == "Not stated: Board lead for doctors' engagement: Does the lead report on engagement to the board or one of its committees?"
    open_action = audited(regulator__actions=listed({"kind": "warning", "opened": "2025-05"}))
    assert result(open_action, "no-open-warning").message == "For some action, the profile does not say when it began or whether it is still open."
    undated = audited(regulator__ratings=listed({"domain": "well_led", "rating": "good"}, rated("well_led", "inadequate", "2024-06")))
    assert result(undated, "no-open-warning").message == "The dates do not show whether a later rating replaced one that is too low."
    no_letters = chief_executives(spell(None, "2013-02", "2025-09-30"), spell(None, "2025-10-01"))
    assert "several periods may be of one person" in result(no_letters, "chief-executive-turnover").message
    with_letters = chief_executives(spell("A", "2013-02", "2025-09-30"), spell("B", "2025-10-01"))
    assert "letter" not in result(with_letters, "chief-executive-turnover").message

"""The bundled pack as a whole: every question is there, says where it comes from, and is asked only of whom it concerns."""

import pytest

from conftest import SOUND
from engagecheck import Basis, Outcome, Priority, installed, run_audit
from engagecheck.model.profile import pointer_of
from engagecheck.model.schema import resolved, schema
from engagecheck.rules.criteria import Applies, everywhere
from engagecheck.rules.rule import days_of
from engagecheck.testing import sound_profile

REGISTRY = installed(third_party=False)
CRITERIA = {criterion.id: criterion for rule in REGISTRY.rules.values() for criterion in rule.criteria}
EXPECTED = {
    "leadership-stability": "chief-executive-tenure chief-executive-turnover medical-director-tenure executive-vacancies "
    "executive-continuity long-serving-non-executives clinical-director-continuity",
    "senior-commitment": "board-lead senior-lead-resident-doctors resident-doctor-peer-lead doctors-on-the-board board-reviews "
    "perception-gap sas-voice",
    "quality-strategy": "monitored-strategy improvement-leadership divisions-aligned improvement-at-induction programmes-linked",
    "medical-leadership-structure": "divisions-led-by-doctors departments-led-by-doctors leaders-paired-with-managers leadership-time "
    "authority-with-responsibility doctor-manager-relationship",
    "senior-selection": "appointment-panels beyond-clinical-expertise open-competition contested-leadership-posts selection-methods "
    "leader-role-charter",
    "appraisal-and-revalidation": "appraisals-completed unapproved-missed recommendations-on-time board-report appraiser-load job-plans "
    "appraisal-quality",
    "talent-and-development": "leadership-strategy named-successors leaders-prepared trainee-leadership chief-registrar leadership-curriculum",
    "learning-from-others": "external-learning external-review doctors-raise-concerns",
    "board-to-ward": "patient-partners joint-improvement doctors-at-every-tier residents-from-the-start engagement-against-peers "
    "staff-engagement-against-peers doctors-motivated doctors-take-responsibility",
    "investment-and-governance": "development-investment consultant-development-time on-the-assurance-framework "
    "protected-meeting-time capability-self-assessment",
    "journey": "measured-repeatedly direction measured-recently action-plan-known never-complete",
    "consistency": "appraisal-arithmetic revalidation-arithmetic dates-agree no-open-warning",
    "individual-views": "doctors-say views-agreement views-response-rate",
}
HIGH = {
    "leadership-stability/chief-executive-turnover", "leadership-stability/executive-vacancies", "senior-commitment/board-lead",
    "quality-strategy/monitored-strategy", "medical-leadership-structure/divisions-led-by-doctors",
    "medical-leadership-structure/departments-led-by-doctors", "medical-leadership-structure/leaders-paired-with-managers",
    "senior-selection/beyond-clinical-expertise", "appraisal-and-revalidation/unapproved-missed",
    "talent-and-development/leadership-strategy", "board-to-ward/engagement-against-peers", "individual-views/doctors-say",
}  # fmt: skip


OURS = {"appraisal-and-revalidation/appraiser-load"}
"""Judgements of ours that no source prompted."""


def test_every_criterion_is_there():
    assert {name: [one.id.partition("/")[2] for one in rule.criteria] for name, rule in REGISTRY.rules.items()} == {
        name: words.split() for name, words in EXPECTED.items()
    }
    assert len(CRITERIA) == sum(len(words.split()) for words in EXPECTED.values()) == 72


def test_the_essential_ones_are_few():
    assert {name for name, one in CRITERIA.items() if one.priority is Priority.HIGH} == HIGH


@pytest.mark.parametrize("criterion", CRITERIA.values(), ids=CRITERIA)
def test_each_says_where_it_comes_from_what_to_do_and_what_would_show_it(criterion):
    source, _, part = criterion.source.partition("/")
    assert source in REGISTRY.sources or criterion.id in OURS
    assert not part or part in REGISTRY.sources[source].parts
    assert criterion.prompted is (criterion.basis is Basis.JUDGEMENT and criterion.id not in OURS)
    assert criterion.question.endswith("?")
    assert criterion.summary
    assert criterion.show
    assert criterion.recommend
    for advice in criterion.recommend:
        for text in (advice.text, advice.success):
            assert text.endswith(".")
            assert len(text) <= 180
        assert advice.owner
        assert advice.horizon
    for word in ("gate", "disposition", "yardstick", "leverage"):
        assert word not in f"{criterion.question} {criterion.recommend} {criterion.show}".lower().replace("delegat", "")
    if criterion.same_cause_as:
        assert criterion.same_cause_as in CRITERIA
    if criterion.applies is not everywhere and criterion.applies != Applies(since=criterion.applies.since):
        assert criterion.applies.to


@pytest.mark.parametrize("criterion", CRITERIA.values(), ids=CRITERIA)
def test_each_reads_facts_that_a_profile_can_hold(criterion):
    root = schema("profile")
    for path in criterion.paths:
        part = root
        for step in path.split("."):
            part = resolved(part, root)["properties"][step]
        assert pointer_of(path).startswith("/")


def test_every_source_is_cited():
    cited = {one.source for one in CRITERIA.values()} | {rule.source for rule in REGISTRY.rules.values()}
    for source in REGISTRY.sources.values():
        assert source.id in {one.partition("/")[0] for one in cited}, source.id
        assert {f"{source.id}/{part}" for part in source.parts} <= cited


def asked_of(kind, country):
    report = run_audit({**SOUND, "organisation": {**SOUND["organisation"], "type": kind, "country": country}}, REGISTRY)
    assert report.problems == ()
    found = {result.id: result for finding in report.findings for result in finding.criteria}
    return {name for name, result in found.items() if result.outcome is Outcome.NOT_APPLICABLE}, found


PLAN = {
    "senior-commitment/senior-lead-resident-doctors", "senior-commitment/resident-doctor-peer-lead",
}  # fmt: skip
ENGLISH = {"leadership-stability/long-serving-non-executives", "investment-and-governance/capability-self-assessment"}
PANELS = {"senior-selection/appointment-panels"}
ABROAD = PLAN | ENGLISH | PANELS | {"consistency/appraisal-arithmetic", "consistency/revalidation-arithmetic"}


@pytest.mark.parametrize(
    ("kind", "country", "exempt"),
    [
        ("nhs_trust", "England", set()), ("nhs_foundation_trust", "England", set()),
        ("nhs_ambulance_trust", "England", PANELS),
        ("integrated_care_board", "England", PLAN | ENGLISH | PANELS), ("independent_hospital", "England", PLAN | ENGLISH | PANELS),
        ("health_board", "Scotland", ABROAD), ("health_board", "Wales", ABROAD),
        ("health_and_social_care_trust", "Northern Ireland", ABROAD), ("public_hospital", "Canada", ABROAD),
    ],
)  # fmt: skip
def test_nobody_is_held_to_what_they_are_exempt_from(kind, country, exempt):
    not_asked, found = asked_of(kind, country)
    assert not_asked == exempt
    for result in found.values():
        if country != "England" and result.outcome is not Outcome.NOT_APPLICABLE:
            assert result.basis is not Basis.STANDARD or result.source.id.startswith(("aomrc", "gmc"))
        if result.id.startswith("appraisal-and-revalidation/"):
            assert result.gates is (country == "England")


def test_a_source_that_has_ended_is_named_in_the_report():
    import copy

    import attrs

    registry = copy.copy(REGISTRY)
    registry.offered = {kind: dict(offers) for kind, offers in REGISTRY.offered.items()}
    kind = type(REGISTRY.sources["ten-point-plan"])
    offer = registry.offered[kind]["ten-point-plan"]
    registry.offered[kind]["ten-point-plan"] = attrs.evolve(offer, thing=attrs.evolve(offer.thing, effective_to="2026-03-30"))
    report = run_audit(SOUND, registry)
    assert [source.id for source in report.outdated_sources] == ["ten-point-plan"]
    assert run_audit(SOUND, REGISTRY).outdated_sources == ()
    for name, words in (("text", "Sources that were no longer in force"), ("html", "(no longer in force on 31 March 2026)")):
        assert words in REGISTRY.reporters[name].render(report, __import__("engagecheck").Style())


def test_a_standard_is_asked_only_from_the_date_of_its_source():
    dated = {name: one.applies.since for name, one in CRITERIA.items() if one.applies.since}
    assert set(dated) == PLAN | ENGLISH | {"board-to-ward/patient-partners"}
    for name, since in dated.items():
        source = REGISTRY.sources[CRITERIA[name].source.partition("/")[0]]
        assert days_of(source.effective_from)[0] == since
    never_dated = {source_of(name) for name, one in CRITERIA.items() if one.basis is Basis.STANDARD and name not in dated}
    # Older than any profile; the assurance framework asks something else where the plan does not apply.
    assert never_dated == {"aac-regulations", "gmc-timeliness", "qa-responsible-officers", "ten-point-plan"}


def source_of(name):
    return CRITERIA[name].source.partition("/")[0]


def test_one_cause_is_counselled_once():
    profile = sound_profile()
    for entries in (profile["strategy"][name]["entries"] for name in ("divisional_plans", "programmes")):
        for entry in entries:
            entry["objective"] = "none"
    report = run_audit(profile, REGISTRY)
    short = {one.id for finding in report.findings for one in finding.criteria if one.outcome is Outcome.NOT_MET}
    assert short == {"quality-strategy/divisions-aligned", "quality-strategy/programmes-linked"}
    steps = {step.criterion for step in report.summary.next_steps}
    assert "quality-strategy/divisions-aligned" in steps
    assert "quality-strategy/programmes-linked" not in steps


def test_a_contradiction_weighs_nothing_and_is_a_flag():
    profile = sound_profile()
    sound = run_audit(profile, REGISTRY).summary
    profile["regulator"]["actions"] = {"of": 1, "entries": [{"kind": "warning", "opened": "2024-10", "closed": "open"}]}
    report = run_audit(profile, REGISTRY)
    assert report.summary.score == sound.score
    assert [(flag.criterion, flag.kind) for flag in report.summary.flags] == [("consistency/no-open-warning", "explain")]
    assert (sound.level, report.summary.level, report.summary.gate) == ("sustaining", "building", False)
    assert next(one for one in report.findings if one.rule == "consistency").outcome is Outcome.NOT_MET


def test_a_claim_to_be_finished_is_a_shortfall():
    profile = sound_profile()
    profile["journey"]["declared_complete"] = True
    finding = next(one for one in run_audit(profile, REGISTRY).findings if one.rule == "journey")
    assert {one.id: one.outcome for one in finding.criteria}["journey/never-complete"] is Outcome.NOT_MET


def test_each_finding_weighs_the_same_and_what_doctors_say_counts_twice():
    assert {name: rule.weight for name, rule in REGISTRY.rules.items() if rule.weight != 1} == {"individual-views": 2}


def test_red_flags_are_what_is_essential_contradicts_or_is_required():
    report = run_audit(sound_profile(), REGISTRY)
    flagging = {result.id for finding in report.findings for result in finding.criteria if result.flags}
    required = {
        name for name, one in CRITERIA.items()
        if one.basis is Basis.STANDARD or one.priority in (Priority.HIGH, Priority.CAPS)
    }  # fmt: skip
    assert flagging == required


def test_the_pages_of_the_rules_are_current():
    from conftest import ROOT
    from engagecheck.papers import catalogue

    pages = catalogue.markdown(REGISTRY)
    assert {path.name: path.read_text("utf-8") for path in (ROOT / "docs/rules").iterdir()} == pages, (
        "run: engagecheck rules --no-plugins --markdown docs/rules"
    )


def test_each_thing_that_the_key_findings_say_is_audited():
    from engagecheck.papers.catalogue import KEY_FINDINGS

    for words, names in KEY_FINDINGS.items():
        assert names.split(), words
        assert set(names.split()) <= set(CRITERIA), words
    rules = {name.partition("/")[0] for names in KEY_FINDINGS.values() for name in names.split()}
    assert rules == set(REGISTRY.rules) - {"consistency"}

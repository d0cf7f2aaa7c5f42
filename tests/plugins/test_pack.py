"""The bundled pack as a whole: every question is there, says where it comes from, and is asked only of whom it concerns."""

import pytest

from conftest import SOUND
from engagecheck import Basis, Outcome, Priority, installed, run_audit
from engagecheck.model.profile import pointer_of
from engagecheck.model.schema import resolved, schema
from engagecheck.rules.criteria import everywhere

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
    "senior-selection": "appointment-panels beyond-clinical-expertise open-competition contested-leadership-posts leader-role-charter",
    "appraisal-and-revalidation": "appraisals-completed unapproved-missed recommendations-on-time board-report appraiser-load job-plans",
    "talent-and-development": "leadership-strategy named-successors leaders-prepared trainee-leadership chief-registrar",
    "learning-from-others": "external-learning external-review doctors-raise-concerns",
    "board-to-ward": "patient-partners joint-improvement doctors-at-every-tier residents-from-the-start engagement-against-peers "
    "staff-engagement-against-peers",
    "investment-and-governance": "development-investment consultant-development-time on-the-assurance-framework protected-meeting-time "
    "capability-self-assessment",
    "journey": "measured-repeatedly direction measured-recently action-plan-known never-complete",
    "consistency": "appraisal-arithmetic revalidation-arithmetic dates-agree no-open-warning",
    "individual-views": "views-level views-agreement views-response-rate",
}
HIGH = {
    "leadership-stability/chief-executive-turnover", "leadership-stability/executive-vacancies", "senior-commitment/board-lead",
    "quality-strategy/monitored-strategy", "medical-leadership-structure/divisions-led-by-doctors",
    "medical-leadership-structure/departments-led-by-doctors", "medical-leadership-structure/leaders-paired-with-managers",
    "senior-selection/beyond-clinical-expertise", "appraisal-and-revalidation/unapproved-missed",
    "talent-and-development/leadership-strategy", "board-to-ward/engagement-against-peers",
}  # fmt: skip


def test_every_criterion_is_there():
    assert {name: [one.id.partition("/")[2] for one in rule.criteria] for name, rule in REGISTRY.rules.items()} == {
        name: words.split() for name, words in EXPECTED.items()
    }
    assert sum(len(words.split()) for name, words in EXPECTED.items() if name != "individual-views") == 64


def test_the_essential_ones_are_few():
    assert {name for name, one in CRITERIA.items() if one.priority is Priority.HIGH} == HIGH


@pytest.mark.parametrize("criterion", CRITERIA.values(), ids=CRITERIA)
def test_each_says_where_it_comes_from_what_to_do_and_what_would_show_it(criterion):
    source, _, part = criterion.source.partition("/")
    assert source in REGISTRY.sources
    assert not part or part in REGISTRY.sources[source].parts
    assert criterion.prompted is (criterion.basis is Basis.JUDGEMENT)
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
    for word in ("gate", "disposition", "yardstick", "leverage", "stakeholder"):
        assert word not in f"{criterion.question} {criterion.recommend} {criterion.show}".lower().replace("delegat", "")
    if criterion.same_cause_as:
        assert criterion.same_cause_as in CRITERIA
    if criterion.applies is not everywhere:
        assert criterion.applies.to


@pytest.mark.parametrize("criterion", CRITERIA.values(), ids=CRITERIA)
def test_each_reads_facts_that_a_profile_can_hold(criterion):
    root = schema("profile")
    for path in criterion.paths:
        part = root
        for step in path.split("."):
            part = resolved(part, root)["properties"][step]
        assert pointer_of(path).startswith("/")


def test_every_source_is_cited_and_complete():
    cited = {one.source.partition("/")[0] for one in CRITERIA.values()} | {rule.source.partition("/")[0] for rule in REGISTRY.rules.values()}
    assert cited == set(REGISTRY.sources)
    parts = {one.source for one in CRITERIA.values()} | {rule.source for rule in REGISTRY.rules.values()}
    for source in REGISTRY.sources.values():
        assert source.title
        assert source.publisher
        assert source.address
        assert source.seen
        assert {f"{source.id}/{part}" for part in source.parts} <= parts


def asked_of(kind, country):
    organisation = {"name": "A (invented)", "type": kind, "country": country}
    report = run_audit({**SOUND, "organisation": organisation}, REGISTRY)
    assert report.problems == ()
    found = {result.id: result for finding in report.findings for result in finding.criteria}
    return {name for name, result in found.items() if result.outcome is Outcome.NOT_APPLICABLE}, found


PLAN = {"senior-commitment/senior-lead-resident-doctors", "senior-commitment/resident-doctor-peer-lead"}
ENGLISH = {"leadership-stability/long-serving-non-executives", "investment-and-governance/capability-self-assessment"}
PANELS = {"senior-selection/appointment-panels"}
ABROAD = PLAN | ENGLISH | PANELS | {"consistency/appraisal-arithmetic", "consistency/revalidation-arithmetic"}


@pytest.mark.parametrize(
    ("kind", "country", "exempt"),
    [
        ("nhs_trust", "England", set()), ("nhs_foundation_trust", "England", set()), ("nhs_ambulance_trust", "England", PANELS),
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
    assert "no longer in force" in REGISTRY.reporters["text"].render(report, __import__("engagecheck").Style())


def test_a_standard_is_asked_only_from_the_date_of_its_source():
    dated = {name: one.applies.since for name, one in CRITERIA.items() if one.applies.since}
    assert set(dated) == PLAN | {"investment-and-governance/capability-self-assessment"}
    for name, since in dated.items():
        source = REGISTRY.sources[CRITERIA[name].source.partition("/")[0]]
        assert source.effective_from
        assert source.effective_from < since.isoformat()


def test_one_cause_is_counselled_once():
    report = run_audit(SOUND, REGISTRY)
    steps = {step.criterion for step in report.summary.next_steps}
    assert "quality-strategy/divisions-aligned" in steps
    assert "quality-strategy/programmes-linked" not in steps


def test_contradictions_cap_and_a_claim_to_be_finished_is_a_shortfall():
    warned = {**SOUND, "regulator": {"ratings": {"of": 0, "entries": []}, "actions": {"of": 1, "entries": [{"kind": "warning"}]}}}
    report = run_audit(warned, REGISTRY)
    assert report.summary.level in ("unproven", "starting")
    finding = next(one for one in report.findings if one.rule == "consistency")
    assert finding.outcome is Outcome.NOT_MET


def test_the_pages_of_the_rules_are_current():
    from conftest import ROOT
    from engagecheck.papers import catalogue

    pages = catalogue.markdown(REGISTRY)
    assert {path.name: path.read_text("utf-8") for path in (ROOT / "docs/rules").iterdir()} == pages, (
        "run: engagecheck rules --no-plugins --markdown docs/rules"
    )

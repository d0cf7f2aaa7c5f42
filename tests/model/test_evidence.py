"""How strong evidence is and how old, at every edge."""

from datetime import date

import pytest

from conftest import BARE
from engagecheck import Assurance, Freshness, PartialDate, load_profile, run_audit
from engagecheck.model import evidence
from engagecheck.model.profile import Evidence, Organisation, Profile

AS_OF = date(2025, 3, 31)


def item(effective):
    return Evidence("A", "A", "other", effective=PartialDate(effective) if effective else None)


def age_of(effective, as_of):
    return evidence.age_of(Profile(Organisation("A", "nhs_trust", "England"), as_of, evidence={"A": item(effective)}), "A")


@pytest.mark.parametrize(
    ("effective", "as_of", "age"),
    [
        ("2025-03-31", AS_OF, "current"), ("2023-10-01", AS_OF, "current"), ("2023-09-30", AS_OF, "ageing"), ("2023-03-31", AS_OF, "ageing"),
        ("2023-03-30", AS_OF, "stale"), ("2023-03", AS_OF, "stale"), ("2023-04", AS_OF, "ageing"), (None, AS_OF, "undated"),
        ("2022-02-28", date(2024, 2, 28), "ageing"), ("2022-02-28", date(2024, 2, 29), "stale"), ("2024-02-29", date(2026, 2, 28), "ageing"), ("2024-02-29", date(2026, 3, 1), "stale"),
        ("2023-12-31", date(2025, 12, 31), "ageing"), ("2023-12-31", date(2026, 1, 1), "stale"), ("2024-01-01", date(2026, 1, 1), "ageing"),
    ],
)  # fmt: skip
def test_freshness_at_its_edges(effective, as_of, age):
    assert age_of(effective, as_of) == age


def test_the_last_day_is_the_last_that_is_not_stale():
    for effective in ("2023-03-31", "2023-03", "2024-02-29", "2022-12-31"):
        last = evidence.last_day(item(effective))
        assert age_of(effective, last) != "stale"
        assert age_of(effective, date.fromordinal(last.toordinal() + 1)) == "stale"


def profile(register, **part):
    return load_profile({**BARE, "evidence": register, "talent": {"chief_registrar_time": 40, "leadership_strategy": True, **part}})


def assurance(found, *paths):
    return evidence.assurance(found, {path: found.fact(path) for path in paths})


def entry(name, effective="2025-01", assurance="verified"):
    known = {"id": name, "title": name, "kind": "other", "assurance": assurance, "effective": effective}
    return {member: value for member, value in known.items() if value}


@pytest.mark.parametrize(
    ("register", "part", "strength", "age"),
    [
        ([], {}, "asserted", None), ([entry("A")], {"evidence": ["A"]}, "verified", "current"), ([entry("A", "2020-01")], {"evidence": ["A"]}, "corroborated", "stale"),
        ([entry("A", None)], {"evidence": ["A"]}, "corroborated", "undated"), ([entry("A", "2020-01", "asserted")], {"evidence": ["A"]}, "asserted", "stale"),
        ([entry("A", "2020-01"), entry("B", "2025-01", "documented")], {"evidence": ["A", "B"]}, "corroborated", "current"),
        ([entry("A", "2025-01", None)], {"evidence": ["A"]}, "asserted", "current"), ([entry("A", "2025-01", None), entry("B", "2025-01", "documented")], {"evidence": ["A", "B"]}, "documented", "current"),
        ([entry("A"), entry("B", "2024-12", "documented")], {"evidence_for": {"chief_registrar_time": ["B"]}, "evidence": ["A"]}, "verified", "current"),
    ],
)  # fmt: skip
def test_a_fact_has_the_strongest_and_freshest_of_its_evidence(register, part, strength, age):
    found = profile(register, **part)
    assert assurance(found, "talent.chief_registrar_time") == strength
    assert evidence.freshness(found, ["talent.chief_registrar_time"]) == age


@pytest.mark.parametrize(
    ("register", "ids", "documented"),
    [
        ([], [], False), ([entry("A")], ["A"], True), ([entry("A", "2023-04")], ["A"], True), ([entry("A", "2023-03")], ["A"], False),
        ([entry("A", None)], ["A"], False), ([entry("A", "2025-01", "asserted")], ["A"], False), ([entry("A", "2025-01", "documented")], ["A"], True),
        ([entry("A", "2020-01"), entry("B", "2025-01", "documented")], ["A", "B"], True), ([entry("A", "2020-01"), entry("B", "2025-01", "asserted")], ["A", "B"], False),
        ([entry("A", "2025-01", None)], ["A"], False),
    ],
)  # fmt: skip
def test_only_what_is_current_documents_a_fact(register, ids, documented):
    found = profile(register, evidence=ids)
    path = "talent.chief_registrar_time"
    assert evidence.is_documented(found, {path: found.fact(path)}) is documented
    assert not evidence.is_documented(found, {})


def test_a_criterion_has_the_weakest_of_its_facts():
    found = profile([entry("A"), entry("B", "2020-01", "documented")], evidence_for={"chief_registrar_time": ["A"], "leadership_strategy": ["B"]})
    both = ["talent.chief_registrar_time", "talent.leadership_strategy"]
    assert (assurance(found, *both), evidence.freshness(found, both)) == (Assurance.ASSERTED, Freshness.STALE)


def rule(tmp_path, demand):
    (tmp_path / "own.py").write_text(
        "from engagecheck import Rule, at_least, recommendation\n"
        "rule = Rule('own', title='t', source='', why='w')\n"
        "@rule.criterion('time', question='q?', reads='talent.chief_registrar_time', unit='per cent', yardstick=at_least(40), basis='judgement',\n"
        f"    source='', priority='low', recommend=recommendation('r', owner='o', horizon='h', effort='low', success='s'), show='s', {demand})\n"
        "def time(percent):\n    '''Percent.'''\n    return percent\n"
    )
    from engagecheck import installed

    return installed([tmp_path], third_party=False)


def result(report):
    return next(one for finding in report.findings if finding.rule == "own" for one in finding.criteria)


@pytest.mark.parametrize(
    ("time", "assurance", "effective", "outcome"),
    [
        (40, "corroborated", "2025-01", "met"), (40, "documented", "2025-01", "not_evidenced"), (40, "verified", "2020-01", "met"), (40, "corroborated", "2020-01", "not_evidenced"),
        (39, "documented", "2025-01", "not_met"),
    ],
)  # fmt: skip
def test_a_criterion_may_demand_strong_evidence_of_what_counts_for_the_organisation(tmp_path, time, assurance, effective, outcome):
    registry = rule(tmp_path, "min_assurance='corroborated'")
    found = result(run_audit(profile([entry("A", effective, assurance)], evidence=["A"], chief_registrar_time=time), registry))
    assert found.outcome == outcome
    assert ("too weak" in found.message) == (outcome == "not_evidenced")


def test_stale_evidence_alone_fails_nothing_and_a_shorter_age_makes_it_stale_sooner(tmp_path):
    document = profile([entry("A", "2024-01")], evidence=["A"])
    found = result(run_audit(document, rule(tmp_path, "max_age=12")))
    assert (found.outcome, found.freshness, found.assurance) == ("met", "stale", "corroborated")
    another = tmp_path / "another"  # Python takes a file of the same second and size for the one that it has compiled
    another.mkdir()
    found = result(run_audit(document, rule(another, "max_age=24")))
    assert (found.freshness, found.assurance) == ("current", "verified")


@pytest.mark.parametrize(("effective", "days"), [("2023-03-31", 0), ("2023-06-29", 90), ("2023-06-30", None), ("2023-03-30", None)])
def test_what_is_about_to_be_out_of_date_is_listed(bundled, effective, days):
    report = run_audit(profile([entry("A", effective)], evidence=["A"]), bundled)
    assert [one.days for one in report.expiring] == ([] if days is None else [days])

import pytest
from cases import MET, NA, NOT, PARTLY, SCOTTISH_BOARD, UNKNOWN, assert_complete, check, rule_named, shares

from engagecheck.testing import judge

RULE = rule_named("investment-and-governance")
LATER = "2026-03-31"

def framework(overseen, reported):
    facts = {"plan_overseen": overseen} | ({} if reported is None else {"outcomes_reported": reported})
    return {"framework": facts, "hosts": True, "as_of": LATER}

CASES = [
    ("development-investment", {"places": 5, "directors": 10}, MET),
    ("development-investment", {"places": 25, "directors": 100}, PARTLY),
    ("development-investment", {"places": 24, "directors": 100}, NOT),
    ("development-investment", {"places": 24}, UNKNOWN),
    ("consultant-development-time", {"activities": 2.5}, MET),
    ("consultant-development-time", {"activities": 2.1}, PARTLY),
    ("consultant-development-time", {"activities": 2}, NOT),
    ("consultant-development-time", {}, UNKNOWN),
    ("on-the-assurance-framework", framework(True, True), MET),
    ("on-the-assurance-framework", framework(True, False), PARTLY),
    ("on-the-assurance-framework", framework(False, False), NOT),
    ("on-the-assurance-framework", framework(True, None), UNKNOWN),
    ("on-the-assurance-framework", {"framework": {"plan_overseen": True, "outcomes_reported": True}, "as_of": LATER}, UNKNOWN),
    ("on-the-assurance-framework", {"framework": {"principal_risk": True}, "hosts": True}, MET),
    ("on-the-assurance-framework", {"framework": {"principal_risk": True}, "hosts": False, "as_of": LATER}, MET),
    ("on-the-assurance-framework", {"framework": {"principal_risk": False}, "organisation": SCOTTISH_BOARD}, NOT),
    ("on-the-assurance-framework", {"framework": {}, "organisation": SCOTTISH_BOARD}, UNKNOWN),
    *shares("protected-meeting-time", "half_days", 100, 90, 75),
    ("capability-self-assessment", {"assessed": "2024-12-31", "as_of": LATER}, MET),
    ("capability-self-assessment", {"assessed": "2024-10-01", "as_of": LATER}, PARTLY),
    ("capability-self-assessment", {"assessed": "2024-09-30", "as_of": LATER}, NOT),
    ("capability-self-assessment", {"as_of": LATER}, UNKNOWN),
    ("capability-self-assessment", {}, NA),
    ("capability-self-assessment", {"assessed": "2020-01", "organisation": SCOTTISH_BOARD}, NA),
]


@pytest.mark.parametrize(("name", "facts", "outcome"), CASES)
def test_case(name, facts, outcome):
    check(RULE, name, facts, outcome)


def test_every_outcome_and_edge_has_a_case():
    assert_complete(RULE, CASES)


def test_more_places_than_directors_count_as_all():
    assert judge(RULE["development-investment"], places=30, directors=10).value == 1

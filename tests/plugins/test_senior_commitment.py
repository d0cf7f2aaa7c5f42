import pytest
from cases import MET, NA, NOT, PARTLY, SCOTTISH_BOARD, UNKNOWN, assert_complete, check, rule_named

from engagecheck.testing import judge

RULE = rule_named("senior-commitment")
LATER = "2026-03-31"

def reviews(*days):
    return {"of": len(days), "entries": [{"on": day, "body": "board"} for day in days]}


def means(executives, doctors):
    return {"executives": {"n": 10, "mean": executives}, "doctors": {"n": 10, "mean": doctors}}

CASES = [
    ("board-lead", {"lead": {"named": True, "all_doctors": True, "reports_to_board": True}}, MET),
    ("board-lead", {"lead": {"named": True, "all_doctors": False}}, NOT),
    ("board-lead", {"lead": {"named": True, "all_doctors": True}}, UNKNOWN),
    ("senior-lead-resident-doctors", {"lead": {"executive": True, "board_oversight": True}, "hosts": True, "as_of": LATER}, MET),
    ("senior-lead-resident-doctors", {"lead": {"executive": True, "board_oversight": False}, "hosts": True, "as_of": LATER}, NOT),
    ("senior-lead-resident-doctors", {"hosts": True, "as_of": LATER}, UNKNOWN),
    ("senior-lead-resident-doctors", {"lead": {"executive": True, "board_oversight": True}, "as_of": LATER}, UNKNOWN),
    ("senior-lead-resident-doctors", {"hosts": False}, NA),
    ("senior-lead-resident-doctors", {"hosts": True, "organisation": SCOTTISH_BOARD}, NA),
    ("resident-doctor-peer-lead", {"lead": {"named": True, "reports_to_board": True}, "hosts": True, "as_of": LATER}, MET),
    ("resident-doctor-peer-lead", {"lead": {"named": False}, "hosts": True, "as_of": LATER}, NOT),
    ("resident-doctor-peer-lead", {"lead": {"named": True}, "hosts": True, "as_of": LATER}, UNKNOWN),
    ("resident-doctor-peer-lead", {"hosts": False}, NA),
    ("resident-doctor-peer-lead", {"lead": {"named": False}, "hosts": True, "as_of": "2025-08-31"}, NA),
    ("doctors-on-the-board", {"doctors": 2}, MET),
    ("doctors-on-the-board", {"doctors": 1}, PARTLY),
    ("doctors-on-the-board", {"doctors": 0}, NOT),
    ("doctors-on-the-board", {}, UNKNOWN),
    ("board-reviews", {"reviews": reviews("2024-04-01", "2025-03")}, MET),
    ("board-reviews", {"reviews": reviews("2024-03-31", "2025-03")}, PARTLY),
    ("board-reviews", {"reviews": reviews("2024-03")}, NOT),
    ("board-reviews", {}, UNKNOWN),
    ("board-reviews", {"reviews": {"entries": [{"on": "2025-01", "body": "board"}]}}, UNKNOWN),
    ("perception-gap", means(7.5, 7), MET),
    ("perception-gap", means(8, 7), PARTLY),
    ("perception-gap", means(8.1, 7), NOT),
    ("perception-gap", {"doctors": {"n": 10, "mean": 7}}, UNKNOWN),
    ("sas-voice", {"advocate": {"named": True, "job_planned_time": True}}, MET),
    ("sas-voice", {"advocate": {"named": True, "job_planned_time": False}}, PARTLY),
    ("sas-voice", {"advocate": {"named": False}}, NOT),
    ("sas-voice", {"advocate": {"named": True}}, UNKNOWN),
    ("sas-voice", {"advocate": {"job_planned_time": True}}, UNKNOWN),
]


@pytest.mark.parametrize(("name", "facts", "outcome"), CASES)
def test_case(name, facts, outcome):
    check(RULE, name, facts, outcome)


def test_every_outcome_and_edge_has_a_case():
    assert_complete(RULE, CASES)


def test_doctors_who_see_it_better_than_senior_leaders_are_no_shortfall():
    assert judge(RULE["perception-gap"], **means(6, 9)).outcome is MET

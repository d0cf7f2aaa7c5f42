import pytest
from cases import MET, NOT, PARTLY, UNKNOWN, assert_complete, check, listed, rule_named

RULE = rule_named("quality-strategy")
CASES = [
    ("monitored-strategy", {"strategy": {"board_approved": True, "measures_monitored": True}}, MET),
    ("monitored-strategy", {"strategy": {"board_approved": True, "measures_monitored": False}}, PARTLY),
    ("monitored-strategy", {"strategy": {"board_approved": False}}, NOT),
    ("monitored-strategy", {"strategy": {"board_approved": True}}, UNKNOWN),
    ("monitored-strategy", {"strategy": {"measures_monitored": True}}, UNKNOWN),
    ("improvement-leadership", {"improvement": {"executive_named": True, "agreed_method": True}}, MET),
    ("improvement-leadership", {"improvement": {"executive_named": True, "agreed_method": False}}, PARTLY),
    ("improvement-leadership", {"improvement": {"executive_named": False, "agreed_method": False}}, NOT),
    ("improvement-leadership", {"improvement": {"executive_named": True}}, UNKNOWN),
    ("divisions-aligned", {"plans": listed({"objective": "Q1"}, {}, 9, 1, "division")}, MET),
    ("divisions-aligned", {"plans": listed({"objective": "Q1"}, {}, 6, 4, "division")}, PARTLY),
    ("divisions-aligned", {"plans": listed({"objective": "Q1"}, {}, 5, 5, "division")}, NOT),
    ("divisions-aligned", {"plans": {"entries": []}}, UNKNOWN),
    ("improvement-at-induction", {"who": "all"}, MET),
    ("improvement-at-induction", {"who": "some"}, PARTLY),
    ("improvement-at-induction", {"who": "none"}, NOT),
    ("improvement-at-induction", {}, UNKNOWN),
    ("programmes-linked", {"programmes": listed({"objective": "Q1"}, {}, 4, 0)}, MET),
    ("programmes-linked", {"programmes": listed({"objective": "Q1"}, {}, 15, 5)}, PARTLY),
    ("programmes-linked", {"programmes": listed({"objective": "Q1"}, {}, 14, 6)}, NOT),
    ("programmes-linked", {}, UNKNOWN),
]


@pytest.mark.parametrize(("name", "facts", "outcome"), CASES)
def test_case(name, facts, outcome):
    check(RULE, name, facts, outcome)


def test_every_outcome_and_edge_has_a_case():
    assert_complete(RULE, CASES)

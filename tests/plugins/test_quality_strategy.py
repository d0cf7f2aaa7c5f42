import pytest
from cases import (
    MET,
    NOT,
    PARTLY,
    UNKNOWN,
    assert_complete,
    assert_facts_left_out_or_vaguer_never_decide,
    assert_order_never_matters,
    check,
    listed_shares,
    rule_named,
)

from engagecheck.testing import judge

RULE = rule_named("quality-strategy")
LINKED, NOT_LINKED = {"objective": "Q1"}, {"objective": "none"}
CASES = [
    ("monitored-strategy", {"strategy": {"board_approved": True, "measures_monitored": True}}, MET),
    ("monitored-strategy", {"strategy": {"board_approved": True, "measures_monitored": False}}, PARTLY),
    ("monitored-strategy", {"strategy": {"board_approved": False}}, NOT),
    ("monitored-strategy", {"strategy": {"board_approved": False, "measures_monitored": True}}, NOT),
    ("monitored-strategy", {"strategy": {"board_approved": True}}, (PARTLY, MET)),
    ("monitored-strategy", {"strategy": {"measures_monitored": True}}, UNKNOWN),
    ("monitored-strategy", {"strategy": {"measures_monitored": False}}, (NOT, PARTLY)),
    ("monitored-strategy", {}, UNKNOWN),
    ("improvement-leadership", {"improvement": {"executive_named": True, "agreed_method": True}}, MET),
    ("improvement-leadership", {"improvement": {"executive_named": True, "agreed_method": False}}, PARTLY),
    ("improvement-leadership", {"improvement": {"executive_named": False, "agreed_method": False}}, NOT),
    ("improvement-leadership", {"improvement": {"executive_named": True}}, (PARTLY, MET)),
    ("improvement-leadership", {"improvement": {"agreed_method": False}}, (NOT, PARTLY)),
    ("improvement-leadership", {}, UNKNOWN),
    *listed_shares("divisions-aligned", "plans", LINKED, NOT_LINKED, 20, 18, 12, "division"),
    ("improvement-at-induction", {"who": "all"}, MET),
    ("improvement-at-induction", {"who": "some"}, PARTLY),
    ("improvement-at-induction", {"who": "none"}, NOT),
    ("improvement-at-induction", {}, UNKNOWN),
    *listed_shares("programmes-linked", "programmes", LINKED, NOT_LINKED, 20, 20, 15),
]


@pytest.mark.parametrize(("name", "facts", "outcome"), CASES)
def test_case(name, facts, outcome):
    check(RULE, name, facts, outcome)


def test_every_outcome_and_edge_has_a_case():
    assert_complete(RULE, CASES)


def test_facts_left_out_or_vaguer_never_decide():
    assert_facts_left_out_or_vaguer_never_decide(RULE, CASES)


def test_the_order_of_a_list_never_matters():
    assert_order_never_matters(RULE, CASES)


@pytest.mark.parametrize("objective", ["Q1", "quality of care", "9"])
def test_any_objective_that_is_named_links(objective):
    plans = {"of": 1, "entries": [{"division": "Surgery", "objective": objective}]}
    assert judge(RULE["divisions-aligned"], plans=plans).outcome is MET


@pytest.mark.parametrize(
    ("executive", "method", "text"),
    [(True, False, "Agree one method of improvement"), (False, True, "Name the executive who is responsible for improvement."), (False, False, "Name the executive who is responsible for improvement, and")],
)
def test_only_what_is_missing_for_improvement_is_recommended(executive, method, text):
    (chosen,) = judge(RULE["improvement-leadership"], improvement={"executive_named": executive, "agreed_method": method}).recommendations
    assert chosen.text.startswith(text)

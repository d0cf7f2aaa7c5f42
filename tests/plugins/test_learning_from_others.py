import pytest
from cases import (
    MET,
    NONE,
    NOT,
    PARTLY,
    UNKNOWN,
    against_peers,
    assert_complete,
    assert_facts_left_out_or_vaguer_never_decide,
    assert_order_never_matters,
    check,
    rule_named,
)

from engagecheck.testing import judge

RULE = rule_named("learning-from-others")
MID_MONTH = "2025-03-15"


def occasions(*days, action_recorded=True, of=None, **more):
    recorded = {} if action_recorded is None else {"action_recorded": action_recorded}
    entries = [{"on": day, "kind": "visit", **recorded, **more} for day in days]
    return {"of": len(days) if of is None else of, "entries": entries}


CASES = [
    ("external-learning", {"occasions": occasions("2023-04-01", "2025-03-31")}, MET),
    ("external-learning", {"occasions": occasions("2025-03", "2025-03")}, MET),
    ("external-learning", {"occasions": occasions("2023-03-31", "2025-03-31")}, PARTLY),
    ("external-learning", {"occasions": occasions("2023-03")}, NOT),
    ("external-learning", {"occasions": occasions("2025-01", "2025-02", action_recorded=False)}, NOT),
    ("external-learning", {"occasions": NONE}, NOT),
    ("external-learning", {"occasions": occasions("2025-01", "2025-02", action_recorded=None)}, UNKNOWN),
    ("external-learning", {"occasions": occasions("2023-03", "2025-01"), "as_of": MID_MONTH}, (PARTLY, MET)),
    ("external-learning", {"occasions": occasions("2025-01", of=2)}, (PARTLY, MET)),
    ("external-learning", {"occasions": occasions("2022-01", of=2)}, (NOT, PARTLY)),
    ("external-learning", {"occasions": occasions(of=2)}, UNKNOWN),
    ("external-learning", {"occasions": {"entries": occasions("2025-01")["entries"]}}, (PARTLY, MET)),
    ("external-learning", {}, UNKNOWN),
    ("external-review", {"reviewed": "2020-03-31"}, MET),
    ("external-review", {"reviewed": "2020-03-30"}, PARTLY),
    ("external-review", {"reviewed": "2019-03-31"}, PARTLY),
    ("external-review", {"reviewed": "2019-03-30"}, NOT),
    ("external-review", {"reviewed": "2019-03"}, (NOT, PARTLY)),
    ("external-review", {"reviewed": "2020-03"}, (PARTLY, MET)),
    ("external-review", {"reviewed": "never"}, NOT),
    ("external-review", {}, UNKNOWN),
    *against_peers("doctors-raise-concerns", "raising_concerns", "doctors"),
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


def test_occasions_that_are_stated_and_not_listed_are_said():
    shown = judge(RULE["external-learning"], occasions=occasions(of=2))
    assert shown.value == (0, 2)
    assert "2 in all, none listed." in shown.message


def test_occasions_that_do_not_count_are_said():
    idle = occasions("2025-01", "2023-03-31", action_recorded=False)
    idle["entries"][0]["action_recorded"] = True
    shown = judge(RULE["external-learning"], occasions=idle)
    assert (shown.value, shown.message) == (1, "2 in all, 2 listed. 1 more than 24 months ago. 1 without a recorded action.")
    unclear = judge(RULE["external-learning"], occasions=occasions("2025-01", action_recorded=None))
    assert "without" not in unclear.message


def test_visits_further_away_are_said():
    shown = judge(RULE["external-learning"], occasions=occasions("2025-01", "2025-02", outside_region=True))
    assert "2 outside the region or abroad." in shown.message

import pytest
from cases import MET, NOT, PARTLY, UNKNOWN, against_peers, assert_complete, check, rule_named

RULE = rule_named("learning-from-others")

def occasions(*days, action_recorded=True):
    return {"of": len(days), "entries": [{"on": day, "kind": "visit", "action_recorded": action_recorded} for day in days]}

CASES = [
    ("external-learning", {"occasions": occasions("2023-04-01", "2025-03-31")}, MET),
    ("external-learning", {"occasions": occasions("2023-03-31", "2025-03-31")}, PARTLY),
    ("external-learning", {"occasions": occasions("2023-03")}, NOT),
    ("external-learning", {"occasions": occasions("2025-01", "2025-02", action_recorded=False)}, NOT),
    ("external-learning", {}, UNKNOWN),
    ("external-review", {"reviewed": "2020-03-31"}, MET),
    ("external-review", {"reviewed": "2019-03-31"}, PARTLY),
    ("external-review", {"reviewed": "2019-03"}, NOT),
    ("external-review", {}, UNKNOWN),
    *against_peers("doctors-raise-concerns", "raising_concerns", "doctors"),
]


@pytest.mark.parametrize(("name", "facts", "outcome"), CASES)
def test_case(name, facts, outcome):
    check(RULE, name, facts, outcome)


def test_every_outcome_and_edge_has_a_case():
    assert_complete(RULE, CASES)

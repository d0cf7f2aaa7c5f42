import pytest
from cases import MET, NA, NOT, PARTLY, UNKNOWN, assert_complete, check, rule_named

from engagecheck.testing import judge

RULE = rule_named("talent-and-development")


def tally(count, of):
    return {"count": count, "of": of}


def trained(good, poor):
    entries = [{"post": f"Good {n}", "since": "2023-01-15", "leadership_training": "2024-01-15"} for n in range(good)]
    entries += [{"post": f"Poor {n}", "since": "2023-01-15", "leadership_training": "2024-01-16"} for n in range(poor)]
    return {"directors": {"of": good + poor, "entries": entries}}


CASES = [
    ("leadership-strategy", {"strategy": True, "plan": True}, MET),
    ("leadership-strategy", {"strategy": True, "plan": False}, PARTLY),
    ("leadership-strategy", {"strategy": False, "plan": True}, PARTLY),
    ("leadership-strategy", {"strategy": False, "plan": False}, NOT),
    ("leadership-strategy", {"strategy": True}, UNKNOWN),
    ("named-successors", {"succession": tally(75, 100)}, MET),
    ("named-successors", {"succession": tally(40, 100)}, PARTLY),
    ("named-successors", {"succession": tally(39, 100)}, NOT),
    ("named-successors", {"succession": {"count": 39}}, UNKNOWN),
    ("named-successors", {"succession": tally(0, 0)}, NA),
    ("leaders-prepared", trained(8, 2), MET),
    ("leaders-prepared", trained(5, 5), PARTLY),
    ("leaders-prepared", trained(4, 6), NOT),
    ("leaders-prepared", {}, UNKNOWN),
    ("trainee-leadership", {"residents": tally(10, 100)}, MET),
    ("trainee-leadership", {"residents": tally(5, 100)}, PARTLY),
    ("trainee-leadership", {"residents": tally(4, 100)}, NOT),
    ("trainee-leadership", {"residents": {"of": 100}}, UNKNOWN),
    ("chief-registrar", {"percent": 40}, MET),
    ("chief-registrar", {"percent": 0.5}, PARTLY),
    ("chief-registrar", {"percent": 0}, NOT),
    ("chief-registrar", {}, UNKNOWN),
]


@pytest.mark.parametrize(("name", "facts", "outcome"), CASES)
def test_case(name, facts, outcome):
    check(RULE, name, facts, outcome)


def test_every_outcome_and_edge_has_a_case():
    assert_complete(RULE, CASES)


def test_training_in_a_month_that_is_only_partly_in_time_does_not_count():
    entry = {"post": "A", "since": "2023-01-15", "leadership_training": "2024-01"}
    assert judge(RULE["leaders-prepared"], directors={"of": 1, "entries": [entry]}).value == 0

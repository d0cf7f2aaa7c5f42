import pytest
from cases import MET, NOT, PARTLY, UNKNOWN, assert_complete, check, rule_named

RULE = rule_named("individual-views")

def of(mean):
    return {"n": 10, "mean": mean}

CASES = [
    ("views-level", {"doctors": of(7)}, MET),
    ("views-level", {"doctors": of(5.5)}, PARTLY),
    ("views-level", {"doctors": of(5.4)}, NOT),
    ("views-level", {}, UNKNOWN),
    ("views-agreement", {"leaders": of(7), "doctors": of(6), "managers": of(6.5)}, MET),
    ("views-agreement", {"leaders": of(7), "doctors": of(5), "managers": of(6.5)}, PARTLY),
    ("views-agreement", {"leaders": of(7), "doctors": of(6), "managers": of(8.1)}, NOT),
    ("views-agreement", {"leaders": of(7), "doctors": of(6)}, UNKNOWN),
    ("views-response-rate", {"responded": 50, "invited": 100}, MET),
    ("views-response-rate", {"responded": 30, "invited": 100}, PARTLY),
    ("views-response-rate", {"responded": 29, "invited": 100}, NOT),
    ("views-response-rate", {"responded": 29}, UNKNOWN),
    ("views-response-rate", {"responded": 0, "invited": 0}, UNKNOWN),
]


@pytest.mark.parametrize(("name", "facts", "outcome"), CASES)
def test_case(name, facts, outcome):
    check(RULE, name, facts, outcome)


def test_every_outcome_and_edge_has_a_case():
    assert_complete(RULE, CASES)

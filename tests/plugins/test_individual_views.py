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
    rule_named,
)

from engagecheck.testing import judge

RULE = rule_named("individual-views")


def of(mean, n=10):
    return {"n": n, "mean": mean}


def said(mean, n=100, asked=100):
    return {"doctors": of(mean, n)} | ({"asked": asked} if asked is not None else {})


def views(**means_and_asked):
    """Groups of ten, all of whom answered, unless it is said how many were asked."""
    groups = {name: of(mean) for name, mean in means_and_asked.items() if not name.endswith("_asked")}
    asked = {f"{name}_asked": 10 for name in groups} | {name: n for name, n in means_and_asked.items() if name.endswith("_asked")}
    return groups | {name: n for name, n in asked.items() if n is not None}


CASES = [
    ("doctors-say", said(6.5), MET),
    ("doctors-say", said(6.49), PARTLY),
    ("doctors-say", said(5.5), PARTLY),
    ("doctors-say", said(5.49), NOT),
    ("doctors-say", said(2.0, 320, 560), NOT),
    ("doctors-say", said(7.3, 31, 39), MET),
    ("doctors-say", said(7.3, 31, None), UNKNOWN),
    ("doctors-say", said(2.0, 50, 1000), UNKNOWN),
    ("doctors-say", said(7.3, 64, None), MET),
    ("doctors-say", said(7.3, 63, None), UNKNOWN),
    ("doctors-say", {"asked": 100}, UNKNOWN),
    ("doctors-say", {}, UNKNOWN),
    ("views-agreement", views(leaders=7, doctors=6, managers=6.5), MET),
    ("views-agreement", views(leaders=7, doctors=5.99, managers=6.5), PARTLY),
    ("views-agreement", views(leaders=7, doctors=5, managers=6.5), PARTLY),
    ("views-agreement", views(leaders=7, doctors=6, managers=8.1), NOT),
    ("views-agreement", views(leaders=7, doctors=6), UNKNOWN),
    ("views-agreement", views(leaders=7, managers=5.5), (NOT, PARTLY)),
    ("views-agreement", views(doctors=4, managers=8.1), NOT),
    ("views-agreement", views(doctors=6), UNKNOWN),
    # a group of which too few answered to tell counts as one that was not asked
    ("views-agreement", views(leaders=7, doctors=6, managers=6.5, managers_asked=60), UNKNOWN),
    ("views-agreement", views(leaders=7, doctors=5.5, managers=6.5, managers_asked=None), (NOT, PARTLY)),
    ("views-agreement", views(leaders=7, doctors=6, managers=6.5, leaders_asked=60, doctors_asked=60, managers_asked=60), UNKNOWN),
    ("views-agreement", views(leaders=7, doctors=4, managers=6.5, managers_asked=60), NOT),
    ("views-agreement", {}, UNKNOWN),
    ("views-response-rate", {"responded": 50, "invited": 100}, MET),
    ("views-response-rate", {"responded": 49, "invited": 100}, PARTLY),
    ("views-response-rate", {"responded": 30, "invited": 100}, PARTLY),
    ("views-response-rate", {"responded": 29, "invited": 100}, NOT),
    ("views-response-rate", {"responded": 29}, UNKNOWN),
    ("views-response-rate", {"invited": 100}, UNKNOWN),
    ("views-response-rate", {"responded": 0, "invited": 0}, UNKNOWN),
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


def test_what_doctors_say_counts_twice_and_is_essential():
    assert RULE.weight == 2
    assert RULE["doctors-say"].priority == "high"


def test_how_sure_it_is_is_printed():
    assert (
        "With 31 of 39 answering, differences under 0.3 mean little." in judge(RULE["doctors-say"], **said(7.3, 31, 39)).message
    )
    assert "Too few answered to tell: with 50 of 1000 answering" in judge(RULE["doctors-say"], **said(2.0, 50, 1000)).message


def test_the_means_that_are_there_are_printed():
    shown = judge(RULE["views-agreement"], **views(leaders=7, doctors=6))
    assert shown.message.startswith("Means: medical leaders 7, doctors 6.")
    assert shown.value == (1, 10)
    assert judge(RULE["views-agreement"], **views(leaders=7, doctors=6, managers=5.5)).value == 1.5
    small = judge(RULE["views-agreement"], **views(leaders=7, doctors=6, managers=9, managers_asked=60))
    assert small.message.startswith("Means: medical leaders 7, doctors 6, managers 9. Too few answered to tell: managers.")
    assert small.value == (1, 10)
    errors = {"leaders": of(7, 100), "leaders_asked": 200, "doctors": of(6, 100), "managers": of(6, 64), "managers_asked": 64}
    assert judge(RULE["views-agreement"], **views(leaders=7, doctors=6, leaders_asked=60, doctors_asked=60)).value == (0, 10)
    assert "Too few" not in judge(RULE["views-agreement"], leaders=of(7, 100), doctors=of(6, 100), managers=of(6, 64)).message  # 0.25 is sure
    alike = judge(RULE["views-agreement"], leaders=of(7, 100), doctors=of(6, 100), managers=of(6, 100))
    assert alike.message.endswith("Differences under 0.6 mean little.")  # of two groups, each with a standard error of 0.2
    # standard errors of 0.14, 0.20 and 0: twice that of the difference of the least sure two is 0.49
    assert judge(RULE["views-agreement"], **errors).message == "Means: medical leaders 7, doctors 6, managers 6. Differences under 0.5 mean little."
    assert judge(RULE["views-response-rate"], responded=0, invited=0).message == "Nobody was asked."

import pytest
from cases import (
    MET,
    NA,
    NO_RESIDENTS,
    NOT,
    PARTLY,
    SCOTTISH_BOARD,
    UNKNOWN,
    assert_complete,
    assert_facts_left_out_or_vaguer_never_decide,
    assert_order_never_matters,
    check,
    rule_named,
    shares,
)

from engagecheck.testing import judge

RULE = rule_named("investment-and-governance")
LATER = "2026-03-31"
PLAN_SINCE = "2025-08-29"


def framework(overseen=None, reported=None, risk=None, as_of=LATER, **organisation):
    stated = {"plan_overseen": overseen, "outcomes_reported": reported, "principal_risk": risk}
    facts = {"framework": {name: answer for name, answer in stated.items() if answer is not None}, "as_of": as_of}
    return facts | ({"organisation": organisation} if organisation else {})


CASES = [
    ("development-investment", {"places": 5, "directors": 10}, MET),
    ("development-investment", {"places": 25, "directors": 100}, PARTLY),
    ("development-investment", {"places": 24, "directors": 100}, NOT),
    ("development-investment", {"places": 0, "directors": 9}, NOT),
    ("development-investment", {"places": 24, "directors": 0}, UNKNOWN),
    ("development-investment", {"places": 24}, UNKNOWN),
    ("development-investment", {"directors": 9}, UNKNOWN),
    ("consultant-development-time", {"activities": 2.5}, MET),
    ("consultant-development-time", {"activities": 2.1}, PARTLY),
    ("consultant-development-time", {"activities": 2}, NOT),
    ("consultant-development-time", {}, UNKNOWN),
    ("on-the-assurance-framework", framework(True, True), MET),
    ("on-the-assurance-framework", framework(True, False), PARTLY),
    ("on-the-assurance-framework", framework(False, False, True), NOT),
    ("on-the-assurance-framework", framework(True), (PARTLY, MET)),
    ("on-the-assurance-framework", framework(None, False), (NOT, PARTLY)),
    ("on-the-assurance-framework", framework(risk=True), UNKNOWN),
    ("on-the-assurance-framework", {"as_of": PLAN_SINCE}, UNKNOWN),
    ("on-the-assurance-framework", framework(True, False, True, hosts_resident_doctors=None), (PARTLY, MET)),
    ("on-the-assurance-framework", framework(True, True, False, hosts_resident_doctors=None), (NOT, MET)),
    ("on-the-assurance-framework", framework(True, True, True, hosts_resident_doctors=None), MET),
    ("on-the-assurance-framework", framework(risk=True, as_of="2025-08-28"), MET),
    ("on-the-assurance-framework", framework(overseen=True, reported=False, risk=True, as_of="2025-08-29"), PARTLY),
    ("on-the-assurance-framework", framework(risk=True, **NO_RESIDENTS), MET),
    ("on-the-assurance-framework", framework(risk=False, **SCOTTISH_BOARD), NOT),
    ("on-the-assurance-framework", framework(True, True, **SCOTTISH_BOARD), UNKNOWN),
    *shares("protected-meeting-time", "half_days", 100, 90, 75, of_none=NOT),
    ("capability-self-assessment", {"assessed": "2024-12-31", "as_of": LATER}, MET),
    ("capability-self-assessment", {"assessed": "2024-12-30", "as_of": LATER}, PARTLY),
    ("capability-self-assessment", {"assessed": "2024-10-01", "as_of": LATER}, PARTLY),
    ("capability-self-assessment", {"assessed": "2024-09-30", "as_of": LATER}, NOT),
    ("capability-self-assessment", {"assessed": "2024-12", "as_of": LATER}, (PARTLY, MET)),
    ("capability-self-assessment", {"assessed": "never", "as_of": LATER}, NOT),
    ("capability-self-assessment", {"as_of": LATER}, UNKNOWN),
    ("capability-self-assessment", {"as_of": "2025-08-25"}, NA),
    ("capability-self-assessment", {"assessed": "2025-08-01", "as_of": "2025-08-26"}, MET),
    ("capability-self-assessment", {"assessed": "2020-01", "organisation": SCOTTISH_BOARD, "as_of": LATER}, NA),
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


def test_places_and_directors_are_counted_in_words():
    shown = judge(RULE["development-investment"], places=24, directors=9)
    assert shown.message == "24 places for 9 directors."
    assert shown.value_text == "2.67 places per director"
    assert "%" not in shown.message + shown.value_text


@pytest.mark.parametrize("facts", [framework(False, False, True), framework(False, False, True, type="nhs_foundation_trust")])
def test_the_yardstick_is_the_one_that_applies(facts):
    asked = judge(RULE["on-the-assurance-framework"], **facts)
    assert (asked.outcome, asked.value) == (NOT, "neither on the framework nor in the annual report")
    assert (
        asked.yardstick.text
        == "on the framework and in the annual report; partly: on the framework or in the annual report, not both"
    )
    elsewhere = judge(
        RULE["on-the-assurance-framework"], **{**facts, "organisation": {"type": "health_board", "country": "Scotland"}}
    )
    assert (elsewhere.outcome, elsewhere.yardstick.text, elsewhere.basis) == (MET, "a principal risk", "judgement")


def test_no_half_day_that_was_planned_is_none():
    shown = judge(RULE["protected-meeting-time"], half_days={"of": 0, "count": 0})
    assert (shown.value, shown.message) == (0, "No governance half-days are planned.")


@pytest.mark.parametrize(("overseen", "reported", "case"), [(True, False, "on the framework only"), (False, True, "in the annual report only"), (False, False, "")])
def test_only_what_is_missing_on_the_plan_is_recommended(overseen, reported, case):
    (chosen,) = judge(RULE["on-the-assurance-framework"], **framework(overseen, reported)).recommendations
    assert chosen.text == next(one.text for one in RULE["on-the-assurance-framework"].recommend if one.case == case)

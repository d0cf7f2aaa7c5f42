import pytest
from cases import (
    MET,
    NA,
    NO_RESIDENTS,
    NONE,
    NOT,
    PARTLY,
    SCOTTISH_BOARD,
    UNKNOWN,
    assert_complete,
    assert_facts_left_out_or_vaguer_never_decide,
    assert_order_never_matters,
    check,
    rule_named,
)

from engagecheck.testing import judge

RULE = rule_named("senior-commitment")
LATER = "2026-03-31"
FIRST_DAY = "2025-08-29"
BEFORE = "2025-08-28"
LEAD = {"executive": True, "board_oversight": True}
PEER = {"named": True, "reports_to_board": True}


def reviews(*days, of=None):
    return {"of": len(days) if of is None else of, "entries": [{"on": day, "body": "board"} for day in days]}


def means(executives, doctors, n=40, of_executives=40, of_doctors=40):
    """The means of two groups. By default everyone answered, so that there is no error of sampling."""
    return {
        "executives": {"n": n, "mean": executives}, "doctors": {"n": n, "mean": doctors},
        **({"executives_asked": of_executives} if of_executives else {}), **({"doctors_asked": of_doctors} if of_doctors else {}),
    }  # fmt: skip


CASES = [
    ("board-lead", {"lead": {"named": True, "all_doctors": True, "reports_to_board": True}}, MET),
    ("board-lead", {"lead": {"named": True, "all_doctors": False}}, NOT),
    ("board-lead", {"lead": {"named": True, "all_doctors": True}}, UNKNOWN),
    ("board-lead", {"lead": {}}, UNKNOWN),
    ("board-lead", {}, UNKNOWN),
    ("senior-lead-resident-doctors", {"lead": LEAD, "as_of": LATER}, MET),
    ("senior-lead-resident-doctors", {"lead": LEAD, "as_of": FIRST_DAY}, MET),
    ("senior-lead-resident-doctors", {"lead": {**LEAD, "board_oversight": False}, "as_of": LATER}, NOT),
    ("senior-lead-resident-doctors", {"lead": {"executive": True}, "as_of": LATER}, UNKNOWN),
    ("senior-lead-resident-doctors", {"as_of": LATER}, UNKNOWN),
    ("senior-lead-resident-doctors", {"as_of": BEFORE}, NA),
    ("senior-lead-resident-doctors", {"as_of": LATER, "organisation": NO_RESIDENTS}, NA),
    ("senior-lead-resident-doctors", {"as_of": LATER, "organisation": SCOTTISH_BOARD}, NA),
    ("resident-doctor-peer-lead", {"lead": PEER, "as_of": LATER}, MET),
    ("resident-doctor-peer-lead", {"lead": {"named": True, "reports_to_board": False}, "as_of": LATER}, PARTLY),
    ("resident-doctor-peer-lead", {"lead": {"named": True}, "as_of": LATER}, (PARTLY, MET)),
    ("resident-doctor-peer-lead", {"lead": {"named": False}, "as_of": LATER}, NOT),
    ("resident-doctor-peer-lead", {"lead": {"reports_to_board": True}, "as_of": LATER}, UNKNOWN),
    ("resident-doctor-peer-lead", {"lead": {"reports_to_board": False}, "as_of": LATER}, (NOT, PARTLY)),
    ("resident-doctor-peer-lead", {"as_of": LATER}, UNKNOWN),
    ("resident-doctor-peer-lead", {"lead": {"named": False}, "as_of": BEFORE}, NA),
    ("resident-doctor-peer-lead", {"as_of": LATER, "organisation": NO_RESIDENTS}, NA),
    ("doctors-on-the-board", {"doctors": 2}, MET),
    ("doctors-on-the-board", {"doctors": 1}, PARTLY),
    ("doctors-on-the-board", {"doctors": 0}, NOT),
    ("doctors-on-the-board", {}, UNKNOWN),
    ("board-reviews", {"reviews": reviews("2024-04-01", "2025-03")}, MET),
    ("board-reviews", {"reviews": reviews("2024-03-31", "2025-03")}, PARTLY),
    ("board-reviews", {"reviews": reviews("2024-03")}, NOT),
    ("board-reviews", {"reviews": NONE}, NOT),
    ("board-reviews", {"reviews": reviews("2025-01", "2025-01")}, MET),
    ("board-reviews", {"reviews": reviews("2024-03", "2025-01"), "as_of": "2025-03-15"}, (PARTLY, MET)),
    ("board-reviews", {"reviews": reviews("2024-01", of=2)}, (NOT, PARTLY)),
    ("board-reviews", {"reviews": reviews(of=2)}, UNKNOWN),
    ("board-reviews", {"reviews": {"entries": reviews("2025-01")["entries"]}}, (PARTLY, MET)),
    ("board-reviews", {"reviews": {"entries": reviews("2025-01", "2025-02")["entries"]}}, MET),
    ("board-reviews", {}, UNKNOWN),
    ("perception-gap", means(7.5, 7), MET),
    ("perception-gap", means(7.51, 7), PARTLY),
    ("perception-gap", means(8, 7), PARTLY),
    ("perception-gap", means(8.01, 7), NOT),
    ("perception-gap", means(4, 7), NOT),
    ("perception-gap", means(6.5, 7), MET),
    ("perception-gap", means(9, 7, n=40, of_doctors=None), UNKNOWN),
    ("perception-gap", means(9, 7, n=128, of_executives=None, of_doctors=None), NOT),
    ("perception-gap", means(9, 7, n=127, of_executives=None, of_doctors=None), UNKNOWN),
    ("perception-gap", means(9, 7, n=64, of_executives=64, of_doctors=None), NOT),
    ("perception-gap", means(9, 7, n=63, of_executives=63, of_doctors=None), UNKNOWN),
    ("perception-gap", {"doctors": {"n": 40, "mean": 7}}, UNKNOWN),
    ("perception-gap", {"executives": {"n": 40, "mean": 7}}, UNKNOWN),
    ("sas-voice", {"advocate": {"named": True, "job_planned_time": True}}, MET),
    ("sas-voice", {"advocate": {"named": True, "job_planned_time": False}}, PARTLY),
    ("sas-voice", {"advocate": {"named": False}}, NOT),
    ("sas-voice", {"advocate": {"named": True}}, (PARTLY, MET)),
    ("sas-voice", {"advocate": {"job_planned_time": True}}, UNKNOWN),
    ("sas-voice", {"organisation": {"employs_sas_doctors": True}}, UNKNOWN),
    ("sas-voice", {}, UNKNOWN),
    ("sas-voice", {"organisation": {"employs_sas_doctors": False}}, NA),
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


def test_leaders_who_see_it_darker_than_doctors_are_as_far_away():
    assert judge(RULE["perception-gap"], **means(4, 7)).value == 3.0


def test_too_few_answers_say_by_how_much_they_are_too_few():
    shown = judge(RULE["perception-gap"], **means(9, 7, n=40, of_doctors=None))
    assert "differences under 0.6 mean little" in shown.message


def test_reviews_that_are_not_listed_are_counted_as_stated():
    shown = judge(RULE["board-reviews"], reviews=reviews(of=2))
    assert shown.value == (0, 2)
    assert "2 in all, none listed." in shown.message
    assert judge(RULE["board-reviews"], reviews=reviews("2025-01", of=2)).message.startswith("2 in all, 1 listed.")
    early = judge(RULE["board-reviews"], reviews=reviews("2024-03-31", "2025-03"))
    assert (early.value, early.message) == (1, "2 in all, 2 listed. 1 more than 12 months ago.")
    assert "in all" not in judge(RULE["board-reviews"], reviews={"entries": reviews("2025-01")["entries"]}).message


def test_both_means_are_printed():
    assert judge(RULE["perception-gap"], **means(7.5, 7)).message == "Senior leaders 7.5 (n 40), doctors 7 (n 40)."
    some = judge(RULE["perception-gap"], **means(7.5, 7, of_executives=60))  # a standard error of 0.18
    assert some.message == "Senior leaders 7.5 (n 40), doctors 7 (n 40). Differences under 0.4 mean little."


@pytest.mark.parametrize(
    ("criterion", "lead", "text"),
    [
        ("board-lead", {"named": True, "all_doctors": False}, "Agree that the named board member"), ("board-lead", {"named": False}, "Make a board member responsible"),
        ("senior-lead-resident-doctors", {"executive": True, "board_oversight": False}, "Agree how the board oversees"), ("senior-lead-resident-doctors", {"executive": False, "board_oversight": True}, "Name a senior lead"),
    ],
)  # fmt: skip
def test_who_is_named_already_is_not_to_be_named(criterion, lead, text):
    (chosen,) = judge(RULE[criterion], lead=lead, as_of=LATER).recommendations
    assert chosen.text.startswith(text)

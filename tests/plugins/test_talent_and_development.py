import pytest
from cases import (
    MET,
    NA,
    NO_RESIDENTS,
    NOT,
    PARTLY,
    UNKNOWN,
    assert_complete,
    assert_facts_left_out_or_vaguer_never_decide,
    assert_order_never_matters,
    check,
    listed_shares,
    rule_named,
    shares,
)

from engagecheck.testing import judge

RULE = rule_named("talent-and-development")
IN_TIME, TOO_LATE = ({"since": "2023-01-15", "leadership_training": day} for day in ("2024-01-15", "2024-01-16"))
GROUPS = ("consultants", "sas_doctors", "resident_doctors")
NO_SAS = {"employs_sas_doctors": False}


def director(since, training):
    stated = {"post": "A", "since": since, "leadership_training": training}
    return {"directors": {"of": 1, "entries": [{name: value for name, value in stated.items() if value}]}}


def open_to(*answers, **organisation):
    """Whether a programme is open to consultants, SAS doctors and resident doctors."""
    stated = {name: answer for name, answer in zip(GROUPS, answers, strict=True) if answer is not None}
    return {"curriculum": stated} | ({"organisation": organisation} if organisation else {})


CASES = [
    ("leadership-strategy", {"strategy": True, "plan": True}, MET),
    ("leadership-strategy", {"strategy": True, "plan": False}, PARTLY),
    ("leadership-strategy", {"strategy": False, "plan": True}, PARTLY),
    ("leadership-strategy", {"strategy": False, "plan": False}, NOT),
    ("leadership-strategy", {"strategy": True}, (PARTLY, MET)),
    ("leadership-strategy", {"plan": False}, (NOT, PARTLY)),
    ("leadership-strategy", {}, UNKNOWN),
    *shares("named-successors", "succession", 100, 75, 40, of_none=UNKNOWN),
    *listed_shares("leaders-prepared", "directors", IN_TIME, TOO_LATE, 20, 16, 10, "post"),
    ("leaders-prepared", director("2023-01-15", "2024-01"), UNKNOWN),
    ("leaders-prepared", director("2023-01", "2024-01-31"), UNKNOWN),
    ("leaders-prepared", director("2023-01", "2024-02-01"), NOT),
    ("leaders-prepared", director("2023-01", "2024-01-01"), MET),
    ("leaders-prepared", director("2023-01", "2019-06"), MET),
    ("leaders-prepared", director("2023-01", "none"), NOT),
    ("leaders-prepared", director(None, "none"), NOT),
    ("leaders-prepared", director(None, "2019-06"), UNKNOWN),
    ("leaders-prepared", director("2023-01", None), UNKNOWN),
    *shares("trainee-leadership", "residents", 100, 10, 5, of_none=UNKNOWN),
    ("trainee-leadership", {"organisation": NO_RESIDENTS}, NA),
    ("chief-registrar", {"percent": 40}, MET),
    ("chief-registrar", {"percent": 39.9}, PARTLY),
    ("chief-registrar", {"percent": 0.5}, PARTLY),
    ("chief-registrar", {"percent": 0}, NOT),
    ("chief-registrar", {}, UNKNOWN),
    ("chief-registrar", {"organisation": NO_RESIDENTS}, NA),
    ("leadership-curriculum", open_to(True, True, True), MET),
    ("leadership-curriculum", open_to(True, False, True), PARTLY),
    ("leadership-curriculum", open_to(True, False, False), NOT),
    ("leadership-curriculum", open_to(False, False, False), NOT),
    ("leadership-curriculum", open_to(True, True, True, hosts_resident_doctors=None, employs_sas_doctors=None), MET),
    ("leadership-curriculum", open_to(True, False, True, hosts_resident_doctors=None, employs_sas_doctors=None), PARTLY),
    ("leadership-curriculum", open_to(True, True, None), (PARTLY, MET)),
    ("leadership-curriculum", open_to(False, True, None), (NOT, PARTLY)),
    ("leadership-curriculum", open_to(None, False, None), (NOT, PARTLY)),
    ("leadership-curriculum", open_to(None, None, None), UNKNOWN),
    ("leadership-curriculum", {}, UNKNOWN),
    # it is asked of the groups of doctors that work here
    ("leadership-curriculum", open_to(True, None, True, **NO_SAS), MET),
    ("leadership-curriculum", open_to(True, None, None, **NO_SAS, **NO_RESIDENTS), MET),
    ("leadership-curriculum", open_to(True, None, False, **NO_SAS), PARTLY),
    ("leadership-curriculum", open_to(True, None, True, employs_sas_doctors=True), (PARTLY, MET)),
    ("leadership-curriculum", open_to(False, None, None, **NO_SAS, **NO_RESIDENTS), NOT),
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


def test_no_protected_time_is_said():
    assert judge(RULE["chief-registrar"], percent=0).message == "There is no chief registrar with protected time."
    assert judge(RULE["chief-registrar"], percent=40).message == ""


def test_a_director_who_was_never_trained_is_named():
    assert "A" in judge(RULE["leaders-prepared"], **director("2023-01", "none")).message


def test_a_programme_need_not_be_open_to_those_who_do_not_work_here():
    assert judge(RULE["leadership-curriculum"], **open_to(True, False, False, **NO_SAS, **NO_RESIDENTS)).outcome is MET


def test_the_edges_of_the_programme_are_all_and_half_of_the_groups():
    assert judge(RULE["leadership-curriculum"], **open_to(True, None, False, **NO_SAS)).value == 0.5
    assert judge(RULE["leadership-curriculum"], **open_to(True, True, False)).value == 0.666667


@pytest.mark.parametrize(
    ("strategy", "plan", "text"), [(True, False, "beside the strategy."), (False, True, "beside the development plan."), (False, False, "both including doctors.")]
)
def test_only_what_the_board_has_not_approved_is_recommended(strategy, plan, text):
    (chosen,) = judge(RULE["leadership-strategy"], strategy=strategy, plan=plan).recommendations
    assert chosen.text.endswith(text)

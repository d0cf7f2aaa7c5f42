import pytest
from cases import (
    MET,
    NA,
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
    tally,
)

from engagecheck.testing import judge

RULE = rule_named("senior-selection")

FOUNDATION = {"type": "nhs_foundation_trust"}
EXEMPT = ("nhs_ambulance_trust", "integrated_care_board", "independent_hospital", "health_board")
CHARTER = {"written_accountabilities": True, "term_of_office": True, "yearly_review": True}
METHODS = ("structured_interview", "psychometric_or_simulation", "stakeholder_panel", "patient_on_panel")
MID_MONTH = "2025-03-15"


def advertised(*applicants, complete_from="2023-01", on="2024-06", of=None):
    stated = [{"post": f"Post {number}", "applicants": count, "on": on} for number, count in enumerate(applicants)]
    entries = [{name: value for name, value in entry.items() if value is not None} for entry in stated]
    return {
        "of": len(entries) if of is None else of,
        "entries": entries,
        **({"complete_from": complete_from} if complete_from else {}),
    }


def methods(*answers):
    return {name: answer for name, answer in zip(METHODS, answers, strict=True) if answer is not None}


CASES = [
    ("appointment-panels", {"panels": tally(22, 22)}, MET),
    ("appointment-panels", {"panels": tally(99, 100)}, NOT),
    ("appointment-panels", {"panels": tally(9, 10)}, NOT),
    ("appointment-panels", {"panels": tally(1, 2)}, NOT),
    ("appointment-panels", {"panels": tally(9, 10), "organisation": FOUNDATION}, PARTLY),
    ("appointment-panels", {"panels": tally(10, 10), "organisation": FOUNDATION}, MET),
    ("appointment-panels", {"panels": tally(90, 100), "organisation": FOUNDATION}, PARTLY),
    ("appointment-panels", {"panels": tally(89, 100), "organisation": FOUNDATION}, NOT),
    ("appointment-panels", {"panels": {"of": 10}}, UNKNOWN),
    ("appointment-panels", {}, UNKNOWN),
    ("appointment-panels", {"panels": tally(0, 0)}, NA),
    *(("appointment-panels", {"panels": tally(1, 9), "organisation": {"type": kind}}, NA) for kind in EXEMPT),
    ("appointment-panels", {"panels": tally(1, 9), "organisation": {"country": "Wales"}}, NA),
    *shares("beyond-clinical-expertise", "appointments", 10, 9, 5, of_none=UNKNOWN),
    ("beyond-clinical-expertise", {"appointments": tally(0, 0), "panels": tally(3, 3)}, UNKNOWN),
    ("beyond-clinical-expertise", {"appointments": tally(0, 0), "panels": {"count": 3}}, UNKNOWN),
    ("beyond-clinical-expertise", {"appointments": tally(0, 0), "panels": tally(0, 0)}, NA),
    ("beyond-clinical-expertise", {"appointments": {"of": 0}, "panels": {"of": 0}}, NA),
    *listed_shares(
        "open-competition", "directors", {"open_competition": True}, {"open_competition": False}, 20, 18, 10, "post"
    ),
    ("contested-leadership-posts", {"competitions": advertised(1, 2, 5)}, MET),
    ("contested-leadership-posts", {"competitions": advertised(1, 1, 5)}, PARTLY),
    ("contested-leadership-posts", {"competitions": advertised(1, 0)}, NOT),
    ("contested-leadership-posts", {"competitions": advertised(2, 2, None)}, MET),
    ("contested-leadership-posts", {"competitions": advertised(1, 2, None)}, (PARTLY, MET)),
    ("contested-leadership-posts", {"competitions": advertised(0, None)}, UNKNOWN),
    ("contested-leadership-posts", {"competitions": advertised(5, complete_from="2023-05")}, UNKNOWN),
    ("contested-leadership-posts", {"competitions": advertised(5, complete_from=None)}, UNKNOWN),
    ("contested-leadership-posts", {"competitions": advertised(5, of=2)}, UNKNOWN),
    (
        "contested-leadership-posts",
        {
            "competitions": {
                **advertised(2),
                "entries": [*advertised(2)["entries"], {"post": "Undated", "applicants": 0}],
                "of": 2,
            }
        },
        (PARTLY, MET),
    ),
    ("contested-leadership-posts", {"competitions": advertised(5, on=None)}, UNKNOWN),  # it may not have been in the window
    ("contested-leadership-posts", {"competitions": advertised(5, on="2023-03"), "as_of": MID_MONTH}, UNKNOWN),
    ("contested-leadership-posts", {"competitions": advertised(0, on="2023-03-31")}, NA),
    ("contested-leadership-posts", {"competitions": advertised(0, on="2023-04-01")}, NOT),
    ("contested-leadership-posts", {"competitions": advertised()}, NA),
    ("contested-leadership-posts", {}, UNKNOWN),
    ("selection-methods", {"methods": methods(True, True, True, False)}, MET),
    ("selection-methods", {"methods": methods(True, True, True, None)}, MET),
    ("selection-methods", {"methods": methods(False, True, True, False)}, PARTLY),
    ("selection-methods", {"methods": methods(True, False, False, False)}, NOT),
    ("selection-methods", {"methods": methods(True, True, None, False)}, (PARTLY, MET)),
    ("selection-methods", {"methods": methods(True, None, False, False)}, (NOT, PARTLY)),
    ("selection-methods", {"methods": {}}, UNKNOWN),
    ("selection-methods", {}, UNKNOWN),
    *listed_shares("leader-role-charter", "directors", CHARTER, {**CHARTER, "term_of_office": False}, 20, 18, 12, "post"),
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


def test_for_foundation_trusts_the_regulations_are_a_recommendation_that_never_gates():
    law = judge(RULE["appointment-panels"], panels=tally(1, 2))
    advice = judge(RULE["appointment-panels"], panels=tally(1, 2), organisation=FOUNDATION)
    assert (law.basis, law.gates, law.flags) == ("standard", True, True)
    assert (advice.basis, advice.gates, advice.flags) == ("judgement", False, False)


def test_a_sample_says_so():
    sampled = {**tally(9, 10), "sampled": "the last ten files"}
    assert "Sample: the last ten files." in judge(RULE["beyond-clinical-expertise"], appointments=sampled).message


def test_the_median_of_an_even_number_of_posts_lies_between():
    assert judge(RULE["contested-leadership-posts"], competitions=advertised(1, 2)).value == 1.5


@pytest.mark.parametrize(
    ("sure", "undated", "value"),
    [
        # an undated post may be one of them or not, whichever is worst or best
        ([2], [0], (1, 2)), ([2], [0, 8], (1, 5)), ([3], [5], (3, 4)), ([2, 4], [], 3), ([2, 4], [3], 3), ([5], [0, 1, 9, 9], (1, 9)),
        # what is not stated may be nobody or anybody
        ([None, 3], [], (1.5, None)), ([3], [None], (1.5, None)), ([None, 3, 3], [], 3), ([0, 3], [None], (0, 3)),
    ],
)  # fmt: skip
def test_the_median_with_posts_that_may_be_older(sure, undated, value):
    posts = [*advertised(*sure)["entries"], *advertised(*undated, on=None)["entries"]]
    shown = judge(RULE["contested-leadership-posts"], competitions={**advertised(), "of": len(posts), "entries": posts})
    assert shown.value == value
    assert shown.message.startswith(f"Median of {len(sure)} posts advertised in the last 24 months.")


def test_two_posts_of_one_title_in_a_month_are_two():
    twice = advertised(1, 5)
    twice["entries"][1]["post"] = twice["entries"][0]["post"]
    assert judge(RULE["contested-leadership-posts"], competitions=twice).value == 3

import pytest
from cases import MET, NA, NOT, PARTLY, UNKNOWN, assert_complete, check, listed, rule_named, shares, tally

from engagecheck.testing import judge

RULE = rule_named("senior-selection")

FOUNDATION = {"type": "nhs_foundation_trust"}
EXEMPT = ("nhs_ambulance_trust", "integrated_care_board", "independent_hospital", "health_board")
CHARTER = {"written_accountabilities": True, "term_of_office": True, "yearly_review": True}


def posts(*applicants, complete_from="2023-01", on="2024-06"):
    dated = {"on": on} if on else {}
    entries = [{"post": f"Post {number}", "applicants": count, **dated} for number, count in enumerate(applicants)]
    return {"of": len(entries), "complete_from": complete_from, "entries": entries}

CASES = [
    ("appointment-panels", {"panels": tally(22, 22)}, MET),
    ("appointment-panels", {"panels": tally(99, 100)}, NOT),
    ("appointment-panels", {"panels": tally(9, 10)}, NOT),
    ("appointment-panels", {"panels": tally(9, 10), "organisation": FOUNDATION}, PARTLY),
    ("appointment-panels", {"panels": tally(89, 100), "organisation": FOUNDATION}, NOT),
    ("appointment-panels", {}, UNKNOWN),
    *(("appointment-panels", {"panels": tally(1, 9), "organisation": {"type": kind}}, NA) for kind in EXEMPT),
    ("appointment-panels", {"panels": tally(1, 9), "organisation": {"country": "Wales"}}, NA),
    ("beyond-clinical-expertise", {"appointments": tally(0, 0)}, UNKNOWN),
    *shares("beyond-clinical-expertise", "appointments", 10, 9, 5),
    ("open-competition", {"directors": listed({"open_competition": True}, {}, 9, 1, "post")}, MET),
    ("open-competition", {"directors": listed({"open_competition": True}, {}, 5, 5, "post")}, PARTLY),
    ("open-competition", {"directors": listed({"open_competition": True}, {}, 4, 6, "post")}, NOT),
    ("open-competition", {}, UNKNOWN),
    ("contested-leadership-posts", {"competitions": posts(1, 2, 5)}, MET),
    ("contested-leadership-posts", {"competitions": posts(1, 1, 5)}, PARTLY),
    ("contested-leadership-posts", {"competitions": posts(1, 0)}, NOT),
    ("contested-leadership-posts", {"competitions": posts(5, complete_from="2023-05")}, UNKNOWN),
    ("contested-leadership-posts", {"competitions": posts(5, on=None)}, UNKNOWN),
    ("contested-leadership-posts", {"competitions": posts()}, NA),
    ("contested-leadership-posts", {}, UNKNOWN),
    ("leader-role-charter", {"directors": listed(CHARTER, {**CHARTER, "term_of_office": False}, 9, 1, "post")}, MET),
    ("leader-role-charter", {"directors": listed(CHARTER, {**CHARTER, "yearly_review": False}, 6, 4, "post")}, PARTLY),
    ("leader-role-charter", {"directors": listed(CHARTER, {}, 5, 5, "post")}, NOT),
    ("leader-role-charter", {}, UNKNOWN),
]


@pytest.mark.parametrize(("name", "facts", "outcome"), CASES)
def test_case(name, facts, outcome):
    check(RULE, name, facts, outcome)


def test_every_outcome_and_edge_has_a_case():
    assert_complete(RULE, CASES)


def test_for_foundation_trusts_the_regulations_are_a_recommendation_that_never_gates():
    law = judge(RULE["appointment-panels"], panels=tally(1, 2))
    advice = judge(RULE["appointment-panels"], panels=tally(1, 2), organisation=FOUNDATION)
    assert (law.basis, law.gates) == ("standard", True)
    assert (advice.basis, advice.gates) == ("judgement", False)


def test_a_sample_says_so():
    sampled = {**tally(9, 10), "sampled": "the last ten files"}
    assert "Sample: the last ten files." in judge(RULE["beyond-clinical-expertise"], appointments=sampled).message


def test_the_median_of_an_even_number_of_posts_lies_between():
    assert judge(RULE["contested-leadership-posts"], competitions=posts(1, 2)).value == 1.5

import pytest
from cases import MET, NOT, PARTLY, UNKNOWN, assert_complete, check, result, results, rule_named, shares, tally

from engagecheck.testing import judge

RULE = rule_named("journey")

def points(*scores):
    return results(*(result(f"{2020 + year}-03", score=score) for year, score in enumerate(scores)))

CASES = [
    ("measured-repeatedly", results(*(result(on) for on in ("2022-03", "2023-03", "2024-03"))), MET),
    ("measured-repeatedly", results(result("2022-03"), result("2023-03"), result("2024-03", population="all_staff")), PARTLY),
    ("measured-repeatedly", results(result("2022-03")), NOT),
    ("measured-repeatedly", {}, UNKNOWN),
    ("direction", points(5, 9, 5.1), MET),
    ("direction", points(5, 9, 4.9), PARTLY),
    ("direction", points(5, 9, 4.89), NOT),
    ("direction", points(5, 9), UNKNOWN),
    ("direction", results(*points(5, 6, 7)["measurements"]["entries"], of=4), UNKNOWN),
    ("direction", results(result("2021-03"), result("2022-03"), result("2023-03", scale_high=100)), UNKNOWN),
    ("direction", results(result("2021-03"), result("2022-03"), result("2023-03", instrument="Another")), UNKNOWN),
    ("direction", {}, UNKNOWN),
    ("measured-recently", results(result("2023-03-31")), MET),
    ("measured-recently", results(result("2022-03-31")), PARTLY),
    ("measured-recently", results(result("2022-03")), NOT),
    ("measured-recently", results(result("2025-03", population="all_staff")), UNKNOWN),
    ("measured-recently", {}, UNKNOWN),
    *shares("action-plan-known", "asked", 100, 75, 50),
    ("action-plan-known", {"asked": tally(29, 29)}, UNKNOWN),
    ("action-plan-known", {"asked": tally(0, 0)}, UNKNOWN),
    ("never-complete", {"complete": False}, MET),
    ("never-complete", {"complete": True}, NOT),
    ("never-complete", {}, UNKNOWN),
]


@pytest.mark.parametrize(("name", "facts", "outcome"), CASES)
def test_case(name, facts, outcome):
    check(RULE, name, facts, outcome)


def test_every_outcome_and_edge_has_a_case():
    assert_complete(RULE, CASES)


def test_the_last_three_points_of_the_newest_instrument_count():
    longer = judge(RULE["direction"], **points(9, 5, 6, 5.5))
    assert longer.value == 0.05
    assert "n 200" in longer.message


def test_who_says_that_it_is_finished_is_told_why_nobody_should():
    (advice,) = judge(RULE["never-complete"], complete=True).recommendations
    assert "nobody should" in advice.text

import pytest
from cases import (
    MET,
    NA,
    NONE,
    NOT,
    PARTLY,
    UNKNOWN,
    assert_complete,
    assert_facts_left_out_or_vaguer_never_decide,
    assert_order_never_matters,
    check,
    result,
    results,
    rule_named,
    shares,
    tally,
)

from engagecheck.testing import judge

RULE = rule_named("journey")
YEARS = ("2022-03", "2023-03", "2024-03")
MID_MONTH = "2025-03-15"


def points(*scores, **more):
    """Results of one instrument, one each year up to 2024."""
    return results(*(result(f"{2025 - len(scores) + year}-03", score=score, **more) for year, score in enumerate(scores)))


def answered(first, last, *numbers):
    """Three results by so many doctors; few of many are less sure than many of few."""
    scores = (first, 9, last)
    people = [{"respondents": number, "invited": 1000 if number == 16 else 400} for number in numbers]
    return results(*(result(on, score=score, **more) for on, score, more in zip(YEARS, scores, people, strict=True)))


def repeated(*changes, of=None):
    return results(*(result(on, **change) for on, change in zip(YEARS, changes, strict=True)), of=of)


MES = {"instrument": "medical_engagement_scale"}
STAFF = {"population": "all_staff"}
OWN = {"instrument": "own", "name": "Voice of our doctors"}
CASES = [
    ("measured-repeatedly", repeated({}, {}, {}), MET),
    ("measured-repeatedly", repeated({"edition": "2022"}, {"edition": "2023"}, {"edition": "2024"}), MET),
    ("measured-repeatedly", repeated({"topic": "motivation"}, {"topic": "motivation"}, {"topic": "motivation"}), MET),
    ("measured-repeatedly", repeated({**MES, **STAFF}, {**MES, **STAFF}, {**MES, **STAFF}), MET),
    ("measured-repeatedly", repeated({}, {}, STAFF), PARTLY),
    ("measured-repeatedly", repeated({}, {}, MES), PARTLY),
    ("measured-repeatedly", repeated({}, {}, {"topic": "motivation"}), PARTLY),
    ("measured-repeatedly", repeated({}, MES, {"instrument": "pulse"}), NOT),
    ("measured-repeatedly", repeated(*[{"topic": "morale", **STAFF}] * 3), NOT),
    ("measured-repeatedly", repeated(*[{"topic": "morale"}] * 3), NOT),
    ("measured-repeatedly", repeated(*[{"instrument": "gmc_survey", **STAFF}] * 3), NOT),
    ("measured-repeatedly", repeated(OWN, OWN, OWN), MET),
    ("measured-repeatedly", repeated(OWN, OWN, {**OWN, "name": "Another"}), PARTLY),
    ("measured-repeatedly", repeated(OWN, OWN, {**OWN, "instrument": "other"}), PARTLY),
    ("measured-repeatedly", repeated(*[{"instrument": "other"}] * 3), UNKNOWN),
    ("measured-repeatedly", repeated(OWN, OWN, {"instrument": "own"}), (PARTLY, MET)),
    ("measured-repeatedly", repeated({}, {}, {}, of=4), MET),
    ("measured-repeatedly", repeated({}, {}, STAFF, of=4), (PARTLY, MET)),
    ("measured-repeatedly", results(result(), of=2), (NOT, PARTLY)),
    ("measured-repeatedly", {"measurements": NONE}, NOT),
    ("measured-repeatedly", {"measurements": {"entries": []}}, UNKNOWN),
    ("measured-repeatedly", {}, UNKNOWN),
    # the standard error of the difference is 0.14 of 10: a change of less than twice that means little
    ("direction", points(5, 9, 5.3), MET),
    ("direction", points(5, 9, 5.28), PARTLY),
    ("direction", points(5, 9, 5), PARTLY),
    ("direction", points(5, 9, 4.72), PARTLY),
    ("direction", points(5, 9, 4.7), NOT),
    ("direction", points(7, 9, 7), MET),
    ("direction", points(7.2, 9, 7), MET),
    ("direction", points(8, 8, 7), NOT),
    ("direction", points(9, 5, 6, 5.5), MET),
    ("direction", points(6.9, 9, 7.1), MET),
    ("direction", points(7.1, 9, 6.9), PARTLY),
    # if everyone answered, any change counts, and no change is none
    ("direction", points(7, 9, 7, respondents=400), MET),
    ("direction", points(5, 9, 5, respondents=400), PARTLY),
    ("direction", points(5, 9, 5.1, respondents=400), MET),
    ("direction", points(7.1, 9, 7, respondents=400), NOT),
    # the first and the last result say how sure it is: the standard error is 0.5 of 10 for 16 of 1,000, 0.1 for 200 of 400
    ("direction", answered(5, 5.3, 200, 16, 200), MET),
    ("direction", answered(5, 6.1, 16, 200, 200), MET),
    ("direction", answered(5, 6.0, 16, 200, 200), PARTLY),
    ("direction", answered(5, 6.1, 200, 200, 16), MET),
    ("direction", answered(5, 6.0, 200, 200, 16), PARTLY),
    ("direction", answered(5, 6.1, 16, 200, 16), PARTLY),
    ("direction", points(5, 5, 5.3, invited=None), (PARTLY, MET)),
    ("direction", points(5, 5, 4.7, invited=None), (NOT, PARTLY)),
    ("direction", points(5, 5, 5.6, invited=None), MET),
    ("direction", points(5, 5, 5, invited=None), PARTLY),
    ("direction", points(5, 9, 5.3, **OWN), MET),
    ("direction", points(5, 9, 5.3, instrument="own"), UNKNOWN),
    ("direction", results(*points(5, 9)["measurements"]["entries"], result("2025-01", **OWN)), NA),
    ("direction", points(5, 9), NA),
    ("direction", points(5, 6, 7, respondents=None), UNKNOWN),
    ("direction", points(5, 6, 7, topic="motivation"), NA),
    ("direction", points(5, 6, 7, population="all_staff"), NA),
    ("direction", points(5, 6, 7, scale_low=None), UNKNOWN),
    ("direction", results(*points(5, 6, 7)["measurements"]["entries"], of=4), UNKNOWN),
    ("direction", results(*points(5, 6, 7)["measurements"]["entries"], result(None)), UNKNOWN),
    ("direction", results(*points(5, 6, 7)["measurements"]["entries"], result("2025-01", **MES)), NA),
    (
        "direction",
        results(result("2022-03", score=50, scale_high=100), result("2023-03", score=5), result("2024-03", score=5.5)),
        MET,
    ),
    ("direction", {"measurements": NONE}, NA),
    ("direction", {"measurements": {"entries": []}}, UNKNOWN),
    ("direction", results(*points(5, 9)["measurements"]["entries"], of=3), UNKNOWN),
    ("direction", {}, UNKNOWN),
    ("measured-recently", results(result("2023-03-31")), MET),
    ("measured-recently", results(result("2023-03-30")), PARTLY),
    ("measured-recently", results(result("2022-03-31")), PARTLY),
    ("measured-recently", results(result("2022-03-30")), NOT),
    ("measured-recently", results(result("2023-03")), (PARTLY, MET)),
    ("measured-recently", results(result("2022-03")), (NOT, PARTLY)),
    ("measured-recently", results(result("2023-03-31"), of=2), MET),
    ("measured-recently", results(result("2022-03-31"), of=2), (PARTLY, MET)),
    ("measured-recently", results(result("2021-03-31"), result(None)), UNKNOWN),
    ("measured-recently", results(result("2021-03-31"), result("2025-01", topic="advocacy")), MET),
    ("measured-recently", results(result("2021-03-31"), result("2025-01", topic="morale")), NOT),
    ("measured-recently", results(result("2025-03", population="all_staff")), UNKNOWN),
    ("measured-recently", {"measurements": NONE}, UNKNOWN),
    # nobody has asked doctors since the day from which the list is complete
    ("measured-recently", {"measurements": {**NONE, "complete_from": "2022-03-30"}}, NOT),
    ("measured-recently", {"measurements": {**NONE, "complete_from": "2022-03-31"}}, (NOT, PARTLY)),
    ("measured-recently", {"measurements": {**NONE, "complete_from": "2023-03"}}, UNKNOWN),
    ("measured-recently", {"measurements": {**NONE, "of": 1, "complete_from": "2020-03"}}, UNKNOWN),
    ("measured-recently", {"measurements": {**results(result("2025-03", population="all_staff"))["measurements"], "complete_from": "2020-03"}}, NOT),
    ("measured-recently", {}, UNKNOWN),
    *shares("action-plan-known", "asked", 100, 75, 50, of_none=UNKNOWN),
    ("action-plan-known", {"asked": tally(29, 29)}, UNKNOWN),
    ("action-plan-known", {"asked": tally(30, 30)}, MET),
    ("action-plan-known", {"asked": tally(5, 200)}, NOT),
    ("never-complete", {"complete": False}, MET),
    ("never-complete", {"complete": True}, NOT),
    ("never-complete", {}, UNKNOWN),
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


def test_the_last_three_points_of_the_newest_instrument_count():
    longer = judge(RULE["direction"], **points(9, 5, 6, 5.5))
    assert longer.value == "rising"
    assert "March 2022: 5 (n 200); March 2023: 6 (n 200); March 2024: 5.5 (n 200). A change under" in longer.message


def test_a_result_that_is_not_listed_may_be_of_today():
    assert judge(RULE["measured-recently"], **results(result("2024-03-31"), of=2)).value == (0, 12)
    assert judge(RULE["measured-recently"], **results(result("2024-03"), result("2023-03"))).value == (12, 13)


def test_who_says_that_it_is_finished_is_told_that_nobody_else_did():
    (advice,) = judge(RULE["never-complete"], complete=True).recommendations
    assert "None of the four trusts" in advice.text


def test_how_small_a_change_means_little_is_said():
    # two results of 400 doctors each, of whom nobody knows how many were asked: twice hypot(0.1, 0.1)
    assert "A change under 0.3 of 10 means little." in judge(RULE["direction"], **points(5, 9, 5.3)).message

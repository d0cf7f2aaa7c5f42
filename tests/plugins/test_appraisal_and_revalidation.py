import pytest
from cases import (
    MET,
    NA,
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

RULE = rule_named("appraisal-and-revalidation")

LOADS = ((5, MET), (20, MET), (3, PARTLY), (25, PARTLY), (2.9, NOT), (25.1, NOT))
NOT_DESIGNATED = {"designated_body": False}
MID_MONTH = "2025-03-15"


def due(number, late=None, not_made=None, made=None):
    stated = {"due": number, "late": late, "not_made": not_made, "made": made}
    return {name: count for name, count in stated.items() if count is not None}


ASKED_OF_DESIGNATED = (
    "appraisals-completed", "unapproved-missed", "recommendations-on-time", "board-report", "appraiser-load", "appraisal-quality",
)  # fmt: skip
CASES = [
    *((name, {"organisation": NOT_DESIGNATED}, NA) for name in ASKED_OF_DESIGNATED),
    ("appraisals-completed", {"completed": 90, "connected": 100}, MET),
    ("appraisals-completed", {"completed": 89, "connected": 100}, PARTLY),
    ("appraisals-completed", {"completed": 80, "connected": 100}, PARTLY),
    ("appraisals-completed", {"completed": 79, "connected": 100}, NOT),
    ("appraisals-completed", {"completed": 0, "connected": 0}, UNKNOWN),
    ("appraisals-completed", {"completed": 79}, UNKNOWN),
    ("appraisals-completed", {"connected": 79}, UNKNOWN),
    ("unapproved-missed", {"missed": 1, "connected": 100}, MET),
    ("unapproved-missed", {"missed": 2, "connected": 100}, PARTLY),
    ("unapproved-missed", {"missed": 3, "connected": 100}, PARTLY),
    ("unapproved-missed", {"missed": 4, "connected": 100}, NOT),
    ("unapproved-missed", {"missed": 0, "connected": 0}, UNKNOWN),
    ("unapproved-missed", {"connected": 100}, UNKNOWN),
    ("unapproved-missed", {"missed": 1}, UNKNOWN),
    ("recommendations-on-time", due(100, 0, 0), MET),
    ("recommendations-on-time", due(100, 1, 0), PARTLY),
    ("recommendations-on-time", due(100, 1, 1), PARTLY),
    ("recommendations-on-time", due(100, 2, 1), NOT),
    ("recommendations-on-time", due(30, 0, 1), PARTLY),
    ("recommendations-on-time", due(10, 1, 0, made=9), PARTLY),
    ("recommendations-on-time", due(10, 1, made=9), (NOT, PARTLY)),
    ("recommendations-on-time", due(10, 5, made=9), NOT),
    ("recommendations-on-time", due(10, None, 1, made=9), (NOT, PARTLY)),
    ("recommendations-on-time", due(10, None, 5), NOT),
    ("recommendations-on-time", due(10, None, 0, made=5), UNKNOWN),
    ("recommendations-on-time", due(10, 8, 0, made=5), NOT),
    ("recommendations-on-time", due(1, 1, 0), NOT),
    ("recommendations-on-time", due(100, made=100), UNKNOWN),
    ("recommendations-on-time", due(100, 0), UNKNOWN),
    ("recommendations-on-time", due(100, 0, made=100), MET),
    ("recommendations-on-time", due(100), UNKNOWN),
    ("recommendations-on-time", due(None, 0, 0, made=100), UNKNOWN),
    ("recommendations-on-time", {}, UNKNOWN),
    ("recommendations-on-time", due(0, 0, 0), NA),
    ("board-report", {"reported": "2023-12-31", "signed": "2025-01"}, MET),
    ("board-report", {"reported": "2025-01", "signed": "2023-12-30"}, PARTLY),
    ("board-report", {"reported": "2025-01", "signed": "2023-10-01"}, PARTLY),
    ("board-report", {"reported": "2023-09-30", "signed": "2025-01"}, NOT),
    ("board-report", {"reported": "2023-12", "signed": "2025-01"}, (PARTLY, MET)),
    ("board-report", {"reported": "2023-09", "signed": "2025-01", "as_of": MID_MONTH}, (NOT, PARTLY)),
    ("board-report", {"reported": "2025-01"}, UNKNOWN),
    ("board-report", {"reported": "never"}, NOT),
    ("board-report", {"reported": "2025-01", "signed": "never"}, NOT),
    ("board-report", {"signed": "2023-12-30"}, (NOT, PARTLY)),
    ("board-report", {"signed": "2023-09-30"}, NOT),
    ("board-report", {}, UNKNOWN),
    ("board-report", {"reported": "2025-01", "organisation": SCOTTISH_BOARD}, MET),
    ("board-report", {"reported": "2025-01", "organisation": {"type": "health_board", "country": "Wales"}}, MET),
    ("board-report", {"signed": "2025-01", "organisation": SCOTTISH_BOARD}, UNKNOWN),
    *(
        ("appraiser-load", {"completed": int(10 * load), "appraisers": 10, "connected": 300}, outcome)
        for load, outcome in LOADS
    ),
    ("appraiser-load", {"completed": 10, "appraisers": 0, "connected": 300}, NOT),
    ("appraiser-load", {"completed": 10, "appraisers": 2, "connected": 20}, MET),
    ("appraiser-load", {"completed": 10, "appraisers": 2, "connected": 19}, NA),
    ("appraiser-load", {"completed": 0, "appraisers": 2, "connected": 0}, UNKNOWN),
    ("appraiser-load", {"completed": 10}, UNKNOWN),
    ("appraiser-load", {"completed": 10, "connected": 300}, UNKNOWN),
    *shares("job-plans", "plans", 100, 90, 75, of_none=UNKNOWN),
    ("appraisal-quality", {"audit": {"audited": True, "feedback": True}}, MET),
    ("appraisal-quality", {"audit": {"audited": True, "feedback": False}}, PARTLY),
    ("appraisal-quality", {"audit": {"audited": False}}, NOT),
    ("appraisal-quality", {"audit": {"audited": False, "feedback": True}}, NOT),
    ("appraisal-quality", {"audit": {"audited": True}}, (PARTLY, MET)),
    ("appraisal-quality", {"audit": {"feedback": False}}, (NOT, PARTLY)),
    ("appraisal-quality", {"audit": {"feedback": True}}, UNKNOWN),
    ("appraisal-quality", {}, UNKNOWN),
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


def test_elsewhere_it_is_recommended_and_never_gates():
    for name, facts in (
        ("unapproved-missed", {"missed": 9, "connected": 100}),
        ("appraisals-completed", {"completed": 1, "connected": 9}),
    ):
        abroad = judge(RULE[name], **facts, organisation=SCOTTISH_BOARD)
        assert (abroad.gates, abroad.basis, abroad.flags) == (False, "judgement", False)
        assert abroad.priority == "medium"
        assert judge(RULE[name], **facts).gates


@pytest.mark.parametrize("criterion", RULE.criteria, ids=lambda one: one.id)
def test_elsewhere_nothing_of_it_gates(criterion):
    facts = {"as_of": "2025-03-31"} if "as_of" in criterion.paths else {}
    assert judge(criterion, **facts).gates
    assert not judge(criterion, **facts, organisation=SCOTTISH_BOARD).gates


@pytest.mark.parametrize(
    ("facts", "text"),
    [
        (due(10, 0, made=4), "4 to 10 of 10 (40 % to 100 %)"), (due(5, 3, made=1), "0 to 2 of 5 (0 % to 40 %)"), (due(5, 4, 3), "0 of 5 (0 %)"),
        (due(5, 0, made=7), "5 of 5 (100 %)"), (due(10, 1, 2), "7 of 10 (70 %)"), (due(10, None, 2), "0 to 8 of 10 (0 % to 80 %)"), (due(10, 2), "0 to 8 of 10 (0 % to 80 %)"),
    ],
)  # fmt: skip
def test_what_is_not_stated_of_the_recommendations_leaves_both_ends(facts, text):
    assert judge(RULE["recommendations-on-time"], **facts).value_text == text


def test_a_report_that_is_missing_may_be_of_any_age():
    assert judge(RULE["board-report"], reported="2024-03-31").value == (12, None)
    assert judge(RULE["board-report"], reported="2024-03-31", signed="2024-12-31").value == 12
    assert judge(RULE["board-report"], reported="2024-03-31", organisation=SCOTTISH_BOARD).value == 12
    assert judge(RULE["board-report"], organisation=SCOTTISH_BOARD, signed="2024-03-31").value is None


def test_approved_missed_appraisals_are_printed_beside():
    assert (
        "Approved missed appraisals: 7."
        in judge(RULE["appraisals-completed"], completed=9, connected=20, approved_missed=7).message
    )


def test_one_unapproved_missed_appraisal_is_never_worse_in_a_smaller_body():
    outcomes = [judge(RULE["unapproved-missed"], missed=1, connected=connected).outcome for connected in range(2, 150)]
    assert outcomes == [PARTLY] * 98 + [MET] * 50


def test_what_is_late_and_what_is_not_made_are_both_asked_for():
    shown = judge(RULE["recommendations-on-time"], due=10, late=1, made=9)
    assert shown.value_text == "8 to 9 of 10 (80 % to 90 %)"
    assert "Late: 1." in shown.message
    assert "Not stated: Recommendations not made" in shown.message


def test_who_has_no_appraisers_is_told_so():
    shown = judge(RULE["appraiser-load"], completed=10, appraisers=0, connected=300)
    assert shown.value == (None, None)
    assert "There are no trained appraisers." in shown.message
    assert shown.value_text == "without limit"
    assert judge(RULE["appraiser-load"], completed=0, appraisers=0, connected=300).value == 0

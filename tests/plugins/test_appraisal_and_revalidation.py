import pytest
from cases import MET, NA, NOT, PARTLY, UNKNOWN, assert_complete, check, rule_named, shares

from engagecheck.testing import judge

RULE = rule_named("appraisal-and-revalidation")

LOADS = ((5, MET), (20, MET), (3, PARTLY), (25, PARTLY), (2, NOT), (26, NOT))

CASES = [
    ("appraisals-completed", {"completed": 90, "connected": 100}, MET),
    ("appraisals-completed", {"completed": 80, "connected": 100}, PARTLY),
    ("appraisals-completed", {"completed": 79, "connected": 100}, NOT),
    ("appraisals-completed", {"completed": 79}, UNKNOWN),
    ("unapproved-missed", {"missed": 1, "connected": 100}, MET),
    ("unapproved-missed", {"missed": 3, "connected": 100}, PARTLY),
    ("unapproved-missed", {"missed": 4, "connected": 100}, NOT),
    ("unapproved-missed", {"connected": 100}, UNKNOWN),
    ("recommendations-on-time", {"due": 100, "made": 100, "late": 0}, MET),
    ("recommendations-on-time", {"due": 100, "made": 99, "late": 1}, PARTLY),
    ("recommendations-on-time", {"due": 30, "made": 29, "late": 0}, PARTLY),
    ("recommendations-on-time", {"due": 1, "made": 1, "late": 1}, PARTLY),
    ("recommendations-on-time", {"due": 100, "made": 100, "late": 3}, NOT),
    ("recommendations-on-time", {"due": 100, "made": 100}, UNKNOWN),
    ("recommendations-on-time", {"due": 0, "made": 0, "late": 0}, NA),
    ("board-report", {"reported": "2023-12-31", "signed": "2025-01"}, MET),
    ("board-report", {"reported": "2025-01", "signed": "2023-10-01"}, PARTLY),
    ("board-report", {"reported": "2023-09-30", "signed": "2025-01"}, NOT),
    ("board-report", {"reported": "2025-01"}, UNKNOWN),
    *(("appraiser-load", {"completed": 10 * load, "appraisers": 10, "connected": 300}, outcome) for load, outcome in LOADS),
    ("appraiser-load", {"completed": 10, "appraisers": 0, "connected": 300}, UNKNOWN),
    ("appraiser-load", {"completed": 10, "appraisers": 2, "connected": 19}, NA),
    ("appraiser-load", {"completed": 10}, UNKNOWN),
    *shares("job-plans", "plans", 100, 90, 75),
]


@pytest.mark.parametrize(("name", "facts", "outcome"), CASES)
def test_case(name, facts, outcome):
    check(RULE, name, facts, outcome)


def test_every_outcome_and_edge_has_a_case():
    assert_complete(RULE, CASES)


def test_elsewhere_it_is_recommended_and_never_gates():
    for name, facts in (("unapproved-missed", {"missed": 9, "connected": 100}), ("appraisals-completed", {"completed": 1, "connected": 9})):
        abroad = judge(RULE[name], **facts, organisation={"country": "Scotland", "type": "health_board"})
        assert (abroad.gates, abroad.basis) == (False, "judgement")
        assert abroad.priority == "medium"
        assert judge(RULE[name], **facts).gates


def test_approved_missed_appraisals_are_printed_beside():
    assert "Approved missed appraisals: 7." in judge(RULE["appraisals-completed"], completed=9, connected=20, approved_missed=7).message


def test_one_of_few_doctors_is_never_worse_than_partly_met():
    assert judge(RULE["unapproved-missed"], missed=1, connected=12).outcome is PARTLY

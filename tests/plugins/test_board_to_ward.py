import pytest
from cases import (
    MET,
    NA,
    NO_RESIDENTS,
    NOT,
    PARTLY,
    UNKNOWN,
    against_peers,
    assert_complete,
    assert_facts_left_out_or_vaguer_never_decide,
    assert_order_never_matters,
    check,
    listed,
    listed_shares,
    result,
    results,
    rule_named,
)
from hypothesis import assume, given
from hypothesis import strategies as st

from engagecheck.intake.plausibility import complaints
from engagecheck.testing import judge

RULE = rule_named("board-to-ward")

TEAM = {"patient": True, "non_clinician": True, "other_profession": True}
LED = {"doctor_leads": True, "outcome_measure": True}
TIERS = ("board", "quality_committee", "divisional_board")
NOT_THERE = {"exists": False}


def tiers(*attended, **more):
    """Three tiers with four meetings each, and at how many a doctor was; of `None` nothing is stated."""
    held = {name: {"meetings": 4, "attended": count} for name, count in zip(TIERS, attended, strict=True) if count is not None}
    return {"tiers": {**held, **more}}


def feelings(*topics_and_scores, on="2025-03"):
    return results(*(result(on, topic=topic, score=score) for topic, score in topics_and_scores))


def staff(*more, of=None, **stated):
    """All staff's result of the NHS Staff Survey of autumn 2024, and other results of all staff."""
    return results(
        result(**{"population": "all_staff", "on": "2024-11", **stated}),
        *(result(population="all_staff", **one) for one in more),
        of=of,
    )


BETTER, LATER = {"instrument": "pulse", "on": "2025-02", "score": 9.0}, {"as_of": "2025-10-01"}
STAFF = "staff-engagement-against-peers"
SURVEY_OF_THE_YEAR = [
    # It is taken once a year, in autumn, so nothing that is not listed can be newer until the next autumn.
    (STAFF, staff(of=9), MET), (STAFF, staff(of=9, score=6.0), NOT), (STAFF, {"measurements": {"entries": staff()["measurements"]["entries"]}}, MET),
    (STAFF, {**staff(of=9), "as_of": "2025-09-30"}, MET), (STAFF, {**staff(of=9), **LATER}, UNKNOWN), (STAFF, {**staff(), **LATER}, MET),
    (STAFF, staff(of=9, on="2024-09"), UNKNOWN), (STAFF, staff(of=9, on="2024-10-01"), MET), (STAFF, staff(of=9, on=None), UNKNOWN),
    (STAFF, staff(of=9, on=None, edition="2024"), MET), (STAFF, staff(of=9, on=None, edition="2023"), UNKNOWN), (STAFF, staff(of=9, on=None, edition="2024", score=6.0), NOT),
    # A newer result of another survey, an older one or one without a date changes nothing, whatever it says.
    (STAFF, staff(BETTER, score=6.0), NOT), (STAFF, staff({"on": "2023-11", "score": 9.0}, {"on": None, "score": 9.0}, score=6.0, of=9), NOT),
    # One that does not say how many answered, or is too small and does not say of how many, is not passed over.
    (STAFF, staff(BETTER, respondents=None), UNKNOWN), (STAFF, staff(BETTER, respondents=40, invited=None), UNKNOWN), (STAFF, staff(BETTER, peers=None), UNKNOWN),
    (STAFF, staff({**BETTER, "on": "2024-01"}, respondents=12), MET), (STAFF, staff({**BETTER, "on": "2024-01"}, respondents=12, of=9), UNKNOWN),
    # For doctors the list must be whole.
    ("engagement-against-peers", results(result(on="2024-11"), of=9), UNKNOWN),
]  # fmt: skip


CASES = [
    ("patient-partners", {"partners": 1}, MET),
    ("patient-partners", {"partners": 0}, NOT),
    ("patient-partners", {}, UNKNOWN),
    ("patient-partners", {"partners": 0, "as_of": "2021-06-28"}, NA),
    ("patient-partners", {"partners": 0, "as_of": "2021-06-29"}, NOT),
    *listed_shares("joint-improvement", "projects", TEAM, {**TEAM, "patient": False}, 20, 15, 8),
    ("joint-improvement", {"projects": listed(TEAM, {**TEAM, "other_profession": False}, 1, 3)}, NOT),
    ("joint-improvement", {"projects": listed(TEAM, {**TEAM, "non_clinician": False}, 1, 3)}, NOT),
    ("joint-improvement", {"projects": listed(TEAM, {"patient": True, "non_clinician": True}, 8, 12)}, (PARTLY, MET)),
    ("doctors-at-every-tier", tiers(3, 3, 3), MET),
    ("doctors-at-every-tier", tiers(3, 3, 2), PARTLY),
    ("doctors-at-every-tier", tiers(3, 0, 2), NOT),
    ("doctors-at-every-tier", tiers(3, 3, None), (PARTLY, MET)),
    ("doctors-at-every-tier", tiers(3, 2, None), (NOT, PARTLY)),
    ("doctors-at-every-tier", tiers(None, 0, 2), NOT),
    ("doctors-at-every-tier", tiers(3, 3, None, divisional_board={"meetings": 4}), (PARTLY, MET)),
    ("doctors-at-every-tier", tiers(3, 3, None, divisional_board={"meetings": 0, "attended": 0}), (PARTLY, MET)),
    ("doctors-at-every-tier", {"tiers": {}}, UNKNOWN),
    ("doctors-at-every-tier", {}, UNKNOWN),
    # a tier that does not exist cannot miss a doctor; a board is what every organisation of this kind has
    ("doctors-at-every-tier", tiers(3, 3, None, divisional_board=NOT_THERE), MET),
    ("doctors-at-every-tier", tiers(3, None, None, quality_committee=NOT_THERE, divisional_board=NOT_THERE), MET),
    ("doctors-at-every-tier", tiers(None, 3, 3, board=NOT_THERE), (PARTLY, MET)),
    ("doctors-at-every-tier", tiers(None, 3, 3, board={"exists": False, "meetings": 4, "attended": 2}), PARTLY),
    *listed_shares("residents-from-the-start", "projects", {"resident_or_sas": True}, {"resident_or_sas": False}, 20, 15, 8),
    ("residents-from-the-start", {"organisation": {**NO_RESIDENTS, "employs_sas_doctors": False}}, NA),
    (
        "residents-from-the-start",
        {
            "projects": listed({}, {"resident_or_sas": False}, 0, 4),
            "organisation": {**NO_RESIDENTS, "employs_sas_doctors": False},
        },
        NA,
    ),
    ("residents-from-the-start", {"projects": listed({}, {"resident_or_sas": False}, 0, 4), "organisation": NO_RESIDENTS}, NOT),
    (
        "residents-from-the-start",
        {
            "projects": listed({}, {"resident_or_sas": False}, 0, 4),
            "organisation": {"hosts_resident_doctors": None, "employs_sas_doctors": False},
        },
        NOT,
    ),
    *against_peers("engagement-against-peers", "engagement", "doctors"),
    *against_peers("staff-engagement-against-peers", "engagement", "all_staff"),
    *SURVEY_OF_THE_YEAR,
    *against_peers("doctors-motivated", "motivation", "doctors"),
    ("doctors-motivated", feelings(("advocacy", 6.9)), MET),
    ("doctors-motivated", feelings(("involvement", 6.7)), PARTLY),
    ("doctors-motivated", feelings(("engagement", 7.5)), UNKNOWN),
    # of several in one month, each may be the newest
    ("doctors-motivated", feelings(("motivation", 7.0), ("involvement", 7.0), ("advocacy", 6.0)), UNKNOWN),
    ("doctors-motivated", feelings(("motivation", 6.0), ("involvement", 6.1), ("advocacy", 6.2)), NOT),
    *listed_shares("doctors-take-responsibility", "projects", LED, {**LED, "doctor_leads": False}, 20, 10, 6),
    ("doctors-take-responsibility", {"projects": listed(LED, {**LED, "outcome_measure": False}, 1, 3)}, NOT),
    ("doctors-take-responsibility", {"projects": listed(LED, {"doctor_leads": True}, 6, 14)}, (PARTLY, MET)),
]


@pytest.mark.parametrize(("name", "facts", "outcome"), CASES)
def test_case(name, facts, outcome):
    check(RULE, name, facts, outcome)


def test_every_outcome_and_edge_has_a_case():
    assert_complete(RULE, CASES)


@pytest.mark.exhaustive
def test_facts_left_out_or_vaguer_never_decide():
    assert_facts_left_out_or_vaguer_never_decide(RULE, CASES)


def test_the_order_of_a_list_never_matters():
    assert_order_never_matters(RULE, CASES)


def test_tiers_that_doctors_miss_are_named():
    shown = judge(RULE["doctors-at-every-tier"], **tiers(3, 0, 2))
    assert "the quality committee, divisional boards" in shown.message


@pytest.mark.parametrize(
    ("attended", "value", "named"),
    [
        ((3, 3, 3), 0, ""), ((4, 4, 4), 0, ""), ((2, 3, 3), 1, "the board"), ((2, 2, 2), 3, "the board, the quality committee, divisional boards"), ((0, 3, 2), 2, "the board, divisional boards"),
    ],
)  # fmt: skip
def test_a_tier_is_attended_at_three_of_four_meetings(attended, value, named):
    shown = judge(RULE["doctors-at-every-tier"], **tiers(*attended))
    assert shown.value == value
    assert shown.message == (f"Doctors missed more than one meeting in four at these levels: {named}." if named else "")


def test_a_score_is_printed_with_its_margin():
    shown = judge(RULE["engagement-against-peers"], **results(result(respondents=31, invited=39)))
    assert "7 against 7 for acute trusts; with 31 of 39 answering, differences under 0.3 mean little." in shown.message
    few = judge(RULE["engagement-against-peers"], **results(result(respondents=50, invited=1000)))
    assert "too few answered to tell: with 50 of 1000 answering, differences under 0.6 mean little" in few.message.lower()


def test_a_spread_is_never_read():
    """Leaving it out would help, so it has no place in a measurement."""
    from engagecheck.model.sections.journey import Measurement

    assert "spread" not in Measurement.__struct_fields__


DATES = st.sampled_from([None, "2023-11", "2024-03", "2024-09", "2024-10", "2024-11", "2024-11-28", "2025-02", "2025-03-31"])
RESULTS = st.builds(
    result, population=st.just("all_staff"), instrument=st.sampled_from(["nhs_staff_survey", "nhs_staff_survey", "pulse"]), on=DATES, edition=st.sampled_from([None, "2023", "2024", "2025", "24/25"]), peers=st.sampled_from([7.0, 7.0, None]),
    topic=st.sampled_from(["engagement", "engagement", "morale"]), score=st.sampled_from([6.0, 6.8, 7.0, None]), respondents=st.sampled_from([12, 40, 200, None]), invited=st.sampled_from([45, 400, None]),
)  # fmt: skip


@given(st.lists(RESULTS, max_size=4), st.sampled_from([None, 0, 2]))
@pytest.mark.exhaustive
def test_of_lists_that_are_accepted_leaving_anything_out_never_helps(listed, unlisted):
    """The survey of the year decides without a total only because a profile with two of one year is refused."""
    facts = {"measurements": {"entries": listed} if unlisted is None else {"of": len(listed) + unlisted, "entries": listed}}
    assume(not list(complaints({"journey": facts})))
    assert_facts_left_out_or_vaguer_never_decide(RULE, [(STAFF, facts, None)])


def test_a_second_result_of_the_survey_of_one_year_is_refused():
    def complained(*on, **more):
        entries = [result(**{"population": "all_staff", "on": one, **more}) for one in on]
        return [(one.pointer, one.message) for one in complaints({"journey": {"measurements": {"entries": entries}}})]

    ((pointer, message),) = complained("2023-11", "2024-10", "2025-09-30")
    assert pointer == "/journey/measurements/entries/2/on"
    assert (
        message
        == "the NHS Staff Survey of autumn 2024 has one result of all staff for this topic, and you entered two; remove one of them, or correct its date"
    )
    ((pointer, message),) = complained("2024-11", edition="2025")
    assert pointer == "/journey/measurements/entries/0/edition"
    assert message == "the NHS Staff Survey 2025 was answered in autumn 2025, and the date is November 2024; correct one of the two"
    ((pointer, message),) = complained("2024-11", None, edition="2024")
    assert (pointer, message.rpartition("; ")[2]) == ("/journey/measurements/entries/1/edition", "remove one of them, or correct its edition")
    assert complained("2024-11", edition="2024") == complained("2025-03-31", edition="2024") == complained("2024-11", edition="of 2025") == complained(None, edition="2025") == []
    assert (
        complained("2024-09", "2024-10", None, None)
        == complained("2024-11", "2024-11", instrument="pulse")
        == complained("2024-11", "2024-11", population="doctors")
        == []
    )

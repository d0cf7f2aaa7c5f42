"""How sure the result of a survey is, and which result is the newest that can tell."""

import math
import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagecheck import Listing, NotEvidenced, PartialDate, gap_to_peers, margin, score_of_ten, standard_error
from engagecheck.model.sections.journey import Comparator, Measurement
from engagecheck.rules.measurements import SURE, is_sure, newest

AS_OF = date(2026, 3, 31)
PEERS = Comparator(7.0, "doctors", "acute trusts")


def result(on="2025-11", score=7.3, **more):
    return Measurement(
        **{
            "instrument": "nhs_staff_survey", "topic": "engagement", "population": "doctors", "invited": 520, "respondents": 400,
            "on": PartialDate(on) if on else None, "score": score, "scale_low": 0, "scale_high": 10, "comparator": PEERS, **more,
        }
    )  # fmt: skip


def of(*results, total=None):
    return Listing(of=len(results) if total is None else total, entries=results)


@pytest.mark.parametrize(
    ("respondents", "invited", "error"),
    [
        (31, 39, 0.1648),
        (50, 1000, 0.2758),
        (64, None, 0.25),
        (400, 520, 0.0481),
        (39, 39, 0.0),
        (1, 1, 2.0),
        (1, None, 2.0),
        (4, 5, 0.5),
    ],
)
def test_the_standard_error_follows_the_formula(respondents, invited, error):
    assert round(standard_error(respondents, invited), 4) == error


def test_nobody_who_answered_says_nothing():
    with pytest.raises(NotEvidenced, match="nobody answered"):
        standard_error(0, 40)


@given(st.integers(1, 500), st.integers(0, 500))
def test_how_many_were_asked_only_makes_it_surer(respondents, more):
    assert standard_error(respondents, respondents + more) <= standard_error(respondents, None)


def test_a_margin_is_twice_the_error():
    assert margin(31, 39) == "with 31 of 39 answering, differences under 0.3 mean little"
    assert margin(100, None) == "with 100 answering, differences under 0.4 mean little"


def test_an_edge_decides():
    assert SURE == 0.25
    assert is_sure(result(respondents=64, invited=None))
    assert not is_sure(result(respondents=63, invited=None))
    assert not is_sure(result(respondents=None))


def test_a_score_is_put_on_a_scale_of_ten():
    assert score_of_ten(result(scale_low=1, scale_high=5), 4) == 7.5
    assert score_of_ten(result(scale_low=0, scale_high=100), 58.5) == 5.85
    assert score_of_ten(result(scale_low=1, scale_high=10), 5.5) == 5.0
    for lacking in ({"scale_low": None}, {"scale_high": None}, {"scale_low": 10, "scale_high": 0}):
        with pytest.raises(NotEvidenced, match="scale"):
            score_of_ten(result(**lacking), 7)


SMALL = result("2026-02", 5.0, respondents=12, invited=400, instrument="pulse")


@pytest.mark.parametrize(
    ("earlier", "later", "is_passed_over"),
    [
        (result("2024-11"), SMALL, True), (result("2023-03-31"), SMALL, True), (result("2023-03-30"), SMALL, False), (result("2023-03"), SMALL, False),
        (result("2024-11"), result("2026-02", respondents=12, invited=None), False),
        (result("2024-11"), result("2026-02", respondents=None), False), (result("2024-11"), result("2026-02"), False),
    ],
)  # fmt: skip
def test_a_later_result_is_passed_over_only_if_it_says_that_it_is_small(earlier, later, is_passed_over):
    shown, may_be_others = newest(of(earlier, later), ("engagement",), "doctors", AS_OF)
    assert shown == [earlier if is_passed_over else later]
    assert not may_be_others


def test_a_result_that_is_not_listed_may_be_newer():
    assert newest(of(result(), total=2), ("engagement",), "doctors", AS_OF)[1]
    with pytest.raises(NotEvidenced, match="a newer one may be missing"):
        gap_to_peers(of(result(), total=2), "engagement", "doctors", AS_OF)


def test_each_that_may_be_the_newest_counts():
    shown, _ = newest(
        of(result("2025-11-03"), result("2025-11"), result("2025-10"), result(None)), ("engagement",), "doctors", AS_OF
    )
    assert [one.on for one in shown] == [PartialDate("2025-11-03"), PartialDate("2025-11"), None]
    measured = gap_to_peers(of(result("2025-11", 7.3), result("2025-11", 6.9)), "engagement", "doctors", AS_OF)
    assert (round(measured.value.low, 6), round(measured.value.high, 6)) == (-0.1, 0.3)


@given(st.integers(1, 400), st.integers(0, 400))
def test_a_printed_margin_is_never_below_zero(respondents, more):
    assert math.isfinite(standard_error(respondents, respondents + more))
    assert "-" not in margin(respondents, respondents + more)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"comparator": None}, "the newest result (November 2025) has no comparator with a benchmark group"),
        ({"comparator": Comparator(None, "doctors", "acute trusts")}, "has no comparator with a benchmark group"), ({"comparator": Comparator(7.0, "doctors", None)}, "has no comparator with a benchmark group"),
        ({"comparator": Comparator(7.0, "all_staff", "acute trusts")}, "the comparator is not for doctors"), ({"respondents": None}, "the number who answered (November 2025) is missing"),
        ({"score": None}, "the score or the scale of the newest result (November 2025) is missing"), ({"scale_low": 7, "scale_high": 7}, "the score or the scale of the newest result"),
        ({"respondents": 12, "invited": 400}, "too few answered to tell: with 12 of 400 answering, differences under 1.1 mean little"), ({"respondents": 0}, "nobody answered"),
    ],
)  # fmt: skip
def test_what_a_comparison_lacks_is_named(more, words):
    with pytest.raises(NotEvidenced, match=re.escape(words)):
        gap_to_peers(of(result(**more)), "engagement", "doctors", AS_OF)


def test_a_comparator_is_for_the_same_population():
    with pytest.raises(NotEvidenced, match="the comparator is not for all staff"):
        gap_to_peers(of(result(population="all_staff")), "engagement", "all_staff", AS_OF)
    same = result(comparator=Comparator(7.0, "DOCTORS".lower(), "acute trusts"))
    assert round(gap_to_peers(of(same), "engagement", "doctors", AS_OF).value, 6) == 0.3


def test_a_comparison_says_what_it_compares_and_how_sure_it_is():
    found = gap_to_peers(of(result(population="DOCTORS".lower())), "engagement", "doctors", AS_OF)
    assert (
        found.because
        == "NHS Staff Survey of November 2025: 7.3 against 7 for acute trusts; with 400 of 520 answering, differences under 0.1 mean little."
    )
    assert round(found.value, 6) == 0.3
    both = gap_to_peers(of(result(), result(score=6.5)), ("engagement", "motivation"), "doctors", AS_OF)
    assert [one.partition(":")[2][:14] for one in both.because.split(" November 2025")[1:]] == [
        " 6.5 against 7",
        " 7.3 against 7",
    ]
    same = gap_to_peers(of(result(), result()), "engagement", "doctors", AS_OF)
    assert (round(same.value, 6), same.because) == (0.3, found.because)


def test_a_result_without_a_date_is_called_by_its_edition():
    found = gap_to_peers(of(staff(None, edition="2025"), total=9), "engagement", "all_staff", AS_OF)
    assert found.because.startswith("NHS Staff Survey of 2025: 7.3 against 7 for acute trusts")
    with pytest.raises(NotEvidenced, match=r"the number who answered \(an unknown date\) is missing"):
        gap_to_peers(of(staff(None, respondents=None)), "engagement", "all_staff", AS_OF)


def test_only_results_of_the_topic_and_the_population_are_compared():
    others = (result("2026-02", topic="morale"), result("2026-02", population="all_staff"), result("2026-03", topic="zeal"))
    assert newest(of(*others, result()), ("engagement",), "doctors", AS_OF)[0] == [result()]
    with pytest.raises(NotEvidenced, match="there is no result for all staff on raising concerns"):
        newest(of(result()), ("raising_concerns",), "all_staff", AS_OF)
    with pytest.raises(NotEvidenced, match="there is no result for doctors on motivation"):
        newest(of(*others), ("motivation", "involvement", "advocacy"), "doctors", AS_OF)


def staff(on="2025-11", **more):
    return result(on, population="ALL_STAFF".lower(), comparator=Comparator(7.0, "all_staff", "acute trusts"), **more)


def test_a_result_of_doctors_is_none_of_all_staff():
    assert newest(of(result(), staff("2020-11")), ("engagement",), "all_staff", AS_OF)[0] == [staff("2020-11")]


@pytest.mark.parametrize(
    ("results", "topics", "as_of", "may_be_others"),
    [
        # this year's survey of all staff is the newest there can be, whatever is not listed
        ([staff()], ("engagement",), AS_OF, False), ([staff("2025-10-01")], ("engagement",), AS_OF, False), ([staff("2024-11")], ("engagement",), AS_OF, True),
        ([staff("2025-11")], ("engagement", "motivation"), AS_OF, True), ([staff(instrument="pulse")], ("engagement",), AS_OF, True), ([staff(None)], ("engagement",), AS_OF, True),
        ([staff(respondents=12, invited=400)], ("engagement",), AS_OF, True), ([staff(respondents=None)], ("engagement",), AS_OF, False), ([staff(respondents=12, invited=None)], ("engagement",), AS_OF, False),
        ([staff("2025")], ("engagement",), AS_OF, True), ([staff(instrument="gmc_survey")], ("engagement",), AS_OF, True),
        ([staff(topic="motivation"), staff()], ("engagement", "motivation"), AS_OF, True),
        # without a date, an edition that is a year says which autumn it was
        ([staff(None, edition="2025")], ("engagement",), AS_OF, False), ([staff(None, edition="2024")], ("engagement",), AS_OF, True), ([staff(None, edition="2026")], ("engagement",), AS_OF, True),
        ([staff(None, edition="2025/26")], ("engagement",), AS_OF, True), ([staff(None, edition="second")], ("engagement",), AS_OF, True), ([staff(None, edition="1025")], ("engagement",), AS_OF, True),
        ([staff("2024-11", edition="2025")], ("engagement",), AS_OF, True), ([staff(None, edition="2025", instrument="pulse")], ("engagement",), AS_OF, True),
        ([staff("2025-11"), staff("2025-12")], ("engagement",), AS_OF, True), ([staff("2024-11"), staff("2025-11")], ("engagement",), AS_OF, False),
    ],
)  # fmt: skip
def test_this_years_survey_of_all_staff_is_the_newest(results, topics, as_of, may_be_others):
    shown, others = newest(of(*results, total=9), topics, "all_staff", as_of)
    assert others is may_be_others
    assert shown
    assert shown[-1] == results[-1]


def test_doctors_may_have_a_newer_survey_than_this_years():
    assert newest(of(result(), total=9), ("engagement",), "doctors", AS_OF)[1]


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (("2025-11-30", "2025-11-29"), ["2025-11-30"]), (("2025-11-30", "2025-11-30"), ["2025-11-30", "2025-11-30"]), (("2025-11", "2025-11-01"), ["2025-11", "2025-11-01"]),
        (("2025-10-31", "2025-11-01"), ["2025-11-01"]), (("2025", "2025-03"), ["2025", "2025-03"]),
    ],
)  # fmt: skip
def test_a_result_may_be_the_newest_if_no_other_is_surely_later(days, expected):
    shown, _ = newest(of(*map(result, days)), ("engagement",), "doctors", AS_OF)
    assert [one.on for one in shown] == [PartialDate(day) for day in expected]


def test_one_person_who_was_asked_is_no_population():
    assert standard_error(1, 1) == 2.0
    assert standard_error(2, 2) == 0
    assert standard_error(3, 2) == 0
    assert round(standard_error(1, 2), 4) == 2.0
    assert standard_error(4, 0) == 1.0
    assert round(standard_error(4, 100), 4) == 0.9847
    with pytest.raises(NotEvidenced):
        standard_error(0, None)

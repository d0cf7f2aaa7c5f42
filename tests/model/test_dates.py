from datetime import date, timedelta
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagecheck import (
    DateOrWord,
    PartialDate,
    Range,
    Window,
    age_in_months,
    age_or_never,
    complete_months,
    ends_of,
    months_after,
    months_in_post,
    oldest,
)
from engagecheck.model.dates import against_start, begun_months, date_typed, day, day_typed, more_precise

DAYS = st.dates(date(1950, 1, 1), date(2150, 12, 31))


def on(text):
    return PartialDate(text)


@pytest.mark.parametrize(
    "text",
    [
        "2023-13",
        "2023-00",
        "2023-02-30",
        "2023-2",
        "23",
        "2023-02-14\n",
        "٢٠٢٣-02",
        "٢٠٢٣",
        "0001-01",
        "9999-01",
        "1849",
        "2200",
        "",
    ],
)
def test_not_a_date(text):
    with pytest.raises(ValueError, match=r".+"):
        on(text)


def test_the_first_and_the_last_year_of_the_calendar():
    assert on("1850").first == date(1850, 1, 1)
    assert on("2199").last == date(2199, 12, 31)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2026-03-31", "31 March 2026"), ("2026-03-01", "1 March 2026"), ("2026-03", "March 2026"), ("2026", "2026"), ("2026-01", "January 2026"), ("2026-12-09", "9 December 2026"),
        ("2026-13", "2026-13"), ("2026-00", "2026-00"), ("2026-13-01", "2026-13-01"), ("never", "never"), ("", ""), (date(2026, 2, 28), "28 February 2026"),
    ],
)  # fmt: skip
def test_a_date_in_words(text, words):
    assert day(text) == words


def test_only_a_day_is_a_day():
    assert on("2024-02-14").is_day
    assert not on("2024-02").is_day
    assert not on("2024").is_day


def test_a_year_of_two_digits_is_of_this_century_or_refused():
    assert date_typed("1/4/49") == "2049-04-01"
    assert date_typed("1/4/00") == "2000-04-01"
    for text in ("1/4/50", "1/4/99"):
        with pytest.raises(ValueError, match="can mean two years"):
            date_typed(text)
    with pytest.raises(ValueError, match="'soon' is not a date"):
        date_typed("soon")


def test_the_age_of_what_was_never_done_is_endless():
    assert age_or_never(DateOrWord("never"), date(2025, 3, 31)) == Range(inf, inf)
    assert age_or_never(DateOrWord("2025-02-28"), date(2025, 3, 31)) == 2
    assert oldest(age_or_never(DateOrWord("never"), date(2025, 3, 31)), 7) == Range(inf, inf)
    assert oldest(Range(float("inf"), float("inf"))) == Range(inf, inf)


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        (date(2025, 1, 31), date(2025, 2, 28), 1), (date(2025, 1, 30), date(2025, 2, 28), 1), (date(2025, 1, 31), date(2025, 3, 1), 2),
        (date(2025, 2, 28), date(2025, 3, 28), 1), (date(2025, 2, 28), date(2025, 3, 31), 2), (date(2025, 3, 31), date(2025, 3, 31), 0),
        (date(2025, 3, 30), date(2025, 3, 31), 1), (date(2025, 4, 1), date(2025, 3, 31), 0), (date(2025, 3, 15), date(2025, 4, 14), 1),
        (date(2025, 3, 31), date(2026, 3, 30), 12), (date(2025, 1, 15), date(2025, 4, 15), 3), (date(2025, 1, 15), date(2025, 4, 16), 4),
    ],
)  # fmt: skip
def test_a_month_that_has_begun_counts_for_an_age(start, end, months):
    assert begun_months(start, end) == months


def test_a_month_and_a_year_allow_each_of_their_days():
    assert (on("2024-02").first, on("2024-02").last) == (date(2024, 2, 1), date(2024, 2, 29))
    assert (on("2024").first, on("2024").last) == (date(2024, 1, 1), date(2024, 12, 31))
    assert (on("2024-02-14").first, on("2024-02-14").last) == (date(2024, 2, 14), date(2024, 2, 14))


def test_a_date_is_a_value():
    assert on("2024-02") == on(str(date(2024, 2, 1))[:7]) != on("2024-02-01")
    assert on("2024-03") != on("2024-02")
    assert on("2024-02") != DateOrWord("2024-02")
    assert len({on("2024-02"), on("2024-02")}) == 1
    with pytest.raises(AttributeError):
        on("2024-02").first = date(2024, 2, 2)


def test_a_word_may_stand_in_place_of_a_date():
    assert DateOrWord("present").on is None
    assert DateOrWord("2024-02").on == on("2024-02")
    with pytest.raises(ValueError, match=r".+"):
        _ = DateOrWord("2024-13").on


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        (date(2024, 1, 31), date(2024, 2, 29), 1),
        (date(2024, 1, 31), date(2024, 2, 28), 0),
        (date(2023, 2, 28), date(2024, 2, 28), 12),
        (date(2024, 2, 29), date(2025, 2, 28), 12),
        (date(2024, 12, 31), date(2025, 1, 30), 0),
        (date(2025, 1, 1), date(2024, 1, 1), 0),
    ],
)
def test_complete_months(start, end, months):
    assert complete_months(start, end) == months


def test_time_in_post_counts_complete_months_and_age_any_begun_month():
    assert months_in_post(on("2023-02-28"), date(2025, 3, 31)) == 25
    assert months_in_post(on("2023-02-28"), date(2025, 3, 27)) == 24
    assert age_in_months(on("2023-02-01"), date(2025, 2, 1)) == 24
    assert age_in_months(on("2023-02-01"), date(2025, 2, 2)) == 25


def test_a_month_gives_both_ends():
    assert months_in_post(on("2023-02"), date(2025, 3, 27)) == Range(24, 25)
    assert months_in_post(on("2023-02"), date(2025, 3, 31)) == 25
    assert age_in_months(on("2023-02"), date(2025, 2, 1)) == 24
    assert age_in_months(on("2023-02"), date(2025, 2, 2)) == Range(24, 25)
    assert months_in_post(on("2023"), date(2025, 3, 31)) == Range(15, 26)
    assert age_in_months(on("2023"), date(2025, 3, 31)) == Range(15, 27)
    assert months_in_post(on("1980-02"), date(2025, 3, 31)) == 541


def test_the_oldest_of_several_at_both_ends():
    assert oldest(3, 7) == 7
    assert oldest(Range(3, 9), 7) == Range(7, 9)
    assert oldest(Range(3, 5), 7) == 7


def test_in_a_window_a_month_may_lie_partly():
    window = Window.months_before(date(2025, 3, 15), 12)
    assert window == Window(date(2024, 3, 15), date(2025, 3, 15))
    with pytest.raises(AttributeError):
        window.start = date(2020, 1, 1)
    assert window.has(on("2024-04")) is True
    assert window.has(on("2024-03")) is None
    assert window.has(on("2025-03")) is None
    assert window.has(on("2024-03-15")) is False
    assert window.has(on("2024-03-16")) is True
    assert window.has(on("2025-03-15")) is True
    assert window.has(on("2025-03-16")) is False
    assert window.has(on("2024-02")) is False
    assert window.has(on("2024")) is None
    assert window.has(None) is None


@given(DAYS, DAYS)
def test_a_vaguer_date_never_decides(day, as_of):
    exact = on(day.isoformat())
    for vague in (on(day.isoformat()[:7]), on(day.isoformat()[:4])):
        for measure in (months_in_post, age_in_months):
            low, high = ends_of(measure(vague, as_of))
            assert low <= measure(exact, as_of) <= high
        window = Window.months_before(as_of, 12)
        assert window.has(vague) in (window.has(exact), None)


@given(DAYS, DAYS)
def test_time_in_post_is_never_more_than_age(day, as_of):
    since = on(day.isoformat())
    if day > as_of:
        return
    assert age_in_months(since, as_of) - months_in_post(since, as_of) in (0, 1)
    assert months_in_post(since, as_of) <= months_in_post(since, as_of + timedelta(days=1))


@given(DAYS, st.integers(0, 600))
def test_months_after_and_complete_months_agree(day, months):
    assert complete_months(day, months_after(day, months)) == months


@pytest.mark.parametrize(
    ("one", "other", "precise"),
    [
        ("2025-11", "2025-11-28", "2025-11-28"), ("2025", "2025-11", "2025-11"), ("2025", "2025-11-28", "2025-11-28"), ("2025-11-28", "2025-11-28", "2025-11-28"),
        ("2025-11", "2025-10-28", ""), ("2025-11-27", "2025-11-28", ""), ("2024", "2025-11", ""), ("2025-1", "2025-11", ""), ("present", "2025-11", ""),
    ],
)  # fmt: skip
def test_the_more_precise_of_two_dates_that_agree(one, other, precise):
    assert more_precise(one, other) == more_precise(other, one) == precise


@pytest.mark.parametrize(
    ("on", "start", "words"),
    [
        ("2026-03-31", "2026-03-31", ""), ("2026-03-30", "2026-03-31", "30 March 2026 is before the profile date, 31 March 2026; enter that date or a later one"), ("2025-12-31", "2026-01-01", "is before"),
        ("2029-03-31", "2026-03-31", ""), ("2029-04-01", "2026-03-31", "1 April 2029 is more than 36 months after the profile date, 31 March 2026; check the year"), ("2029-03-15", "2026-03-15", ""), ("2029-03-16", "2026-03-15", "is more than"),
        ("2029-02-28", "2026-03-01", ""), ("2028-12-31", "2026-01-01", ""), ("2029-01-01", "2025-12-31", "is more than"), ("2028-01-31", "2025-01-31", ""), ("9999-12-31", "9999-01-01", ""), ("9999-12-31", "2026-03-31", "is more than"),
    ],
)  # fmt: skip
def test_a_day_lies_between_the_start_and_three_years_later(on, start, words):
    found = against_start(date.fromisoformat(on), date.fromisoformat(start), "the profile date")
    assert bool(found) == bool(words)
    assert words in found


def test_the_end_of_a_shorter_month_stands_for_a_day_that_it_lacks():
    assert [months_after(date(2024, 1, last), 1) for last in (28, 29, 30, 31)] == [date(2024, 2, 28), *[date(2024, 2, 29)] * 3]
    assert months_after(date(2025, 3, 31), -1) == date(2025, 2, 28)
    assert months_after(date(2025, 3, 31), 2) == date(2025, 5, 31)


def test_a_day_that_a_person_typed_and_what_is_said_of_none():
    assert day_typed("31/03/2026") == date(2026, 3, 31)
    for text in ("March 2026", "soon", "31 February 2026"):
        with pytest.raises(ValueError, match=f"^{text}: is not a day; enter one like 31 March 2026$"):
            day_typed(text)


def test_a_month_that_begins_on_the_last_day_of_a_window_may_be_inside():
    assert Window(date(2024, 3, 1), date(2025, 3, 1)).has(PartialDate("2025-03")) is None
    assert more_precise("2025-11-28", f"{date(2025, 11, 28)}") == "2025-11-28"

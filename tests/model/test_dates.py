from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagecheck import PartialDate, Window, age_in_months, complete_months, months_after, months_in_post

DAYS = st.dates(date(1950, 1, 1), date(2150, 12, 31))


def on(text):
    return PartialDate(text)


@pytest.mark.parametrize("text", ["2023-13", "2023-00", "2023-02-30", "2023-2", "2023", "2023-02-14\n", "٢٠٢٣-02", "0001-01", "9999-01", ""])
def test_not_a_date(text):
    with pytest.raises(ValueError, match=r".+"):
        on(text)


def test_a_month_allows_each_of_its_days():
    assert (on("2024-02").first, on("2024-02").last) == (date(2024, 2, 1), date(2024, 2, 29))


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


def test_time_in_post_counts_from_the_last_day_and_age_from_the_first():
    assert months_in_post(on("2023-02"), date(2025, 3, 31)) == 25
    assert months_in_post(on("2023-02"), date(2025, 3, 27)) == 24
    assert age_in_months(on("2023-02"), date(2025, 2, 1)) == 24
    assert age_in_months(on("2023-02"), date(2025, 2, 2)) == 25


def test_in_a_window_a_month_counts_as_good_only_if_it_lies_wholly_inside():
    window = Window.months_before(date(2025, 3, 15), 12)
    assert (window.holds(on("2024-04")), window.touches(on("2024-04"))) == (True, True)
    assert (window.holds(on("2024-03")), window.touches(on("2024-03"))) == (False, True)
    assert (window.holds(on("2025-03")), window.touches(on("2025-03"))) == (False, True)
    assert (window.holds(on("2024-03-15")), window.touches(on("2024-03-15"))) == (False, False)
    assert (window.holds(on("2024-03-16")), window.touches(on("2025-03-15"))) == (True, True)


@given(DAYS, DAYS)
def test_a_vaguer_date_never_helps(day, as_of):
    exact, vague = on(day.isoformat()), on(day.isoformat()[:7])
    assert months_in_post(vague, as_of) <= months_in_post(exact, as_of)
    assert age_in_months(vague, as_of) >= age_in_months(exact, as_of)
    window = Window.months_before(as_of, 12)
    assert window.holds(exact) or not window.holds(vague)
    assert window.touches(vague) or not window.touches(exact)


@given(DAYS, st.integers(0, 600))
def test_months_after_and_complete_months_agree(day, months):
    assert complete_months(day, months_after(day, months)) == months

"""Dates of day or month precision, and what may be claimed from them.

A month-precision date stands for every day of its month. Whoever reckons with it takes the day that makes
the claim weaker, so that a vaguer date never helps.
"""

import re
from datetime import date, timedelta
from functools import lru_cache

from engagecheck.model.records import field, record

_SHAPE = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?", re.ASCII)
_EARLIEST, _LATEST = 1850, 2199


class Dated:
    """What a text that is a date becomes; that `PartialDate` is an attrs class is of no matter to who reads JSON."""

    __slots__ = ()


@record
class PartialDate(Dated):
    """A day (`2023-02-14`) or a month (`2023-02`), from `first` to `last` day that it allows."""

    text: str
    first: date = field(eq=False, repr=False)
    last: date = field(eq=False, repr=False)

    @classmethod
    def parse(cls, text: str) -> "PartialDate":
        """Read `YYYY-MM` or `YYYY-MM-DD`; `ValueError` if the text is not a date of the calendar."""
        return partial_date(text)

    def __eq__(self, other: object) -> bool:
        return self.text == other.text if isinstance(other, PartialDate) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.text)

    def __str__(self) -> str:
        return self.text


@lru_cache(maxsize=1 << 14)
def partial_date(text: str) -> PartialDate:
    """`PartialDate.parse`, which remembers: the same dates come again and again."""
    match = _SHAPE.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is not a date")
    year, month, day = int(match[1]), int(match[2]), match[3]
    if not (_EARLIEST <= year <= _LATEST and 1 <= month <= 12):
        raise ValueError(f"{text!r} is not a date")
    if day is not None:
        exact = date(year, month, int(day))
        return PartialDate(text, exact, exact)
    return PartialDate(text, date(year, month, 1), _month_end(year, month))


@lru_cache(maxsize=1 << 12)
def months_after(day: date, months: int) -> date:
    """The same day `months` later (or earlier); the end of the month where that month is shorter."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, day.day if day.day <= 28 else min(day.day, _month_end(year, month + 1).day))


@lru_cache(maxsize=1 << 14)
def complete_months(start: date, end: date) -> int:
    """How many whole months lie between two days; 0 if `end` comes first."""
    months = (end.year - start.year) * 12 + end.month - start.month
    if start.day > end.day and not _ends_month(end):
        months -= 1
    return max(0, months)


def _month_end(year: int, month: int) -> date:
    """The last day of a month (`calendar`, which knows it too, takes longer to import than all the dates of an audit)."""
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def _ends_month(day: date) -> bool:
    return day.day >= 28 and (day + timedelta(days=1)).day == 1


def _is_whole(start: date, end: date) -> bool:
    """Whether a month ends on a day, counted from another: on its like, or on the last day of a shorter month."""
    return start.day == end.day or (start.day > end.day and _ends_month(end))


def months_in_post(since: PartialDate, as_of: date) -> int:
    """Complete months in post, from the latest day that the date allows."""
    return complete_months(since.last, as_of)


def age_in_months(on: PartialDate, as_of: date) -> int:
    """Age in months, from the earliest day that the date allows; any begun month counts."""
    months = complete_months(on.first, as_of)
    return months if on.first >= as_of or _is_whole(on.first, as_of) else months + 1


@record
class Window:
    """The days after `start`, up to and including `end`."""

    start: date
    end: date

    @classmethod
    def months_before(cls, as_of: date, months: int) -> "Window":
        """The last `months` months up to `as_of`."""
        return cls(months_after(as_of, -months), as_of)

    def holds(self, on: PartialDate) -> bool:
        """Whether every day that the date allows lies inside: for what counts as good."""
        return self.start < on.first and on.last <= self.end

    def touches(self, on: PartialDate) -> bool:
        """Whether any day that the date allows lies inside: for what counts as bad."""
        return self.start < on.last and on.first <= self.end

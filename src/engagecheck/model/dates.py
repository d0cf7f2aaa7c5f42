"""Dates with the precision of a day or a month, and what may be claimed from them.

A month stands for every day in it. A calculation takes the day that makes the claim weaker, so that a vaguer date
never helps.
"""

import re
from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, NoReturn

from msgspec import Struct

_SHAPE = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?", re.ASCII)
_EARLIEST, _LATEST = 1850, 2199


class PartialDate:
    """A day (`2023-02-14`) or a month (`2023-02`). `first` and `last` are the earliest and latest day it can mean.

    Raises `ValueError` if the text is not a date of the calendar between 1850 and 2199. This is a plain class, not a
    `Struct`, because msgspec calls a decoding hook only for types that it does not know itself.
    """

    __slots__ = ("first", "last", "text")

    text: str
    first: date
    last: date

    def __init__(self, text: str) -> None:
        first, last = _days(text)
        object.__setattr__(self, "text", text)
        object.__setattr__(self, "first", first)
        object.__setattr__(self, "last", last)

    def __setattr__(self, name: str, _value: Any) -> NoReturn:
        raise AttributeError(f"a date cannot be changed: {name}")

    def __reduce__(self) -> tuple[type, tuple[str]]:
        return type(self), (self.text,)

    def __eq__(self, other: object) -> bool:
        return self.text == other.text if isinstance(other, PartialDate) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.text)

    def __repr__(self) -> str:
        return f"PartialDate({self.text!r})"

    def __str__(self) -> str:
        return self.text


def _days(text: str) -> tuple[date, date]:
    """The first and the last day that a date can mean."""
    match = _SHAPE.fullmatch(text)
    if match is None or not _EARLIEST <= int(match[1]) <= _LATEST:
        raise ValueError(f"{text!r} is not a date")
    year, month, day = int(match[1]), int(match[2]), match[3]
    if day is not None:
        exact = date(year, month, int(day))
        return exact, exact
    first = date(year, month, 1)
    return first, _month_end(year, month)


@lru_cache(maxsize=1 << 14)
def partial_date(text: str) -> PartialDate:
    """The date that a text states; raises as `PartialDate`. The same dates occur in many profiles, so each is read once."""
    return PartialDate(text)


def months_after(day: date, months: int) -> date:
    """The same day `months` later (or earlier, if negative); the end of the month if that month is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    month += 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def complete_months(start: date, end: date) -> int:
    """How many whole months lie between two days; 0 if `end` comes first."""
    months = (end.year - start.year) * 12 + end.month - start.month
    if start.day > end.day and not _ends_month(end):
        months -= 1
    return max(0, months)


def months_in_post(since: PartialDate, as_of: date) -> int:
    """Complete months in post, counted from the latest day that the date can mean."""
    return complete_months(since.last, as_of)


def age_in_months(on: PartialDate, as_of: date) -> int:
    """Age in months, counted from the earliest day that the date can mean. A month that has begun counts."""
    months = complete_months(on.first, as_of)
    return months if on.first >= as_of or _is_whole(on.first, as_of) else months + 1


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _ends_month(day: date) -> bool:
    return (day + timedelta(days=1)).day == 1


def _is_whole(start: date, end: date) -> bool:
    """Whether a month counted from `start` ends on `end`: on the same day, or on the last day of a shorter month."""
    return start.day == end.day or (start.day > end.day and _ends_month(end))


class Window(Struct, frozen=True):
    """The days after `start`, up to and including `end`."""

    start: date
    end: date

    @classmethod
    def months_before(cls, as_of: date, months: int) -> "Window":
        """The last `months` months up to `as_of`."""
        return cls(months_after(as_of, -months), as_of)

    def holds(self, on: PartialDate) -> bool:
        """Whether every day that the date can mean lies inside. Use it for what counts as good."""
        return self.start < on.first and on.last <= self.end

    def touches(self, on: PartialDate) -> bool:
        """Whether any day that the date can mean lies inside. Use it for what counts as bad."""
        return self.start < on.last and on.first <= self.end

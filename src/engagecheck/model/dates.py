"""Dates with the precision of a day, a month or a year, and what may be claimed from them.

A month or a year stands for every day in it, so what is calculated from it is known between two ends.
"""

import re
from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache
from math import inf
from typing import Any, NoReturn

from msgspec import Struct

from engagecheck.model.answers import Range, ends_of

_SHAPE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_EARLIEST, _LATEST = 1850, 2199
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip
DATE_SHAPES = (
    (r"(\d{4})(?:[-/.](\d\d?)(?:[-/.](\d\d?))?)?", "ymd"),  # 2026-03-31, 2026-03, 2026
    (r"(\d\d?)[-/.](\d\d?)[-/.](\d{4}|\d\d)", "dmy"),  # 31/03/2026
    (r"(\d\d?)[-/.](\d{4})", "my"),  # 03/2026
    (r"(\d\d?)(?:st|nd|rd|th)?[- ]([a-z]{3,9})[- ](\d{4}|\d\d)", "dmy"),  # 31 March 2026
    (r"([a-z]{3,9}) (\d\d?)(?:st|nd|rd|th)? (\d{4})", "mdy"),  # March 31, 2026
    (r"([a-z]{3,9})[- ](\d{4})", "my"),  # March 2026
    (r"([a-z]{3,9})-(\d\d)", "my"),  # Mar-26
)
"""The shapes of dates as people type them, with the order of their parts. A day written in digits comes before its month.

"Mar 26" has none of these shapes, because it may be a day. The form uses the same table.
"""


class PartialText:
    """A fact that is read from a text and is equal to any other of the same text.

    This is a plain class, not a `Struct`, because msgspec calls a decoding hook only for types that it does not know itself.
    """

    __slots__ = ("text",)

    text: str

    def __init__(self, text: str) -> None:
        object.__setattr__(self, "text", text)

    def __setattr__(self, name: str, _value: Any) -> NoReturn:
        raise AttributeError(f"a date cannot be changed: {name}")

    def __reduce__(self) -> tuple[type, tuple[str]]:
        return type(self), (self.text,)

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and self.text == other.text

    def __hash__(self) -> int:
        return hash(self.text)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.text!r})"

    def __str__(self) -> str:
        return day(self.text)


class PartialDate(PartialText):
    """A day (`2023-02-14`), a month (`2023-02`) or a year (`2023`), from the day `first` to the day `last`.

    `text` is written as in a profile. `str` gives words for a reader, such as "14 February 2023".
    Raises `ValueError` if the text is not a date of the calendar between 1850 and 2199.
    """

    __slots__ = ("first", "last")

    first: date
    last: date

    def __init__(self, text: str) -> None:
        super().__init__(text)
        first, last = _days(text)
        object.__setattr__(self, "first", first)
        object.__setattr__(self, "last", last)

    @property
    def is_day(self) -> bool:
        """Whether it names one day."""
        return self.first == self.last


def day(on: str | date) -> str:
    """A day, or an ISO day, month or year, in words: "31 March 2026", "March 2026", "2026". Any other text stays as it is."""
    text = str(on)
    match = _SHAPE.fullmatch(text)
    if match is None or not 1 <= int(match[2] or 1) <= len(MONTHS):
        return text
    month = MONTHS[int(match[2]) - 1] if match[2] else ""
    return " ".join(part for part in (match[3] and str(int(match[3])), month, match[1]) if part)


def more_precise(one: str, other: str) -> str:
    """The more precise of two dates that may be the same: 28 November 2025 for that day and November 2025. Else "".

    Both are written as in a profile.
    """
    short, long = sorted((one, other), key=len)
    return long if short == long or long.startswith(f"{short}-") else ""


def _days(text: str) -> tuple[date, date]:
    """The first and the last day that a date can mean."""
    match = _SHAPE.fullmatch(text)
    if match is None or not _EARLIEST <= int(match[1]) <= _LATEST:
        raise ValueError(f"{text!r} is not a date")
    year = int(match[1])
    if match[2] is None:
        return date(year, 1, 1), date(year, 12, 31)
    month = int(match[2])
    if match[3] is None:
        return date(year, month, 1), _month_end(year, month)
    exact = date(year, month, int(match[3]))
    return exact, exact


def date_typed(text: str) -> str:
    """The date that a person typed, as a profile writes it: "31/03/2026" is `2026-03-31`, and "Mar 2026" is `2026-03`.

    Raises `ValueError` if the text is not a date, or can mean more than one.
    """
    plain = re.sub("[\u2010-\u2015\u2212]", "-", " ".join(text.replace(",", " ").split())).lower()
    plain = re.sub("(?<=[a-z])[.]", "", plain)
    for shape, order in DATE_SHAPES:
        if match := re.fullmatch(shape, plain, re.ASCII):
            parts = dict(zip(order, match.groups(), strict=True))
            written = [_year(parts["y"]), _month(parts["m"]), parts.get("d")]
            return PartialDate("-".join(part.zfill(2) for part in written if part)).text
    raise ValueError(f"{text!r} is not a date")


def day_typed(text: str) -> date:
    """The day that a person typed. Raises `ValueError`, in words for that person, if it is none."""
    try:
        return date.fromisoformat(date_typed(text))
    except ValueError:
        raise ValueError(f"{text}: is not a day; enter one like 31 March 2026") from None


def _year(digits: str) -> str:
    """A year of four digits. Two digits can mean two centuries from 50 on, and are refused."""
    if len(digits) == 2 and int(digits) >= 50:
        raise ValueError(f"{digits} can mean two years")
    return digits if len(digits) == 4 else f"20{digits}"


def _month(typed: str | None) -> str | None:
    named = [str(number) for number, name in enumerate(MONTHS, 1) if typed and name.lower().startswith(typed)]
    return named[0] if named else typed


class DateOrWord(PartialText):
    """A date, or a word in its place, such as `present` for a spell that goes on. `on` is the date; `None` for a word.

    Raises `ValueError` as `PartialDate`.
    """

    __slots__ = ("on",)

    on: "PartialDate | None"

    def __init__(self, text: str) -> None:
        super().__init__(text)
        object.__setattr__(self, "on", None if text.isalpha() else partial_date(text))


@lru_cache(maxsize=16_384)
def partial_date(text: str) -> PartialDate:
    """The date that a text states; raises as `PartialDate`. The same dates occur in many profiles, so each is read once."""
    return PartialDate(text)


def months_after(day: date, months: int) -> date:
    """The same day `months` later (or earlier, if negative); the end of the month if that month is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    month += 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


FURTHEST = 36
"""How many months after a profile's or report's date a day that concerns it may be. A later one has a wrong year."""


def against_start(on: date, start: date, what: str) -> str:
    """Why a day is too early or too late for something of that date, in a sentence, or "" if it is right."""
    if on < start:
        return f"{day(on)} is before {what}, {day(start)}; enter that date or a later one"
    if ((on.year - start.year) * 12 + on.month - start.month, on.day) > (FURTHEST, start.day):
        return f"{day(on)} is more than {FURTHEST} months after {what}, {day(start)}; check the year"
    return ""


def complete_months(start: date, end: date) -> int:
    """How many whole months lie between two days; 0 if `end` comes first."""
    months = (end.year - start.year) * 12 + end.month - start.month
    if start.day > end.day and not _ends_month(end):
        months -= 1
    return max(0, months)


def months_in_post(since: PartialDate, as_of: date) -> int | Range:
    """Complete months in post, between those from the latest and those from the earliest day that the date can mean."""
    most = complete_months(since.first, as_of)
    return most if since.is_day else _between(complete_months(since.last, as_of), most)


def age_in_months(on: PartialDate, as_of: date) -> int | Range:
    """Age in months, of which one that has begun counts, from the latest and from the earliest day that the date can mean."""
    most = begun_months(on.first, as_of)
    return most if on.is_day else _between(begun_months(on.last, as_of), most)


def age_or_never(on: "DateOrWord", as_of: date) -> int | Range:
    """The age in months of something that was done on a day, as `age_in_months`; endless if it was never done."""
    return Range(inf, inf) if on.on is None else age_in_months(on.on, as_of)


def oldest(*ages: int | Range) -> int | Range:
    """The highest of several ages, at both ends."""
    lows, highs = zip(*(ends_of(age) for age in ages), strict=True)
    return _between(max(lows), max(highs))


def _between(low: float, high: float) -> int | Range:
    return int(low) if low == high < inf else Range(low, high)


def begun_months(start: date, end: date) -> int:
    """How many months lie between two days, of which one that has begun counts; 0 if `end` comes first."""
    months = complete_months(start, end)
    return months if start >= end or _is_whole(start, end) else months + 1


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

    def has(self, on: PartialDate | None) -> bool | None:
        """Whether a day lies inside: yes or no if every day that the date can mean does or does not, else `None`."""
        if on is None:
            return None
        if self.start < on.first and on.last <= self.end:
            return True
        return None if self.start < on.last and on.first <= self.end else False

"""Checks of dates and periods that no schema can express."""

from datetime import date
from typing import Any

from engagecheck.model.dates import months_after, partial_date
from engagecheck.model.labels import day
from engagecheck.model.schema import quoted

Json = Any
_LAST_YEAR = 2200


def parsed_day(text: Json) -> date | None:
    """The day, or `None` for anything that is not a day."""
    try:
        return date.fromisoformat(text)
    except (TypeError, ValueError):
        return None


def against_calendar(text: Json, kind: str, as_of: date | None) -> str:
    """Why a date is wrong, in a sentence, or "" if it is right. The schema complains about values that are not text."""
    if not isinstance(text, str):
        return ""
    if kind == "day":
        return "" if len(text) == 10 and parsed_day(text) else f"{quoted(text)} is not a day; enter a day like 2025-03-31"
    if len(text) == 4 and kind != "past-year":
        return f"{quoted(text)} is a year; enter a month or a day, like 2023-02 or 2023-02-14"
    try:
        earliest = partial_date(text).first
    except ValueError:
        return f"{quoted(text)} is not a date; enter a date like 2023-02 or 2023-02-14"
    if as_of is not None and earliest > as_of and kind != "any-date":
        return f"this date, {day(text)}, is after the profile date, {day(as_of.isoformat())}"
    return ""


def against_period(first: Json, last: Json, months: int) -> str:
    """Why a period is wrong, in a sentence, or "" if it is right. Dates that are no days have their own complaint."""
    start, end = parsed_day(first), parsed_day(last)
    if start is None or end is None:
        return ""
    if end < start:
        return f"this date, {end}, is before the first day, {start}"
    if start.year >= _LAST_YEAR:
        return f"this period begins in {start.year}; correct the first day"
    latest = months_after(start, months)
    return f"at most {months} months after {start} are allowed; enter {latest} or earlier" if end > latest else ""

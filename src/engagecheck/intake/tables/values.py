"""The values in the cells of published tables: words, numbers and dates in the styles that publishers and spreadsheets use."""

import re
from collections.abc import Iterable

from engagecheck.errors import InputRefused
from engagecheck.model.dates import PartialDate, date_typed
from engagecheck.rules.source_file import Record, SourceFile

NOT_PUBLISHED = frozenset(
    ("", "*", "**", "-", "–", "—", ".", "..", ":", "c", "[c]", "x", "[x]", "z", "[z]", "n/a", "na", "nan", "null", "suppressed",
     "not published")
)  # fmt: skip
"""What publishers write in place of a figure that they do not publish."""
_NUMBER = (
    r"(?P<whole>[-+]?(?:[1-9][0-9]{{0,2}}(?P<mark>[{mark} '’])[0-9]{{3}}(?:(?P=mark)[0-9]{{3}})*|[0-9]+))"
    r"(?:{sign}(?P<rest>[0-9]+))?"
)
POINT = re.compile(_NUMBER.format(mark=",", sign=r"\."), re.ASCII)
COMMA = re.compile(_NUMBER.format(mark=".", sign=","), re.ASCII)
"""The two styles of numbers: one mark between groups of three digits, if any, and a decimal sign."""
_COMPACT = re.compile(r"((?:19|20)[0-9]{2})([0-9]{2})([0-9]{2})", re.ASCII)
_NUMBERED = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-](?:[0-9]{2}|[0-9]{4})", re.ASCII)
_MIDNIGHT = re.compile(r"[T ]00?:00(?::00(?:\.0+)?)?$", re.ASCII)
WRITE_DATES = "write dates like 31/03/2026 or 2026-03-31"


def words(text: str) -> str:
    """Text for comparison: without regard to case, hyphens and kinds of blanks. "Well-led" becomes "well led"."""
    return " ".join(re.sub(r"[-_‐‑–]", " ", text).split()).casefold()


def is_published(text: str) -> bool:
    """Whether a cell holds a value, and no sign for a figure that is not published."""
    return words(text) not in NOT_PUBLISHED and text.casefold() not in NOT_PUBLISHED


def numbers(
    file: SourceFile, records: Iterable[Record], column: str, low: float, high: float, *, whole: bool = False
) -> list[float | None]:
    """The numbers of a column, in the one style in which every value fits between `low` and `high`. `None`: not published.

    Percentages lose their sign, where a number may be one. Decimal commas are announced. Raises `InputRefused` for a value
    that is no such number, and where two styles fit and differ.
    """
    listed = [(record.where, record.get(column)) for record in records]
    sign = "%" if high >= 100 and not whole else ""
    given = [(where, cell.removesuffix(sign).strip()) for where, cell in listed if is_published(cell)]
    point, comma = (_in_style(given, style, whole=whole) for style in (POINT, COMMA))
    fitting = [values for values in (point, comma) if values and all(low <= one <= high for one in values)]
    if given and not fitting:
        raise InputRefused([_no_number(given, column, low, high, whole)])
    if len(fitting) == 2 and point != comma and point and comma:
        where, cell = next(pair for pair, one, other in zip(given, point, comma, strict=True) if one != other)
        either = f"{where}, {column}: {cell} may be {_written(point, comma)}"
        raise InputRefused([f"{either}; write numbers with a decimal point and without commas"])
    if fitting and fitting[0] is comma and point != comma:
        file.note(f"The numbers of {column} have decimal commas.")
    values = iter(fitting[0] if fitting else ())
    return [next(values) if is_published(cell) else None for _, cell in listed]


def _in_style(given: list[tuple[str, str]], style: re.Pattern[str], *, whole: bool) -> list[float] | None:
    """The values in one style, or `None` if one of them is not written in it. A whole number may end in .0."""
    matches = [style.fullmatch(re.sub(r"\s", " ", cell)) for _, cell in given]
    values = []
    for match in matches:
        if match is None or (whole and match["rest"] not in (None, "0")):
            return None
        values.append(float(re.sub(r"[^0-9+-]", "", match["whole"]) + "." + (match["rest"] or "0")))
    return values


def _written(point: list[float], comma: list[float]) -> str:
    one, other = next((one, other) for one, other in zip(point, comma, strict=True) if one != other)
    return f"{one:,.10g} or {other:.10g}"


def _no_number(given: list[tuple[str, str]], column: str, low: float, high: float, whole: bool) -> str:
    """A sentence about the first value that is a number in no style, or not in the style of the others."""
    wanted = f"a {'whole ' * whole}number from {low:,.10g} to {high:,.10g}"
    for where, cell in given:
        styles = [_in_style([(where, cell)], style, whole=whole) for style in (POINT, COMMA)]
        if not any(values and low <= values[0] <= high for values in styles):
            return f"{where}, {column}: {cell!r} is not {wanted}"
    where, cell = next(((where, cell) for where, cell in given if "," in cell), given[0])
    return f"{where}, {column}: {cell!r} has a comma, and others have a point; write all with a decimal point"


def day(text: str) -> str:
    """A date of a table as 2026-03-31, or as 2026-03 if the cell has no day. Dates with slashes have the day first.

    Raises `ValueError` for anything else, and `MonthFirst` if the month comes first.
    """
    text = _MIDNIGHT.sub("", " ".join(text.split()))
    if match := _COMPACT.fullmatch(text):
        return PartialDate("-".join(match.groups())).text
    try:
        typed = date_typed(text)
        if len(typed) < len("2026-03"):
            raise ValueError(text)
        return typed
    except ValueError:
        if _has_the_month_first(text):
            raise MonthFirst(text) from None
        raise


def _has_the_month_first(text: str) -> bool:
    match = _NUMBERED.fullmatch(text)
    return match is not None and int(match[2]) > 12 >= int(match[1])


class MonthFirst(ValueError):
    """Raised for a date in which only the second number can be the day, so that the others of its column are in doubt too."""


def pass_over(record: Record, column: str) -> None:
    """Leave a row out whose date is not wanted. Raises `ColumnRefused` if the date puts those of the other rows in doubt."""
    text = record.get(column)
    if _has_the_month_first(_MIDNIGHT.sub("", text)):
        raise _in_doubt(record, column, text)


def date_in(record: Record, column: str) -> str:
    """The date of a cell, or "" if there is none. Raises `InputRefused` with its place if it cannot be read.

    Raises `ColumnRefused` if the month comes first.
    """
    text = record.get(column)
    if not is_published(text):
        return ""
    try:
        return day(text)
    except MonthFirst:
        raise _in_doubt(record, column, text) from None
    except ValueError:
        raise InputRefused([f"{record.where}, {column}: {text!r} is not a date; {WRITE_DATES}"]) from None


class ColumnRefused(InputRefused):
    """Raised for a value that puts its whole column in doubt."""


def _in_doubt(record: Record, column: str, text: str) -> ColumnRefused:
    doubt = f"{text} has the month first, so no date of this column can be trusted; {WRITE_DATES}"
    return ColumnRefused([f"{record.where}, {column}: {doubt}"])

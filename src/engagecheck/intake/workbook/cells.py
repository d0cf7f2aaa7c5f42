"""A single cell: how a value is written to it and read from it."""

import re
from datetime import date, datetime
from typing import Any

from openpyxl.cell.cell import Cell

from engagecheck.intake.questions import NO, NOT_KNOWN, YES, Question
from engagecheck.intake.questions.kinds import PER_CENT, Kind, NotAnAnswer

Json = Any
TEXT = "@"
GENERAL = "General"
_ALTERED_BY_XML = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\ufffe\uffff]|_x[0-9A-Fa-f]{4}_")
_TRUTHS = {"=TRUE()": True, "=FALSE()": False}
"""LibreOffice saves a plain TRUE as this formula."""
_AS_NUMBER = (Kind.WHOLE, Kind.NUMBER)


def number_format(question: Question) -> str:
    """The number format of a question's cell. Dates and texts use the text format, so that they stay as typed."""
    return GENERAL if question.kind in (*_AS_NUMBER, Kind.VALUE) else TEXT


def write_cell(cell: Cell, value: Json) -> None:
    """Write a value to a cell. A text stays a text, even if it starts like a formula."""
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"


def is_filled(cell: Cell) -> bool:
    """Whether there is anything in a cell but spaces."""
    return cell.value is not None and bool(str(cell.value).strip())


def typed(question: Question, value: Json) -> Json:
    """The content of a cell for a value of the profile."""
    if isinstance(value, bool):
        return YES if value else NO
    return value if question.kind in (*_AS_NUMBER, Kind.VALUE) else question.show(value)


def fits(question: Question, value: Json) -> bool:
    """Whether reading the question's cell gives the same value, of the same type."""
    try:
        shown = typed(question, value)
        if isinstance(shown, str) and _ALTERED_BY_XML.search(shown):
            return False
        value_read = _read(question, shown, GENERAL)
    except (NotAnAnswer, TypeError, AttributeError, KeyError):
        return False
    return type(value_read) is type(value) and value_read == value


def read(question: Question, cell: Cell) -> Json:
    """The value in a cell, or `None` if it is empty or says "not known". Raises `NotAnAnswer` for anything else."""
    if cell.data_type == "f" and cell.value in _TRUTHS:
        return _read(question, _TRUTHS[cell.value], GENERAL)
    if cell.data_type == "f":
        raise NotAnAnswer("there is a formula here; enter the value itself")
    if cell.data_type == "e":
        raise NotAnAnswer(f"the cell shows the error {cell.value}; enter the value itself")
    return _read(question, cell.value, str(cell.number_format))


def _read(question: Question, value: Json, number_format: str) -> Json:
    if value is None:
        return None
    if question.kind is Kind.VALUE:
        return _value(value)
    if isinstance(value, str):
        return question.read(value)
    if isinstance(value, datetime | date):
        return _date(question, value, number_format)
    if isinstance(value, bool):
        return value if question.kind is Kind.YES_NO else question.read("yes" if value else "no")
    if "%" in re.sub(r'"[^"]*"|\\.', "", number_format) and question.kind in _AS_NUMBER:
        value = _percentage(question, value)
    if question.kind in _AS_NUMBER:
        return int(value) if isinstance(value, float) and value.is_integer() and question.kind is Kind.WHOLE else value
    return question.read(f"{value:.15g}" if isinstance(value, float) else str(value))


def _percentage(question: Question, value: float) -> float:
    """The number of per cent in a cell that shows 20 % and holds 0.2."""
    if question.unit != PER_CENT:
        raise NotAnAnswer("there is a percentage here; enter a number, and format the cell as one")
    return round(100 * value, 6)


def _date(question: Question, value: date, number_format: str) -> str:
    """The text of a spreadsheet date: only year and month if the cell does not show the day."""
    if question.kind not in (Kind.DATE, Kind.DAY):
        raise NotAnAnswer(f"there is a date here ({value:%Y-%m-%d}); {question.text}")
    shows_day = "d" in re.sub(r'"[^"]*"|\[[^\]]*\]', "", number_format).lower() or number_format == GENERAL
    text: str = question.read(f"{value:%Y-%m-%d}" if shows_day else f"{value:%Y-%m}")
    return text


def _value(value: Json) -> Json:
    # The type of the cell decides between number, yes or no, and text. A number in a text cell is text.
    if not isinstance(value, str):
        return value
    text = value.strip().lower()
    return None if text in ("", NOT_KNOWN.lower()) else {"yes": True, "no": False}.get(text, value.strip())

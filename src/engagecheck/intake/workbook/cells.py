"""One cell: what a value looks like in it, and which value is read from it again."""

import re
from datetime import date, datetime
from typing import Any

from openpyxl.cell.cell import Cell

from engagecheck.intake.questions import NO, NOT_KNOWN, YES, Kind, NotAnAnswer, Question

Json = Any
TEXT = "@"
GENERAL = "General"
_CHANGED_BY_XML = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\ufffe\uffff]|_x[0-9A-Fa-f]{4}_")
_TRUTHS = {"=TRUE()": True, "=FALSE()": False}
"""LibreOffice saves a plain TRUE as this formula."""
_AS_NUMBER = (Kind.WHOLE, Kind.NUMBER)


def form_of(question: Question) -> str:
    """The number format of its cell: dates and texts stay what was typed, and never become something else."""
    return GENERAL if question.kind in (*_AS_NUMBER, Kind.VALUE) else TEXT


def put(cell: Cell, value: Json) -> None:
    """Write a value as what it is: a text stays a text, even one that begins like a formula."""
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"


def typed(question: Question, value: Json) -> Json:
    """What stands in the cell for a value of the profile."""
    if isinstance(value, bool):
        return YES if value else NO
    return value if question.kind in (*_AS_NUMBER, Kind.VALUE) else question.show(value)


def fits(question: Question, value: Json) -> bool:
    """Whether its cell gives this very value again."""
    try:
        there = typed(question, value)
        if isinstance(there, str) and _CHANGED_BY_XML.search(there):
            return False
        again = _read(question, there, GENERAL)
    except (NotAnAnswer, TypeError, AttributeError, KeyError):
        return False
    return type(again) is type(value) and again == value


def read(question: Question, cell: Cell) -> Json:
    """The value in a cell; `None` for none, or for "not known". Raises `NotAnAnswer`."""
    if cell.data_type == "f" and cell.value in _TRUTHS:
        return _read(question, _TRUTHS[cell.value], GENERAL)
    if cell.data_type == "f":
        raise NotAnAnswer("there is a formula here; enter the value itself")
    if cell.data_type == "e":
        raise NotAnAnswer(f"the cell shows the error {cell.value}; enter the value itself")
    return _read(question, cell.value, str(cell.number_format))


def _read(question: Question, value: Json, form: str) -> Json:
    if value is None:
        return None
    if question.kind is Kind.VALUE:
        return _value(value)
    if isinstance(value, str):
        return question.read(value)
    if isinstance(value, datetime | date):
        return _date(question, value, form)
    if isinstance(value, bool):
        return value if question.kind is Kind.YES_NO else question.read("yes" if value else "no")
    if "%" in form and question.kind in _AS_NUMBER:
        value = _percentage(question, value)
    if question.kind in _AS_NUMBER:
        return int(value) if isinstance(value, float) and value.is_integer() and question.kind is Kind.WHOLE else value
    return question.read(f"{value:.15g}" if isinstance(value, float) else str(value))


def _percentage(question: Question, value: float) -> float:
    """A number that the spreadsheet shows as 20 % and holds as 0.2."""
    if question.unit != "per cent":
        raise NotAnAnswer("there is a percentage here; enter a number, and format the cell as one")
    return round(100 * value, 6)


def _date(question: Question, value: date, form: str) -> str:
    """A real date of the spreadsheet; one that is shown without its day was meant as a month."""
    if question.kind not in (Kind.DATE, Kind.DAY):
        raise NotAnAnswer(f"there is a date here ({value:%Y-%m-%d}); {question.text}")
    shows_day = "d" in re.sub(r'"[^"]*"|\[[^\]]*\]', "", form).lower() or form == GENERAL
    said: str = question.read(f"{value:%Y-%m-%d}" if shows_day else f"{value:%Y-%m}")
    return said


def _value(value: Json) -> Json:
    """What may be a number, a yes or no, or a text is told apart by its cell: a number that was typed as text is text."""
    if not isinstance(value, str):
        return value
    said = value.strip().lower()
    return None if said in ("", NOT_KNOWN.lower()) else {"yes": True, "no": False}.get(said, value.strip())


def escaped(name: object) -> str:
    """A name as a step of a JSON Pointer."""
    return str(name).replace("~", "~0").replace("/", "~1")


def steps(pointer: str) -> tuple[str, ...]:
    """The steps of a JSON Pointer."""
    return tuple(step.replace("~1", "/").replace("~0", "~") for step in pointer[1:].split("/")) if pointer else ()

"""The value of an answer as a person types it."""

import re
from typing import TYPE_CHECKING, Any

from engagecheck.intake.questions.kinds import ANSWERS_FROM, PER_CENT, Kind, NotAnAnswer
from engagecheck.model.dates import PartialDate, date_typed
from engagecheck.model.schema import did_you_mean, quoted

if TYPE_CHECKING:
    from engagecheck.intake.questions import Question

Json = Any
_NUMBER = re.compile(r"[+-]?\d{1,30}(\.\d{1,30})?(e[+-]?\d{1,3})?", re.ASCII | re.IGNORECASE)
_PERCENTAGE = re.compile(r"(.*?)\s*(?:%|per ?cent)", re.IGNORECASE)
_THOUSANDS = re.compile(r"\d{1,3}(,\d{3})+", re.ASCII)


def read_answer(question: "Question", text: str) -> Json:
    """The value of a typed text. Raises `NotAnAnswer` if it does not answer the question."""
    return _READERS[question.kind](question, text)


def _yes_no(_question: "Question", text: str) -> bool:
    if text.lower() in ("yes", "y", "true"):
        return True
    if text.lower() in ("no", "n", "false"):
        return False
    raise NotAnAnswer(f"{quoted(text)} is not an answer; enter yes or no, or leave this empty if you do not know")


def _choice(question: "Question", text: str) -> str:
    values = {label.lower(): value for value, label in question.answers.items()}
    values |= {value.lower(): value for value in question.answers}
    if text.lower() in values:
        return values[text.lower()]
    if ANSWERS_FROM in question.schema and not question.complaint(text):
        return text  # the full name of a question of another pack
    raise NotAnAnswer(f"{quoted(text)} is not one of the answers; {did_you_mean(text, list(question.answers.values()))}")


def _number(question: "Question", text: str) -> int | float:
    plain = text
    if share := _PERCENTAGE.fullmatch(text):
        if question.unit != PER_CENT:
            raise NotAnAnswer(f"{quoted(text)} is a percentage; enter the number itself")
        plain = share[1]
    elif question.kind is Kind.WHOLE and _THOUSANDS.fullmatch(text):
        plain = text.replace(",", "")
    if _NUMBER.fullmatch(plain) is None:
        raise NotAnAnswer(f"{quoted(text)} is not a number; enter digits, for example 400 or 2.5")
    return int(plain) if plain.lstrip("+-").isdecimal() else float(plain)


def _date(question: "Question", text: str) -> str:
    for value, label in question.words.items():
        if text.lower() in (value, label.lower()):
            return value
    try:
        typed = date_typed(text)
    except ValueError:
        raise NotAnAnswer(f"{quoted(text)} is not a date; {_date_wanted(question)}") from None
    if complaint := date_complaint(question, typed):
        raise NotAnAnswer(complaint)
    return typed


def _date_wanted(question: "Question") -> str:
    month = "" if question.kind is Kind.DAY else ", or March 2026 if you know only the month"
    words = "".join(f', or "{label}"' for label in question.words.values())
    return f"enter a date like 31 March 2026{month}{words}"


def date_complaint(question: "Question", value: Json) -> str:
    """Why a value is no date that answers the question, in one sentence, or "" if it is one or needs to be none."""
    if question.kind not in (Kind.DATE, Kind.DAY) or value in question.words:
        return ""
    if not is_date(value):
        return f"{quoted(value)} is not a date; {_date_wanted(question)}"
    least = {"day": 10, "past-year": 4}.get(question.schema.get("x-date", ""), 7)
    return f"{quoted(value)} is not exact enough; {_date_wanted(question)}" if len(value) < least else ""


def is_date(value: Json) -> bool:
    """Whether a value is a day, a month or a year."""
    try:
        PartialDate(value)
    except (TypeError, ValueError):
        return False
    return True


def _value(question: "Question", text: str) -> Json:
    try:
        return _number(question, text)
    except NotAnAnswer:
        return {"yes": True, "no": False}.get(text.lower(), text)


_READERS = {
    Kind.YES_NO: _yes_no,
    Kind.CHOICE: _choice,
    Kind.WHOLE: _number,
    Kind.NUMBER: _number,
    Kind.TEXT: lambda _question, text: text,
    Kind.DATE: _date,
    Kind.DAY: _date,
    Kind.IDS: lambda _question, text: [name for part in re.split(r"[,;\n]", text) if (name := part.strip())],
    Kind.VALUE: _value,
}

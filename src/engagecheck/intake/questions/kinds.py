"""The kinds of answers that questions ask for."""

from enum import StrEnum

ANSWERS_FROM = "x-answers-from"
"""The keyword of a choice whose answers are the questions of the audit."""
PER_CENT = "per cent"
"""The unit of a question that asks for a percentage."""


class Kind(StrEnum):
    """The kind of answer that a question asks for."""

    GROUP = "group"
    LIST = "list"
    REGISTER = "register"
    MAPPING = "mapping"
    YES_NO = "yes_no"
    CHOICE = "choice"
    WHOLE = "whole"
    NUMBER = "number"
    TEXT = "text"
    DATE = "date"
    DAY = "day"
    IDS = "ids"
    VALUE = "value"


class NotAnAnswer(ValueError):
    """Raised when a typed text does not answer its question. The message says what to write instead."""

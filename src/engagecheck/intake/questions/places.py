"""Facts by the words of the form: where a JSON Pointer leads, and what a value is called there."""

from typing import Any

from engagecheck.intake.questions import Question, all_questions
from engagecheck.intake.questions.kinds import Kind
from engagecheck.model.labels import plural

Json = Any


def words_at(pointer: str) -> str:
    """Where a fact stands, in the words of the form: "Clinical structure: Divisions, entry 3: Name"."""
    return ": ".join(title for title, _ in _way(pointer)) or pointer


def shown_at(pointer: str, value: Json) -> str:
    """A value as the form shows it at its place. The answers of a group or list are counted."""
    if isinstance(value, dict | list):
        return plural(len(value.get("entries", value) if isinstance(value, dict) else value), "answer")
    way = _way(pointer)
    is_answer = bool(way) and way[-1][1].is_leaf and not (isinstance(value, str) and value.startswith("withheld: "))
    return way[-1][1].show(value) if is_answer else str(value)


def _way(pointer: str) -> list[tuple[str, Question]]:
    """The questions on the way to a fact, each with its title and the number of the entry."""
    steps = pointer[1:].split("/")
    here, way = all_questions(), []
    while steps and (question := next((one for one in here if one.name == steps[0]), None)):
        del steps[0]
        title, here = question.title, question.parts
        if question.kind is Kind.LIST and steps[:1] != ["entries"]:
            here = question.about
        elif question.kind in (Kind.LIST, Kind.REGISTER, Kind.MAPPING):
            del steps[: 1 if question.kind is Kind.LIST else 0]
            if steps:
                title += f", entry {int(steps[0]) + 1}" if steps[0].isdecimal() else f", {steps[0]}"
                del steps[0]
        way.append((title, question))
    return way

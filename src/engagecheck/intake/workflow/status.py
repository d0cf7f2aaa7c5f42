"""How far a profile is filled in: section by section, by whom, and what is missing."""

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from engagecheck.intake.questions import Kind, Question, all_questions
from engagecheck.intake.questions.asked import is_asked
from engagecheck.model.schema import NOT_FACTS

Json = Any


class SectionStatus(Struct, frozen=True):
    """How far a section is filled in: its facts that are asked, those answered or withheld, and by which role.

    `missing` has the titles of the facts without an answer, and of the lists that are not complete, with a count.
    """

    name: str
    title: str
    asked: int
    answered: int
    withheld: int
    by: str
    missing: tuple[str, ...]


def section_status(document: Mapping[str, Json]) -> tuple[SectionStatus, ...]:
    """The status of each section of a document, which need not be valid."""
    return tuple(_section(one, document) for one in all_questions() if one.can_withhold)


def _section(question: Question, document: Mapping[str, Json]) -> SectionStatus:
    held = document.get(question.name)
    section: Mapping[str, Json] = held if isinstance(held, Mapping) else {}
    withheld = section.get("withheld", {})
    facts = [one for one in question.parts if one.name not in NOT_FACTS and is_asked(one, document, section)]
    answered = [one for one in facts if _is_answered(section.get(one.name))]
    missing = [text for one in facts if one.name not in withheld for text in _missing(one, section.get(one.name))]
    by = section.get("answered_by", "")
    kept_back = sum(one.name in withheld for one in facts)
    return SectionStatus(question.name, question.title, len(facts), len(answered), kept_back, by, tuple(missing))


def _is_answered(value: Json) -> bool:
    if isinstance(value, Mapping):
        return any(_is_answered(member) for name, member in value.items() if name not in NOT_FACTS)
    return value not in (None, "", [])


def _missing(question: Question, value: Json) -> Iterator[str]:
    if not _is_answered(value):
        yield question.title
    elif question.kind is Kind.LIST:
        listed, total = len(value.get("entries", ())), value.get("of")
        if total is None:
            yield f"{question.title}: how many there are in total"
        elif isinstance(total, int) and listed < total:
            yield f"{question.title}: {listed} of {total} listed"

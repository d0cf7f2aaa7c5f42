"""How far a profile is filled in: section by section, by whom, and what is missing."""

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from engagecheck.intake.questions import Question, all_questions
from engagecheck.intake.questions.asked import is_asked
from engagecheck.intake.questions.kinds import Kind
from engagecheck.model.profile import UNCONFIRMED
from engagecheck.model.schema import NOT_FACTS

Json = Any


class SectionStatus(Struct, frozen=True):
    """How far a section is filled in: its facts that are asked, those answered or withheld, and by which role.

    `unconfirmed` counts the answers that were taken over from last year and that nobody has confirmed. `missing` has the
    titles of the facts without an answer, and of the lists that are not complete, with a count.
    """

    name: str
    title: str
    asked: int
    answered: int
    withheld: int
    by: str
    missing: tuple[str, ...]
    unconfirmed: int = 0


def section_status(document: Mapping[str, Json]) -> tuple[SectionStatus, ...]:
    """The status of each section of a document, which need not be valid."""
    return tuple(_section(one, document) for one in all_questions() if one.can_withhold)


def _section(question: Question, document: Mapping[str, Json]) -> SectionStatus:
    held = document.get(question.name)
    section: Mapping[str, Json] = held if isinstance(held, Mapping) else {}
    withheld = section["withheld"] if isinstance(section.get("withheld"), Mapping) else {}
    facts = [one for one in question.parts if one.name not in NOT_FACTS and is_asked(one, document, section)]
    answered = [one for one in facts if _is_answered(section.get(one.name))]
    missing = [text for one in facts if one.name not in withheld for text in _missing(one, section.get(one.name))]
    by = str(section.get("answered_by", ""))
    kept_back = sum(one.name in withheld for one in facts)
    begins = tuple(f"/{question.name}/{one.name}/" for one in answered)
    unconfirmed = sum(f"{one}/".startswith(begins) for one in _unconfirmed(document.get("last_year")))
    return SectionStatus(question.name, question.title, len(facts), len(answered), kept_back, by, tuple(missing), unconfirmed)


def _unconfirmed(last_year: Json) -> list[str]:
    carried = last_year.get("carried") if isinstance(last_year, Mapping) else None
    return [one for one, state in carried.items() if state == UNCONFIRMED] if isinstance(carried, Mapping) else []


def _is_answered(value: Json) -> bool:
    if isinstance(value, Mapping):
        return any(_is_answered(member) for name, member in value.items() if name not in NOT_FACTS)
    return value not in (None, "", [])


def _missing(question: Question, value: Json) -> Iterator[str]:
    if not _is_answered(value):
        yield question.title
    elif question.kind is Kind.LIST and isinstance(value, Mapping):
        entries, total = value.get("entries"), value.get("of")
        listed = len(entries) if isinstance(entries, list) else 0
        if total is None:
            yield f"{question.title}: how many there are in total"
        elif isinstance(total, int) and listed < total:
            yield f"{question.title}: {listed} of {total} listed"

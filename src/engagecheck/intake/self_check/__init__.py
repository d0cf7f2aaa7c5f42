"""The checklist for one medical leader: 16 questions, and what follows from the answers.

The answers of one person come in. What is in place, what to ask for and where to begin goes out. Nothing is kept.
"""

from collections.abc import Mapping
from enum import StrEnum
from importlib.resources import files

import msgspec
from attrs import frozen
from msgspec import Struct


class Side(StrEnum):
    """Whose part a question is about."""

    ME = "me"
    ORGANISATION = "organisation"


class Answer(StrEnum):
    """The answer to one question. A question that is skipped has none."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    NOT_FOR_ME = "does not apply to me"


class Item(Struct, frozen=True):
    """One statement to answer, and the id of the rule that it belongs to.

    `advice` is for an answer of no or partly: a first step that I can take, or what to ask for and whom to ask.
    """

    id: str
    side: Side
    rule: str
    text: str
    advice: str


SIDES = {Side.ME: "What I do", Side.ORGANISATION: "What my organisation gives me"}
"""The heading above the questions of each side."""
ITEMS = msgspec.json.decode((files(__name__) / "items.json").read_bytes(), type=tuple[Item, ...])
"""The questions in the order in which they are asked: first what I do, then what my organisation gives me.

They are derived from the published key findings of the report by The King's Fund. The wording is ours.
"""
MAX_FIRST_STEPS = 3
ORDER = "A no comes before a partly. Within each, what I can do myself comes first, then the order of the questions."
"""How the first steps are chosen, in words."""


@frozen
class SelfCheck:
    """The page of one person: each part as questions.

    `to_ask` are the organisation's, `later` are my own that are not among the first steps. Questions without an answer are
    in `not_answered` only: they are never in place. `answers` are those that were given, by the id of the question.
    """

    answers: Mapping[str, Answer]
    in_place: tuple[Item, ...]
    to_ask: tuple[Item, ...]
    begin: tuple[Item, ...]
    later: tuple[Item, ...]
    not_answered: tuple[Item, ...]
    not_for_me: tuple[Item, ...]


def self_check(answers: Mapping[str, Answer]) -> SelfCheck:
    """The page for these answers, by the id of the question. The first steps are chosen as `ORDER` says."""
    missing = [
        item
        for answer in (Answer.NO, Answer.PARTLY)
        for side in (Side.ME, Side.ORGANISATION)
        for item in ITEMS
        if (item.side, answers.get(item.id)) == (side, answer)
    ]
    begin = tuple(missing[:MAX_FIRST_STEPS])
    return SelfCheck(
        answers=answers,
        in_place=_answered(answers, Answer.YES),
        to_ask=tuple(item for item in ITEMS if item in missing and item.side is Side.ORGANISATION),
        begin=begin,
        later=tuple(item for item in ITEMS if item in missing and item.side is Side.ME and item not in begin),
        not_answered=_answered(answers, None),
        not_for_me=_answered(answers, Answer.NOT_FOR_ME),
    )


def _answered(answers: Mapping[str, Answer], answer: Answer | None) -> tuple[Item, ...]:
    return tuple(item for item in ITEMS if answers.get(item.id) is answer)

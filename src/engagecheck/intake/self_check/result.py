"""What follows from one person's answers to the checklist for medical leaders."""

from collections.abc import Mapping
from enum import StrEnum

from attrs import frozen

from engagecheck.intake.self_check.items import ITEMS, Item, Side


class Answer(StrEnum):
    """The answer to one question. A question that is skipped has none."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    NOT_FOR_ME = "does not apply to me"


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

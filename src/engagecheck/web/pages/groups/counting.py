"""Answers become counts, and counts become what the command line makes of the same answers. Nothing is kept of a person."""

import secrets
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.db.models import F

from engagecheck.errors import InputRefused
from engagecheck.intake.importers import views
from engagecheck.intake.importers.views import Answers, perceptions
from engagecheck.intake.merge import IMPORTED, merge
from engagecheck.model.questionnaire import GROUPS, ITEMS, LEAST
from engagecheck.rules.importer import Imported
from engagecheck.web.answers.saving import problems
from engagecheck.web.models import Assessment, Code, Count, Survey

HIGHEST = 10
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_PARTS, _LENGTH = 3, 5
_ANY = ""
"""Stands for the item of the count of all who answered."""
UNKNOWN_CODE = "this code is not known, or was used already"


def open_survey(assessment: Assessment, on: str, invited: Mapping[str, int]) -> dict[str, list[str]]:
    """Open a questionnaire. Returns the codes of each group, which are kept nowhere. A group under ten gets none."""
    survey = Survey.objects.create(assessment=assessment, on=on, invited=dict(invited))
    codes = {group: [_code() for _ in range(count)] for group, count in invited.items() if count >= LEAST}
    made = [Code(digest=digest_of(one), survey=survey, group=group) for group, own in codes.items() for one in own]
    Code.objects.bulk_create(sorted(made, key=lambda one: str(one.digest)))
    places = [(item.id, answer) for item in ITEMS for answer in range(HIGHEST + 1)] + [(_ANY, 0)]
    Count.objects.bulk_create(
        Count(survey=survey, group=group, item=item, answer=answer) for group in codes for item, answer in places
    )
    return codes


def _code() -> str:
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(_LENGTH)) for _ in range(_PARTS))


def digest_of(code: str) -> str:
    """The digest of a code as a person types it: in any case, with or without the hyphens."""
    return sha256("".join(one for one in code.upper() if one.isalnum()).encode()).hexdigest()


def count_in(code: str, answers: Mapping[str, int]) -> None:
    """Raise the counts by one person's answers, and delete the code, in one transaction.

    Raises `InputRefused` for a code that is not known, or was used.
    """
    with transaction.atomic():
        found = Code.objects.filter(digest=digest_of(code)).values_list("survey", "group").first()
        if found is None:
            raise InputRefused([UNKNOWN_CODE])
        survey, group = found
        # Whoever answers or closes holds this row, so that a code counts once, and no answer comes after the sum.
        held = Survey.objects.select_for_update().filter(pk=survey).first()
        if held is None or not Code.objects.filter(digest=digest_of(code)).delete()[0]:
            raise InputRefused([UNKNOWN_CODE])
        counts = Count.objects.filter(survey=held, group=group)
        counts.filter(item=_ANY).update(people=F("people") + 1)
        for item, answer in answers.items():
            counts.filter(item=item, answer=answer).update(people=F("people") + 1)


def refused_at_closing(profile: Mapping[str, Any], on: str, invited: Mapping[str, int]) -> dict[str, str]:
    """By the field of the form, why the results of a questionnaire of this date and these groups could not be stored."""
    stated = {"on": on, **{group: {"invited": count} for group, count in invited.items()}}
    found = [(one.pointer.split("/"), one.message) for one in problems({**profile, "perceptions": stated})]
    return {steps[2]: message for steps, message in found if steps[1] == "perceptions" and len(steps) > 2}


def closed(survey: Survey, profile: Mapping[str, Any]) -> dict[str, Any] | None:
    """The profile with what the questionnaire came to, suppressed as on the command line; `None` if nobody answered.

    The questionnaire is deleted, in the transaction that holds it.
    """
    counts = list(Count.objects.filter(survey=survey, people__gt=0))
    people = {group: list(_people(counts, group)) for group in survey.invited}
    on, invited = survey.on, survey.invited
    survey.delete()
    if not any(people.values()):
        return None
    source = views.answers
    evidence = {
        "id": f"{source.name}-{on}",
        "title": source.title,
        "kind": source.kind,
        "publisher": source.publisher,
        "effective": on,
        "assurance": "documented",
        "reference": "counted in the workplace, summed up by group",
    }
    facts = {"perceptions": {"on": on, **perceptions(people, invited)}}
    return merge(profile, Imported("", facts, on), evidence, IMPORTED, source.whole).document


def _people(counts: list[Count], group: str) -> Iterator[Answers]:
    """As many people as answered, with the answers to each item handed out in any order.

    Which answers belong to one person is not kept, and nothing that is published depends on it.
    """
    own = [one for one in counts if one.group == group]
    values = {item.id: [one.answer for one in own if one.item == item.id for _ in range(one.people)] for item in ITEMS}
    for number in range(sum(one.people for one in own if one.item == _ANY)):
        yield {item: float(given[number]) for item, given in values.items() if number < len(given)}


def invited_in(texts: Mapping[str, str]) -> tuple[dict[str, int], dict[str, str]]:
    """How many of each group are invited, from the texts of a form, and by group what is wrong with them."""
    invited, faults = {}, {}
    for group in GROUPS:
        text = texts.get(group, "")
        if text and not (text.isascii() and text.isdecimal() and len(text) <= 5):
            faults[group] = f"{text}: enter a whole number, such as 120"
        elif int(text or 0):
            invited[group] = int(text)
    if not faults and not any(count >= LEAST for count in invited.values()):
        faults[next(iter(GROUPS))] = f"invite at least {LEAST} people of one group: smaller groups get no codes"
    return invited, faults

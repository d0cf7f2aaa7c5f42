"""What is typed becomes part of the document, or is kept as typed next to it.

The stored document is always a valid profile. A text that cannot be read, or an answer that would make the profile invalid,
stays next to it under its address, and is tried again with every later change.
"""

import copy
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from msgspec import Struct

from engagecheck.intake.checks import check
from engagecheck.intake.edit import confirm
from engagecheck.intake.plausibility import Complaint
from engagecheck.intake.questions import Question
from engagecheck.intake.questions.kinds import NotAnAnswer
from engagecheck.intake.validation import complaints
from engagecheck.model.schema import schema, validator
from engagecheck.web.answers.places import (
    NOTHING,
    WITHHELD,
    address_of,
    holder_of,
    marked_as,
    plain,
    put,
    question_at,
    value_at,
)

Json = Any
BEGINNING = ("organisation/name", "organisation/type", "organisation/country", "as_of")
"""What every profile needs."""
_NEEDED = "this is always needed"


class Change(Struct, frozen=True):
    """A text that a person typed at an address, and the text that stood there when the person began."""

    address: str
    text: str
    was: str


class Conflict(Struct, frozen=True):
    """Two texts for one address: what another person saved meanwhile, and what this person typed."""

    address: str
    theirs: str
    yours: str


class Kept(Struct, frozen=True):
    """What is kept of an assessment: its stored document, and by address the texts that failed a check."""

    document: dict[str, Json]
    typed: dict[str, str]


class Saved(Struct, frozen=True):
    """What is kept after a save, and the changes that were not made because another person was quicker."""

    kept: Kept
    conflicts: tuple[Conflict, ...]


def text_at(kept: Kept, address: str) -> str:
    """What stands at an address, as a person types it. Empty if nothing is known."""
    if address in kept.typed:
        return kept.typed[address]
    value = value_at(kept.document, address)
    return "" if value is NOTHING else as_sent(question_at(address).show(value))


def exists(kept: Kept, address: str) -> bool:
    """Whether anything is known or typed at or below an address."""
    return value_at(kept.document, address) is not NOTHING or any(one.startswith(f"{address}/") for one in kept.typed)


def as_sent(text: str) -> str:
    """A text with the line breaks that everything here has. A browser sends them in its own way."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def begun(texts: Mapping[str, str]) -> tuple[dict[str, Json], dict[str, str]]:
    """A new document from the answers that every profile needs, and by address what is wrong with any of them."""
    document: dict[str, Json] = {"$schema": schema("profile")["$id"]}
    faults = {}
    for address in BEGINNING:
        try:
            value = question_at(address).read(texts.get(address, ""))
        except NotAnAnswer as error:
            faults[address] = str(error)
            continue
        if value is None:
            faults[address] = _NEEDED
        put(document, address, value)
    for one in () if faults else problems(document):
        faults.setdefault(address_of(document, one.pointer), one.message)
    return document, faults


def save(kept: Kept, changes: Iterable[Change]) -> Saved:
    """Make the changes that do not conflict with what others saved. Raises `KeyError` for an address without a question."""
    document, typed, conflicts = copy.deepcopy(kept.document), dict(kept.typed), []
    for change in changes:
        question = question_at(change.address)
        if not question.is_leaf:
            raise KeyError(change.address)
        current = text_at(kept, change.address)
        if any(_alike(question, change.text, one) for one in (change.was, current)):
            continue
        if current != change.was:
            conflicts.append(Conflict(change.address, current, change.text))
            continue
        typed[change.address] = change.text
        confirm(document, f"/{change.address}")
    return Saved(_settled(document, typed), tuple(conflicts))


def _alike(question: Question, one: str, other: str) -> bool:
    """Whether two texts are the same, or say the same in two ways: 2/3/24 and 2 March 2024."""
    if one == other:
        return True
    try:
        return bool(question.read(one) == question.read(other))
    except NotAnAnswer:
        return False


def remove(kept: Kept, address: str) -> Kept:
    """Without an entry, and without what was typed in it. What was typed elsewhere is tried again.

    Raises `NotAnAnswer` if the rest would not be a valid profile without it.
    """
    document = copy.deepcopy(kept.document)
    put(document, address, None)
    if found := problems(document):
        raise NotAnAnswer(found[0].message)
    confirm(document, f"/{address}")
    return _settled(document, {one: text for one, text in kept.typed.items() if not one.startswith(f"{address}/")})


def bring(kept: Kept, profile: Mapping[str, Json], whole: Collection[str]) -> tuple[Kept, dict[str, str]]:
    """What is kept once a profile takes the place of the document, and by address the texts in error that end with it.

    A text ends where the profile states something new, and in a section that is replaced as a `whole`. Others are tried again.
    """
    document, ended = marked_as(profile, kept.document), {}
    for address, text in kept.typed.items():
        stated = value_at(document, address)
        is_new = stated is not NOTHING and stated != value_at(kept.document, address)
        if is_new or address.partition("/")[0] in whole:
            ended[address] = text
    return _settled(document, {one: text for one, text in kept.typed.items() if one not in ended}), ended


def fault_at(kept: Kept, address: str) -> str:
    """What is wrong with the text that is kept as typed at an address, in one sentence."""
    question, text = question_at(address), kept.typed[address]
    try:
        value = question.read(text)
    except NotAnAnswer as error:
        return str(error)
    if complaint := "" if value is None or not question.schema else question.complaint(value):
        return complaint
    if f"/{WITHHELD}/" in address and value_at(kept.document, address.replace(f"/{WITHHELD}/", "/")) is not NOTHING:
        return "the question is answered; empty the answer, or leave out this reason"
    found = problems(_with(kept.document, {address: value}))
    ours = [one for one in found if one.wanted and address_of(kept.document, one.wanted) == address]
    if ours or (value is None and found):
        return _NEEDED
    missing = [title for one in found if one.wanted and (title := _title(one.wanted))]
    if missing:
        return f"this counts as soon as these are answered too: {', '.join(missing)}"
    return found[0].message if found else "this does not go with another answer that is in error"


def problems(document: Mapping[str, Json]) -> list[Complaint]:
    """What makes a stored document an invalid profile. The pointers are those of the profile."""
    profile = plain(document)
    found = list(check(profile).complaints)
    if not validator("profile").is_valid(profile):
        found += complaints(profile, schema("profile"))
    return found


def _title(pointer: str) -> str:
    """The title of a missing fact. Its entry may have a position and no id, which is all the same for its title."""
    steps = ["e" + "0" * 12 if step.isdecimal() else step for step in pointer[1:].split("/") if step != "entries"]
    try:
        return question_at("/".join(steps)).title
    except KeyError:
        return ""


def _settled(document: dict[str, Json], typed: dict[str, str]) -> Kept:
    """Take over what can be taken over, until nothing more can. An old answer does not stay under a new one in error."""
    before = -1
    while len(typed) != before:
        before = len(typed)
        for holder in dict.fromkeys(map(holder_of, typed)):
            document = _taken_over(document, typed, holder)
    for address in typed:
        if value_at(document, address) is not NOTHING and not problems(without := _with(document, {address: None})):
            document = without
    return Kept(document, typed)


def _taken_over(document: dict[str, Json], typed: dict[str, str], holder: str) -> dict[str, Json]:
    """The document with as many of the typed answers of one holder as go together. They leave `typed`."""
    values = dict(_readable({one: text for one, text in typed.items() if holder_of(one) == holder}))
    together = dict(values)
    while together:
        trial = _with(document, together)
        found = problems(trial)
        if not found:
            break
        refused = {address_of(trial, one.pointer) for one in found}
        if not refused.intersection(together):
            together = {}
        together = {one: value for one, value in together.items() if one not in refused}
    if together:
        document = trial
    for address, value in values.items():
        if address not in together:
            trial = _with(document, {address: value})
            if problems(trial):
                continue
            document = trial
        del typed[address]
    return document


def _readable(typed: Mapping[str, str]) -> Iterator[tuple[str, Json]]:
    for address, text in typed.items():
        try:
            yield address, question_at(address).read(text)
        except NotAnAnswer:
            continue


def _with(document: Mapping[str, Json], values: Mapping[str, Json]) -> dict[str, Json]:
    changed = copy.deepcopy(dict(document))
    for address, value in values.items():
        put(changed, address, value)
    return changed

"""Places in a stored document, by addresses that stay the same when entries come and go.

An address is the names of the questions on the way, with a slash between them. An entry of a list goes by its id, never by its
position: "leadership/non_executives/e5f0…/role". The entry itself holds its id under `MARK`. It is no part of the profile.
"""

import copy
import re
import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from attrs import evolve

from engagecheck.intake.questions import Question, all_questions, still_so
from engagecheck.intake.questions.kinds import Kind

Json = Any
MARK = "#"
NOTHING = object()
"""Stands for a fact that a document does not state."""
CITES, WITHHELD, STILL = "evidence_for", "withheld", "last_year"
_ID = re.compile(r"e[0-9a-f]{12}")
_NOTES = {
    CITES: (Kind.IDS, "Which evidence shows this?", "Short references from the evidence register, separated by commas."),
    WITHHELD: (
        Kind.TEXT,
        "Why is this withheld?",
        "Only where the answer is known and may not be given. It counts as not shown, and the reason is printed.",
    ),
}


def new_id() -> str:
    """An id for a new entry."""
    return f"e{secrets.token_hex(6)}"


def marked(value: Json, question: Question | None = None) -> Json:
    """A copy of a profile's document with an id in each entry of its lists, as it is stored."""
    if question is None:
        known = {one.name: one for one in all_questions()}
        return {name: marked(part, known[name]) if name in known else copy.deepcopy(part) for name, part in value.items()}
    if question.kind is Kind.REGISTER:
        return [_marked_entry(one, question) for one in value]
    if question.kind is Kind.MAPPING:
        return {name: _marked_group(part, question) for name, part in value.items()}
    if question.kind is Kind.LIST:
        entries = {"entries": [_marked_entry(one, question) for one in value["entries"]]} if "entries" in value else {}
        return {**copy.deepcopy(dict(value)), **entries}
    return _marked_group(value, question) if question.kind is Kind.GROUP else copy.deepcopy(value)


def _marked_entry(entry: Mapping[str, Json], question: Question) -> Json:
    return {MARK: new_id(), **_marked_group(entry, question)}


def _marked_group(group: Mapping[str, Json], question: Question) -> Json:
    known = {one.name: one for one in question.parts}
    return {name: marked(part, known[name]) if name in known else copy.deepcopy(part) for name, part in group.items()}


def marked_as(profile: Json, before: Json) -> Json:
    """A profile's document as it is stored. Entries that were there `before` keep their ids: merging adds others below."""
    after = marked(profile)
    _take_ids(after, before)
    return after


def _take_ids(after: Json, before: Json) -> None:
    if isinstance(after, dict) and isinstance(before, dict):
        for name in after.keys() & before.keys():
            if name == MARK:
                after[MARK] = before[MARK]
            _take_ids(after[name], before[name])
    elif isinstance(after, list) and isinstance(before, list):
        # Evidence goes by its short reference, because its files do; any other entry by its place.
        named = {one["id"]: one for one in before if isinstance(one, dict) and "id" in one}
        for place, one in enumerate(after):
            if isinstance(one, dict) and "id" in one:
                _take_ids(one, named.get(one["id"]))
            elif place < len(before):
                _take_ids(one, before[place])


def plain(value: Json) -> Json:
    """A copy of a stored document as a profile, without the ids of its entries."""
    if isinstance(value, dict):
        return {name: plain(part) for name, part in value.items() if name != MARK}
    return [plain(part) for part in value] if isinstance(value, list) else value


def question_at(address: str) -> Question:
    """The question at an address. That of an entry is a group. Raises `KeyError` if no question is there."""
    first, *steps = address.split("/")
    if first == STILL:
        question_at("/".join(steps))
        return evolve(still_so(), needed=False)
    question = next((one for one in all_questions() if one.name == first), None)
    if question is None:
        raise KeyError(address)
    while steps:
        step = steps.pop(0)
        if step in _NOTES and question.can_withhold and steps:
            return _note_on(question.part(steps.pop(0)), step) if len(steps) == 1 else _refuse(address)
        if question.kind is Kind.GROUP or step in (one.name for one in question.about):
            question = question.part(step)
        elif question.is_leaf or not is_entry(question, step):
            raise KeyError(address)
        else:
            question = evolve(question, kind=Kind.GROUP, name=step, about=(), can_withhold=False)
    return question


def _refuse(address: str) -> Question:
    raise KeyError(address)


def _note_on(fact: Question, name: str) -> Question:
    kind, text, words = _NOTES[name]
    return Question(name, kind, f"{fact.title}: {text}", text, words, "", "", False, {})


def is_entry(question: Question, step: str) -> bool:
    """Whether a step can name an entry of a list, a register or a mapping."""
    return step in question.schema.get("x-keys", ()) if question.kind is Kind.MAPPING else bool(_ID.fullmatch(step))


def holder_of(address: str) -> str:
    """The address of the group, list or entry that holds a fact. That of a note on a fact is the section."""
    holder = address.rpartition("/")[0]
    return holder.rpartition("/")[0] if holder.endswith((f"/{CITES}", f"/{WITHHELD}")) else holder


def value_at(document: Json, address: str) -> Json:
    """The value at an address, or `NOTHING`."""
    if address.startswith(f"{STILL}/"):
        carried = document.get("last_year", {}).get("carried", {})
        return carried.get(address.removeprefix(STILL), NOTHING)
    for step in address.split("/"):
        document = _member(document, step)
    return document


def _member(holder: Json, step: str) -> Json:
    if isinstance(holder, dict) and step in holder:
        return holder[step]
    entries = holder.get("entries", ()) if isinstance(holder, dict) else holder if isinstance(holder, list) else ()
    return next((one for one in entries if one[MARK] == step), NOTHING)


def put(document: Json, address: str, value: Json) -> None:
    """Set the value at an address of a stored document, with the groups and the entry around it. `None` takes it away."""
    if address.startswith(f"{STILL}/"):
        carried, pointer = document.get("last_year", {}).get("carried", {}), address.removeprefix(STILL)
        if value is not None and pointer in carried:
            carried[pointer] = value
    elif value is None:
        _take(document, address.split("/"))
    else:
        _put(document, address.split("/"), value, ())


def _put(holder: Json, steps: Sequence[str], value: Json, before: tuple[str, ...]) -> None:
    step, *rest = steps
    if not rest:
        holder[step] = value
        return
    inside = _member(holder, step)
    if inside is NOTHING:
        inside = _made(holder, step, "/".join((*before, step)))
    _put(inside, rest, value, (*before, step))


def _made(holder: Json, step: str, address: str) -> Json:
    """A new group, list or entry under a step."""
    if _ID.fullmatch(step):
        entries = holder if isinstance(holder, list) else holder.setdefault("entries", [])
        entries.append({MARK: step})
        return entries[-1]
    is_note = step in _NOTES
    holder[step] = [] if not is_note and question_at(address).kind is Kind.REGISTER else {}
    return holder[step]


def _take(holder: Json, steps: Sequence[str]) -> None:
    """Take a value away, and each group, list or register that is empty then. An entry stays until it is removed itself."""
    step, *rest = steps
    inside = _member(holder, step)
    if inside is NOTHING:
        return
    if rest:
        _take(inside, rest)
    if not rest or inside in ({}, []):
        _drop(holder, step, inside)


def _drop(holder: Json, step: str, inside: Json) -> None:
    if isinstance(holder, dict) and step in holder:
        del holder[step]
        return
    entries = holder if isinstance(holder, list) else holder["entries"]
    entries.remove(inside)
    if not entries and isinstance(holder, dict):
        del holder["entries"]


def address_of(document: Json, pointer: str) -> str:
    """The address of a place that a complaint names by its JSON Pointer."""
    address: list[str] = []
    for step in pointer[1:].split("/"):
        if isinstance(document, list) and step.isdecimal() and int(step) < len(document):
            document = document[int(step)]
            step = document[MARK] if isinstance(document, dict) and MARK in document else step
        elif isinstance(document, dict):
            document = document.get(step)
        if step != "entries":
            address.append(step)
    return "/".join(address)

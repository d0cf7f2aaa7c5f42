"""From what is kept to a page of questions: which blocks it has, with which fields and entries."""

import json
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Any

from attrs import evolve, frozen

from engagecheck.intake.questions import ECHOED, NO, YES, Question, all_questions
from engagecheck.intake.questions.asked import has_entries, is_asked
from engagecheck.intake.questions.kinds import Kind, NotAnAnswer
from engagecheck.model.labels import day
from engagecheck.web.answers.places import (
    CITES,
    MARK,
    NOTHING,
    STILL,
    WITHHELD,
    holder_of,
    is_entry,
    new_id,
    question_at,
    value_at,
)
from engagecheck.web.answers.saving import Kept, fault_at, text_at
from engagecheck.web.answers.shown import Block, Entry, Field, Page

Json = Any
BESIDE = ("note", "evidence", "answered_by")
"""What a block asks for below its answers, out of the way."""
UNKNOWN = "I do not know"
_NO_YEARS = ("as_of", "note", "evidence", "accepted_gaps", "attestations", "sign_off")
"""What is no fact about the organisation, and so has no answer of an earlier year."""
_NAMING = (Kind.TEXT, Kind.CHOICE, Kind.DATE, Kind.DAY, Kind.VALUE)
_LABELS = 4
"""How many answers of an entry make up its name."""


def page_at(
    kept: Kept, address: str, texts: Mapping[str, str] | None = None, earlier: Mapping[str, Json] | None = None
) -> Page:
    """The page of a section, a register or an entry. `texts` are shown in place of what is kept, and are not saved yet.

    `earlier` is the document of an earlier year, whose answers stand beside the questions.

    Raises `KeyError` if no page has this address.
    """
    question = question_at(address)
    make = _Maker(kept, texts or {}, earlier or {})
    if address == "organisation":
        day, note = (make.block(question_at(name), name, 3) for name in ("as_of", "note"))
        blocks = [day, *make.parts(question, address, 3), note]
    elif question.kind is Kind.GROUP and "/" in address and question.name != address.rpartition("/")[2]:
        raise KeyError(address)
    elif question.kind is Kind.GROUP and ("/" not in address or is_entry_page(address)):
        blocks = make.parts(question, address, 3)
    elif question.kind is Kind.REGISTER:
        blocks = [make.block(question, address, 3)]
    else:
        raise KeyError(address)
    title = question.title if "/" not in address else f"{question.title}: {label_of(kept, address) or 'a new entry'}"
    return Page(kept, address, question, title, tuple(blocks))


def above(address: str) -> str:
    """The address of the page that leads to the page at an address."""
    holder = address.rpartition("/")[0]
    while "/" in holder and not is_entry_page(holder):
        holder = holder.rpartition("/")[0]
    return holder


def is_on_page(page: str, address: str) -> bool:
    """Whether the page at one address asks the question at another."""
    address = address.removeprefix(f"{STILL}/")
    return address.startswith(f"{page}/") or (page == "organisation" and address in ("as_of", "note"))


def is_entry_page(address: str) -> bool:
    """Whether an entry of a list can have an address. Raises `KeyError` if nothing can."""
    holder, _, step = address.rpartition("/")
    if not holder:
        return False
    question = question_at(holder)
    return question.kind in (Kind.LIST, Kind.REGISTER, Kind.MAPPING) and is_entry(question, step)


def label_of(kept: Kept, address: str) -> str:
    """What an entry is called: its first answers. Empty for an entry that holds nothing yet."""
    holder, _, step = address.rpartition("/")
    if question_at(holder).kind is Kind.MAPPING:
        return step
    parts = question_at(address).parts
    names = [part.name for part in parts if part.kind in _NAMING and part.name not in BESIDE]
    texts = [text for name in names if (text := text_at(kept, f"{address}/{name}"))]
    return ", ".join(texts[:_LABELS])


def top_pages() -> Sequence[Question]:
    """The questions that have a page of their own, in the order of the form."""
    return [one for one in all_questions() if not one.is_leaf]


@frozen
class _Maker:
    kept: Kept
    texts: Mapping[str, str]
    earlier: Mapping[str, Json]

    def parts(self, question: Question, address: str, level: int) -> list[Block]:
        """The blocks of a section or an entry, with what is next to it as the last of them."""
        blocks = [
            self.block(part, f"{address}/{part.name}", level, of=question if question.can_withhold else None)
            for part in question.parts
            if part.name not in BESIDE
        ]
        rest = [self.block(part, f"{address}/{part.name}", level + 1) for part in question.parts if part.name in BESIDE]
        if not question.can_withhold:
            return [*blocks, *rest]
        whole = evolve(question, title="This section as a whole", help="", found_in="")
        return [*blocks, Block(address, whole, level, is_asked=True, blocks=tuple(rest))]

    def block(self, question: Question, address: str, level: int, of: Question | None = None) -> Block:
        """A question with all that belongs to it. `of` is the section, if its facts can be withheld."""
        group = value_at(self.kept.document, address.rpartition("/")[0]) if "/" in address else self.kept.document
        asked = is_asked(question, self.kept.document, group if isinstance(group, dict) else {})
        notes = [address.replace(f"{of.name}/", f"{of.name}/{name}/", 1) for name in (CITES, WITHHELD)] if of else []
        if question.is_leaf:
            beside = tuple(map(self.field, notes))
            leaf = evolve(self.field(address), last_year=self.last_year(question, address))
            stays = bool(leaf.text)
            return Block(address, question, level, asked, stays, leaf, beside=beside, still=self.still(address))
        own = question.parts if question.kind is Kind.GROUP else question.about
        blocks = tuple(self.block(part, f"{address}/{part.name}", level + 1) for part in own if part.name not in BESIDE)
        names = [f"{address}/{part.name}" for part in own if part.name in BESIDE]
        beside = tuple(self.field(one) for one in (*names, *notes[1:]))
        value = value_at(self.kept.document, address)
        stays = value is not NOTHING or any(one.startswith(f"{address}/") for one in self.kept.typed)
        is_list = question.kind is not Kind.GROUP
        entries = tuple(self.entries(question, address)) if is_list else None
        new = f"{address}/{new_id()}" if is_list and question.kind is not Kind.MAPPING and has_entries(value) else ""
        return Block(address, question, level, asked, stays, None, blocks, beside, self.still(address), entries, new)

    def entries(self, question: Question, address: str) -> Iterator[Entry]:
        """The entries of a list, and those that are not counted because something in them still fails a check."""
        value = value_at(self.kept.document, address)
        held = value.get("entries", ()) if isinstance(value, dict) else () if value is NOTHING else value
        names = [one[MARK] for one in held]
        if question.kind is Kind.MAPPING:
            held, names = (value if isinstance(value, dict) else {}), list(question.schema.get("x-keys", ()))
        below = [one.removeprefix(f"{address}/").split("/")[0] for one in self.kept.typed if one.startswith(f"{address}/")]
        for name in dict.fromkeys((*names, *(one for one in below if is_entry(question, one)))):
            at = f"{address}/{name}"
            is_counted = name in held if question.kind is Kind.MAPPING else name in names
            yield Entry(at, label_of(self.kept, at) or "nothing is said yet", is_counted, below.count(name))

    def still(self, address: str) -> Field | None:
        """The question whether an answer of last year is still right, if this one was taken over."""
        at = f"{STILL}/{address}"
        return None if value_at(self.kept.document, at) is NOTHING else self.field(at)

    def field(self, address: str) -> Field:
        """The field of a question that one text answers."""
        question, was = question_at(address), text_at(self.kept, address)
        fault = fault_at(self.kept, address) if address in self.kept.typed else ""
        text = self.texts.get(address, was)
        around = question_at(holder_of(address)).found_in if "/" in address and question.found_in else ""
        found_in = question.found_in if question.found_in != around else ""
        return Field(address, question, text, was, fault, _echo(question, text), "", found_in, _options(question, text))

    def last_year(self, question: Question, address: str) -> str:
        """The answer of an earlier year, in words: of the earlier document, or as this one was begun from it."""
        if address.partition("/")[0] in _NO_YEARS or question.name in BESIDE:
            return ""
        begun_from = self.kept.document.get("last_year", {})
        value = value_at(self.earlier, address)
        if value is NOTHING and f"/{address}" in begun_from.get("figures", {}):
            value, as_of = begun_from["figures"][f"/{address}"], begun_from["as_of"]
        elif value is not NOTHING:
            as_of = self.earlier["as_of"]
        return "" if value is NOTHING else f"On {day(as_of)}: {question.show(value)}."


def _options(question: Question, text: str) -> tuple[tuple[str, str], ...]:
    if question.kind is Kind.YES_NO:
        return ((YES, YES), (NO, NO), ("", UNKNOWN))
    if not question.answers:
        return ()
    labels = list(question.answers.values())
    none = [] if question.name == "carried" else [("", "Choose one" if question.needed else UNKNOWN)]
    return (*none, *((one, one) for one in (labels if text in ("", *labels) else [*labels, text])))


def _echo(question: Question, text: str) -> str:
    """How a typed text was understood, if it reads otherwise."""
    if question.kind not in ECHOED or not text:
        return ""
    try:
        shown = question.show(question.read(text))
    except NotAnAnswer:
        return ""
    return f"Understood as {shown}" if shown != text else ""


def state_of(kept: Kept, address: str) -> str:
    """A digest of an entry with what was typed in it, so that a change of either can be seen."""
    value = value_at(kept.document, address)
    typed = {one: text for one, text in kept.typed.items() if one.startswith(f"{address}/")}
    state = [None if value is NOTHING else value, typed]
    return sha256(json.dumps(state, sort_keys=True).encode()).hexdigest()


def field_for(address: str, text: str, fault: str) -> Field:
    """A field of a document that is not there yet."""
    question = question_at(address)
    return Field(address, question, text, "", fault, options=_options(question, text))

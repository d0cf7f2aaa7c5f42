"""Checks that no schema can express, in one walk: totals, duplicates, ids of evidence, dates, facts both withheld and stated.

The same walk collects the evidence and the reasons for withholding. `load` and `explain` therefore use the same checks.
The walk tolerates whatever the schema refuses.
"""

import math
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any

from msgspec import Struct, field

from engagecheck.intake import plausibility
from engagecheck.intake.plausibility import Complaint, against_calendar, against_period, parsed_day
from engagecheck.model.profile import is_fact
from engagecheck.model.schema import NOT_FACTS, did_you_mean, pointer_step, quoted, resolved, schema

Json = Any
NOT_AUDITED = "general_practice"
"""The type of organisation that the schema allows only so that the message below can explain why it is not audited."""
NOT_FOR_PRACTICES = (
    "engagecheck is made for organisations with a board and employed doctors; "
    "most questions do not arise in a general practice, so general practices are not audited"
)
DATE_FORMATS = ("day", "past-date", "any-date", "past-year")
"""The formats of dates in the schemas: a day; a day or month, not after the profile's date or any; also a year."""
MAX_DEPTH = 40
MAX_DIGITS = 40


class Shape(Struct, frozen=True):
    """The facts about one part of a schema that the walk needs.

    `dates` has the format of each date and the words that may stand in its place. `periods` has, for the last day of a
    period, its first day and the most months between the two. `facts` are the names that may be withheld here. `has_total`
    says whether the part is a list or count with a total.
    """

    parts: Mapping[str, "Shape"]
    members: "Shape | None"
    dates: Mapping[str, tuple[str, tuple[str, ...]]]
    periods: Mapping[str, tuple[str, int]]
    facts: tuple[str, ...]
    has_total: bool


class Checked(Struct):
    """The result of a walk: complaints, and the cited evidence and reasons for withholding by JSON Pointer."""

    complaints: list[Complaint] = field(default_factory=list)
    cited: dict[str, tuple[str, ...]] = field(default_factory=dict)
    withheld: dict[str, str] = field(default_factory=dict)


def check(document: Json, name: str = "profile") -> Checked:
    """Check a document against what its published schema cannot express. `name` is the name of that schema."""
    checked = Checked()
    if not isinstance(document, dict):
        return checked
    register = document.get("evidence")
    items = [item for item in register if isinstance(item, dict)] if isinstance(register, list) else []
    checked.complaints += repeated_ids(items, "/evidence", "evidence register")
    organisation = document.get("organisation")
    if isinstance(organisation, dict) and organisation.get("type") == NOT_AUDITED:
        checked.complaints.append(Complaint("/organisation/type", NOT_FOR_PRACTICES))
    known = [str(item["id"]) for item in items if "id" in item]
    walk = _Walk(checked, parsed_day(document.get("as_of")), known)
    walk.into(document, shape_of(name), "")
    if name == "profile":
        checked.complaints += plausibility.complaints(document)
    checked.complaints += _against_marks(document.get("not_for_publication"), of_profile=name == "profile")
    extensions = document.get("extensions")
    if isinstance(extensions, dict):
        for name, part in extensions.items():
            walk.into_extension(part, f"/extensions/{pointer_step(name)}", 2)
    return checked


@cache
def shape_of(name: str) -> Shape:
    """The shape of the published schema with this name."""
    root = schema(name)
    return _shape(root, root)


def _shape(part: Mapping[str, Json], root: Mapping[str, Json]) -> Shape:
    part = resolved(part, root)
    named = {one: resolved(member, root) for one, member in part.get("properties", {}).items()}
    dates = {
        one: (member["x-date"], tuple(member.get("x-words", ())))
        for one, member in named.items()
        if member.get("x-date") in DATE_FORMATS
    }
    groups = {
        one: _shape(member, root)
        for one, member in named.items()
        if one not in NOT_FACTS and member.get("type") in ("object", "array") and one != "extensions"
    }
    if "evidence" in named and "id" in resolved(named["evidence"].get("items", {}), root).get("properties", {}):
        groups["evidence"] = _shape(named["evidence"], root)  # the evidence register, not a list of cited ids
    members = part.get("items", part.get("additionalProperties"))
    periods = {one: (member["x-after"], member["x-most-months"]) for one, member in named.items() if "x-after" in member}
    return Shape(
        groups,
        _shape(members, root) if isinstance(members, dict) else None,
        dates,
        periods,
        tuple(one for one in named if one not in NOT_FACTS) if "withheld" in named else (),
        "of" in named,
    )


class _Walk(Struct, frozen=True):
    """One walk over a document."""

    checked: Checked
    as_of: date | None
    known: list[str]

    def into(self, value: Json, shape: Shape, pointer: str) -> None:
        """Check a group, a list or a mapping, and everything in it."""
        if isinstance(value, dict):
            for name, (form, words) in shape.dates.items():
                if name in value and value[name] not in words and (message := against_calendar(value[name], form, self.as_of)):
                    self.complain(f"{pointer}/{name}", message)
            for last, (first, months) in shape.periods.items():
                if message := against_period(value.get(first), value.get(last), months):
                    self.complain(f"{pointer}/{last}", message)
            if shape.has_total:
                self.checked.complaints += _against_total(pointer, value)
            if pointer and not _NOTES.isdisjoint(value):
                self.note(value, pointer, shape.facts)
            for name, part in shape.parts.items():
                if name in value:
                    self.into(value[name], part, f"{pointer}/{name}")
            if shape.members is not None:
                for name, member in value.items():
                    self.into(member, shape.members, f"{pointer}/{pointer_step(name)}")
        elif isinstance(value, list) and shape.members is not None:
            for index, item in enumerate(value):
                self.into(item, shape.members, f"{pointer}/{index}")

    def into_extension(self, value: Json, pointer: str, depth: int) -> None:
        """Check a part of an extension, whose schema only its plugin knows."""
        if depth > MAX_DEPTH:
            self.complain(pointer, f"brackets are nested more than {MAX_DEPTH} deep")
        elif isinstance(value, dict):
            if is_listing(value):
                self.checked.complaints += _against_listing(pointer, value, self.as_of)
                self.checked.complaints += _against_total(pointer, value)
                self.checked.complaints += repeated_ids(value["entries"], f"{pointer}/entries", "list")
            self.checked.complaints += _against_notes(pointer, value)
            self.note(value, pointer, ())
            for name, part in value.items():
                if name not in NOT_FACTS:
                    self.into_extension(part, f"{pointer}/{pointer_step(name)}", depth + 1)
        elif isinstance(value, list):
            for index, item in enumerate(value):
                self.into_extension(item, f"{pointer}/{index}", depth + 1)
        elif isinstance(value, int | float) and (not math.isfinite(value) or abs(value) >= 10**MAX_DIGITS):
            self.complain(pointer, f"this number has more than {MAX_DIGITS} digits; enter the figure itself")

    def note(self, value: Mapping[str, Json], pointer: str, facts: tuple[str, ...]) -> None:
        """Record the evidence that a group cites for all or single facts, and its reasons for withholding."""
        if ids := value.get("evidence"):
            self.cite(f"{pointer}/evidence", pointer, ids)
        for name, ids in self.of_facts(value, "evidence_for", pointer, facts):
            step = pointer_step(name)
            self.cite(f"{pointer}/evidence_for/{step}", f"{pointer}/{step}", ids)
        for name, reason in self.of_facts(value, "withheld", pointer, facts):
            step = pointer_step(name)
            self.checked.withheld[f"{pointer}/{step}"] = reason
            if name in value and (name in facts or not facts):
                message = f"{name!r} is both withheld and stated; remove one of the two"
                self.complain(f"{pointer}/withheld/{step}", message, of_name=True)

    def cite(self, where: str, pointer: str, ids: Json) -> None:
        """Record cited ids of evidence, and complain about unknown ones."""
        if not isinstance(ids, list):
            return
        for index, name in enumerate(ids):
            if isinstance(name, str) and name not in self.known:
                hint = did_you_mean(name, self.known) if self.known else "the evidence register is empty"
                self.complain(f"{where}/{index}", f"no evidence has the id {quoted(name)}; {hint}")
        if ids:
            self.checked.cited[pointer] = tuple(ids)

    def of_facts(self, value: Mapping[str, Json], key: str, pointer: str, facts: tuple[str, ...]) -> Iterator[tuple[str, Json]]:
        """The notes of a group on single facts, under one key. Complains about any name that is not in `facts`, if given."""
        about = value.get(key)
        if not isinstance(about, dict):
            return
        for name, content in about.items():
            if facts and name not in facts:
                message = f"nothing here is called {name!r}; {did_you_mean(name, facts)}"
                self.complain(f"{pointer}/{key}/{pointer_step(name)}", message, of_name=True)
            yield name, content

    def complain(self, pointer: str, message: str, *, of_name: bool = False) -> None:
        self.checked.complaints.append(Complaint(pointer, message, of_name))


_NOTES = frozenset(("evidence", "evidence_for", "withheld"))
"""The keys of a group that hold notes on its facts."""


def is_listing(value: Mapping[str, Json]) -> bool:
    """Whether a JSON object has the shape of a list in a profile."""
    return isinstance(value.get("entries"), list) and set(value) <= {"of", "entries", "complete_from", *NOT_FACTS}


def _whole(number: Json) -> int | None:
    """A whole number, also if it is written as 2.0. `None` for anything else."""
    if isinstance(number, float) and number.is_integer():
        return int(number)
    return number if isinstance(number, int) and not isinstance(number, bool) else None


def _in_total(count: int) -> str:
    return f"is {count} in total" if count == 1 else f"are {count} in total"


def _against_total(pointer: str, value: Mapping[str, Json]) -> Iterator[Complaint]:
    total, count, entries = _whole(value.get("of")), _whole(value.get("count")), value.get("entries")
    if count is not None and total is not None and count > total:
        yield Complaint(f"{pointer}/count", f"you counted {count} but said there {_in_total(total)}")
    if isinstance(entries, list) and total is not None and len(entries) > total:
        yield Complaint(f"{pointer}/entries", f"you listed {len(entries)} but said there {_in_total(total)}")


def _against_listing(pointer: str, value: Mapping[str, Json], as_of: date | None) -> Iterator[Complaint]:
    """The complaints about a list in an extension. The schema of an extension need not check the shape of its lists."""
    total, since = _whole(value.get("of", 0)), value.get("complete_from", "2000-01")
    if total is None or total < 0:
        yield Complaint(f"{pointer}/of", f"{quoted(value['of'])} is not a whole number of 0 or more")
    if not isinstance(since, str):
        yield Complaint(f"{pointer}/complete_from", f"{quoted(since)} is not a date (write 2023-02 or 2023-02-14)")
    elif message := against_calendar(since, "past-date", as_of):
        yield Complaint(f"{pointer}/complete_from", message)


def _against_notes(pointer: str, value: Mapping[str, Json]) -> Iterator[Complaint]:
    """The complaints about the notes in an extension. They have the same shape as in the profile's own sections."""
    ids = value.get("evidence", [])
    if not isinstance(ids, list) or not all(isinstance(one, str) for one in ids):
        yield Complaint(f"{pointer}/evidence", f"{quoted(ids)} is not a list of ids of evidence")
    cited = value.get("evidence_for", {})
    if not isinstance(cited, dict) or not all(isinstance(one, list) for one in cited.values()):
        yield Complaint(f"{pointer}/evidence_for", f"{quoted(cited)} does not give a list of ids of evidence for each fact")
    reasons = value.get("withheld", {})
    if not isinstance(reasons, dict) or not all(isinstance(one, str) for one in reasons.values()):
        yield Complaint(f"{pointer}/withheld", f"{quoted(reasons)} does not give a reason for each fact")


def repeated_ids(items: list[Json], pointer: str, where: str) -> Iterator[Complaint]:
    """A complaint for each id that is used twice. Entries without an id may be equal, and each counts."""
    seen: set[str] = set()
    for index, item in enumerate(items):
        if isinstance(item, dict) and "id" in item:
            name = str(item["id"])
            if name in seen:
                message = f"the id {quoted(name)} is used twice in the {where}; change one of them"
                yield Complaint(f"{pointer}/{index}/id", message)
            seen.add(name)


_ALWAYS_PUBLISHED = ("/organisation", "/organisation/name", "/organisation/type", "/organisation/country", "/sign_off")
_LISTS = ("/accepted_gaps", "/attestations")
"""What is no fact and may be marked: a public edition then leaves out the texts."""


def _against_marks(pointers: Json, *, of_profile: bool) -> Iterator[Complaint]:
    """Complain about marks that would keep nothing back: a misspelt pointer would publish what it was to protect.

    A report also has marks of entries, those that are private. It never changes, so they stay at their places.
    """
    for index, pointer in enumerate(pointers if isinstance(pointers, list) else ()):
        if not isinstance(pointer, str):
            continue
        whole_list, is_in_entry, _ = pointer.partition("/entries/")
        steps = whole_list.removeprefix("/").split("/")
        if pointer in _ALWAYS_PUBLISHED:
            yield Complaint(f"/not_for_publication/{index}", f"{quoted(pointer)} is always published; remove it from this list")
        elif pointer == "/as_of" or not (pointer in _LISTS or is_fact(".".join(steps))):
            message = f"no fact is at {quoted(pointer)}; write a place like /leadership/clinical_directors"
            yield Complaint(f"/not_for_publication/{index}", message)
        elif is_in_entry and of_profile:
            message = f"{quoted(pointer)} is in a list whose entries may change places; write the whole list, {whole_list}"
            yield Complaint(f"/not_for_publication/{index}", message)

"""Imported facts put into a profile, without overwriting what stands there.

Each difference is noted, and whoever imports says which of the two is kept.
"""

import copy
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from attrs import evolve, field, frozen

from engagecheck.errors import InputRefused, UsageRefused
from engagecheck.intake.questions import Kind, Question, ask_all
from engagecheck.model.labels import plural
from engagecheck.model.schema import resolved, schema
from engagecheck.rules.importer import Imported

Json = Any
ENTERED, IMPORTED = "entered", "imported"


@frozen
class Difference:
    """Where a profile and an import do not agree."""

    pointer: str
    entered: Json
    imported: Json


@frozen
class Merged:
    """A document with what was imported, and the differences; they are settled as `prefer` said, or as entered."""

    document: dict[str, Json]
    differences: tuple[Difference, ...]


def merged(
    document: Mapping[str, Json],
    found: Imported,
    evidence: Mapping[str, Json],
    prefer: str | None = None,
    whole: tuple[str, ...] = (),
) -> Merged:
    """Put what was found into a document, with its evidence wherever it stands. The document given is not changed."""
    result = copy.deepcopy(dict(document))
    facts = copy.deepcopy(dict(found.facts))
    for question in ask_all():
        if question.name in facts:
            _cite(question, facts[question.name], str(evidence["id"]))
    merge = _Merge(prefer, whole)
    for question in ask_all():
        if question.name in facts:
            merge.into(result, question, facts[question.name], "")
    register = result.setdefault("evidence", [])
    if not any(item.get("id") == evidence["id"] for item in register):
        register.append(dict(evidence))
    return Merged(result, tuple(merge.differences))


def _cite(question: Question, value: Json, name: str) -> None:
    """Add the evidence to every group and entry that holds facts, and to the single facts of a section."""
    if question.is_leaf or not isinstance(value, dict):
        return
    if question.kind is Kind.LIST:
        for entry in value.get("entries", []):
            entry["evidence"] = [*entry.get("evidence", []), name]
        return
    leaves = [one.name for one in question.parts if one.is_leaf and one.name in value and one.name not in ("note", "evidence")]
    if question.can_withhold:
        for leaf in leaves:
            value.setdefault("evidence_for", {})[leaf] = [name]
    elif leaves:
        value["evidence"] = [*value.get("evidence", []), name]
        return
    for one in question.parts:
        _cite(one, value.get(one.name), name)


@frozen
class _Merge:
    """Putting facts into a document, one by one, and noting where the two do not agree."""

    prefer: str | None
    whole: tuple[str, ...]
    differences: list[Difference] = field(factory=list)

    def into(self, holder: dict[str, Json], question: Question, value: Json, pointer: str) -> None:
        """Put one fact, group or list where it belongs."""
        where = f"{pointer}/{question.name}"
        withheld = holder.get("withheld", {})
        if question.name in withheld:
            if self._imported(where, f"withheld: {withheld[question.name]}", value):
                del withheld[question.name]
                holder[question.name] = value
        elif question.name not in holder:
            holder[question.name] = value
        elif question.kind is Kind.IDS:
            holder[question.name] = list(dict.fromkeys([*holder[question.name], *value]))
        elif not pointer and question.name in self.whole:
            if holder[question.name] != value and self._imported(where, "filled in already", "all of the file"):
                holder[question.name] = value
        elif question.kind in (Kind.GROUP, Kind.MAPPING):
            self._group(holder[question.name], question, value, where)
        elif question.kind is Kind.LIST:
            self._list(holder[question.name], question, value, where)
        elif holder[question.name] != value and question.name != "note" and self._imported(where, holder[question.name], value):
            holder[question.name] = value

    def _group(self, holder: dict[str, Json], question: Question, value: Mapping[str, Json], where: str) -> None:
        before = dict(holder)
        parts = {one.name: one for one in question.parts}
        for name, member in value.items():
            if question.kind is Kind.MAPPING:
                self.into(holder, evolve(question, name=name, kind=Kind.GROUP), member, where)
            elif name in parts and name != "evidence":
                self.into(holder, parts[name], member, where)
        # Evidence goes to a fact only if the fact is now what the evidence says; what showed another value goes.
        facts = [name for name in value if name in parts and parts[name].is_leaf and name not in ("note", "evidence")]
        if "evidence" in value and all(holder.get(name) == value[name] for name in facts):
            self.into(holder, parts["evidence"], value["evidence"], where)
        for name, ids in value.get("evidence_for", {}).items():
            if holder.get(name) == value[name]:
                cited = holder.setdefault("evidence_for", {})
                kept = cited.get(name, []) if before.get(name) == value[name] else []
                cited[name] = list(dict.fromkeys([*kept, *ids]))

    def _list(self, holder: dict[str, Json], question: Question, value: Mapping[str, Json], where: str) -> None:
        entries = holder.setdefault("entries", [])
        identity = _identity(question)
        known = {tuple(entry.get(name) for name in identity): entry for entry in entries}
        new = []
        for entry in value.get("entries", []):
            same = known.get(tuple(entry.get(name) for name in identity)) if identity else None
            if same is None:
                new.append(entry)
            else:
                self._group(same, question, entry, f"{where}/entries/{entries.index(same)}")
        total = holder.get("of")
        if isinstance(total, int) and len(entries) + len(new) > total:
            if not self._imported(f"{where}/of", total, len(entries) + len(new)):
                return
            holder["of"] = len(entries) + len(new)
        entries.extend(new)

    def _imported(self, pointer: str, entered: Json, imported: Json) -> bool:
        """Note a difference; whether the imported value is to be taken."""
        self.differences.append(Difference(pointer, entered, imported))
        return self.prefer == IMPORTED


def _identity(question: Question) -> list[str]:
    items = resolved(question.schema["properties"]["entries"]["items"], schema("profile"))
    names: list[str] = items.get("x-identity", [])
    return names


def without_total(facts: Mapping[str, Json], document: Mapping[str, Json]) -> Iterator[str]:
    """The lists that got entries and have no stated total, by title: only the organisation can say how many there are."""
    for section in ask_all():
        for question in section.parts if section.can_withhold else ():
            listed = document.get(section.name, {}).get(question.name, {})
            if question.kind is Kind.LIST and question.name in facts.get(section.name, {}) and "of" not in listed:
                yield question.title


def begun(found: Imported, evidence: Mapping[str, Json], as_of: str) -> dict[str, Json]:
    """A new profile for what was found, before its facts are put in."""
    organisation = {**found.organisation, "evidence": [evidence["id"]]}
    return {"$schema": schema("profile")["$id"], "as_of": as_of, "organisation": organisation}


def can_begin(found: Imported) -> bool:
    """Whether a file says enough about an organisation for a profile of its own."""
    return {"name", "type", "country"} <= set(found.organisation)


def chosen(found: Iterable[Imported], code: str | None, file: str) -> list[Imported]:
    """What a file says about one organisation; raises `UsageRefused` or `InputRefused` where it cannot be told."""
    everything = list(found)
    codes = sorted({one.code for one in everything})
    if codes == [""]:
        return everything
    if code is None:
        raise UsageRefused(
            f"{file} is about {plural(len(codes), 'organisation')}; say which with --organisation CODE, or --all"
        )
    if not codes:
        raise InputRefused([f"{file}: there is nothing in it about any organisation; check that it is the right file"])
    mine = [one for one in everything if one.code.upper() == code.upper()]
    if not mine:
        raise InputRefused(
            [f"{file}: there is nothing about {code} in it; it is about {len(codes)} others, such as {', '.join(codes[:3])}"]
        )
    return mine

"""Imported facts merged into a profile. A fact that is already in the profile stays unless the caller prefers the import.

Every disagreement between the profile and the import is returned as a `Difference`.
"""

import copy
from collections.abc import Iterator, Mapping
from typing import Any

from attrs import evolve
from msgspec import Struct, field

from engagecheck.intake.questions import Kind, Question, all_questions
from engagecheck.model.schema import schema
from engagecheck.rules.importer import Imported

Json = Any
ENTERED, IMPORTED = "entered", "imported"


class Difference(Struct, frozen=True):
    """A fact on which a profile and an import do not agree, by its JSON Pointer."""

    pointer: str
    entered: Json
    imported: Json


class Merged(Struct, frozen=True):
    """A document with the imported facts, and the differences. `prefer` decides each; by default the entered value stays."""

    document: dict[str, Json]
    differences: tuple[Difference, ...]


def merge(
    document: Mapping[str, Json],
    imported: Imported,
    evidence: Mapping[str, Json],
    prefer: str | None = None,
    whole: tuple[str, ...] = (),
) -> Merged:
    """Merge imported facts into a copy of a document, and cite the evidence for each of them.

    `prefer` is `ENTERED` or `IMPORTED`. `whole` names the sections that are replaced or kept as a whole.
    """
    result = copy.deepcopy(dict(document))
    facts = copy.deepcopy(dict(imported.facts))
    for question in all_questions():
        if question.name in facts:
            _cite(question, facts[question.name], str(evidence["id"]))
    merger = _Merger(prefer, whole)
    for question in all_questions():
        if question.name in facts:
            merger.add(result, question, facts[question.name], "")
    register = result.setdefault("evidence", [])
    if not any(item.get("id") == evidence["id"] for item in register):
        register.append(dict(evidence))
    return Merged(result, tuple(merger.differences))


def _cite(question: Question, value: Json, name: str) -> None:
    """Cite the evidence for every group and entry that holds facts, and for the single facts of a section."""
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


class _Merger(Struct, frozen=True):
    prefer: str | None
    whole: tuple[str, ...]
    differences: list[Difference] = field(default_factory=list)

    def add(self, holder: dict[str, Json], question: Question, value: Json, pointer: str) -> None:
        where = f"{pointer}/{question.name}"
        withheld = holder.get("withheld", {})
        if question.name in withheld:
            if self._replaces(where, f"withheld: {withheld[question.name]}", value):
                del withheld[question.name]
                holder[question.name] = value
        elif question.name not in holder:
            holder[question.name] = value
        elif question.kind is Kind.IDS:
            holder[question.name] = list(dict.fromkeys([*holder[question.name], *value]))
        elif not pointer and question.name in self.whole:
            if holder[question.name] != value and self._replaces(where, "filled in already", "all of the file"):
                holder[question.name] = value
        elif question.kind in (Kind.GROUP, Kind.MAPPING):
            self._group(holder[question.name], question, value, where)
        elif question.kind is Kind.LIST:
            self._list(holder[question.name], question, value, where)
        elif holder[question.name] != value and question.name != "note" and self._replaces(where, holder[question.name], value):
            holder[question.name] = value

    def _group(self, holder: dict[str, Json], question: Question, value: Mapping[str, Json], where: str) -> None:
        before = dict(holder)
        parts = {one.name: one for one in question.parts}
        for name, member in value.items():
            if question.kind is Kind.MAPPING:
                self.add(holder, evolve(question, name=name, kind=Kind.GROUP), member, where)
            elif name in parts and name != "evidence":
                self.add(holder, parts[name], member, where)
        # The evidence is cited for a fact only if the fact now has the imported value.
        # Evidence that showed another value is dropped.
        facts = [name for name in value if name in parts and parts[name].is_leaf and name not in ("note", "evidence")]
        if "evidence" in value and all(holder.get(name) == value[name] for name in facts):
            self.add(holder, parts["evidence"], value["evidence"], where)
        for name, ids in value.get("evidence_for", {}).items():
            if holder.get(name) == value[name]:
                cited = holder.setdefault("evidence_for", {})
                kept = cited.get(name, []) if before.get(name) == value[name] else []
                cited[name] = list(dict.fromkeys([*kept, *ids]))

    def _list(self, holder: dict[str, Json], question: Question, value: Mapping[str, Json], where: str) -> None:
        entries = holder.setdefault("entries", [])
        identity = question.identity
        known = {tuple(map(entry.get, identity)): entry for entry in entries}
        new = []
        for entry in value.get("entries", []):
            existing = known.get(tuple(map(entry.get, identity))) if identity else None
            if existing is None:
                new.append(entry)
            else:
                self._group(existing, question, entry, f"{where}/entries/{entries.index(existing)}")
        total = holder.get("of")
        if isinstance(total, int) and len(entries) + len(new) > total:
            if not self._replaces(f"{where}/of", total, len(entries) + len(new)):
                return
            holder["of"] = len(entries) + len(new)
        entries.extend(new)
        if "of" in value:  # the file lists all there is
            holder.setdefault("of", len(entries))

    def _replaces(self, pointer: str, entered: Json, imported: Json) -> bool:
        """Record a difference. Returns whether the imported value replaces the entered one."""
        self.differences.append(Difference(pointer, entered, imported))
        return self.prefer == IMPORTED


class Untotalled(Struct, frozen=True):
    """A list that got entries and has no stated total, by the JSON Pointer of the total. Only the organisation knows it."""

    title: str
    pointer: str
    listed: int


def without_total(facts: Mapping[str, Json], document: Mapping[str, Json]) -> Iterator[Untotalled]:
    """The lists among imported facts whose total is still to be entered. Facts that no rule judges are left out."""
    for section in all_questions():
        for question in section.parts if section.can_withhold and section.name != "context" else ():
            listed = document.get(section.name, {}).get(question.name, {})
            if question.kind is Kind.LIST and question.name in facts.get(section.name, {}) and "of" not in listed:
                yield Untotalled(question.title, f"/{section.name}/{question.name}/of", len(listed.get("entries", ())))


def new_document(imported: Imported, evidence: Mapping[str, Json], as_of: str) -> dict[str, Json]:
    """A new profile for an imported organisation, before `merge` adds the facts."""
    organisation = {**imported.organisation, "evidence": [evidence["id"]]}
    return {"$schema": schema("profile")["$id"], "as_of": as_of, "organisation": organisation}


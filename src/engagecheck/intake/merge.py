"""Imported facts merged into a profile. A fact that is already in the profile stays unless the caller prefers the import.

Every disagreement between the profile and the import is returned as a `Difference`.
"""

import copy
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any

from attrs import evolve
from msgspec import Struct, field

from engagecheck.intake.differences import WITH_NEW, Difference, stated_at
from engagecheck.intake.edit import confirm
from engagecheck.intake.plausibility import yearly_result
from engagecheck.intake.questions import Question, all_questions
from engagecheck.intake.questions.kinds import Kind
from engagecheck.model.dates import more_precise
from engagecheck.model.schema import NOT_FACTS, schema
from engagecheck.rules.importer import Imported

Json = Any
ENTERED, IMPORTED = "entered", "imported"


Prefer = str | Callable[[Difference], bool] | None
"""What decides a difference: `ENTERED`, `IMPORTED`, a function, or nothing, so that the entered value stays."""


class Merged(Struct, frozen=True):
    """A document with other facts merged into it, and every difference between the two."""

    document: dict[str, Json]
    differences: tuple[Difference, ...]


def merge(
    document: Mapping[str, Json],
    imported: Imported,
    evidence: Mapping[str, Json],
    prefer: Prefer = None,
    whole: tuple[str, ...] = (),
) -> Merged:
    """Merge imported facts into a copy of a document, and cite the evidence for each of them.

    `prefer` decides each difference: `ENTERED`, `IMPORTED`, or a function that says whether the imported value replaces the
    entered one. Without it the entered value stays. `whole` names the sections that are replaced or kept as a whole.
    """
    result = copy.deepcopy(dict(document))
    facts = copy.deepcopy(dict(imported.facts))
    for question in all_questions():
        if question.name in facts:
            _cite(question, facts[question.name], str(evidence["id"]))
    merger = Merger(prefer if callable(prefer) else lambda _: prefer == IMPORTED, whole)
    for question in all_questions():
        if question.name in facts:
            merger.add(result, question, facts[question.name], "")
    register = result.setdefault("evidence", [])
    if not any(item.get("id") == evidence["id"] for item in register):
        register.append(dict(evidence))
    confirm_changed(result, document)
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


class Merger(Struct, frozen=True):
    """Puts facts into a document, one after the other. `chooses` is asked about each difference: does the new value replace?

    `whole` names the sections that are replaced or kept as a whole. The facts `of_colleague` have totals and remarks of
    their own: totals are compared, and remarks that differ are joined.
    """

    chooses: Callable[[Difference], bool]
    whole: tuple[str, ...] = ()
    of_colleague: bool = False
    differences: list[Difference] = field(default_factory=list)

    def add(self, holder: dict[str, Json], question: Question, value: Json, pointer: str) -> None:
        """Put the answer to a question into the group that holds it. `pointer` is the JSON Pointer of that group."""
        where, name = f"{pointer}/{question.name}", question.name
        withheld = holder.get("withheld", {})
        if name in withheld:
            if self.replaces(where, f"withheld: {withheld[name]}", value):
                del withheld[name]
                holder[name] = value
        elif name not in holder:
            holder[name] = value
        elif question.kind is Kind.IDS:
            holder[name] = list(dict.fromkeys([*holder[name], *value]))
        elif not pointer and name in self.whole:
            if not without_evidence(holder[name]) and not holder[name].get("withheld"):
                holder[name] = {**holder[name], **value}
            elif holder[name] != value and self.replaces(where, "filled in already", "all of the file"):
                holder[name] = value
        elif question.kind in (Kind.GROUP, Kind.MAPPING):
            self.merge_entry(holder[name], question, value, where)
        elif question.kind is Kind.LIST:
            self._list(holder[name], question, value, where)
        elif question.kind is Kind.REGISTER:
            holder[name].extend(self._new_entries(holder[name], question, value, where))
        elif name in _REMARKS:
            if self.of_colleague and value not in holder[name]:
                holder[name] = f"{holder[name]}{_REMARKS[name]}{value}"
        elif holder[name] != value and _agree(question, holder[name], value):
            holder[name] = more_precise(holder[name], value)
        elif holder[name] != value and self.replaces(where, holder[name], value):
            holder[name] = value

    def merge_entry(self, holder: dict[str, Json], question: Question, value: Mapping[str, Json], where: str) -> None:
        """Merge a group, or an entry of a list or register, into the one that is there."""
        before = dict(holder)
        parts = {one.name: one for one in question.parts}
        for name, member in value.items():
            if question.kind is Kind.MAPPING:
                self.add(holder, evolve(question, name=name, kind=Kind.GROUP), member, where)
            elif name in parts and name != "evidence":
                self.add(holder, parts[name], member, where)
        # The evidence is cited for a fact only if the fact now has the new value.
        # Evidence that showed another value is dropped.
        facts = [name for name in value if name in parts and parts[name].is_leaf and name not in NOT_FACTS]
        if "evidence" in value and all(_agree(parts[name], holder.get(name), value[name]) for name in facts):
            self.add(holder, parts["evidence"], value["evidence"], where)
        for name, ids in value.get("evidence_for", {}).items():
            if holder.get(name) == value.get(name):
                cited = holder.setdefault("evidence_for", {})
                kept = cited.get(name, []) if before.get(name) == value[name] else []
                cited[name] = list(dict.fromkeys([*kept, *ids]))
        for name, reason in value.get("withheld", {}).items():
            self._withhold(holder, name, reason, where)

    def _withhold(self, holder: dict[str, Json], name: str, reason: str, where: str) -> None:
        reasons = holder.setdefault("withheld", {})
        stated = f"withheld: {reasons[name]}" if name in reasons else holder.get(name)
        told = f"withheld: {reason}"
        if stated is None or (stated != told and self.replaces(f"{where}/{name}", stated, told)):
            holder.pop(name, None)
            reasons[name] = reason
        if not reasons:
            del holder["withheld"]

    def _list(self, holder: dict[str, Json], question: Question, value: Mapping[str, Json], where: str) -> None:
        for one in question.about:
            if one.name in value and one.name != "of":
                self.add(holder, one, value[one.name], where)
        entries = holder.setdefault("entries", [])
        new = self._new_entries(entries, question, value.get("entries", ()), f"{where}/entries")
        if self._fits_total(holder, value, new, f"{where}/of"):
            entries.extend(new)

    def _fits_total(self, holder: dict[str, Json], value: Mapping[str, Json], new: list[Json], where: str) -> bool:
        """Merge the total of a list, about which there is one difference at most. Returns whether the new entries are taken."""
        total, stated, together = holder.get("of"), value.get("of"), len(holder["entries"]) + len(new)
        if stated is not None and not self.of_colleague:  # the file lists all there is
            is_whole = total == len(holder["entries"]) and bool(new) and _are_later(new, holder["entries"])
            if total is None or is_whole:
                holder["of"] = together
                return True
            stated = None
        if stated is not None and stated < together and (total is None or total >= together):
            listed = "1 entry is listed" if together == 1 else f"{together} entries are listed"
            self.settles(Difference(where, total, stated, because=listed))
        elif total is None:
            if stated is not None:
                holder["of"] = stated
        elif together > total:
            if stated is not None and stated >= together:
                told = Difference(where, total, stated, new=len(new))
            else:
                told = Difference(where, total, together, imported_by=WITH_NEW)
            if not self.settles(told):
                return False
            holder["of"] = told.imported
        elif stated not in (None, total) and self.replaces(where, total, stated):
            holder["of"] = stated
        return True

    def _new_entries(self, entries: list[Json], question: Question, incoming: Iterable[Json], where: str) -> list[Json]:
        """The incoming entries that a list does not have yet. Those that it has are merged into it.

        An entry is the same if everything agrees, or else if the facts agree that identify it. Where none do, all facts must.
        Else it is the only one whose dates are more or less precise than those of the new entry, and agree with them.
        """
        unmatched, new = list(entries), list(incoming)
        for find in (_equal, _identical, _only_similar):
            others, new = new, []
            for entry in others:
                same = find(question, unmatched, entry)
                if same is None:
                    new.append(entry)
                else:
                    unmatched.remove(same)
                    self.merge_entry(same, question, entry, f"{where}/{entries.index(same)}")
        return new

    def replaces(self, pointer: str, entered: Json, imported: Json) -> bool:
        """Record that two values differ. Returns whether the new one replaces the entered one."""
        return self.settles(Difference(pointer, entered, imported))

    def settles(self, difference: Difference) -> bool:
        """Record a difference. Returns whether the new value replaces the entered one."""
        self.differences.append(difference)
        return self.chooses(difference)


_REMARKS = {"note": "\n", "answered_by": "; "}
"""What is no fact and may be joined if it differs, and what stands between the two."""


def _are_later(new: Iterable[Mapping[str, Json]], entries: Iterable[Mapping[str, Json]]) -> bool:
    """Whether all new entries have dates after those that are there: a list of all there is has grown since."""
    earlier, later = ([str(one.get("on", "")) for one in listed] for listed in (entries, new))
    return bool(earlier) and all(earlier) and all(later) and max(earlier) < min(later)


def _agree(question: Question | None, one: Json, other: Json) -> bool:
    """Whether two answers are the same, or two dates of which one is more precise: November 2025 and 28 November 2025."""
    is_date = question is not None and question.kind is Kind.DATE and isinstance(one, str) and isinstance(other, str)
    return one == other or (is_date and bool(more_precise(one, other)))


def _equal(_: Question, entries: Iterable[Json], wanted: Json) -> Json | None:
    return next((one for one in entries if one == wanted), None)


def _identical(question: Question, entries: Iterable[Json], wanted: Json) -> Json | None:
    facts = _identifying(question, wanted)
    return next((one for one in entries if _identifying(question, one) == facts), None)


def _only_similar(question: Question, entries: Iterable[Json], wanted: Json) -> Json | None:
    facts = _identifying(question, wanted)
    parts = {one.name: one for one in question.parts}
    similar = []
    for entry in entries:
        others = _identifying(question, entry)
        if others.keys() == facts.keys() and all(_agree(parts.get(name), others[name], facts[name]) for name in facts):
            similar.append(entry)
    return similar[0] if len(similar) == 1 else None


def _identifying(question: Question, entry: Mapping[str, Json]) -> dict[str, Json]:
    """The facts that tell an entry from others: those named, or all of them if none are named.

    A result of a yearly survey is told by its year, whatever its date.
    """
    facts = {name: entry.get(name) for name in question.identity} or without_evidence(entry)
    year = yearly_result(entry)
    return facts if year is None else {**facts, "on": year}


def without_evidence(value: Json) -> Json:
    """A value without the evidence and the notes in it."""
    if isinstance(value, dict):
        return {name: without_evidence(part) for name, part in value.items() if name not in NOT_FACTS}
    return [without_evidence(part) for part in value] if isinstance(value, list) else value


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


def confirm_changed(document: Mapping[str, Json], before: Mapping[str, Json], still: Collection[str] = ()) -> None:
    """Mark each single answer from last year that a merge changed as this year's. `before` is the document as it was.

    A group or list stays as it was marked, because a merge may have changed only some of it. So does an answer that was
    not there before, and that came with its mark: `still` has the pointers of those.
    """
    for pointer in before.get("last_year", {}).get("carried", {}):
        now, then = stated_at(document, pointer), stated_at(before, pointer)
        is_new = then is None and pointer in still
        if now != then and not is_new and not isinstance(now, dict | list):
            confirm(document, pointer)


def new_document(imported: Imported, evidence: Mapping[str, Json], as_of: str) -> dict[str, Json]:
    """A new profile for an imported organisation, before `merge` adds the facts."""
    organisation = {**imported.organisation, "evidence": [evidence["id"]]}
    return {"$schema": schema("profile")["$id"], "as_of": as_of, "organisation": organisation}

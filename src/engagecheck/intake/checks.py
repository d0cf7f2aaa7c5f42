"""What a schema cannot say: days of the calendar, nothing after the profile's own date, lists that add up, ids that exist.

Each check sees one object or value of the raw document, so that everything wrong is said in one run.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from engagecheck.intake.gate import NOT_AUDITED
from engagecheck.intake.structure import BESIDE_FACTS, is_listing
from engagecheck.model.dates import PartialDate
from engagecheck.model.schema import Complaint, did_you_mean, quoted, resolved

Json = Any
Node = tuple[str, Json, Mapping[str, Json]]
NOT_FOR_PRACTICES = (
    "engagecheck is made for organisations with a board and employed doctors; "
    "for a general practice its questions would mostly not arise, so it does not audit one"
)


def complaints(document: Json, schema: Mapping[str, Json]) -> Iterator[Complaint]:
    """Everything in a document that contradicts itself or the calendar. Tolerates what the schema refuses."""
    if not isinstance(document, dict):
        return
    as_of = _day(document.get("as_of"))
    register = document.get("evidence")
    items = [item for item in register if isinstance(item, dict)] if isinstance(register, list) else []
    known = [str(item["id"]) for item in items if "id" in item]
    yield from _register(items)
    organisation = document.get("organisation")
    if isinstance(organisation, dict) and organisation.get("type") == NOT_AUDITED:
        yield Complaint("/organisation/type", NOT_FOR_PRACTICES)
    for pointer, value, part in _nodes(document, schema, schema, ""):
        if isinstance(value, str):
            yield from _date(pointer, value, part, as_of)
        elif isinstance(value, dict):
            yield from _total(pointer, value, part, schema)
            if "properties" not in part and is_listing(value):
                yield from _loose_listing(pointer, value, as_of)
            yield from _references(pointer, value, part, known)


def _nodes(value: Json, part: Mapping[str, Json], root: Mapping[str, Json], pointer: str) -> Iterator[Node]:
    """Every value with its JSON Pointer and the part of the schema that is about it."""
    part = resolved(part, root)
    yield pointer, value, part
    if isinstance(value, dict):
        named, other = part.get("properties", {}), part.get("additionalProperties")
        for name, member in value.items():
            about = named.get(name, other if isinstance(other, dict) else {})
            yield from _nodes(member, about, root, f"{pointer}/{name.replace('~', '~0').replace('/', '~1')}")
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _nodes(item, part.get("items", {}), root, f"{pointer}/{index}")


def _day(text: Json) -> date | None:
    try:
        return date.fromisoformat(text)
    except (TypeError, ValueError):
        return None


def _date(pointer: str, text: str, part: Mapping[str, Json], as_of: date | None) -> Iterator[Complaint]:
    kind = part.get("format")
    if kind == "day":
        if len(text) != 10 or _day(text) is None:
            yield Complaint(pointer, f"{quoted(text)} is not a day (write 2025-03-31)")
    elif kind == "past-date":
        try:
            earliest = PartialDate.parse(text).first
        except ValueError:
            yield Complaint(pointer, f"{quoted(text)} is not a date (write 2023-02 or 2023-02-14)")
            return
        if as_of is not None and earliest > as_of:
            yield Complaint(pointer, f"{text} lies after the profile's own date, {as_of}; leave out what was not yet so")


def _total(pointer: str, value: Mapping[str, Json], part: Mapping[str, Json], root: Mapping[str, Json]) -> Iterator[Complaint]:
    total, entries, count = value.get("of"), value.get("entries"), value.get("count")
    if isinstance(total, bool) or not isinstance(total, int | None):
        return
    if isinstance(count, int) and total is not None and count > total:
        yield Complaint(f"{pointer}/count", f"{count} are counted, of {total} in all; correct one of the two")
    if not isinstance(entries, list):
        return
    if total is not None and len(entries) > total:
        yield Complaint(f"{pointer}/entries", f"{len(entries)} are listed, of {total} in all; correct one of the two")
    shape = resolved(part.get("properties", {}).get("entries", {}).get("items", {}), root)
    seen: dict[str, int] = {}
    for index, entry in enumerate(entries):
        label, key = _identity(entry, shape.get("x-identity"))
        first = seen.setdefault(key, index)
        if first != index:
            yield Complaint(f"{pointer}/entries/{index}", f"{label} stands twice in this list (first as entry {first})")


def _loose_listing(pointer: str, value: Mapping[str, Json], as_of: date | None) -> Iterator[Complaint]:
    """A list inside an extension, whose schema need not say what every list must be."""
    total, since = value.get("of", 0), value.get("complete_from", "2000-01")
    if isinstance(total, bool) or not isinstance(total, int) or total < 0:
        yield Complaint(f"{pointer}/of", f"{quoted(total)} is not a whole number of 0 or more")
    if not isinstance(since, str):
        yield Complaint(f"{pointer}/complete_from", f"{quoted(since)} is not a date (write 2023-02 or 2023-02-14)")
    else:
        yield from _date(f"{pointer}/complete_from", since, {"format": "past-date"}, as_of)


def _identity(entry: Json, names: list[str] | None) -> tuple[str, str]:
    if names and isinstance(entry, dict):
        chosen = [entry.get(name) for name in names]
        return ", ".join(quoted(item) for item in chosen if item is not None), json.dumps(chosen)
    return "the same entry", json.dumps(entry, sort_keys=True)


def _register(items: list[dict[str, Json]]) -> Iterator[Complaint]:
    seen: set[str] = set()
    for index, item in enumerate(items):
        name = str(item.get("id"))
        if "id" in item and name in seen:
            yield Complaint(f"/evidence/{index}/id", f"the id {quoted(name)} stands twice in the evidence register")
        seen.add(name)


def _references(pointer: str, value: Mapping[str, Json], part: Mapping[str, Json], known: list[str]) -> Iterator[Complaint]:
    if pointer:
        yield from _unknown_ids(f"{pointer}/evidence", value.get("evidence"), known)
    if "withheld" not in part.get("properties", {}):
        return
    names = [name for name in part["properties"] if name not in BESIDE_FACTS]
    for beside in ("withheld", "evidence_for"):
        about = value.get(beside)
        for name in about if isinstance(about, dict) else ():
            if name not in names:
                yield Complaint(
                    f"{pointer}/{beside}/{name}", f"nothing here is called {name!r}; {did_you_mean(name, names)}", True
                )
    single, withheld = value.get("evidence_for"), value.get("withheld")
    for name, cited in single.items() if isinstance(single, dict) else ():
        yield from _unknown_ids(f"{pointer}/evidence_for/{name}", cited, known)
    for name in withheld if isinstance(withheld, dict) else ():
        if name in value and name in names:
            yield Complaint(f"{pointer}/withheld/{name}", f"{name!r} is withheld and stated; remove one of the two", True)


def _unknown_ids(pointer: str, cited: Json, known: list[str]) -> Iterator[Complaint]:
    for index, name in enumerate(cited if isinstance(cited, list) else ()):
        if isinstance(name, str) and name not in known:
            hint = did_you_mean(name, known) if known else "the register is empty"
            yield Complaint(f"{pointer}/{index}", f"no evidence has the id {quoted(name)}; {hint}")

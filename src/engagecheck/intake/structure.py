"""From an accepted JSON document to the model, section by section.

Written by hand because the shapes are few and a person waits: a general converter costs more to import than
an audit takes. Expects what the schema has accepted; evidence ids and reasons for withholding go to the index.
"""

import types
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from engagecheck.model.dates import PartialDate
from engagecheck.model.listing import Listing
from engagecheck.model.profile import Evidence, Organisation, Origin, Profile
from engagecheck.model.records import Factory, names_of, record
from engagecheck.model.sections import SECTIONS, section_class

Json = Any
BESIDE_FACTS = ("note", "evidence", "evidence_for", "withheld", "$schema")
"""Keys that stand beside the facts of an object and are no facts."""


@record
class Index:
    """What is said about facts, by JSON Pointer: evidence ids, and reasons for withholding."""

    cited: dict[str, tuple[str, ...]] = Factory(dict)
    withheld: dict[str, str] = Factory(dict)

    def note(self, data: Mapping[str, Json], pointer: str) -> None:
        """Take in what an object says about its facts."""
        if data.get("evidence"):
            self.cited[pointer] = tuple(data["evidence"])
        for name, ids in data.get("evidence_for", {}).items():
            self.cited[f"{pointer}/{name}"] = tuple(ids)
        for name, reason in data.get("withheld", {}).items():
            self.withheld[f"{pointer}/{name}"] = reason


Builder = Callable[[Json, str, Index], Any]


def profile_from(document: Mapping[str, Json], origin: Origin | None = None) -> Profile:
    """The profile that an accepted document states."""
    index = Index()
    build = {name: builder(section_class(name)) for name in SECTIONS if name in document}
    return Profile(
        organisation=builder(Organisation)(document["organisation"], "/organisation", index),
        as_of=date.fromisoformat(document["as_of"]),
        sections={name: make(document[name], f"/{name}", index) for name, make in build.items()},
        extensions={
            name: loose(part, f"/extensions/{name}", index) for name, part in document.get("extensions", {}).items()
        },
        evidence={item["id"]: builder(Evidence)(item, "", Index()) for item in document.get("evidence", ())},
        cited=index.cited,
        withheld=index.withheld,
        origin=origin or Origin(),
    )


@cache
def builder(wanted: Any) -> Builder:
    """What makes a value of the type `wanted` out of JSON. The types are those that the sections use."""
    if get_origin(wanted) in (Union, types.UnionType):
        options = [option for option in get_args(wanted) if option is not type(None)]
        wanted = options[0] if len(options) == 1 else object
    if wanted is PartialDate:
        return lambda data, _pointer, _index: PartialDate.parse(data)
    if wanted in (int, float):
        return lambda data, _pointer, _index: wanted(data)
    if get_origin(wanted) is Listing:
        return _listing_builder(builder(get_args(wanted)[0]))
    if names_of(wanted):
        return _object_builder(wanted)
    if get_origin(wanted) is dict:
        return _mapping_builder(builder(get_args(wanted)[1]))
    return lambda data, _pointer, _index: data


def _object_builder(wanted: type) -> Builder:
    hints = get_type_hints(wanted)
    parts = [(name, builder(hints[name])) for name in names_of(wanted)]

    def build(data: Json, pointer: str, index: Index) -> Any:
        index.note(data, pointer)
        return wanted(**{name: make(data[name], f"{pointer}/{name}", index) for name, make in parts if name in data})

    return build


def _mapping_builder(member: Builder) -> Builder:
    def build(data: Json, pointer: str, index: Index) -> Any:
        made = {name: member(part, f"{pointer}/{name}", index) for name, part in data.items()}
        return types.MappingProxyType(made)

    return build


def _listing_builder(entry: Builder) -> Builder:
    def build(data: Json, pointer: str, index: Index) -> Listing[Any]:
        index.note(data, pointer)
        complete_from = data.get("complete_from")
        return Listing(
            of=data.get("of"),
            entries=tuple(
                entry(item, f"{pointer}/entries/{place}", index) for place, item in enumerate(data.get("entries", ()))
            ),
            complete_from=None if complete_from is None else PartialDate.parse(complete_from),
        )

    return build


def is_listing(data: Mapping[str, Json]) -> bool:
    """Whether a JSON object has the shape of a list in a profile."""
    return isinstance(data.get("entries"), list) and set(data) <= {"of", "entries", "complete_from", *BESIDE_FACTS}


def loose(data: Json, pointer: str, index: Index) -> Any:
    """Facts of an extension, whose types only its plugin knows: objects as frozen mappings, lists as elsewhere."""
    if isinstance(data, dict):
        if is_listing(data):
            return _listing_builder(loose)(data, pointer, index)
        index.note(data, pointer)
        facts = {name: part for name, part in data.items() if name not in BESIDE_FACTS}
        return types.MappingProxyType({name: loose(part, f"{pointer}/{name}", index) for name, part in facts.items()})
    if isinstance(data, list):
        return tuple(loose(item, f"{pointer}/{place}", index) for place, item in enumerate(data))
    return data

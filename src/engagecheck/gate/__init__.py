"""The gate: a profile that is surely right is accepted at once, and made on the way.

`generated` is written from the schema by `writing`: `python -m engagecheck.gate` writes it anew. What it accepts, jsonschema
and `coherence` accept too; a test holds them together. Of what it does not accept it says nothing: those two look at it again,
with care, and word what is wrong.
"""

from collections.abc import Mapping
from datetime import date
from json import dumps
from types import MappingProxyType
from typing import Any

from engagecheck.profile import Origin, Profile

NOT_AUDITED = "general_practice"
"""A kind of organisation that a profile may name, so that it can be told that this is not for it."""
SURE = 2**53
"""Whole numbers up to here are the same for every reader of JSON."""


class Doubtful(Exception):
    """Something in a document is not surely right."""


class Walk:
    """What a walk over a document notes: evidence ids and reasons for withholding by JSON Pointer, and how many names."""

    __slots__ = ("as_of", "cited", "names", "withheld")

    def __init__(self, as_of: date, names: int) -> None:
        self.as_of, self.names = as_of, names
        self.cited: dict[str, tuple[str, ...]] = {}
        self.withheld: dict[str, str] = {}

    def cite(self, pointer: str, ids: Any, most: int) -> None:
        """Evidence for what stands at a pointer. Whether there is such evidence is looked at in the end."""
        if type(ids) is not list or len(ids) > most:
            raise Doubtful
        if ids:
            self.cited[pointer] = tuple(ids)

    def cite_singly(self, pointer: str, said: Any, facts: frozenset[str], most: int, most_ids: int) -> None:
        """Evidence for single facts of a group."""
        if len(said) > most or not facts.issuperset(said):
            raise Doubtful
        self.names += len(said)
        for name, ids in said.items():
            if type(ids) is not list or len(ids) > most_ids:
                raise Doubtful
            self.cited[f"{pointer}/{name}"] = tuple(ids)

    def withhold(self, pointer: str, said: Any, facts: frozenset[str], most: int, longest: int, group: Any) -> None:
        """Reasons for withholding facts, none of which may be stated as well."""
        if len(said) > most or not facts.issuperset(said) or not said.keys().isdisjoint(group):
            raise Doubtful
        self.names += len(said)
        for name, reason in said.items():
            if type(reason) is not str or not 0 < len(reason) <= longest:
                raise Doubtful
            self.withheld[f"{pointer}/{name}"] = reason


def frozen(parts: dict[str, Any]) -> Any:
    """A mapping that cannot be changed."""
    return MappingProxyType(parts)


def twice(entries: list[Any]) -> bool:
    """Whether one of the entries of a list stands in it twice, notes and all."""
    return len({dumps(one, sort_keys=True) for one in entries}) < len(entries)


def accepted(document: Mapping[str, Any], origin: Origin | None = None) -> tuple[Profile, int]:
    """The profile that a document states, if all of it is surely right, and how many names stand in the document.

    What its extensions say is not looked at. Raises `Doubtful`, or what Python raises for a value of another kind.
    """
    from engagecheck.gate import generated
    from engagecheck.structure import Index, loose

    parts = dict(document)
    extensions = parts.pop("extensions", {})
    walk = Walk(generated.day(parts.pop("as_of")), len(document) + _names(extensions))
    generated.top(parts)
    organisation = generated.PARTS["organisation"](parts.pop("organisation"), walk, "/organisation")
    register = [generated.PARTS["evidence"](one, walk, "") for one in parts.pop("evidence", ())]
    sections = {name: generated.PARTS[name](part, walk, f"/{name}") for name, part in parts.items()}
    evidence = {one.id: one for one in register}
    known = evidence.keys()
    index = Index(walk.cited, walk.withheld)
    more = {name: loose(part, f"/extensions/{name}", index) for name, part in extensions.items()}
    cited = all(known >= set(ids) for ids in walk.cited.values())
    certain = cited and len(known) == len(register) and organisation.type != NOT_AUDITED
    if not certain:
        raise Doubtful
    profile = Profile(organisation, walk.as_of, sections, more, evidence, walk.cited, walk.withheld, origin or Origin())
    return profile, walk.names


def _names(value: Any) -> int:
    """How many names stand in a value and all of its parts."""
    if type(value) is dict:
        return len(value) + sum(map(_names, value.values()))
    return sum(map(_names, value)) if type(value) is list else 0

"""What every group of facts has in common on its way through the gate: lists, dates, and what stands beside the facts."""

from collections.abc import Callable, Mapping
from datetime import date
from json import dumps
from operator import attrgetter
from types import MappingProxyType
from typing import Any

from engagecheck.model.dates import PartialDate, partial_date
from engagecheck.model.listing import Listing
from engagecheck.model.records import record

NOTE = frozenset(("note",))
NOTE_AND_EVIDENCE = frozenset(("note", "evidence"))
ALL_BESIDE = frozenset(("note", "evidence", "evidence_for", "withheld"))
"""What may stand beside the facts of a group; a section may have all of it."""


class Doubtful(Exception):
    """Something in a document is not surely right."""


@record
class Limits:
    """The limits of the schema for what is the same everywhere: a total, a remark, ids of evidence, reasons for withholding."""

    total: int
    note: int
    ids: int
    singly: int
    withheld: int
    reason: int


class Walk:
    """What a walk over a document notes: evidence ids and reasons for withholding by JSON Pointer, and how many names."""

    __slots__ = ("as_of", "cited", "limits", "names", "withheld")

    def __init__(self, as_of: date, names: int, limits: Limits) -> None:
        self.as_of, self.names, self.limits = as_of, names, limits
        self.cited: dict[str, tuple[str, ...]] = {}
        self.withheld: dict[str, str] = {}

    def past(self, text: Any) -> PartialDate:
        """A date that does not lie after the profile's own."""
        made = partial_date(text)
        if made.first > self.as_of:
            raise Doubtful
        return made

    def beside(
        self, group: Mapping[str, Any], pointer: str, allowed: frozenset[str], facts: frozenset[str] = frozenset()
    ) -> int:
        """Take in what stands beside the facts of a group, which are called `facts`; how many names that is."""
        found = allowed & group.keys()
        for name in found:
            said = group[name]
            if name == "note":
                if type(said) is not str or not 0 < len(said) <= self.limits.note:
                    raise Doubtful
            elif name == "evidence":
                if ids := self._ids(said):
                    self.cited[pointer] = ids
            elif name == "evidence_for":
                for fact, ids in self._of_facts(said, facts, self.limits.singly):
                    self.cited.setdefault(f"{pointer}/{fact}", self._ids(ids))  # what a fact cites itself comes first
            else:
                for fact, reason in self._of_facts(said, facts - group.keys(), self.limits.withheld):
                    if type(reason) is not str or not 0 < len(reason) <= self.limits.reason:
                        raise Doubtful
                    self.withheld[f"{pointer}/{fact}"] = reason
        return len(found)

    def _ids(self, ids: Any) -> tuple[str, ...]:
        """Ids of evidence. Whether there is such evidence is looked at in the end."""
        if type(ids) is not list or len(ids) > self.limits.ids:
            raise Doubtful
        return tuple(ids)

    def _of_facts(self, said: Any, facts: frozenset[str], most: int) -> Any:
        if len(said) > most or not facts.issuperset(said):
            raise Doubtful
        self.names += len(said)
        return said.items()


class ListOf:
    """Makes a list of entries, no two of them the same by the facts that tell them `apart`; without these, by all of them.

    `history`: since when the list is complete may be stated.
    """

    __slots__ = ("apart", "entry", "history", "most", "notes_count")

    def __init__(
        self, entry: Callable[[Any, Walk, str], Any], most: int, apart: tuple[str, ...], *, notes_count: bool, history: bool
    ) -> None:
        self.entry, self.most, self.history, self.notes_count = entry, most, history, notes_count
        self.apart = attrgetter(*apart)

    def __call__(self, group: Any, walk: Walk, pointer: str) -> Listing[Any]:
        """The list that stands at a JSON Pointer."""
        if type(group) is not dict:
            raise Doubtful
        left = len(group)
        walk.names += left
        of, entries, since = group.get("of"), (), None
        if of is not None:
            left -= 1
            if type(of) is not int or not 0 <= of <= walk.limits.total:
                raise Doubtful
        if (stated := group.get("entries")) is not None:
            left -= 1
            if type(stated) is not list or len(stated) > (self.most if of is None else min(of, self.most)):
                raise Doubtful
            entry, below = self.entry, f"{pointer}/entries/"
            entries = tuple([entry(one, walk, f"{below}{place}") for place, one in enumerate(stated)])
            if len(set(map(self.apart, entries))) < len(stated) and not (self.notes_count and _differ(stated)):
                raise Doubtful
        if self.history and (text := group.get("complete_from")) is not None:
            left -= 1
            since = walk.past(text)
        if left and left != walk.beside(group, pointer, NOTE_AND_EVIDENCE):
            raise Doubtful
        return Listing(of, entries, since)


def _differ(entries: list[Any]) -> bool:
    """Whether entries whose facts are the same differ in what stands beside them."""
    return len({dumps(one, sort_keys=True) for one in entries}) == len(entries)


def by_name(group: Any, walk: Walk, pointer: str, member: Callable[[Any, Walk, str], Any], most: int, fits: Any) -> Any:
    """Groups by names that the document chooses, as a mapping that cannot be changed."""
    if len(group) > most or not all(map(fits, group)):
        raise Doubtful
    walk.names += len(group)
    return MappingProxyType({name: member(part, walk, f"{pointer}/{name}") for name, part in group.items()})

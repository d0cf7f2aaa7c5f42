"""A profile: the facts about one organisation, and where each of them stands in its document."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache, cached_property
from operator import attrgetter, itemgetter
from types import MappingProxyType, UnionType
from typing import Any, Union, get_args, get_origin

from engagecheck.model.dates import PartialDate
from engagecheck.model.listing import Listing
from engagecheck.model.records import field, names_of, record
from engagecheck.model.sections import SECTIONS, section_class

Citation = tuple[str, tuple[str, ...]]
"""Where something is cited, and the ids of the evidence."""


@record
class Organisation:
    """Which organisation the profile is about."""

    name: str
    type: str
    country: str
    ods_code: str | None = None


@record
class Evidence:
    """A dated document or data set that facts rest on."""

    id: str
    title: str
    kind: str
    publisher: str | None = None
    effective: PartialDate | None = None
    collected: PartialDate | None = None
    assurance: str = "documented"
    reference: str | None = None
    sha256: str | None = None


@record
class Origin:
    """Where a profile came from: `name` as given, digest of its bytes, and where each JSON Pointer stands.

    That is a line of a JSON file, or a cell of a workbook such as "Leadership!C7". `raw`: the bytes themselves.
    """

    name: str = ""
    digest: str = ""
    lines: Mapping[str, int] = field(factory=dict, repr=False)
    cells: Mapping[str, str] = field(factory=dict, repr=False)
    raw: bytes = field(default=b"", repr=False)


@record
class Profile:
    """The facts about one organisation as of one day.

    `cited` and `withheld` are kept by JSON Pointer and apart from the facts: evidence ids, and reasons.
    """

    organisation: Organisation
    as_of: date
    sections: Mapping[str, Any] = field(factory=dict)
    extensions: Mapping[str, Any] = field(factory=dict)
    evidence: Mapping[str, Evidence] = field(factory=dict)
    cited: Mapping[str, tuple[str, ...]] = field(factory=dict, repr=False)
    withheld: Mapping[str, str] = field(factory=dict, repr=False)
    origin: Origin = field(factory=Origin, eq=False, repr=False)

    def fact(self, path: str) -> Any:
        """The fact at a path such as `leadership.chief_executive`; `None` if the profile does not state it.

        Raises `LookupError` for a path that no profile can have.
        """
        return reader(path)(self)

    def walk(self) -> Iterator[tuple[str, Any]]:
        """Every fact of the sections and extensions with its JSON Pointer, parents before their parts."""
        for part in (self.sections, {"extensions": self.extensions}):
            for name, value in part.items():
                yield from _walk(value, f"/{name}")

    def pointers_of(self, entries: tuple[Any, ...]) -> list[tuple[str, Any]]:
        """Entries of this profile with their JSON Pointers, found by identity, in the order of the profile."""
        if not entries:
            return []
        found = (place for one in {id(entry) for entry in entries} for place in self._places.get(one, ()))
        return [(pointer, value) for _, pointer, value in sorted(found, key=itemgetter(0))]

    def citations(self, pointer: str) -> Sequence[Citation]:
        """What is cited for the fact at a JSON Pointer: at it and at its parts, or else at the nearest object around it."""
        found = self._cited_within.get(pointer, ())
        while pointer and not found:
            pointer = pointer.rpartition("/")[0]
            found = [(pointer, self.cited[pointer])] if pointer in self.cited else ()
        return found

    @cached_property
    def _places(self) -> Mapping[int, list[tuple[int, str, Any]]]:
        """Where each fact stands in the walk, by identity."""
        places: dict[int, list[tuple[int, str, Any]]] = {}
        for number, (pointer, value) in enumerate(self.walk()):
            places.setdefault(id(value), []).append((number, pointer, value))
        return places

    @cached_property
    def _cited_within(self) -> Mapping[str, list[Citation]]:
        """Everything that is cited at a JSON Pointer or below it."""
        within: dict[str, list[Citation]] = {}
        for pointer, ids in self.cited.items():
            around = pointer
            while around:
                within.setdefault(around, []).append((pointer, ids))
                around = around.rpartition("/")[0]
        return within

    def __getstate__(self) -> dict[str, Any]:
        """A copy looks its places up anew: its facts have other identities."""
        return {name: getattr(self, name) for name in names_of(type(self))}


@cache
def reader(path: str) -> Callable[[Profile], Any]:
    """What reads the fact at a path; made once, for an audit asks the same facts of every profile. Raises as `Profile.fact`."""
    head, *steps = path.split(".")
    if path == "as_of":
        return attrgetter(path)
    if head in SECTIONS and is_fact(path):
        return _in_section(head, steps)

    def of_profile(profile: Profile) -> Any:
        if head == "organisation":
            value: Any = profile.organisation
        else:
            value = profile.extensions if head == "extensions" else profile.sections.get(head)
        for step in steps:
            if value is None:
                return None
            value = _member(value, step, path)
        return value

    return of_profile


def _in_section(head: str, steps: list[str]) -> Callable[[Profile], Any]:
    def step_by_step(profile: Profile) -> Any:
        value = profile.sections.get(head)
        for step in steps:
            if value is None:
                return None
            value = value.get(step) if isinstance(value, MappingProxyType) else getattr(value, step)
        return value

    if len(steps) != 1 or issubclass(section_class(head), Mapping):
        return step_by_step
    fact = attrgetter(*steps)

    def at_once(profile: Profile) -> Any:
        section = profile.sections.get(head)
        return None if section is None else fact(section)

    return at_once


def is_fact(path: str) -> bool:
    """Whether a profile can have a fact at a path; in an extension, any."""
    head, *steps = path.split(".")
    if head == "extensions":
        return len(steps) > 0
    if head == "as_of":
        return not steps
    if head != "organisation" and head not in SECTIONS:
        return False
    wanted: Any = Organisation if head == "organisation" else section_class(head)
    for step in steps:
        wanted = _part_of(wanted, step)
        if wanted is None:
            return False
    return True


def _part_of(wanted: Any, step: str) -> Any:
    """The type of a part of a type; `None` if there is none of that name."""
    is_union = get_origin(wanted) in (Union, UnionType)
    one = next(option for option in (get_args(wanted) if is_union else (wanted,)) if option is not type(None))
    if get_origin(one) is dict:
        return get_args(one)[1]
    one = get_origin(one) or one
    return one.__annotations__[step] if step in names_of(one) else None


def pointer_of(path: str) -> str:
    """The JSON Pointer of a fact's path."""
    return "/" + path.replace("~", "~0").replace("/", "~1").replace(".", "/")


def _member(value: Any, step: str, path: str) -> Any:
    if isinstance(value, Mapping):
        return value.get(step)
    if step in names_of(type(value)):
        return getattr(value, step)
    raise LookupError(f"no profile has a fact {path!r}")


_SINGLE = frozenset((str, int, float, bool, PartialDate))
"""Kinds of facts that have no parts."""


def _walk(value: Any, pointer: str) -> Iterator[tuple[str, Any]]:
    if value is None:
        return
    yield pointer, value
    kind = type(value)
    if kind in _SINGLE:
        return
    if isinstance(value, Listing):
        for index, entry in enumerate(value._entries):
            yield from _walk(entry, f"{pointer}/entries/{index}")
    elif names := names_of(kind):
        for name in names:
            part = getattr(value, name)
            if part is not None:
                yield from ((f"{pointer}/{name}", part),) if type(part) in _SINGLE else _walk(part, f"{pointer}/{name}")
    elif isinstance(value, Mapping):
        for name, part in value.items():
            yield from _walk(part, f"{pointer}/{name.replace('~', '~0').replace('/', '~1')}")

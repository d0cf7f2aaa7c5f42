"""A profile: the facts about one organisation, and the place of each in its document."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache, cached_property
from math import inf
from operator import itemgetter
from types import UnionType
from typing import Any, Union, get_args, get_origin

from msgspec import Struct, field
from msgspec.structs import replace

from engagecheck.model.dates import PartialDate, begun_months
from engagecheck.model.listing import Listing
from engagecheck.model.outcomes import Assurance
from engagecheck.model.schema import pointer_step
from engagecheck.model.sections import SECTIONS

UNCONFIRMED, CONFIRMED = "unconfirmed", "confirmed"
"""What a profile says of an answer that was taken over from last year."""


class Organisation(Struct, frozen=True):
    """The organisation that the profile is about."""

    name: str
    type: str
    country: str
    ods_code: str | None = None
    founded: PartialDate | None = None
    merged_from: str | None = None
    hosts_resident_doctors: bool | None = None
    employs_sas_doctors: bool | None = None
    designated_body: bool | None = None


class Signature(Struct, frozen=True):
    """The role that signed a profile, the day, and the digest of what it signed."""

    role: str | None = None
    on: date | None = None
    covers: str | None = None


class SignOff(Struct, frozen=True):
    """Who prepared, checked and approved a profile."""

    prepared: Signature = Signature()
    checked: Signature = Signature()
    approved: Signature = Signature()


class AcceptedGap(Struct, frozen=True):
    """A question that the organisation accepts not meeting, from a day until a day, both included."""

    criterion: str
    reason: str
    approver: str
    approved_on: date
    expires_on: date


class Attestation(Struct, frozen=True):
    """What a role vouches for, from a day until a day, both included."""

    criterion: str
    statement: str
    role: str
    method: str
    on: date
    valid_until: date


class Evidence(Struct, frozen=True):
    """A dated document or data set that facts rest on."""

    id: str
    title: str
    kind: str
    publisher: str | None = None
    effective: PartialDate | None = None
    collected: PartialDate | None = None
    assurance: Assurance = Assurance.ASSERTED  # the weakest, so that leaving it out never helps
    reference: str | None = None
    sha256: str | None = None


class Origin(Struct, frozen=True):
    """Where a profile came from: its name as given, the digest of its bytes, and the bytes themselves.

    `cells` has the cell of each fact by JSON Pointer, such as "Leadership!C7", if the profile is a workbook.
    `understood` says what dates and numbers were read as, where people typed them in their own way.
    """

    name: str = ""
    digest: str = ""
    raw: bytes = b""
    cells: Mapping[str, str] = field(default_factory=dict)
    understood: tuple[str, ...] = ()


class Profile(Struct, frozen=True, dict=True):
    """The facts about one organisation on one day (`as_of`).

    `cited` (ids of evidence) and `withheld` (reasons) have JSON Pointers as keys, and are kept apart from the facts.
    `unconfirmed` has the pointers of answers that were taken over from last year, and that nobody has confirmed.
    `facts_digest` is the digest of all that a sign-off covers; it is empty if nobody has signed.
    """

    organisation: Organisation
    as_of: date
    sections: Mapping[str, Any] = field(default_factory=dict)
    extensions: Mapping[str, Any] = field(default_factory=dict)
    evidence: Mapping[str, Evidence] = field(default_factory=dict)
    cited: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    withheld: Mapping[str, str] = field(default_factory=dict)
    origin: Origin = field(default_factory=Origin)
    accepted_gaps: tuple[AcceptedGap, ...] = ()
    attestations: tuple[Attestation, ...] = ()
    sign_off: SignOff = SignOff()
    facts_digest: str = ""
    unconfirmed: tuple[str, ...] = ()
    not_for_publication: tuple[str, ...] = ()

    def fact(self, path: str) -> Any:
        """The fact at a path such as `leadership.chief_executive`; `None` if the profile does not state it.

        Raises `LookupError` for a path that no profile can have.
        """
        head, steps = _split(path)
        value: Any = self.sections.get(head)
        if value is None and head in _OUTSIDE_SECTIONS:
            value = getattr(self, head)
        try:
            for step in steps:
                if value is None:
                    return None
                value = getattr(value, step) if isinstance(value, Struct) else value.get(step)
        except AttributeError:
            raise LookupError(f"no profile has a fact {path!r}") from None
        return value

    def on(self, day: date) -> "Profile":
        """The same profile on another day. What was signed is the profile of its own day."""
        if day == self.as_of:
            return self
        return replace(self, as_of=day, facts_digest=self.facts_digest and f"{self.facts_digest} on {day}")

    def walk(self) -> Iterator[tuple[str, Any]]:
        """Every fact of the sections and extensions with its JSON Pointer, groups before their parts."""
        for part in (self.sections, {"extensions": self.extensions}):
            for name, value in part.items():
                yield from _walk(value, f"/{name}")

    @property
    def kept_back(self) -> tuple[str, ...]:
        """The JSON Pointers of what a public edition leaves out: what is marked, and entries that are kept private."""
        private = (pointer for pointer, value in self.walk() if getattr(value, "private", False))
        return tuple(dict.fromkeys((*self.not_for_publication, *private)))

    def pointers_of(self, entries: tuple[Any, ...]) -> list[tuple[str, Any]]:
        """These entries of this profile with their JSON Pointers, in the order of the profile. Entries match by identity."""
        places = (place for one in {id(entry) for entry in entries} for place in self._places.get(one, ()))
        return [(pointer, value) for _, pointer, value in sorted(places, key=itemgetter(0))]

    @cached_property
    def evidence_ages(self) -> Mapping[str, int | None]:
        """The age of each item of evidence in months, from the earliest day that its date can mean; `None` without a date."""
        dates = {name: item.effective for name, item in self.evidence.items()}
        return {name: None if day is None else begun_months(day.first, self.as_of) for name, day in dates.items()}

    @cached_property
    def document_ages(self) -> Mapping[str, float]:
        """The age of each item of evidence in months; endless for one without a date, and for one that is only asserted."""
        asserted = (name for name, item in self.evidence.items() if item.assurance is Assurance.ASSERTED)
        ages = {name: inf if age is None else age for name, age in self.evidence_ages.items()}
        return ages | dict.fromkeys(asserted, inf)

    def cited_for(self, pointer: str) -> list[str]:
        """The ids of the evidence that is cited for the fact at a JSON Pointer, or for a group around it."""
        ids: list[str] = []
        while pointer:
            ids += self.cited.get(pointer, ())
            pointer = pointer.rpartition("/")[0]
        return ids

    def is_unconfirmed(self, pointer: str) -> bool:
        """Whether the fact at a JSON Pointer, something around it or a part of it is last year's and not confirmed."""
        below = f"{pointer}/"
        return bool(self.unconfirmed) and any(below.startswith(f"{one}/") or one.startswith(below) for one in self.unconfirmed)

    def cited_within(self, pointer: str) -> list[str]:
        """The ids of the evidence that is cited for parts of the fact at a JSON Pointer."""
        below = f"{pointer}/"
        return [name for place, ids in self.cited.items() if place.startswith(below) for name in ids]

    @cached_property
    def _places(self) -> Mapping[int, list[tuple[int, str, Any]]]:
        """Where each fact stands in the walk, by its identity."""
        places: dict[int, list[tuple[int, str, Any]]] = {}
        for number, (pointer, value) in enumerate(self.walk()):
            places.setdefault(id(value), []).append((number, pointer, value))
        return places


_OUTSIDE_SECTIONS = ("as_of", "organisation", "extensions")


@cache
def _split(path: str) -> tuple[str, list[str]]:
    """The first step of a path, and the others. An audit reads the same paths of every profile."""
    head, *steps = path.split(".")
    return head, steps


@cache
def is_fact(path: str) -> bool:
    """Whether a profile can have a fact at a path. In an extension, any path is possible."""
    head, *steps = path.split(".")
    if head == "extensions":
        return len(steps) > 0
    if head == "as_of":
        return not steps
    part: Any = Organisation if head == "organisation" else SECTIONS.get(head)
    for step in steps:
        part = _part_of(part, step)
    return part is not None


def _part_of(group: Any, step: str) -> Any:
    """The type of a named part of a type; `None` if there is no such part."""
    if get_origin(group) in (Union, UnionType):
        group = next(option for option in get_args(group) if option is not type(None))
    if get_origin(group) is dict:
        return get_args(group)[1]
    group = get_origin(group) or group
    if not is_group(group):
        return None
    return group.__annotations__.get(step)


def is_group(kind: Any) -> bool:
    """Whether a type is a group of named facts."""
    return isinstance(kind, type) and issubclass(kind, Struct)


@cache
def pointer_of(path: str) -> str:
    """The JSON Pointer of the fact at a path."""
    return "/" + pointer_step(path).replace(".", "/")


def parts_with_evidence(value: Any) -> list[tuple[str, Any]]:
    """The parts of a fact that can make up for evidence of the whole: all entries of a whole list, all lists of a group.

    A part is given by the last steps of its JSON Pointer; one that is not stated has the value `None`.
    """
    if isinstance(value, Listing):
        return list(parts_of(value)) if value.is_whole() else []
    if isinstance(value, Struct):
        return [(name, getattr(value, name)) for name in _groups_in(type(value))]
    return []


@cache
def _groups_in(kind: type[Struct]) -> tuple[str, ...]:
    """The names of the parts of a group that are groups or lists."""
    return tuple(name for name in kind.__struct_fields__ if _is_composed(_part_of(kind, name)))


def _is_composed(kind: Any) -> bool:
    if get_origin(kind) in (Union, UnionType):
        return any(_is_composed(option) for option in get_args(kind))
    return is_group(get_origin(kind) or kind)


def parts_of(value: Any) -> Iterator[tuple[str, Any]]:
    """The stated parts of a group of facts, by the last step of their JSON Pointer; nothing for a single fact."""
    if isinstance(value, Listing):
        yield from ((f"entries/{index}", entry) for index, entry in enumerate(value.entries))
    elif isinstance(value, Struct):
        named = ((name, getattr(value, name)) for name in value.__struct_fields__)
        yield from ((name, part) for name, part in named if part is not None)
    elif isinstance(value, Mapping):
        for name, part in value.items():
            if part is not None:
                yield pointer_step(name), part


def entries_text(entries: tuple[Any, ...]) -> str:
    """The entries that fall short, by name. Private ones are only counted."""
    names = [name for entry in entries if not getattr(entry, "private", False) and (name := entry_name(entry))]
    hidden = sum(1 for entry in entries if getattr(entry, "private", False))
    if hidden:
        names.append(f"{hidden} kept private")
    return f"{'Exception' if len(entries) == 1 else 'Exceptions'}: {'; '.join(names)}." if names else ""


def entry_name(entry: Any) -> str:
    """What an entry of a list is called: the first name-like fact that it has. Several people may have a role: since when."""
    parts = entry if isinstance(entry, Mapping) else dict(parts_of(entry))
    name = next((str(parts[name]) for name in ("name", "post", "role", "title", "fact") if parts.get(name)), "")
    since = f" since {parts['since']}" if parts.get("since") and name == parts.get("role") else ""
    return name.replace("_", "-") + since


def _walk(value: Any, pointer: str) -> Iterator[tuple[str, Any]]:
    yield pointer, value
    for name, part in parts_of(value):
        yield from _walk(part, f"{pointer}/{name}")

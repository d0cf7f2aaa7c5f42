"""Accepted gaps and attestations: what people state about a result. Neither changes an outcome."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from hashlib import sha256
from typing import Protocol, TypeVar

import msgspec
from msgspec import Struct, field

from engagecheck.errors import InputRefused
from engagecheck.intake.explain import read_checked
from engagecheck.model.dates import day
from engagecheck.model.evidence import is_soon
from engagecheck.model.outcomes import ERROR, MET, NOT_APPLICABLE, NOT_EVIDENCED, NOT_MET, Disposition, Outcome, Priority
from engagecheck.model.profile import AcceptedGap, Attestation, Profile
from engagecheck.model.report import Expiring, OverrideNote
from engagecheck.model.result import CriterionResult, Override

Item = TypeVar("Item")
GAP, ATTESTATION = "accepted gap", "attestation"
_UNKNOWN = (NOT_EVIDENCED, ERROR)


class Statement(Struct, frozen=True):
    """An accepted gap or an attestation. It is in force from `on` to `until`, both days included."""

    kind: str
    criterion: str
    text: str
    role: str
    on: date
    until: date
    method: str = ""

    def shown(self) -> Override:
        """The statement as a report shows it."""
        return Override(
            self.kind, self.criterion, self.text, self.role, self.on.isoformat(), self.until.isoformat(), self.method
        )


class Overrides(Struct, frozen=True):
    """The accepted gaps and attestations from outside a profile, with the digest of each file that holds them.

    `ignored` means that the audit uses none, neither these nor those of the profile.
    """

    statements: tuple[Statement, ...] = ()
    digests: Mapping[str, str] = field(default_factory=dict)
    ignored: bool = False

    def __add__(self, other: "Overrides") -> "Overrides":
        return Overrides(
            (*self.statements, *other.statements), {**self.digests, **other.digests}, self.ignored or other.ignored
        )

    def given_for(self, profile: Profile) -> tuple[Statement, ...]:
        """Every statement about a profile: its own, and those from outside."""
        return (*map(_of_gap, profile.accepted_gaps), *map(_of_attestation, profile.attestations), *self.statements)

    def used_for(self, profile: Profile) -> tuple[Statement, ...]:
        """The statements about a profile that the audit uses."""
        return () if self.ignored else self.given_for(profile)

    def ignoring(self) -> "Overrides":
        """The same, and the audit uses none. Their files are no input of it."""
        return Overrides(self.statements, {}, True)


class Judged(Protocol):
    """The parts of a result that an override depends on."""

    @property
    def outcome(self) -> Outcome:
        """Its outcome."""

    @property
    def priority(self) -> Priority:
        """The priority of its criterion."""


class InForce(Struct, frozen=True):
    """The disposition of one result, and the statements in force for it."""

    disposition: Disposition = Disposition.NONE
    overrides: tuple[Override, ...] = ()


def accepted_gaps(raw: bytes, name: str) -> Overrides:
    """The gaps that a file accepts. Raises `InputRefused` with a line for each mistake."""
    read = _read("accepted_gaps", raw, name, AcceptedGap)
    return Overrides(tuple(map(_of_gap, read)), {"accepted_gaps": sha256(raw).hexdigest()})


def attestations(raw: bytes, name: str) -> Overrides:
    """The attestations of a file. Raises `InputRefused` with a line for each mistake."""
    read = _read("attestations", raw, name, Attestation)
    return Overrides(tuple(map(_of_attestation, read)), {"attestations": sha256(raw).hexdigest()})


def read_overrides(gaps: tuple[bytes, str] | None, vouched: tuple[bytes, str] | None, *, ignored: bool = False) -> Overrides:
    """The overrides of the files with accepted gaps and with attestations, each given as its bytes and its name.

    Raises `InputRefused` with a line for each mistake, unless they are to be ignored: a sign-off that covers a file which
    cannot be read then counts as changed since.
    """
    try:
        overrides = accepted_gaps(*gaps) if gaps else Overrides()
        overrides += attestations(*vouched) if vouched else Overrides()
    except InputRefused:
        if not ignored:
            raise
        overrides = Overrides()
    return overrides.ignoring() if ignored else overrides


def _read(listing: str, raw: bytes, name: str, kind: type[Item]) -> list[Item]:
    return [msgspec.convert(item, kind) for item in read_checked(raw, name, listing)[listing]]


def _of_gap(gap: AcceptedGap) -> Statement:
    return Statement(GAP, gap.criterion, gap.reason, gap.approver, gap.approved_on, gap.expires_on)


def _of_attestation(one: Attestation) -> Statement:
    return Statement(ATTESTATION, one.criterion, one.statement, one.role, one.on, one.valid_until, one.method)


def in_force(
    statements: Iterable[Statement], results: Mapping[str, Judged], as_of: date
) -> tuple[dict[str, InForce], tuple[OverrideNote, ...]]:
    """The statements in force on a day by criterion, and a note with the reason for each statement that does not count."""
    notes: list[OverrideNote] = []
    used: dict[str, dict[str, Statement]] = {}
    for statement in statements:
        criterion, kind = statement.criterion, statement.kind
        reason = _reason_unused(statement, results.get(criterion), as_of)
        if not reason and kind in used.get(criterion, {}):
            reason = "there is another one for the same question; remove one of the two"
        if reason:
            notes.append(OverrideNote(criterion, kind, reason))
        else:
            used.setdefault(criterion, {})[kind] = statement
    return {name: _combined(results[name], by_kind) for name, by_kind in used.items()}, tuple(notes)


def _reason_unused(statement: Statement, result: Judged | None, as_of: date) -> str:
    if result is None:
        return "no question has this name; see engagecheck rules"
    if as_of > statement.until:
        return f"it expired on {day(statement.until)}"
    if as_of < statement.on:
        return f"it is not in force before {day(statement.on)}"
    if statement.kind == GAP and result.priority is Priority.CAPS:
        return "a contradiction between facts cannot be accepted; correct the facts"
    if statement.kind == GAP and result.outcome in (MET, NOT_APPLICABLE):
        return "it is not used: there is no gap"
    if statement.kind == ATTESTATION and result.outcome not in (*_UNKNOWN, NOT_MET):
        return "it is not used: the facts say enough"
    return ""


def _combined(result: Judged, by_kind: Mapping[str, Statement]) -> InForce:
    if ATTESTATION in by_kind and result.outcome is NOT_MET:
        disposition = Disposition.DISPUTED
    else:
        disposition = Disposition.ACCEPTED if GAP in by_kind else Disposition.ATTESTED
    return InForce(disposition, tuple(statement.shown() for statement in by_kind.values()))


def is_accepted(overrides: Iterable[Override]) -> bool:
    """Whether an accepted gap in force keeps the gate from failing on the result."""
    return any(override.kind == GAP for override in overrides)


def is_attested(outcome: Outcome, overrides: Iterable[Override]) -> bool:
    """Whether the facts left the outcome open and an attestation is in force."""
    return outcome in _UNKNOWN and any(override.kind == ATTESTATION for override in overrides)


def expiring_statements(statements: Iterable[Statement], results: Iterable[CriterionResult], as_of: date) -> Iterator[Expiring]:
    """The statements in force that end within 90 days."""
    counted = {override for result in results for override in result.overrides}
    for item in statements:
        if item.shown() in counted and is_soon(item.until, as_of):
            yield Expiring(f"{item.kind} for {item.criterion}", item.until.isoformat(), (item.until - as_of).days)

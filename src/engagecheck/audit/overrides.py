"""Accepted gaps and attestations: what people state about a result. Neither changes an outcome."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import partial
from hashlib import sha256
from typing import Any, Protocol

from msgspec import Struct, field

from engagecheck.intake.explain import read_checked
from engagecheck.intake.plausibility import Complaint
from engagecheck.model.dates import months_after
from engagecheck.model.evidence import is_soon
from engagecheck.model.outcomes import Disposition, Outcome, Priority
from engagecheck.model.report import Expiring, OverrideNote
from engagecheck.model.result import CriterionResult, Override

Json = Any
LONGEST = {"accepted_gaps": 18, "attestations": 36}
"""The most months that a gap is accepted or an attestation holds. Our judgement."""
GAP, ATTESTATION = "accepted gap", "attestation"
_KEYS = {
    "accepted_gaps": (GAP, "reason", "approver", "approved_on", "expires_on"),
    "attestations": (ATTESTATION, "statement", "role", "on", "valid_until"),
}
"""For each kind of file: the kind of its statements, and the keys of text, role, first day and last day."""
_UNKNOWN = (Outcome.NOT_EVIDENCED, Outcome.ERROR)


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
    """All accepted gaps and attestations for an audit, with the digest of each file that holds them.

    `ignored` means that overrides were given and the audit does not use them. The report says so.
    """

    statements: tuple[Statement, ...] = ()
    digests: Mapping[str, str] = field(default_factory=dict)
    ignored: bool = False

    def __add__(self, other: "Overrides") -> "Overrides":
        return Overrides(
            (*self.statements, *other.statements), {**self.digests, **other.digests}, self.ignored or other.ignored
        )


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
    return _read("accepted_gaps", raw, name)


def attestations(raw: bytes, name: str) -> Overrides:
    """The attestations of a file. Raises `InputRefused` with a line for each mistake."""
    return _read("attestations", raw, name)


def _read(listing: str, raw: bytes, name: str) -> Overrides:
    kind, text, role, begin, end = _KEYS[listing]
    document = read_checked(raw, name, listing, partial(_date_complaints, listing, begin, end))
    statements = tuple(
        Statement(kind, item["criterion"], item[text], item[role], _day(item[begin]), _day(item[end]), item.get("method", ""))
        for item in document[listing]
    )
    return Overrides(statements, {listing: sha256(raw).hexdigest()})


def _date_complaints(listing: str, begin: str, end: str, document: Json) -> Iterator[Complaint]:
    """Mistakes that the schema cannot express: an end before its beginning, and a period that is too long."""
    items = document.get(listing) if isinstance(document, dict) else None
    for index, item in enumerate(items if isinstance(items, list) else ()):
        try:
            start, until = _day(item[begin]), _day(item[end])
        except (KeyError, TypeError, ValueError):
            continue  # the schema complains about a date that is missing or is not a date
        where = f"/{listing}/{index}/{end}"
        if start.year + LONGEST[listing] // 12 + 1 > date.max.year:
            yield Complaint(f"/{listing}/{index}/{begin}", f"{start} is no day of this age; write the day on which it began")
        elif until < start:
            yield Complaint(where, f"{until} lies before {start}, on which it begins")
        elif until > (latest := months_after(start, LONGEST[listing])):
            words = "a gap is accepted" if listing == "accepted_gaps" else "an attestation holds"
            yield Complaint(where, f"{words} for {LONGEST[listing]} months at most: until {latest}; then decide anew")


def _day(text: str) -> date:
    return date.fromisoformat(text)


def in_force(
    overrides: Overrides, results: Mapping[str, Judged], as_of: date
) -> tuple[dict[str, InForce], tuple[OverrideNote, ...]]:
    """The overrides in force on a day by criterion, and a note with the reason for each statement that does not count."""
    notes: list[OverrideNote] = []
    used: dict[str, dict[str, Statement]] = {}
    for statement in overrides.statements:
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
        return f"it expired on {statement.until}"
    if as_of < statement.on:
        return f"it is not in force before {statement.on}"
    if statement.kind == GAP and result.priority is Priority.CAPS:
        return "a contradiction between facts cannot be accepted; correct the facts"
    if statement.kind == GAP and result.outcome in (Outcome.MET, Outcome.NOT_APPLICABLE):
        return "it is not used: there is no gap"
    if statement.kind == ATTESTATION and result.outcome not in (*_UNKNOWN, Outcome.NOT_MET):
        return "it is not used: the facts say enough"
    return ""


def _combined(result: Judged, by_kind: Mapping[str, Statement]) -> InForce:
    if ATTESTATION in by_kind and result.outcome is Outcome.NOT_MET:
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


def expiring_statements(overrides: Overrides, results: Iterable[CriterionResult], as_of: date) -> Iterator[Expiring]:
    """The statements in force that end within 90 days."""
    counted = {override for result in results for override in result.overrides}
    for item in overrides.statements:
        if item.shown() in counted and is_soon(item.until, as_of):
            yield Expiring(f"{item.kind} for {item.criterion}", item.until.isoformat(), (item.until - as_of).days)

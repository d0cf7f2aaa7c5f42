"""What people say of results, beside them: gaps that are accepted, and attestations. Neither ever changes an outcome."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import partial
from typing import Any, Protocol

from engagecheck.audit.evidence import is_soon
from engagecheck.intake import checks
from engagecheck.intake.load import checked
from engagecheck.model.dates import months_after
from engagecheck.model.digests import digest_of
from engagecheck.model.records import Factory, record
from engagecheck.model.report import CriterionResult, Disposition, Expiring, Outcome, Override, OverrideNote, Priority
from engagecheck.model.schema import Complaint, schema

Json = Any
LONGEST = {"accepted_gaps": 18, "attestations": 36}
"""Months for which a gap can be accepted, and an attestation can hold, at most. Our judgement."""
GAP, ATTESTATION = "accepted gap", "attestation"
_UNKNOWN = (Outcome.NOT_EVIDENCED, Outcome.ERROR)


@record
class Statement:
    """An accepted gap or an attestation. It is in force from `on` to `until`, both days included."""

    kind: str
    criterion: str
    text: str
    role: str
    on: date
    until: date
    method: str = ""

    def shown(self) -> Override:
        """As a report shows it."""
        return Override(
            self.kind, self.criterion, self.text, self.role, self.on.isoformat(), self.until.isoformat(), self.method
        )


@record
class Overrides:
    """All accepted gaps and attestations for an audit, with the digest of each file that they came from.

    `ignored`: there were some, and the audit is done as if there were not; the report says so.
    """

    statements: tuple[Statement, ...] = ()
    digests: Mapping[str, str] = Factory(dict)
    ignored: bool = False

    def __add__(self, other: "Overrides") -> "Overrides":
        return Overrides(
            (*self.statements, *other.statements), {**self.digests, **other.digests}, self.ignored or other.ignored
        )


class Judged(Protocol):
    """All that counts of a result here."""

    @property
    def outcome(self) -> Outcome:
        """Its outcome."""
        ...

    @property
    def priority(self) -> Priority:
        """The priority of its criterion."""
        ...


@record
class Beside:
    """What stands beside one result: its disposition, and the statements in force."""

    disposition: Disposition = Disposition.NONE
    overrides: tuple[Override, ...] = ()


def accepted_gaps(raw: bytes, name: str) -> Overrides:
    """The gaps that a file accepts. Raises `InputRefused` with a line for each thing that is wrong."""
    document = checked(raw, name, "accepted_gaps", partial(_sense, "accepted_gaps", "approved_on", "expires_on"))
    found = tuple(
        Statement(GAP, one["criterion"], one["reason"], one["approver"], _day(one["approved_on"]), _day(one["expires_on"]))
        for one in document["accepted_gaps"]
    )
    return Overrides(found, {"accepted_gaps": digest_of(raw)})


def attestations(raw: bytes, name: str) -> Overrides:
    """The attestations of a file. Raises `InputRefused` with a line for each thing that is wrong."""
    document = checked(raw, name, "attestations", partial(_sense, "attestations", "on", "valid_until"))
    found = tuple(
        Statement(
            ATTESTATION,
            one["criterion"],
            one["statement"],
            one["role"],
            _day(one["on"]),
            _day(one["valid_until"]),
            one["method"],
        )
        for one in document["attestations"]
    )
    return Overrides(found, {"attestations": digest_of(raw)})


def _sense(kind: str, begin: str, end: str, document: Json) -> Iterator[Complaint]:
    """What the schema cannot say: days of no calendar, an end before its beginning, and a gap accepted for too long."""
    yield from checks.complaints(document, schema(kind))
    listed = document.get(kind) if isinstance(document, dict) else None
    for place, one in enumerate(listed if isinstance(listed, list) else ()):
        try:
            start, until = _day(one[begin]), _day(one[end])
        except (KeyError, TypeError, ValueError):
            continue
        where = f"/{kind}/{place}/{end}"
        if start.year + LONGEST[kind] // 12 + 1 > date.max.year:
            yield Complaint(f"/{kind}/{place}/{begin}", f"{start} is no day of this age; write the day on which it began")
        elif until < start:
            yield Complaint(where, f"{until} lies before {start}, on which it begins")
        elif until > (latest := months_after(start, LONGEST[kind])):
            said = "a gap is accepted" if kind == "accepted_gaps" else "an attestation holds"
            yield Complaint(where, f"{said} for {LONGEST[kind]} months at most: until {latest}; then decide anew")


def _day(text: str) -> date:
    return date.fromisoformat(text)


def beside(
    overrides: Overrides, results: Mapping[str, Judged], as_of: date
) -> tuple[dict[str, Beside], tuple[OverrideNote, ...]]:
    """What stands beside each result on a day, and a note for each statement that does not count, with the reason."""
    notes: list[OverrideNote] = []
    used: dict[str, dict[str, Statement]] = {}
    for one in overrides.statements:
        result = results.get(one.criterion)
        why = _why_not(one, result, as_of)
        if not why and one.kind in used.get(one.criterion, {}):
            why = "there is another one for the same question; remove one of the two"
        if why:
            notes.append(OverrideNote(one.criterion, one.kind, why))
        else:
            used.setdefault(one.criterion, {})[one.kind] = one
    return {name: _together(results[name], found) for name, found in used.items()}, tuple(notes)


def _why_not(one: Statement, result: Judged | None, as_of: date) -> str:
    if result is None:
        return "no question has this name; see engagecheck rules"
    if as_of > one.until:
        return f"it expired on {one.until}"
    if as_of < one.on:
        return f"it is not in force before {one.on}"
    if one.kind == GAP and result.priority is Priority.CAPS:
        return "a contradiction between facts cannot be accepted; correct the facts"
    if one.kind == GAP and result.outcome in (Outcome.MET, Outcome.NOT_APPLICABLE):
        return "it is not used: there is no gap"
    if one.kind == ATTESTATION and result.outcome not in (*_UNKNOWN, Outcome.NOT_MET):
        return "it is not used: the facts say enough"
    return ""


def _together(result: Judged, found: Mapping[str, Statement]) -> Beside:
    if ATTESTATION in found and result.outcome is Outcome.NOT_MET:
        disposition = Disposition.DISPUTED
    else:
        disposition = Disposition.ACCEPTED if GAP in found else Disposition.ATTESTED
    return Beside(disposition, tuple(one.shown() for one in found.values()))


def is_accepted(overrides: Iterable[Override]) -> bool:
    """Whether an accepted gap among what is in force quiets the gate for a result."""
    return any(one.kind == GAP for one in overrides)


def is_attested(outcome: Outcome, overrides: Iterable[Override]) -> bool:
    """Whether an attestation in force stands beside an outcome that the facts did not decide."""
    return outcome in _UNKNOWN and any(one.kind == ATTESTATION for one in overrides)


def ending(overrides: Overrides, results: Iterable[CriterionResult], as_of: date) -> Iterator[Expiring]:
    """The statements in force that end within 90 days."""
    counted = {one for result in results for one in result.overrides}
    for one in overrides.statements:
        if one.shown() in counted and is_soon(one.until, as_of):
            yield Expiring(f"{one.kind} for {one.criterion}", one.until.isoformat(), (one.until - as_of).days)

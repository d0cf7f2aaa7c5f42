"""The sign-off of a profile: who prepared, checked and approved it, and the digest of what they signed."""

import copy
import json
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any

import msgspec

from engagecheck.model.outcomes import SignatureState
from engagecheck.model.profile import Signature, SignOff
from engagecheck.model.report import Signed

Json = Any
STEPS = ("prepared", "checked", "approved")
_NOT_COVERED = ("$schema", "sign_off", "not_for_publication")


def digest(document: Mapping[str, Json]) -> str:
    """The digest of all that a sign-off covers in a document: facts, evidence, accepted gaps and attestations.

    It is the same for a workbook and for JSON: empty groups and the order of facts do not count.
    """
    covered = {name: part for name, part in document.items() if name not in _NOT_COVERED}
    return _digest_of(_plain(covered))


def with_outside(facts: str, statements: Iterable[Json]) -> str:
    """The digest of facts, by theirs, together with accepted gaps and attestations from outside the document."""
    outside = sorted(json.dumps(_plain(one), sort_keys=True) for one in statements)
    return _digest_of([facts, *outside]) if outside else facts


def signed(sign_off: SignOff, facts: str, outside: Iterable[Json] = ()) -> tuple[Signed, ...]:
    """Who signed, by role and day, and whether the facts (by their digest) and what is outside are still the same."""
    covers, signatures = with_outside(facts, outside), []
    for step in STEPS:
        signature: Signature = getattr(sign_off, step)
        if signature.role or signature.on:
            state = SignatureState.UNRECORDED
            if signature.covers and signature.role and signature.on:
                state = SignatureState.CURRENT if signature.covers == covers else SignatureState.CHANGED
            signatures.append(Signed(step, state, signature.role or "", signature.on.isoformat() if signature.on else ""))
    return tuple(signatures)


def signatures(document: Mapping[str, Json]) -> tuple[Signed, ...]:
    """Who signed a document, which must be valid."""
    return signed(msgspec.convert(document.get("sign_off", {}), SignOff), digest(document))


def sign(document: Mapping[str, Json], step: str, signature: Mapping[str, Json], covers: str) -> dict[str, Json]:
    """A copy of a document that a role has prepared, checked or approved.

    `step` is one of `STEPS`, `signature` holds the role and the day, and `covers` is the digest of what was signed.
    """
    signed = copy.deepcopy(dict(document))
    signed.setdefault("sign_off", {})[step] = {**signature, "covers": covers}
    return signed


def unsigned(document: Mapping[str, Json]) -> dict[str, Json]:
    """A document without its signatures."""
    return {name: part for name, part in document.items() if name != "sign_off"}


def _digest_of(value: Json) -> str:
    return sha256(json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()).hexdigest()


def _plain(value: Json) -> Json:
    """A value without what says nothing: empty groups and lists, and the difference between 2.0 and 2."""
    if isinstance(value, Mapping):
        members = ((name, _plain(member)) for name, member in value.items())
        return {name: member for name, member in members if member not in ({}, [], "")}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value

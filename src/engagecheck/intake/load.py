"""From bytes to a profile. A correct document is accepted at once. `explain` says what is wrong with any other."""

import json
import os
from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from types import MappingProxyType
from typing import Any

import jiter
import msgspec

from engagecheck.errors import InputRefused
from engagecheck.inputs import MAX_BYTES, read_bytes
from engagecheck.intake import archives, strict_json
from engagecheck.intake.checks import MAX_DEPTH, Checked, check, is_listing
from engagecheck.intake.explain import complaints, open_document
from engagecheck.intake.validation import extension_complaints
from engagecheck.intake.workflow.sign_off import digest
from engagecheck.model.dates import DateOrWord, PartialDate, partial_date
from engagecheck.model.listing import Listing
from engagecheck.model.profile import UNCONFIRMED, AcceptedGap, Attestation, Evidence, Organisation, Origin, Profile, SignOff
from engagecheck.model.schema import NOT_FACTS, pointer_steps, validator
from engagecheck.model.sections import SECTIONS
from engagecheck.plugin_host.registry import Registry


def load_profile(
    source: str | os.PathLike[str] | bytes | Mapping[str, Any], *, name: str | None = None, registry: Registry | None = None
) -> Profile:
    """Read a profile from the path of a file, from bytes, or from a parsed document.

    Messages call the source `name`. `registry` holds the schemas of extensions. Raises `InputRefused` with a line for
    each thing that is wrong.
    """
    if isinstance(source, Mapping):
        name = name or "profile"
        try:
            source = json.dumps(dict(source), indent=1).encode()
        except RecursionError:
            raise InputRefused([f"{name}: groups are nested far more than {MAX_DEPTH} deep"]) from None
    raw, name = (source, name or "profile") if isinstance(source, bytes) else (read_bytes(source), name or str(source))
    return accept(raw, name, registry) or _with_care(raw, name, registry)


def accept(raw: bytes, name: str, registry: Registry | None) -> Profile | None:
    """The profile in JSON bytes, or `None` if anything is wrong with it. A test checks that `explain` agrees."""
    if len(raw) > MAX_BYTES or raw.startswith(archives.SIGNATURE):
        return None
    try:
        document = jiter.from_json(raw, catch_duplicate_keys=True, allow_inf_nan=False)
    except ValueError:
        return None
    if not validator("profile").is_valid(document):
        return None
    checked = check(document)
    if checked.complaints or ("extensions" in document and any(extension_complaints(document, registry))):
        return None
    return profile_from(document, checked, Origin(name, sha256(raw).hexdigest(), raw))


def _with_care(raw: bytes, name: str, registry: Registry | None) -> Profile:
    """The profile in a workbook or in JSON that was not accepted at once. Raises `InputRefused` with what is wrong."""
    opened = open_document(raw, name)
    lines = complaints(opened, registry)
    if lines:
        raise InputRefused(lines)
    return profile_from(opened.document, check(opened.document), opened.origin)


def line_numbers(origin: Origin) -> dict[str, int]:
    """The line of each value of a JSON profile, by JSON Pointer. A workbook has none."""
    return {} if not origin.raw or origin.raw.startswith(archives.SIGNATURE) else strict_json.line_numbers(origin.raw)


def profile_from(document: Mapping[str, Any], checked: Checked, origin: Origin | None = None) -> Profile:
    """The profile of an accepted document. `checked` is the result of the checks on the same document."""
    return Profile(
        organisation=_converted(document["organisation"], Organisation),
        as_of=date.fromisoformat(document["as_of"]),
        sections={name: _converted(document[name], kind) for name, kind in SECTIONS.items() if name in document},
        extensions={name: _loose(part) for name, part in document.get("extensions", {}).items()},
        evidence={item.id: item for item in _converted(document.get("evidence", []), list[Evidence])},
        cited=checked.cited,
        withheld=checked.withheld,
        origin=origin or Origin(),
        accepted_gaps=_converted(document.get("accepted_gaps", ()), tuple[AcceptedGap, ...]),
        attestations=_converted(document.get("attestations", ()), tuple[Attestation, ...]),
        sign_off=_converted(document.get("sign_off", {}), SignOff),
        unconfirmed=unconfirmed_in(document),
        facts_digest=digest(document) if document.get("sign_off") else "",
        not_for_publication=tuple(document.get("not_for_publication", ())),
    )


def unconfirmed_in(document: Mapping[str, Any]) -> tuple[str, ...]:
    """The JSON Pointers of the answers from last year in a valid document that nobody has confirmed."""
    carried = document.get("last_year", {}).get("carried", {})
    return tuple(at for at, state in carried.items() if state == UNCONFIRMED and _is_stated(document, at))


def _is_stated(document: Mapping[str, Any], pointer: str) -> bool:
    """Whether a document has an answer at a pointer. A mark may outlive the answer that somebody took out."""
    value: Any = document
    for step in pointer_steps(pointer):
        value = value.get(step) if isinstance(value, Mapping) else None
    return value is not None


def _converted(data: Any, kind: Any) -> Any:
    # The schema has accepted the types, so `strict=False` only turns 1.0 into 1 if a whole number is expected.
    return msgspec.convert(data, kind, strict=False, dec_hook=_decoded)


def _decoded(kind: type, value: Any) -> Any:
    if kind is PartialDate:
        return partial_date(value)
    if kind is DateOrWord:
        return DateOrWord(value)
    raise NotImplementedError(f"{kind} is no type of a fact")


def _loose(data: Any) -> Any:
    """The facts of an extension as frozen mappings, listings and tuples, because only its plugin knows their types."""
    if isinstance(data, dict):
        if is_listing(data):
            since, total = data.get("complete_from"), data.get("of")
            entries = tuple(_loose(entry) for entry in data["entries"])
            return Listing(None if total is None else int(total), entries, None if since is None else PartialDate(since))
        return MappingProxyType({name: _loose(part) for name, part in data.items() if name not in NOT_FACTS})
    return tuple(_loose(item) for item in data) if isinstance(data, list) else data

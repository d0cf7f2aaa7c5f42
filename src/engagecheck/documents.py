"""Bytes → strict JSON → schema → profile. Every complaint carries line and column, and all come in one run."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engagecheck import coherence, strict_json, validation
from engagecheck.errors import InputRefused
from engagecheck.profile import Origin, Profile
from engagecheck.strict_json import NotStrictJson, Places
from engagecheck.structure import profile_from
from engagecheck.validation import Complaint

if TYPE_CHECKING:
    from engagecheck.registry import Registry

MOST_COMPLAINTS = 200


def load(
    source: str | Path | bytes | Mapping[str, Any], *, name: str | None = None, registry: "Registry | None" = None
) -> Profile:
    """Read a profile from a file's path, from bytes, or from a document already parsed.

    `name` is what complaints call it; `registry` brings the schemas of extensions (the installed ones by
    default). Raises `InputRefused` with a line for each thing that is wrong.
    """
    if isinstance(source, Mapping):
        source, name = json.dumps(source, indent=1).encode(), name or "profile"
    if isinstance(source, bytes):
        return read(source, name or "profile", registry)
    return read(file_bytes(Path(source)), name or str(source), registry)


def file_bytes(path: Path) -> bytes:
    """The bytes of a file; `InputRefused` in one sentence where that cannot be."""
    try:
        if path.is_dir():
            raise InputRefused([f"{path}: is a folder; name a file inside it"])
        return path.read_bytes()
    except FileNotFoundError:
        raise InputRefused([f"{path}: there is no such file; check the name and the folder"]) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputRefused([f"{path}: cannot be read ({reason}); check that you may open it"]) from None


def read(raw: bytes, name: str, registry: "Registry | None" = None) -> Profile:
    """The profile that bytes hold; `name` is what complaints call them. Raises `InputRefused`."""
    try:
        document, places = strict_json.parse(strict_json.decode(raw))
    except NotStrictJson as error:
        raise InputRefused([f"{name}:{error.line}:{error.column}: {error}"]) from None
    lines = _complaints(document, places, name, registry)
    if lines:
        raise InputRefused(lines)
    return profile_from(document, Origin(name, hashlib.sha256(raw).hexdigest(), places.lines()))


def _complaints(document: Any, places: Places, name: str, registry: "Registry | None") -> list[str]:
    found = [Complaint(fault.pointer, fault.message) for fault in places.faults]
    schema = validation.schema("profile")
    sense = [*found, *coherence.complaints(document, schema), *_of_extensions(document, registry)]
    # Where the calendar or the reader has already spoken, the schema's more general words would only repeat it.
    spoken = {complaint.pointer for complaint in sense}
    shape = [complaint for complaint in validation.complaints(document, schema) if complaint.pointer not in spoken]
    return _lines([*sense, *shape], places, name)


def _of_extensions(document: Any, registry: "Registry | None") -> Iterable[Complaint]:
    parts = document.get("extensions") if isinstance(document, dict) else None
    if not isinstance(parts, dict) or not parts:
        return
    if registry is None:
        from engagecheck.registry import installed

        registry = installed()
    for name, part in parts.items():
        if name in registry.extensions:
            yield from validation.complaints(part, registry.extensions[name].schema, f"/extensions/{name}")


def _lines(found: list[Complaint], places: Places, name: str) -> list[str]:
    offsets = {fault.pointer: fault.offset for fault in places.faults}
    worded = []
    for complaint in found:
        if complaint.pointer in offsets:
            line, column = places.at(offsets[complaint.pointer])
        else:
            line, column = places.of(complaint.pointer, key=complaint.of_name)
        where = f" {complaint.pointer}:" if complaint.pointer else ""
        worded.append((line, column, f"{name}:{line}:{column}:{where} {complaint.message}"))
    ordered = [text for _, _, text in sorted(set(worded))]
    if len(ordered) > MOST_COMPLAINTS:
        rest = len(ordered) - MOST_COMPLAINTS
        ordered[MOST_COMPLAINTS:] = [f"{name}: and {rest} more complaints; correct these first"]
    return ordered

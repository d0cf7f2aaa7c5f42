"""Bytes → strict JSON → schema → profile. Every complaint carries line and column, and all come in one run."""

import json
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING, Any

from engagecheck.errors import InputRefused, UsageRefused
from engagecheck.intake import archives, checks, strict_json, structure
from engagecheck.intake.gate import Doubtful, accepted
from engagecheck.intake.strict_json import NotStrictJson
from engagecheck.model import schema
from engagecheck.model.digests import digest_of
from engagecheck.model.profile import Origin, Profile
from engagecheck.model.records import record
from engagecheck.model.schema import Complaint

if TYPE_CHECKING:
    from engagecheck.plugin_host.registry import Registry

    Rules = Registry | Callable[[], Registry]

MOST_COMPLAINTS = 200


def load(
    source: str | os.PathLike[str] | bytes | Mapping[str, Any], *, name: str | None = None, registry: "Rules | None" = None
) -> Profile:
    """Read a profile from a file's path, from bytes, or from a document already parsed.

    `name` is what complaints call it; `registry`, or what makes it, brings the schemas of extensions (the installed ones by
    default). Raises `InputRefused` with a line for each thing that is wrong.
    """
    if isinstance(source, Mapping):
        source, name = json.dumps(source, indent=1).encode(), name or "profile"
    if isinstance(source, bytes):
        return read(source, name or "profile", registry)
    return read(file_bytes(source), name or str(source), registry)


def file_bytes(path: str | os.PathLike[str]) -> bytes:
    """The bytes of a file; `InputRefused` in one sentence where that cannot be."""
    path = os.fspath(path) or repr("")
    try:
        if os.path.isdir(path):
            raise InputRefused([f"{path}: is a folder; name a file inside it"])
        with open(path, "rb") as file:
            return file.read()
    except FileNotFoundError:
        raise InputRefused([f"{path}: there is no such file; check the name and the folder"]) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputRefused([f"{path}: cannot be read ({reason}); check that you may open it"]) from None


@record
class Opened:
    """A document as it came out of a file, with where everything in it stands.

    `where` gives the place of a complaint: how to sort it, and how to begin the sentence. `faults` are what the
    reader of the file itself has against it, with their sentences ready.
    """

    document: Any
    origin: Origin
    where: Callable[[Complaint], tuple[Any, str]]
    faults: Sequence[tuple[Complaint, Any, str]] = ()


def opened(raw: bytes, name: str) -> Opened:
    """The document that bytes hold, JSON or a workbook, before anything is checked. Raises `InputRefused`."""
    digest = digest_of(raw)
    if raw.lstrip()[:15].lower() == b"<!doctype html>":
        raise InputRefused([f"{name}: is a page, such as the form; open it in a browser, save the profile, and name that file"])
    if name.lower().endswith((".xlsx", ".xlsm", ".ods", ".xls")) and not raw.startswith(archives.SIGNATURE):
        raise InputRefused([f"{name}: {archives.DAMAGED}"])
    return _workbook(raw, name, digest) if raw.startswith(archives.SIGNATURE) else _json(raw, name, digest)


def read(raw: bytes, name: str, registry: "Rules | None" = None, *, one_of_many: bool = False) -> Profile:
    """The profile that bytes hold; `name` is what complaints call them. Raises `InputRefused`.

    What is surely right is accepted at once; all else is looked at with care, to say what is wrong with it. `one_of_many`: of
    so many that it pays to have msgspec (extra `fast`) try first.
    """
    for gate in (_decoding(), _accepted) if one_of_many else (_accepted,):
        with suppress(Doubtful, ValueError, TypeError, LookupError, AttributeError, RecursionError):
            return gate(raw, name, registry)
    file = opened(raw, name)
    if is_report(file.document):
        raise InputRefused([f"{name}: is a report and no profile; see it with engagecheck render, compare or trend"])
    lines = complaints(file, registry)
    if lines:
        raise InputRefused(lines)
    return structure.profile_from(file.document, file.origin)


@cache
def _decoding() -> "Callable[[bytes, str, Rules | None], Profile]":
    """The gate of msgspec."""
    from engagecheck.intake.gate.decoding import decoded

    return lambda raw, name, _registry: decoded(raw, _origin(raw, name))


def _accepted(raw: bytes, name: str, registry: "Rules | None") -> Profile:
    document = strict_json.surely(raw)
    if "extensions" in document:  # their shape is known only to schemas that came with plugins
        alone = {part: document[part] for part in ("organisation", "as_of", "evidence", "extensions") if part in document}
        if not strict_json.is_modest(alone["extensions"]) or complaints(Opened(alone, Origin(), _anywhere), registry):
            raise Doubtful
    profile, names = accepted(document, _origin(raw, name))
    if strict_json.may_repeat(raw, names):
        raise Doubtful
    return profile


def _anywhere(complaint: Complaint) -> tuple[Any, str]:
    return "", complaint.pointer


def _origin(raw: bytes, name: str) -> Origin:
    return Origin(name, digest_of(raw), strict_json.late_lines(raw), raw=raw)


def is_report(document: Any) -> bool:
    """Whether a JSON document is a report rather than a profile."""
    return isinstance(document, Mapping) and "report_digest" in document


def checked(raw: bytes, name: str, schema: str, sense: Callable[[Any], Iterable[Complaint]]) -> Any:
    """The JSON document that bytes hold, by one of the other schemas; `sense` says what no schema can say of it.

    Raises `InputRefused` with a line for each thing that is wrong.
    """
    file = _json(raw, name, "")
    lines = _worded(file, list(sense(file.document)), schema.schema(schema))
    if lines:
        raise InputRefused(lines)
    return file.document


def complaints(file: Opened, registry: "Rules | None" = None) -> list[str]:
    """A line for each thing that is wrong with an opened document, in the order of their places."""
    schema = schema.schema("profile")
    return _worded(file, [*checks.complaints(file.document, schema), *_of_extensions(file.document, registry)], schema)


def _worded(file: Opened, sense: Sequence[Complaint], schema: Mapping[str, Any]) -> list[str]:
    document = file.document
    # Where the calendar or the reader has already spoken, the schema's more general words would only repeat it.
    spoken = {complaint.pointer for complaint in (*sense, *(fault for fault, _, _ in file.faults))}
    shape = [complaint for complaint in schema.complaints(document, schema) if complaint.pointer not in spoken]
    worded = {(place, f"{begin} {fault.message}") for fault, place, begin in file.faults}
    refused = {place for place, _ in worded}
    for complaint in [*sense, *shape]:
        place, begin = file.where(complaint)
        if not (complaint.wanted and place in refused):  # what was refused there is not missing
            worded.add((place, f"{begin} {complaint.message}"))
    ordered = [text for _, text in sorted(worded)]
    if len(ordered) > MOST_COMPLAINTS:
        rest = len(ordered) - MOST_COMPLAINTS
        ordered[MOST_COMPLAINTS:] = [f"{file.origin.name}: and {rest} more complaints; correct these first"]
    return ordered


def _json(raw: bytes, name: str, digest: str) -> Opened:
    try:
        document, places = strict_json.parse(strict_json.decode(raw))
    except NotStrictJson as error:
        raise InputRefused([f"{name}:{error.line}:{error.column}: {error}"]) from None

    def begin(line: int, column: int, pointer: str) -> tuple[Any, str]:
        return (line, column), f"{name}:{line}:{column}:{f' {pointer}:' if pointer else ''}"

    def where(complaint: Complaint) -> tuple[Any, str]:
        return begin(*places.of(complaint.pointer, key=complaint.of_name), complaint.pointer)

    faults = [
        (Complaint(fault.pointer, fault.message), *begin(*places.at(fault.offset), fault.pointer)) for fault in places.faults
    ]
    return Opened(document, Origin(name, digest, lines=places.lines(), raw=raw), where, faults)


def _workbook(raw: bytes, name: str, digest: str) -> Opened:
    try:
        from engagecheck.intake.workbook import reading
    except ImportError:
        raise UsageRefused(f"{name}: is a workbook; {archives.EXTRA}") from None
    try:
        found = reading.read(raw)
    except reading.NotAWorkbook as error:
        raise InputRefused([f"{name}: {error}"]) from None

    def begin(cell: str) -> tuple[Any, str]:
        return reading.order(cell), f"{name}: {cell}:" if cell else f"{name}:"

    def where(complaint: Complaint) -> tuple[Any, str]:
        pointer = complaint.wanted or complaint.pointer
        while pointer and pointer not in found.places:
            pointer = pointer.rpartition("/")[0]
        return begin(found.places.get(pointer, ""))

    faults = [(Complaint("", text), *begin(cell)) for cell, text in found.faults]
    return Opened(found.document, Origin(name, digest, cells=found.places, raw=raw), where, faults)


def _of_extensions(document: Any, registry: "Rules | None") -> Iterable[Complaint]:
    parts = document.get("extensions") if isinstance(document, dict) else None
    if not isinstance(parts, dict) or not parts:
        return
    if registry is None:
        from engagecheck.plugin_host.registry import installed

        registry = installed
    if callable(registry):
        registry = registry()
    for name, part in parts.items():
        if name in registry.extensions:
            yield from schema.complaints(part, registry.extensions[name].schema, f"/extensions/{name}")

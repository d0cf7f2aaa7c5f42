"""Reads a workbook, or JSON that was not accepted at once, and explains what is wrong with it, by cell or line and column."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Any

from msgspec import Struct

from engagecheck.errors import InputRefused, needs_extra
from engagecheck.intake import archives, strict_json, validation
from engagecheck.intake.checks import check
from engagecheck.intake.plausibility import Complaint
from engagecheck.intake.strict_json import NotStrictJson
from engagecheck.model.profile import Origin
from engagecheck.model.schema import schema
from engagecheck.plugin_host.registry import Registry

MOST_COMPLAINTS = 200
WORKBOOKS = (".xlsx", ".xlsm", ".ods", ".xls")


class OpenDocument(Struct, frozen=True):
    """A document that was read from a file, before any check.

    `where` gives the place of a complaint: a key to sort by, and the start of its line. `faults` are the complaints of
    the reader of the file, each with its place.
    """

    document: Any
    origin: Origin
    where: Callable[[Complaint], tuple[Any, str]]
    faults: Sequence[tuple[Complaint, Any, str]] = ()


def open_document(raw: bytes, name: str) -> OpenDocument:
    """The document in the bytes of a JSON file or workbook, before any check.

    Raises `InputRefused` if it cannot be read, and `UsageRefused` if a workbook needs the extra `office`.
    """
    if raw.lstrip()[:15].lower() == b"<!doctype html>":
        advice = "Open it in a browser, save your answers, and name that file"
        raise InputRefused([f"{name}: this is a web page, probably the form itself. {advice}"])
    if raw.startswith(archives.SIGNATURE):
        return _open_workbook(raw, name)
    if name.lower().endswith(WORKBOOKS):
        raise InputRefused([f"{name}: {archives.DAMAGED}"])
    return open_json(raw, name)


def open_json(raw: bytes, name: str) -> OpenDocument:
    """The document in the bytes of a JSON file. Raises `InputRefused` if they are not JSON."""
    try:
        document, places = strict_json.parse(strict_json.decode(raw))
    except NotStrictJson as error:
        raise InputRefused([f"{name}:{error.line}:{error.column}: {error}"]) from None

    def begin(line: int, column: int, pointer: str) -> tuple[Any, str]:
        return (line, column), f"{name}:{line}:{column}:{f' {pointer}:' if pointer else ''}"

    def where(complaint: Complaint) -> tuple[Any, str]:
        return begin(*places.of(complaint.pointer, key=complaint.of_name), complaint.wanted or complaint.pointer)

    faults = [
        (Complaint(fault.pointer, fault.message), *begin(*places.at(fault.offset), fault.pointer)) for fault in places.faults
    ]
    return OpenDocument(document, Origin(name, sha256(raw).hexdigest(), raw), where, faults)


def _open_workbook(raw: bytes, name: str) -> OpenDocument:
    with needs_extra("office", name):
        from engagecheck.intake.workbook import reading
    workbook = reading.read(raw, name)

    def begin(cell: str) -> tuple[Any, str]:
        return reading.order(cell), f"{name}: {cell}:" if cell else f"{name}:"

    def where(complaint: Complaint) -> tuple[Any, str]:
        pointer = complaint.wanted or complaint.pointer
        while pointer and pointer not in workbook.places:
            pointer = pointer.rpartition("/")[0]
        return begin(workbook.places.get(pointer, ""))

    faults = [(Complaint("", text), *begin(cell)) for cell, text in workbook.faults]
    origin = Origin(name, sha256(raw).hexdigest(), raw, workbook.places, workbook.understood)
    return OpenDocument(workbook.document, origin, where, faults)


def read_checked(raw: bytes, name: str, kind: str, extra: Callable[[Any], Iterable[Complaint]] = lambda _: ()) -> Any:
    """The document in the bytes of a JSON file, checked against the schema named `kind` and with the `extra` checks.

    Raises `InputRefused` with a line for each thing that is wrong.
    """
    opened = open_json(raw, name)
    lines = _worded(opened, [*check(opened.document, kind).complaints, *extra(opened.document)], schema(kind))
    if lines:
        raise InputRefused(lines)
    return opened.document


def complaints(opened: OpenDocument, registry: Registry | None = None) -> list[str]:
    """A line for each thing that is wrong with an opened profile, in the order of the file."""
    document = opened.document
    if is_report(document):
        return [f"{opened.origin.name}: is a report, not a profile; use engagecheck render, compare or trend"]
    checked = [*check(document).complaints, *validation.extension_complaints(document, registry)]
    return _worded(opened, checked, schema("profile"))


def is_report(document: Any) -> bool:
    """Whether a JSON document is a report rather than a profile."""
    return isinstance(document, Mapping) and "report_digest" in document


def valid_document(opened: OpenDocument, registry: Registry | None = None) -> dict[str, Any]:
    """The document of an opened profile. Raises `InputRefused` if anything is wrong with it.

    `registry` holds the schemas of extensions; by default the installed ones.
    """
    lines = complaints(opened, registry)
    if lines:
        raise InputRefused(lines)
    document: dict[str, Any] = opened.document
    return document


def _worded(opened: OpenDocument, checked: Sequence[Complaint], against: Mapping[str, Any]) -> list[str]:
    # If the reader or a check has complained about a value, the schema's more general complaint would only repeat it.
    known = {complaint.pointer for complaint in (*checked, *(fault for fault, _, _ in opened.faults))}
    shape = [one for one in validation.complaints(opened.document, against) if one.pointer not in known]
    worded = {(place, f"{begin} {fault.message}") for fault, place, begin in opened.faults}
    refused = {place for place, _ in worded}
    for complaint in [*checked, *shape]:
        place, begin = opened.where(complaint)
        if not (complaint.wanted and place in refused):  # a refused value is not missing
            worded.add((place, f"{begin} {complaint.message}"))
    lines = [text for _, text in sorted(worded)]
    if len(lines) > MOST_COMPLAINTS:
        rest = len(lines) - MOST_COMPLAINTS
        lines[MOST_COMPLAINTS:] = [f"{opened.origin.name}: and {rest} more mistakes; correct these first"]
    return lines

"""A report that was saved as JSON, read again: checked against its schema and its own digest."""

from collections.abc import Mapping
from typing import Any

from engagecheck.audit.run import digest
from engagecheck.errors import InputRefused
from engagecheck.intake.load import checked
from engagecheck.model.from_json import made
from engagecheck.model.report import Report

Json = Any
ALTERED = "the report was altered after it was made: its digest does not fit"


def read(raw: bytes, name: str) -> Report:
    """The report in the bytes of a JSON file. Raises `InputRefused`, also for one that was altered since it was made."""
    report, is_intact = read_as_it_is(raw, name)
    if not is_intact:
        raise InputRefused([f"{name}: {ALTERED}; audit again"])
    return report


def read_as_it_is(raw: bytes, name: str) -> tuple[Report, bool]:
    """The report in the bytes of a JSON file, and whether its digest fits. Raises `InputRefused` for what is no report."""
    document = checked(raw, name, "report", lambda _document: ())
    return of(document), digest(document) == document["report_digest"]


def of(document: Mapping[str, Json]) -> Report:
    """The report that an accepted document holds."""
    report: Report = made(Report, document)
    return report

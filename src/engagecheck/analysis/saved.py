"""Reading of a report that was saved as JSON. It is checked against its schema and its own digest."""

import msgspec

from engagecheck.audit.describe import report_digest
from engagecheck.errors import InputRefused
from engagecheck.intake.explain import read_checked
from engagecheck.model.report import Report
from engagecheck.rules.reporter import cleaned

ALTERED = "the report was changed after it was made: its digest does not match"


def read_report(raw: bytes, name: str) -> Report:
    """The report in the bytes of a JSON file. Raises `InputRefused` if it is not a report or was altered."""
    report, is_intact = read_report_as_it_is(raw, name)
    if not is_intact:
        raise InputRefused([f"{name}: {ALTERED}; audit again"])
    return report


def read_report_as_it_is(raw: bytes, name: str) -> tuple[Report, bool]:
    """The report in the bytes of a JSON file, and whether its digest fits. Raises `InputRefused` if it is not a report."""
    document = read_checked(raw, name, "report")
    return msgspec.convert(cleaned(document), Report), report_digest(document) == document["report_digest"]

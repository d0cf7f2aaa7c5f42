"""Reading of a report that was saved as JSON. It is checked against its schema and its own digest."""

from collections.abc import Callable
from typing import Any

import msgspec

from engagecheck.analysis.coherence import contradictions
from engagecheck.audit.describe import report_digest
from engagecheck.errors import InputRefused
from engagecheck.intake.explain import is_report, read_checked
from engagecheck.model.report import Report
from engagecheck.rules.reporter import cleaned

ALTERED = "the report was changed after it was made: its digest does not match"


def report_from(document: Any, raw: bytes, name: str, audit: Callable[[bytes, str], Report]) -> Report:
    """The report in the bytes of a file that was opened as a document. If that is a profile, it is audited.

    Raises `InputRefused` if it is neither.
    """
    return read_report(raw, name) if is_report(document) else audit(raw, name)


def read_report(raw: bytes, name: str) -> Report:
    """The report in the bytes of a JSON file. Raises `InputRefused` if it is none, was altered or contradicts itself."""
    report, is_intact = read_report_as_it_is(raw, name)
    if not is_intact:
        raise InputRefused([f"{name}: {ALTERED}; audit again"])
    wrong = next(contradictions(report), "")
    if wrong:
        raise InputRefused([f"{name}: contradicts itself: {wrong}; audit again"])
    return report


def read_report_as_it_is(raw: bytes, name: str) -> tuple[Report, bool]:
    """The report in the bytes of a JSON file, and whether its digest fits. Raises `InputRefused` if it is not a report."""
    document = read_checked(raw, name, "report")
    try:
        report = msgspec.convert(cleaned(document), Report)
    except msgspec.ValidationError as error:  # such as 66.0, a whole number to the schema alone
        place = str(error).rpartition(" - at ")[2].strip("`$")
        raise InputRefused([f"{name}: is not as the program writes a report, at {place}; audit again"]) from None
    return report, report_digest(document) == document["report_digest"]

"""The whole report as JSON, as `schemas/report.schema.json` describes it."""

import json

from msgspec import to_builtins

from engagecheck.model.report import Report
from engagecheck.rules.reporter import Style, reporter


@reporter("json", about="The whole report for programs, by the published schema.")
def as_document(report: Report, _style: Style) -> str:
    """The report as one JSON document, with one item on each line and a line break at the end."""
    return json.dumps(to_builtins(report), ensure_ascii=False, separators=(",\n", ": ")) + "\n"

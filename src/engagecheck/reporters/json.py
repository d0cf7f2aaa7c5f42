"""The whole report as JSON, as `schemas/report.schema.json` describes it."""

from engagecheck import Report, Style, as_json, reporter
from engagecheck.rendering import indented


@reporter("json", about="The whole report for programs, by the published schema.")
def as_document(report: Report, _style: Style) -> str:
    """The report as one JSON document, in UTF-8 with a line break at its end."""
    return indented(as_json(report)) + "\n"

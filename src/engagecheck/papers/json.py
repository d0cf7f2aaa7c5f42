"""The whole report as JSON, as `schemas/report.schema.json` describes it."""

import json

from engagecheck.model.report import Report, document_of
from engagecheck.rules.reporter import Style, reporter


@reporter("json", about="The whole report for programs, by the published schema.")
def as_document(report: Report, _style: Style) -> str:
    """The report as one JSON document, an item a line, in UTF-8 with a line break at its end."""
    return json.dumps(document_of(report), ensure_ascii=False, separators=(",\n", ": ")) + "\n"

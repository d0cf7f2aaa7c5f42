"""The whole report as JSON, as `schemas/report.schema.json` describes it."""

import json

from engagecheck import Report, Style, as_json, reporter


@reporter("json", about="The whole report for programs, by the published schema.")
def as_document(report: Report, _style: Style) -> str:
    """The report as one JSON document, in UTF-8 with a line break at its end."""
    return json.dumps(as_json(report), indent=2, ensure_ascii=False) + "\n"

"""One line of JSON a report: results without the catalogue of texts, for many profiles in one file."""

import json
from typing import Any

from engagecheck import Report, Style, reporter
from engagecheck.report import as_json


@reporter("jsonl", about="One line of JSON: the results without the texts, for many profiles in one file.")
def as_line(report: Report, _style: Style) -> str:
    """Subject, day, digests, summary, and each criterion's outcome and value."""
    return json.dumps(line_of(report), ensure_ascii=False, separators=(",", ":")) + "\n"


def line_of(report: Report) -> dict[str, Any]:
    """What a line holds, as JSON values."""
    summary = report.summary
    line = {
        "profile": report.run.get("profile", ""),
        "subject": report.subject,
        "as_of": report.as_of,
        "profile_digest": report.profile_digest,
        "report_digest": report.report_digest,
        "level": summary.level,
        "could_be": summary.could_be,
        "score": summary.score,
        "coverage": summary.coverage,
        "gate": summary.gate,
        "problems": report.problems,
        "exit_code": int(report.exit_code),
        "findings": {finding.rule: finding.outcome for finding in report.findings},
        "criteria": {
            one.id: {"outcome": one.outcome, "value": one.value, "disposition": one.disposition}
            for finding in report.findings
            for one in finding.criteria
        },
    }
    made: dict[str, Any] = as_json(line)
    return made

"""One line of JSON a report: results without the catalogue of texts, for many profiles in one file."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from engagecheck.model.report import CriterionResult, Judgement, Outcome, Problem, Report, Summary, as_json, exit_code
from engagecheck.rules.reporter import Style, reporter


@reporter("jsonl", about="One line of JSON: the results without the texts, for many profiles in one file.")
def as_line(report: Report, _style: Style) -> str:
    """Subject, day, digest, summary, and each criterion's outcome and value."""
    return json.dumps(line_of(report), ensure_ascii=False, separators=(",", ":")) + "\n"


def line_of(report: Report) -> dict[str, Any]:
    """What a line holds, as JSON values."""
    criteria = [one for finding in report.findings for one in finding.criteria]
    return line(
        report.run.get("profile", ""), as_json(report.subject), report.as_of, report.profile_digest, report.summary,
        report.problems,
        {finding.rule: finding.outcome for finding in report.findings},
        {one.id: _result(one) for one in criteria},
    )  # fmt: skip


def line(
    name: str, subject: Mapping[str, Any], as_of: str, digest: str, rating: Judgement | Summary, problems: Sequence[Problem],
    findings: Mapping[str, Outcome], criteria: Mapping[str, Any],
) -> dict[str, Any]:  # fmt: skip
    """The line of a profile, from its results."""
    return {
        "profile": name,
        "subject": subject,
        "as_of": as_of,
        "profile_digest": digest,
        "level": rating.level,
        "could_be": rating.could_be,
        "score": as_json(rating.score),
        "coverage": as_json(rating.coverage),
        "gate": rating.gate,
        "problems": as_json(problems),
        "exit_code": int(exit_code(problems, rating)),
        "findings": findings,
        "criteria": criteria,
    }


def _result(one: CriterionResult) -> dict[str, Any]:
    """What a line says of a criterion: outcome and value, and what people have said of it, where they have."""
    said = {"outcome": one.outcome, "value": one.value}
    return {**said, "disposition": one.disposition} if one.overrides else said

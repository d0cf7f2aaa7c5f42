"""One line of JSON for a report: the results without the texts, for many profiles in one file."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from engagecheck.audit.evaluate import Evaluation
from engagecheck.audit.scoring import Scores
from engagecheck.model.answers import Share
from engagecheck.model.outcomes import Outcome
from engagecheck.model.profile import Organisation
from engagecheck.model.report import Judgement, Problem, Report, Subject, Summary, exit_code
from engagecheck.rules.reporter import Style, clean, cleaned, reporter

Line = dict[str, Any]


@reporter("jsonl", about="One line of JSON: the results without the texts, for many profiles in one file.")
def as_line(report: Report, _style: Style) -> bytes:
    """The subject, day, digest and summary, and the outcome and value of each criterion."""
    return encoded(line_of(report))


def encoded(line: Line) -> bytes:
    """A line as JSON in UTF-8, with a line break at the end."""
    return msgspec.json.encode(line) + b"\n"


def line_of(report: Report) -> Line:
    """The line of a report, as a dict."""
    criteria: dict[str, Any] = {}
    for one in (one for finding in report.findings for one in finding.criteria):
        criteria[one.id] = {"outcome": one.outcome, "value": one.value}
        if one.overrides:
            criteria[one.id]["disposition"] = one.disposition
    return _line(
        report.run.get("profile", ""), report.subject, report.as_of, report.profile_digest, report.summary, report.problems,
        {finding.rule: finding.outcome for finding in report.findings}, criteria,
    )  # fmt: skip


def line_of_evaluation(evaluation: Evaluation, scores: Scores) -> Line:
    """The line of an evaluation. It equals the line of its report, but no report has to be made."""
    criteria: dict[str, Any] = {}
    for rule in evaluation.rules:
        for name, answer in rule.answers.items():
            value = answer.value
            plain = value.value if isinstance(value, Share) else clean(value) if isinstance(value, str) else value
            criteria[name] = {"outcome": answer.outcome, "value": plain}
    for name, override in evaluation.overrides.items():
        criteria[name]["disposition"] = override.disposition
    profile = evaluation.profile
    return _line(
        clean(profile.origin.name), profile.organisation, profile.as_of.isoformat(), profile.origin.digest, scores.headline,
        evaluation.problems, {name: rule.outcome for name, rule in scores.rules.items()}, criteria,
    )  # fmt: skip


def _line(
    name: str, subject: Subject | Organisation, as_of: str, digest: str, rating: Judgement | Summary,
    problems: Sequence[Problem], findings: Mapping[str, Outcome], criteria: Mapping[str, Any],
) -> Line:  # fmt: skip
    return {
        "profile": name,
        "subject": cleaned(msgspec.to_builtins(subject)),
        "as_of": as_of,
        "profile_digest": digest,
        "level": rating.level,
        "could_be": rating.could_be,
        "score": rating.score,
        "coverage": rating.coverage,
        "gate": rating.gate,
        "problems": cleaned(msgspec.to_builtins(problems)),
        "exit_code": int(exit_code(problems, rating)),
        "findings": findings,
        "criteria": criteria,
    }

"""One line of JSON for a report: the results without the texts, for many profiles in one file."""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

import msgspec

from engagecheck.audit.answer import Answer
from engagecheck.audit.evaluate import Evaluation
from engagecheck.audit.results import plain_value
from engagecheck.audit.scoring import Scores
from engagecheck.model import headings
from engagecheck.model.outcomes import NOT_EVIDENCED, Outcome
from engagecheck.model.report import Judgement, Problem, Report, Subject, Summary, exit_code
from engagecheck.model.result import CriterionResult
from engagecheck.plugin_host.discovery import BUNDLED
from engagecheck.plugin_host.framework import USUAL, Headline
from engagecheck.rules.reporter import Style, clean, cleaned, reporter

Line = dict[str, Any]


@reporter("jsonl", about="One line of JSON: the results without the texts, for many profiles in one file.")
def as_line(report: Report, _style: Style) -> bytes:
    """The subject, day, digest and summary, and the outcome and value of each criterion."""
    return encoded(line_of(report))


def encoded(line: Line) -> bytes:
    """A line as JSON in UTF-8, with the digest of what stands before it as its last part, and a line break at the end."""
    raw = msgspec.json.encode(line)
    return b'%s%s%s"}\n' % (raw[:-1], _DIGEST, sha256(raw).hexdigest().encode())


_DIGEST = b',"line_digest":"'


def is_as_written(line: bytes) -> bool:
    """Whether a line fits its own digest. Whoever edits a line on purpose can work out one that fits."""
    raw, found, digest = line.rpartition(_DIGEST)
    return bool(found) and digest == b'%s"}\n' % sha256(raw + b"}").hexdigest().encode()


def line_of(report: Report) -> Line:
    """The line of a report, as a dict."""
    criteria: dict[str, Any] = {}
    for one in report.results.values():
        criteria[one.id] = _criterion(one, one.value)
        if one.overrides:
            criteria[one.id]["disposition"] = one.disposition
    line = _line(
        report.run.get("profile", ""), report.subject, report.as_of, report.profile_digest, report.packs[0].choice,
        report.summary, report.problems, {finding.rule: finding.outcome for finding in report.findings}, criteria,
    )  # fmt: skip
    return {**line, "public_edition": headings.PUBLIC} if report.public else line


def line_of_evaluation(evaluation: Evaluation, scores: Scores, headline: Headline = USUAL) -> Line:
    """The line of an evaluation. It equals the line of its report, but no report has to be made."""
    criteria: dict[str, Any] = {}
    for rule in evaluation.rules:
        for name, answer in rule.answers.items():
            value = plain_value(answer.value) if answer.described is None else answer.described.value
            criteria[name] = _criterion(answer, clean(value) if isinstance(value, str) else value)
    for name, override in evaluation.overrides.items():
        criteria[name]["disposition"] = override.disposition
    profile = evaluation.profile
    organisation = profile.organisation
    subject = Subject(organisation.name, organisation.type, organisation.country, organisation.ods_code)
    return _line(
        clean(profile.origin.name), subject, profile.as_of.isoformat(), profile.origin.digest, str(headline),
        scores.packs[headline.pack], evaluation.problems, {name: rule.outcome for name, rule in scores.rules.items()}, criteria,
    )  # fmt: skip


def _criterion(result: Answer | CriterionResult, value: Any) -> Line:
    """The outcome and the value of a criterion. What is not shown also has the outcomes between which it lies."""
    shown = {"outcome": result.outcome, "value": value}
    if result.outcome is NOT_EVIDENCED:
        shown |= {"at_worst": result.at_worst, "at_best": result.at_best}
    return shown


def _line(
    name: str, subject: Subject, as_of: str, digest: str, pack: str, rating: Judgement | Summary,
    problems: Sequence[Problem], findings: Mapping[str, Outcome], criteria: Mapping[str, Any],
) -> Line:  # fmt: skip
    return {
        "profile": name,
        "subject": cleaned(msgspec.to_builtins(subject)),
        "as_of": as_of,
        "profile_digest": digest,
        **({"pack": clean(pack)} if pack != BUNDLED else {}),
        "level": rating.level,
        "could_be": rating.could_be,
        "score": rating.score,
        "ladders": rating.ladders,
        "flags": rating.flags,
        "coverage": rating.coverage,
        "gate": rating.gate,
        "problems": cleaned(msgspec.to_builtins(problems)),
        "exit_code": int(exit_code(problems, rating)),
        "findings": findings,
        "criteria": criteria,
    }

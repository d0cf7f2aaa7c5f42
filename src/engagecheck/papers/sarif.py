"""The report as SARIF 2.1.0: one result for each question, at the lines of the profile with its facts."""

import hashlib
import json
from typing import Any
from urllib.parse import quote

from engagecheck.model import headings, labels
from engagecheck.model.outcomes import Disposition, Outcome, Priority
from engagecheck.model.report import Finding, Report
from engagecheck.model.result import CriterionResult
from engagecheck.rules.reporter import Style, reporter

Json = dict[str, Any]
KIND = {
    Outcome.MET: "pass", Outcome.PARTLY_MET: "fail", Outcome.NOT_MET: "fail", Outcome.NOT_EVIDENCED: "open",
    Outcome.NOT_APPLICABLE: "notApplicable", Outcome.ERROR: "open",
}  # fmt: skip
INFORMATION = "https://www.kingsfund.org.uk/publications/medical-engagement"
"""The report that the questions are derived from."""
LEVEL = {Priority.HIGH: "error", Priority.CAPS: "error", Priority.MEDIUM: "warning", Priority.LOW: "note"}
SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


@reporter("sarif", about="SARIF 2.1.0 for code and document review tools.")
def as_sarif(report: Report, _style: Style) -> str:
    """One run. An accepted gap becomes a suppression, and the result itself does not change."""
    everything = [(finding, one) for finding in report.findings for one in finding.criteria]
    driver = {
        "name": report.tool.name,
        "semanticVersion": report.tool.version,
        "informationUri": INFORMATION,
        "rules": [_rule(finding, one) for finding, one in everything],
    }
    notifications = [{"level": "error", "message": {"text": f"{one.where}: {one.message}"}} for one in report.problems]
    run: Json = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "automationDetails": {"id": f"{report.packs[0].name}/{report.subject.ods_code or report.subject.name}/{report.as_of}"},
        "invocations": [{"executionSuccessful": not report.problems, "toolExecutionNotifications": notifications}],
        "results": [_result(one, index, report) for index, (_, one) in enumerate(everything)],
        "properties": {
            "level": report.summary.level.value,
            "ladders": {one.name: {"value": one.value, "level": one.level.value} for one in report.summary.ladders},
            "redFlags": [{"criterion": one.criterion, "kind": one.kind.value} for one in report.summary.flags],
            "score": {"low": report.summary.score.low, "high": report.summary.score.high},
            "reportDigest": report.report_digest,
            **({"publicEdition": headings.PUBLIC} if report.public else {}),
        },
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2, ensure_ascii=False) + "\n"


def _rule(finding: Finding, one: CriterionResult) -> Json:
    good = f"What good looks like: {one.yardstick.text} ({labels.basis(one)})."
    advice = " ".join(item.text for item in one.recommendations)
    return {
        "id": one.id,
        "name": one.id.replace("/", "."),
        "shortDescription": {"text": one.question},
        "fullDescription": {"text": f"{finding.title}. {finding.why}".strip()},
        "help": {"text": f"{good} {advice}".strip()},
        "defaultConfiguration": {"level": LEVEL[one.priority]},
    }


def _result(one: CriterionResult, index: int, report: Report) -> Json:
    fails_gate = any(flag.criterion == one.id and not flag.accepted for flag in report.summary.flags)
    kind = "fail" if fails_gate else KIND[one.outcome]
    message = " ".join([f"{labels.OUTCOME[one.outcome].capitalize()}.", labels.measured(one), *labels.statements(one)]).strip()
    result: Json = {
        "ruleId": one.id,
        "ruleIndex": index,
        "kind": kind,
        "level": "error" if fails_gate else _level(one) if kind == "fail" else "none",
        "message": {"text": message},
        "locations": _locations(one, report),
        "partialFingerprints": {"engagecheck/v1": _fingerprint(one, report)},
        "properties": {"outcome": one.outcome.value, "value": one.value, "valueText": one.value_text},
    }
    gaps = [override for override in one.overrides if override.kind == "accepted gap"]
    if gaps and one.disposition is Disposition.ACCEPTED:
        result["suppressions"] = [
            {"kind": "external", "status": "accepted", "justification": f"{gap.text} ({gap.role}, until {gap.until})"}
            for gap in gaps
        ]
    return result


def _level(one: CriterionResult) -> str:
    """The level of what falls short and does not fail the gate."""
    return "note" if one.outcome is Outcome.PARTLY_MET or LEVEL[one.priority] == "note" else "warning"


def _locations(one: CriterionResult, report: Report) -> list[Json]:
    """Where the facts are: the file, the pointer and, in a JSON file, the line. What has no line stands at the first."""
    artifact = {"uri": quote(str(report.run.get("profile") or "profile").replace("\\", "/"))}
    locations = []
    for fact in [fact for fact in one.facts if fact.pointer != "/as_of"][:10]:
        physical: Json = {"artifactLocation": artifact, "region": {"startLine": fact.line or 1}}
        name = f"{fact.pointer} ({fact.cell})" if fact.cell else fact.pointer
        locations.append({"physicalLocation": physical, "logicalLocations": [{"fullyQualifiedName": name, "kind": "member"}]})
    return locations or [{"physicalLocation": {"artifactLocation": artifact, "region": {"startLine": 1}}}]


def _fingerprint(one: CriterionResult, report: Report) -> str:
    """A fingerprint of the question and the organisation, which is the same in every audit."""
    return hashlib.sha256(f"{report.subject.ods_code or report.subject.name}\n{one.id}".encode()).hexdigest()

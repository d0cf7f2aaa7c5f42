"""The report as SARIF 2.1.0: a result a question, at the lines of the profile that it rests on."""

import hashlib
import json
from typing import Any
from urllib.parse import quote

from engagecheck.model import labels
from engagecheck.model.report import CriterionResult, Disposition, Finding, Outcome, Priority, Report
from engagecheck.rules.reporter import Style, reporter

Json = dict[str, Any]
KIND = {
    Outcome.MET: "pass", Outcome.PARTLY_MET: "fail", Outcome.NOT_MET: "fail", Outcome.NOT_EVIDENCED: "open",
    Outcome.NOT_APPLICABLE: "notApplicable", Outcome.ERROR: "open",
}  # fmt: skip
LEVEL = {Priority.HIGH: "error", Priority.CAPS: "error", Priority.MEDIUM: "warning", Priority.LOW: "note"}
SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


@reporter("sarif", about="SARIF 2.1.0 for code and document review tools.")
def as_sarif(report: Report, _style: Style) -> str:
    """One run; an accepted gap is a suppression beside the result, which stays what was computed."""
    everything = [(finding, one) for finding in report.findings for one in finding.criteria]
    place = {one.id: number for number, (_, one) in enumerate(everything)}
    driver = {
        "name": report.tool.name,
        "semanticVersion": report.tool.version,
        "rules": [_rule(finding, one) for finding, one in everything],
    }
    told = [{"level": "error", "message": {"text": f"{one.where}: {one.message}"}} for one in report.problems]
    run: Json = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "automationDetails": {"id": f"engagecheck/{report.subject.ods_code or report.subject.name}/{report.as_of}"},
        "invocations": [{"executionSuccessful": not report.problems, "toolExecutionNotifications": told}],
        "results": [_result(one, place[one.id], report) for _, one in everything],
        "properties": {
            "level": report.summary.level.value,
            "score": {"low": report.summary.score.low, "high": report.summary.score.high},
            "reportDigest": report.report_digest,
        },
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2, ensure_ascii=False) + "\n"


def _rule(finding: Finding, one: CriterionResult) -> Json:
    good = f"What good looks like: {one.yardstick.text} ({labels.basis(one)})."
    mend = " ".join(advice.text for advice in one.recommendations)
    return {
        "id": one.id,
        "name": one.id.replace("/", "."),
        "shortDescription": {"text": one.question},
        "fullDescription": {"text": f"{finding.title}. {finding.why}".strip()},
        "help": {"text": f"{good} {mend}".strip()},
        "defaultConfiguration": {"level": LEVEL[one.priority]},
    }


def _result(one: CriterionResult, place: int, report: Report) -> Json:
    kind = KIND[one.outcome]
    said = " ".join([f"{labels.OUTCOME[one.outcome].capitalize()}.", labels.measured(one), *labels.said(one)]).strip()
    made: Json = {
        "ruleId": one.id,
        "ruleIndex": place,
        "kind": kind,
        "level": ("note" if one.outcome is Outcome.PARTLY_MET else LEVEL[one.priority]) if kind == "fail" else "none",
        "message": {"text": said},
        "locations": _locations(one, report),
        "partialFingerprints": {"engagecheck/v1": _fingerprint(one, report)},
        "properties": {"outcome": one.outcome.value, "value": one.value, "valueText": one.value_text},
    }
    gaps = [said for said in one.overrides if said.kind == "accepted gap"]
    if gaps and one.disposition is Disposition.ACCEPTED:
        made["suppressions"] = [
            {"kind": "external", "status": "accepted", "justification": f"{gap.text} ({gap.role}, until {gap.until})"}
            for gap in gaps
        ]
    return made


def _locations(one: CriterionResult, report: Report) -> list[Json]:
    """Where the facts stand: a line of a JSON file; in a workbook, and for what is not stated, the file with the pointer."""
    artifact = {"uri": quote(str(report.run.get("profile", "profile")).replace("\\", "/"))}
    found = []
    for fact in [fact for fact in one.facts if fact.pointer != "/as_of"][:10]:
        physical: Json = {"artifactLocation": artifact}
        if fact.line:
            physical["region"] = {"startLine": fact.line}
        name = f"{fact.pointer} ({fact.cell})" if fact.cell else fact.pointer
        found.append({"physicalLocation": physical, "logicalLocations": [{"fullyQualifiedName": name, "kind": "member"}]})
    return found or [{"physicalLocation": {"artifactLocation": artifact}}]


def _fingerprint(one: CriterionResult, report: Report) -> str:
    """The same for the same question of the same organisation, whenever it is audited."""
    return hashlib.sha256(f"{report.subject.ods_code or report.subject.name}\n{one.id}".encode()).hexdigest()

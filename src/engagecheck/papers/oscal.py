"""The report as OSCAL assessment results, and as a plan of action and milestones. Equal reports give equal uuids."""

import json
import re
import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from engagecheck.model import headings, labels
from engagecheck.model.outcomes import Disposition, Outcome
from engagecheck.model.report import Report
from engagecheck.model.result import CriterionResult
from engagecheck.papers.actions import Action, actions
from engagecheck.rules.reporter import Style, reporter

Json = dict[str, Any]
VERSION = "1.1.3"
NAMESPACE = uuid.UUID("6d1a2c0e-5f0b-5d7e-9f43-0d4f2b7c9e11")
"""The namespace of every uuid in these documents."""
NS = "urn:engagecheck:oscal"
SHORT = (Outcome.PARTLY_MET, Outcome.NOT_MET, Outcome.NOT_EVIDENCED, Outcome.ERROR)
REASON = {Outcome.MET: "pass", Outcome.PARTLY_MET: "fail", Outcome.NOT_MET: "fail"}


@reporter("oscal", about="OSCAL assessment results, for compliance tools.")
def as_results(report: Report, _style: Style) -> str:
    """An observation and a finding for each question that applies, and a risk if it falls short."""
    results = _applicable(report)
    result = _without_empty_lists(
        {
            "uuid": _uuid(report, "result"),
            "title": f"{headings.title(report)} as of {report.as_of}",
            "description": f"{report.summary.scale.word}. {report.summary.scale.definition} {labels.SELF_ASSESSMENT}",
            "start": _midnight(report.as_of),
            "end": _midnight(report.as_of),
            "props": _props({
                "level": report.summary.level, "could-be": report.summary.could_be, "score-low": report.summary.score.low,
                "score-high": report.summary.score.high, "determined": report.summary.coverage.determined,
                "applicable": report.summary.coverage.applicable, "report-digest": report.report_digest,
                "red-flags": len(report.summary.flags),
            }),
            "reviewed-controls": {"control-selections": [_selection(results)]},
            "observations": [_observation(one, report) for one in results],
            "risks": [_risk(one, report) for one in results if one.outcome in SHORT],
            "findings": [_finding(one, report) for one in results],
        }
    )  # fmt: skip
    rules = _uuid(report, "rules")
    document = {
        "uuid": _uuid(report, "assessment-results"),
        "metadata": _metadata(report, "Assessment results"),
        "import-ap": {"href": f"#{rules}", "remarks": "The rules of the packs stand in for an assessment plan."},
        "results": [result],
        "back-matter": {"resources": [_rules(report, rules)]},
    }
    return _encoded({"assessment-results": document})


@reporter("oscal-poam", about="OSCAL plan of action and milestones.")
def as_plan(report: Report, _style: Style) -> str:
    """An item for each action, with the observation and the risk that it comes from."""
    known = {one.id: one for one in _applicable(report)}
    planned = actions(report)
    short = [known[name] for name in dict.fromkeys(action.criterion for action in planned)]
    last = report.summary.next_steps[-1].advice
    keep_going = {
        "uuid": _uuid(report, "item", "again"),
        "title": "Keep going",
        "description": f"{labels.recommendation(last)} Done when: {last.success}",
    }
    document = _without_empty_lists(
        {
            "uuid": _uuid(report, "plan"),
            "metadata": _metadata(report, "Plan of action and milestones"),
            "system-id": {"identifier-type": NS, "id": report.subject.ods_code or _uuid(report, "subject")},
            "observations": [_observation(one, report) for one in short],
            "risks": [_risk(one, report) for one in short if one.outcome in SHORT],
            "poam-items": [*(_item(action, known[action.criterion], report) for action in planned), keep_going],
        }
    )
    return _encoded({"plan-of-action-and-milestones": document})


def _applicable(report: Report) -> list[CriterionResult]:
    """Every criterion that applies, except those of rules that the tailoring leaves out."""
    rated = (finding for finding in report.findings if not finding.left_out)
    return [one for finding in rated for one in finding.criteria if one.outcome is not Outcome.NOT_APPLICABLE]


def _metadata(report: Report, title: str) -> Json:
    return {
        "title": f"{title}: {report.subject.name}",
        "last-modified": _midnight(report.as_of),
        "version": report.report_digest[:12],
        "oscal-version": VERSION,
        "props": _props({"tool": f"{report.tool.name}-{report.tool.version}"}),
        "remarks": " ".join([headings.nature(report), *headings.alarms(report)]),
    }


def _selection(results: Iterable[CriterionResult]) -> Json:
    controls = [{"control-id": _token(one.id)} for one in results]
    return {"include-controls": controls} if controls else {"include-all": {}}


def _rules(report: Report, rules_uuid: str) -> Json:
    packs = "; ".join(f"{pack.name} {pack.version} ({pack.digest[:12]})" for pack in report.packs)
    return {"uuid": rules_uuid, "title": "Rules", "description": f"Packs of rules with their versions and digests: {packs}"}


def _observation(one: CriterionResult, report: Report) -> Json:
    attested = {override.method for override in one.overrides if override.method}
    methods = ["EXAMINE", *(["INTERVIEW"] if "interviewed" in attested else [])]
    evidence = [
        {"description": f"{labels.evidence(item)} ({labels.ASSURANCE[item.assurance]}, {labels.FRESHNESS[item.freshness]})"}
        for item in one.evidence
    ]
    stated = [fact for fact in one.facts if fact.stated and fact.pointer != "/as_of"]
    evidence += [{"description": f"Fact: {labels.place(fact)}"} for fact in stated]
    return _without_empty_lists(
        {
            "uuid": _uuid(report, "observation", one.id),
            "title": _one_line(one.question),
            "description": labels.measured(one) or labels.result(one),
            "props": _props({"outcome": one.outcome, "value": one.value_text, "disposition": one.disposition}),
            "methods": methods,
            "types": ["control-objective"],
            "relevant-evidence": evidence,
            "collected": _midnight(report.as_of),
        }
    )


def _finding(one: CriterionResult, report: Report) -> Json:
    met = one.outcome is Outcome.MET
    return {
        "uuid": _uuid(report, "finding", one.id),
        "title": _one_line(one.question),
        "description": "; ".join([labels.result(one), *labels.statements(one)]),
        "target": {
            "type": "objective-id",
            "target-id": _token(one.id),
            "title": _one_line(one.question),
            "description": f"What good looks like: {one.yardstick.text} ({labels.basis(one)})",
            "status": {"state": "satisfied" if met else "not-satisfied", "reason": REASON.get(one.outcome, "other")},
        },
        **_related(one, report),
    }


def _risk(one: CriterionResult, report: Report) -> Json:
    texts = [advice.text for advice in one.recommendations] or [f"Show it: {one.show}"]
    return _without_empty_lists(
        {
            "uuid": _uuid(report, "risk", one.id),
            "title": _one_line(one.question),
            "description": labels.result(one),
            "statement": f"{one.question} {labels.OUTCOME[one.outcome]}.",
            "props": _props({"priority": one.priority}),
            "status": "deviation-approved" if one.disposition is Disposition.ACCEPTED else "open",
            "remediations": [
                {
                    "uuid": _uuid(report, "remediation", f"{one.id}:{number}"),
                    "lifecycle": "recommendation",
                    "title": _one_line(text)[:200],
                    "description": text,
                }
                for number, text in enumerate(texts, 1)
            ],
        }
    )


def _item(action: Action, one: CriterionResult, report: Report) -> Json:
    return {
        "uuid": _uuid(report, "item", action.id),
        "title": _one_line(action.action)[:200],
        "description": f"{action.action}{f' Responsible: {action.owner}.' if action.owner else ''} Done when: {action.success}",
        "props": _props({"action-id": action.id, "priority": action.priority, "due": action.when}),
        **_related(one, report),
    }


def _related(one: CriterionResult, report: Report) -> Json:
    related = {"related-observations": [{"observation-uuid": _uuid(report, "observation", one.id)}]}
    if one.outcome in SHORT:
        related["related-risks"] = [{"risk-uuid": _uuid(report, "risk", one.id)}]
    return related


def _uuid(report: Report, *names: str) -> str:
    """The uuid of a part of a report. It depends on the report's digest and the names only."""
    return str(uuid.uuid5(NAMESPACE, "\n".join((report.report_digest, *names))))


def _midnight(day: str) -> str:
    return f"{day}T00:00:00Z"


def _props(values: Mapping[str, Any]) -> list[Json]:
    """Named values as OSCAL properties, without empty ones."""
    texts = ((name, re.sub(r"\s+", " ", str(value)).strip()) for name, value in values.items())
    return [{"name": name, "ns": NS, "value": value} for name, value in texts if value]


def _token(name: str) -> str:
    """A criterion's name as an OSCAL token."""
    token = re.sub(r"[^A-Za-z0-9._-]", "_", name.replace("/", "."))
    return token if re.match(r"[A-Za-z_]", token) else f"_{token}"


def _one_line(text: str) -> str:
    return " ".join(text.split()) or "-"


def _without_empty_lists(document: Json) -> Json:
    """Drop empty lists, because OSCAL does not allow them."""
    return {name: value for name, value in document.items() if value != []}


def _encoded(document: Json) -> str:
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"

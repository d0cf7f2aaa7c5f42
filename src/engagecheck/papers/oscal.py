"""The report as OSCAL: assessment results, and the plan of action and milestones. The same report gives the same uuids."""

import json
import re
import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from engagecheck.model import labels
from engagecheck.model.report import CriterionResult, Disposition, Outcome, Report
from engagecheck.papers.actions import Action, actions
from engagecheck.rules.reporter import Style, reporter

Json = dict[str, Any]
VERSION = "1.1.3"
NAMESPACE = uuid.UUID("6d1a2c0e-5f0b-5d7e-9f43-0d4f2b7c9e11")
"""Of all uuids that are made here."""
NS = "urn:engagecheck:oscal"
SHORT = (Outcome.PARTLY_MET, Outcome.NOT_MET, Outcome.NOT_EVIDENCED, Outcome.ERROR)
REASON = {Outcome.MET: "pass", Outcome.PARTLY_MET: "fail", Outcome.NOT_MET: "fail"}


@reporter("oscal", about="OSCAL assessment results, for compliance tools.")
def as_results(report: Report, _style: Style) -> str:
    """An observation, a finding and, where it falls short, a risk for each question that applies."""
    results = _asked(report)
    result = _full(
        {
            "uuid": _uuid(report, "result"),
            "title": f"Medical engagement as of {report.as_of}",
            "description": f"{report.summary.scale.word}. {report.summary.scale.definition} {labels.SELF_ASSESSMENT}",
            "start": _at(report.as_of),
            "end": _at(report.as_of),
            "props": _props({
                "level": report.summary.level, "could-be": report.summary.could_be, "score-low": report.summary.score.low,
                "score-high": report.summary.score.high, "determined": report.summary.coverage.determined,
                "applicable": report.summary.coverage.applicable, "report-digest": report.report_digest,
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
    return _written({"assessment-results": document})


@reporter("oscal-poam", about="OSCAL plan of action and milestones.")
def as_plan(report: Report, _style: Style) -> str:
    """An item for each action; each with the observation and the risk that it comes from."""
    known = {one.id: one for one in _asked(report)}
    planned = actions(report)
    short = [known[name] for name in dict.fromkeys(action.criterion for action in planned)]
    last = report.summary.next_steps[-1].advice
    again = {
        "uuid": _uuid(report, "item", "again"),
        "title": "Keep going",
        "description": f"{last.text} Responsible: {last.owner}; {last.horizon}. Done when: {last.success}",
    }
    document = _full(
        {
            "uuid": _uuid(report, "plan"),
            "metadata": _metadata(report, "Plan of action and milestones"),
            "system-id": {"identifier-type": NS, "id": report.subject.ods_code or _uuid(report, "subject")},
            "observations": [_observation(one, report) for one in short],
            "risks": [_risk(one, report) for one in short if one.outcome in SHORT],
            "poam-items": [*(_item(action, known[action.criterion], report) for action in planned), again],
        }
    )
    return _written({"plan-of-action-and-milestones": document})


def _asked(report: Report) -> list[CriterionResult]:
    """Every criterion that applies; those of rules that were left out are not assessed."""
    kept = (finding for finding in report.findings if not finding.left_out)
    return [one for finding in kept for one in finding.criteria if one.outcome is not Outcome.NOT_APPLICABLE]


def _metadata(report: Report, title: str) -> Json:
    return {
        "title": f"{title}: {report.subject.name}",
        "last-modified": _at(report.as_of),
        "version": report.report_digest[:12],
        "oscal-version": VERSION,
        "props": _props({"tool": f"{report.tool.name}-{report.tool.version}"}),
        "remarks": " ".join([labels.SELF_ASSESSMENT, *labels.alarms(report)]),
    }


def _selection(results: Iterable[CriterionResult]) -> Json:
    chosen = [{"control-id": _token(one.id)} for one in results]
    return {"include-controls": chosen} if chosen else {"include-all": {}}


def _rules(report: Report, name: str) -> Json:
    packs = "; ".join(f"{pack.name} {pack.version} ({pack.digest[:12]})" for pack in report.packs)
    return {"uuid": name, "title": "Rules", "description": f"Packs of rules with their versions and digests: {packs}"}


def _observation(one: CriterionResult, report: Report) -> Json:
    attested = {said.method for said in one.overrides if said.method}
    methods = ["EXAMINE", *(["INTERVIEW"] if "interviewed" in attested else [])]
    evidence = [
        {"description": f"{labels.evidence(item)} ({labels.ASSURANCE[item.assurance]}, {labels.FRESHNESS[item.freshness]})"}
        for item in one.evidence
    ]
    stated = [fact for fact in one.facts if fact.stated and fact.pointer != "/as_of"]
    evidence += [{"description": f"Fact: {labels.place(fact)}"} for fact in stated]
    return _full(
        {
            "uuid": _uuid(report, "observation", one.id),
            "title": _line(one.question),
            "description": labels.measured(one) or labels.result(one),
            "props": _props({"outcome": one.outcome, "value": one.value_text, "disposition": one.disposition}),
            "methods": methods,
            "types": ["control-objective"],
            "relevant-evidence": evidence,
            "collected": _at(report.as_of),
        }
    )


def _finding(one: CriterionResult, report: Report) -> Json:
    met = one.outcome is Outcome.MET
    made = {
        "uuid": _uuid(report, "finding", one.id),
        "title": _line(one.question),
        "description": "; ".join([labels.result(one), *labels.said(one)]),
        "target": {
            "type": "objective-id",
            "target-id": _token(one.id),
            "title": _line(one.question),
            "description": f"What good looks like: {one.yardstick.text} ({labels.basis(one)})",
            "status": {"state": "satisfied" if met else "not-satisfied", "reason": REASON.get(one.outcome, "other")},
        },
        "related-observations": [{"observation-uuid": _uuid(report, "observation", one.id)}],
    }
    if one.outcome in SHORT:
        made["related-risks"] = [{"risk-uuid": _uuid(report, "risk", one.id)}]
    return made


def _risk(one: CriterionResult, report: Report) -> Json:
    texts = [advice.text for advice in one.recommendations] or [f"Show it: {one.show}"]
    return _full(
        {
            "uuid": _uuid(report, "risk", one.id),
            "title": _line(one.question),
            "description": labels.result(one),
            "statement": f"{one.question} {labels.OUTCOME[one.outcome]}.",
            "props": _props({"priority": one.priority}),
            "status": "deviation-approved" if one.disposition is Disposition.ACCEPTED else "open",
            "remediations": [
                {
                    "uuid": _uuid(report, "remediation", f"{one.id}:{number}"),
                    "lifecycle": "recommendation",
                    "title": _line(text)[:200],
                    "description": text,
                }
                for number, text in enumerate(texts, 1)
            ],
        }
    )


def _item(action: Action, one: CriterionResult, report: Report) -> Json:
    made = {
        "uuid": _uuid(report, "item", action.id),
        "title": _line(action.action)[:200],
        "description": f"{action.action} Responsible: {action.owner}. Done when: {action.success}",
        "props": _props({"action-id": action.id, "priority": action.priority, "due": action.due or action.horizon}),
        "related-observations": [{"observation-uuid": _uuid(report, "observation", one.id)}],
    }
    if one.outcome in SHORT:
        made["related-risks"] = [{"risk-uuid": _uuid(report, "risk", one.id)}]
    return made


def _uuid(report: Report, *names: str) -> str:
    """The uuid of a part of a report; observations, risks and items of a criterion keep theirs as long as the report does."""
    return str(uuid.uuid5(NAMESPACE, "\n".join((report.report_digest, *names))))


def _at(day: str) -> str:
    return f"{day}T00:00:00Z"


def _props(values: Mapping[str, Any]) -> list[Json]:
    """Named values; those that are empty are left out."""
    said = ((name, re.sub(r"\s+", " ", str(value)).strip()) for name, value in values.items())
    return [{"name": name, "ns": NS, "value": value} for name, value in said if value]


def _token(name: str) -> str:
    """A criterion's name as OSCAL allows it."""
    token = re.sub(r"[^A-Za-z0-9._-]", "_", name.replace("/", "."))
    return token if re.match(r"[A-Za-z_]", token) else f"_{token}"


def _line(text: str) -> str:
    return " ".join(text.split()) or "-"


def _full(made: Json) -> Json:
    """Without empty lists, which OSCAL does not allow."""
    return {name: value for name, value in made.items() if value != []}


def _written(document: Json) -> str:
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"

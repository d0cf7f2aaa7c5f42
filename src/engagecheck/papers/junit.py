"""The report as JUnit XML: one suite for each area, one case for each question."""

from collections.abc import Sequence
from xml.etree import ElementTree as Xml

from engagecheck.model import headings, labels
from engagecheck.model.outcomes import Disposition, Outcome
from engagecheck.model.report import Report
from engagecheck.model.result import CriterionResult
from engagecheck.rules.reporter import Style, reporter

POOR = (Outcome.NOT_MET, Outcome.NOT_EVIDENCED)


@reporter("junit", about="JUnit XML for pipelines: a suite an area, a case a question.")
def as_junit(report: Report, _style: Style) -> str:
    """The report as JUnit XML.

    Not met and not shown are failures. Accepted gaps and questions that do not apply are skipped. Faults are errors.
    """
    results = list(report.results.values())
    edition = f". {headings.PUBLIC}" if report.public else ""
    name = f"{report.packs[0].name}: {report.subject.name}, {report.as_of}{edition}"
    root = Xml.Element("testsuites", {"name": name, **_counts(results)})
    for finding in report.findings:
        suite = Xml.SubElement(root, "testsuite", {"name": finding.rule, **_counts(finding.criteria)})
        for one in finding.criteria:
            _case(suite, one)
    Xml.indent(root)
    document: bytes = Xml.tostring(root, encoding="utf-8", xml_declaration=True)
    return document.decode() + "\n"


def _kind(one: CriterionResult) -> str:
    if one.outcome is Outcome.ERROR:
        return "error"
    if one.outcome is Outcome.NOT_APPLICABLE or (one.outcome in POOR and one.disposition is Disposition.ACCEPTED):
        return "skipped"
    return "failure" if one.outcome in POOR else ""


def _counts(results: Sequence[CriterionResult]) -> dict[str, str]:
    kinds = [_kind(one) for one in results]
    return {
        "tests": str(len(kinds)), "failures": str(kinds.count("failure")), "errors": str(kinds.count("error")),
        "skipped": str(kinds.count("skipped")),
    }  # fmt: skip


def _case(suite: Xml.Element, one: CriterionResult) -> None:
    rule, _, name = one.id.partition("/")
    case = Xml.SubElement(suite, "testcase", classname=rule, name=name, time="0")
    message = "; ".join([f"{one.question} {labels.result(one)}", *labels.statements(one)])
    kind = _kind(one)
    if kind == "skipped":
        Xml.SubElement(case, kind, message=message)
    elif kind:
        element = Xml.SubElement(case, kind, message=message, type=one.outcome.value)
        lines = [one.message, f"What good looks like: {one.yardstick.text} ({labels.basis(one)})"]
        lines += [f"Rests on: {labels.place(fact)}" for fact in one.facts]
        lines += [f"What to do: {advice.text}" for advice in one.recommendations]
        element.text = "\n".join(line for line in lines if line)
    else:
        Xml.SubElement(case, "system-out").text = message

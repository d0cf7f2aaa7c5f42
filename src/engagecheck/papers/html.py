"""The report as one HTML page. It fetches nothing and prints as a paper. Without scripts it is whole, but nothing is folded."""

import re
from collections.abc import Iterator
from typing import Any

from engagecheck.audit.scoring import SCORE_STEPS
from engagecheck.intake.pages import part_of_page, rendered
from engagecheck.model import headings, labels
from engagecheck.model.outcomes import Outcome, Priority
from engagecheck.model.report import VERSION, Finding, Report
from engagecheck.model.result import CriterionResult
from engagecheck.papers import rating, wording
from engagecheck.rules.reporter import Style, reporter


@reporter("html", about="A page to read in any browser and to print; one file, nothing is fetched.")
def as_page(report: Report, style: Style) -> str:
    """The report as one self-contained page."""
    from engagecheck.papers import charts, comparison_text

    summary = report.summary
    results = report.results
    flags = [(rating.FLAG[flag.kind], results[flag.criterion]) for flag in rating.ordered_flags(report)]
    interval_words = f"Score of 100: {rating.interval(summary.score)}. {rating.answered(summary)}."
    return page(
        "report.html.j2",
        script=page_file("page.js"),
        generator=f"{report.tool.name} {report.tool.version}",
        report=report,
        summary=summary,
        headings=headings,
        findings=headings.worst_first(report),
        wording=wording,
        in_words=lambda text: wording.in_words(text, report),
        flags=[(kind.capitalize(), one) for kind, one in flags],
        flagged={one.id: kind for kind, one in flags},
        since=style.since,
        changes=list(comparison_text.changes(report, style.since)) if style.since else [],
        strong=[one for one in headings.weighed(report) if one.low >= rating.STRONG],
        groups=_by_outcome,
        contradictions=[one for one in results.values() if one.priority is Priority.CAPS and one.outcome == "not_met"],
        exceptions={item["where"]: item["text"] for item in report.run.get("exceptions", ())},
        interval=charts.interval(summary.score, interval_words),
        level_edges=", ".join(str(edge) for edge, _ in reversed(SCORE_STEPS)),
        drawn=charts.on_yardstick,
        bar=charts.bar,
        shown_facts=lambda one: [fact for fact in one.facts if fact.pointer != "/as_of"],
        overrides=[(one, statement) for one in results.values() for statement in labels.statements(one)],
        other_packs=[pack for pack in report.packs[1:] if pack.rules],
        sources=labels.sources(report),
        outdated={one.id for one in report.outdated_sources},
    )


def _by_outcome(finding: Finding) -> list[tuple[Outcome, list[CriterionResult]]]:
    """The results of a finding by outcome, worst first. Within an outcome, what weighs most comes first."""
    weight = list(labels.PRIORITY)
    groups = ((outcome, [one for one in finding.criteria if one.outcome is outcome]) for outcome in labels.WORST_FIRST)
    return [(outcome, sorted(results, key=lambda one: weight.index(one.priority))) for outcome, results in groups if results]


def page(template: str, *, script: str = "", style: str = "", **parts: Any) -> str:
    """A page from a template of this package, with the common style sheet, `style` and `script`.

    Its security policy allows nothing else.
    """
    return re.sub(r"\n\s*\n+", "\n", "".join(pieces(template, script=script, style=style, **parts))) + "\n"


def pieces(template: str, *, script: str = "", style: str = "", **parts: Any) -> Iterator[str]:
    """The same page in pieces, for one that may be too long for memory."""
    common = {"generator": f"engagecheck {VERSION}", "labels": labels, "rating": rating, "anchor": anchor}
    style = page_file("page.css") + style
    return rendered(__package__, f"pages/{template}", style=style, script=script, **{**common, **parts})


def anchor(name: str) -> str:
    """The HTML id for a rule or criterion. Every character that is not safe in an id becomes a hyphen."""
    return re.sub(r"[^A-Za-z0-9._-]", "-", f"on-{name}")


def page_file(name: str) -> str:
    """The text of a template, style sheet or script of this package."""
    return part_of_page(__package__, f"pages/{name}")

"""The report as one HTML page. It fetches nothing and prints as a paper. Without scripts it is whole, but nothing is folded."""

import base64
import hashlib
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from engagecheck.audit.scoring import SCORE_STEPS
from engagecheck.model import headings, labels
from engagecheck.model.outcomes import Outcome, Priority
from engagecheck.model.report import VERSION, Finding, Report
from engagecheck.model.result import CriterionResult
from engagecheck.papers import rating, wording
from engagecheck.rules.reporter import Style, reporter

if TYPE_CHECKING:
    from jinja2 import Environment


GENERATOR = f"engagecheck {VERSION}"


@reporter("html", about="A page to read in any browser and to print; one file, nothing is fetched.")
def as_page(report: Report, style: Style) -> str:
    """The report as one self-contained page."""
    from engagecheck.papers import board, charts

    summary = report.summary
    results = [one for finding in report.findings for one in finding.criteria]
    by_id = {one.id: one for one in results}
    flags = [(rating.FLAG[flag.kind], by_id[flag.criterion]) for flag in rating.ordered_flags(report)]
    interval_words = f"Score of 100: {rating.interval(summary.score)}. {rating.answered(summary)}."
    return page(
        "report.html.j2",
        script=page_file("page.js"),
        generator=f"{report.tool.name} {report.tool.version}",
        report=report,
        summary=summary,
        labels=labels,
        rating=rating,
        headings=headings,
        anchor=anchor,
        findings=headings.worst_first(report),
        wording=wording,
        flags=[(kind.capitalize(), one) for kind, one in flags],
        flagged={one.id: kind for kind, one in flags},
        since=style.since,
        changes=list(board.changes(report, style.since)) if style.since else [],
        strong=[one for one in headings.weighed(report) if one.low >= rating.STRONG],
        groups=_by_outcome,
        contradictions=[one for one in results if one.priority is Priority.CAPS and one.outcome == "not_met"],
        exceptions={item["where"]: item["text"] for item in report.run.get("exceptions", ())},
        interval=charts.interval(summary.score, interval_words),
        level_edges=", ".join(str(edge) for edge, _ in reversed(SCORE_STEPS)),
        drawn=charts.on_yardstick,
        bar=charts.bar,
        shown_facts=lambda one: [fact for fact in one.facts if fact.pointer != "/as_of"],
        overrides=[(one, statement) for one in results for statement in labels.statements(one)],
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
    from markupsafe import Markup

    style = page_file("page.css") + style
    script_policy = f"; script-src '{_hash(script)}'" if script else ""
    policy = f"default-src 'none'; base-uri 'none'; form-action 'none'; style-src '{_hash(style)}'{script_policy}"
    # The style sheet and the script are files of this package. Text from a report is always escaped.
    return _templates().get_template(template).generate(
        policy=policy, style=Markup(style), script=Markup(script), **parts  # noqa: S704
    )


def anchor(name: str) -> str:
    """The HTML id for a rule or criterion. Every character that is not safe in an id becomes a hyphen."""
    return re.sub(r"[^A-Za-z0-9._-]", "-", f"on-{name}")


@cache
def page_file(name: str) -> str:
    """The text of a template, style sheet or script of this package."""
    return (files(__package__) / "pages" / name).read_text("utf-8").replace("\r\n", "\n")


@cache
def _templates() -> "Environment":
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    return Environment(
        loader=FunctionLoader(page_file), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"

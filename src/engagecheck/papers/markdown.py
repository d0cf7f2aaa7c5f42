"""The report as Markdown, for wikis and pull requests."""

import re
from collections.abc import Iterator

from engagecheck.model import headings, labels
from engagecheck.model.outcomes import Outcome
from engagecheck.model.report import Report
from engagecheck.model.result import CriterionResult
from engagecheck.papers import rating, wording
from engagecheck.papers.actions import actions
from engagecheck.rules.reporter import Style, reporter

_ACTIVE = re.compile(r"([\\`*_{}\[\]<>()#+\-.!|~&:@])")


def plain(text: object) -> str:
    """The text with everything escaped that could be markup, HTML or a link. Runs of white space become one space."""
    return _ACTIVE.sub(r"\\\1", " ".join(str(text).split()))


@reporter("markdown", about="For wikis and pull requests.")
def as_markdown(report: Report, style: Style) -> str:
    """The rating, the areas, the actions, and every question with its result."""
    lines = [
        f"# {plain(headings.title(report))}: {plain(report.subject.name)}",
        f"As of {labels.day(report.as_of)}. {plain(headings.nature(report))}",
        *_alarms(report),
        *_rating(report),
        "## The areas, worst first",
        _table(
            ("Area", "Result", "Answered", "Score"),
            [headings.area(report, finding) for finding in headings.worst_first(report)],
        ),
        "## Actions",
        _table(
            ("Action", "Owner", "Due", "Done when", "Priority", "Question"),
            [
                (one.action, one.owner, one.when, one.success, one.priority, one.criterion)
                for one in actions(report, style.meeting)
            ],
        ),
        "## Every question",
    ]
    for finding in headings.worst_first(report):
        lines.append(f"### {plain(finding.title)}: {labels.OUTCOME[finding.outcome]}")
        lines += [plain(labels.view(view)) for view in finding.views]
        lines.append("\n".join(_item(one) for one in finding.criteria))
    lines += _closing(report)
    return "\n\n".join(line for line in lines if line) + "\n"


def _rating(report: Report) -> Iterator[str]:
    summary = report.summary
    word = f"Indicative rating: {summary.scale.word}{rating.could_be(summary)}."
    yield f"**{plain(word)}** {plain(summary.scale.definition)}"
    held = rating.held_by(summary)
    yield "\n".join([f"- {name}: {plain(text)}" for name, text in rating.ladders(summary)] + ([f"- {held}"] if held else []))
    required = plain(rating.gate(summary.gate, report.gate))
    yield f"Score of 100: {rating.interval(summary.score)}. {rating.answered(summary)}." + (
        f" What was required: {required}." if required else ""
    )
    yield f"**{wording.capitalised(rating.flag_counts(summary))}**"
    yield "\n".join(f"- {plain(f'{label}: {text}')}" for label, text in rating.flags(report))
    if summary.by_default:
        yield f"By the defaults: {plain(rating.by_default(summary))}"


def _alarms(report: Report) -> list[str]:
    lines = []
    if report.problems:
        problems = "\n".join(f"- {plain(problem.where)}: {plain(problem.message)}" for problem in report.problems)
        lines.append(f"**The audit is incomplete: faults in the tool or its plugins**\n\n{problems}")
    lines += [f"{why}: {plain(names)}." for why, names in headings.left_out(report)]
    if not report.summary.assessed:
        lines.append("**Nothing could be assessed: no question that counts was answered. This is not a good result.**")
    return lines


def _item(one: CriterionResult) -> str:
    result = f"{labels.OUTCOME[one.outcome]}, {labels.PRIORITY[one.priority]}."
    parts = [f"- {labels.MARK[one.outcome]} **{plain(wording.headline(one))}**: {result}"]
    if one.message:
        parts.append(plain(one.message))
    if one.outcome not in (Outcome.NOT_APPLICABLE, Outcome.ERROR):
        parts.append(f"Good: {plain(wording.typeset(one.yardstick.text))} ({plain(labels.basis(one))}).")
    if one.outcome.determined and one.assurance is not None:
        parts.append(f"Evidence: {labels.strength(one)}.")
    parts += [f"{plain(statement)}." for statement in labels.statements(one)]
    return " ".join([*parts, f"`{one.id}`"])


def _closing(report: Report) -> Iterator[str]:
    lists = {
        "Where this audit departs from the defaults": [
            f"{one.what}: {one.used}; by default: {one.default}. {one.reason}".rstrip() for one in report.deviations
        ],
        "Accepted gaps and attestations that do not count": [
            f"{note.kind} for {note.criterion}: {note.why}." for note in report.override_notes
        ],
        "Out of date within 90 days": [f"{item.what}: until {labels.day(item.on)}." for item in report.expiring],
    }
    for title, items in lists.items():
        if items:
            yield f"## {title}"
            yield "\n".join(f"- {plain(wording.in_words(item, report))}" for item in items)
    yield headings.identity(report)


def _table(names: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    if not rows:
        return "None."
    lines = [" | ".join(names), " | ".join("---" for _ in names), *(" | ".join(plain(cell) for cell in row) for row in rows)]
    return "\n".join(f"| {line} |" for line in lines)

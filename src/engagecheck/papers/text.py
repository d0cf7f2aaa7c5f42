"""The report as plain text. The summary comes first, for a chair with ten seconds. The areas follow, worst first."""

from collections.abc import Iterator

from engagecheck.model import headings, labels
from engagecheck.model.outcomes import Outcome
from engagecheck.model.report import Finding, Pack, Report, Summary
from engagecheck.model.result import CriterionResult
from engagecheck.papers import rating
from engagecheck.papers.text_layout import Paper
from engagecheck.rules.reporter import Style, reporter

COLOUR = {Outcome.MET: "green", Outcome.PARTLY_MET: "yellow", Outcome.NOT_MET: "red", Outcome.ERROR: "red"}
MAX_LISTED = 3


@reporter("text", about="To read on a terminal or in a mail.")
def as_text(report: Report, style: Style) -> str:
    """The report as plain text, wrapped to the width of `style`."""
    paper = Paper(style)
    _opening(report, paper)
    _problems(report, paper)
    _next_steps(report.summary, paper)
    if style.since:
        from engagecheck.papers import comparison_text

        paper.section(f"What changed since {labels.day(style.since.as_of)}: then {style.since.summary.scale.word}")
        for counted, examples in comparison_text.changes(report, style.since):
            paper.item("-", f"{counted} {examples}".rstrip())
    _overview(report, paper)
    for finding in headings.worst_first(report):
        _area(finding, paper)
    _closing(report, paper)
    return paper.text()


def _opening(report: Report, paper: Paper) -> None:
    summary, subject = report.summary, report.subject
    code = f" ({subject.ods_code})" if subject.ods_code else ""
    paper.heading(f"{headings.title(report)}: {subject.name}{code}")
    paper.say(f"As of {labels.day(report.as_of)}. {headings.nature(report)}")
    paper.gap()
    applicable = summary.coverage.applicable
    unknown = applicable - summary.coverage.determined
    unanswered = f"; {unknown} of {labels.plural(applicable, 'question')} not answered" if unknown else ""
    required = rating.gate(summary.gate, report.gate)
    paper.pairs(
        [
            ("Indicative rating", f"{summary.scale.word}{rating.could_be(summary)}. {summary.scale.definition}"),
            *([("Why not higher", rating.held_by(summary))] if rating.held_by(summary) else []),
            *rating.ladders(summary),
            ("Score of 100", f"{rating.interval(summary.score)}{unanswered}"),
            ("What we could see", rating.answered(summary)),
            *([("What was required", required)] if required else []),
            *([("By the defaults", rating.by_default(summary))] if summary.by_default else []),
        ],
        bold=True,
    )
    counts = rating.flag_counts(summary)
    paper.section(f"{counts[0].upper()}{counts[1:]}")
    for label, text in rating.flags(report):
        paper.item("!", f"{label}: {text}")
    if not summary.assessed:
        paper.gap()
        paper.say("Nothing could be assessed: no question that counts was answered. This is not a good result.", bold=True)


def _problems(report: Report, paper: Paper) -> None:
    for why, names in headings.left_out(report):
        paper.gap()
        paper.say(f"{why}: {names}.")
    if not report.problems:
        return
    paper.section("The audit is incomplete: faults in the tool or its plugins")
    texts = {item["where"]: item["text"] for item in report.run.get("exceptions", ())}
    for problem in report.problems:
        detail = f" [{texts[problem.where]}]" if problem.where in texts else ""
        paper.item("!", f"{problem.where}: {problem.message}{detail}")


def _next_steps(summary: Summary, paper: Paper) -> None:
    paper.section("What to do next")
    if summary.to_collect and summary.next_steps[0].criterion is None:
        paper.say("Nothing that was shown to us falls short. What was not shown comes first: see the next list.")
    for number, step in enumerate(summary.next_steps[:MAX_LISTED], 1):
        paper.item(f"{number}.", f"{labels.recommendation(step.advice)} {rating.effect(step, summary)}".rstrip())
    if summary.to_collect:
        paper.section("What we were not shown: collect these first")
        for number, item in enumerate(summary.to_collect[:MAX_LISTED], 1):
            paper.item(f"{number}.", f"{item.show}. {rating.collecting(item)}")
        remaining = len(summary.to_collect) - MAX_LISTED
        if remaining > 0:
            paper.say(f"and {labels.plural(remaining, 'more document')}, named below.")


def _overview(report: Report, paper: Paper) -> None:
    paper.section("The areas, worst first")
    # Not a table: importing tabulate takes a third of the time of an audit, and a table would split the titles.
    paper.pairs([(labels.OUTCOME[one.outcome], _area_summary(report, one)) for one in headings.worst_first(report)])


def _area_summary(report: Report, finding: Finding) -> str:
    parts = [f"{labels.known(finding)} answered"]
    if score := labels.weighed_score(finding):
        parts.append(f"score {score}")
    if why := headings.why_unrated(report, finding):
        parts.append(why)
    return f"{finding.title}: {', '.join(parts)}"


def _area(finding: Finding, paper: Paper) -> None:
    paper.section(f"{finding.title}: {labels.OUTCOME[finding.outcome]}", COLOUR.get(finding.outcome))
    if finding.why:
        paper.say(f"Why it matters: {finding.why}")
    for view in finding.views:
        paper.say(labels.view(view))
    for criterion in sorted(finding.criteria, key=lambda one: labels.WORST_FIRST.index(one.outcome)):
        paper.gap()
        paper.item(labels.MARK[criterion.outcome], criterion.question, bold=True, colour=COLOUR.get(criterion.outcome))
        paper.pairs(list(_rows(criterion)), indent=2)


def _rows(criterion: CriterionResult) -> Iterator[tuple[str, str]]:
    yield "Result", f"{labels.OUTCOME[criterion.outcome]} ({labels.PRIORITY[criterion.priority]})"
    if criterion.outcome in (Outcome.NOT_APPLICABLE, Outcome.ERROR):
        yield "Reason", criterion.message
        return
    if criterion.outcome is Outcome.NOT_EVIDENCED:
        yield "What is missing", criterion.message
    else:
        yield "What we measured", labels.measured(criterion)
    yield "What good looks like", f"{criterion.yardstick.text} ({labels.basis(criterion)})"
    if criterion.facts:
        yield "Rests on", "; ".join(labels.place(fact) for fact in criterion.facts if fact.pointer != "/as_of")
    if criterion.assurance is not None and criterion.outcome.determined:
        titles = "; ".join(labels.evidence(item) for item in criterion.evidence)
        yield "Strength of evidence", labels.strength(criterion) + (f": {titles}" if titles else "")
    if criterion.by_default is not None:
        default = criterion.by_default
        yield "By default", f"{default.yardstick.text}: {labels.OUTCOME[default.outcome]}. Tailored because: {default.reason}"
    for statement in labels.statements(criterion):
        yield "Said about it", statement
    for advice in criterion.recommendations:
        yield "What to do", labels.recommendation(advice)
        if advice.success:
            yield "Done when", advice.success
    if criterion.outcome is Outcome.NOT_EVIDENCED:
        yield "What would show it", criterion.show
    if criterion.same_cause_as:
        yield "Same cause as", criterion.same_cause_as
    yield "Question's name", criterion.id


def _closing(report: Report, paper: Paper) -> None:
    for title, items in _lists(report).items():
        if items:
            paper.section(title)
        for item in items:
            paper.item("-", item)
    paper.gap()
    paper.say(f"{headings.identity(report)} How the score is made: docs/scoring.md.")


def _lists(report: Report) -> dict[str, list[str]]:
    return {
        "Where this audit departs from the defaults": [
            f"{one.what}: {one.used}; by default: {one.default}.{f' Because: {one.reason}' if one.reason else ''}"
            for one in report.deviations
        ],
        "Accepted gaps and attestations that do not count": [
            f"{note.kind} for {note.criterion}: {note.why}." for note in report.override_notes
        ],
        "Out of date within 90 days": [
            f"{item.what}: until {labels.day(item.on)}, {labels.plural(item.days, 'day')} from the day of this audit."
            for item in report.expiring
        ],
        "In the profile, but asked by no question": [labels.fact(one) for one in report.facts_not_read],
        "Sources that were no longer in force on that date": [labels.published(one) for one in report.outdated_sources],
        "Other packs, each with its own rating": [_other(pack) for pack in report.packs[1:] if pack.rules],
    }


def _other(pack: Pack) -> str:
    judgement = pack.judgement
    by_default = f"; by the defaults: {judgement.by_default}" if judgement.by_default else ""
    return f"{pack.name}: {judgement.level}, {rating.interval(judgement.score)} of 100{by_default}"

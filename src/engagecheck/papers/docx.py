"""The board paper for Word: two pages to decide on, then findings, actions and an appendix (extra `office`)."""

from collections.abc import Iterator

from engagecheck.audit.scoring import SCORE_STEPS
from engagecheck.errors import needs_extra
from engagecheck.model import headings, labels
from engagecheck.model.outcomes import Basis, Level, Outcome
from engagecheck.model.report import Finding, Report
from engagecheck.model.result import CriterionResult, EvidenceCited
from engagecheck.papers import board, comparison_text, rating, wording
from engagecheck.papers.actions import actions
from engagecheck.papers.word import WordPaper
from engagecheck.papers.word_tables import DARK, FILL_IN, MIDDLE, PALE, Cell
from engagecheck.rules.reporter import Style, reporter

MAX_ACTIONS = 15
_COVER = (
    ("Meeting", "Date"), ("Agenda item", "Purpose"), ("Sponsor", "Author"), ("Strategic risk", "Previously considered by"),
    ("Prepared by", "Checked by"), ("Approved by", "Status"),
)  # fmt: skip
FALLS_SHORT = (Outcome.ERROR, Outcome.NOT_MET, Outcome.NOT_EVIDENCED, Outcome.PARTLY_MET)


@reporter("docx", about="The board paper for Word (extra office): what to decide, rating, findings, actions.")
def as_board_paper(report: Report, style: Style) -> bytes:
    """The board paper as a Word document; the same report gives the same bytes.

    Raises `UsageRefused` without the extra, or if `since` is not an earlier report of the same organisation.
    """
    with needs_extra("office", "-f docx"):
        paper = WordPaper(style.template)
    title, day = headings.title(report), labels.day(report.as_of)
    author = f"{report.tool.name} {report.tool.version}"
    paper.properties(f"{title}: {report.subject.name}", f"Self-assessment as of {day}", author)
    if style.template is None:
        paper.footer(f"{title}: self-assessment as of {day}{'. Draft' if headings.is_draft(report) else ''}")
    _cover(paper, report, style)
    _rating(paper, report, style.since)
    _flags(paper, report, style)
    _strengths_and_questions(paper, report, style.since)
    _findings(paper, report)
    _actions(paper, report, style)
    _appendix(paper, report)
    return paper.saved()


def _cover(paper: WordPaper, report: Report, style: Style) -> None:
    day = labels.day(report.as_of)
    paper.heading(f"{headings.title(report)}: self-assessment as of {day}", 0)
    paper.say("", strong=report.subject.name, attached=True)
    signed = dict(headings.signatures(report))
    known = {"Date": labels.day(style.meeting.isoformat())} if style.meeting else {}
    known |= {"Purpose": "Assurance and decision", "Status": "Draft" if headings.is_draft(report) else "Approved"} | signed
    rows = [[part for name in names for part in (Cell(name, PALE, True), known.get(name, FILL_IN))] for names in _COVER]
    paper.table((), rows, (3, 4.6, 4.7, 4.7), "Meeting, agenda item, purpose, sponsor, author and approval", together=True)
    for alarm in headings.alarms(report):
        paper.say("", strong=alarm)
    paper.say("", strong="The board is asked to", attached=True)
    paper.items((f"{request}." for request in board.requests(report, style.since)), numbered=True)
    paper.say(headings.nature(report), soft=True)


def _rating(paper: WordPaper, report: Report, since: Report | None) -> None:
    summary = report.summary
    held = rating.held_by(summary)
    paper.heading(f"Rating: {summary.scale.word}{rating.could_be(summary)}", 1)
    why = f"The rating is the lowest of three ladders{f', and is {held}' if held else ''}."
    paper.say(f"{summary.scale.definition} {why}", attached=True)
    rows = [_ladder(name, report, since) for name in rating.LADDERS]
    names = ("", *(scale.word for scale in summary.levels))
    about = "; ".join(f"{name}: {text}" for name, text in rating.ladders(summary))
    paper.table(names, rows, (3, 3.5, 3.5, 3.5, 3.5), f"The three ladders of the rating. {about}", together=True)
    legend = f"Dark blue: {labels.day(report.as_of)}."
    legend += f" Light blue: {labels.day(since.as_of)}." if since else ""
    paper.say(f"{legend} Evidence is the share of the score that rests on a current document or better.", soft=True)
    low, high = summary.score.low, summary.score.high
    text = f"Score of 100: {rating.interval(summary.score)}"
    paper.scale(low, high, sorted(edge for edge, _ in SCORE_STEPS), board.ladder_value("score", report), text)
    not_answered = "What is not known counts as badly as it can at the low end, and as well as it can at the high end."
    paper.say(f"{rating.answered(summary)}. {not_answered if low < high else ''}".strip(), strong=f"{text}.")
    if summary.by_default:
        paper.say(rating.by_default(summary), strong="By the defaults:")


def _ladder(name: str, report: Report, since: Report | None) -> list[str | Cell]:
    """A row of the table of ladders: what each level asks for, with this step and the last one."""
    row: list[str | Cell] = [Cell(rating.LADDERS[name].title, PALE, True)]
    now = next(one.level for one in report.summary.ladders if one.name == name)
    then = next((one.level for one in since.summary.ladders if one.name == name), None) if since else None
    for level, asked in zip(Level, rating.LADDERS[name].steps, strict=True):
        lines = [board.ladder_value(name, report)] if level is now else []
        lines += [f"before: {board.ladder_value(name, since)}"] if since and level is then else []
        fill = DARK if level is now else MIDDLE if level is then else ""
        lines += [f"({asked})"] if asked else []
        row.append(Cell("\n".join(lines), fill, bool(fill), centred=True))
    return row


def _flags(paper: WordPaper, report: Report, style: Style) -> None:
    paper.heading(wording.capitalised(rating.flag_counts(report.summary)), 1)
    rows: list[list[str | Cell]] = [[Cell(kind, bold=True), *rest] for kind, *rest in board.flags(report, style.meeting)]
    if rows:
        paper.table(("", "What we saw", "Why it matters", "Who acts, by when"), rows, (2.1, 5.8, 5.4, 3.7), "Red flags")
    else:
        paper.say(rating.NO_FLAGS)
    if (more := len(report.summary.flags) - board.FLAGS) > 0:
        paper.say(f"and {more} more, each under its area in the findings.")
    paper.heading("Actions to agree", 1)
    agreed = board.agreed(report, style.meeting)
    paper.table(("Action", "Owner", "Due", "What it does"), agreed, (6.6, 3, 2.9, 4.5), "Actions to agree", together=True)


def _strengths_and_questions(paper: WordPaper, report: Report, since: Report | None) -> None:
    paper.heading("What is strong", 1)
    strong = list(board.strengths(report))
    paper.items(strong)
    if not strong:
        paper.say(f"No area has {rating.STRONG} of 100 points or more yet. What is in place is named under each area.")
    if since:
        paper.heading(f"What changed since {labels.day(since.as_of)}", 1)
        paper.items(comparison_text.changes(report, since))
    asked = " ".join(row[0] for row in board.agreed(report))
    unseen = [item for item in report.summary.to_collect if item.show not in asked]
    if unseen:
        paper.heading("What we could not see", 1)
        paper.items(f"{item.show}. {rating.collecting(item)}" for item in unseen[: board.LISTED])
    paper.heading("Three questions for the chair", 1)
    paper.items(board.chairs_questions(report, since), numbered=True)


def _findings(paper: WordPaper, report: Report) -> None:
    paper.heading("Findings", 1, on_new_page=True)
    rows = [headings.area(report, finding) for finding in headings.worst_first(report)]
    paper.table(("Area", "Result", "Answered", "Score of 100"), rows, (8.5, 3.7, 2.3, 2.5), "The areas, worst first")
    for finding in headings.worst_first(report):
        if not headings.is_of_another_pack(report, finding):
            _finding(paper, finding)


def _finding(paper: WordPaper, finding: Finding) -> None:
    paper.heading(finding.title, 2)
    paper.say(finding.why, attached=True)
    for view in finding.views:
        paper.say(f"{labels.view(view)}.", attached=True)
    for outcome in (*FALLS_SHORT, Outcome.MET):
        word = f"{wording.capitalised(labels.OUTCOME[outcome])}."
        items = [(word, _sentence(one)) for one in finding.criteria if one.outcome is outcome]
        paper.items(items, mark=labels.MARK[outcome])
    apart = [one.label or one.question for one in finding.criteria if one.outcome is Outcome.NOT_APPLICABLE]
    if apart:
        paper.say(f"{'; '.join(apart)}.", strong="Does not apply:")


def _sentence(one: CriterionResult) -> str:
    """One question in one or two lines: value, what is good, and for a shortfall what it is about."""
    parts = [wording.answer(one, outcome_said=True)]
    if one.outcome is Outcome.NOT_EVIDENCED:
        parts.append(f"To show: {one.show}.")
    elif one.outcome is not Outcome.MET and one.message:
        parts.append(one.message)
    if one.outcome is not Outcome.MET and one.basis is Basis.STANDARD and one.source:
        parts.append(f"Required by {one.source.authority or one.source.title}.")
    parts += [wording.sentence(statement) for statement in labels.statements(one)]
    return " ".join(parts)


def _actions(paper: WordPaper, report: Report, style: Style) -> None:
    paper.heading("Action plan", 1)
    planned = actions(report, style.meeting)
    if not planned:
        paper.say(report.summary.next_steps[-1].advice.text)
        return
    # One document can answer several questions. The board asks for it once.
    rows = list(dict.fromkeys((one.action, one.owner, wording.capitalised(one.when), one.success) for one in planned))
    about = "Actions, those first that change most"
    paper.table(("Action", "Owner", "Due", "Done when"), rows[:MAX_ACTIONS], (6.6, 3, 2.7, 4.7), about)
    if len(rows) > MAX_ACTIONS:
        paper.say(f"The action tracker holds all {len(planned)} actions; these are the first of them.")


def _appendix(paper: WordPaper, report: Report) -> None:
    paper.heading("Appendix", 1)
    for title, lines in _lists(report):
        if lines:
            paper.heading(title, 2)
            paper.items(lines)
    paper.heading("What the words mean", 2)
    paper.items([(f"{word}:", meaning) for word, meaning in rating.meanings(report.summary)])
    paper.heading("Sources", 2)
    paper.items(f"{labels.published(source)} {source.address}".strip() for source in labels.sources(report))
    paper.say(f"Made with {headings.identity(report)}", soft=True)


def _lists(report: Report) -> Iterator[tuple[str, list[str]]]:
    departures = [f"{one.what}: {one.used}; by default: {one.default}. {one.reason}".rstrip() for one in report.deviations]
    uncounted = [f"{note.kind} for {note.criterion}: {note.why}." for note in report.override_notes]
    expiring = [f"{item.what}: until {labels.day(item.on)}." for item in report.expiring]
    for title, lines in (
        ("Where this audit departs from the defaults", departures),
        ("Accepted gaps and attestations that do not count", uncounted),
        ("Out of date within 90 days", expiring),
    ):
        yield title, [wording.in_words(line, report) for line in lines]
    cited = {item.id: item for one in report.results.values() for item in one.evidence}
    yield "Documents that this rests on", [_document(item) for _, item in sorted(cited.items())]


def _document(item: EvidenceCited) -> str:
    parts = (labels.evidence(item), labels.day(item.effective or ""), labels.ASSURANCE[item.assurance])
    return f"{', '.join(part for part in parts if part)}."

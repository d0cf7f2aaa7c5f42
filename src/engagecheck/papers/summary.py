"""The report on one screen: the rating and what holds it down, the red flags, three steps, and what was not shown."""

from collections.abc import Iterator

from engagecheck.model import headings, labels
from engagecheck.model.report import Finding, Report
from engagecheck.papers import rating
from engagecheck.papers.text_layout import Paper, wrapped
from engagecheck.rules.reporter import Style, reporter

LONGEST = 35
"""The most lines at 80 columns: a terminal window that someone has enlarged a little shows them all."""
FLAGS, STEPS, NAMED = 6, 3, 3


@reporter("summary", about="One screen: rating, red flags, next steps. What `audit` shows on the terminal.")
def as_summary(report: Report, style: Style) -> str:
    """The report on one screen. Long texts are cut to two lines each; where that takes too many, to one line."""
    for flag_lines, step_lines in ((2, 2), (2, 1), (1, 1)):
        text = _screen(report, style, flag_lines, step_lines)
        if text.count("\n") <= LONGEST:
            break
    return text


def _screen(report: Report, style: Style, lines: int, step_lines: int) -> str:
    paper = Paper(style)
    _head(report, paper)
    faults = list(headings.faults(report))
    for fault in faults[:NAMED]:
        paper.item("!", _cut(fault, paper.width - 3, lines))
    if len(faults) > NAMED:
        paper.item("!", f"and {len(faults) - NAMED} more: see --detail")
    _red_flags(report, paper, lines)
    _next_steps(report, paper, step_lines)
    paper.gap()
    last = list(_strengths(report, paper, lines))
    if style.since:
        from engagecheck.papers import comparison_text

        counts = comparison_text.changes_counted(report, style.since)
        last.append(("Changed", _cut(f"Since {counts}.", paper.width - 14, lines)))
    paper.pairs(last)
    paper.gap()
    paper.say("Whole report: add --detail for the terminal, or -f html=report.html for a page.")
    if not style.has_failed and (ending := rating.ending(report)):
        paper.say(ending)
    return paper.text()


def _head(report: Report, paper: Paper) -> None:
    summary, subject = report.summary, report.subject
    paper.apart(subject.name, labels.day(report.as_of), bold=True)
    paper.say(f"{headings.title(report)}: an indicative self-assessment. {headings.approval(report)}")
    paper.gap()
    unsure = f"   could become {summary.could_be_scale.word}" if summary.could_be is not summary.level else ""
    low, high = summary.score.low, summary.score.high
    score = f"score {low} to {high} of 100" if low != high else f"score {low} of 100"
    paper.apart(f"{summary.scale.word.upper()}{unsure}", score, bold=True)
    if summary.by_default:
        paper.say(f"By the defaults: {rating.by_default(summary, 'see --detail')}")
    paper.gap()
    paper.columns(rating.ladder_rows(summary), indent=2)
    paper.gap()


def _red_flags(report: Report, paper: Paper, lines: int) -> None:
    flags = rating.flags(report)
    paper.gap()
    if not flags:
        paper.say("No red flags", bold=True)
        return
    paper.say("Red flags", bold=True)
    paper.pairs([(label, _cut(text, paper.width - 14, lines)) for label, text in flags[:FLAGS]], indent=2)
    if len(flags) > FLAGS:
        more = rating.kinds(flag.kind for flag in rating.ordered_flags(report)[FLAGS:])
        paper.say(f"  and {len(flags) - FLAGS} more: {more}")


def _next_steps(report: Report, paper: Paper, lines: int) -> None:
    summary = report.summary
    paper.gap()
    paper.say("Do next", bold=True)
    *steps, keep_going = [(step.advice.text, rating.owner_and_effect(step, summary)) for step in summary.next_steps]
    steps += [(f"Collect: {item.show}.", rating.collecting(item)) for item in summary.to_collect]
    steps = steps or [keep_going]
    for number, (text, effect) in enumerate(steps[:STEPS], 1):
        paper.item(f"  {number}.", _cut(text, paper.width - 5, lines))
        paper.item("    ", _cut(effect, paper.width - 5, 1))


def _strengths(report: Report, paper: Paper, lines: int) -> Iterator[tuple[str, str]]:
    summary, width = report.summary, paper.width - 14
    weighed = sorted(headings.weighed(report), key=lambda one: (-one.low, one.rule))
    strong = [one for one in weighed if one.low >= rating.STRONG][:NAMED]
    weak = [one for one in reversed(weighed) if one.high < rating.STRONG][:NAMED]
    if strong:
        yield "Strong", _cut(_names(strong), width, 1)
    if weak:
        yield "Weak", _cut(_names(weak), width, 1)
    unknown = summary.coverage.applicable - summary.coverage.determined
    if unknown:
        falls_short = any(step.criterion for step in summary.next_steps)
        collect = f" Collect first: {summary.to_collect[0].show}." if summary.to_collect and falls_short else ""
        text = f"{unknown} of {labels.plural(summary.coverage.applicable, 'question')}.{collect}"
        yield "Not answered", _cut(text, width, lines)


def _names(findings: list[Finding]) -> str:
    """Short names of areas. A rule's id is its short name with hyphens."""
    return " · ".join(one.rule.replace("-", " ") for one in findings)


def _cut(text: str, width: int, lines: int) -> str:
    """The text, cut at a word so that it takes at most this many lines of this width."""
    written = wrapped(text, width)
    if len(written) <= lines:
        return text
    last = written[lines - 1]
    while len(last) > width - 2:
        last = last.rpartition(" ")[0]
    return " ".join([*written[: lines - 1], f"{last} …"])

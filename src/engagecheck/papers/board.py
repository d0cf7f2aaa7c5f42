"""What a board paper says before its findings: what the board is asked, what is strong, what a chair may ask."""

from collections.abc import Iterator, Sequence
from datetime import date

from engagecheck.analysis.compare import Change, compare
from engagecheck.model import headings, labels
from engagecheck.model.outcomes import FlagKind, Outcome
from engagecheck.model.report import Finding, NextStep, Report, ToCollect
from engagecheck.model.result import CriterionResult
from engagecheck.papers import rating, wording
from engagecheck.papers.actions import owner, showing, when
from engagecheck.papers.comparison_text import weightiest

LISTED = 3
"""How many actions, strengths, changes and questions the first two pages name."""
FLAGS = 6
"""The most red flags that the first page names."""


def requests(report: Report, since: Report | None) -> Iterator[str]:
    """What the board is asked to do."""
    summary = report.summary
    before = f" ({labels.day(since.as_of)}: {since.summary.scale.word})" if since else ""
    yield f"note the rating, {summary.scale.word}{rating.could_be(summary)}{before}, and what it rests on"
    count = len(agreed(report))
    actions = "action below, with its owner and date" if count == 1 else f"{count} actions below, with their owners and dates"
    yield f"agree the {actions}"
    open_flags = [flag for flag in summary.flags if not flag.accepted and flag.kind is FlagKind.PUT_RIGHT]
    if open_flags:
        gap = "the gap that is a red flag" if len(open_flags) == 1 else f"each of the {len(open_flags)} gaps that are red flags"
        yield f"decide on {gap}: put it right by the date below, or accept it until a date and say why"
    gaps = list(accepted(report))
    if gaps:
        yield f"confirm {labels.plural(len(gaps), 'accepted gap')}: {'; '.join(gaps[:LISTED])}"
    if summary.to_collect:
        yield f"ask for what was not shown to us, first: {_lower(summary.to_collect[0].show)}"


def accepted(report: Report) -> Iterator[str]:
    """Each gap that is accepted: "Empty executive posts, until 30 September 2027"."""
    for one in report.results.values():
        for override in one.overrides:
            if override.kind == "accepted gap":
                yield f"{one.label or one.question.rstrip('?')}, until {labels.day(override.until)}"


Agreed = tuple[str, str, str, str]


def agreed(report: Report, meeting: date | None = None) -> list[Agreed]:
    """The first actions: action, owner, due date, and what it does for the rating."""
    summary = report.summary
    *steps, keep_going = summary.next_steps
    rows = [_row(step, report, meeting) for step in steps[:LISTED]]
    rows += [_row(item, report, meeting) for item in summary.to_collect[: LISTED - len(rows)]]
    return rows or [_row(keep_going, report, meeting)]


def _row(one: NextStep | ToCollect, report: Report, meeting: date | None) -> Agreed:
    if isinstance(one, NextStep):
        advice, effect = one.advice, rating.effect(one, report.summary) or "Shows what has changed since."
    else:
        advice, effect = showing(one.show), rating.collecting(one)
    return advice.text, owner(advice, report), when(advice.horizon, meeting), effect


def flags(report: Report, meeting: date | None = None) -> list[tuple[str, str, str, str]]:
    """The first red flags: what ends them, what we saw, why it matters, and who acts by when.

    Flags for which all but the second is the same share a row, so that the table stays on its page.
    """
    whys = {one.id: finding.why for finding in report.findings for one in finding.criteria}
    rows: dict[tuple[str, str, str], list[CriterionResult]] = {}
    for flag in rating.ordered_flags(report)[:FLAGS]:
        one = report.results[flag.criterion]
        advice = one.recommendations[0] if one.recommendations else showing(one.show)
        who = ", ".join(part for part in (owner(advice, report), when(advice.horizon, meeting)) if part)
        # The last sentence of a rule's reason is the one about patients.
        why = whys[one.id].rstrip(".").rpartition(". ")[2]
        rows.setdefault((wording.capitalised(rating.FLAG[flag.kind]), f"{why}." if why else "", who), []).append(one)
    return [(kind, " ".join(_saw(group)), why, who) for (kind, why, who), group in rows.items()]


def _saw(group: Sequence[CriterionResult]) -> Iterator[str]:
    """What we saw of each flag of a row. Those of which we saw nothing are in one sentence."""
    unseen = [one for one in group if one.outcome is Outcome.NOT_EVIDENCED and not one.value_text and not one.overrides]
    unseen = unseen if len(unseen) > 1 else []
    if unseen:
        names = "; ".join(wording.named(one) for one in unseen)
        yield f"{wording.capitalised(labels.OUTCOME[Outcome.NOT_EVIDENCED])}: {names}."
    for one in [one for one in group if one not in unseen]:
        because = f" {one.message}" if one.message and not one.value_text and one.outcome.determined else ""
        yield from (wording.stated(one) + because, *map(wording.sentence, labels.statements(one)))


def strengths(report: Report) -> Iterator[tuple[str, str]]:
    """The strongest areas with their scores, and examples of what is in place."""
    ordered = sorted(headings.weighed(report), key=lambda finding: (-finding.low, finding.rule))
    for finding in [one for one in ordered if one.low >= rating.STRONG][:LISTED]:
        met = sorted((one for one in finding.criteria if one.outcome is Outcome.MET), key=rating.weight)
        examples = " ".join(wording.stated(one) for one in met[:2])
        yield f"{finding.title} ({labels.weighed_score(finding)} of 100).", examples


def chairs_questions(report: Report, since: Report | None) -> list[str]:
    """Three questions that a chair may ask, from what weighs most in this report."""
    return list(_chairs_questions(report, since))[:LISTED]


def _chairs_questions(report: Report, since: Report | None) -> Iterator[str]:
    if flagged := rating.ordered_flags(report):
        one = report.results[flagged[0].criterion]
        if one.outcome is Outcome.NOT_EVIDENCED:
            yield f"{wording.stated(one)} Why could nobody show us, and what do we expect to see?"
        else:
            yield f"{wording.stated(one)} How long has this been so, and what has kept us from putting it right?"
    if since is not None:
        worse = [one for one in compare(since, report).changes if one.change is Change.WORSENED]
        if worse:
            one = report.results[weightiest(worse, report.results)[0].criterion]
            yield f"{wording.stated(one)} This is worse than on {labels.day(since.as_of)}. Did we know at the time?"
    coverage = report.summary.coverage
    unseen = coverage.applicable - coverage.determined
    if unseen:
        count = f"{unseen} of {labels.plural(coverage.applicable, 'question')}"
        yield f"{count} could not be answered. What do we not know about our own organisation?"
    ordered = sorted(headings.weighed(report), key=lambda finding: (finding.low, finding.rule))
    # An area that was not shown is not weak, and one that may be weak is not strong.
    for weak in [area for area in ordered if area.high < rating.STRONG][:1]:
        yield f"{_area(weak)} is our weakest area. What would doctors notice first if we acted on it?"
    for strong in [area for area in ordered if area.low >= rating.STRONG][-1:]:
        yield f"{_area(strong)} is among our strongest areas. What keeps it strong, and could we lose it?"
    yield "How will we know, before the next self-assessment, that doctors themselves notice a difference?"
    yield "What have we heard from doctors directly, and does it agree with this paper?"
    yield "Which of these actions would make the most difference to patients, and who will tell us whether it has?"


def _area(finding: Finding) -> str:
    return f"“{finding.title}” ({labels.weighed_score(finding)} of 100)"


def ladder_value(name: str, report: Report) -> str:
    """The value of a ladder in words: "66 to 73", "2", "87 %"."""
    if name == "score":
        low, high = report.summary.score.low, report.summary.score.high
        return str(low) if low == high else f"{low} to {high}"
    value = next(one.value for one in report.summary.ladders if one.name == name)
    return f"{value}{rating.LADDERS[name].unit}"


def _lower(text: str) -> str:
    """A text that goes on after a colon. A name in capitals, such as CQC, stays."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]

"""The actions that a report asks for: what to mend and what to show. An id stays the same from audit to audit."""

import re
from collections.abc import Callable, Iterator
from datetime import date

from msgspec import Struct

from engagecheck.model import headings, labels
from engagecheck.model.dates import months_after
from engagecheck.model.outcomes import Effort, Outcome
from engagecheck.model.report import Report
from engagecheck.model.result import Advice, CriterionResult
from engagecheck.papers import wording

NOT_PUBLIC = "Not in the public edition"
_MONTHS = re.compile(r"([0-9]{1,3}) months?")


class Action(Struct, frozen=True):
    """One action. `id` names the criterion and the action. `owner` is a role. `result` is the question with its value.

    `months` says how many months after the board's meeting it is due, if that is known. `due` is the day, if the day of
    the meeting is known. `when` is the same in words.
    """

    id: str
    criterion: str
    result: str
    action: str
    success: str
    priority: str
    owner: str
    when: str
    months: int | None = None
    due: date | None = None


def actions(report: Report, meeting: date | None = None) -> tuple[Action, ...]:
    """Every action that the rated rules ask for: first what would change the result most, then what to show.

    If a pack was chosen as the headline, only its rules are rated. If two criteria have the same cause, only the one that
    `same_cause_as` names gets actions. Due dates count from the board's meeting.
    """
    rated = (finding for finding in report.findings if not headings.why_unrated(report, finding))
    results = [one for finding in rated for one in finding.criteria]
    short = {one.id for one in results if one.outcome in (Outcome.NOT_MET, Outcome.PARTLY_MET)}
    ranked = [step.criterion for step in report.summary.next_steps if step.criterion]
    rank = {name: place for place, name in enumerate(ranked)}
    to_mend = sorted((one for one in results if one.id in short and one.same_cause_as not in short), key=_rank(rank))
    collect = {name: place for place, item in enumerate(report.summary.to_collect) for name in item.criteria}
    to_show = sorted((one for one in results if one.outcome is Outcome.NOT_EVIDENCED), key=_rank(collect))
    return tuple(action for one in (*to_mend, *to_show) for action in _actions_of(one, report, meeting))


def _rank(places: dict[str, int]) -> Callable[[CriterionResult], tuple[int, str]]:
    return lambda one: (places.get(one.id, len(places)), one.id)


def _actions_of(one: CriterionResult, report: Report, meeting: date | None) -> Iterator[Action]:
    numbered: list[tuple[int | str, Advice]] = list(enumerate(one.recommendations, 1))
    if one.outcome is Outcome.NOT_EVIDENCED:
        numbered = [("show", showing(one.show))]
    for number, advice in numbered:
        due = due_date(advice.horizon, meeting)
        yield Action(
            f"{one.id}:{number}", one.id, wording.answer(one), advice.text, advice.success, labels.PRIORITY[one.priority],
            owner(advice, report), when(advice.horizon, meeting), _months(advice.horizon), due,
        )  # fmt: skip


def showing(document: str) -> Advice:
    """What to do about something that was not shown."""
    return Advice(f"Show: {document}", "company secretary", "3 months", Effort.LOW, "The profile has it, with evidence.")


def owner(advice: Advice, report: Report) -> str:
    """Who owns an action, as it stands in a table. A public edition does not say."""
    return NOT_PUBLIC if report.public else wording.capitalised(advice.owner)


def when(horizon: str, meeting: date | None) -> str:
    """By when, in words: "14 August 2026", or "3 months after the meeting" if the day of the meeting is not known."""
    if due := due_date(horizon, meeting):
        return labels.day(due.isoformat())
    return f"{horizon} after the meeting" if _months(horizon) else horizon


def due_date(horizon: str, meeting: date | None) -> date | None:
    """The day on which an action is due. `None` if the day of the meeting is not known, or the horizon is not in months."""
    months = _months(horizon)
    if meeting is None or months is None or meeting.year + months // 12 + 1 > date.max.year:
        return None
    return months_after(meeting, months)


def _months(horizon: str) -> int | None:
    match = _MONTHS.fullmatch(horizon)
    return int(match[1]) if match else None

"""The actions that a report asks for: what to mend and what to show. An id stays the same from audit to audit."""

import re
from collections.abc import Callable, Iterator
from datetime import date

from msgspec import Struct

from engagecheck.model import headings, labels
from engagecheck.model.dates import months_after
from engagecheck.model.outcomes import Outcome
from engagecheck.model.report import Report
from engagecheck.model.result import CriterionResult

_MONTHS = re.compile(r"([0-9]{1,3}) months?")


class Action(Struct, frozen=True):
    """One action. `id` names the criterion and the action. `owner` is a role. `due` is an ISO date or empty.

    `horizon` says by when in words, such as "3 months". `result` is the criterion's outcome and value in words.
    """

    id: str
    criterion: str
    question: str
    result: str
    action: str
    success: str
    priority: str
    owner: str
    horizon: str
    due: str
    effort: str


def actions(report: Report) -> tuple[Action, ...]:
    """Every action that the rated rules ask for: first what would change the result most, then what to show.

    If a pack was chosen as the headline, only its rules are rated. If two criteria have the same cause, only the one that
    `same_cause_as` names gets actions.
    """
    rated = (finding for finding in report.findings if not finding.left_out and not headings.is_beside(report, finding))
    results = [one for finding in rated for one in finding.criteria]
    short = {one.id for one in results if one.outcome in (Outcome.NOT_MET, Outcome.PARTLY_MET)}
    ranked = [step.criterion for step in report.summary.next_steps if step.criterion]
    rank = {name: place for place, name in enumerate(ranked)}
    to_mend = sorted((one for one in results if one.id in short and one.same_cause_as not in short), key=_rank(rank))
    collect = {name: place for place, item in enumerate(report.summary.to_collect) for name in item.criteria}
    to_show = sorted((one for one in results if one.outcome is Outcome.NOT_EVIDENCED), key=_rank(collect))
    as_of = date.fromisoformat(report.as_of)
    return tuple(action for one in (*to_mend, *to_show) for action in _actions_of(one, as_of))


def _rank(places: dict[str, int]) -> Callable[[CriterionResult], tuple[int, str]]:
    return lambda one: (places.get(one.id, len(places)), one.id)


def _actions_of(one: CriterionResult, as_of: date) -> Iterator[Action]:
    result = labels.result(one)
    priority = labels.PRIORITY[one.priority]
    if one.outcome is Outcome.NOT_EVIDENCED:
        yield Action(
            f"{one.id}:show", one.id, one.question, result, f"Show it: {one.show}", "It is in the profile, with its evidence.",
            priority, "company secretary", "3 months", _due("3 months", as_of), "low",
        )  # fmt: skip
        return
    for number, advice in enumerate(one.recommendations, 1):
        yield Action(
            f"{one.id}:{number}", one.id, one.question, result, advice.text, advice.success, priority, advice.owner,
            advice.horizon, _due(advice.horizon, as_of), advice.effort.value,
        )  # fmt: skip


def _due(horizon: str, as_of: date) -> str:
    months = _MONTHS.fullmatch(horizon)
    if months is None or as_of.year + int(months[1]) // 12 + 1 > date.max.year:
        return ""
    return months_after(as_of, int(months[1])).isoformat()

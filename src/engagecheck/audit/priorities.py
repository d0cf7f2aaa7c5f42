"""What to do next, and what to collect first, each ranked by what it would change."""

from collections.abc import Iterable, Sequence

from engagecheck.audit import scoring
from engagecheck.audit.overrides import is_accepted
from engagecheck.audit.scoring import RANK, Result
from engagecheck.model.report import CriterionResult, Effort, NextStep, Outcome, ToCollect
from engagecheck.rules.criteria import recommendation

KEEP_GOING = recommendation(
    "Audit again within twelve months, and ask doctors themselves what has changed since.",
    owner="medical director",
    horizon="12 months",
    effort="low",
    success="The board sees two audits side by side and agrees what comes next.",
)
"""The step that every report has: the work is never complete."""


def steps(criteria: Sequence[CriterionResult]) -> tuple[NextStep, ...]:
    """What would mend what is known to fall short: by level gained, points gained, smaller effort, then id.

    Where two criteria have one cause, only the one that the other stands beside is counselled.
    """
    results = weighed(criteria)
    gained = scoring.gains(results)
    found = [
        NextStep(criterion.id, criterion.recommendations[0], *gained[criterion.id])
        for criterion in criteria
        if criterion.id in gained and criterion.recommendations and criterion.beside not in gained
    ]
    found.sort(
        key=lambda step: (-RANK.index(step.level), -step.points, tuple(Effort).index(step.advice.effort), step.criterion)
    )
    return (*found, NextStep(None, KEEP_GOING, scoring.level(list(results.values())), 0))


def to_collect(criteria: Sequence[CriterionResult]) -> tuple[ToCollect, ...]:
    """The documents that would show what is not shown: by how far they narrow the interval, then by name."""
    results = weighed(criteria)
    wanted: dict[str, list[str]] = {}
    for criterion in criteria:
        if criterion.outcome is Outcome.NOT_EVIDENCED:
            wanted.setdefault(criterion.show, []).append(criterion.id)
    found = [ToCollect(show, tuple(names), scoring.narrowing(results, names)) for show, names in wanted.items()]
    return tuple(sorted(found, key=lambda item: (-item.points, item.show)))


def weighed(criteria: Iterable[CriterionResult]) -> dict[str, Result]:
    """What the derivation looks at, by criterion."""
    return {one.id: Result(one.priority, one.outcome, one.gates and not is_accepted(one.overrides)) for one in criteria}


def by_default(criteria: Iterable[CriterionResult]) -> list[Result]:
    """The same as it would be without any tailored threshold."""
    every = list(criteria)
    usual = {one.id: one.by_default.outcome for one in every if one.by_default}
    return [kind._replace(outcome=usual.get(name, kind.outcome)) for name, kind in weighed(every).items()]


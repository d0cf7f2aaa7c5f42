"""What to do next and what to collect first, ranked by effect."""

from collections.abc import Sequence

from engagecheck.audit import scoring
from engagecheck.audit.scoring import LOW, RANK, added_up, level_at, weighed
from engagecheck.model.outcomes import Effort, Outcome
from engagecheck.model.report import NextStep, ToCollect
from engagecheck.model.result import CriterionResult
from engagecheck.rules.criteria import recommendation

KEEP_GOING = recommendation(
    "Audit again within twelve months, and ask doctors themselves what has changed since.",
    owner="medical director",
    horizon="12 months",
    effort="low",
    success="The board sees two audits side by side and agrees what comes next.",
)
"""The step that every report ends with, because the work is never complete."""


def steps(criteria: Sequence[CriterionResult]) -> tuple[NextStep, ...]:
    """The recommendations for criteria that are known to fall short.

    They are ranked by level gained, points gained, smaller effort, then id. If two criteria have the same cause, only
    the one that the other names in `same_cause_as` is recommended.
    """
    results = weighed(criteria)
    gained = scoring.gains(results)
    next_steps = [
        NextStep(criterion.id, criterion.recommendations[0], *gained[criterion.id])
        for criterion in criteria
        if criterion.id in gained and criterion.recommendations and criterion.same_cause_as not in gained
    ]
    next_steps.sort(
        key=lambda step: (-RANK.index(step.level), -step.points, tuple(Effort).index(step.advice.effort), step.criterion)
    )
    return (*next_steps, NextStep(None, KEEP_GOING, level_at(added_up(results.values()), LOW), 0))


def to_collect(criteria: Sequence[CriterionResult]) -> tuple[ToCollect, ...]:
    """The documents that would decide open criteria, ranked by how far they narrow the interval, then by name."""
    results = weighed(criteria)
    documents: dict[str, list[str]] = {}
    for criterion in criteria:
        if criterion.outcome is Outcome.NOT_EVIDENCED:
            documents.setdefault(criterion.show, []).append(criterion.id)
    items = [ToCollect(show, tuple(names), scoring.narrowing(results, names)) for show, names in documents.items()]
    return tuple(sorted(items, key=lambda item: (-item.points, item.show)))

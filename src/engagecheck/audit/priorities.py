"""What to do next and what to collect first, ranked by effect."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from engagecheck.audit.scoring import (
    EVIDENCE_STEPS,
    RANK,
    WeighedRule,
    changed,
    documented,
    evidence_of,
    judge,
    score_of,
    weighed,
)
from engagecheck.model.outcomes import MET, NOT_EVIDENCED, NOT_MET, PARTLY_MET, Effort
from engagecheck.model.report import Finding, Gate, NextStep, ToCollect
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
NAME_DOCUMENTS = recommendation(
    "Name the current document that each answer rests on, first for the essential questions.",
    owner="company secretary",
    horizon="3 months",
    effort="low",
    success="Three quarters of the score rest on a current document.",
)
"""The step where answers rest on nobody's current document and hold the rating down."""


def steps(findings: Sequence[Finding], gate: Gate) -> tuple[NextStep, ...]:
    """The recommendations for criteria that are known to fall short, ranked by what they do for the rating.

    Those that end a red flag come first, then by level gained, points gained, smaller effort, and id. If two criteria have
    the same cause, only the one that the other names in `same_cause_as` is recommended. Naming documents is a step as any
    other. The last step is always to keep going.
    """
    rules = weighed(findings)
    before = judge(rules.values(), gate)
    flagged = {flag.criterion for flag in before.flags}
    short = {one.id: one for one in _results(findings) if one.outcome in (PARTLY_MET, NOT_MET)}
    next_steps = []
    for name, criterion in short.items():
        if criterion.recommendations and criterion.same_cause_as not in short:
            after = judge(changed(rules, {name: MET}).values(), gate)
            points = after.score.low - before.score.low
            next_steps.append(NextStep(name, criterion.recommendations[0], after.level, points, name in flagged))
    next_steps += _naming_documents(findings, rules, gate)
    next_steps.sort(
        key=lambda one: (
            not one.ends_flag,
            -RANK.index(one.level),
            -one.points,
            tuple(Effort).index(one.advice.effort),
            one.criterion or "",
        )
    )
    return (*next_steps, NextStep(None, KEEP_GOING, before.level, 0))


def _naming_documents(findings: Sequence[Finding], rules: Mapping[str, WeighedRule], gate: Gate) -> Iterator[NextStep]:
    """The step of naming documents, if that would lift an evidence ladder that is not at its top."""
    shown = rules
    for criterion in _results(findings):
        if criterion.outcome.determined and not criterion.documented:
            shown = documented(shown, criterion.id)
    now, _ = evidence_of(rules.values())
    could_be, _ = evidence_of(shown.values())
    if now < min(could_be, EVIDENCE_STEPS[0][0]):
        yield NextStep(None, NAME_DOCUMENTS, judge(shown.values(), gate).level, 0)


def to_collect(findings: Sequence[Finding]) -> tuple[ToCollect, ...]:
    """The documents that would decide open criteria, those for red flags first, then by how far they narrow the interval."""
    rules = weighed(findings)
    documents: dict[str, list[CriterionResult]] = {}
    for criterion in _results(findings):
        if criterion.outcome is NOT_EVIDENCED:
            documents.setdefault(criterion.show, []).append(criterion)
    items = [
        ToCollect(show, tuple(one.id for one in of_show), narrowing(rules, [one.id for one in of_show]), _flags(of_show))
        for show, of_show in documents.items()
    ]
    return tuple(sorted(items, key=lambda item: (-item.flags, -item.points, item.show)))


def narrowing(rules: Mapping[str, WeighedRule], names: Iterable[str]) -> int:
    """By how many points of 100 the score's interval narrows once these criteria turn out as well as they may."""
    after = changed(rules, {name: rules[name.partition("/")[0]].results[name].at_best for name in names})
    return score_of([*after.values()]).low - score_of([*rules.values()]).low


def _results(findings: Sequence[Finding]) -> Iterator[CriterionResult]:
    yield from (criterion for finding in findings for criterion in finding.criteria)


def _flags(results: Iterable[CriterionResult]) -> int:
    return sum(one.flags and one.at_worst is NOT_MET for one in results)

"""What would change the result: the smallest change for each criterion, the shortest list for the next level, what to show.

If setting one fact gives the wanted value, the changed profile is audited again. The proposal then has every result that
changes. Otherwise only the one outcome is changed, and the score and the level are derived from it. The proposal then names
the criteria that read the same facts, because their results may change too.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from engagecheck.analysis.whatif_values import FactChange, needed, settings, step_up
from engagecheck.audit import scoring
from engagecheck.audit.evidence import is_too_weak
from engagecheck.audit.scoring import HIGH, LOW, RANK, Weighed, added_up, finding_outcome, level_at, score_of, weighed
from engagecheck.model.answers import Share
from engagecheck.model.outcomes import Assurance, Level, Outcome
from engagecheck.model.report import Finding, Report, Score
from engagecheck.model.result import CriterionResult
from engagecheck.rules.yardsticks import Value


class OutcomeChange(Struct, frozen=True):
    """Another criterion whose outcome changes with a fact, and its new outcome."""

    criterion: str
    outcome: Outcome


class Proposal(Struct, frozen=True):
    """The smallest change that improves the outcome of a criterion, and the new results.

    `needed` is the value that would have to be measured, in words. `value` is the same as a number, a yes or no, or a grade.
    `finding` is the new outcome of the rule. `setting` is the one fact that gives the value, if there is one. `also` then has
    all other outcomes that change. Without `setting`, `shared` has the criteria that read the same facts. `evidence` is the
    least assurance that the evidence needs, if it is too weak now.
    """

    criterion: str
    question: str
    measured: str
    needed: str
    value: bool | int | float | str | None
    outcome: Outcome
    finding: Outcome
    score: Score
    level: Level
    could_be: Level
    setting: FactChange | None = None
    also: tuple[OutcomeChange, ...] = ()
    shared: tuple[str, ...] = ()
    evidence: Assurance | None = None


Reaudit = Callable[[FactChange], Report | None]
"""Audits the same profile with one fact set. Returns `None` if the changed profile is refused."""


class ToShow(Struct, frozen=True):
    """An unanswered question, the document that would answer it, and by how many points the score's interval would narrow."""

    criterion: str
    question: str
    show: str
    points: int


class Step(Struct, frozen=True):
    """A criterion that has to be met for the next level. `known` says whether its outcome is determined now."""

    criterion: str
    question: str
    known: bool


class WhatIf(Struct, frozen=True):
    """Everything that would change a result.

    `to_next` has the fewest criteria that lift the level by one if they are met. `after` is the score once they are met.
    `words` has the word of the report's scale for each level.
    """

    level: Level
    score: Score
    proposals: tuple[Proposal, ...]
    next_level: Level | None
    to_next: tuple[Step, ...]
    after: Score
    to_show: tuple[ToShow, ...]
    words: Mapping[str, str]


def what_if(report: Report, reaudit: Reaudit | None = None) -> WhatIf:
    """Find what would change the level of the bundled pack. `reaudit` audits the same profile with one fact set."""
    pack = report.packs[0].name
    findings = [finding for finding in report.findings if finding.pack == pack and not finding.left_out]
    criteria = {result.id: result for finding in findings for result in finding.criteria}
    results = weighed(criteria.values())
    level = report.summary.level
    next_level = RANK[RANK.index(level) + 1] if level is not RANK[-1] else None
    names, after = shortest(results, next_level) if next_level else ((), report.summary.score)
    return WhatIf(
        level=level,
        score=report.summary.score,
        proposals=tuple(_proposals(findings, results, reaudit)),
        next_level=next_level,
        to_next=tuple(Step(name, criteria[name].question, criteria[name].outcome.determined) for name in names),
        after=after,
        to_show=tuple(sorted(_to_show(findings, results), key=lambda item: (-item.points, item.criterion))),
        words={key.value: scale.word for key, scale in zip(Level, report.summary.levels, strict=True)},
    )


def shortest(results: Mapping[str, Weighed], wanted: Level) -> tuple[tuple[str, ...], Score]:
    """The fewest criteria that reach a level once they are met, and the score after that.

    The criteria that cap the level come first, because they count whatever the score is. The others follow, the ones with
    the most points first, then by id. Each adds its own points only, so this order needs the fewest.
    """
    after = dict(results)
    chosen: list[str] = []
    min_points = {Level.STARTING: -1, Level.BUILDING: 1, Level.SUSTAINING: 2}[wanted]
    unmet = {name for name, one in results.items() if one.outcome not in (Outcome.NOT_APPLICABLE, Outcome.MET)}

    def meet(name: str) -> None:
        chosen.append(name)
        after[name] = replace(after[name], outcome=Outcome.MET)

    for name in sorted(name for name in unmet if results[name].caps and results[name].points(LOW) < min_points):
        meet(name)
    for name in sorted(unmet - set(chosen), key=lambda name: (-_gain(results[name]), name)):
        if RANK.index(level_at(added_up(after.values()), LOW)) >= RANK.index(wanted):
            break
        meet(name)
    return tuple(chosen), score_of(added_up(after.values()))


def _gain(result: Weighed) -> int:
    return (2 - result.points(LOW)) * scoring.WEIGHT[result.priority]


def _proposals(findings: Sequence[Finding], results: Mapping[str, Weighed], reaudit: Reaudit | None) -> Iterator[Proposal]:
    criteria = [result for finding in findings for result in finding.criteria]
    for finding in findings:
        for result in finding.criteria:
            step = step_up(result) if result.outcome in (Outcome.NOT_MET, Outcome.PARTLY_MET) else None
            if step is None:
                continue
            derived = _derived(finding, result, *step, results)
            audited = _audited(derived, result, step[0], criteria, reaudit) if reaudit and derived.evidence is None else None
            yield audited or replace(derived, shared=tuple(_sharing(result, criteria)))


def _derived(
    finding: Finding, result: CriterionResult, value: Value, outcome: Outcome, results: Mapping[str, Weighed]
) -> Proposal:
    """The proposal if one outcome changes and all others stay as they are."""
    after = {**results, result.id: replace(results[result.id], outcome=outcome)}
    in_finding = [after[criterion.id] for criterion in finding.criteria]
    totals = added_up(after.values())
    return Proposal(
        criterion=result.id,
        question=result.question,
        measured=result.value_text,
        needed=needed(result, value),
        value=value.value if isinstance(value, Share) else value,
        outcome=outcome,
        finding=finding_outcome(in_finding, added_up(in_finding)),
        score=score_of(totals),
        level=level_at(totals, LOW),
        could_be=level_at(totals, HIGH),
        evidence=result.min_assurance if is_too_weak(result.min_assurance, result.assurance) else None,
    )


def _audited(
    derived: Proposal, old: CriterionResult, value: Value, criteria: Sequence[CriterionResult], reaudit: Reaudit
) -> Proposal | None:
    """The proposal from an audit with one fact set. `None` if no single fact gives exactly the wanted value."""
    for setting in settings(old, value):
        report = reaudit(setting)
        if report is None:
            continue
        after = {result.id: (finding, result) for finding in report.findings for result in finding.criteria}
        finding, new = after[old.id]
        if (new.value, new.outcome) == (derived.value, derived.outcome):
            others = [(one, after[one.id][1].outcome) for one in criteria if one.id != old.id and one.id in after]
            return replace(
                derived,
                finding=finding.outcome,
                score=report.summary.score,
                level=report.summary.level,
                could_be=report.summary.could_be,
                setting=setting,
                also=tuple(OutcomeChange(one.id, outcome) for one, outcome in others if outcome is not one.outcome),
            )
    return None


def _sharing(result: CriterionResult, criteria: Sequence[CriterionResult]) -> Iterator[str]:
    pointers = _pointers(result)
    yield from (other.id for other in criteria if other.id != result.id and pointers & _pointers(other))


def _pointers(result: CriterionResult) -> set[str]:
    return {fact.pointer for fact in result.facts if fact.pointer not in ("/as_of", "/organisation")}


def _to_show(findings: Sequence[Finding], results: Mapping[str, Weighed]) -> Iterator[ToShow]:
    for finding in findings:
        for result in finding.criteria:
            if result.outcome is Outcome.NOT_EVIDENCED:
                yield ToShow(result.id, result.question, result.show, scoring.narrowing(results, [result.id]))

"""What would change the result: the smallest change for each criterion, the shortest list for the next level, what to show.

Where one fact can be set so that the wanted value is measured, the changed profile is audited again, and that is the
promise, with all that changes besides. Else the one changed outcome goes through the one derivation, `opinion`, and the
criteria that read the same facts are named, for theirs may change with it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence

from attrs import evolve, frozen

from engagecheck.analysis.whatif_values import Setting, needed, settings, step_up
from engagecheck.audit import priorities, scoring
from engagecheck.audit.evidence import is_too_weak
from engagecheck.audit.scoring import RANK, Result
from engagecheck.model.answers import Share
from engagecheck.model.report import Assurance, CriterionResult, Finding, Level, Outcome, Report, Score
from engagecheck.rules.yardsticks import Value


@frozen
class Moved:
    """Another criterion that changes with a fact."""

    criterion: str
    outcome: Outcome


@frozen
class Proposal:
    """One change: the criterion, what would have to be measured, its outcome then, and what follows.

    `setting`: the one fact that does it, audited again: then `also` is all that changes besides. Without one, `shared` are
    the criteria that read the same facts. `evidence`: how strong the evidence must be besides, where it is too weak now.
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
    setting: Setting | None = None
    also: tuple[Moved, ...] = ()
    shared: tuple[str, ...] = ()
    evidence: Assurance | None = None


Again = Callable[[Setting], Report | None]
"""The audit of the same profile with one fact set; `None` where the profile would be refused."""


@frozen
class ToShow:
    """One unknown: the document that would show it, and by how many points the interval narrows."""

    criterion: str
    question: str
    show: str
    points: int


@frozen
class Step:
    """One of the criteria that would have to be shown and met."""

    criterion: str
    question: str
    known: bool


@frozen
class WhatIf:
    """Everything that would change a result. `to_next`: the fewest criteria that lift the level by one if they are met.

    `words`: the word of the report's scale for each level.
    """

    level: Level
    score: Score
    proposals: tuple[Proposal, ...]
    next_level: Level | None
    to_next: tuple[Step, ...]
    after: Score
    to_show: tuple[ToShow, ...]
    words: Mapping[str, str]


def what_if(report: Report, again: Again | None = None) -> WhatIf:
    """What would change the opinion on the bundled pack of a report; `again` audits its profile with one fact set."""
    pack = report.packs[0].name
    findings = [finding for finding in report.findings if finding.pack == pack and not finding.left_out]
    results = priorities.weighed(one for finding in findings for one in finding.criteria)
    reached = report.summary.level
    wanted = RANK[RANK.index(reached) + 1] if reached is not RANK[-1] else None
    names, after = shortest(results, wanted) if wanted else ((), report.summary.score)
    by_name = {one.id: one for finding in findings for one in finding.criteria}
    steps = tuple(Step(name, by_name[name].question, by_name[name].outcome.determined) for name in names)
    return WhatIf(
        level=reached,
        score=report.summary.score,
        proposals=tuple(_proposals(findings, results, again)),
        next_level=wanted,
        to_next=steps,
        after=after,
        to_show=tuple(sorted(_to_show(findings, results), key=lambda one: (-one.points, one.criterion))),
        words={level.value: scale.word for level, scale in zip(Level, report.summary.levels, strict=True)},
    )


def shortest(results: Mapping[str, Result], wanted: Level) -> tuple[tuple[str, ...], Score]:
    """The fewest criteria that reach a level once they are met, by the most points, then by name; and the score then.

    Those that cap the level must be mended whatever the score; of the others each adds its points for itself, so taking
    the largest first needs the fewest.
    """
    now = dict(results)
    chosen: list[str] = []
    least = {Level.STARTING: -1, Level.BUILDING: 1, Level.SUSTAINING: 2}[wanted]
    short = [name for name, one in now.items() if one.outcome is not Outcome.NOT_APPLICABLE and one.outcome is not Outcome.MET]

    def take(name: str) -> None:
        chosen.append(name)
        now[name] = now[name]._replace(outcome=Outcome.MET)

    for name in sorted(name for name in short if now[name].caps and now[name].points(0) < least):
        take(name)
    rest = sorted(set(short) - set(chosen), key=lambda name: (-_gain(now[name]), name))
    while RANK.index(scoring.level(list(now.values()))) < RANK.index(wanted) and rest:
        take(rest.pop(0))
    return tuple(chosen), scoring.score(list(now.values()))


def _gain(result: Result) -> int:
    return (2 - result.points(0)) * scoring.WEIGHT[result.priority]


def _proposals(findings: Sequence[Finding], results: Mapping[str, Result], again: Again | None) -> Iterator[Proposal]:
    everything = [one for finding in findings for one in finding.criteria]
    for finding in findings:
        for one in finding.criteria:
            found = step_up(one) if one.outcome in (Outcome.NOT_MET, Outcome.PARTLY_MET) else None
            if found is None:
                continue
            alone = _alone(finding, one, *found, results)
            audited = _audited(alone, one, found[0], everything, again) if again and alone.evidence is None else None
            yield audited or evolve(alone, shared=tuple(_sharing(one, everything)))


def _alone(finding: Finding, one: CriterionResult, value: Value, outcome: Outcome, results: Mapping[str, Result]) -> Proposal:
    """What follows from one changed outcome through the derivation, all others as they are."""
    after = {**results, one.id: results[one.id]._replace(outcome=outcome)}
    mine = [after[result.id] for result in finding.criteria]
    everything = list(after.values())
    return Proposal(
        criterion=one.id,
        question=one.question,
        measured=one.value_text,
        needed=needed(one, value),
        value=value.value if isinstance(value, Share) else value,
        outcome=outcome,
        finding=scoring.finding(mine),
        score=scoring.score(everything),
        level=scoring.level(everything),
        could_be=scoring.level(everything, unknown=2),
        evidence=one.min_assurance if is_too_weak(one.min_assurance, one.assurance) else None,
    )


def _audited(
    alone: Proposal, one: CriterionResult, value: Value, everything: Sequence[CriterionResult], again: Again
) -> Proposal | None:
    """The same from an audit of the profile with one fact set; `None` where no single fact gives just that value."""
    for setting in settings(one, value):
        report = again(setting)
        if report is None:
            continue
        now = {result.id: (finding, result) for finding in report.findings for result in finding.criteria}
        finding, result = now[one.id]
        if (result.value, result.outcome) == (alone.value, alone.outcome):
            also = (Moved(old.id, now[old.id][1].outcome) for old in everything if old.id != one.id and old.id in now)
            before = {old.id: old.outcome for old in everything}
            return evolve(
                alone,
                finding=finding.outcome,
                score=report.summary.score,
                level=report.summary.level,
                could_be=report.summary.could_be,
                setting=setting,
                also=tuple(moved for moved in also if moved.outcome is not before[moved.criterion]),
            )
    return None


def _sharing(one: CriterionResult, everything: Sequence[CriterionResult]) -> Iterator[str]:
    mine = _own_facts(one)
    yield from (other.id for other in everything if other.id != one.id and mine & _own_facts(other))


def _own_facts(one: CriterionResult) -> set[str]:
    return {fact.pointer for fact in one.facts if fact.pointer not in ("/as_of", "/organisation")}


def _to_show(findings: Sequence[Finding], results: Mapping[str, Result]) -> Iterator[ToShow]:
    for finding in findings:
        for one in finding.criteria:
            if one.outcome is Outcome.NOT_EVIDENCED:
                yield ToShow(one.id, one.question, one.show, scoring.narrowing(results, [one.id]))

"""What would change the result: the smallest change for each criterion, the shortest list for the next level, what to show.

Every proposal goes through the one derivation, `opinion`, with one outcome changed and all others as they are. Where other
criteria read the same facts, theirs may change too; only an audit of the changed profile (`whatif --set`) shows that.
"""

from collections.abc import Iterator, Mapping, Sequence

from attrs import evolve, frozen

from engagecheck import next_steps, opinion
from engagecheck.answers import Share
from engagecheck.opinion import RANK, Result
from engagecheck.report import CriterionResult, Finding, Level, Outcome, Report, Score
from engagecheck.yardsticks import Above, AtLeast, AtMost, Between, Grades, Value, YesNo, amount

SMALLEST = 1e-6
"""The smallest difference between two measured values: they are rounded to six decimals."""
_UP = {Outcome.NOT_MET: 0, Outcome.PARTLY_MET: 1, Outcome.MET: 2}


@frozen
class Proposal:
    """One change: the criterion, what would have to be measured, its outcome then, and what follows from it alone."""

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


def what_if(report: Report) -> WhatIf:
    """What would change the opinion on the bundled pack of a report."""
    pack = report.packs[0].name
    findings = [finding for finding in report.findings if finding.pack == pack and not finding.left_out]
    results = next_steps.weighed(one for finding in findings for one in finding.criteria)
    reached = report.summary.level
    wanted = RANK[RANK.index(reached) + 1] if reached is not RANK[-1] else None
    names, after = shortest(results, wanted) if wanted else ((), report.summary.score)
    by_name = {one.id: one for finding in findings for one in finding.criteria}
    steps = tuple(Step(name, by_name[name].question, by_name[name].outcome.determined) for name in names)
    return WhatIf(
        level=reached,
        score=report.summary.score,
        proposals=tuple(one for finding in findings for one in _proposals(finding, results)),
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
    while RANK.index(opinion.level(list(now.values()))) < RANK.index(wanted) and rest:
        take(rest.pop(0))
    return tuple(chosen), opinion.score(list(now.values()))


def _gain(result: Result) -> int:
    return (2 - result.points(0)) * opinion.WEIGHT[result.priority]


def _proposals(finding: Finding, results: Mapping[str, Result]) -> Iterator[Proposal]:
    for one in finding.criteria:
        if one.outcome in (Outcome.NOT_MET, Outcome.PARTLY_MET):
            found = step_up(one)
            if found is not None:
                yield _proposal(finding, one, *found, results)


def _proposal(
    finding: Finding, one: CriterionResult, value: Value, outcome: Outcome, results: Mapping[str, Result]
) -> Proposal:
    after = {**results, one.id: results[one.id]._replace(outcome=outcome)}
    mine = [after[result.id] for result in finding.criteria]
    everything = list(after.values())
    return Proposal(
        criterion=one.id,
        question=one.question,
        measured=one.value_text,
        needed=_needed(one, value),
        value=round(value.value, 6) if isinstance(value, Share) else value,
        outcome=outcome,
        finding=opinion.finding(mine),
        score=opinion.score(everything),
        level=opinion.level(everything),
        could_be=opinion.level(everything, unknown=2),
    )


def _needed(one: CriterionResult, value: Value) -> str:
    partly = one.yardstick.partly
    if isinstance(partly, Mapping) and value == partly["edge"] + SMALLEST:
        return f"more than {amount(partly['edge'], one.unit)}"
    return amount(value, one.unit)


def step_up(result: CriterionResult) -> tuple[Value, Outcome] | None:
    """The nearest value that is judged better, and how; `None` where its yardstick is a plugin's own, or there is none."""
    stick = _yardstick(result)
    if stick is None or result.value is None:
        return None
    value: Value = Share(result.counted["count"], result.counted["of"]) if result.counted else result.value
    better = [
        (candidate, outcome)
        for candidate in _candidates(stick, value)
        if _UP[outcome := stick.judge(candidate)] > _UP[result.outcome]
    ]
    return better[0] if better else None


def _candidates(stick: AtLeast | AtMost | Between | YesNo | Grades, value: Value) -> Iterator[Value]:
    """Values in the order of their distance from the one measured, as far as an edge may lie there."""
    if isinstance(value, Share):
        yield from (evolve(value, good=good) for good in range(value.good + 1, value.of + 1))
    elif isinstance(stick, YesNo):
        yield stick.met
    elif isinstance(stick, Grades):
        yield from (*stick.partly[:1], *stick.met[:1])
    elif not isinstance(value, bool | str):
        edges = [edge for edge in _edges(stick) if edge is not None]
        yield from sorted(set(edges), key=lambda edge: abs(edge - value))


def _edges(stick: AtLeast | AtMost | Between) -> tuple[float | None, ...]:
    if isinstance(stick, Between):
        return (*(stick.partly or ()), *stick.met)
    partly = stick.partly
    return (partly.edge + SMALLEST if isinstance(partly, Above) else partly, stick.met)


def _yardstick(result: CriterionResult) -> AtLeast | AtMost | Between | YesNo | Grades | None:
    """The yardstick of a result, made again of its edges; `None` for a kind that a plugin brought."""
    shown = result.yardstick
    met, partly = shown.met, shown.partly
    if shown.kind == "at_least":
        is_open = isinstance(partly, Mapping)
        small = shown.one_short_below if shown.one_short_below is not None else 20
        return AtLeast(met, Above(partly["edge"]) if is_open else partly, small)
    if shown.kind == "at_most":
        return AtMost(met, partly)
    if shown.kind == "between":
        return Between(tuple(met), tuple(partly) if partly else None)
    if shown.kind == "yes_no":
        return YesNo(met)
    if shown.kind == "grades":
        return Grades(tuple(met), tuple(partly), ())
    return None


def _to_show(findings: Sequence[Finding], results: Mapping[str, Result]) -> Iterator[ToShow]:
    for finding in findings:
        for one in finding.criteria:
            if one.outcome is Outcome.NOT_EVIDENCED:
                yield ToShow(one.id, one.question, one.show, opinion.narrowing(results, [one.id]))

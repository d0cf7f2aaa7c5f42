"""The one derivation: from the outcomes of criteria to findings, score, level and gate.

`docs/scoring.md` explains it so that it can be redone by hand. Everything is counted twice: at the low end, where
an unknown counts as not met, and at the high end, where it counts as met. The score's interval lies between.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from engagecheck.model.outcomes import ERROR, MET, NOT_APPLICABLE, NOT_EVIDENCED, NOT_MET, PARTLY_MET, Outcome
from engagecheck.model.report import Coverage, Judgement, Level, Priority, Score

POINTS = {MET: 2, PARTLY_MET: 1, NOT_MET: 0}
WEIGHT = {Priority.HIGH: 3, Priority.MEDIUM: 2, Priority.LOW: 1, Priority.CAPS: 0}
LEVELS = ((80, Level.SUSTAINING), (60, Level.BUILDING), (40, Level.STARTING))
RANK = tuple(Level)
FINDING_MET, FINDING_PARTLY = 80, 50
CAPPING = frozenset((Priority.HIGH, Priority.CAPS))
CAPS = (Level.STARTING, Level.BUILDING, Level.SUSTAINING)
"""The highest level while the worst result that caps has 0, 1 or 2 points."""
GATES = {
    "high": (Priority.HIGH, Priority.CAPS),
    "medium": (Priority.HIGH, Priority.MEDIUM, Priority.CAPS),
    "low": tuple(Priority),
    "never": (),
}


class Result(NamedTuple):
    """All that the derivation looks at: how much a criterion weighs, its outcome, and whether the gate asks it.

    `gates` is false also for an accepted gap in force; a contradiction takes none.
    """

    priority: Priority
    outcome: Outcome
    gates: bool = True

    @property
    def caps(self) -> bool:
        """Whether it caps the level whatever the score."""
        return self.priority in CAPPING

    def points(self, unknown: int) -> int:
        """0 to 2 points; an outcome that the facts did not decide has `unknown` points."""
        return POINTS.get(self.outcome, unknown)



Results = Iterable[Result] | Counter[Result]
"""Results, one by one or counted: all that matters is how many there are of each kind."""


class Sums(NamedTuple):
    """What the derivation adds up, in pairs where it is done at both ends: an unknown has no points, or both.

    `full` are the points × weight that there could be, `got` those reached; `least` and `worst` are the fewest points of any
    result, and of any that caps. `weighing` is the weight of those that the facts decided.
    """

    full: int
    got: tuple[int, int]
    least: tuple[int, int]
    worst: tuple[int, int]
    failed: bool
    determined: int
    weighing: int
    applicable: int
    total: int


def added(results: Results) -> Sums:
    """The sums over results. One that does not apply counts only in the total."""
    full = low = high = determined = weighing = applicable = total = 0
    least = worst = least_high = worst_high = 2
    failed = False
    for (priority, outcome, _), number in (results if isinstance(results, Counter) else Counter(results)).items():
        total += number
        if outcome is NOT_APPLICABLE:
            continue
        applicable += number
        weight, points = number * WEIGHT[priority], POINTS.get(outcome)
        full += 2 * weight
        if points is None:
            failed = failed or outcome is ERROR
            points, most = 0, 2
        else:
            determined += number
            weighing += weight
            most = points
        low += points * weight
        high += most * weight
        caps = priority in CAPPING
        if points < least:
            least = points
        if most < least_high:
            least_high = most
        if caps and points < worst:
            worst = points
        if caps and most < worst_high:
            worst_high = most
    return Sums(
        full, (low, high), (least, least_high), (worst, worst_high), failed, determined, weighing, applicable, total
    )


def score(results: Results) -> Score:
    """100 × Σ(points × weight) ÷ Σ(2 × weight): the low end rounded down, the high end rounded up."""
    return _score(added(results))


def _score(sums: Sums) -> Score:
    if not sums.full:
        return Score(0, 100)
    low, high = sums.got
    return Score(100 * low // sums.full, -(-100 * high // sums.full))


def finding(results: Results) -> Outcome:
    """The outcome of a rule: judged at the low end, and unknown where only unknowns make it not met."""
    sums = added(results)
    if not sums.applicable:
        return NOT_APPLICABLE
    low = _finding(sums, 0)
    if low is NOT_MET and _finding(sums, 1) is not NOT_MET:
        return ERROR if sums.failed else NOT_EVIDENCED
    return low


def _finding(sums: Sums, end: int) -> Outcome:
    ratio = 100 * sums.got[end] / sums.full if sums.full else 100
    if ratio >= FINDING_MET and sums.worst[end] == 2 and sums.least[end] > 0:
        return MET
    return PARTLY_MET if ratio >= FINDING_PARTLY and sums.worst[end] > 0 else NOT_MET


def level(results: Results, unknown: int = 0) -> Level:
    """The level at the low end (`unknown=0`), or the level that it could be at the high end (`unknown=2`)."""
    return _level(added(results), 1 if unknown else 0)


def _level(sums: Sums, end: int) -> Level:
    if end == 0 and not sums.weighing:
        return Level.UNPROVEN
    ends = _score(sums)
    reached = ends.high if end else ends.low
    found = next((name for edge, name in LEVELS if reached >= edge), Level.UNPROVEN)
    return min(found, CAPS[sums.worst[end]], key=RANK.index)


def coverage(results: Results) -> Coverage:
    """How many the facts decided, of those that apply, of all."""
    sums = added(results)
    return Coverage(sums.determined, sums.applicable, sums.total)


def gate(results: Results, fail_on: str = "high") -> bool:
    """Whether the gate is satisfied: no criterion that gates is not met, not evidenced or failed."""
    poor = (NOT_MET, NOT_EVIDENCED, ERROR)
    return not any(gates and priority in GATES[fail_on] and outcome in poor for priority, outcome, gates in results)


def judge(results: Results, fail_on: str = "high", min_coverage: float = 0, attested: int = 0) -> Judgement:
    """Everything that is derived from the outcomes of one pack. `min_coverage`, in per cent, gates too."""
    kinds = results if isinstance(results, Counter) else Counter(results)
    sums = added(kinds)
    return Judgement(
        level=_level(sums, 0),
        could_be=_level(sums, 1),
        score=_score(sums),
        coverage=Coverage(sums.determined, sums.applicable, sums.total, attested),
        assessed=sums.weighing > 0,
        gate=gate(kinds, fail_on) and 100 * sums.determined >= min_coverage * sums.applicable,
    )


def gains(results: Mapping[str, Result]) -> dict[str, tuple[Level, int]]:
    """For each criterion known to fall short: the level and the points gained at the low end once it is met."""
    kinds = Counter(results.values())
    before = score(kinds).low
    gained = {}
    for kind in kinds:
        if kind.outcome in (PARTLY_MET, NOT_MET):
            after = kinds - Counter([kind]) + Counter([kind._replace(outcome=MET)])
            gained[kind] = (level(after), score(after).low - before)
    return {name: gained[result] for name, result in results.items() if result in gained}


def narrowing(results: Mapping[str, Result], names: Iterable[str]) -> int:
    """By how many points of 100 the interval narrows once these unknown criteria are determined."""
    full = added(results.values()).full
    settled = sum(2 * WEIGHT[results[name].priority] for name in names)
    return round(100 * settled / full) if full else 0

"""The one derivation: from the outcomes of criteria to findings, score, level and gate.

`docs/scoring.md` explains it so that it can be redone by hand. Everything is counted twice: at the low end, where
an unknown counts as not met, and at the high end, where it counts as met. The score's interval lies between.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from engagecheck.report import Coverage, Judgement, Level, Outcome, Priority, Score

POINTS = {Outcome.MET: 2, Outcome.PARTLY_MET: 1, Outcome.NOT_MET: 0}
WEIGHT = {Priority.HIGH: 3, Priority.MEDIUM: 2, Priority.LOW: 1, Priority.CAPS: 0}
LEVELS = ((80, Level.SUSTAINING), (60, Level.BUILDING), (40, Level.STARTING))
RANK = tuple(Level)
FINDING_MET, FINDING_PARTLY = 80, 50
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
        return self.priority in (Priority.HIGH, Priority.CAPS)

    def points(self, unknown: int) -> int:
        """0 to 2 points; an outcome that the facts did not decide has `unknown` points."""
        return POINTS.get(self.outcome, unknown)


def applicable(results: Iterable[Result]) -> list[Result]:
    """The results that count at all."""
    return [result for result in results if result.outcome is not Outcome.NOT_APPLICABLE]


def score(results: Sequence[Result]) -> Score:
    """100 × Σ(points × weight) ÷ Σ(2 × weight): the low end rounded down, the high end rounded up."""
    counted = applicable(results)
    full = sum(2 * WEIGHT[result.priority] for result in counted)
    if full == 0:
        return Score(0, 100)
    low, high = (
        100 * sum(result.points(unknown) * WEIGHT[result.priority] for result in counted) for unknown in (0, 2)
    )
    return Score(low // full, -(-high // full))


def finding(results: Sequence[Result]) -> Outcome:
    """The outcome of a rule: judged at the low end, and unknown where only unknowns make it not met."""
    counted = applicable(results)
    if not counted:
        return Outcome.NOT_APPLICABLE
    low, high = _finding(counted, 0), _finding(counted, 2)
    if low is Outcome.NOT_MET and high is not Outcome.NOT_MET:
        failed = any(result.outcome is Outcome.ERROR for result in counted)
        return Outcome.ERROR if failed else Outcome.NOT_EVIDENCED
    return low


def _finding(counted: Sequence[Result], unknown: int) -> Outcome:
    points = [result.points(unknown) for result in counted]
    capping = [result.points(unknown) for result in counted if result.caps]
    full = sum(2 * WEIGHT[result.priority] for result in counted)
    got = sum(result.points(unknown) * WEIGHT[result.priority] for result in counted)
    ratio = 100 * got / full if full else 100
    if ratio >= FINDING_MET and min(capping, default=2) == 2 and min(points) > 0:
        return Outcome.MET
    if ratio >= FINDING_PARTLY and min(capping, default=2) > 0:
        return Outcome.PARTLY_MET
    return Outcome.NOT_MET


def level(results: Sequence[Result], unknown: int = 0) -> Level:
    """The level at the low end (`unknown=0`), or the level that it could be at the high end (`unknown=2`)."""
    counted = applicable(results)
    if unknown == 0 and not coverage(results, weighted=True).determined:
        return Level.UNPROVEN
    ends = score(counted)
    reached = ends.high if unknown else ends.low
    found = next((name for edge, name in LEVELS if reached >= edge), Level.UNPROVEN)
    worst = min((result.points(unknown) for result in counted if result.caps), default=2)
    cap = {0: Level.STARTING, 1: Level.BUILDING, 2: Level.SUSTAINING}[worst]
    return min(found, cap, key=RANK.index)


def coverage(results: Sequence[Result], *, weighted: bool = False) -> Coverage:
    """How many the facts decided; `weighted` leaves out those that weigh nothing in the score."""
    asked = [result for result in results if WEIGHT[result.priority] or not weighted]
    counted = applicable(asked)
    return Coverage(sum(result.outcome.determined for result in counted), len(counted), len(asked))


def gate(results: Sequence[Result], fail_on: str = "high") -> bool:
    """Whether the gate is satisfied: no criterion that gates is not met, not evidenced or failed."""
    poor = (Outcome.NOT_MET, Outcome.NOT_EVIDENCED, Outcome.ERROR)
    return not any(result.gates and result.priority in GATES[fail_on] and result.outcome in poor for result in results)


def judge(results: Sequence[Result], fail_on: str = "high", min_coverage: float = 0) -> Judgement:
    """Everything that is derived from the outcomes of one pack. `min_coverage`, in per cent, gates too."""
    covered = coverage(results)
    return Judgement(
        level=level(results),
        could_be=level(results, unknown=2),
        score=score(results),
        coverage=covered,
        assessed=coverage(results, weighted=True).determined > 0,
        gate=gate(results, fail_on) and 100 * covered.determined >= min_coverage * covered.applicable,
    )


def gains(results: Mapping[str, Result]) -> dict[str, tuple[Level, int]]:
    """For each criterion known to fall short: the level and the points gained at the low end once it is met."""
    before = score(list(results.values())).low
    gained = {}
    for name, result in results.items():
        if result.outcome in (Outcome.PARTLY_MET, Outcome.NOT_MET):
            after = list({**results, name: result._replace(outcome=Outcome.MET)}.values())
            gained[name] = (level(after), score(after).low - before)
    return gained


def narrowing(results: Mapping[str, Result], names: Iterable[str]) -> int:
    """By how many points of 100 the interval narrows once these unknown criteria are determined."""
    full = sum(2 * WEIGHT[result.priority] for result in applicable(results.values()))
    settled = sum(2 * WEIGHT[results[name].priority] for name in names)
    return round(100 * settled / full) if full else 0

"""From outcomes to findings, score, level and gate. Everything in a report that is a judgement of the whole comes from here.

`docs/scoring.md` explains it so that it can be redone by hand. Everything is counted twice: at the low end, where an
unknown counts as not met, and at the high end, where it counts as met. The score's interval lies between.
"""

from collections.abc import Iterable, Mapping

from msgspec import Struct
from msgspec.structs import replace

from engagecheck.audit.evaluate import UNKNOWN, Answer, Evaluation, RuleAnswers
from engagecheck.audit.overrides import is_accepted, is_attested
from engagecheck.model.outcomes import Level, Outcome, Priority
from engagecheck.model.report import Coverage, Gate, Judgement, Score
from engagecheck.model.result import CriterionResult
from engagecheck.plugin_host.discovery import BUNDLED

POINTS_AT_ENDS = {
    Outcome.MET: (2, 2),
    Outcome.PARTLY_MET: (1, 1),
    Outcome.NOT_MET: (0, 0),
    Outcome.NOT_EVIDENCED: (0, 2),
    Outcome.ERROR: (0, 2),
}
"""The points of an outcome at the low and at the high end. What the facts did not decide has none, or both."""
WEIGHT = {Priority.HIGH: 3, Priority.MEDIUM: 2, Priority.LOW: 1, Priority.CAPS: 0}
LEVELS = ((80, Level.SUSTAINING), (60, Level.BUILDING), (40, Level.STARTING))
"""The lowest score of each level."""
RANK = tuple(Level)
FINDING_MET, FINDING_PARTLY = 80, 50
CAPPING = (Priority.HIGH, Priority.CAPS)
CAPS = (Level.STARTING, Level.BUILDING, Level.SUSTAINING)
"""The highest level while the worst result that caps has 0, 1 or 2 points."""
GATES = {
    "high": (Priority.HIGH, Priority.CAPS),
    "medium": (Priority.HIGH, Priority.MEDIUM, Priority.CAPS),
    "low": tuple(Priority),
    "never": (),
}
LOW, HIGH = 0, 1
"""The two ends at which everything is counted."""


class Weighed(Struct, frozen=True):
    """All that scoring looks at: how much a criterion weighs, its outcome, and whether the gate asks for it.

    `gates` is also false for an accepted gap in force; a contradiction cannot be accepted.
    """

    priority: Priority
    outcome: Outcome
    gates: bool = True

    @property
    def caps(self) -> bool:
        """Whether it limits the level whatever the score."""
        return self.priority in CAPPING

    def points(self, end: int) -> int:
        """0 to 2 points at one end."""
        return POINTS_AT_ENDS[self.outcome][end]


Result = Weighed | Answer
"""An answer holds all that scoring looks at; a report holds it as `Weighed`."""


class Totals(Struct, frozen=True):
    """What is added up over results that apply, at each end.

    `possible` is 2 × weight, `reached` the points × weight. `lowest` are the fewest points of any result, `lowest_capping`
    those of any that caps. `decided` is the weight of what the facts decided.
    """

    possible: int
    reached: tuple[int, int]
    lowest: tuple[int, int]
    lowest_capping: tuple[int, int]
    decided: int
    coverage: Coverage


class RuleScore(Struct, frozen=True):
    """The outcome and the score of one rule."""

    outcome: Outcome
    score: Score


class Scores(Struct, frozen=True):
    """Everything that follows from the answers of an evaluation: by rule, and by pack (the bundled one first)."""

    rules: dict[str, RuleScore]
    packs: dict[str, Judgement]

    @property
    def headline(self) -> Judgement:
        """The judgement of the bundled pack."""
        return self.packs[BUNDLED]


def score(evaluation: Evaluation, gate: Gate) -> Scores:
    """The scores of an evaluation, from its answers only."""
    rules: dict[str, RuleScore] = {}
    totals: dict[str, Totals] = {}
    packs: dict[str, list[RuleAnswers]] = {BUNDLED: []}
    for rule in evaluation.rules:
        answers = rule.answers.values()
        totals[rule.id] = of_rule = added_up(answers)
        rules[rule.id] = RuleScore(finding_outcome(answers, of_rule), score_of(of_rule))
        packs.setdefault(rule.plugin.pack, []).append(rule)
    return Scores(rules, {pack: _judgement(mine, totals, evaluation, gate) for pack, mine in packs.items()})


def _judgement(rules: list[RuleAnswers], totals: Mapping[str, Totals], evaluation: Evaluation, gate: Gate) -> Judgement:
    """The judgement of one pack. If it was tailored, with the level and the gate by the defaults too."""
    counted = [rule for rule in rules if not rule.left_out]
    judgement = judge(joined(totals[rule.id] for rule in counted), _asked(counted, evaluation), gate)
    attested = sum(
        is_attested(rule.answers[name].outcome, override.overrides)
        for name, override in evaluation.overrides.items()
        for rule in counted
        if name in rule.answers
    )
    judgement = replace(judgement, coverage=replace(judgement.coverage, attested=attested))
    if len(counted) == len(rules) and not any(one.by_default for rule in rules for one in rule.answers.values()):
        return judgement
    usual = [_by_default(rule) for rule in rules]
    default = judge(joined(added_up(rule.answers.values()) for rule in usual), _asked(usual, evaluation), Gate())
    return replace(judgement, by_default=default.level, gate_by_default=default.gate)


def _asked(rules: Iterable[RuleAnswers], evaluation: Evaluation) -> list[Answer]:
    """The answers that the gate looks at: all but those with an accepted gap in force."""
    accepted = {name for name, override in evaluation.overrides.items() if is_accepted(override.overrides)}
    return [answer for rule in rules for name, answer in rule.answers.items() if name not in accepted]


def _by_default(rule: RuleAnswers) -> RuleAnswers:
    """The answers of a rule as they are without tailoring."""
    usual = {name: replace(one, outcome=one.by_default or one.outcome) for name, one in rule.answers.items()}
    return replace(rule, answers=usual)


def weighed(criteria: Iterable[CriterionResult]) -> dict[str, Weighed]:
    """What scoring looks at, from the results of a report, by the id of the criterion."""
    return {one.id: Weighed(one.priority, one.outcome, one.gates and not is_accepted(one.overrides)) for one in criteria}


def added_up(results: Iterable[Result]) -> Totals:
    """The totals over results. One that does not apply counts only in the total number."""
    possible = decided = determined = applicable = total = low = high = 0
    lowest_low = lowest_high = capping_low = capping_high = 2
    for result in results:
        total += 1
        if result.outcome is Outcome.NOT_APPLICABLE:
            continue
        applicable += 1
        weight = WEIGHT[result.priority]
        possible += 2 * weight
        worst, best = POINTS_AT_ENDS[result.outcome]
        if worst == best:
            determined += 1
            decided += weight
        low, high = low + worst * weight, high + best * weight
        if best < 2:  # only what is known to fall short is the lowest at the high end too
            lowest_high = min(lowest_high, best)
        if worst < 2:
            lowest_low = min(lowest_low, worst)
            if result.priority in CAPPING:
                capping_low, capping_high = min(capping_low, worst), min(capping_high, best)
    coverage = Coverage(determined, applicable, total)
    return Totals(possible, (low, high), (lowest_low, lowest_high), (capping_low, capping_high), decided, coverage)


def joined(parts: Iterable[Totals]) -> Totals:
    """The totals over several rules, from the totals of each."""
    possible = decided = determined = applicable = total = low = high = 0
    lowest_low = lowest_high = capping_low = capping_high = 2
    for part in parts:
        possible, decided = possible + part.possible, decided + part.decided
        low, high = low + part.reached[LOW], high + part.reached[HIGH]
        lowest_low, lowest_high = min(lowest_low, part.lowest[LOW]), min(lowest_high, part.lowest[HIGH])
        capping_low, capping_high = min(capping_low, part.lowest_capping[LOW]), min(capping_high, part.lowest_capping[HIGH])
        determined, applicable = determined + part.coverage.determined, applicable + part.coverage.applicable
        total += part.coverage.total
    coverage = Coverage(determined, applicable, total)
    return Totals(possible, (low, high), (lowest_low, lowest_high), (capping_low, capping_high), decided, coverage)


def score_of(totals: Totals) -> Score:
    """100 × Σ(points × weight) ÷ Σ(2 × weight). The low end is rounded down, the high end up."""
    if not totals.possible:
        return Score(0, 100)
    low, high = totals.reached
    return Score(100 * low // totals.possible, -(-100 * high // totals.possible))


def finding_outcome(results: Iterable[Result], totals: Totals) -> Outcome:
    """The outcome of a rule: judged at the low end, and unknown if only unknowns make it not met."""
    if not totals.coverage.applicable:
        return Outcome.NOT_APPLICABLE
    low = _finding_at(totals, LOW)
    if low is Outcome.NOT_MET and _finding_at(totals, HIGH) is not Outcome.NOT_MET:
        failed = any(result.outcome is Outcome.ERROR for result in results)
        return Outcome.ERROR if failed else Outcome.NOT_EVIDENCED
    return low


def _finding_at(totals: Totals, end: int) -> Outcome:
    ratio = 100 * totals.reached[end] / totals.possible if totals.possible else 100
    if ratio >= FINDING_MET and totals.lowest_capping[end] == 2 and totals.lowest[end] > 0:
        return Outcome.MET
    return Outcome.PARTLY_MET if ratio >= FINDING_PARTLY and totals.lowest_capping[end] > 0 else Outcome.NOT_MET


def level_at(totals: Totals, end: int) -> Level:
    """The level at the low end, or the level that it could be at the high end."""
    if end == LOW and not totals.decided:
        return Level.UNPROVEN
    score = score_of(totals)
    reached = score.high if end == HIGH else score.low
    level = next((name for edge, name in LEVELS if reached >= edge), Level.UNPROVEN)
    return min(level, CAPS[totals.lowest_capping[end]], key=RANK.index)


def judge(totals: Totals, asked: Iterable[Result], gate: Gate) -> Judgement:
    """Everything that follows from the totals of one pack, and from the results that the gate looks at.

    The gate may also ask for a share of answered questions.
    """
    determined, applicable = totals.coverage.determined, totals.coverage.applicable
    return Judgement(
        level=level_at(totals, LOW),
        could_be=level_at(totals, HIGH),
        score=score_of(totals),
        coverage=totals.coverage,
        assessed=totals.decided > 0,
        gate=_is_satisfied(asked, gate) and 100 * determined >= gate.min_coverage * applicable,
    )


def _is_satisfied(results: Iterable[Result], gate: Gate) -> bool:
    """Whether no criterion that the gate asks for is not met, not shown or failed."""
    asked = GATES[gate.fail_on]
    poor = (Outcome.NOT_MET, *UNKNOWN)
    return not any(one.gates and one.priority in asked and one.outcome in poor for one in results)


def gains(results: Mapping[str, Weighed]) -> dict[str, tuple[Level, int]]:
    """For each criterion known to fall short: the level and the points gained at the low end once it is met."""
    before = score_of(added_up(results.values())).low
    by_kind: dict[Weighed, tuple[Level, int]] = {}
    for name, result in results.items():
        if result.outcome in (Outcome.PARTLY_MET, Outcome.NOT_MET) and result not in by_kind:
            after = added_up({**results, name: replace(result, outcome=Outcome.MET)}.values())
            by_kind[result] = (level_at(after, LOW), score_of(after).low - before)
    return {name: by_kind[result] for name, result in results.items() if result in by_kind}


def narrowing(results: Mapping[str, Weighed], names: Iterable[str]) -> int:
    """By how many points of 100 the interval narrows once these unknown criteria are determined."""
    possible = added_up(results.values()).possible
    settled = sum(2 * WEIGHT[results[name].priority] for name in names)
    return round(100 * settled / possible) if possible else 0

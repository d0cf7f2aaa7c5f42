"""From outcomes to findings, score, ladders, rating and gate. Everything in a report that judges the whole comes from here.

`docs/scoring.md` explains it so that it can be redone by hand. Everything is counted twice: at the low end, where what is
not known counts as badly as the facts allow, and at the high end, where it counts as well as they allow.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from math import floor
from operator import ge, le

from msgspec import Struct
from msgspec.structs import replace

from engagecheck.audit.answer import Answer, RuleAnswers
from engagecheck.audit.evaluate import Evaluation
from engagecheck.audit.overrides import is_accepted, is_attested
from engagecheck.model.outcomes import (
    ERROR,
    ESSENTIAL,
    FROM_WORST,
    MET,
    NOT_APPLICABLE,
    NOT_EVIDENCED,
    NOT_MET,
    PARTLY_MET,
    FlagKind,
    Level,
    Outcome,
    Priority,
)
from engagecheck.model.report import Coverage, Finding, Flag, Gate, Judgement, Ladder, Score
from engagecheck.model.result import CriterionResult
from engagecheck.plugin_host.discovery import BUNDLED

POINTS = {MET: 2, PARTLY_MET: 1, NOT_MET: 0}
WEIGHT = {Priority.HIGH: 3, Priority.MEDIUM: 2, Priority.LOW: 1, Priority.CAPS: 0}
RANK = tuple(Level)
SCORE_STEPS = ((72, Level.SUSTAINING), (65, Level.BUILDING), (55, Level.STARTING))
"""The lowest score of each level. These steps and the next two were set by simulation, and are our judgement."""
EVIDENCE_STEPS = ((75, Level.SUSTAINING), (50, Level.BUILDING), (25, Level.STARTING))
"""The lowest percentage of the score's weight that rests on a current document or better, for each level."""
FLAG_STEPS = ((0, Level.SUSTAINING), (6, Level.BUILDING))
"""The highest number of red flags of each level; more hold the rating at starting out."""
FINDING_MET, FINDING_PARTLY = 80, 50
GATED = {
    "high": (),
    "medium": (Priority.HIGH, Priority.MEDIUM, Priority.CAPS),
    "low": tuple(Priority),
}
"""What a gate asks for besides no red flag: the priorities of which no question may be not met. `never` asks for nothing."""
LOW, HIGH = 0, 1
"""The two ends at which everything is counted."""


Result = Answer | CriterionResult
"""What is scored: an answer, or the result of a criterion in a report."""


class Totals(Struct, frozen=True):
    """What is added up over the results of one rule that apply, at each end.

    `possible` is 2 × weight, `reached` the points × weight. `lowest` are the fewest points of any result, `lowest_essential`
    those of any that is essential or a contradiction. `documented` is the weight of what is decided and rests on documents,
    `undecided` the weight of what the facts do not decide. `poor` are the results that are not met at the low end.
    """

    possible: int
    reached: tuple[int, int]
    lowest: tuple[int, int]
    lowest_essential: tuple[int, int]
    documented: int
    undecided: int
    coverage: Coverage
    poor: Mapping[str, Result]


class WeighedRule(Struct, frozen=True, dict=True):
    """The results of one rule by the ids of its criteria, and the weight of its finding."""

    results: Mapping[str, Result]
    weight: int = 1

    @cached_property
    def totals(self) -> Totals:
        """What its results add up to."""
        return added_up(self.results)

    @property
    def score(self) -> Score | None:
        """Its own score. It has none if nothing that applies has a weight."""
        return score_of([self]) if self.totals.possible else None

    @property
    def outcome(self) -> Outcome:
        """The outcome of the finding: judged at the low end, and unknown if it could be better at the high end."""
        totals = self.totals
        if not totals.coverage.applicable:
            return NOT_APPLICABLE
        low = _finding_at(totals, LOW)
        if low is NOT_MET and _finding_at(totals, HIGH) is not NOT_MET:
            failed = any(result.outcome is ERROR for result in totals.poor.values())
            return ERROR if failed else NOT_EVIDENCED
        return low


class Scores(Struct, frozen=True):
    """Everything that follows from the answers of an evaluation: by rule, and by pack."""

    rules: dict[str, WeighedRule]
    packs: dict[str, Judgement]


def score(evaluation: Evaluation, gate: Gate, headline: str = BUNDLED) -> Scores:
    """The scores of an evaluation, from its answers only. The bundled pack and the headline always have one."""
    rules = {rule.id: WeighedRule(rule.answers, rule.weight) for rule in evaluation.rules}
    packs: dict[str, list[RuleAnswers]] = {BUNDLED: [], headline: []}
    for rule in evaluation.rules:
        packs.setdefault(rule.plugin.pack, []).append(rule)
    return Scores(rules, {pack: _judgement(mine, rules, evaluation, gate) for pack, mine in packs.items()})


def _judgement(
    rules: list[RuleAnswers], weighed_rules: Mapping[str, WeighedRule], evaluation: Evaluation, gate: Gate
) -> Judgement:
    """The judgement of one pack. If it was tailored, with the level and the gate by the defaults too."""
    counted = [rule for rule in rules if not rule.left_out]
    accepted = {name for name, override in evaluation.overrides.items() if is_accepted(override.overrides)}
    judgement = judge([weighed_rules[rule.id] for rule in counted], gate, accepted)
    attested = sum(
        is_attested(rule.answers[name].outcome, override.overrides)
        for name, override in evaluation.overrides.items()
        for rule in counted
        if name in rule.answers
    )
    judgement = replace(judgement, coverage=replace(judgement.coverage, attested=attested))
    if len(counted) == len(rules) and not any(one.by_default for rule in rules for one in rule.answers.values()):
        return judgement
    usual = [WeighedRule({name: _by_default(one) for name, one in rule.answers.items()}, rule.weight) for rule in rules]
    default = judge(usual, Gate(), accepted)
    return replace(judgement, by_default=default.level, gate_by_default=default.gate)


def _by_default(answer: Answer) -> Answer:
    """The answer as it is without tailoring."""
    return answer.with_ends(answer.by_default) if answer.by_default else answer


def weighed(findings: Iterable[Finding]) -> dict[str, WeighedRule]:
    """What scoring looks at, from the findings of a report, by the id of the rule. An accepted gap does not gate."""
    return {one.rule: WeighedRule({each.id: _for_gate(each) for each in one.criteria}, one.weight) for one in findings}


def _for_gate(result: CriterionResult) -> CriterionResult:
    return replace(result, gates=False) if is_accepted(result.overrides) else result


def added_up(results: Mapping[str, Result]) -> Totals:
    """The totals over the results of one rule. One that does not apply counts only in the total number."""
    possible = documented = undecided = determined = applicable = low = high = 0
    lowest_low = lowest_high = essential_low = essential_high = 2
    poor = {}
    for name, result in results.items():
        if result.outcome is NOT_APPLICABLE:
            continue
        applicable += 1
        weight, worst, best = WEIGHT[result.priority], POINTS[result.at_worst], POINTS[result.at_best]
        possible, low, high = possible + 2 * weight, low + worst * weight, high + best * weight
        if worst < 2:
            lowest_low, lowest_high = min(lowest_low, worst), min(lowest_high, best)
            if result.priority in ESSENTIAL:
                essential_low, essential_high = min(essential_low, worst), min(essential_high, best)
        if worst == 0:
            poor[name] = result
        if result.outcome in FROM_WORST:
            determined += 1
            documented += weight * result.documented
        else:
            undecided += weight
    return Totals(
        possible, (low, high), (lowest_low, lowest_high), (essential_low, essential_high), documented, undecided,
        Coverage(determined, applicable, len(results)), poor,
    )  # fmt: skip


def score_of(rules: Iterable[WeighedRule]) -> Score:
    """The mean of the findings' scores, each 100 × Σ(points × weight) ÷ Σ(2 × weight).

    Both ends are rounded down, so that an end is as high as it is printed, whether anything is unknown or not.
    """
    parts = [(one.weight, one.totals.reached, one.totals.possible) for one in rules]
    low, high = (_mean([(weight, reached[end], possible) for weight, reached, possible in parts]) for end in (LOW, HIGH))
    if low is None or high is None:
        return Score(0, 100)
    return Score(floor(low), floor(high))


def evidence_of(rules: Iterable[WeighedRule]) -> tuple[int, int]:
    """The percentage of the score's weight that rests on documents, now and if all that is undecided were shown."""
    totals = [(rule.weight, rule.totals) for rule in rules]
    low = _mean([(weight, 2 * part.documented, part.possible) for weight, part in totals])
    high = _mean([(weight, 2 * (part.documented + part.undecided), part.possible) for weight, part in totals])
    return floor(low or 0), floor(high or 0)


def _mean(parts: Iterable[tuple[int, int, int]]) -> float | None:
    """The weighted mean of percentages, each given as weight, part and whole, to nine decimals; `None` if there are none."""
    total, weights = 0.0, 0
    for weight, part, whole in parts:
        if whole:
            total += weight * (part / whole)
            weights += weight
    return round(100 * total / weights, 9) if weights else None


def _finding_at(totals: Totals, end: int) -> Outcome:
    ratio = 100 * totals.reached[end] / totals.possible if totals.possible else 100
    if ratio >= FINDING_MET and totals.lowest_essential[end] == 2 and totals.lowest[end] > 0:
        return MET
    return PARTLY_MET if ratio >= FINDING_PARTLY and totals.lowest_essential[end] > 0 else NOT_MET


def judge(rules: Iterable[WeighedRule], gate: Gate, accepted: Iterable[str] = ()) -> Judgement:
    """Everything that follows from the results of one pack. `accepted` names the criteria whose gap is accepted."""
    rules, accepted = list(rules), set(accepted)
    poor = {name: one for rule in rules for name, one in rule.totals.poor.items()}
    flags = tuple([flag_of(name, one, name in accepted) for name, one in poor.items() if one.flags])
    certain = [one for one in poor.values() if one.flags and one.at_best is NOT_MET]
    counts = [rule.totals.coverage for rule in rules]
    coverage = Coverage(
        sum([one.determined for one in counts]), sum([one.applicable for one in counts]), sum([one.total for one in counts])
    )
    score, evidence = score_of(rules), evidence_of(rules)
    ladders = _ladders(score.low, len(flags), evidence[LOW])
    level = lowest(ladders)
    asked = [one for name, one in poor.items() if one.gates and name not in accepted]
    return Judgement(
        level=level,
        could_be=lowest(_ladders(score.high, len(certain), evidence[HIGH])),
        score=score,
        ladders=ladders,
        flags=flags,
        coverage=coverage,
        assessed=any(rule.totals.reached != (0, rule.totals.possible) for rule in rules),
        gate=_is_satisfied(asked, level, gate) and 100 * coverage.determined >= gate.min_coverage * coverage.applicable,
    )


def flag_of(name: str, result: Result, accepted: bool) -> Flag:
    """The red flag that a poor result is, by what ends it."""
    if result.outcome is not NOT_MET:
        kind = FlagKind.SHOW
    else:
        kind = FlagKind.EXPLAIN if result.priority is Priority.CAPS else FlagKind.PUT_RIGHT
    return Flag(name, kind, accepted or not result.gates)


def _ladders(score: int, flags: int, evidence: int) -> tuple[Ladder, ...]:
    """The three ladders of the rating, each with its own step."""
    return (
        _ladder("score", score, SCORE_STEPS, Level.UNPROVEN, ge),
        _ladder("flags", flags, FLAG_STEPS, Level.STARTING, le),
        _ladder("evidence", evidence, EVIDENCE_STEPS, Level.UNPROVEN, ge),
    )


def _ladder(
    name: str, value: int, steps: tuple[tuple[int, Level], ...], lowest_level: Level, reaches: Callable[[int, int], bool]
) -> Ladder:
    missed = None
    for edge, level in steps:
        if reaches(value, edge):
            return Ladder(name, value, level, missed)
        missed = edge
    return Ladder(name, value, lowest_level, missed)


def lowest(ladders: Iterable[Ladder]) -> Level:
    """The rating: the lowest step of the ladders."""
    return min((ladder.level for ladder in ladders), key=RANK.index)


def _is_satisfied(poor: Iterable[Result], level: Level, gate: Gate) -> bool:
    """Whether the rating is at least starting, and no red flag is left unaccepted, nor a poor result that the gate asks for."""
    if gate.fail_on == "never":
        return True
    asked = GATED[gate.fail_on]
    return level is not Level.UNPROVEN and not any(one.flags or one.priority in asked for one in poor)


def _decided(result: Result, outcome: Outcome) -> Result:
    """A result with a decided outcome. What is newly decided rests on a document: else it would not be shown."""
    documented = result.documented or result.outcome not in FROM_WORST
    return replace(result, outcome=outcome, at_worst=outcome, at_best=outcome, documented=documented)


def changed(rules: Mapping[str, WeighedRule], outcomes: Mapping[str, Outcome]) -> dict[str, WeighedRule]:
    """The same rules with these criteria decided."""
    after = dict(rules)
    for name, outcome in outcomes.items():
        rule = after[name.partition("/")[0]]
        after[name.partition("/")[0]] = replace(rule, results={**rule.results, name: _decided(rule.results[name], outcome)})
    return after


def documented(rules: Mapping[str, WeighedRule], name: str) -> dict[str, WeighedRule]:
    """The same rules with a current document behind one criterion, whose low end it leaves as it is."""
    rule = rules[name.partition("/")[0]]
    result = rule.results[name]
    shown = replace(_decided(result, result.at_worst), documented=True)
    return {**rules, name.partition("/")[0]: replace(rule, results={**rule.results, name: shown})}

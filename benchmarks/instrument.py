"""What the rating does to a simulated population: whether it spreads, follows quality, and which questions tell anything.

`python benchmarks/instrument.py [--profiles 1000] [--seed 1]` prints the figures of a section of `docs/validity.md`. How the
organisations are drawn is in `population.py`. Change the ladders of `audit/scoring.py` only with these figures beside them.
"""

import argparse
import json
import statistics
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, islice
from typing import Any

from agreement import pearson, spearman
from attrs import frozen
from population import population

from engagecheck import installed, load_profile
from engagecheck.audit.evaluate import Evaluation, evaluate, plan_audit
from engagecheck.audit.scoring import POINTS, RANK, WEIGHT, score
from engagecheck.audit.tailoring import Tailoring
from engagecheck.model.outcomes import Level, Outcome
from engagecheck.model.report import Gate, Ladder
from engagecheck.plugin_host.discovery import BUNDLED

REGISTRY = installed(third_party=False)
READS = {
    criterion.id: {path for path in criterion.paths if path != "as_of" and not path.startswith("organisation")}
    for rule in REGISTRY.rules.values()
    for criterion in rule.criteria
}
"""The facts that decide each bundled question. Every question may read the organisation and the date."""
CHUNK = 32
"""How many profiles are held at once."""
MOST_ON_A_LEVEL, SUSTAINING, LEVEL_FOLLOWS, SCORE_FOLLOWS = 65, (1, 10), 0.6, 0.8
"""What the figures must reach: percentages of the organisations, and correlations with quality."""
BEST_FIRST = RANK[::-1]
NONE = "none"
EASY, HARD = 97, 3
"""Percentages of the organisations that meet a question, above and below which it tells hardly any of them apart."""


@frozen
class Audited:
    """What one organisation comes to.

    `points` are those of each question that applies, 0 to 2 at the low end. `findings` are the scores of the rules that
    weigh. `flags` are the questions that are red flags, `open` those that the facts do not decide.
    """

    q: float
    level: Level
    score: int
    flags: tuple[str, ...]
    ladders: Mapping[str, Ladder]
    points: Mapping[str, int]
    findings: Mapping[str, int]
    open: tuple[str, ...]


def main() -> None:
    """Print the figures of both populations."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--profiles", type=int, default=1000, help="organisations in each population, at least 30")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if options.profiles < 30:
        parser.error("--profiles: give 30 or more")
    for name, with_quality in (("A: every fact on its own", False), ("B: quality shifts what follows it", True)):
        many = audited(population(options.profiles, options.seed, with_quality=with_quality))
        print(f"\nPopulation {name}, {len(many)} organisations, seed {options.seed}")
        spread(many)
        if with_quality:
            following(many)
        red_flags(many)
        difficulties(many)
        going_together(many)
        same_facts(many)


def audited(organisations: Iterable[tuple[float, Mapping[str, object]]]) -> list[Audited]:
    """Each organisation, audited by the bundled rules. Raises `InputRefused` for a profile that an audit would refuse."""
    plan, waiting, done = plan_audit(REGISTRY, Tailoring()), iter(organisations), []
    while chunk := list(islice(waiting, CHUNK)):
        profiles = [load_profile(json.dumps(document).encode(), registry=REGISTRY) for _, document in chunk]
        evaluations = evaluate(plan, profiles)
        done += [result(q, evaluation) for (q, _), evaluation in zip(chunk, evaluations, strict=True)]
    return done


def result(q: float, evaluation: Evaluation) -> Audited:
    """What scoring makes of one evaluation. Ends the program if a rule failed."""
    if evaluation.problems:
        raise SystemExit(f"{evaluation.problems[0].message} Correct the rule before measuring.")
    scores = score(evaluation, Gate())
    judgement = scores.packs[BUNDLED]
    asked = {name: answer for name, answer in evaluation.answers.items() if answer.outcome is not Outcome.NOT_APPLICABLE}
    weighing = {name.partition("/")[0] for name, answer in asked.items() if WEIGHT[answer.priority]}
    return Audited(
        q=q,
        level=judgement.level,
        score=judgement.score.low,
        ladders={ladder.name: ladder for ladder in judgement.ladders},
        flags=tuple(flag.criterion for flag in judgement.flags),
        points={name: POINTS[answer.at_worst] for name, answer in asked.items()},
        findings={name: scores.rules[name].score.low for name in sorted(weighing)},
        open=tuple(name for name, answer in asked.items() if not answer.outcome.determined),
    )


def spread(many: Sequence[Audited]) -> None:
    """Print the levels, the percentiles of what the ladders look at, and which ladder holds the rating."""
    levels = Counter(one.level for one in many)
    print(f"  levels: {shares(levels, BEST_FIRST, len(many))}")
    print(f"    most on one level: {verdict(100 * max(levels.values()) / len(many), '.1f', most=MOST_ON_A_LEVEL)}")
    for name in many[0].ladders:
        print(f"  {name}: {percentiles([one.ladders[name].value for one in many])}")
        print(f"    allows: {shares(Counter(one.ladders[name].level for one in many), BEST_FIRST, len(many))}")
    held = Counter(holding(one) for one in many)
    print(f"  what holds the rating: {shares(held, [name for name, _ in held.most_common()], len(many))}")


def holding(one: Audited) -> str:
    """The ladders that allow no more than the rating; "nothing" at the highest level."""
    if one.level is RANK[-1]:
        return "nothing"
    return " and ".join(name for name, ladder in one.ladders.items() if ladder.level is one.level)


def following(many: Sequence[Audited]) -> None:
    """Print how level and score follow quality."""
    sustaining = 100 * sum(one.level is Level.SUSTAINING for one in many) / len(many)
    print(f"  sustaining: {verdict(sustaining, '.1f', least=SUSTAINING[0], most=SUSTAINING[1])}")
    for name, least, values in (
        ("level", LEVEL_FOLLOWS, [RANK.index(one.level) for one in many]),
        ("score", SCORE_FOLLOWS, [one.score for one in many]),
    ):
        pairs = [(one.q, value) for one, value in zip(many, values, strict=True)]
        ranked = verdict(spearman(pairs), ".2f", least=least)
        print(f"  {name} and quality: rank correlation {ranked}, Pearson's {correlation(pairs)}")
    by_quality, by_score = sorted(many, key=lambda one: one.q), sorted(many, key=lambda one: one.score)
    fifth = len(many) // 5
    for name, end in (("best", slice(-fifth, None)), ("worst", slice(fifth))):
        found = {id(one) for one in by_score[end]}
        hits = 100 * sum(id(one) in found for one in by_quality[end]) / fifth
        levels = shares(Counter(one.level for one in by_quality[end]), BEST_FIRST, fifth)
        print(f"  the {name} fifth by quality: {hits:.1f} % are in the {name} fifth by score; {levels}")


def red_flags(many: Sequence[Audited]) -> None:
    """Print how many red flags there are, and which."""
    counts = Counter(len(one.flags) for one in many)
    print(f"  number of red flags: {shares(counts, range(max(counts) + 1), len(many))}")
    for name, count in Counter(name for one in many for name in one.flags).most_common():
        print(f"    {100 * count / len(many):5.1f} % {name}")


def difficulties(many: Sequence[Audited]) -> None:
    """Print, for each question, the mean share of its points, who meets it, and how it goes with the rest of the score."""
    print("  questions, hardest first: mean points ÷ 2, met, partly met, not decided, correlation with the other findings")
    asked = by_question(many)
    for name, points in sorted(asked.items(), key=lambda item: statistics.fmean(item[1])):
        met, partly = (100 * points.count(reached) / len(points) for reached in (2, 1))
        undecided = 100 * sum(name in one.open for one in many) / len(points)
        shown = f"{statistics.fmean(points) / 2:.2f} {met:5.1f} % {partly:5.1f} % {undecided:5.1f} %"
        print(f"    {shown} {correlation(rest(many, name)):>5}  {name}{remark(points)}")
    print(f"  asked of nobody: {', '.join(sorted(READS.keys() - asked)) or 'none'}")


def by_question(many: Iterable[Audited]) -> dict[str, list[int]]:
    """The points of each question over the organisations that it applies to."""
    asked: dict[str, list[int]] = {}
    for one in many:
        for name, points in one.points.items():
            asked.setdefault(name, []).append(points)
    return asked


def rest(many: Iterable[Audited], name: str) -> list[tuple[float, float]]:
    """The points of a question, each with the mean of the scores of the other findings."""
    rule = name.partition("/")[0]
    others = (
        (one.points.get(name), statistics.fmean(value for other, value in one.findings.items() if other != rule))
        for one in many
    )
    return [(points, mean) for points, mean in others if points is not None]


def remark(points: Sequence[int]) -> str:
    """What to say of a question that tells hardly any organisations apart; empty for any other."""
    met = 100 * points.count(2) / len(points)
    if met > EASY:
        return f"  TELLS LITTLE: over {EASY} % meet it"
    return f"  TELLS LITTLE: under {HARD} % meet it" if met < HARD else ""


def going_together(many: Sequence[Audited]) -> None:
    """Print Cronbach's alpha over the scores of the findings, and over the points of the questions that apply to all."""
    findings = [[one.findings[name] for one in many] for name in many[0].findings]
    questions = [points for points in by_question(many).values() if len(points) == len(many)]
    for name, items in (("findings", findings), ("questions", questions)):
        print(f"  alpha over {len(items)} {name}: {alpha(items):.2f}")


def alpha(items: Iterable[Sequence[float]]) -> float:
    """Cronbach's alpha: how far items go together. Each item is a list of scores in the same order.

    Items that are all alike are left out. Raises `StatisticsError` if fewer than two are left.
    """
    varied = [item for item in items if len(set(item)) > 1]
    if len(varied) < 2:
        raise statistics.StatisticsError("alpha needs at least two items that vary")
    parts = sum(statistics.pvariance(item) for item in varied)
    whole = statistics.pvariance([sum(scores) for scores in zip(*varied, strict=True)])
    return len(varied) / (len(varied) - 1) * (1 - parts / whole)


def same_facts(many: Sequence[Audited]) -> None:
    """Print the correlation of the points of each two questions that are decided by the same facts, the highest first."""
    print("  pairs of questions that are decided by the same facts, all or some, and the correlation of their points")
    found = []
    for first, second in pairs_of_same_facts():
        both = [(one.points[first], one.points[second]) for one in many if {first, second} <= one.points.keys()]
        found.append((correlation(both), "all " if READS[first] == READS[second] else "some", first, second))
    vary = [pair for pair in found if pair[0] != NONE]
    for value, kind, first, second in sorted(vary, key=lambda pair: -abs(float(pair[0]))):
        print(f"    {value:>5} {kind} {first}, {second}")
    print(f"    besides {len(found) - len(vary)} pairs in which one has the same points for everybody, or is asked of nobody")


def pairs_of_same_facts() -> Iterator[tuple[str, str]]:
    """The pairs of bundled questions that read a fact in common, or one a part of what the other reads."""
    for first, second in combinations(sorted(READS), 2):
        if any(overlap(one, other) for one in READS[first] for other in READS[second]):
            yield first, second


def overlap(one: str, other: str) -> bool:
    """Whether two paths are the same, or one leads to a part of the other."""
    return f"{one}.".startswith(f"{other}.") or f"{other}.".startswith(f"{one}.")


def correlation(pairs: Sequence[tuple[float, float]]) -> str:
    """Pearson's correlation in words; "none" where one of the two is all alike, or there are too few."""
    try:
        return f"{pearson(pairs):.2f}"
    except statistics.StatisticsError:
        return NONE


def percentiles(values: Sequence[float]) -> str:
    """The 5th, 25th, 50th, 75th and 95th percentile."""
    cuts = statistics.quantiles(values, n=20, method="inclusive")
    return "percentiles " + ", ".join(f"{5 * place}: {cuts[place - 1]:.0f}" for place in (1, 5, 10, 15, 19))


def shares(counts: Mapping[Any, int], names: Iterable[Any], total: int) -> str:
    """The share of each, in words."""
    return ", ".join(f"{name} {100 * counts.get(name, 0) / total:.1f} %" for name in names)


def verdict(value: float, shown: str, *, least: float | None = None, most: float | None = None) -> str:
    """A figure, what it must reach, and whether it does."""
    limits = [f"{words} {limit:g}" for words, limit in (("at least", least), ("at most", most)) if limit is not None]
    reached = (least is None or value >= least) and (most is None or value <= most)
    return f"{value:{shown}} (must be {' and '.join(limits)}{'' if reached else ': MISSED'})"


if __name__ == "__main__":
    main()

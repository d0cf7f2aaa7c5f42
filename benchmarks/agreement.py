"""How far two lists of values agree: correlations, kappa, and the range in which each may lie.

Everything here takes pairs and raises `statistics.StatisticsError` where the pairs say nothing: too few, or all alike.
"""

import bisect
import random
import statistics
from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from typing import TypeVar

Pair = TypeVar("Pair", bound=tuple[object, object])
SEED = 20140701


def spearman(pairs: Sequence[tuple[float, float]]) -> float:
    """Spearman's rank correlation, -1 to 1. Values that tie share their middle rank."""
    return pearson([*zip(*(_ranks(values) for values in zip(*pairs, strict=True)), strict=True)])


def pearson(pairs: Sequence[tuple[float, float]]) -> float:
    """Pearson's correlation, -1 to 1."""
    if len(pairs) < 3:
        raise statistics.StatisticsError("a correlation needs at least three pairs")
    first, second = zip(*pairs, strict=True)
    return statistics.correlation(first, second)


def kappa(pairs: Sequence[tuple[Hashable, Hashable]]) -> float:
    """Cohen's kappa: 1 if two classifications always agree, 0 if they agree as often as by chance. Not weighted."""
    if not pairs:
        raise statistics.StatisticsError("kappa needs at least one pair")
    total = len(pairs)
    first, second = (Counter(classes) for classes in zip(*pairs, strict=True))
    by_chance = sum(first[name] * second[name] for name in first) / total**2
    if by_chance == 1:
        raise statistics.StatisticsError("kappa needs more than one class")
    agreed = sum(one == other for one, other in pairs) / total
    return (agreed - by_chance) / (1 - by_chance)


def interval(statistic: Callable[[Sequence[Pair]], float], pairs: Sequence[Pair], resamples: int) -> tuple[float, float]:
    """The middle 95 % of a statistic over samples of the pairs, drawn with replacement. The seed is fixed.

    Samples that say nothing are left out.
    """
    draw = random.Random(SEED)  # noqa: S311 - not for secrets
    values = []
    for _ in range(resamples):
        try:
            values.append(statistic(draw.choices(pairs, k=len(pairs))))
        except statistics.StatisticsError:
            continue
    cuts = statistics.quantiles(values, n=40, method="inclusive")
    return cuts[0], cuts[-1]


def wilson(count: int, total: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson's), each end 0 to 1. The total is at least 1."""
    z = statistics.NormalDist().inv_cdf(0.975)
    middle, spread = (count + z * z / 2), z * (count * (total - count) / total + z * z / 4) ** 0.5
    return (middle - spread) / (total + z * z), (middle + spread) / (total + z * z)


def _ranks(values: Sequence[float]) -> list[float]:
    ordered = sorted(values)
    return [(bisect.bisect_left(ordered, value) + bisect.bisect_right(ordered, value) + 1) / 2 for value in values]

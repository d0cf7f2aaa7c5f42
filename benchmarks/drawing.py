"""Draws for one simulated organisation, and the shapes in which a profile states what is drawn."""

import math
import random
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any, TypeVar

AS_OF = date(2026, 3, 31)
LONGEST = 180
"""Months: nothing began earlier, so that no date lies before the founding."""
DAYS_A_MONTH = 30.4375
SHIFT = 0.2
"""How much a rate that follows quality rises from q = 0 to q = 1."""

Json = Any
T = TypeVar("T")


class Draw(random.Random):
    """Draws for one organisation. `q` is its quality, -1 to 1; in population A it is 0."""

    q = 0.0

    def starred(self, rate: float) -> float:
        """A rate that follows quality, between 0 and 1."""
        return min(1.0, max(0.0, rate + SHIFT * self.q))

    def falling(self, rate: float) -> float:
        """A small rate that falls with quality: its odds change as those of one half do under `SHIFT`.

        Taking 0.2 q itself from a rate of 1 % would leave nothing, or twenty times as much.
        """
        return 1 / (1 + math.exp(4 * SHIFT * self.q) * (1 - rate) / rate)

    def happens(self, rate: float) -> bool:
        """Whether something happens that has this chance."""
        return self.random() < rate

    def count(self, total: int, rate: float) -> int:
        """How many of a total have something that each has with this chance."""
        return sum(self.random() < rate for _ in range(total))

    def one_of(self, weights: Mapping[T, float]) -> T:
        """One of several values, each with its weight."""
        return self.choices([*weights], [*weights.values()])[0]

    def months(self, mean: float) -> float:
        """Months in post: exponential with this mean, 180 at most."""
        return min(self.expovariate(1 / mean), LONGEST)

    def outcome(self) -> int:
        """Points for a question that has no rate of its own: 2 in 45 % (which follows quality), else 1 or 0, as 30 to 25."""
        return 2 if self.happens(self.starred(0.45)) else self.one_of({1: 30, 0: 25})


def listed(entries: Iterable[Json]) -> dict[str, Json]:
    """A list that is whole."""
    shown = list(entries)
    return {"of": len(shown), "entries": shown}


def tally(total: int, count: int) -> dict[str, Json]:
    """A count of a total."""
    return {"of": total, "count": count}


def days_ago(months: float) -> date:
    """The day so many months before the profile's date."""
    return AS_OF - timedelta(days=round(DAYS_A_MONTH * months))


def ago(months: float) -> str:
    """The same as a profile states it."""
    return str(days_ago(months))


def within(value: float, low: float, high: float) -> float:
    """A value, or the nearer end if it lies outside."""
    return max(low, min(high, value))

"""Scores of surveys as measurements of a profile. The comparator of each is the median of its group."""

import statistics
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

LEAST = 3
"""The fewest organisations in a group that gives a comparator."""


def measurement(
    instrument: str, topic: str, on: str, score: float, comparator: Mapping[str, Any] | None, *,
    respondents: float | None = None, invited: float | None = None, scale: tuple[float, float] = (0, 10),
    population: str = "all_staff", name: str = "", note: str = "",
) -> dict[str, Any]:  # fmt: skip
    """One measurement, as an entry of `journey.measurements`. It is of all staff unless `population` says otherwise.

    `name` is that of a survey that is none of the known instruments.
    """
    low, high = scale
    return {
        "instrument": instrument,
        **({"name": name} if name else {}),
        "edition": on[:4],
        "topic": topic,
        "population": population,
        "on": on,
        **({"invited": round(invited)} if invited is not None else {}),
        **({"respondents": round(respondents)} if respondents is not None else {}),
        "score": score,
        "scale_low": low,
        "scale_high": high,
        **({"comparator": dict(comparator)} if comparator else {}),
        **({"note": note} if note else {}),
    }


def medians(groups: Iterable[str], scores: Iterable[float | None]) -> dict[str, dict[str, Any]]:
    """The comparator of each group that has a name and is not too small: the median of the scores of its members."""
    by_group: dict[str, list[float]] = defaultdict(list)
    for group, score in zip(groups, scores, strict=True):
        if score is not None and group:
            by_group[group].append(score)
    return {group: _median(listed, group) for group, listed in by_group.items() if len(listed) >= LEAST}


def _median(scores: Sequence[float], group: str) -> dict[str, Any]:
    note = f"The median of the {len(scores)} organisations of this group in the file."
    return {"score": round(statistics.median(scores), 4), "population": "all_staff", "group": group[:160], "note": note}

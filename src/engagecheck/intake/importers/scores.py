"""Scores of all staff as measurements of a profile. The comparator of each is the median of its group."""

import statistics
from collections.abc import Mapping, Sequence
from typing import Any

LEAST = 3
"""The fewest organisations in a group that gives a comparator."""


def number(text: str) -> float | None:
    """The number in a cell, or `None` for an empty cell or a sign for a suppressed figure."""
    try:
        value = float(text.replace(",", ""))
    except ValueError:
        return None
    return value if abs(value) < 1e6 else None


def measurement(
    instrument: str, topic: str, on: str, score: float, comparator: Mapping[str, Any] | None, *,
    respondents: float | None = None, scale: tuple[float, float] = (0, 10), note: str = "",
) -> dict[str, Any]:  # fmt: skip
    """One measurement among all staff, as an entry of `journey.measurements`."""
    low, high = scale
    return {
        "instrument": instrument,
        "edition": on[:4],
        "topic": topic,
        "population": "all_staff",
        "on": on,
        **({"respondents": round(respondents)} if respondents is not None else {}),
        "score": score,
        "scale_low": low,
        "scale_high": high,
        **({"comparator": dict(comparator)} if comparator else {}),
        **({"note": note} if note else {}),
    }


def median_of(scores: Sequence[float], group: str) -> dict[str, Any] | None:
    """The comparator of a group: the median of its scores. `None` if the group is too small or has no name."""
    if len(scores) < LEAST or not group:
        return None
    note = f"The median of the {len(scores)} organisations of this group in the file."
    return {"score": round(statistics.median(scores), 4), "population": "all_staff", "group": group[:160], "note": note}

"""Measurements of engagement: which of them may be compared, and with what.

All staff are never taken for doctors, and a score is compared only with the comparator of its own survey, of the same
kind of respondents.
"""

from engagecheck.model.answers import Measured, NotEvidenced
from engagecheck.model.listing import Listing
from engagecheck.model.sections.journey import Measurement


def in_order(measurements: Listing[Measurement], topic: str, population: str) -> list[Measurement]:
    """All measurements of a topic among a population, oldest first.

    Raises `NotEvidenced` unless the list is whole, every one of them is dated, and there is at least one.
    """
    found = [one for one in measurements.whole() if one.topic == topic and one.population == population]
    if not found:
        raise NotEvidenced(f"no measurement of {_words(topic)} among {_words(population)} is listed")
    if any(one.on is None for one in found):
        raise NotEvidenced("not every measurement has a date")
    return sorted(found, key=lambda one: (one.on.last, one.instrument) if one.on else ())


def gap_to_peers(measurements: Listing[Measurement], topic: str, population: str, *, least: int = 50) -> Measured:
    """The newest score minus its comparator, in points of a scale of 0 to 10; at least `least` must have answered."""
    newest = in_order(measurements, topic, population)[-1]
    peers = newest.comparator
    if newest.score is None or peers is None or peers.score is None or peers.group is None:
        raise NotEvidenced(f"the newest measurement ({newest.on}) has no score, or no comparator with its benchmark group")
    if peers.population != population:
        raise NotEvidenced(f"the comparator is not one of {_words(population)}")
    if newest.respondents is None or newest.respondents < least:
        raise NotEvidenced(f"fewer than {least} are known to have answered ({newest.on})")
    low, high = newest.scale_low, newest.scale_high
    if low is None or high is None or low >= high:
        raise NotEvidenced(f"the scale of the newest measurement ({newest.on}) is not stated")
    because = (
        f"{newest.instrument}, {newest.on}: {newest.score:g} against {peers.score:g} for {peers.group}, "
        f"on a scale of {low:g} to {high:g}; "
        f"{newest.respondents} answered."
    )
    return Measured(10 * (newest.score - peers.score) / (high - low), because=because)


def _words(name: str) -> str:
    return name.replace("_", " ")

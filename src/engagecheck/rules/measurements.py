"""Measurements of engagement, and comparisons that are fair.

A result of all staff never stands for doctors. A score is compared only with the comparator of the same survey and the
same kind of respondents.
"""

from engagecheck.model.answers import Measured, NotEvidenced
from engagecheck.model.listing import Listing
from engagecheck.model.sections.journey import Measurement


def in_order(measurements: Listing[Measurement], topic: str, population: str) -> list[Measurement]:
    """All measurements of a topic among a population, oldest first.

    Raises `NotEvidenced` if the list is not complete, if there is no such measurement, or if one has no date.
    """
    matches = [result for result in measurements.whole() if result.topic == topic and result.population == population]
    if not matches:
        raise NotEvidenced(f"no measurement of {_words(topic)} among {_words(population)} is listed")
    if any(result.on is None for result in matches):
        raise NotEvidenced("not every measurement has a date")
    return sorted(matches, key=lambda result: (result.on.last, result.instrument) if result.on else ())


def gap_to_peers(measurements: Listing[Measurement], topic: str, population: str, *, least: int = 50) -> Measured:
    """The newest score minus its comparator, in points of a scale of 0 to 10.

    Raises `NotEvidenced` if fewer than `least` answered, or if score, comparator or scale is not stated.
    """
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
        f"on a scale of {low:g} to {high:g}; {newest.respondents} answered."
    )
    return Measured(10 * (newest.score - peers.score) / (high - low), because=because)


def _words(name: str) -> str:
    return name.replace("_", " ")

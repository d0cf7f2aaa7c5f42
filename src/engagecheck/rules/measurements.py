"""Measures over the results of surveys: the newest, its difference from a comparator, and how sure it is."""

from datetime import date
from math import sqrt

from engagecheck.model.answers import Measured, NotEvidenced, Range, ends_of
from engagecheck.model.dates import age_in_months
from engagecheck.model.listing import Listing
from engagecheck.model.schema import answer_in_words
from engagecheck.model.sections.journey import Measurement, result_year, survey_year

SPREAD = 2.0
"""The standard deviation of an answer, in points of 10. A published spread is never used: leaving it out must not help."""
SURE = 0.25
"""The highest standard error, in points of 10, at which a difference is decided by its value. Our judgement."""
IN_DATE = 36
"""Months for which a result may stand in for a later one that is too small to tell."""


def standard_error(respondents: int, invited: int | None) -> float:
    """The standard error of a mean, in points of 10: `2.0 ÷ √n × √((N − n) ÷ (N − 1))` for n who answered of N asked.

    Without N the correction for a small population is 1. Raises `NotEvidenced` if nobody answered.
    """
    if respondents < 1:
        raise NotEvidenced("nobody answered")
    correction = 1.0
    if invited is not None and invited > 1:
        correction = sqrt(max(0, invited - respondents) / (invited - 1))
    return SPREAD / sqrt(respondents) * correction


def margin(respondents: int, invited: int | None) -> str:
    """How sure a score is, for a chair: "with 31 of 39 answering, differences under 0.3 mean little"."""
    asked = f"{respondents} of {invited}" if invited is not None else str(respondents)
    return f"with {asked} answering, differences under {2 * standard_error(respondents, invited):.1f} mean little"


def of_population(measurements: Listing[Measurement], topics: tuple[str, ...], population: str) -> tuple[Measurement, ...]:
    """The listed measurements of a topic among a population, whatever their instrument."""
    return measurements.matching(lambda one: one.topic in topics and one.population == population)


def newest(
    measurements: Listing[Measurement], topics: tuple[str, ...], population: str, as_of: date
) -> tuple[list[Measurement], bool]:
    """The measurements that may be the newest one that can tell, and whether there may be another that is not listed.

    This year's NHS Staff Survey is the newest for all staff until the next one, whatever else is listed or not: it is taken
    once a year, and a profile with two results of one year is refused. The year of a result is that of its date, or else of
    its edition. Results with a standard error above 0.25 of 10 that state how many were asked and answered are passed over if
    there is another of at most 36 months. Raises `NotEvidenced` if none is listed.
    """
    results = list(of_population(measurements, topics, population))
    if not results:
        raise NotEvidenced(f"there is no result for {_words(population).lower()} on {_words(topics[0]).lower()}")
    this_year = [one for one in results if _is_this_years(one, as_of)]
    if len(topics) == len(this_year) == 1 and not _says_that_it_is_small(this_year[0]):
        return this_year, False
    telling = [one for one in results if not _says_that_it_is_small(one)]
    if any(_is_in_date(one, as_of) for one in telling):
        results = telling
    latest = [one for one in results if all(_may_follow(one, other) for other in results)]
    return latest, not measurements.is_whole()


def gap_to_peers(measurements: Listing[Measurement], topics: str | tuple[str, ...], population: str, as_of: date) -> Measured:
    """The newest score that can tell minus its comparator, in points of a scale of 0 to 10, with how sure it is.

    Where dates do not decide which is the newest, the range covers each that may be. Raises `NotEvidenced` if score,
    comparator or scale is not stated, or if too few answered to tell.
    """
    topics = (topics,) if isinstance(topics, str) else topics
    results, may_be_others = newest(measurements, topics, population, as_of)
    if may_be_others:
        raise NotEvidenced("not every result is listed, so a newer one may be missing")
    gaps = [_gap(one, population) for one in results]
    low, high = min(gap for gap, _ in gaps), max(gap for gap, _ in gaps)
    because = "; ".join(sorted({explained for _, explained in gaps}))
    return Measured(low if low == high else Range(low, high), because=f"{because}.")


def score_of_ten(result: Measurement, score: float | None) -> float:
    """A score of a result on a scale of 0 to 10. Raises `NotEvidenced` if the score or the scale is not stated."""
    low, high = result.scale_low, result.scale_high
    if score is None or low is None or high is None or low >= high:
        raise NotEvidenced(f"the score or the scale of the newest result ({_when(result)}) is missing")
    return 10 * (score - low) / (high - low)


def is_sure(result: Measurement) -> bool:
    """Whether a difference can be decided by a result: its standard error is at most 0.25 of 10."""
    return result.respondents is not None and standard_error(result.respondents, result.invited) <= SURE


def _gap(result: Measurement, population: str) -> tuple[float, str]:
    """The difference of a result from its comparator, and a sentence about it."""
    peers, answered = result.comparator, result.respondents
    if peers is None or peers.score is None or peers.group is None:
        raise NotEvidenced(f"the newest result ({_when(result)}) has no comparator with a benchmark group")
    if peers.population != population:
        raise NotEvidenced(f"the comparator is not for {_words(population).lower()}")
    gap = score_of_ten(result, result.score) - score_of_ten(result, peers.score)
    if answered is None:
        raise NotEvidenced(f"the number who answered ({_when(result)}) is missing")
    sure = margin(answered, result.invited)
    if not is_sure(result):
        raise NotEvidenced(f"too few answered to tell: {sure}")
    scores = f"{result.score:zg} against {peers.score:zg} for {peers.group}"
    return gap, f"{_words(result.instrument)} of {_when(result)}: {scores}; {sure}"


def _may_follow(one: Measurement, other: Measurement) -> bool:
    """Whether a result may be as new as another."""
    return one.on is None or other.on is None or one.on.last >= other.on.first


def _says_that_it_is_small(result: Measurement) -> bool:
    """Whether a result states how many were asked and answered, and is too small to tell."""
    return result.respondents is not None and result.invited is not None and not is_sure(result)


def _is_this_years(result: Measurement, as_of: date) -> bool:
    """Whether a result is of all staff in the newest yearly survey that there can be."""
    return result_year(result.instrument, result.population, result.on, result.edition) == survey_year(as_of)


def _when(result: Measurement) -> str:
    """The date of a result in words, or else its edition."""
    return str(result.on or result.edition or "an unknown date")


def _is_in_date(result: Measurement, as_of: date) -> bool:
    return result.on is not None and ends_of(age_in_months(result.on, as_of))[1] <= IN_DATE


def _words(name: str) -> str:
    return answer_in_words(name).replace("_", " ")

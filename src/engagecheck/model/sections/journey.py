"""Measurements of engagement over time, and statements about it."""

import re
from datetime import date

from msgspec import Struct

from engagecheck.model.dates import PartialDate
from engagecheck.model.listing import Listing, Tally

YEARLY, EVERYONE = "nhs_staff_survey", "all_staff"
"""A survey that everyone who works in an organisation is asked to answer once a year, and what such a result is about."""
FIRST_MONTH = 10
"""The month in which a year of that survey begins: people answer from the end of September to the end of November."""


def survey_year(day: date) -> int:
    """The year of the newest autumn survey that can have a result on a day: 2025 from October 2025 to September 2026."""
    return day.year if day.month >= FIRST_MONTH else day.year - 1


def edition_year(edition: str | None) -> int | None:
    """The year of an edition that is nothing but a year, such as 2025. Its survey is answered in the autumn of that year."""
    return int(edition) if edition and re.fullmatch("20[0-9]{2}", edition, re.ASCII) else None


def result_year(instrument: str, population: str, on: PartialDate | None, edition: str | None) -> int | None:
    """The year of the yearly survey that a result is of, by its date, or else by its edition.

    `None` for a result of another survey or of doctors only, and if neither decides the year.
    """
    if (instrument, population) != (YEARLY, EVERYONE):
        return None
    if on is None:
        return edition_year(edition)
    years = {survey_year(on.first), survey_year(on.last)}
    return years.pop() if len(years) == 1 else None


class Comparator(Struct, frozen=True):
    """The score that a measurement is compared with."""

    score: float | None = None
    population: str | None = None
    group: str | None = None


class Measurement(Struct, frozen=True):
    """One result of a survey or scale."""

    instrument: str
    topic: str
    population: str
    name: str | None = None
    edition: str | None = None
    on: PartialDate | None = None
    invited: int | None = None
    respondents: int | None = None
    score: float | None = None
    scale_low: float | None = None
    scale_high: float | None = None
    comparator: Comparator | None = None

    @property
    def series(self) -> tuple[str, str] | None:
        """The instrument, and for one that needs a name its name; `None` where that is not stated.

        Results of one series can be compared with one another.
        """
        if self.instrument not in ("own", "other"):
            return self.instrument, ""
        return None if self.name is None else (self.instrument, self.name)


class Journey(Struct, frozen=True):
    """Measurements of engagement over time, and statements about it."""

    measurements: Listing[Measurement] | None = None
    action_plan_known: Tally | None = None
    self_rating: str | None = None
    declared_complete: bool | None = None

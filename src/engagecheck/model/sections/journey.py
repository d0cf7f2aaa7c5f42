"""How engagement is measured over time, and what is said of it."""


from engagecheck.model.dates import PartialDate
from engagecheck.model.listing import Listing, Tally
from engagecheck.model.records import record


@record
class Comparator:
    """The score that a measurement is compared with."""

    score: float | None = None
    population: str | None = None
    group: str | None = None


@record
class Measurement:
    """One result of a survey or scale."""

    instrument: str
    topic: str
    population: str
    on: PartialDate | None = None
    respondents: int | None = None
    score: float | None = None
    scale_low: float | None = None
    scale_high: float | None = None
    comparator: Comparator | None = None


@record
class Journey:
    """How engagement is measured over time, and what is said of it."""

    measurements: Listing[Measurement] | None = None
    action_plan_known: Tally | None = None
    self_rating: str | None = None
    declared_complete: bool | None = None

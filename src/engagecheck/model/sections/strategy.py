"""Whether quality is a way of working rather than a set of programmes."""


from engagecheck.model.listing import Listing
from engagecheck.model.records import record


@record
class QualityStrategy:
    """The quality strategy that the board approved."""

    board_approved: bool | None = None
    measures_monitored: bool | None = None


@record
class Improvement:
    """Who answers for improvement, and by what method."""

    executive_named: bool | None = None
    agreed_method: bool | None = None


@record
class Plan:
    """One division's yearly plan."""

    division: str
    objective: str | None = None


@record
class Programme:
    """An improvement programme of the organisation's own."""

    name: str
    objective: str | None = None


@record
class Strategy:
    """The quality strategy and what follows from it."""

    quality_strategy: QualityStrategy | None = None
    improvement: Improvement | None = None
    divisional_plans: Listing[Plan] | None = None
    improvement_at_induction: str | None = None
    programmes: Listing[Programme] | None = None

"""The quality strategy, and the plans and programmes that follow from it."""

from msgspec import Struct

from engagecheck.model.listing import Listing


class QualityStrategy(Struct, frozen=True):
    """The quality strategy that the board approved."""

    board_approved: bool | None = None
    measures_monitored: bool | None = None


class Improvement(Struct, frozen=True):
    """The executive responsible for improvement, and the agreed method."""

    executive_named: bool | None = None
    agreed_method: bool | None = None


class Plan(Struct, frozen=True):
    """The yearly plan of one division."""

    division: str
    objective: str | None = None


class Programme(Struct, frozen=True):
    """An improvement programme of the organisation's own."""

    name: str
    objective: str | None = None


class Strategy(Struct, frozen=True):
    """The quality strategy, and the plans and programmes that follow from it."""

    quality_strategy: QualityStrategy | None = None
    improvement: Improvement | None = None
    divisional_plans: Listing[Plan] | None = None
    improvement_at_induction: str | None = None
    programmes: Listing[Programme] | None = None

"""Learning from outside the organisation."""

from msgspec import Struct

from engagecheck.model.dates import DateOrWord, PartialDate
from engagecheck.model.listing import Listing


class OutsideLearning(Struct, frozen=True):
    """A peer review, visit or exchange."""

    on: PartialDate
    kind: str
    partner: str | None = None
    outside_region: bool | None = None
    action_recorded: bool | None = None


class Learning(Struct, frozen=True):
    """Learning from others."""

    external_learning: Listing[OutsideLearning] | None = None
    external_review_on: DateOrWord | None = None

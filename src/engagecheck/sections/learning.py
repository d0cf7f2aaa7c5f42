"""What the organisation learns from outside."""

from attrs import frozen

from engagecheck.dates import PartialDate
from engagecheck.listing import Listing


@frozen
class OutsideLearning:
    """A peer review, visit or exchange."""

    on: PartialDate
    kind: str
    partner: str | None = None
    action_recorded: bool | None = None


@frozen
class Learning:
    """Learning from others."""

    external_learning: Listing[OutsideLearning] | None = None
    external_review_on: PartialDate | None = None

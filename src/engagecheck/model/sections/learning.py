"""What the organisation learns from outside."""


from engagecheck.model.dates import PartialDate
from engagecheck.model.listing import Listing
from engagecheck.model.records import record


@record
class OutsideLearning:
    """A peer review, visit or exchange."""

    on: PartialDate
    kind: str
    partner: str | None = None
    action_recorded: bool | None = None


@record
class Learning:
    """Learning from others."""

    external_learning: Listing[OutsideLearning] | None = None
    external_review_on: PartialDate | None = None

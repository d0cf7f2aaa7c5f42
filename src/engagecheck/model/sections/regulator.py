"""What the regulator has published about the whole organisation."""


from engagecheck.model.dates import PartialDate
from engagecheck.model.listing import Listing
from engagecheck.model.records import record


@record
class Rating:
    """A regulator's rating of the whole organisation."""

    domain: str
    rating: str
    on: PartialDate | None = None


@record
class RegulatoryAction:
    """A regulator's warning, undertaking or condition."""

    kind: str
    opened: PartialDate | None = None
    closed: PartialDate | None = None


@record
class Regulator:
    """What the regulator has published."""

    ratings: Listing[Rating] | None = None
    actions: Listing[RegulatoryAction] | None = None

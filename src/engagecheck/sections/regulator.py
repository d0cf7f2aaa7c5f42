"""What the regulator has published about the whole organisation."""


from engagecheck.dates import PartialDate
from engagecheck.listing import Listing
from engagecheck.records import record


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

"""What the regulator has published about the whole organisation."""

from attrs import frozen

from engagecheck.dates import PartialDate
from engagecheck.listing import Listing


@frozen
class Rating:
    """A regulator's rating of the whole organisation."""

    domain: str
    rating: str
    on: PartialDate | None = None


@frozen
class RegulatoryAction:
    """A regulator's warning, undertaking or condition."""

    kind: str
    opened: PartialDate | None = None
    closed: PartialDate | None = None


@frozen
class Regulator:
    """What the regulator has published."""

    ratings: Listing[Rating] | None = None
    actions: Listing[RegulatoryAction] | None = None

"""Publications of the regulator about the whole organisation."""

from msgspec import Struct

from engagecheck.model.dates import PartialDate
from engagecheck.model.listing import Listing


class Rating(Struct, frozen=True):
    """A regulator's rating of the whole organisation."""

    domain: str
    rating: str
    on: PartialDate | None = None


class RegulatoryAction(Struct, frozen=True):
    """A regulator's warning, undertaking or condition."""

    kind: str
    opened: PartialDate | None = None
    closed: PartialDate | None = None


class Regulator(Struct, frozen=True):
    """Publications of the regulator."""

    ratings: Listing[Rating] | None = None
    actions: Listing[RegulatoryAction] | None = None

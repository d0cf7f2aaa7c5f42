"""Publications of the regulator about the whole organisation."""

from msgspec import Struct

from engagecheck.model.dates import DateOrWord, PartialDate
from engagecheck.model.listing import Listing


class Rating(Struct, frozen=True):
    """A regulator's rating of the whole organisation."""

    domain: str
    rating: str
    on: PartialDate | None = None


class RegulatoryAction(Struct, frozen=True):
    """A regulator's warning, undertaking or condition. `closed` is a day or `open`."""

    kind: str
    opened: PartialDate | None = None
    closed: DateOrWord | None = None


class Regulator(Struct, frozen=True):
    """Publications of the regulator."""

    ratings: Listing[Rating] | None = None
    actions: Listing[RegulatoryAction] | None = None

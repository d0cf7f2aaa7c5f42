"""Figures that no rule judges."""

from msgspec import Struct

from engagecheck.model.listing import Listing


class Figure(Struct, frozen=True):
    """A figure, and the same figure of the year before."""

    value: float | None = None
    before: float | None = None


class OtherFact(Struct, frozen=True):
    """A fact that no question asks for."""

    fact: str
    value: int | float | bool | str


class Context(Struct, frozen=True):
    """Figures that no rule judges."""

    doctors_wte: Figure | None = None
    training_spend: Figure | None = None
    operating_spend: Figure | None = None
    others: Listing[OtherFact] | None = None

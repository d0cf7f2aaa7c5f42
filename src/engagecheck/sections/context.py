"""Figures that no rule judges."""

from attrs import frozen

from engagecheck.listing import Listing


@frozen
class Figure:
    """A figure with the one of the year before."""

    value: float | None = None
    before: float | None = None


@frozen
class OtherFact:
    """A fact that no question asks for."""

    fact: str
    value: float | bool | str


@frozen
class Context:
    """Figures that no rule judges."""

    doctors_wte: Figure | None = None
    training_spend: Figure | None = None
    operating_spend: Figure | None = None
    others: Listing[OtherFact] | None = None

"""Figures that no rule judges."""


from engagecheck.model.listing import Listing
from engagecheck.model.records import record


@record
class Figure:
    """A figure with the one of the year before."""

    value: float | None = None
    before: float | None = None


@record
class OtherFact:
    """A fact that no question asks for."""

    fact: str
    value: float | bool | str


@record
class Context:
    """Figures that no rule judges."""

    doctors_wte: Figure | None = None
    training_spend: Figure | None = None
    operating_spend: Figure | None = None
    others: Listing[OtherFact] | None = None

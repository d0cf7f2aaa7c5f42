"""How consultants and medical leaders are chosen."""


from engagecheck.model.dates import PartialDate
from engagecheck.model.listing import Listing, Tally
from engagecheck.model.records import record


@record
class Competition:
    """An advertised medical leadership post."""

    post: str
    on: PartialDate | None = None
    applicants: int | None = None


@record
class Selection:
    """The selection of senior doctors."""

    complete_panels: Tally | None = None
    scored_assessment: Tally | None = None
    competitions: Listing[Competition] | None = None

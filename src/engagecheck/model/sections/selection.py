"""The selection of consultants and medical leaders."""

from msgspec import Struct

from engagecheck.model.dates import PartialDate
from engagecheck.model.listing import Listing, Tally


class Competition(Struct, frozen=True):
    """An advertised medical leadership post."""

    post: str
    on: PartialDate | None = None
    applicants: int | None = None


class Methods(Struct, frozen=True):
    """The methods used to appoint executives and clinical directors."""

    structured_interview: bool | None = None
    psychometric_or_simulation: bool | None = None
    stakeholder_panel: bool | None = None
    patient_on_panel: bool | None = None


class Selection(Struct, frozen=True):
    """The selection of senior doctors."""

    complete_panels: Tally | None = None
    scored_assessment: Tally | None = None
    competitions: Listing[Competition] | None = None
    methods: Methods | None = None

"""Leaders responsible for the engagement of doctors, and the board's reviews of it."""

from msgspec import Struct

from engagecheck.model.dates import PartialDate
from engagecheck.model.listing import Listing


class BoardLead(Struct, frozen=True):
    """The board member named for the engagement of all doctors."""

    named: bool | None = None
    all_doctors: bool | None = None
    reports_to_board: bool | None = None


class ResidentLead(Struct, frozen=True):
    """The senior lead for resident doctors' experience."""

    executive: bool | None = None
    board_oversight: bool | None = None


class PeerLead(Struct, frozen=True):
    """A resident doctor who speaks for the others."""

    named: bool | None = None
    reports_to_board: bool | None = None


class Review(Struct, frozen=True):
    """A meeting that reviewed a measure of medical engagement."""

    on: PartialDate
    body: str
    measure: str | None = None


class SasAdvocate(Struct, frozen=True):
    """The advocate for SAS and locally employed doctors."""

    named: bool | None = None
    job_planned_time: bool | None = None


class Commitment(Struct, frozen=True):
    """The commitment of senior leaders."""

    board_lead: BoardLead | None = None
    resident_lead: ResidentLead | None = None
    resident_peer_lead: PeerLead | None = None
    voting_doctors: int | None = None
    engagement_reviews: Listing[Review] | None = None
    sas_advocate: SasAdvocate | None = None

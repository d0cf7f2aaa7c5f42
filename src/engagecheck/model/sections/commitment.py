"""Who answers for the engagement of doctors, and how often the board looks at it."""


from engagecheck.model.dates import PartialDate
from engagecheck.model.listing import Listing
from engagecheck.model.records import record


@record
class BoardLead:
    """The board member named for the engagement of all doctors."""

    named: bool | None = None
    all_doctors: bool | None = None
    reports_to_board: bool | None = None


@record
class ResidentLead:
    """The senior lead for resident doctors' experience."""

    executive: bool | None = None
    board_oversight: bool | None = None


@record
class PeerLead:
    """A resident doctor who speaks for the others."""

    named: bool | None = None
    reports_to_board: bool | None = None


@record
class Review:
    """A meeting that took a measure of medical engagement."""

    on: PartialDate
    body: str
    measure: str | None = None


@record
class SasAdvocate:
    """Who speaks for SAS and locally employed doctors."""

    named: bool | None = None
    job_planned_time: bool | None = None


@record
class Commitment:
    """The commitment of senior leaders."""

    hosts_resident_doctors: bool | None = None
    board_lead: BoardLead | None = None
    resident_lead: ResidentLead | None = None
    resident_peer_lead: PeerLead | None = None
    voting_doctors: int | None = None
    engagement_reviews: Listing[Review] | None = None
    sas_advocate: SasAdvocate | None = None

"""Who takes part in improving care, from board to ward."""


from engagecheck.model.listing import Listing
from engagecheck.model.records import record


@record
class Project:
    """An improvement project, as its charter describes it."""

    name: str
    patient: bool | None = None
    non_clinician: bool | None = None


@record
class ChangeProject:
    """A project begun in the last 12 months, as its initiating document describes it."""

    name: str
    resident_or_sas: bool | None = None


@record
class Tier:
    """A tier of meetings, and how many of them a doctor attended."""

    exists: bool | None = None
    meetings: int | None = None
    attended: int | None = None


@record
class Tiers:
    """The three tiers at which doctors should be present."""

    board: Tier | None = None
    quality_committee: Tier | None = None
    divisional_board: Tier | None = None


@record
class Involvement:
    """Patients, doctors and others in improving care."""

    patient_partners: int | None = None
    projects: Listing[Project] | None = None
    tiers: Tiers | None = None
    change_projects: Listing[ChangeProject] | None = None

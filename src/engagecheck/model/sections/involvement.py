"""People who take part in improving care, from board to ward."""

from msgspec import Struct

from engagecheck.model.listing import Listing


class Project(Struct, frozen=True):
    """An improvement project, as its charter describes it."""

    name: str
    patient: bool | None = None
    non_clinician: bool | None = None
    other_profession: bool | None = None
    doctor_leads: bool | None = None
    outcome_measure: bool | None = None


class ChangeProject(Struct, frozen=True):
    """A project of the last 12 months, as its initiating document describes it."""

    name: str
    resident_or_sas: bool | None = None


class Tier(Struct, frozen=True):
    """A tier of meetings, and the number that a doctor attended."""

    exists: bool | None = None
    meetings: int | None = None
    attended: int | None = None


class Tiers(Struct, frozen=True):
    """The three tiers at which doctors should be present."""

    board: Tier | None = None
    quality_committee: Tier | None = None
    divisional_board: Tier | None = None


class Involvement(Struct, frozen=True):
    """Patients, doctors and others in improving care."""

    patient_partners: int | None = None
    projects: Listing[Project] | None = None
    tiers: Tiers | None = None
    change_projects: Listing[ChangeProject] | None = None

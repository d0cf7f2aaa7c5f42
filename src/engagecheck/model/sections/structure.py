"""The leadership of clinical divisions and departments."""

from msgspec import Struct

from engagecheck.model.listing import Listing, Tally


class Unit(Struct, frozen=True):
    """A clinical division or department with doctors in its establishment."""

    name: str
    private: bool | None = None
    doctor_lead: bool | None = None
    manager: bool | None = None
    lead_duties: str | None = None
    delegated_authority: bool | None = None


class Relationship(Struct, frozen=True):
    """The ratings that clinical directors and general managers give their relationship."""

    clinical_directors: Tally | None = None
    general_managers: Tally | None = None


class Structure(Struct, frozen=True):
    """The leadership of clinical divisions and departments."""

    divisions: Listing[Unit] | None = None
    departments: Listing[Unit] | None = None
    relationship: Relationship | None = None

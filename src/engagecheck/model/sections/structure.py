"""How clinical divisions and departments are led."""


from engagecheck.model.listing import Listing, Tally
from engagecheck.model.records import record


@record
class Unit:
    """A clinical division or department with doctors in its establishment."""

    name: str
    private: bool | None = None
    doctor_lead: bool | None = None
    manager: bool | None = None
    lead_duties: str | None = None
    delegated_authority: bool | None = None


@record
class Relationship:
    """How clinical directors and general managers rate their relationship."""

    clinical_directors: Tally | None = None
    general_managers: Tally | None = None


@record
class Structure:
    """How clinical divisions and departments are led."""

    divisions: Listing[Unit] | None = None
    departments: Listing[Unit] | None = None
    relationship: Relationship | None = None

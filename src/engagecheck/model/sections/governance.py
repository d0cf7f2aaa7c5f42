"""Investment in doctors as leaders, and the board's oversight."""

from msgspec import Struct

from engagecheck.model.dates import DateOrWord
from engagecheck.model.listing import Tally


class AssuranceFramework(Struct, frozen=True):
    """The contents of the board assurance framework and the annual report."""

    plan_overseen: bool | None = None
    outcomes_reported: bool | None = None
    principal_risk: bool | None = None


class Governance(Struct, frozen=True):
    """Investment and governance."""

    programme_places: int | None = None
    new_consultant_spa: float | None = None
    assurance_framework: AssuranceFramework | None = None
    governance_half_days: Tally | None = None
    capability_assessed_on: DateOrWord | None = None

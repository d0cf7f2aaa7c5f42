"""What is spent on developing doctors as leaders, and how the board keeps watch."""


from engagecheck.model.dates import PartialDate
from engagecheck.model.listing import Tally
from engagecheck.model.records import record


@record
class AssuranceFramework:
    """What the board assurance framework and the annual report say."""

    plan_overseen: bool | None = None
    outcomes_reported: bool | None = None
    principal_risk: bool | None = None


@record
class Governance:
    """Investment and governance."""

    programme_places: int | None = None
    new_consultant_spa: float | None = None
    assurance_framework: AssuranceFramework | None = None
    governance_half_days: Tally | None = None
    capability_assessed_on: PartialDate | None = None

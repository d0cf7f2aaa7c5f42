"""How the next medical leaders are found and prepared."""


from engagecheck.model.listing import Tally
from engagecheck.model.records import record


@record
class Talent:
    """How the next medical leaders are found and prepared."""

    leadership_strategy: bool | None = None
    development_plan: bool | None = None
    succession: Tally | None = None
    resident_leadership: Tally | None = None
    chief_registrar_time: float | None = None

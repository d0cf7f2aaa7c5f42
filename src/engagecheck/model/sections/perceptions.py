"""Answers of individuals to the questionnaire, by group."""


from engagecheck.model.dates import PartialDate
from engagecheck.model.records import record


@record
class ItemAnswer:
    """How many answered, their mean and the spread, on a scale of 0 to 10."""

    n: int
    mean: float
    spread: float | None = None


@record
class Group:
    """One group's answers; `items` by the id of the questionnaire's item."""

    invited: int | None = None
    responded: int | None = None
    suppressed: bool | None = None
    overall: ItemAnswer | None = None
    items: dict[str, ItemAnswer] | None = None


@record
class Perceptions:
    """Individuals' views."""

    on: PartialDate | None = None
    medical_leaders: Group | None = None
    doctors: Group | None = None
    consultants: Group | None = None
    sas_doctors: Group | None = None
    resident_doctors: Group | None = None
    managers: Group | None = None
    executives: Group | None = None

"""Individual answers to the questionnaire, by group."""

from msgspec import Struct

from engagecheck.model.dates import PartialDate


class ItemAnswer(Struct, frozen=True):
    """The number of answers, and their mean and spread on a scale of 0 to 10."""

    n: int
    mean: float
    spread: float | None = None


class Group(Struct, frozen=True):
    """The answers of one group. The keys of `items` are ids of questionnaire items."""

    invited: int | None = None
    responded: int | None = None
    suppressed: bool | None = None
    overall: ItemAnswer | None = None
    items: dict[str, ItemAnswer] | None = None


class Perceptions(Struct, frozen=True):
    """Individuals' views."""

    on: PartialDate | None = None
    medical_leaders: Group | None = None
    doctors: Group | None = None
    consultants: Group | None = None
    sas_doctors: Group | None = None
    resident_doctors: Group | None = None
    managers: Group | None = None
    executives: Group | None = None

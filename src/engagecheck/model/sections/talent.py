"""The search for the next medical leaders, and their preparation."""

from msgspec import Struct

from engagecheck.model.listing import Tally


class Curriculum(Struct, frozen=True):
    """The doctors to whom a programme in leadership or improvement is open."""

    consultants: bool | None = None
    sas_doctors: bool | None = None
    resident_doctors: bool | None = None


class Talent(Struct, frozen=True):
    """The search for the next medical leaders, and their preparation."""

    leadership_strategy: bool | None = None
    development_plan: bool | None = None
    succession: Tally | None = None
    resident_leadership: Tally | None = None
    chief_registrar_time: float | None = None
    curriculum: Curriculum | None = None

"""The sections of a profile, one file each: the facts that a measure can read.

The classes hold only facts. Evidence, notes and reasons for withholding stay in the profile's own index, so that no
measure can read them. Titles, limits and allowed values are in `schemas/profile.schema.json`. A test compares the schema
with these classes field by field.
"""

from msgspec import Struct

from engagecheck.model.sections.appraisal import Appraisal
from engagecheck.model.sections.commitment import Commitment
from engagecheck.model.sections.context import Context
from engagecheck.model.sections.governance import Governance
from engagecheck.model.sections.involvement import Involvement
from engagecheck.model.sections.journey import Journey
from engagecheck.model.sections.leadership import Leadership
from engagecheck.model.sections.learning import Learning
from engagecheck.model.sections.perceptions import Perceptions
from engagecheck.model.sections.regulator import Regulator
from engagecheck.model.sections.selection import Selection
from engagecheck.model.sections.strategy import Strategy
from engagecheck.model.sections.structure import Structure
from engagecheck.model.sections.talent import Talent

SECTIONS: dict[str, type[Struct]] = {
    "leadership": Leadership,
    "commitment": Commitment,
    "strategy": Strategy,
    "structure": Structure,
    "selection": Selection,
    "appraisal": Appraisal,
    "talent": Talent,
    "learning": Learning,
    "involvement": Involvement,
    "governance": Governance,
    "perceptions": Perceptions,
    "journey": Journey,
    "regulator": Regulator,
    "context": Context,
}
"""The class of each section by its name, in the order of the profile."""

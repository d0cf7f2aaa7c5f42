"""The sections of a profile, one file each: what a measure sees of it.

The classes hold facts and nothing else. Evidence, notes and reasons for withholding stay in the profile's own
index, so that no measure can read them. Texts, limits and allowed values are in `schemas/profile.schema.json`;
a test holds the two together field by field. A section's module is imported when a profile has that section.
"""

from importlib import import_module

SECTIONS = {
    "leadership": "Leadership",
    "commitment": "Commitment",
    "strategy": "Strategy",
    "structure": "Structure",
    "selection": "Selection",
    "appraisal": "Appraisal",
    "talent": "Talent",
    "learning": "Learning",
    "involvement": "Involvement",
    "governance": "Governance",
    "perceptions": "Perceptions",
    "journey": "Journey",
    "regulator": "Regulator",
    "context": "Context",
}
"""The name of each section and of the class in the module of that name."""


def section_class(name: str) -> type:
    """The class of a section; `KeyError` if a profile has no such section."""
    found: type = getattr(import_module(f"{__name__}.{name}"), SECTIONS[name])
    return found

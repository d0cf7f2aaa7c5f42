"""Answers to our own questionnaire: a row a person, summed up so that nobody can be recognised."""

from collections.abc import Iterator, Mapping

from engagecheck.errors import InputRefused
from engagecheck.intake.questionnaire import GROUPS
from engagecheck.intake.survey import perceptions, read, template
from engagecheck.intake.tables import SourceFile
from engagecheck.rules.importer import Imported, importer


@importer(
    "views",
    about="Answers of doctors, managers and executives to the questionnaire (engagecheck views --template), by group.",
    title="Answers to the engagecheck questionnaire",
    publisher="The organisation itself",
    kind="survey",
    options={
        "on": "when it was asked, such as 2025-11",
        **{f"invited-{group.replace('_', '-')}": f"how many were asked: {about}" for group, about in GROUPS.items()},
    },
    template=template(),
    whole=("perceptions",),
)
def answers(file: SourceFile, options: Mapping[str, str]) -> Iterator[Imported]:
    """Means by group and item; groups under ten are left out."""
    found = read(file.text(), file.name)
    if not any(found.values()):
        raise InputRefused([f"{file.name}: nobody answered: there is no row with a group and an answer"])
    invited = {}
    for group in GROUPS:
        given = options.get(f"invited-{group.replace('_', '-')}")
        if given is not None and not given.isdecimal():
            raise InputRefused([f"invited-{group.replace('_', '-')}={given}: how many were asked is a whole number"])
        if given is not None:
            invited[group] = int(given)
    on = options.get("on")
    yield Imported("", {"perceptions": {**({"on": on} if on else {}), **perceptions(found, invited)}}, on, "summed up by group")

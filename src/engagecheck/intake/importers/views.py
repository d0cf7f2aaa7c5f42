"""Answers to the engagecheck questionnaire, a row for each person, summed up so that nobody can be recognised."""

from collections.abc import Iterator, Mapping

from engagecheck.errors import InputRefused
from engagecheck.intake.survey import perceptions, read_answers, template
from engagecheck.model.questionnaire import GROUPS, ITEMS
from engagecheck.rules.importer import Imported, importer
from engagecheck.rules.source_file import SourceFile

EXAMPLE = ",".join(["group", *(item.id for item in ITEMS)]) + "".join(
    f"\n{group}{',7' * len(ITEMS)}" for group in GROUPS for _ in range(12)
)


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
    example=EXAMPLE,
    whole=("perceptions",),
)
def answers(file: SourceFile, options: Mapping[str, str]) -> Iterator[Imported]:
    """The means by group and item. Groups under ten are suppressed. Raises `InputRefused`."""
    by_group = read_answers(file)
    if not any(by_group.values()):
        raise InputRefused([f"{file.name}: nobody answered: there is no row with a group and an answer"])
    invited = {}
    for group in GROUPS:
        count = options.get(f"invited-{group.replace('_', '-')}")
        if count is not None and not count.isdecimal():
            raise InputRefused([f"invited-{group.replace('_', '-')}={count}: how many were asked is a whole number"])
        if count is not None:
            invited[group] = int(count)
    on = options.get("on")
    section = {**({"on": on} if on else {}), **perceptions(by_group, invited)}
    yield Imported("", {"perceptions": section}, on, "summed up by group")

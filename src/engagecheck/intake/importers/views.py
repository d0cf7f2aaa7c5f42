"""Answers to the engagecheck questionnaire, a row for each person, summed up so that nobody can be recognised.

A group or item with fewer than ten answers is suppressed. All doctors are shown together and also in three groups.
A reader could therefore work out a single suppressed group by subtraction. To prevent that, further groups are
suppressed until the suppressed ones have ten or more answers together.
"""

import re
import statistics
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from engagecheck.errors import InputRefused
from engagecheck.intake.tables.text import as_csv
from engagecheck.model.questionnaire import DOCTORS, GROUPS, ITEMS, LEAST
from engagecheck.rules.importer import Imported, importer
from engagecheck.rules.source_file import Record, SourceFile

DO_NOT_KNOW = "do not know"
_ANSWER = re.compile(r"[0-9]{1,2}(?:[.,][0-9]{1,3})?", re.ASCII)
Answers = dict[str, float]
"""The answers of one person, from 0 to 10, by the id of the item."""


def template() -> str:
    """An empty survey export as CSV: a row of column names, and a row that explains them. `read_answers` skips that row."""
    explained = [f"(one of: {', '.join(GROUPS)})", *(f"{item.text} (0 to 10, or {DO_NOT_KNOW})" for item in ITEMS)]
    return as_csv([["group", *(item.id for item in ITEMS)], explained])


EXAMPLE = ",".join(["group", *(item.id for item in ITEMS)]) + "".join(
    f"\n{group}{',7' * len(ITEMS)}" for group in GROUPS for _ in range(70)
)
"""Seventy people of each group: enough for a difference to be told without the number who were asked."""


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


def read_answers(file: SourceFile) -> dict[str, list[Answers]]:
    """The answers in a survey export, by group. Other columns are ignored.

    Raises `InputRefused` if a column is missing, or with a line for each cell that is not an answer.
    """
    by_group: dict[str, list[Answers]] = {group: [] for group in GROUPS}
    complaints: list[str] = []
    for record in file.table("group", *(item.id for item in ITEMS)):
        group = "_".join(record["group"].lower().split())
        if group.startswith("("):
            continue
        if group not in GROUPS:
            complaints.append(f"{record.where}: {record['group']!r} is not a group; use one of: {', '.join(GROUPS)}")
            continue
        answers = _answers(record, complaints)
        if answers:
            by_group[group].append(answers)
    if complaints:
        raise InputRefused(complaints)
    return by_group


def _answers(record: Record, complaints: list[str]) -> Answers:
    answers = {}
    for item in ITEMS:
        cell = record[item.id]
        if cell.lower() in ("", DO_NOT_KNOW):
            continue
        value = float(cell.replace(",", ".")) if _ANSWER.fullmatch(cell) else -1.0
        if 0 <= value <= 10:
            answers[item.id] = value
        else:
            complaints.append(
                f"{record.where}, {item.id}: {cell!r} is not an answer; write 0 to 10, {DO_NOT_KNOW!r} or nothing"
            )
    return answers


def perceptions(answers: Mapping[str, Sequence[Answers]], invited: Mapping[str, int] | None = None) -> dict[str, Any]:
    """The `perceptions` section for these answers by group. `invited` gives the number of people invited in each group."""
    invitations = dict(invited or {})
    people = {group: list(answers.get(group, ())) for group in GROUPS}
    people["doctors"] = [one for group in DOCTORS for one in people[group]]
    if all(group in invitations for group in DOCTORS):
        invitations["doctors"] = sum(invitations[group] for group in DOCTORS)
    hidden = suppressed_groups({group: len(people[group]) for group in DOCTORS})
    shown_items = {item.id: _items_shown(item.id, people, hidden) for item in ITEMS}
    section: dict[str, Any] = {}
    for group, members in people.items():
        if not members and group not in invitations:
            continue
        if len(members) < LEAST or group in hidden:
            section[group] = {"suppressed": True}
            continue
        items = {item: _summary(item, members) for item, groups in shown_items.items() if group in groups}
        section[group] = {
            **({"invited": invitations[group]} if group in invitations and invitations[group] >= len(members) else {}),
            "responded": len(members),
            **({"overall": _overall(items, len(members))} if items else {}),
            "items": items,
        }
    return section


def suppressed_groups(sizes: Mapping[str, int]) -> set[str]:
    """The groups to suppress, given the size of each part of a published whole.

    Nobody can then work out a group under ten from the whole and the other groups.
    """
    hidden = {group for group, size in sizes.items() if 0 < size < LEAST}
    if not hidden:
        return hidden
    remaining = sorted((group for group, size in sizes.items() if size >= LEAST), key=lambda group: (sizes[group], group))
    while remaining and (len(hidden) < 2 or sum(sizes[group] for group in hidden) < LEAST):
        hidden.add(remaining.pop(0))
    return hidden


def _items_shown(item: str, people: Mapping[str, Sequence[Answers]], hidden: Collection[str]) -> set[str]:
    """The groups whose answers to one item can be shown."""
    sizes = {group: sum(item in one for one in members) for group, members in people.items()}
    shown = {group for group, size in sizes.items() if size >= LEAST}
    parts = {group: sizes[group] for group in DOCTORS}
    shown -= set(hidden) | suppressed_groups(parts)
    unseen = [parts[group] for group in DOCTORS if group not in shown and parts[group]]
    # A reader could work out a single unseen part, or very small ones, from the whole. Then the whole is hidden too.
    if unseen and len(unseen) < len([size for size in parts.values() if size]) and (len(unseen) < 2 or sum(unseen) < LEAST):
        shown.discard("doctors")
    return shown


def _summary(item: str, members: Sequence[Answers]) -> dict[str, Any]:
    values = [one[item] for one in members if item in one]
    return {"n": len(values), "mean": round(statistics.fmean(values), 2), "spread": round(statistics.pstdev(values), 2)}


def _overall(items: Mapping[str, Mapping[str, Any]], people: int) -> dict[str, Any]:
    """The mean over the shown items only, so that it reveals nothing about the hidden ones."""
    means = [item["mean"] for item in items.values()]
    spreads = [item["spread"] for item in items.values()]
    return {"n": people, "mean": round(statistics.fmean(means), 2), "spread": round(statistics.fmean(spreads), 2)}

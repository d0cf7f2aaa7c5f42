"""From answers of individuals to the `perceptions` of a profile: means by group, and nobody to be recognised.

A group or item with fewer than ten answers is left out. As all doctors are shown together and by three groups, a
single group left out could be worked out by subtraction; so another is left out with it until those left out number
ten or more.
"""

import csv
import io
import statistics
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from engagecheck.errors import InputRefused
from engagecheck.intake.questionnaire import DO_NOT_KNOW, DOCTORS, GROUPS, ITEMS, LEAST

Answers = dict[str, float]
"""What one person answered, by item."""


def template() -> str:
    """An empty survey export: a row of column names and a row that explains them, which `views` passes over."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["group", *(item.id for item in ITEMS)])
    writer.writerow([f"(one of: {', '.join(GROUPS)})", *(f"{item.text} (0 to 10, or {DO_NOT_KNOW})" for item in ITEMS)])
    return out.getvalue()


def read(text: str, name: str) -> dict[str, list[Answers]]:
    """The answers in a survey export, by group; other columns are passed over. Raises `InputRefused`."""
    rows = list(csv.reader(io.StringIO(text)))
    if not rows or "group" not in rows[0]:
        raise InputRefused([f"{name}:1: there is no column called group; start from engagecheck views --template"])
    columns = rows[0]
    missing = [item.id for item in ITEMS if item.id not in columns]
    if missing:
        raise InputRefused([f"{name}:1: the column {missing[0]!r} is missing; start from engagecheck views --template"])
    found: dict[str, list[Answers]] = {group: [] for group in GROUPS}
    complaints: list[str] = []
    for line, row in enumerate(rows[1:], 2):
        cells = dict(zip(columns, (cell.strip() for cell in row), strict=False))
        group = cells.get("group", "")
        if not any(cells.values()) or group.startswith("("):
            continue
        if group not in GROUPS:
            complaints.append(f"{name}:{line}: group: {group!r} is not a group; use one of: {', '.join(GROUPS)}")
            continue
        answers = _answers(cells, f"{name}:{line}", complaints)
        if answers:
            found[group].append(answers)
    if complaints:
        raise InputRefused(complaints)
    return found


def _answers(cells: Mapping[str, str], where: str, complaints: list[str]) -> Answers:
    answers = {}
    for item in ITEMS:
        cell = cells.get(item.id, "")
        if cell.lower() in ("", DO_NOT_KNOW):
            continue
        try:
            value = float(cell)
        except ValueError:
            value = -1.0
        if 0 <= value <= 10:
            answers[item.id] = value
        else:
            complaints.append(f"{where}: {item.id}: {cell!r} is not an answer; write 0 to 10, {DO_NOT_KNOW!r} or nothing")
    return answers


def perceptions(answers: Mapping[str, Sequence[Answers]], invited: Mapping[str, int] | None = None) -> dict[str, Any]:
    """The `perceptions` section for these answers, by group; `invited` is how many of each group were asked."""
    asked = dict(invited or {})
    people = {group: list(answers.get(group, ())) for group in GROUPS}
    people["doctors"] = [one for group in DOCTORS for one in people[group]]
    if all(group in asked for group in DOCTORS):
        asked["doctors"] = sum(asked[group] for group in DOCTORS)
    hidden = left_out({group: len(people[group]) for group in DOCTORS})
    shown_items = {item.id: _items_shown(item.id, people, hidden) for item in ITEMS}
    section: dict[str, Any] = {}
    for group, members in people.items():
        if not members and group not in asked:
            continue
        if len(members) < LEAST or group in hidden:
            section[group] = {"suppressed": True}
            continue
        items = {item: _summary(item, members) for item, groups in shown_items.items() if group in groups}
        section[group] = {
            **({"invited": asked[group]} if group in asked and asked[group] >= len(members) else {}),
            "responded": len(members),
            **({"overall": _overall(items, len(members))} if items else {}),
            "items": items,
        }
    return section


def left_out(sizes: Mapping[str, int]) -> set[str]:
    """Which of the parts of a published whole to leave out, so that none under ten can be worked out from the others."""
    hidden = {group for group, size in sizes.items() if 0 < size < LEAST}
    if not hidden:
        return hidden
    rest = sorted((group for group, size in sizes.items() if size >= LEAST), key=lambda group: (sizes[group], group))
    while rest and (len(hidden) < 2 or sum(sizes[group] for group in hidden) < LEAST):
        hidden.add(rest.pop(0))
    return hidden


def _items_shown(item: str, people: Mapping[str, Sequence[Answers]], hidden: Collection[str]) -> set[str]:
    """The groups for which the answers to one item can be shown."""
    sizes = {group: sum(item in one for one in members) for group, members in people.items()}
    shown = {group for group, size in sizes.items() if size >= LEAST}
    parts = {group: sizes[group] for group in DOCTORS}
    shown -= set(hidden) | left_out(parts)
    unseen = [parts[group] for group in DOCTORS if group not in shown and parts[group]]
    # One part unseen, or so few in all of them, could be worked out from the whole: then the whole is left out too.
    if unseen and len(unseen) < len([size for size in parts.values() if size]) and (len(unseen) < 2 or sum(unseen) < LEAST):
        shown.discard("doctors")
    return shown


def _summary(item: str, members: Sequence[Answers]) -> dict[str, Any]:
    values = [one[item] for one in members if item in one]
    return {"n": len(values), "mean": round(statistics.fmean(values), 2), "spread": round(statistics.pstdev(values), 2)}


def _overall(items: Mapping[str, Mapping[str, Any]], people: int) -> dict[str, Any]:
    """The mean over the items that are shown, and made of nothing else, so that it gives nothing more away."""
    means = [item["mean"] for item in items.values()]
    spreads = [item["spread"] for item in items.values()]
    return {"n": people, "mean": round(statistics.fmean(means), 2), "spread": round(statistics.fmean(spreads), 2)}

"""The profile of next year: the same organisation, a year later.

`x-next-year` in the schema says what becomes of a fact. What `stays` was true once and is true for ever, such as the day of
a review. What `empties` is a figure of a year. Everything else is taken over and has to be confirmed.
"""

import copy
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from msgspec import Struct, field

from engagecheck.errors import UsageRefused
from engagecheck.intake.questions import Question, all_questions
from engagecheck.intake.questions.kinds import Kind
from engagecheck.model.dates import against_start
from engagecheck.model.labels import day
from engagecheck.model.profile import UNCONFIRMED
from engagecheck.model.schema import NOT_FACTS

Json = Any
STAYS, EMPTIES = "stays", "empties"
_NO_ANSWERS = ("as_of", "note", "sign_off", "evidence")


def roll_forward(document: Mapping[str, Json], to: date) -> dict[str, Json]:
    """The document of next year, made from a valid one.

    Raises `UsageRefused` if `to` is not after its date, or years after, or if it waits for its own figures: those of the year
    before would go then, and nothing would ask for them.
    """
    result = copy.deepcopy(dict(document))
    before = date.fromisoformat(result["as_of"])
    if to <= before:
        raise UsageRefused(f"--to {to}: enter a day after {result['as_of']}, the date of the profile")
    if wrong := against_start(to, before, "the date of the profile"):
        raise UsageRefused(f"--to: {wrong}")
    rolled = _Rolled()
    for question in all_questions():
        if question.name not in result or question.name in _NO_ANSWERS:
            continue
        if question.kind is Kind.REGISTER:
            result[question.name] = list(_in_force(result[question.name], question, to))
        elif question.schema.get("x-next-year") != STAYS:
            rolled.group(result[question.name], question, f"/{question.name}")
    earlier = result.get("last_year", {})
    if earlier.get("figures") and not rolled.figures:
        raise UsageRefused(
            f"no figure of {day(result['as_of'])} is entered yet; enter them first, "
            f"or begin with the profile of {day(earlier['as_of'])}"
        )
    for name in result.get("extensions", {}):
        rolled.carried[f"/extensions/{name}"] = UNCONFIRMED
    result.pop("sign_off", None)
    result["last_year"] = {"as_of": result["as_of"], "figures": rolled.figures, "carried": rolled.carried}
    result["as_of"] = to.isoformat()
    return result


def _in_force(entries: Iterable[Json], question: Question, to: date) -> Iterator[Json]:
    """The accepted gaps or attestations that are still in force on a day."""
    last_days = [one.name for one in question.parts if "x-after" in one.schema]
    return (entry for entry in entries if all(entry[name] >= to.isoformat() for name in last_days))


class _Rolled(Struct, frozen=True):
    """Last year's figures, and the facts that are taken over, by JSON Pointer."""

    figures: dict[str, Json] = field(default_factory=dict)
    carried: dict[str, str] = field(default_factory=dict)

    def group(self, holder: dict[str, Json], question: Question, where: str) -> None:
        """Roll the facts of a group or section. What its evidence shows as a whole, it shows for what is left."""
        before = set(self.figures)
        _drop_reasons(holder, question)
        parts = [one for one in question.parts if one.name in holder and one.name not in NOT_FACTS]
        for part in parts:
            self._part(holder, part, f"{where}/{part.name}")
        if set(self.figures) == before:
            return
        shown = holder.get("evidence_for", {})
        of_all = holder.pop("evidence", [])
        for part in parts:
            ids = _joined(shown.pop(part.name, None), of_all)
            if part.name not in holder or not question.can_withhold:
                continue
            if not self._is_emptied(f"{where}/{part.name}"):
                shown[part.name] = ids
            elif part.kind is Kind.LIST:
                _cite_entries(holder[part.name], ids)
        shown = {name: ids for name, ids in shown.items() if ids}
        holder.update({"evidence_for": shown} if shown else {})
        if not shown:
            holder.pop("evidence_for", None)

    def _is_emptied(self, where: str) -> bool:
        return any(pointer.startswith(f"{where}/") for pointer in self.figures)

    def _part(self, holder: dict[str, Json], question: Question, where: str) -> None:
        value, rule = holder[question.name], question.schema.get("x-next-year")
        if rule == EMPTIES:
            self.figures.update(_figures(question, value, where))
            del holder[question.name]
        elif rule == STAYS and question.kind is Kind.LIST:
            if "of" in value:
                self.figures[f"{where}/of"] = value.pop("of")
        elif question.kind is Kind.GROUP and _has_rules(question):
            self.group(value, question, where)
        elif rule != STAYS or value in question.words:
            self.carried[where] = UNCONFIRMED


def _drop_reasons(holder: dict[str, Json], question: Question) -> None:
    """Ask again what was withheld last year: the reason was one of that year. What stays true stays withheld."""
    reasons = holder.pop("withheld", {})
    kept = {name: reason for name, reason in reasons.items() if question.part(name).schema.get("x-next-year") == STAYS}
    holder.update({"withheld": kept} if kept else {})


def _has_rules(question: Question) -> bool:
    return any("x-next-year" in part.schema or _has_rules(part) for part in question.parts)


def _figures(question: Question, value: Json, where: str) -> Iterator[tuple[str, Json]]:
    if question.is_leaf:
        yield where, value
    elif question.kind is Kind.LIST:
        yield f"{where}/of", value.get("of", len(value.get("entries", ())))
    else:
        for part in question.parts:
            if part.name in value and part.name not in NOT_FACTS:
                yield from _figures(part, value[part.name], f"{where}/{part.name}")


def _cite_entries(listed: dict[str, Json], ids: Iterable[str]) -> None:
    """Let the evidence of a list speak for its entries alone: it does not show how many there are a year later."""
    ids = _joined(listed.pop("evidence", None), ids)
    for entry in listed.get("entries", ()) if ids else ():
        entry["evidence"] = _joined(entry.get("evidence"), ids)


def _joined(first: Iterable[str] | None, second: Iterable[str]) -> list[str]:
    return list(dict.fromkeys([*(first or ()), *second]))

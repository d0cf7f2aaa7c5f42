"""What differs between two states of an assessment, address by address, in the texts that a person types."""

from collections.abc import Iterator
from typing import Any

from engagecheck.web.answers.places import MARK, question_at
from engagecheck.web.answers.saving import Kept, as_sent

Json = Any


def changes(before: Kept, after: Kept) -> Iterator[tuple[str, str, str]]:
    """The address of each fact that changed, with the text before and after. Empty for what is not there."""
    old, new = (dict(_facts(kept.document, "")) for kept in (before, after))
    for address in dict.fromkeys((*old, *new, *before.typed, *after.typed)):
        typed = before.typed.get(address), after.typed.get(address)
        if typed[0] != typed[1] or old.get(address) != new.get(address):
            texts = (one if one is not None else _text(address, facts) for one, facts in zip(typed, (old, new), strict=True))
            yield address, *texts  # type: ignore[misc]


def _facts(value: Json, address: str) -> Iterator[tuple[str, Json]]:
    """Every fact of a stored document with its address."""
    below = f"{address}/" if address else ""
    if isinstance(value, dict):
        for name, part in value.items():
            if name == "entries" and isinstance(part, list):
                yield from _facts(part, address)
            elif name != MARK:
                yield from _facts(part, f"{below}{name}")
    elif isinstance(value, list) and any(isinstance(one, dict) for one in value):
        for one in value:
            yield from _facts(one, f"{below}{one.get(MARK, '')}")
    else:
        yield address, value


def _text(address: str, facts: dict[str, Json]) -> str:
    if address not in facts:
        return ""
    try:
        return as_sent(question_at(address).show(facts[address]))
    except (KeyError, TypeError, ValueError, AttributeError):  # what no question asks, such as a digest
        return str(facts[address])

"""Changes to one fact of a document, by its JSON Pointer, which make an answer of last year one of this year."""

import json
from typing import Any

from engagecheck.errors import UsageRefused
from engagecheck.intake import strict_json
from engagecheck.intake.strict_json import NotStrictJson
from engagecheck.model.profile import CONFIRMED, UNCONFIRMED
from engagecheck.model.schema import pointer_steps

Json = Any
_MAX_INDEX_DIGITS = 6


def set_fact(document: Json, pointer: str, value: Json) -> None:
    """Set the fact at a JSON Pointer and add the groups around it. An empty text removes the fact.

    Raises `UsageRefused` if the pointer leads nowhere in this document.
    """
    *steps, last = pointer_steps(pointer)
    holder = document
    for step in steps:
        holder = _member(holder, step, pointer)
    if isinstance(holder, list):
        _member(holder, last, pointer)
        if value == "":
            raise UsageRefused(f"{pointer}: an entry of a list is not taken out here; it would no longer add up to its total")
        holder[int(last)] = value
    elif not isinstance(holder, dict):
        raise UsageRefused(f"{pointer}: there is nothing below that fact")
    elif value == "":
        if last not in holder:
            raise UsageRefused(f"{pointer}: the profile does not state it, so it cannot be taken out")
        del holder[last]
    else:
        holder[last] = value
    confirm(document, pointer)


def confirm(document: Json, pointer: str) -> None:
    """Mark a fact that is changed as this year's: nobody has to confirm it as well."""
    carried = document.get("last_year", {}).get("carried", {})
    for place, state in carried.items():
        if state == UNCONFIRMED and f"{pointer}/".startswith(f"{place}/"):
            carried[place] = CONFIRMED


def parse_value(text: str) -> Json:
    """The JSON value of a text, or the text itself if it is not JSON.

    Raises `UsageRefused` for JSON with faults, and for lone surrogates.
    """
    try:
        value, places = strict_json.parse(text)
    except (NotStrictJson, ValueError, RecursionError):
        value, places = text, None
    if places is not None and places.faults:
        raise UsageRefused(places.faults[0].message)
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise UsageRefused("there are characters in it that are no text") from None
    return value


def _member(holder: Json, step: str, pointer: str) -> Json:
    if isinstance(holder, list):
        if not step.isdecimal() or len(step) > _MAX_INDEX_DIGITS or int(step) >= len(holder):
            raise UsageRefused(f"{pointer}: the list has no entry {step[:20]}; it has {len(holder)}, counted from 0")
        return holder[int(step)]
    if not isinstance(holder, dict):
        raise UsageRefused(f"{pointer}: there is nothing below {step}")
    return holder.setdefault(step, {})

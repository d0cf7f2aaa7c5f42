"""A document against its JSON Schema, every error in plain words."""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from engagecheck.model.records import record
from engagecheck.model.titles import TITLES

if TYPE_CHECKING:
    from jsonschema import ValidationError

Json = Any
NAMES = ("profile", "report", "accepted_gaps", "attestations")
_KINDS = {
    "object": 'a group of facts in braces, such as {"note": "…"}',
    "array": "a list in square brackets",
    "string": "text in quotation marks",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "null": "null",
}


@record
class Complaint:
    """One thing that is wrong: the JSON Pointer, a clear sentence, and whether it is the name that is meant.

    `wanted` is the pointer of what is missing, where something is.
    """

    pointer: str
    message: str
    of_name: bool = False
    wanted: str = ""


@cache
def schema_text(name: str) -> str:
    """One of the published schemas (see `NAMES`), as text."""
    from pkgutil import get_data

    content = get_data("engagecheck.schemas", f"{name}.schema.json")  # importlib.resources takes ten times as long to import
    return (content or b"").decode()


@cache
def schema(name: str) -> Mapping[str, Json]:
    """One of the published schemas (see `NAMES`)."""
    loaded: Mapping[str, Json] = json.loads(schema_text(name))
    return loaded


def complaints(document: Json, against: Mapping[str, Json], prefix: str = "") -> list[Complaint]:
    """Everything in a document that its schema does not allow. Nothing is ever fetched for a `$ref`."""
    from jsonschema import Draft202012Validator
    from referencing import Registry

    validator = Draft202012Validator(against, registry=Registry())
    errors = list(validator.iter_errors(document))
    mistyped = {tuple(error.absolute_path) for error in errors if error.validator == "type"}
    # Of the wrong type says it all: what else is wrong with such a value would only repeat it.
    told = [error for error in errors if error.validator == "type" or tuple(error.absolute_path) not in mistyped]
    return [found for error in told for found in _worded(error, prefix)]


@cache
def title_of(path: str) -> str:
    """The title that the profile's schema gives a fact, such as "Chief executive"; else the last part of its path."""
    return TITLES.get(path) or path.rpartition(".")[2].replace("_", " ")


def resolved(part: Mapping[str, Json], root: Mapping[str, Json]) -> Mapping[str, Json]:
    """The part of the schema that a local `$ref` points at, with what stands beside the `$ref`."""
    while "$ref" in part:
        target = root["$defs"][part["$ref"].rpartition("/")[2]]
        part = {**target, **{name: value for name, value in part.items() if name != "$ref"}}
    return part


def quoted(value: Json) -> str:
    """A value as a complaint shows it: short, and on one line."""
    text = json.dumps(value, ensure_ascii=False) if not isinstance(value, str) else repr(value)
    return text if len(text) <= 60 else f"{text[:57]}…"


def did_you_mean(name: object, known: list[str]) -> str:
    """The ending of a sentence about an unknown name."""
    spelt = {one.lower(): one for one in known}
    from difflib import get_close_matches

    near = get_close_matches(str(name).lower(), spelt, n=1, cutoff=0.6)
    if near:
        return f"did you mean {spelt[near[0]]!r}?"
    return f"known are: {', '.join(sorted(known))}" if len(known) <= 30 else f"{len(known)} are known"


def _worded(error: "ValidationError", prefix: str) -> Iterator[Complaint]:
    part: Any = error.schema
    pointer = prefix + "".join(
        "/" + str(step).replace("~", "~0").replace("/", "~1") for step in error.absolute_path
    )
    value: Any = error.instance
    limit: Any = error.validator_value
    if error.validator == "additionalProperties" and limit is False:
        known = sorted(part.get("properties", {}))
        for name in value:
            if name not in known:
                where = f"{pointer}/{name.replace('~', '~0').replace('/', '~1')}"
                yield Complaint(where, f"the name {quoted(name)} is not known here; {did_you_mean(name, known)}", True)
    elif error.validator == "required":
        for name in limit:
            if name not in value and error.message.startswith(repr(name)):
                title = part.get("properties", {}).get(name, {}).get("title", name)
                yield Complaint(pointer, f"{name!r} ({title}) is missing and always needed", wanted=f"{pointer}/{name}")
    else:
        yield Complaint(pointer, _sentence(str(error.validator), value, limit, part))


def _sentence(keyword: str, value: Json, limit: Json, part: Mapping[str, Json]) -> str:
    shown = quoted(value)
    if keyword == "type":
        wanted = " or ".join(_KINDS[kind] for kind in ([limit] if isinstance(limit, str) else limit))
        if value is None:
            return f"null says nothing; leave the fact out if it is not known, or give {wanted}"
        if isinstance(value, list) and "entries" in part.get("properties", {}):
            wanted = 'the total and the list, {"of": 3, "entries": […]}'
        return f"{shown} is not {wanted}"
    if keyword == "enum":
        return f"{shown} is not one of the answers; {did_you_mean(value, [str(option) for option in limit])}"
    if keyword in ("minimum", "maximum"):
        return f"{shown} is too {'small' if keyword == 'minimum' else 'large'}; the {keyword} is {limit}"
    if keyword in ("minLength", "minItems", "minProperties"):
        return "is empty; leave the fact out if it is not known"
    if keyword in ("maxLength", "maxItems", "maxProperties"):
        return f"is too long: at most {limit} are allowed here"
    if keyword == "pattern":
        return f"{shown} does not have the form of {part.get('title', 'this field')}: {part.get('description', limit)}"
    return f"{shown} is not allowed here ({keyword}: {quoted(limit)})"

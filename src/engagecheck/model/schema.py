"""What the published JSON Schemas say: the schemas themselves, titles of facts, and hints for unknown names."""

import json
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import Any

import jsonschema_rs

Json = Any
LISTS = ("accepted_gaps", "attestations")
"""Lists of a profile that may also be given in a file of their own, whose schema is made from that of the profile."""
NAMES = ("profile", "report", *LISTS)
NOT_FACTS = ("note", "evidence", "evidence_for", "withheld", "answered_by", "$schema")
"""Keys of an object that say something about its facts and are not facts themselves."""


@cache
def schema_text(name: str) -> str:
    """The text of one of the published schemas (see `NAMES`)."""
    if name in LISTS:
        return json.dumps(schema(name), indent=2, ensure_ascii=False) + "\n"
    return (files("engagecheck.schemas") / f"{name}.schema.json").read_text("utf-8")


@cache
def schema(name: str) -> Mapping[str, Json]:
    """One of the published schemas (see `NAMES`)."""
    if name in LISTS:
        return _schema_of_list(name)
    loaded: Mapping[str, Json] = json.loads(schema_text(name))
    return loaded


@cache
def validator(name: str) -> jsonschema_rs.Draft202012Validator:
    """What accepts a document by one of the published schemas, quickly and without a word."""
    return jsonschema_rs.Draft202012Validator(dict(schema(name)))


def _schema_of_list(name: str) -> Mapping[str, Json]:
    root = schema("profile")
    part = root["properties"][name]
    items = resolved(part["items"], root)
    fields = {one: resolved(member, root) for one, member in items["properties"].items()}
    properties = {one: resolved(root["properties"][one], root) for one in ("$schema", "note")}
    return {
        "$schema": root["$schema"], "$id": root["$id"].replace("profile", name), "title": part["title"],
        "x-version": root["x-version"], "description": part["description"], "type": "object", "additionalProperties": False,
        "required": [name], "properties": {**properties, name: {**part, "items": {**items, "properties": fields}}},
    }  # fmt: skip


def resolved(part: Mapping[str, Json], root: Mapping[str, Json]) -> Mapping[str, Json]:
    """The part of the schema that a local `$ref` refers to, with the keywords next to the `$ref` added."""
    while "$ref" in part:
        target = root["$defs"][part["$ref"].rpartition("/")[2]]
        part = {**target, **{name: value for name, value in part.items() if name != "$ref"}}
    return part


def pointer_step(name: str) -> str:
    """A name as a step of a JSON Pointer."""
    return name.replace("~", "~0").replace("/", "~1")


def pointer_steps(pointer: str) -> tuple[str, ...]:
    """The names on the way of a JSON Pointer."""
    return tuple(step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:])


def path_of(pointer: str) -> str:
    """The path of the fact at a JSON Pointer, with dots: "appraisal.connected"."""
    return pointer[1:].replace("/", ".")


@cache
def part_of_profile(path: str) -> Mapping[str, Json]:
    """The part of the profile's schema that defines the fact at a path; empty if there is none."""
    root = schema("profile")
    part: Mapping[str, Json] = root
    for step in path.split("."):
        part = resolved(part.get("properties", {}).get(step, {}), root)
    return part


def title_of(path: str) -> str:
    """The title that the profile's schema gives a fact, such as "Chief executive"; otherwise the last part of its path."""
    return str(part_of_profile(path).get("title") or path.rpartition(".")[2].replace("_", " "))


def full_title(path: str) -> str:
    """The title of a fact, with that of its group if it is a part of one: "Doctors: The whole questionnaire"."""
    group, _, _ = path.rpartition(".")
    return f"{title_of(group)}: {title_of(path)}" if group.count(".") else title_of(path)


def answer_in_words(code: str) -> str:
    """A stated answer in the words of the form, such as "NHS trust" for `nhs_trust`. Any other text stays as it is."""
    return _answers().get(code, code) if "_" in code else code


@cache
def _answers() -> Mapping[str, str]:
    found: dict[str, str] = {}
    parts: list[Json] = [schema("profile")]
    for part in parts:  # grows while it is read
        if isinstance(part, dict):
            found |= part.get("x-answers", {})
            parts.extend(part.values())
    return found


def quoted(value: Json) -> str:
    """A value as a message shows it: short, and on one line."""
    text = json.dumps(value, ensure_ascii=False) if not isinstance(value, str) else repr(value)
    return text if len(text) <= 60 else f"{text[:57]}…"


def did_you_mean(name: object, known: Iterable[str]) -> str:
    """The end of a sentence about an unknown name."""
    spelt = {one.lower(): one for one in known}
    near = get_close_matches(str(name).lower(), spelt, n=1, cutoff=0.6)
    if near:
        return f"did you mean {spelt[near[0]]!r}?"
    return f"known are: {', '.join(sorted(spelt.values()))}" if len(spelt) <= 30 else f"{len(spelt)} are known"

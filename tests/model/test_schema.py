"""The schema and the model say the same, field by field, and the schema explains itself."""

import json
from enum import StrEnum
from typing import get_args, get_type_hints

import pytest
from jsonschema import Draft202012Validator
from msgspec import Struct
from msgspec.structs import fields

from engagecheck import DateOrWord, PartialDate
from engagecheck.model.listing import Listing
from engagecheck.model.profile import Evidence, Organisation
from engagecheck.model.schema import NAMES, NOT_FACTS, resolved, schema
from engagecheck.model.sections import SECTIONS

ROOT = schema("profile")
JSON_TYPES = {str: "string", bool: "boolean", int: "integer", float: "number"}


@pytest.mark.parametrize("name", NAMES)
def test_the_published_schemas_are_valid(name):
    Draft202012Validator.check_schema(schema(name))


def test_every_section_has_a_class():
    assert set(ROOT["properties"]) - {"$schema", "note", "as_of", "organisation", "accepted_gaps", "attestations", "sign_off", "last_year", "not_for_publication", "evidence", "extensions"} == set(SECTIONS)


@pytest.mark.parametrize("name", SECTIONS)
def test_schema_and_model_agree(name):
    agree(SECTIONS[name], ROOT["properties"][name], f"/{name}")


def test_organisation_and_evidence_agree():
    agree(Organisation, ROOT["properties"]["organisation"], "/organisation")
    agree(Evidence, ROOT["properties"]["evidence"]["items"], "/evidence")


def agree(model, part, pointer):
    part = resolved(part, ROOT)
    hints = get_type_hints(model)
    named = {name: value for name, value in part["properties"].items() if name not in NOT_FACTS}
    assert set(named) == {field.encode_name for field in fields(model)}, pointer
    needed = {field.encode_name for field in fields(model) if field.required}
    assert needed == set(part.get("required", ())), pointer
    for name, about in named.items():
        field_agrees(hints[name], resolved(about, ROOT), f"{pointer}/{name}")


def field_agrees(hint, part, pointer):
    options = [option for option in get_args(hint) if option is not type(None)] or [hint]
    wanted = hint if getattr(hint, "__origin__", None) is Listing else options[0]
    if getattr(wanted, "__origin__", None) is Listing:
        assert set(part["properties"]) <= {"of", "entries", "complete_from", *NOT_FACTS}, pointer
        agree(get_args(wanted)[0], part["properties"]["entries"]["items"], pointer)
    elif getattr(wanted, "__origin__", None) is dict:
        agree(get_args(wanted)[1], part["additionalProperties"], pointer)
    elif wanted is PartialDate:
        assert part["x-date"] in ("past-date", "any-date", "past-year"), pointer
    elif wanted is DateOrWord:
        assert part["x-date"] == "past-date", pointer
        assert len(part["x-words"]) == 1, pointer
    elif isinstance(wanted, type) and issubclass(wanted, StrEnum):
        assert part["enum"] == list(wanted), pointer
    elif isinstance(wanted, type) and issubclass(wanted, Struct):
        agree(wanted, part, pointer)
    else:
        types = [part["type"]] if isinstance(part["type"], str) else part["type"]
        kinds = {JSON_TYPES[option] for option in options}
        assert (kinds - {"integer"} if "number" in kinds else kinds) == set(types), pointer


def parts(part, pointer=""):
    yield pointer, part
    for name in ("properties", "$defs"):
        for key, member in part.get(name, {}).items():
            yield from parts(member, f"{pointer}/{name}/{key}")
    for name in ("items", "additionalProperties"):
        if isinstance(part.get(name), dict):
            yield from parts(part[name], f"{pointer}/{name}")


def test_every_part_has_a_title_and_a_limit_and_refuses_what_it_does_not_know():
    for pointer, part in parts(ROOT):
        part = resolved(part, ROOT)
        kind = part.get("type")
        if pointer.count("/") and "/additionalProperties" not in pointer and not pointer.endswith("/items"):
            assert part.get("title"), pointer
        if kind == "array":
            assert "maxItems" in part, pointer
        if kind == "string":
            assert "maxLength" in part or "enum" in part, pointer
        if kind == "object":
            assert part.get("additionalProperties") is False or "maxProperties" in part, pointer
        if kind in ("integer", "number"):
            assert "minimum" in part, pointer
            assert "maximum" in part, pointer


def test_no_pattern_can_be_slow():
    for _, part in parts(ROOT):
        assert "+" not in part.get("pattern", ""), part
        assert "*" not in part.get("pattern", ""), part


def test_the_schema_file_is_plain_json():
    assert json.loads(json.dumps(ROOT)) == ROOT


KEYWORDS = {
    "$defs", "$id", "$ref", "$schema", "additionalProperties", "anyOf", "const", "description", "enum", "examples", "items", "maxItems", "maxLength", "maxProperties", "maximum",
    "minItems", "minLength", "minimum", "pattern", "properties", "propertyNames", "required", "title", "type",
}  # fmt: skip


@pytest.mark.parametrize("name", ["profile", "report", "accepted_gaps", "attestations"])
def test_a_strict_validator_knows_every_keyword_but_those_of_our_own_vocabulary(name):
    """What ajv in strict mode asks for, given the keywords that begin with x- as a vocabulary, and allowUnionTypes."""

    def walk(part, pointer, holds_names=False):
        if not isinstance(part, dict):
            return
        if not holds_names:
            unknown = [key for key in part if key not in KEYWORDS and not key.startswith("x-")]
            assert not unknown, (pointer, unknown)
            assert set(part.get("required", ())) <= set(part.get("properties", part.get("required", ()))), pointer
            assert "type" in part or pointer.endswith("/propertyNames") or not {"properties", "items", "minimum", "pattern"} & set(part), pointer
        for key, inner in part.items():
            if holds_names or key in ("properties", "$defs"):
                walk(inner, f"{pointer}/{key}", not holds_names and key in ("properties", "$defs"))
            elif key in ("items", "additionalProperties", "propertyNames"):
                walk(inner, f"{pointer}/{key}")

    walk(schema(name), "")


def texts(part):
    """Every free text in a part of the schema, which somebody reads."""
    if isinstance(part, dict):
        if part.get("type") == "string" and "minLength" in part:
            yield part
        for member in part.values():
            yield from texts(member)
    elif isinstance(part, list):
        for member in part:
            yield from texts(member)


@pytest.mark.parametrize("unseen", [" ", "\t", "\u00a0", "\u00ad", "\u200b", "\u200f\u202e", "\u2066\u2069", "\u2800", "\u3164\uffa0", "\ufeff", "\ufe0f", "\x1b", "\x00", "\u180e", "\u034f"])
def test_no_text_may_show_nothing(unseen):
    address = ROOT["properties"]["$schema"]
    found = [part for part in texts(ROOT) if part is not address]
    assert len(found) > 25
    for part in found:
        assert not Draft202012Validator(part).is_valid(unseen), part
        assert part["pattern"].startswith("^") or Draft202012Validator(part).is_valid(f"{unseen}a"), part  # others are ids

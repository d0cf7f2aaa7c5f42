"""What both writers of a gate read in the schema of a profile and in the classes of its facts."""

import types
from collections.abc import Mapping
from typing import Any, Union, get_args, get_origin

from engagecheck.intake.gate.walk import Limits
from engagecheck.model.schema import resolved, schema

Schema = Mapping[str, Any]
SURE = 2**53
"""Whole numbers up to here are the same for every reader of JSON."""


def shape_of(part: Schema) -> Schema:
    """A part of the schema of a profile without `$ref`."""
    return resolved(part, schema("profile"))


def part_of(name: str) -> Schema:
    """The schema of a part at the top of a profile."""
    return shape_of(schema("profile")["properties"][name])


def limits() -> Limits:
    """What is the same for every group of facts."""
    held = schema("profile")["$defs"]
    reason = held["withheld"]["additionalProperties"]["maxLength"]
    total, note, ids = held["total"]["maximum"], held["note"]["maxLength"], held["evidence_ids"]["maxItems"]
    return Limits(total, note, ids, held["evidence_for"]["maxProperties"], held["withheld"]["maxProperties"], reason)


def only(hint: Any) -> Any:
    """The type that a fact has where it is stated: of `int | None`, the whole number."""
    if get_origin(hint) not in (Union, types.UnionType):
        return hint
    options = [option for option in get_args(hint) if option is not type(None)]
    return options[0] if len(options) == 1 else object

"""The schema of a profile as types of msgspec (extra `fast`), which checks what it decodes on the way.

A group of facts becomes a class whose instances are facts like any others: `isinstance`, comparison and the fields of attrs
take them for the record of that group. What no type can say, a `Hook` looks at once one is made, or `decoding` in the end.
"""

from collections.abc import Callable, Mapping, Sequence
from operator import attrgetter
from types import MappingProxyType
from typing import Annotated, Any, Literal, get_args, get_origin

import attrs
import msgspec
from msgspec import Meta

from engagecheck.intake.gate.shapes import SURE, Schema, limits, only, part_of, shape_of
from engagecheck.intake.gate.walk import ALL_BESIDE
from engagecheck.model.dates import Dated, PartialDate
from engagecheck.model.listing import Listing
from engagecheck.model.profile import Evidence, Organisation
from engagecheck.model.sections import SECTIONS, section_class

Hook = Callable[[Any], None]
"""Looks at a value that is just made: `ValueError` if it is not surely right."""


class Ids(tuple[str, ...]):
    """Ids of evidence as they are cited. Whether there is such evidence is looked at in the end."""

    __slots__ = ()


class _NoEntries(tuple[Any, ...]):
    __slots__ = ()


_LIMITS = limits()
_OF_RECORDS = ("__eq__", "__hash__", "__repr__", "__record_compared__", "__record_names__")
_IN_JSON = {f"_{name}": name for name in (*ALL_BESIDE, "entries")}


def _document() -> type[Any]:
    """The class of a whole profile, without extensions: their shape is known to plugins only."""
    register = part_of("evidence")
    evidence = _group(shape_of(register["items"]), Evidence)
    fields: list[Any] = [
        ("as_of", _single("string", part_of("as_of"), str)),
        ("organisation", _group(part_of("organisation"), Organisation)),
        ("evidence", Annotated[tuple[evidence, ...], Meta(max_length=register["maxItems"])], _NoEntries()),  # type: ignore[valid-type]
        ("note", _single("string", part_of("note"), str), None),
        ("schema", _single("string", part_of("$schema"), str), None),
        *((name, _group(part_of(name), section_class(name)), None) for name in SECTIONS),
    ]
    return msgspec.defstruct("Document", fields, rename={"schema": "$schema"}, **_KINDS)


_KINDS: Mapping[str, Any] = {
    "frozen": True, "eq": False, "forbid_unknown_fields": True, "omit_defaults": True,
}  # fmt: skip


def _group(about: Schema, wanted: type) -> type[Any]:
    """The class for a group of facts."""
    shapes = {name: shape_of(part) for name, part in about["properties"].items()}
    fields: list[tuple[Any, ...]] = []
    hooks: list[Hook] = []
    for part in attrs.fields(wanted):
        kind = only(part.type)
        field = (part.alias, _fact(shapes[part.alias], kind))
        needed = part.default is attrs.NOTHING or part.alias in about.get("required", ())
        fields.append(field if needed else (*field, _another(part.default)))
        if get_origin(kind) is dict:
            hooks.append(_freezing(part.alias))
    fields += _beside(shapes)
    if {"of", "count"} <= shapes.keys():
        hooks.append(_within_total)
    return _class(wanted, fields, hooks)


def _another(default: Any) -> Any:
    """A default that equals what may be stated and is another object: what is stated is written again, a default is not."""
    return "".join(list(default)) if isinstance(default, str) else default


def _beside(shapes: Mapping[str, Schema]) -> list[tuple[Any, ...]]:
    """The fields of what may stand beside the facts of a group, under names that no measure asks for."""
    facts: Any = Literal[tuple(sorted(shapes.keys() - ALL_BESIDE))]
    reason = Annotated[str, Meta(min_length=1, max_length=_LIMITS.reason)]
    types = {
        "note": Annotated[str, Meta(min_length=1, max_length=_LIMITS.note)],
        "evidence": Ids,
        "evidence_for": Annotated[dict[facts, Ids], Meta(max_length=_LIMITS.singly)],
        "withheld": Annotated[dict[facts, reason], Meta(max_length=_LIMITS.withheld)],
    }
    return [(f"_{name}", types[name], None) for name in sorted(ALL_BESIDE & shapes.keys())]


def _list_of(about: Schema, entry: type) -> type[Any]:
    """The class for a list of entries."""
    shapes = {name: shape_of(part) for name, part in about["properties"].items()}
    one = shape_of(shapes["entries"]["items"])
    of_class: Any = _group(one, entry)
    fields = [
        ("of", Annotated[int, Meta(ge=0, le=_LIMITS.total)], None),
        ("_entries", Annotated[tuple[of_class, ...], Meta(max_length=shapes["entries"]["maxItems"])], _NoEntries()),
        *([("complete_from", Dated, None)] if "complete_from" in shapes else []),
        *_beside(shapes),
    ]
    made = _class(Listing, fields, [_adding_up(one.get("x-identity", [part.alias for part in attrs.fields(entry)]))])
    if "complete_from" not in shapes:
        made.complete_from = None
    return made


def _class(wanted: type, fields: Sequence[tuple[Any, ...]], hooks: Sequence[Hook]) -> type[Any]:
    """A class with the fields of a record and what may stand beside them, which passes for that record."""

    def checked(made: Any) -> None:
        for hook in hooks:
            hook(made)

    own = {name: value for name, value in vars(wanted).items() if name in _OF_RECORDS or _is_public(name, value)}
    if hooks:
        own["__post_init__"] = hooks[0] if len(hooks) == 1 else checked
    facts = [part.name for part in attrs.fields(wanted)]
    own |= {
        "__class__": wanted,
        "__attrs_attrs__": attrs.fields(wanted),
        "__dict__": property(lambda made: {name: getattr(made, name) for name in facts}),
        "__reduce__": lambda made: (wanted, tuple([getattr(made, name) for name in facts])),  # a copy is a record
    }
    made: type[Any] = msgspec.defstruct(wanted.__name__, fields, namespace=own, rename=_IN_JSON, weakref=True, **_KINDS)
    made.__setattr__, made.__delattr__ = wanted.__setattr__, wanted.__delattr__  # refuse in the words of attrs
    return made


def _is_public(name: str, value: Any) -> bool:
    return not name.startswith("__") and (callable(value) or isinstance(value, property))


def _freezing(name: str) -> Hook:
    """What keeps a mapping from being changed."""

    def freeze(group: Any) -> None:
        if (stated := getattr(group, name)) is not None:
            msgspec.structs.force_setattr(group, name, MappingProxyType(stated))

    return freeze


def _within_total(tally: Any) -> None:
    if tally.of is not None and tally.count is not None and tally.count > tally.of:
        raise ValueError


def _adding_up(apart: Sequence[str]) -> Hook:
    """What looks that no more entries stand in a list than there are, and no two with the same of the facts `apart`."""
    identity = attrgetter(*apart)

    def add_up(listing: Any) -> None:
        shown = len(listing._entries)
        if shown and ((listing.of is not None and shown > listing.of) or len(set(map(identity, listing._entries))) < shown):
            raise ValueError

    return add_up


def _fact(shape: Schema, kind: Any) -> Any:
    """The type of a fact."""
    if get_origin(kind) is Listing:
        return _list_of(shape, get_args(kind)[0])
    if get_origin(kind) is dict:
        name = Annotated[str, Meta(pattern=shape["propertyNames"]["pattern"])]
        member = _group(shape_of(shape["additionalProperties"]), get_args(kind)[1])
        return Annotated[dict[name, member], Meta(max_length=shape["maxProperties"])]  # type: ignore[valid-type]
    if kind is PartialDate:
        return Dated
    if attrs.has(kind):
        return _group(shape, kind)
    if "enum" in shape:
        return Literal[tuple(shape["enum"])]
    names = shape["type"] if isinstance(shape["type"], list) else [shape["type"]]
    first, *others = (_single(name, shape, kind) for name in names)
    for other in others:
        first |= other
    return first


def _single(name: str, shape: Schema, kind: Any) -> Any:
    """The type for one of the types of JSON, within the limits that the schema sets."""
    if name == "boolean":
        return bool
    if name == "string":
        low, high = shape.get("minLength", 0), shape.get("maxLength")
        return Annotated[str, Meta(min_length=low, max_length=high, pattern=shape.get("pattern"))]
    within = Meta(ge=shape.get("minimum", -SURE), le=shape.get("maximum", SURE))
    if name == "integer":
        return Annotated[int, within]
    number = Annotated[float, within]
    return number if kind is float else Annotated[int, within] | number  # where any kind of value may stand, 1 stays 1


DOCUMENT = _document()
"""The class of a whole profile."""

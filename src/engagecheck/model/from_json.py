"""Values of a report out of JSON that its schema has accepted."""

import types
from collections.abc import Mapping
from enum import Enum
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

import attrs

Json = Any


def made(wanted: Any, value: Json) -> Any:
    """A value of the type `wanted`, out of JSON; the types are those that a report uses."""
    origin = get_origin(wanted)
    if origin in (Union, types.UnionType):
        options = [option for option in get_args(wanted) if option is not type(None)]
        return None if value is None else made(options[0], value) if len(options) == 1 else value
    if origin is tuple:
        return tuple(made(get_args(wanted)[0], item) for item in value)
    if origin is not None and issubclass(origin, Mapping):
        return _plain(value)
    if isinstance(wanted, type) and issubclass(wanted, Enum):
        return wanted(value)
    if attrs.has(wanted):
        return wanted(**{name: made(hint, value[name]) for name, hint in _hints(wanted).items() if name in value})
    return _plain(value)


def _plain(value: Json) -> Any:
    """JSON as it stands in a report: lists are tuples there."""
    if isinstance(value, Mapping):
        return {name: _plain(member) for name, member in value.items()}
    return tuple(_plain(item) for item in value) if isinstance(value, list) else value


@cache
def _hints(wanted: type) -> dict[str, Any]:
    hints = get_type_hints(wanted)
    return {name: hints[name] for name in attrs.fields_dict(wanted)}

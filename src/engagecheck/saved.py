"""A report that was saved as JSON, read again: checked against its schema and its own digest."""

import types
from collections.abc import Mapping
from enum import Enum
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

import attrs

from engagecheck.auditing import digest
from engagecheck.documents import checked
from engagecheck.errors import InputRefused
from engagecheck.report import Report

Json = Any
ALTERED = "the report was altered after it was made: its digest does not fit"


def is_report(document: Json) -> bool:
    """Whether a JSON document is a report rather than a profile."""
    return isinstance(document, Mapping) and "report_digest" in document


def read(raw: bytes, name: str) -> Report:
    """The report in the bytes of a JSON file. Raises `InputRefused`, also for one that was altered since it was made."""
    report, is_intact = read_as_it_is(raw, name)
    if not is_intact:
        raise InputRefused([f"{name}: {ALTERED}; audit again"])
    return report


def read_as_it_is(raw: bytes, name: str) -> tuple[Report, bool]:
    """The report in the bytes of a JSON file, and whether its digest fits. Raises `InputRefused` for what is no report."""
    document = checked(raw, name, "report", lambda _document: ())
    return of(document), digest(document) == document["report_digest"]


def of(document: Mapping[str, Json]) -> Report:
    """The report that an accepted document holds."""
    report: Report = _made(Report, document)
    return report


def _made(wanted: Any, value: Json) -> Any:
    """A value of the type `wanted`, out of JSON; the types are those that a report uses."""
    origin = get_origin(wanted)
    if origin in (Union, types.UnionType):
        options = [option for option in get_args(wanted) if option is not type(None)]
        return None if value is None else _made(options[0], value) if len(options) == 1 else value
    if origin is tuple:
        return tuple(_made(get_args(wanted)[0], item) for item in value)
    if origin is not None and issubclass(origin, Mapping):
        return _plain(value)
    if isinstance(wanted, type) and issubclass(wanted, Enum):
        return wanted(value)
    if attrs.has(wanted):
        return wanted(**{name: _made(hint, value[name]) for name, hint in _hints(wanted).items() if name in value})
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

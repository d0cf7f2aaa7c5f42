"""What a reporter is, and what stands before every one of them: clean text, and how the paper looks."""

import re
from collections.abc import Callable
from typing import Any

from engagecheck.model.records import changed, field, names_of, record
from engagecheck.model.report import Report

_HOSTILE = "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"

_ESCAPED = re.compile(r"\\[^\"\\]")
"""What stands in JSON for a character that is not clean."""


@record
class Style:
    """How a report is to look where that matters: columns, colour, and whether only ASCII can be shown.

    `before`: the bytes of the paper that this one replaces, for a format that carries over what people wrote in it.
    """

    width: int = 80
    colour: bool = False
    ascii_only: bool = False
    before: bytes | None = field(default=None, repr=False)


@record
class Reporter:
    """A format: its name for `-f`, what it is for, and the function that renders."""

    name: str
    about: str
    render: Callable[[Report, Style], str | bytes]


def reporter(name: str, *, about: str) -> Callable[[Callable[[Report, Style], str | bytes]], Reporter]:
    """Make a format of a function `(report, style) -> str | bytes`."""
    return lambda render: Reporter(name, about, render)


def clean(text: str) -> str:
    """Text that is safe to show anywhere: control characters, lone surrogates and bidirectional overrides become U+FFFD.

    Line breaks and tabs become spaces.
    """
    if text.isprintable():
        return text
    return re.sub(_HOSTILE, "\N{REPLACEMENT CHARACTER}", re.sub(r"[\t\r\n]+", " ", text))


def is_clean(text: str) -> bool:
    """Whether every text in a JSON text is surely clean; all of it is looked at in one go."""
    return text.isprintable() and _ESCAPED.search(text) is None


def cleaned(value: Any) -> Any:
    """The same report (or part of one) with every text clean."""
    if isinstance(value, str):
        return value if type(value) is not str else clean(value)
    if isinstance(value, tuple | list):
        parts = tuple(cleaned(part) for part in value)
        same = type(value) is tuple and all(new is old for new, old in zip(parts, value, strict=True))
        return value if same else parts
    if isinstance(value, dict):
        return {clean(str(name)): cleaned(part) for name, part in value.items()}
    others = {}
    for name in names_of(type(value)):
        before = getattr(value, name)
        after = cleaned(before)
        if after is not before:
            others[name] = after
    return changed(value, **others) if others else value

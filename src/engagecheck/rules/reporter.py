"""Reporters, the style of a report, and the cleaning of its texts."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from attrs import field, frozen

from engagecheck.model.report import Report

_UNSAFE = "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"

_JSON_ESCAPE = re.compile(r"\\[^\"\\]")
"""The escape that JSON writes for a character that may not be clean."""


@frozen
class Style:
    """The look of a report: columns, colour, and whether the output can show only ASCII. The rest is for papers.

    `before` holds the bytes of the file that this report replaces. Some formats keep what people wrote in that file.
    `template` holds the bytes of the organisation's own Word document. `meeting` is the day on which the board meets, and
    `since` an earlier report to compare with. With `has_failed`, something else of the command failed: its exit code is not
    that of the audit.
    """

    width: int = 80
    colour: bool = False
    ascii_only: bool = False
    before: bytes | None = field(default=None, repr=False)
    template: bytes | None = field(default=None, repr=False)
    meeting: date | None = None
    since: Report | None = field(default=None, repr=False)
    has_failed: bool = False


@frozen
class Reporter:
    """An output format: its name for `-f`, its purpose, and the function that renders a report."""

    name: str
    about: str
    render: Callable[[Report, Style], str | bytes]


def reporter(name: str, *, about: str) -> Callable[[Callable[[Report, Style], str | bytes]], Reporter]:
    """Decorate a function `(report, style) -> str | bytes` as an output format."""
    return lambda render: Reporter(name, about, render)


def clean(text: str) -> str:
    """Text that is safe to show anywhere.

    Control characters, lone surrogates and bidirectional overrides become U+FFFD. Line breaks and tabs become spaces.
    """
    if text.isprintable():
        return text
    return re.sub(_UNSAFE, "\N{REPLACEMENT CHARACTER}", re.sub(r"[\t\r\n]+", " ", text))


def is_clean(text: str) -> bool:
    """Whether every text in a JSON document is certainly clean. One pass over the whole document is fast."""
    return text.isprintable() and _JSON_ESCAPE.search(text) is None


def cleaned(value: Any) -> Any:
    """Built-in values with every text cleaned, dictionary keys included."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {clean(str(name)): cleaned(part) for name, part in value.items()}
    return [cleaned(part) for part in value] if isinstance(value, list | tuple) else value

"""JSON for many profiles: by msgspec where it is installed (extra `fast`), else by the standard library; the same bytes."""

import json
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

try:
    import msgspec as msgspec
except ImportError:
    msgspec = None  # type: ignore[assignment]


def dumps(value: Any, fractions: Iterable[float] = ()) -> bytes:
    """A value as one line of JSON in UTF-8, without its end. `fractions`: the numbers in it that are no whole ones."""
    if msgspec and not any(map(_needs_exponent, fractions)):
        with suppress(TypeError):  # a kind of text of a plugin's own
            return msgspec.json.encode(value)
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _needs_exponent(number: float) -> bool:
    """Whether it is a number that the two write differently: 1e-05 and 1e-5."""
    return number != 0 and not 0.0001 <= abs(number) < 1e16

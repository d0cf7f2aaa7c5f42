"""JSON for many profiles: by orjson where it is installed (extra `fast`), else by the standard library; the same bytes."""

import json
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any

from engagecheck import strict_json

try:
    import orjson
except ImportError:
    orjson = None  # type: ignore[assignment]

loads: Callable[[str], Any] = orjson.loads if orjson else strict_json.loads
"""Reads a JSON text; `ValueError` where it is none."""


def dumps(value: Any, numbers: Iterable[Any] = ()) -> bytes:
    """A value as one line of JSON in UTF-8, without its end. `numbers`: those that stand in it."""
    if orjson and not any(map(_needs_exponent, numbers)):
        with suppress(TypeError):  # whole numbers beyond 64 bits
            return orjson.dumps(value)
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _needs_exponent(number: Any) -> bool:
    """Whether it is a number that the two write differently: 1e-05 and 1e-5."""
    return type(number) is float and number != 0 and not 0.0001 <= abs(number) < 1e16

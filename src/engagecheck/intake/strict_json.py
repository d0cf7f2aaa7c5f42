"""Bytes to JSON, strictly, and the line and column of everything in it.

Stricter than the standard library: UTF-8 only, no key twice, no NaN or Infinity, no lone surrogates, limits on
size, depth and digits. The values come from the standard library's fast reader; the places come from a second,
simple walk over a text that is already known to be JSON.
"""

import json
import math
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property, partial
from typing import Any, TypeVar

from engagecheck.model.records import record

T = TypeVar("T")
MAX_BYTES = 20_000_000
MAX_DEPTH = 40
MAX_DIGITS = 40
_TOKEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"(?:\s*:)?|[\[\]{}]|[^\s\[\]{}:,"]+')
"""A name with its colon, a text, a bracket, or another value."""
_LONE = "[\ud800-\udfff]"


def _no_number(name: str) -> Any:
    raise ValueError(name)


_loads = json.JSONDecoder(parse_constant=_no_number).decode


class NotStrictJson(ValueError):
    """Raised when the bytes are not JSON at all. `line` and `column` count from 1."""

    def __init__(self, message: str, line: int = 1, column: int = 1) -> None:
        self.line, self.column = line, column
        super().__init__(message)


@record
class Fault:
    """Something that JSON readers may overlook: what it is, and the offset in the text where it stands."""

    message: str
    offset: int
    pointer: str


@record
class Places:
    """Where each value and each key of a JSON text stands, by JSON Pointer."""

    values: dict[str, int]
    keys: dict[str, int]
    faults: tuple[Fault, ...]
    line_starts: list[int]

    def at(self, offset: int) -> tuple[int, int]:
        """Line and column, from 1, of an offset in the text."""
        line = bisect_right(self.line_starts, offset)
        return line, offset - self.line_starts[line - 1] + 1

    def of(self, pointer: str, *, key: bool = False) -> tuple[int, int]:
        """Line and column of the value at a pointer (or of its key); of the nearest part around it if unknown."""
        where = self.keys if key and pointer in self.keys else self.values
        while pointer and pointer not in where:
            pointer = pointer.rpartition("/")[0]
        return self.at(where.get(pointer, 0))

    def lines(self) -> dict[str, int]:
        """The line of each value by JSON Pointer."""
        return {pointer: self.at(offset)[0] for pointer, offset in self.values.items()}


def decode(raw: bytes) -> str:
    """UTF-8 text of the bytes, without a byte order mark; `NotStrictJson` for anything else."""
    if len(raw) > MAX_BYTES:
        raise NotStrictJson(f"the file is larger than {MAX_BYTES // 1_000_000} MB; a profile is a few hundred kB at most")
    if not raw.strip():
        raise NotStrictJson("the file is empty; there is nothing in it to read")
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in raw[:4]:
        raise NotStrictJson("the file is UTF-16 or UTF-32 text or not text at all; save it as JSON in UTF-8")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        line = before.count(b"\n") + 1
        column = error.start - (before.rfind(b"\n") + 1) + 1
        raise NotStrictJson("the file is not UTF-8 text; save it as JSON in UTF-8", line, column) from None


def parse(text: str) -> tuple[Any, Places]:
    """The value of a JSON text and the places in it, faults among them; `NotStrictJson` if it is no JSON."""
    if re.search(r"[^\s]", text) is None:
        raise NotStrictJson("the file is empty; there is nothing in it to read")
    try:
        value = json.loads(text, parse_int=_integer, parse_float=float, parse_constant=lambda _: 0)
    except json.JSONDecodeError as error:
        raise NotStrictJson(f"not JSON here: {_WORDS.get(error.msg, error.msg)}", error.lineno, error.colno) from None
    except RecursionError:
        raise NotStrictJson(f"brackets are nested more than {MAX_DEPTH} deep") from None
    return value, _places(text)


def surely(raw: bytes) -> Any:
    """The value of JSON bytes. Raises `ValueError` (or `RecursionError`) where that is not sure at a glance.

    Left to the caller: whether a name stands twice (see `may_repeat`), numbers too large, and how deep it is.
    """
    if len(raw) > MAX_BYTES:
        raise ValueError
    value = _loads(raw.decode())
    if b"\\" in raw:
        json.dumps(value, ensure_ascii=False).encode()  # UnicodeEncodeError for half of a surrogate pair
    return value


def may_repeat(raw: bytes, names: int) -> bool:
    """Whether a name may stand twice in an object of a JSON text whose value has so many names.

    Each name has a colon of its own; other colons stand in texts, few of them behind a quotation mark.
    """
    return raw.count(b":") != names and raw.translate(None, b" \t\r\n").count(b'":') != names


def is_modest(value: Any, depth: int = 2) -> bool:
    """Whether a value that stands `depth` brackets deep keeps the limits on depth and digits."""
    if isinstance(value, dict | list):
        parts = value.values() if isinstance(value, dict) else value
        return depth <= MAX_DEPTH and all(is_modest(part, depth + 1) for part in parts)
    if isinstance(value, float):
        return math.isfinite(value)
    return not isinstance(value, int) or abs(value) < 10**MAX_DIGITS


class Late(Mapping[str, T]):
    """Something by JSON Pointer that is looked for when it is first asked for."""

    def __init__(self, find: Callable[[], Mapping[str, T]]) -> None:
        self._find = find

    @cached_property
    def _found(self) -> Mapping[str, T]:
        return self._find()

    def __getitem__(self, pointer: str) -> T:
        return self._found[pointer]

    def __iter__(self) -> Iterator[str]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)


def late_lines(raw: bytes) -> Late[int]:
    """The line of each value of a JSON text by JSON Pointer; of one that `surely` takes."""
    return Late(partial(_lines_of, raw))


def _lines_of(raw: bytes) -> dict[str, int]:
    return _places(raw.decode()).lines()


_WORDS = {
    "Expecting value": "a value is missing (or text without quotation marks)",
    "Expecting ',' delimiter": "a comma (or a closing bracket) is missing before this",
    "Expecting ':' delimiter": "a colon is missing after the name",
    "Expecting property name enclosed in double quotes": 'a name in "quotation marks" is wanted (or a comma is too many)',
    "Illegal trailing comma before end of object": "there is a comma too many before the closing bracket",
    "Illegal trailing comma before end of array": "there is a comma too many before the closing bracket",
    "Unterminated string starting at": "a text begins here whose closing quotation mark is missing",
    "Extra data": "the document has already ended; remove what follows",
    "Invalid control character at": "a line break or control character inside a text; write \\n",
    "Invalid \\escape": "a backslash must be written twice",
    "Invalid \\uXXXX escape": "after \\u four hexadecimal digits are wanted",
}


def _integer(digits: str) -> int:
    return int(digits) if len(digits) <= MAX_DIGITS else 0


def _places(text: str) -> Places:
    values: dict[str, int] = {}
    keys: dict[str, int] = {}
    faults: list[Fault] = []
    around: list[tuple[str, int]] = []
    prefix, index = "", -1  # of the group that the walk is inside of; of the next entry, in an array
    pointer = ""  # of the next value
    for match in _TOKEN.finditer(text):
        token, offset = match[0], match.start()
        if token[-1] == ":":
            key = _unquoted(token[:-1].rstrip())
            pointer = f"{prefix}/{key.replace('~', '~0').replace('/', '~1')}"
            if "\\" in token:
                faults.extend(_text_faults(key, offset, pointer))
            if pointer in keys:
                faults.append(Fault(f"the name {key!r} stands twice in the same object; remove one", offset, pointer))
            keys[pointer] = offset
        elif token in "}]":
            prefix, index = around.pop()
        else:
            if index >= 0:
                pointer, index = f"{prefix}/{index}", index + 1
            values[pointer] = offset
            if token in "{[":
                around.append((prefix, index))
                if len(around) > MAX_DEPTH:
                    line, column = Places(values, keys, (), _line_starts(text)).at(offset)
                    raise NotStrictJson(f"brackets are nested more than {MAX_DEPTH} deep", line, column)
                prefix, index = pointer, 0 if token == "[" else -1
            elif token[0] == '"':
                if "\\" in token:
                    faults.extend(_text_faults(json.loads(token), offset, pointer))
            elif not token.isdigit() or len(token) > MAX_DIGITS:
                faults.extend(_number_faults(token, offset, pointer))
    return Places(values, keys, tuple(faults), _line_starts(text))


def _unquoted(token: str) -> str:
    text: str = json.loads(token) if "\\" in token else token[1:-1]
    return text


def _text_faults(text: str, offset: int, pointer: str) -> Iterator[Fault]:
    """Asked only of texts with an escape: without one there is no half of a pair in UTF-8."""
    if re.search(_LONE, text):
        yield Fault("half of a surrogate pair; write the character itself", offset, pointer)


def _number_faults(token: str, offset: int, pointer: str) -> Iterator[Fault]:
    if token in ("NaN", "Infinity", "-Infinity"):
        yield Fault(f"{token} is not a number that JSON knows; leave the fact out if it is not known", offset, pointer)
    elif len(token.lstrip("-")) > MAX_DIGITS and token.lstrip("-").isdigit():
        yield Fault(f"a number of more than {MAX_DIGITS} digits; give the figure itself", offset, pointer)
    elif token not in ("true", "false", "null") and not math.isfinite(float(token)):
        yield Fault(f"the number {token} is too large", offset, pointer)


def _line_starts(text: str) -> list[int]:
    return [0, *(match.end() for match in re.finditer(r"\n", text))]

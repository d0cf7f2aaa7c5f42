"""Strict JSON with the line and column of every value, to explain what is wrong with a document.

It is stricter than the standard library: UTF-8 only, no repeated keys, no NaN or Infinity, no lone surrogates, and limits
on size, depth and digits. The standard library gives the values. A second, simple walk over the text gives the places.
That walk may rely on the text being JSON.
"""

import json
import math
import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from engagecheck.inputs import MAX_BYTES
from engagecheck.intake.checks import MAX_DEPTH, MAX_DIGITS

_TOKEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"(?:\s*:)?|[\[\]{}]|[^\s\[\]{}:,"]+')
"""A token: a key with its colon, a string, a bracket, or another value."""
_LONE_SURROGATE = "[\ud800-\udfff]"


class NotStrictJson(ValueError):
    """Raised when the bytes are not JSON. `line` and `column` count from 1."""

    def __init__(self, message: str, line: int = 1, column: int = 1) -> None:
        self.line, self.column = line, column
        super().__init__(message)


class Fault(Struct, frozen=True):
    """Something that the standard library accepts and this module refuses, with its offset in the text and its JSON Pointer."""

    message: str
    offset: int
    pointer: str


class Places(Struct, frozen=True):
    """The offset of each value and key of a JSON text, by JSON Pointer."""

    values: dict[str, int]
    keys: dict[str, int]
    faults: tuple[Fault, ...]
    line_starts: list[int]

    def at(self, offset: int) -> tuple[int, int]:
        """The line and column of an offset in the text, both counted from 1."""
        line = bisect_right(self.line_starts, offset)
        return line, offset - self.line_starts[line - 1] + 1

    def of(self, pointer: str, *, key: bool = False) -> tuple[int, int]:
        """The line and column of the value at a pointer, or of its key. An unknown pointer gives its nearest known parent."""
        where = self.keys if key and pointer in self.keys else self.values
        while pointer and pointer not in where:
            pointer = pointer.rpartition("/")[0]
        return self.at(where.get(pointer, 0))

    def lines(self) -> dict[str, int]:
        """The line of each value by JSON Pointer."""
        return {pointer: self.at(offset)[0] for pointer, offset in self.values.items()}


def decode(raw: bytes) -> str:
    """The UTF-8 text of the bytes, without a byte order mark. Raises `NotStrictJson` for anything else."""
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
    """The value of a JSON text, and its places and faults. Raises `NotStrictJson` if the text is not JSON."""
    if re.search(r"[^\s]", text) is None:
        raise NotStrictJson("the file is empty; there is nothing in it to read")
    try:
        value = json.loads(text, parse_int=_integer, parse_float=float, parse_constant=lambda _: 0)
    except json.JSONDecodeError as error:
        raise NotStrictJson(f"not JSON here: {_WORDS.get(error.msg, error.msg)}", error.lineno, error.colno) from None
    except RecursionError:
        raise NotStrictJson(f"brackets are nested more than {MAX_DEPTH} deep") from None
    return value, _places(text)


def line_numbers(raw: bytes) -> dict[str, int]:
    """The line of each value of a JSON text, by JSON Pointer. Raises `NotStrictJson`."""
    return parse(decode(raw))[1].lines()


_WORDS = {
    "Expecting value": "a value is missing (or text without quotation marks)",
    "Expecting ',' delimiter": "a comma (or a closing bracket) is missing before this",
    "Expecting ':' delimiter": "a colon is missing after the name",
    "Expecting property name enclosed in double quotes": 'a name in "quotation marks" is missing, or a comma is too many',
    "Illegal trailing comma before end of object": "there is one comma too many before the closing bracket",
    "Illegal trailing comma before end of array": "there is one comma too many before the closing bracket",
    "Unterminated string starting at": "this text has no closing quotation mark",
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
    enclosing: list[tuple[str, int]] = []
    prefix, index = "", -1  # the pointer of the enclosing group; the index of the next entry, or -1 outside an array
    pointer = ""  # the pointer of the next value
    for match in _TOKEN.finditer(text):
        token, offset = match[0], match.start()
        if token[-1] == ":":
            key = _unquoted(token[:-1].rstrip())
            pointer = f"{prefix}/{key.replace('~', '~0').replace('/', '~1')}"
            if "\\" in token:
                faults.extend(_text_faults(key, offset, pointer))
            if pointer in keys:
                faults.append(Fault(f"the name {key!r} is used twice in the same object; remove one", offset, pointer))
            keys[pointer] = offset
        elif token in "}]":
            prefix, index = enclosing.pop()
        else:
            if index >= 0:
                pointer, index = f"{prefix}/{index}", index + 1
            values[pointer] = offset
            if token in "{[":
                enclosing.append((prefix, index))
                if len(enclosing) > MAX_DEPTH:
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
    # Only a text with an escape can have a lone surrogate, because the file is UTF-8.
    if re.search(_LONE_SURROGATE, text):
        yield Fault("half of a surrogate pair; write the character itself", offset, pointer)


def _number_faults(token: str, offset: int, pointer: str) -> Iterator[Fault]:
    if token in ("NaN", "Infinity", "-Infinity"):
        yield Fault(f"{token} is not a JSON number; leave the fact out if you do not know it", offset, pointer)
    elif len(token.lstrip("-")) > MAX_DIGITS and token.lstrip("-").isdigit():
        yield Fault(f"this number has more than {MAX_DIGITS} digits; enter the figure itself", offset, pointer)
    elif token not in ("true", "false", "null") and not math.isfinite(float(token)):
        yield Fault(f"the number {token} is too large", offset, pointer)


def _line_starts(text: str) -> list[int]:
    return [0, *(match.end() for match in re.finditer(r"\n", text))]

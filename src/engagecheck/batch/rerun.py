"""Find the profile of one line of results, so that it can be audited again for a whole report."""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from engagecheck.errors import InputRefused
from engagecheck.inputs import opened, read_bytes
from engagecheck.model.report import Report
from engagecheck.papers.jsonl import encoded, line_of

Line = Mapping[str, Any]
COMPARED = ("as_of", "level", "could_be", "score", "coverage", "gate", "exit_code", "findings", "criteria")
"""The parts of a line that must be the same when its profile is audited again."""


def is_line(raw: bytes) -> bool:
    """Whether bytes are lines of results rather than a report."""
    return b'"report_digest"' not in raw and b'"profile_digest"' in raw


@contextmanager
def opened_lines(path: Path) -> Iterator[BinaryIO]:
    """A file opened to read its lines one by one. Raises `InputRefused` if it cannot be opened."""
    try:
        with opened(path) as file:
            yield file
    except OSError:
        read_bytes(path)  # raises InputRefused with the reason
        raise


def line_at(lines: Iterable[bytes], name: str, number: int | None) -> Line:
    """The line with that number, from 1, or the only line if `number` is `None`.

    Raises `InputRefused` if there is no such line, or it is not a line of results.
    """
    count, raw = 0, b""
    for count, content in enumerate(lines, 1):  # one by one, because the file may be too large for memory
        if count == (number or 1):
            raw = content
        if count == number:
            break
    if number is None and count != 1:
        raise InputRefused([f"{name}: holds {count} lines; say which one with --line"])
    if number is not None and not 1 <= number <= count:
        raise InputRefused([f"{name}: has no line {number}; it holds {count}"])
    try:
        line: Line = json.loads(raw)
        if "errors" in line:
            raise InputRefused([f"{name}, line {number or 1}: this profile was refused: {line['errors'][0]}"])
        if not {*COMPARED, "profile", "profile_digest"} <= set(line) or not isinstance(line["criteria"], dict):
            raise ValueError
    except (ValueError, TypeError):
        raise InputRefused([f"{name}, line {number or 1}: is no line of -f jsonl; name a file of those"]) from None
    return line


def profile_of(line: Line, folder: Path = Path()) -> tuple[bytes, str]:
    """The bytes and the name of a line's profile. Raises `InputRefused` if the profile is gone or was changed."""
    name = str(line["profile"])
    path, is_one_of_many, number = name.rpartition(", line ")
    if is_one_of_many and number.isdigit():
        with opened_lines(folder / path) as lines:
            matches = (content for count, content in enumerate(lines, 1) if str(count) == number)
            raw = next(matches, b"").removesuffix(b"\n")
    else:
        raw = read_bytes(folder / name)
    if sha256(raw).hexdigest() != line["profile_digest"]:
        raise InputRefused([f"{name}: is not the profile that this line is about; it has changed since, so audit it again"])
    return raw, name


def confirmed(line: Line, report: Report) -> Report:
    """The report, if it has the same results as the line. Raises `InputRefused` if it does not."""
    new = msgspec.json.decode(encoded(line_of(report)))
    if all(new[part] == line[part] for part in COMPARED) and new.get("pack") == line.get("pack"):
        return report
    old_criteria, new_criteria = line["criteria"], new["criteria"]
    changed = [name for name in {**new_criteria, **old_criteria} if new_criteria.get(name) != old_criteria.get(name)]
    which = f"{len(changed)} questions, such as {changed[0]}," if changed else "its rating"
    raise InputRefused(
        [f"{line['profile']}: audited again, {which} come to something else; give the options and use the rules of that audit"]
    )

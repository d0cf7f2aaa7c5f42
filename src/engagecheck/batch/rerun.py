"""From one line of results back to its profile, which is audited again for a whole report."""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from engagecheck.errors import InputRefused
from engagecheck.intake.load import file_bytes
from engagecheck.model.digests import digest_of
from engagecheck.model.report import Report, as_json
from engagecheck.papers.jsonl import line_of

Line = Mapping[str, Any]
COMPARED = ("as_of", "level", "could_be", "score", "coverage", "gate", "exit_code", "findings", "criteria")
"""What of a line has to come out again."""


def is_line(raw: bytes) -> bool:
    """Whether bytes are lines of results rather than a report."""
    return b'"report_digest"' not in raw and b'"profile_digest"' in raw


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """A file whose lines may be too many to be held. Raises `InputRefused` where it cannot be opened."""
    try:
        with path.open("rb") as file:
            yield file
    except OSError:
        file_bytes(path)  # which says why
        raise


def line_at(lines: Iterable[bytes], name: str, number: int | None) -> Line:
    """The line of that number, from 1; without one, the only line. Raises `InputRefused` for what is no line of results."""
    count, raw = 0, b""
    for count, one in enumerate(lines, 1):  # they may be too many to be held
        if count == (number or 1):
            raw = one
        if count == number:
            break
    if number is None and count != 1:
        raise InputRefused([f"{name}: holds {count} lines; say which one with --line"])
    if number is not None and not 1 <= number <= count:
        raise InputRefused([f"{name}: has no line {number}; it holds {count}"])
    try:
        found: Line = json.loads(raw)
        if "errors" in found:
            raise InputRefused([f"{name}, line {number or 1}: this profile was refused: {found['errors'][0]}"])
        if not {*COMPARED, "profile", "profile_digest"} <= set(found):
            raise ValueError
    except (ValueError, TypeError):
        raise InputRefused([f"{name}, line {number or 1}: is no line of -f jsonl; name a file of those"]) from None
    return found


def profile_of(line: Line, folder: Path = Path()) -> tuple[bytes, str]:
    """The bytes and the name of a line's profile. Raises `InputRefused` where it is not there any more, or another."""
    name = str(line["profile"])
    path, is_of_many, number = name.rpartition(", line ")
    if is_of_many and number.isdigit():
        with opened(folder / path) as lines:
            found = (line for count, line in enumerate(lines, 1) if str(count) == number)
            raw = next(found, b"").removesuffix(b"\n")
    else:
        raw = file_bytes(folder / name)
    if digest_of(raw) != line["profile_digest"]:
        raise InputRefused([f"{name}: is not the profile that this line is about; it was changed since, so audit it anew"])
    return raw, name


def confirmed(line: Line, report: Report) -> Report:
    """The report, if it comes to what the line says. Raises `InputRefused` where it does not."""
    now = as_json(line_of(report))
    if all(now[part] == line[part] for part in COMPARED):
        return report
    then, criteria = line["criteria"], now["criteria"]
    other = [name for name in {**criteria, **then} if criteria.get(name) != then.get(name)]
    which = f"{len(other)} questions, such as {other[0]}," if other else "its rating"
    raise InputRefused(
        [f"{line['profile']}: audited again, {which} come to something else; give the options and use the rules of that audit"]
    )

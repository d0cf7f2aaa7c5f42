"""Pieces of work: files, or lines of a file by the bytes where they begin and end, so that little travels."""

import json
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import zip_longest
from pathlib import Path
from typing import Any, BinaryIO

from attrs import evolve, frozen

from engagecheck.errors import InputRefused, OutputRefused
from engagecheck.intake.load import file_bytes
from engagecheck.intake.strict_json import MAX_BYTES
from engagecheck.model.digests import digest_of

CHUNK = 1 << 20
"""Bytes of lines that are one piece of work."""
LINES, KINDS = ".jsonl", (".json", ".jsonl", ".xlsx")
FILES = 16
"""Files that are one piece of work."""


@frozen
class Chunk:
    """A piece of work: files; or lines, of a file from one byte to another, or as they are.

    `first` is the number of the first line; `contents`, of files that are sent elsewhere, their bytes (`None`: unreadable);
    `skip`, how many of its profiles are done already.
    """

    files: tuple[str, ...] = ()
    name: str = ""
    start: int = 0
    end: int = 0
    first: int = 1
    raw: bytes | None = None
    contents: tuple[bytes | None, ...] = ()
    skip: int = 0

    @property
    def size(self) -> int:
        """How many bytes of profiles it is; files that cannot be looked at count nothing."""
        if self.contents:
            return sum(len(content) for content in self.contents if content)
        if self.files:
            return sum(Path(path).stat().st_size for path in self.files if Path(path).is_file())
        return len(self.raw) if self.raw is not None else self.end - self.start

    def profiles(self) -> Iterator[tuple[str, Callable[[], bytes]]]:
        """The name of each profile, and how to get its bytes. Lines with nothing in them are none."""
        if self.files:
            for path, content in zip_longest(self.files, self.contents):
                yield path, lambda path=path, content=content: file_bytes(path) if content is None else content  # type: ignore[misc]
            return
        lines = self.raw if self.raw is not None else _range(self.name, self.start, self.end)
        for number, line in enumerate(lines.split(b"\n"), self.first):
            if line.strip():
                yield f"{self.name}, line {number}", lambda line=line: line  # type: ignore[misc]


def _range(path: str, start: int, end: int) -> bytes:
    """The bytes of whole lines; of a line that is longer than a profile may be, only so much that it is refused."""
    try:
        with Path(path).open("rb") as file:
            file.seek(start)
            return file.read(min(end - start, CHUNK + MAX_BYTES + 1))
    except OSError as error:
        raise InputRefused([f"{path}: cannot be read any more ({error.strerror}); --resume goes on once it is there"]) from None


def chunks(sources: Iterable[str]) -> Iterator[Chunk]:
    """The pieces of work in files, folders and JSON Lines. Raises `InputRefused` for what is not there."""
    waiting: list[str] = []
    for path in files_of(sources):
        if path.suffix.lower() == LINES:
            yield from _files(waiting)
            waiting = []
            yield from _ranges(path)
        else:
            waiting.append(str(path))
    yield from _files(waiting)


def files_of(sources: Iterable[str]) -> Iterator[Path]:
    """The files that sources mean: themselves, and the profiles and files of lines in folders. Raises as `chunks` does."""
    for source in sources:
        path = Path(source)
        if path.is_dir():
            inside = sorted(one for one in path.iterdir() if one.suffix.lower() in KINDS and one.is_file())
            yield from (one for one in inside if not one.name.startswith(("~$", ".")))  # what an open workbook leaves beside it
        elif path.is_file():
            yield path
        else:
            raise InputRefused([f"{source}: there is no such file or folder; check the name"])


def _files(paths: list[str]) -> Iterator[Chunk]:
    for start in range(0, len(paths), FILES):
        yield Chunk(files=tuple(paths[start : start + FILES]))


def _ranges(path: Path) -> Iterator[Chunk]:
    """Ranges of whole lines, each with the number of its first line."""
    start, first = 0, 1
    with path.open("rb") as file:
        while block := file.read(CHUNK):
            size = len(block) + sum(map(len, _rest_of_line(file)))
            yield Chunk(name=str(path), start=start, end=start + size, first=first)
            start += size
            first += block.count(b"\n") + 1  # the line that the block ends in, or the one behind it


def _rest_of_line(stream: BinaryIO) -> Iterator[bytes]:
    """A line to its end, in parts, for it may be too long to be held."""
    while part := stream.readline(CHUNK):
        yield part
        if part.endswith(b"\n"):
            return


def _lines(stream: BinaryIO) -> Iterator[bytes]:
    """Lines one by one; of one that is longer than a profile may be, only so much that it is refused."""
    while line := stream.readline(MAX_BYTES + 1):
        if not line.endswith(b"\n"):
            deque(_rest_of_line(stream), maxlen=0)
            line += b"\n"
        yield line


def of_stream(name: str, stream: BinaryIO) -> Iterator[Chunk]:
    """The pieces of work in lines that come one by one."""
    held: list[bytes] = []
    size, first, number = 0, 1, 0
    for number, line in enumerate(_lines(stream), 1):
        held.append(line)
        size += len(line)
        if size >= CHUNK:
            yield Chunk(name=name, raw=b"".join(held), first=first)
            held, size, first = [], 0, number + 1
    if held:
        yield Chunk(name=name, raw=b"".join(held), first=first)


def singly(piece: Chunk) -> Iterator[Chunk]:
    """The profiles of a piece of work that are not done yet, each as a piece of its own."""
    for place, (name, raw) in enumerate(piece.profiles()):
        if place < piece.skip:
            continue
        if piece.files:
            yield Chunk(files=(name,), contents=piece.contents[place : place + 1])
        else:
            yield Chunk(name=piece.name, raw=raw(), first=int(name.rpartition(" ")[2]))


def carried(piece: Chunk) -> Chunk:
    """A piece of work with its bytes in it, for where its files are not."""
    if piece.files:
        return evolve(piece, contents=tuple(_content(path) for path in piece.files))
    return piece if piece.raw is not None else evolve(piece, raw=_range(piece.name, piece.start, piece.end))


def _content(path: str) -> bytes | None:
    try:
        return file_bytes(path)
    except InputRefused:  # there it is refused as it would be here
        return None


def of_contents(name: str, contents: Iterable[bytes]) -> Iterator[Chunk]:
    """The pieces of work in profiles that come one by one, each by its number."""
    held: list[bytes] = []
    size, first = 0, 1
    for content in contents:
        held.append(content)
        size += len(content)
        if size >= CHUNK:
            yield _numbered(name, first, held)
            held, size, first = [], 0, first + len(held)
    if held:
        yield _numbered(name, first, held)


def _numbered(name: str, first: int, held: list[bytes]) -> Chunk:
    return Chunk(files=tuple(f"{name} {number}" for number in range(first, first + len(held))), contents=tuple(held))


def after(pieces: Iterable[Chunk], there: Iterable[bytes], again: Callable[[Chunk], bytes]) -> Iterator[Chunk]:
    """The pieces of work without the first profiles, whose lines are `there`.

    Raises `OutputRefused` where these are of other profiles, or were made otherwise: the first profile of each piece is audited
    `again` and has to give the line that is there.
    """
    lines = iter(there)
    line = next(lines, None)
    for piece in pieces:
        if line is None:
            yield piece
            continue
        number, tried, alone = 0, False, list(singly(piece))
        while line is not None and number < len(alone):
            one, said = alone[number], json.loads(line)
            _is_of(said, one)
            if not tried and "errors" not in said:  # what ended its process would do it again
                tried = True
                if again(one) != line:
                    raise OutputRefused(
                        f"the lines there were made otherwise: {said['profile']} now comes to something else; "
                        "use the options and rules of then, or name another file"
                    )
            number, line = number + 1, next(lines, None)
        if number < len(alone):
            yield evolve(piece, skip=number)
    if line is not None:
        raise OutputRefused("there are more lines there than profiles to audit; name another file")


def _is_of(said: Mapping[str, Any], one: Chunk) -> None:
    """Raise `OutputRefused` where a line is not about this profile as it is now."""
    ((name, raw),) = one.profiles()
    if said["profile"] != name:
        raise OutputRefused(
            f"the lines there are of other profiles: {said['profile']!r} where {name!r} is to be audited; name another file"
        )
    if "profile_digest" in said and said["profile_digest"] != digest_of(raw()):
        raise OutputRefused(f"{name} was changed since its line was written; name another file")

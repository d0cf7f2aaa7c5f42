"""Chunks of work: files, or lines of a file as a range of bytes, so that little data travels to other processes."""

import json
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from hashlib import sha256
from itertools import groupby, zip_longest
from pathlib import Path
from typing import Any, BinaryIO

from msgspec import Struct
from msgspec.structs import replace

from engagecheck.errors import InputRefused, OutputRefused
from engagecheck.inputs import MAX_BYTES, read_bytes

CHUNK = 1 << 20
"""Bytes of lines in one chunk. The last line is always whole, so a chunk can be larger."""
LINES, SUFFIXES = ".jsonl", (".json", ".jsonl", ".xlsx")
FILES_PER_CHUNK = 16


class Chunk(Struct, frozen=True):
    """A chunk of work: files, a range of bytes in a file of lines, or the bytes of lines in `raw`.

    `first` is the number of the first line. `skip` is the number of its profiles that are done already.
    `contents` holds the bytes of files that are sent to another machine; `None` stands for a file that cannot be read.
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
        """The size of its profiles in bytes. Files that cannot be read count as 0."""
        if self.contents:
            return sum(len(content) for content in self.contents if content)
        if self.files:
            return sum(Path(path).stat().st_size for path in self.files if Path(path).is_file())
        return len(self.raw) if self.raw is not None else self.end - self.start

    def profiles(self) -> Iterator[tuple[str, Callable[[], bytes]]]:
        """The name of each profile, and a function that gets its bytes. Blank lines are skipped."""
        if self.files:
            for path, content in zip_longest(self.files, self.contents):
                yield path, lambda path=path, content=content: read_bytes(path) if content is None else content  # type: ignore[misc]
            return
        lines = self.raw if self.raw is not None else _range(self.name, self.start, self.end)
        for number, line in enumerate(lines.split(b"\n"), self.first):
            if line.strip():
                yield f"{self.name}, line {number}", lambda line=line: line  # type: ignore[misc]


def _range(path: str, start: int, end: int) -> bytes:
    """The bytes of whole lines. A line that is too long for a profile is cut, but stays long enough to be refused."""
    try:
        with Path(path).open("rb") as file:
            file.seek(start)
            return file.read(min(end - start, CHUNK + MAX_BYTES + 1))
    except OSError as error:
        raise InputRefused([f"{path}: cannot be read any more ({error.strerror}); --resume goes on once it is there"]) from None


def chunks(sources: Iterable[str]) -> Iterator[Chunk]:
    """The chunks of files, folders and JSON Lines. Raises `InputRefused` if a source does not exist."""
    for are_lines, paths in groupby(files_of(sources), lambda path: path.suffix.lower() == LINES):
        if are_lines:
            for path in paths:
                yield from _ranges(path)
        else:
            files = tuple(map(str, paths))
            for start in range(0, len(files), FILES_PER_CHUNK):
                yield Chunk(files=files[start : start + FILES_PER_CHUNK])


def files_of(sources: Iterable[str]) -> Iterator[Path]:
    """The files themselves, and the profiles and JSON Lines in folders. Raises `InputRefused` if a source does not exist."""
    for source in sources:
        path = Path(source)
        if path.is_dir():
            files = sorted(file for file in path.iterdir() if file.suffix.lower() in SUFFIXES and file.is_file())
            yield from (file for file in files if not _is_left_beside(file))
        elif path.is_file() or (path.is_fifo() and path.suffix.lower() != LINES):
            yield path
        elif path.exists():
            raise InputRefused(
                [f"{source}: is neither a file nor a folder; name one, or give what it holds to standard input (-)"]
            )
        else:
            raise InputRefused([f"{source}: there is no such file or folder; check the name"])


def _is_left_beside(file: Path) -> bool:
    """Whether a file is the lock of an open workbook, or the previous version of another one here."""
    previous = _PREVIOUS.fullmatch(file.name)
    return file.name.startswith(("~$", ".")) or (
        previous is not None and file.with_name(f"{previous[1]}{previous[2]}").exists()
    )


_PREVIOUS = re.compile(r"(.+)\.previous(?:-\d+)?(\.xlsx)", re.IGNORECASE)


def _ranges(path: Path) -> Iterator[Chunk]:
    """Ranges of whole lines, each with the number of its first line."""
    start, first = 0, 1
    with path.open("rb") as file:
        while block := file.read(CHUNK):
            size = len(block) + sum(map(len, _rest_of_line(file)))
            yield Chunk(name=str(path), start=start, end=start + size, first=first)
            start += size
            first += block.count(b"\n") + 1  # plus the line that _rest_of_line completes


def _rest_of_line(stream: BinaryIO) -> Iterator[bytes]:
    """The rest of a line in parts, because it may be too long for memory."""
    while part := stream.readline(CHUNK):
        yield part
        if part.endswith(b"\n"):
            return


def lines_of(stream: BinaryIO) -> Iterator[bytes]:
    """Lines one by one. A line that is too long for a profile is cut, but stays long enough to be refused."""
    while line := stream.readline(MAX_BYTES + 1):
        if not line.endswith(b"\n"):
            deque(_rest_of_line(stream), maxlen=0)
            line += b"\n"
        yield line


def chunks_in_stream(name: str, stream: BinaryIO) -> Iterator[Chunk]:
    """The chunks of lines in a stream, which is read once."""
    for first, lines in _groups(lines_of(stream)):
        yield Chunk(name=name, raw=b"".join(lines), first=first)


def chunks_of_contents(name: str, contents: Iterable[bytes]) -> Iterator[Chunk]:
    """The chunks of profiles given as bytes. Each profile is called by `name` and its number, from 1."""
    for first, group in _groups(contents):
        names = tuple(f"{name} {number}" for number in range(first, first + len(group)))
        yield Chunk(files=names, contents=tuple(group))


def _groups(items: Iterable[bytes]) -> Iterator[tuple[int, list[bytes]]]:
    """Groups of items with at least `CHUNK` bytes, each with the number of its first item. The last may be smaller."""
    group: list[bytes] = []
    first, size = 1, 0
    for item in items:
        group.append(item)
        size += len(item)
        if size >= CHUNK:
            yield first, group
            first, size, group = first + len(group), 0, []
    if group:
        yield first, group


def one_profile_each(chunk: Chunk) -> Iterator[Chunk]:
    """The profiles of a chunk that are not done yet, each as a chunk of its own."""
    for number, (name, raw) in enumerate(chunk.profiles()):
        if number < chunk.skip:
            continue
        if chunk.files:
            yield Chunk(files=(name,), contents=chunk.contents[number : number + 1])
        else:
            yield Chunk(name=chunk.name, raw=raw(), first=int(name.rpartition(" ")[2]))


def with_contents(chunk: Chunk) -> Chunk:
    """A chunk that holds its bytes, for a machine that does not have its files."""
    if chunk.files:
        return replace(chunk, contents=tuple(_content(path) for path in chunk.files))
    return chunk if chunk.raw is not None else replace(chunk, raw=_range(chunk.name, chunk.start, chunk.end))


def _content(path: str) -> bytes | None:
    try:
        return read_bytes(path)
    except InputRefused:  # the worker refuses the file in the same words
        return None


def remaining_chunks(
    all_chunks: Iterable[Chunk], written_lines: Iterable[bytes], audit: Callable[[Chunk], bytes]
) -> Iterator[Chunk]:
    """The chunks without their first profiles, whose lines are written already.

    `audit` gives the line of a chunk with one profile. It checks one written line of each chunk.
    Raises `OutputRefused` if the lines are about other profiles, or were written with other options or rules.
    """
    lines = iter(written_lines)
    line = next(lines, None)
    for chunk in all_chunks:
        if line is None:
            yield chunk
            continue
        done, checked, profiles = 0, False, list(one_profile_each(chunk))
        while line is not None and done < len(profiles):
            profile, result = profiles[done], json.loads(line)
            _refuse_other_profile(result, profile)
            if not checked and "errors" not in result:  # a profile that ended its process would end this one too
                checked = True
                if audit(profile) != line:
                    raise OutputRefused(
                        f"the lines there were made otherwise: {result['profile']} now comes to something else; "
                        "use the options and rules of then, or name another file"
                    )
            done, line = done + 1, next(lines, None)
        if done < len(profiles):
            yield replace(chunk, skip=done)
    if line is not None:
        raise OutputRefused("there are more lines there than profiles to audit; name another file")


def _refuse_other_profile(result: Mapping[str, Any], chunk: Chunk) -> None:
    """Raise `OutputRefused` if a result is not about the one profile of this chunk as it is now."""
    ((name, raw),) = chunk.profiles()
    if result["profile"] != name:
        raise OutputRefused(
            f"the lines there are of other profiles: {result['profile']!r} where {name!r} is to be audited; name another file"
        )
    if "profile_digest" in result and result["profile_digest"] != sha256(raw()).hexdigest():
        raise OutputRefused(f"{name} was changed since its line was written; name another file")

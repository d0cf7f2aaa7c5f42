"""Pieces of work: files, or lines of a file by the bytes where they begin and end, so that little travels."""

from collections.abc import Callable, Iterable, Iterator
from itertools import zip_longest
from pathlib import Path

from attrs import evolve, frozen

from engagecheck.documents import file_bytes
from engagecheck.errors import InputRefused

CHUNK = 1 << 20
"""Bytes of lines that are one piece of work."""
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
        if self.files:
            return sum(Path(path).stat().st_size for path in self.files if Path(path).is_file())
        return len(self.raw) if self.raw is not None else self.end - self.start

    def profiles(self) -> Iterator[tuple[str, Callable[[], bytes]]]:
        """The name of each profile, and how to get its bytes. Lines with nothing in them are none."""
        if self.files:
            for path, content in zip_longest(self.files, self.contents):
                yield path, lambda path=path, content=content: file_bytes(Path(path)) if content is None else content  # type: ignore[misc]
            return
        lines = self.raw if self.raw is not None else _range(self.name, self.start, self.end)
        for number, line in enumerate(lines.split(b"\n"), self.first):
            if line.strip():
                yield f"{self.name}, line {number}", lambda line=line: line  # type: ignore[misc]


def _range(path: str, start: int, end: int) -> bytes:
    with Path(path).open("rb") as file:
        file.seek(start)
        return file.read(end - start)


def chunks(sources: Iterable[str]) -> Iterator[Chunk]:
    """The pieces of work in files, folders and JSON Lines. Raises `InputRefused` for what is not there."""
    waiting: list[str] = []
    for source in sources:
        path = Path(source)
        if path.is_dir():
            waiting += sorted(str(one) for pattern in ("*.json", "*.xlsx") for one in path.glob(pattern) if one.is_file())
        elif path.suffix == ".jsonl":
            yield from _files(waiting)
            waiting = []
            yield from _ranges(path)
        elif path.is_file():
            waiting.append(source)
        else:
            raise InputRefused([f"{source}: there is no such file or folder; check the name"])
    yield from _files(waiting)


def _files(paths: list[str]) -> Iterator[Chunk]:
    for start in range(0, len(paths), FILES):
        yield Chunk(files=tuple(paths[start : start + FILES]))


def _ranges(path: Path) -> Iterator[Chunk]:
    """Ranges of whole lines, each with the number of its first line."""
    if not path.is_file():
        raise InputRefused([f"{path}: there is no such file; check the name"])
    start, first = 0, 1
    with path.open("rb") as file:
        while block := file.read(CHUNK):
            block += file.readline()
            yield Chunk(name=str(path), start=start, end=start + len(block), first=first)
            start += len(block)
            first += block.count(b"\n")


def of_stream(name: str, lines: Iterable[bytes]) -> Iterator[Chunk]:
    """The pieces of work in lines that come one by one."""
    held: list[bytes] = []
    size, first, number = 0, 1, 0
    for number, line in enumerate(lines, 1):
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
        return file_bytes(Path(path))
    except InputRefused:  # there it is refused as it would be here
        return None


def after(pieces: Iterable[Chunk], skip: int) -> Iterator[Chunk]:
    """The pieces of work without the first `skip` profiles."""
    for piece in pieces:
        if skip:
            count = sum(1 for _ in piece.profiles())
            if count <= skip:
                skip -= count
                continue
            piece, skip = evolve(piece, skip=skip), 0  # the one that is half done
        yield piece

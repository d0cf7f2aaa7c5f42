"""The one place that opens input files: it reads no more than a limit, and knows afterwards which files were read."""

import io
import os
import re
import select
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from pathlib import Path
from typing import Any, BinaryIO

from engagecheck.errors import InputRefused

MAX_BYTES = 20_000_000
"""The most bytes of a document, unless a kind of file needs more."""
PATIENCE = 5
"""How many seconds a named pipe is waited for that no other program has open."""
Identity = tuple[int, int] | str
State = tuple[Identity, int, int]
"""A file as it was at one time: its identity, the time of its last change and its size."""
_ABSENT: State = ("", 0, 0)
"""A file that was not there."""
_read: ContextVar[dict[str, State] | None] = ContextVar("_read", default=None)


@contextmanager
def remembered() -> Iterator[None]:
    """Remember which inputs are read, for the length of one command, so that none is replaced by an output."""
    token = _read.set({})
    try:
        yield
    finally:
        _read.reset(token)


def note(path: str | os.PathLike[str], state: State | None = None) -> None:
    """Remember that a file is an input of this command, as it was when it was first read."""
    known = _read.get()
    if known is not None:
        known.setdefault(_place(path), state or _state(path))


def note_absent(path: str | os.PathLike[str]) -> None:
    """Remember that there is no file of this name, so that the command makes it and replaces none."""
    note(path, _ABSENT)


def is_there(path: str | os.PathLike[str]) -> bool:
    """Whether there is a file of this name. If not, that is remembered, so that the command makes it and replaces none."""
    there = Path(path).exists()
    if not there:
        note_absent(path)
    return there


def was_absent(path: str | os.PathLike[str]) -> bool:
    """Whether there was no file of this name when this command looked, and it has not written one since."""
    return (_read.get() or {}).get(_place(path)) == _ABSENT


def note_written(path: str | os.PathLike[str]) -> None:
    """Remember an input as this command wrote it."""
    known = _read.get()
    if known is not None:
        known[_place(path)] = _state(path)


def is_input(path: str | os.PathLike[str]) -> bool:
    """Whether a file is an input of this command, by this or any other name."""
    return identity(path) in {read for read, _, _ in (_read.get() or {}).values()}


def has_changed(path: str | os.PathLike[str]) -> bool:
    """Whether somebody changed, replaced, removed or made a file since this command looked at it, if it did."""
    if was_absent(path):
        return os.path.lexists(path)
    before = (_read.get() or {}).get(_place(path))
    return before is not None and before != _state(path)


def _place(path: str | os.PathLike[str]) -> str:
    try:
        return os.path.realpath(path)
    except (OSError, ValueError):  # no file can have this name, or the current folder is gone
        return os.fspath(path)


def _state(path: str | os.PathLike[str]) -> State:
    with suppress(OSError, ValueError):
        status = Path(path).stat()
        return (status.st_dev, status.st_ino), status.st_mtime_ns, status.st_size
    return identity(path), 0, 0


def identity(path: str | os.PathLike[str]) -> Identity:
    """What is the same for all names of one file, links and hard links included."""
    try:
        status = Path(path).stat()
    except ValueError:  # no file can have this name
        return os.fspath(path)
    except OSError:
        with suppress(OSError):  # the current folder may be gone
            return os.path.realpath(path)
        return os.fspath(path)
    return status.st_dev, status.st_ino


def read_bytes(path: str | os.PathLike[str], limit: int = MAX_BYTES) -> bytes:
    """The bytes of a file. Raises `InputRefused` with one sentence if it cannot be read or is larger than the limit."""
    path = os.fspath(path) or repr("")
    try:
        if Path(path).is_dir():
            raise InputRefused([f"{path}: is a folder; name a file inside it"])
        with opened(path) as file:
            raw = file.read(limit + 1)
    except FileNotFoundError:
        raise InputRefused([f"{path}: there is no such file; check the name and the folder"]) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputRefused([f"{path}: cannot be read ({reason}); check that you can open it"]) from None
    return _within(raw, path, limit)


def opened(path: str | os.PathLike[str]) -> BinaryIO:
    """A file, or a named pipe, opened to be read. It is remembered as an input."""
    state = _state(path)  # before it is opened: who changes it from now on is noticed
    file: BinaryIO = io.BufferedReader(_Pipe(path)) if Path(path).is_fifo() else Path(path).open("rb")  # noqa: SIM115
    note(path, state)
    return file


class _Pipe(io.FileIO):
    """A named pipe. Opening it does not wait, and reading waits for its program; without one, it is refused."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        super().__init__(path, "rb", opener=lambda name, flags: os.open(name, flags | os.O_NONBLOCK))
        self.refused_at: float | None = time.monotonic() + PATIENCE

    def readinto(self, buffer: Any) -> int | None:
        while True:
            size = super().readinto(buffer)
            if size is None:  # a program has it open and has not written yet
                select.select([self], [], [])
            elif size or self.refused_at is None:
                self.refused_at = None
                return size
            elif time.monotonic() > self.refused_at:
                raise InputRefused([f"{self.name}: is a pipe into which no program writes; start that program, or name a file"])
            else:
                time.sleep(0.02)


def read_standard_input(limit: int = MAX_BYTES) -> bytes:
    """The bytes of standard input. Raises `InputRefused` if there are more than the limit."""
    return _within(sys.stdin.buffer.read(limit + 1), "standard input", limit)


def parse_toml(raw: bytes, name: str) -> tuple[dict[str, Any], str]:
    """The document and the text of a TOML file. Raises `InputRefused` with the place of the first mistake."""
    import tomllib

    try:
        text = raw.decode("utf-8-sig")
        return tomllib.loads(text), text
    except UnicodeDecodeError:
        raise InputRefused([f"{name}:1:1: the file is not UTF-8 text; save it as TOML in UTF-8"]) from None
    except tomllib.TOMLDecodeError as error:
        position = re.search(r"line (\d+), column (\d+)", str(error))
        last = text.rstrip().splitlines() or [""]
        line, column = (position[1], position[2]) if position else (str(len(last)), str(len(last[-1]) + 1))
        raise InputRefused([f"{name}:{line}:{column}: not TOML here: {str(error).partition(' (at')[0]}"]) from None
    except RecursionError:
        raise InputRefused([f"{name}: brackets are nested far too deep; a configuration needs three levels"]) from None
    except ValueError:  # Python reads no number of thousands of digits
        raise InputRefused([f"{name}: a number has thousands of digits; give the figure itself"]) from None


def _within(raw: bytes, name: str, limit: int) -> bytes:
    if len(raw) > limit:
        raise InputRefused([f"{name}: is larger than {limit // 1_000_000} MB and is not read; check that it is the right file"])
    return raw

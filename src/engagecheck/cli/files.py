"""The files that a command writes: none replaces an input, and each is whole."""

import errno
import glob
import os
import platform
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from tempfile import mkstemp
from typing import BinaryIO

from engagecheck.cli.parent import leave_if_another
from engagecheck.cli.say import echo_line
from engagecheck.errors import OutputRefused, UsageRefused
from engagecheck.inputs import PATIENCE, has_changed, identity, is_input, is_there, note_written, was_absent

if sys.platform != "win32":
    import fcntl


def may_write(path: Path, *, overwrite: bool = False) -> None:
    """Raise `OutputRefused` if the file exists and `overwrite` is not set. If it does not, it is made and replaces none."""
    if is_there(path) and not overwrite:
        raise OutputRefused(f"{path}: already exists; choose another name, or remove the file first")


def refuse_output(path: Path) -> None:
    """Raise `UsageRefused` for a file called "-", and for a file that is an input of this command, by any name."""
    if str(path) == "-":
        raise UsageRefused("no file can be called -; name a file, or leave the name out for standard output")
    if is_input(path):
        raise UsageRefused(f"{path}: is what this command reads, and is left as it is; name another file to write")


def write_file(path: Path, content: str | bytes, remark: str = "", *, is_private: bool = False) -> None:
    """Write a file whole or not at all, and say so."""
    write_whole(path, content, is_private=is_private)
    echo_line(f"Written: {path}{remark}")


def make_folder(path: Path) -> None:
    """Make a folder and those around it, unless it is there. Raises `OutputRefused` if that fails."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputRefused(f"{path}: the folder cannot be made ({error.strerror}); choose another place") from None


def write_whole(
    path: Path, content: str | bytes, *, replaces: Path | None = None, copies: Path | None = None, is_private: bool = False
) -> None:
    """Write a temporary file next to `path` and rename it, so that a reader sees the old file or the new one.

    A link is followed. A device or a pipe is written to and never replaced. Where the folder takes no new file, the file
    is written in place, and that is said. `replaces` is the input that is to be replaced, if one is. A file that was absent
    when this command looked replaces none. A new file gets the permissions of the one that it `copies`. Only its owner may
    read a file that `is_private`.
    Raises `UsageRefused` for any other input, and `OutputRefused` if that one has changed since it was read, or if writing
    fails.
    """
    leave_if_another()
    is_new = was_absent(path)
    if replaces is None or identity(path) != identity(replaces):
        refuse_output(path)
    content = content.encode() if isinstance(content, str) else content
    try:
        if path.is_symlink():
            with suppress(FileNotFoundError):
                path.stat()  # raises if links lead round in a circle
            path = Path(os.path.realpath(path))
        if path.exists() and not path.is_file() and not path.is_dir():
            with _opened(path) as file:
                file.write(content)
            return
        _remove_leftovers(path)
        with _held(path):
            if replaces is not None:
                refuse_changed(path)
            _replace(path, content, 0o600 if is_private else _mode(copies or path), is_new=is_new)
        if replaces is not None or is_new:
            note_written(path)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise OutputRefused(
            f"{path}: cannot be written ({reason}); check that the folder exists and that you can write there"
        ) from None


def refuse_changed(path: Path) -> None:
    """Raise `OutputRefused` if somebody changed or made a file since this command looked: what they wrote would be lost."""
    if has_changed(path):
        what = "made it meanwhile" if was_absent(path) else "changed it after it was read"
        raise OutputRefused(f"{path}: somebody {what}, so it is left as it is; give the command again")


@contextmanager
def _held(path: Path) -> Iterator[None]:
    """Hold a file while it is replaced, so that of two programs that read it only one replaces it. Windows has no such lock."""
    with ExitStack() as stack:
        if sys.platform != "win32" and path.is_file():
            with suppress(OSError):  # it may be written and not read, or its disk may know no locks
                fcntl.flock(stack.enter_context(path.open("rb")), fcntl.LOCK_EX)
        yield


def hold_open(file: BinaryIO, path: Path) -> None:
    """Hold a file that grows until it is closed, so that no other run adds to it. Windows has no such lock.

    Raises `OutputRefused` if another run holds it.
    """
    if sys.platform != "win32":
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise OutputRefused(f"{path}: another run is writing it; wait for that one, or name another file") from None
        except OSError:  # its disk may know no locks
            return


def _replace(path: Path, content: bytes, mode: int, *, is_new: bool) -> None:
    try:
        handle, temporary = mkstemp(dir=path.parent, prefix=f"{_prefix(path)}{os.getpid()}-")
    except PermissionError:
        if not path.is_file():
            raise
        path.write_bytes(content)
        said = f"{path}: written in place, as its folder takes no new file; a crash could have torn it"
        echo_line(said)
        return
    _write_and_rename(handle, Path(temporary), path, content, mode, is_new=is_new)


def _opened(path: Path) -> BinaryIO:
    """A device or a named pipe, opened to be written. Raises `OutputRefused` for a pipe that no program reads."""
    if not path.is_fifo():
        return path.open("wb")
    until = time.monotonic() + PATIENCE
    while True:
        try:
            pipe = os.open(path, os.O_WRONLY | os.O_NONBLOCK)
        except OSError as error:
            if error.errno != errno.ENXIO:
                raise
            if time.monotonic() > until:
                message = f"{path}: is a pipe from which no program reads; start that program, or name a file"
                raise OutputRefused(message) from None
            time.sleep(0.02)
        else:
            os.set_blocking(pipe, True)
            return os.fdopen(pipe, "wb")


def _write_and_rename(handle: int, temporary: Path, path: Path, content: bytes, mode: int, *, is_new: bool) -> None:
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(mode)
        if is_new:
            with suppress(OSError):  # it exists by now, or its disk knows no links
                os.link(temporary, path)  # unlike a rename, this replaces nothing
                temporary.unlink()
                return
            refuse_changed(path)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _prefix(path: Path) -> str:
    """How the temporary files of this machine for a file begin. The number of the process follows."""
    machine = sha256(platform.node().encode()).hexdigest()[:8]
    return f".{path.name[:100]}.engagecheck-{machine}-"


def _remove_leftovers(path: Path) -> None:
    """Remove the temporary files that processes left which were killed while they wrote this file."""
    for leftover in path.parent.glob(f"{glob.escape(_prefix(path))}*"):
        process = leftover.name.removeprefix(_prefix(path)).partition("-")[0]
        if process.isdecimal() and not _is_running(int(process)):
            with suppress(OSError):
                leftover.unlink()


def _is_running(process: int) -> bool:
    if sys.platform == "win32":
        return False  # a file that a process has open cannot be removed there
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True
    return True


def _mode(path: Path) -> int:
    """The permissions of the file at this path. If there is none, the ones that a new file gets."""
    if path.exists():
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask

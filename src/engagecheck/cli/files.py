"""Writing files: never over an input of the command, and whole or not at all."""

import glob
import os
import platform
import sys
from collections.abc import Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from tempfile import mkstemp
from typing import Any

from engagecheck.cli.say import echo
from engagecheck.errors import OutputRefused, UsageRefused
from engagecheck.inputs import identity, is_input, read_bytes
from engagecheck.intake.writing import write_document


def may_write(path: Path, *, overwrite: bool = False) -> None:
    """Raise `OutputRefused` if the file exists and `overwrite` is not set."""
    if path.exists() and not overwrite:
        raise OutputRefused(f"{path}: already exists; choose another name, or remove the file first")


def save_document(path: Path, document: Mapping[str, Any]) -> None:
    """Write a profile's document to its file, in the format of the file's suffix.

    A workbook is written again, without what people added to it, so its previous version is kept. Raises
    `OutputRefused` if the file cannot be written, and `UsageRefused` for an unknown suffix.
    """
    content = write_document(document, path)
    if path.suffix.lower() == ".xlsx" and path.exists():
        previous = path.with_name(f"{path.stem}.previous{path.suffix}")
        write_whole(previous, read_bytes(path))
        saved = f"Saved: {path}. The previous version is {previous}."
    else:
        saved = f"Saved: {path}"
    write_whole(path, content, replaces=path)
    echo(saved, err=True)


def refuse_output(path: Path) -> None:
    """Raise `UsageRefused` for a file called "-", and for a file that is an input of this command, by any name."""
    if str(path) == "-":
        raise UsageRefused("no file can be called -; name a file, or leave the name out for standard output")
    if is_input(path):
        raise UsageRefused(f"{path}: is what this command reads, and is left as it is; name another file to write")


def write_whole(path: Path, content: bytes, *, replaces: Path | None = None) -> None:
    """Write a temporary file next to `path` and rename it, so that a reader sees the old file or the new one.

    A link is followed. A device or a pipe is written to and never replaced. Where the folder takes no new file, the file
    is written in place, and that is said. `replaces` is the input that is to be replaced, if one is.
    Raises `UsageRefused` for any other input, and `OutputRefused` if writing fails.
    """
    if replaces is None or identity(path) != identity(replaces):
        refuse_output(path)
    try:
        if path.is_symlink():
            with suppress(FileNotFoundError):
                path.stat()  # raises if links lead round in a circle
            path = Path(os.path.realpath(path))
        if path.exists() and not path.is_file() and not path.is_dir():
            _write_into(path, content)
            return
        _remove_leftovers(path)
        try:
            handle, temporary = mkstemp(dir=path.parent, prefix=f"{_prefix(path)}{os.getpid()}-")
        except PermissionError:
            if not path.is_file():
                raise
            _write_into(path, content)
            echo(f"{path}: written in place, as its folder takes no new file; a crash could have torn it", err=True)
            return
        _write_and_rename(handle, Path(temporary), path, content)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise OutputRefused(
            f"{path}: cannot be written ({reason}); check that the folder exists and that you can write there"
        ) from None


def _write_into(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)


def _write_and_rename(handle: int, temporary: Path, path: Path, content: bytes) -> None:
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(_mode(path))
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
    for left in path.parent.glob(f"{glob.escape(_prefix(path))}*"):
        process = left.name.removeprefix(_prefix(path)).partition("-")[0]
        if process.isdecimal() and not _is_running(int(process)):
            with suppress(OSError):
                left.unlink()


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

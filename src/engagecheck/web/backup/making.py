"""A backup: a part with the rows of the database, and the files of evidence. Each part is named by its digest.

Django is not set up for it, because the tables may still be those of an earlier version.
"""

import os
import tempfile
import zipfile
from collections.abc import Iterator
from hashlib import file_digest
from pathlib import Path

from engagecheck.errors import InputRefused, OutputRefused, UsageRefused
from engagecheck.web.backup.rows import Entry, entries_of_file, entries_of_server, line_of
from engagecheck.web.database import database_for
from engagecheck.web.folder import DATABASE_VARIABLE, Folder, folder_path

_PIECE = 1 << 20


def back_up(path: Path | None, target: Path) -> int:
    """Write the database and the files of evidence of a folder into one new file. Returns the number of files of evidence.

    Raises `UsageRefused` if there is no database, or the target exists, `InputRefused` if a file of evidence is not right,
    and `OutputRefused` if the target cannot be written.
    """
    address = os.environ.get(DATABASE_VARIABLE, "").strip()
    folder = Folder(folder_path(path), "")
    if not (folder.path.exists() if address else folder.database.exists()):
        raise UsageRefused(f"{folder.path}: there is no workplace in this folder; name its folder with --folder")
    database_for(folder)
    if target.exists():
        raise UsageRefused(f"{target}: is there already; name a new file")
    try:
        with tempfile.TemporaryDirectory(dir=folder.path) as place:
            packed, rows = Path(place) / "backup.zip", Path(place) / "rows"
            names = _written(entries_of_server(address) if address else entries_of_file(folder.database), rows)
            with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
                archive.write(rows, f"rows/{_digest(rows)}")
                for name in names:
                    _checked(folder.path / name, name)
                    archive.write(folder.path / name, name)
            _moved(packed, target)
    except OSError as error:
        raise OutputRefused(f"{target}: the backup cannot be written ({error.strerror})") from None
    return len(names)


def _written(entries: Iterator[Entry], path: Path) -> list[str]:
    """Write the rows of a database into a file. Returns the names of the files of evidence that they have on record."""
    names = []
    with path.open("wb") as file:
        for entry in entries:
            file.write(line_of(entry))
            if entry.live_file:
                names.append(entry.live_file)
    return names


def _checked(path: Path, name: str) -> None:
    try:
        found = _digest(path)
    except OSError:
        raise InputRefused([f"{name}: this file of evidence is not in the folder; restore it from an earlier backup"]) from None
    if found != path.name:
        raise InputRefused([f"{name}: this file of evidence was changed; restore it from an earlier backup"])


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _moved(packed: Path, target: Path) -> None:
    """Copy the finished file next to its target and rename it there, so that a target is whole or not there."""
    beside = target.with_name(f"{target.name}.part")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as out, packed.open("rb") as source:
        for piece in iter(lambda: source.read(_PIECE), b""):
            out.write(piece)
        out.flush()
        os.fsync(out.fileno())
    beside.replace(target)

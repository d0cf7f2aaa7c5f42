"""A backup of a workplace in one file, also while it runs, and a workplace restored from it. It needs no Django.

The key is not part of it: whoever restores signs in again. Every file is checked against its digest on both ways.
"""

import os
import re
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from hashlib import sha256
from pathlib import Path

from engagecheck.errors import InputRefused, OutputRefused, UsageRefused
from engagecheck.web.dump import LIVE, dump, load
from engagecheck.web.folder import DATABASE_VARIABLE, Folder

DATABASE = "workplace.sqlite"
DUMP = "workplace.dump"
"""The database in a backup, if it is PostgreSQL."""
_FILE = re.compile(r"files/(\d{1,18})/([0-9a-f]{64})")
_PIECE = 1 << 20


def back_up(folder: Folder, target: Path) -> int:
    """Write the database and the files of evidence of a folder into one new file. Returns the number of files of evidence.

    Raises `UsageRefused` if there is no database, or the target exists, `InputRefused` if a file of evidence is not right,
    and `OutputRefused` if the target cannot be written.
    """
    address = os.environ.get(DATABASE_VARIABLE, "").strip()
    if not (address or folder.database.exists()):
        raise UsageRefused(f"{folder.path}: there is no workplace in this folder; name its folder with --folder")
    if target.exists():
        raise UsageRefused(f"{target}: is there already; name a new file")
    try:
        with tempfile.TemporaryDirectory(dir=folder.path) as place:
            packed, copy = Path(place) / "backup.zip", Path(place) / (DUMP if address else DATABASE)
            live = dump(address, copy) if address else _copied(folder, copy)
            names = [f"files/{organisation}/{digest}" for organisation, digest in live]
            with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
                archive.write(copy, copy.name)
                for name in names:
                    _checked(folder.path / name, name)
                    archive.write(folder.path / name, name)
            _moved(packed, target)
    except sqlite3.DatabaseError as error:
        raise InputRefused([f"{folder.database}: cannot be read as the database ({error})"]) from None
    except OSError as error:
        raise OutputRefused(f"{target}: the backup cannot be written ({error.strerror})") from None
    return len(names)


def _copied(folder: Folder, copy: Path) -> list[tuple[int, str]]:
    """Copy the SQLite file. Returns which files of evidence the copy has on record."""
    with closing(sqlite3.connect(folder.database)) as source, closing(sqlite3.connect(copy)) as into:
        source.backup(into)
        into.execute("PRAGMA journal_mode=DELETE")  # so that one file is all of it
        return into.execute(LIVE).fetchall()


def _checked(path: Path, name: str) -> None:
    try:
        with path.open("rb") as file:
            found = _digest(file)
    except OSError:
        raise InputRefused([f"{name}: this file of evidence is not in the folder; restore it from an earlier backup"]) from None
    if found != path.name:
        raise InputRefused([f"{name}: this file of evidence was changed; restore it from an earlier backup"])


def _digest(file: object) -> str:
    digest = sha256()
    for piece in iter(lambda: file.read(_PIECE), b""):  # type: ignore[attr-defined]
        digest.update(piece)
    return digest.hexdigest()


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


def restore(source: Path, folder: Folder) -> int:
    """Restore a backup into a folder that has no database yet. Returns the number of files of evidence.

    Raises `UsageRefused` if the folder has one, and `InputRefused` if the file is no backup or is damaged.
    """
    if folder.database.exists() or folder.files.exists():
        raise UsageRefused(f"{folder.path}: has a workplace already; name a new folder with --folder")
    address = os.environ.get(DATABASE_VARIABLE, "").strip()
    with _opened(source) as archive, tempfile.TemporaryDirectory(dir=folder.path) as place:
        database = Path(place) / (DUMP if DUMP in archive.namelist() else DATABASE)
        names = [name for name in archive.namelist() if name != database.name]
        if database.name not in archive.namelist() or not all(map(_FILE.fullmatch, names)):
            raise InputRefused([f"{source}: is not a backup of a workplace"])
        if (database.name == DUMP) != bool(address):
            kind = "PostgreSQL; name an empty one in" if database.name == DUMP else "SQLite; leave out"
            raise UsageRefused(f"{source}: its database is {kind} {DATABASE_VARIABLE}")
        for name in (database.name, *names):
            _extracted(archive, name, Path(place) / name, source)
        live = load(address, database) if address else _wanted(database, source)
        if set(names) != {f"files/{organisation}/{digest}" for organisation, digest in live}:
            raise InputRefused([f"{source}: files of evidence are missing or too many; use another backup"])
        if names:
            (Path(place) / "files").replace(folder.files)
        if not address:
            database.replace(folder.database)  # last, because a folder counts as a workplace by its database
    return len(names)


@contextmanager
def _opened(source: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(source) as archive:
            yield archive
    except FileNotFoundError:
        raise InputRefused([f"{source}: there is no such file; check the name and the folder"]) from None
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, EOFError):
        raise InputRefused([f"{source}: is not a backup of a workplace, or is damaged"]) from None
    except OSError as error:
        raise InputRefused([f"{source}: cannot be restored ({error.strerror})"]) from None


def _extracted(archive: zipfile.ZipFile, name: str, path: Path, source: Path) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    digest = sha256()
    with archive.open(name) as packed, path.open("wb") as file:
        for piece in iter(lambda: packed.read(_PIECE), b""):
            digest.update(piece)
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    if _FILE.fullmatch(name) and digest.hexdigest() != path.name:
        raise InputRefused([f"{source}: a file of evidence in it was changed; use another backup"])


def _wanted(database: Path, source: Path) -> list[tuple[int, str]]:
    """Which files of evidence an SQLite file has on record. Raises `InputRefused` if it is damaged."""
    try:
        with closing(sqlite3.connect(database)) as opened:
            if opened.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                raise sqlite3.DatabaseError
            return opened.execute(LIVE).fetchall()
    except sqlite3.DatabaseError:
        raise InputRefused([f"{source}: the database in it is damaged; use another backup"]) from None

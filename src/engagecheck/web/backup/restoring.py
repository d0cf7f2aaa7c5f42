"""A workplace from a backup. Everything is checked before anything of it counts, and a refused backup leaves nothing behind."""

import os
import re
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import file_digest
from pathlib import Path

from attrs import evolve

from engagecheck.errors import InputRefused, UsageRefused
from engagecheck.web.backup.rows import MIGRATIONS, Entry, entries_in
from engagecheck.web.folder import DATABASE_VARIABLE, Folder, folder_path, open_folder

_PART = re.compile(r"(?:rows|files/\d{1,18})/[0-9a-f]{64}")
Migrations = set[tuple[str, str]]


def restore(source: Path, path: Path | None) -> tuple[Folder, int]:
    """Restore a backup into a folder that has no workplace yet. Returns the folder and the number of files of evidence.

    Raises `UsageRefused` if the folder or the database has one, and `InputRefused` if the file is no backup or is damaged.
    """
    place = folder_path(path)
    if Folder(place, "").database.exists() or Folder(place, "").files.exists():
        raise UsageRefused(f"{place}: has a workplace already; name a new folder with --folder")
    with _opened(source) as archive:
        rows, files = _parts(archive, source)
        migrations = _checked(archive, rows, files, source)
        with _made(place) as folder, tempfile.TemporaryDirectory(dir=folder.path) as aside:
            made = evolve(folder, path=Path(aside))
            archive.extractall(made.path, files)
            _fill(made, migrations, _entries(archive, rows), folder, source)
    return folder, len(files)


def _fill(made: Folder, migrations: Migrations, entries: Iterator[Entry], folder: Folder, source: Path) -> None:
    """Fill the database, and put the files and an SQLite file in their places."""
    from engagecheck.web.server import configure

    configure(made)
    from engagecheck.web.backup.filling import filled

    with filled(migrations, entries, str(source)):
        if made.files.exists():
            made.files.replace(folder.files)
    if not os.environ.get(DATABASE_VARIABLE, "").strip():
        made.database.replace(folder.database)  # last, because a folder counts as a workplace by its database


@contextmanager
def _opened(source: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(source) as archive:
            yield archive
    except FileNotFoundError:
        raise InputRefused([f"{source}: there is no such file; check the name and the folder"]) from None
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, EOFError, zlib.error):
        raise InputRefused([f"{source}: is not a backup of a workplace, or is damaged"]) from None
    except OSError as error:
        raise InputRefused([f"{source}: cannot be restored ({error.strerror})"]) from None


@contextmanager
def _made(path: Path) -> Iterator[Folder]:
    """The data folder. What is new in it goes away again if the backup is refused."""
    was_there, had_key = path.exists(), (path / "key").exists()
    try:
        yield open_folder(path)
    except BaseException:
        shutil.rmtree(path / "files", ignore_errors=True)
        with suppress(OSError):
            if not had_key:
                (path / "key").unlink(missing_ok=True)
            if not was_there:
                path.rmdir()
        raise


def _parts(archive: zipfile.ZipFile, source: Path) -> tuple[str, list[str]]:
    """The name of the part with the rows, and the names of the files of evidence, each with the digest that it is called by."""
    names = archive.namelist()
    rows = [name for name in names if name.startswith("rows/")]
    is_locked = any(one.flag_bits & 1 for one in archive.infolist())
    if is_locked or len(rows) != 1 or len(set(names)) != len(names) or not all(map(_PART.fullmatch, names)):
        raise InputRefused([f"{source}: is not a backup of a workplace"])
    for name in names:
        with archive.open(name) as part:
            if file_digest(part, "sha256").hexdigest() != name.rpartition("/")[2]:  # type: ignore[arg-type]
                what = "the database" if name == rows[0] else "a file of evidence"
                raise InputRefused([f"{source}: {what} in it was changed; use another backup"])
    return rows[0], [name for name in names if name != rows[0]]


def _entries(archive: zipfile.ZipFile, rows: str) -> Iterator[Entry]:
    with archive.open(rows) as lines:
        yield from entries_in(lines)


def _checked(archive: zipfile.ZipFile, rows: str, files: list[str], source: Path) -> Migrations:
    """The migrations by which its tables were made. Raises `InputRefused` if rows or files of evidence do not fit."""
    migrations, live = Migrations(), set()
    try:
        for entry in _entries(archive, rows):
            if entry.table.name == MIGRATIONS and entry.row:
                migrations.add((str(entry.by_name["app"]), str(entry.by_name["name"])))
            live.add(entry.live_file)
    except (ValueError, TypeError, KeyError):
        raise InputRefused([f"{source}: the database in it cannot be read; use another backup"]) from None
    if live - {""} != set(files):
        raise InputRefused([f"{source}: files of evidence are missing or too many; use another backup"])
    return migrations

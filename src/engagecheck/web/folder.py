"""The data folder: where the database and the key are, open to nobody else on this machine."""

import os
import secrets
from pathlib import Path

from attrs import frozen
from platformdirs import user_data_path

from engagecheck.errors import UsageRefused

KEY_VARIABLE = "ENGAGECHECK_SECRET_KEY"
"""The environment variable with the key that signs sessions. Without it, the key is a file of the folder."""
DATABASE_VARIABLE = "ENGAGECHECK_DATABASE"
"""The environment variable with the address of a PostgreSQL database. It may hold a password, so no argument takes it."""
_KEY_BYTES = 50


@frozen
class Folder:
    """An open data folder, and the key that signs sessions."""

    path: Path
    key: str

    @property
    def database(self) -> Path:
        """The SQLite file."""
        return self.path / "workplace.sqlite"

    @property
    def files(self) -> Path:
        """The folder with the files of evidence."""
        return self.path / "files"

    @property
    def errors(self) -> Path:
        """The file with the faults of the program itself."""
        return self.path / "errors.log"


def folder_path(path: Path | None) -> Path:
    """The path of a data folder, by default that of the platform."""
    return (path or user_data_path("engagecheck", appauthor=False)).absolute()


def open_folder(path: Path | None = None) -> Folder:
    """Open a data folder, by default that of the platform. Make it, and its key, if it is not there.

    Raises `UsageRefused` if it cannot be made, is not a folder, or others on this machine may read it.
    """
    path = folder_path(path)
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        _refuse_open_to_others(path, "chmod 700")
        return Folder(path, _key_of_environment() or _key(path / "key"))
    except OSError as error:
        raise UsageRefused(f"{path}: cannot be the data folder ({error.strerror}); name another with --folder") from None


def _key_of_environment() -> str:
    key = os.environ.get(KEY_VARIABLE, "")
    if key and len(key) < _KEY_BYTES:
        raise UsageRefused(f"{KEY_VARIABLE}: this key is too short; it needs {_KEY_BYTES} characters")
    return key


def _key(path: Path) -> str:
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        _refuse_open_to_others(path, "chmod 600")
    else:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(_KEY_BYTES))
    key = path.read_text("ascii", errors="replace").strip()
    if len(key) < _KEY_BYTES:
        raise UsageRefused(f"{path}: this key is too short; delete the file, and everyone signs in again")
    return key


def _refuse_open_to_others(path: Path, remedy: str) -> None:
    if os.name == "posix" and path.stat().st_mode & 0o077:
        raise UsageRefused(f"{path}: others on this machine may open it; first run: {remedy} {path}")

"""Consent to run the plugins that a configuration names which was merely found.

It is kept in the user's own configuration folder, by the real path and the digest of each folder: whatever changes in the
folder asks again. No environment variable says where that is, so none can give consent.
"""

import json
import os
import sys
from errno import ENOTSUP
from hashlib import sha256
from pathlib import Path

from engagecheck.errors import InputRefused, UsageRefused
from engagecheck.inputs import read_bytes


def place() -> Path:
    """The file that holds what this user trusts. Raises `UsageRefused` if the user has no home folder."""
    if sys.platform == "win32":
        return Path.home() / "AppData" / "Roaming" / "engagecheck" / "trusted.json"
    import pwd

    try:
        home = Path(pwd.getpwuid(os.getuid()).pw_dir)
    except KeyError:
        raise UsageRefused("this user has no home folder to keep consent in; name the configuration with --config") from None
    folder = home / "Library" / "Application Support" if sys.platform == "darwin" else home / ".config"
    return folder / "engagecheck" / "trusted.json"


def is_trusted(folder: str) -> bool:
    """Whether this user trusts the folder as it is now. A folder that nobody trusted is not even read."""
    known = trusted().get(os.path.realpath(folder))
    try:
        return known is not None and known == _digest(folder)
    except OSError:
        return False


def trusted() -> dict[str, str]:
    """The digests of the folders that this user trusts, by their real paths. A file that cannot be read trusts nothing."""
    try:
        known = json.loads(read_bytes(place()))
    except (InputRefused, UsageRefused, ValueError):
        return {}
    return known if isinstance(known, dict) else {}


def with_folder(folder: str) -> bytes:
    """The content of the file with one more folder, as it is now. Raises `UsageRefused` if there is no such folder."""
    if not Path(folder).is_dir():
        raise UsageRefused(f"plugin trust {folder}: there is no such folder")
    try:
        known = {**trusted(), os.path.realpath(folder): _digest(folder)}
    except OSError as error:
        text = f"plugin trust {folder}: {error.filename} cannot be read ({error.strerror}); trust a smaller folder"
        raise UsageRefused(text) from None
    return (json.dumps(known, indent=1, sort_keys=True) + "\n").encode()


def _digest(folder: str) -> str:
    """The digest of all that is in a folder and below, also of what Python made there: it would run that without a question."""
    lines = []
    for path in sorted(Path(folder).rglob("*")):
        if path.is_symlink() and path.is_dir():
            raise OSError(ENOTSUP, "it is a link to another folder", str(path))  # its files may change unseen
        content = sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
        lines.append(f"{path.relative_to(folder)}\0{content}\n")
    return sha256("".join(lines).encode("utf-8", "surrogateescape")).hexdigest()

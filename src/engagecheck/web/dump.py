"""A PostgreSQL database as one file, and back, by PostgreSQL's own programs. It needs no Django."""

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

from engagecheck.errors import InputRefused, OutputRefused, UsageRefused

LIVE = "SELECT organisation_id, sha256 FROM workplace_storedfile WHERE removed_at IS NULL ORDER BY 1, 2"
"""Which files of evidence a database has on record."""
_TABLES = "SELECT count(*) FROM information_schema.tables WHERE table_schema = current_schema()"


def dump(address: str, target: Path) -> list[tuple[int, str]]:
    """Write a database into a file. Returns which files of evidence it has on record at the very same moment.

    Raises `UsageRefused` if the database or `pg_dump` is not there, and `OutputRefused` if it fails.
    """
    import psycopg

    try:
        with psycopg.connect(address, connect_timeout=10) as connection:
            connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            files = connection.execute(LIVE).fetchall()
            for (snapshot,) in connection.execute("SELECT pg_export_snapshot()"):
                _run(address, "pg_dump", "--format=custom", f"--snapshot={snapshot}", f"--file={target}")
    except psycopg.Error as error:
        raise UsageRefused(f"the database cannot be read ({_said(str(error))})") from None
    return files


def load(address: str, source: Path) -> list[tuple[int, str]]:
    """Fill an empty database from a file, all of it or nothing. Returns which files of evidence it has on record.

    Raises `UsageRefused` if the database is not empty or not there, or `pg_restore` is missing.
    """
    import psycopg

    try:
        with psycopg.connect(address, connect_timeout=10) as connection:
            if connection.execute(_TABLES).fetchone() != (0,):
                raise UsageRefused("the database of ENGAGECHECK_DATABASE is not empty; name a new one")
        _run(address, "pg_restore", "--exit-on-error", "--single-transaction", str(source))
        with psycopg.connect(address, connect_timeout=10) as connection:
            return list(connection.execute(LIVE).fetchall())
    except psycopg.Error as error:
        raise UsageRefused(f"the database cannot be used ({_said(str(error))})") from None


def _run(address: str, name: str, *options: str) -> None:
    """Run one of PostgreSQL's programs. The password goes by the environment, because everybody can read arguments."""
    from psycopg.conninfo import conninfo_to_dict, make_conninfo

    program = shutil.which(name)
    if program is None:
        raise UsageRefused(f"{name} is not installed; it comes with PostgreSQL (on Debian: apt-get install postgresql-client)")
    given: dict[str, Any] = conninfo_to_dict(address)
    environment = {**os.environ, "PGPASSWORD": str(given.pop("password", ""))}
    place = ["--no-owner", "--no-privileges", f"--dbname={make_conninfo(**given)}"]
    done = subprocess.run([program, *place, *options], capture_output=True, text=True, env=environment, check=False)  # noqa: S603
    if done.returncode and name == "pg_dump":
        raise OutputRefused(f"the backup cannot be made ({_said(done.stderr)})")
    if done.returncode:
        raise InputRefused([f"the database in the backup cannot be restored ({_said(done.stderr)})"])


def _said(text: str) -> str:
    return " ".join(text.split())[:300]

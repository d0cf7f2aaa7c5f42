"""The rows of a database as lines of JSON, the same for SQLite and PostgreSQL, as they are at one moment.

A table begins with a line that is an object: its name, its columns, and the last number that it gave out. Each row is a list.
"""

import json
import re
import sqlite3
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from attrs import frozen

from engagecheck.errors import InputRefused, UsageRefused
from engagecheck.web.folder import DATABASE_VARIABLE

SESSIONS = "django_session"
"""The table whose rows stay out: without the key, no session is good."""
MIGRATIONS, FILES = "django_migrations", "workplace_storedfile"
_BYTES = "base64"
_NAME = re.compile(r"[a-z_]\w*", re.ASCII)
_TABLES_OF_FILE = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name"
_TABLES_OF_SERVER = (
    "SELECT table_name FROM information_schema.tables "
    "WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' ORDER BY table_name"
)
_LAST_OF_SERVER = "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = current_schema()"


@frozen
class Table:
    """A table. `last` is the last number that it gave out, which no new row may get again; 0 if it gives out none."""

    name: str
    columns: Sequence[str]
    last: int


@frozen
class Entry:
    """A row of a table, or the table itself, before its rows."""

    table: Table
    row: Sequence[Any] | None = None

    @property
    def by_name(self) -> dict[str, Any]:
        """The row with the names of its columns; empty for a table itself."""
        return dict(zip(self.table.columns, self.row, strict=True)) if self.row else {}

    @property
    def live_file(self) -> str:
        """The name of the file of evidence that this row has on record. Empty for any other."""
        row = self.by_name if self.table.name == FILES else {}
        return f"files/{row['organisation_id']}/{row['sha256']}" if row and row["removed_at"] is None else ""


def entries_of_file(path: Path) -> Iterator[Entry]:
    """What an SQLite file holds. Raises `InputRefused` if it is damaged."""
    try:
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("BEGIN")  # what is saved from now on is not seen
            if connection.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                raise sqlite3.DatabaseError("it is damaged")
            last = dict(connection.execute("SELECT name, seq FROM sqlite_sequence"))
            for (name,) in connection.execute(_TABLES_OF_FILE).fetchall():
                cursor = connection.execute(_select(name))
                table = Table(name, [one[0] for one in cursor.description], last.get(name, 0))
                yield Entry(table)
                for row in cursor:
                    yield Entry(table, row)
    except sqlite3.DatabaseError as error:
        raise InputRefused([f"{path}: cannot be read as the database ({error})"]) from None


def entries_of_server(address: str) -> Iterator[Entry]:
    """What a PostgreSQL database holds. Raises `UsageRefused` if it cannot be read."""
    import psycopg
    from psycopg.types.string import TextLoader

    try:
        with psycopg.connect(address, connect_timeout=10) as connection:
            connection.isolation_level, connection.read_only = psycopg.IsolationLevel.REPEATABLE_READ, True
            connection.adapters.register_loader("jsonb", TextLoader)  # JSON is text in SQLite
            last: dict[str, int] = dict(connection.execute(_LAST_OF_SERVER).fetchall())
            for (name,) in connection.execute(_TABLES_OF_SERVER).fetchall():
                with connection.cursor("rows") as cursor:
                    cursor.execute(_select(name))
                    table = Table(name, [one.name for one in cursor.description or ()], last.get(f"{name}_id_seq") or 0)
                    yield Entry(table)
                    for row in cursor:
                        yield Entry(table, [_as_in_sqlite(one) for one in row])
    except psycopg.Error as error:
        said = " ".join(str(error).split())[:300]
        raise UsageRefused(f"the database of {DATABASE_VARIABLE} cannot be read ({said})") from None


def _select(name: str) -> str:
    return f'SELECT * FROM "{name}"{" WHERE 1 = 0" if name == SESSIONS else ""} ORDER BY 1'  # noqa: S608  # a name that the database says


def _as_in_sqlite(value: Any) -> Any:
    """A value of PostgreSQL as Django writes it into SQLite."""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, datetime):
        return str(value.astimezone(UTC).replace(tzinfo=None))
    return value.isoformat() if isinstance(value, date) else value


def line_of(entry: Entry) -> bytes:
    """An entry as a line."""
    if entry.row is None:
        value: Any = {"table": entry.table.name, "columns": entry.table.columns, "last": entry.table.last}
    else:
        value = [{_BYTES: b64encode(one).decode()} if isinstance(one, bytes) else one for one in entry.row]
    return json.dumps(value, ensure_ascii=False).encode() + b"\n"


def entries_in(lines: Iterable[bytes]) -> Iterator[Entry]:
    """The entries in lines. Raises `ValueError` for what is none."""
    table = Table("", (), 0)
    for value in map(json.loads, lines):
        if isinstance(value, list) and len(value) == len(table.columns):
            yield Entry(table, [b64decode(one[_BYTES]) if isinstance(one, dict) else one for one in value])
        elif isinstance(value, dict) and all(_NAME.fullmatch(one) for one in (value["table"], *value["columns"])):
            table = Table(value["table"], value["columns"], int(value["last"]))
            yield Entry(table)
        else:
            raise ValueError(table.name)

"""An empty database, filled with the rows of a backup. The migrations that the backup had make its tables."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import groupby
from typing import Any

from django.db import DatabaseError, DataError, IntegrityError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from engagecheck.errors import InputRefused, UsageRefused
from engagecheck.web.backup.rows import Entry, Table
from engagecheck.web.database import database_name


@contextmanager
def filled(migrations: set[tuple[str, str]], entries: Iterable[Entry], source: str) -> Iterator[None]:
    """Fill the database. It stays empty if this, or what is done inside, fails.

    Raises `UsageRefused` if it is not empty or cannot be used, and `InputRefused` if the rows do not fit into the tables.
    """
    is_file = connection.vendor == "sqlite"
    try:
        if connection.introspection.table_names():
            raise UsageRefused(f"{database_name(connection.settings_dict)} is not empty; name a new one")
        if is_file:
            _make_tables(migrations, source)  # not in a transaction, says SQLite; its file is thrown away if this fails
        with transaction.atomic():
            if not is_file:
                _make_tables(migrations, source)
            _put(entries, source)
            yield
    except (IntegrityError, DataError):
        raise InputRefused([f"{source}: rows in it do not go together; use another backup"]) from None
    except DatabaseError as error:
        said = " ".join(str(error).split())
        raise UsageRefused(f"{database_name(connection.settings_dict)}: cannot be used ({said})") from None
    finally:
        connection.close()


def _make_tables(migrations: set[tuple[str, str]], source: str) -> None:
    executor = MigrationExecutor(connection)
    if migrations - executor.loader.disk_migrations.keys():
        raise InputRefused([f"{source}: was made by a later version of engagecheck; install that version"])
    executor.migrate(sorted(dict(sorted(migrations)).items()))  # the last of each app
    if executor.recorder.applied_migrations().keys() != migrations:
        raise InputRefused([f"{source}: migrations are missing in it; use another backup"])


def _put(entries: Iterable[Entry], source: str) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")  # rows may come before those that they lead to
        cursor.execute("DELETE FROM django_migrations")  # theirs come with the other rows
        missing = set(connection.introspection.table_names(cursor))
        for table, group in groupby(entries, lambda one: one.table):
            kinds = _kinds(cursor, table.name) if table.name in missing else {}
            if not kinds or sorted(table.columns) != sorted(kinds):
                raise InputRefused([f"{source}: its table {table.name} is not one of the workplace; use another backup"])
            missing.remove(table.name)
            booleans = [kinds[name] == "BooleanField" for name in table.columns]
            statement = _insert(table)
            for entry in group:
                if entry.row:
                    cells = zip(entry.row, booleans, strict=True)
                    cursor.execute(statement, [bool(cell) if is_boolean else cell for cell, is_boolean in cells])
            _go_on_after(cursor, table)
        if missing:
            raise InputRefused([f"{source}: its tables {', '.join(sorted(missing))} are missing; use another backup"])


def _kinds(cursor: Any, name: str) -> dict[str, str]:
    """The kind of each column of a table."""
    described = connection.introspection.get_table_description(cursor, name)
    return {one.name: connection.introspection.get_field_type(one.type_code, one) for one in described}


def _insert(table: Table) -> str:
    names, places = ", ".join(f'"{name}"' for name in table.columns), ", ".join("%s" for _ in table.columns)
    return f'INSERT INTO "{table.name}" ({names}) VALUES ({places})'  # noqa: S608  # names of tables that are there


def _go_on_after(cursor: Any, table: Table) -> None:
    """No new row gets the number of one that was deleted."""
    if table.last and connection.vendor == "sqlite":
        cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table.name])
        cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table.name, table.last])
    elif table.last:
        cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [table.name, table.last])

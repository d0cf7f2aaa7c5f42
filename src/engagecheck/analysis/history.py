"""The history of audits: reports in an append-only store, each row with the digest of the row before it.

The store is SQLite by default, or PostgreSQL by URL, with the same statements. A report is on disk once `add` returns.
"""

import json
import os
import re
import sqlite3
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import msgspec
from attrs import astuple, evolve, frozen
from msgspec import to_builtins

from engagecheck.analysis.chain import START, Removal, Row, faults, row_digest
from engagecheck.errors import InputRefused, OutputRefused, UsageRefused, VerificationFailed, needs_extra
from engagecheck.inputs import note
from engagecheck.model.report import Report

URLS = ("postgresql://", "postgres://")
_SERVER = re.compile(
    r"(?P<scheme>postgres(?:ql)?://)(?:[\w.~-]+(?::(?:[\w.~!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*)?@)?"
    r"(?P<shown>(?:[\w.-]+|\[[0-9A-Fa-f:]+\])?(?::\d{1,5})?(?:/[\w-]*)?)(?:\?(?:[\w.=&/+-]|%[0-9A-Fa-f]{2})*)?"
)
"""A server's address in which nothing can be mistaken for something else, so that no part of a password is ever shown."""
_NO_FILE = re.compile(
    r"\s*$|[^\w/\\.~]*(:|[A-Za-z][\w+.-]+:)|.*://|.*\b(host|hostaddr|port|dbname|user|password|passfile|service)\s*=",
    re.IGNORECASE | re.DOTALL,
)
"""What is no file: nothing, a name that SQLite keeps in memory, an address, also in quotes, or a connection string."""
EMPTY = "there is no history here; record a report first, or name the place with --store"
NOTHING_ADDED = "nothing is recorded after it; engagecheck history verify says what else"
WAIT = 60
"""The time in seconds that a writer waits for other writers."""
_LOCK = 7_203_481_120_194
_TABLE = """
CREATE TABLE IF NOT EXISTS engagecheck_history (
    number BIGINT PRIMARY KEY,
    subject TEXT NOT NULL,
    name TEXT NOT NULL,
    as_of TEXT NOT NULL,
    report_digest TEXT NOT NULL,
    previous TEXT NOT NULL,
    row_digest TEXT NOT NULL,
    content TEXT NOT NULL
)"""
_ALL = "SELECT number, subject, name, as_of, report_digest, previous, row_digest, content FROM engagecheck_history"
_INSERT = "INSERT INTO engagecheck_history VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
_REPLACE = "UPDATE engagecheck_history SET content = ? WHERE number = ?"


@frozen
class Recorded:
    """The row of a recorded report, whether it is new, and the head of the chain, which is the digest of the last row."""

    row: Row
    is_new: bool
    head: str


def default_place() -> str:
    """The default path of the history, in the platform's folder for application data."""
    try:
        home = Path.home()
    except RuntimeError:
        raise UsageRefused("this user has no home folder to keep the history in; name a file with --store") from None
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA", home / "AppData" / "Local"))
    elif sys.platform == "darwin":
        base = home / "Library" / "Application Support"
    else:
        base = Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share")
    return str(base / "engagecheck" / "history.sqlite")


class Store:
    """A store of reports at a path or a URL.

    Raises `UsageRefused` for a place that is neither. Methods raise `OutputRefused` if the store cannot be written, and
    `InputRefused` if it cannot be read.
    """

    def __init__(self, place: str) -> None:
        self.place = place
        self.is_server = place.startswith(URLS)
        address = _SERVER.fullmatch(place)
        self.shown = f"{address['scheme']}{address['shown']}" if address else place
        if self.is_server and not address:
            raise UsageRefused("--store: this address cannot be read; write / ? # @ % in a password as %2F %3F %23 %40 %25")
        if not self.is_server and _NO_FILE.match(place):
            raise UsageRefused("--store: name a file, or a server as postgresql://USER@HOST/DATABASE")

    def add(self, report: Report, *, although_altered: bool = False) -> Recorded:
        """Record a report, unless it is recorded already.

        Raises `VerificationFailed` if any row was removed or altered, unless that is known and it is to be added all the same.
        """
        content = json.dumps(to_builtins(report), ensure_ascii=False)
        try:
            with self._transaction() as run:
                rows = [_row(values) for values in run(f"{_ALL} ORDER BY number", ())]
                if not although_altered and (fault := next(faults(rows), None)):
                    raise VerificationFailed(f"{self.shown}: {fault}; {NOTHING_ADDED}")
                previous = rows[-1].row_digest if rows else START
                for row in rows:
                    if row.report_digest == report.report_digest:
                        row.refuse_if_removed()
                        return Recorded(row, False, previous)
                subject = report.subject.ods_code or report.subject.name
                number = max((row.number for row in rows), default=0) + 1
                row = Row(number, subject, report.subject.name, report.as_of, report.report_digest, previous, "", content)
                row = evolve(row, row_digest=row_digest(row))
                run(_INSERT, astuple(row))
                if [_row(values) for values in run(f"{_ALL} ORDER BY number", ())] != [*rows, row]:  # a trigger can do that
                    raise OutputRefused(f"{self.shown}: this store does not keep what is recorded in it; name another --store")
        except _errors() as error:
            raise OutputRefused(f"{self.shown}: the report could not be recorded ({self._reason(error)})") from None
        return Recorded(row, True, row.row_digest)

    def remove(self, number: int, by: str, reason: str, on: date) -> None:
        """Remove the report in a row for good, such as one that names a patient. Its digest, who, when and why stay.

        Raises `VerificationFailed` if any row was altered, and `InputRefused` without such a report, a role or a reason.
        """
        if not (by and reason):
            raise InputRefused(["say which role removes the report, and why"])
        try:
            with self._transaction() as run:
                rows = [_row(values) for values in run(f"{_ALL} ORDER BY number", ())]
                if fault := next(faults(rows), None):
                    raise VerificationFailed(f"{self.shown}: {fault}; nothing is removed from it")
                if not (row := next((one for one in rows if one.number == number and not one.removal), None)):
                    raise InputRefused([f"{self.shown}: number {number} has no report that could be removed"])
                removal = Removal(sha256(row.content.encode()).hexdigest(), by, on.isoformat(), reason)
                run(_REPLACE, (msgspec.json.encode(removal).decode(), number))
                if not any(_row(values).removal == removal for values in run(f"{_ALL} WHERE number = ?", (number,))):
                    raise OutputRefused(f"{self.shown}: this store keeps what is to be removed; look for a trigger in it")
        except _errors() as error:
            raise OutputRefused(f"{self.shown}: the report could not be removed ({self._reason(error)})") from None

    def rows(self) -> list[Row]:
        """All rows, the oldest first. Reading needs no permission to write."""
        if not self.is_server and not Path(self.place).exists():
            raise InputRefused([f"{self.place}: {EMPTY}"])
        try:
            with closing(self._server() if self.is_server else self._file(must_exist=True)) as connection:
                return [_row(values) for values in connection.execute(f"{_ALL} ORDER BY number").fetchall()]
        except _errors() as error:
            reason = self._reason(error)
            if "engagecheck_history" in reason and ("no such table" in reason or "does not exist" in reason):
                raise InputRefused([f"{self.shown}: {EMPTY}"]) from None
            raise InputRefused([f"{self.shown}: the history could not be read ({reason})"]) from None

    def _reason(self, error: Exception) -> str:
        """The text of an error of a library, unless it repeats a password."""
        text = " ".join(str(error).split())[:200]
        secrets = []
        if self.is_server:
            url = urlsplit(self.place)
            secrets = [unquote(url.password or ""), url.password or "", *parse_qs(url.query).get("password", ())]
        return type(error).__name__ if not text or any(secret and secret in text for secret in secrets) else text

    def sound_rows(self, head: str | None = None) -> list[Row]:
        """All rows, the oldest first. Raises `VerificationFailed` if a row was removed or altered, or `head` is no row's."""
        rows = self.rows()
        fault = next(faults(rows, head), None)
        if fault:
            raise VerificationFailed(f"{self.shown}: {fault}; engagecheck history verify says what else")
        return rows

    @contextmanager
    def _transaction(self) -> Iterator[Any]:
        """Give a function that runs a statement and returns its rows, in one transaction that locks out other writers."""
        connection = self._server() if self.is_server else self._file()
        try:
            if self.is_server:
                connection.execute("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
            else:
                connection.execute("BEGIN IMMEDIATE")
            connection.execute(_TABLE)

            def run(statement: str, values: Sequence[Any]) -> list[Any]:
                cursor = connection.execute(statement.replace("?", "%s") if self.is_server else statement, tuple(values))
                return list(cursor.fetchall()) if cursor.description else []

            yield run
            connection.commit()
        except BaseException:
            connection.rollback()
            raise
        finally:
            connection.close()

    def _file(self, *, must_exist: bool = False) -> sqlite3.Connection:
        note(self.place)
        if must_exist:
            # SQLite itself opens a write-protected file for reading only. Any other it may have to repair: a writer that
            # was killed leaves half a transaction, and "mode=ro" would refuse the file until the next writer comes.
            return sqlite3.connect(f"{Path(self.place).absolute().as_uri()}?mode=rw", uri=True, timeout=WAIT)
        try:
            Path(self.place).parent.mkdir(mode=0o700, parents=True, exist_ok=True)  # reports have what is kept private
            path = Path(self.place).absolute()  # the current folder may be gone
        except OSError as error:
            raise OutputRefused(f"{self.place}: the folder cannot be made ({error.strerror}); name another --store") from None
        connection = sqlite3.connect(path, timeout=WAIT, isolation_level=None)
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA secure_delete = ON")  # zeros take the place of a report that is removed
        return connection

    def _server(self) -> Any:
        with needs_extra("postgres", self.shown):
            import psycopg
        return psycopg.connect(self.place, connect_timeout=10)


def _row(values: Sequence[Any]) -> Row:
    """A row of the table. A value of a wrong type becomes 0 or its `repr`, so that its digest does not fit."""
    number, *texts = values
    return Row(number if isinstance(number, int) else 0, *(text if isinstance(text, str) else repr(text) for text in texts))


def _errors() -> tuple[type[Exception], ...]:
    psycopg = sys.modules.get("psycopg")
    return (sqlite3.Error, *((psycopg.Error,) if psycopg else ()))

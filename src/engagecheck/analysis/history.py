"""The history of audits: reports in an append-only store, each row with the digest of the row before it.

SQLite by default, PostgreSQL by URL, with the same statements. What is acknowledged is on disk. A row that was removed or
altered breaks the chain; that the last ones were cut off shows only to whoever has noted the head of the chain.
"""

import json
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from attrs import astuple, evolve, frozen

from engagecheck.analysis.saved import read
from engagecheck.audit.run import digest
from engagecheck.errors import InputRefused, OutputRefused, UsageRefused, VerificationFailed
from engagecheck.model.digests import digest_of
from engagecheck.model.report import Report, as_json

URLS = ("postgresql://", "postgres://")
EXTRA = "this needs the extra 'postgres': python -m pip install 'engagecheck[postgres]'"
EMPTY = "there is no history here; record a report first, or name the place with --store"
NOTHING_ADDED = "nothing is recorded after it; engagecheck history verify says what else"
START = "0" * 64
WAIT = 60
"""Seconds that a writer waits for the others."""
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


@frozen
class Row:
    """One recorded report. `previous` is the digest of the row before it."""

    number: int
    subject: str
    name: str
    as_of: str
    report_digest: str
    previous: str
    row_digest: str
    content: str

    def report(self) -> Report:
        """The report that was recorded. Raises `InputRefused` for one of another schema, or none at all."""
        return read(self.content.encode(), f"number {self.number} of the history")


@frozen
class Recorded:
    """What came of recording: the report's row, whether it is new, and the digest of the last row, the head of the chain."""

    row: Row
    is_new: bool
    head: str


def default_place() -> str:
    """Where the history is kept unless somebody says otherwise: the platform's folder for a program's data."""
    home = Path.home()
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA", home / "AppData" / "Local"))
    elif sys.platform == "darwin":
        base = home / "Library" / "Application Support"
    else:
        base = Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share")
    return str(base / "engagecheck" / "history.sqlite")


class Store:
    """A place that keeps reports. Raises `OutputRefused` where it cannot be written, `InputRefused` where not read."""

    def __init__(self, place: str) -> None:
        self.place = place
        self.is_server = place.startswith(URLS)
        if not place.strip() or ("://" in place and not self.is_server):
            raise UsageRefused(f"--store {self.shown!r}: name a file, or a server as postgresql://…")

    @property
    def shown(self) -> str:
        """The place without a password in it."""
        if "://" not in self.place:
            return self.place
        from urllib.parse import urlsplit

        try:
            found = urlsplit(self.place)
        except ValueError:
            return f"{self.place.partition(':')[0]}://…"
        return f"{found.scheme}://{found.netloc.rpartition('@')[2]}{found.path}"

    def add(self, report: Report) -> Recorded:
        """Record a report; one that is recorded already is not recorded twice.

        Raises `VerificationFailed` where its row, or the last one, was altered: nothing is chained to what is not sound.
        """
        content = json.dumps(as_json(report), ensure_ascii=False)
        try:
            with self._transaction() as run:
                known = run(f"{_ALL} WHERE report_digest = ?", (report.report_digest,))
                last = run(f"{_ALL} ORDER BY number DESC LIMIT 1", ())
                for row in (_row(found) for found in (*known, *last)):
                    if row.row_digest != row_digest(row) or not _tells_its_report(row):
                        raise VerificationFailed(f"{self.shown}: row {row.number} was altered; {NOTHING_ADDED}")
                if known:
                    return Recorded(_row(known[0]), False, last[0][6])
                number, previous = (last[0][0] + 1, last[0][6]) if last else (1, START)
                subject = report.subject.ods_code or report.subject.name
                row = Row(number, subject, report.subject.name, report.as_of, report.report_digest, previous, "", content)
                row = evolve(row, row_digest=row_digest(row))
                run(_INSERT, astuple(row))
        except _errors() as error:
            raise OutputRefused(f"{self.shown}: the report could not be recorded ({_reason(error)})") from None
        return Recorded(row, True, row.row_digest)

    def rows(self) -> list[Row]:
        """Everything recorded, the oldest row first. Reading needs no right to write."""
        if not self.is_server and not Path(self.place).exists():
            raise InputRefused([f"{self.place}: {EMPTY}"])
        try:
            connection = self._server() if self.is_server else self._file(read_only=True)
            try:
                return [_row(found) for found in connection.execute(f"{_ALL} ORDER BY number").fetchall()]
            finally:
                connection.close()
        except _errors() as error:
            reason = _reason(error)
            if "engagecheck_history" in reason and ("no such table" in reason or "does not exist" in reason):
                raise InputRefused([f"{self.shown}: {EMPTY}"]) from None
            raise InputRefused([f"{self.shown}: the history could not be read ({reason})"]) from None

    def sound_rows(self) -> list[Row]:
        """Everything recorded. Raises `VerificationFailed` where a row was removed or altered, so that nobody relies on it."""
        rows = self.rows()
        found = list(faults(rows))
        if found:
            raise VerificationFailed(f"{self.shown}: {found[0]}; engagecheck history verify says what else")
        return rows

    @contextmanager
    def _transaction(self) -> Iterator[Any]:
        """A function that runs a statement and gives its rows; nobody else writes meanwhile, and all of it counts or none."""
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

    def _file(self, *, read_only: bool = False) -> Any:
        import sqlite3

        if read_only:
            return sqlite3.connect(f"{Path(self.place).absolute().as_uri()}?mode=ro", uri=True, timeout=WAIT)
        try:
            Path(self.place).parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OutputRefused(f"{self.place}: the folder cannot be made ({error.strerror}); name another --store") from None
        connection = sqlite3.connect(self.place, timeout=WAIT, isolation_level=None)
        connection.execute("PRAGMA synchronous = FULL")
        return connection

    def _server(self) -> Any:
        try:
            import psycopg
        except ImportError:
            raise UsageRefused(f"{self.shown}: {EXTRA}") from None
        return psycopg.connect(self.place, connect_timeout=10)


def _row(found: Sequence[Any]) -> Row:
    """A row as it was found; what should be text and is none is made text, so that its digest does not fit."""
    number, *texts = found
    return Row(number, *(text if isinstance(text, str) else repr(text) for text in texts))


def row_digest(row: Row) -> str:
    """The digest of a row: it covers the row before it, so that none can be removed or altered unseen."""
    inside = digest_of(row.content.encode())
    covered = [row.number, row.subject, row.name, row.as_of, row.report_digest, row.previous, inside]
    return digest_of(json.dumps(covered).encode())


def faults(rows: Sequence[Row], head: str | None = None) -> Iterator[str]:
    """What is wrong with a history, in sentences; `head` is the digest of a row that was the last one once."""
    previous = START
    for expected, row in enumerate(rows, 1):
        if row.number != expected:
            yield f"row {expected} is missing"
            return
        if row.previous != previous:
            yield f"row {row.number} does not follow from the row before it"
        if row.row_digest != row_digest(row):
            yield f"row {row.number} was altered"
        elif not _tells_its_report(row):
            yield f"row {row.number} does not say what its report says"
        previous = row.row_digest
    if head is not None and head not in [row.row_digest for row in rows]:
        yield "no row is the one that was noted as the head: rows were cut off or replaced"


def _tells_its_report(row: Row) -> bool:
    try:
        document = json.loads(row.content)
        subject = document["subject"]
        told = (document["as_of"], subject["name"], subject["ods_code"] or subject["name"], document["report_digest"])
        return told == (row.as_of, row.name, row.subject, row.report_digest) and digest(document) == row.report_digest
    except (ValueError, TypeError, KeyError, RecursionError):
        return False


def _errors() -> tuple[type[Exception], ...]:
    import sqlite3

    psycopg = sys.modules.get("psycopg")
    return (sqlite3.Error, *((psycopg.Error,) if psycopg else ()))


def _reason(error: Exception) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__

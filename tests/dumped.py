"""A filled workplace as the first migration kept it, in a database of its own, and the rows of any workplace."""

import json
import lzma
import sqlite3
from contextlib import closing
from hashlib import sha256
from pathlib import Path

from engagecheck.web.folder import DATABASE_VARIABLE

FIXTURES = Path(__file__).parent / "web" / "fixtures"
KEPT_FILES = (b"minutes of the board", b"minutes of the board, corrected", b"%PDF-1.7 a report")
_SERVER_TABLES = "SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'"
_FILE_TABLES = "SELECT name FROM sqlite_schema WHERE type = 'table'"


class Workplace:
    """A data folder and the database that an environment names."""

    def __init__(self, folder, environment):
        self.folder, self.environment = folder, environment
        self.address = environment.get(DATABASE_VARIABLE)

    @property
    def place(self):
        return self.address or str(self.folder / "workplace.sqlite")

    def opened(self):
        if self.address:
            import psycopg

            return psycopg.connect(self.address)
        return closing(sqlite3.connect(self.place))

    def run(self, *statements):
        with self.opened() as connection:
            for one in statements:
                connection.execute(one)
            connection.commit()

    def tables(self):
        """The rows of each table, each by the names of its columns."""
        found = {}
        with self.opened() as connection:
            for (name,) in connection.execute(_SERVER_TABLES if self.address else _FILE_TABLES).fetchall():
                cursor = connection.execute(f'SELECT * FROM "{name}"')  # noqa: S608
                titles = [one[0] for one in cursor.description]
                found[name] = [dict(zip(titles, row, strict=True)) for row in cursor.fetchall()]
        return found


class Dumped(Workplace):
    """The filled dump with its files of evidence. `before` are its rows."""

    def __init__(self, folder, environment):
        super().__init__(folder, environment)
        folder.mkdir(mode=0o700)
        text = lzma.decompress((FIXTURES / f"first.{'postgresql' if self.address else 'sqlite'}.sql.xz").read_bytes()).decode()
        if self.address:
            self.run(text)
        else:
            with self.opened() as connection:
                connection.executescript(text)
        self.before = self.tables()
        kept = {sha256(content).hexdigest(): content for content in KEPT_FILES}
        for row in self.before["workplace_storedfile"]:
            if not row["removed_at"]:
                path = folder / "files" / str(row["organisation_id"]) / row["sha256"]
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(kept[row["sha256"]])

    def document(self, pk):
        """The profile of an assessment, as it was in the dump."""
        from engagecheck.web.answers.places import plain

        (text,) = (one["document"] for one in self.before["workplace_assessment"] if one["id"] == pk)
        return plain(json.loads(text))

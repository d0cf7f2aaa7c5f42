"""Published tables as they come: CSV, and sheets of xlsx and ods files. Read by the names of their columns."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import PurePath

from attrs import frozen

from engagecheck.errors import InputRefused, UsageRefused
from engagecheck.intake import archives
from engagecheck.model.digests import digest_of

MOST = 60_000_000
DEEPEST_HEADER = 30
CHANGED = "this is another kind of file, or its layout has changed; nothing was taken over"
Row = list[str]


@frozen
class SourceFile:
    """A file to import from: its name without the folder, its bytes, and their digest."""

    name: str
    raw: bytes
    digest: str

    @classmethod
    def of(cls, path: str, raw: bytes) -> "SourceFile":
        """The file at a path."""
        return cls(PurePath(path).name, raw, digest_of(raw))

    @property
    def is_workbook(self) -> bool:
        """Whether it is an xlsx or ods file rather than text."""
        return self.raw.startswith(archives.SIGNATURE)

    def text(self) -> str:
        """The file as text: UTF-8 or, as older official files are, Windows-1252. Raises `InputRefused`."""
        if len(self.raw) > MOST:
            raise InputRefused([f"{self.name}: the file is larger than {MOST // 1_000_000} MB; cut it down to what is wanted"])
        if self.is_workbook or b"\x00" in self.raw[:1000]:
            raise InputRefused([f"{self.name}: this is no text file; save the table as CSV"])
        try:
            return self.raw.decode("utf-8-sig")
        except UnicodeDecodeError:
            return self.raw.decode("cp1252", "replace")

    def sheets(self) -> dict[str, list[Row]]:
        """The rows of each sheet by its name; those of a CSV file under "". Every cell is text, dates as 2023-02-14."""
        if not self.is_workbook:
            try:
                return {"": [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(self.text(), newline=""))]}
            except csv.Error as error:
                raise InputRefused([f"{self.name}: cannot be read as CSV ({error}); save the table as CSV again"]) from None
        try:
            archives.looked_over(self.raw, most=MOST)
        except archives.UnsafeArchive as refused:
            raise InputRefused([f"{self.name}: {refused}"]) from None
        try:
            from python_calamine import CalamineError, CalamineWorkbook
        except ImportError:
            raise UsageRefused(f"{self.name}: {archives.EXTRA}") from None
        try:
            book = CalamineWorkbook.from_filelike(io.BytesIO(self.raw))
            return {
                name: [[_text(cell) for cell in row] for row in book.get_sheet_by_name(name).to_python()]
                for name in book.sheet_names
            }
        except (CalamineError, ValueError, OSError) as error:
            raise InputRefused([f"{self.name}: cannot be read as a spreadsheet ({error}); open it and save it again"]) from None

    def table(self, *wanted: str | tuple[str, ...], sheet: str | None = None) -> "Table":
        """The table with the wanted columns, on the sheet of that name or on the first that has them; as `tables` does."""
        return self.tables(*wanted, sheet=sheet)[0]

    def tables(self, *wanted: str | tuple[str, ...], sheet: str | None = None) -> "list[Table]":
        """The tables of all sheets that have the wanted columns (or of one sheet); at least one.

        A column may have one of several names. Its row of names need not be the first one. Raises `InputRefused`,
        naming the column that is missing.
        """
        sheets = self.sheets()
        if sheet is not None and self.is_workbook:
            if sheet not in sheets:
                raise InputRefused([f"{self.name}: there is no sheet called {sheet}: {CHANGED}"])
            sheets = {sheet: sheets[sheet]}
        found = [_table(name, rows, wanted) for name, rows in sheets.items()]
        best = min(found, key=lambda table: len(table.missing))
        if best.missing:
            where = f" of the sheet {best.sheet}" if best.sheet else ""
            raise InputRefused([f"{self.name}: the column {best.missing[0]!r}{where} is missing: {CHANGED}"])
        return [table for table in found if not table.missing]


@frozen
class Table:
    """Rows below a row of names. `missing`: wanted columns that are not there."""

    sheet: str
    columns: Mapping[str, int]
    rows: Sequence[Row]
    missing: tuple[str, ...] = ()

    def __iter__(self) -> Iterator[dict[str, str]]:
        """Each row that is not empty, by the names of its columns."""
        for row in self.rows:
            if any(row):
                yield {name: row[place] if place < len(row) else "" for name, place in self.columns.items()}


def _table(sheet: str, rows: Sequence[Row], wanted: Sequence[str | tuple[str, ...]]) -> Table:
    """The table of a sheet: its names stand in the row, among the first, that has most of the wanted ones."""
    choices = [(one,) if isinstance(one, str) else one for one in wanted]
    best = Table(sheet, {}, (), tuple(names[0] for names in choices))
    for number, row in enumerate(rows[:DEEPEST_HEADER]):
        columns: dict[str, int] = {}
        for place, cell in enumerate(row):
            if cell:
                columns.setdefault(cell, place)
        places = {cell.lower(): place for cell, place in columns.items()}
        found = {names[0]: next((places[name.lower()] for name in names if name.lower() in places), None) for names in choices}
        missing = tuple(name for name, place in found.items() if place is None)
        if len(missing) < len(best.missing):
            known = {name: place for name, place in found.items() if place is not None}
            best = Table(sheet, {**columns, **known}, rows[number + 1 :], missing)
    return best


def _text(cell: object) -> str:
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()

"""A published file as an importer sees it: the rows of its sheets, found by the names of their columns."""

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from engagecheck.errors import InputRefused

DEEPEST_HEADER = 30
"""Rows at the top of a sheet among which the row of column names must be."""
CHANGED = "this is another kind of file, or its layout has changed; nothing was taken over"
Row = list[str]


class Table(Struct, frozen=True):
    """The rows below a row of column names. `missing` are wanted columns that are not there."""

    sheet: str
    columns: Mapping[str, int]
    rows: Sequence[Row]
    missing: tuple[str, ...] = ()

    def __iter__(self) -> Iterator[dict[str, str]]:
        """Each row that is not empty, by the names of its columns."""
        for row in self.rows:
            if any(row):
                yield {name: row[place] if place < len(row) else "" for name, place in self.columns.items()}


class SourceFile(Struct, frozen=True):
    """A file to import from: its name without the folder, the digest of its bytes, and the rows of each sheet.

    A CSV file has one sheet, called "". Every cell is text, and dates are written as 2023-02-14.
    """

    name: str
    digest: str
    sheets: Mapping[str, Sequence[Row]]

    def table(self, *wanted: str | tuple[str, ...], sheet: str | None = None) -> Table:
        """The table with the wanted columns, on the sheet of that name or on the first that has them. Raises as `tables`."""
        return self.tables(*wanted, sheet=sheet)[0]

    def tables(self, *wanted: str | tuple[str, ...], sheet: str | None = None) -> list[Table]:
        """The tables of all sheets that have the wanted columns (or of one sheet); at least one.

        A column may have one of several names. The row of names need not be the first one. Raises `InputRefused`,
        naming the column that is missing.
        """
        sheets = self.sheets
        if sheet is not None and "" not in sheets:
            if sheet not in sheets:
                raise InputRefused([f"{self.name}: there is no sheet called {sheet}: {CHANGED}"])
            sheets = {sheet: sheets[sheet]}
        tables = [_table(name, rows, wanted) for name, rows in sheets.items()]
        best = min(tables, key=lambda table: len(table.missing))
        if best.missing:
            where = f" of the sheet {best.sheet}" if best.sheet else ""
            raise InputRefused([f"{self.name}: the column {best.missing[0]!r}{where} is missing: {CHANGED}"])
        return [table for table in tables if not table.missing]


def _table(sheet: str, rows: Sequence[Row], wanted: Sequence[str | tuple[str, ...]]) -> Table:
    """The table of a sheet. Its column names are in the row, among the first, that has most of the wanted ones."""
    choices = [(one,) if isinstance(one, str) else one for one in wanted]
    best = Table(sheet, {}, (), tuple(names[0] for names in choices))
    for number, row in enumerate(rows[:DEEPEST_HEADER]):
        columns: dict[str, int] = {}
        for place, cell in enumerate(row):
            if cell:
                columns.setdefault(cell, place)
        places = {cell.lower(): place for cell, place in columns.items()}
        matches = {
            names[0]: next((places[name.lower()] for name in names if name.lower() in places), None) for names in choices
        }
        missing = tuple(name for name, place in matches.items() if place is None)
        if len(missing) < len(best.missing):
            known = {name: place for name, place in matches.items() if place is not None}
            best = Table(sheet, {**columns, **known}, rows[number + 1 :], missing)
    return best

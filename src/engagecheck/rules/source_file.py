"""A published file as an importer sees it: the rows of its tables, found by the names of their columns."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice

from msgspec import Struct, field

from engagecheck.errors import InputRefused

DEEPEST_HEADER = 30
"""Rows at the top of a sheet among which the row of column names must be."""
NAMED = 5
"""Rows that could not be read and are named one by one. The others are counted."""
OTHERS = "others"
Head = tuple[str, list["Numbered"]]
"""The name of a sheet and its first rows."""
Row = list[str]
Column = str | tuple[str, ...]
"""A column by its name, or by one of several names. The first one is used for it."""
Numbered = tuple[int, Row]
"""A row with its number in the sheet. Rows without any content are left out."""
Sheets = Iterator[tuple[str, Iterator[Numbered]]]
"""The name and the rows of each sheet. A sheet is passed over when the next one is asked for."""


class OtherKind(InputRefused):
    """Raised when a file is not of the kind that an importer reads."""


class Reading(Struct, frozen=True):
    """One way to read a file. A text file has one for each separator. `notes` say what was recognised."""

    open: Callable[[], Sheets]
    notes: tuple[str, ...] = ()


class Record(Struct, frozen=True):
    """A row of a table, by the names of its columns. `where` is its place in the file, for messages."""

    where: str
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def get(self, column: str, default: str = "") -> str:
        """The cell of a column, or the default if the table has no such column."""
        return self.cells.get(column, default)


class Table(Struct, frozen=True):
    """The rows below a row of column names, which can be read once. `missing` are wanted columns that are not there.

    `width` is how many columns a row of a text table may fill, or 0 for a sheet, where every cell has its place.
    """

    where: str
    sheet: str
    columns: Mapping[str, int]
    rows: Iterable[Numbered] = ()
    missing: tuple[str, ...] = ()
    width: int = 0

    def __iter__(self) -> Iterator[Record]:
        """The rows by the names of their columns. Columns that were asked for have the name that was asked for.

        Raises `InputRefused` for a row of a text table that is wider than the row of names, as its cells may be misplaced.
        """
        columns = list(self.columns.items())
        for number, row in self.rows:
            width = len(row)
            if self.width and any(row[self.width :]):
                wide = f"there are {width} columns here and {self.width} in the row of column names"
                quoting = "put cells that hold a separator in double quotation marks, or save the table as .xlsx"
                raise InputRefused([f"{self.where}row {number}: {wide}; {quoting}"])
            yield Record(f"{self.where}row {number}", {name: row[place] if place < width else "" for name, place in columns})


class SourceFile(Struct, frozen=True):
    """A file to import from: its name without the folder, the digest of its bytes, and the ways to read it.

    Every cell is text. Dates of spreadsheets are written as 2023-02-14 and shares as 45%. The user is told of the `notes`,
    and of the first of the rows that are `unread`, with how many there are.
    """

    name: str
    digest: str
    readings: Sequence[Reading]
    notes: list[str] = field(default_factory=list)
    unread: dict[str, int] = field(default_factory=dict)
    heads: dict[int, list[Head]] = field(default_factory=dict)

    def note(self, text: str) -> None:
        """Tell the user what was recognised in the file, once."""
        if text not in self.notes:
            self.notes.append(text)

    def leave_out(self, where: str, why: str) -> None:
        """Count a row that cannot be read, and keep its place if it is one of the first."""
        line = f"{where}: {why}" if len(self.unread) < NAMED else OTHERS
        self.unread[line] = self.unread.get(line, 0) + 1

    def look_over(self) -> None:
        """Read the first rows of each sheet, so that a source that does not fit can say so at once."""
        for place, reading in enumerate(self.readings):
            for _ in self._opened(place, reading) if place not in self.heads else ():
                pass

    def rows(self) -> Iterator[Numbered]:
        """The rows of the first sheet, for a file without column names."""
        reading = self.readings[0]
        for text in reading.notes:
            self.note(text)
        for _, rows in reading.open():
            yield from rows
            return

    def table(self, *wanted: Column, optional: Sequence[Column] = (), sheet: str | None = None) -> Table:
        """The first table that has the wanted columns. Raises as `tables`."""
        return next(self.tables(*wanted, optional=optional, sheet=sheet))

    def tables(self, *wanted: Column, optional: Sequence[Column] = (), sheet: str | None = None) -> Iterator[Table]:
        """The tables of all sheets that have the wanted columns, one after the other; at least one.

        A column may have one of several names, in any case and with any blanks. The row of names need not be the first
        one. `sheet` is the only sheet that counts, in a file that has several. Raises `OtherKind` if a column is missing,
        and `InputRefused` if two columns have the same name.
        """
        closest: Table | None = None
        for place, reading in enumerate(self.readings):
            found = False
            # A file that was read in vain for another source is not opened again.
            if place in self.heads and not any(self._fits(one, wanted, sheet) for one in self.heads[place]):
                sheets: Iterable[tuple[str, Iterator[Numbered]]] = ((name, iter(head)) for name, head in self.heads[place])
            else:
                sheets = self._opened(place, reading)
            for name, rows in sheets:
                if not _is_called(name, sheet):
                    continue
                table = _table(self.name, name, rows, wanted, optional)
                if not table.missing:
                    for text in () if found else reading.notes:
                        self.note(text)
                    found = True
                    yield table
                elif closest is None or len(table.missing) < len(closest.missing):
                    closest = table
            if found:
                return
        if closest is None:
            raise OtherKind([f"{self.name}: there is no sheet called {sheet}"])
        where = f" in the sheet {closest.sheet}" if closest.sheet else ""
        raise OtherKind([f"{self.name}: there is no column called {closest.missing[0]}{where}"])

    def _opened(self, place: int, reading: Reading) -> Iterator[tuple[str, Iterator[Numbered]]]:
        """The sheets of one reading. Their first rows are kept once all sheets are read."""
        heads: list[Head] = []
        for name, rows in reading.open():
            head = list(islice(rows, DEEPEST_HEADER))
            heads.append((name, head))
            yield name, chain(head, rows)
        self.heads[place] = heads

    def _fits(self, head: Head, wanted: Sequence[Column], sheet: str | None) -> bool:
        return _is_called(head[0], sheet) and not _table(self.name, head[0], iter(head[1]), wanted, ()).missing


def _is_called(name: str, wanted: str | None) -> bool:
    """Whether a sheet has the wanted name. A text file has one sheet, without a name."""
    return wanted is None or not name or plain(name) == plain(wanted)


def plain(name: str) -> str:
    """A column's or sheet's name without what may differ: case, blanks, no-break spaces and line breaks."""
    return "".join(name.split()).casefold()


def _table(file: str, sheet: str, rows: Iterator[Numbered], wanted: Sequence[Column], optional: Sequence[Column]) -> Table:
    """The table of a sheet. Its column names are in the row, among the first, that has most of the wanted ones."""
    choices = [(one,) if isinstance(one, str) else one for one in wanted]
    others = [(one,) if isinstance(one, str) else one for one in optional]
    where = f"{file}: {f'sheet {sheet}, ' if sheet else ''}"
    best = Table(where, sheet, {}, (), tuple(names[0] for names in choices))
    head = list(islice(rows, DEEPEST_HEADER))
    for position, (number, row) in enumerate(head):
        places = {plain(cell): place for place, cell in reversed(list(enumerate(row))) if cell}
        known = {names[0]: _place(places, names) for names in choices}
        missing = tuple(name for name, place in known.items() if place < 0)
        if len(missing) < len(best.missing):
            if not missing:
                _refuse_the_same_name_twice(where, number, row)
            known |= {names[0]: _place(places, names) for names in others if _place(places, names) >= 0}
            rest = {" ".join(row[place].split()): place for place in places.values() if place not in known.values()}
            in_order = dict(sorted({**rest, **known}.items(), key=lambda column: column[1]))
            best = Table(where, sheet, in_order, chain(head[position + 1 :], rows), missing, 0 if sheet else len(row))
    return best


def _place(places: Mapping[str, int], names: Sequence[str]) -> int:
    """The place of the column with one of these names, or -1."""
    return next((places[plain(name)] for name in names if plain(name) in places), -1)


def _refuse_the_same_name_twice(where: str, number: int, row: Row) -> None:
    first: dict[str, int] = {}
    for place, cell in enumerate(row):
        earlier = first.setdefault(plain(cell), place) if cell else place
        if earlier != place:
            one, other = letters(earlier), letters(place)
            both = f"the columns {one} and {other} are both called {cell!r}"
            raise InputRefused([f"{where}row {number}: {both}; rename or delete one of the two"])


def letters(place: int) -> str:
    """The letters of a column, from its position: 0 is A, 26 is AA."""
    text = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        text = chr(65 + rest) + text
    return text

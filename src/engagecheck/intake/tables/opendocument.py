"""OpenDocument spreadsheets as a stream of rows, in little memory however large the sheet is."""

import io
import zipfile
import zlib
from collections import deque
from collections.abc import Iterator
from typing import Any
from xml.parsers import expat

from engagecheck.errors import InputRefused
from engagecheck.intake import archives
from engagecheck.intake.tables import limits
from engagecheck.rules.source_file import Numbered, Row, Sheets, letters

CHUNK = 1 << 17
TABLE, ROW, PARAGRAPH, REMARK = "table:table", "table:table-row", "text:p", "office:annotation"
CELLS = frozenset(("table:table-cell", "table:covered-table-cell"))
BLANKS = {"text:tab": " ", "text:line-break": "\n"}


def sheets(raw: bytes, name: str) -> Sheets:
    """The name and the rows of each sheet. Raises `InputRefused` if the file is damaged, or as `Events`."""
    events = Events(name, _chunks(raw, name))
    while (sheet := _guarded(events.next_sheet, name)) is not None:
        yield sheet, _rows(events, name)


def _rows(events: "Events", name: str) -> Iterator[Numbered]:
    while (row := _guarded(events.next_row, name)) is not None:
        yield row


def _guarded(read: Any, name: str) -> Any:
    try:
        return read()
    except (expat.ExpatError, zipfile.BadZipFile, zlib.error, EOFError, KeyError, OSError, ValueError, NotImplementedError):
        raise InputRefused([f"{name}: {archives.DAMAGED}"]) from None


def _chunks(raw: bytes, name: str) -> Iterator[bytes]:
    size = 0
    with zipfile.ZipFile(io.BytesIO(raw)) as archive, archive.open("content.xml") as content:
        while chunk := content.read(CHUNK):
            size += len(chunk)
            if size > limits.MAX_UNPACKED:
                limits.too_large(name, f"the file unpacks to more than {limits.MAX_UNPACKED // 1_000_000} MB")
            yield chunk


class Events:
    """Turns the XML of a spreadsheet into rows, as its parts arrive. A sheet that is not wanted is passed over.

    Raises `InputRefused` for entities, for a formula without its value, and for more than `limits` allows.
    """

    def __init__(self, name: str, chunks: Iterator[bytes]) -> None:
        self.name, self.chunks = name, chunks
        self.pending: deque[str | Numbered] = deque()  # the names of sheets and their rows, in order
        self.fed = self.cells = self.column = 0
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._refuse_entities
        self._pass_over()

    def next_sheet(self) -> str | None:
        """Go to the next sheet and return its name; `None` if there is none."""
        while self.pending and not isinstance(self.pending[0], str):
            self.pending.popleft()
        if not self.pending:
            self._pass_over()
        while not self.pending:
            if not self._feed():
                return None
        self.sheet = self.pending.popleft()
        return self.sheet if isinstance(self.sheet, str) else None

    def next_row(self) -> Numbered | None:
        """The next row of this sheet that is not empty; `None` at its end."""
        pending = self.pending
        while not pending:
            if not self._feed():
                return None
        return None if isinstance(pending[0], str) else pending.popleft()  # type: ignore[return-value]

    def _feed(self) -> bool:
        chunk = next(self.chunks, None)
        if chunk is None:
            return False
        self.parser.Parse(chunk)
        self.fed += len(chunk)
        if self.fed - self.parser.CurrentByteIndex > limits.MAX_PENDING:
            limits.too_large(self.name, f"the file has a tag of more than {limits.MAX_PENDING // 1_000_000} MB")
        return True

    def _refuse_entities(self, *_: Any) -> None:
        raise InputRefused([f"{self.name}: the file declares its own XML entities, so it was not opened"])

    def _pass_over(self) -> None:
        """Listen for the next sheet only, which is much quicker."""
        self.parser.StartElementHandler = self._start_sheet
        self.parser.EndElementHandler = self.parser.CharacterDataHandler = None

    def _start_sheet(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == TABLE and attributes.get("table:is-sub-table") != "true":
            self.pending.append(attributes.get("table:name", ""))
            self.place = attributes.get("table:name", "")
            self.number, self.is_in_cell, self.is_in_remark = 1, False, False
            self.parser.StartElementHandler = self._start
            self.parser.EndElementHandler = self._end
            self.parser.CharacterDataHandler = self._characters

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag in CELLS:
            self.is_in_cell = True
            self.repeated = int(attributes.get("table:number-columns-repeated", 1))
            self.value = _value(attributes)
            self.texts: list[str] = []
            self.length = 0
            if "table:formula" in attributes and "office:value-type" not in attributes:
                where = f"{self.name}: sheet {self.place}, cell {letters(self.column)}{self.number}"
                raise InputRefused([f"{where}: the formula has no stored value; open the file, let it calculate, and save it"])
        elif tag == PARAGRAPH:
            if self.is_in_cell and self.texts and not self.is_in_remark:
                self.texts.append("\n")
        elif tag == ROW:
            self.row: Row = []
            self.column = self.count = 0
            self.rows_repeated = int(attributes.get("table:number-rows-repeated", 1))
        elif tag == REMARK:
            self.is_in_remark = True
        elif tag == "text:s":
            self._characters(" " * min(int(attributes.get("text:c", 1)), limits.MAX_CHARACTERS))
        elif tag in BLANKS:
            self._characters(BLANKS[tag])
        elif not self.is_in_cell:
            self._start_sheet(tag, attributes)

    def _characters(self, text: str) -> None:
        if self.is_in_cell and not self.is_in_remark:
            self.texts.append(text)
            self.length += len(text)
            if self.length > limits.MAX_CHARACTERS:
                where = f"{self.name}: sheet {self.place}, cell {letters(self.column)}{self.number}"
                limits.too_large(where, f"there are more than {limits.MAX_CHARACTERS} characters")

    def _end(self, tag: str) -> None:
        if tag in CELLS:
            self.is_in_cell = False
            text = "".join(self.texts).strip() if self.value is None else self.value
            self.count += self.repeated if text else 1
            if text:
                self.row += [""] * (self.column - len(self.row)) if self.column < limits.MAX_COLUMNS else []
                self.row += [text] * min(self.repeated, limits.MAX_COLUMNS)
            self.column += self.repeated
            if self.count > limits.MAX_COLUMNS or len(self.row) > limits.MAX_COLUMNS:
                limits.too_large(
                    f"{self.name}: sheet {self.place}, row {self.number}", f"there are over {limits.MAX_COLUMNS} columns"
                )
        elif tag == ROW:
            self._end_row()
        elif tag == REMARK:
            self.is_in_remark = False

    def _end_row(self) -> None:
        if self.row:
            where = f"{self.name}: sheet {self.place}, row {self.number}"
            self.cells += len(self.row) * self.rows_repeated
            if self.rows_repeated > limits.MAX_REPEATED:
                limits.too_large(where, f"the row is repeated {self.rows_repeated} times")
            if self.number > limits.MAX_ROWS or self.cells > limits.MAX_CELLS:
                limits.too_large(where, f"there are over {limits.MAX_ROWS} rows or millions of cells")
            self.pending.extend((self.number + index, self.row) for index in range(self.rows_repeated))
        self.number += self.rows_repeated


def _value(attributes: dict[str, str]) -> str | None:
    """The value that a cell stores, or `None` if its text is its value."""
    if "office:date-value" in attributes:
        return attributes["office:date-value"][:10]
    if "office:value" in attributes:
        number = attributes["office:value"]
        if attributes.get("office:value-type") == "percentage":
            return f"{float(number) * 100:.12g}%"
        return number if "e" not in number.lower() else repr(float(number))
    return attributes.get("office:boolean-value") or attributes.get("office:string-value")

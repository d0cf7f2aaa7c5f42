"""Reads a workbook as the document of a profile, with the sheet and cell of every value."""

import json
import re
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from attrs import field, frozen
from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.utils.cell import coordinate_to_tuple
from openpyxl.worksheet.worksheet import Worksheet

from engagecheck.errors import InputRefused
from engagecheck.intake import archives
from engagecheck.intake.questions import ECHOED, registers
from engagecheck.intake.questions.kinds import NotAnAnswer
from engagecheck.intake.workbook import cells
from engagecheck.intake.workbook.layout import FACTS, GUIDE, JSON, MORE, ONLY, ROWS, Fact, Sheet, Table, sheets
from engagecheck.intake.workbook.stray import misplaced, stray
from engagecheck.model.schema import pointer_step, pointer_steps, quoted

Json = Any
MAX_ROWS, MAX_COLUMNS = 6_000, 60
_FOREIGN = "this workbook was not made by engagecheck, or by another version; start from engagecheck new profile.xlsx"
_EMPTY = object()
"""Stands for an empty cell of a row that always needs an answer, so that the complaint can name the cell."""
_NUMBER = re.compile(r"[1-9][0-9]{0,5}", re.ASCII)


class NotAWorkbook(ValueError):
    """Raised when a file cannot be read as a workbook of a profile. The message says why and what to do."""


@frozen
class WorkbookDocument:
    """The document in a workbook, the cell of each value by JSON Pointer, and the faults as pairs of cell and message.

    `understood` says what dates and numbers were read as, where people typed them in their own way.
    """

    document: dict[str, Json]
    places: Mapping[str, str]
    faults: tuple[tuple[str, str], ...]
    understood: tuple[str, ...] = ()


@frozen
class _Reading:
    """The values read so far, each with its cell, by the steps to it.

    `faults` are pairs of cell and message. `empty` are the cells of facts by JSON Pointer, filled or not. `within` are the
    outer entries that rows of inner lists refer to, with the referring cell. `nested` are the steps to the inner values.
    `rows` are the cells with the numbers of rows, by list and number. `understood` are sentences about what was read.
    """

    values: dict[tuple[str, ...], tuple[Json, str]] = field(factory=dict)
    faults: list[tuple[str, str]] = field(factory=list)
    empty: dict[str, str] = field(factory=dict)
    within: dict[tuple[str, ...], str] = field(factory=dict)
    nested: set[tuple[str, ...]] = field(factory=set)
    rows: dict[tuple[tuple[str, ...], str], str] = field(factory=dict)
    understood: list[str] = field(factory=list)

    def add(self, question: Any, steps: tuple[str, ...] | None, cell: Cell) -> None:
        """Read a cell. Without steps, because its row is refused, only its faults are kept."""
        where = f"{cell.parent.title}!{cell.coordinate}"
        try:
            value = cells.read(question, cell)
        except NotAnAnswer as error:
            self.faults.append((where, str(error)))
            return
        if value is not None and steps is not None:
            held, elsewhere = self.values.get(steps, (value, ""))
            if elsewhere and held != value:
                self.faults.append((where, f"this question has another answer in {elsewhere}; keep one of the two"))
            self.values[steps] = (value, where)
            words = question.show(value) if question.kind in ECHOED else ""
            if words and isinstance(cell.value, str) and cell.value.strip() not in (value, words):
                self.understood.append(f"{where}: {quoted(cell.value)} is read as {words}")


def read(raw: bytes, name: str) -> WorkbookDocument:
    """Read the bytes of a workbook. Raises `InputRefused` if it is unsafe, damaged or not made by this version."""
    book = archives.opened(raw, name, partial(load_workbook, keep_links=False))
    try:
        return _read(book)
    except NotAWorkbook as error:
        raise InputRefused([f"{name}: {error}"]) from None


def _read(book: Workbook) -> WorkbookDocument:
    reading = _Reading()
    plans = sheets(_only(book))
    for plan in plans:
        if plan.name not in book.sheetnames:
            raise NotAWorkbook(f"there is no sheet {plan.name}: {_FOREIGN}")
        _sheet(_bounded(book[plan.name]), plan, reading)
    if MORE in book.sheetnames:
        _more(_bounded(book[MORE]), reading)
    figures = {steps[2]: value for steps, (value, _) in reading.values.items() if steps[:2] == ("last_year", "figures")}
    for plan in plans:
        reading.faults.extend(stray(book[plan.name], plan, reading.empty, figures))
    for steps, where in reading.within.items():
        if not any(one[: len(steps)] == steps and one not in reading.nested for one in reading.values):
            reading.faults.append((where, "that row of the other sheet is empty; give the number of a row that is filled in"))
    places: dict[str, str] = {}
    document = _document(reading.values, places) if reading.values else {}
    document.setdefault("organisation", {})  # so that complaints about its missing answers name their cells
    for pointer, where in reading.empty.items():
        places.setdefault(pointer, where)
    return WorkbookDocument(document, places, tuple(reading.faults), tuple(reading.understood))


def _only(book: Workbook) -> tuple[str, ...]:
    """The sections that a workbook for one colleague has; nothing if it has all."""
    text = str(book[GUIDE]["A1"].value or "") if GUIDE in book.sheetnames else ""
    return tuple(text.removeprefix(ONLY).split(",")) if text.startswith(ONLY) else ()


def order(cell: str) -> tuple[int, int, int]:
    """The sort key of a cell such as "Leadership!C7": sheet, row and column."""
    name, _, coordinate = cell.partition("!")
    names = [*(plan.name for plan in sheets()), MORE]
    row, column = coordinate_to_tuple(coordinate) if coordinate else (0, 0)
    return names.index(name) if name in names else -1, row, column


def _bounded(sheet: Worksheet) -> Worksheet:
    if sheet.max_row > MAX_ROWS or sheet.max_column > MAX_COLUMNS:
        raise NotAWorkbook(f"the sheet {sheet.title} has cells far outside its lists; delete them")
    return sheet


def _sheet(sheet: Worksheet, plan: Sheet, reading: _Reading) -> None:
    """Read a sheet from the top: first its facts, then the rows of its list."""
    facts = {fact.pointer: fact for fact in plan.facts}
    keys: dict[str, int] = {}
    first_row = 0
    for row in sheet.iter_rows():
        key = str(row[0].value or "")
        if key == FACTS or key.startswith(f"{ROWS} "):
            keys = {str(cell.value): place for place, cell in enumerate(row) if place and cell.value is not None}
            first_row = row[0].row + 2 if key != FACTS else 0
        elif key in facts:
            _fact(facts[key], keys, row, reading)
        elif key:
            raise NotAWorkbook(f"{sheet.title}!A{row[0].row}: {_FOREIGN}")
        elif first_row and plan.table and row[0].row >= first_row:
            _row(plan.table, row[0].row - first_row, keys, row, reading)
    if (plan.table and not first_row) or (plan.facts and not any(row[0].value == FACTS for row in sheet.iter_rows(max_col=1))):
        raise NotAWorkbook(f"the sheet {sheet.title} has lost its hidden keys: {_FOREIGN}")


def _fact(fact: Fact, keys: Mapping[str, int], row: tuple[Cell, ...], reading: _Reading) -> None:
    for name in fact.holds:
        if name in keys:
            question, pointer = fact.cell(name)
            reading.empty[pointer] = f"{row[0].parent.title}!{row[keys[name]].coordinate}"
            reading.add(question, pointer_steps(pointer), row[keys[name]])


def _row(table: Table, number: int, keys: Mapping[str, int], row: tuple[Cell, ...], reading: _Reading) -> None:
    cells_of = [(column, row[keys[column.key]]) for column in table.columns if column.question and column.key in keys]
    if not any(cells.is_filled(cell) for _, cell in cells_of):
        return
    steps = _steps_of(table, number, keys, row, reading)
    for column, cell in cells_of:
        path = None if steps is None else (*steps, *column.key.split("/"))
        if path and table.by_row and table.pattern.count("*") > 1:
            reading.nested.add(path)
        if cells.is_filled(cell):
            reading.add(column.question, path, cell)
        elif path and column.question and column.question.needed and "/" not in column.key:
            reading.values[path] = (_EMPTY, f"{cell.parent.title}!{cell.coordinate}")


def _steps_of(
    table: Table, place: int, keys: Mapping[str, int], row: tuple[Cell, ...], reading: _Reading
) -> tuple[str, ...] | None:
    """The steps to the entry in a row of a list. `None`, with a fault, if the row does not say which entry it is."""
    own = _number_of(row[1], place, table, reading) if table.by_row else ""
    if own is None:
        return None
    steps = list(table.pattern)
    for star, index in enumerate((index for index, step in enumerate(steps) if step == "*"), 1):
        own_row = table.by_row and index == len(steps) - 1
        cell = row[1] if own_row else row[keys[f"*{star}"]]
        step = own if own_row else _star(cell)
        where = f"{cell.parent.title}!{cell.coordinate}"
        if table.by_row and not _NUMBER.fullmatch(step):
            reading.faults.append((where, "enter the number of the row on the other sheet that this belongs to"))
            return None
        steps[index] = str(int(step) - 1) if table.by_row else step
        if table.by_row and not own_row:
            reading.within.setdefault(tuple(steps[: index + 1]), where)
    return tuple(steps)


def _number_of(cell: Cell, place: int, table: Table, reading: _Reading) -> str | None:
    """The number of a row of a list, which moves with the row. A row without one has the number of its place.

    Returns `None`, and notes a fault, if the number is none, or another row has it too.
    """
    where = f"{cell.parent.title}!{cell.coordinate}"
    number = _star(cell) if cell.value is not None else str(place + 1)
    if not _NUMBER.fullmatch(number):
        reading.faults.append((where, "this is not the number of a row; enter the number that this row had"))
        return None
    if other := reading.rows.get((table.pattern, number)):
        reading.faults.append((where, f"the number {number} is also in {other}; give each row a number of its own"))
        return None
    reading.rows[table.pattern, number] = where
    return number


def _star(cell: Cell) -> str:
    value = "" if cell.value is None else cell.value
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()


def _more(sheet: Worksheet, reading: _Reading) -> None:
    rows: Iterator[tuple[Cell, ...]] = sheet.iter_rows()
    past_heading = False
    for row in rows:
        texts = [str(cell.value) for cell in row[1:] if cell.value is not None]
        if str(row[0].value or "") == JSON:
            past_heading = True
            next(rows, None)
        elif not past_heading:
            reading.faults.extend(misplaced(cell) for cell in row[2:] if cells.is_filled(cell))
        elif texts:
            where = f"{sheet.title}!{row[1].coordinate}"
            try:
                steps, value = pointer_steps(json.loads(texts[0])), json.loads("".join(texts[1:]))
            except (ValueError, RecursionError, AttributeError):
                steps, value = (), None
            if not steps:
                reading.faults.append((where, "the program needs this row, and it was changed; restore or delete the row"))
            elif reading.values.get(steps, (_EMPTY, ""))[0] is _EMPTY:  # its cell is empty because no cell can hold it
                reading.values[steps] = (value, where)
    if not past_heading:
        raise NotAWorkbook(f"the sheet {sheet.title} has lost its hidden keys: {_FOREIGN}")


class _Entries(dict[str, Any]):
    """The entries of an unfinished list, by the number of their row."""


def _document(values: Mapping[tuple[str, ...], tuple[Json, str]], places: dict[str, str]) -> dict[str, Json]:
    """The document that the values add up to. Empty rows between filled ones are skipped."""
    root: dict[str, Any] = {}
    for steps, leaf in values.items():
        holder = root
        for place, step in enumerate(steps[:-1]):
            numbered = step == "entries" or (place == 0 and step in registers())
            holder = holder.setdefault(step, _Entries() if numbered else {})
            if not isinstance(holder, dict):
                break
        else:
            holder.setdefault(steps[-1], leaf)
    document: dict[str, Json] = _assembled(root, "", places)
    return document


def _assembled(value: Any, pointer: str, places: dict[str, str]) -> Json:
    if isinstance(value, tuple):
        places[pointer] = value[1]
        return value[0]
    if isinstance(value, _Entries):
        rows = sorted(value, key=lambda step: int(step) if step.isdecimal() else 0)
        content: Json = [_assembled(value[row], f"{pointer}/{place}", places) for place, row in enumerate(rows)]
        members = [f"{pointer}/{place}" for place in range(len(rows))]
    else:
        read = {name: _assembled(member, f"{pointer}/{pointer_step(name)}", places) for name, member in value.items()}
        content = {name: member for name, member in read.items() if member is not _EMPTY}
        members = [f"{pointer}/{pointer_step(name)}" for name in value]
    # The place of a group or list is the place of its first member.
    places[pointer] = places[members[0]]
    return content

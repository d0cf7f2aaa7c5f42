"""A workbook to fill in: empty, or with what a profile already holds."""

import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from engagecheck.intake import archives
from engagecheck.intake.questions import Question
from engagecheck.intake.workbook import cells, looks
from engagecheck.intake.workbook.layout import (
    ANSWER,
    CITED,
    FACTS,
    GUIDE,
    JSON,
    MORE,
    NOTE,
    ROWS,
    WITHHELD,
    Fact,
    Sheet,
    Table,
    needed_rows,
    sheets,
)  # fmt: skip
from engagecheck.model.schema import schema

Json = Any
Pairs = dict[str, Json]
"""JSON Pointers with their values."""
_COLUMNS = (
    ("question", "Question", 40), (ANSWER, "Answer", 28), ("unit", "Unit", 13), (WITHHELD, "Withheld, because", 20),
    (CITED, "Evidence", 16), (NOTE, "Remark", 24), ("help", "What is meant", 46), ("found", "Usually found in", 30),
)  # fmt: skip
_CHUNK = 30_000


def write(document: Mapping[str, Json]) -> bytes:
    """The bytes of a workbook with what a profile's document holds; the same bytes for the same document."""
    book = Workbook()
    looks.register(book)
    guide = book.active
    guide.title = GUIDE
    left = pairs(document)
    written: set[str] = set()
    for plan in sheets():
        _sheet(book.create_sheet(plan.name), plan, left, written)
    _more(book.create_sheet(MORE), left)
    looks.guide(guide, sheets(), f"profile {schema('profile')['version']}")
    book.security.lockStructure = True
    book.properties.title, book.properties.creator = "Profile for an audit of medical engagement", "engagecheck"
    out = io.BytesIO()
    book.save(out)
    return archives.settled(out.getvalue())


def pairs(document: Mapping[str, Json]) -> Pairs:
    """A document as JSON Pointers with their values: what can stand in one cell, what is empty, and extensions."""
    return dict(_pairs(document, "")) if document else {}


def _pairs(value: Json, pointer: str) -> Iterator[tuple[str, Json]]:
    if isinstance(value, Mapping) and value and not pointer.startswith("/extensions/"):
        for name, member in value.items():
            yield from _pairs(member, f"{pointer}/{cells.escaped(name)}")
    elif isinstance(value, list) and any(isinstance(item, dict) for item in value):
        for place, item in enumerate(value):
            yield from _pairs(item, f"{pointer}/{place}")
    else:
        yield pointer, value


def _sheet(sheet: Worksheet, plan: Sheet, left: Pairs, written: set[str]) -> None:
    """Write one sheet, and take out of `left` whatever found its cell there; what is in lists goes to `written`."""
    looks.title(sheet, plan.title, plan.about)
    if plan.facts:
        _keys(
            sheet,
            looks.heading(sheet, [(text, width) for _, text, width in _COLUMNS]),
            FACTS,
            [name for name, _, _ in _COLUMNS],
        )
        for fact in plan.facts:
            _fact(sheet, sheet.max_row + 1, fact, left)
    if plan.table:
        _table(sheet, plan.table, left, written)
    looks.finish(sheet)


def _fact(sheet: Worksheet, row: int, fact: Fact, left: Pairs) -> None:
    asked = fact.question
    sheet.cell(row, 1, fact.pointer)
    texts = {"question": "    " * fact.depth + (asked.text if asked.is_leaf else asked.title)}
    texts |= {"unit": asked.unit, "help": asked.help, "found": asked.found_in}
    for column, (name, _, _) in enumerate(_COLUMNS, 2):
        cell = sheet.cell(row, column, texts.get(name))
        if name in fact.holds:
            question, pointer = fact.cell(name)
            _fill(cell, question, pointer, left)
            looks.input_cell(sheet, cell, question)
        elif name == ANSWER and fact.sheet:
            looks.link(cell, fact.sheet)
    looks.fact_row(sheet, row, fact)


def _table(sheet: Worksheet, table: Table, left: Pairs, written: set[str]) -> None:
    start = looks.columns(sheet, table)
    _keys(sheet, start, f"{ROWS} /{'/'.join(table.pattern)}", ["", *(column.key for column in table.columns)])
    place = {column.key: number for number, column in enumerate(table.columns, 3)}
    rows: dict[tuple[str, ...], int] = {}
    moved: Pairs = {}
    for pointer in list(left):
        stars, key = table.match(cells.steps(pointer)) or ((), "")
        if not stars:
            continue
        row = rows.setdefault(stars, int(stars[0]) if table.by_row and len(stars) == 1 else len(rows))
        question = table.columns[place[key] - 3].question if key else None
        if question is not None:
            _fill(sheet.cell(start + 1 + row, place[key]), question, pointer, left)
        if pointer not in left:
            written.add(pointer)
        elif table.by_row:
            # What found no cell goes with its row, and an entry with nothing in it keeps a row that is left empty.
            steps = [*cells.steps(pointer)]
            steps[len(table.pattern) - 1] = str(row)
            moved["".join(f"/{cells.escaped(step)}" for step in steps)] = left.pop(pointer)
    left.update(moved)
    _keep_outer_rows(table, rows, written, left)
    last = start + needed_rows(table, max(rows.values(), default=-1) + 1)
    for stars, number in rows.items():
        for one, star in enumerate(stars, 1):
            if f"*{one}" in place:
                cells.put(sheet.cell(start + 1 + number, place[f"*{one}"]), int(star) + 1 if table.by_row else star)
    for row in range(start + 1, last + 1):
        sheet.cell(row, 2, row - start).style = "number"
    for column in table.columns:
        looks.input_column(sheet, column, get_column_letter(place[column.key]), start + 1, last)


def _keep_outer_rows(table: Table, rows: Iterable[tuple[str, ...]], written: set[str], left: Pairs) -> None:
    """An entry of the outer list that has no cell of its own is kept as an empty one, so that its row is there."""
    if not table.by_row:
        return
    outer = "".join(f"/{step}" for step in table.pattern[: table.pattern.index("*")])
    for entry in dict.fromkeys(f"{outer}/{stars[0]}" for stars in rows if len(stars) > 1):
        own = (pointer[len(entry) :] for pointer in written if pointer.startswith(f"{entry}/"))
        if not any("/entries/" not in rest for rest in own):
            left.setdefault(entry, {})


def _fill(cell: Cell, question: Question, pointer: str, left: Pairs) -> None:
    """Write a value into its cell, unless reading that cell would not give the same value again."""
    if pointer in left and cells.fits(question, left[pointer]):
        cells.put(cell, cells.typed(question, left.pop(pointer)))


def _more(sheet: Worksheet, left: Pairs) -> None:
    """What has no cell of its own: extensions, empty groups, and texts that a cell would change."""
    looks.title(sheet, "Also in the profile", "What has no cell of its own, as JSON. There is nothing to fill in here.")
    row = looks.heading(sheet, [("Where", 46), ("What", 80)])
    _keys(sheet, row, JSON, ["where", "what"])
    for number, (pointer, value) in enumerate(left.items(), row + 1):
        text = json.dumps(value)
        chunks = [text[start : start + _CHUNK] for start in range(0, len(text), _CHUNK)]
        for column, part in enumerate([json.dumps(pointer), *chunks], 2):
            cells.put(sheet.cell(number, column), part)
    looks.finish(sheet)


def _keys(sheet: Worksheet, heading: int, what: str, names: Sequence[str]) -> None:
    """Say in the hidden row above a heading what the columns below it hold."""
    for column, name in enumerate((what, *names), 1):
        sheet.cell(heading - 1, column, name or None)
    sheet.row_dimensions[heading - 1].hidden = True

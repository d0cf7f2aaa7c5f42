"""Writes a workbook to fill in, empty or with the facts of a profile."""

import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.worksheet import Worksheet

from engagecheck.intake import archives
from engagecheck.intake.questions import Question
from engagecheck.intake.workbook import cells, layout, looks
from engagecheck.intake.workbook.asked import NOT_ASKED, Answers, closed_in_row
from engagecheck.intake.workbook.layout import Fact, Sheet, Table, needed_rows, sheets
from engagecheck.model.schema import pointer_step, pointer_steps, schema, title_of

Json = Any
Pairs = dict[str, Json]
"""JSON Pointers with their values."""
_COLUMNS = (
    (layout.QUESTION, "Question", 40), (layout.ANSWER, "Answer", 28), (layout.UNIT, "Unit", 13), (layout.ASKED, "Asked?", 14),
    (layout.WITHHELD, "Withheld, because", 20), (layout.CITED, "Evidence", 16), (layout.NOTE, "Remark", 24),
    (layout.HELP, "What is meant", 46), (layout.FOUND, "Usually found in", 30),
)  # fmt: skip
_LAST_YEAR = ((layout.LAST, "Last year", 14), (layout.STILL_SO, "Still so?", 22))
"""Two more columns after the answer, in a profile that was rolled forward from last year."""
_QUIET = (layout.ASKED, layout.LAST, layout.HELP, layout.FOUND)
_CHUNK = 30_000


def write(document: Mapping[str, Json], sections: tuple[str, ...] = ()) -> bytes:
    """The bytes of a workbook with the content of a profile's document. The same document always gives the same bytes.

    If sections are named, only these have sheets.
    """
    book = Workbook()
    looks.register(book)
    guide = book.active
    guide.title = layout.GUIDE
    remaining = pairs(document)
    written: set[str] = set()
    answers = Answers()
    for plan in sheets(sections):
        _sheet(book.create_sheet(plan.name), plan, remaining, written, answers, document.get("last_year") or {})
    _more(book.create_sheet(layout.MORE), remaining)
    made_for = f"Made for {_whom(document, sections)}, profile {schema('profile')['x-version']}."
    looks.guide(guide, sheets(sections), answers, made_for)
    guide.cell(1, 1, f"{layout.ONLY}{','.join(sections)}" if sections else None)
    book.security.lockStructure = True
    book.properties.title, book.properties.creator = "Profile for an audit of medical engagement", "engagecheck"
    out = io.BytesIO()
    book.save(out)
    return archives.without_clock(out.getvalue())


def _whom(document: Mapping[str, Json], sections: Sequence[str]) -> str:
    """For whom a workbook is: the roles that answer its sections, or the program that reads it."""
    roles = dict.fromkeys(role for name in sections if (role := document.get(name, {}).get("answered_by")))
    return f"{', '.join(roles)}: {', '.join(title_of(name) for name in sections)}" if roles else "engagecheck"


def pairs(document: Mapping[str, Json]) -> Pairs:
    """A document as JSON Pointers with their values: those of single cells, empty groups and lists, and whole extensions."""
    return dict(_pairs(document, "")) if document else {}


def _pairs(value: Json, pointer: str) -> Iterator[tuple[str, Json]]:
    if isinstance(value, Mapping) and value and not pointer.startswith("/extensions/"):
        for name, member in value.items():
            yield from _pairs(member, f"{pointer}/{pointer_step(name)}")
    elif isinstance(value, list) and any(isinstance(item, dict) for item in value):
        for place, item in enumerate(value):
            yield from _pairs(item, f"{pointer}/{place}")
    else:
        yield pointer, value


def _sheet(
    sheet: Worksheet, plan: Sheet, remaining: Pairs, written: set[str], answers: Answers, last_year: Mapping[str, Json]
) -> None:
    """Write one sheet. Values with a cell move out of `remaining`; the pointers of those in lists are added to `written`."""
    looks.title(sheet, plan.title, plan.about)
    if plan.facts:
        columns = (*_COLUMNS[:2], *(_LAST_YEAR if last_year else ()), *_COLUMNS[2:])
        heading = looks.heading(sheet, [(text, width) for _, text, width in columns])
        _keys(sheet, heading, layout.FACTS, names := [name for name, _, _ in columns])
        figures = last_year.get("figures", {})
        for fact in plan.facts:
            _fact(sheet, sheet.max_row + 1, fact, names, remaining, answers, figures)
    if plan.table:
        _table(sheet, plan.table, remaining, written, answers)
    looks.finish(sheet)


def _fact(
    sheet: Worksheet, row: int, fact: Fact, names: Sequence[str], remaining: Pairs, answers: Answers, figures: Pairs
) -> None:
    question = fact.question
    sheet.cell(row, 1, fact.pointer)
    texts = fact.texts
    if fact.pointer in figures:
        texts[layout.LAST] = question.show(figures[fact.pointer])
    for column, name in enumerate(names, 2):
        cell = sheet.cell(row, column, texts.get(name))
        if name in fact.holds and (name != layout.STILL_SO or fact.cell(name)[1] in remaining):
            cell_question, pointer = fact.cell(name)
            _fill(cell, cell_question, pointer, remaining)
            looks.input_cell(sheet, cell, cell_question)
        elif name == layout.ANSWER and fact.sheet:
            looks.link(cell, fact.sheet)
        elif name in _QUIET:
            cell.style = "quiet"
    by_name = {name: sheet.cell(row, column) for column, name in enumerate(names, 2)}
    answers.add(fact, by_name[layout.ANSWER], by_name[layout.ASKED])
    looks.not_asked_row(sheet, by_name[layout.ANSWER].coordinate, by_name[layout.ASKED])
    looks.fact_row(sheet, row, fact, by_name.values())


def _table(sheet: Worksheet, table: Table, remaining: Pairs, written: set[str], answers: Answers) -> None:
    elsewhere = {column.key: answers.closed_column(column) for column in table.columns}
    heading = looks.columns(sheet, table, room_above=any(elsewhere.values()))
    _keys(sheet, heading, f"{layout.ROWS} /{'/'.join(table.pattern)}", ["", *(column.key for column in table.columns)])
    column_of = {column.key: number for number, column in enumerate(table.columns, 3)}
    rows: dict[tuple[str, ...], int] = {}
    moved: Pairs = {}
    for pointer in list(remaining):
        stars, key = table.match(pointer_steps(pointer)) or ((), "")
        if not stars:
            continue
        row = rows.setdefault(stars, int(stars[0]) if table.by_row and len(stars) == 1 else len(rows))
        question = table.columns[column_of[key] - 3].question if key else None
        if question is not None:
            _fill(sheet.cell(heading + 1 + row, column_of[key]), question, pointer, remaining)
        if pointer not in remaining:
            written.add(pointer)
        elif table.by_row:
            # A value without a cell moves with its row, and an empty entry keeps an empty row.
            steps = [*pointer_steps(pointer)]
            steps[len(table.pattern) - 1] = str(row)
            moved["".join(f"/{pointer_step(step)}" for step in steps)] = remaining.pop(pointer)
    remaining.update(moved)
    _keep_outer_rows(table, rows, written, remaining)
    last = heading + needed_rows(table, max(rows.values(), default=-1) + 1)
    for stars, row in rows.items():
        for number, star in enumerate(stars, 1):
            if f"*{number}" in column_of:
                cell = sheet.cell(heading + 1 + row, column_of[f"*{number}"])
                cells.write_cell(cell, int(star) + 1 if table.by_row else star)
    for row in range(heading + 1, last + 1):
        sheet.cell(row, 2, row - heading).style = "number"
    letters = {key: get_column_letter(number) for key, number in column_of.items()}
    first = next(column.key for column in table.columns if column.question)
    answers.listed[sheet.title] = f"{quote_sheetname(sheet.title)}!{letters[first]}{heading + 1}:{letters[first]}{last}"
    total = answers.cells.get(f"/{'/'.join(table.pattern[:-2])}/of")
    for column in table.columns:
        letter = letters[column.key]
        looks.input_column(sheet, column, letters, heading + 1, last)
        closed = [closed_in_row(column, table.columns, lambda key: f"${letters[key]}{heading + 1}")]
        if total:
            closed.append(f"AND(ISNUMBER({total[0].partition('!')[2]}),{total[0].partition('!')[2]}=0)")
        if formula := elsewhere[column.key]:
            sheet.cell(heading - 2, column_of[column.key], f'=IF({formula},"{NOT_ASKED}","")').style = "about"
            closed.append(f'${letter}${heading - 2}<>""')
        for formula in filter(None, closed):
            looks.not_asked_area(sheet, f"{letter}{heading + 1}:{letter}{last}", f"{letter}{heading + 1}", formula)


def _keep_outer_rows(table: Table, rows: Iterable[tuple[str, ...]], written: set[str], remaining: Pairs) -> None:
    """Keep an outer entry as an empty one if it has inner entries but no cell of its own, so that its row exists."""
    if not table.by_row:
        return
    outer = "".join(f"/{step}" for step in table.pattern[: table.pattern.index("*")])
    for entry in dict.fromkeys(f"{outer}/{stars[0]}" for stars in rows if len(stars) > 1):
        own = (pointer[len(entry) :] for pointer in written if pointer.startswith(f"{entry}/"))
        if not any("/entries/" not in rest for rest in own):
            remaining.setdefault(entry, {})


def _fill(cell: Cell, question: Question, pointer: str, remaining: Pairs) -> None:
    """Write a value to its cell if reading the cell gives the same value."""
    if pointer in remaining and cells.fits(question, remaining[pointer]):
        cells.write_cell(cell, cells.typed(question, remaining.pop(pointer)))


def _more(sheet: Worksheet, remaining: Pairs) -> None:
    """Write the values without a cell as JSON: extensions, empty groups, and texts that a cell would alter."""
    looks.title(sheet, "Also in the profile", "Facts without a cell, as JSON. There is nothing to fill in here.")
    row = looks.heading(sheet, [("Where", 46), ("What", 80)])
    _keys(sheet, row, layout.JSON, ["where", "what"])
    for number, (pointer, value) in enumerate(remaining.items(), row + 1):
        text = json.dumps(value)
        chunks = [text[start : start + _CHUNK] for start in range(0, len(text), _CHUNK)]
        for column, part in enumerate([json.dumps(pointer), *chunks], 2):
            cells.write_cell(sheet.cell(number, column), part)
    looks.finish(sheet)


def _keys(sheet: Worksheet, heading: int, what: str, names: Sequence[str]) -> None:
    """Write the keys of the columns in the hidden row above a heading."""
    for column, name in enumerate((what, *names), 1):
        sheet.cell(heading - 1, column, name or None)
    sheet.row_dimensions[heading - 1].hidden = True

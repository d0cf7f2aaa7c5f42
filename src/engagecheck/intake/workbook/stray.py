"""Finds what people typed into cells that take no answer. It would be lost in silence, so each cell is named.

The sheets with questions have locked cells, but not every program keeps to that. A cell with a text of ours is passed over,
because another version may word it differently. The guide, and sheets that people add, ask nothing: what is there is theirs.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from itertools import islice
from typing import Any

from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from engagecheck.intake.workbook import layout
from engagecheck.intake.workbook.asked import KEEP, NOT_ASKED
from engagecheck.intake.workbook.cells import is_filled
from engagecheck.intake.workbook.layout import Fact, Sheet, Table
from engagecheck.model.schema import quoted

_NUMBER, _NAME = re.compile(r"[0-9]+(\.0)?", re.ASCII), re.compile("[a-z][a-z0-9_-]*")
Json = Any
Row = tuple[Cell, ...]
Names = Mapping[int, str]
"""The keys of columns by their number."""


def stray(sheet: Worksheet, plan: Sheet, places: Mapping[str, str], figures: Mapping[str, Json]) -> Iterator[tuple[str, str]]:
    """The cells with something that is not read, each with a complaint.

    `places` are the cells of facts by JSON Pointer, and `figures` those of last year.
    """
    facts = {fact.pointer: fact for fact in plan.facts}
    rows = list(sheet.iter_rows())
    keys = [str(row[0].value or "") for row in rows]
    headings = [place for place, key in enumerate(keys) if key == layout.FACTS or key.startswith(f"{layout.ROWS} ")]
    titles = list(islice((row[1] for row in rows[: headings[0]] if is_filled(row[1])), 2))
    names: Names = {}
    begin = 0
    for place, row in enumerate(rows):
        filled = [cell for cell in row[1:] if is_filled(cell)]
        fact = facts.get(keys[place])
        if place in headings:
            table, begin = plan.table if keys[place] != layout.FACTS else None, place + 2
            known = {column.key for column in table.columns} if table else layout.KEYS
            last = {str(cell.value): cell.column for cell in filled}
            names = {number: name for name, number in last.items() if name in known}
            taken = [cell for cell in row if cell.column in names]
        elif fact:
            taken = [cell for cell in row if _in_fact(fact, names.get(cell.column, ""), cell, figures)]
        elif begin and place == begin - 1:
            taken = [cell for cell in row if cell.column in (2, *names)]
        elif begin and table and place >= begin:
            taken = _in_list(table, row, names)
        else:
            taken = [cell for cell in row if cell in titles or (place + 1 in headings and _is_asked(cell))]
        for cell in filled:
            if cell not in taken:
                yield misplaced(cell, _elsewhere(fact, names.get(cell.column, ""), places) if fact else "")


def misplaced(cell: Cell, elsewhere: str = "") -> tuple[str, str]:
    """The place of a cell that takes no answer, and what to do with what is in it."""
    what = "a formula" if cell.data_type == "f" else quoted(str(cell.value))
    advice = f"move it to {elsewhere or 'a yellow cell'}, or delete it"
    return f"{cell.parent.title}!{cell.coordinate}", f"{what} is in a cell that takes no answer; {advice}"


def _in_fact(fact: Fact, name: str, cell: Cell, figures: Mapping[str, Json]) -> bool:
    """Whether a cell of a fact's row is read, or has a text of ours."""
    if name == layout.ANSWER and fact.sheet:
        return str(cell.value).startswith(layout.LINK)
    if name == layout.LAST:
        return fact.pointer in figures and _is_shown(fact, figures[fact.pointer], str(cell.value))
    return name in fact.holds or bool(fact.texts.get(name)) or (name == layout.ASKED and _is_asked(cell))


def _is_shown(fact: Fact, figure: Json, text: str) -> bool:
    with suppress(TypeError):  # a figure that was spoilt is refused for itself
        return fact.question.show(figure).strip() == text.strip()
    return True


def _in_list(table: Table, row: Row, names: Names) -> list[Cell]:
    """The cells of a list's row that are read. The number of a row, and what it belongs to, are read if the row has answers."""
    columns = {column.key: column for column in table.columns}
    of_names = [(cell, columns[names[cell.column]]) for cell in row if cell.column in names]
    answers = [cell for cell, column in of_names if column.question]
    has_answers = any(map(is_filled, answers))
    stars = [(cell, column.choices) for cell, column in of_names if not column.question]
    belongs = [cell for cell, choices in stars if has_answers or _names_row(cell, choices)]
    has_number = (has_answers and table.by_row) or _names_row(row[1], ())
    return [*answers, *belongs, *([row[1]] if has_number else [])]


def _names_row(cell: Cell, choices: Collection[str]) -> bool:
    return bool((_NAME if choices else _NUMBER).fullmatch(str(cell.value).strip()))


def _is_asked(cell: Cell) -> bool:
    """Whether a cell has our formula that says if something is asked, or what it came to."""
    return cell.data_type == "f" or cell.value in (NOT_ASKED, KEEP)


def _elsewhere(fact: Fact, name: str, places: Mapping[str, str]) -> str:
    """The cell that takes what was typed into a row beside a fact: that of the list or group, or of the next one around it."""
    if name == layout.ANSWER:
        return places.get(f"{fact.pointer}/of", "") if fact.sheet else ""
    pointer = fact.pointer
    while pointer and name in (layout.WITHHELD, layout.CITED, layout.NOTE):
        outer, _, last = pointer.rpartition("/")
        if cell := places.get(f"{outer}/{name}/{last}" if name == layout.WITHHELD else f"{pointer}/{name}"):
            return cell
        pointer = outer
    return ""

"""An action tracker that people have worked in: what they wrote is carried over to the next one, by the id of the action.

Nothing that a person typed is lost: owners, dates, status, progress and notes stay with their action; rows, columns and
sheets of their own stay; texts of ours that they edited go into the notes; an action that is no longer asked for goes to
the closed ones.
"""

import hashlib
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from attrs import Factory, evolve, frozen

from engagecheck import archives
from engagecheck.errors import InputRefused, UsageRefused

Value = Any
OPEN, CLOSED, FINDINGS, MEANINGS = "Actions", "Closed", "Findings", "Definitions"
ID, NOTES, WHY, MADE = "Id", "Notes", "Closed because", "Made"
OURS = ("Question", "Result", "Action", "Measure of success", "Priority", "Responsible role")
"""The texts that come from the report; a hidden cell holds their digests, to tell what a person edited."""
PEOPLES = ("Owner", "Due", "Status", "Progress %", NOTES)
_MOST_HEADING_ROWS = 10
_OUR_ID = re.compile(r"[^/\s]+/[^/\s:]+:(?:[0-9]+|show)")


@frozen
class Line:
    """One row: its cells and its remarks by the titles of their columns."""

    cells: Mapping[str, Value]
    remarks: Mapping[str, str] = Factory(dict)

    @property
    def id(self) -> str:
        """The action's id; empty for a row of a person's own."""
        return str(self.cells.get(ID) or "").strip()


@frozen
class Tracker:
    """The rows of the open and the closed actions, the titles of people's own columns, and their own sheets."""

    open: tuple[Line, ...] = ()
    closed: tuple[Line, ...] = ()
    own_columns: tuple[str, ...] = ()
    own_sheets: Mapping[str, tuple[tuple[Value, ...], ...]] = Factory(dict)


def carried(now: Sequence[Line], before: Tracker, as_of: str) -> Tracker:
    """The actions of now with what people wrote of them before."""
    known: dict[str, Line] = {}
    own: list[Line] = []
    for line in before.open:
        if line.id in known or not _OUR_ID.fullmatch(line.id):
            own.append(line)  # a row of a person's own, or a second one with the same id
        else:
            known[line.id] = line
    reopened = {line.id for line in before.closed}
    rows = [_with(line, known.pop(line.id), reopened) if line.id in known else _again(line, reopened) for line in now]
    gone = [evolve(line, cells={**line.cells, WHY: f"no longer asked for on {as_of}"}) for line in known.values()]
    return evolve(before, open=(*rows, *own), closed=(*before.closed, *gone))


def _with(now: Line, before: Line, reopened: set[str]) -> Line:
    cells = {**before.cells, **now.cells, **{title: before.cells.get(title) for title in PEOPLES if title in before.cells}}
    edited = [f"{title}: {before.cells.get(title)}" for title in _edited(before) if before.cells.get(title) != now.cells[title]]
    if edited:
        cells[NOTES] = "\n".join(str(part) for part in (cells.get(NOTES), f"Edited by hand. {'; '.join(edited)}") if part)
    return evolve(_again(evolve(now, cells=cells), reopened - {now.id}), remarks=before.remarks)


def _again(line: Line, reopened: set[str]) -> Line:
    if line.id not in reopened:
        return line
    note = "Open again; what was written before it was closed stands among the closed ones."
    return evolve(line, cells={**line.cells, NOTES: "\n".join(filter(None, (str(line.cells.get(NOTES) or ""), note)))})


def _edited(line: Line) -> list[str]:
    """The titles of our texts in a row that are no longer what we wrote."""
    made = str(line.cells.get(MADE) or "").split()
    if len(made) != len(OURS):
        return [title for title in OURS if line.cells.get(title)]
    return [title for title, digest in zip(OURS, made, strict=True) if _digest(line.cells.get(title)) != digest]


def made(cells: Mapping[str, Value]) -> str:
    """The digests of our texts in a row."""
    return " ".join(_digest(cells.get(title)) for title in OURS)


def _digest(value: Value) -> str:
    return hashlib.sha256(str(value or "").encode()).hexdigest()[:8]


def read(raw: bytes, name: str) -> Tracker:
    """The tracker in the bytes of a workbook. Raises `InputRefused` for what is none, `UsageRefused` without the extra."""
    try:
        from openpyxl import load_workbook
    except ImportError:
        raise UsageRefused(f"{name}: {archives.EXTRA}") from None
    try:
        archives.looked_over(raw)
        book = load_workbook(io.BytesIO(raw))
    except archives.UnsafeArchive as unsafe:
        raise InputRefused([f"{name}: {unsafe}"]) from None
    except Exception:  # openpyxl raises whatever its parsers raise
        raise InputRefused([f"{name}: {archives.DAMAGED}"]) from None
    sheets = {sheet.title: sheet for sheet in book.worksheets}
    actions = next((title for title in (OPEN, *sheets) if title in sheets and _heading(sheets[title])), None)
    if actions is None:
        raise InputRefused([f"{name}: is no action tracker: no sheet has a column called {ID}; name one that -f xlsx wrote"])
    opened = _lines(sheets[actions])
    closed = _lines(sheets[CLOSED]) if CLOSED in sheets and _heading(sheets[CLOSED]) else ()
    ours = {ID, "Question's name", *OURS, *PEOPLES, "RAG", MADE, WHY}
    own = dict.fromkeys(title for line in (*opened, *closed) for title in line.cells if title not in ours)
    theirs = {
        title: tuple(tuple(cell.value for cell in row) for row in sheet.iter_rows())
        for title, sheet in sheets.items()
        if title not in (actions, CLOSED, FINDINGS, MEANINGS)
    }
    return Tracker(opened, closed, tuple(own), theirs)


def _heading(sheet: Any) -> int:
    """The row with the titles of the columns; 0 if there is none."""
    for row in sheet.iter_rows(min_row=1, max_row=_MOST_HEADING_ROWS):
        if any(cell.value == ID for cell in row):
            return int(row[0].row)
    return 0


def _lines(sheet: Any) -> tuple[Line, ...]:
    heading = _heading(sheet)
    titles = _titles(cell.value for cell in sheet[heading])
    found = []
    for row in sheet.iter_rows(min_row=heading + 1):
        cells = {title: _typed(cell.value) for title, cell in zip(titles, row, strict=False) if cell.value not in (None, "")}
        remarks = {title: cell.comment.text for title, cell in zip(titles, row, strict=False) if cell.comment}
        if set(cells) - {"RAG"} or remarks:
            found.append(Line(cells, remarks))
    return tuple(found)


def _titles(values: Iterable[Value]) -> list[str]:
    """A title for each column, each once: a column without one is called by its number."""
    titles: list[str] = []
    for number, value in enumerate(values, 1):
        title = str(value).strip() if value not in (None, "") else f"Column {number}"
        titles.append(title if title not in titles else f"{title} {number}")
    return titles


def _typed(value: Value) -> Value:
    """A day as a day: spreadsheets give it a time."""
    return value.date() if isinstance(value, datetime) and not (value.hour or value.minute or value.second) else value

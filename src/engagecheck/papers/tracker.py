"""An action tracker that people have worked in: what they wrote is carried over to the next one, by the id of the action.

Nothing that a person typed is lost: the sheet of actions that they worked in stays in the new workbook as it was, and so do
sheets of their own. In the new sheet of actions stand owners, dates, status, progress and notes with their action, rows and
columns of their own, and among the notes what they made of our texts; what is no longer asked for is added to the closed ones.
"""

import hashlib
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from attrs import Factory, evolve, frozen

from engagecheck.errors import InputRefused, UsageRefused
from engagecheck.intake import archives

Value = Any
OPEN, CLOSED, FINDINGS, MEANINGS = "Actions", "Closed", "Findings", "Definitions"
ID, NOTES, WHY, MADE = "Id", "Notes", "Closed because", "Made"
OURS = ("Question", "Result", "Action", "Measure of success", "Priority", "Responsible role")
"""The texts that come from the report; a hidden cell holds their digests, to tell what a person edited."""
PEOPLES = ("Owner", "Due", "Status", "Progress %", NOTES)
KEPT = "Actions until "
"""How the sheet that people worked in is called in the next tracker, with the day of that."""
AGAIN = "Open again; what else was written before it was closed stands among the closed ones."
_ENOUGH = 5
_MOST_HEADING_ROWS = 10
_MOST = 32_700
"""Characters that a cell can hold, a few less than Excel's."""
_ABOUT = re.compile(r"Actions: (.+?)(?: \[(\w+)\])?, as of ([0-9]{4}-[0-9]{2}-[0-9]{2})")
_WRITTEN = re.compile("_x005F_(?=x[0-9A-Fa-f]{4}_)")
_OUR_ID = re.compile(r"[^/\s]+/[^/\s:]+:(?:[0-9]+|show)")


@frozen
class Line:
    """One row: its cells, remarks and links by the titles of their columns."""

    cells: Mapping[str, Value]
    remarks: Mapping[str, str] = Factory(dict)
    links: Mapping[str, str] = Factory(dict)

    @property
    def id(self) -> str:
        """The action's id; empty for a row of a person's own."""
        return str(self.cells.get(ID) or "").strip()


@frozen
class Tracker:
    """The rows of the open and the closed actions, the titles of people's own columns, and the workbook itself.

    `actions` and `closed_sheet` are the names of their sheets in it, empty where there is none.
    """

    open: tuple[Line, ...] = ()
    closed: tuple[Line, ...] = ()
    own_columns: tuple[str, ...] = ()
    book: Any = None
    actions: str = ""
    closed_sheet: str = ""
    about: str = ""

    def refuse_another(self, name: str, code: str | None, as_of: str) -> None:
        """Raise `InputRefused` for the tracker of another organisation, or of a later day."""
        found = _ABOUT.fullmatch(self.about)
        if found is None:  # somebody wrote another title
            return
        same = found[2] == code if found[2] and code else found[1] == name
        if not same:
            raise InputRefused([f"--carry: this is the tracker of {found[1]}, and the report is of {name}; name their own"])
        if found[3] > as_of:
            raise InputRefused([f"--carry: this tracker is of {found[3]}, later than the report, {as_of}; name an older one"])


def about(name: str, code: str | None, as_of: str) -> str:
    """The title of the sheet of actions: whose they are, and of which day."""
    return f"Actions: {name}{f' [{code}]' if code else ''}, as of {as_of}"


def carried(now: Sequence[Line], before: Tracker, as_of: str) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """The open actions with what people wrote of them before, and those that are closed by now."""
    asked = {line.id for line in now}
    known: dict[str, Line] = {}
    own: list[Line] = []
    for line in before.open:
        is_ours = line.id in asked or bool(line.cells.get(MADE))
        if line.id in known or not is_ours or not _OUR_ID.fullmatch(line.id):
            own.append(evolve(line, cells={title: value for title, value in line.cells.items() if title != MADE}))
        else:
            known[line.id] = line
    closed = {line.id: line for line in before.closed}
    rows = tuple(_with(line, known.pop(line.id, None), closed.get(line.id)) for line in now)
    gone = tuple(evolve(line, cells={**line.cells, WHY: f"no longer asked for on {as_of}"}) for line in known.values())
    return (*rows, *own), gone


def _with(now: Line, before: Line | None, closed: Line | None) -> Line:
    """An action with what people wrote: in the last tracker, or before it was closed."""
    if before is None and closed is None:
        return now
    kept = before or closed
    assert kept is not None  # noqa: S101  # one of the two is there
    titles = PEOPLES if before else ("Owner", NOTES)
    theirs = {title: value for title, value in kept.cells.items() if title not in (*now.cells, WHY)}
    cells = {**theirs, **now.cells, **{title: kept.cells[title] for title in titles if title in kept.cells}}
    notes = [str(cells[NOTES])] if cells.get(NOTES) else []
    if before is None and AGAIN not in "".join(notes):
        notes.append(AGAIN)
    edited = _edited(kept) if before else []
    changed = [f"{title}: {kept.cells[title]}" for title in edited if kept.cells[title] != now.cells[title]]
    if changed:
        notes.append(f"Edited by hand. {'; '.join(changed)}")
    cells[NOTES] = _fitting(notes)
    return Line(cells, kept.remarks, kept.links)


def _fitting(notes: Sequence[str]) -> str:
    """Notes that fit a cell; where they do not, the first is cut, and whole in the sheet that was carried over."""
    text = "\n".join(notes)
    if len(text) <= _MOST:
        return text
    rest = "\n".join(notes[1:])
    return f"{notes[0][: _MOST - len(rest) - 100]}… (the whole note is in the sheet that was carried over)\n{rest}"[:_MOST]


def _edited(line: Line) -> list[str]:
    """The titles of our texts in a row that are no longer what we wrote."""
    made = str(line.cells.get(MADE) or "").split()
    known = zip(OURS, made, strict=True) if len(made) == len(OURS) else ((title, "") for title in OURS)
    return [title for title, digest in known if line.cells.get(title) and _digest(line.cells[title]) != digest]


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
        book, shown = load_workbook(io.BytesIO(raw)), load_workbook(io.BytesIO(raw), data_only=True)
    except archives.UnsafeArchive as unsafe:
        raise InputRefused([f"{name}: {unsafe}"]) from None
    except Exception:  # openpyxl raises whatever its parsers raise
        raise InputRefused([f"{name}: {archives.DAMAGED}"]) from None
    titles = [sheet.title for sheet in book.worksheets]
    ordered = sorted(titles, key=lambda title: (title != OPEN, title.startswith(KEPT), titles.index(title)))
    actions = next((title for title in ordered if title != CLOSED and _is_ours(book[title])), None)
    if actions is None:
        raise InputRefused([f"{name}: is no action tracker: no sheet has the columns {ID} and {OURS[2]}; name one of -f xlsx"])
    closed = CLOSED if CLOSED in titles and _is_ours(book[CLOSED]) else ""
    opened, ended = _lines(book[actions], shown[actions]), _lines(book[CLOSED], shown[CLOSED]) if closed else ()
    ours = {ID, "Question's name", *OURS, *PEOPLES, "RAG", MADE, WHY}
    own = dict.fromkeys(title for line in opened for title in line.cells if title not in ours)
    return Tracker(opened, ended, tuple(own), book, actions, closed, str(book[actions].cell(1, 1).value or ""))


def _is_ours(sheet: Any) -> bool:
    """Whether a sheet has the columns of a tracker."""
    row = _heading(sheet)
    found = {str(cell.value).strip() for cell in sheet[row]} if row else set()
    return len(found & {*OURS, *PEOPLES}) >= _ENOUGH


def _heading(sheet: Any) -> int:
    """The row with the titles of the columns; 0 if there is none."""
    for row in sheet.iter_rows(min_row=1, max_row=_MOST_HEADING_ROWS):
        if any(str(cell.value).strip() == ID for cell in row):
            return int(row[0].row)
    return 0


def _lines(sheet: Any, shown: Any) -> tuple[Line, ...]:
    """The rows below the titles; of a formula, what the spreadsheet worked out last; of merged cells, their value in each."""
    heading = _heading(sheet)
    titles = titles_of(cell.value for cell in sheet[heading])
    merged = {
        (row, column): (one.min_row, one.min_col)
        for one in sheet.merged_cells.ranges
        for row in range(one.min_row, one.max_row + 1)
        for column in range(one.min_col, one.max_col + 1)
    }
    found = []
    for row in sheet.iter_rows(min_row=heading + 1):
        cells, remarks, links = {}, {}, {}
        for title, cell in zip(titles, row, strict=False):
            at = merged.get((cell.row, cell.column), (cell.row, cell.column))
            value = _typed(_value(sheet.cell(*at), shown.cell(*at)))
            if value not in (None, ""):
                cells[title] = value
            if getattr(cell, "comment", None):
                remarks[title] = cell.comment.text
            if getattr(cell, "hyperlink", None) and cell.hyperlink.target:
                links[title] = cell.hyperlink.target
        if set(cells) - {"RAG", MADE} or remarks:
            found.append(Line(cells, remarks, links))
    return tuple(found)


def _value(cell: Any, shown: Any) -> Value:
    """The value of a cell; of a formula what was worked out, or the formula where nothing was yet."""
    return shown.value if cell.data_type == "f" and shown.value is not None else cell.value


def titles_of(values: Iterable[Value]) -> list[str]:
    """A title for each column, each once, as spreadsheets count: without regard to case. One without any has its number."""
    titles: list[str] = []
    for number, value in enumerate(values, 1):
        title = str(value).strip() if value not in (None, "") else f"Column {number}"
        while title.lower() in [other.lower() for other in titles]:
            title += f" {number}"
        titles.append(title)
    return titles


def _typed(value: Value) -> Value:
    """A day as a day: spreadsheets give it a time; and a text as it was before it was written for Excel."""
    if isinstance(value, str):
        return _WRITTEN.sub("_", value)
    return value.date() if isinstance(value, datetime) and not (value.hour or value.minute or value.second) else value

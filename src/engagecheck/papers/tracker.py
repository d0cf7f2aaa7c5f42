"""An action tracker that people have worked in. Their entries are carried over to the next tracker by the id of the action.

Nothing that a person typed is lost:

- The old sheet of actions and people's own sheets stay in the new workbook as they were.
- The new sheet of actions keeps owners, dates, status, progress and notes, and people's own rows and columns.
- If a person edited a text of the report, the notes quote the edited text.
- Actions that are no longer asked for are added to the closed actions.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from math import isfinite
from typing import Any

from attrs import Factory, evolve, frozen

from engagecheck.errors import InputRefused, needs_extra
from engagecheck.intake import archives
from engagecheck.model.dates import against_start, date_typed, day_typed, months_after
from engagecheck.model.labels import day

Value = Any
OPEN, CLOSED, FINDINGS, MEANINGS = "Actions", "Closed", "Findings", "Definitions"
DUE, PROGRESS, ID, NOTES, CLOSED_BECAUSE, DIGESTS = "Due", "Progress", "Id", "Notes", "Closed because", "Made"
REPORT_TEXTS = ("Action", "Measure of success", "What we found", "Priority")
"""The texts that come from the report."""
PEOPLE_COLUMNS = ("Owner", DUE, "Status", PROGRESS, NOTES)
"""What people write. A hidden cell holds the digests of these and of the report's texts, which show what a person edited."""
MEETING = "B4"
"""The cell with the date of the board's meeting, from which due dates are calculated."""
KEPT_PREFIX = "Actions until "
"""The old sheet of actions has this name in the next tracker, followed by the day of the new report."""
REOPENED = "Open again. Earlier notes are on the sheet Closed."
_MIN_COLUMNS = 5
"""How many of the known columns a sheet needs to count as a tracker."""
_MAX_HEADING_ROWS = 10
_MAX_LENGTH = 32_700
"""How long the text of a cell can be. Excel's limit is 32,767."""
_MAX_TITLE = 240
"""How long the title of a column can be. A table allows 255 characters."""
_ABOUT = re.compile(r"Actions: (.+?)(?: \[(\w+)\])?, as of (\d{1,2} \w+ \d{4})")
_MONTHS = re.compile(r"EDATE\([^,]+,([0-9]{1,3})\)")
_PERCENT = re.compile(r"([0-9]{1,3}(?:\.[0-9]+)?) ?%?")
_ESCAPED = re.compile("_x005F_(?=x[0-9A-Fa-f]{4}_)")
_ACTION_ID = re.compile(r"[^/\s]+/[^/\s:]+:(?:[0-9]+|show)")


@frozen
class Line:
    """One row: its cells, remarks and links by the titles of their columns."""

    cells: Mapping[str, Value]
    remarks: Mapping[str, str] = Factory(dict)
    links: Mapping[str, str] = Factory(dict)

    @property
    def id(self) -> str:
        """The id of the action, or an empty text for a row that a person added."""
        return str(self.cells.get(ID) or "").strip()


@frozen
class Tracker:
    """The rows of the open and the closed actions, the titles of people's own columns and of all, and the workbook itself.

    `actions` and `closed_sheet` are the names of the sheets, or empty if there is none. `about` is the title in the first
    cell, and `meeting` the date of the board's meeting.
    """

    open: tuple[Line, ...] = ()
    closed: tuple[Line, ...] = ()
    own_columns: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    book: Any = None
    actions: str = ""
    closed_sheet: str = ""
    about: str = ""
    meeting: date | None = None

    @property
    def as_of(self) -> str:
        """The day of the report that the tracker was made for. Empty if a person changed the title."""
        title = _ABOUT.fullmatch(self.about)
        return date_typed(title[3]) if title else ""

    def refuse_another(self, where: str, name: str, code: str | None, as_of: str) -> None:
        """Raise `InputRefused` if it is of another organisation, a later day or a far meeting. `where` is option or file."""
        start = date.fromisoformat(as_of)
        if self.meeting is not None and (wrong := against_start(max(self.meeting, start), start, "the day of the report")):
            raise InputRefused([f"{where}: the meeting in {self.actions}!{MEETING}: {wrong}"])
        title = _ABOUT.fullmatch(self.about)
        if title is None:  # a person changed the title
            return
        old_name, old_code, old_day = title[1], title[2], self.as_of
        same = old_code == code if old_code and code else old_name == name
        if not same:
            raise InputRefused([f"{where}: this is the tracker of {old_name}, and the report is of {name}; take their own"])
        if old_day > as_of:
            days = f"this tracker is of {day(old_day)}, later than the report, {day(as_of)}"
            raise InputRefused([f"{where}: {days}; take an older one"])


def about(name: str, code: str | None, as_of: str) -> str:
    """The title of the sheet of actions, with the organisation and the day."""
    return f"Actions: {name}{f' [{code}]' if code else ''}, as of {day(as_of)}"


def carry_over(new: Sequence[Line], before: Tracker, as_of: str) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """The open actions with what people wrote about them, and the actions of `before` that are closed now."""
    new_ids = {line.id for line in new}
    known: dict[str, Line] = {}
    own: list[Line] = []
    # A tracker of the same day is about the same meeting, so due dates that nobody typed go on counting from it.
    counts_on = before.meeting is None or before.as_of == as_of
    untyped = {line.id for line in before.open if counts_on and months_of(line)}
    for line in (with_due_date(line, before.meeting) for line in before.open):
        is_action = line.id in new_ids or bool(line.cells.get(DIGESTS))
        if line.id in known or not is_action or not _ACTION_ID.fullmatch(line.id):
            own.append(evolve(line, cells={title: value for title, value in line.cells.items() if title != DIGESTS}))
        else:
            known[line.id] = line
    closed = {line.id: line for line in before.closed}
    rows = tuple(_merged(line, known.pop(line.id, None), closed.get(line.id), line.id in untyped) for line in new)
    reason = f"no longer asked for on {day(as_of)}"
    return (*rows, *own), tuple(evolve(line, cells={**line.cells, CLOSED_BECAUSE: reason}) for line in known.values())


def months_of(line: Line) -> int | None:
    """How many months after the meeting a row is due, if its due date is calculated from the meeting."""
    months = _MONTHS.search(str(line.cells.get(DUE)))
    return int(months[1]) if months else None


def with_due_date(line: Line, meeting: date | None) -> Line:
    """A row with the date, or the words, that its due date showed."""
    months = months_of(line)
    if months is None:
        return line
    due = months_after(meeting, months) if meeting else f"{months} months after the meeting"
    return evolve(line, cells={**line.cells, DUE: due})


def _merged(new: Line, opened: Line | None, closed: Line | None, is_due_untyped: bool) -> Line:
    """An action with what people wrote in the last tracker, or before the action was closed."""
    old = opened or closed
    if old is None:
        return new
    titles = PEOPLE_COLUMNS if opened else ("Owner", NOTES)
    own = {title: value for title, value in old.cells.items() if title not in (*new.cells, CLOSED_BECAUSE)}
    typed = {title: old.cells[title] for title in titles if title in old.cells and not (title == DUE and is_due_untyped)}
    cells = {**own, **new.cells, **typed}
    notes = [str(cells[NOTES])] if cells.get(NOTES) else []
    if opened is None and REOPENED not in "".join(notes):
        notes.append(REOPENED)
    edited = _edited(old) if opened else []
    changes = [f"{title}: {old.cells[title]}" for title in edited if old.cells[title] != new.cells[title]]
    if changes:
        notes.append(f"Edited by hand. {'; '.join(changes)}")
    cells[NOTES] = _fitting(notes)
    return Line(cells, old.remarks, old.links)


def _fitting(notes: Sequence[str]) -> str:
    """Notes that fit in a cell. If they are too long, the first is cut. The old sheet still holds the whole text."""
    text = "\n".join(notes)
    if len(text) <= _MAX_LENGTH:
        return text
    rest = "\n".join(notes[1:])
    start = notes[0][: _MAX_LENGTH - len(rest) - 100]
    return f"{start}… (the whole note is in the sheet that was carried over)\n{rest}"[:_MAX_LENGTH]


def _edited(line: Line) -> list[str]:
    """The titles of the report's texts that a person edited in a row."""
    return [title for title in REPORT_TEXTS if line.cells.get(title) and not is_as_written(line, title, line)]


def digests(line: Line) -> str:
    """The digests of what stands in a row as it is written, separated by spaces."""
    return " ".join(_digest(line, title) for title in (*REPORT_TEXTS, *PEOPLE_COLUMNS))


def is_as_written(line: Line, title: str, other: Line) -> bool:
    """Whether the cell of another row is what stood in this row when the program wrote it."""
    written = str(line.cells.get(DIGESTS) or "").split()
    return dict(zip((*REPORT_TEXTS, *PEOPLE_COLUMNS), written, strict=False)).get(title) == _digest(other, title)


def _digest(line: Line, title: str) -> str:
    return hashlib.sha256(said(line, title).encode()).hexdigest()[:8]


def said(line: Line, title: str) -> str:
    """What a cell says, however a spreadsheet keeps it: an ISO date, a percentage, months after the meeting, or a text."""
    value = line.cells.get(title)
    if title == DUE and (months := months_of(line)) is not None:
        return f"{months} months after the meeting"
    if title == PROGRESS and isinstance(value, int | float):
        return str(round(value * 100))
    return "\n".join(str("" if value is None else value).split("\r\n")).strip()


def read(raw: bytes, name: str) -> Tracker:
    """The tracker in the bytes of a workbook.

    Raises `InputRefused` if they are not a tracker, `UsageRefused` if the extra is not installed.
    """
    with needs_extra("office", name):
        from openpyxl import load_workbook
    book, shown = (archives.opened(raw, name, partial(load_workbook, data_only=only)) for only in (False, True))
    names = [sheet.title for sheet in book.worksheets]
    ordered = sorted(names, key=lambda name: (name != OPEN, name.startswith(KEPT_PREFIX), names.index(name)))
    actions = next((one for one in ordered if one != CLOSED and _is_tracker(book[one])), None)
    if actions is None:
        raise InputRefused(
            [f"{name}: is no action tracker: no sheet has the columns {ID} and Action; take one that this program wrote"]
        )
    closed = CLOSED if CLOSED in names and _is_tracker(book[CLOSED]) else ""
    opened, ended = _lines(book[actions], shown[actions]), _lines(book[CLOSED], shown[CLOSED]) if closed else ()
    known = {ID, *REPORT_TEXTS, *PEOPLE_COLUMNS, "RAG", DIGESTS, CLOSED_BECAUSE}
    own = dict.fromkeys(title for line in opened for title in line.cells if title not in known)
    about = str(book[actions].cell(1, 1).value or "")
    titles = titles_of(cell.value for cell in book[actions][heading_row(book[actions])])
    meeting = _day(_typed(shown[actions][MEETING].value))
    return Tracker(opened, ended, tuple(own), tuple(titles), book, actions, closed, about, meeting)


def _is_tracker(sheet: Any) -> bool:
    row = heading_row(sheet)
    titles = {str(cell.value).strip() for cell in sheet[row]} if row else set()
    return len(titles & {*REPORT_TEXTS, *PEOPLE_COLUMNS}) >= _MIN_COLUMNS


def heading_row(sheet: Any) -> int:
    """The number of the row with the titles of the columns, or 0 if there is none."""
    for row in sheet.iter_rows(min_row=1, max_row=_MAX_HEADING_ROWS):
        if any(str(cell.value).strip() == ID for cell in row):
            return int(row[0].row)
    return 0


def _lines(sheet: Any, shown: Any) -> tuple[Line, ...]:
    """The rows below the titles. A formula gives its last result, and each merged cell gives the shared value."""
    heading = heading_row(sheet)
    titles = titles_of(cell.value for cell in sheet[heading])
    merged = {
        (row, column): (area.min_row, area.min_col)
        for area in sheet.merged_cells.ranges
        for row in range(area.min_row, area.max_row + 1)
        for column in range(area.min_col, area.max_col + 1)
    }
    lines = []
    for row in sheet.iter_rows(min_row=heading + 1):
        cells, remarks, links = {}, {}, {}
        for title, cell in zip(titles, row, strict=False):
            position = merged.get((cell.row, cell.column), (cell.row, cell.column))
            value = _as_typed(title, sheet.cell(*position), shown)
            if value not in (None, ""):
                cells[title] = value
            if getattr(cell, "comment", None):
                remarks[title] = cell.comment.text
            if getattr(cell, "hyperlink", None) and cell.hyperlink.target:
                links[title] = cell.hyperlink.target
        if set(cells) - {"RAG", DIGESTS} or remarks:
            lines.append(Line(cells, remarks, links))
    return tuple(lines)


def _as_typed(title: str, cell: Any, shown: Any) -> Value:
    """The value of a cell. A due date is a date and progress a share of 1, however they were typed.

    A formula gives its result, if it has one. A due date that counts from the meeting stays a formula.
    """
    if title == DUE and cell.data_type == "f" and _MONTHS.search(str(cell.value)):
        return cell.value
    result = shown.cell(cell.row, cell.column).value
    value = _typed(result if cell.data_type == "f" and result is not None else cell.value)
    if title == DUE:
        return _day(value) or value
    return _share(value) if title == PROGRESS else value


def _day(value: Value) -> date | None:
    """The day that a person typed. `None` if it is none."""
    try:
        return value if isinstance(value, date) else day_typed(str(value))
    except ValueError:
        return None


def _share(value: Value) -> Value:
    """Progress as a share of 1, from 0.45, 45 or "45 %". Anything else stays."""
    typed = _PERCENT.fullmatch(value.strip()) if isinstance(value, str) else None
    number = float(typed[1]) if typed else value
    if isinstance(number, bool) or not isinstance(number, int | float) or not isfinite(number):
        return str(value) if isinstance(value, float) else value
    return number / 100 if typed or number > 1 else number


def titles_of(values: Iterable[Value]) -> list[str]:
    """A unique title for each column, without regard to case, as spreadsheets demand. An empty title becomes "Column 3"."""
    titles: list[str] = []
    for number, value in enumerate(values, 1):
        title = " ".join(str(value).split())[:_MAX_TITLE].strip() if value not in (None, "") else f"Column {number}"
        while title.lower() in [other.lower() for other in titles]:
            title += f" {number}"
        titles.append(title)
    return titles


def _typed(value: Value) -> Value:
    """A date without the time that spreadsheets add, and a text without the escapes that Excel needs."""
    if isinstance(value, str):
        return _ESCAPED.sub("_", value)
    return value.date() if isinstance(value, datetime) and not (value.hour or value.minute or value.second) else value

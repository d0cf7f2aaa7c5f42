"""The action tracker: a row an action with a stable id, for people to work in from one audit to the next (extra `office`)."""

import io
import re
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from engagecheck import Report, Style, UsageRefused, archives, reporter, tracker, words
from engagecheck.actions import Action, actions
from engagecheck.reporters.csv import COLUMNS, row
from engagecheck.tracker import CLOSED, FINDINGS, ID, MADE, MEANINGS, OPEN, WHY, Line, Tracker

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

TITLES = tuple(title for _, title in COLUMNS)
STATUS = ("Not started", "In progress", "Done", "On hold", "Stopped")
HEADING = 4
"""The row of the titles: above it stand the title of the sheet and what it is for."""
_WIDTHS = {
    ID: 24, "Question's name": 24, "Question": 32, "Result": 18, "Action": 44, "Measure of success": 32, "Priority": 12,
    "Responsible role": 18, "Owner": 18, "Due": 12, "Status": 13, "Progress %": 11, "RAG": 9, "Notes": 36, WHY: 26, MADE: 8,
}  # fmt: skip
_PAINT = {"Red": "F9D8DB", "Amber": "FFF1C2", "Green": "D1EADB", "Done": "D5E8F7"}
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_DECODED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_HOW = (
    "Fill in owner, due, status, progress and notes; add rows and columns of your own. Make the next one with "
    "-f xlsx=new.xlsx --carry this.xlsx: what you wrote is carried over by the id."
)


@reporter("xlsx", about="The action tracker for Excel (extra office); --carry takes over an older one.")
def as_tracker(report: Report, style: Style) -> bytes:
    """The tracker, with what people wrote in the one before; the same bytes for the same input."""
    try:
        from openpyxl import Workbook
    except ImportError:
        raise UsageRefused(f"-f xlsx: {archives.EXTRA}") from None
    before = tracker.read(style.before, "--carry") if style.before is not None else Tracker()
    found = tracker.carried([_line(action) for action in actions(report)], before, report.as_of)
    book = Workbook()
    _actions(book.active, found, report)
    _findings(book.create_sheet(FINDINGS), report)
    _meanings(book.create_sheet(MEANINGS), report)
    if found.closed:
        _closed(book.create_sheet(CLOSED), found)
    for title, rows in found.own_sheets.items():
        _own(book.create_sheet(title), rows)
    book.properties.title = f"Action tracker: {report.subject.name}"
    book.properties.creator = f"{report.tool.name} {report.tool.version}"
    out = io.BytesIO()
    book.save(out)
    return archives.settled(out.getvalue())


def _line(action: Action) -> Line:
    cells: dict[str, Any] = dict(zip(TITLES, row(action), strict=True))
    cells["Due"] = date.fromisoformat(action.due) if action.due else None
    return Line({**cells, MADE: tracker.made(cells)})


def _actions(sheet: "Worksheet", found: Tracker, report: Report) -> None:
    from openpyxl.formatting.rule import FormulaRule
    from openpyxl.styles import PatternFill
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    sheet.title = OPEN
    titles = (*TITLES, *found.own_columns, MADE)
    last = _table(sheet, f"Actions: {report.subject.name}, as of {report.as_of}", _HOW, titles, found.open)
    letter = {title: get_column_letter(number) for number, title in enumerate(titles, 1)}
    sheet.column_dimensions[letter[MADE]].hidden = True
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A3
    room = last + 200  # rows that people add are checked and coloured too
    status = DataValidation("list", formula1=f'"{",".join(STATUS)}"', allow_blank=True, showErrorMessage=True)
    status.errorTitle, status.error = "Not a status", f"Choose one of: {', '.join(STATUS)}."
    progress = DataValidation("whole", formula1="0", formula2="100", allow_blank=True, showErrorMessage=True)
    progress.errorTitle, progress.error = "Not a percentage", "A whole number from 0 to 100."
    due = DataValidation("date", operator="greaterThan", formula1="36526", allow_blank=True, showErrorMessage=True)
    due.errorTitle, due.error = "Not a date", "A date, such as 2026-09-30."
    for check, title in ((status, "Status"), (progress, "Progress %"), (due, "Due")):
        sheet.add_data_validation(check)
        check.add(f"{letter[title]}{HEADING + 1}:{letter[title]}{room}")
    for number in range(HEADING + 1, last + 1):
        sheet[f"{letter['RAG']}{number}"] = _rag(*(f"{letter[title]}{number}" for title in ("Due", "Status", "Progress %")))
        sheet[f"{letter['Due']}{number}"].number_format = "yyyy-mm-dd"
    where = f"{letter['RAG']}{HEADING + 1}"
    for word, colour in _PAINT.items():
        rule = FormulaRule(formula=[f'{where}="{word}"'], fill=PatternFill("solid", bgColor=colour))
        sheet.conditional_formatting.add(f"{where}:{letter['RAG']}{room}", rule)


def _rag(due: str, status: str, progress: str) -> str:
    """Red when overdue and under 50 %, amber when overdue or due within 30 days and under 50 %, else green."""
    late, half = f"AND(ISNUMBER({due}),{due}<TODAY())", f"N({progress})<50"
    soon = f"AND(ISNUMBER({due}),{due}-TODAY()<=30,{half})"
    return f'=IF({status}="Done","Done",IF(AND({late},{half}),"Red",IF(OR({late},{soon}),"Amber","Green")))'


def _closed(sheet: "Worksheet", found: Tracker) -> None:
    _table(sheet, "Closed actions", "No longer asked for; kept with everything that was written of them.",
           (*TITLES, *found.own_columns, WHY), found.closed)  # fmt: skip


def _findings(sheet: "Worksheet", report: Report) -> None:
    titles = (
        "Area", "Question", "Question's name", "Result", "Measured", "What good looks like", "Priority", "Evidence", "Score",
    )  # fmt: skip
    lines = [
        Line(dict(zip(titles, values, strict=True)))
        for finding in words.worst_first(report)
        for values in (
            (finding.title, "", finding.rule, words.OUTCOME[finding.outcome], "", "", "", "", words.weighed_score(finding)),
            *(
                (finding.title, one.question, one.id, words.OUTCOME[one.outcome], one.value_text, one.yardstick.text,
                 words.PRIORITY[one.priority], words.strength(one), "")
                for one in finding.criteria
            ),
        )
    ]  # fmt: skip
    summary = report.summary
    about = f"Indicative rating: {summary.scale.word}{words.could_be(summary)}. Score of 100: {words.interval(summary.score)}. "
    _table(sheet, f"Findings: {report.subject.name}", f"{about}{words.answered(summary)}.", titles, lines)
    sheet.protection.sheet = True


def _meanings(sheet: "Worksheet", report: Report) -> None:
    meant = [*((scale.word, scale.definition) for scale in report.summary.levels), *words.MEANINGS]
    sources = [(f"Source: {one.publisher}", f"{one.title}, {one.date} {one.address}".strip()) for one in words.sources(report)]
    lines = [Line({"Word": word, "What it means": meaning}) for word, meaning in (*meant, *sources)]
    _table(sheet, "What the words mean", words.SELF_ASSESSMENT, ("Word", "What it means"), lines)
    sheet.protection.sheet = True
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 36, 100


def _table(sheet: "Worksheet", title: str, about: str, titles: Sequence[str], lines: Sequence[Line]) -> int:
    """A titled table; the last row of it."""
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.table import Table, TableStyleInfo

    _put(sheet.cell(1, 1), title)
    sheet.cell(1, 1).font = Font("Arial", 14, bold=True, color="003087")
    _put(sheet.cell(2, 1), about)
    sheet.cell(2, 1).font = Font("Arial", 10)
    for number, name in enumerate(titles, 1):
        cell = sheet.cell(HEADING, number)
        _put(cell, name)
        cell.font, cell.alignment = Font("Arial", 10, bold=True, color="FFFFFF"), Alignment(wrap_text=True, vertical="top")
        cell.fill = PatternFill("solid", "003087")
        sheet.column_dimensions[get_column_letter(number)].width = _WIDTHS.get(name, 20)
    for number, line in enumerate(lines, HEADING + 1):
        _fill(sheet, number, titles, line)
    last = HEADING + max(1, len(lines))
    table = Table(displayName=sheet.title.replace(" ", "_"), ref=f"A{HEADING}:{get_column_letter(len(titles))}{last}")
    table.tableStyleInfo = TableStyleInfo("TableStyleMedium2", showRowStripes=True)
    sheet.add_table(table)
    sheet.freeze_panes = sheet.cell(HEADING + 1, 2)
    sheet.print_title_rows = f"{HEADING}:{HEADING}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr.fitToPage = 0, True
    sheet.oddFooter.center.text = "&A, page &P of &N"
    return last


def _fill(sheet: "Worksheet", number: int, titles: Sequence[str], line: Line) -> None:
    from openpyxl.comments import Comment
    from openpyxl.styles import Alignment, Border, Font, Side

    for column, title in enumerate(titles, 1):
        cell = sheet.cell(number, column)
        _put(cell, line.cells.get(title))
        cell.font, cell.alignment = Font("Arial", 10), Alignment(wrap_text=True, vertical="top")
        cell.border = Border(bottom=Side(style="thin", color="AEB7BD"))
        if title in line.remarks:
            cell.comment = Comment(line.remarks[title], "")
    lines = max((_lines(line.cells.get(title), _WIDTHS.get(title, 20)) for title in titles if title != MADE), default=1)
    sheet.row_dimensions[number].height = 13 * lines + 4


def _own(sheet: "Worksheet", rows: Sequence[Sequence[Any]]) -> None:
    for number, values in enumerate(rows, 1):
        for column, value in enumerate(values, 1):
            _put(sheet.cell(number, column), value)


def _put(cell: Any, value: Any) -> None:
    """Write a value as what it is: a text stays a text, even one that begins like a formula or holds an escape of Excel's."""
    if isinstance(value, str):
        cell.value = _DECODED.sub("_x005F_", _ILLEGAL.sub("\N{REPLACEMENT CHARACTER}", value))
        cell.data_type = "s"
    else:
        cell.value = value


def _lines(value: Any, width: int) -> int:
    return sum(max(1, -(-len(part) // max(1, width - 2))) for part in str(value or "").splitlines()) or 1

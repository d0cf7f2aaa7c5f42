"""The sheets of the action tracker: actions, findings, definitions, and the actions that are closed."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from engagecheck.intake.workbook.looks import set_up_page
from engagecheck.model import headings, labels
from engagecheck.model.report import Report
from engagecheck.papers import rating, tracker
from engagecheck.papers.actions import Action
from engagecheck.papers.csv import COLUMNS, row
from engagecheck.papers.tracker import (
    CLOSED,
    CLOSED_BECAUSE,
    DIGESTS,
    DUE,
    FINDINGS,
    ID,
    MEANINGS,
    MEETING,
    OPEN,
    PROGRESS,
    Line,
    Tracker,
)

TITLES = tuple(title for _, title in COLUMNS)
DAY = "d mmmm yyyy"
"""The format of dates in cells: 31 March 2026."""
LOOKS = {DUE: DAY, PROGRESS: "0%"}
STATUS = ("Not started", "In progress", "Done", "On hold", "Stopped")
HEADING = 5
"""The row with the titles of the columns. The rows above it hold title, purpose, warnings and the date of the meeting."""
_WIDTHS = {
    "Action": 44, "Owner": 20, DUE: 18, "Status": 13, PROGRESS: 10, "RAG": 9, "Notes": 36, "Measure of success": 32,
    "What we found": 44, "Priority": 12, ID: 24, CLOSED_BECAUSE: 26, DIGESTS: 8, "Question's name": 24, "Question": 44,
    "What good looks like": 32, "Word": 36, "What it means": 100,
}  # fmt: skip
_COLOURS = {"Red": "F9D8DB", "Amber": "FFF1C2", "Green": "D1EADB", "Done": "D5E8F7"}
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_HOW = (
    "Change owner, due, status, progress and notes, and add rows and columns of your own. Make the next one with "
    "-f xlsx=new.xlsx --carry this.xlsx: what you wrote is carried over by the id."
)


def write(book: Workbook, before: Tracker, planned: Sequence[Action], report: Report, meeting: date | None) -> None:
    """Write the sheets into a workbook: the one of the tracker before, or a new one. `meeting` is the day of the board's."""
    opened, closed = tracker.carry_over([line_of(action) for action in planned], before, report.as_of)
    _register(book)
    kept = _keep_old_sheet(book, before, report)
    _write_actions(book.create_sheet(OPEN, 0), opened, before.own_columns, report, meeting)
    if kept and kept.title.startswith(_again(report)) and _has_all_of(book[OPEN], kept):
        book.remove(kept)
    _write_findings(book.create_sheet(FINDINGS, 1), report)
    _write_meanings(book.create_sheet(MEANINGS, 2), report)
    if not before.closed_sheet:
        closed = (*before.closed, *closed)
    if closed:
        _write_closed(book, closed, before)
    book.active = 0
    book.properties.title = f"Action tracker: {_framework(report)}{report.subject.name}"
    book.properties.creator = f"{report.tool.name} {report.tool.version}"
    book.properties.lastModifiedBy = None


def _register(book: Workbook) -> None:
    """Add the named styles of the sheets. A workbook that was carried over may have them already."""
    white, top = Font("Arial", 10, bold=True, color="FFFFFF"), Alignment(horizontal="left", vertical="top", wrap_text=True)
    line = Border(bottom=Side(style="thin", color="AEB7BD"))
    styles = (
        NamedStyle("tracker cell", font=Font("Arial", 10), alignment=top, border=line),
        NamedStyle("tracker heading", font=white, alignment=top, fill=PatternFill("solid", "003087")),
    )
    for style in styles:
        if style.name not in book.named_styles:
            book.add_named_style(style)


def _keep_old_sheet(book: Workbook, before: Tracker, report: Report) -> Worksheet | None:
    """Rename the sheet that people worked in, if there is one, and remove the sheets that are written again each time."""
    if not before.actions:
        book.remove(book.active)
        return None
    for title in (FINDINGS, MEANINGS):
        if title in book.sheetnames:
            book.remove(book[title])
    sheet: Worksheet = book[before.actions]
    used = {title.casefold() for title in book.sheetnames}
    again = (f"{_again(report)}{number}" for number in range(2, len(used) + 3))
    names = (f"{tracker.KEPT_PREFIX}{labels.day(report.as_of)}", *again)
    sheet.title = next(name for name in names if name.casefold() not in used)
    sheet.tables.clear()  # the names of tables must be unique in a workbook
    for other in book.worksheets:
        other.sheet_view.tabSelected = False
    return sheet


def _again(report: Report) -> str:
    """How the names of old sheets begin from the second of one day on. Excel allows 31 characters."""
    return f"{tracker.KEPT_PREFIX}{report.as_of}, "


def _has_all_of(sheet: Worksheet, old: Worksheet) -> bool:
    """Whether all that is in an old sheet is at the same place in a sheet."""

    def said(cell: Any) -> tuple[str, str, str]:
        value = "" if cell.value is None else str(cell.value).removesuffix(" 00:00:00")
        return value, cell.comment.text if cell.comment else "", (cell.hyperlink.target or "") if cell.hyperlink else ""

    return all(said(cell) in (("", "", ""), said(sheet[cell.coordinate])) for row in old.iter_rows() for cell in row)


class Formula(str):
    """A text that is written as a formula. Any other text stays a text."""

    __slots__ = ()


def _framework(report: Report) -> str:
    """The title of the framework that was chosen as the headline, as a sentence; empty for the usual one."""
    return f"{headings.chosen(report)}. " if headings.chosen(report) else ""


def line_of(action: Action) -> Line:
    """The row of an action that has not started. Its due date counts from the meeting."""
    cells: dict[str, Any] = dict(zip(TITLES, row(action), strict=True))
    months, meeting = action.months, "$".join(("", *MEETING))
    cells[DUE] = Formula(f'=IF(ISNUMBER({meeting}),EDATE({meeting},{months}),"{action.when}")') if months else action.when
    cells[PROGRESS] = 0
    return _as_written(Line(cells))


def _as_written(line: Line) -> Line:
    """A row with the digests of what stands in it."""
    return Line({**line.cells, DIGESTS: tracker.digests(line)}, line.remarks, line.links)


def _write_actions(
    sheet: Worksheet, lines: Sequence[Line], own_columns: Sequence[str], report: Report, meeting: date | None
) -> None:
    titles = (*TITLES[:-1], *own_columns, ID, DIGESTS)
    lines = [_as_written(line) if DIGESTS in line.cells else line for line in lines]
    about = tracker.about(report.subject.name, report.subject.ods_code, report.as_of)
    last = _write_table(sheet, about, f"{_framework(report)}{headings.approval(report)} {_HOW}", titles, lines)
    _write(sheet.cell(3, 1), " ".join(headings.alarms(report)))
    sheet.cell(3, 1).font = Font("Arial", 10, bold=True, color="B10E1E")
    _write(sheet.cell(4, 1), "Date of the board's meeting (due dates count from it):")
    _write(sheet[MEETING], meeting)
    sheet.cell(4, 1).font = sheet[MEETING].font = Font("Arial", 10, bold=True)
    sheet.cell(4, 1).alignment, sheet[MEETING].alignment = Alignment(horizontal="right"), Alignment(horizontal="left")
    sheet[MEETING].fill, sheet[MEETING].number_format = PatternFill("solid", "FFF1C2"), DAY
    letters = {title: get_column_letter(number) for number, title in enumerate(titles, 1)}
    sheet.column_dimensions[letters[DIGESTS]].hidden = True
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A3
    checked_to = last + 200  # the rows that people add are checked and coloured too
    status = DataValidation("list", formula1=f'"{",".join(STATUS)}"', allow_blank=True, showErrorMessage=True)
    status.errorTitle, status.error = "Not a status", f"Choose one of: {', '.join(STATUS)}."
    progress = DataValidation("decimal", formula1="0", formula2="100", allow_blank=True, showErrorMessage=True)
    progress.errorTitle, progress.error = "Not a percentage", "Enter a percentage like 45%."
    due = DataValidation("date", operator="greaterThan", formula1="36526", allow_blank=True, showErrorMessage=True)
    due.errorTitle, due.error = "Not a date", "Enter a date like 30 September 2026."
    for check, title in ((status, "Status"), (progress, PROGRESS), (due, DUE)):
        sheet.add_data_validation(check)
        check.add(f"{letters[title]}{HEADING + 1}:{letters[title]}{checked_to}")
    due.add(MEETING)
    for number in range(HEADING + 1, last + 1):
        sheet[f"{letters['RAG']}{number}"] = _rag(*(f"{letters[title]}{number}" for title in (DUE, "Status", PROGRESS)))
    first = f"{letters['RAG']}{HEADING + 1}"
    for word, colour in _COLOURS.items():
        rule = FormulaRule(formula=[f'{first}="{word}"'], fill=PatternFill("solid", bgColor=colour))
        sheet.conditional_formatting.add(f"{first}:{letters['RAG']}{checked_to}", rule)


def _rag(due: str, status: str, progress: str) -> str:
    """The formula of a rating.

    It is red if overdue and under 50 %, amber if overdue or due within 30 days and under 50 %, and otherwise green. At 100 %
    it is done.

    The `IF`s are nested because spreadsheets evaluate every part of an `AND`, and a date that is text would be an error.
    """
    half = f"N({progress})<IF(N({progress})>1,50,0.5)"  # 45 means 45 %
    dated = f'IF({due}<TODAY(),IF({half},"Red","Amber"),IF(AND({due}-TODAY()<=30,{half}),"Amber","Green"))'
    is_done = f'OR({status}="Done",N({progress})=1,N({progress})=100)'
    return f'=IF({is_done},"Done",IF(ISNUMBER({due}),{dated},"No date"))'


def _write_closed(book: Workbook, closed: Sequence[Line], before: Tracker) -> None:
    """Add closed actions, with everything that people wrote about them, below the ones that are closed already."""
    titles = [title for title in (*TITLES, *before.own_columns, CLOSED_BECAUSE) if title != "RAG"]
    if not before.closed_sheet:
        name = CLOSED if CLOSED not in book.sheetnames else f"{CLOSED} actions"
        about = "No longer asked for; kept with everything that was written of them."
        _write_table(book.create_sheet(name), "Closed actions", about, titles, closed)
        return
    sheet = book[before.closed_sheet]
    heading = tracker.heading_row(sheet)
    columns = tracker.titles_of(cell.value for cell in sheet[heading])
    for title in titles:
        if title not in columns:
            columns.append(title)
            _write(sheet.cell(heading, len(columns)), title)
    for number, line in enumerate(closed, sheet.max_row + 1):
        _write_row(sheet, number, columns, line)
    for table in sheet.tables.values():
        table.ref = f"{table.ref.partition(':')[0]}:{sheet.cell(sheet.max_row, len(columns)).coordinate}"
        del sheet.tables[table.name]  # openpyxl counts the columns of a table only when it is added
        sheet.add_table(_named_table(table.name, table.ref))
        break


def _named_table(name: str, ref: str) -> Table:
    table = Table(displayName=name, ref=ref)
    table.tableStyleInfo = TableStyleInfo("TableStyleMedium2", showRowStripes=True)
    return table


def _write_findings(sheet: Worksheet, report: Report) -> None:
    titles = (
        "Area", "Question", "Result", "Measured", "What good looks like", "Priority", "Evidence", "Score", "Question's name",
    )  # fmt: skip
    lines = [
        Line(dict(zip(titles, values, strict=True)))
        for finding in headings.worst_first(report)
        for values in (
            (finding.title, "", labels.OUTCOME[finding.outcome], "", "", "", "", labels.weighed_score(finding), finding.rule),
            *(
                (finding.title, one.question, labels.OUTCOME[one.outcome], one.value_text, one.yardstick.text,
                 labels.PRIORITY[one.priority], labels.strength(one), "", one.id)
                for one in finding.criteria
            ),
        )
    ]  # fmt: skip
    summary = report.summary
    word = f"Indicative rating: {summary.scale.word}{rating.could_be(summary)}."
    held = f" {rating.held_by(summary).capitalize()}." if rating.held_by(summary) else ""
    counts = f"{rating.flag_counts(summary).capitalize()}."
    score = f"Score of 100: {rating.interval(summary.score)}. {rating.answered(summary)}."
    about = f"{_framework(report)}{word}{held} {counts} {score}"
    _write_table(sheet, f"Findings: {report.subject.name}", about, titles, lines)
    sheet.protection.sheet = True


def _write_meanings(sheet: Worksheet, report: Report) -> None:
    sources = [("Source", f"{labels.published(source)} {source.address}".strip()) for source in labels.sources(report)]
    lines = [Line({"Word": word, "What it means": meaning}) for word, meaning in (*rating.meanings(report.summary), *sources)]
    _write_table(sheet, "What the words mean", headings.nature(report), ("Word", "What it means"), lines)
    sheet.protection.sheet = True


def _write_table(sheet: Worksheet, title: str, about: str, titles: Sequence[str], lines: Sequence[Line]) -> int:
    """Write a table with a title. Gives the number of its last row."""
    _write(sheet.cell(1, 1), title)
    sheet.cell(1, 1).font = Font("Arial", 14, bold=True, color="003087")
    _write(sheet.cell(2, 1), about)
    sheet.cell(2, 1).font = Font("Arial", 10)
    for number, name in enumerate(titles, 1):
        cell = sheet.cell(HEADING, number)
        cell.style = "tracker heading"
        _write(cell, name)
        sheet.column_dimensions[get_column_letter(number)].width = _WIDTHS.get(name, 20)
    for number, line in enumerate(lines, HEADING + 1):
        _write_row(sheet, number, titles, line)
    last = HEADING + max(1, len(lines))
    sheet.add_table(_named_table(sheet.title.replace(" ", "_"), f"A{HEADING}:{get_column_letter(len(titles))}{last}"))
    sheet.freeze_panes = sheet.cell(HEADING + 1, 2)
    sheet.print_title_rows = f"{HEADING}:{HEADING}"
    set_up_page(sheet)
    return last


def _write_row(sheet: Worksheet, number: int, titles: Sequence[str], line: Line) -> None:
    for column, title in enumerate(titles, 1):
        cell = sheet.cell(number, column)
        cell.style = "tracker cell"
        _write(cell, line.cells.get(title))
        if title in LOOKS:
            cell.number_format = LOOKS[title]
        if title in line.remarks:
            cell.comment = Comment(line.remarks[title], "")
        if title in line.links:
            cell.hyperlink = line.links[title]
    lines = max((_line_count(line.cells.get(title), _WIDTHS.get(title, 20)) for title in titles if title != DIGESTS), default=1)
    sheet.row_dimensions[number].height = 13 * lines + 4


def _write(cell: Any, value: Any) -> None:
    """Write a value into a cell. A text stays a text, even if it begins like a formula or holds one of Excel's escapes."""
    if isinstance(value, Formula):
        cell.value = str(value)
    elif isinstance(value, str):
        cell.value = _ESCAPE.sub("_x005F_", _ILLEGAL.sub("\N{REPLACEMENT CHARACTER}", value))
        cell.data_type = "s"
    else:
        cell.value = value


def _line_count(value: Any, width: int) -> int:
    if isinstance(value, Formula):
        return 1
    return sum(max(1, -(-len(part) // max(1, width - 2))) for part in str(value or "").splitlines()) or 1

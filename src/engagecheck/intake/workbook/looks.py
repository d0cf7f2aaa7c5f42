"""The look of a workbook: headings, widths, drop-downs, checks while typing, and locked cells."""

import json
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from importlib.resources import files

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from engagecheck.intake.questions import NO, NOT_KNOWN, YES, Question
from engagecheck.intake.questions.kinds import Kind
from engagecheck.intake.workbook.asked import Answers
from engagecheck.intake.workbook.cells import number_format
from engagecheck.intake.workbook.layout import FIRST, GUIDE, LINK, MORE, Column, Fact, Sheet, Table

BLUE, PALE, INPUT, LINE = "003087", "E8EDEE", "FFFDE7", "AEB7BD"
LONGEST_FORMULA = 255
"""The most characters of a formula of a drop-down. Excel calls a longer one damaged."""
PROFILE_DATE = f"{GUIDE}!$Z$1"
"""The hidden cell with the profile date as a number, or with the last date there is while the profile has none."""
FIRST_HIDDEN = 27
_CLOSED, _KEEP = PatternFill("solid", bgColor="C8CFD4"), PatternFill("solid", bgColor="FFD28A")
_THIN = Side(style="thin", color=LINE)
_WIDTH_OF = {Kind.TEXT: 34, Kind.IDS: 24, Kind.CHOICE: 24, Kind.DATE: 19, Kind.DAY: 19, Kind.YES_NO: 16, Kind.VALUE: 20}
_KEPT = "Answers to questions that are not asked after another answer. Keep or remove them. They are marked on their sheets."


def register(book: Workbook) -> None:
    """Add the named styles of the sheets to a workbook."""
    border = Border(_THIN, _THIN, _THIN, _THIN)
    top = Alignment(wrap_text=True, vertical="top")
    plain, grey = Font("Arial", 11), Font("Arial", 10, color="425563")
    white, yellow = Font("Arial", 11, bold=True, color="FFFFFF"), PatternFill("solid", INPUT)
    styles = (
        NamedStyle("title", font=Font("Arial", 16, bold=True, color=BLUE)),
        NamedStyle("about", font=plain, alignment=Alignment(vertical="top")),
        NamedStyle("heading", font=white, fill=PatternFill("solid", BLUE), alignment=top, border=border),
        NamedStyle("group", font=Font("Arial", 11, bold=True), fill=PatternFill("solid", PALE), alignment=top, border=border),
        NamedStyle("text", font=plain, alignment=top, border=border),
        NamedStyle("quiet", font=grey, alignment=top, border=border),
        NamedStyle("number", font=grey, alignment=Alignment(horizontal="right", vertical="top"), border=border),
        NamedStyle("link", font=Font("Arial", 11, underline="single", color="005EB8"), alignment=top, border=border),
        NamedStyle("open", font=plain, fill=yellow, alignment=top, border=border, protection=Protection(locked=False)),
    )  # fmt: skip
    for style in styles:
        book.add_named_style(style)


def title(sheet: Worksheet, text: str, about: str) -> None:
    """Write the title of a sheet, and what it is about."""
    sheet.cell(1, 2, text).style = "title"
    sheet.cell(2, 2, about).style = "about"
    sheet.cell(3, 2, f"Back to {FIRST}" if sheet.title == MORE else "").style = "about"
    sheet.row_dimensions[1].height = 24


def heading(sheet: Worksheet, columns: Sequence[tuple[str, int]]) -> int:
    """Write the names of columns, below an empty row for the hidden keys. Returns the row of the names."""
    row = sheet.max_row + 2
    for number, (text, width) in enumerate(columns, 2):
        sheet.cell(row, number, text).style = "heading"
        letter = get_column_letter(number)
        sheet.column_dimensions[letter].width = max(width, sheet.column_dimensions[letter].width if row > 6 else 0)
    return int(row)


def fact_row(sheet: Worksheet, row: int, fact: Fact, filled: Iterable[Cell]) -> None:
    """Set the style of the filled cells of a row about one fact, and its height."""
    whole, texts = not fact.question.is_leaf, []
    for cell in filled:
        if cell.style == "Normal":
            cell.style = "group" if whole else "text"
        if cell.data_type != "f":
            texts.append(cell)
    lines = max(_lines(cell.value, sheet.column_dimensions[cell.column_letter].width) for cell in texts)
    sheet.row_dimensions[row].height = 15 * lines + 2


def columns(sheet: Worksheet, table: Table, *, room_above: bool) -> int:
    """Write the names of a list's columns, with an empty row above if wanted. Returns the row of the names."""
    headings = [("No.", 8), *((column.heading, _width(column)) for column in table.columns)]
    if room_above:
        sheet.cell(sheet.max_row + 1, 2, "")
    row = heading(sheet, headings)
    sheet.row_dimensions[row].height = 15 * max(_lines(text, width) for text, width in headings) + 2
    sheet.freeze_panes = sheet.cell(row + 1, 3)
    return row


def input_cell(sheet: Worksheet, cell: Cell, question: Question) -> None:
    """Make a cell one to fill in, with its drop-down or check."""
    cell.style = "open"
    cell.number_format = number_format(question)
    _check(sheet, question, cell.coordinate, cell.coordinate)


def input_column(sheet: Worksheet, column: Column, letters: Mapping[str, str], first: int, last: int) -> None:
    """Make the cells of a list's column ones to fill in, with their drop-down or check. `letters` are those of all columns."""
    letter = letters[column.key]
    first_cell = sheet[f"{letter}{first}"]
    first_cell.style = "open"
    first_cell.number_format = number_format(column.question) if column.question else "General"
    for row in range(first + 1, last + 1):
        sheet[f"{letter}{row}"]._style = copy(first_cell._style)  # looking up a style by name takes ten times as long
    if column.question:
        begins = letters.get(column.question.schema.get("x-after", ""), "")
        first_day = f"{begins}{first}" if begins else ""
        _check(sheet, column.question, f"{letter}{first}", f"{letter}{first}:{letter}{last}", first_day)
    elif column.choices:
        _offer(sheet, column.choices, column.heading, f"{letter}{first}:{letter}{last}")


def not_asked_row(sheet: Worksheet, answer: str, asked: Cell) -> None:
    """Grey out an answer while its row says that it is not asked."""
    if asked.value:
        not_asked_area(sheet, answer, answer, f'{asked.coordinate}<>""')


def not_asked_area(sheet: Worksheet, area: str, first: str, formula: str) -> None:
    """Grey out cells while a formula is true, and colour those of them that hold an answer to keep or remove."""
    sheet.conditional_formatting.add(area, FormulaRule([f'AND({formula},{first}<>"")'], fill=_KEEP, stopIfTrue=True))
    sheet.conditional_formatting.add(area, FormulaRule([formula], fill=_CLOSED))


def link(cell: Cell, sheet: str) -> None:
    """Make a cell a link to another sheet."""
    cell.value = f"{LINK}{sheet}"
    cell.hyperlink = f"#{quote_sheetname(sheet)}!B1"
    cell.style = "link"


def finish(sheet: Worksheet) -> None:
    """Hide the keys, lock all cells but those to fill in, and set up the page."""
    sheet.column_dimensions["A"].hidden = True
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = False
    sheet.sheet_view.showGridLines = False
    set_up_page(sheet)


def set_up_page(sheet: Worksheet) -> None:
    """Set up a sheet for printing: landscape, as wide as a page."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr.fitToPage = 0, True
    sheet.oddFooter.center.text = "&A, page &P of &N"


def guide(sheet: Worksheet, plan: Sequence[Sheet], answers: Answers, made_for: str) -> None:
    """Write the sheet that explains the workbook, links to the other sheets and counts what is filled in."""
    title(sheet, "How to fill in this workbook", made_for)
    for letter, width in zip("BCDEF", (26, 110, 12, 12, 12), strict=True):
        sheet.column_dimensions[letter].width = width
    row = 4
    for name, text in json.loads((files(__package__) / "guide.json").read_text("utf-8")).items():
        row += 1
        sheet.cell(row, 2, name).style = "group"
        sheet.cell(row, 3, text).style = "text"
        sheet.row_dimensions[row].height = 15 * _lines(text, 110) + 2
    row += 1
    for column, text in enumerate(("Sheet", "What it asks", "Answered", "Asked", "Listed"), 2):
        sheet.cell(row, column, text).style = "heading"
    first, kept = row + 1, []
    for one in plan:
        row += 1
        link(sheet.cell(row, 2), one.name)
        sheet.cell(row, 2).value = one.name
        sheet.cell(row, 3, f"{one.title}. {one.about}").style = "text"
        *counts, unneeded = answers.progress(one.name)
        kept += [unneeded] if unneeded else []
        for column, formula in enumerate(counts, 4):
            sheet.cell(row, column, formula or None).style = "number"
    sums = [f"=SUM({letter}{first}:{letter}{row})" for letter in "DEF"]
    sheet.cell(3, 2, f'="Answered so far: "&D{row + 1}&" of "&E{row + 1}&" questions that are asked"').style = "about"
    sheet[PROFILE_DATE.partition("!")[2].replace("$", "")] = f"=IFERROR({_number_of_date(answers.cells['/as_of'][0])},2958465)"
    sheet.column_dimensions["Z"].hidden = True
    for name, texts in (("All sheets", ["", *sums]), ("Not asked any more", [_KEPT, f"={'+'.join(kept) or 0}"])):
        row += 1
        sheet.cell(row, 2, name).style = "group"
        for column, text in enumerate(texts, 3):
            sheet.cell(row, column, text or None).style = "number" if column > 3 else "text"
    finish(sheet)


def _width(column: Column) -> int:
    return 24 if column.question is None else _WIDTH_OF.get(column.question.kind, 14)


def _lines(text: object, width: float) -> int:
    return max(1, -(-len(str(text or "")) * 11 // int(width * 10))) if text else 1


def _check(sheet: Worksheet, question: Question, cell: str, area: str, begins: str = "") -> None:
    # `begins` is the cell with the first day of a period of which this is the last day.
    # The spreadsheet checks only what its formulas can express. The audit repeats these checks and makes all others.
    if question.kind in (Kind.CHOICE, Kind.YES_NO):
        choices = tuple(question.answers.values()) or (YES, NO)
        _offer(sheet, choices if question.needed else (*choices, NOT_KNOWN), question.text, area)
        return
    if question.kind in (Kind.DATE, Kind.DAY):
        formula, expected = _date(cell, question)
    elif question.kind in _RULES:
        formula, expected = _RULES[question.kind](cell, question.schema.get("minimum", 0), question.schema.get("maximum", 0))
    else:
        return
    if begins:
        months = question.schema["x-most-months"]
        within = f"AND({cell}>={begins},{cell}<=EDATE({begins},{months}))"
        formula = f"IF(AND(ISNUMBER({cell}),ISNUMBER({begins})),{within},{formula})"
        expected = f"Enter a day that is not before the first day, and at most {months} months after it"
    words = ",".join(f'{cell}="{word}"' for word in (NOT_KNOWN, *question.words.values()))
    check = DataValidation("custom", formula1=f"IF(OR({words}),TRUE,{formula})", allow_blank=True, showErrorMessage=True)
    if question.kind in (Kind.DATE, Kind.DAY):
        check.errorStyle = "warning"
        check.errorTitle = "Is this date right?"
        past = " It must not be after the profile date." if question.is_past else ""
        check.error = f"{', or '.join([expected, *question.words.values()])}.{past} Keep what you entered?"
    else:
        check.errorTitle, check.error = "Not an answer here", f"{expected}, or {NOT_KNOWN}."
    sheet.add_data_validation(check)
    check.add(area)


def _offer(sheet: Worksheet, choices: Sequence[str], text: str, area: str) -> None:
    listed = f'"{",".join(choices)}"'
    formula = listed if len(listed) <= LONGEST_FORMULA else _range_of(sheet, choices)
    check = DataValidation("list", formula1=formula, allow_blank=True, showErrorMessage=True)
    check.errorTitle, check.error = "Not an answer here", f"Choose one from the list. {text}"[:250]
    sheet.add_data_validation(check)
    check.add(area)


def _range_of(sheet: Worksheet, choices: Sequence[str]) -> str:
    """Choices that are too long for a formula, written into a hidden column of the guide, as a range."""
    guide = sheet.parent[GUIDE]
    column = max(guide.max_column + 1, FIRST_HIDDEN)
    for row, choice in enumerate(choices, 1):
        guide.cell(row, column, choice)
    name = get_column_letter(column)
    guide.column_dimensions[name].hidden = True
    return f"{GUIDE}!${name}$1:${name}${len(choices)}"


def _whole(cell: str, low: float, high: float) -> tuple[str, str]:
    return (
        f"IF(ISNUMBER({cell}),AND({cell}>={low},{cell}<={high},{cell}=INT({cell})),FALSE)",
        f"A whole number from {low} to {high}",
    )


def _number(cell: str, low: float, high: float) -> tuple[str, str]:
    return f"IF(ISNUMBER({cell}),AND({cell}>={low},{cell}<={high}),FALSE)", f"A number from {low} to {high}"


def _date(cell: str, question: Question) -> tuple[str, str]:
    # A spreadsheet reads a date as its own country writes it, so this check warns and does not refuse.
    expected = "Enter a date like 31 March 2026"
    expected += ", or March 2026 if you know only the month" if question.kind is Kind.DATE else ""
    number = _number_of_date(cell)
    return f"IFERROR({number}<={PROFILE_DATE},FALSE)" if question.is_past else f"ISNUMBER({number})", expected


def _number_of_date(cell: str) -> str:
    """The formula that is the number of a date, or of the first day of a month. A number can be a year from 1850 on."""
    texts = (cell, f'"1 "&{cell}', f'{cell}&"-01"')
    read = "".join(f"IFERROR(DATEVALUE({text})," for text in texts)
    return f'IF(ISNUMBER({cell}),IF({cell}>1849,{cell},""),{read}DATEVALUE("1/"&{cell}){")" * (len(texts) + 1)}'


_RULES = {Kind.WHOLE: _whole, Kind.NUMBER: _number}

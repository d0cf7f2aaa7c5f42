"""Excel workbooks as rows, by calamine. What calamine would have to hold in memory is counted first."""

import io
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from engagecheck.errors import InputRefused, needs_extra
from engagecheck.intake import archives
from engagecheck.intake.tables import limits
from engagecheck.rules.source_file import Numbered, Sheets

MAX_CELLS = 8_000_000


def sheets(raw: bytes, name: str) -> Sheets:
    """The name and the rows of each sheet.

    Raises `InputRefused` if the file is damaged, too large, or holds a formula without its value. Raises `UsageRefused` if
    the extra `office` is missing.
    """
    with needs_extra("office", name):
        from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(raw))
        for sheet in book.sheets_metadata:
            if sheet.typ == SheetTypeEnum.WorkSheet:
                yield sheet.name, _rows(book, sheet.name)
    except (CalamineError, ValueError, OSError) as error:
        raise InputRefused([f"{name}: cannot be read as a spreadsheet ({error}); open it and save it again"]) from None


def check(raw: bytes, name: str) -> tuple[str, ...]:
    """What the user is told about a workbook. Raises `InputRefused` if it must not be opened, or a formula has no value."""
    try:
        uncalculated, errors = archives.inspect(raw, limits.MAX_BYTES, limits.MAX_UNPACKED, MAX_CELLS)
    except archives.UnsafeArchive as refused:
        raise InputRefused([f"{name}: {refused}"]) from None
    if uncalculated:
        wrong = f"cell {_named(uncalculated)}: the formula has no stored value"
        raise InputRefused([f"{name}: {wrong}; open the file in Excel or LibreOffice and save it"])
    return (f"Cells that hold an error count as not published: {_named(errors)}.",) if errors else ()


def _named(cells: list[str]) -> str:
    return ", ".join(cells[:5]) + " …" * (len(cells) > 5)


def _rows(book: Any, sheet: str) -> Iterator[Numbered]:
    table = book.get_sheet_by_name(sheet)
    before = [""] * (table.start[1] if table.start else 0)
    for number, row in enumerate(table.iter_rows(), 1):
        cells = [_cell(cell) for cell in row]
        if any(cells):
            yield number, before + cells


def _cell(cell: object) -> str:
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)

"""Published tables read into a `SourceFile`: CSV files, and the sheets of xlsx and ods files."""

import csv
import io
from datetime import date, datetime
from hashlib import sha256
from pathlib import PurePath

from engagecheck.errors import InputRefused, UsageRefused
from engagecheck.intake import archives
from engagecheck.rules.source_file import Row, SourceFile

MAX_BYTES = 60_000_000


def read_source(path: str, raw: bytes) -> SourceFile:
    """The tables in the bytes of a file. Only the name in `path` is used.

    Raises `InputRefused` if the bytes are not a readable table. Raises `UsageRefused` if the extra `office` is missing.
    """
    name = PurePath(path).name
    sheets = _workbook(raw, name) if raw.startswith(archives.SIGNATURE) else {"": _csv(raw, name)}
    return SourceFile(name, sha256(raw).hexdigest(), sheets)


def _csv(raw: bytes, name: str) -> list[Row]:
    try:
        return [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(_text(raw, name), newline=""))]
    except csv.Error as error:
        raise InputRefused([f"{name}: cannot be read as CSV ({error}); save the table as CSV again"]) from None


def _text(raw: bytes, name: str) -> str:
    """The file as text: UTF-8, or Windows-1252 as in older official files."""
    if len(raw) > MAX_BYTES:
        raise InputRefused([f"{name}: the file is larger than {MAX_BYTES // 1_000_000} MB; cut it down to what is wanted"])
    if b"\x00" in raw[:1000]:
        raise InputRefused([f"{name}: this is no text file; save the table as CSV"])
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def _workbook(raw: bytes, name: str) -> dict[str, list[Row]]:
    try:
        archives.inspect(raw, max_bytes=MAX_BYTES)
    except archives.UnsafeArchive as refused:
        raise InputRefused([f"{name}: {refused}"]) from None
    try:
        from python_calamine import CalamineError, CalamineWorkbook
    except ImportError:
        raise UsageRefused(f"{name}: {archives.EXTRA}") from None
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(raw))
        return {
            sheet: [[_cell(cell) for cell in row] for row in book.get_sheet_by_name(sheet).to_python()]
            for sheet in book.sheet_names
        }
    except (CalamineError, ValueError, OSError) as error:
        raise InputRefused([f"{name}: cannot be read as a spreadsheet ({error}); open it and save it again"]) from None


def _cell(cell: object) -> str:
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()

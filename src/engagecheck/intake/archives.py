"""Checks on office files before a library opens them, and archives without timestamps.

Office files are zip archives. A small archive can unpack to gigabytes, and a small sheet can claim billions of cells.
Either would exhaust the memory of the library that reads it. So this module first counts everything in the raw bytes.
"""

import io
import re

MAX_BYTES = 20_000_000
MAX_UNPACKED = 150_000_000
MAX_MEMBERS = 2_000
MAX_CELLS = 3_000_000
"""The most cells that a sheet may hold or span, including merged and repeated cells."""
SIGNATURE = b"PK\x03\x04"
EXTRA = "this needs the extra 'office': python -m pip install 'engagecheck[office]'"
DAMAGED = "the file is damaged or is no spreadsheet; open it in Excel or LibreOffice and save it again"
_EPOCH = (1980, 1, 1, 0, 0, 0)
_TIMESTAMP = rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</dcterms:)"
_CELL = rb"<c[\s/>]"
_ADDRESS = rb'<(?:c|row)\s[^>]{0,200}?\br="([A-Z]{0,4})([0-9]{1,9})"'
_MERGED = rb'<mergeCell\s[^>]{0,200}?ref="([A-Z]{1,4})([0-9]{1,9}):([A-Z]{1,4})([0-9]{1,9})"'
_ROW = rb'<table:table-row(?:\s[^>]{0,400}?number-rows-repeated="([0-9]{1,9})")?[^>]{0,400}>'
_FILLED = rb"<table:table-cell([^>]{0,800}office:value-type[^>]{0,800})>"
_REPEATED = rb'number-columns-repeated="([0-9]{1,9})"'


class UnsafeArchive(ValueError):
    """Raised when an archive must not be opened. The message says why and what to do."""


def inspect(raw: bytes, max_bytes: int = MAX_BYTES) -> None:
    """Check that an archive is safe to open.

    Raises `UnsafeArchive` if it is too large, unpacks to too much, is damaged or locked, or could expand when read.
    """
    import zipfile
    import zlib

    if len(raw) > max_bytes:
        raise UnsafeArchive(f"the file is larger than {max_bytes // 1_000_000} MB; it is not opened")
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            members = archive.infolist()
            if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_UNPACKED:
                raise UnsafeArchive("the file unpacks to far more than a workbook holds; it is not opened")
            if any(member.flag_bits & 1 for member in members):
                raise UnsafeArchive("the file is locked with a password; save it without one")
            for member in members:
                _inspect_part(archive.read(member))
    except UnsafeArchive:
        raise
    # `zipfile` raises NotImplementedError for an unknown compression method.
    except (zipfile.BadZipFile, EOFError, NotImplementedError, OSError, ValueError, zlib.error):
        raise UnsafeArchive(DAMAGED) from None


def _inspect_part(content: bytes) -> None:
    """Refuse a part that declares entities, or a sheet with more cells than any sheet that is read here needs."""
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise UnsafeArchive("the file declares entities of its own, which no spreadsheet does; it is not opened")
    cells = max(sum(1 for _ in re.finditer(_CELL, content)), _spanned(content))
    cells += sum(_area(*match.groups()) for match in re.finditer(_MERGED, content)) + _filled_by_repeating(content)
    if cells > MAX_CELLS:
        raise UnsafeArchive("a sheet claims millions of cells, far more than it can need; delete what stands far outside")


def _spanned(content: bytes) -> int:
    """The cells from A1 to the last row and column that the sheet names."""
    if b"<sheetData" not in content:
        return 0
    widest = tallest = 0
    for match in re.finditer(_ADDRESS, content):
        widest, tallest = max(widest, _number(match[1])), max(tallest, int(match[2]))
    return widest * tallest


def _area(left: bytes, top: bytes, right: bytes, bottom: bytes) -> int:
    return (abs(_number(right) - _number(left)) + 1) * (abs(int(bottom) - int(top)) + 1)


def _filled_by_repeating(content: bytes) -> int:
    """The filled cells of an OpenDocument sheet, including the repeated cells and rows."""
    if b"<table:table-row" not in content:
        return 0
    cells, rows = 0, list(re.finditer(_ROW, content))
    for index, row in enumerate(rows):
        end = rows[index + 1].start() if index + 1 < len(rows) else len(content)
        width = 0
        for cell in re.compile(_FILLED).finditer(content, row.end(), end):
            repeated = re.search(_REPEATED, cell[1])
            width += int(repeated[1]) if repeated else 1
        cells += width * int(row[1] or 1)
    return cells


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def without_clock(raw: bytes) -> bytes:
    """The same archive without timestamps, so that the same content always has the same bytes."""
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as archive, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as copy:
        for name in archive.namelist():
            content = archive.read(name)
            if name == "docProps/core.xml":
                content = re.sub(_TIMESTAMP, rb"\g<1>1980-01-01T00:00:00Z\g<2>", content)
            copy.writestr(zipfile.ZipInfo(name, _EPOCH), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()

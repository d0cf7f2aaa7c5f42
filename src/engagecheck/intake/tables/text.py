"""Text tables: CSV with any encoding, separator and line ends that spreadsheets and official files use."""

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from importlib.util import find_spec
from itertools import islice

from engagecheck.errors import InputRefused
from engagecheck.intake.tables import limits
from engagecheck.rules.source_file import Numbered, Reading, Sheets

SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "vertical bars"}
MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
ENCODINGS = {"utf-16": "UTF-16", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16", "cp1252": "Windows-1252"}
NOT_TEXT = {
    b"%PDF": "a PDF",
    b"\xd0\xcf\x11\xe0": "an old Excel file (.xls) or a locked one",
    b"<!doc": "a web page",
    b"<html": "a web page",
}
SAMPLE = 100
"""Rows by which separators are compared."""
SAMPLE_CHARACTERS = 10_000
"""Characters in which another separator is looked for."""
SAVE_AGAIN = "open it in Excel or LibreOffice and save the table as .xlsx or as CSV"


def as_csv(rows: Iterable[Sequence[object]]) -> str:
    """Rows as a text table with commas."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


def readings(raw: bytes, name: str) -> list[Reading]:
    """The ways to read a text table, one for each separator, the one that gives most rows of equal length, or longest, first.

    Raises `InputRefused` if the bytes are no text.
    """
    for start, kind in NOT_TEXT.items():
        if raw[:200].lstrip().lower().startswith(start.lower()):
            raise InputRefused([f"{name}: this is {kind}; {SAVE_AGAIN}"])
    encoding = _encoding(raw, name)
    notes = (f"The file is read as {ENCODINGS[encoding]}.",) if encoding in ENCODINGS else ()
    first = next(iter(_lines(raw, encoding)), "").strip().lower()
    if (first.startswith("sep=") and first[4:5] in SEPARATORS) or raw[:5] == b"sep=\t":
        separator = first[4:5] or "\t"
        return [_reading(raw, name, encoding, separator, notes, 1)]
    evenness = {one: _evenness(raw, name, encoding, one) for one in SEPARATORS}
    fitting = sorted((one for one in SEPARATORS if any(evenness[one])), key=evenness.__getitem__, reverse=True)
    lines = _lines(raw, encoding).read(SAMPLE_CHARACTERS).splitlines(keepends=True)[:SAMPLE]
    even = evenness[fitting[0]][0] if fitting else 0
    others = _detected(lines) if 2 * even <= len(lines) else ""
    return [_reading(raw, name, encoding, one, notes, 0) for one in (*fitting, *others) or ","]


def _detected(lines: list[str]) -> str:
    """The separator that clevercsv finds in a table that none of ours separates; empty if it finds none."""
    if not find_spec("clevercsv"):  # it comes with the extra office
        return ""
    from clevercsv import Detector

    dialect = Detector().detect("".join(lines))
    separator = dialect.delimiter if dialect else None
    return separator if separator and separator not in SEPARATORS else ""


def _reading(raw: bytes, name: str, encoding: str, separator: str, notes: tuple[str, ...], skipped: int) -> Reading:
    def sheets() -> Sheets:
        yield "", _rows(raw, name, encoding, separator, skipped)

    words = SEPARATORS.get(separator, f"the character {separator!r}")
    separated = (f"The columns are separated by {words}.",) if separator != "," else ()
    return Reading(sheets, notes + separated)


def _encoding(raw: bytes, name: str) -> str:
    """The encoding, by mark, by zero bytes, or because all of the file is UTF-8; else Windows-1252."""
    marked = [encoding for mark, encoding in MARKS.items() if raw.startswith(mark)]
    start = raw[:4096]
    even, odd = start[::2].count(0), start[1::2].count(0)
    if not marked and (even or odd):
        marked = ["utf-16-le" if odd > even else "utf-16-be"] if min(even, odd) == 0 and 6 * (even + odd) > len(start) else [""]
    for encoding in marked or ("utf-8", "cp1252"):
        try:
            for _ in _lines(raw, encoding):
                pass
        except (UnicodeError, LookupError):
            continue
        return encoding
    raise InputRefused([f"{name}: this is no text file and no spreadsheet; {SAVE_AGAIN}"])


def _lines(raw: bytes, encoding: str) -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(raw), encoding, newline="")


def _evenness(raw: bytes, name: str, encoding: str, separator: str) -> tuple[int, int]:
    """How many of the first rows have the most frequent number of columns, and that number; 0 if there is one, or no table."""
    try:
        widths = Counter(len(row) for _, row in islice(_rows(raw, name, encoding, separator, 0), SAMPLE) if len(row) > 1)
    except InputRefused:
        return 0, 0
    return max(((count, width) for width, count in widths.items()), default=(0, 0))


def _rows(raw: bytes, name: str, encoding: str, separator: str, skipped: int) -> Iterator[Numbered]:
    reader = csv.reader(_lines(raw, encoding), delimiter=separator, strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, 1):
            if number > skipped and any(cells):
                row = [cell.strip() for cell in cells]
                if len(row) > limits.MAX_COLUMNS:
                    limits.too_large(f"{name}: row {number}", f"there are {len(row)} columns")
                if any(len(cell) > limits.MAX_CHARACTERS for cell in row):
                    limits.too_large(f"{name}: row {number}", f"a cell has over {limits.MAX_CHARACTERS} characters")
                if any(len(cell) > 1 and cell[0] == cell[-1] == "'" for cell in row):
                    wrong = "a cell is in single quotation marks"
                    raise InputRefused([f"{name}: row {number}: {wrong}; save the table with double ones, or as .xlsx"])
                if any(row):
                    yield number, row
    except csv.Error as error:
        raise InputRefused([f"{name}: row {number + 1} cannot be read as CSV ({error}); {SAVE_AGAIN}"]) from None
    except UnicodeDecodeError:
        raise InputRefused([f"{name}: row {number + 1} cannot be read as {encoding}; {SAVE_AGAIN}"]) from None

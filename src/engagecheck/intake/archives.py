"""Checks on office files before a library opens them, archives without timestamps, and whether people worked in one.

Office files are zip archives. A small archive can unpack to gigabytes, and a small sheet can claim billions of cells.
Either would exhaust the memory of the library that reads it. So this module first counts everything in the raw bytes.
"""

import io
import re
from collections.abc import Callable, Iterator
from typing import IO, NamedTuple, TypeVar

from engagecheck.errors import InputRefused

MAX_BYTES = 20_000_000
MAX_UNPACKED = 150_000_000
MAX_MEMBERS = 2_000
MAX_CELLS = 3_000_000
"""The most cells that a sheet may hold or span, including merged and repeated cells."""
SIGNATURE = b"PK\x03\x04"
DAMAGED = "the file is damaged or is not a spreadsheet; open it in Excel or LibreOffice and save it again"
_EPOCH = (1980, 1, 1, 0, 0, 0)
_PROPERTIES = "docProps/core.xml"
_TIMESTAMP = rb"(<dcterms:(?:created|modified)[^>]*>)([^<]*)(</dcterms:)"
_WORDS_OF_PEOPLE, _PROGRAM_ALONE = b"1980-01-01T00:00:00Z", b"1980-01-02T00:00:00Z"
"""When a file was last changed, as this program writes it. Every other program that saves the file writes the real time."""
_CELL = rb"<c[\s/>]"
_ADDRESS = rb'<(?:c|row)\s[^>]{0,200}?\br="([A-Z]{0,4})([0-9]{1,9})"'
_MERGED = rb'<mergeCell\s[^>]{0,200}?ref="([A-Z]{1,4})([0-9]{1,9}):([A-Z]{1,4})([0-9]{1,9})"'
_UNCALCULATED = (
    rb'<c (?![^>]{0,200}\bt="str")[^>]{0,200}?\br="([A-Z]{1,4}[0-9]{1,9})"[^>]{0,200}>\s*'
    rb"<f(?:[^>]{0,400}/>|[^>]{0,400}>[^<]{0,9000}</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>"
)
"""A formula that a program wrote and that no spreadsheet has calculated yet."""
_ERROR = rb'<c (?=[^>]{0,200}\bt="e")[^>]{0,200}?\br="([A-Z]{1,4}[0-9]{1,9})"'
TOO_MANY = "a sheet claims millions of cells, far more than a list needs; delete the cells far outside"
TOO_HEAVY = "the file has far more styles, names, links or empty rows than a workbook needs; copy its cells into a new one"
_WEIGHED = rb"<(?:row|si)[\s/>]|<(?!/|[?!]|(?:c|f|t|row|si)[\s/>]|v>|is>)[A-Za-z]"
_WEIGHTS = {b"<row": 20, b"<si": 2}
_OTHER = 60
"""What reading a row, a shared text, or any other element beside cells costs at most, where a cell costs 1."""
_ENCODING = rb"<\?xml[^>]{0,200}encoding\s*=\s*[\"'](?!utf-8[\"']|us-ascii[\"']|iso-8859-1[\"'])"
PIECE = 1 << 20
T = TypeVar("T")


class UnsafeArchive(ValueError):
    """Raised when an archive must not be opened. The message says why and what to do."""


class Doubtful(NamedTuple):
    """Cells of a workbook, such as B2: formulas that nothing has calculated yet, and errors such as #DIV/0!."""

    uncalculated: list[str]
    errors: list[str]


def inspect(raw: bytes, max_bytes: int = MAX_BYTES, max_unpacked: int = MAX_UNPACKED, max_cells: int = MAX_CELLS) -> Doubtful:
    """Check that an archive is safe to open. Returns the cells that do not show the value that was meant.

    The parts are read piece by piece. Raises `UnsafeArchive` if it is too large, unpacks to too much, is damaged or locked,
    or could expand when read.
    """
    import zipfile
    import zlib

    if len(raw) > max_bytes:
        raise UnsafeArchive(f"the file is larger than {max_bytes // 1_000_000} MB, so it was not opened")
    doubtful = Doubtful([], [])
    weight = 0
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            members = archive.infolist()
            if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > max_unpacked:
                raise UnsafeArchive("the file unpacks to far more than a workbook can hold, so it was not opened")
            if any(member.flag_bits & 1 for member in members):
                raise UnsafeArchive("the file is locked with a password; save it without one")
            for member in members:
                with archive.open(member) as part:
                    counted = _Counted(member.filename)
                    for piece in _pieces(part):
                        counted.add(piece)
                        if counted.cells > max_cells:
                            raise UnsafeArchive(TOO_MANY)
                        if weight + counted.weight > max_cells:
                            raise UnsafeArchive(TOO_HEAVY)
                    doubtful.uncalculated.extend(counted.doubtful.uncalculated)
                    doubtful.errors.extend(counted.doubtful.errors)
                    weight += counted.weight
    except UnsafeArchive:
        raise
    # `zipfile` raises NotImplementedError for an unknown compression method.
    except (zipfile.BadZipFile, EOFError, NotImplementedError, OSError, ValueError, zlib.error):
        raise UnsafeArchive(DAMAGED) from None
    return doubtful


def opened(raw: bytes, name: str, library: Callable[[IO[bytes]], T], damaged: str = DAMAGED) -> T:
    """What a library makes of an office file that is safe to open. Raises `InputRefused` if it is not, or is damaged."""
    try:
        inspect(raw)
        return library(io.BytesIO(raw))
    except UnsafeArchive as unsafe:
        raise InputRefused([f"{name}: {damaged if str(unsafe) == DAMAGED else unsafe}"]) from None
    except Exception:  # the libraries let any error of their parsers through
        raise InputRefused([f"{name}: {damaged}"]) from None


def has_part(raw: bytes, name: str) -> bool:
    """Whether an archive has a part of this name. A damaged archive has none."""
    import zipfile

    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            return name in archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return False


def _pieces(part: IO[bytes]) -> Iterator[bytes]:
    """The content in pieces that end before a cell begins, or else before a tag begins."""
    rest = b""
    while chunk := part.read(PIECE):
        content = rest + chunk
        cut = max(content.rfind(b"<c "), content.rfind(b"<row"))
        cut = cut if cut > 0 else content.rfind(b"<")
        cut = cut if cut > 0 else len(content) if len(rest) > PIECE else 0
        rest = content[cut:]
        yield content[:cut]
    yield rest


class _Counted:
    """What the pieces of a part hold so far."""

    def __init__(self, name: str) -> None:
        self.is_xml = name.endswith((".xml", ".rels"))
        self.listed = self.merged = self.widest = self.tallest = self.weight = 0
        self.doubtful = Doubtful([], [])
        self.is_first = True

    @property
    def cells(self) -> int:
        """The cells that the part lists or spans, whichever are more, and those that it merges."""
        return max(self.listed, self.widest * self.tallest) + self.merged

    def add(self, piece: bytes) -> None:
        """Count a piece. Raises `UnsafeArchive` if it declares entities, or hides what it declares."""
        is_odd = b"\x00" in piece[:4] or re.search(_ENCODING, piece[:400], re.IGNORECASE) is not None
        if self.is_first and self.is_xml and is_odd:
            raise UnsafeArchive("the file has parts in an unusual encoding; open it in Excel or LibreOffice and save it again")
        self.is_first = self.is_first and not piece
        if b"<!DOCTYPE" in piece or b"<!ENTITY" in piece:
            raise UnsafeArchive("the file declares its own XML entities, so it was not opened")
        for tag in re.findall(_WEIGHED, piece):
            self.weight += _WEIGHTS.get(tag[:-1], _OTHER)
        self.listed += len(re.findall(_CELL, piece))
        for match in re.finditer(_ADDRESS, piece):
            self.widest, self.tallest = max(self.widest, _number(match[1])), max(self.tallest, int(match[2]))
        self.merged += sum(_area(*match.groups()) for match in re.finditer(_MERGED, piece))
        for found, shape in ((self.doubtful.uncalculated, _UNCALCULATED), (self.doubtful.errors, _ERROR)):
            found.extend(match[1].decode() for match in re.finditer(shape, piece))


def _area(left: bytes, top: bytes, right: bytes, bottom: bytes) -> int:
    return (abs(_number(right) - _number(left)) + 1) * (abs(int(bottom) - int(top)) + 1)


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def without_clock(raw: bytes, *, is_replaceable: bool = False) -> bytes:
    """The same archive without timestamps, so that the same content always has the same bytes.

    With `is_replaceable`, nothing that people wrote is in it.
    """
    import zipfile

    changed = _PROGRAM_ALONE if is_replaceable else _WORDS_OF_PEOPLE
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as archive, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as copy:
        for name in archive.namelist():
            content = archive.read(name)
            if name == _PROPERTIES:
                content = re.sub(_TIMESTAMP, rb"\g<1>" + changed + rb"\g<3>", content)
            copy.writestr(zipfile.ZipInfo(name, _EPOCH), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def is_replaceable(raw: bytes) -> bool:
    """Whether an archive is as this program wrote it, without words of people. Any other file is not."""
    import zipfile

    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            untouched = all(member.date_time == _EPOCH for member in archive.infolist())
            return untouched and {match[2] for match in re.finditer(_TIMESTAMP, archive.read(_PROPERTIES))} == {_PROGRAM_ALONE}
    except Exception:  # `zipfile` lets many kinds of errors through
        return False

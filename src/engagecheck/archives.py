"""Office files are archives: looked over before anyone opens them, and written with the same bytes each time."""

import io
import re
import zipfile
import zlib

MAX_BYTES = 20_000_000
MAX_UNPACKED = 200_000_000
MAX_MEMBERS = 2_000
SIGNATURE = b"PK\x03\x04"
EXTRA = "this needs the extra 'office': python -m pip install 'engagecheck[office]'"
_FIXED = (1980, 1, 1, 0, 0, 0)
_CLOCK = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</dcterms:)")


class UnsafeArchive(ValueError):
    """Raised when an archive is not to be opened; the text says why and what to do."""


def looked_over(raw: bytes, most: int = MAX_BYTES) -> None:
    """Refuse an archive that is too large, unpacks to too much, is damaged or locked, or could expand when read."""
    if len(raw) > most:
        raise UnsafeArchive(f"the file is larger than {most // 1_000_000} MB; it is not opened")
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            members = archive.infolist()
            if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_UNPACKED:
                raise UnsafeArchive("the file unpacks to far more than a workbook holds; it is not opened")
            if any(member.flag_bits & 1 for member in members):
                raise UnsafeArchive("the file is locked with a password; save it without one")
            for member in members:
                if member.filename.endswith((".xml", ".rels")) and _declares(archive, member):
                    raise UnsafeArchive("the file declares entities of its own, which no spreadsheet does; it is not opened")
    except (zipfile.BadZipFile, EOFError, NotImplementedError, OSError, ValueError, zlib.error) as error:
        if isinstance(error, UnsafeArchive):
            raise
        raise UnsafeArchive(
            "the file is damaged or is no spreadsheet; open it in Excel or LibreOffice and save it again"
        ) from None


def settled(raw: bytes) -> bytes:
    """The same archive without any clock in it, so that the same content has the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as archive, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as copy:
        for name in archive.namelist():
            content = archive.read(name)
            if name == "docProps/core.xml":
                content = _CLOCK.sub(rb"\g<1>1980-01-01T00:00:00Z\g<2>", content)
            copy.writestr(zipfile.ZipInfo(name, _FIXED), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _declares(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bool:
    with archive.open(member) as part:
        return b"<!" in part.read(2_000).replace(b"<!--", b"")

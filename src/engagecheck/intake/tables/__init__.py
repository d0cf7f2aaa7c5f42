"""Published tables read into a `SourceFile`, whatever program wrote them: text files, xlsx and ods files."""

from functools import partial
from hashlib import sha256
from pathlib import PurePath

from engagecheck.errors import InputRefused
from engagecheck.inputs import read_bytes
from engagecheck.intake import archives
from engagecheck.intake.tables import limits, opendocument, text, workbook
from engagecheck.rules.source_file import Reading, SourceFile


def open_source(path: str) -> SourceFile:
    """The tables in a file, as `read_source` reads them."""
    return read_source(path, read_bytes(path, limits.MAX_BYTES))


def read_source(path: str, raw: bytes) -> SourceFile:
    """The tables in the bytes of a file. Only the name in `path` is used.

    Raises `InputRefused` if the bytes are not a readable table. Raises `UsageRefused` if the extra `office` is missing.
    """
    name = PurePath(path).name
    if len(raw) > limits.MAX_BYTES:
        limits.too_large(name, f"the file has more than {limits.MAX_BYTES // 1_000_000} MB")
    if not raw.strip():
        raise InputRefused([f"{name}: the file is empty"])
    if not raw.startswith(archives.SIGNATURE):
        readings = text.readings(raw, name)
    elif archives.has_part(raw, "content.xml"):
        readings = [Reading(partial(opendocument.sheets, raw, name))]
    else:
        notes = workbook.check(raw, name)
        readings = [Reading(partial(workbook.sheets, raw, name), notes)]
    return SourceFile(name, sha256(raw).hexdigest(), readings)

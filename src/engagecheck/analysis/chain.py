"""The rows of a history, and whether their chain holds: each has the digest of the row before it.

A row that was removed or altered breaks the chain. If the last rows were cut off, only a noted head of the chain shows it.
The report in a row can be removed on purpose: a note with its digest takes its place, so that the chain holds.
"""

import json
from collections.abc import Iterator, Sequence
from hashlib import sha256

import msgspec
from attrs import frozen
from msgspec import Struct

from engagecheck.analysis.saved import read_report
from engagecheck.audit.describe import report_digest
from engagecheck.errors import InputRefused
from engagecheck.model.labels import day
from engagecheck.model.report import Report

START = "0" * 64
"""What the first row has in place of the digest of a row before it."""
REMOVED = "its report was removed on"


class Removal(Struct, frozen=True, forbid_unknown_fields=True):
    """What stands in place of a report that was removed on purpose: the digest of it, who removed it, when and why."""

    removed: str
    by: str
    on: str
    reason: str

    @property
    def words(self) -> str:
        """Who removed it, when and why, in words."""
        return f"{day(self.on)}, by {self.by}: {self.reason}"


@frozen
class Row:
    """One recorded report. `previous` is the digest of the row before it."""

    number: int
    subject: str
    name: str
    as_of: str
    report_digest: str
    previous: str
    row_digest: str
    content: str

    @property
    def removal(self) -> Removal | None:
        """The note that stands in place of its report, if that was removed on purpose."""
        return removal_in(self.content)

    def refuse_if_removed(self) -> None:
        """Raise `InputRefused` if its report was removed."""
        if self.removal:
            raise InputRefused([f"number {self.number} of the history: {REMOVED} {self.removal.words}"])

    def report(self) -> Report:
        """The report that was recorded. Raises `InputRefused` if it was removed, or is no report of this schema."""
        self.refuse_if_removed()
        return read_report(self.content.encode(), f"number {self.number} of the history")


def removal_in(content: str) -> Removal | None:
    """The note that stands in place of a removed report; `None` for any other content."""
    try:
        return msgspec.json.decode(content, type=Removal)
    except (msgspec.DecodeError, UnicodeEncodeError, RecursionError):
        return None


def row_digest(row: Row) -> str:
    """The digest of a row. It covers the row before it, so that no row can be removed or altered unnoticed."""
    content_digest = row.removal.removed if row.removal else sha256(row.content.encode()).hexdigest()
    covered = [row.number, row.subject, row.name, row.as_of, row.report_digest, row.previous, content_digest]
    return sha256(json.dumps(covered).encode()).hexdigest()


def faults(rows: Sequence[Row], head: str | None = None) -> Iterator[str]:
    """What is wrong with a history, in sentences. `head` is the noted digest of a row that once was the last."""
    previous = START
    for expected, row in enumerate(rows, 1):
        if row.number != expected:
            yield f"row {expected} is missing"
            return
        if row.previous != previous:
            yield f"row {row.number} does not follow from the row before it"
        if row.row_digest != row_digest(row):
            yield f"row {row.number} was altered"
        elif not (row.removal or _matches_its_report(row)):
            yield f"row {row.number} does not say what its report says"
        previous = row.row_digest
    if head is not None and head not in [row.row_digest for row in rows]:
        yield "no row is the one that was noted as the head: rows were cut off or replaced"


def _matches_its_report(row: Row) -> bool:
    try:
        document = json.loads(row.content)
        subject = document["subject"]
        stated = (document["as_of"], subject["name"], subject["ods_code"] or subject["name"], document["report_digest"])
        return stated == (row.as_of, row.name, row.subject, row.report_digest) and report_digest(document) == row.report_digest
    except (ValueError, TypeError, KeyError, RecursionError):
        return False

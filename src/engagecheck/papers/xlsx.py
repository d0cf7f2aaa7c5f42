"""The action tracker: one row for each action, for people to work in from audit to audit (extra `office`)."""

import io
from datetime import date

from engagecheck.errors import needs_extra
from engagecheck.intake import archives
from engagecheck.model.report import Report
from engagecheck.papers import tracker
from engagecheck.papers.actions import actions
from engagecheck.rules.reporter import Style, reporter


@reporter("xlsx", about="The action tracker for Excel (extra office); --carry takes over an older one.")
def as_tracker(report: Report, style: Style) -> bytes:
    """The tracker as a workbook, with what people wrote in the one before. The same input gives the same bytes.

    Raises `UsageRefused` if the extra is not installed, `InputRefused` if the one before is not a tracker of this organisation.
    """
    with needs_extra("office", "-f xlsx"):
        from openpyxl import Workbook
    before = tracker.read(style.before, "--carry") if style.before is not None else tracker.Tracker(book=Workbook())
    before.refuse_another("--carry", report.subject.name, report.subject.ods_code, report.as_of)
    meeting = style.meeting or (before.meeting if before.as_of == report.as_of else None)
    return workbook_of(report, before, meeting, is_replaceable=style.before is None)


def workbook_of(report: Report, before: tracker.Tracker, meeting: date | None, *, is_replaceable: bool = False) -> bytes:
    """The tracker that follows `before`, written into the workbook of that. With `is_replaceable`, nobody wrote into that."""
    from engagecheck.papers import tracker_sheets

    tracker_sheets.write(before.book, before, actions(report), report, meeting)
    out = io.BytesIO()
    before.book.save(out)
    return archives.without_clock(out.getvalue(), is_replaceable=is_replaceable)

"""The action tracker of an assessment: what its report asks for, with what people wrote about it this year and before.

The rows come from the same code as the tracker in Excel. Those of an earlier assessment are carried over as `--carry` does.
"""

import re
from datetime import date
from typing import Any

from attrs import evolve, frozen
from openpyxl import Workbook

from engagecheck.errors import InputRefused
from engagecheck.model.dates import date_typed
from engagecheck.model.labels import day
from engagecheck.papers.actions import actions
from engagecheck.papers.tracker import (
    CLOSED_BECAUSE,
    DUE,
    NOTES,
    PROGRESS,
    Line,
    Tracker,
    about,
    carry_over,
    with_due_date,
)
from engagecheck.papers.tracker_sheets import STATUS, line_of
from engagecheck.papers.xlsx import workbook_of
from engagecheck.web.models import Approval, Assessment, Meeting, TrackedAction
from engagecheck.web.standing import report_of

LONGEST, LONGEST_NOTES = 200, 10_000
_PER_CENT = re.compile(r"(\d{1,3}) ?%?", re.ASCII)


@frozen
class Row:
    """An action as people see it. `due` is its day, if that is known, and `due_text` the same in words."""

    id: str
    action: str
    success: str
    found: str
    priority: str
    owner: str
    due: date | None
    due_text: str
    status: str
    progress: int
    notes: str
    closed_because: str

    @classmethod
    def of(cls, line: Line, meeting: date | None) -> "Row":
        """The row of a line of the tracker."""
        cells: dict[str, Any] = dict(with_due_date(line, meeting).cells)
        due, progress = cells.get(DUE), cells.get(PROGRESS)
        return cls(
            id=line.id,
            action=str(cells.get("Action") or ""),
            success=str(cells.get("Measure of success") or ""),
            found=str(cells.get("What we found") or ""),
            priority=str(cells.get("Priority") or ""),
            owner=str(cells.get("Owner") or ""),
            due=due if isinstance(due, date) else None,
            due_text=day(due.isoformat()) if isinstance(due, date) else str(due or ""),
            status=str(cells.get("Status") or ""),
            progress=round(progress * 100) if isinstance(progress, int | float) else 0,
            notes=str(cells.get(NOTES) or ""),
            closed_because=str(cells.get(CLOSED_BECAUSE) or ""),
        )

    @property
    def is_done(self) -> bool:
        """Whether nothing more is to be done about it."""
        return self.status in ("Done", "Stopped") or self.progress == 100


def meeting_of(assessment: Assessment) -> date | None:
    """The day of the board's meeting about an assessment: as entered with the actions, or with the board's decision."""
    found = Meeting.objects.filter(assessment=assessment).first()
    decided = Approval.objects.filter(assessment=assessment).exclude(meeting=None).order_by("pk").last()
    return (found and found.day) or (decided and decided.meeting) or None


def tracker_of(assessment: Assessment) -> Tracker:
    """The tracker as it stands: the actions of the report, carried over from the assessment before, and this year's work."""
    report = report_of(assessment)
    before = _before(assessment)
    opened, closed = carry_over([line_of(one) for one in actions(report)], before, report.as_of)
    worked = {one.action: one for one in TrackedAction.objects.filter(assessment=assessment)}
    lines = tuple(_with_work(line, worked[line.id]) if line.id in worked else line for line in opened)
    title = about(report.subject.name, report.subject.ods_code, report.as_of)
    return Tracker(lines, (*before.closed, *closed), about=title, meeting=meeting_of(assessment), book=Workbook())


def _before(assessment: Assessment) -> Tracker:
    """The tracker of the newest earlier assessment of the organisation; an empty one if there is none."""
    others = Assessment.objects.filter(organisation=assessment.organisation).exclude(pk=assessment.pk)
    earlier = [one for one in others if one.document["as_of"] < assessment.document["as_of"]]
    newest = max(earlier, key=lambda one: (str(one.document["as_of"]), one.pk), default=None)
    return tracker_of(newest) if newest else Tracker()


def _with_work(line: Line, work: TrackedAction) -> Line:
    cells = {**line.cells, "Owner": work.owner, "Status": work.status, PROGRESS: work.progress / 100, NOTES: work.notes}
    return evolve(line, cells={**cells, DUE: work.due} if work.due else cells)


def rows_of(tracker: Tracker) -> tuple[list[Row], list[Row]]:
    """The open and the closed actions of a tracker, as people see them."""
    opened, closed = ([Row.of(line, tracker.meeting) for line in lines] for lines in (tracker.open, tracker.closed))
    return opened, closed


def as_workbook(assessment: Assessment) -> bytes:
    """The tracker in Excel, with what people wrote here. `--carry` takes it over to the next one."""
    tracker = tracker_of(assessment)
    return workbook_of(report_of(assessment), tracker, tracker.meeting)


def day_in(text: str) -> date | None:
    """The day that a person typed, or `None` for an empty text. Raises `InputRefused` if it is none."""
    try:
        return date.fromisoformat(date_typed(text)) if text else None
    except ValueError:
        raise InputRefused([f"{text}: is not a day; enter one like 30 September 2026"]) from None


def work_in(texts: dict[str, str], row: Row) -> tuple[dict[str, Any], dict[str, str]]:
    """What a person wrote about an action, from the texts of the form, and by field what is wrong with them."""
    faults: dict[str, str] = {}
    work: dict[str, Any] = {"owner": texts["owner"] or row.owner, "status": texts["status"], "notes": texts["notes"]}
    try:
        work["due"] = day_in(texts["due"])
    except InputRefused as error:
        faults["due"] = str(error)
    if len(work["owner"]) > LONGEST:
        faults["owner"] = f"use at most {LONGEST} characters"
    if len(work["notes"]) > LONGEST_NOTES:
        faults["notes"] = f"use at most {LONGEST_NOTES} characters"
    if work["status"] not in STATUS:
        faults["status"] = f"choose one of: {', '.join(STATUS)}"
    typed = _PER_CENT.fullmatch(texts["progress"] or "0")
    if typed is None or int(typed[1]) > 100:
        faults["progress"] = f"{texts['progress']}: enter a percentage from 0 to 100"
    work["progress"] = int(typed[1]) if typed else 0
    return work, faults

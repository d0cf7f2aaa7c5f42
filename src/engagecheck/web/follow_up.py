"""The action tracker of an assessment: what its report asks for, with what people wrote about it this year and before.

The rows come from the same code as the tracker in Excel. Those of an earlier assessment are carried over as `--carry` does.
"""

import re
from datetime import date
from typing import Any

from attrs import evolve, frozen
from openpyxl import Workbook

from engagecheck.errors import InputRefused
from engagecheck.model.dates import against_start, day_typed
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
from engagecheck.web.models import Approval, Assessment, EarlierTracker, Meeting, TrackedAction
from engagecheck.web.standing import report_of
from engagecheck.web.team.trail import record

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
    """The tracker of the newest earlier assessment of the organisation, deleted or not; an empty one if there is none."""
    as_of, newest = str(assessment.document["as_of"]), assessment_before(assessment)
    kept = EarlierTracker.objects.filter(organisation=assessment.organisation, as_of__lte=as_of).order_by("as_of", "pk").last()
    if kept and (newest is None or newest.document["as_of"] < kept.as_of.isoformat()):
        return _read(kept.tracker)
    return tracker_of(newest) if newest else Tracker()


def assessment_before(assessment: Assessment) -> Assessment | None:
    """The newest earlier assessment of the organisation, if there is one."""
    earlier = [one for one in others_of(assessment) if one.document["as_of"] < assessment.document["as_of"]]
    return max(earlier, key=lambda one: (str(one.document["as_of"]), one.pk), default=None)


def others_of(assessment: Assessment) -> list[Assessment]:
    """All other assessments of the organisation."""
    return list(Assessment.objects.filter(organisation=assessment.organisation).exclude(pk=assessment.pk))


def later_than(assessment: Assessment) -> list[Assessment]:
    """The later assessments of the organisation, which carry on the work on the actions of this one."""
    return [one for one in others_of(assessment) if one.document["as_of"] > assessment.document["as_of"]]


def keep_work(assessment: Assessment) -> None:
    """Keep the work in the tracker of an assessment that is about to be deleted, as long as a later one carries it on."""
    kept = EarlierTracker.objects.filter(organisation=assessment.organisation)
    is_worked = TrackedAction.objects.filter(assessment=assessment).exists() or meeting_of(assessment)
    if later_than(assessment) and is_worked:
        kept.create(
            organisation=assessment.organisation, as_of=assessment.document["as_of"], tracker=_written(tracker_of(assessment))
        )
    last = max((str(one.document["as_of"]) for one in others_of(assessment)), default=str(date.min))
    kept.filter(as_of__gt=last).delete()


def carry_on(assessment: Assessment, tracker: Tracker) -> None:
    """Carry on the work in a tracker of an earlier day, of which there is no assessment here, in a transaction."""
    values = {"organisation": assessment.organisation, "as_of": tracker.as_of}
    EarlierTracker.objects.update_or_create(**values, defaults={"tracker": _written(tracker)})
    record(assessment, "earlier tracker carried on", "", "", tracker.about)


def _written(tracker: Tracker) -> dict[str, Any]:
    """A tracker as JSON."""
    opened, closed = (
        [{title: _plain(value) for title, value in one.cells.items()} for one in part]
        for part in (tracker.open, tracker.closed)
    )
    return {"about": tracker.about, "meeting": _plain(tracker.meeting), "open": opened, "closed": closed}


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return value if value is None or isinstance(value, str | int | float) else str(value)


def _read(written: dict[str, Any]) -> Tracker:
    """The tracker that was written as JSON."""
    opened, closed = (
        tuple(Line({**cells, DUE: _dated(cells.get(DUE))}) for cells in written[part]) for part in ("open", "closed")
    )
    return Tracker(opened, closed, about=written["about"], meeting=_dated(written["meeting"]))


def _dated(value: Any) -> Any:
    """A day that was written as text, and anything else as it is."""
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        return value


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


def texts_of(assessment: Assessment, row: Row) -> dict[str, str]:
    """What stands about an action, as a person types it. A due date that counts from the meeting is no typed one."""
    work = TrackedAction.objects.filter(assessment=assessment, action=row.id).first()
    return _typed(row, work.due if work else None)


def _typed(row: Row | TrackedAction, due: date | None) -> dict[str, str]:
    due_text = day(due.isoformat()) if due else ""
    return {"owner": row.owner, "due": due_text, "status": row.status, "progress": str(row.progress), "notes": row.notes}


def keep_action(assessment: Assessment, row: Row, work: dict[str, Any]) -> None:
    """Store what a person wrote about an action, and put it on record, in a transaction that holds the assessment."""
    before = texts_of(assessment, row)
    kept, _ = TrackedAction.objects.update_or_create(assessment=assessment, action=row.id, defaults=work)
    after = _typed(kept, kept.due)
    record(assessment, "action", f"tracker/{row.id}", _in_words(before), _in_words(after))


def _in_words(texts: dict[str, str]) -> str:
    return "; ".join(f"{field}: {text}" for field, text in texts.items() if text)


def keep_meeting(assessment: Assessment, on: date | None) -> None:
    """Store the day of the board's meeting, and put it on record, in a transaction.

    Raises `InputRefused` for a day before the profile date, or years after it.
    """
    if on and (wrong := against_start(on, date.fromisoformat(assessment.document["as_of"]), "the profile date")):
        raise InputRefused([wrong])
    before, after = (day(one.isoformat()) if one else "" for one in (meeting_of(assessment), on))
    Meeting.objects.update_or_create(assessment=assessment, defaults={"day": on})
    record(assessment, "day of the board's meeting", before=before, after=after)


def day_in(text: str) -> date | None:
    """The day that a person typed, or `None` for an empty text. Raises `InputRefused` if it is none."""
    try:
        return day_typed(text) if text else None
    except ValueError as error:
        raise InputRefused([str(error)]) from None


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

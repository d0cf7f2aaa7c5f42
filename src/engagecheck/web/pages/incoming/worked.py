"""The tracker that somebody worked in with Excel: what changed in it since it was taken away, looked at and taken over."""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from hashlib import sha256

from attrs import evolve, frozen
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from engagecheck.errors import EngagecheckError, InputRefused
from engagecheck.model.labels import day, plural
from engagecheck.papers.tracker import (
    DIGESTS,
    DUE,
    ID,
    NOTES,
    PEOPLE_COLUMNS,
    PROGRESS,
    Line,
    Tracker,
    is_as_written,
    read,
    said,
)
from engagecheck.papers.tracker_sheets import STATUS
from engagecheck.web.follow_up import Row, carry_on, keep_action, keep_meeting, others_of, texts_of, tracker_of, work_in
from engagecheck.web.models import Assessment
from engagecheck.web.models.kept import Upload
from engagecheck.web.pages.incoming import uploads
from engagecheck.web.pages.incoming.choosing import HERE, THERE, UNDECIDED, Asked
from engagecheck.web.standing import report_of

NEEDED = (ID, *PEOPLE_COLUMNS)
FIELDS = {"Owner": "owner", DUE: "due", "Status": "status", PROGRESS: "progress", NOTES: "notes"}
MEETING = "Date of the board's meeting"


@frozen
class Cell:
    """What the file says about one column of an action, and what stands here. `text` is what is taken over.

    If `is_sure`, it was changed in the file only.
    """

    action: str
    title: str
    question: str
    here: str
    there: str
    text: str
    is_sure: bool

    @property
    def field(self) -> str:
        """The name of the choice in a form."""
        return f"c:{self.action}/{self.title}"


@frozen
class Reading:
    """What a tracker would change here, and what is left out, in sentences. `state` changes with the work here.

    If it is `earlier`, it is of a day of which there is no assessment here, and is carried on as a whole.
    """

    cells: tuple[Cell, ...]
    left_out: tuple[str, ...]
    rows: Mapping[str, Row]
    state: str
    earlier: Tracker | None = None

    @property
    def counts(self) -> tuple[int, int]:
        """How many actions of an earlier tracker are open here, and how many are closed."""
        names = [line.id for line in self.earlier.open] if self.earlier else []
        opened = sum(name in self.rows for name in names)
        return opened, len(names) - opened

    @property
    def day(self) -> str:
        """The day of an earlier tracker, in words."""
        return day(self.earlier.as_of) if self.earlier else ""

    def asked(self, given: Mapping[str, str]) -> list[Asked]:
        """What was changed here and in the file, with what a request has chosen."""
        differing = [one for one in self.cells if not one.is_sure]
        return [
            Asked(one.field, one.question, f"{one.here} (here)", f"{one.there} (the file)", given.get(one.field, ""))
            for one in differing
        ]

    def taken(self, given: Mapping[str, str]) -> list[Cell]:
        """What is taken over: what is sure, and what a request has chosen."""
        return [one for one in self.cells if one.is_sure or given.get(one.field) == THERE]


@require_POST
def bring(request: HttpRequest, pk: int) -> HttpResponse:
    """Read a tracker, and keep the file until the person has looked at what it would change."""
    assessment = get_object_or_404(Assessment, pk=pk)
    try:
        content, name = uploads.content_of(request.FILES.get("worked"))
        _read(assessment, name, content)
    except EngagecheckError as error:
        parts = {"assessment": assessment, "complaints": str(error).split("\n")}
        return render(request, "workplace/bring_tracker.html", parts, status=422)
    upload = uploads.keep(assessment, request.user.get_username(), name, content)
    return redirect("worked-tracker", pk, upload.pk)


@never_cache
@require_http_methods(["GET", "POST"])
def worked(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Show what a tracker would change, and take it over once the person has chosen."""
    upload = uploads.own_upload(request, pk, number)
    if request.method == "GET":
        return _shown(request, upload)
    with transaction.atomic():
        assessment = get_object_or_404(Assessment.objects.select_for_update(), pk=pk)
        reading = _read(assessment, upload.name, bytes(upload.content))
        if reading.state != request.POST.get("state"):
            return _shown(request, upload, uploads.CHANGED, status=409)
        if any(one.chosen not in (HERE, THERE) for one in reading.asked(request.POST)):
            return _shown(request, upload, UNDECIDED, status=422)
        taken = reading.taken(request.POST)
        _take_over(assessment, reading, taken)
        upload.delete()
    what = f"the work of {reading.day}" if reading.earlier else plural(len(taken), "change")
    messages.success(request, f"Taken over: {what} from {upload.name}.")
    return redirect("tracker", pk)


def _shown(request: HttpRequest, upload: Upload, complaint: str = "", status: int = 200) -> HttpResponse:
    assessment = get_object_or_404(Assessment, pk=upload.assessment_id)
    reading = None
    try:
        reading = _read(assessment, upload.name, bytes(upload.content))
    except EngagecheckError as error:
        complaint, status = str(error), 422
    parts = {
        "assessment": assessment,
        "upload": upload,
        "reading": reading,
        "sure": [one for one in reading.cells if one.is_sure] if reading else [],
        "asked": reading.asked(request.POST) if reading else [],
        "complaints": complaint.split("\n") if complaint else [],
        "is_undecided": status == 422 and reading is not None,
    }
    return render(request, "workplace/worked.html", parts, status=status)


def _read(assessment: Assessment, name: str, content: bytes) -> Reading:
    """What a tracker would change. Raises `InputRefused` if it is no tracker of this organisation, or its headings changed."""
    found, report = read(content, name), report_of(assessment)
    found.refuse_another(name, report.subject.name, report.subject.ods_code, report.as_of)
    if missing := [title for title in NEEDED if title not in found.titles]:
        columns = " and ".join(f"“{title}”" for title in missing)
        raise InputRefused([f"{name}: the sheet {found.actions} has no column {columns}; give the headings their old names"])
    held = tracker_of(assessment)
    here = {line.id: line for line in held.open}
    rows = {name: Row.of(line, held.meeting) for name, line in here.items()}
    state = {name: [said(line, title) for title in PEOPLE_COLUMNS] for name, line in here.items()}
    digest = sha256(json.dumps([state, str(held.meeting)]).encode()).hexdigest()
    if found.as_of and found.as_of < report.as_of:
        earlier = _earlier(found, name, assessment)
        return Reading((), tuple(_not_ours(found)), rows, digest, earlier)
    known = {line.id: line for line in reversed(found.open) if line.id in here}
    meeting = _meeting(found.meeting, held.meeting)
    cells, left_out = list(meeting), [*_unknown(found, held), *_not_ours(found)]
    for action, line in known.items():
        for cell in _changes(line, here[action], rows[action]):
            _, faults = work_in({**texts_of(assessment, rows[action]), FIELDS[cell.title]: cell.text}, rows[action])
            if faults:
                left_out.append(
                    f"{cell.question}: {'; '.join(faults.values())}. Correct the cell, and bring the file in again."
                )
            else:
                cells.append(cell)
    return Reading(tuple(cells), tuple(left_out), rows, digest)


def _earlier(found: Tracker, name: str, assessment: Assessment) -> Tracker:
    """The actions of a tracker of an earlier day. Raises `InputRefused` if there is an assessment of that day here."""
    if any(one.document["as_of"] == found.as_of for one in others_of(assessment)):
        own = f"bring it in at the actions of {day(found.as_of)}; what was worked there goes on here by itself"
        raise InputRefused([f"{name}: this is the tracker of {day(found.as_of)}, of which there is an assessment here; {own}"])
    opened: dict[str, Line] = {}
    for line in found.open:
        if line.id and line.cells.get(DIGESTS):
            opened.setdefault(
                line.id, Line({title: one for title, one in line.cells.items() if title not in found.own_columns})
            )
    return evolve(found, open=tuple(opened.values()), own_columns=())


def _meeting(there: date | None, here: date | None) -> Iterator[Cell]:
    """The day of the board's meeting. Nobody can see who changed it, so two days are asked about."""
    if there and there != here:
        was = day(here.isoformat()) if here else "no day"
        yield Cell("", MEETING, MEETING, was, day(there.isoformat()), there.isoformat(), is_sure=here is None)


def _unknown(found: Tracker, held: Tracker) -> Iterator[str]:
    """The rows of actions that are not open here, in sentences."""
    opened, closed = {line.id for line in held.open}, {line.id for line in held.closed}
    for line in found.open:
        if line.id in closed:
            yield f"{_who(line)} is closed here; its row is not read."
        elif line.id and line.id not in opened:
            yield f"{_who(line)} is no action of this assessment ({line.id}); its row is not read."


def _who(line: Line) -> str:
    return f"“{line.cells.get('Action') or line.id or next(iter(line.cells.values()), '')}”"


def _not_ours(found: Tracker) -> Iterator[str]:
    """The rows and columns that people added, in sentences."""
    seen: set[str] = set()
    for line in found.open:
        who = _who(line)
        if line.id in seen:
            yield f"{who} stands there twice; only its first row is read."
        elif not line.id:
            yield f"{who} is a row that somebody added; it stays in the file, because only actions of the report are kept here."
        seen.update({line.id} - {""})
    for title in found.own_columns:
        yield f"The column “{title}” is not read; what should stay here belongs in the notes."


def _changes(line: Line, here: Line, row: Row) -> Iterator[Cell]:
    """The columns that say something else in the file than here, and that were changed in the file.

    An empty cell says what stands there before anybody works on an action. It leaves the owner as it is.
    """
    for title in PEOPLE_COLUMNS:
        text = said(line, title) or {"Owner": said(here, "Owner"), "Status": STATUS[0], PROGRESS: "0"}.get(title, "")
        if text == said(here, title) or is_as_written(line, title, line):
            continue
        question = f"{row.action} – {title}"
        is_sure = is_as_written(line, title, here)
        yield Cell(line.id, title, question, _in_words(title, said(here, title)), _in_words(title, text), text, is_sure)


def _in_words(title: str, text: str) -> str:
    if title == PROGRESS:
        return f"{text} %" if text.isdigit() else text
    try:
        return day(date.fromisoformat(text).isoformat()) if title == DUE else text or "nothing"
    except ValueError:
        return text or "as the report says"


def _take_over(assessment: Assessment, reading: Reading, taken: list[Cell]) -> None:
    if reading.earlier:
        carry_on(assessment, reading.earlier)
    for one in (one for one in taken if one.title == MEETING):
        keep_meeting(assessment, date.fromisoformat(one.text))
    by_action: dict[str, dict[str, str]] = {}
    for one in (one for one in taken if one.title != MEETING):
        by_action.setdefault(one.action, {})[FIELDS[one.title]] = one.text
    for action, texts in by_action.items():
        row = reading.rows[action]
        work, _ = work_in({**texts_of(assessment, row), **texts}, row)
        keep_action(assessment, row, work)

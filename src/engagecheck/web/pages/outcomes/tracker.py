"""The actions of an assessment, and the work on them: owner, day, status, progress and notes."""

import json
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from engagecheck.errors import InputRefused
from engagecheck.model.labels import day
from engagecheck.papers.tracker_sheets import STATUS
from engagecheck.web.answers.saving import as_sent
from engagecheck.web.follow_up import (
    Row,
    as_workbook,
    day_in,
    keep_action,
    keep_meeting,
    rows_of,
    texts_of,
    tracker_of,
    work_in,
)
from engagecheck.web.models import Assessment, GivenAction, Membership, User
from engagecheck.web.pages.downloads import attachment, file_name
from engagecheck.web.pages.team.typed import typed
from engagecheck.web.team.own_actions import own_actions
from engagecheck.web.team.table import CONTRIBUTOR
from engagecheck.web.team.trail import record

FIELDS = ("owner", "due", "status", "progress", "notes")


@never_cache
@require_http_methods(["GET", "POST"])
def tracker(request: HttpRequest, pk: int) -> HttpResponse:
    """All actions, and the day of the board's meeting, from which due dates count."""
    assessment = get_object_or_404(Assessment, pk=pk)
    fault = ""
    if request.method == "POST":
        try:
            with transaction.atomic():
                keep_meeting(assessment, day_in(request.POST.get("meeting", "").strip()))
            messages.success(request, "Saved.")
            return redirect("tracker", pk)
        except InputRefused as error:
            fault = str(error)
    held = tracker_of(assessment)
    opened, closed = (own_actions(request, assessment, rows) for rows in rows_of(held))
    parts = {
        "assessment": assessment,
        "opened": opened,
        "closed": closed,
        "fault": fault,
        "meeting": request.POST.get("meeting", day(held.meeting.isoformat()) if held.meeting else ""),
    }
    return render(request, "workplace/tracker.html", parts, status=422 if fault else 200)


@never_cache
@require_GET
def workbook(_request: HttpRequest, pk: int) -> HttpResponse:
    """The tracker in Excel, with what people wrote here."""
    assessment = get_object_or_404(Assessment, pk=pk)
    return attachment(as_workbook(assessment), file_name(assessment, "tracker", "xlsx"))


@never_cache
@require_http_methods(["GET", "POST"])
def action(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """One action, and what people wrote about it. Two people who differ see both."""
    assessment = get_object_or_404(Assessment, pk=pk)
    row = _row(assessment, name)
    if not own_actions(request, assessment, [row]):
        raise PermissionDenied
    texts = texts_of(assessment, row)
    was = _state(texts)
    if request.method == "GET":
        return _shown(request, assessment, row, texts, was)
    sent = {field: as_sent(request.POST.get(field, "")).replace("\0", "").strip() for field in FIELDS}  # PostgreSQL keeps no \0
    work, faults = work_in(sent, row)
    if faults:
        return _shown(request, assessment, row, sent, request.POST.get("was", ""), faults)
    with transaction.atomic():
        assessment = get_object_or_404(Assessment.objects.select_for_update(), pk=pk)
        row = _row(assessment, name)
        theirs = texts_of(assessment, row)
        if request.POST.get("was", "") != _state(theirs):
            return _shown(request, assessment, row, sent, _state(theirs), theirs=theirs)
        keep_action(assessment, row, work)
    messages.success(request, f"Saved: {row.action}")
    return redirect("tracker", pk)


@require_POST
def give(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Give an action to a contributor to work on, or to nobody."""
    with transaction.atomic():
        assessment = get_object_or_404(Assessment.objects.select_for_update(), pk=pk)
        row, to = _row(assessment, name), typed(request, "given")
        chosen = next((one for one in _contributors(assessment) if str(one) == to), None)
        if to and chosen is None:
            raise Http404
        before = GivenAction.objects.filter(assessment=assessment, action=name).first()
        GivenAction.objects.filter(assessment=assessment, action=name).delete()
        if chosen:
            GivenAction.objects.create(assessment=assessment, action=name, user=chosen)
        record(assessment, "action given", f"tracker/{name}", str(before.user) if before else "", to)
    messages.success(request, f"{row.action}: {f'given to {chosen}' if chosen else 'given to nobody in particular'}.")
    return redirect("action", pk, name)


def _contributors(assessment: Assessment) -> list[User]:
    held = Membership.objects.filter(assessment=assessment, role=CONTRIBUTOR, user__is_active=True).select_related("user")
    return [one.user for one in held]


def _row(assessment: Assessment, name: str) -> Row:
    opened, _ = rows_of(tracker_of(assessment))
    for row in opened:
        if row.id == name:
            return row
    raise Http404


def _state(texts: dict[str, str]) -> str:
    """What stands about an action, as one text, so that a change by somebody else is noticed."""
    return json.dumps(texts)


def _shown(
    request: HttpRequest, assessment: Assessment, row: Row, texts: dict[str, str], was: str,
    faults: dict[str, str] | None = None, theirs: dict[str, Any] | None = None,
) -> HttpResponse:  # fmt: skip
    given = GivenAction.objects.filter(assessment=assessment, action=row.id).select_related("user").first()
    parts = {
        "assessment": assessment,
        "row": row,
        "contributors": _contributors(assessment),
        "given": given and given.user,
        "texts": texts,
        "was": was,
        "faults": faults or {},
        "theirs": theirs,
        "statuses": STATUS,
    }
    return render(request, "workplace/action.html", parts, status=409 if theirs else 422 if faults else 200)

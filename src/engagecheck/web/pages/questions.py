"""The questions of a section or an entry: shown, saved as one types, and chosen from where two people differ."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from engagecheck.intake.questions.kinds import NotAnAnswer
from engagecheck.web import files
from engagecheck.web.answers.blocks import above, is_entry_page, is_on_page, label_of, page_at, state_of
from engagecheck.web.answers.places import question_at
from engagecheck.web.answers.saving import Change, Conflict, as_sent, exists, remove, save
from engagecheck.web.answers.shown import Block, Page
from engagecheck.web.follow_up import assessment_before
from engagecheck.web.models import Assessment, Revision
from engagecheck.web.standing import parts_of, standing_of
from engagecheck.web.team.access import access_of
from engagecheck.web.team.table import TABLE


@never_cache
@require_http_methods(["GET", "POST"])
def questions(request: HttpRequest, pk: int, address: str) -> HttpResponse:
    """A page of questions, and the saving of its answers."""
    assessment = get_object_or_404(Assessment, pk=pk)
    try:
        earlier = _earlier(request, assessment, address)
        page = page_at(assessment.kept, address, earlier=earlier)
        if request.method == "GET":
            return shown(request, assessment, page)
        changes = _changes(request, address)
        if request.headers.get("HX-Request") == "true":
            return _saved_at_once(request, pk, page, changes, earlier)
        return _saved(request, pk, page, changes, earlier)
    except KeyError:
        raise Http404 from None


def _earlier(request: HttpRequest, assessment: Assessment, address: str) -> Mapping[str, Any]:
    """The document of the assessment before, if the person may read this section there."""
    before = assessment_before(assessment)
    try:
        may_read = before is not None and access_of(request.user, before.pk).has(address.partition("/")[0])
    except Http404:
        may_read = False
    return before.document if before and may_read else {}


def _changes(request: HttpRequest, page: str) -> list[Change]:
    """The texts that a request holds. One that htmx sent holds the whole form, and only the field that sent it counts."""
    sender = request.headers.get("HX-Trigger", "").removeprefix("field:")
    changes = []
    for name in request.POST:
        address = name.removeprefix("v:")
        if name == address or (request.headers.get("HX-Request") and address.replace("/", "--") != sender):
            continue
        if not is_on_page(page, address):
            raise KeyError(address)
        text, was = (as_sent(request.POST.get(f"{kind}:{address}", "")) for kind in "vw")
        changes.append(Change(address, text, was))
    return changes


class _Gone(Exception):
    """Raised when an entry was removed while a person changed it."""


def _kept_after(request: HttpRequest, pk: int, page: Page, changes: list[Change]) -> tuple[Assessment, tuple[Conflict, ...]]:
    """Save changes, one request after another. Returns the assessment and the conflicts, or raises `_Gone`."""
    with transaction.atomic():
        assessment = Assessment.held(pk)
        before = assessment.kept
        if "known" in request.POST and not exists(before, page.address):
            raise _Gone
        saved = save(before, changes)
        if saved.kept != before:
            assessment.keep(saved.kept)
    return assessment, saved.conflicts


def _saved(request: HttpRequest, pk: int, page: Page, changes: list[Change], earlier: Mapping[str, Any]) -> HttpResponse:
    """Save the whole page, and show it again or, after an entry, the page above."""
    try:
        assessment, conflicts = _kept_after(request, pk, page, changes)
    except _Gone:
        assessment = get_object_or_404(Assessment, pk=pk)
        again = page_at(page.kept, page.address, {one.address: one.text for one in changes}, earlier)
        return shown(request, assessment, again, gone=True, status=409)
    if conflicts:
        asked = [(one, question_at(one.address)) for one in conflicts]
        parts = {"assessment": assessment, "page": page, "conflicts": asked, "action": request.path}
        return render(request, "workplace/conflicts.html", parts, status=409)
    after = page_at(assessment.kept, page.address)
    faults = [one for one in after.fields() if one.fault]
    if not faults:
        messages.success(request, "Saved.")
    leads = above(page.address) if is_entry_page(page.address) and not faults else page.address
    return redirect("questions", pk, leads)


def _saved_at_once(
    request: HttpRequest, pk: int, page: Page, changes: list[Change], earlier: Mapping[str, Any]
) -> HttpResponse:
    """Save one field, and answer with what belongs below it, the rating, and the questions that now arise or no longer do."""
    if len(changes) != 1:
        raise KeyError(page.address)
    (change,) = changes
    try:
        assessment, conflicts = _kept_after(request, pk, page, changes)
    except _Gone:
        return render(
            request, "workplace/at_once.html", {"change": change, "key": change.address.replace("/", "--"), "gone": True}
        )
    after = page_at(assessment.kept, page.address, {change.address: change.text}, earlier)
    shown = {block.address: block.is_shown for block in _all_blocks(page.blocks)}
    parts = {
        "assessment": assessment,
        "field": next((one for one in after.fields() if one.address == change.address), None),
        "key": change.address.replace("/", "--"),
        "conflict": conflicts[0] if conflicts else None,
        "change": change,
        "page": after,
        "may_save": True,
        "turned": [one for one in _all_blocks(after.blocks) if one.is_shown != shown.get(one.address)],
        "standing": standing_of(assessment),
        "action": request.path,
    }
    return render(request, "workplace/at_once.html", parts)


def _all_blocks(blocks: tuple[Block, ...]) -> list[Block]:
    return [inner for block in blocks for inner in (block, *_all_blocks(block.blocks))]


def shown(
    request: HttpRequest, assessment: Assessment, page: Page, *, gone: bool = False, file_fault: str = "", status: int = 200
) -> HttpResponse:
    """A page of questions. `file_fault` says why a file for this entry of the evidence register is not kept."""
    is_entry, section = is_entry_page(page.address), page.address.partition("/")[0]
    may_save = request.access.may(TABLE["questions"], section, acts=True)
    parts = {
        "assessment": assessment,
        "page": page,
        "faults": [one for one in page.fields() if one.fault],
        "entries_in_error": [one for block in _all_blocks(page.blocks) for one in block.entries or () if one.faults],
        "parts": parts_of(assessment, request.access),
        "standing": standing_of(assessment),
        "action": reverse("questions", args=(assessment.pk, page.address)) if may_save else "",
        "may_save": may_save,
        "remarks": [one for one in assessment.remark_set.filter(closed_by="") if one.section == section],
        "section": section,
        "back": page_at(page.kept, above(page.address)) if is_entry else None,
        "is_known": is_entry and exists(page.kept, page.address) and not gone,
        "gone": gone,
        "file_fault": file_fault,
        "entry": page.address.rpartition("/")[2],
        "revisions": _revisions(assessment, page.address),
    }
    return render(request, "workplace/questions.html", parts, status=status)


def _revisions(assessment: Assessment, address: str) -> QuerySet[Revision]:
    """The files of an entry of the evidence register, the newest first. Any other page has none."""
    return Revision.objects.filter(assessment=assessment, entry=address.removeprefix("evidence/")).select_related("file")


@never_cache
@require_http_methods(["GET", "POST"])
def remove_entry(request: HttpRequest, pk: int, address: str) -> HttpResponse:
    """Ask, and remove an entry of a list. If it has changed since the question was put, it is put again."""
    try:
        if not is_entry_page(address):
            raise KeyError(address)
        refused = ""
        if request.method == "POST":
            refused = _removed(request, pk, address)
            if not refused:
                messages.success(request, "Removed.")
                return redirect("questions", pk, above(address))
        assessment = get_object_or_404(Assessment, pk=pk)
        parts: dict[str, Any] = {
            "assessment": assessment,
            "title": f"Remove “{label_of(assessment.kept, address) or 'this entry'}”?",
            "text": f"All its answers are deleted.{' Its files are deleted too.' if _revisions(assessment, address) else ''}",
            "action": request.path,
            "back": reverse("questions", args=(pk, above(address))),
            "button": "Remove the entry",
            "was": state_of(assessment.kept, address),
            "refused": refused,
        }
        return render(request, "workplace/sure.html", parts, status=409 if refused else 200)
    except KeyError:
        raise Http404 from None


def _removed(request: HttpRequest, pk: int, address: str) -> str:
    """Remove an entry, or say why it is not removed."""
    with transaction.atomic():
        assessment = Assessment.held(pk)
        if state_of(assessment.kept, address) != request.POST.get("was", ""):
            return "Somebody changed this entry meanwhile. Look at it again before you remove it."
        try:
            assessment.keep(remove(assessment.kept, address))
            if _revisions(assessment, address).delete()[0]:
                files.sweep(assessment.organisation)
        except NotAnAnswer as error:
            return f"This entry cannot be removed yet: {error}."
    return ""

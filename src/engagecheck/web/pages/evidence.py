"""Files of evidence: added to an entry of the register, taken away, and removed with a reason."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from engagecheck.errors import InputRefused
from engagecheck.web import files
from engagecheck.web.answers.blocks import page_at
from engagecheck.web.answers.places import NOTHING, value_at
from engagecheck.web.answers.saving import Change, save, text_at
from engagecheck.web.models import Assessment, Revision, StoredFile
from engagecheck.web.models.assessments import NotNow
from engagecheck.web.pages import questions
from engagecheck.web.pages.downloads import attachment, refused
from engagecheck.web.settings import MOST_BYTES
from engagecheck.web.team.table import LEAD
from engagecheck.web.team.trail import record


@require_POST
def add(request: HttpRequest, pk: int, entry: str) -> HttpResponse:
    """Keep an uploaded file for an entry, and state its digest in the register."""
    file, address = request.FILES.get("file"), f"evidence/{entry}"
    try:
        if file is None:
            raise InputRefused(["Choose a file first."])
        if file.size > MOST_BYTES:
            raise InputRefused(
                [f"{file.name}: is larger than {MOST_BYTES // 1_000_000} MB; keep it elsewhere and state where it is"]
            )
        with transaction.atomic():
            assessment = Assessment.held(pk)
            if value_at(assessment.document, address) is NOTHING:
                raise Http404
            revision = files.add(assessment, entry, file.name, file.read(), request.user.get_username())
            record(assessment, "file added", address, "", f"{revision.name}, SHA-256 {revision.file.sha256}")
            state_digest(assessment, address, revision.file.sha256)
    except NotNow:
        raise
    except InputRefused as error:
        assessment = get_object_or_404(Assessment, pk=pk)
        return questions.shown(request, assessment, page_at(assessment.kept, address), file_fault=str(error), status=422)
    messages.success(request, f"Kept: {revision.name}.")
    return redirect("questions", pk, address)


def state_digest(assessment: Assessment, address: str, digest: str) -> None:
    """State the digest of the newest file in the register, as a person would type it. An empty one states none."""
    place = f"{address}/sha256"
    kept = save(assessment.kept, [Change(place, digest, text_at(assessment.kept, place))]).kept
    if kept != assessment.kept:
        assessment.keep(kept)


def _revision(pk: int, number: int) -> Revision:
    """A revision of an assessment. One of another assessment is not found."""
    return get_object_or_404(Revision.objects.select_related("file", "assessment"), pk=number, assessment_id=pk)


@never_cache
@require_GET
def download(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """A file as a download. A browser never opens it in place."""
    revision = _revision(pk, number)
    try:
        if revision.file.removed_at is not None:
            raise InputRefused([f"{revision.name}: was removed by {revision.file.removed_by}: {revision.file.reason}"])
        return attachment(files.read(revision), revision.name)
    except InputRefused as error:
        address = f"questions/evidence/{revision.entry}"
        return refused(request, revision.assessment, "The file is not there", str(error), address)


@never_cache
@require_http_methods(["GET", "POST"])
def remove(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Ask for a reason, and remove a file. Its digest, the reason, and who removed it when stay on record."""
    revision = _revision(pk, number)
    if LEAD not in request.access.roles and revision.added_by != request.user.get_username():
        raise PermissionDenied
    reason = request.POST.get("reason", "").strip()[:500]
    if request.method == "POST" and reason:
        with transaction.atomic():
            assessment = get_object_or_404(Assessment.objects.select_for_update(), pk=pk)
            file = StoredFile.objects.select_for_update().get(pk=revision.file_id)
            if file.removed_at is None:
                file.removed_at, file.removed_by, file.reason = timezone.now(), request.user.get_username(), reason
                file.save()
                files.erase(file)
                record(assessment, "file removed", revision.address, f"SHA-256 {file.sha256}", reason)
        messages.success(request, f"Removed: {revision.name}.")
        return redirect("questions", pk, f"evidence/{revision.entry}")
    fault = "Enter a reason." if request.method == "POST" else ""
    parts = {"assessment": revision.assessment, "revision": revision, "title": f"Remove {revision.name}?", "fault": fault}
    return render(request, "workplace/remove_file.html", parts, status=422 if fault else 200)

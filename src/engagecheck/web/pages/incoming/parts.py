"""The parts of colleagues and filled forms, put together in an assessment as `engagecheck merge` does."""

from collections.abc import Mapping

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from engagecheck.errors import EngagecheckError
from engagecheck.intake.importers.importing import new_facts
from engagecheck.intake.merge import Merged
from engagecheck.intake.workflow.parts import merge_parts, read_part
from engagecheck.model.labels import plural
from engagecheck.web.models import Assessment
from engagecheck.web.models.kept import Upload
from engagecheck.web.pages.incoming import uploads
from engagecheck.web.pages.incoming.choosing import UNDECIDED, asked_about, choosing, is_chosen, settled
from engagecheck.web.standing import registry

NAME = "this assessment"


@require_POST
def bring(request: HttpRequest, pk: int) -> HttpResponse:
    """Read a part, and keep it until the person has looked at what it says."""
    assessment = get_object_or_404(Assessment, pk=pk)
    try:
        content, name = uploads.content_of(request.FILES.get("part"))
        _merged(assessment, name, content, {})
    except EngagecheckError as error:
        return uploads.asked(request, assessment, "part", tuple(str(error).split("\n")))
    upload = uploads.keep(assessment, request.user.get_username(), name, content)
    return redirect("part", pk, upload.pk)


def _merged(assessment: Assessment, name: str, content: bytes, chosen: Mapping[str, str]) -> Merged:
    """The profile with a part. `chosen` says for each difference, by its field, which answer counts."""
    profile = assessment.profile
    part = read_part(content, name, profile, registry())
    return merge_parts(profile, NAME, [(name, part)], choosing(chosen))


@never_cache
@require_http_methods(["GET", "POST"])
def part(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Show what a part says and how it differs, and take it over once the person has chosen."""
    upload = uploads.own_upload(request, pk, number)
    if request.method == "GET":
        return _shown(request, upload)
    with transaction.atomic():
        assessment = get_object_or_404(Assessment.objects.select_for_update(), pk=pk)
        if str(assessment.version) != request.POST.get("version"):
            return _shown(request, upload, uploads.CHANGED, status=409)
        try:
            merged = _merged(assessment, upload.name, bytes(upload.content), request.POST)
            if not is_chosen(merged, request.POST):
                return _shown(request, upload, UNDECIDED, status=422)
            facts = list(new_facts(merged.document, assessment.profile))
            uploads.take_over(assessment, merged.document)
        except EngagecheckError as error:
            return _shown(request, upload, str(error), status=422)
        upload.delete()
    messages.success(request, f"Taken over: {plural(len(facts), 'fact')} from {upload.name}.")
    return redirect("overview", pk)


def _shown(request: HttpRequest, upload: Upload, complaint: str = "", status: int = 200) -> HttpResponse:
    assessment = get_object_or_404(Assessment, pk=upload.assessment_id)
    merged = None
    try:
        merged = _merged(assessment, upload.name, bytes(upload.content), request.POST)
    except EngagecheckError as error:
        complaint, status = str(error), 422
    parts = {
        "assessment": assessment,
        "upload": upload,
        "facts": list(new_facts(merged.document, assessment.profile)) if merged else [],
        "asked": asked_about(merged, request.POST) if merged else [],
        "ending": uploads.ending(assessment, merged.document) if merged else [],
        "settled": settled(merged) if merged else [],
        "can_be_read": merged is not None,
        "complaints": complaint.split("\n") if complaint else [],
        "is_undecided": status == 422 and merged is not None,
    }
    return render(request, "workplace/part.html", parts, status=status)

"""The list of assessments, a new one, one from a file, and the overview of one with its profile to take away."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from engagecheck.errors import EngagecheckError, InputRefused
from engagecheck.intake.explain import open_document, valid_document
from engagecheck.intake.writing import write_document
from engagecheck.model.labels import day
from engagecheck.web import files
from engagecheck.web.answers.blocks import field_for
from engagecheck.web.answers.saving import BEGINNING, as_sent, begun
from engagecheck.web.answers.shown import Field
from engagecheck.web.follow_up import keep_work, later_than
from engagecheck.web.models import Assessment, Wanted
from engagecheck.web.pages.downloads import attachment, file_name
from engagecheck.web.pages.outcomes.ages import too_old
from engagecheck.web.pages.team.typed import typed
from engagecheck.web.settings import MOST_BYTES
from engagecheck.web.standing import parts_of, registry, standing_of
from engagecheck.web.team.access import for_the_board, visible
from engagecheck.web.team.accounts import is_alone
from engagecheck.web.team.removal import forget_approvals
from engagecheck.web.team.table import APPROVED, PUBLISHED
from engagecheck.web.team.trail import record


@never_cache
@require_GET
def assessments(request: HttpRequest) -> HttpResponse:
    """Every assessment that the user has a role in, the last saved first."""
    return render(request, "workplace/assessments.html", _lists(request))


def _lists(request: HttpRequest) -> dict[str, Any]:
    return {
        "assessments": visible(request.user),
        "reports": for_the_board(request.user),
        "wanted": Wanted.objects.filter(asked=request.user, done_by="").select_related("assessment"),
        "given": visible(request.user).filter(givenaction__user=request.user, step__in=(APPROVED, PUBLISHED)).distinct(),
    }


@never_cache
@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """Ask for what every profile needs, and begin an assessment."""
    texts = {address: as_sent(request.POST.get(f"v:{address}", "")) for address in BEGINNING}
    faults: dict[str, str] = {}
    if request.method == "POST":
        document, faults = begun(texts)
        if not faults:
            made = Assessment.begin(document, request.user)
            return redirect("overview", made.pk)
    fields: list[Field] = [field_for(address, texts[address], faults.get(address, "")) for address in BEGINNING]
    parts = {"fields": fields, "faults": [one for one in fields if one.fault]}
    return render(request, "workplace/begin.html", parts, status=422 if faults else 200)


@require_POST
def bring(request: HttpRequest) -> HttpResponse:
    """Begin an assessment with the profile in a file: JSON or a workbook."""
    file = request.FILES.get("file")
    try:
        if file is None:
            raise InputRefused(["Choose a file first: a profile as JSON, or a workbook."])
        if file.size > MOST_BYTES:
            raise InputRefused([f"{file.name}: is larger than {MOST_BYTES // 1_000_000} MB; check that it is the right file"])
        document = valid_document(open_document(file.read(), file.name), registry())
    except EngagecheckError as error:
        return refused(request, str(error), "file")
    made = Assessment.begin(document, request.user)
    left_out = " It was signed. Those signatures are left out: here, an assessment is signed by its steps."
    messages.success(request, f"Read from {file.name}.{left_out if document.get('sign_off') else ''}")
    return redirect("overview", made.pk)


def refused(request: HttpRequest, complaint: str, field: str) -> HttpResponse:
    """The list of assessments, with what is wrong with the file of a field."""
    parts = {**_lists(request), "complaints": complaint.split("\n"), "field": field}
    return render(request, "workplace/assessments.html", parts, status=422)


@never_cache
@require_GET
def overview(request: HttpRequest, pk: int) -> HttpResponse:
    """How far an assessment is, section by section, its rating, and what can be taken away."""
    assessment = get_object_or_404(Assessment, pk=pk)
    parts = {
        "assessment": assessment,
        "parts": parts_of(assessment, request.access),
        "standing": standing_of(assessment),
        "too_old": too_old(assessment),
        "is_alone": is_alone(),
    }
    return render(request, "workplace/overview.html", parts)


@never_cache
@require_http_methods(["GET", "POST"])
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, and delete an assessment with all that is in it. If it was approved before, say why."""
    assessment, reason = get_object_or_404(Assessment, pk=pk), typed(request, "reason")
    asks_reason = assessment.approval_set.exists()
    if request.method == "POST":
        with transaction.atomic():
            assessment = Assessment.held(pk)
            asks_reason = assessment.approval_set.exists()
            if reason or not asks_reason:
                _deleted(assessment, reason)
                messages.success(request, f"Deleted: {assessment}.")
                return redirect("assessments")
    later = min((one.document["as_of"] for one in later_than(assessment)), default="")
    work = f" What was written about its actions stays in the tracker of {day(later)}." if later else ""
    parts = {
        "assessment": assessment,
        "title": "Delete this assessment?",
        "text": f"All its answers and files are deleted.{work} Take the profile away first if you may need it again.",
        "asks_reason": asks_reason,
        "refused": "Say why it is deleted." if request.method == "POST" else "",
        "action": reverse("delete", args=(pk,)),
        "back": reverse("overview", args=(pk,)),
        "button": "Delete the assessment",
    }
    return render(request, "workplace/sure.html", parts, status=422 if parts["refused"] else 200)


def _deleted(assessment: Assessment, reason: str) -> None:
    forget_approvals(assessment, reason)
    record(None, "assessment deleted", "", str(assessment), reason)
    keep_work(assessment)
    assessment.delete()
    files.sweep(assessment.organisation)


@never_cache
@require_GET
def profile(_request: HttpRequest, pk: int, suffix: str) -> HttpResponse:
    """The profile as JSON or as a workbook, without the answers that still fail a check."""
    assessment = get_object_or_404(Assessment, pk=pk)
    content = write_document(assessment.profile, f"profile.{suffix}")
    return attachment(content, file_name(assessment, "profile", suffix))

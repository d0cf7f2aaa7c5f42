"""Remarks on questions: made, answered, and closed."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from engagecheck.web.answers.places import question_at
from engagecheck.web.models import Assessment, Remark
from engagecheck.web.pages.team.typed import typed
from engagecheck.web.team.trail import record

LONGEST = 2_000
"""The most characters of a remark or an answer."""


@never_cache
@require_GET
def shown(request: HttpRequest, pk: int) -> HttpResponse:
    """The remarks on the sections that may be read, those that are still open first."""
    return _page(request, get_object_or_404(Assessment, pk=pk))


def _page(request: HttpRequest, assessment: Assessment, fault: str = "", wrong: int = 0) -> HttpResponse:
    """The remarks. `fault` says what is wrong with the answer to the one of the number `wrong`."""
    remarks = [one for one in assessment.remark_set.all() if request.access.has(one.section)]
    parts = {
        "assessment": assessment,
        "fault": fault,
        "wrong": wrong,
        "target": f"answer-{wrong}",
        "remarks": [(one, _title(one.address)) for one in sorted(remarks, key=lambda one: bool(one.closed_by))],
    }
    return render(request, "workplace/remarks.html", parts, status=422 if fault else 200)


def _title(address: str) -> str:
    section = question_at(address.partition("/")[0]).title
    return section if "/" not in address else f"{section}: {question_at(address).text or question_at(address).title}"


@never_cache
@require_http_methods(["GET", "POST"])
def make(request: HttpRequest, pk: int, address: str) -> HttpResponse:
    """Ask for a remark on a question or a section, and keep it."""
    assessment = get_object_or_404(Assessment, pk=pk)
    try:
        title = _title(address)
    except KeyError:
        raise Http404 from None
    text = typed(request, "text", LONGEST)
    if request.method == "POST" and text:
        with transaction.atomic():
            Remark.objects.create(assessment=assessment, address=address, text=text, by=request.user.get_username())
            record(assessment, "remark", address, "", text)
        messages.success(request, "Your remark is kept.")
        return redirect("remarks", pk)
    fault = "Enter a remark." if request.method == "POST" else ""
    parts = {"assessment": assessment, "address": address, "title": title, "fault": fault}
    return render(request, "workplace/remark.html", parts, status=422 if fault else 200)


@require_POST
def answer(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Answer a remark. A later answer takes the place of an earlier one, which stays in the trail."""
    text = typed(request, "answer", LONGEST)
    with transaction.atomic():
        remark = _held(request, pk, number)
        if not text or remark.closed_by:
            fault = "Enter an answer." if not remark.closed_by else "This remark was closed meanwhile."
            return _page(request, remark.assessment, fault, remark.pk)
        record(remark.assessment, "remark answered", remark.address, remark.answer, text)
        remark.answer, remark.answered_by = text, request.user.get_username()
        remark.save()
    messages.success(request, "Your answer is kept.")
    return redirect("remarks", pk)


@require_POST
def close(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Close a remark."""
    with transaction.atomic():
        remark = _held(request, pk, number)
        if not remark.closed_by:
            remark.closed_by = request.user.get_username()
            remark.save()
            record(remark.assessment, "remark closed", remark.address)
    messages.success(request, "The remark is closed.")
    return redirect("remarks", pk)


def _held(request: HttpRequest, pk: int, number: int) -> Remark:
    """A remark of an assessment on a section that may be read. One of another assessment is not found."""
    remark: Remark = get_object_or_404(Remark.objects.select_for_update(), pk=number, assessment_id=pk)
    if not request.access.has(remark.section):
        raise PermissionDenied
    return remark

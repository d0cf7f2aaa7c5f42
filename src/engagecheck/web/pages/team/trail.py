"""The audit trail as a page, and the removal of texts that must not be kept."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from engagecheck.web.answers.places import NOTHING, question_at, value_at
from engagecheck.web.models import Assessment, Change
from engagecheck.web.pages.team.typed import typed
from engagecheck.web.team.table import AUDITOR, LEAD, REVIEWER, SHARED_SECTION
from engagecheck.web.team.trail import erase

_PAGE = 100
_WHOLE = (LEAD, REVIEWER, AUDITOR)


@never_cache
@require_GET
def shown(request: HttpRequest, pk: int) -> HttpResponse:
    """The lines of the sections that may be read, the newest first."""
    assessment = get_object_or_404(Assessment, pk=pk)
    lines = Change.objects.filter(assessment=assessment)
    if request.access.roles.isdisjoint(_WHOLE):
        lines = lines.filter(Q(section__in=[*request.access.sections, SHARED_SECTION]))
    page = Paginator(lines, _PAGE).get_page(request.GET.get("page"))
    parts = {"assessment": assessment, "lines": [(one, title(one.address)) for one in page], "page": page}
    return render(request, "workplace/trail.html", parts)


def title(address: str) -> str:
    """What a line of the trail is about, in words."""
    try:
        question = question_at(address) if address else None
    except KeyError:
        return address
    return (question.text or question.title) if question else ""


@never_cache
@require_http_methods(["GET", "POST"])
def remove(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Ask for a reason, and remove the texts of a question from the trail. The answer itself is emptied on its own page."""
    assessment = get_object_or_404(Assessment, pk=pk)
    line = get_object_or_404(Change, pk=number, assessment=assessment)
    reason, is_done = typed(request, "reason"), False
    if request.method == "POST" and reason and line.address:
        with transaction.atomic():
            is_done = bool(erase(assessment, line.address, reason))
    if is_done:
        messages.success(request, "Removed from the trail.")
        return redirect("trail", pk)
    held = line.address in assessment.typed or (line.address and value_at(assessment.document, line.address) is not NOTHING)
    parts = {
        "assessment": assessment,
        "title": title(line.address),
        "is_held": held,
        "is_missing": request.method == "POST",
    }
    return render(request, "workplace/remove_texts.html", parts, status=422 if parts["is_missing"] else 200)

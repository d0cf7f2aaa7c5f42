"""Evidence that people are asked for: who, by when, and whether it came."""

from collections.abc import Mapping

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from engagecheck.web.answers.places import question_at
from engagecheck.web.models import Assessment, Membership, Wanted
from engagecheck.web.pages.team.steps import day_of
from engagecheck.web.pages.team.typed import typed
from engagecheck.web.team.steps import Mistyped, sections
from engagecheck.web.team.table import CONTRIBUTOR, LEAD
from engagecheck.web.team.trail import record


@never_cache
@require_http_methods(["GET", "POST"])
def shown(request: HttpRequest, pk: int) -> HttpResponse:
    """What was asked for, and a new request."""
    assessment = get_object_or_404(Assessment, pk=pk)
    faults: Mapping[str, str] = {}
    if request.method == "POST":
        try:
            with transaction.atomic():
                _ask(request, Assessment.held(pk))
            messages.success(request, "Asked. It is on their page.")
            return redirect("wanted", pk)
        except Mistyped as error:
            faults = error.faults
    people = {
        one.user
        for one in Membership.objects.filter(assessment=assessment, role__in=(LEAD, CONTRIBUTOR)).select_related("user")
    }
    parts = {
        "assessment": assessment,
        "faults": faults,
        "given": request.POST,
        "wanted": [one for one in assessment.wanted_set.select_related("asked") if _may_see(request, one)],
        "people": sorted(people, key=str),
        "sections": [(name, question_at(name).title) for name in sections()],
    }
    return render(request, "workplace/wanted.html", parts, status=422 if faults else 200)


def _may_be_asked(assessment: Assessment) -> QuerySet[Membership]:
    """Those who may add evidence."""
    return Membership.objects.filter(assessment=assessment, role__in=(LEAD, CONTRIBUTOR)).select_related("user")


def _may_see(request: HttpRequest, one: Wanted) -> bool:
    return one.asked == request.user or request.access.has(one.section)


def _ask(request: HttpRequest, assessment: Assessment) -> None:
    text, name, section = (typed(request, field) for field in ("text", "asked", "section"))
    if not text:
        raise Mistyped({"text": "Enter what is needed."})
    if section not in sections():
        raise Mistyped({"section": "Choose a section."})
    member = _may_be_asked(assessment).filter(user__username=name).first()
    if member is None:
        raise Mistyped({"asked": "Choose who is asked."})
    due = day_of(typed(request, "due"))
    made = Wanted.objects.create(
        assessment=assessment, section=section, text=text, asked=member.user, due=due, by=request.user.get_username()
    )
    record(assessment, "evidence asked for", section, "", f"{made.text} ({name}, {made.by_when})")


@require_POST
def done(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Note that what was asked for is there. Whoever was asked says so, or the lead."""
    with transaction.atomic():
        one = get_object_or_404(Wanted.objects.select_for_update().select_related("asked"), pk=number, assessment_id=pk)
        if one.asked != request.user and LEAD not in request.access.roles:
            raise PermissionDenied
        if not one.done_by:
            one.done_by = request.user.get_username()
            one.save()
            record(one.assessment, "evidence provided", one.section, "", one.text)
    messages.success(request, "Noted.")
    return redirect("wanted", pk)

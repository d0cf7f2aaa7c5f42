"""From year to year: next year's assessment, two of them compared, and all of them in a row."""

from datetime import date

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from engagecheck.analysis.compare import compare, trend
from engagecheck.errors import EngagecheckError, UsageRefused
from engagecheck.intake.questions.kinds import NotAnAnswer
from engagecheck.intake.workflow.roll_forward import roll_forward
from engagecheck.model.dates import against_start
from engagecheck.papers.comparison_page import comparison_page, trend_page
from engagecheck.rules.reporter import Style
from engagecheck.web.answers.places import question_at
from engagecheck.web.answers.saving import problems
from engagecheck.web.follow_up import later_than
from engagecheck.web.models import Assessment, GivenAction, Membership, Revision
from engagecheck.web.pages.downloads import own_page, refused
from engagecheck.web.standing import report_of
from engagecheck.web.team.access import compared_by
from engagecheck.web.team.trail import record


@never_cache
@require_http_methods(["GET", "POST"])
def next_year(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the day, and begin next year's assessment from this one, which stays as it is."""
    assessment = get_object_or_404(Assessment, pk=pk)
    text, fault = request.POST.get("day", ""), ""
    if request.method == "POST":
        try:
            with transaction.atomic():
                assessment = Assessment.objects.select_for_update().get(pk=pk)
                return redirect("overview", _rolled(assessment, _day(text, assessment)).pk)
        except (NotAnAnswer, UsageRefused) as error:
            fault = str(error)
    parts = {"assessment": assessment, "text": text, "fault": fault}
    return render(request, "workplace/next_year.html", parts, status=422 if fault else 200)


def _day(text: str, assessment: Assessment) -> date:
    """The day in a typed text. Raises `NotAnAnswer` if it is none, or not after the day of the assessment."""
    typed = question_at("as_of").read(text)
    if typed is None:
        raise NotAnAnswer("this is always needed")
    if typed <= assessment.document["as_of"]:
        raise NotAnAnswer(f"enter a day after {assessment.day}, the day of this assessment")
    day = date.fromisoformat(typed)
    if wrong := against_start(day, date.fromisoformat(assessment.document["as_of"]), "the day of this assessment"):
        raise NotAnAnswer(wrong)
    if any(one.document["as_of"] == typed for one in later_than(assessment)):
        raise NotAnAnswer("there is an assessment of this day already; open that one, or enter another day")
    return day


def _rolled(assessment: Assessment, day: date) -> Assessment:
    """Next year's assessment. Entries keep their ids, and those of the evidence register their files."""
    document = roll_forward(assessment.document, day)
    if found := problems(document):
        raise NotAnAnswer(f"next year's profile would not be right: {found[0].message}")
    made: Assessment = Assessment.objects.create(organisation=assessment.organisation, document=document)
    record(made, "begun", "", "", f"{made}, from {assessment}")
    for one in Membership.objects.filter(assessment=assessment):
        Membership.objects.create(assessment=made, user=one.user, role=one.role, sections=one.sections)
    for one in GivenAction.objects.filter(assessment=assessment):
        GivenAction.objects.create(assessment=made, user=one.user, action=one.action)
    for one in Revision.objects.filter(assessment=assessment).order_by("pk"):
        copied = Revision.objects.create(assessment=made, entry=one.entry, file=one.file, name=one.name, added_by=one.added_by)
        Revision.objects.filter(pk=copied.pk).update(added_at=one.added_at)
    return made


@never_cache
@require_GET
def compared(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    """What changed between an earlier assessment of the organisation and this one, as `engagecheck compare` says it."""
    assessment = get_object_or_404(Assessment, pk=pk)
    earlier = get_object_or_404(Assessment, pk=other, organisation=assessment.organisation)
    try:
        page = comparison_page(compare(report_of(earlier), report_of(assessment)), Style())
        return own_page(page, reverse("results", args=(pk,)))
    except EngagecheckError as error:
        return refused(request, assessment, "These cannot be compared", str(error), "results")


@never_cache
@require_GET
def years(request: HttpRequest, pk: int) -> HttpResponse:
    """All assessments of the organisation in a row, as `engagecheck trend` shows them."""
    assessment = get_object_or_404(Assessment, pk=pk)
    alike = [one for one in compared_by(request.user) if one.organisation_id == assessment.organisation_id]
    alike.sort(key=lambda one: str(one.document["as_of"]))
    try:
        return own_page(trend_page(trend([report_of(one) for one in alike]), Style()), reverse("results", args=(pk,)))
    except EngagecheckError as error:
        return refused(request, assessment, "These cannot be shown in a row", str(error), "results")

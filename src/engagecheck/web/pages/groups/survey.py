"""A lead opens the questionnaire, hands out the codes, and closes it. While it is open, no page shows any answer."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from engagecheck.errors import InputRefused
from engagecheck.intake.importers import views
from engagecheck.intake.questions.kinds import NotAnAnswer
from engagecheck.model.labels import day
from engagecheck.model.questionnaire import GROUPS, LEAST
from engagecheck.web.answers.places import question_at
from engagecheck.web.models import Assessment, Survey
from engagecheck.web.pages.downloads import refused
from engagecheck.web.pages.groups.counting import closed, invited_in, open_survey, refused_at_closing
from engagecheck.web.pages.incoming.uploads import take_over
from engagecheck.web.team.accounts import is_alone
from engagecheck.web.team.trail import record


@never_cache
@require_http_methods(["GET", "POST"])
def survey(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what could be revealed, ask how many are invited, and show the codes once."""
    assessment = get_object_or_404(Assessment, pk=pk)
    if is_alone():
        text = "People answer at their own machines, so this needs a team. Another survey is summed up by engagecheck views."
        return refused(request, assessment, "The questionnaire is for a team", text, "")
    opened = Survey.objects.filter(assessment=assessment).first()
    if request.method == "POST" and opened is None:
        return _opened(request, assessment)
    return _shown(request, assessment, opened)


def _opened(request: HttpRequest, assessment: Assessment) -> HttpResponse:
    texts = {name: request.POST.get(name, "").strip() for name in ("on", *GROUPS)}
    invited, faults = invited_in(texts)
    try:
        on = question_at("perceptions/on").read(texts["on"])
        if on is None:
            raise NotAnAnswer("enter a month, such as March 2026")
    except NotAnAnswer as error:
        faults = {"on": str(error), **faults}
    if faults := faults or refused_at_closing(assessment.profile, str(on), invited):
        return _shown(request, assessment, None, texts, faults)
    with transaction.atomic():
        assessment = get_object_or_404(Assessment.objects.select_for_update(), pk=assessment.pk)
        if Survey.objects.filter(assessment=assessment).exists():
            return redirect("survey", assessment.pk)
        codes = open_survey(assessment, str(on), invited)
        groups = "; ".join(f"{GROUPS[group]}: {count}" for group, count in invited.items())
        record(assessment, "questionnaire opened", after=groups)
    parts = {
        "assessment": assessment,
        "groups": [(GROUPS[group], own) for group, own in codes.items()],
        "without": [GROUPS[group] for group in invited if group not in codes],
        "least": LEAST,
        "address": request.build_absolute_uri(reverse("answer")),
    }
    return render(request, "workplace/codes.html", parts)


def _shown(
    request: HttpRequest, assessment: Assessment, opened: Survey | None, texts: dict[str, str] | None = None,
    faults: dict[str, str] | None = None,
) -> HttpResponse:  # fmt: skip
    texts, faults = texts or {}, faults or {}
    parts = {
        "assessment": assessment,
        "opened": opened,
        "invited": [(GROUPS[group], count) for group, count in opened.invited.items()] if opened else [],
        "on": texts.get("on", ""),
        "day": day(opened.on) if opened else "",
        "fault": faults.get("on", ""),
        "faults": faults,
        "groups": [(group, title, texts.get(group, ""), faults.get(group, "")) for group, title in GROUPS.items()],
        "least": LEAST,
        "address": request.build_absolute_uri(reverse("answer")),
    }
    return render(request, "workplace/survey.html", parts, status=422 if faults else 200)


@never_cache
@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, sum up what was answered into the assessment, and delete all counts and codes."""
    assessment = get_object_or_404(Assessment, pk=pk)
    if request.method == "GET":
        parts = {
            "assessment": assessment,
            "title": "Close the questionnaire?",
            "text": "Nobody can answer any more. What was answered is summed up by group, once, and takes the place of what "
            "the section Individuals' views says now. All counts and codes are deleted.",
            "action": reverse("close-survey", args=(pk,)),
            "back": reverse("survey", args=(pk,)),
            "button": "Close the questionnaire",
        }
        return render(request, "workplace/sure.html", parts)
    try:
        with transaction.atomic():
            assessment = get_object_or_404(Assessment.objects.select_for_update(), pk=pk)
            opened = Survey.objects.select_for_update().filter(assessment=assessment).first()
            summed = closed(opened, assessment.profile) if opened else None
            if opened:
                record(assessment, "questionnaire closed")
            if summed is not None:
                take_over(assessment, summed, views.answers.whole)
    except InputRefused as error:
        return refused(request, assessment, "The questionnaire stays open", str(error), "survey")
    if opened:
        said = "and its results are in the assessment." if summed else "and nobody has answered."
        messages.success(request, f"The questionnaire is closed, {said}")
    return redirect("overview", pk)

"""Who has which role in an assessment, which sections are whose and by when, and handing a section over."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from engagecheck.errors import InputRefused
from engagecheck.model.labels import day
from engagecheck.web.answers.places import question_at
from engagecheck.web.models import Assessment, Deadline, GivenAction, Membership, User
from engagecheck.web.pages.team.steps import day_of
from engagecheck.web.pages.team.typed import typed
from engagecheck.web.team.accounts import is_alone
from engagecheck.web.team.steps import Mistyped, sections
from engagecheck.web.team.table import CONTRIBUTOR, LEAD, MEMBER_ROLES, SHARED_SECTION
from engagecheck.web.team.trail import record


@never_cache
@require_GET
def shown(request: HttpRequest, pk: int) -> HttpResponse:
    """Who takes part."""
    return _page(request, get_object_or_404(Assessment, pk=pk))


def _page(request: HttpRequest, assessment: Assessment, refused: InputRefused | None = None) -> HttpResponse:
    members = Membership.objects.filter(assessment=assessment).select_related("user")
    due = dict(Deadline.objects.filter(assessment=assessment).values_list("section", "due"))
    theirs = {name: [str(one.user) for one in members if name in one.sections] for name in sections()}
    access = request.access
    contributors = [one.user for one in members if one.role == CONTRIBUTOR]
    named = [name for name in sections() if name != SHARED_SECTION]
    parts = {
        "assessment": assessment,
        "faults": refused.faults if isinstance(refused, Mistyped) else {},
        "complaints": () if refused is None or isinstance(refused, Mistyped) else refused.complaints,
        "members": [(one, ", ".join(question_at(name).title for name in one.sections)) for one in members],
        "contributors": [user for user in contributors if LEAD in access.roles or user != request.user],
        "is_alone": is_alone(),
        "roles": MEMBER_ROLES,
        "sections": [(name, question_at(name).title, theirs[name], due.get(name)) for name in named],
        "own": [(name, question_at(name).title) for name in named if LEAD in access.roles or name in access.sections],
        "given": request.POST,
        "chosen": request.POST.getlist("section") if "role" in request.POST else [],
    }
    return render(request, "workplace/members.html", parts, status=422 if refused else 200)


def _changed(request: HttpRequest, pk: int, change: str) -> HttpResponse:
    """Make a change to who takes part, or say why it cannot be made."""
    try:
        with transaction.atomic():
            assessment = get_object_or_404(Assessment.objects.select_for_update(), pk=pk)
            _CHANGES[change](request, assessment)
    except InputRefused as error:
        return _page(request, get_object_or_404(Assessment, pk=pk), error)
    messages.success(request, "Saved.")
    return redirect("members", pk)


@require_POST
def change(request: HttpRequest, pk: int, change: str) -> HttpResponse:
    """Add or take away a member, set a deadline, hand a section over, or say whether contributors see the score."""
    return _changed(request, pk, change)


def _add(request: HttpRequest, assessment: Assessment) -> None:
    name, role = typed(request, "name"), typed(request, "role")
    chosen = [one for one in request.POST.getlist("section") if one in sections()] if role == CONTRIBUTOR else []
    user = User.objects.filter(username=User.normalize_username(name), is_active=True).first()
    if user is None:
        unknown = f"{name}: there is nobody of this name; ask the administrator to add the person first."
        raise Mistyped({"name": unknown if name else "Enter a name."})
    if role not in MEMBER_ROLES:
        raise Mistyped({"role": "Choose a role."})
    if role == CONTRIBUTOR and not chosen:
        raise Mistyped({"sections": "Choose at least one section for a contributor."})
    held, is_new = Membership.objects.get_or_create(assessment=assessment, user=user, role=role, defaults={"sections": chosen})
    before = "" if is_new else _said(held)
    held.sections = chosen
    held.save()
    record(assessment, "member", "", before, _said(held))


def _said(member: Membership) -> str:
    return f"{member}{': ' if member.sections else ''}{', '.join(member.sections)}"


def _take(request: HttpRequest, assessment: Assessment) -> None:
    number = request.POST.get("member", "")
    member = get_object_or_404(Membership, pk=int(number) if number.isdecimal() else 0, assessment=assessment)
    leads = Membership.objects.filter(assessment=assessment, role=LEAD, user__is_active=True).exclude(pk=member.pk)
    if member.role == LEAD and not leads.exists():
        raise InputRefused(["Every assessment has a lead. Add another one first."])
    record(assessment, "member", "", _said(member), "")
    if member.role == CONTRIBUTOR:
        GivenAction.objects.filter(assessment=assessment, user=member.user).delete()
    member.delete()


def _deadline(request: HttpRequest, assessment: Assessment) -> None:
    name, text = typed(request, "section"), typed(request, "due")
    if name not in sections():
        raise Mistyped({"due-section": "Choose a section."})
    due = day_of(text) if text else None
    held = Deadline.objects.filter(assessment=assessment, section=name)
    before = held.first()
    held.delete()
    if due is not None:
        Deadline.objects.create(assessment=assessment, section=name, due=due)
    record(assessment, "deadline", name, day(before.due.isoformat()) if before else "", day(due.isoformat()) if due else "")


def _hand_over(request: HttpRequest, assessment: Assessment) -> None:
    """A section goes from whoever holds it, or from the contributor who hands it over, to another contributor."""
    name, to = typed(request, "section"), typed(request, "to")
    is_lead = LEAD in request.access.roles
    if name not in sections() or not (is_lead or name in request.access.sections):
        raise Mistyped({"hand-section": "Choose a section of your own."})
    taker = Membership.objects.filter(assessment=assessment, role=CONTRIBUTOR, user__username=to, user__is_active=True).first()
    if taker is None:
        raise Mistyped({"hand-to": f"{to or 'Name'}: is no contributor of this assessment; the lead adds the person first."})
    givers = Membership.objects.filter(assessment=assessment, role=CONTRIBUTOR).exclude(pk=taker.pk)
    for giver in givers if is_lead else givers.filter(user=request.user):
        if name in giver.sections:
            giver.sections = [one for one in giver.sections if one != name]
            giver.save()
            record(assessment, "section handed over", name, str(giver.user), to)
    taker.sections = [*(one for one in taker.sections if one != name), name]
    taker.save()


def _score(request: HttpRequest, assessment: Assessment) -> None:
    before, assessment.shows_score = assessment.shows_score, "shows_score" in request.POST
    Assessment.objects.filter(pk=assessment.pk).update(shows_score=assessment.shows_score)
    record(assessment, "contributors see the score", "", str(before), str(assessment.shows_score))


_CHANGES = {"add": _add, "take": _take, "deadline": _deadline, "hand-over": _hand_over, "score": _score}

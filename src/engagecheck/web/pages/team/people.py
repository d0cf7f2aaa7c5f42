"""The administrator's pages: users made, their rights for the whole workplace changed, and links to set a password."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from engagecheck.web.models import Change, User
from engagecheck.web.pages.team.typed import typed
from engagecheck.web.team.accounts import RIGHTS, make, password_link
from engagecheck.web.team.trail import record


@never_cache
@require_http_methods(["GET", "POST"])
def people(request: HttpRequest) -> HttpResponse:
    """Every user, and a new one."""
    name, faults = typed(request, "name"), []
    if request.method == "POST":
        try:
            with transaction.atomic():
                user = make(name, _rights(request))
                record(None, f"user {user}", "", "", user.rights)
            return _with_link(request, user)
        except ValidationError as error:
            faults = error.messages
    parts = {"people": User.objects.order_by("username"), "name": name, "faults": faults}
    parts["lines"] = Change.objects.filter(assessment=None)[:50]
    return render(request, "workplace/people.html", parts, status=422 if faults else 200)


@never_cache
@require_http_methods(["GET", "POST"])
def person(request: HttpRequest, number: int) -> HttpResponse:
    """The rights of one user, whether the user may sign in, and a link for a new password."""
    user = get_object_or_404(User, pk=number)
    fault = ""
    if request.method == "POST":
        if "link" in request.POST:
            return _with_link(request, user)
        rights, is_active = _rights(request), "is_active" in request.POST
        others = User.objects.filter(is_administrator=True, is_active=True).exclude(pk=user.pk)
        if others.exists() or (rights["is_administrator"] and is_active):
            with transaction.atomic():
                before = _said(user)
                User.objects.filter(pk=user.pk).update(is_active=is_active, **rights)
                user.refresh_from_db()
                if _said(user) != before:
                    record(None, f"user {user}", "", before, _said(user))
            messages.success(request, f"Saved: {user}.")
            return redirect("people")
        fault = "There must be an administrator who may sign in. Make another one first."
    return render(request, "workplace/person.html", {"person": user, "fault": fault}, status=422 if fault else 200)


def _said(user: User) -> str:
    return user.rights if user.is_active else f"may not sign in, {user.rights}"


def _rights(request: HttpRequest) -> dict[str, bool]:
    return {name: name in request.POST for name in RIGHTS}


def _with_link(request: HttpRequest, user: User) -> HttpResponse:
    """Show the link for a new password, this once."""
    record(None, f"link for a password of {user}")
    parts = {"person": user, "link": request.build_absolute_uri(password_link(user))}
    return render(request, "workplace/person_link.html", parts)

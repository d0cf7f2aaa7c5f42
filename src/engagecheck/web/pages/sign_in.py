"""Signing in by a link that works once, and signing out."""

from importlib.resources import files

from django.contrib.auth import get_user_model, login, logout
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.tokens import default_token_generator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for one click, and exchange the token of the link for a session. A link that only was fetched is not used up."""
    given = request.POST if request.method == "POST" else request.GET
    user_key, token = given.get("user", ""), given.get("token", "")
    if request.method == "POST" and _exchanged(request, user_key, token):
        return redirect("assessments")
    refused = request.method == "POST"
    parts = {"user_key": user_key, "token": token, "refused": refused}
    # An answer that htmx sends after the session has ended must not look as if it were saved.
    is_refused = refused or request.headers.get("HX-Request") == "true"
    return render(request, "workplace/sign_in.html", parts, status=403 if is_refused else 200)


def _exchanged(request: HttpRequest, user_key: str, token: str) -> bool:
    """Sign the user in if the token is right. The user's row is held, so that of two requests with one token one fails."""
    if not (user_key.isascii() and user_key.isdecimal() and len(user_key) <= 18):
        return False
    with transaction.atomic():
        user = get_user_model().objects.select_for_update().filter(pk=int(user_key), is_active=True).first()
        if user is None or not default_token_generator.check_token(user, token):
            return False
        login(request, user)
        request.session.cycle_key()  # also if the same user was signed in before
        return True


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    return redirect("sign-in")


@login_not_required
@cache_control(max_age=3600)
@require_GET
def form_style(_request: HttpRequest) -> HttpResponse:
    """The style sheet of the form: the same colours, fields and errors here as there."""
    text = (files("engagecheck.intake.form") / "form.css").read_text("utf-8")
    return HttpResponse(text, content_type="text/css; charset=utf-8")

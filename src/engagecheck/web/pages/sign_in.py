"""Signing in by a link that works once, or by name and password, passwords, and signing out."""

from importlib.resources import files

from django.contrib.auth import get_user_model, login, logout
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AuthenticationForm, UsernameField
from django.contrib.auth.views import PasswordChangeView, PasswordResetConfirmView
from django.contrib.messages.views import SuccessMessageMixin
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from engagecheck.web.team import limit
from engagecheck.web.team.accounts import is_alone, link_tokens

BACKEND = "django.contrib.auth.backends.ModelBackend"


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask a team for name and password. Alone, ask for one click, and exchange the token of the link for a session.

    A link that only was fetched is not used up.
    """
    if not is_alone():
        return _by_password(request)
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
        if user is None or not link_tokens.check_token(user, token):
            return False
        login(request, user, BACKEND)
        request.session.cycle_key()  # also if the same user was signed in before
        return True


def _by_password(request: HttpRequest) -> HttpResponse:
    """Ask for name and password, as Django checks them, up to a number of attempts that fail."""
    # The name as the form reads it, so that no other spelling of it has attempts of its own.
    name, address = UsernameField().to_python(request.POST.get("username", "")), request.META["REMOTE_ADDR"]
    parts, status = {"is_team": True, "name": name}, 200
    if request.method == "POST" and limit.is_reached(name, address):
        parts, status = {**parts, "too_often": True}, 429
    elif request.method == "POST":
        form = AuthenticationForm(request, request.POST)
        if form.is_valid():
            limit.forget(name, address)
            login(request, form.get_user())
            request.session.cycle_key()
            return redirect("assessments")
        limit.count(name, address)
        parts, status = {**parts, "wrong": True}, 422
    elif request.headers.get("HX-Request") == "true":
        status = 403
    return render(request, "workplace/sign_in.html", parts, status=status)


@method_decorator((login_not_required, never_cache, require_http_methods(["GET", "HEAD", "POST"])), name="dispatch")
class PasswordLink(SuccessMessageMixin, PasswordResetConfirmView):
    """Set a password by a link that an administrator handed over. Django's own page; it works once."""

    template_name = "workplace/password.html"
    success_url = reverse_lazy("sign-in")
    success_message = "Your password is set. Sign in with it."


@method_decorator((never_cache, require_http_methods(["GET", "HEAD", "POST"])), name="dispatch")
class Password(SuccessMessageMixin, PasswordChangeView):
    """Change one's own password. It asks for the old one."""

    template_name = "workplace/password.html"
    success_url = reverse_lazy("assessments")
    success_message = "Your password is changed."


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

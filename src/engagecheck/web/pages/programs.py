"""The tokens of a person: for programs that read or write an assessment."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from engagecheck.model.labels import plural
from engagecheck.web.api import tokens
from engagecheck.web.models import Token

MOST = 20
"""The most tokens of a person."""
LONGEST = 100


@never_cache
@require_http_methods(["GET", "POST"])
def programs(request: HttpRequest) -> HttpResponse:
    """The programs with a token of this person, and a new one, which is shown this once."""
    held = Token.objects.filter(user=request.user)
    name, fault, made = request.POST.get("name", "").strip(), "", ""
    if request.method == "POST":
        if not name or len(name) > LONGEST:
            fault = f"name the program in up to {LONGEST} characters"
        elif held.count() >= MOST:
            fault = f"you have {plural(MOST, 'token')} already; remove one that no program needs"
        else:
            made = tokens.make(request.user, name)
    parts = {"tokens": held, "name": "" if made else name, "fault": fault, "made": made}
    return render(request, "workplace/programs.html", parts, status=422 if fault else 200)


@require_POST
def end(request: HttpRequest, number: int) -> HttpResponse:
    """End a token of this person at once."""
    Token.objects.filter(user=request.user, pk=number).delete()
    messages.success(request, "Removed. The program can do nothing more with this token.")
    return redirect("programs")

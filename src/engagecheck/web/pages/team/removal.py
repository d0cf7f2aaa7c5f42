"""The page that removes for good what must not be kept, such as the name of a patient. It says first what will go."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from engagecheck.errors import InputRefused
from engagecheck.web.models import Assessment
from engagecheck.web.pages.team.typed import typed
from engagecheck.web.team import removal

DONE = "Removed for good. Backups from before still have it: make a new one, and delete those."


@never_cache
@require_http_methods(["GET", "POST"])
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the text and the reason, show each place where it stands, and remove it when the person is sure."""
    text, reason = typed(request, "text"), typed(request, "reason")
    parts = {"assessment": get_object_or_404(Assessment, pk=pk), "text": text, "reason": reason}
    if request.method == "GET":
        return render(request, "workplace/remove_text.html", parts)
    with transaction.atomic():
        parts["assessment"] = assessment = get_object_or_404(Assessment.objects.select_for_update(), pk=pk)
        try:
            parts["found"] = found = removal.found(assessment, text)
            parts["still_here"] = removal.still_here(assessment, text)
            if not found:
                raise InputRefused(["This stands in nothing that could be removed here. Check how it is written."])
            if not reason:
                raise InputRefused(["Say why it is removed."])
            if removal.stands_in(text, reason):
                raise InputRefused(["The reason repeats what must not be kept. Say it in other words."])
            if request.POST.get("sure"):
                removal.remove(assessment, text, reason)
                messages.success(request, DONE)
                return redirect("trail", pk)
        except InputRefused as error:
            parts["complaint"] = parts["wrong_reason" if parts.get("found") else "wrong_text"] = str(error)
    return render(request, "workplace/remove_text.html", parts, status=422 if "complaint" in parts else 200)

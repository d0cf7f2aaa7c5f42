"""The questionnaire as a person answers it: with a code, once, without signing in. Nothing else of the person is kept."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from engagecheck.errors import InputRefused
from engagecheck.model.questionnaire import ITEMS
from engagecheck.web.pages.groups.counting import HIGHEST, count_in

NOBODY = {"user": None}
"""The pages say nothing about who is signed in at this browser, and do not even look."""
ANSWERS = tuple(str(number) for number in range(HIGHEST + 1))


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest) -> HttpResponse:
    """Ask, count the answers, and say thank you. What cannot be counted is shown again as it was."""
    given = {item.id: request.POST.get(item.id, "") for item in ITEMS}
    faults = {}
    if request.method == "POST":
        answers = {item: int(text) for item, text in given.items() if text in ANSWERS}
        if not answers:
            faults[ITEMS[0].id] = "answer at least one question; your code can still be used"
        else:
            try:
                count_in(request.POST.get("code", ""), answers)
                return render(request, "workplace/answered.html", NOBODY)
            except InputRefused as error:
                faults["code"] = str(error)
    parts = {
        **NOBODY,
        "items": [(item, given[item.id], faults.get(item.id, "")) for item in ITEMS],
        "answers": ANSWERS,
        "code": request.POST.get("code", ""),
        "fault": faults.get("code", ""),
        "faults": faults,
    }
    return render(request, "workplace/answer.html", parts, status=422 if faults else 200)

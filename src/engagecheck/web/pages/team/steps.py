"""The page of the steps, and one address for each step."""

from collections.abc import Callable
from datetime import date

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from engagecheck.errors import EngagecheckError
from engagecheck.intake.questions.kinds import NotAnAnswer
from engagecheck.model.labels import day
from engagecheck.web.answers.places import question_at
from engagecheck.web.models import Assessment, Review
from engagecheck.web.pages.team.typed import typed
from engagecheck.web.team import steps
from engagecheck.web.team.accounts import is_alone
from engagecheck.web.team.steps import ENTER_A_DAY, Mistyped
from engagecheck.web.team.table import STEPS

_DONE = {
    "submit": "Submitted.",
    "send-back": "Sent back. It can be changed again.",
    "review": "Noted.",
    "finish-review": "The review is finished.",
    "approve": "Approved. The report is recorded in the history.",
    "publish": "The board can read the report now.",
    "decide": "The decision is recorded.",
    "reopen": "Opened again. The approved report stays as it is.",
}
_SIGNED = ("submit", "finish-review", "approve", "decide")
"""The steps that are signed."""


@never_cache
@require_GET
def shown(request: HttpRequest, pk: int) -> HttpResponse:
    """Where the assessment stands, what was approved, and what can be done next."""
    return _page(request, get_object_or_404(Assessment, pk=pk))


@require_POST
def move(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Make one step, or say why it cannot be made."""
    try:
        with transaction.atomic():
            assessment = get_object_or_404(Assessment.objects.select_for_update(), pk=pk)
            _MOVES[step](request, assessment)
    except EngagecheckError as error:
        return _page(request, get_object_or_404(Assessment, pk=pk), step, error)
    messages.success(request, _DONE[step])
    return redirect("steps", pk)


def _signature(request: HttpRequest, assessment: Assessment, step: str) -> dict[str, str]:
    return steps.signature_of(assessment, step, typed(request, "role"), typed(request, "on"))


def _approve(request: HttpRequest, assessment: Assessment) -> None:
    steps.approve(assessment, request.POST.get("version", ""), _signature(request, assessment, "approved"), request.user)


def _decide(request: HttpRequest, assessment: Assessment) -> None:
    given = _signature(request, assessment, "approved")
    minute = typed(request, "minute", 300)
    steps.decide(assessment, given["role"], date.fromisoformat(given["on"]), minute)


_MOVES: dict[str, Callable[[HttpRequest, Assessment], object]] = {
    "submit": lambda request, assessment: steps.submit(assessment, _signature(request, assessment, "prepared")),
    "send-back": lambda _, assessment: steps.send_back(assessment),
    "review": lambda request, assessment: steps.review(assessment, request.user, request.POST.getlist("section")),
    "finish-review": lambda request, assessment: steps.finish_review(assessment, _signature(request, assessment, "checked")),
    "approve": _approve,
    "publish": lambda _, assessment: steps.publish(assessment),
    "decide": _decide,
    "reopen": lambda _, assessment: steps.reopen(assessment),
}


def _page(
    request: HttpRequest, assessment: Assessment, step: str = "", refused: EngagecheckError | None = None
) -> HttpResponse:
    """The page. After a `step` that was refused, its form holds what was typed, and says what is wrong."""
    done = {one.section: one for one in Review.objects.filter(assessment=assessment)}
    faults = refused.faults if isinstance(refused, Mistyped) else {}
    today = day(date.today().isoformat())  # noqa: DTZ011  # a day of this machine
    forms: dict[str, dict[str, object]] = {one.replace("-", "_"): {"role": "", "on": today} for one in _SIGNED}
    if step in _SIGNED:
        forms[step.replace("-", "_")] = {name: typed(request, name) for name in ("role", "on", "minute")} | {"faults": faults}
    own = set() if is_alone() else steps.own_sections(assessment, request.user)
    parts = {
        "assessment": assessment,
        "faults": faults,
        "complaints": str(refused).split("\n") if refused and not faults else [],
        "before": f"{step}-",
        "forms": forms,
        "steps": STEPS,
        "sections": [(name, question_at(name).title, done.get(name), name in own) for name in steps.sections()],
        "approvals": assessment.approval_set.all(),
        "open_remarks": assessment.remark_set.filter(closed_by="").count(),
        "is_alone": is_alone(),
    }
    return render(request, "workplace/steps.html", parts, status=422 if refused else 200)


def day_of(text: str) -> date:
    """The day in a typed text. Raises `Mistyped` if it is none."""
    try:
        value = question_at("as_of").read(text.strip())
    except NotAnAnswer as error:
        raise Mistyped({"due": str(error)}) from None
    if value is None:
        raise Mistyped({"due": ENTER_A_DAY})
    return date.fromisoformat(value)

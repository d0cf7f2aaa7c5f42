"""The audit trail as a page."""

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from engagecheck.web.answers.places import question_at
from engagecheck.web.follow_up import rows_of, tracker_of
from engagecheck.web.models import Assessment, Change
from engagecheck.web.team.table import AUDITOR, LEAD, REVIEWER, SHARED_SECTION

_PAGE = 100
TRACKER = "tracker"
"""The first step of the addresses of actions."""
_WHOLE = (LEAD, REVIEWER, AUDITOR)


@never_cache
@require_GET
def shown(request: HttpRequest, pk: int) -> HttpResponse:
    """The lines of the sections that may be read, the newest first."""
    assessment = get_object_or_404(Assessment, pk=pk)
    lines = Change.objects.filter(assessment=assessment)
    if request.access.roles.isdisjoint(_WHOLE):
        lines = lines.filter(Q(section__in=[*request.access.sections, SHARED_SECTION]))
    page = Paginator(lines, _PAGE).get_page(request.GET.get("page"))
    actions = _actions(assessment) if any(one.section == TRACKER for one in page) else {}
    named = [(one, actions.get(one.address) or title(one.address)) for one in page]
    parts = {"assessment": assessment, "lines": named, "page": page}
    return render(request, "workplace/trail.html", parts)


def _actions(assessment: Assessment) -> dict[str, str]:
    """What the lines about actions are about, by their addresses."""
    opened, closed = rows_of(tracker_of(assessment))
    return {f"{TRACKER}/{row.id}": row.action for row in (*opened, *closed)}


def title(address: str) -> str:
    """What a line of the trail is about, in words."""
    try:
        question = question_at(address) if address else None
    except KeyError:
        return address
    return (question.text or question.title) if question else ""

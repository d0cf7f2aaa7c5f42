"""Where an organisation stands among its peers, as `engagecheck benchmark` says it."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from engagecheck.analysis.benchmark import MIN_PEERS, benchmark
from engagecheck.analysis.saved import report_from
from engagecheck.errors import EngagecheckError, InputRefused
from engagecheck.intake.explain import open_document
from engagecheck.model.labels import day
from engagecheck.model.report import Report
from engagecheck.papers.comparison_text import furthest_behind_first, place_in_words, types_in_words
from engagecheck.web.models import Assessment
from engagecheck.web.pages.incoming.uploads import content_of
from engagecheck.web.standing import audited, read, report_of
from engagecheck.web.team.access import compared_by


@never_cache
@require_http_methods(["GET", "POST"])
def peers(request: HttpRequest, pk: int) -> HttpResponse:
    """The place among the other organisations of this workplace, and among those of a file, which is not kept."""
    assessment = get_object_or_404(Assessment, pk=pk)
    others = [one for one in compared_by(request.user) if one.organisation_id != assessment.organisation_id]
    found, complaints, fault = None, list[str](), ""
    try:
        given = list(_given(*content_of(request.FILES.get("peers")), complaints)) if request.method == "POST" else []
        reports = [*map(report_of, others), *given]
        if reports:
            found = benchmark(report_of(assessment), reports)
    except EngagecheckError as error:
        fault = str(error)
    parts = {
        "assessment": assessment,
        "found": found,
        "first": day(found.first) if found else "",
        "last": day(found.last) if found else "",
        "types": types_in_words(found) if found else "",
        "places": [(one.question, place_in_words(one)) for one in furthest_behind_first(found)] if found else [],
        "without": sorted({why for _, why in found.without}) if found else [],
        "complaints": complaints,
        "fault": fault,
        "is_asked": request.method == "POST",
        "least": MIN_PEERS,
    }
    return render(request, "workplace/peers.html", parts, status=422 if fault and request.method == "POST" else 200)


def _given(content: bytes, name: str, complaints: list[str]) -> Iterator[Report]:
    """The reports of a file with one profile or report a line, or with one alone. What is refused is added to `complaints`."""
    lines = content.splitlines() if name.lower().endswith(".jsonl") else [content]
    for number, raw in enumerate(lines, 1):
        if raw.strip():
            where = f"{name}, line {number}" if len(lines) > 1 else name
            try:
                yield report_from(open_document(raw, where).document, raw, where, lambda text, name: audited(read(text, name)))
            except InputRefused as error:
                complaints.append(f"{error.complaints[0]} (not among the peers)")

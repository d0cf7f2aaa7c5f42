"""The report of an assessment as a page, and every paper to take away."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from engagecheck.analysis.public import public_edition
from engagecheck.errors import EngagecheckError
from engagecheck.rules.reporter import Style
from engagecheck.web.models import Assessment
from engagecheck.web.pages.downloads import attachment, file_name, own_page, refused
from engagecheck.web.standing import registry, report_of, standing_of
from engagecheck.web.team.access import compared_by

PAPERS = (
    ("docx", "docx", "Board paper", "Word"),
    ("pdf", "pdf", "The whole report to print", "PDF"),
    ("xlsx", "xlsx", "Action tracker", "Excel"),
    ("html", "html", "The whole report as a page", "HTML"),
    ("csv", "csv", "Actions", "CSV"),
    ("markdown", "md", "The whole report as text", "Markdown"),
    ("json", "json", "The report for programs", "JSON"),
    ("oscal", "oscal.json", "Assessment results for other tools", "OSCAL"),
    ("oscal-poam", "poam.json", "Plan of action for other tools", "OSCAL"),
)
"""The papers: format, the ending of its file, what it is, and its kind."""


@never_cache
@require_GET
def results(request: HttpRequest, pk: int) -> HttpResponse:
    """What can be read and taken away."""
    assessment = get_object_or_404(Assessment, pk=pk)
    others = [one for one in compared_by(request.user) if one.organisation_id == assessment.organisation_id and one.pk != pk]
    earlier = [one for one in others if one.document["as_of"] < assessment.document["as_of"]]
    parts = {
        "assessment": assessment,
        "standing": standing_of(assessment),
        "papers": PAPERS,
        "earlier": earlier,
        "others": others,
    }
    return render(request, "workplace/results.html", parts)


@never_cache
@require_GET
def report_page(_request: HttpRequest, pk: int) -> HttpResponse:
    """The report as the page that `engagecheck audit -f html` makes. Its policy names style and script by hashes."""
    return own_page(_rendered(get_object_or_404(Assessment, pk=pk), "html", is_public=False).decode())


@never_cache
@require_GET
def paper(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """One paper as a file. With ?edition=public, that of the public edition."""
    assessment = get_object_or_404(Assessment, pk=pk)
    suffix = next((ending for name, ending, *_ in PAPERS if name == form), None)
    if suffix is None:
        raise Http404
    is_public = request.GET.get("edition") == "public"
    try:
        content = _rendered(assessment, form, is_public=is_public)
    except EngagecheckError as error:  # such as an extra that is not installed
        return refused(request, assessment, "This paper cannot be made", str(error), "results")
    return attachment(content, file_name(assessment, "public" if is_public else "report", suffix))


def _rendered(assessment: Assessment, form: str, *, is_public: bool) -> bytes:
    report = report_of(assessment)
    reporter = registry().reporter(form)
    if reporter is None:
        raise Http404
    content = reporter.render(public_edition(report) if is_public else report, Style())
    return content if isinstance(content, bytes) else content.encode()

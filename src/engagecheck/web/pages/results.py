"""The report of an assessment as a page, and every paper to take away."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from engagecheck.analysis.public import public_edition
from engagecheck.errors import EngagecheckError, InputRefused
from engagecheck.papers import word
from engagecheck.rules.reporter import Style
from engagecheck.web.follow_up import as_workbook, meeting_of
from engagecheck.web.models import Assessment
from engagecheck.web.pages.downloads import PAPERS, attachment, ending_of, file_name, own_page, refused, rendered, style_for
from engagecheck.web.pages.incoming.uploads import content_of
from engagecheck.web.standing import report_of, standing_of
from engagecheck.web.team.access import compared_by


@never_cache
@require_GET
def results(request: HttpRequest, pk: int) -> HttpResponse:
    """What can be read and taken away."""
    assessment = get_object_or_404(Assessment, pk=pk)
    parts = {
        "assessment": assessment,
        "standing": standing_of(assessment),
        "papers": PAPERS,
        "earlier": _earlier(request, assessment),
        "others": _others(request, assessment),
    }
    return render(request, "workplace/results.html", parts)


def _others(request: HttpRequest, assessment: Assessment) -> list[Assessment]:
    """The other assessments of the organisation whose results a person may see."""
    found = compared_by(request.user)
    return [one for one in found if one.organisation_id == assessment.organisation_id and one.pk != assessment.pk]


def _earlier(request: HttpRequest, assessment: Assessment) -> list[Assessment]:
    """Those of them that are earlier, the newest first."""
    earlier = (one for one in _others(request, assessment) if one.document["as_of"] < assessment.document["as_of"])
    return sorted(earlier, key=lambda one: str(one.document["as_of"]), reverse=True)


@never_cache
@require_GET
def report_page(_request: HttpRequest, pk: int) -> HttpResponse:
    """The report as the page that `engagecheck audit -f html` makes. Its policy names style and script by hashes."""
    page = rendered(report_of(get_object_or_404(Assessment, pk=pk)), "html", Style()).decode()
    return own_page(page, reverse("results", args=(pk,)))


@never_cache
@require_http_methods(["GET", "POST"])
def paper(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """One paper as a file, or with ?edition=public its public edition. A Word document gives the board paper its styles."""
    assessment = get_object_or_404(Assessment, pk=pk)
    suffix = ending_of(form)
    is_public = request.GET.get("edition") == "public"
    try:
        template = _template(request, form) if request.method == "POST" else None
        content = _paper(request, assessment, form, template, is_public=is_public)
    except EngagecheckError as error:  # such as an extra that is not installed
        return refused(request, assessment, "This paper cannot be made", str(error), "results")
    return attachment(content, file_name(assessment, "public" if is_public else "report", suffix))


def _template(request: HttpRequest, form: str) -> bytes:
    """The Word document whose styles the board paper takes. Raises `InputRefused` if it is none."""
    content, name = content_of(request.FILES.get("template"))
    if form != "docx":
        raise InputRefused([f"{name}: only the board paper takes the styles of a Word document"])
    word.opened(content, name)
    return content


def _paper(request: HttpRequest, assessment: Assessment, form: str, template: bytes | None, *, is_public: bool) -> bytes:
    if form == "xlsx" and not is_public:
        return as_workbook(assessment)
    report, earlier = report_of(assessment), _earlier(request, assessment)
    since = report_of(earlier[0]) if earlier else None
    if is_public:  # the earlier report must tell nothing more than this one
        since = since and public_edition(since, report.not_for_publication)
        report = public_edition(report)
    return rendered(report, form, style_for(report, meeting_of(assessment), since, template))

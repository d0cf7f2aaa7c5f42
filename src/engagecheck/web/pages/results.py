"""The report of an assessment as a page, and every paper to take away."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from engagecheck.analysis.public import public_edition
from engagecheck.errors import EngagecheckError
from engagecheck.web.models import Assessment
from engagecheck.web.pages.downloads import PAPERS, attachment, ending_of, file_name, own_page, refused, rendered
from engagecheck.web.standing import report_of, standing_of
from engagecheck.web.team.access import compared_by


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
    return own_page(rendered(report_of(get_object_or_404(Assessment, pk=pk)), "html").decode())


@never_cache
@require_GET
def paper(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """One paper as a file. With ?edition=public, that of the public edition."""
    assessment = get_object_or_404(Assessment, pk=pk)
    suffix = ending_of(form)
    is_public = request.GET.get("edition") == "public"
    try:
        report = report_of(assessment)
        content = rendered(public_edition(report) if is_public else report, form)
    except EngagecheckError as error:  # such as an extra that is not installed
        return refused(request, assessment, "This paper cannot be made", str(error), "results")
    return attachment(content, file_name(assessment, "public" if is_public else "report", suffix))

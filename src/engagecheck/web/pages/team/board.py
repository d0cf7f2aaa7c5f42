"""What the board reads: the approved report as it was recorded, also while it is being revised."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from engagecheck.analysis.saved import read_report
from engagecheck.errors import EngagecheckError
from engagecheck.model.report import Report
from engagecheck.web.models import Approval, Assessment
from engagecheck.web.pages.downloads import PAPERS, attachment, ending_of, file_name, own_page, refused, rendered


def _published(pk: int) -> tuple[Approval, Report]:
    """The newest report that the board may read."""
    approval = Approval.objects.select_related("assessment").filter(assessment_id=pk, published_at__isnull=False).first()
    if approval is None:
        raise Http404
    return approval, read_report(approval.report.encode(), f"number {approval.history_number} of the history")


@never_cache
@require_GET
def shown(request: HttpRequest, pk: int) -> HttpResponse:
    """The approved report, who approved it, what the board decided, and whether it is being revised."""
    assessment = get_object_or_404(Assessment, pk=pk)
    approval, report = _published(pk)
    parts = {"assessment": assessment, "approval": approval, "summary": report.summary, "papers": PAPERS}
    return render(request, "workplace/board.html", parts)


@never_cache
@require_GET
def report(_request: HttpRequest, pk: int) -> HttpResponse:
    """The approved report as a page."""
    return own_page(rendered(_published(pk)[1], "html").decode())


@never_cache
@require_GET
def paper(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """A paper of the approved report as a file."""
    assessment = get_object_or_404(Assessment, pk=pk)
    suffix = ending_of(form)
    try:
        return attachment(rendered(_published(pk)[1], form), file_name(assessment, "approved", suffix))
    except EngagecheckError as error:
        return refused(request, assessment, "This paper cannot be made", str(error), "board")

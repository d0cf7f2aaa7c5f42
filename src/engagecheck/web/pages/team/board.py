"""What the board reads: the approved report as it was recorded, also while it is being revised."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from engagecheck.analysis.saved import read_report
from engagecheck.errors import EngagecheckError
from engagecheck.model.report import Report
from engagecheck.rules.reporter import Style
from engagecheck.web.follow_up import meeting_of
from engagecheck.web.models import Approval, Assessment
from engagecheck.web.pages.downloads import PAPERS, attachment, ending_of, file_name, own_page, refused, rendered, style_for
from engagecheck.web.team.access import for_the_board


def _published(pk: int) -> tuple[Approval, Report]:
    """The newest report that the board may read."""
    approval = Approval.objects.select_related("assessment").filter(assessment_id=pk, published_at__isnull=False).first()
    if approval is None:
        raise Http404
    return approval, read_report(approval.report.encode(), f"number {approval.history_number} of the history")


def _earlier(request: HttpRequest, assessment: Assessment, found: Report) -> Report | None:
    """The newest report of an earlier day that the person reads as a board reader too."""
    others = for_the_board(request.user).filter(organisation=assessment.organisation).exclude(pk=assessment.pk)
    reports = [_published(one.pk)[1] for one in others]
    return max((one for one in reports if one.as_of < found.as_of), key=lambda one: one.as_of, default=None)


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
    return own_page(rendered(_published(pk)[1], "html", Style()).decode(), reverse("board", args=(pk,)))


@never_cache
@require_GET
def paper(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """A paper of the approved report as a file."""
    assessment = get_object_or_404(Assessment, pk=pk)
    suffix = ending_of(form)
    try:
        found = _published(pk)[1]
        style = style_for(found, meeting_of(assessment), _earlier(request, assessment, found))
        return attachment(rendered(found, form, style), file_name(assessment, "approved", suffix))
    except EngagecheckError as error:
        return refused(request, assessment, "This paper cannot be made", str(error), "board")

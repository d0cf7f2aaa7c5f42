"""All organisations side by side, as `engagecheck audit FOLDER -f html` shows them."""

from collections.abc import Iterator
from tempfile import TemporaryFile

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET
from msgspec import to_builtins

from engagecheck.papers.jsonl import Line
from engagecheck.papers.overview import Overview, PageNames, line_with_page
from engagecheck.web.models import Assessment, User
from engagecheck.web.pages.downloads import own_page
from engagecheck.web.standing import report_of
from engagecheck.web.team.access import compared_by


def newest(user: User) -> list[Assessment]:
    """The newest assessment of each organisation whose results a user may see, in the order in which they came."""
    found: dict[int, Assessment] = {}
    for one in sorted(compared_by(user), key=lambda one: (str(one.document["as_of"]), one.pk)):
        found[one.organisation_id] = one
    return [found[key] for key in sorted(found)]


def _lines(user: User) -> Iterator[tuple[Line, str]]:
    """The line of each organisation with its page, and the name of the page."""
    names = PageNames()
    for one in newest(user):
        line = to_builtins(line_with_page(report_of(one)))
        yield line, names.of(line["subject"])


@never_cache
@require_GET
def organisations(request: HttpRequest) -> HttpResponse:
    """The overview."""
    with TemporaryFile() as rows:
        overview = Overview(rows)
        for line, name in _lines(request.user):
            overview.add(line, name)
        if not overview.organisations:
            return redirect("assessments")
        return own_page("".join(overview.page()), reverse("assessments"))


@never_cache
@require_GET
def organisation(request: HttpRequest, name: str) -> HttpResponse:
    """The page of one organisation, by the name that the overview gives it."""
    for line, given in _lines(request.user):
        if given == name:
            return own_page(str(line["page"]), reverse("organisations"))
    raise Http404

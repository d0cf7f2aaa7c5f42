"""Files to take away. A browser never opens one in place."""

import re
from datetime import date
from html import unescape

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import slugify

from engagecheck.analysis.compare import compare
from engagecheck.errors import EngagecheckError
from engagecheck.model.report import Report
from engagecheck.rules.reporter import Style
from engagecheck.web.models import Assessment
from engagecheck.web.standing import registry

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
_TITLED = '<header><div class="frame">'
_POLICY = re.compile(r'http-equiv="Content-Security-Policy" content="([^"]+)"')


def ending_of(form: str) -> str:
    """The ending of a paper's file. Raises `Http404` for a format that is not offered."""
    for name, ending, *_ in PAPERS:
        if name == form:
            return ending
    raise Http404


def style_for(report: Report, meeting: date | None, since: Report | None, template: bytes | None = None) -> Style:
    """What papers say besides the report: by when, and what changed since an earlier report, where both fit to this one."""
    try:
        compared = since and compare(since, report)
    except EngagecheckError:  # the organisation has another name or code now
        compared = None
    fits = meeting is not None and meeting.isoformat() >= report.as_of
    return Style(meeting=meeting if fits else None, since=since if compared else None, template=template)


def rendered(report: Report, form: str, style: Style) -> bytes:
    """A report in a format. Raises `EngagecheckError` if it cannot be made, such as without its extra."""
    reporter = registry().reporter(form)
    if reporter is None:
        raise Http404
    content = reporter.render(report, style)
    return content if isinstance(content, bytes) else content.encode()


def attachment(content: bytes, name: str) -> HttpResponse:
    """A response that a browser saves under a name, whatever is in it."""
    response = HttpResponse(content, content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def own_page(page: str, back: str) -> HttpResponse:
    """A page that the papers make, with a link to the address `back` above its title.

    Its policy names style and script by hashes, and is sent as the header too.
    """
    linked = page.replace(_TITLED, f'{_TITLED}<p><a href="{back}">Back to the workplace</a></p>', 1)
    response = HttpResponse(linked, content_type="text/html; charset=utf-8")
    if (found := _POLICY.search(page)) is not None:
        response["Content-Security-Policy"] = f"{unescape(found[1])}; frame-ancestors 'none'"
    return response


def refused(request: HttpRequest, assessment: Assessment, title: str, text: str, back: str) -> HttpResponse:
    """A page that says why something cannot be done. `back` is the rest of the address of the page to go back to."""
    parts = {
        "assessment": assessment,
        "title": title,
        "text": text,
        "back": f"{reverse('overview', args=(assessment.pk,))}{back}",
    }
    return render(request, "workplace/refused.html", parts, status=422)


def file_name(assessment: Assessment, what: str, suffix: str) -> str:
    """A name for a file, from the organisation and the day. It has only letters, digits and hyphens."""
    return f"{slugify(assessment.name)[:60] or 'organisation'}-{assessment.document['as_of']}-{what}.{suffix}"

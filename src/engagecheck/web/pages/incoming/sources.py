"""Which published files can be brought in, where they are, and which questions each of them answers."""

from functools import cache

from attrs import frozen
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from engagecheck.analysis.importing import questions
from engagecheck.rules.importer import Importer
from engagecheck.web.pages.downloads import attachment
from engagecheck.web.pages.incoming.reading import OF_PEOPLE, importers


@frozen
class Source:
    """A source, the questions that its files answer alone, and those that they answer once the totals are entered."""

    importer: Importer
    alone: tuple[str, ...]
    with_totals: tuple[str, ...]


@cache
def _sources() -> tuple[Source, ...]:
    found = (one for one in importers().importers.values() if one.name != OF_PEOPLE)
    return tuple(Source(one, *(tuple(part.values()) for part in questions(one))) for one in found)


@require_GET
def sources(request: HttpRequest) -> HttpResponse:
    """All sources, as `engagecheck import --decides` and `--list` say them."""
    return render(request, "workplace/sources.html", {"sources": _sources()})


@require_GET
def template(_request: HttpRequest, name: str) -> HttpResponse:
    """An empty file for a source that nobody publishes."""
    importer = importers().importers.get(name)
    if importer is None or not importer.template:
        raise Http404
    return attachment(importer.template.encode(), f"{name}.csv")

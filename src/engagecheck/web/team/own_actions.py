"""Which actions are whose: those that rest on a contributor's sections alone, and those that the lead gave to a contributor."""

from collections.abc import Sequence

from django.http import HttpRequest

from engagecheck.web.follow_up import Row
from engagecheck.web.models import Assessment, GivenAction
from engagecheck.web.standing import report_of

_OF_ALL = {"as_of", "organisation"}
"""Sections that many questions rest on, and that are no contributor's alone."""


def own_actions(request: HttpRequest, assessment: Assessment, rows: Sequence[Row]) -> list[Row]:
    """The actions that a person may read: all of them if the person reads the whole assessment."""
    access = request.access
    if access.reads_all:
        return list(rows)
    given = set(GivenAction.objects.filter(assessment=assessment, user=request.user).values_list("action", flat=True))
    sections = _sections_of(assessment)
    return [
        row
        for row in rows
        if row.id in given or all(access.has(name) for name in sections.get(row.id.rpartition(":")[0], {"unknown"}))
    ]


def _sections_of(assessment: Assessment) -> dict[str, set[str]]:
    """The sections that each question rests on."""
    results = report_of(assessment).results
    return {name: {fact.pointer.split("/")[1] for fact in one.facts} - _OF_ALL for name, one in results.items()}

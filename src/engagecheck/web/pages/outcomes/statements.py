"""Accepted gaps and attestations: who approved or stated what, until when, and whether it counts on the day of the profile."""

from attrs import frozen
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from engagecheck.audit.overrides import GAP, Overrides, Statement
from engagecheck.model.labels import OUTCOME, day
from engagecheck.model.report import Report
from engagecheck.web.models import Assessment
from engagecheck.web.standing import audited, profile_of


@frozen
class Shown:
    """A statement with the question that it is about, its days in words, the computed result, and why it does not count."""

    statement: Statement
    question: str
    on: str
    until: str
    outcome: str
    unused: str
    is_soon: bool

    @classmethod
    def of(cls, statement: Statement, report: Report) -> "Shown":
        """A statement as the report sees it."""
        result = report.results.get(statement.criterion)
        notes = [one.why for one in report.override_notes if (one.criterion, one.kind) == (statement.criterion, statement.kind)]
        is_used = result is not None and statement.shown() in result.overrides
        expiring = {(one.what, one.on) for one in report.expiring}
        return cls(
            statement=statement,
            question=result.question if result else statement.criterion,
            on=day(statement.on.isoformat()),
            until=day(statement.until.isoformat()),
            outcome=OUTCOME[result.outcome] if result else "",
            unused="" if is_used else next(iter(notes), ""),
            is_soon=(f"{statement.kind} for {statement.criterion}", statement.until.isoformat()) in expiring,
        )


@never_cache
@require_GET
def statements(request: HttpRequest, pk: int) -> HttpResponse:
    """All accepted gaps and attestations of an assessment. They change no result."""
    assessment = get_object_or_404(Assessment, pk=pk)
    profile = profile_of(assessment)
    report = audited(profile)
    shown = [Shown.of(one, report) for one in Overrides().given_for(profile)]
    parts = {
        "assessment": assessment,
        "gaps": [one for one in shown if one.statement.kind == GAP],
        "attestations": [one for one in shown if one.statement.kind != GAP],
    }
    return render(request, "workplace/statements.html", parts)

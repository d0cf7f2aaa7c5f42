"""What would change the result, and the result with one answer changed, as `engagecheck whatif` shows them."""

from copy import deepcopy
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from engagecheck.analysis.compare import compare
from engagecheck.analysis.whatif import what_if
from engagecheck.analysis.whatif_values import FactChange
from engagecheck.errors import EngagecheckError, InputRefused
from engagecheck.intake.edit import set_fact
from engagecheck.intake.questions import Question, all_questions, leaves
from engagecheck.intake.questions.kinds import NotAnAnswer
from engagecheck.intake.questions.places import words_at
from engagecheck.intake.writing import as_text
from engagecheck.model.report import Report
from engagecheck.papers import rating
from engagecheck.papers.comparison_page import comparison_page
from engagecheck.papers.comparison_text import MAX_LISTED, METHOD_NOTE, STEP, proposal_in_words, strength
from engagecheck.rules.reporter import Style
from engagecheck.web.models import Assessment
from engagecheck.web.pages.downloads import own_page
from engagecheck.web.standing import audited, read, report_of

_NO_FACTS = ("evidence", "note", "answered_by")


@never_cache
@require_GET
def changes(request: HttpRequest, pk: int) -> HttpResponse:
    """The way to the next rating, the smallest change for each question that falls short, and what to show."""
    return _shown(request, get_object_or_404(Assessment, pk=pk))


def _shown(request: HttpRequest, assessment: Assessment, fault: str = "") -> HttpResponse:
    document = assessment.profile

    def audit_with(change: FactChange) -> Report | None:
        try:
            return _audited(document, change.pointer, change.value)
        except InputRefused:
            return None

    analysis = what_if(report_of(assessment), audit_with)
    parts = {
        "assessment": assessment,
        "analysis": analysis,
        "now": analysis.words[analysis.level],
        "score": rating.interval(analysis.score),
        "next": analysis.words[analysis.next_level] if analysis.next_level else "",
        "after": rating.interval(analysis.after),
        "steps": [(STEP[one.kind], f"{one.question}{strength(one)}") for one in analysis.to_next],
        "proposals": [(one.question, proposal_in_words(one, analysis)) for one in analysis.proposals],
        "to_show": [(one, strength(one)) for one in analysis.to_show[:MAX_LISTED]],
        "method": METHOD_NOTE,
        "sections": [(title, [(at, _named(at, one)) for at, one in inside]) for title, inside in _sections()],
        "fault": fault,
        "chosen": request.GET.get("question", ""),
        "value": request.GET.get("value", ""),
    }
    return render(request, "workplace/what_if.html", parts, status=422 if fault else 200)


def _audited(document: dict[str, Any], pointer: str, value: Any) -> Report:
    """The report with one fact changed. Raises `InputRefused` if the profile would not be valid."""
    changed = deepcopy(document)
    set_fact(changed, pointer, value)
    return audited(read(as_text(changed), "the profile with this answer"))


def _sections() -> list[tuple[str, list[tuple[str, Question]]]]:
    """The questions that one value answers, by section, each with its JSON Pointer. Those of entries are left out."""
    found = []
    for section in all_questions():
        if section.can_withhold:
            inside = leaves(section, f"/{section.name}")
            found.append((section.title, [(at, one) for at, one in inside if "*" not in at and one.name not in _NO_FACTS]))
    return found


def _named(pointer: str, question: Question) -> str:
    """A question with what it is about, below its section: "Chief executive: What is the post called?"."""
    _, _, around = words_at(pointer.rpartition("/")[0]).partition(": ")
    return f"{around}: {question.text}" if around else question.text


@never_cache
@require_GET
def supposed(request: HttpRequest, pk: int) -> HttpResponse:
    """The assessment as it is, compared with the same one with another answer. Nothing is saved."""
    assessment = get_object_or_404(Assessment, pk=pk)
    pointer, text = request.GET.get("question", ""), request.GET.get("value", "").strip()
    question = next((one for _, inside in _sections() for at, one in inside if at == pointer), None)
    if question is None:
        return _shown(request, assessment, "choose a question from the list")
    try:
        value = question.read(text)
        changed = _audited(assessment.profile, pointer, "" if value is None else value)
        page = comparison_page(compare(report_of(assessment), changed, supposed=True), Style())
        return own_page(page, reverse("what-if", args=(pk,)))
    except (NotAnAnswer, EngagecheckError) as error:
        return _shown(request, assessment, str(error).split("\n")[0])

"""The evidence of an assessment by its age on the day of the profile, so that what is too old shows before the audit."""

from collections.abc import Iterator

from attrs import frozen
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from engagecheck.model.evidence import MAX_AGE, age_of, last_day
from engagecheck.model.labels import day
from engagecheck.model.outcomes import Freshness
from engagecheck.model.profile import Evidence
from engagecheck.web.answers.places import MARK
from engagecheck.web.models import Assessment, Revision
from engagecheck.web.standing import audited, profile_of

TITLES = {
    Freshness.STALE: "Too old",
    Freshness.UNDATED: "Without a date",
    Freshness.AGEING: "Soon too old",
    Freshness.CURRENT: "Up to date",
}
LINKS = ("https://", "http://")


@frozen
class Item:
    """An entry of the register: its address, its age at worst, and the questions for which it is that old.

    `link` is its reference if that is a web address. `files` is the number of files that were added to it.
    """

    address: str
    evidence: Evidence
    age: Freshness
    questions: tuple[str, ...]
    cited: int
    link: str
    files: int

    @property
    def dated(self) -> str:
        """The day that it describes, in words."""
        return day(str(self.evidence.effective)) if self.evidence.effective else ""

    @property
    def last(self) -> str:
        """The last day on which it is not too old for most questions, in words."""
        found = last_day(self.evidence)
        return day(found.isoformat()) if found else ""


def items_of(assessment: Assessment) -> Iterator[Item]:
    """Every entry of the register, with its age as the audit sees it: a question may need newer evidence than others."""
    profile = profile_of(assessment)
    results = audited(profile).results.values()
    entries = {one["id"]: one[MARK] for one in assessment.document.get("evidence", ())}
    held = list(Revision.objects.filter(assessment=assessment, file__removed_at=None).values_list("entry", flat=True))
    for name, evidence in profile.evidence.items():
        ages = [(cited.freshness, one.question) for one in results for cited in one.evidence if cited.id == name]
        worst = next((age for age in TITLES if age in [found for found, _ in ages]), age_of(profile, name))
        reference = evidence.reference or ""
        yield Item(
            address=f"evidence/{entries[name]}",
            evidence=evidence,
            age=worst,
            questions=tuple(question for age, question in ages if age is worst),
            cited=len(ages),
            link=reference if reference.startswith(LINKS) and " " not in reference else "",
            files=held.count(entries[name]),
        )


def too_old(assessment: Assessment) -> int:
    """How many entries of the register are too old for a question that they are cited for, or for most questions."""
    return sum(one.age is Freshness.STALE for one in items_of(assessment))


@never_cache
@require_GET
def ages(request: HttpRequest, pk: int) -> HttpResponse:
    """The evidence, what is too old first."""
    assessment = get_object_or_404(Assessment, pk=pk)
    items = list(items_of(assessment))
    groups = [(title, age is Freshness.STALE, [one for one in items if one.age is age]) for age, title in TITLES.items()]
    parts = {"assessment": assessment, "groups": groups, "months": MAX_AGE}
    return render(request, "workplace/ages.html", parts)

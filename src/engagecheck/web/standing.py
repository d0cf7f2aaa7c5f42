"""What the engine makes of an assessment: the rating beside each page, the report, and the status of each section."""

from functools import cache

from attrs import frozen

from engagecheck.audit.run import run_audit
from engagecheck.intake.load import load_profile
from engagecheck.intake.questions.kinds import Kind
from engagecheck.intake.workflow.status import SectionStatus, section_status
from engagecheck.intake.writing import as_text
from engagecheck.model.profile import Profile
from engagecheck.model.report import Report
from engagecheck.papers import rating
from engagecheck.plugin_host.registry import Registry, installed
from engagecheck.web.answers.blocks import is_on_page, top_pages
from engagecheck.web.models import Assessment
from engagecheck.web.team.access import Access


@frozen
class Standing:
    """The rating in words, with its score, ladders and red flags, and how many typed answers it leaves out."""

    level: str
    could_be: str
    score: str
    ladders: list[tuple[str, str, str, str]]
    flags: list[tuple[str, str]]
    answered: str
    in_error: int


@frozen
class Part:
    """A page of questions in the list of pages: its status, or the number of its entries, and its answers in error."""

    address: str
    title: str
    status: SectionStatus | None
    entries: int | None
    in_error: int


@cache
def registry() -> Registry:
    """The bundled rules, found once. The workplace runs no plugin of anyone else yet."""
    return installed(third_party=False)


def profile_of(assessment: Assessment) -> Profile:
    """The profile of an assessment, as it is exported."""
    return load_profile(as_text(assessment.profile), name="profile.json", registry=registry())


def report_of(assessment: Assessment) -> Report:
    """The report of an assessment, as `engagecheck audit` makes it of the exported profile."""
    return run_audit(profile_of(assessment), registry())


def standing_of(assessment: Assessment) -> Standing:
    """The rating as it is now."""
    report = report_of(assessment)
    summary = report.summary
    return Standing(
        level=summary.scale.word,
        could_be=summary.could_be_scale.word if summary.could_be is not summary.level else "",
        score=rating.interval(summary.score),
        ladders=rating.steps(summary),
        flags=rating.flags(report),
        answered=rating.answered(summary),
        in_error=len(assessment.typed),
    )


def parts_of(assessment: Assessment, access: Access) -> list[Part]:
    """Every page of questions that may be read, with its status."""
    profile = assessment.profile
    statuses = {one.name: one for one in section_status(profile)}
    parts = []
    for question in (one for one in top_pages() if access.has(one.name)):
        held = profile.get(question.name)
        count = (len(held) if isinstance(held, list) else 0) if question.kind is Kind.REGISTER else None
        in_error = sum(is_on_page(question.name, one) for one in assessment.typed)
        parts.append(Part(question.name, question.title, statuses.get(question.name), count, in_error))
    return parts

"""What the engine makes of an assessment: the rating beside each page, the report, and the status of each section."""

from collections.abc import Iterator

from attrs import frozen
from django.conf import settings

from engagecheck.audit.run import run_audit
from engagecheck.intake.load import load_profile
from engagecheck.intake.questions.kinds import Kind
from engagecheck.intake.workflow.status import SectionStatus, section_status
from engagecheck.intake.writing import as_text
from engagecheck.model import headings
from engagecheck.model.labels import plural
from engagecheck.model.profile import Profile
from engagecheck.model.report import Report
from engagecheck.papers import rating
from engagecheck.plugin_host.registry import Registry
from engagecheck.web.answers.blocks import is_on_page, top_pages
from engagecheck.web.environment import Configured
from engagecheck.web.models import Assessment
from engagecheck.web.team.access import Access
from engagecheck.web.team.table import APPROVED, PUBLISHED


@frozen
class Standing:
    """The rating in words, with its score, ladders and red flags, and the notes that a reader needs."""

    level: str
    could_be: str
    score: str
    ladders: list[tuple[str, str, str, str]]
    flags: list[tuple[str, str]]
    answered: str
    notes: list[str]
    in_error: int


@frozen
class Part:
    """A page of questions in the list of pages: its status, or the number of its entries, and its answers in error."""

    address: str
    title: str
    status: SectionStatus | None
    entries: int | None
    in_error: int


def configured() -> Configured:
    """The rules and settings of every audit here."""
    found: Configured = settings.CONFIGURED
    return found


def registry() -> Registry:
    """The rules, formats and schemas of extensions that the workplace was started with."""
    return configured().registry


def read(text: bytes, name: str) -> Profile:
    """The profile in a text. Raises `InputRefused` with a line for each mistake."""
    return load_profile(text, name=name, registry=registry())


def audited(profile: Profile) -> Report:
    """The report of a profile, as `engagecheck audit` makes it with the configuration of the workplace."""
    return run_audit(profile, registry(), configured().settings)


SIGN_OFF = "sign_off"
"""The one section that is not filled in: the steps sign it."""


def profile_of(assessment: Assessment) -> Profile:
    """The profile of an assessment, as it is exported."""
    return read(as_text(assessment.profile), "profile.json")


def report_of(assessment: Assessment) -> Report:
    """The report of an assessment, as `engagecheck audit` makes it of the exported profile."""
    return audited(profile_of(assessment))


def standing_of(assessment: Assessment) -> Standing:
    """The rating as it is now."""
    report = report_of(assessment)
    summary = report.summary
    return Standing(
        level=summary.scale.word,
        could_be=summary.could_be_scale.word if summary.could_be is not summary.level else "",
        score=rating.interval(summary.score),
        ladders=rating.ladder_rows(summary),
        flags=rating.flags(report),
        answered=rating.answered(summary),
        notes=[*_notes(report), *since_approved(assessment, report)],
        in_error=len(assessment.typed),
    )


def _notes(report: Report) -> Iterator[str]:
    """What a reader must know of the rules and settings, as the first page of each paper says it."""
    if title := headings.chosen(report):
        yield f"By the rules of {title}."
    yield from headings.faults(report)
    if report.deviations:
        yield f"{plural(len(report.deviations), 'departure')} from the defaults, which each paper lists with the reason."
    for pack in report.packs[1:]:
        if pack.rules:
            yield f"{pack.title or pack.name}: {pack.judgement.level}, {rating.interval(pack.judgement.score)} of 100."


def since_approved(assessment: Assessment, report: Report) -> Iterator[str]:
    """That a report is no longer the one that was approved, and why, if it is so."""
    if assessment.step in (APPROVED, PUBLISHED):
        approval = assessment.approval_set.first()
        if approval and approval.report_digest != report.report_digest:
            yield (
                f"This is not the approved report, which stays as it is (number {approval.history_number} of the history): "
                "the rules or settings of this workplace have changed since."
            )


def parts_of(assessment: Assessment, access: Access) -> list[Part]:
    """Every page of questions that may be read, with its status."""
    profile = assessment.profile
    statuses = {one.name: one for one in section_status(profile)}
    parts = []
    for question in (one for one in top_pages() if access.has(one.name) and one.name != SIGN_OFF):
        held = profile.get(question.name)
        count = (len(held) if isinstance(held, list) else 0) if question.kind is Kind.REGISTER else None
        in_error = sum(is_on_page(question.name, one) for one in assessment.typed)
        parts.append(Part(question.name, question.title, statuses.get(question.name), count, in_error))
    return parts

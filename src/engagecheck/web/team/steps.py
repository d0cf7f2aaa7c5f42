"""The steps of an assessment: submitted, reviewed, approved, published, and opened again. Each is one transaction.

The caller holds the assessment's row. Each step raises `InputRefused` with one sentence if it cannot be made.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import date

from django.utils import timezone
from msgspec import to_builtins

from engagecheck.errors import InputRefused
from engagecheck.intake.questions.kinds import NotAnAnswer
from engagecheck.intake.workflow.sign_off import digest, sign, unsigned
from engagecheck.model.dates import against_start
from engagecheck.model.labels import plural
from engagecheck.web.answers.blocks import top_pages
from engagecheck.web.answers.places import question_at
from engagecheck.web.models import Approval, Assessment, Change, Membership, Remark, Review, Revision, User
from engagecheck.web.standing import report_of
from engagecheck.web.team.accounts import is_alone
from engagecheck.web.team.history import OwnHistory
from engagecheck.web.team.table import APPROVED, CONTRIBUTOR, DRAFTING, PUBLISHED, REVIEWED, SUBMITTED
from engagecheck.web.team.trail import record

NOT_INDEPENDENT = " (not independently reviewed)"
"""What papers say beside the role that checked, if one person worked alone."""


def sections() -> list[str]:
    """The sections that are reviewed: all but the sign-off itself."""
    return [one.name for one in top_pages() if one.name != "sign_off"]


def submit(assessment: Assessment, signature: Mapping[str, str]) -> None:
    """Hand a draft over to the reviewers."""
    if assessment.typed:
        count = plural(len(assessment.typed), "answer")
        raise InputRefused([f"{count} in error would be left out: correct or empty them first."])
    _signed(assessment, "prepared", signature)
    _moved(assessment, DRAFTING, SUBMITTED)


def send_back(assessment: Assessment) -> None:
    """Give a submitted or reviewed assessment back to be changed. Its signatures and reviews fall."""
    if assessment.step not in (SUBMITTED, REVIEWED):
        raise InputRefused(["Only what was submitted and is not approved yet can be sent back."])
    _opened(assessment)


def own_sections(assessment: Assessment, user: User) -> set[str]:
    """The sections that a user filled in or is to fill in, and so may not review."""
    held = Membership.objects.filter(assessment=assessment, user=user, role=CONTRIBUTOR).values_list("sections", flat=True)
    lines = Change.objects.filter(assessment=assessment, what="answer", by=user.get_username())
    return {name for names in held for name in names} | set(lines.values_list("section", flat=True))


def review(assessment: Assessment, user: User, chosen: Sequence[str]) -> None:
    """Note that a user has reviewed sections. In a team, nobody reviews their own."""
    _need(assessment, SUBMITTED)
    own = set() if is_alone() else own_sections(assessment, user)
    for name in chosen:
        if name not in sections():
            raise InputRefused(["There is no such section."])
        if name in own:
            raise InputRefused([f"{question_at(name).title}: you filled in this section, so somebody else reviews it."])
        _, is_new = Review.objects.get_or_create(assessment=assessment, section=name, defaults={"by": user.get_username()})
        if is_new:
            record(assessment, "section reviewed", name)


def finish_review(assessment: Assessment, signature: Mapping[str, str]) -> None:
    """End the review, once every section is reviewed and every remark is closed."""
    _need(assessment, SUBMITTED)
    done = set(Review.objects.filter(assessment=assessment).values_list("section", flat=True))
    if missing := [question_at(name).title for name in sections() if name not in done]:
        raise InputRefused([f"Not reviewed yet: {', '.join(missing)}."])
    if open_ones := Remark.objects.filter(assessment=assessment, closed_by="").count():
        raise InputRefused([f"{plural(open_ones, 'remark')} to answer or close first."])
    said = NOT_INDEPENDENT if is_alone() else ""
    _signed(assessment, "checked", {**signature, "role": f"{signature['role']}{said}"})
    _moved(assessment, SUBMITTED, REVIEWED)


def approve(assessment: Assessment, version: str, signature: Mapping[str, str], user: User) -> Approval:
    """Approve what was reviewed: the document, its files and its report are kept as they are, and the report is recorded."""
    _need(assessment, REVIEWED)
    if version != str(assessment.version):
        raise InputRefused(["Somebody changed this assessment meanwhile. Look at it again before you approve it."])
    _signed(assessment, "approved", signature)
    report = report_of(assessment)
    recorded = OwnHistory().add(report)
    made: Approval = Approval.objects.create(
        assessment=assessment,
        version=assessment.version,
        document=assessment.profile,
        files=list(Revision.objects.filter(assessment=assessment).order_by("pk").values("entry", "name", "file__sha256")),
        report=json.dumps(to_builtins(report), ensure_ascii=False),
        report_digest=report.report_digest,
        history_number=recorded.row.number,
        role=signature["role"],
        by=user.get_username(),
    )
    _moved(assessment, REVIEWED, APPROVED)
    return made


def publish(assessment: Assessment) -> None:
    """Let the board read the approved report."""
    _need(assessment, APPROVED)
    approval = _approval(assessment)
    approval.published_at = timezone.now()
    approval.save()
    _moved(assessment, APPROVED, PUBLISHED)


def decide(assessment: Assessment, role: str, meeting: date, minute: str) -> None:
    """Record what the board decided about the published report."""
    _need(assessment, PUBLISHED)
    approval = _approval(assessment)
    before = approval.decision
    approval.decided_by, approval.meeting, approval.minute = role, meeting, minute
    approval.save()
    record(assessment, "decision of the board", "", before, approval.decision)


def reopen(assessment: Assessment) -> None:
    """Begin a revision of what was approved. Its signatures fall, and the board keeps the approved report."""
    if assessment.step not in (APPROVED, PUBLISHED):
        raise InputRefused(["Only what was approved can be opened again."])
    _opened(assessment)


class Mistyped(InputRefused):
    """Raised when texts of a form cannot be accepted. `faults` says what is wrong with each field that is wrong."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__(list(faults.values()))
        self.faults = faults


ENTER_A_DAY = "Enter a day, such as 31 March 2026."
_MISSING = {"role": "Enter the role or committee.", "on": ENTER_A_DAY}


def signature_of(assessment: Assessment, step: str, role: str, on: str) -> dict[str, str]:
    """The typed role and day of a signature. Raises `Mistyped` if one of them is no answer, or the day cannot be right."""
    given, faults = {}, {}
    for name, text in (("role", role), ("on", on)):
        question = question_at(f"sign_off/{step}/{name}")
        try:
            value = question.read(text)
        except NotAnAnswer as error:
            faults[name] = str(error)
            continue
        complaint = _MISSING[name] if value is None else question.complaint(value)
        if complaint:
            faults[name] = complaint
        given[name] = value
    if len(role) + len(NOT_INDEPENDENT) > MOST_ROLE:
        faults["role"] = f"Name the role in at most {MOST_ROLE - len(NOT_INDEPENDENT)} characters."
    if not faults:
        start = date.fromisoformat(assessment.document["as_of"])
        complaint = against_start(date.fromisoformat(given["on"]), start, "the profile date")
        faults = {"on": complaint} if complaint else {}
    if faults:
        raise Mistyped(faults)
    return given


MOST_ROLE = 120
"""The most characters of a role, as the schema of the profile says."""


def _need(assessment: Assessment, step: str) -> None:
    if assessment.step != step:
        raise InputRefused([f"This cannot be done now: the assessment is {assessment.step}."])


def _approval(assessment: Assessment) -> Approval:
    """The newest approval, held until the transaction ends."""
    found: Approval = Approval.objects.select_for_update().filter(assessment=assessment).first()
    return found


def _signed(assessment: Assessment, step: str, signature: Mapping[str, str]) -> None:
    assessment.document = sign(assessment.document, step, signature, digest(assessment.profile))


def _opened(assessment: Assessment) -> None:
    assessment.document = unsigned(assessment.document)
    Review.objects.filter(assessment=assessment).delete()
    _moved(assessment, assessment.step, DRAFTING)


def _moved(assessment: Assessment, before: str, after: str) -> None:
    _need(assessment, before)
    assessment.step = after
    assessment.version += 1
    assessment.save()
    record(assessment, "step", "", before, after)

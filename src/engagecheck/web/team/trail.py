"""The audit trail: every change with who made it, when, and both texts. Whoever may read a section may read its lines."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.crypto import salted_hmac

from engagecheck.web.answers.changed import changes
from engagecheck.web.answers.saving import Kept
from engagecheck.web.models.course import Change, Remark

if TYPE_CHECKING:
    from engagecheck.web.models import Assessment

_WHO: ContextVar[str] = ContextVar("who", default="")
LONGEST = 10_000
"""The most characters of a text in the trail."""


@contextmanager
def acting(name: str) -> Iterator[None]:
    """Whatever is changed inside is on record as done by this user."""
    token = _WHO.set(name)
    try:
        yield
    finally:
        _WHO.reset(token)


def record(assessment: "Assessment | None", what: str, address: str = "", before: str = "", after: str = "") -> None:
    """Put one change on record, in the transaction that makes it."""
    Change.objects.create(
        assessment=assessment,
        section=address.partition("/")[0],
        address=address[:300],
        what=what,
        before=before[:LONGEST],
        after=after[:LONGEST],
        by=_WHO.get(),
    )


def record_answers(assessment: "Assessment", before: Kept, after: Kept) -> None:
    """Put every answer that changed on record."""
    for address, old, new in changes(before, after):
        record(assessment, "answer", address, old, new)


def erase(assessment: "Assessment", address: str, reason: str) -> int:
    """Remove the texts at an address from the trail and from remarks for good, and say why. Returns the number of lines.

    What stays of each line is a digest, which nobody can make without the key of this workplace.
    """
    lines = Change.objects.select_for_update().filter(assessment=assessment, address=address, erased_at=None)
    count = 0
    for line in lines:
        line.before, line.after = (_digest(text) for text in (line.before, line.after))
        line.erased_by, line.erased_at, line.reason = _WHO.get(), timezone.now(), reason
        line.save()
        count += 1
    for remark in Remark.objects.filter(assessment=assessment, address=address):
        remark.text, remark.answer = (_digest(text) for text in (remark.text, remark.answer))
        remark.save()
    return count


def _digest(text: str) -> str:
    return f"removed ({salted_hmac('engagecheck.web.team.trail', text, algorithm='sha256').hexdigest()[:16]})" if text else ""

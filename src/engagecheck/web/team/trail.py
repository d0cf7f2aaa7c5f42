"""The audit trail: every change with who made it, when, and both texts. Whoever may read a section may read its lines."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.crypto import salted_hmac

from engagecheck.web.answers.changed import changes
from engagecheck.web.answers.saving import Kept
from engagecheck.web.models.course import Change

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


def erase(lines: Iterable[Change], reason: str) -> None:
    """Remove the texts of lines of the trail for good, and say why. A digest of each stays."""
    for line in lines:
        line.before, line.after = (_digest(text) for text in (line.before, line.after))
        line.erased_by, line.erased_at, line.reason = _WHO.get(), timezone.now(), reason
        line.save()


def record_removal(assessment: "Assessment", text: str, reason: str) -> None:
    """Put on record that a text was removed, by its digest, who did it, and why."""
    who, now = _WHO.get(), timezone.now()
    gone = {"what": "text removed for good", "before": _digest(text), "reason": reason}
    Change.objects.create(assessment=assessment, by=who, erased_by=who, erased_at=now, **gone)


def _digest(text: str) -> str:
    """What stays of a text. Nobody can make it without the key of this workplace, so that a name cannot be guessed from it."""
    return f"removed ({salted_hmac('engagecheck.web.team.trail', text, algorithm='sha256').hexdigest()[:16]})" if text else ""

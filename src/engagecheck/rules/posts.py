"""Posts: how long they are held, by how many, and whether their dates agree."""

from collections.abc import Iterator
from datetime import date

from engagecheck.model.answers import Measured, NotEvidenced
from engagecheck.model.dates import PartialDate, months_after, months_in_post
from engagecheck.model.sections.leadership import Holder, PastHolder, Post

SHORT_INTERIM = 3
"""Months up to which an interim is only a bridge, and two holders at once only a handover."""
LONG_SERVICE = 60
"""Months from which a predecessor's service is worth printing: a retirement should not read as unrest."""


def tenure(post: Post, as_of: date) -> Measured:
    """Complete months that a post has been held substantively; 0 while it is vacant or held for a time.

    Raises `NotEvidenced` where how, or since when, it is held is not stated.
    """
    now = _now(post)
    if now.status != "substantive":
        return Measured(0, because=f"The post is {'vacant' if now.status == 'vacant' else 'held by an interim'}.")
    if now.since is None:
        raise NotEvidenced("since when the post is held is not stated")
    return Measured(months_in_post(now.since, as_of), because=f"In post since {now.since}.{_predecessor(post)}")


def holders_within(post: Post, as_of: date, *, months: int) -> Measured:
    """How many held a post in the last `months`, with interims of more than 3 months.

    Raises `NotEvidenced` unless the history is whole and complete for that time.
    """
    start = months_after(as_of, -months)
    now = _now(post)
    if post.before is None:
        raise NotEvidenced("who held the post before is not stated")
    former = sum(_counts(one.status, one.since, one.until, as_of, start) for one in post.before.whole(since=start))
    current = int(now.status != "vacant" and _counts(now.status, now.since, None, as_of, start))
    return Measured(current + former, because=f"{current} now and {former} before within {months} months.")


def disagreements(post: Post | None, as_of: date) -> Iterator[str]:
    """A sentence for each who left before arriving, and for each two who held a post alone at once for over 3 months.

    Raises `NotEvidenced` where the history is not whole or lacks dates.
    """
    if post is None or post.before is None:
        raise NotEvidenced("who holds the post now, or who held it before, is not stated")
    now, name = _now(post), post.role or "The post"
    if now.status != "vacant" and now.since is None:
        raise NotEvidenced("since when the post is held is not stated")
    terms: list[tuple[PartialDate, PartialDate | None]] = []
    for one in post.before.whole():
        if one.since is None or one.until is None or one.status is None:
            raise NotEvidenced("not every former holder has a status and both dates")
        if one.until.last < one.since.first:
            yield f"{name}: one holder left in {one.until} and arrived in {one.since}."
        if _alone(one):
            terms.append((one.since, one.until))
    if _alone(now) and now.since is not None:
        terms.append((now.since, None))
    for place, (since, until) in enumerate(terms):
        for other_since, other_until in terms[place + 1 :]:
            start = max(since.last, other_since.last)
            end = min(until.first if until else as_of, other_until.first if other_until else as_of)
            if months_after(start, SHORT_INTERIM) < end:
                yield f"{name}: two substantive holders at once, from {since} and from {other_since}."


def _now(post: Post) -> Holder:
    if post.now is None or post.now.status is None:
        raise NotEvidenced("how the post is held now is not stated")
    return post.now


def _predecessor(post: Post) -> str:
    """A sentence on a predecessor of long service, where the history is whole."""
    try:
        whole = post.before.whole() if post.before else ()
    except NotEvidenced:
        return ""
    former = [(one.since, one.until) for one in whole if one.status == "substantive" and one.since and one.until]
    if not former:
        return ""
    since, until = max(former, key=lambda term: term[1].last)
    served = months_in_post(since, until.first)
    return f" The predecessor had served {served} months." if served >= LONG_SERVICE else ""


def _counts(status: str | None, since: PartialDate | None, until: PartialDate | None, as_of: date, start: date) -> bool:
    """Whether a holder counts: any day inside the window, and not an interim of 3 months or less."""
    end = until.last if until else as_of
    if end <= start:
        return False
    if status != "interim":
        return True
    if since is None:
        raise NotEvidenced("since when an interim held the post is not stated")
    return months_after(since.first, SHORT_INTERIM) < end


def _alone(holder: Holder | PastHolder) -> bool:
    return holder.status == "substantive" and holder.arrangement not in ("job_share", "joint")

"""Measures over posts: length of service, number of holders, and whether the dates agree."""

from collections.abc import Iterator
from datetime import date
from itertools import combinations

from engagecheck.model.answers import Measured, NotEvidenced
from engagecheck.model.dates import PartialDate, months_after, months_in_post
from engagecheck.model.sections.leadership import Holder, PastHolder, Post

SHORT_INTERIM = 3
"""Months up to which an interim does not count, and up to which two holders at once count as a handover."""
LONG_SERVICE = 60
"""Months of service from which a predecessor is mentioned, so that a retirement does not look like unrest."""


def tenure(post: Post, as_of: date) -> Measured:
    """Complete months that a post has been held substantively; 0 if it is vacant or held by an interim.

    Raises `NotEvidenced` if the status or the start date of the holder is not stated.
    """
    holder = _current_holder(post)
    if holder.status != "substantive":
        return Measured(0, because=f"The post is {'vacant' if holder.status == 'vacant' else 'held by an interim'}.")
    if holder.since is None:
        raise NotEvidenced("since when the post is held is not stated")
    return Measured(months_in_post(holder.since, as_of), because=f"In post since {holder.since}.{_predecessor(post)}")


def holders_within(post: Post, as_of: date, *, months: int) -> Measured:
    """The number of holders of a post in the last `months`. Interims count from more than 3 months.

    Raises `NotEvidenced` unless the history is complete for that time.
    """
    start = months_after(as_of, -months)
    holder = _current_holder(post)
    if post.before is None:
        raise NotEvidenced("who held the post before is not stated")
    former = sum(_counts(past.status, past.since, past.until, as_of, start) for past in post.before.whole(since=start))
    current = int(holder.status != "vacant" and _counts(holder.status, holder.since, None, as_of, start))
    return Measured(current + former, because=f"{current} now and {former} before within {months} months.")


def disagreements(post: Post | None, as_of: date) -> Iterator[str]:
    """A sentence for each contradiction between the dates of a post.

    There are two kinds: a holder who left before arriving, and two sole holders at once for more than 3 months.
    Raises `NotEvidenced` if the history is not complete or lacks dates.
    """
    if post is None or post.before is None:
        raise NotEvidenced("who holds the post now, or who held it before, is not stated")
    holder, name = _current_holder(post), post.role or "The post"
    if holder.status != "vacant" and holder.since is None:
        raise NotEvidenced("since when the post is held is not stated")
    terms: list[tuple[PartialDate, PartialDate | None]] = []
    for past in post.before.whole():
        if past.since is None or past.until is None or past.status is None:
            raise NotEvidenced("not every former holder has a status and both dates")
        if past.until.last < past.since.first:
            yield f"{name}: one holder left in {past.until} and arrived in {past.since}."
        if _holds_alone(past):
            terms.append((past.since, past.until))
    if _holds_alone(holder) and holder.since is not None:
        terms.append((holder.since, None))
    for (since, until), (other_since, other_until) in combinations(terms, 2):
        start = max(since.last, other_since.last)
        end = min(until.first if until else as_of, other_until.first if other_until else as_of)
        if months_after(start, SHORT_INTERIM) < end:
            yield f"{name}: two substantive holders at once, from {since} and from {other_since}."


def _current_holder(post: Post) -> Holder:
    if post.now is None or post.now.status is None:
        raise NotEvidenced("how the post is held now is not stated")
    return post.now


def _predecessor(post: Post) -> str:
    """A sentence about a predecessor with long service; empty if there is none or the history is not complete."""
    try:
        whole = post.before.whole() if post.before else ()
    except NotEvidenced:
        return ""
    former = [(past.since, past.until) for past in whole if past.status == "substantive" and past.since and past.until]
    if not former:
        return ""
    since, until = max(former, key=lambda term: term[1].last)
    served = months_in_post(since, until.first)
    return f" The predecessor had served {served} months." if served >= LONG_SERVICE else ""


def _counts(status: str | None, since: PartialDate | None, until: PartialDate | None, as_of: date, start: date) -> bool:
    """Whether a holder counts: a day or more in the window, and not an interim of 3 months or less."""
    end = until.last if until else as_of
    if end <= start:
        return False
    if status != "interim":
        return True
    if since is None:
        raise NotEvidenced("since when an interim held the post is not stated")
    return months_after(since.first, SHORT_INTERIM) < end


def _holds_alone(holder: Holder | PastHolder) -> bool:
    return holder.status == "substantive" and holder.arrangement not in ("job_share", "joint")

"""Measures over posts: length of service, number of holders, vacancies, and whether the dates agree.

A post is a list of spells. What a list that is not whole, a month in place of a day, or a missing date leaves open is kept
open: every function answers with both ends of what can be true.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import combinations
from math import inf

from engagecheck.model.answers import Measured, NotApplicable, NotEvidenced, Range, some
from engagecheck.model.dates import PartialDate, Window, complete_months, day, months_after, months_in_post
from engagecheck.model.profile import Organisation
from engagecheck.model.sections.leadership import Post, Spell

HANDOVER = 3
"""Months for which a post may be empty or have two holders while it changes hands."""
BRIDGED = 12
"""Months for which a post may be without a substantive holder if it is covered, acted up into, or filled by a designate."""
LONG_SERVICE = 60
"""Months of service from which a predecessor is mentioned, so that a retirement does not look like unrest."""
SETTLED = 36
"""Months after its founding from which an organisation is asked as any other; holders since the founding count until then."""
YOUNG = 12
"""Months after its founding before which nothing is asked about length of service."""
UNFILLED = "no substantive holder"
"""The case in which an appointment is recommended, and not an agreement with the holder."""
APPOINTED = "a designate is named"
"""The case in which somebody is appointed already, and has not taken over."""
STANDING_IN = {"interim": "held by an interim", "acting": "held by an acting holder", "cover": "covered"}
"""What is said of a post without a substantive holder, by the kind of whoever stands in."""
LEADING = ("substantive", "interim", "acting")
TOGETHER = ("job_share", "joint")
"""The ways in which several people may hold a post at once."""


def refuse_if_young(organisation: Organisation, dates: Iterable[PartialDate | None], as_of: date) -> None:
    """Raise `NotApplicable` if an organisation is under 12 months old, so that nobody can have served for long.

    Raises `NotEvidenced` if its age is not stated and none of these dates of posts shows that it is older.
    """
    if organisation.founded is not None:
        if complete_months(organisation.founded.first, as_of) < YOUNG:
            raise NotApplicable(f"the organisation was founded less than a year ago ({organisation.founded})")
        return
    if not any(one is not None and complete_months(one.last, as_of) >= YOUNG for one in dates):
        raise NotEvidenced("the date on which the organisation was founded is missing")


def dates_of(*posts: Post) -> list[PartialDate]:
    """The dates on which people came to these posts and left them."""
    spells = [spell for post in posts if post.holders is not None for spell in post.holders.entries]
    return [one for spell in spells for one in (spell.since, _end(spell)) if one is not None]


def tenure(post: Post, organisation: Organisation, as_of: date) -> Measured:
    """Complete months for which the holder who is longest in a post has held it substantively; 0 if nobody holds it so.

    Someone in post since an organisation of less than 36 months, or a new post, began counts as met. Raises
    `NotEvidenced` if the holders are not stated, `NotApplicable` for an organisation of less than 12 months.
    """
    refuse_if_young(organisation, dates_of(post), as_of)
    spells, is_whole = _spells(post)
    substantive = [spell for spell in spells if spell.kind in ("substantive", None) and holds(spell, as_of) is not False]
    sure = [spell for spell in substantive if spell.kind and holds(spell, as_of)]
    may_be_others = not is_whole and not (sure and post.shared == "sole")
    low = max((_months(spell, as_of)[0] for spell in sure), default=0)
    high = inf if may_be_others else max((_months(spell, as_of)[1] for spell in substantive), default=0)
    since = min((spell.since for spell in sure if spell.since), key=lambda one: (one.last, one.text), default=None)
    is_appointed = any(_is_designate(spell, as_of) for spell in spells)
    if since is not None:
        because = f"In post since {since}.{_predecessor(spells, since)}"
    elif high:
        because = ""
    else:
        kinds = {spell.kind for spell in spells if holds(spell, as_of)}
        state = next((text for kind, text in STANDING_IN.items() if kind in kinds), "vacant")
        because = f"The post is {state}.{' A designate is named.' if is_appointed else ''}"
    sure_days, days = [[spell.since for spell in some_spells if spell.since] for some_spells in (sure, substantive)]
    may_be = None if any(_is_utmost(day, post, organisation, as_of) is not False for day in days) else False
    utmost = True if any(_is_utmost(day, post, organisation, as_of) for day in sure_days) else may_be
    case = "" if substantive or may_be_others else APPOINTED if is_appointed else UNFILLED
    return Measured(_between(low, high), because=because, utmost=utmost, case=case)


def holders_within(post: Post, organisation: Organisation, as_of: date, *, months: int) -> Measured:
    """How many persons led from a post in the last `months`, interims from their first day.

    Spells with the same letter are one person; spells without a letter may be one person or as many as there are. Raises
    as `tenure` does.
    """
    refuse_if_young(organisation, dates_of(post), as_of)
    start = months_after(as_of, -months)
    window = Window(max(start, organisation.founded.first) if organisation.founded else start, as_of)
    spells, _ = _spells(post)
    possible = [spell for spell in spells if spell.kind in (*LEADING, None) and _within(spell, window) is not False]
    sure = [spell for spell in possible if spell.kind and _within(spell, window)]
    letters = {spell.holder for spell in sure if spell.holder}
    low = max(len(letters), 1 if sure else 0)
    high: float = len({spell.holder for spell in possible if spell.holder}) + sum(spell.holder is None for spell in possible)
    if not _is_complete(post, window.start):
        high = inf
    because = f"{len(sure)} listed between {day(window.start)} and {day(as_of)}."
    if len(possible) > 1 and any(spell.holder is None for spell in possible):
        because += " Without a letter for each person, several periods may be of one person."
    return Measured(_between(low, high), because=because)


def is_filled(post: Post, as_of: date) -> bool | None:
    """Whether a post is filled: yes, no, or `None` if that is not shown.

    It is while someone holds it substantively, and for 3 months after the last one left; for 12 months if it is covered,
    acted up into, or a designate is named. An interim never fills it, and neither does one cover after another.
    """
    if post.holders is None:
        return None
    spells, is_whole = _spells(post)
    substantive = [spell for spell in spells if spell.kind == "substantive"]
    if any(holds(spell, as_of) for spell in substantive):
        return True
    if not is_whole or any(spell.kind is None or holds(spell, as_of) is None for spell in spells):
        return None
    empty_since = [end for spell in substantive if (end := _end(spell))] or ([post.created] if post.created else [])
    if not empty_since:
        return None
    months = BRIDGED if any(_bridges(spell, as_of) for spell in spells) else HANDOVER
    if months_after(max(end.first for end in empty_since), months) >= as_of:
        return True
    return None if months_after(max(end.last for end in empty_since), months) >= as_of else False


def _bridges(spell: Spell, as_of: date) -> bool:
    """Whether a spell makes a gap look planned: cover or acting that goes on, or a designate."""
    return _is_designate(spell, as_of) or (spell.kind in ("cover", "acting") and bool(holds(spell, as_of)))


def _is_designate(spell: Spell, as_of: date) -> bool:
    """Whether a spell is of a designate who has come or will come."""
    if spell.kind != "designate":
        return False
    return bool(holds(spell, as_of)) or (spell.since is not None and spell.since.first > as_of)


def served_over(post: Post, organisation: Organisation, as_of: date, *, months: int) -> bool | None:
    """Whether someone who leads from a post now has done so for more than `months`.

    Someone in post since an organisation of less than 36 months, or the post, began has done so too.
    """
    if post.holders is None:
        return None
    spells, is_whole = _spells(post)
    verdicts = [_served(spell, post, organisation, as_of, months) for spell in spells if spell.kind in (*LEADING, None)]
    return some(*verdicts, False if is_whole else None)


def disagreements(post: Post | None, as_of: date) -> Iterator[str]:
    """A sentence for each contradiction between the dates of a post.

    There are two kinds: a spell that ends before it begins, and two substantive holders at once for more than 3 months in a
    post that one person holds. Raises `NotEvidenced` once something that they depend on is not stated.
    """
    spells, is_whole = _spells(post)
    name = (post.role if post else None) or "The post"
    for spell in spells:
        end = _end(spell)
        if spell.since and end and end.last < spell.since.first:
            yield f"{name}: one holder left before arriving: left {end}, arrived {spell.since}."
    gap = ""
    for one, other in combinations([spell for spell in spells if spell.kind == "substantive"], 2):
        overlap = False if post is None or post.shared in TOGETHER else _overlap(one, other, as_of)
        if overlap is False or (one.holder and one.holder == other.holder):
            continue
        if overlap and post and post.shared == "sole" and one.holder and other.holder:
            yield f"{name}: two substantive holders at once, from {one.since} and from {other.since}."
        else:
            gap = f"{name}: two holders at once; enter whether the post is shared, a letter for each holder, and the days"
    if not is_whole or any(spell.since is None or spell.until is None or spell.kind is None for spell in spells):
        raise NotEvidenced(f"{name}: some holder is not listed, or has no capacity or dates")
    if gap:
        raise NotEvidenced(gap)


def holds(spell: Spell, as_of: date) -> bool | None:
    """Whether a spell goes on at a day: yes, no, or `None` if its dates do not say."""
    if spell.since is not None and spell.since.first > as_of:
        return False
    if spell.until is None:
        return None
    end = spell.until.on
    if end is None or end.first >= as_of:  # the last day is a day in the post
        return True
    return None if end.last >= as_of else False


def _spells(post: Post | None) -> tuple[tuple[Spell, ...], bool]:
    """The spells of a post, and whether all of them are listed. Raises `NotEvidenced` if none is."""
    if post is None or post.holders is None:
        raise NotEvidenced("the holders of the post are missing")
    return post.holders.entries, post.holders.is_whole()


def _is_complete(post: Post, since: date) -> bool:
    return post.holders is not None and post.holders.is_whole(since)


def _end(spell: Spell) -> PartialDate | None:
    return spell.until.on if spell.until is not None else None


def _months(spell: Spell, as_of: date) -> tuple[float, float]:
    if spell.since is None:
        return 0, inf
    months = months_in_post(spell.since, as_of)
    return (months.low, months.high) if isinstance(months, Range) else (months, months)


def _is_utmost(since: PartialDate, post: Post, organisation: Organisation, as_of: date) -> bool | None:
    """Whether a holder of less than 36 months has served since the organisation or the post began; `None` if it may be so."""
    if complete_months(since.first, as_of) >= SETTLED:
        return False
    return some(_since_founding(since, organisation, as_of), _began_with(since, post))


def _since_founding(since: PartialDate, organisation: Organisation, as_of: date) -> bool | None:
    """Whether someone has served since an organisation of less than 36 months was founded, give or take a month.

    `None` if the dates allow it and do not say so, as a year alone may, or if the day is not stated.
    """
    if organisation.founded is None:
        return None
    first, last = organisation.founded.first, organisation.founded.last
    if since.last <= months_after(first, 1) and complete_months(first, as_of) < SETTLED:
        return True
    return None if since.first <= months_after(last, 1) and complete_months(last, as_of) < SETTLED else False


def _began_with(since: PartialDate, post: Post) -> bool | None:
    """Whether a post began when this holder came; `None` if neither its beginning nor an earlier holder is shown."""
    if post.created is not None:
        if since.last <= months_after(post.created.first, 1):
            return True
        return None if since.first <= months_after(post.created.last, 1) else False
    spells, _ = _spells(post)
    earlier = [one for spell in spells for one in (spell.since, _end(spell)) if one is not None and one.last < since.first]
    return False if earlier else None


def _predecessor(spells: tuple[Spell, ...], since: PartialDate) -> str:
    """A sentence about a predecessor with long service; empty if none is listed."""
    former = [(spell.since, end) for spell in spells if spell.kind == "substantive" and spell.since and (end := _end(spell))]
    former = [term for term in former if term[1].first <= months_after(since.last, BRIDGED)]
    if not former:
        return ""
    arrived, left = max(former, key=lambda term: term[1].last)
    served = complete_months(arrived.last, left.first)
    return f" The predecessor had served {served} months." if served >= LONG_SERVICE else ""


def _within(spell: Spell, window: Window) -> bool | None:
    """Whether a spell has a day after the start of a window: yes, no, or `None`."""
    end = _end(spell)
    if spell.since is not None and spell.since.first > window.end:
        return False
    if end is not None:
        return True if end.first > window.start else None if end.last > window.start else False
    if spell.until is not None or (spell.since is not None and spell.since.first > window.start):
        return True
    return None


def _served(spell: Spell, post: Post, organisation: Organisation, as_of: date, months: int) -> bool | None:
    """Whether a spell goes on and has lasted for more than `months`, or as long as the organisation or the post."""
    held = holds(spell, as_of)
    if held is False:
        return False
    if spell.since is None:
        return None
    if months_after(spell.since.last, months) < as_of:
        over: bool | None = True
    else:
        is_short = months_after(spell.since.first, months) >= as_of
        founding = _since_founding(spell.since, organisation, as_of)
        over = some(False if is_short else None, founding, _began_with(spell.since, post))
    return over if held and spell.kind else False if over is False else None


def _overlap(one: Spell, other: Spell, as_of: date) -> bool | None:
    """Whether two spells overlap for more than a handover; `None` if a date is missing or a month leaves it open."""
    if not (one.since and other.since and one.until and other.until):
        return None
    starts, ends = (one.since, other.since), [end for spell in (one, other) if (end := _end(spell))]
    if months_after(max(start.last for start in starts), HANDOVER) < min([end.first for end in ends] + [as_of]):
        return True
    may_be = months_after(max(start.first for start in starts), HANDOVER) < min([end.last for end in ends] + [as_of])
    return None if may_be else False


def _between(low: float, high: float) -> int | Range:
    return int(low) if low == high else Range(int(low), high if high == inf else int(high))

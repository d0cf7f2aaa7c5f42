"""What a fact rests on: the evidence cited for it, how strong that is, and how old."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from engagecheck.model.dates import age_in_months, months_after
from engagecheck.model.profile import Evidence, Profile
from engagecheck.model.report import Assurance, EvidenceCited, Freshness

STRENGTH = tuple(Assurance)
AGE = (Freshness.CURRENT, Freshness.AGEING, Freshness.UNDATED, Freshness.STALE)
"""From the best to the worst; undated ranks with stale."""
MAX_AGE = 24
"""Months after which evidence is stale, unless a criterion says otherwise. Our judgement."""
SOON = 90
"""Days before its end within which a report says that something is about to expire."""


def behind(profile: Profile, pointers: Iterable[str], max_age: int = MAX_AGE) -> tuple[EvidenceCited, ...]:
    """The evidence behind the facts at these JSON Pointers, each piece once, by id."""
    ids = {name for pointer in pointers for _, cited in profile.citations(pointer) for name in cited}
    return tuple(_cited(profile.evidence[name], profile.as_of, max_age) for name in sorted(ids))


def assurance(profile: Profile, pointers: Sequence[str], max_age: int = MAX_AGE) -> Assurance | None:
    """The weakest assurance among the facts at these pointers; `None` if there are none.

    Stale and undated evidence is worth one step less than it would be.
    """
    return min((_of_fact(profile, pointer, max_age) for pointer in pointers), key=STRENGTH.index, default=None)


def is_too_weak(least: Assurance | None, strength: Assurance | None) -> bool:
    """Whether evidence is weaker than is asked for."""
    return least is not None and (strength is None or STRENGTH.index(strength) < STRENGTH.index(least))


def freshness(profile: Profile, pointers: Sequence[str], max_age: int = MAX_AGE) -> Freshness | None:
    """The worst freshness among the facts, each by its freshest evidence; `None` if not one of them has any."""
    found = []
    for pointer in pointers:
        ages = [
            age_of(profile.evidence[name], profile.as_of, max_age)
            for _, cited in profile.citations(pointer)
            for name in cited
        ]
        if ages:
            found.append(min(ages, key=AGE.index))
    return max(found, key=AGE.index, default=None)


def age_of(item: Evidence, as_of: date, max_age: int = MAX_AGE) -> Freshness:
    """Stale after `max_age` months, ageing in the last quarter of them."""
    if item.effective is None:
        return Freshness.UNDATED
    age = age_in_months(item.effective, as_of)
    if age > max_age:
        return Freshness.STALE
    return Freshness.AGEING if age > 0.75 * max_age else Freshness.CURRENT


def last_day(item: Evidence, max_age: int = MAX_AGE) -> date | None:
    """The last day on which a piece of evidence is not stale; `None` for one without a date."""
    return months_after(item.effective.first, max_age) if item.effective else None


def is_soon(day: date, as_of: date) -> bool:
    """Whether a day that is still to come is less than 90 days away."""
    return as_of <= day <= as_of + timedelta(days=SOON)


def expiring(profile: Profile, ages: Iterable[tuple[str, int]]) -> Iterator[tuple[Evidence, date]]:
    """The evidence that goes stale within 90 days, for (id, max_age) pairs; by the shortest age that reads it."""
    shortest: dict[str, int] = {}
    for name, max_age in ages:
        shortest[name] = min(max_age, shortest.get(name, max_age))
    for name, max_age in sorted(shortest.items()):
        day = last_day(profile.evidence[name], max_age)
        if day is not None and is_soon(day, profile.as_of):
            yield profile.evidence[name], day


def _of_fact(profile: Profile, pointer: str, max_age: int) -> Assurance:
    """What is cited for a fact itself counts by its strongest; what is cited only for its parts, by the weakest of them."""
    found = [item for item in profile.citations(pointer) if item[1]]
    strengths = [max((_worth(profile, name, max_age) for name in cited), key=STRENGTH.index) for _, cited in found]
    own = [strength for strength, (where, _) in zip(strengths, found, strict=True) if _covers(where, pointer)]
    return max(own, key=STRENGTH.index) if own else min(strengths, key=STRENGTH.index, default=Assurance.ASSERTED)


def _worth(profile: Profile, name: str, max_age: int) -> Assurance:
    item = profile.evidence[name]
    old = age_of(item, profile.as_of, max_age) in (Freshness.STALE, Freshness.UNDATED)
    return STRENGTH[max(0, STRENGTH.index(Assurance(item.assurance)) - old)]


def _covers(where: str, pointer: str) -> bool:
    return pointer == where or pointer.startswith(f"{where}/")


def _cited(item: Evidence, as_of: date, max_age: int) -> EvidenceCited:
    effective = str(item.effective) if item.effective else None
    return EvidenceCited(
        item.id, item.title, item.kind, item.publisher, effective, Assurance(item.assurance), item.reference,
        age_of(item, as_of, max_age),
    )  # fmt: skip

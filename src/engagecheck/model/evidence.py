"""The evidence behind a fact: what is cited for it, how strong it is, and how old."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from engagecheck.model.dates import months_after
from engagecheck.model.outcomes import Assurance, Freshness
from engagecheck.model.profile import Evidence, Profile, parts_with_evidence, pointer_of
from engagecheck.model.result import EvidenceCited

STRENGTH = tuple(Assurance)
"""Assurance from the weakest to the strongest."""
AGE = (Freshness.CURRENT, Freshness.AGEING, Freshness.UNDATED, Freshness.STALE)
"""Freshness from the best to the worst. Undated evidence lowers the assurance by one step, as stale evidence does."""
MAX_AGE = 24
"""Months after which evidence is stale, unless a criterion sets another limit. Our judgement."""
SOON = 90
"""A report lists what expires within this many days."""


def behind(profile: Profile, paths: Iterable[str], max_age: int = MAX_AGE) -> tuple[EvidenceCited, ...]:
    """The evidence cited for the facts at these paths: each item once, sorted by id."""
    ids = {name for path in paths for name in _all_cited(profile, path)}
    return tuple(_cited(profile, name, max_age) for name in sorted(ids))


def assurance(profile: Profile, facts: Mapping[str, Any], max_age: int = MAX_AGE) -> Assurance | None:
    """The weakest assurance among these facts, given by their paths; `None` if there are none.

    Stale and undated evidence counts one step lower.
    """
    strengths = [
        max([_aged_assurance(profile, name, max_age) for name in ids], key=STRENGTH.index, default=Assurance.ASSERTED)
        for ids in _grounds(profile, facts)
    ]
    return min(strengths, key=STRENGTH.index, default=None)


def is_documented(profile: Profile, facts: Mapping[str, Any], max_age: int = MAX_AGE) -> bool:
    """Whether each of these facts, given by their paths, rests on a current document or better. Ageing counts as current."""
    ages = profile.document_ages
    return bool(facts) and all(any(ages[name] <= max_age for name in ids) for ids in _grounds(profile, facts))


def is_too_weak(least: Assurance | None, strength: Assurance | None) -> bool:
    """Whether the assurance `strength` is below the required `least`. `None` as `least` requires nothing."""
    return least is not None and (strength is None or STRENGTH.index(strength) < STRENGTH.index(least))


def freshness(profile: Profile, paths: Iterable[str], max_age: int = MAX_AGE) -> Freshness | None:
    """The worst freshness among the facts; `None` if no fact has evidence. A fact is as fresh as its freshest evidence."""
    ages = ([age_of(profile, name, max_age) for name in _all_cited(profile, path)] for path in paths)
    return max((min(of_fact, key=AGE.index) for of_fact in ages if of_fact), key=AGE.index, default=None)


def age_of(profile: Profile, name: str, max_age: int = MAX_AGE) -> Freshness:
    """The freshness of an item of evidence: stale after `max_age` months, ageing in the last quarter of them."""
    age = profile.evidence_ages[name]
    if age is None:
        return Freshness.UNDATED
    if age > max_age:
        return Freshness.STALE
    return Freshness.AGEING if age > 0.75 * max_age else Freshness.CURRENT


def last_day(item: Evidence, max_age: int = MAX_AGE) -> date | None:
    """The last day on which the evidence is not stale; `None` if it has no date."""
    return months_after(item.effective.first, max_age) if item.effective else None


def is_soon(day: date, as_of: date) -> bool:
    """Whether a day lies between `as_of` and 90 days later, both days included."""
    return as_of <= day <= as_of + timedelta(days=SOON)


def expiring(profile: Profile, ages: Iterable[tuple[str, int]]) -> Iterator[tuple[Evidence, date]]:
    """The evidence that goes stale within 90 days, with its last day.

    `ages` are pairs of an evidence id and a `max_age` in months. If an id occurs twice, the shorter age counts.
    """
    shortest: dict[str, int] = {}
    for name, max_age in ages:
        shortest[name] = min(max_age, shortest.get(name, max_age))
    for name, max_age in sorted(shortest.items()):
        day = last_day(profile.evidence[name], max_age)
        if day is not None and is_soon(day, profile.as_of):
            yield profile.evidence[name], day


def _all_cited(profile: Profile, path: str) -> list[str]:
    pointer = pointer_of(path)
    return profile.cited_for(pointer) + profile.cited_within(pointer)


def _grounds(profile: Profile, facts: Mapping[str, Any]) -> list[list[str]]:
    """The ids of the evidence behind each of these facts, given by their paths. A fact is as strong as its strongest evidence.

    What was taken over from last year and is not confirmed has none.
    """
    grounds: list[list[str]] = []
    for path, fact in facts.items():
        pointer = pointer_of(path)
        grounds += [[]] if profile.is_unconfirmed(pointer) else _cited_for(profile, pointer, fact)
    return grounds


def _cited_for(profile: Profile, pointer: str, value: Any) -> list[list[str]]:
    """The ids that are cited for the whole fact or for a group around it.

    Without any, a list that is whole has those of each entry, and a group of lists those of each list. Anything else has
    none: evidence for one part says nothing about the others.
    """
    ids = profile.cited_for(pointer)
    if ids or not profile.cited_within(pointer):
        return [ids]
    parts = parts_with_evidence(value)
    return [ids for name, part in parts for ids in _cited_for(profile, f"{pointer}/{name}", part)] or [ids]


def _aged_assurance(profile: Profile, name: str, max_age: int) -> Assurance:
    strength, age = profile.evidence[name].assurance, profile.evidence_ages[name]
    if age is not None and age <= max_age:
        return strength
    return STRENGTH[max(0, STRENGTH.index(strength) - 1)]


def _cited(profile: Profile, name: str, max_age: int) -> EvidenceCited:
    item = profile.evidence[name]
    effective = str(item.effective) if item.effective else None
    return EvidenceCited(
        item.id, item.title, item.kind, item.publisher, effective, item.assurance, item.reference,
        age_of(profile, name, max_age),
    )  # fmt: skip

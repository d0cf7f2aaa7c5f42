"""What a fact rests on: the evidence cited for it, and how strong that is."""

from collections.abc import Iterable, Sequence

from engagecheck.profile import Evidence, Profile
from engagecheck.report import Assurance, EvidenceCited

STRENGTH = tuple(Assurance)


def behind(profile: Profile, pointers: Iterable[str]) -> tuple[EvidenceCited, ...]:
    """The evidence behind the facts at these JSON Pointers, each piece once, by id."""
    ids = {name for pointer in pointers for _, cited in _citations(profile, pointer) for name in cited}
    return tuple(_cited(profile.evidence[name]) for name in sorted(ids))


def assurance(profile: Profile, pointers: Sequence[str]) -> Assurance | None:
    """The weakest assurance among the facts at these pointers; `None` if there are none."""
    return min((_of_fact(profile, pointer) for pointer in pointers), key=STRENGTH.index, default=None)


def _of_fact(profile: Profile, pointer: str) -> Assurance:
    """What is cited for a fact itself counts by its strongest; what is cited only for its parts, by the weakest of them."""
    found = _citations(profile, pointer)
    strengths = [
        max((Assurance(profile.evidence[name].assurance) for name in cited), key=STRENGTH.index)
        for where, cited in found
        if cited
    ]
    own = [strength for strength, (where, _) in zip(strengths, found, strict=True) if _covers(where, pointer)]
    return max(own, key=STRENGTH.index) if own else min(strengths, key=STRENGTH.index, default=Assurance.ASSERTED)


def _citations(profile: Profile, pointer: str) -> list[tuple[str, tuple[str, ...]]]:
    """The citations for a fact: at it or its parts, or else at the nearest object around it."""
    inside = [item for item in profile.cited.items() if item[0] == pointer or item[0].startswith(f"{pointer}/")]
    if inside:
        return inside
    around = [item for item in profile.cited.items() if _covers(item[0], pointer)]
    return [max(around, key=lambda item: len(item[0]))] if around else []


def _covers(where: str, pointer: str) -> bool:
    return pointer == where or pointer.startswith(f"{where}/")


def _cited(item: Evidence) -> EvidenceCited:
    effective = str(item.effective) if item.effective else None
    return EvidenceCited(item.id, item.title, item.kind, item.publisher, effective, Assurance(item.assurance), item.reference)

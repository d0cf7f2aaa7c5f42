"""Notes on a valid profile: the questions to ask before relying on it."""

import re
from collections.abc import Iterator
from itertools import combinations
from typing import Any

from msgspec import Struct

from engagecheck.analysis.compare import spoken
from engagecheck.audit.answer import ask
from engagecheck.intake.explain import open_document
from engagecheck.intake.questions import all_questions, leaves
from engagecheck.model import evidence
from engagecheck.model.answers import ends_of
from engagecheck.model.dates import PartialDate, age_in_months
from engagecheck.model.listing import Listing
from engagecheck.model.outcomes import Assurance, Outcome, Priority
from engagecheck.model.profile import Profile, parts_of, pointer_of
from engagecheck.model.schema import part_of_profile, path_of, title_of
from engagecheck.plugin_host.registry import Registry

OLD = 24
"""The age in months above which evidence counts as old. This figure is our judgement."""
_TITLED = re.compile(r"\b(?:Dr|Mr|Mrs|Ms|Miss|Prof|Professor|Sir|Dame|Lord|Baroness)\.? (?:[A-Z]\. ?)*[A-Z][a-z]+")
_NAME = re.compile(r"[A-Z][a-z'’-]+(?: [A-Z]\.?)?(?: [A-Z][A-Za-z'’-]+){1,2}")
_ROLE = re.compile(
    r"chief|executive|officer|director|nurs|medical|finance|operat|people|strategy|chair|secretary|lead|head|manager|"
    r"doctor|clinical|transform|digital|estates|quality|improve|workforce|human|resources|deputy|corporate|affairs|partner|member|"
    r"board|committee|council|group|panel|team|governor|trust|audit|guardian|registrar|consultant|president|dean|solicitor",
    re.IGNORECASE,
)


_IN_ENTRY = re.compile(r"(.*/entries/\d+)/(.+)")


NAME_OF_PERSON = "looks like the name of a person; give the role instead"


class Note(Struct, frozen=True):
    """A sentence about a profile, and the JSON Pointer of its subject. The pointer is "" for the whole profile."""

    pointer: str
    text: str


def notes(profile: Profile, registry: Registry) -> Iterator[Note]:
    """Notes on the profile, grouped by kind. None of them makes it invalid."""
    yield from _self_rating(profile)
    yield from _old_evidence(profile)
    yield from _short_lists(profile)
    yield from _listed_twice(profile)
    yield from _unlikely(profile)
    yield from _contradictions(profile, registry)
    yield from _persons(profile)


def _self_rating(profile: Profile) -> Iterator[Note]:
    rating = profile.fact("journey.self_rating")
    if rating in ("good", "outstanding"):
        facts = list(_facts(profile))
        paths = map(path_of, facts)
        documented = sum(evidence.assurance(profile, {path: profile.fact(path)}) is not Assurance.ASSERTED for path in paths)
        if 2 * documented < len(facts):
            yield Note(
                "/journey/self_rating",
                f"the organisation rates its own medical engagement as {rating}, and {documented} of {len(facts)} facts "
                "rest on a document; name the evidence, or withdraw the claim",
            )


def _facts(profile: Profile) -> Iterator[str]:
    for name, section in profile.sections.items():
        yield from (f"/{name}/{part}" for part, _ in parts_of(section))


def _old_evidence(profile: Profile) -> Iterator[Note]:
    cited = {name for names in profile.cited.values() for name in names}
    for index, item in enumerate(profile.evidence.values()):
        pointer = f"/evidence/{index}"
        if item.id not in cited:
            text = f"no fact rests on the evidence {item.id}; name it where it shows something, or remove it"
            yield Note(pointer, text)
        elif item.effective is None:
            yield Note(pointer, f"the evidence {item.id} has no date; enter the date that it describes")
        elif (age := int(ends_of(age_in_months(item.effective, profile.as_of))[1])) > OLD:
            text = f"the evidence {item.id} describes {item.effective}, {age} months before the profile date; look for newer"
            yield Note(pointer, text)


def _short_lists(profile: Profile) -> Iterator[Note]:
    for pointer, value in profile.walk():
        if isinstance(value, Listing) and value.of is None and value.listed:
            yield Note(pointer, f"{_title(pointer)}: {value.listed} listed, but the total is missing")
        elif isinstance(value, Listing) and value.of is not None and value.listed < value.of:
            yield Note(pointer, f"{_title(pointer)}: {value.listed} of {value.of} listed; the others count as not shown")


def _listed_twice(profile: Profile) -> Iterator[Note]:
    """Events in a list that say the same, spelt alike or not, on days that may be one."""
    days: dict[str, PartialDate] = {}
    said: dict[str, list[str]] = {}
    for pointer, value in profile.walk():
        found = _IN_ENTRY.match(pointer)
        if found and found[2] == "on" and isinstance(value, PartialDate):
            days[found[1]] = value
        elif found and not isinstance(value, Listing):
            said.setdefault(found[1], []).append(f"{found[2]} {spoken(str(value))}")
    for one, other in combinations(days, 2):
        may_be_one = days[one].first <= days[other].last and days[other].first <= days[one].last
        if may_be_one and one.rpartition("/")[0] == other.rpartition("/")[0] and said.get(one) == said.get(other):
            first, second = (int(entry.rpartition("/")[2]) + 1 for entry in (one, other))
            text = f"entries {first} and {second} say the same; if one is listed twice, remove it and correct the total"
            yield Note(other, text)


NEVER_NONE = (
    "structure.divisions", "structure.departments", "leadership.other_executives", "leadership.non_executives",
    "leadership.clinical_directors", "involvement.projects", "involvement.change_projects", "strategy.divisional_plans",
    "strategy.programmes",
)  # fmt: skip
"""Lists that are empty in hardly any organisation with doctors and a board."""


def _unlikely(profile: Profile) -> Iterator[Note]:
    """Figures that are possible and hardly meant: a total of 0, and a share of one that stands for a percentage."""
    for path in NEVER_NONE:
        listing = profile.fact(path)
        if listing is not None and listing.of == 0:
            yield Note(pointer_of(path), f"{title_of(path)}: the total is 0. Are there really none?")
    for pointer, value in profile.walk():
        unit = part_of_profile(path_of(pointer)).get("x-unit")
        if unit == "per cent" and isinstance(value, float) and 0 < value < 1:
            text = f"{_title(pointer)} {value:g} per cent, or did you mean {100 * value:g}?"
            yield Note(pointer, text)


def _title(pointer: str) -> str:
    title = title_of(path_of(pointer))
    return title[:1].upper() + title[1:]


def _contradictions(profile: Profile, registry: Registry) -> Iterator[Note]:
    for rule in registry.rules.values():
        for declared in rule.criteria:
            criterion = declared.for_organisation(profile.organisation, profile.as_of)
            if criterion.priority is Priority.CAPS and (answer := ask(criterion, profile)).outcome is Outcome.NOT_MET:
                pointer = "/" + criterion.paths[0].replace(".", "/")
                yield Note(pointer, f"{criterion.question} No. {answer.message(profile)}".strip())


def _persons(profile: Profile) -> Iterator[Note]:
    """Notes on facts that ask for a role and seem to have the name of a person."""
    role_pointers = {
        pointer
        for question in all_questions()
        for pointer, leaf in leaves(question, f"/{question.name}")
        if leaf.schema.get("x-asks-role")
    }
    document = open_document(profile.origin.raw, profile.origin.name).document if profile.origin.raw else {}
    for pointer, value in _texts(document, ""):
        if re.sub(r"/\d+(?=/)", "/*", pointer) in role_pointers:
            is_of_unit = pointer.endswith(("/name", "/post"))
            if _TITLED.search(value) if is_of_unit else names_person(value):
                yield Note(pointer, f"this {NAME_OF_PERSON}")


def names_person(role: str) -> bool:
    """Whether a text that should be a role seems to be, or to hold, the name of a person."""
    return bool(_TITLED.search(role) or (_NAME.fullmatch(role) and not _ROLE.search(role)))


def _texts(value: Any, pointer: str) -> Iterator[tuple[str, str]]:
    """The texts of a document by their JSON Pointers."""
    if isinstance(value, str):
        yield pointer, value
    elif isinstance(value, dict | list):
        for name, part in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _texts(part, f"{pointer}/{name}")

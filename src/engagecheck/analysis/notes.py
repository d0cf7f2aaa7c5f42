"""Notes on a profile that is valid: what its reader should ask before relying on it."""

import re
from collections.abc import Iterator

import attrs

from engagecheck.audit import evidence
from engagecheck.audit.engine import walk
from engagecheck.intake.questions import ask_all, leaves
from engagecheck.model.dates import age_in_months
from engagecheck.model.listing import Listing
from engagecheck.model.profile import Profile
from engagecheck.model.records import record
from engagecheck.model.report import Assurance, Outcome, Priority
from engagecheck.model.schema import title_of
from engagecheck.plugin_host.registry import Registry

OLD = 24
"""Months after which evidence is past its date. Our judgement."""
_TITLED = re.compile(r"\b(?:Dr|Mr|Mrs|Ms|Miss|Prof|Professor|Sir|Dame|Lord|Baroness)\.? (?:[A-Z]\. ?)*[A-Z][a-z]+")
_NAME = re.compile(r"[A-Z][a-z'’-]+(?: [A-Z]\.?)?(?: [A-Z][A-Za-z'’-]+){1,2}")
_ROLE = re.compile(
    r"chief|executive|officer|director|nurs|medical|finance|operat|people|strategy|chair|secretary|lead|head|manager|"
    r"doctor|clinical|transform|digital|estates|quality|improve|workforce|human|resources|deputy|corporate|affairs|partner|member",
    re.IGNORECASE,
)


@record
class Note:
    """One thing to ask, and the JSON Pointer of what it is about; "" for the whole profile."""

    pointer: str
    text: str


def notes(profile: Profile, registry: Registry) -> Iterator[Note]:
    """Sentences about the profile, in the order of what they are about; none of them makes it invalid."""
    yield from _self_rating(profile)
    yield from _old_evidence(profile)
    yield from _short_lists(profile)
    yield from _contradictions(profile, registry)
    yield from _persons(profile)


def _self_rating(profile: Profile) -> Iterator[Note]:
    rating = profile.fact("journey.self_rating")
    if rating in ("good", "outstanding"):
        facts = list(_facts(profile))
        documented = sum(evidence.assurance(profile, [fact]) is not Assurance.ASSERTED for fact in facts)
        if 2 * documented < len(facts):
            yield Note(
                "/journey/self_rating",
                f"the organisation rates its own medical engagement as {rating}, and {documented} of {len(facts)} facts "
                "rest on a document; name the evidence, or withdraw the claim",
            )


def _facts(profile: Profile) -> Iterator[str]:
    """The JSON Pointers of the facts of each section."""
    for name, section in profile.sections.items():
        for field in attrs.fields_dict(type(section)):
            if getattr(section, field) is not None:
                yield f"/{name}/{field}"


def _old_evidence(profile: Profile) -> Iterator[Note]:
    cited = {name for names in profile.cited.values() for name in names}
    for place, item in enumerate(profile.evidence.values()):
        where = f"/evidence/{place}"
        if item.id not in cited:
            yield Note(where, f"no fact points at the evidence {item.id}; name it where it shows something, or leave it out")
        elif item.effective is None:
            yield Note(where, f"the evidence {item.id} has no date; say what date it is about")
        elif (age := age_in_months(item.effective, profile.as_of)) > OLD:
            yield Note(
                where, f"the evidence {item.id} speaks of {item.effective}, {age} months before {profile.as_of}; look for newer"
            )


def _short_lists(profile: Profile) -> Iterator[Note]:
    for pointer, value in profile.walk():
        if isinstance(value, Listing) and value.of is None and value.listed:
            yield Note(pointer, f"{_title(pointer)}: {value.listed} listed; how many there are in all is not stated")
        elif isinstance(value, Listing) and value.of is not None and value.listed < value.of:
            yield Note(pointer, f"{_title(pointer)}: {value.listed} of {value.of} listed; what is not listed counts against")


def _title(pointer: str) -> str:
    title = title_of(pointer[1:].replace("/", "."))
    return title[:1].upper() + title[1:]


def _contradictions(profile: Profile, registry: Registry) -> Iterator[Note]:
    for rule in registry.rules.values():
        for declared in rule.criteria:
            criterion = declared.suited(profile.organisation, profile.as_of)
            if criterion.priority is Priority.CAPS and (found := walk(criterion, profile)).outcome is Outcome.NOT_MET:
                pointer = "/" + criterion.paths[0].replace(".", "/")
                yield Note(pointer, f"{criterion.question} No. {found.because}".strip())


def _persons(profile: Profile) -> Iterator[Note]:
    """Facts that ask for a role and seem to hold the name of a person."""
    asked = {
        pointer
        for question in ask_all()
        for pointer, leaf in leaves(question, f"/{question.name}")
        if leaf.schema.get("x-asks-role")
    }
    for pointer, value in profile.walk():
        if isinstance(value, str) and re.sub(r"/entries/\d+", "/entries/*", pointer) in asked:
            bare = pointer.endswith("/role") and _NAME.fullmatch(value) and not _ROLE.search(value)
            if bare or _TITLED.search(value):
                yield Note(pointer, "this looks like the name of a person; give the role instead")

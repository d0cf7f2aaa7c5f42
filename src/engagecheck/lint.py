"""Notes on a profile that is valid: what its reader should ask before relying on it."""

from collections.abc import Iterator

import attrs

from engagecheck import evidence
from engagecheck.profile import Profile
from engagecheck.report import Assurance


def notes(profile: Profile) -> Iterator[str]:
    """Sentences about the profile; none of them makes it invalid."""
    rating = profile.fact("journey.self_rating")
    if rating in ("good", "outstanding"):
        facts = list(_facts(profile))
        documented = sum(evidence.assurance(profile, [fact]) is not Assurance.ASSERTED for fact in facts)
        if 2 * documented < len(facts):
            yield (
                f"the organisation rates its own medical engagement as {rating}, and {documented} of {len(facts)} facts "
                "rest on a document; name the evidence, or withdraw the claim"
            )


def _facts(profile: Profile) -> Iterator[str]:
    """The JSON Pointers of the facts of each section."""
    for name, section in profile.sections.items():
        for field in attrs.fields_dict(type(section)):
            if getattr(section, field) is not None:
                yield f"/{name}/{field}"

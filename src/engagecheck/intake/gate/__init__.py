"""The gate: a profile that is surely right is accepted at once, and made on the way.

`generated` is written from the schema by `writing`: `python -m engagecheck.gate` writes it anew. What it accepts, jsonschema
and `coherence` accept too; a test holds them together. Of what it does not accept it says nothing: those two look at it again,
with care, and word what is wrong.
"""

from collections.abc import Mapping
from typing import Any

from engagecheck.intake.gate.walk import Doubtful as Doubtful
from engagecheck.intake.gate.walk import Walk
from engagecheck.model.profile import Origin, Profile

NOT_AUDITED = "general_practice"
"""A kind of organisation that a profile may name, so that it can be told that this is not for it."""


def accepted(document: Mapping[str, Any], origin: Origin | None = None) -> tuple[Profile, int]:
    """The profile that a document states, if all of it is surely right, and how many names stand in the document.

    What its extensions say is not looked at. Raises `Doubtful`, or what Python raises for a value of another kind.
    """
    from engagecheck.intake.gate import generated
    from engagecheck.intake.structure import Index, loose

    parts = dict(document)
    extensions = parts.pop("extensions", {})
    walk = Walk(generated.day(parts.pop("as_of")), len(document) + _names(extensions), generated.LIMITS)
    generated.top(parts)
    organisation = generated.PARTS["organisation"](parts.pop("organisation"), walk, "/organisation")
    register = [generated.PARTS["evidence"](one, walk, "") for one in parts.pop("evidence", ())]
    sections = {name: generated.PARTS[name](part, walk, f"/{name}") for name, part in parts.items()}
    evidence = {one.id: one for one in register}
    known = evidence.keys()
    index = Index(walk.cited, walk.withheld)
    more = {name: loose(part, f"/extensions/{name}", index) for name, part in extensions.items()}
    cited = all(known >= set(ids) for ids in walk.cited.values())
    certain = cited and len(known) == len(register) and organisation.type != NOT_AUDITED
    if not certain:
        raise Doubtful
    profile = Profile(organisation, walk.as_of, sections, more, evidence, walk.cited, walk.withheld, origin or Origin())
    return profile, walk.names


def _names(value: Any) -> int:
    """How many names stand in a value and all of its parts."""
    if type(value) is dict:
        return len(value) + sum(map(_names, value.values()))
    return sum(map(_names, value)) if type(value) is list else 0

"""What a trust's official name says: how it is written, and what kind of organisation it is."""

import re

_SMALL = {"and", "of", "the", "in", "on", "for", "upon", "at"}
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
TRUST = re.compile(r"R[A-Z0-9]{2}", re.ASCII)
"""The codes of NHS trusts."""


def written(name: str) -> str:
    """A name in capitals as people write it: "ST GEORGE'S NHS TRUST" is "St George's NHS Trust"."""
    if not name.isupper():
        return name

    def one(match: re.Match[str]) -> str:
        word = match[0]
        if word == "NHS":
            return word
        return word.lower() if word.lower() in _SMALL and match.start() else word[0] + word[1:].lower()

    return _WORD.sub(one, name)


def kind(name: str) -> str:
    """The type of a trust by its name, in the words of a profile."""
    upper = name.upper()
    if "AMBULANCE" in upper:
        return "nhs_ambulance_trust"
    return "nhs_foundation_trust" if "FOUNDATION TRUST" in upper else "nhs_trust"


def organisation(code: str, name: str, country: str = "England") -> dict[str, str]:
    """The organisation of a profile, from a trust's code and official name."""
    return {"name": written(name), "type": kind(name), "country": country, "ods_code": code}

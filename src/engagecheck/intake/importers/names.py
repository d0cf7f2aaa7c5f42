"""The name and type of an organisation, from a trust's official name."""

import re

_SMALL = {"and", "of", "the", "in", "on", "for", "upon", "at"}
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
TRUST = re.compile(r"R[A-Z0-9]{2}", re.ASCII)
"""The ODS code of an NHS trust, such as R0X."""


def written(name: str) -> str:
    """A name in capitals converted to normal case: "ST GEORGE'S NHS TRUST" becomes "St George's NHS Trust"."""
    if not name.isupper():
        return name

    def recased(match: re.Match[str]) -> str:
        word = match[0]
        if word == "NHS":
            return word
        return word.lower() if word.lower() in _SMALL and match.start() else word[0] + word[1:].lower()

    return _WORD.sub(recased, name)


def kind(name: str) -> str:
    """The `type` in a profile of a trust with this name."""
    upper = name.upper()
    if "AMBULANCE" in upper:
        return "nhs_ambulance_trust"
    return "nhs_foundation_trust" if "FOUNDATION TRUST" in upper else "nhs_trust"


def organisation(code: str, name: str, country: str = "England") -> dict[str, str]:
    """The `organisation` of a profile, from a trust's code and official name."""
    return {"name": written(name), "type": kind(name), "country": country, "ods_code": code}

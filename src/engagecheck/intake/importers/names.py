"""The name, kind and country of an organisation, as far as a file says them, and the columns of forms of ours."""

import re
from collections.abc import Collection

from engagecheck.rules.source_file import SourceFile, Table

_SMALL = {"and", "of", "the", "in", "on", "for", "upon", "at"}
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
CODE = re.compile(r"[A-Z0-9]{3,10}", re.ASCII)
"""The ODS code of an organisation, such as R0X or G6V2S. CQC also has codes of its own, with a hyphen."""
KINDS = {
    r"AMBULANCE .*TRUST": "nhs_ambulance_trust",
    r"\bFOUNDATION TRUST": "nhs_foundation_trust",
    r"\b(NHS|NATIONAL HEALTH SERVICE)\b.*\bTRUST": "nhs_trust",
    r"\bINTEGRATED CARE BOARD|\bICB\b": "integrated_care_board",
    r"\bHEALTH AND SOCIAL CARE TRUST": "health_and_social_care_trust",
    r"\bHEALTH BOARD": "health_board",
}
"""The `type` in a profile, by what a name says."""


def written(name: str) -> str:
    """A name in capitals converted to normal case: "ST GEORGE'S NHS TRUST" becomes "St George's NHS Trust"."""
    if not name.isupper():
        return name

    def recased(match: re.Match[str]) -> str:
        word = match[0]
        if word in ("NHS", "ICB"):
            return word
        return word.lower() if word.lower() in _SMALL and match.start() else word[0] + word[1:].lower()

    return _WORD.sub(recased, name)


def organisation(code: str, name: str, country: str = "") -> dict[str, str]:
    """The `organisation` of a profile, from a code and an official name. What the file does not say is left out."""
    kind = next((kind for words, kind in KINDS.items() if re.search(words, name.upper())), "")
    parts = {
        "name": written(" ".join(name.split())),
        "type": kind,
        "country": country,
        "ods_code": code if CODE.fullmatch(code) else "",
    }
    return {part: text for part, text in parts.items() if text}


def code_of(text: str) -> str:
    """A code as it is compared: in capitals and without blanks."""
    return "".join(text.split()).upper()


def of_our_form(file: SourceFile, table: Table, columns: Collection[str]) -> Table:
    """A table of a form of ours. The user is told of a column that the form does not have, because it is not read."""
    for name in table.columns:
        if name and name not in columns:
            file.note(f"the column {name!r} is not in our form and was not read; correct its name, or enter its facts by hand")
    return table

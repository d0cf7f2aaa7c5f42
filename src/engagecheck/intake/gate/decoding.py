"""The gate in C, for many profiles: msgspec (extra `fast`) decodes bytes into facts of the types that `typed` makes.

As with the gate in Python, what passes is surely right, and of what does not pass nothing is said.
"""

from collections.abc import Mapping
from datetime import date
from functools import cache, partial
from threading import local
from typing import Any

import attrs
import msgspec

from engagecheck.intake import strict_json
from engagecheck.intake.gate import NOT_AUDITED, Doubtful, accepted
from engagecheck.intake.gate.shapes import limits
from engagecheck.intake.gate.typed import DOCUMENT, Ids
from engagecheck.model.dates import Dated, PartialDate, partial_date
from engagecheck.model.profile import Organisation, Origin, Profile
from engagecheck.model.sections import SECTIONS


class _Codec(local):
    """What decodes the bytes of a profile, and encodes all that was taken over again; one of its own in each thread.

    On the way it notes the first day of each date, and every id that is cited.
    """

    def __init__(self) -> None:
        self.days: list[date] = []
        self.cited: list[str] = []
        note_day, note_cited = self.days.append, self.cited.extend

        def made(kind: type, stated: Any) -> Any:
            """A date, or the ids of evidence; `ValueError` or `TypeError` if it is none."""
            if kind is Dated:
                on = partial_date(stated)
                note_day(on.first)
                return on
            if type(stated) is not list or len(stated) > _MOST_IDS:
                raise ValueError
            note_cited(stated)
            return Ids(stated)

        self._decode = msgspec.json.Decoder(DOCUMENT, dec_hook=made).decode
        self.encode = msgspec.json.Encoder(enc_hook=dict).encode  # dict: of a mapping that cannot be changed

    def decode(self, raw: bytes) -> Any:
        """The document; `Doubtful` if it is none."""
        self.days.clear()
        self.cited.clear()
        try:
            return self._decode(raw)
        except msgspec.MsgspecError:  # a ValueError only from msgspec 0.22 on
            raise Doubtful from None


_codec = cache(_Codec)
_MOST_IDS = limits().ids
_QUOTES_OF_DATE = 4 * len(attrs.fields(PartialDate)) - 2
"""How many quotation marks a date has more as the group of its fields than as a text."""


def decoded(raw: bytes, origin: Origin) -> Profile:
    """The profile that bytes of JSON state, if all of it is surely right and it has no extensions.

    Raises `Doubtful`, or what Python raises for a value of another kind.
    """
    codec = _codec()
    read = codec.decode(raw)
    repeats = _quotes(raw) != _quotes(codec.encode(read)) - _QUOTES_OF_DATE * len(codec.days)
    if repeats or len(raw) > strict_json.MAX_BYTES:
        raise Doubtful
    as_of, about = date.fromisoformat(read.as_of), read.organisation
    register = {one.id: one for one in read.evidence}
    cited = register.keys() >= set(codec.cited) and len(register) == len(read.evidence)
    if not cited or max(codec.days, default=as_of) > as_of or about.type == NOT_AUDITED:
        raise Doubtful
    sections = {name: part for name in SECTIONS if (part := getattr(read, name)) is not None}
    return Profile(
        organisation=Organisation(about.name, about.type, about.country, about.ods_code),
        as_of=as_of,
        sections=sections,
        evidence=register,
        cited=strict_json.Late(partial(_cited, raw)),
        withheld=_withheld(sections),
        origin=origin,
    )


def _cited(raw: bytes) -> Mapping[str, tuple[str, ...]]:
    """What is cited where: few audits ask, and the gate in Python knows."""
    return accepted(strict_json.surely(raw))[0].cited


def _quotes(text: bytes) -> int:
    """How many quotation marks begin and end the texts and names of JSON, one less for each text that ends in a backslash.

    Where a name stands twice, the JSON of what was taken over has fewer, and nothing that is only written otherwise has more.
    """
    return text.count(b'"') - (text.count(b'\\"') if b"\\" in text else 0)


def _withheld(sections: dict[str, Any]) -> dict[str, str]:
    reasons = {}
    for name, part in sections.items():
        if part._withheld:
            for fact, reason in part._withheld.items():
                if getattr(part, fact) is not None:
                    raise Doubtful
                reasons[f"/{name}/{fact}"] = reason
    return reasons

"""Importers: what is already published about an organisation, as facts with their evidence. One reads one kind of file."""

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

from engagecheck.model.records import Factory, record

if TYPE_CHECKING:
    from engagecheck.intake.tables import SourceFile

Json = Any


@record
class Imported:
    """What a file says about one organisation. `code`: its code in the file, "" where the file is about one alone.

    `facts` is a part of a profile's document; `effective` the date that they speak of; `reference` their place.
    `organisation` says what organisation it is, for a profile that begins with this file; any other knows already. `as_of`:
    the day that such a profile speaks of, where the file says so.
    """

    code: str
    facts: Mapping[str, Json]
    effective: str | None = None
    reference: str = ""
    organisation: Mapping[str, str] = Factory(dict)
    as_of: str = ""


@record
class Importer:
    """One kind of file: its name, what it holds and who publishes it; `read` finds the organisations in it.

    `options` are further things to be said, by name, with what they mean; `template` is an empty file to fill in;
    `whole` names sections that are taken or left as one, since their parts belong together.
    """

    name: str
    about: str
    title: str
    publisher: str
    kind: str
    read: "Read"
    options: Mapping[str, str] = Factory(dict)
    template: str = ""
    whole: tuple[str, ...] = ()

    def evidence(self, file: "SourceFile", found: Imported) -> dict[str, Json]:
        """The entry of the evidence register for what a file says about an organisation."""
        dates = {"effective": found.effective} if found.effective else {}
        reference = ", ".join(part for part in (file.name, found.reference) if part)[:300]
        return {
            "id": f"{self.name}-{file.digest[:8]}",
            "title": self.title,
            "kind": self.kind,
            "publisher": self.publisher,
            **dates,
            "assurance": "documented",
            "reference": reference,
            "sha256": file.digest,
        }


Read: TypeAlias = "Callable[[SourceFile, Mapping[str, str]], Iterable[Imported]]"


def importer(
    name: str,
    *,
    about: str,
    title: str,
    publisher: str,
    kind: str,
    options: Mapping[str, str] | None = None,
    template: str = "",
    whole: tuple[str, ...] = (),
) -> "Callable[[Read], Importer]":
    """Make an importer of a function `(file, options) -> Imported …`. `kind` is the kind of evidence that it gives."""
    return lambda read: Importer(name, about, title, publisher, kind, read, options or {}, template, whole)

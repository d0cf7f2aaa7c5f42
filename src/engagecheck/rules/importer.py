"""Importers turn published files into facts with evidence. Each importer reads one kind of file."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeAlias

import msgspec
from attrs import Factory, frozen
from msgspec import Struct

from engagecheck.rules.source_file import SourceFile

Json = Any


class Imported(Struct, frozen=True):
    """What a file says about one organisation.

    `code` is the code of the organisation in the file, or "" if the file is about one organisation only. `facts` is a
    part of a profile document. `effective` is the date of the facts, and `reference` is their position in the file.
    `organisation` and `as_of` are used only for a new profile: they name the organisation and, if the file states it,
    the date of the audit. `opened`, `closed` and `successor` are what the file says about the life of the organisation, and
    `also_called` are its other names, earlier ones among them. `complete_on` is the day on which the file lists all there is
    of each of its lists, if it does.
    """

    code: str
    facts: Mapping[str, Json]
    effective: str | None = None
    reference: str = ""
    organisation: Mapping[str, str] = msgspec.field(default_factory=dict)
    as_of: str = ""
    opened: str = ""
    closed: str = ""
    successor: str = ""
    complete_on: str = ""
    also_called: tuple[str, ...] = ()


Read: TypeAlias = Callable[[SourceFile, Mapping[str, str]], Iterable[Imported]]


@frozen
class Importer:
    """One kind of file: its name, its content and its publisher. `read` yields the organisations in a file.

    `options` maps the name of each further option to its meaning. `template` is an empty file to fill in. `whole` names
    the sections that are imported completely or not at all, because their parts belong together. `example` is a small file
    of this kind about an invented organisation, from which `import --decides` works out which questions it answers.
    `address` is the web page that offers the file, or the file itself.
    """

    name: str
    about: str
    title: str
    publisher: str
    kind: str
    read: Read
    options: Mapping[str, str] = Factory(dict)
    template: str = ""
    whole: tuple[str, ...] = ()
    example: str = ""
    address: str = ""

    def evidence(self, file: SourceFile, imported: Imported) -> dict[str, Json]:
        """The entry in the evidence register for the facts that a file states about an organisation."""
        dates = {"effective": imported.effective} if imported.effective else {}
        reference = ", ".join(part for part in (file.name, imported.reference) if part)[:300]
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
    example: str = "",
    address: str = "",
) -> Callable[[Read], Importer]:
    """Decorate a function `(file, options) -> Iterable[Imported]`. `kind` is the kind of evidence that the file is."""
    return lambda read: Importer(name, about, title, publisher, kind, read, options or {}, template, whole, example, address)

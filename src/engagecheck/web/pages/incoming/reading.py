"""What a published file says about one organisation, and what taking it over would change, as `engagecheck import` reads it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from attrs import frozen
from django.http import HttpRequest

from engagecheck.analysis.importing import Account, about, account_of, check_life, other_name, too_late, total_in_words
from engagecheck.errors import InputRefused
from engagecheck.intake.importers.importing import (
    named,
    other_kind,
    read_imports,
    register_in,
    sources_for,
    take_over,
    unstated,
)
from engagecheck.intake.merge import Merged, new_document
from engagecheck.intake.tables import read_source
from engagecheck.model.labels import day, plural
from engagecheck.plugin_host.registry import Registry
from engagecheck.rules.importer import Imported, Importer
from engagecheck.rules.source_file import OtherKind, SourceFile
from engagecheck.web.follow_up import day_in
from engagecheck.web.models.kept import Upload
from engagecheck.web.pages.incoming.choosing import choosing
from engagecheck.web.standing import configured, registry

OF_PEOPLE = "views"
"""The source whose files have a row for each person. They are never kept."""
LISTED = 12
"""The most organisations that are offered one by one."""
NAME = "the assessment"
_HINT = "; a list of names says what became of an organisation that closed, so bring it in with the file"


@frozen
class Wanted:
    """How a file is to be read: the source, the organisation, the days of the file and of the assessment, and settings.

    `chosen` says for each difference which answer counts.
    """

    source: str
    organisation: str
    dated: str
    as_of: str
    options: dict[str, str]
    chosen: Mapping[str, str]

    @classmethod
    def of(cls, request: HttpRequest) -> "Wanted":
        """What a request says."""
        given = request.POST if request.method == "POST" else request.GET
        source, organisation, dated, as_of = (
            given.get(name, "").strip() for name in ("source", "organisation", "dated", "as_of")
        )
        options = {name[2:]: given[name].strip() for name in given if name.startswith("o:") and given[name].strip()}
        return cls(source, organisation, dated, as_of, options, request.POST)


class Choice(Exception):
    """Raised if the person has to choose first. `options` are value and label pairs, or empty for a text."""

    def __init__(self, field: str, text: str, options: tuple[tuple[str, str], ...] = ()) -> None:
        super().__init__(text)
        self.field, self.text, self.options = field, text, options


@frozen
class Reading:
    """What a file says about an organisation, and what taking it over would change. `moved_to` is a new day, in words."""

    importer: Importer
    file: SourceFile
    change: Merged
    account: Account
    remark: str
    moved_to: str

    @property
    def begins_on(self) -> str:
        """The day of the profile, in words."""
        return day(self.change.document["as_of"])

    def replaced(self, before: Mapping[str, Any]) -> list[str]:
        """The sections of a profile that the file replaces as a whole."""
        return [name for name in self.importer.whole if self.change.document.get(name) != before.get(name)]

    @property
    def to_do(self) -> list[str]:
        """What is still to do after the import, in sentences."""
        to_do = self.account.to_do
        return [f"Enter the total for {one.title} in {total_in_words(one)} ({one.listed} listed)." for one in to_do]


def importers() -> Registry:
    """The sources that the workplace was started with."""
    return configured().sources


def check(content: bytes, name: str, names: tuple[bytes, str] | None) -> None:
    """Raise `InputRefused` if no source can read a file, or the list of names with it, or if a row is a person's answer."""
    _refuse_people(read_source(name, content))
    if names:
        file = read_source(names[1], names[0])
        _refuse_people(file)
        register_in(file, importers().importers.values())


def _refuse_people(file: SourceFile) -> None:
    if any(one.name == OF_PEOPLE for one, _ in _sources(file)):
        raise InputRefused(
            [f"{file.name}: has a row for each person, so it is not kept here. Sum it up with engagecheck views."]
        )


def _sources(file: SourceFile) -> list[tuple[Importer, str]]:
    """The sources that can read a file, each with what it would read. Raises `InputRefused` if there is none."""
    found = [
        (importer, problem or plural(count, "organisation"))
        for importer, count, problem in sources_for(importers().importers.values(), file)
    ]
    if not found:
        raise InputRefused([f"{file.name}: no source can read this file; the page of sources lists what can be read"])
    return found


def file_of(upload: Upload) -> SourceFile:
    """The file that was brought in."""
    return read_source(str(upload.name), bytes(upload.content))


def importer_of(file: SourceFile, wanted: Wanted) -> Importer:
    """The source that a file is read as. Raises `Choice` if several fit, and `InputRefused` if none does."""
    known = importers().importers
    if wanted.source in known and wanted.source != OF_PEOPLE:
        return known[wanted.source]
    fitting = _sources(file)
    if len(fitting) > 1:
        options = tuple((one.name, f"{one.about} ({problem})") for one, problem in fitting)
        raise Choice("source", "What is this file?", options)
    return fitting[0][0]


def read(upload: Upload, file: SourceFile, importer: Importer, profile: Mapping[str, Any] | None, wanted: Wanted) -> Reading:
    """What taking a file over would change in a profile, or in a new one. Raises `Choice` if the organisation is not clear."""
    try:
        imports = read_imports(
            importer, file, {name: text for name, text in wanted.options.items() if name in importer.options}
        )
    except OtherKind as refused:
        raise other_kind(refused, importers().importers.values(), file) from None
    register: dict[str, Imported] = {}
    if upload.names is not None:
        register = register_in(read_source(str(upload.names_name), bytes(upload.names)), importers().importers.values())
    own: Mapping[str, Any] = profile["organisation"] if profile else {}
    asked = wanted.organisation or own.get("ods_code") or own.get("name")
    hint = "" if register else _HINT
    chosen = _of_one(about([named(one, register) for one in imports], asked, file, register, hint), own.get("ods_code", ""))
    dated, moved = (on.isoformat() if (on := day_in(text)) else "" for text in (wanted.dated, wanted.as_of))
    as_of = moved or (str(profile["as_of"]) if profile else today())
    check_life(chosen, file, NAME, as_of)
    if problem := too_late(chosen, file, NAME, as_of, dated):
        raise InputRefused([f"{problem}; enter a later date of the assessment below, or bring in an older file"])
    before = {**profile, "as_of": as_of} if profile else _begun(chosen[0], importer, file, as_of)
    change = take_over(before, chosen, importer, file, choosing(wanted.chosen), dated)
    account = account_of(change, profile or {}, chosen, importer, registry())
    moved_to = day(as_of) if profile and as_of != profile["as_of"] else ""
    return Reading(importer, file, change, account, other_name(chosen, asked), moved_to)


def today() -> str:
    """The day of this machine."""
    return date.today().isoformat()  # noqa: DTZ011  # a day of this machine


def _begun(imported: Imported, importer: Importer, file: SourceFile, as_of: str) -> dict[str, Any]:
    """The profile of an organisation that has none yet. Raises `InputRefused` if it is not known what the organisation is."""
    if missing := unstated(imported.organisation):
        who = imported.code or "the organisation"
        ways = "bring it in with a list that does, or begin an assessment without a file and bring this one in there"
        raise InputRefused([f"{file.name} does not say the {missing} of {who}; {ways}"])
    return new_document(imported, importer.evidence(file, imported), as_of)


def _of_one(fitting: Sequence[Imported], own: str) -> list[Imported]:
    """What a file says about the one organisation that is meant. Raises `Choice` if several fit."""
    names = {one.code: f"{one.organisation.get('name', '')} {one.code}".strip() for one in fitting}
    if len(names) > 1:
        options = tuple(names.items()) if len(names) <= LISTED else ()
        raise Choice("organisation", f"Which organisation of the file? It is about {len(names)}.", options)
    (code,) = names
    if own and code and code.upper() != own.upper():
        raise InputRefused([f"{names[code]}: this assessment is of {own}; choose that organisation"])
    return list(fitting)

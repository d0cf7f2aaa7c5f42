"""Published files: recognised, looked at, and taken over into an assessment, as `engagecheck import --into` does."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache

from attrs import frozen
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from engagecheck.analysis.importing import Account, about, account_of, check_life, other_name, too_late, total_in_words
from engagecheck.errors import EngagecheckError, InputRefused
from engagecheck.intake.importers.importing import other_kind, read_imports, sources_for, take_over
from engagecheck.intake.merge import Merged
from engagecheck.intake.tables import read_source
from engagecheck.model.dates import date_typed
from engagecheck.model.labels import plural
from engagecheck.plugin_host.discovery import IMPORTERS
from engagecheck.plugin_host.registry import Registry, installed
from engagecheck.rules.importer import Imported, Importer
from engagecheck.rules.source_file import OtherKind, SourceFile
from engagecheck.web.models import Assessment
from engagecheck.web.models.kept import Upload
from engagecheck.web.pages.incoming import uploads
from engagecheck.web.pages.incoming.choosing import UNDECIDED, asked_about, choosing, is_chosen
from engagecheck.web.standing import registry

OF_PEOPLE = "views"
"""The source whose files have a row for each person. They are never kept."""
LISTED = 12
"""The most organisations that are offered one by one."""
NAME = "the assessment"


@frozen
class Wanted:
    """How a file is to be read: the source, the organisation, its day, and the settings of the source.

    `chosen` says for each difference which answer counts.
    """

    source: str
    organisation: str
    dated: str
    options: dict[str, str]
    chosen: Mapping[str, str]

    @classmethod
    def of(cls, request: HttpRequest) -> "Wanted":
        """What a request says."""
        given = request.POST if request.method == "POST" else request.GET
        source, organisation, dated = (given.get(name, "").strip() for name in ("source", "organisation", "dated"))
        options = {name[2:]: given[name].strip() for name in given if name.startswith("o:") and given[name].strip()}
        return cls(source, organisation, dated, options, request.POST)


class Choice(Exception):
    """Raised if the person has to choose first. `options` are value and label pairs, or empty for a text."""

    def __init__(self, field: str, text: str, options: tuple[tuple[str, str], ...] = ()) -> None:
        super().__init__(text)
        self.field, self.text, self.options = field, text, options


@frozen
class Reading:
    """What a file says about the organisation of an assessment, and what taking it over would change."""

    importer: Importer
    file: SourceFile
    change: Merged
    account: Account
    remark: str

    @property
    def to_do(self) -> list[str]:
        """What is still to do after the import, in sentences."""
        to_do = self.account.to_do
        return [f"Enter the total for {one.title} in {total_in_words(one)} ({one.listed} listed)." for one in to_do]


@cache
def importers() -> Registry:
    """The bundled sources, found once."""
    return installed(third_party=False, group=IMPORTERS)


@require_POST
def bring(request: HttpRequest, pk: int) -> HttpResponse:
    """Recognise a file, and keep it until the person has looked at what it says."""
    assessment = get_object_or_404(Assessment, pk=pk)
    try:
        content, name = uploads.content_of(request.FILES.get("published"))
        fitting = _sources(read_source(name, content))
    except EngagecheckError as error:
        return uploads.asked(request, assessment, "published", tuple(str(error).split("\n")))
    if any(one.name == OF_PEOPLE for one, _ in fitting):
        complaint = f"{name}: has a row for each person, so it is not kept here. Sum it up with engagecheck views."
        return uploads.asked(request, assessment, "published", (complaint,))
    upload = uploads.keep(assessment, request.user.get_username(), name, content)
    return redirect("published", pk, upload.pk)


def _sources(file: SourceFile) -> list[tuple[Importer, str]]:
    """The sources that can read a file, each with what it would read. Raises `InputRefused` if there is none."""
    found = [
        (importer, problem or plural(count, "organisation"))
        for importer, count, problem in sources_for(importers().importers.values(), file)
    ]
    if not found:
        raise InputRefused([f"{file.name}: no source can read this file; the documentation lists what can be read"])
    return found


@never_cache
@require_http_methods(["GET", "POST"])
def published(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Show what a file says and how it differs, and take it over once the person says so."""
    upload, wanted = uploads.own_upload(request, pk, number), Wanted.of(request)
    if request.method == "POST":
        return _taken_over(request, upload, wanted)
    return _shown(request, upload, wanted)


def _taken_over(request: HttpRequest, upload: Upload, wanted: Wanted) -> HttpResponse:
    with transaction.atomic():
        assessment = get_object_or_404(Assessment.objects.select_for_update(), pk=upload.assessment_id)
        if str(assessment.version) != request.POST.get("version"):
            return _shown(request, upload, wanted, uploads.CHANGED, status=409)
        try:
            reading = _read(upload, assessment, wanted)
            if not is_chosen(reading.change, wanted.chosen):
                return _shown(request, upload, wanted, UNDECIDED, status=422)
            uploads.take_over(assessment, reading.change.document)
        except (Choice, EngagecheckError) as error:
            return _shown(request, upload, wanted, "" if isinstance(error, Choice) else str(error), status=422)
        upload.delete()
    messages.success(request, f"Taken over: {plural(len(reading.account.facts), 'fact')} from {reading.file.name}.")
    for one in reading.to_do:
        messages.info(request, f"Still to do: {one}")
    return redirect("overview", assessment.pk)


def _shown(request: HttpRequest, upload: Upload, wanted: Wanted, complaint: str = "", status: int = 200) -> HttpResponse:
    assessment = get_object_or_404(Assessment, pk=upload.assessment_id)
    reading, choice = None, None
    try:
        reading = _read(upload, assessment, wanted)
    except Choice as needed:
        choice = needed
    except EngagecheckError as error:
        complaint, status = str(error), 422
    importer = importers().importers.get(wanted.source) or (reading.importer if reading else None)
    parts = {
        "assessment": assessment,
        "upload": upload,
        "wanted": wanted,
        "importer": importer,
        "options": [(name, what, wanted.options.get(name, "")) for name, what in importer.options.items()] if importer else [],
        "reading": reading,
        "asked": asked_about(reading.change, wanted.chosen) if reading else [],
        "choice": choice,
        "complaints": complaint.split("\n") if complaint else [],
        "is_undecided": status == 422 and reading is not None,
    }
    return render(request, "workplace/published.html", parts, status=status)


def _read(upload: Upload, assessment: Assessment, wanted: Wanted) -> Reading:
    """What taking a file over would change. Raises `Choice` if the source or the organisation is not clear."""
    file = read_source(upload.name, bytes(upload.content))
    importer = _importer(file, wanted)
    try:
        options = {name: text for name, text in wanted.options.items() if name in importer.options}
        imports = read_imports(importer, file, options)
    except OtherKind as refused:
        raise other_kind(refused, importers().importers.values(), file) from None
    before, as_of = assessment.profile, str(assessment.document["as_of"])
    asked = wanted.organisation or assessment.document["organisation"].get("ods_code") or assessment.name
    chosen = _of_one(about(imports, asked, file), assessment)
    dated = _day(wanted.dated)
    check_life(chosen, file, NAME, as_of)
    if problem := too_late(chosen, file, NAME, as_of, dated):
        raise InputRefused([f"{problem}; change the date of the profile first, or bring in an older file"])
    change = take_over(before, chosen, importer, file, choosing(wanted.chosen), dated)
    return Reading(importer, file, change, account_of(change, before, chosen, importer, registry()), other_name(chosen, asked))


def _importer(file: SourceFile, wanted: Wanted) -> Importer:
    known = importers().importers
    if wanted.source in known and wanted.source != OF_PEOPLE:
        return known[wanted.source]
    fitting = _sources(file)
    if len(fitting) > 1:
        options = tuple((one.name, f"{one.about} ({problem})") for one, problem in fitting)
        raise Choice("source", "What is this file?", options)
    return fitting[0][0]


def _of_one(fitting: Sequence[Imported], assessment: Assessment) -> list[Imported]:
    """What a file says about the one organisation that is meant. Raises `Choice` if several fit."""
    names = {one.code: f"{one.organisation.get('name', '')} {one.code}".strip() for one in fitting}
    if len(names) > 1:
        options = tuple(names.items()) if len(names) <= LISTED else ()
        raise Choice("organisation", f"Which organisation of the file? It is about {len(names)}.", options)
    (code,), own = names, assessment.document["organisation"].get("ods_code", "")
    if own and code and code.upper() != own.upper():
        raise InputRefused([f"{names[code]}: this assessment is of {own}; choose that organisation"])
    return list(fitting)


def _day(text: str) -> str:
    """The day that a person typed, or an empty text. Raises `InputRefused` if it is none."""
    try:
        return date.fromisoformat(date_typed(text)).isoformat() if text else ""
    except ValueError:
        raise InputRefused([f"{text}: is not a day; enter one like 31 March 2026"]) from None

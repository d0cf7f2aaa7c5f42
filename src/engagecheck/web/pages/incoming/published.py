"""Published files: recognised, looked at, and taken over into an assessment or a new one, as `engagecheck import` does."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from engagecheck.errors import EngagecheckError, InputRefused
from engagecheck.model.labels import day, plural
from engagecheck.web.answers.saving import problems
from engagecheck.web.models import Assessment
from engagecheck.web.models.kept import Upload
from engagecheck.web.pages import assessments
from engagecheck.web.pages.incoming import reading as files
from engagecheck.web.pages.incoming import uploads
from engagecheck.web.pages.incoming.choosing import UNDECIDED, asked_about, is_chosen
from engagecheck.web.pages.incoming.reading import Choice, Reading, Wanted


@require_POST
def bring(request: HttpRequest, pk: int) -> HttpResponse:
    """Recognise a file, and keep it until the person has looked at what it says."""
    assessment = get_object_or_404(Assessment, pk=pk)
    try:
        upload = _kept(request, assessment)
    except EngagecheckError as error:
        return uploads.asked(request, assessment, "published", tuple(str(error).split("\n")))
    return redirect("published", pk, upload.pk)


@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Recognise the file that an assessment is to begin with, and keep it until the person has looked at what it says."""
    try:
        upload = _kept(request, None)
    except EngagecheckError as error:
        return assessments.refused(request, str(error), "published")
    return redirect("begin-published", upload.pk)


def _kept(request: HttpRequest, assessment: Assessment | None) -> Upload:
    content, name = uploads.content_of(request.FILES.get("published"))
    given = request.FILES.get("names")
    names = uploads.content_of(given) if given else None
    files.check(content, name, names)
    return uploads.keep(assessment, request.user.get_username(), name, content, names)


@never_cache
@require_http_methods(["GET", "POST"])
def published(request: HttpRequest, number: int, pk: int | None = None) -> HttpResponse:
    """Show what a file says and how it differs, and take it over once the person says so. Without `pk`, one begins with it."""
    upload, wanted = uploads.own_upload(request, pk, number), Wanted.of(request)
    if request.method == "POST":
        return _taken_over(request, upload, wanted)
    return _shown(request, upload, wanted)


def _taken_over(request: HttpRequest, upload: Upload, wanted: Wanted) -> HttpResponse:
    with transaction.atomic():
        upload = get_object_or_404(Upload.objects.select_for_update(), pk=upload.pk)  # it begins one assessment, not two
        into = None
        if upload.assessment_id is not None:
            into = get_object_or_404(Assessment.objects.select_for_update(), pk=upload.assessment_id)
        if into and str(into.version) != request.POST.get("version"):
            return _shown(request, upload, wanted, uploads.CHANGED, status=409)
        try:
            found = _read(upload, into, wanted)
            if not is_chosen(found.change, wanted.chosen):
                return _shown(request, upload, wanted, UNDECIDED, status=422)
            if into:
                uploads.take_over(into, found.change.document, found.replaced(into.profile))
            else:
                into = _begun(request, found)
        except (Choice, EngagecheckError) as error:
            return _shown(request, upload, wanted, "" if isinstance(error, Choice) else str(error), status=422)
        upload.delete()
    messages.success(request, f"Taken over: {plural(len(found.account.facts), 'fact')} from {found.file.name}.")
    for one in found.to_do:
        messages.info(request, f"Still to do: {one}")
    return redirect("overview", into.pk)


def _read(upload: Upload, into: Assessment | None, wanted: Wanted) -> Reading:
    file = files.file_of(upload)
    return files.read(upload, file, files.importer_of(file, wanted), into.profile if into else None, wanted)


def _begun(request: HttpRequest, found: Reading) -> Assessment:
    document = found.change.document
    if wrong := problems(document):
        raise InputRefused([f"The profile would not be right: {one.message}" for one in wrong[:5]])
    return Assessment.begin(document, request.user)


def _shown(request: HttpRequest, upload: Upload, wanted: Wanted, complaint: str = "", status: int = 200) -> HttpResponse:
    into = Assessment.objects.filter(pk=upload.assessment_id).first()
    importer, found, choice = None, None, None
    try:
        file = files.file_of(upload)
        importer = files.importer_of(file, wanted)
        found = files.read(upload, file, importer, into.profile if into else None, wanted)
    except Choice as needed:
        choice = needed
    except EngagecheckError as error:
        complaint, status = str(error), 422
    leaves = reverse("leave-out", args=(into.pk, upload.pk)) if into else reverse("leave-out-begun", args=(upload.pk,))
    parts = {
        "assessment": into,
        "upload": upload,
        "wanted": wanted,
        "importer": importer,
        "options": [(name, what, wanted.options.get(name, "")) for name, what in importer.options.items()] if importer else [],
        "reading": found,
        "asked": asked_about(found.change, wanted.chosen) if found else [],
        "ending": uploads.ending(into, found.change.document, found.replaced(into.profile)) if into and found else [],
        "choice": choice,
        "complaints": complaint.split("\n") if complaint else [],
        "is_undecided": status == 422 and found is not None,
        "leaves": leaves,
        "today": day(files.today()),
    }
    return render(request, "workplace/published.html", parts, status=status)

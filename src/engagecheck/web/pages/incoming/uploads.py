"""Files that are brought in: one for each person and assessment at a time, and what becomes of it."""

from collections.abc import Collection, Mapping
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from engagecheck.errors import InputRefused
from engagecheck.intake.validation import extension_complaints
from engagecheck.web.answers.saving import bring, problems
from engagecheck.web.models import Assessment
from engagecheck.web.models.kept import Upload
from engagecheck.web.pages.team.trail import title
from engagecheck.web.settings import MOST_BYTES
from engagecheck.web.standing import registry

CHANGED = "Somebody changed this assessment meanwhile. Look at it again before you take anything over."


@never_cache
@require_GET
def bring_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for a published file, or for the part of a colleague."""
    return asked(request, get_object_or_404(Assessment, pk=pk))


def asked(request: HttpRequest, assessment: Assessment, field: str = "", complaints: tuple[str, ...] = ()) -> HttpResponse:
    """The page that asks for a file. `complaints` say what is wrong with the one of a `field`."""
    parts = {"assessment": assessment, "field": field, "complaints": complaints}
    return render(request, "workplace/bring_in.html", parts, status=422 if complaints else 200)


def content_of(file: UploadedFile | None) -> tuple[bytes, str]:
    """The bytes and the name of an uploaded file. Raises `InputRefused` if there is none, or it is too large."""
    if file is None:
        raise InputRefused(["Choose a file first."])
    if file.size > MOST_BYTES:
        raise InputRefused([f"{file.name}: is larger than {MOST_BYTES // 1_000_000} MB; check that it is the right file"])
    return file.read(), str(file.name)


def keep(assessment: Assessment | None, user: str, name: str, content: bytes, names: tuple[bytes, str] | None = None) -> Upload:
    """Keep a file, with the list of names that came with it, until it is taken over. It replaces an earlier one."""
    listed = {"names": names[0], "names_name": _kept_name(names[1])} if names else {}
    with transaction.atomic():
        Upload.objects.filter(assessment=assessment, by=user).delete()
        return Upload.objects.create(assessment=assessment, by=user, name=_kept_name(name), content=content, **listed)


def _kept_name(name: str) -> str:
    return name.replace("\0", "")[-255:]


def own_upload(request: HttpRequest, pk: int | None, number: int) -> Upload:
    """A file that this person brought into this assessment, or to begin one. Any other is not found."""
    return get_object_or_404(Upload, pk=number, assessment_id=pk, by=request.user.get_username())


@require_POST
def leave_out(request: HttpRequest, number: int, pk: int | None = None) -> HttpResponse:
    """Delete a file without taking anything over."""
    own_upload(request, pk, number).delete()
    messages.success(request, "Nothing was taken over.")
    if pk is None:
        return redirect("assessments")
    return redirect("tracker" if request.POST.get("back") == "tracker" else "overview", pk)


def take_over(assessment: Assessment, document: Mapping[str, Any], whole: Collection[str] = ()) -> None:
    """Store a profile with what was taken over, in the transaction that holds the assessment.

    What it states takes the place of a text in error; the sections that are replaced as a `whole` keep none.
    Raises `InputRefused` if the profile would not be valid.
    """
    if found := [*problems(document), *extension_complaints(document, registry())]:
        raise InputRefused([f"The profile would not be right: {one.message}" for one in found[:5]])
    assessment.keep(bring(assessment.kept, document, whole)[0])


def ending(assessment: Assessment, document: Mapping[str, Any], whole: Collection[str] = ()) -> list[tuple[str, str]]:
    """The answers in error of which a profile takes the place: each question with its text."""
    return [(title(address), text) for address, text in bring(assessment.kept, document, whole)[1].items()]

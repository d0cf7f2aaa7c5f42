"""An assessment as one file to take away: the profile, its report, the configuration, and every file of evidence."""

import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterator
from typing import IO

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from engagecheck.errors import InputRefused
from engagecheck.intake.writing import as_text
from engagecheck.model.labels import plural
from engagecheck.papers.json import as_document
from engagecheck.rules.reporter import Style
from engagecheck.web import files
from engagecheck.web.answers.places import MARK
from engagecheck.web.environment import Configured
from engagecheck.web.models import Assessment, Revision
from engagecheck.web.pages.downloads import file_name, refused
from engagecheck.web.standing import configured, report_of, since_approved

READ_ME = """{name}, as of {day}

profile.json is the profile. Its accepted gaps, attestations and sign-off are in it. Without answers in error: {in_error}.
report.json is the report. To make it again in this folder:

    engagecheck audit profile.json{options} -f json

{configuration} The report has the digest
{digest}.
To check that the report follows from the profile:

    engagecheck verify report.json profile.json{options}

evidence/ has {files}, each below the short reference of its entry in the evidence register. A number in
front tells versions apart, the first version being 1.
"""


@never_cache
@require_GET
def export(request: HttpRequest, pk: int) -> HttpResponse | FileResponse:
    """The whole assessment as a zip file. `engagecheck audit` gives the same report for the profile in it."""
    assessment = get_object_or_404(Assessment, pk=pk)
    out = tempfile.TemporaryFile()  # noqa: SIM115  # the response closes it
    try:
        _write(assessment, out)
    except InputRefused as error:
        out.close()
        return refused(request, assessment, "The export cannot be made", str(error), "")
    out.seek(0)
    name = file_name(assessment, "export", "zip")
    return FileResponse(out, as_attachment=True, filename=name, content_type="application/octet-stream")


def _write(assessment: Assessment, out: IO[bytes]) -> None:
    """Write the zip file. Raises `InputRefused` if a file of evidence is not right."""
    report, kept, used = report_of(assessment), dict(_evidence(assessment)), configured()
    read_me = READ_ME.format(
        name=assessment.name,
        day=assessment.day,
        in_error=len(assessment.typed),
        options=used.options,
        configuration=_configuration(used),
        digest=report.report_digest,
        files=plural(len(kept), "file"),
    )
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("README.txt", "\n".join([read_me, *since_approved(assessment, report)]))
        archive.writestr("profile.json", as_text(assessment.profile))
        archive.writestr("report.json", as_document.render(report, Style()))
        for name, content in used.files.items():
            archive.writestr(name, content)
        for name, revision in kept.items():
            archive.writestr(name, files.read(revision))


def _configuration(used: Configured) -> str:
    """What the audit was done with, in sentences."""
    name, *plugins = used.files or ("",)
    none = "No setting departs from the defaults, so there is no configuration file."
    said = [f"{name} is the configuration." if name else none]
    if plugins:
        said.append("The folders that it names are programs: look at them before you run them.")
    if used.others:
        packs = ", ".join(used.others)
        said.append(f"Rules of these packs have a part in it, and of no others: {packs}. Install those that are missing.")
    return "\n".join(said)


def _evidence(assessment: Assessment) -> Iterator[tuple[str, Revision]]:
    """Each file that is there, with its name in the zip file: "evidence/HR/1-report.pdf"."""
    ids = {one[MARK]: one["id"] for one in assessment.document.get("evidence", ())}
    versions: Counter[str] = Counter()
    revisions = Revision.objects.filter(assessment=assessment).select_related("file").order_by("pk")
    for one in revisions:
        versions[one.entry] += 1
        if one.file.removed_at is None:
            yield f"evidence/{ids.get(one.entry, one.entry)}/{versions[one.entry]}-{one.name}", one

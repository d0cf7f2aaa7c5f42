"""Files of evidence: kept by their digest within one organisation, and never opened here.

A file comes in with a name of its own. It goes out only through a record of the assessment, as a download.
"""

import os
import re
from datetime import timedelta
from functools import partial
from hashlib import sha256
from pathlib import Path, PurePosixPath

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from engagecheck.errors import InputRefused
from engagecheck.web.models import Assessment, Organisation, Revision, StoredFile, Upload
from engagecheck.web.settings import MOST_BYTES

MOST_FILES = 2_000
"""The most files of one organisation."""
_ARCHIVE, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_JPEG = b"\xff\xd8\xff"
SIGNATURES = {
    **dict.fromkeys((".docx", ".xlsx", ".pptx", ".odt", ".ods"), _ARCHIVE),
    **dict.fromkeys((".doc", ".xls", ".msg"), _OLE),
    ".pdf": b"%PDF-",
    ".png": b"\x89PNG",
    ".jpg": _JPEG,
    ".jpeg": _JPEG,
    **dict.fromkeys((".csv", ".txt", ".json", ".eml"), b""),
}
"""The kinds of files that are kept, by the ending of their names, each with how its bytes begin."""


def add(assessment: Assessment, entry: str, name: str, content: bytes, user: str) -> Revision:
    """Keep a file for an entry of the evidence register, in the transaction that holds the assessment.

    Raises `InputRefused` for a file that is empty, too large, of another kind, or was removed before.
    """
    suffix = PurePosixPath(name.lower()).suffix
    _refuse(name, content, suffix)
    digest = sha256(content).hexdigest()
    # Whoever adds a file to an organisation or removes one holds its row.
    organisation = Organisation.objects.select_for_update().get(pk=assessment.organisation_id)
    known = StoredFile.objects.filter(organisation=organisation)
    held = known.filter(sha256=digest).first()
    if held is not None and held.removed_at is not None:
        raise InputRefused([f"{name}: this very file was removed by {held.removed_by}: {held.reason}"])
    if held is None:
        if known.filter(removed_at=None).count() >= MOST_FILES:
            raise InputRefused([f"{name}: there are {MOST_FILES} files already; remove some that nobody needs"])
        held = StoredFile.objects.create(organisation=organisation, sha256=digest, size=len(content))
        _write(_path(held), content)
    return Revision.objects.create(assessment=assessment, entry=entry, file=held, name=_safe_name(name, suffix), added_by=user)


def read(revision: Revision) -> bytes:
    """The bytes of a file. Raises `InputRefused` if they are not there any more, or are not those that were added."""
    try:
        content = _path(revision.file).read_bytes()
    except OSError:
        raise InputRefused([f"{revision.name}: the file is no longer in the data folder; restore it from a copy"]) from None
    if sha256(content).hexdigest() != revision.file.sha256:
        raise InputRefused([f"{revision.name}: the file was changed outside this program; restore it from a copy"])
    return content


def erase(file: StoredFile) -> None:
    """Delete the bytes of a file as soon as the transaction that takes it off the record is done."""
    transaction.on_commit(partial(_unlink, file.organisation_id, _path(file)))


def _unlink(organisation: int, path: Path) -> None:
    """Delete the bytes of a file, unless somebody has added it again meanwhile."""
    with transaction.atomic():
        Organisation.objects.select_for_update().get(pk=organisation)
        if not StoredFile.objects.filter(organisation=organisation, sha256=path.name, removed_at=None).exists():
            path.unlink(missing_ok=True)


def tidy() -> None:
    """Delete the bytes that no record has, which a killed program may leave, and files that nobody took over for a day."""
    with transaction.atomic():
        Upload.objects.filter(added_at__lt=timezone.now() - timedelta(days=1)).delete()
        for organisation in Organisation.objects.select_for_update():
            held = StoredFile.objects.filter(organisation=organisation, removed_at=None)
            names = set(held.values_list("sha256", flat=True))
            for path in (Path(settings.FILES) / str(organisation.pk)).glob("*"):
                if path.name not in names:
                    path.unlink()


def sweep(organisation: Organisation) -> None:
    """Delete the files of an organisation that no record leads to any more. What was removed on purpose stays on record."""
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    for file in StoredFile.objects.filter(organisation=organisation, revision=None, removed_at=None):
        erase(file)
        file.delete()


def _refuse(name: str, content: bytes, suffix: str) -> None:
    if not content:
        raise InputRefused([f"{name}: is empty; choose the file itself"])
    if len(content) > MOST_BYTES:
        raise InputRefused([f"{name}: is larger than {MOST_BYTES // 1_000_000} MB; keep it elsewhere and state where it is"])
    if suffix not in SIGNATURES:
        raise InputRefused([f"{name}: files of this kind are not kept; the kinds are {', '.join(SIGNATURES)}"])
    if not content.startswith(SIGNATURES[suffix]):
        raise InputRefused([f"{name}: is not what its name says; save it again as {suffix}"])


def _safe_name(name: str, suffix: str) -> str:
    """The name for a download: only letters, digits and hyphens before the ending."""
    stem = re.sub(r"[\\/]", " ", name)[: -len(suffix)]
    return f"{slugify(stem)[:80] or 'file'}{suffix}"


def _path(file: StoredFile) -> Path:
    return Path(settings.FILES) / str(file.organisation_id) / str(file.sha256)


def _write(path: Path, content: bytes) -> None:
    """Write a file whole, and on the disk, before anything says that it is there."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    beside = path.with_suffix(".part")
    with beside.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)

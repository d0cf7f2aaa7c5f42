"""Files to take away. A browser never opens one in place."""

from django.http import HttpResponse
from django.utils.text import slugify

from engagecheck.web.models import Assessment


def attachment(content: bytes, name: str) -> HttpResponse:
    """A response that a browser saves under a name, whatever is in it."""
    response = HttpResponse(content, content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def file_name(assessment: Assessment, what: str, suffix: str) -> str:
    """A name for a file, from the organisation and the day. It has only letters, digits and hyphens."""
    return f"{slugify(assessment.name)[:60] or 'organisation'}-{assessment.document['as_of']}-{what}.{suffix}"

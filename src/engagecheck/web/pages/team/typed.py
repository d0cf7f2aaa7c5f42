"""Texts that a person typed into the forms of a team."""

from django.http import HttpRequest

from engagecheck.web.answers.saving import as_sent


def typed(request: HttpRequest, name: str, most: int = 500) -> str:
    """A text of a form, without spaces around it, up to a number of characters. PostgreSQL keeps no NUL."""
    return as_sent(request.POST.get(name, "")).replace("\0", "").strip()[:most]

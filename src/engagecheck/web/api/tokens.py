"""Tokens of programs: made by a person on a page, shown once, kept as a digest, and good for a year."""

import secrets
from collections.abc import Callable
from hashlib import sha256
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone

from engagecheck.web.models import YEAR, Token, User

PREFIX = "/api/"
NEEDS_TOKEN = "Send a token: Authorization: Bearer TOKEN. You make one on the page Programs of the workplace."


def make(user: User, name: str) -> str:
    """A new token. It is returned this once, and only its digest is kept. It has 256 random bits, so no salt is needed."""
    text = secrets.token_urlsafe(32)
    Token.objects.create(user=user, name=name, digest=_digest(text))
    return text


def user_of(header: str) -> User | None:
    """The user whose token is in a header `Authorization`, or `None`."""
    scheme, _, text = header.partition(" ")
    if scheme.lower() != "bearer":
        return None
    fresh = Token.objects.filter(made_at__gt=timezone.now() - YEAR, user__is_active=True)
    found: Token | None = fresh.filter(digest=_digest(text.strip())).select_related("user").first()
    return None if found is None else found.user


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "replace")).hexdigest()


class TokenMiddleware:
    """Below `/api/`, a token says who asks, and never a cookie. Every refusal there is JSON."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:  # noqa: D102
        if not request.path_info.startswith(PREFIX):
            return self.get_response(request)
        request.user = user_of(request.headers.get("Authorization", ""))
        if request.user is None:
            return JsonResponse({"detail": [NEEDS_TOKEN]}, status=401, headers={"WWW-Authenticate": "Bearer"})
        response = self.get_response(request)
        if response.status_code >= HTTPStatus.BAD_REQUEST and response["Content-Type"] != "application/json":
            said = HTTPStatus(response.status_code)
            return JsonResponse({"detail": [f"{said.phrase}."]}, status=said, headers={"Cache-Control": "no-store"})
        return response

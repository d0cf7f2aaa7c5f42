"""Each request is looked up in the table before its page is made. What the table does not allow is refused."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from attrs import frozen
from django.conf import settings
from django.contrib.auth.middleware import RemoteUserMiddleware
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render

from engagecheck.errors import InputRefused
from engagecheck.web.models import Assessment, Membership, User
from engagecheck.web.models.assessments import NotNow
from engagecheck.web.team.accounts import is_alone
from engagecheck.web.team.table import (
    ADMINISTRATOR,
    ANYONE,
    AUDITOR,
    BEGINNER,
    BOARD,
    CONTRIBUTOR,
    LEAD,
    REVIEWER,
    SHARED_SECTION,
    TABLE,
    Row,
)
from engagecheck.web.team.trail import acting

_LOOKS = ("GET", "HEAD")
_WHOLE = (LEAD, REVIEWER, AUDITOR)


@frozen
class Access:
    """What a user may do: the roles, a contributor's sections, and where the assessment stands."""

    roles: frozenset[str] = frozenset()
    sections: frozenset[str] = frozenset()
    step: str = ""
    shows_score: bool = False

    def may(self, row: Row, section: str | None = None, *, acts: bool) -> bool:
        """Whether any of the roles is allowed in this step. `section` is that of the address, if it has one."""
        allowed = row.act if acts else row.look
        held = {role for role in self.roles if role in allowed and (self.step in allowed[role] or not row.of_assessment)}
        if row.by_section and section is not None and not self.has(section):
            held.discard(CONTRIBUTOR)
        return bool(held)

    def has(self, section: str) -> bool:
        """Whether a section may be read: by those who read everything, and by its contributors."""
        return self.reads_all or (CONTRIBUTOR in self.roles and section in {*self.sections, SHARED_SECTION})

    @property
    def reads_all(self) -> bool:
        """Whether the whole assessment may be read."""
        return not self.roles.isdisjoint(_WHOLE)

    @property
    def sees_score(self) -> bool:
        """Whether the rating is shown: to contributors only if the lead allows it."""
        return self.reads_all or (self.shows_score and CONTRIBUTOR in self.roles)

    @property
    def can(self) -> "_Can":
        """For templates: `can.look.results`, `can.act.next_year`."""
        return _Can(self)


class _Can:
    def __init__(self, access: Access, acts: bool | None = None) -> None:
        self._access, self._acts = access, acts

    def __getitem__(self, name: str) -> Any:
        if self._acts is None:
            return _Can(self._access, acts=name == "act")
        return self._access.may(TABLE[name.replace("_", "-")], acts=self._acts)


def access_of(user: User, pk: int | None = None) -> Access:
    """What a user may do, in an assessment if its key is given. Raises `Http404` if it is another's, or not there."""
    alone = is_alone()
    if pk is None:
        site = {
            ANYONE: True,
            BEGINNER: user.may_begin or alone,
            ADMINISTRATOR: user.is_administrator,
            AUDITOR: user.is_auditor,
        }
        return Access(frozenset(role for role, has in site.items() if has))
    found = Assessment.objects.filter(pk=pk).values_list("step", "shows_score").first()
    if found is None:  # also for a number that no database holds
        raise Http404
    held = list(Membership.objects.filter(assessment_id=pk, user=user).values_list("role", "sections"))
    roles = _roles(user, {role for role, _ in held}, alone=alone)
    if not roles:
        raise Http404
    return Access(roles, frozenset(name for _, sections in held for name in sections), *found)


def visible(user: User) -> QuerySet[Assessment]:
    """The assessments that a user may open. A board reader opens reports only."""
    if user.is_auditor or is_alone():
        return Assessment.objects.all()
    held = Membership.objects.filter(user=user).exclude(role=BOARD)
    return Assessment.objects.filter(pk__in=held.values("assessment"))


def for_the_board(user: User) -> QuerySet[Assessment]:
    """The assessments whose published report a user reads as a board reader."""
    held = Membership.objects.filter(user=user, role=BOARD)
    return Assessment.objects.filter(pk__in=held.values("assessment"), approval__published_at__isnull=False).distinct()


def compared_by(user: User) -> list[Assessment]:
    """The assessments whose results a user may see, to show them side by side."""
    row, held = TABLE["years"], defaultdict[int, set[str]](set)
    for pk, role in Membership.objects.filter(user=user).values_list("assessment", "role"):
        held[pk].add(role)
    alone = is_alone()
    return [one for one in visible(user) if Access(_roles(user, held[one.pk], alone=alone), step=one.step).may(row, acts=False)]


def _roles(user: User, held: set[str], *, alone: bool) -> frozenset[str]:
    """The roles in an assessment of a user who holds some there: alone, one has all that are needed; an auditor reads."""
    return frozenset((LEAD, REVIEWER) if alone else held | ({AUDITOR} if user.is_auditor else set()))


class AccessMiddleware:
    """Refuses by default. It sets `request.access` for pages and templates."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:  # noqa: D102
        request.access = Access()
        with acting(request.user.get_username()):
            return self.get_response(request)

    def process_view(self, request: HttpRequest, _view: object, _args: object, kwargs: dict[str, Any]) -> HttpResponse | None:
        """Refuse what the table does not allow: 404 for another's, 405 for a method that nobody has, 403 for the rest."""
        row = TABLE.get(request.resolver_match.url_name)
        if row is None:
            raise PermissionDenied
        acts = request.method not in _LOOKS
        if not (row.act if acts else row.look) or request.method not in (*_LOOKS, row.acts_by):
            return HttpResponseNotAllowed([*(_LOOKS if row.look else ()), *((row.acts_by,) if row.act else ())])
        if row.is_open:
            return None
        request.access = access_of(request.user, kwargs["pk"] if row.of_assessment else None)
        if "other" in kwargs and not access_of(request.user, kwargs["other"]).may(row, acts=acts):
            raise PermissionDenied
        section = kwargs["address"].partition("/")[0] if "address" in kwargs else None
        if not request.access.may(row, section, acts=acts):
            raise PermissionDenied
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """What came too late, or does not fit the rules that the workplace was started with, is one sentence."""
        if not isinstance(exception, InputRefused) or "pk" not in request.resolver_match.kwargs:
            return None
        parts = {"text": str(exception), "pk": request.resolver_match.kwargs["pk"]}
        return render(request, "workplace/not_now.html", parts, status=409 if isinstance(exception, NotNow) else 422)


class ProxyUser(RemoteUserMiddleware):
    """Signs in whom the proxy names, if the environment says so. The header from anywhere else is thrown away.

    waitress leaves `X-Forwarded-Proto` to the requests of the proxy alone, and takes it from any other.
    """

    header = "HTTP_X_REMOTE_USER"

    def __call__(self, request: HttpRequest) -> HttpResponse:  # noqa: D102
        if not settings.TRUSTS_REMOTE_USER or "HTTP_X_FORWARDED_PROTO" not in request.META:
            request.META.pop(self.header, None)
        return super().__call__(request)

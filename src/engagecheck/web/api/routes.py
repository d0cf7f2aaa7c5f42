"""The four routes: read and write a profile, start an audit, fetch a report."""

from django.core.exceptions import RequestDataTooBig
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from ninja import NinjaAPI, Schema
from ninja.security import HttpBearer

from engagecheck.errors import EngagecheckError, InputRefused
from engagecheck.intake.explain import open_json, valid_document
from engagecheck.intake.questions import all_questions
from engagecheck.intake.writing import as_text
from engagecheck.papers.json import as_document
from engagecheck.rules.reporter import Style
from engagecheck.web.answers.places import STILL
from engagecheck.web.models import Assessment, Revision
from engagecheck.web.pages.incoming.uploads import take_over
from engagecheck.web.settings import MOST_BYTES
from engagecheck.web.standing import registry, report_of

NAME = "profile.json"
"""What complaints call the profile of a request."""
SECTIONS = (*(one.name for one in all_questions()), STILL)
"""All that a written profile replaces."""


class Refusal(Schema):
    """Why something was refused, a sentence each. A profile's complaints are those of `engagecheck validate`."""

    detail: list[str]


class Audit(Schema):
    """What an audit came to. `exit_code` is that of `engagecheck audit`."""

    level: str
    exit_code: int
    report_digest: str
    profile: str


class _Bearer(HttpBearer):
    """The token of a person. `TokenMiddleware` has looked it up by now."""

    def authenticate(self, request: HttpRequest, token: str) -> object:  # noqa: ARG002
        return request.user


api = NinjaAPI(
    title="engagecheck",
    version="1",
    description="A profile as JSON goes in or out by its assessment, and its audit gives the report. "
    "The number of an assessment is in the address of its pages.",
    docs_url=None,
    auth=_Bearer(),
    urls_namespace="api",
)
_REFUSALS = {401: Refusal, 403: Refusal, 404: Refusal}
_IF_MATCH = {
    "name": "If-Match",
    "in": "header",
    "required": True,
    "schema": {"type": "string"},
    "description": "The ETag that was read.",
}
_PROFILE = {"application/json": {"schema": {"type": "object", "description": "A profile: engagecheck schema profile"}}}
_REPORT = {"application/json": {"schema": {"type": "object", "description": "A report: engagecheck schema report"}}}


@api.exception_handler(EngagecheckError)
def _refused(_request: HttpRequest, error: EngagecheckError) -> HttpResponse:
    return JsonResponse({"detail": str(error).split("\n")}, status=422)


def _as_json(text: str | bytes, tag: str) -> HttpResponse:
    return HttpResponse(text, content_type="application/json", headers={"ETag": tag, "Cache-Control": "no-store"})


def _tag(assessment: Assessment) -> str:
    return f'"{assessment.version}"'


@api.get(
    "/assessments/{int:pk}/profile",
    url_name="api-profile",
    response=_REFUSALS,
    operation_id="read_profile",
    summary="Read the profile",
    description="Answers that fail a check are left out. The ETag names this state of the assessment.",
    openapi_extra={"responses": {200: {"description": "The profile", "content": _PROFILE}}},
)
def read_profile(request: HttpRequest, pk: int) -> HttpResponse:  # noqa: ARG001
    """The profile, with its ETag."""
    assessment = get_object_or_404(Assessment, pk=pk)
    return _as_json(as_text(assessment.profile), _tag(assessment))


@api.put(
    "/assessments/{int:pk}/profile",
    url_name="api-profile",
    response={**_REFUSALS, 412: Refusal, 413: Refusal, 422: Refusal, 428: Refusal},
    operation_id="write_profile",
    summary="Write the profile",
    description="The whole profile takes the place of the one that was read. If-Match says which that was, "
    "so that nobody's save is overwritten. Answers that fail a check end with it: the browser shows what was written, "
    "and the list of changes keeps their texts.",
    openapi_extra={
        "parameters": [_IF_MATCH],
        "requestBody": {"required": True, "content": _PROFILE},
        "responses": {204: {"description": "Written. The ETag names the new state."}},
    },
)
def write_profile(request: HttpRequest, pk: int) -> HttpResponse:
    """Check a profile as the command line does, and store it as the pages do."""
    given = request.headers.get("If-Match")
    if given is None:
        return JsonResponse({"detail": ["Send the ETag that you read as If-Match."]}, status=428)
    try:
        raw = request.body
    except RequestDataTooBig:
        return JsonResponse({"detail": [f"{NAME}: is larger than {MOST_BYTES // 1_000_000} MB."]}, status=413)
    document = valid_document(open_json(raw, NAME), registry())
    if document.get("sign_off"):
        raise InputRefused([f"{NAME}: /sign_off: only the steps in the browser sign an assessment; leave this section out"])
    with transaction.atomic():
        assessment = get_object_or_404(Assessment.objects.select_for_update(), pk=pk)
        if given != _tag(assessment):
            said = "Somebody changed this assessment meanwhile. Read it again before you write it."
            return JsonResponse({"detail": [said]}, status=412, headers={"ETag": _tag(assessment)})
        _refuse_to_drop_files(assessment, document)
        take_over(assessment, document, SECTIONS)
    return HttpResponse(status=204, headers={"ETag": _tag(assessment)})


def _refuse_to_drop_files(assessment: Assessment, document: dict[str, object]) -> None:
    """A program never deletes a file of evidence: whoever does says why, on its page."""
    with_files = set(Revision.objects.filter(assessment=assessment).values_list("entry", flat=True))
    held = {one["#"]: one["id"] for one in assessment.document.get("evidence", ())}
    listed = document.get("evidence", ())
    kept = {one["id"] for one in listed} if isinstance(listed, list) else set()
    gone = sorted(held[entry] for entry in with_files & held.keys() if held[entry] not in kept)
    if gone:
        raise InputRefused([f"{NAME}: /evidence: {', '.join(gone)} has files here; remove that entry in the browser first"])


@api.post(
    "/assessments/{int:pk}/audits",
    url_name="api-audits",
    response={201: Audit, **_REFUSALS},
    operation_id="start_audit",
    summary="Start an audit",
    description="The audit is done when this is answered. Location is where its report is.",
)
def start_audit(request: HttpRequest, pk: int) -> HttpResponse:  # noqa: ARG001
    """The audit of the profile as it is now."""
    assessment = get_object_or_404(Assessment, pk=pk)
    report = report_of(assessment)
    audit = Audit(
        level=report.summary.level.value,
        exit_code=int(report.exit_code),
        report_digest=report.report_digest,
        profile=_tag(assessment),
    )
    headers = {"Location": reverse("api:api-report", args=(pk,)), "Cache-Control": "no-store"}
    return JsonResponse(audit.model_dump(), status=201, headers=headers)


@api.get(
    "/assessments/{int:pk}/report",
    url_name="api-report",
    response=_REFUSALS,
    operation_id="fetch_report",
    summary="Fetch the report",
    description="The report of the profile as it is now, the same as that of engagecheck audit. Its ETag is its digest.",
    openapi_extra={"responses": {200: {"description": "The report", "content": _REPORT}}},
)
def fetch_report(request: HttpRequest, pk: int) -> HttpResponse:  # noqa: ARG001
    """The report as JSON."""
    report = report_of(get_object_or_404(Assessment, pk=pk))
    return _as_json(as_document.render(report, Style()), f'"{report.report_digest}"')

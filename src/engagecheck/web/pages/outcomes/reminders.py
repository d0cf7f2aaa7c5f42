"""What is due and what expires, by day: a page, and a file for calendars. Nothing is sent."""

from collections.abc import Iterator
from datetime import date

from attrs import frozen
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET
from icalendar import Calendar, Event

from engagecheck.model.evidence import SOON
from engagecheck.model.labels import day
from engagecheck.web.answers.places import question_at
from engagecheck.web.follow_up import rows_of, tracker_of
from engagecheck.web.models import Assessment, Deadline, Wanted
from engagecheck.web.pages.downloads import attachment, file_name
from engagecheck.web.standing import report_of
from engagecheck.web.team.own_actions import own_actions
from engagecheck.web.team.table import DRAFTING, TABLE


@frozen
class Reminder:
    """Something with a day: what it is, who has to see to it, the name of the action, and the page where it is changed."""

    on: date
    text: str
    owner: str
    id: str
    address: str

    @property
    def day(self) -> str:
        """The day in words."""
        return day(self.on.isoformat())


def reminders_of(request: HttpRequest, assessment: Assessment) -> list[Reminder]:
    """By day: actions that are not done, evidence that is asked for, sections to fill in, and what expires soon.

    Contributors get those of their own sections, actions and requests.
    """
    return sorted(_reminders(request, assessment), key=lambda one: (one.on, one.id))


def _reminders(request: HttpRequest, assessment: Assessment) -> Iterator[Reminder]:
    access = request.access
    rows = rows_of(tracker_of(assessment))[0] if access.may(TABLE["tracker"], acts=False) else []
    for row in own_actions(request, assessment, rows):
        if row.due and not row.is_done:
            yield Reminder(row.due, row.action, row.owner, row.id, reverse("action", args=(assessment.pk, row.id)))
    for one in Wanted.objects.filter(assessment=assessment, done_by="").select_related("asked"):
        if one.asked != request.user and not access.has(one.section):
            continue
        address = reverse("wanted", args=(assessment.pk,))
        yield Reminder(one.due, f"Evidence: {one.text}", str(one.asked), f"wanted-{one.pk}", address)
    for one in Deadline.objects.filter(assessment=assessment) if assessment.step == DRAFTING else ():
        if not access.has(one.section):
            continue
        address = reverse("questions", args=(assessment.pk, one.section))
        yield Reminder(one.due, f"Fill in: {question_at(one.section).title}", "", f"deadline-{one.section}", address)
    for number, one in enumerate(report_of(assessment).expiring if access.reads_all else ()):
        address = reverse("evidence-ages", args=(assessment.pk,))
        yield Reminder(date.fromisoformat(one.on), f"Expires: {one.what}", "", f"expires-{number}", address)


@never_cache
@require_GET
def reminders(request: HttpRequest, pk: int) -> HttpResponse:
    """What is overdue today, what is due soon, and what is due later."""
    assessment = get_object_or_404(Assessment, pk=pk)
    today, found = _today(), reminders_of(request, assessment)
    parts = {
        "assessment": assessment,
        "groups": [
            ("Overdue", [one for one in found if one.on < today]),
            (f"In the next {SOON} days", [one for one in found if 0 <= (one.on - today).days <= SOON]),
            ("Later", [one for one in found if (one.on - today).days > SOON]),
        ],
    }
    return render(request, "workplace/reminders.html", parts)


def _today() -> date:
    """The local day of this machine."""
    return timezone.now().astimezone().date()


@never_cache
@require_GET
def calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """The reminders as days in a calendar. An entry keeps its id, so that a calendar that reads the file again renews it."""
    assessment = get_object_or_404(Assessment, pk=pk)
    made = Calendar()
    made.add("prodid", "-//engagecheck//workplace//EN")
    made.add("version", "2.0")
    for one in reminders_of(request, assessment):
        event = Event()
        event.add("uid", f"{one.id}@assessment-{assessment.pk}.engagecheck")
        event.add("dtstamp", assessment.saved_at)
        event.add("dtstart", one.on)
        event.add("summary", one.text)
        event.add("description", f"{assessment}. {f'Owner: {one.owner}.' if one.owner else ''}".strip())
        made.add_component(event)
    return attachment(made.to_ical(), file_name(assessment, "reminders", "ics"))

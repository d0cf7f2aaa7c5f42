"""What happens to an assessment: its changes, reviews, remarks, approvals, deadlines, and requests for evidence."""

import json
from datetime import date, datetime

from django.db import models

from engagecheck.model.labels import day
from engagecheck.web.database import OrderedJSON
from engagecheck.web.models.people import User
from engagecheck.web.team.table import APPROVED, PUBLISHED


def moment(at: datetime) -> str:
    """A time in words, in the time of this machine."""
    here = at.astimezone()
    return f"{day(here.date().isoformat())}, {here:%H:%M}"


class Change(models.Model):
    """One line of the audit trail: who changed what, when, from what to what. Nothing changes a line, except that texts
    which must not be kept are removed from it. Then a digest that only the key of this workplace makes stays, with the reason.
    """

    assessment = models.ForeignKey("Assessment", on_delete=models.CASCADE, null=True)
    section = models.CharField(max_length=60, default="")
    address = models.CharField(max_length=300, default="")
    what = models.CharField(max_length=200)
    before = models.TextField(default="")
    after = models.TextField(default="")
    by = models.CharField(max_length=150)
    at = models.DateTimeField(auto_now_add=True)
    erased_by = models.CharField(max_length=150, default="")
    erased_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=500, default="")

    class Meta:
        """The newest comes first."""

        ordering = ("-pk",)
        indexes = (models.Index(fields=("assessment", "section"), name="trail_of_a_section"),)

    def __str__(self) -> str:
        return f"{self.what}: {self.address}"

    @property
    def when(self) -> str:
        """When it was changed."""
        return moment(self.at)


class Review(models.Model):
    """A section that somebody reviewed after the assessment was submitted."""

    assessment = models.ForeignKey("Assessment", on_delete=models.CASCADE)
    section = models.CharField(max_length=60)
    by = models.CharField(max_length=150)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """Each section is reviewed once."""

        constraints = (models.UniqueConstraint(fields=("assessment", "section"), name="one_review_a_section"),)

    def __str__(self) -> str:
        return f"{self.section}, by {self.by}"


class Remark(models.Model):
    """What somebody says about a question, the answer to it, and who closed it."""

    assessment = models.ForeignKey("Assessment", on_delete=models.CASCADE)
    address = models.CharField(max_length=300)
    text = models.TextField()
    by = models.CharField(max_length=150)
    at = models.DateTimeField(auto_now_add=True)
    answer = models.TextField(default="")
    answered_by = models.CharField(max_length=150, default="")
    closed_by = models.CharField(max_length=150, default="")

    class Meta:
        """The oldest comes first."""

        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.address}, by {self.by}"

    @property
    def section(self) -> str:
        """The section of its question."""
        return str(self.address).partition("/")[0]

    @property
    def when(self) -> str:
        """When it was made."""
        return moment(self.at)


class Approval(models.Model):
    """An assessment as it was approved: its document, its files, its report, and its number in the history.

    The board's decision, and when the board got the report, are added to it. Nothing else changes, except that texts which must
    not be kept are removed. `report_digest` is that of the report as it was approved.
    """

    assessment = models.ForeignKey("Assessment", on_delete=models.PROTECT)
    version = models.PositiveBigIntegerField()
    document = OrderedJSON()
    files = models.JSONField()
    report = models.TextField()
    report_digest = models.CharField(max_length=64)
    history_number = models.PositiveBigIntegerField()
    role = models.CharField(max_length=120)
    by = models.CharField(max_length=150)
    at = models.DateTimeField(auto_now_add=True)
    published_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=120, default="")
    meeting = models.DateField(null=True)
    minute = models.CharField(max_length=300, default="")

    class Meta:
        """The newest comes first."""

        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.report_digest[:12]}, by {self.role}"

    @property
    def when(self) -> str:
        """The day of the approval, as it was signed and as papers print it."""
        return day(self.document.get("sign_off", {}).get("approved", {}).get("on", ""))

    @property
    def recorded(self) -> str:
        """When the approval was recorded."""
        return moment(self.at)

    @property
    def removed(self) -> list[str]:
        """When texts were removed from it, by whom, and why."""
        found: list[str] = json.loads(self.report)["run"].get("removed", [])
        return found

    @property
    def is_being_revised(self) -> bool:
        """Whether the assessment was opened again since."""
        return self.assessment.step not in (APPROVED, PUBLISHED)

    @property
    def decision(self) -> str:
        """What the board decided, in words. Empty until it is recorded."""
        if not self.decided_by:
            return ""
        held = f", {day(self.meeting.isoformat())}" if self.meeting else ""
        return f"{self.decided_by}{held}{f', minute {self.minute}' if self.minute else ''}"


class Deadline(models.Model):
    """The day by which a section is to be filled in."""

    assessment = models.ForeignKey("Assessment", on_delete=models.CASCADE)
    section = models.CharField(max_length=60)
    due = models.DateField()

    class Meta:
        """Each section has one."""

        constraints = (models.UniqueConstraint(fields=("assessment", "section"), name="one_deadline_a_section"),)

    def __str__(self) -> str:
        return f"{self.section}: {self.due}"


class Wanted(models.Model):
    """Evidence that somebody is asked for: what, who, and by when."""

    assessment = models.ForeignKey("Assessment", on_delete=models.CASCADE)
    section = models.CharField(max_length=60)
    text = models.CharField(max_length=500)
    asked = models.ForeignKey(User, on_delete=models.CASCADE)
    due = models.DateField()
    by = models.CharField(max_length=150)
    at = models.DateTimeField(auto_now_add=True)
    done_by = models.CharField(max_length=150, default="")

    class Meta:
        """What is due first comes first."""

        ordering = ("due", "pk")

    def __str__(self) -> str:
        return f"{self.text}, {self.due}"

    @property
    def by_when(self) -> str:
        """The day, in words."""
        return day(self.due.isoformat())

    @property
    def is_late(self) -> bool:
        """Whether the day has passed and nothing came."""
        return not self.done_by and self.due < date.today()  # noqa: DTZ011  # a day of this machine


class HistoryRow(models.Model):
    """The table of `engagecheck history`, in this database, so that an approval and its row are one transaction."""

    number = models.BigIntegerField(primary_key=True)
    subject = models.TextField()
    name = models.TextField()
    as_of = models.TextField()
    report_digest = models.TextField()
    previous = models.TextField()
    row_digest = models.TextField()
    content = models.TextField()

    class Meta:
        """Called as the command line calls it."""

        db_table = "engagecheck_history"

    def __str__(self) -> str:
        return f"{self.number}: {self.name}, {self.as_of}"

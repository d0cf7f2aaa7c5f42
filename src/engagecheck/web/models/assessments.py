"""What is stored: organisations, their assessments, and their files of evidence."""

from collections.abc import Mapping
from typing import Any, Self

from django.db import models
from django.shortcuts import get_object_or_404

from engagecheck.errors import InputRefused
from engagecheck.intake.workflow.sign_off import unsigned
from engagecheck.model.labels import day
from engagecheck.web.answers.places import marked, plain
from engagecheck.web.answers.saving import Kept
from engagecheck.web.database import OrderedJSON
from engagecheck.web.models.people import Membership, User
from engagecheck.web.team.table import DRAFTING, LEAD
from engagecheck.web.team.trail import record, record_answers


class NotNow(InputRefused):
    """Raised when an assessment can no longer be changed."""


class Organisation(models.Model):
    """Whose assessments and files belong together. The name is that of the first profile.

    Two of them may have one name: a team never reaches what another team has, by the name of its organisation.
    """

    name = models.CharField(max_length=300)

    def __str__(self) -> str:
        return str(self.name)


class Assessment(models.Model):
    """One organisation on one day. `document` is the profile with an id in each entry; it is the only source of every fact.

    `typed` holds, by address, the texts that failed a check. `version` counts the saves. `step` is one of the table's.
    If `shows_score` is true, contributors see the score too.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    document: Any = OrderedJSON()
    typed: Any = OrderedJSON(default=dict)
    version = models.PositiveBigIntegerField(default=1)
    begun_at = models.DateTimeField(auto_now_add=True)
    saved_at = models.DateTimeField(auto_now=True)
    step = models.CharField(max_length=10, default=DRAFTING)
    shows_score = models.BooleanField(default=False)

    class Meta:
        """The last saved comes first."""

        ordering = ("-saved_at",)

    def __str__(self) -> str:
        return f"{self.name}, {self.day}"

    @classmethod
    def begin(cls, document: Mapping[str, Any], lead: User | None = None) -> Self:
        """A new assessment with the document of a profile, for the organisation of its name that the lead has, or a new one.

        Signatures are left out: here, only the steps sign.
        """
        known = Organisation.objects.filter(name=document["organisation"]["name"])
        if lead is not None:
            known = known.filter(assessment__membership__user=lead, assessment__membership__role=LEAD)
        organisation = known.first() or Organisation.objects.create(name=document["organisation"]["name"])
        made = cls.objects.create(organisation=organisation, document=marked(unsigned(document)))
        if lead is not None:
            Membership.objects.create(assessment=made, user=lead, role=LEAD)
        record(made, "begun", "", "", str(made))
        return made

    @property
    def name(self) -> str:
        """The name of the organisation."""
        return str(self.document["organisation"]["name"])

    @property
    def day(self) -> str:
        """The day that the profile describes, in words."""
        return day(self.document["as_of"])

    @property
    def saved(self) -> str:
        """When it was last saved, in words and in the time of this machine."""
        here = self.saved_at.astimezone()
        return f"{day(here.date().isoformat())}, {here:%H:%M}"

    @property
    def kept(self) -> Kept:
        """What `answers` works on."""
        return Kept(self.document, self.typed)

    @property
    def profile(self) -> dict[str, object]:
        """The profile, without the ids of its entries."""
        profile: dict[str, object] = plain(self.document)
        return profile

    @classmethod
    def held(cls, pk: int) -> Self:
        """An assessment that is to be changed, in a transaction that holds its row. Raises `Http404` and `NotNow`."""
        found: Self = get_object_or_404(cls.objects.select_for_update(), pk=pk)
        found.refuse_unless_drafting()
        return found

    def refuse_unless_drafting(self) -> None:
        """Raise `NotNow` if the assessment can no longer be changed."""
        if self.step != DRAFTING:
            raise NotNow([f"Nothing was saved: the assessment is {self.step}, so it cannot be changed any more."])

    def keep(self, kept: Kept) -> None:
        """Store what is kept after a change, and put the change on record, in the transaction that holds this row.

        Every change of an answer goes through here, from pages, imports and programs alike. Raises `NotNow`.
        """
        self.refuse_unless_drafting()
        record_answers(self, self.kept, kept)
        self.document, self.typed = kept.document, kept.typed
        self.version += 1
        self.save()


class StoredFile(models.Model):
    """A file of one organisation, by its digest, so that the same file is kept once. `size` is in bytes.

    A file that was removed on purpose has no bytes any more. Its digest, the reason, and who removed it when stay.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    removed_at = models.DateTimeField(null=True)
    removed_by = models.CharField(max_length=150, default="")
    reason = models.CharField(max_length=500, default="")

    class Meta:
        """One record for each file of an organisation."""

        constraints = (models.UniqueConstraint(fields=("organisation", "sha256"), name="one_record_a_file"),)

    def __str__(self) -> str:
        return f"{self.sha256[:12]}, {self.size} bytes"


class Revision(models.Model):
    """A file that was added to an entry of the evidence register, by whom and when. A new one keeps those before it."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE)
    entry = models.CharField(max_length=13)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT)
    name = models.CharField(max_length=100)
    added_by = models.CharField(max_length=150)
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """The newest comes first."""

        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.name}, {self.file}"

    @property
    def address(self) -> str:
        """The address of its entry."""
        return f"evidence/{self.entry}"

    @property
    def added(self) -> str:
        """When it was added, in words and in the time of this machine."""
        return day(self.added_at.astimezone().date().isoformat())

"""What is stored: assessments."""

from django.db import models

from engagecheck.model.labels import day
from engagecheck.web.answers.places import plain
from engagecheck.web.answers.saving import Kept


class Assessment(models.Model):
    """One organisation on one day. `document` is the profile with an id in each entry; it is the only source of every fact.

    `typed` holds, by address, the texts that failed a check. `version` counts the saves.
    """

    document = models.JSONField()
    typed = models.JSONField(default=dict)
    version = models.PositiveBigIntegerField(default=1)
    begun_at = models.DateTimeField(auto_now_add=True)
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        """The last saved comes first."""

        ordering = ("-saved_at",)

    def __str__(self) -> str:
        return f"{self.name}, {self.day}"

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

    def keep(self, kept: Kept) -> None:
        """Store what is kept after a change, in the transaction that holds this row."""
        self.document, self.typed = kept.document, kept.typed
        self.version += 1
        self.save()

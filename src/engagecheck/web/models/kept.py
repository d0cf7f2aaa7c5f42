"""What is stored next to the profile: files that are looked at before anything is taken over, and the work on actions."""

from django.db import models


class Upload(models.Model):
    """A file that somebody brought into an assessment. It is deleted when it is taken over or left out.

    Without an assessment, one is to begin with it. `names` is a list that names the organisations of the file, if there is one.
    """

    assessment = models.ForeignKey("workplace.Assessment", on_delete=models.CASCADE, null=True)
    by = models.CharField(max_length=150)
    name = models.CharField(max_length=255)
    content = models.BinaryField()
    names_name = models.CharField(max_length=255, default="")
    names = models.BinaryField(null=True)
    added_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return str(self.name)


class Meeting(models.Model):
    """The day of the board's meeting about an assessment, from which due dates count."""

    assessment = models.OneToOneField("workplace.Assessment", on_delete=models.CASCADE)
    day = models.DateField(null=True)

    def __str__(self) -> str:
        return str(self.day or "")


class TrackedAction(models.Model):
    """What people wrote about an action. `progress` is per cent. Without a day it is due as the report says."""

    assessment = models.ForeignKey("workplace.Assessment", on_delete=models.CASCADE)
    action = models.CharField(max_length=250)
    owner = models.CharField(max_length=200)
    due = models.DateField(null=True)
    status = models.CharField(max_length=20)
    progress = models.PositiveSmallIntegerField()
    notes = models.TextField(default="")

    class Meta:
        """One record for each action of an assessment."""

        constraints = (models.UniqueConstraint(fields=("assessment", "action"), name="one_record_an_action"),)

    def __str__(self) -> str:
        return str(self.action)


class GivenAction(models.Model):
    """An action that the lead gave to a contributor to work on."""

    assessment = models.ForeignKey("workplace.Assessment", on_delete=models.CASCADE)
    action = models.CharField(max_length=250)
    user = models.ForeignKey("workplace.User", on_delete=models.CASCADE)

    class Meta:
        """Each action is given to one person."""

        constraints = (models.UniqueConstraint(fields=("assessment", "action"), name="given_to_one"),)

    def __str__(self) -> str:
        return f"{self.action}: {self.user}"


class EarlierTracker(models.Model):
    """The tracker of an assessment that was deleted, because a later assessment carries on the work in it."""

    organisation = models.ForeignKey("workplace.Organisation", on_delete=models.CASCADE)
    as_of = models.DateField()
    tracker = models.JSONField()

    def __str__(self) -> str:
        return str(self.as_of)

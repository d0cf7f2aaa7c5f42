"""What is stored of a questionnaire while it is open: counts and unused codes. No row is about a person or has a time."""

from django.db import models


class Survey(models.Model):
    """An open questionnaire. It is deleted at closing, with its counts and codes. `on` is when it was asked."""

    assessment = models.OneToOneField("workplace.Assessment", on_delete=models.CASCADE)
    on = models.CharField(max_length=10)
    invited = models.JSONField()

    def __str__(self) -> str:
        return f"{self.assessment}, {self.on}"


class Code(models.Model):
    """A code that nobody has used yet, by its digest, which is also its key: no order says when it was made."""

    digest = models.CharField(max_length=64, primary_key=True)
    survey = models.ForeignKey(Survey, on_delete=models.CASCADE)
    group = models.CharField(max_length=30)

    def __str__(self) -> str:
        return str(self.group)


class Count(models.Model):
    """How many of a group gave an answer to an item. All rows are made at opening. Without an item: how many took part."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE)
    group = models.CharField(max_length=30)
    item = models.CharField(max_length=30)
    answer = models.PositiveSmallIntegerField()
    people = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.group}, {self.item}"

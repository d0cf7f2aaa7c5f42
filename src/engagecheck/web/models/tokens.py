"""Tokens of programs."""

from datetime import timedelta

from django.db import models

from engagecheck.model.labels import day
from engagecheck.web.models.people import User

YEAR = timedelta(days=365)
"""How long a token is good for."""


class Token(models.Model):
    """A token by its digest. `name` says which program has it. It has the rights of its user."""

    user = models.ForeignKey(User, on_delete=models.CASCADE)
    name = models.CharField(max_length=100)
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """The newest comes first."""

        ordering = ("-pk",)

    def __str__(self) -> str:
        return str(self.name)

    @property
    def ends(self) -> str:
        """The day on which it ends, in words and in the time of this machine."""
        return day((self.made_at + YEAR).astimezone().date().isoformat())

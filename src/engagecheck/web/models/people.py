"""Who uses the workplace, and who has which role in which assessment."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models


class User(AbstractBaseUser):
    """Somebody who signs in. The three rights hold for the whole workplace; every other right is a role in an assessment."""

    username = models.CharField(
        max_length=150,
        unique=True,
        validators=(UnicodeUsernameValidator(),),
        error_messages={"blank": "Enter a name.", "unique": "There is somebody of this name already."},
    )
    is_active = models.BooleanField(default=True)
    is_administrator = models.BooleanField(default=False)
    is_auditor = models.BooleanField(default=False)
    may_begin = models.BooleanField(default=False)

    objects = BaseUserManager()
    USERNAME_FIELD = "username"

    def __str__(self) -> str:
        return str(self.username)

    @property
    def rights(self) -> str:
        """The rights for the whole workplace, in words."""
        held = (
            (self.is_administrator, "administrator"),
            (self.is_auditor, "auditor"),
            (self.may_begin, "begins assessments"),
        )
        return ", ".join(words for has, words in held if has)


class Membership(models.Model):
    """A role of a user in one assessment: one of `MEMBER_ROLES`. `sections` are a contributor's; other roles have none."""

    assessment = models.ForeignKey("Assessment", on_delete=models.CASCADE)
    user = models.ForeignKey(User, on_delete=models.CASCADE)
    role = models.CharField(max_length=20)
    sections = models.JSONField(default=list)

    class Meta:
        """One row for each role."""

        ordering = ("user__username", "role")
        constraints = (models.UniqueConstraint(fields=("assessment", "user", "role"), name="each_role_once"),)

    def __str__(self) -> str:
        return f"{self.user}: {self.role}"

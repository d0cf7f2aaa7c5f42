"""Users: made by an administrator, with a password of their own that they set by a link which works once."""

from collections.abc import Mapping
from urllib.parse import urlencode

from django.contrib.auth.backends import RemoteUserBackend
from django.contrib.auth.password_validation import validate_password
from django.contrib.auth.tokens import PasswordResetTokenGenerator, default_token_generator
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import base36_to_int, urlsafe_base64_encode

from engagecheck.errors import UsageRefused
from engagecheck.web.models import User
from engagecheck.web.settings import LINK_SECONDS
from engagecheck.web.team.trail import record

RIGHTS = ("is_administrator", "is_auditor", "may_begin")
"""The rights that a user can have in the whole workplace."""


class KnownUsers(RemoteUserBackend):
    """Users whom a trusted proxy has signed in. One who is not known here is not let in."""

    create_unknown_user = False


class LinkTokens(PasswordResetTokenGenerator):
    """Tokens of the link at this machine. They are Django's own, and end sooner than those for a new password."""

    key_salt = "engagecheck.web.team.accounts.LinkTokens"

    def check_token(self, user: User | None, token: str | None) -> bool:
        """Whether a token is right, was not used, and is new enough."""
        if not super().check_token(user, token):
            return False
        age: int = self._num_seconds(self._now()) - base36_to_int(str(token).partition("-")[0])
        return age <= LINK_SECONDS


link_tokens = LinkTokens()


def is_alone() -> bool:
    """Whether one person works alone at this machine: the only user has no password."""
    passwords = list(User.objects.values_list("password", flat=True)[:2])
    return len(passwords) <= 1 and all(one.startswith("!") for one in passwords)


def first_user() -> User:
    """The one user of a workplace for one person, who has no password and signs in by a link."""
    user: User | None = User.objects.order_by("pk").first()
    return user if user is not None else make("lead", {})


def make(name: str, rights: Mapping[str, bool], password: str | None = None) -> User:
    """A new user. Raises `ValidationError` for a name or a password that cannot be used."""
    user = User(username=User.normalize_username(name.strip()), **rights)
    user.set_unusable_password()
    user.full_clean()
    if password is not None:
        set_password(user, password)
    user.save()
    return user


def set_password(user: User, password: str) -> None:
    """Give a user a password, without saving. Raises `ValidationError` if it is easy to guess."""
    validate_password(password, user)
    user.set_password(password)


def make_or_change(name: str, rights: Mapping[str, bool], password: str) -> bool:
    """Make a user, or give one who is there a new password and more rights. Returns whether the user is new.

    Raises `UsageRefused` for a name or a password that cannot be used, and for a first user who cannot make others.
    """
    if is_alone() and not rights.get("is_administrator"):
        raise UsageRefused("the first user of a team must be an administrator, who makes the others: add --administrator")
    try:
        user = User.objects.filter(username=User.normalize_username(name.strip())).first()
        if user is None:
            user = make(name, rights, password)
            record(None, f"user {user}", "", "", user.rights)
            return True
        before = user.rights
        for right, has in rights.items():
            setattr(user, right, has or getattr(user, right))
        set_password(user, password)
        user.is_active = True
        user.save()
        record(None, f"user {user}, with a new password", "", before, user.rights)
    except ValidationError as error:
        raise UsageRefused(f"{name}: {' '.join(error.messages)}") from None
    return False


def sign_in_link(user: User) -> str:
    """The path of a link that signs in the one user at this machine, once. The next sign-in ends it, and so do five minutes."""
    return f"{reverse('sign-in')}?{urlencode({'user': user.pk, 'token': link_tokens.make_token(user)})}"


def password_link(user: User) -> str:
    """The path of a link by which a user sets a password once. A new password or a sign-in ends it."""
    key = urlsafe_base64_encode(force_bytes(user.pk))
    return reverse("password-link", kwargs={"uidb64": key, "token": default_token_generator.make_token(user)})

"""Users of a team: made by the administrator or the command line, signed in by name and password, or by a trusted proxy."""

import html
import os
import re
import subprocess
import sys

import pytest

from engagecheck import UsageRefused
from walk import served

GOOD = "three blue herons"


def text(answer):
    return html.unescape(answer.content.decode())


@pytest.fixture
def quick():
    """Django's settings with a hash that takes no time."""
    from django.core.cache import cache
    from django.test import override_settings

    cache.clear()
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture
def nobody(visitor, quick):  # noqa: ARG001
    """A browser of someone who is not signed in, where a team has users."""
    from engagecheck.web.team.accounts import make

    make("lead", {"may_begin": True}, GOOD)
    make("admin", {"is_administrator": True}, GOOD)
    return visitor


def signed_in(client, name, password):
    return client.post("/sign-in", {"username": name, "password": password})


def test_a_user_signs_in_with_name_and_password_and_no_link_works_in_a_team(nobody):
    assert 'type="password"' in text(nobody.get("/sign-in"))
    wrong = signed_in(nobody, "lead", "something else")
    assert wrong.status_code == 422
    assert "The name or the password is not right" in re.sub("<[^>]+>", "", text(wrong))
    assert nobody.get("/").status_code == 302
    assert signed_in(nobody, "lead", GOOD).headers["Location"] == "/"
    assert nobody.get("/").status_code == 200
    nobody.post("/sign-out")
    from engagecheck.web.team.accounts import first_user, sign_in_link

    assert "Password" in text(nobody.get(sign_in_link(first_user())))
    assert nobody.post("/sign-in", {"user": first_user().pk, "token": sign_in_link(first_user()).partition("token=")[2]}).status_code == 422
    assert nobody.get("/").status_code == 302


def test_somebody_who_may_not_sign_in_or_is_not_known_is_told_no_more_than_that(nobody):
    from engagecheck.web.models import User

    User.objects.filter(username="lead").update(is_active=False)
    answers = [re.sub(r'value="\w*"', "", text(signed_in(nobody, name, GOOD))) for name in ("lead", "somebody")]
    assert answers[0] == answers[1]
    assert nobody.get("/").status_code == 302


def test_attempts_are_limited_by_name_and_by_address(nobody):
    from engagecheck.web.team import limit

    for number in range(limit.MOST["name"]):
        assert signed_in(nobody, ("LEAD", " lead", "lead ", "\uff4cead")[number % 4], "wrong").status_code == 422
    assert {signed_in(nobody, name, GOOD).status_code for name in ("lead", "  lead", "\uff4cead")} == {429}
    assert signed_in(nobody, "admin", GOOD).status_code == 302
    nobody.post("/sign-out")
    for number in range(limit.MOST["from"] - limit.MOST["name"]):
        assert signed_in(nobody, f"somebody {number}", "wrong").status_code == 422
    assert signed_in(nobody, "admin", GOOD).status_code == 429


def test_a_sign_in_that_succeeds_forgets_the_attempts_with_the_name(nobody):
    from engagecheck.web.team import limit

    for _ in range(2):
        for _ in range(limit.MOST["name"] - 1):
            signed_in(nobody, "lead", "wrong")
        assert signed_in(nobody, "lead", GOOD).status_code == 302
        nobody.post("/sign-out")


def test_the_administrator_adds_a_person_who_sets_a_password_by_a_link_that_works_once(nobody):
    from django.test import Client

    signed_in(nobody, "admin", GOOD)
    page = text(nobody.post("/people", {"name": "reviewer@trust.example"}))
    link = re.search(r"http://127.0.0.1(/password/\S+?)<", page)[1]
    assert link.split("/")[-2] not in text(nobody.get("/people"))
    person = Client(SERVER_NAME="127.0.0.1")
    form = person.get(link, follow=True)
    there = form.redirect_chain[-1][0]
    assert "set-password" in there
    for bad in ("short", "qwerty123456", "123456789012", "reviewer@trust.example"):
        assert "Error:" in text(person.post(there, {"new_password1": bad, "new_password2": bad})), bad
    assert "Error:" in text(person.post(there, {"new_password1": GOOD, "new_password2": "another"}))
    assert "Your password is set" in text(person.post(there, {"new_password1": GOOD, "new_password2": GOOD}, follow=True))
    assert "This link no longer works" in text(person.get(link, follow=True))
    assert signed_in(person, "reviewer@trust.example", GOOD).status_code == 302


def test_a_link_for_a_password_ends_after_a_day_and_by_a_newer_password(nobody, monkeypatch):
    from datetime import datetime, timedelta

    from django.contrib.auth.tokens import default_token_generator

    from engagecheck.web.models import User
    from engagecheck.web.team.accounts import password_link

    link = password_link(User.objects.get(username="lead"))
    now = datetime.now()
    monkeypatch.setattr(default_token_generator, "_now", lambda: now + timedelta(days=1, seconds=5))
    assert "no longer works" in text(nobody.get(link, follow=True))
    monkeypatch.setattr(default_token_generator, "_now", lambda: now + timedelta(hours=23))
    assert "no longer works" not in text(nobody.get(link, follow=True))
    user = User.objects.get(username="lead")
    user.set_password("another good one")
    user.save()
    assert "no longer works" in text(nobody.get(link, follow=True))


def test_a_new_password_ends_the_other_sessions(nobody):
    from django.test import Client

    other = Client(SERVER_NAME="127.0.0.1")
    signed_in(nobody, "lead", GOOD)
    signed_in(other, "lead", GOOD)
    wrong = nobody.post("/password", {"old_password": "no", "new_password1": "four green frogs", "new_password2": "four green frogs"})
    assert "Error:" in text(wrong)
    done = nobody.post("/password", {"old_password": GOOD, "new_password1": "four green frogs", "new_password2": "four green frogs"}, follow=True)
    assert "Your password is changed" in text(done)
    assert nobody.get("/").status_code == 200
    assert other.get("/").status_code == 302


def test_rights_are_changed_and_the_last_administrator_stays(nobody):
    from engagecheck.web.models import User

    signed_in(nobody, "admin", GOOD)
    admin, lead = (User.objects.get(username=name).pk for name in ("admin", "lead"))
    assert nobody.post(f"/people/{admin}", {"is_active": "on"}).status_code == 422
    assert nobody.post(f"/people/{admin}", {"is_administrator": "on"}).status_code == 422
    assert User.objects.get(pk=admin).is_administrator
    nobody.post(f"/people/{lead}", {"is_active": "on", "is_auditor": "on", "is_administrator": "on"})
    changed = User.objects.get(pk=lead)
    assert (changed.is_auditor, changed.is_administrator, changed.may_begin) == (True, True, False)
    nobody.post(f"/people/{admin}", {"is_active": "on"})
    assert nobody.get("/people").status_code == 403
    assert nobody.get("/people/999").status_code == 403


@pytest.mark.parametrize("name", ["", "lead", "a b", "x" * 151, "<script>"])
def test_a_name_that_cannot_be_used_is_explained(nobody, name):
    signed_in(nobody, "admin", GOOD)
    answer = nobody.post("/people", {"name": name})
    assert answer.status_code == 422
    assert "There is a problem" in text(answer)
    assert "<script>" not in answer.content.decode()


def test_a_trusted_proxy_signs_users_in_and_nobody_else_can(nobody):
    from django.test import override_settings

    def asked(user, **by_proxy):  # how the server tells whose header it is: test_proxy.py
        return nobody.get("/", headers={"x-remote-user": user, **by_proxy}).status_code

    by_proxy = {"x-forwarded-proto": "https"}
    assert asked("lead", **by_proxy) == 302
    with override_settings(TRUSTS_REMOTE_USER=True):
        assert asked("lead") == 302
        assert asked("somebody", **by_proxy) == 302
        assert asked("lead", **by_proxy) == 200
        assert asked("admin") == 302
    from engagecheck.web.models import User

    assert User.objects.count() == 2


@pytest.mark.exhaustive
def test_the_command_line_makes_the_first_user_and_never_takes_a_password_as_an_argument(tmp_path):
    command = [sys.executable, "-m", "engagecheck", "workplace", "user", "admin", "--folder", str(tmp_path / "data")]

    def made(password, *options):
        done = subprocess.run([*command, *options], input=password, capture_output=True, text=True, check=False, timeout=120)
        return done.returncode, done.stderr

    assert made("short\n", "--administrator")[0] == 2
    assert made(f"{GOOD}\n")[1].startswith("the first user of a team must be an administrator")
    assert made("", "--administrator") == (2, "workplace user: give the password as one line on standard input, or start it in a terminal\n")
    assert made(f"{GOOD}\n", "--administrator") == (0, "Made: admin. Now: engagecheck serve\n")
    assert made("four green frogs\n")[1] == "Changed: admin. Now: engagecheck serve\n"
    beyond = [sys.executable, "-m", "engagecheck", "serve", "--folder", str(tmp_path / "data"), "--host", "0.0.0.0", "--no-browser"]  # noqa: S104
    refused = subprocess.run(beyond, capture_output=True, text=True, check=False, timeout=60)
    assert (refused.returncode, "ENGAGECHECK_HOSTS" in refused.stderr) == (2, True)
    named = {**os.environ, "ENGAGECHECK_HOSTS": "audit.trust.example"}
    refused = subprocess.run(beyond, capture_output=True, text=True, check=False, timeout=60, env=named)
    assert (refused.returncode, "ENGAGECHECK_PROXY" in refused.stderr) == (2, True)
    with served(tmp_path / "data") as process:
        assert process.link == f"{process.base}/"


@pytest.mark.exhaustive
def test_it_listens_beyond_this_machine_only_with_users(tmp_path):
    command = [sys.executable, "-m", "engagecheck", "serve", "--folder", str(tmp_path / "data"), "--host", "0.0.0.0", "--no-browser"]  # noqa: S104
    refused = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert refused.returncode == 2
    assert refused.stderr.startswith("--host: nobody is asked for a password yet; first make a user")
    named = {**os.environ, "ENGAGECHECK_HOSTS": "audit.trust.example", "ENGAGECHECK_PROXY": "127.0.0.1"}
    by_proxy = subprocess.run([*command[:6], "--no-browser"], capture_output=True, text=True, check=False, timeout=60, env=named)
    assert (by_proxy.returncode, by_proxy.stderr) == (2, refused.stderr)


def test_the_names_of_a_team_come_from_the_environment(monkeypatch, tmp_path):
    from engagecheck.web.environment import HOSTS_VARIABLE, PROXY_VARIABLE, environment
    from engagecheck.web.folder import Folder
    from engagecheck.web.settings import settings_for

    monkeypatch.setenv(HOSTS_VARIABLE, "audit.trust.example, , other.example")
    monkeypatch.setenv(PROXY_VARIABLE, " 127.0.0.1 ")
    made = settings_for(Folder(tmp_path, "k"), environment())
    assert made["ALLOWED_HOSTS"] == ["127.0.0.1", "localhost", "[::1]", "audit.trust.example", "other.example"]
    assert made["SECURE_SSL_REDIRECT"]
    assert not made["TRUSTS_REMOTE_USER"]


@pytest.mark.parametrize(("name", "value"), [
    ("ENGAGECHECK_HOSTS", "*"), ("ENGAGECHECK_HOSTS", "*.trust.example"), ("ENGAGECHECK_PROXY", "*"), ("ENGAGECHECK_REMOTE_USER", "perhaps"),
    ("ENGAGECHECK_REMOTE_USER", "yes"), ("ENGAGECHECK_SECRET_KEY", "short"),
])  # fmt: skip
def test_what_a_team_sets_must_be_safe_and_go_together(run, name, value):
    done = run("serve", "--no-browser", "--port", "0", "--folder", "data", env={name: value})
    assert (done.returncode, done.stderr.count(b"\n")) == (2, 1), done.stderr
    assert b"ENGAGECHECK_" in done.stderr


@pytest.mark.usefixtures("visitor", "quick")
def test_whoever_has_worked_alone_keeps_the_assessments_when_a_team_begins(officer, sound):
    from engagecheck.web.models import Assessment, Change, User
    from engagecheck.web.team.accounts import first_user, is_alone, make_or_change

    assert is_alone()
    Assessment.begin(sound, first_user())
    make_or_change("admin", {"is_administrator": True}, GOOD)
    assert not is_alone()
    assert officer.get("/assessments/1/").status_code == 200
    assert officer.get("/people").status_code == 403
    assert not make_or_change("lead", {"may_begin": True}, GOOD)
    assert User.objects.get(username="lead").may_begin
    made = Change.objects.filter(assessment=None).order_by("pk").values_list("what", "before", "after", "by")
    assert list(made) == [("user admin", "", "administrator", ""), ("user lead, with a new password", "", "begins assessments", "")]
    with pytest.raises(UsageRefused, match="too common"):
        make_or_change("lead", {}, "qwerty123456")

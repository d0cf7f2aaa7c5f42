"""What the checklist of security says and no other test looks at."""

import ast
from datetime import timedelta

import pytest

from conftest import ROOT

CODE = sorted((ROOT / "src/engagecheck/web").rglob("*.py"))
FETCHES = {"urllib.request", "http.client", "requests", "httpx", "socket", "smtplib", "ftplib", "aiohttp"}
BY_HAND = {"raw", "extra", "RawSQL", "execute", "executemany"}
"""What takes a query as text."""


def test_every_line_of_the_checklist_has_a_test_or_a_reason():
    lines = [one for one in (ROOT / "docs/security-web.md").read_text("utf-8").splitlines() if one.startswith("| ")]
    last = [one.rstrip("| ").rpartition("|")[2].strip() for one in lines if not one.startswith("| requirement")]
    assert len(last) > 50
    assert [one for one in last if not (one.startswith("`test_") or one == "reason")] == []


@pytest.mark.usefixtures("visitor")
def test_a_password_is_kept_as_a_slow_digest_with_a_salt():
    from engagecheck.web.team.accounts import make

    one, other = (make(name, {}, "three blue herons").password.split("$") for name in ("one", "other"))
    assert one[0] == other[0] == "pbkdf2_sha256"
    assert int(one[1]) >= 1_000_000
    assert one[2:] != other[2:]


def test_a_session_ends_after_twelve_hours(officer):
    from django.contrib.sessions.models import Session
    from django.utils import timezone

    officer.get("/")
    (session,) = Session.objects.all()
    assert session.expire_date - timezone.now() <= timedelta(hours=12)
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert officer.get("/").headers["Location"].startswith("/sign-in")


def test_the_administration_of_django_is_not_there(officer):
    from django.conf import settings

    assert not [one for one in settings.INSTALLED_APPS if "admin" in one]
    assert officer.get("/admin/").status_code == 404


def imported(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (node.module, *(f"{node.module}.{one.name}" for one in node.names))


def test_nothing_in_the_workplace_fetches():
    assert {path.name: found for path in CODE if (found := FETCHES.intersection(imported(ast.parse(path.read_text("utf-8")))))} == {}


def test_no_query_is_made_of_texts():
    """Only the history and backups send queries of their own, and none of them is put together where it is sent."""
    found = {}
    for path in CODE:
        calls = [one for one in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(one, ast.Call) and isinstance(one.func, ast.Attribute)]
        for call in (one for one in calls if one.func.attr in BY_HAND and one.args):
            found.setdefault(path.parent.name, []).append(type(call.args[0]).__name__)
    assert {*found} == {"team", "backup"}
    assert "JoinedStr" not in str(found)
    assert "BinOp" not in str(found)


@pytest.mark.usefixtures("visitor")
def test_both_pages_say_what_two_copies_would_reveal(team):
    for page in (team.lead.get("/assessments/1/survey"), team.lead.get("/questionnaire")):
        assert "two copies of the database" in page.content.decode()
        assert "journal" in page.content.decode()

"""Who is let in: by a link, once, within five minutes. Nobody else sees anything, and a browser is told to refuse the rest."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest

from engagecheck.web.settings import LINK_SECONDS
from workplace import routes

OPEN = ("sign-in", "password-link", "form-style", "answer")


def link():
    from engagecheck.web.team.accounts import first_user, sign_in_link

    path = sign_in_link(first_user())
    return path, {name: values[0] for name, values in parse_qs(urlsplit(path).query).items()}


def test_a_link_signs_in_once_and_looking_at_it_does_not_use_it_up(visitor):
    path, given = link()
    assert visitor.get("/").headers["Location"].startswith("/sign-in")
    for _ in range(2):
        assert given["token"] in visitor.get(path).content.decode()
    assert visitor.post("/sign-in", given).headers["Location"] == "/"
    assert visitor.get("/").status_code == 200
    again = visitor.post("/sign-in", given)
    assert again.status_code == 403
    assert "This link no longer works" in again.content.decode()


def test_a_sign_in_gives_the_session_a_new_key(officer):
    before = officer.cookies["engagecheck_session"].value
    officer.post("/sign-in", link()[1])
    after = officer.cookies["engagecheck_session"].value
    assert before != after
    officer.cookies["engagecheck_session"] = before
    assert officer.get("/").status_code == 302


def test_signing_in_leads_nowhere_else(visitor):
    _, given = link()
    answer = visitor.post("/sign-in?next=https://evil.example/", {**given, "next": "https://evil.example/"})
    assert answer.headers["Location"] == "/"


@pytest.mark.usefixtures("assessment")
def test_a_page_takes_only_its_own_methods(officer):
    for name, place in routes():
        for method in (officer.put, officer.delete, officer.patch, officer.trace):
            assert method(place).status_code == 405, name
    for place in ("/sign-out", "/bring"):
        assert officer.get(place).status_code == 405


def test_a_later_sign_in_ends_earlier_links_too(visitor):
    (_, first), (_, second) = link(), link()
    assert visitor.post("/sign-in", second).status_code == 302
    assert visitor.post("/sign-in", first).status_code == 403


def test_a_link_ends_after_five_minutes(visitor, monkeypatch):
    from datetime import datetime, timedelta

    from engagecheck.web.team.accounts import link_tokens

    _, given = link()
    now = datetime.now()  # the clock that Django's tokens go by
    assert LINK_SECONDS == 300
    monkeypatch.setattr(link_tokens, "_now", lambda: now + timedelta(seconds=LINK_SECONDS + 2))
    assert visitor.post("/sign-in", given).status_code == 403
    monkeypatch.setattr(link_tokens, "_now", lambda: now + timedelta(seconds=LINK_SECONDS - 20))
    assert visitor.post("/sign-in", given).status_code == 302


@pytest.mark.parametrize("change", [
    {"token": "x"}, {"token": ""}, {"user": "2"}, {"user": ""}, {"user": "١"}, {"user": "9" * 40}, {"user": "-1"}, {"user": "1 OR 1=1"},
])  # fmt: skip
def test_any_other_link_is_refused(visitor, change):
    _, given = link()
    assert visitor.post("/sign-in", {**given, **change}).status_code == 403
    assert visitor.get("/").status_code == 302


def test_a_user_who_is_not_active_is_not_let_in(visitor):
    from engagecheck.web.team.accounts import first_user

    _, given = link()
    user = first_user()
    user.is_active = False
    user.save()
    assert visitor.post("/sign-in", given).status_code == 403


@pytest.mark.usefixtures("assessment")
def test_every_page_asks_to_sign_in(visitor):
    visitor.logout()
    places = dict(routes())
    assert len(places) >= 25
    for name, place in places.items():
        for method in (visitor.get, visitor.post):
            answer = method(place)
            if name not in OPEN:
                assert (answer.status_code, answer.headers["Location"].partition("?")[0]) == (302, "/sign-in"), name


@pytest.mark.usefixtures("assessment")
def test_an_answer_that_is_sent_after_the_session_ended_fails_visibly(visitor):
    visitor.logout()
    answer = visitor.post("/assessments/1/questions/appraisal", {}, HTTP_HX_REQUEST="true", follow=True)
    assert answer.status_code == 403


@pytest.mark.usefixtures("assessment")
def test_every_form_needs_its_token(officer):
    from django.test import Client

    from engagecheck.web.team.accounts import first_user

    strict = Client(enforce_csrf_checks=True, SERVER_NAME="127.0.0.1")
    strict.force_login(first_user())
    for name, place in routes():
        answer = strict.post(place)
        assert answer.status_code in (403, 405), name
    assert "This page was open too long" in strict.post("/bring").content.decode()
    assert officer.get("/assessments/1/").status_code == 200


def test_signing_out_ends_the_session(officer):
    key = officer.cookies["engagecheck_session"].value
    assert officer.post("/sign-out").status_code == 302
    officer.cookies["engagecheck_session"] = key
    assert officer.get("/").status_code == 302
    assert officer.get("/sign-out").status_code in (302, 405)


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "10.0.0.1", "0.0.0.0", "", "localhost.evil.example"])  # noqa: S104
def test_another_host_name_gets_nothing(visitor, host):
    for place in ("/", "/sign-in", "/form.css", "/static/workplace/workplace.css"):
        assert visitor.get(place, headers={"host": host}).status_code == 400


@pytest.mark.usefixtures("assessment")
def test_a_browser_is_told_to_refuse_everything_from_elsewhere(officer):
    for place in ("/", "/sign-in", "/assessments/1/", "/assessments/1/questions/appraisal", "/assessments/1/report", "/nothing"):
        headers = officer.get(place).headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy, place
        assert "frame-ancestors 'none'" in policy, place
        assert "unsafe" not in policy, place
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Referrer-Policy"] == "same-origin"
    page = officer.get("/assessments/1/questions/appraisal").content.decode()
    assert not re.search(r"<style|style=|<script(?! src)|\son\w+=|javascript:", page)
    officer.post("/sign-in", link()[1])
    cookie = officer.cookies["engagecheck_session"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


@pytest.mark.usefixtures("assessment")
def test_pages_are_not_kept_by_a_browser(officer):
    for place in ("/", "/assessments/1/", "/assessments/1/questions/appraisal", "/assessments/1/report", "/assessments/1/profile.json"):
        assert "no-store" in officer.get(place).headers["Cache-Control"]


def test_a_fault_of_the_program_is_one_sentence_and_its_trace_stays_in_the_folder(officer, data_folder, monkeypatch):
    from engagecheck.web.pages import assessments

    def broken(*_):
        raise RuntimeError("a fault for a test")

    monkeypatch.setattr(assessments, "standing_of", broken)
    from conftest import BARE
    from engagecheck.web.models import Assessment

    made = Assessment.begin(BARE)
    officer.raise_request_exception = False
    answer = officer.get(f"/assessments/{made.pk}/")
    assert answer.status_code == 500
    assert "The program failed" in answer.content.decode()
    assert "fault for a test" not in answer.content.decode()
    assert "a fault for a test" in data_folder.errors.read_text("utf-8")

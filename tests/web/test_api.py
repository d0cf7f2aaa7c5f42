"""Other programs: a token that a person made, four routes, and the refusals of the command line."""

import copy
import json
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import BARE, run_here

PROFILE, AUDITS, REPORT = "/api/assessments/1/profile", "/api/assessments/1/audits", "/api/assessments/1/report"


@pytest.fixture
def program(assessment, officer):  # noqa: ARG001
    """A client that has only a token, made on the page."""
    from django.test import Client

    page = officer.post("/programs", {"name": "The data warehouse"}).content.decode()
    token = page.partition("<code>")[2].partition("</code>")[0]
    return Client(SERVER_NAME="127.0.0.1", headers={"authorization": f"Bearer {token}"}, enforce_csrf_checks=True)


def write(program, document, tag='"1"', **more):
    text = document if isinstance(document, str | bytes) else json.dumps(document)
    return program.put(PROFILE, text, content_type="application/json", headers={"if-match": tag}, **more)


def test_a_profile_is_read_changed_and_written_and_its_audit_is_that_of_the_command_line(program, officer, sound, tmp_path):
    read = program.get(PROFILE)
    assert (read.status_code, read.headers["ETag"], read.json()) == (200, '"1"', sound)
    sound["appraisal"]["completed"] += 1
    written = write(program, sound)
    assert (written.status_code, written.headers["ETag"]) == (204, '"2"')
    from engagecheck.web.models import Change, User

    line = Change.objects.get(address="appraisal/completed")
    assert (line.by, line.after) == (User.objects.get().username, str(sound["appraisal"]["completed"]))
    assert program.get(PROFILE).json() == sound == json.loads(officer.get("/assessments/1/profile.json").content)
    (tmp_path / "profile.json").write_bytes(program.get(PROFILE).content)
    done = run_here(tmp_path, "audit", "profile.json", "--no-plugins", "-f", "json")
    said = json.loads(done.stdout)
    audited = program.post(AUDITS)
    assert (audited.status_code, audited.headers["Location"]) == (201, REPORT)
    assert audited.json() == {
        "level": said["summary"]["level"], "exit_code": done.returncode, "report_digest": said["report_digest"], "profile": '"2"',
    }  # fmt: skip
    report = program.get(audited.headers["Location"])
    assert report.headers["ETag"] == f'"{said["report_digest"]}"'
    assert report.json()["report_digest"] == said["report_digest"]


def test_a_program_signs_nothing(program, sound):
    before = program.get(PROFILE).content
    answer = write(program, {**sound, "sign_off": {"approved": {"role": "Board", "on": "2026-05-01", "covers": "0" * 64}}})
    assert (answer.status_code, answer.json()["detail"]) == (422, ["profile.json: /sign_off: only the steps in the browser sign an assessment; leave this section out"])
    assert program.get(PROFILE).content == before


def test_nobodys_save_is_overwritten(program, officer, sound):
    officer.post("/assessments/1/questions/appraisal", {"v:appraisal/connected": "401", "w:appraisal/connected": str(sound["appraisal"]["connected"])})
    answer = write(program, BARE)
    assert (answer.status_code, answer.headers["ETag"]) == (412, '"2"')
    assert write(program, BARE, "*").status_code == 412
    assert program.put(PROFILE, json.dumps(BARE), content_type="application/json").status_code == 428
    assert program.get(PROFILE).json()["appraisal"]["connected"] == 401


def test_what_is_written_takes_the_place_of_every_text_in_error_and_the_texts_stay_on_record(program, officer, sound):
    from engagecheck.web.models import Assessment, Change

    post = Assessment.objects.get().document["leadership"]["non_executives"]["entries"][0]["#"]
    wrong = {
        "appraisal/connected": "six hundred", "organisation/name": "", "as_of": "soon", "appraisal/withheld/completed": "a reason",
        "appraisal/deferrals": "few", f"leadership/non_executives/{post}/since": "long ago", f"leadership/non_executives/e{'0' * 12}/since": "never",
    }  # fmt: skip
    sound["appraisal"].pop("deferrals", None)
    assert write(program, sound).status_code == 204
    from engagecheck.web.answers.saving import text_at

    for address, text in wrong.items():
        page = address.partition("/")[0] if "/" in address else "organisation"
        officer.post(f"/assessments/1/questions/{page}", {f"v:{address}": text, f"w:{address}": text_at(Assessment.objects.get().kept, address)})
    held = Assessment.objects.get()
    assert held.typed == wrong
    assert "connected" not in program.get(PROFILE).json()["appraisal"]
    assert write(program, sound, program.get(PROFILE).headers["ETag"]).status_code == 204
    assert program.get(PROFILE).json() == sound
    assert Assessment.objects.get().typed == {}
    assert "six hundred" not in officer.get("/assessments/1/questions/appraisal").content.decode()
    lines = {one.address: (one.before, one.after) for one in Change.objects.filter(what="answer").order_by("pk")}
    assert {address: lines[address][0] for address in wrong} == wrong
    assert lines["appraisal/connected"] == ("six hundred", str(sound["appraisal"]["connected"]))
    assert lines["appraisal/deferrals"] == ("few", "")
    described = program.get("/api/openapi.json").json()["paths"]["/api/assessments/{pk}/profile"]["put"]["description"]
    assert "Answers that fail a check end with it" in described


@pytest.mark.parametrize("text", [
    "{", "[]", "null", '"x"', "", "\x00", '{"as_of": NaN}', '{"as_of": 1, "as_of": 2}', json.dumps({**BARE, "as_of": "2025-02-30"}), json.dumps({**BARE, "appraisal": {"connected": -1}}),
    "[" * 5000, json.dumps({**BARE, "unknown": 1}), b"\xff\xfe\x00", '{"organisation": {"name": "\\ud800"}}', '{"x": 1e999}',
])  # fmt: skip
def test_what_the_command_line_refuses_is_refused_in_the_same_words(program, tmp_path, text):
    (tmp_path / "profile.json").write_bytes(text if isinstance(text, bytes) else text.encode())
    said = run_here(tmp_path, "validate", "profile.json")
    answer = write(program, text)
    assert (said.returncode, answer.status_code) == (3, 422)
    lines = [line for line in said.stderr.decode().splitlines() if line.startswith("profile.json")]
    assert lines
    assert answer.json()["detail"] == lines
    assert program.get(PROFILE).headers["ETag"] == '"1"'


def test_a_profile_that_is_too_large_is_refused(program, monkeypatch):
    from django.conf import settings

    monkeypatch.setattr(settings, "DATA_UPLOAD_MAX_MEMORY_SIZE", 1000)
    answer = write(program, " " * 1001)
    assert (answer.status_code, answer.headers["Content-Type"]) == (413, "application/json")


def test_files_of_evidence_stay_with_their_entry_and_a_program_never_deletes_one(program, officer, sound):
    from django.core.files.uploadedfile import SimpleUploadedFile

    from engagecheck.web.models import Assessment, Revision

    first, second = Assessment.objects.get().document["evidence"][:2]
    officer.post(f"/assessments/1/evidence/{second['#']}/add", {"file": SimpleUploadedFile("a.pdf", b"%PDF-1")})
    assert Revision.objects.get().entry == second["#"]
    turned = copy.deepcopy(sound)
    turned["evidence"].reverse()
    assert write(program, turned, program.get(PROFILE).headers["ETag"]).status_code == 204
    after = {one["id"]: one["#"] for one in Assessment.objects.get().document["evidence"]}
    assert (after[first["id"]], after[second["id"]]) == (first["#"], second["#"])
    answer = write(program, BARE, program.get(PROFILE).headers["ETag"])
    assert (answer.status_code, Revision.objects.count()) == (422, 1)
    assert f"{second['id']} has files here" in answer.json()["detail"][0]


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Bearer x", "Basic bGVhZDo=", "Bearer é", "Token x"])
def test_without_a_token_nothing_is_answered_and_a_session_is_none(officer, program, header):
    for client in (officer, program):
        for method, place in (("get", PROFILE), ("put", PROFILE), ("post", AUDITS), ("get", REPORT), ("get", "/api/openapi.json"), ("get", "/api/nothing")):
            answer = getattr(client, method)(place, headers={"authorization": header})
            assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer"), place
            assert "token" in answer.json()["detail"][0]


def test_a_token_is_kept_as_a_digest_and_shown_once(officer, program):
    from engagecheck.web.models import Token

    token = program.defaults["HTTP_AUTHORIZATION"].partition(" ")[2]
    assert len(token) >= 43
    held = Token.objects.values().get()
    assert token not in str(held)
    assert len(held["digest"]) == 64
    assert token not in officer.get("/programs").content.decode()
    assert program.get("/", follow=False).headers["Location"].startswith("/sign-in")


def test_a_token_ends_when_it_is_removed_or_a_year_old_or_its_user_is_not_active(officer, program):
    from engagecheck.web.models import Token

    token = Token.objects.get()
    Token.objects.update(made_at=token.made_at - timedelta(days=365))
    assert program.get(PROFILE).status_code == 401
    Token.objects.update(made_at=token.made_at - timedelta(days=364))
    assert program.get(PROFILE).status_code == 200
    token.user.is_active = False
    token.user.save()
    assert program.get(PROFILE).status_code == 401
    token.user.is_active = True
    token.user.save()
    assert officer.post(f"/programs/{token.pk}/end").status_code == 302
    assert program.get(PROFILE).status_code == 401


def test_a_token_of_another_person_is_neither_shown_nor_removed(officer, program):  # noqa: ARG001
    from django.contrib.auth import get_user_model

    from engagecheck.web.api import tokens
    from engagecheck.web.models import Token

    tokens.make(get_user_model().objects.create(username="another"), "Theirs")
    assert "Theirs" not in officer.get("/programs").content.decode()
    officer.post(f"/programs/{Token.objects.get(name='Theirs').pk}/end")
    assert Token.objects.filter(name="Theirs").exists()


ANSWERS = {  # whose token: reading the profile or the report, starting an audit, writing while it is drafted, and later
    "lead": (200, 201, 204, 403), "reviewer": (200, 201, 403, 403), "auditor": (200, 201, 403, 403), "contributor": (403, 403, 403, 403),
    "board": (403, 403, 403, 403), "administrator": (404, 404, 404, 404), "outsider": (404, 404, 404, 404),
}  # fmt: skip


@pytest.mark.parametrize("step", ["drafting", "submitted", "reviewed", "approved", "published"])
def test_a_program_may_do_what_its_person_may_do_and_nothing_else(team, sound, step):
    from django.test import Client

    from engagecheck.web.api import tokens

    team.stand_at(step)
    for name, (looks, audits, drafting, later) in ANSWERS.items():
        program = Client(SERVER_NAME="127.0.0.1", headers={"authorization": f"Bearer {tokens.make(team.users[name], 'x')}"})
        tag = f'"{type(team.assessment).objects.get().version}"'
        found = (program.get(PROFILE).status_code, program.post(AUDITS).status_code, write(program, sound, tag).status_code)
        assert found == (looks, audits, drafting if step == "drafting" else later), name
        assert program.get(REPORT).status_code == looks, name
        assert program.get("/api/openapi.json").status_code == 200


def test_a_program_without_a_name_or_one_too_many_gets_no_token(officer):
    from engagecheck.web.models import Token
    from engagecheck.web.pages.programs import MOST

    assert officer.post("/programs", {"name": " "}).status_code == 422
    assert officer.post("/programs", {"name": "x" * 101}).status_code == 422
    codes = [officer.post("/programs", {"name": "One of many"}).status_code for _ in range(MOST + 1)]
    assert (codes[-2:], Token.objects.count()) == ([200, 422], MOST)


def test_every_refusal_is_json(program):
    for method, place, status in (("get", "/api/assessments/9/report", 404), ("get", "/api/nothing", 404), ("delete", PROFILE, 405), ("get", "/api/assessments/x/profile", 404), ("get", f"/api/assessments/{'9' * 30}/profile", 404)):
        answer = getattr(program, method)(place)
        assert (answer.status_code, answer.headers["Content-Type"]) == (status, "application/json"), place
        assert answer.json()["detail"], place


JSON = st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=8)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=100) | JSON.map(lambda value: json.dumps(value).encode()), st.sampled_from(['"1"', '"0"', 'W/"1"', "*", "é", ""]), st.sampled_from(["1", "2", "0", "-1", "x", "9" * 25]))
@pytest.mark.exhaustive
def test_whatever_is_sent_every_answer_is_one_that_the_description_has(program, body, tag, number):
    described = program.get("/api/openapi.json").json()["paths"]
    for place, operations in described.items():
        for method, operation in operations.items():
            sent = {"headers": {"if-match": tag}, "content_type": "application/json", "data": body} if method == "put" else {}
            answer = getattr(program, method)(place.replace("{pk}", number), **sent)
            assert str(answer.status_code) in operation["responses"], (method, place, answer.content)
            assert answer.headers["Content-Type"] == "application/json"


def test_a_fault_of_the_program_says_nothing_of_the_inside(program, monkeypatch):
    from engagecheck.web.api import routes

    def broken(*_):
        raise RuntimeError("a fault for a test")

    monkeypatch.setattr(routes, "report_of", broken)
    program.raise_request_exception = False
    answer = program.get(REPORT)
    assert answer.status_code == 500
    assert "fault for a test" not in answer.content.decode()


def test_the_description_has_the_four_routes_with_what_they_answer(program):
    described = program.get("/api/openapi.json").json()
    operations = {one["operationId"]: one for place in described["paths"].values() for one in place.values()}
    assert set(operations) == {"read_profile", "write_profile", "start_audit", "fetch_report"}
    assert set(operations["write_profile"]["responses"]) == {"204", "401", "403", "404", "412", "413", "422", "428"}
    assert all({"401", "403", "404"} <= set(one["responses"]) and one["security"] for one in operations.values())
    assert [one["name"] for one in operations["write_profile"]["parameters"]] == ["pk", "If-Match"]
    assert described["components"]["securitySchemes"]

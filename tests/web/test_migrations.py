"""A workplace of the first migration, brought to the newest one on both databases: every row is there, and every page says the same."""

import http.cookiejar
import json
import re
import subprocess
import sys
import urllib.error
import urllib.request
from html import unescape

import pytest

from dumped import KEPT_FILES, Dumped
from engagecheck import installed
from engagecheck.audit.run import run_audit
from engagecheck.intake.load import load_profile
from engagecheck.intake.writing import as_text
from walk import BEGIN, Person, served

CHANGES_WITH_THE_PROGRAM = {"django_migrations", "django_session", "sqlite_sequence"}


class Member(Person):
    """Someone of the team in the dump, signed in with the password that the head of the dump names."""

    def __init__(self, process, name):
        self.base, self.cookies = process.base, http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))
        self.send("/sign-in", {"username": name, "password": f"an invented password of {name}"})

    def words(self, place):
        """The text of a page, also of one that refuses."""
        try:
            page = self.read(place)
        except urllib.error.HTTPError as error:
            page = error.read()
        return " ".join(unescape(re.sub("<[^>]+>", " ", page.decode())).split())


@pytest.fixture
def workplace(tmp_path, both):
    """The dump, brought to the newest migration as `serve --migrate` does, but not served yet."""
    made = Dumped(tmp_path / "data", both)
    code = "import sys, pathlib; from engagecheck.web.server import prepare; prepare(pathlib.Path(sys.argv[1]), migrates=True)"
    subprocess.run([sys.executable, "-c", code, str(made.folder)], env=both, check=True)
    return made


def test_every_row_is_still_there(workplace):
    after = workplace.tables()
    assert sum(map(len, workplace.before.values())) > 700
    for name in workplace.before.keys() - CHANGES_WITH_THE_PROGRAM:
        old, new = workplace.before[name], after[name]
        titles = [one for one in old[0] if one in new[0]] if old and new else []
        here = {repr([row[one] for one in titles]) for row in new}
        assert not [row for row in old if repr([row[one] for one in titles]) not in here], name


@pytest.mark.exhaustive
def test_the_pages_say_what_they_said(workplace, run):
    with served(workplace.folder, environment=workplace.environment) as process:
        lead, other = Member(process, "lead"), Member(process, "second.lead@trust.example")
        audits_and_profiles_are_the_same(workplace, {1: lead, 2: lead, 3: other, 4: other})
        a_team_finds_its_work(lead)
        a_team_goes_on_with_it(lead, other)
        board = Member(process, "board")
        for row in workplace.before["workplace_approval"][:1]:
            report = json.loads(board.read(f"/assessments/{row['assessment_id']}/board/papers/json"))
            assert report["report_digest"] == row["report_digest"]
        assert "minute 12/26" in board.words("/assessments/1/board")
        assert "second.lead@trust.example" in Member(process, "administrator").words("/people")
        assert "Harbour Vale" in Member(process, "auditor").words("/organisations/")
        with pytest.raises(urllib.error.HTTPError, match="422"):
            Member(process, "former")  # who may not sign in any more
    done = run("history", "verify", "--store", workplace.place)
    assert done.returncode == 0, done.stderr


def audits_and_profiles_are_the_same(workplace, readers):
    registry = installed(third_party=False)
    for pk, reader in readers.items():
        document = workplace.document(pk)
        assert json.loads(reader.read(f"/assessments/{pk}/profile.json")) == document
        audited = run_audit(load_profile(as_text(document), name="profile.json", registry=registry), registry)
        report = json.loads(reader.read(f"/assessments/{pk}/papers/json"))
        assert report["report_digest"] == audited.report_digest


def a_team_finds_its_work(lead):
    trail = lead.words("/assessments/1/trail")
    assert "Mrs Example" not in trail
    assert trail.count("texts removed by lead: names a patient") == 2
    for place, said in (
        ("/assessments/1/members", "contributor contributor of "),
        ("/assessments/1/remarks", "Is this the number of 31 March?"),
        ("/assessments/1/wanted", "Dates of the training – élan"),
        ("/assessments/1/steps", "Chief executive"),
        ("/assessments/1/tracker", "In progress, 40%"),
        ("/assessments/1/files/3", "was removed by lead: names patients"),
        ("/assessments/2/", "In error: 1"),
        ("/assessments/2/remarks", "Still to count"),
        ("/assessments/2/tracker", "Paper goes to the board in autumn"),
        ("/programs", "The data warehouse"),
        ("/assessments/3/", "Ward ‘A’ & Söhne; trust"),
    ):
        assert said in lead.words(place), place
    assert [lead.read(f"/assessments/1/files/{number}") for number in (1, 2, 4)] == list(KEPT_FILES)
    assert b'value="many"' in lead.read("/assessments/2/questions/appraisal")


def a_team_goes_on_with_it(lead, other):
    lead.send("/assessments/2/questions/appraisal", {"v:appraisal/connected": "520", "w:appraisal/connected": "many"})
    assert json.loads(lead.read("/assessments/2/profile.json"))["appraisal"]["connected"] == 520
    lead.send("/assessments/2/remark/appraisal", {"text": "Counted again"})
    assert "Counted again" in lead.words("/assessments/2/remarks")
    with other.send("/assessments/3/survey/close", {}, "/assessments/3/survey") as answer:
        assert "its results are in the assessment" in unescape(answer.read().decode())
    with lead.send("/begin", BEGIN) as answer:
        assert answer.url.endswith("/assessments/6/")

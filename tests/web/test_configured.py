"""The workplace with a configuration: rules of others, tailoring, the pack that heads the report, and the same in the export."""

import io
import json
import zipfile

import pytest

from conftest import EXAMPLES
from engagecheck import AuditSettings, UsageRefused, installed
from frameworks import ward
from walk import Person, served

TAILORED = """
pack = "folder ward"
scale = "four-step"
plugins = ["ward"]

[criteria."leadership-stability/chief-executive-tenure"]
met = 48
partly = 24
reason = "The board wants four years."
"""


@pytest.fixture
def configuration(tmp_path):
    """A configuration that names a pack, with the pack beside it."""
    folder = tmp_path / "configured"
    folder.mkdir()
    (folder / "engagecheck.toml").write_text(TAILORED)
    (ward(folder) / "table.json").write_text("{}")
    return folder / "engagecheck.toml"


def exported(content, into):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        archive.extractall(into)
        return sorted(archive.namelist())


def bring(person, name="sound.json"):
    person.upload("/bring", "profile.json", (EXAMPLES / name).read_bytes(), "/")


@pytest.mark.exhaustive
def test_with_a_configuration_pages_papers_and_export_say_what_the_command_line_says(configuration, tmp_path, run):
    with served(tmp_path / "data", options=("--config", str(configuration))) as process:
        person = Person(process)
        bring(person)
        page, paper = person.read("/assessments/1/").decode(), json.loads(person.read("/assessments/1/papers/json"))
        names = exported(person.read("/assessments/1/export.zip"), tmp_path)
        what_if = person.read("/assessments/1/what-if").decode()
    assert "By the rules of Ward and board." in page
    assert "3 departures from the defaults" in page
    assert "engagecheck: " in page
    assert paper["packs"][0]["name"] == "folder ward"
    assert "leadership-stability" not in what_if
    assert {"engagecheck.toml", "ward/ours.py", "ward/ward_plan.py", "ward/table.json"} < {*names}
    assert (tmp_path / "engagecheck.toml").read_bytes() == configuration.read_bytes()
    read_me = (tmp_path / "README.txt").read_text("utf-8")
    assert "engagecheck audit profile.json --config engagecheck.toml -f json" in read_me
    assert "folder ward" in read_me
    assert "look at them before you run them" in read_me
    audited = json.loads(run("audit", "profile.json", "--config", "engagecheck.toml", "-f", "json").stdout)
    assert audited["report_digest"] == paper["report_digest"]
    assert paper["report_digest"] in read_me
    assert run("verify", "report.json", "profile.json", "--config", "engagecheck.toml").returncode == 0


@pytest.mark.exhaustive
def test_a_configuration_that_changed_is_said_beside_what_was_approved_before(configuration, tmp_path):
    role = {"role": "The board", "on": "1 May 2026"}
    with served(tmp_path / "data") as process:
        person = Person(process)
        bring(person, "harbour-vale.json")
        steps = "/assessments/1/steps"
        person.send(f"{steps}/submit", role, steps)
        sections = [one.split('"')[0] for one in person.read(steps).decode().split('name="section" value="')[1:]]
        person.send(f"{steps}/review", {"section": sections}, steps)
        person.send(f"{steps}/finish-review", role, steps)
        person.send(f"{steps}/approve", {**role, "version": "3"}, steps)
        person.send(f"{steps}/publish", {}, steps)
        assert b"This is not the approved report" not in person.read("/assessments/1/")
        approved = json.loads(person.read("/assessments/1/board/papers/json"))
    with served(tmp_path / "data", options=("--config", str(configuration))) as process:
        person = Person(process)
        assert b"This is not the approved report, which stays as it is (number 1 of the history)" in person.read("/assessments/1/")
        assert json.loads(person.read("/assessments/1/board/papers/json")) == approved
        assert json.loads(person.read("/assessments/1/papers/json"))["report_digest"] != approved["report_digest"]
        with zipfile.ZipFile(io.BytesIO(person.read("/assessments/1/export.zip"))) as archive:
            assert b"This is not the approved report" in archive.read("README.txt")


@pytest.mark.parametrize(("text", "said"), [
    ('accepted_gaps = "gaps.json"\n', "accepted_gaps are those of one organisation; leave the line out, and bring the file into the assessment"),
    ('attestations = "vouched.json"\n', "attestations are those of one organisation"),
    ('pack = "nothing"\n', "no pack of rules is called so"),
    ('scale = "nothing"\n', "there is no scale called 'nothing'"),
    ('plugins = ["../elsewhere"]\n', "plugins names ../elsewhere; an export holds only a folder beside this file"),
    ('plugins = ["."]\n', "plugins names .; an export holds only a folder beside this file"),
    ('plugins = ["missing"]\n', "and there is no such folder"),
    ("[rules.nothing]\n", "there is no rule called 'nothing'"),
])  # fmt: skip
def test_a_configuration_that_cannot_be_used_is_refused_before_anything_starts(tmp_path, run, text, said):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "here").mkdir()
    (tmp_path / "here" / "gaps.json").write_text('{"accepted_gaps": []}')
    (tmp_path / "here" / "vouched.json").write_text('{"attestations": []}')
    (tmp_path / "here" / "engagecheck.toml").write_text(text)
    ended = run("serve", "--folder", "data", "--no-browser", "--port", "0", "--config", "here/engagecheck.toml")
    assert ended.returncode in (2, 3)
    assert said in ended.stderr.decode()
    assert not (tmp_path / "data").exists()


def test_a_found_configuration_is_not_taken(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "engagecheck.toml").write_text('scale = "four-step"\n')
    with served(tmp_path / "data") as process:
        person = Person(process)
        bring(person)
        assert json.loads(person.read("/assessments/1/papers/json"))["summary"]["scale"]["name"] == "journey"


def test_the_options_of_an_export_say_which_plugins_had_a_part():
    from engagecheck.web.environment import Configured

    bundled = Configured(installed(third_party=False))
    assert (bundled.options, bundled.others) == (" --no-plugins", [])


def test_what_is_left_out_and_who_else_has_rules_is_said(tmp_path):
    from engagecheck.web.environment import Configured

    folder = ward(tmp_path)
    used = Configured(installed([folder], without=["ward-plan"], third_party=False))
    assert (used.options, used.others) == (' --without "folder ward:ward-plan"', ["folder ward"])


def test_plugins_that_no_export_can_hold_are_refused(tmp_path, monkeypatch):
    from engagecheck.audit.tailoring import read_tailoring
    from engagecheck.web import environment

    monkeypatch.setattr(environment, "MAX_BYTES", 10)
    folder = ward(tmp_path)
    tailoring = read_tailoring(b'plugins = ["ward"]\n', str(tmp_path / "engagecheck.toml"), installed(third_party=False))
    with pytest.raises(UsageRefused, match="the plugins are larger than"):
        environment.Configured.of(installed([folder], third_party=False), AuditSettings(tailoring=tailoring), without=(), third_party=True)


@pytest.mark.parametrize("name", ["accepted_gaps", "attestations"])
def test_accepted_gaps_and_attestations_come_in_from_a_file_of_their_own(officer, assessment, name):
    with (EXAMPLES / "journey" / f"{name}.json").open("rb") as file:
        answer = officer.post("/assessments/1/part", {"part": file}, follow=True)
    place, version = answer.redirect_chain[-1][0], assessment.version
    assert officer.post(place, {"version": version}, follow=True).status_code == 200
    listed = json.loads((EXAMPLES / "journey" / f"{name}.json").read_text("utf-8"))[name]
    assessment.refresh_from_db()
    assert assessment.profile[name] == listed
    for one in listed:
        assert one["criterion"] in officer.get("/assessments/1/profile.json").content.decode()


def test_facts_of_a_pack_come_in_with_a_profile_and_are_checked_by_its_schema(officer, sound):
    from django.test import override_settings

    from engagecheck.rules.rule import ProfileExtension
    from engagecheck.web.environment import Configured
    from engagecheck.web.models import Assessment

    registry = installed(third_party=False)
    schema = {"type": "object", "properties": {"beds": {"type": "integer"}}}
    registry.take(ProfileExtension, "wards", ProfileExtension("wards", schema), registry.rule_plugins[0])
    sound["extensions"] = {"wards": {"beds": "many"}}
    kept = Assessment.begin(sound)
    with override_settings(CONFIGURED=Configured(registry)):
        refused = officer.get(f"/assessments/{kept.pk}/")
        assert (refused.status_code, b"/extensions/wards/beds" in refused.content) == (422, True)
        file = io.BytesIO(json.dumps(sound).encode())
        file.name = "profile.json"
        refused = officer.post("/bring", {"file": file})
        assert (refused.status_code, b"/extensions/wards/beds" in refused.content) == (422, True)
        file.seek(0)
        refused = officer.post(f"/assessments/{kept.pk}/part", {"part": file})
        assert (refused.status_code, b"/extensions/wards/beds" in refused.content) == (422, True)
        sound["extensions"] = {"wards": {"beds": 20}}
        file = io.BytesIO(json.dumps(sound).encode())
        file.name = "profile.json"
        officer.post("/bring", {"file": file})
    assert Assessment.objects.latest("pk").profile["extensions"] == {"wards": {"beds": 20}}


IMPORTER = """
from engagecheck import Imported, importer

@importer("made", about="A made file", title="A made file", publisher="Nobody", kind="other")
def made(file, options):
    for record in file.table("made code", "connected"):
        yield Imported(record["made code"], {"appraisal": {"connected": int(record["connected"])}})
"""


@pytest.mark.parametrize(("without", "third_party", "status"), [((), True, 302), (("made",), True, 422), (("ward-plan",), True, 302), ((), False, 422)])
def test_sources_of_others_are_there_if_the_configuration_names_them(officer, assessment, tmp_path, without, third_party, status):
    from django.test import override_settings

    from engagecheck.audit.tailoring import read_tailoring
    from engagecheck.web.environment import Configured

    (ward(tmp_path) / "made.py").write_text(IMPORTER)
    tailoring = read_tailoring(b'plugins = ["ward"]\n', str(tmp_path / "engagecheck.toml"), installed(third_party=False))
    folders = [tmp_path / "ward"] if third_party else []
    registry = installed(folders, without=without, third_party=False)
    used = Configured.of(registry, AuditSettings(tailoring=tailoring), without=without, third_party=third_party)
    file = io.BytesIO(b"made code,connected\nR1,10\n")
    file.name = "made.csv"
    with override_settings(CONFIGURED=used):
        answer = officer.post(f"/assessments/{assessment.pk}/published", {"published": file}, follow=False)
    assert answer.status_code == status

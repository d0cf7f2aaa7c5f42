"""Published files and the parts of colleagues: the same result as on the command line, looked at before, and nothing overwritten unseen."""

import html
import io
import json
import re
from types import SimpleNamespace

import pytest
from attrs import evolve

from conftest import BARE
from engagecheck import installed
from engagecheck.intake.importers.importing import read_imports
from engagecheck.intake.tables import read_source
from engagecheck.intake.workflow.parts import part_of
from engagecheck.intake.writing import as_text, write_document
from engagecheck.plugin_host.discovery import IMPORTERS
from engagecheck.web.answers.places import MARK, marked, marked_as, plain

SOURCES = {name: one for name, one in installed(third_party=False, group=IMPORTERS).importers.items() if one.example}
DAY = {**BARE, "as_of": "2026-03-31"}


def text(answer):
    return html.unescape(answer.content.decode())


def named(field, name, content):
    file = io.BytesIO(content if isinstance(content, bytes) else content.encode())
    file.name = name
    return {field: file}


def begun(document=DAY):
    from engagecheck.web.models import Assessment

    return Assessment.begin(document)


def stored():
    from engagecheck.web.models import Assessment

    return Assessment.objects.get(pk=1)


def uploads():
    from engagecheck.web.models import Upload

    return Upload.objects.count()


def hidden(page):
    """What a browser would send for the form that takes over."""
    form = page[page.index('name="version"') - 200 :]
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form[: form.index("</form>")])) | {"csrfmiddlewaretoken": ""}


def chosen(page, side):
    """What a browser sends if one side is chosen for every difference."""
    return hidden(page) | dict.fromkeys(re.findall(r'<input type="radio" id="choice-\d+" name="([^"]+)"', page), side)


@pytest.mark.exhaustive
@pytest.mark.parametrize("prefer", ["entered", "imported"])
@pytest.mark.parametrize("source", [name for name in SOURCES if name != "views"])
def test_a_published_file_gives_what_the_command_line_gives(officer, source, prefer, run, tmp_path):
    begun()
    example = SOURCES[source].example
    code = read_imports(SOURCES[source], read_source("file.csv", example.encode()), {})[0].code
    (tmp_path / "file.csv").write_bytes(example.encode())
    (tmp_path / "p.json").write_text(json.dumps(DAY), "utf-8")
    done = run("import", source, "file.csv", "--organisation", code, "--into", "p.json", "--prefer", prefer)
    assert done.returncode == 0, done.stderr
    place = officer.post("/assessments/1/published", named("published", "file.csv", example)).headers["Location"]
    page = text(officer.get(place, {"source": source, "organisation": code}))
    facts = [line.strip() for line in done.stderr.decode().splitlines() if re.match(r"  (?!Different|Still to do)", line)]
    assert [line for line in facts if line not in page] == [] or prefer == "imported"
    assert facts
    after = officer.post(place, chosen(page, {"entered": "here", "imported": "there"}[prefer]), follow=True)
    assert "Taken over: " in text(after)
    assert stored().profile == json.loads((tmp_path / "p.json").read_text("utf-8"))
    assert uploads() == 0


ANSWERS = {**DAY, "appraisal": {"connected": 11}}


@pytest.fixture
def differing(officer, monkeypatch):
    """An assessment that says 11, and the page for a file that says 10."""
    from engagecheck.rules.importer import Imported, importer
    from engagecheck.web.pages.incoming import reading

    @importer("made", about="A made file", title="A made file", publisher="Nobody", kind="other")
    def made(file, _options):
        for record in file.table("code", "connected"):
            yield Imported(record["code"], {"appraisal": {"connected": int(record["connected"])}}, organisation={"name": f"Trust {record['code']}"})

    monkeypatch.setattr(reading, "importers", lambda: SimpleNamespace(importers={"made": made}))
    begun(ANSWERS)
    answer = officer.post("/assessments/1/published", named("published", "m.csv", "code,connected\nR1,10\n"))
    assert answer.status_code == 302, text(answer)
    return answer.headers["Location"]


def test_facts_that_differ_are_shown_and_a_person_chooses(officer, differing):
    refused = officer.get(differing)
    assert refused.status_code == 422
    assert "there is nothing about A trust (invented) in it" in text(refused)
    page = text(officer.get(differing, {"organisation": "R1"}))
    assert "> 11 (the profile)" in page
    assert "> 10 (the file)" in page
    undecided = officer.post(differing, hidden(page))
    assert undecided.status_code == 422
    assert "<title>Error: " in text(undecided)
    assert '<a href="#choice-1">' in text(undecided)
    assert 'id="choice-1"' in text(undecided)
    assert stored().profile == ANSWERS
    officer.post(differing, chosen(page, "here"))
    assert stored().profile["appraisal"]["connected"] == 11


def test_what_was_looked_at_is_what_is_taken_over(officer, differing):
    page = text(officer.get(differing, {"organisation": "R1"}))
    officer.post("/assessments/1/questions/appraisal", {"v:appraisal/connected": "12", "w:appraisal/connected": "11"})
    late = officer.post(differing, chosen(page, "there"))
    assert late.status_code == 409
    assert "Somebody changed this assessment meanwhile" in text(late)
    assert "> 12 (the profile)" in text(late)
    assert stored().profile["appraisal"]["connected"] == 12
    officer.post(differing, chosen(text(late), "there"))
    assert stored().profile["appraisal"]["connected"] == 10


@pytest.mark.usefixtures("differing")
def test_several_organisations_that_fit_are_offered(officer):
    rows = "code,connected\nR1,10\nR2,20\n"
    place = officer.post("/assessments/1/published", named("published", "m.csv", rows)).headers["Location"]
    assert uploads() == 1
    page = text(officer.get(place, {"organisation": "Trust"}))
    assert 'value="R1" checked> Trust R1 R1' in page
    assert 'value="R2"> Trust R2 R2' in page
    assert "Take over</button>" not in page
    assert "> 20 (the file)" in text(officer.get(place, {"organisation": "R2"}))
    assert officer.get(place, {"organisation": "R2", "dated": "soon"}).status_code == 422
    late = officer.get(place, {"organisation": "R2", "dated": "1 May 2026"})
    assert "after the date of the assessment, 31 March 2026; enter a later date of the assessment below" in text(late)
    officer.post(f"/assessments/1/uploads/{place.rpartition('/')[2]}/leave-out")
    assert uploads() == 0
    assert stored().profile == ANSWERS


@pytest.mark.parametrize(
    ("field", "content", "words"),
    [("published", None, "Choose a file first"), ("published", b"", "the file is empty"), ("published", b"a,b\n1,2\n", "no source can read"), ("published", b"\x00\x01", "m.csv"), ("part", None, "Choose a file first"), ("part", b"{", "m.csv")],
)  # fmt: skip
def test_a_file_that_cannot_be_used_is_refused_in_a_sentence_and_not_kept(officer, field, content, words):
    begun()
    answer = officer.post(f"/assessments/1/{field}", named(field, "m.csv", content) if content is not None else {})
    assert answer.status_code == 422
    assert words in text(answer)
    assert f'<a href="#{field}">' in text(answer)
    assert uploads() == 0


def test_answers_of_single_people_are_never_kept(officer):
    begun()
    answer = officer.post("/assessments/1/published", named("published", "survey.csv", SOURCES["views"].example))
    assert answer.status_code == 422
    assert "has a row for each person, so it is not kept here" in text(answer)
    assert uploads() == 0


def test_a_file_of_somebody_else_is_not_found(officer, differing):
    from engagecheck.web.models import Membership
    from engagecheck.web.team.accounts import make

    begun(BARE)
    assert officer.get(differing.replace("/assessments/1/", "/assessments/2/")).status_code == 404
    other = make("other", {})
    Membership.objects.create(assessment_id=1, user=other, role="lead")
    officer.force_login(other)
    assert officer.get("/assessments/1/bring-in").status_code == 200
    assert officer.get(differing).status_code == 404
    assert officer.post(f"/assessments/1/uploads/{differing.rpartition('/')[2]}/leave-out").status_code == 404


@pytest.mark.parametrize("ending", ["json", "xlsx"])
def test_parts_of_colleagues_come_together_as_on_the_command_line(officer, sound, run, tmp_path, ending):
    begun({name: part for name, part in sound.items() if name != "appraisal"})
    (tmp_path / "p.json").write_bytes(as_text(stored().profile))
    part = write_document(part_of(sound, ["appraisal"], "Responsible officer"), f"part.{ending}", ("appraisal",))
    (tmp_path / f"part.{ending}").write_bytes(part)
    assert run("merge", f"part.{ending}", "--into", "p.json").returncode == 0
    place = officer.post("/assessments/1/part", named("part", f"part.{ending}", part)).headers["Location"]
    page = text(officer.get(place))
    assert "Where the two differ" not in page
    assert "Taken over: " in text(officer.post(place, hidden(page), follow=True))
    assert stored().profile == json.loads((tmp_path / "p.json").read_text("utf-8"))
    assert uploads() == 0


def test_each_difference_of_a_part_is_chosen_and_files_stay_with_their_entries(officer, sound):
    assessment = begun(sound)
    entry = next(one[MARK] for one in assessment.document["evidence"] if one["id"] == "HR")
    officer.post(f"/assessments/1/evidence/{entry}/add", named("file", "a.txt", b"a report"))
    before = stored().profile
    part = {name: before[name] for name in ("as_of", "organisation")} | {
        "evidence": [{"id": "N1", "title": "New minutes", "kind": "minutes"}],
        "appraisal": {"connected": before["appraisal"]["connected"] + 1, "completed": before["appraisal"]["completed"] - 1, "answered_by": "Responsible officer"},
    }
    place = officer.post("/assessments/1/part", named("part", "part.json", json.dumps(part))).headers["Location"]
    page = text(officer.get(place))
    assert page.count("<legend>") == 2
    sent = hidden(page) | {"c:/appraisal/connected": "there"}
    half = officer.post(place, sent)
    assert half.status_code == 422
    assert '<a href="#choice-2">' in text(half)
    assert '<a href="#choice-1">' not in text(half)
    assert stored().profile == before
    officer.post(place, sent | {"c:/appraisal/completed": "here"})
    after = stored()
    assert after.profile["appraisal"]["connected"] == part["appraisal"]["connected"]
    assert after.profile["appraisal"]["completed"] == before["appraisal"]["completed"]
    assert after.document["evidence"][-1]["id"] == "N1"
    assert next(one[MARK] for one in after.document["evidence"] if one["id"] == "HR") == entry
    assert "a.txt" in text(officer.get(f"/assessments/1/questions/evidence/{entry}"))


def test_a_part_takes_the_place_of_a_text_in_error_and_says_so_before(officer):
    begun({**DAY, "appraisal": {"connected": 612, "completed": 571, "deferrals": 3}})
    wrong = {"v:appraisal/connected": "six hundred", "w:appraisal/connected": "612", "v:appraisal/deferrals": "few", "w:appraisal/deferrals": "3"}
    officer.post("/assessments/1/questions/appraisal", wrong)
    assert stored().profile["appraisal"] == {"completed": 571}
    part = {**DAY, "appraisal": {"connected": 612}}
    place = officer.post("/assessments/1/part", named("part", "part.json", json.dumps(part))).headers["Location"]
    page = text(officer.get(place))
    assert "This takes the place of what is in error here:" in page
    assert "“six hundred”" in page
    assert "“few”" not in page
    officer.post(place, hidden(page))
    assert stored().profile["appraisal"] == {"connected": 612, "completed": 571}
    assert stored().typed == {"appraisal/deferrals": "few"}
    assert "six hundred" not in text(officer.get("/assessments/1/questions/appraisal"))


def test_a_published_file_takes_the_place_of_a_text_in_error_and_says_so_before(officer, differing):
    officer.post("/assessments/1/questions/appraisal", {"v:appraisal/connected": "many", "w:appraisal/connected": "11"})
    page = text(officer.get(differing, {"organisation": "R1"}))
    assert "Where the two differ" not in page
    assert "“many”" in page
    officer.post(differing, hidden(page))
    assert (stored().profile["appraisal"]["connected"], stored().typed) == (10, {})


@pytest.mark.parametrize(("side", "left"), [("here", {"appraisal/deferrals": "few"}), ("there", {})])
def test_a_file_that_replaces_a_section_ends_its_texts_in_error_only_if_it_is_chosen(officer, differing, monkeypatch, side, left):
    from engagecheck.web.pages.incoming import reading

    made = evolve(reading.importers().importers["made"], whole=("appraisal",))
    monkeypatch.setattr(reading, "importers", lambda: SimpleNamespace(importers={"made": made}))
    officer.post("/assessments/1/questions/appraisal", {"v:appraisal/deferrals": "few", "w:appraisal/deferrals": ""})
    page = text(officer.get(differing, {"organisation": "R1"}))
    officer.post(differing, chosen(page, side))
    assert stored().profile["appraisal"]["connected"] == {"here": 11, "there": 10}[side]
    assert stored().typed == left


def test_a_total_of_a_part_that_cannot_be_is_told_and_leaves_no_choice(officer, sound):
    """A larger one is one choice, with the new entries."""
    begun(sound)
    listed = stored().profile["structure"]["divisions"]
    (count, names) = listed["of"], [one["name"] for one in listed["entries"]]
    assert count == len(names) > 1
    part = {**DAY, "organisation": stored().profile["organisation"], "structure": {"divisions": {"of": 1, "entries": [{"name": names[0]}]}}}
    part["organisation"] = {name: value for name, value in part["organisation"].items() if name != "evidence"}
    place = officer.post("/assessments/1/part", named("part", "part.json", json.dumps(part))).headers["Location"]
    page = text(officer.get(place))
    assert "<legend>" not in page
    assert page.count(f"Total: this assessment says {count}, part.json says 1. It stays {count}, because {count} entries are listed.") == 1
    assert "Taken over: " in text(officer.post(place, hidden(page), follow=True))
    assert stored().profile["structure"]["divisions"]["of"] == count
    part["structure"]["divisions"] = {"of": count + 1, "entries": [{"name": "Another"}]}
    place = officer.post("/assessments/1/part", named("part", "part.json", json.dumps(part))).headers["Location"]
    page = text(officer.get(place))
    assert page.count("<legend>") == 1
    assert f"{count + 1}, with 1 new entry (part.json)" in page
    officer.post(place, hidden(page) | {"c:/structure/divisions/of": "there"})
    assert stored().profile["structure"]["divisions"]["of"] == count + 1


def test_a_part_of_another_organisation_is_refused(officer):
    begun({**DAY, "organisation": {**BARE["organisation"], "ods_code": "RR8"}})
    other = {**DAY, "organisation": {**BARE["organisation"], "ods_code": "RGD"}}
    answer = officer.post("/assessments/1/part", named("part", "other.json", json.dumps(other)))
    assert answer.status_code == 422
    assert "is about the organisation RGD" in text(answer)


def test_ids_stay_with_the_entries_that_were_there(sound):
    before = marked(sound)
    after = json.loads(json.dumps(sound))
    after["evidence"].append({"id": "N1", "title": "New", "kind": "other"})
    kept = marked_as(after, before)
    assert plain(kept) == after
    assert [one[MARK] for one in kept["evidence"][:-1]] == [one[MARK] for one in before["evidence"]]
    assert len({one[MARK] for one in kept["evidence"]}) == len(after["evidence"])


@pytest.mark.usefixtures("differing")
def test_a_file_that_nobody_took_over_is_deleted_after_a_day():
    from datetime import timedelta

    from django.utils import timezone

    from engagecheck.web.files import tidy
    from engagecheck.web.models import Upload

    tidy()
    assert uploads() == 1
    Upload.objects.update(added_at=timezone.now() - timedelta(days=1, minutes=1))
    tidy()
    assert uploads() == 0

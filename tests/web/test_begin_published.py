"""An assessment begins with a published file, a list names its organisations, and its date moves, as with `engagecheck import`."""

import html
import io
import json
import re
import urllib.error
from concurrent.futures import ThreadPoolExecutor

import pytest

from conftest import BARE
from engagecheck import installed
from engagecheck.intake.importers.importing import read_imports
from engagecheck.intake.tables import read_source
from engagecheck.plugin_host.discovery import IMPORTERS
from walk import Person, served

SOURCES = {name: one for name, one in installed(third_party=False, group=IMPORTERS).importers.items() if one.example and name != "views"}
NAMES = SOURCES["ods"].example
DAY = "31 March 2026"


def text(answer):
    return " ".join(html.unescape(answer.content.decode()).split())


def files(**contents):
    made = {}
    for field, content in contents.items():
        made[field] = io.BytesIO(content.encode())
        made[field].name = f"{field}.csv"
    return made


def stored(pk=1):
    from engagecheck.web.models import Assessment

    return Assessment.objects.get(pk=pk)


def counts():
    from engagecheck.web.models import Assessment, Upload

    return Assessment.objects.count(), Upload.objects.count()


def sent(page, **changes):
    """What a browser would send for the form that takes over."""
    form = page.content.decode()
    form = form[form.index('name="version"') - 200 :]
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form[: form.index("</form>")])) | changes


@pytest.mark.exhaustive
@pytest.mark.parametrize("source", SOURCES)
def test_an_assessment_begins_as_a_profile_does_on_the_command_line(officer, source, run, tmp_path):
    example = SOURCES[source].example
    code = read_imports(SOURCES[source], read_source("f.csv", example.encode()), {})[0].code
    (tmp_path / "published.csv").write_text(example, "utf-8")
    (tmp_path / "names.csv").write_text(NAMES, "utf-8")
    done = run("import", source, "published.csv", "--names", "names.csv", "--organisation", code, "--as-of", DAY, "--output", "p.json")
    assert done.returncode == 0, done.stderr
    place = officer.post("/begin/published", files(published=example, names=NAMES)).headers["Location"]
    page = officer.get(place, {"source": source, "organisation": code, "as_of": DAY})
    assert page.status_code == 200, text(page)
    assert counts() == (0, 1)
    begun = officer.post(place, sent(page), follow=True)
    assert "Taken over: " in text(begun)
    assert stored().profile == json.loads((tmp_path / "p.json").read_text("utf-8"))
    assert counts() == (1, 0)
    assert stored().membership_set.get().role == "lead"


def test_the_organisation_is_chosen_by_code_or_name(officer):
    place = officer.post("/begin/published", files(published=SOURCES["staff-survey"].example)).headers["Location"]
    page = officer.get(place)
    assert 'value="R0X" checked> X NHS Trust R0X' in text(page)
    assert "Begin the assessment" not in text(page)
    chosen = officer.get(place, {"organisation": "y nhs", "as_of": DAY})
    assert "New for Y NHS Trust, 31 March 2026:" in text(chosen)
    assert "there is nothing about Elsewhere in it" in text(officer.get(place, {"organisation": "Elsewhere"}))
    assert officer.post(f"{place}/leave-out").headers["Location"] == "/"
    assert counts() == (0, 0)


def test_a_file_with_codes_only_says_how_to_go_on(officer):
    place = officer.post("/begin/published", files(published=SOURCES["annual-return"].example)).headers["Location"]
    refused = officer.get(place, {"as_of": DAY})
    assert refused.status_code == 422
    assert "does not say the name, type, country of R0X; bring it in with a list that does" in text(refused)
    assert officer.post(place, {"as_of": DAY}).status_code == 422
    assert counts() == (0, 1)


@pytest.mark.parametrize(
    ("contents", "said"),
    [
        ({}, "Choose a file first"),
        ({"published": "a,b\n1,2\n"}, "no source can read this file"),
        ({"published": SOURCES["cqc"].example, "names": "a,b\n1,2\n"}, "names.csv: no source can read this file"),
        ({"published": SOURCES["cqc"].example, "names": SOURCES["annual-return"].example}, "names.csv: no source finds names of organisations"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("place", ["/begin/published", "/assessments/1/published"])
def test_files_that_cannot_be_used_are_refused_and_not_kept(officer, contents, said, place):
    from engagecheck.web.models import Assessment

    Assessment.begin({**BARE, "as_of": "2026-03-31"})
    refused = officer.post(place, files(**contents))
    assert refused.status_code == 422
    assert '<a href="#published">' in text(refused)
    assert said in text(refused)
    assert counts() == (1, 0)


def test_neither_file_may_have_a_row_for_each_person(officer):
    of_people = installed(third_party=False, group=IMPORTERS).importers["views"].example
    for contents in ({"published": of_people}, {"published": NAMES, "names": of_people}):
        refused = officer.post("/begin/published", files(**contents))
        assert "has a row for each person, so it is not kept here" in text(refused)
    assert counts() == (0, 0)


def test_a_list_of_names_finds_the_organisation_of_a_file_with_codes(officer):
    from engagecheck.web.models import Assessment

    Assessment.begin({"organisation": {"name": "Vale NHS Trust", "type": "nhs_trust", "country": "England"}, "as_of": "2026-03-31"})
    alone = files(published=SOURCES["annual-return"].example.replace("R0X", "R0Y") + SOURCES["annual-return"].example.splitlines()[1] + "\n")
    refused = officer.get(officer.post("/assessments/1/published", alone).headers["Location"])
    assert "there is nothing about Vale NHS Trust in it" in text(refused)
    assert "a list of names says" in text(refused)
    alone["published"].seek(0)
    named = officer.get(officer.post("/assessments/1/published", alone | files(names=NAMES)).headers["Location"])
    assert named.status_code == 200
    assert "New for this assessment:" in text(named)


def test_the_date_of_an_assessment_moves_only_if_a_person_says_so(officer, run, tmp_path):
    from engagecheck.web.models import Assessment

    profile = {"organisation": {"name": "Vale NHS Trust", "type": "nhs_trust", "country": "England"}, "as_of": "2025-03-31"}
    Assessment.begin(profile)
    (tmp_path / "p.json").write_text(json.dumps(profile), "utf-8")
    (tmp_path / "published.csv").write_text(SOURCES["cqc"].example, "utf-8")
    assert run("import", "cqc", "published.csv", "--into", "p.json", "--as-of", DAY, "--move-day").returncode == 0
    place = officer.post("/assessments/1/published", files(published=SOURCES["cqc"].example)).headers["Location"]
    late = officer.get(place)
    assert late.status_code == 422
    assert "after the date of the assessment, 31 March 2025; enter a later date of the assessment below" in text(late)
    assert 'name="as_of"' in text(late)
    assert "soon: is not a day" in text(officer.get(place, {"as_of": "soon"}))
    page = officer.get(place, {"as_of": DAY})
    assert "The date of the assessment becomes 31 March 2026." in text(page)
    assert stored().profile == profile
    officer.post(place, sent(page), follow=True)
    assert stored().profile == json.loads((tmp_path / "p.json").read_text("utf-8"))
    assert "as_of" in {one.address for one in stored().change_set.all()}


def test_only_who_begins_assessments_begins_one_with_a_file_and_only_with_the_own(team):
    assert team.contributor.post("/begin/published", files(published=NAMES)).status_code == 403
    place = team.lead.post("/begin/published", files(published=NAMES)).headers["Location"]
    type(team.users["lead"]).objects.filter(username="outsider").update(may_begin=True)
    for method in ("get", "post"):
        assert getattr(team.outsider, method)(place).status_code == 404
        assert getattr(team.contributor, method)(place).status_code == 403
    assert team.outsider.post(f"{place}/leave-out").status_code == 404
    assert team.lead.get(place.replace("/begin/", "/assessments/1/")).status_code == 404
    assert team.lead.get(place, {"as_of": DAY}).status_code == 200


def test_the_sources_are_listed_with_what_they_answer_and_their_empty_files(officer, run):
    page = text(officer.get("/sources"))
    listed = run("import", "--decides").stdout.decode()
    for name, one in SOURCES.items():
        assert one.about in page
        assert name in listed
    assert "Questions that it answers" in page
    assert "once you enter how many there are in all" in page
    assert "views" not in re.findall(r"/sources/([\w-]+)\.csv", page)
    for name in re.findall(r"/sources/([\w-]+)\.csv", page):
        assert officer.get(f"/sources/{name}.csv").content.decode() == SOURCES[name].template
    assert officer.get("/sources/cqc.csv").status_code == 404
    assert officer.get("/sources/nothing.csv").status_code == 404


def test_one_file_begins_one_assessment_however_often_it_is_sent(tmp_path, both):
    with served(tmp_path / "data", environment=both) as process:
        person = Person(process)
        place = person.upload("/begin/published", "published.csv", NAMES.encode(), form="/", field="published").url.removeprefix(process.base)
        token, windows = person.token(place), [person.second_window() for _ in range(6)]

        def begin(window):
            try:
                return window.post(place, {"source": "ods", "organisation": "R0X", "as_of": DAY, "version": ""}, token).status
            except urllib.error.HTTPError as error:
                return error.code

        with ThreadPoolExecutor(len(windows)) as pool:
            answers = sorted(pool.map(begin, windows))
        assert answers == [200, 404, 404, 404, 404, 404]
        assert len(re.findall(r'href="/assessments/\d+/"', person.read("/").decode())) == 1

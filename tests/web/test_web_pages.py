"""The pages without a browser: begin, answer, correct, choose, add, remove, take away. Nothing here needs a script."""

import html
import io
import json
import re
import sys
from pathlib import Path

import pytest

import engagecheck.web
from conftest import BARE, EXAMPLES, PROFILES
from engagecheck import load_profile
from engagecheck.intake.explain import open_document, valid_document
from engagecheck.intake.questions import all_questions
from engagecheck.intake.writing import as_text, write_document
from reading import UNWANTED, mean_length

PAPERS = ("docx", "xlsx", "html", "csv", "markdown", "json", "oscal", "oscal-poam")
"""The papers of the results, besides the PDF."""


def text(answer):
    return html.unescape(answer.content.decode())


def fields(answer):
    """The form of a page as a browser would send it back."""
    page, sent = answer.content.decode(), {}
    form = page[page.index('<form method="post" action="/assessments') :]
    for kind, name, rest in re.findall(r'<input type="(\w+)"[^>]*? name="([^"]+)"([^>]*)>', form):
        value = re.search(r'value="([^"]*)"', rest)
        if kind != "radio" or " checked" in rest:
            sent[html.unescape(name)] = html.unescape(value[1] if value else "")
    for name, inside in re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>\n(.*?)</textarea>', form, re.DOTALL):
        sent[name] = html.unescape(inside).replace("\n", "\r\n")
    for name, inside in re.findall(r'<select[^>]* name="([^"]+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', inside)
        sent[name] = html.unescape(chosen[1]) if chosen else ""
    return sent


def stored(pk=None):
    from engagecheck.web.models import Assessment

    return Assessment.objects.get(pk=pk) if pk else Assessment.objects.get()


def test_an_assessment_begins_with_four_answers(officer):
    page = officer.get("/begin")
    assert page.status_code == 200
    refused = officer.post("/begin", {"v:organisation/name": "<b>A</b>", "v:as_of": "32 March 2026"})
    assert refused.status_code == 422
    assert "Error: Begin" in text(refused)
    assert 'value="&lt;b&gt;A&lt;/b&gt;"' in refused.content.decode()
    assert "'32 March 2026' is not a date" in text(refused)
    assert text(refused).count("Error: this is always needed") == 2
    for key in ("as_of", "organisation--type"):
        assert f'<a href="#{key}">' in text(refused)
        assert f'id="{key}"' in text(refused)
    whole = {"v:organisation/name": "<b>A</b>", "v:organisation/type": "NHS trust", "v:organisation/country": "England", "v:as_of": "31/3/2026"}
    made = officer.post("/begin", whole)
    assert made.headers["Location"] == f"/assessments/{stored().pk}/"
    assert stored().profile.items() >= {"as_of": "2026-03-31", "organisation": {"name": "<b>A</b>", "type": "nhs_trust", "country": "England"}}.items()
    assert "&lt;b&gt;A&lt;/b&gt;" in officer.get(made.headers["Location"]).content.decode()


@pytest.mark.exhaustive
def test_every_page_that_is_sent_back_as_it_was_changes_nothing(officer, assessment):
    places = [f"/assessments/{assessment.pk}/questions/{one.name}" for one in all_questions() if not one.is_leaf]
    places.append(re.search(r'href="([^"]+/perceptions/doctors/items/[^"]+)"', text(officer.get(places[12])))[1])
    places.append(re.search(r'href="([^"]+/other_executives/e[^"]+)"', text(officer.get(places[1])))[1])
    for place in places:
        sent = fields(officer.get(place)) if "Save</button>" in text(officer.get(place)) else {}
        assert officer.post(place, sent).status_code == 302, place
    after = stored()
    assert (after.profile, after.typed, after.version) == (assessment.profile, {}, 1)


def test_answers_are_saved_and_those_in_error_are_kept_as_typed_and_linked(officer, assessment):
    place = f"/assessments/{assessment.pk}/questions/selection"
    sent = fields(officer.get(place))
    sent |= {"v:selection/complete_panels/count": "all of them", "v:selection/scored_assessment/count": "7"}
    page = officer.post(place, sent, follow=True)
    assert "<title>Error: Selection" in text(page)
    assert '<a href="#selection--complete_panels--count">' in text(page)
    assert 'value="all of them"' in text(page)
    assert "'all of them' is not a number" in text(page)
    assert "without answers in error: 1" in text(page)
    assert stored().profile["selection"]["scored_assessment"]["count"] == 7
    assert "count" not in stored().profile["selection"]["complete_panels"]
    assert "In error: 1" in text(officer.get(f"/assessments/{assessment.pk}/"))
    sent = fields(page) | {"v:selection/complete_panels/count": "22"}
    page = officer.post(place, sent, follow=True)
    assert "Saved." in text(page)
    assert stored().typed == {}
    assert stored().version == 3


def test_two_people_who_differ_choose_without_a_script(officer, assessment):
    place = f"/assessments/{assessment.pk}/questions/appraisal"
    mine = fields(officer.get(place))
    theirs = mine | {"v:appraisal/connected": "501", "v:appraisal/note": "theirs"}
    assert officer.post(place, theirs).status_code == 302
    page = officer.post(place, mine | {"v:appraisal/connected": "502", "v:appraisal/appraisers": "50"})
    assert page.status_code == 409
    assert "501 (saved meanwhile)" in re.sub(r"<[^>]+>", "", text(page))
    assert "502 (yours)" in re.sub(r"<[^>]+>", "", text(page))
    held = stored().profile["appraisal"]
    assert (held["connected"], held["appraisers"], held["note"]) == (501, 50, "theirs")
    kept = fields(page)
    assert kept["v:appraisal/connected"] == kept["w:appraisal/connected"] == "501"
    assert officer.post(place, kept | {"v:appraisal/connected": "502"}).status_code == 302
    assert stored().profile["appraisal"]["connected"] == 502


def at_once(officer, place, address, value):
    sent = fields(officer.get(place)) | {f"v:{address}": value}
    return officer.post(place, sent, headers={"HX-Request": "true", "HX-Trigger": f"field:{address.replace('/', '--')}"})


def test_one_answer_at_once_brings_its_message_the_rating_and_what_now_arises(officer):
    from engagecheck.web.models import Assessment

    made = Assessment.begin(BARE)
    place = f"/assessments/{made.pk}/questions/involvement"
    sent = fields(officer.get(place))
    assert "v:involvement/tiers/board/meetings" in sent
    answer = text(at_once(officer, place, "involvement/tiers/board/exists", "No"))
    assert 'id="asked:involvement--tiers--board--meetings" hx-swap-oob="true"' in answer
    assert 'name="v:involvement/tiers/board/meetings"' not in answer
    assert 'id="standing"' in answer
    assert stored().profile["involvement"] == {"tiers": {"board": {"exists": False}}}
    answer = text(at_once(officer, place, "involvement/tiers/board/exists", "Yes"))
    assert 'name="v:involvement/tiers/board/meetings"' in answer
    answer = text(at_once(officer, place, "involvement/tiers/board/meetings", "twelve"))
    assert "is not a number" in answer
    assert 'name="w:involvement/tiers/board/meetings" value="twelve"' in answer
    dated = f"/assessments/{made.pk}/questions/learning"
    assert "Understood as 2 March 2024" in text(at_once(officer, dated, "learning/external_review_on", "2/3/24"))


def test_one_answer_at_once_that_conflicts_is_not_saved_and_says_so(officer, assessment):
    place = f"/assessments/{assessment.pk}/questions/appraisal"
    before = fields(officer.get(place))
    at_once(officer, place, "appraisal/connected", "501")
    header = {"HX-Request": "true", "HX-Trigger": "field:appraisal--connected"}
    answer = text(officer.post(place, before | {"v:appraisal/connected": "502"}, headers=header))
    assert "Somebody changed this to “501” meanwhile" in answer
    assert f'name="w:appraisal/connected" value="{before["w:appraisal/connected"]}"' in answer
    assert stored().profile["appraisal"]["connected"] == 501


def test_an_entry_is_added_changed_and_removed(officer, assessment):
    place = f"/assessments/{assessment.pk}/questions/leadership"
    new = re.search(r'href="(\S+/non_executives/e[0-9a-f]{12})">Add', text(officer.get(place)))[1]
    address = new.partition("/questions/")[2]
    page = officer.get(new)
    assert "a new entry" in text(page)
    assert "Remove this entry" not in text(page)
    page = officer.post(new, fields(page) | {f"v:{address}/since": "May 2025"}, follow=True)
    assert "this counts as soon as these are answered too" in text(page)
    assert "Not counted yet" in text(officer.get(place))
    kinds = re.findall(r'<option value="([^"]+)"', text(page))
    page = officer.post(new, fields(page) | {f"v:{address}/role": kinds[-1]}, follow=True)
    assert "you listed 8 but said there are 7 in total" in text(page)
    assert len(stored().profile["leadership"]["non_executives"]["entries"]) == 7
    officer.post(place, fields(officer.get(place)) | {"v:leadership/non_executives/of": "8"})
    assert stored().typed == {}
    page = officer.post(new, fields(officer.get(new)), follow=True)
    assert page.redirect_chain[-1][0] == place
    entries = stored().profile["leadership"]["non_executives"]["entries"]
    assert entries[-1]["since"] == "2025-05"
    sure = officer.get(new.replace("/questions/", "/remove/"))
    was = re.search(r'name="was" value="(\w+)"', text(sure))[1]
    officer.post(new, fields(officer.get(new)) | {f"v:{address}/since": "June 2025"})
    again = officer.post(new.replace("/questions/", "/remove/"), {"was": was})
    assert again.status_code == 409
    assert "Somebody changed this entry meanwhile" in text(again)
    was = re.search(r'name="was" value="(\w+)"', text(again))[1]
    assert officer.post(new.replace("/questions/", "/remove/"), {"was": was}).headers["Location"] == place
    officer.post(place, fields(officer.get(place)) | {"v:leadership/non_executives/of": "7"})
    assert stored().profile == assessment.profile


def test_an_entry_that_somebody_removed_meanwhile_is_not_half_made_again(officer, assessment):
    entry = assessment.document["journey"]["measurements"]["entries"][0]["#"]
    place = f"/assessments/{assessment.pk}/questions/journey/measurements/{entry}"
    mine = fields(officer.get(place))
    sure = officer.get(place.replace("/questions/", "/remove/"))
    officer.post(place.replace("/questions/", "/remove/"), {"was": re.search(r'name="was" value="(\w+)"', text(sure))[1]})
    header = {"HX-Request": "true", "HX-Trigger": f"field:journey--measurements--{entry}--edition"}
    changed = mine | {f"v:journey/measurements/{entry}/edition": "2031"}
    assert "Somebody removed this entry meanwhile" in text(officer.post(place, changed, headers=header))
    page = officer.post(place, changed)
    assert page.status_code == 409
    left = stored().profile["journey"]["measurements"]["entries"]
    assert len(left) == len(assessment.profile["journey"]["measurements"]["entries"]) - 1
    assert officer.post(place, fields(page)).status_code == 302
    added = stored().profile["journey"]["measurements"]["entries"][-1]
    assert added == {**assessment.profile["journey"]["measurements"]["entries"][0], "edition": "2031"}


def test_evidence_that_is_cited_cannot_be_removed_and_the_page_says_why(officer, assessment):
    entry = next(one["#"] for one in assessment.document["evidence"] if one["id"] == "HR")
    place = f"/assessments/{assessment.pk}/remove/evidence/{entry}"
    page = officer.post(place, {"was": re.search(r'name="was" value="(\w+)"', text(officer.get(place)))[1]})
    assert page.status_code == 409
    assert "cannot be removed yet" in text(page)
    assert stored().profile == assessment.profile


@pytest.mark.parametrize("place", [
    "/assessments/999/", "/assessments/999/questions/appraisal", "/assessments/1/questions/nothing", "/assessments/1/questions/leadership/withheld/x",
    "/assessments/1/remove/leadership", "/assessments/1/remove/leadership/chief_executive", "/assessments/1/papers/exe", "/assessments/1/questions/",
    "/assessments/1/questions/../../etc", "/static/../settings.py", "/static/workplace/%2e%2e/%2e%2e/settings.py", "/static/../../folder.py",
])  # fmt: skip
@pytest.mark.usefixtures("assessment")
def test_an_address_that_leads_nowhere_is_a_page_that_says_so(officer, place):
    answer = officer.get(place)
    assert answer.status_code == 404
    assert "There is no such page" in text(answer)
    assert "SECRET" not in text(answer)


def test_a_text_for_a_question_of_another_page_is_refused(officer, assessment):
    place = f"/assessments/{assessment.pk}/questions/appraisal"
    for address in ("organisation/name", "appraisal", "appraisal/nothing", "leadership/chief_executive/role", "as_of"):
        assert officer.post(place, {f"v:{address}": "x", f"w:{address}": ""}).status_code == 404
    assert stored().profile == assessment.profile


@pytest.mark.parametrize("suffix", ["json", "xlsx"])
@pytest.mark.parametrize("path", [path for path in PROFILES if path.stem in ("harbour-vale", "2026", "RR8")], ids=lambda path: path.stem)
@pytest.mark.exhaustive
def test_a_profile_is_brought_in_and_taken_away_without_loss(officer, path, suffix):
    document = json.loads(path.read_text("utf-8"))
    before = write_document(document, f"profile.{suffix}")
    file = io.BytesIO(before)
    file.name = f"profile.{suffix}"
    there = officer.post("/bring", {"file": file}).headers["Location"]
    taken = officer.get(f"{there}profile.{suffix}")
    assert re.fullmatch(rf'attachment; filename="[a-z0-9-]+-{document["as_of"]}-profile.{suffix}"', taken.headers["Content-Disposition"])
    assert taken.headers["Content-Type"] == "application/octet-stream"
    after = valid_document(open_document(taken.content, file.name))
    assert after == valid_document(open_document(before, file.name))
    if suffix == "json":
        assert after == document


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("profile.json", b"{", "profile.json:1:"),
        ("profile.json", as_text({**BARE, "as_of": "2031-02-30"}), "as_of"),
        ("profile.xlsx", b"no workbook", "profile.xlsx"),
        ("<img src=x>.json", b"[]", "<img src=x>.json"),
        ("form.html", b"<!DOCTYPE html><p>", "is a web page"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_used_is_explained(officer, name, content, words):
    file = io.BytesIO(content)
    file.name = name
    answer = officer.post("/bring", {"file": file})
    assert answer.status_code == 422
    assert words in text(answer)
    assert "<img" not in answer.content.decode()
    assert "Choose a file first" in text(officer.post("/bring"))


def test_an_assessment_is_deleted_after_a_question(officer, assessment):
    there = f"/assessments/{assessment.pk}/delete"
    assert "Take the profile away first" in text(officer.get(there))
    assert "Deleted: Harbour Vale" in text(officer.post(there, follow=True))
    assert officer.get(there).status_code == 404


def test_everything_that_the_officer_typed_is_escaped(officer):
    from engagecheck.web.models import Assessment

    bad = "\"><script>alert(1)</script>'{{7919*7919}}"
    document = {**BARE, "organisation": {**BARE["organisation"], "name": bad}, "note": f"{bad}\nsecond line", "evidence": [{"id": "E1", "title": bad, "kind": "other"}]}
    load_profile(document)
    made = Assessment.begin(document)
    Assessment.objects.update(typed={"appraisal/connected": bad})
    for place in ("", "questions/organisation", "questions/appraisal", "questions/evidence", "results", "report", "delete"):
        page = officer.get(f"/assessments/{made.pk}/{place}").content.decode()
        assert "<script>alert" not in page
        assert "62710561" not in page
    sent = fields(officer.get(f"/assessments/{made.pk}/questions/organisation"))
    assert sent["v:note"] == f"{bad}\r\nsecond line"


def test_the_results_are_those_of_the_command_line(officer, assessment, run, tmp_path):
    (tmp_path / "profile.json").write_bytes(officer.get(f"/assessments/{assessment.pk}/profile.json").content)
    for options, query in (([], ""), (["--public"], "?edition=public")):
        run("audit", "profile.json", "--no-plugins", "-f", "json=r.json", "-f", "html=r.html", "-f", "csv=r.csv", "-f", "docx=r.docx", *options)
        for form in ("json", "html", "csv", "docx"):
            paper = officer.get(f"/assessments/{assessment.pk}/papers/{form}{query}")
            assert paper.content == (tmp_path / f"r.{form}").read_bytes(), form
    assert officer.get(f"/assessments/{assessment.pk}/report").content != b""


def test_the_papers_that_the_results_offer(officer, assessment):
    page = text(officer.get(f"/assessments/{assessment.pk}/results"))
    assert set(re.findall(r"/papers/([\w-]+)\"", page)) == {"pdf", *PAPERS}


@pytest.mark.parametrize("form", [*PAPERS, pytest.param("pdf", marks=pytest.mark.exhaustive)])
def test_every_paper_is_a_download(officer, assessment, form):
    paper = officer.get(f"/assessments/{assessment.pk}/papers/{form}")
    assert paper.status_code == 200
    assert paper.headers["Content-Disposition"].startswith('attachment; filename="harbour-vale')


def test_the_example_reads_as_in_the_readme(officer, assessment):
    page = text(officer.get(f"/assessments/{assessment.pk}/"))
    assert "Score between 66 and 73 of 100. 61 of 72 questions answered." in page
    assert "<h2>Building" in page
    assert EXAMPLES.name == "examples"


def test_the_words_of_the_pages_are_plain():
    folder = Path(engagecheck.web.__file__).parent / "templates"
    pages = [re.sub(r"\{[%{].*?[%}]\}", "", path.read_text("utf-8")) for path in folder.rglob("*.html")]
    assert len(pages) >= 20
    texts = [part.strip() for page in pages for part in re.split(r"<[^>]+>", page) if part.strip()]
    assert [one for one in texts if UNWANTED.search(one)] == []
    assert mean_length(texts) <= 18


def test_a_paper_whose_extra_is_not_installed_says_what_to_install(officer, assessment, monkeypatch):
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    page = officer.get(f"/assessments/{assessment.pk}/papers/pdf")
    assert page.status_code == 422
    assert "engagecheck[pdf]" in text(page)

"""Removing for good what must not be kept: from approved documents, reports, the history, remarks, requests and names of files."""

import html
import io
import json
import re
import zipfile

import pytest
from test_steps import approved, go, published, reviewed, stored

from engagecheck.analysis.chain import faults
from engagecheck.analysis.history import Store

PLACE = "/assessments/1/remove-text"
PATIENT = {"text": "john smith", "reason": "names a patient"}
NOTE = "The chair was told by JOHN SMITH, a patient."


def words(answer):
    return " ".join(html.unescape(re.sub("<[^>]+>", " ", answer.content.decode())).split())


def text_of(content):
    """The text of every part of an Office file."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return " ".join(archive.read(one).decode() for one in archive.namelist() if one.endswith(".xml"))


def everything():
    """Every text in the database, and the file of evidence."""
    from django.apps import apps

    return "\n".join(str(list(model.objects.values_list())) for model in apps.get_app_config("workplace").get_models())


@pytest.fixture
def sound(sound):
    """The invented trust, with the name of a patient in a piece of evidence and in a note."""
    sound["evidence"][0]["title"] = "Letter of John Smith"
    sound["appraisal"]["note"] = NOTE
    return sound


def corrected(team):
    """Open it again and take the name out of the answers."""
    assessment = stored()
    go(team.lead, "reopen")
    assessment.refresh_from_db()
    document = json.loads(json.dumps(assessment.document).replace("John Smith", "a reader").replace(NOTE, "A note."))
    assessment.document = document
    assessment.save()


def history():
    from engagecheck.analysis.chain import Row
    from engagecheck.web.models import HistoryRow

    return [Row(*one) for one in HistoryRow.objects.order_by("number").values_list()]


@pytest.mark.exhaustive
def test_a_name_goes_from_all_that_was_approved_and_papers_say_so(team):
    from engagecheck.web.models import Approval

    published(team)
    before = Approval.objects.get()
    assert "John Smith" in before.report
    page = words(team.lead.post(PLACE, PATIENT))
    assert "This will be removed Approved by Medical director, 1 May 2026, recorded on " in page
    assert "Letter of John Smith" in page
    assert "open the assessment again first" in page
    corrected(team)
    assert team.lead.post(PLACE, {**PATIENT, "sure": "yes"}).status_code == 302
    after = Approval.objects.get()
    assert "smith" not in everything().lower()
    assert after.report_digest == before.report_digest
    assert after.document["evidence"][0]["title"] == after.document["appraisal"]["note"] == "[removed]"
    assert after.document["evidence"][1] == before.document["evidence"][1]
    said = f"by the lead of the assessment: names a patient. Its digest was {before.report_digest}"
    assert said in words(team.board.get("/assessments/1/board"))
    assert said in words(team.lead.get("/assessments/1/steps"))
    assert "Texts were removed from this report after it was made: " in words(team.board.get("/assessments/1/board/report"))
    paper = json.loads(team.board.get("/assessments/1/board/papers/json").content)
    assert said in paper["run"]["removed"][0]
    for form in ("html", "markdown", "oscal", "docx", "xlsx"):
        content = team.board.get(f"/assessments/1/board/papers/{form}").content
        shown = text_of(content) if form in ("docx", "xlsx") else content.decode()
        shown = " ".join(re.sub("<[^>]*>", " ", shown).replace("\\", "").split())
        assert "Texts were removed from this report after it was made: " in shown, form
    assert "text removed for good" in words(team.lead.get("/assessments/1/trail")).lower()


def test_the_history_holds_without_the_report_that_named_a_patient(team, data_folder, run):
    from django.db import connection

    published(team)
    (row,) = history()
    corrected(team)
    team.lead.post(PLACE, {**PATIENT, "sure": "yes"})
    reviewed(team)
    assert go(team.lead, "approve", role="Board", on="2 May 2026", version=str(stored().version)).status_code == 302
    first, second = history()
    assert list(faults([first, second], row.row_digest)) == []
    assert (first.report_digest, first.row_digest, second.previous) == (row.report_digest, row.row_digest, row.row_digest)
    assert first.removal.words.endswith("by the lead of the assessment: names a patient")
    assert second.removal is None
    if connection.vendor == "sqlite":
        verified = run("history", "verify", "--store", str(data_folder.database))
        assert (verified.returncode, b"number 1: its report was removed on" in verified.stdout) == (0, True)
        assert len(Store(str(data_folder.database)).sound_rows()) == 2


def test_a_second_name_is_removed_from_what_lost_one_before(team):
    from engagecheck.web.models import Approval

    published(team)
    corrected(team)
    team.lead.post(PLACE, {**PATIENT, "sure": "yes"})
    title = Approval.objects.get().document["evidence"][1]["title"]
    assert team.lead.post(PLACE, {"text": title, "reason": "also wrong", "sure": "yes"}).status_code == 302
    approval = Approval.objects.get()
    assert [one.split(": ")[1].split(".")[0] for one in approval.removed] == ["names a patient", "also wrong"]
    assert title not in approval.report
    assert team.board.get("/assessments/1/board/report").status_code == 200
    assert list(faults(history())) == []


@pytest.mark.usefixtures("sound")
def test_remarks_requests_and_names_of_files_lose_it_too(team):
    entry = stored().document["evidence"][0]["#"]
    file = io.BytesIO(b"a letter")
    file.name = "Letter-of-John-Smith.txt"
    team.lead.post(f"/assessments/1/evidence/{entry}/add", {"file": file})
    team.lead.post("/assessments/1/wanted", {"section": "appraisal", "text": "The letter of John Smith", "asked": "contributor", "due": "1 May 2027"})
    team.reviewer.post("/assessments/1/remark/appraisal/note", {"text": "Who is John  Smith?"})
    page = words(team.lead.post(PLACE, PATIENT))
    for one in ("Names of files", "letter-of-john-smith.txt", "Evidence asked for", "Remarks", "What changed"):
        assert one in page
    team.lead.post(PLACE, {**PATIENT, "sure": "yes"})
    from engagecheck.web.models import Remark, Revision, Wanted

    assert [one.text for one in (*Remark.objects.all(), *Wanted.objects.all())] == ["[removed]", "[removed]"]
    assert Revision.objects.get().name == "[removed]"
    assert team.lead.get("/assessments/1/files/1").status_code == 200


@pytest.mark.parametrize(("text", "said"), [
    ("", "Enter at least 3 letters or digits."),
    ("J.", "Enter at least 3 letters or digits."),
    ("ohn Smit", "This stands in nothing that could be removed here."),
    ("nobody of this name", "This stands in nothing that could be removed here."),
])  # fmt: skip
def test_what_is_too_short_or_nowhere_removes_nothing(team, text, said):
    approved(team)
    before = everything()
    answer = team.lead.post(PLACE, {"text": text, "reason": "names a patient", "sure": "yes"})
    assert (answer.status_code, said in words(answer)) == (422, True)
    assert everything() == before


@pytest.mark.parametrize(("text", "said"), [
    ("met", "This also stands where a report needs a certain word. Enter a longer text."),
    ("A sound trust", "This stands in the name of the organisation, by which the history knows it."),
])  # fmt: skip
def test_what_a_report_needs_stays(team, text, said):
    approved(team)
    name = stored().name
    before = everything()
    answer = team.lead.post(PLACE, {"text": name if "name" in said else text, "reason": "a mistake", "sure": "yes"})
    assert (answer.status_code, said in words(answer)) == (422, True)
    assert everything() == before


def test_a_reason_that_repeats_the_name_is_refused(team):
    approved(team)
    before = everything()
    answer = team.lead.post(PLACE, {**PATIENT, "reason": "John Smith is a patient", "sure": "yes"})
    assert (answer.status_code, "The reason repeats what must not be kept." in words(answer)) == (422, True)
    assert everything() == before


def test_nobody_but_the_lead_removes_anything(team):
    approved(team)
    before = everything()
    for name in ("contributor", "reviewer", "auditor", "board", "administrator", "outsider"):
        assert team.clients[name].post(PLACE, {**PATIENT, "sure": "yes"}).status_code in (403, 404)
        assert team.clients[name].get(PLACE).status_code in (403, 404)
    assert everything() == before


def test_an_assessment_that_was_approved_is_deleted_with_a_reason_and_the_history_holds(team):
    from engagecheck.web.models import Approval, Assessment, Change

    published(team)
    assert team.lead.post("/assessments/1/delete", {"reason": "its time is over"}).status_code == 403
    go(team.lead, "reopen")
    assert "Why is it deleted?" in words(team.lead.get("/assessments/1/delete"))
    refused = team.lead.post("/assessments/1/delete")
    assert (refused.status_code, "There is a problem Say why it is deleted." in words(refused)) == (422, True)
    assert team.lead.post("/assessments/1/delete", {"reason": "its time is over"}).status_code == 302
    assert (Assessment.objects.count(), Approval.objects.count()) == (0, 0)
    (row,) = history()
    assert list(faults([row])) == []
    assert row.removal.words.endswith("by the lead of the assessment: its time is over")
    (line,) = Change.objects.filter(what="assessment deleted")
    assert (line.after, line.by) == ("its time is over", "lead")
    assert "smith" not in everything().lower()


def test_a_report_that_another_approval_has_too_stays_in_the_history(team):
    from engagecheck.web.models import Approval, Assessment

    published(team)
    other = Assessment.begin(stored().profile, team.users["lead"])
    kept = Approval.objects.get()
    kept.pk, kept.assessment = None, other
    kept.save()
    go(team.lead, "reopen")
    assert team.lead.post("/assessments/1/delete", {"reason": "its time is over"}).status_code == 302
    assert [row.removal for row in history()] == [None]
    assert Approval.objects.get().assessment == other

"""Files of evidence: kept once in an organisation, never opened, reached through their own assessment alone, and removed for good."""

import hashlib
import html
import io
import os
import stat
import zipfile

import pytest

from conftest import BARE

PDF = b"%PDF-1.7 a report"


def text(answer):
    return html.unescape(answer.content.decode())


def named(name, content):
    file = io.BytesIO(content)
    file.name = name
    return {"file": file}


@pytest.fixture
def entry(assessment):
    return next(one["#"] for one in assessment.document["evidence"] if one["id"] == "HR")


@pytest.fixture
def place(assessment, entry):
    return f"/assessments/{assessment.pk}/evidence/{entry}/add"


def on_disk(data_folder):
    return sorted(path.name for path in data_folder.files.rglob("*") if path.is_file())


def newest():
    from engagecheck.web.models import Revision

    return Revision.objects.first()


def profile():
    from engagecheck.web.models import Assessment

    return Assessment.objects.get(pk=1).profile


def digest(content):
    return hashlib.sha256(content).hexdigest()


def test_a_file_is_kept_with_its_digest_and_comes_back_as_a_download(officer, data_folder, place, entry):
    page = officer.post(place, named("../../Appointment <files> 2026.PDF", PDF), follow=True)
    assert "Kept: appointment-files-2026.pdf." in text(page)
    assert "17\xa0bytes, added" in text(page)
    assert next(one for one in profile()["evidence"] if one["id"] == "HR")["sha256"] == digest(PDF)
    assert on_disk(data_folder) == [digest(PDF)]
    (path,) = data_folder.files.rglob(digest(PDF))
    if os.name == "posix":
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    answer = officer.get(f"/assessments/1/files/{newest().pk}")
    assert answer.content == PDF
    assert answer.headers["Content-Disposition"] == 'attachment; filename="appointment-files-2026.pdf"'
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert (newest().added_by, newest().entry, newest().file.size) == ("lead", entry, len(PDF))


def test_a_newer_version_keeps_the_older_and_the_same_file_is_kept_once(officer, data_folder, place, assessment):
    for content in (PDF, PDF + b" revised", PDF):
        officer.post(place, named("a.pdf", content))
    other = next(one["#"] for one in assessment.document["evidence"] if one["id"] == "REG")
    page = officer.post(place.replace(place.split("/")[4], other), named("b.pdf", PDF), follow=True)
    assert "b.pdf" in text(page)
    assert on_disk(data_folder) == sorted([digest(PDF), digest(PDF + b" revised")])
    page = officer.get(f"/assessments/1/questions/evidence/{place.split('/')[4]}")
    assert text(page).count("an earlier version") == 2
    assert next(one for one in profile()["evidence"] if one["id"] == "HR")["sha256"] == digest(PDF)


def test_another_organisation_has_files_of_its_own(officer, data_folder, place):
    from engagecheck.web.models import Assessment

    officer.post(place, named("a.pdf", PDF))
    theirs = Assessment.begin({**BARE, "evidence": [{"id": "E1", "title": "A", "kind": "other"}]})
    there = f"/assessments/{theirs.pk}/evidence/{theirs.document['evidence'][0]['#']}/add"
    officer.post(there, named("a.pdf", PDF))
    assert on_disk(data_folder) == [digest(PDF)] * 2
    mine, others = [officer.get(f"/assessments/{one}/files/1").status_code for one in (1, theirs.pk)]
    assert (mine, others) == (200, 404)
    assert officer.get(f"/assessments/{theirs.pk}/files/1/remove").status_code == 404
    officer.post(f"/assessments/{theirs.pk}/delete")
    assert on_disk(data_folder) == [digest(PDF)]


def bomb():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("x", b"\0" * 30_000_000)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.exe", b"MZ", "files of this kind are not kept"),
        ("a.html", b"<script>", "files of this kind are not kept"),
        ("a.svg", b"<svg>", "files of this kind are not kept"),
        ("a.pdf.exe", PDF, "files of this kind are not kept"),
        ("a", PDF, "files of this kind are not kept"),
        (".pdf", PDF, "files of this kind are not kept"),
        ("a.pdf", b"<html>%PDF-", "is not what its name says"),
        ("a.docx", PDF, "is not what its name says"),
        ("a.png", b"GIF89a", "is not what its name says"),
        ("a.txt", b"x" * 20_000_001, "is larger than 20 MB"),
    ],
)  # fmt: skip
def test_a_file_that_is_not_kept_is_explained_and_leaves_nothing(officer, data_folder, place, name, content, words):
    before = profile()
    answer = officer.post(place, named(name, content))
    assert answer.status_code == 422
    assert words in text(answer)
    assert on_disk(data_folder) == []
    assert profile() == before


def test_an_empty_choice_is_explained(officer, place):
    assert "Choose a file first" in text(officer.post(place))


def test_an_archive_that_would_be_huge_when_opened_is_kept_as_it_is_because_nothing_opens_it(officer, data_folder, place):
    packed = bomb()
    officer.post(place, named("a.xlsx", packed))
    assert on_disk(data_folder) == [digest(packed)]


@pytest.mark.parametrize("entry_of", ["e000000000000", "leadership", "..", "e0"])
def test_a_file_belongs_to_an_entry_that_is_there(officer, data_folder, place, entry_of):
    answer = officer.post(place.replace(place.split("/")[4], entry_of), named("a.pdf", PDF))
    assert answer.status_code == 404
    assert on_disk(data_folder) == []


def test_what_must_not_be_kept_is_removed_for_good_with_its_reason_on_record(officer, data_folder, place):
    officer.post(place, named("a.pdf", PDF))
    number = newest().pk
    removing = f"/assessments/1/files/{number}/remove"
    assert "Do not repeat here what must not be kept" in text(officer.get(removing))
    assert officer.post(removing, {"reason": " "}).status_code == 422
    assert on_disk(data_folder) == [digest(PDF)]
    page = officer.post(removing, {"reason": "it names patients"}, follow=True)
    assert "removed by lead: it names patients" in text(page)
    assert digest(PDF) in text(page)
    assert on_disk(data_folder) == []
    gone = officer.get(f"/assessments/1/files/{number}")
    assert gone.status_code == 422
    assert "it names patients" in text(gone)
    again = officer.post(place, named("b.pdf", PDF))
    assert again.status_code == 422
    assert "this very file was removed by lead: it names patients" in text(again)
    assert on_disk(data_folder) == []


def test_a_file_that_was_changed_or_lost_on_the_disk_is_never_given_out(officer, data_folder, place):
    officer.post(place, named("a.pdf", PDF))
    (path,) = data_folder.files.rglob(digest(PDF))
    path.write_bytes(PDF + b"x")
    assert "was changed outside this program" in text(officer.get(f"/assessments/1/files/{newest().pk}"))
    path.unlink()
    assert "is no longer in the data folder" in text(officer.get(f"/assessments/1/files/{newest().pk}"))


def test_files_go_with_their_entry_and_what_a_killed_program_left_is_tidied_up(officer, data_folder, assessment):
    from engagecheck.web.answers.blocks import state_of
    from engagecheck.web.files import tidy
    from engagecheck.web.models import Assessment

    made = Assessment.begin({**BARE, "evidence": [{"id": "E1", "title": "A", "kind": "other"}]})
    entry = made.document["evidence"][0]["#"]
    officer.post(f"/assessments/{made.pk}/evidence/{entry}/add", named("a.pdf", PDF))
    folder = next(data_folder.files.rglob(digest(PDF))).parent
    (folder / "left.part").write_bytes(b"x")
    tidy()
    assert on_disk(data_folder) == [digest(PDF)]
    made.refresh_from_db()
    removing = f"/assessments/{made.pk}/remove/evidence/{entry}"
    assert "Its files are deleted too." in text(officer.get(removing))
    assert officer.post(removing, {"was": state_of(made.kept, f"evidence/{entry}")}).status_code == 302
    assert on_disk(data_folder) == []
    assert assessment.pk != made.pk

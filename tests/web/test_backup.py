"""A backup holds everything, also while somebody saves, and a folder restored from it is the same. What is damaged is refused."""

import io
import json
import os
import shutil
import stat
import zipfile

import pytest

from engagecheck import InputRefused, UsageRefused
from engagecheck.web.backup import DATABASE, back_up, restore
from engagecheck.web.folder import open_folder
from walk import BEGIN, Person, served


@pytest.fixture
def filled(officer, assessment, data_folder):
    entry = next(one["#"] for one in assessment.document["evidence"] if one["id"] == "HR")
    for name in ("kept", "removed"):
        file = io.BytesIO(f"a report that is {name}".encode())
        file.name = f"{name}.txt"
        officer.post(f"/assessments/{assessment.pk}/evidence/{entry}/add", {"file": file})
    officer.post(f"/assessments/{assessment.pk}/files/2/remove", {"reason": "it names patients"})
    return data_folder


def test_everything_comes_back_and_what_was_removed_does_not(filled, tmp_path):
    target = tmp_path / "backup.zip"
    assert back_up(filled, target) == 1
    if os.name == "posix":
        assert stat.S_IMODE(target.stat().st_mode) == 0o600
    with zipfile.ZipFile(target) as archive:
        assert len(archive.namelist()) == 2
        assert all(b"that is removed" not in archive.read(name) for name in archive.namelist())
    again = open_folder(tmp_path / "again")
    assert restore(target, again) == 1
    files = [path for path in again.files.rglob("*") if path.is_file()]
    assert [path.read_bytes() for path in files] == [b"a report that is kept"]
    assert {path.name for path in again.path.iterdir()} == {"key", "files", DATABASE}
    assert back_up(again, tmp_path / "second.zip") == 1
    assert not [path for path in filled.path.iterdir() if path.is_dir() and path.name != "files"]


def test_nothing_is_overwritten(filled, tmp_path):
    target = tmp_path / "backup.zip"
    back_up(filled, target)
    with pytest.raises(UsageRefused, match="is there already"):
        back_up(filled, target)
    with pytest.raises(UsageRefused, match="has a workplace already"):
        restore(target, filled)
    with pytest.raises(UsageRefused, match="there is no workplace"):
        back_up(open_folder(tmp_path / "empty"), tmp_path / "other.zip")


def test_a_file_of_evidence_that_was_changed_or_lost_is_said_and_no_backup_is_left(filled, tmp_path):
    (path,) = (one for one in filled.files.rglob("*") if one.is_file())
    path.write_bytes(b"changed")
    with pytest.raises(InputRefused, match="was changed"):
        back_up(filled, tmp_path / "backup.zip")
    path.unlink()
    with pytest.raises(InputRefused, match="is not in the folder"):
        back_up(filled, tmp_path / "backup.zip")
    assert list(tmp_path.iterdir()) == []


def repacked(source, target, change):
    with zipfile.ZipFile(source) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def file_in(parts):
    return next(name for name in parts if name != DATABASE)


@pytest.mark.parametrize("change", [
    lambda parts: parts.pop(DATABASE),
    lambda parts: parts.update({DATABASE: b"no database"}),
    lambda parts: parts.update({DATABASE: parts[DATABASE][:-5000]}),
    lambda parts: parts.pop(file_in(parts)),
    lambda parts: parts.update({file_in(parts): b"changed"}),
    lambda parts: parts.update({"../escaped": b"x"}),
    lambda parts: parts.update({"files/1/../../../escaped": b"x"}),
    lambda parts: parts.update({"/escaped": b"x"}),
    lambda parts: parts.update({f"files/9/{'0' * 64}": b"x"}),
], ids=["no database", "no SQLite", "cut", "file lost", "file changed", "up", "up inside", "absolute", "unknown file"])  # fmt: skip
def test_a_backup_that_is_not_right_restores_nothing(filled, tmp_path, change):
    back_up(filled, tmp_path / "backup.zip")
    repacked(tmp_path / "backup.zip", tmp_path / "bad.zip", change)
    folder = open_folder(tmp_path / "again")
    with pytest.raises(InputRefused, match=r"bad\.zip: "):
        restore(tmp_path / "bad.zip", folder)
    assert [path.name for path in folder.path.iterdir()] == ["key"]
    assert not (tmp_path / "escaped").exists()


@pytest.mark.parametrize("content", [b"", b"no archive", b"PK\x03\x04 cut"])
def test_a_file_that_is_no_backup_is_refused_in_one_sentence(run, tmp_path, content):
    (tmp_path / "bad.zip").write_bytes(content)
    done = run("workplace", "restore", "bad.zip", "--folder", tmp_path / "again")
    assert done.returncode == 3
    assert done.stderr.decode() == "bad.zip: is not a backup of a workplace, or is damaged\n"
    assert run("workplace", "restore", "none.zip", "--folder", tmp_path / "again").returncode == 3


def test_a_backup_is_made_while_the_program_runs_and_served_again(run, tmp_path):
    with served(tmp_path / "data") as process:
        person = Person(process)
        person.send("/begin", BEGIN)
        person.send("/assessments/1/questions/appraisal", {"v:appraisal/connected": "400", "w:appraisal/connected": ""})
        done = run("workplace", "backup", "b.zip", "--folder", tmp_path / "data")
        assert (done.returncode, done.stderr) == (0, b"Written: b.zip (0 files of evidence)\n")
    shutil.rmtree(tmp_path / "data")
    assert run("workplace", "restore", "b.zip", "--folder", tmp_path / "again").returncode == 0
    with served(tmp_path / "again") as process:
        profile = json.loads(Person(process).read("/assessments/1/profile.json"))
    assert profile["appraisal"] == {"connected": 400}

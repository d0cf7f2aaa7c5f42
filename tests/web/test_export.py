"""The export in one file: what is in it, and the same report from it by the command line."""

import io
import json
import zipfile

import pytest


def entry_of(assessment, name):
    return next(one["#"] for one in assessment.document["evidence"] if one["id"] == name)


def keep(officer, assessment, name, file_name, content):
    file = io.BytesIO(content)
    file.name = file_name
    officer.post(f"/assessments/{assessment.pk}/evidence/{entry_of(assessment, name)}/add", {"file": file})


def export(officer):
    answer = officer.get("/assessments/1/export.zip")
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=")
    return zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))


@pytest.fixture
def overridden(officer, sound):  # noqa: ARG001
    """The invented trust, with an accepted gap and an attestation in its profile."""
    from engagecheck.web.models import Assessment

    sound["accepted_gaps"] = [{"criterion": "senior-selection/beyond-clinical-expertise", "reason": "Too early.", "approver": "board", "approved_on": "2026-01-20", "expires_on": "2026-12-31"}]
    sound["attestations"] = [{"criterion": "journey/action-plan-known", "statement": "There is a plan.", "role": "medical director", "method": "interviewed", "on": "2026-01-20", "valid_until": "2026-12-31"}]
    return Assessment.begin(sound)


def test_an_audit_of_the_export_gives_the_same_report(officer, overridden, run, tmp_path):
    keep(officer, overridden, "HR", "Staff list.txt", b"first")
    keep(officer, overridden, "HR", "Staff list.txt", b"second")
    shown = json.loads(officer.get("/assessments/1/papers/json").content)
    with export(officer) as archive:
        assert archive.testzip() is None
        archive.extractall(tmp_path)
        assert sorted(archive.namelist()) == [
            "README.txt", "evidence/HR/1-staff-list.txt", "evidence/HR/2-staff-list.txt", "profile.json", "report.json",
        ]  # fmt: skip
    audited = json.loads(run("audit", "profile.json", "--no-plugins", "-f", "json").stdout)
    assert audited["report_digest"] == shown["report_digest"]
    assert audited["report_digest"] in (tmp_path / "README.txt").read_text("utf-8")
    assert run("verify", "report.json", "profile.json", "--no-plugins").returncode == 0
    assert len(json.loads((tmp_path / "profile.json").read_text("utf-8"))["accepted_gaps"]) == 1
    assert (tmp_path / "evidence/HR/2-staff-list.txt").read_bytes() == b"second"


def test_a_removed_file_is_not_in_the_export_and_a_damaged_one_stops_it(officer, assessment, data_folder):
    keep(officer, assessment, "HR", "a.txt", b"names a patient")
    keep(officer, assessment, "HR", "b.txt", b"right")
    officer.post("/assessments/1/files/1/remove", {"reason": "names a patient"})
    with export(officer) as archive:
        assert [one for one in archive.namelist() if one.startswith("evidence/")] == ["evidence/HR/2-b.txt"]
        assert b"names a patient" not in b"".join(archive.read(one) for one in archive.namelist())
    (path,) = (one for one in data_folder.files.rglob("*") if one.is_file())
    path.write_bytes(b"changed")
    answer = officer.get("/assessments/1/export.zip")
    assert answer.status_code == 422
    assert "was changed outside this program" in answer.content.decode()

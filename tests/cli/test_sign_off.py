"""A sign-off is recorded in JSON and in a workbook, covers facts, gaps and attestations, and every paper says what it is worth."""

import json
from datetime import date

import docx
import openpyxl
import pytest

from conftest import EXAMPLES
from engagecheck import AuditSettings, load_profile, run_audit
from engagecheck.intake.workflow.sign_off import digest
from engagecheck.model.headings import approval, is_draft, signatures
from overriding import HIGH, attest, gap, overrides

SOUND = json.loads((EXAMPLES / "sound.json").read_text("utf-8"))
SIGN = ("--approved-by", "Board", "--on", "2026-05-01")


@pytest.fixture
def profile(tmp_path):
    path = tmp_path / "profile.json"
    path.write_text(json.dumps(SOUND), encoding="utf-8")
    return path


def signed(path):
    return json.loads(path.read_text("utf-8"))


def said(document, **settings):
    return approval(run_audit(document, settings=AuditSettings(**settings)))


def test_papers_say_draft_then_approved_then_changed(run, profile):
    assert said(SOUND) == "Draft: not approved yet."
    assert "Recorded: approved by Board, 1 May 2026" in run("sign-off", profile, *SIGN).stderr.decode()
    document = signed(profile)
    assert said(document) == "Approved by Board, 1 May 2026."
    document["selection"]["scored_assessment"]["count"] = 0
    assert said(document) == "Changed since approval: draft. An earlier version was approved by Board, 1 May 2026."
    report = run_audit(document)
    assert is_draft(report)
    assert signatures(report) == [("Approved by", "Board, 1 May 2026, changed since")]


def test_what_was_approved_is_the_profile_of_its_own_day(run, profile, tmp_path):
    run("sign-off", profile, *SIGN)
    document = signed(profile)
    assert said(document, as_of="2026-03-31") == "Approved by Board, 1 May 2026."
    assert said(document, as_of="2026-09-30") == "Changed since approval: draft. An earlier version was approved by Board, 1 May 2026."
    for form in ("text", "markdown", "html", "docx=paper.docx"):
        run("audit", profile, "--as-of", "30 September 2026", "-f", form if "=" in form else f"{form}=paper.{form}")
    for path in tmp_path.glob("paper.*"):
        shown = "".join(docx.Document(str(path)).element.itertext()) if path.suffix == ".docx" else path.read_text("utf-8")
        assert "Changed since approval: draft" in " ".join(shown.replace("\\", "").split()), path


def test_an_approval_that_was_only_typed_is_a_draft():
    typed = {**SOUND, "sign_off": {"approved": {"role": "Board", "on": "2026-05-01"}}}
    assert said(typed) == "Draft: the approval by Board, 1 May 2026 is not recorded. Record it with engagecheck sign-off."


@pytest.mark.parametrize("form", ["text", "markdown", "html", "json"])
def test_each_paper_carries_it(run, profile, form):
    words = "current" if form == "json" else "Approved by Board, 1 May 2026"
    run("sign-off", profile, *SIGN)
    assert words in " ".join(run("audit", profile, "-f", form).stdout.decode().split())


@pytest.mark.parametrize(
    "change",
    [
        {"accepted_gaps": [gap()]}, {"attestations": [attest(HIGH)]}, {"evidence": SOUND["evidence"][:-1]}, {"as_of": "2026-04-01"},
        {"note": "Another remark."},
    ],
)  # fmt: skip
def test_it_covers_gaps_attestations_evidence_and_the_day(change):
    assert digest({**SOUND, **change}) != digest(SOUND)


@pytest.mark.parametrize(
    "change",
    [
        {"sign_off": {"checked": {"role": "Audit committee"}}}, {"not_for_publication": ["/talent"]}, {"talent": {**SOUND["talent"], "withheld": {}}},
        dict(reversed(SOUND.items())), {"commitment": {**SOUND["commitment"], "voting_doctors": float(SOUND["commitment"]["voting_doctors"])}},
    ],
)  # fmt: skip
def test_it_does_not_cover_itself_nor_what_says_nothing(change):
    assert digest({**SOUND, **change}) == digest(SOUND)


def test_a_later_check_leaves_the_approval_as_it_is(run, profile):
    run("sign-off", profile, *SIGN)
    run("sign-off", profile, "--checked-by", "Internal audit", "--on", "2026-05-03")
    assert said(signed(profile)) == "Approved by Board, 1 May 2026."
    assert [name for name, _ in signatures(run_audit(signed(profile)))] == ["Checked by", "Approved by"]


def test_what_a_signature_takes_the_place_of_is_said(run, profile):
    first = run("sign-off", profile, *SIGN).stderr.decode()
    assert "takes the place" not in first + run("sign-off", profile, *SIGN).stderr.decode()
    second = run("sign-off", profile, "--approved-by", "Chair", "--on", "2026-05-09").stderr.decode()
    assert second.splitlines()[-2:] == ["Recorded: approved by Chair, 9 May 2026", "It takes the place of: approved by Board, 1 May 2026"]


def test_a_role_has_one_line(run, profile):
    done = run("sign-off", profile, "--approved-by", "A board\n\nApproved by nobody", "--on", "2026-05-01")
    assert "Recorded: approved by A board Approved by nobody, 1 May 2026" in done.stderr.decode().splitlines()
    assert signed(profile)["sign_off"]["approved"]["role"] == "A board Approved by nobody"


def test_gaps_from_outside_are_covered_too(run, profile, tmp_path):
    (tmp_path / "gaps.json").write_text(json.dumps({"accepted_gaps": [gap()]}))
    run("sign-off", profile, *SIGN, "--accepted-gaps", "gaps.json")
    document = signed(profile)
    assert said(document, overrides=overrides([gap()])) == "Approved by Board, 1 May 2026."
    assert said(document, overrides=overrides([gap(expires="2026-06-01")])).startswith("Changed since approval")
    assert said(document).startswith("Changed since approval")


def test_a_workbook_is_signed_and_keeps_its_previous_version(run, profile, tmp_path):
    run("convert", profile, "profile.xlsx")
    (tmp_path / "profile.xlsx").chmod(0o600)
    before = (tmp_path / "profile.xlsx").read_bytes()
    result = run("sign-off", "profile.xlsx", "--prepared-by", "Company secretary", *SIGN)
    assert result.returncode == 0
    assert (tmp_path / "profile.previous.xlsx").read_bytes() == before
    assert {path.stat().st_mode & 0o777 for path in tmp_path.glob("*.xlsx")} == {0o600}
    report = run_audit(load_profile(tmp_path / "profile.xlsx"))
    assert approval(report) == "Approved by Board, 1 May 2026."
    assert signatures(report)[0] == ("Prepared by", "Company secretary, 1 May 2026")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--on", "2026-05-01"), "say who signs"), (("--approved-by", "Board", "--on", "2026-13-01"), "--on: "), (("--approved-by", " ", "--on", "2026-05-01"), "say who signs"),
        (("--approved-by", "Board", "--on", ""), "the value after --on is empty"), *((("--approved-by", unseen, "--on", "2026-05-01"), "does not fit") for unseen in ("\u200b", "\u3164", "\u2800\ufeff")),
        (("--approved-by", "B" * 121, "--on", "2026-05-01"), "too long"),
        (("--approved-by", "Board", "--on", "2026-03-30"), "--on: 30 March 2026 is before the profile date, 31 March 2026"),
        (("--checked-by", "Board", "--on", "2126-05-01"), "--on: 1 May 2126 is more than 36 months after the profile date, 31 March 2026"),
        (("--prepared-by", "Board", "--on", "9999-12-31"), "is not a"), (("--prepared-by", "Board", "--on", "0001-01-01"), "is not a"),
    ],
)  # fmt: skip
def test_a_sign_off_without_a_role_or_a_day_is_refused(run, profile, arguments, words):
    result = run("sign-off", profile, *arguments)
    assert result.returncode == 2
    assert words in result.stderr.decode()
    assert "sign_off" not in signed(profile)


@pytest.mark.parametrize("day", ["2029-04-01", "2090-12-31"])
@pytest.mark.parametrize(
    "words", ["audit {} --as-of {}", "whatif {} --as-of {}", "audit {} -f csv=x.csv --meeting {}", "roll-forward {} --to {} --output x.json"]
)
def test_a_day_years_after_the_profile_is_refused(run, profile, words, day):
    result = run(*words.format(profile, day).split())
    assert (result.returncode, result.stdout) == (2, b"")
    assert b"is more than 36 months after" in result.stderr
    assert not list(profile.parent.glob("x.*"))


def test_a_day_three_years_after_the_profile_is_accepted(run, profile):
    assert run("sign-off", profile, "--approved-by", "Board", "--on", "2029-03-31").returncode == 0
    assert run("audit", profile, "--as-of", "2029-03-31", "-f", "csv=x.csv", "--meeting", "2029-04-30", "--fail-on", "never").returncode == 0


def test_a_tracker_with_a_meeting_years_later_is_refused(run, profile, tmp_path):
    tracker, new = tmp_path / "t.xlsx", tmp_path / "new.xlsx"
    run("audit", profile, "-f", "xlsx=t.xlsx")
    book = openpyxl.load_workbook(tracker)
    book["Actions"]["B4"] = date(9999, 12, 31)
    book.save(tracker)
    result = run("audit", profile, "-f", "xlsx=new.xlsx", "--carry", "t.xlsx")
    assert result.returncode == 3
    assert b"--carry: the meeting in Actions!B4: 31 December 9999 is more than 36 months after the day of the report" in result.stderr
    assert not new.exists()


def test_gaps_and_attestations_of_the_profile_count_and_are_ignored_by_request(run, profile):
    unknown = "journey/action-plan-known"
    journey = {name: part for name, part in SOUND["journey"].items() if name != "action_plan_known"}
    selection = {**SOUND["selection"], "scored_assessment": {"of": 20, "count": 0}}
    stated = {"accepted_gaps": [gap()], "attestations": [attest(unknown)]}
    profile.write_text(json.dumps({**SOUND, "journey": journey, "selection": selection, **stated}), encoding="utf-8")
    results = {one.id: one for finding in run_audit(load_profile(profile)).findings for one in finding.criteria}
    assert (results[HIGH].disposition, results[unknown].disposition) == ("accepted", "attested")
    report = json.loads(run("audit", profile, "-f", "json", "--ignore-overrides").stdout)
    assert not any(one["overrides"] for finding in report["findings"] for one in finding["criteria"])
    assert any(one["used"] == "ignored by request" for one in report["deviations"])


def test_their_dates_are_checked_with_their_place(run, profile):
    profile.write_text(json.dumps({**SOUND, "accepted_gaps": [gap(expires="2030-01-01")]}), encoding="utf-8")
    result = run("audit", profile)
    assert result.returncode == 3
    assert "/accepted_gaps/0/expires_on: at most 18 months" in result.stderr.decode()


def test_a_name_in_place_of_a_role_is_noted_at_once(run, profile):
    said = run("sign-off", profile, "--approved-by", "Dr John Example", "--on", "2026-05-01").stderr.decode()
    assert "Dr John Example: this looks like the name of a person; give the role instead" in said
    assert "looks like" not in run("sign-off", profile, *SIGN).stderr.decode()

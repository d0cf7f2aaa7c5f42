"""A report is verified by doing the audit again; whatever was changed is named."""

import copy
import json

import pytest

from conftest import EXAMPLES, SOUND
from engagecheck import ExitCode
from engagecheck.audit.describe import report_digest as digest

CONFIG = EXAMPLES / "journey/engagecheck.toml"
YEAR = EXAMPLES / "journey/2026.json"


def forged(report, change):
    document = copy.deepcopy(report)
    change(document)
    document["report_digest"] = digest(document)
    return json.dumps(document)


def verified(run, tmp_path, change):
    """What verify says of a report that was forged by `change`."""
    (tmp_path / "p.json").write_text(json.dumps(SOUND))
    report = json.loads(run("audit", "p.json", "-f", "json").stdout)
    (tmp_path / "forged.json").write_text(forged(report, change))
    return run("verify", "forged.json", "p.json")


def test_a_report_follows_from_its_inputs_and_from_no_others(run):
    run("audit", YEAR, "--config", CONFIG, "--fail-on", "low", "--min-coverage", "50", "-f", "json=report.json")
    done = run("verify", "report.json", YEAR, "--config", CONFIG)
    assert (done.returncode, done.stderr) == (0, b"")
    assert "follows from" in done.stdout.decode()
    for words, said in (((YEAR,), "made with accepted gaps"), ((EXAMPLES / "journey/2025.json", "--config", CONFIG), "this is not the profile"), ((YEAR, "--config", CONFIG, "--ignore-overrides"), "accepted gaps")):
        done = run("verify", "report.json", *words)
        assert done.returncode in (ExitCode.VERIFICATION, ExitCode.USAGE), done.stderr
        assert said in done.stderr.decode()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda report: report["findings"][0]["criteria"][0].update(outcome="not_met"), "the facts say"), (lambda report: report["summary"]["score"].update(low=99), "a different digest"),
        (lambda report: report["findings"].pop(), "is not in the report"), (lambda report: report["packs"][0].update(version="0.0.9"), "the pack engagecheck was version 0.0.9"),
        (lambda report: report["findings"][0].update(version="7"), "was version 7"), (lambda report: report["findings"][0]["criteria"][0].update(message="So."), "other details differ"),
        (lambda report: report["tool"].update(version="0.0.1"), "was made with engagecheck 0.0.1"), (lambda report: report.update(profile_digest="0" * 64), "this is not the profile"),
    ],
)  # fmt: skip
def test_a_forged_report_with_a_fitting_digest_is_found_out(run, tmp_path, change, said):
    done = verified(run, tmp_path, change)
    assert done.returncode == ExitCode.VERIFICATION
    assert said in done.stderr.decode()


def test_a_profile_that_was_saved_anew_gives_one_line_for_all_lines(run, tmp_path):
    run("audit", YEAR, "-f", "json=report.json")
    (tmp_path / "anew.json").write_text(json.dumps(json.loads(YEAR.read_text("utf-8"))), "utf-8")
    done = run("verify", "report.json", "anew.json")
    said = done.stderr.decode()
    assert (done.returncode, said.count("other details differ")) == (ExitCode.VERIFICATION, 1)
    assert "this is not the profile that was audited" in said


def test_a_report_audited_as_of_a_later_day_is_verified_as_of_that_day(run):
    run("audit", YEAR, "--as-of", "2026-09-30", "--scale", "wales", "-f", "json=report.json")
    assert run("verify", "report.json", YEAR).returncode == 0


def test_what_was_altered_or_cannot_be_done_again_is_no_verified_report(run, tmp_path):
    (tmp_path / "p.json").write_text(json.dumps(SOUND))
    report = json.loads(run("audit", "p.json", "-f", "json").stdout)
    (tmp_path / "altered.json").write_text(json.dumps({**report, "as_of": "2026-04-30"}))
    (tmp_path / "early.json").write_text(forged(report, lambda document: document.update(as_of="2020-01-01")))
    (tmp_path / "scale.json").write_text(forged(report, lambda document: document["summary"]["scale"].update(name="none")))
    (tmp_path / "none.json").write_text("{}")
    for name, code, said in (("altered", 6, "changed after it was made"), ("early", 6, "cannot be done again"), ("scale", 6, "no such scale"), ("none", 3, "missing")):
        done = run("verify", f"{name}.json", "p.json")
        assert (done.returncode, done.stdout) == (code, b""), done.stderr
        assert said in done.stderr.decode()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda report: report["summary"].update(gate=True), "“summary” of the report is not what the audit gives (gate)"), (lambda report: report["gate"].update(fail_on="never"), "(gate)"),
        (lambda report: report["packs"][0]["judgement"].update(gate=True), "the rating of the pack engagecheck"), (lambda report: report["packs"][0].update(digest="0" * 64), "were edited"),
        (lambda report: report.update(deviations=[{"what": "a", "default": "b", "used": "c", "reason": "d"}]), "“deviations”"),
    ],
)  # fmt: skip
def test_every_part_of_a_report_is_compared_by_name(run, tmp_path, change, said):
    assert said in verified(run, tmp_path, change).stderr.decode()


def test_a_rule_file_that_was_edited_shows(run, tmp_path):
    from hostile_plugins import rule

    (tmp_path / "mine").mkdir()
    file = tmp_path / "mine" / "good.py"
    file.write_text(rule("good"))
    with_rules = ("--plugins", "mine")
    run("audit", YEAR, *with_rules, "-f", "json=report.json")
    assert run("verify", "report.json", YEAR, *with_rules).returncode == 0
    file.write_text(rule("good") + "# the same rule, edited\n")
    done = run("verify", "report.json", YEAR, *with_rules)
    assert done.returncode == ExitCode.VERIFICATION
    assert "the rules of the pack folder mine were edited" in done.stderr.decode()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda report: report["findings"][0].update(title="So."), "the area appraisal-and-revalidation"), (lambda report: report["findings"].reverse(), "not in their order"),
        (lambda report: report["findings"].append(report["findings"][0]), "not those that the rules give"), (lambda report: report["findings"][0]["criteria"][0].update(value=0.5, value_text="50 %"), "met (50 %)"),
    ],
)  # fmt: skip
def test_areas_and_values_are_compared_by_name(run, tmp_path, change, said):
    assert said in verified(run, tmp_path, change).stderr.decode()


def test_options_that_contradict_the_report_are_not_passed_over(run):
    run("audit", YEAR, "-f", "json=report.json")
    done = run("verify", "report.json", YEAR, "--as-of", "2026-04-01")
    assert done.returncode == ExitCode.VERIFICATION
    assert "leave --as-of and --scale out" in done.stderr.decode()
    folder = EXAMPLES / "journey"
    run("audit", YEAR, "--accepted-gaps", folder / "accepted_gaps.json", "--ignore-overrides", "-f", "json=ignored.json")
    assert "--ignore-overrides" in run("verify", "ignored.json", YEAR).stderr.decode()
    assert run("verify", "ignored.json", YEAR, "--accepted-gaps", folder / "accepted_gaps.json", "--ignore-overrides").returncode == 0


def test_another_profile_is_said_at_one_glance(run):
    run("audit", YEAR, "-f", "json=report.json")
    lines = run("verify", "report.json", EXAMPLES / "journey/2024.json").stderr.decode().splitlines()
    assert "this is not the profile" in lines[0]
    assert len(lines) == 22
    assert lines[20].endswith("more differences")


def test_a_report_is_no_profile(run):
    run("audit", YEAR, "-f", "json=report.json")
    done = run("audit", "report.json")
    assert (done.returncode, done.stdout) == (3, b"")
    assert done.stderr.decode().splitlines() == ["report.json: is a report, not a profile; use engagecheck render, compare or trend"]


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (lambda report: report["summary"]["score"].update(low=100.0), ".summary.score.low"), (lambda report: report["summary"]["ladders"][0].update(next=1e300), ".summary.ladders[0].next"),
        (lambda report: report["packs"][0]["judgement"]["coverage"].update(total=72.0), "coverage.total"), (lambda report: report["findings"][0].update(weight=1.0), ".findings[0].weight"),
        (lambda report: report["findings"][0]["criteria"][0].update(max_age=24.0), ".max_age"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("words", [("verify", "forged.json", "p.json"), ("render", "forged.json"), ("compare", "forged.json", "p.json"), ("history", "add", "forged.json", "--store", "h.sqlite")], ids=lambda words: words[0])
def test_a_number_that_is_whole_to_the_schema_alone_is_refused_with_its_place(run, tmp_path, words, change, place):
    (tmp_path / "p.json").write_text(json.dumps(SOUND))
    report = json.loads(run("audit", "p.json", "-f", "json").stdout)
    (tmp_path / "forged.json").write_text(forged(report, change))
    done = run(*words)
    assert done.returncode == ExitCode.INPUT
    assert "forged.json: is not as the program writes a report, at " in done.stderr.decode()
    assert place in done.stderr.decode()

"""The smallest rule; the program from an archive; and a Python that removes what rules are read by."""

import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from conftest import EXAMPLES, ROOT, SOUND
from engagecheck import installed, run_audit
from engagecheck.model import labels

SMALLEST = '''from engagecheck import Rule, at_least

rule = Rule(title="The board meets its doctors")


@rule.criterion(question="Has the chief registrar at least a day a week?", reads="talent.chief_registrar_time", yardstick=at_least(50))
def chief_registrar_has_time(percent):
    return percent
'''


def test_the_smallest_rule_has_sensible_defaults(tmp_path):
    assert len(SMALLEST.splitlines()) <= 8
    (tmp_path / "board-diary.py").write_text(SMALLEST)
    report = run_audit(SOUND, installed([tmp_path], third_party=False))
    assert report.problems == ()
    (finding,) = [one for one in report.findings if one.rule == "board-diary"]
    (result,) = finding.criteria
    assert result.id == "board-diary/chief-registrar-has-time"
    assert (result.outcome, result.priority, result.unit) == ("not_met", "medium", "")
    assert labels.basis(result) == "the rule's own judgement; no source is given"
    assert result.show == "What percentage of the chief registrar's time is protected?"
    assert [advice.text for advice in result.recommendations] == [result.question]
    assert labels.recommendation(result.recommendations[0]) == result.question
    assert report.packs[1].judgement.flags == ()  # never a red flag unasked


def test_what_it_needs_to_be_shipped_is_asked_for(run, tmp_path):
    (tmp_path / "board-diary.py").write_text(SMALLEST)
    done = run("plugin", "check", "board-diary.py")
    assert done.returncode == 4
    for words in ("its why is empty", "no docstring", "there is no unit", "nothing is recommended", "its show is empty"):
        assert words in done.stderr.decode()


def test_a_fact_that_no_profile_has_is_refused(tmp_path):
    (tmp_path / "board-diary.py").write_text(SMALLEST.replace("chief_registrar_time", "chief_registrar_tme"))
    report = run_audit(SOUND, installed([tmp_path], third_party=False))
    assert report.exit_code == 4
    assert "it reads 'talent.chief_registrar_tme', which no profile has" in str(report.run["exceptions"])


def test_optimised_twice_is_refused_by_name():
    done = subprocess.run([sys.executable, "-OO", "-m", "engagecheck", "rules"], capture_output=True, check=False)
    assert done.returncode == 2
    assert b"python -OO removes the docstrings" in done.stderr
    assert subprocess.run([sys.executable, "-O", "-m", "engagecheck", "--version"], capture_output=True, check=False).returncode == 0


@pytest.mark.exhaustive
def test_from_an_archive_it_audits_and_its_rules_have_their_digests(tmp_path):
    project = tmp_path / "project"
    project.mkdir()
    for part in ("src", "plugins", "schemas", "examples"):
        shutil.copytree(ROOT / part, project / part, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    for part in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / part, project / part)
    install = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--no-build-isolation", "--target", tmp_path / "flat", project]
    subprocess.run(install, check=True, capture_output=True)
    archive = tmp_path / "engagecheck.pyz"
    with zipfile.ZipFile(archive, "w") as out:
        out.writestr("__main__.py", "from engagecheck_command import main\nmain()\n")
        for path in sorted((tmp_path / "flat").rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                out.write(path, path.relative_to(tmp_path / "flat"))
    profile = EXAMPLES / "sound.json"
    done = subprocess.run([sys.executable, archive, "audit", profile, "-f", "json"], capture_output=True, check=False, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    here = run_audit(Path(profile), installed(third_party=False))
    assert [finding["digest"] for finding in report["findings"]] == [finding.digest for finding in here.findings]
    assert report["packs"][0]["digest"] == here.packs[0].digest
    assert len({finding["digest"] for finding in report["findings"]}) == len(report["findings"])

"""The sound profile is sound, and each flawed one differs from it by just what its rule must find."""

import json

import pytest

from conftest import EXAMPLES
from engagecheck import ExitCode, Level, Outcome, installed, run_audit

REGISTRY = installed(third_party=False)
FLAWED = {path.stem: path for path in sorted((EXAMPLES / "flawed").glob("*.json"))}
SOUND = run_audit(EXAMPLES / "sound.json", REGISTRY)


def findings(report):
    return {finding.rule: finding for finding in report.findings}


def outcomes(finding):
    return [result.outcome for result in finding.criteria]


def test_the_sound_profile_meets_every_question_and_still_has_a_next_step():
    assert {result.outcome for finding in SOUND.findings for result in finding.criteria} == {Outcome.MET}
    assert SOUND.summary.level is Level.SUSTAINING
    assert SOUND.exit_code is ExitCode.OK
    assert SOUND.summary.next_steps
    assert SOUND.summary.to_collect == ()


def test_every_rule_has_its_flawed_profile():
    assert set(FLAWED) == set(REGISTRY.rules)


@pytest.mark.parametrize("name", FLAWED)
def test_a_flawed_profile_is_found_by_its_rule_and_by_no_other(name):
    report = run_audit(FLAWED[name], REGISTRY)
    sound, flawed = findings(SOUND), findings(report)
    assert flawed[name].outcome in (Outcome.NOT_MET, Outcome.PARTLY_MET)
    assert Outcome.NOT_MET in outcomes(flawed[name])
    for rule in set(sound) - {name}:
        assert outcomes(flawed[rule]) == outcomes(sound[rule]), rule
    lower = report.summary.score.low < SOUND.summary.score.low
    assert lower or report.summary.level is not Level.SUSTAINING
    assert "invented" in json.loads(FLAWED[name].read_text("utf-8"))["note"].lower()

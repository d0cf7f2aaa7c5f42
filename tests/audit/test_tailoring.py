"""Tailoring: shown beside the defaults, refused with line and column, and never a way to look better unseen."""

import json

import pytest

from conftest import EXAMPLES, SOUND
from engagecheck import AuditSettings, InputRefused, Level, installed, run_audit
from engagecheck.audit.tailoring import read_tailoring

REGISTRY = installed(third_party=False)
TENURE = "leadership-stability/chief-executive-tenure"


def tailored(text, name="engagecheck.toml"):
    return read_tailoring(text.encode(), name, REGISTRY)


def result(report, name):
    return next(one for finding in report.findings for one in finding.criteria if one.id == name)


def criterion(lines, name=TENURE, reason='reason = "ours"'):
    return f'[criteria."{name}"]\n{lines}\n{reason}\n'


def test_a_threshold_is_shown_beside_the_default_with_its_reason():
    report = run_audit(SOUND, REGISTRY, AuditSettings(tailoring=tailored(criterion("met = 60\npartly = 40"))))
    found = result(report, TENURE)
    assert (found.outcome, found.by_default.outcome, found.by_default.reason) == ("partly_met", "met", "ours")
    assert "60 months or more; partly: from 40 months" in found.yardstick.text
    (deviation,) = report.deviations
    assert (deviation.what, deviation.reason) == (TENURE, "ours")
    assert "36 months" in deviation.default
    assert report.summary.by_default is not None
    assert report.inputs["tailoring"]


def test_the_level_by_the_defaults_stands_beside_a_better_one():
    document = json.loads((EXAMPLES / "sound.json").read_text("utf-8"))
    document["selection"]["scored_assessment"]["count"] = 1
    strict = run_audit(document, REGISTRY)
    easy = run_audit(document, REGISTRY, AuditSettings(tailoring=tailored(criterion("met = 0.1\npartly = 0.05", "senior-selection/beyond-clinical-expertise"))))
    assert easy.summary.level is Level.SUSTAINING
    assert easy.summary.by_default is strict.summary.level is Level.BUILDING


def test_a_rule_left_out_is_measured_and_shown_and_counts_by_the_defaults():
    text = '[rules.senior-selection]\nleft_out = true\nreason = "reviewed elsewhere"\n'
    plain, report = run_audit(SOUND, REGISTRY), run_audit(SOUND, REGISTRY, AuditSettings(tailoring=tailored(text)))
    found = next(one for one in report.findings if one.rule == "senior-selection")
    assert found.left_out == "reviewed elsewhere"
    assert [one.outcome for one in found.criteria] == [one.outcome for finding in plain.findings if finding.rule == found.rule for one in finding.criteria]
    assert report.summary.score != plain.summary.score
    assert report.summary.by_default is plain.summary.level
    assert report.packs[0].rules == plain.packs[0].rules


def test_demands_on_evidence_are_departures_too():
    name = "appraisal-and-revalidation/appraisals-completed"
    report = run_audit(SOUND, REGISTRY, AuditSettings(tailoring=tailored(criterion('min_assurance = "verified"', name))))
    assert (result(report, name).outcome, result(report, name).by_default.outcome) == ("not_evidenced", "met")


def test_gate_and_scale_come_from_the_file_unless_said_otherwise():
    tailoring = tailored('scale = "rag"\nfail_on = "never"\nmin_coverage = 99\n')
    report = run_audit(SOUND, REGISTRY, AuditSettings(tailoring=tailoring))
    assert (report.summary.scale.name, report.gate.fail_on, report.gate.min_coverage, report.summary.gate) == ("rag", "never", 99, False)
    report = run_audit(SOUND, REGISTRY, AuditSettings(tailoring=tailoring, scale="journey", fail_on="low", min_coverage=0))
    assert (report.summary.scale.name, report.gate.fail_on, report.gate.min_coverage) == ("journey", "low", 0)
    assert [one.what for one in run_audit(SOUND, REGISTRY, AuditSettings(tailoring=tailoring)).deviations] == ["exit code 1", "exit code 1", "the words of the rating"]
    assert [one.used for one in report.deviations] == ["--fail-on low"]
    assert run_audit(SOUND, REGISTRY).deviations == ()


def test_a_pyproject_has_a_table_of_its_own():
    text = '[project]\nname = "x"\n[tool.engagecheck]\nscale = "rag"\n[tool.engagecheck.criteria."leadership-stability/chief-executive-tenure"]\nmet = 48\nreason = "ours"\n'
    assert tailored(text, "pyproject.toml").criteria[TENURE].yardstick.met == 48
    with pytest.raises(InputRefused, match=r"pyproject.toml:7:1: .*say why"):
        tailored(text.replace('"ours"', '""'), "pyproject.toml")


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("scale = 'rag'\nscael = 'rag'", "2:1", "did you mean 'scale'"), ("scale = 'none'", "1:1", "no scale called 'none'"), ("scale = 3", "1:1", "not what is wanted"), ("fail_on = 'often'", "1:1", "not one of high"),
        ("min_coverage = 101", "1:1", "between 0 and 100"), ("min_coverage = true", "1:1", "not what is wanted"), ("x = [", "1:6", "not TOML"), ("\n\n  met == 3", "3:8", "not TOML"),
        (criterion("met = 48", "leadership-stability/cheif-executive-tenure"), "1:1", "did you mean"), (criterion("met = 48", reason=""), "1:1", "say why"), (criterion("met = 48", reason='reason = "  "'), "3:1", "say why"), (criterion("met = 48", reason='reason = "\u200b\u3164"'), "3:1", "say why"),
        (criterion('met = "48"'), "2:1", "not a number"), (criterion("met = 12"), "2:1", "easier than partly = 18"), (criterion("partly = 48"), "2:1", "easier than partly"), (criterion("mett = 48"), "2:1", "did you mean 'met'"),
        (criterion("met = 48\n  max_age = 0"), "3:3", "months from 1 to 120"), (criterion('min_assurance = "strong"'), "2:1", "not one of asserted"),
        (criterion("met = 90", "appraisal-and-revalidation/appraisals-completed"), "2:1", "between 0 and 1"), (criterion("met = 3", "senior-commitment/board-lead"), "2:1", "no edge"),
        (criterion("met = [20, 5]", "appraisal-and-revalidation/appraiser-load"), "2:1", "write [lowest, highest]"), (criterion("met = [1, 50]", "appraisal-and-revalidation/appraiser-load"), "2:1", "does not hold that of met"),
        (criterion("met = 3", "leadership-stability/chief-executive-turnover").replace("met = 3", "partly = 1"), "2:1", "easier than partly"),
        ('[rules.journye]\nleft_out = true\nreason = "x"', "1:1", "did you mean 'journey'"), ("[rules.journey]\nleft_out = true", "1:1", "say why"), ('[rules.journey]\nleft_out = false\nreason = "x"', "2:1", "left_out = true"),
        ("plugins = [1]", "1:1", "not what is wanted"), ("criteria = 3", "1:1", "write a table for each"), ("[[rules]]\nx = 1", "1:3", "write a table for each"), ('accepted_gaps = ""', "1:1", "not what is wanted"), (criterion("met = nan"), "2:1", "not a number"), (criterion("met = inf"), "2:1", "not a number"),
        (criterion("met = 48", reason="reason = 5"), "3:1", "say why"), (criterion(""), "1:1", "nothing is different"), (criterion("met = 0\npartly = 0", "senior-selection/beyond-clinical-expertise"), "2:1", "measures nothing"),
        ('[criteria]\n"no/such" = {met = 1, reason = "x"}', "2:2", "no criterion called"), ('criteria."no/such".met = 1', "1:11", "no criterion called"),
        ("rules.journey = 3", "1:1", "write a table"), ('[rules.consistency]\nleft_out = true\nreason = "x"', "2:1", "cannot be left out"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_with_line_and_column(text, place, words):
    with pytest.raises(InputRefused) as refused:
        tailored(text)
    line = next(one for one in refused.value.complaints if words in one)
    assert line.startswith(f"engagecheck.toml:{place}: ")


@pytest.mark.parametrize("text", ["tool = 3", "[tool]\nengagecheck = 3"])
def test_a_pyproject_whose_table_is_none_is_refused_or_says_nothing(text):
    if text == "tool = 3":
        assert tailored(text, "pyproject.toml").criteria == {}
    else:
        with pytest.raises(InputRefused, match="is no table"):
            tailored(text, "pyproject.toml")


def test_a_rule_of_another_pack_left_out_keeps_its_rating_by_the_defaults(tmp_path):
    from hostile_plugins import rule

    (tmp_path / "good.py").write_text(rule("good"))
    registry = installed([tmp_path], third_party=False)
    left_out = read_tailoring(b'[rules.good]\nleft_out = true\nreason = "x"\n', "engagecheck.toml", registry)
    other = run_audit(SOUND, registry, AuditSettings(tailoring=left_out)).packs[1].judgement
    assert (other.level, other.by_default, other.gate_by_default) == ("unproven", "sustaining", True)


def test_the_gate_by_the_defaults_stands_beside_the_tailored_one():
    document = json.loads((EXAMPLES / "sound.json").read_text("utf-8"))
    document["selection"]["scored_assessment"]["count"] = 1
    strict = run_audit(document, REGISTRY).summary
    easy = run_audit(document, REGISTRY, AuditSettings(tailoring=tailored(criterion("met = 0.1\npartly = 0.05", "senior-selection/beyond-clinical-expertise")))).summary
    assert (strict.gate, strict.gate_by_default, easy.gate, easy.gate_by_default) == (False, None, True, False)


def test_everything_wrong_is_said_in_one_run():
    with pytest.raises(InputRefused) as refused:
        tailored(criterion('met = "x"\nmax_age = 0', reason="") + "[rules.nothing]\nleft_out = true\n")
    assert len(refused.value.complaints) >= 4


def test_the_same_outcomes_under_every_scale():
    plain = run_audit(SOUND, REGISTRY)
    words = set()
    for name in REGISTRY.scales:
        report = run_audit(SOUND, REGISTRY, AuditSettings(scale=name))
        assert (report.summary.level, report.summary.score, report.findings) == (plain.summary.level, plain.summary.score, plain.findings)
        assert [one.name for one in report.summary.levels] == [name] * 4
        assert all(one.definition for one in report.summary.levels)
        words.add(report.summary.scale.word)
    assert set(REGISTRY.scales) == {"journey", "rag", "four-step", "wales"}
    assert len(words) == 4


def test_a_scale_of_a_plugin_works_and_must_be_complete(tmp_path):
    text = "from engagecheck import Level, OpinionScale\nSCALE = OpinionScale('stars', {level: ('*' * (number + 1), 'x') for number, level in enumerate(Level)})\n"
    (tmp_path / "stars.py").write_text(text)
    (tmp_path / "half.py").write_text(text.replace("enumerate(Level)", "enumerate(list(Level)[:2])").replace("stars", "half"))
    registry = installed([tmp_path], third_party=False)
    assert "stars" in registry.scales
    assert [problem.where for problem in registry.problems] == [f"folder {tmp_path.name}:half"]
    assert run_audit(SOUND, registry, AuditSettings(scale="stars")).summary.scale.word == "***"


def test_the_command_finds_its_file_and_the_plugins_beside_it(run, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "stars.py").write_text("from engagecheck import Level, OpinionScale\nSCALE = OpinionScale('stars', {level: ('star', 'x') for level in Level})\n")
    (tmp_path / "engagecheck.toml").write_text('scale = "stars"\nplugins = ["mine"]\naccepted_gaps = "gaps.json"\n' + criterion("met = 48"))
    named = ("--config", "engagecheck.toml")
    done = run("audit", EXAMPLES / "sound.json", *named)
    assert done.returncode == 3
    assert b"gaps.json: there is no such file" in done.stderr
    (tmp_path / "gaps.json").write_text('{"accepted_gaps": []}')
    said = run("audit", EXAMPLES / "sound.json", *named, "-f", "text").stdout.decode()
    assert "star." in said
    assert "departs from the defaults" in said
    assert "star." not in run("audit", EXAMPLES / "sound.json", "--no-config", "-f", "text").stdout.decode()
    assert run("audit", EXAMPLES / "sound.json", "--config", "none.toml").returncode == 3
    assert run("audit", EXAMPLES / "sound.json", *named, "--scale", "ragg").returncode == 2
    (tmp_path / "gaps.json").write_text("nonsense")
    assert run("audit", EXAMPLES / "sound.json", *named, "--ignore-overrides").returncode == 0


def test_the_defaults_themselves_are_no_departure():
    evidence = criterion("max_age = 24", "appraisal-and-revalidation/job-plans")
    report = run_audit(SOUND, REGISTRY, AuditSettings(tailoring=tailored(criterion("met = 36\npartly = 18") + evidence)))
    assert report.deviations == ()
    assert report.summary.score == run_audit(SOUND, REGISTRY).summary.score
    (one,) = run_audit(SOUND, REGISTRY, AuditSettings(tailoring=tailored(criterion("met = 36\npartly = 12")))).deviations
    assert one.used != one.default

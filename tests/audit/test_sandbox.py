"""Whatever a third party's plugin does costs that plugin alone; in a process of its own, everything does."""

import json
import time

import pytest
from msgspec import to_builtins

from conftest import EXAMPLES, SOUND
from engagecheck import Outcome, installed, load_profile, run_audit
from engagecheck.audit.sandbox import evaluate_isolated
from engagecheck.audit.tailoring import Tailoring
from hostile_plugins import DEADLY, IN_A_MEASURE, WHOLE, written

HOSTILE = {**IN_A_MEASURE, **DEADLY, **WHOLE}


def findings(report, folder):
    return {one.rule: one.outcome for one in report.findings if one.pack == f"folder {folder.name}"}


def test_there_are_seventeen():
    assert len(HOSTILE) == 17


@pytest.mark.exhaustive
def test_eighteen_outcomes_are_reported_and_the_good_one_is_unharmed(tmp_path):
    folder = written(tmp_path / "mine", HOSTILE)
    alone = run_audit(SOUND, installed(third_party=False))
    report = run_audit(SOUND, installed([folder], third_party=False, isolate=True))
    found = findings(report, folder)
    assert len(found) == 18
    assert found.pop("good") is Outcome.MET
    harmless = {"returns-none": Outcome.NOT_EVIDENCED, "floods": Outcome.MET, "mutates": found["mutates"]}
    for name, outcome in found.items():
        assert outcome is harmless.get(name, Outcome.ERROR), name
    assert report.summary == alone.summary
    assert [one for one in report.findings if one.pack == "engagecheck"] == list(alone.findings)
    told = {problem.where.rpartition(":")[2].partition("/")[0]: problem.message for problem in report.problems}
    for name, words in {
        "hangs": "took longer than 10 seconds", "segfaults": "SIGSEGV", "exits-hard": "without an answer", "interrupts": "ended by", "wrong-api": "version 99", "import-error": "ModuleNotFoundError",
        "duplicate-id": "use one name", "allocates": "MemoryError", "recurses": "RecursionError", "raises": "ValueError",
    }.items():  # fmt: skip
        assert words in told[name] + str(report.run["exceptions"]), (name, told[name])
    assert "\x1b" not in json.dumps([problem.message for problem in report.problems])
    assert report.exit_code == 4


@pytest.mark.parametrize("name", sorted({*IN_A_MEASURE, *WHOLE} - {"mutates", "floods"}))  # those only a process holds off
def test_in_process_what_a_process_can_survive_costs_that_plugin_alone(tmp_path, name):
    folder = written(tmp_path / "mine", [name])
    report = run_audit(SOUND, installed([folder], third_party=False))
    found = findings(report, folder)
    assert found["good"] is Outcome.MET
    assert found[name] is (Outcome.NOT_EVIDENCED if name == "returns-none" else Outcome.ERROR)
    assert report.summary == run_audit(SOUND, installed(third_party=False)).summary


def test_an_interrupt_ends_the_run_in_process(tmp_path):
    folder = written(tmp_path / "mine", ["interrupts"])
    with pytest.raises(KeyboardInterrupt):
        run_audit(SOUND, installed([folder], third_party=False))


def test_the_report_is_the_same_isolated_or_not_with_tailoring_and_a_later_day(run, tmp_path):
    written(tmp_path / "mine", [])
    (tmp_path / "engagecheck.toml").write_text('[criteria."good/asked"]\nmax_age = 3\nreason = "x"\n[criteria."leadership-stability/chief-executive-tenure"]\nmet = 48\nreason = "y"\n')
    for name, more in (("a", ()), ("b", ("--isolate",))):
        done = run("audit", EXAMPLES / "harbour-vale.json", "--plugins", "mine", "--as-of", "2026-06-30", "-f", f"json={name}.json", *more)
        assert done.returncode == 1, done.stderr
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()
    assert "good/asked" in (tmp_path / "b.json").read_text("utf-8")
    (tmp_path / "engagecheck.toml").write_text('[criteria."good/unknown"]\nmax_age = 3\nreason = "x"\n')
    report = json.loads(run("audit", EXAMPLES / "harbour-vale.json", "--plugins", "mine", "-f", "json", "--isolate").stdout)
    assert "there is no criterion called 'good/unknown'" in report["problems"][0]["message"]


def test_an_answer_is_checked_and_derived_again(tmp_path):
    """A plugin that takes over the process: it may answer what it likes, and is not believed."""
    folder = tmp_path / "mine"
    folder.mkdir()
    lie = "import msgspec\n_true = msgspec.json.encode\ndef answer(value):\n    made = msgspec.json.decode(_true(value))\n    {}\n    return _true(made)\nmsgspec.json.encode = answer\n"
    from hostile_plugins import RULE

    for name, change in {
        "says-met": "made['findings'][0]['outcome'] = 'met'", "takes-a-name": "made['findings'][0]['rule'] = 'journey'", "no-findings": "made['findings'] = [3]",
        "another-criterion": "made['findings'][0]['criteria'][0]['id'] = 'journey/asked'", "nothing": "made = []",
    }.items():  # fmt: skip
        (folder / f"{name.replace('-', '_')}.py").write_text(lie.format(change) + RULE.format(name=name, body="return not fact"))
    report = run_audit(SOUND, installed([folder], third_party=False, isolate=True))
    assert findings(report, folder) == {"says-met": Outcome.NOT_MET, **dict.fromkeys(("takes-a-name", "no-findings", "another-criterion", "nothing"), Outcome.ERROR)}


def test_the_time_limit_holds_and_processes_started_by_a_plugin_end_with_it(tmp_path):
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "starts.py").write_text("import subprocess, sys, time\nsubprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\ntime.sleep(60)\n")
    started = time.monotonic()
    found = evaluate_isolated(installed([folder], third_party=False, isolate=True), load_profile(SOUND), Tailoring(), seconds=2)
    assert time.monotonic() - started < 30
    assert "took longer than 2 seconds" in found.problems[0].message


def test_experimental_rules_do_not_gate_and_their_life_is_told(tmp_path):
    from hostile_plugins import RULE

    (tmp_path / "poor.py").write_text(RULE.format(name="poor", body="return not fact").replace('why="Because."', 'why="Because.", status="experimental", replaced_by="good"'))
    report = run_audit(SOUND, installed([tmp_path], third_party=False))
    (finding,) = [one for one in report.findings if one.rule == "poor"]
    assert (finding.status, finding.replaced_by, finding.outcome) == ("experimental", "good", "not_met")
    assert report.packs[1].judgement.flags == ()
    (tmp_path / "poor.py").write_text(RULE.format(name="poor", body="return not fact"))
    assert run_audit(SOUND, installed([tmp_path], third_party=False)).packs[1].judgement.flags


STICK = """
from attrs import frozen
from engagecheck import Outcome

@frozen
class Own:
    kind: str = "own"
    met: object = 1
    partly: None = None
    def judge(self, value):
        return {judge}
    def describe(self, unit):
        {describe}
"""


@pytest.mark.parametrize(
    "change",
    [
        ("yardstick=yes", "yardstick=Own()", {"judge": "value > 3"}), ("yardstick=yes", "yardstick=Own()", {"judge": "'met'"}), ("yardstick=yes", "yardstick=Own()", {"describe": "raise ValueError('x')"}), ("yardstick=yes", "yardstick=Own(met=object())", {}),
        ("yardstick=yes", "yardstick=object()", {}), ("return fact", "return engagecheck.Share(1, 0)", {}), ('"talent.leadership_strategy"', '"talent.leadership_stratgey"', {}), ('"talent.leadership_strategy"', '"talnt.x"', {}),
        ("return fact", "raise type('Bad', (Exception,), {'__str__': lambda self: 1 / 0})()", {}),
    ],
)  # fmt: skip
@pytest.mark.parametrize("isolate", [False, True])
def test_a_yardstick_or_text_that_fails_costs_that_criterion_alone(tmp_path, change, isolate):
    from hostile_plugins import RULE

    old, new, parts = change
    folder = written(tmp_path / "mine", [])
    stick = STICK.format(**{"judge": "Outcome.MET", "describe": "return 'x'", **parts})
    (folder / "poor.py").write_text("import engagecheck\n" + stick + RULE.format(name="poor", body="return fact").replace(old, new))
    report = run_audit(SOUND, installed([folder], third_party=False, isolate=isolate))
    found = findings(report, folder)
    assert found["good"] is Outcome.MET
    assert found["poor"] is Outcome.ERROR
    json.dumps(to_builtins(report))


def test_nothing_out_of_the_folder_one_is_in_gets_into_the_worker(run, tmp_path):
    written(tmp_path / "mine", [])
    (tmp_path / "base64.py").write_text("raise SystemExit(3)")
    done = run("audit", EXAMPLES / "sound.json", "--plugins", "mine", "--isolate", "-f", "json", env={"PYTHONSAFEPATH": "1"})  # of this process; the workers say so themselves
    assert json.loads(done.stdout)["problems"] == []


@pytest.mark.parametrize(
    ("body", "words"),
    [("import os; os.kill(os.getpid(), 40)", "signal 40"), ("import os, sys\n    f = sys._getframe()\n    while 'request' not in f.f_locals: f = f.f_back\n    os.mkfifo(f.f_locals['request'].answer); os._exit(0)", "without an answer")],
)  # fmt: skip
def test_odd_ends_of_a_process_are_ends(tmp_path, body, words):
    from hostile_plugins import RULE

    (tmp_path / "odd.py").write_text(RULE.format(name="odd", body=body))
    found = evaluate_isolated(installed([tmp_path], third_party=False, isolate=True), load_profile(SOUND), Tailoring(), seconds=20)
    assert words in found.problems[0].message


def test_what_a_rule_prints_is_no_part_of_the_report(run, tmp_path):
    from hostile_plugins import RULE

    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "loud.py").write_text("print('loading')\n" + RULE.format(name="loud", body="print('measuring'); return fact"))
    done = run("audit", EXAMPLES / "sound.json", "--plugins", "mine", "-f", "json")
    json.loads(done.stdout)
    assert b"measuring" in done.stderr

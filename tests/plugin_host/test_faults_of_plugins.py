"""What a plugin does wrong is named, costs that plugin alone, and reads the same in this process and in one of its own."""

import datetime
import json
import re
import subprocess
import sys

import pytest

from conftest import EXAMPLES, ROOT, SOUND
from engagecheck import (
    AuditSettings,
    Level,
    OpinionScale,
    Outcome,
    RuleRefused,
    UsageRefused,
    installed,
    load_profile,
    run_audit,
)
from engagecheck.batch import audit_many
from engagecheck.errors import ExitCode, InputRefused
from engagecheck.plugin_host.adapter import KINDS
from engagecheck.plugin_host.check import check
from engagecheck.plugin_host.discovery import GROUP, IMPORTERS
from engagecheck.testing import Cases
from hostile_plugins import RULE

PROFILE = EXAMPLES / "sound.json"
GOOD = RULE.format(name="good", body="return fact")


def written(folder, **files):
    folder.mkdir(parents=True)
    for name, text in files.items():
        (folder / f"{name}.py").write_text(text)
    return str(folder)


def command(tmp_path, *arguments, profile=PROFILE):
    """The command as a process of its own: only there does it have a parent."""
    return subprocess.run([sys.executable, "-m", "engagecheck", "audit", profile, "--plugins", "mine", *arguments], capture_output=True, cwd=tmp_path, check=False)


@pytest.mark.parametrize(
    ("body", "top", "words"),
    [
        ("import os; os._exit(0)", "", "without coming to its end"), ("return fact", "import os\nos._exit(0)\n", "without coming to its end"), ("import os, signal; os.kill(os.getpid(), 9)", "", "without coming to its end"),
        ("import sys; sys.exit(0)", "", ""), ("return fact", "import json\njson.dumps = lambda *a, **k: ''\n", "it gave nothing"), ("return fact", "import json\nd = json.dumps\njson.dumps = lambda *a, **k: d(*a, **k) * 2\n", "the format failed"),
        ("import os; os.execv('/bin/true', ['true'])", "", "without coming to its end"),
    ],
)  # fmt: skip
def test_what_ends_or_spoils_the_run_is_loud(tmp_path, body, top, words):
    written(tmp_path / "mine", odd=top + RULE.format(name="odd", body=body))
    done = command(tmp_path, "-f", "json")
    assert done.returncode == ExitCode.INCOMPLETE
    assert words in done.stderr.decode()
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize(("body", "top"), [("import os; os.fork(); return fact", ""), ("return fact", "import os\nos.fork()\n"), ("return fact", "import atexit\natexit.register(lambda: print('x' * 1000))\n")])
def test_the_output_is_not_written_twice_and_nothing_is_added(tmp_path, body, top):
    written(tmp_path / "mine", odd=top + RULE.format(name="odd", body=body))
    done = command(tmp_path, "-f", "json", "--fail-on", "never")
    assert done.returncode == ExitCode.OK
    assert json.loads(done.stdout)["problems"] == []


def test_what_a_plugin_doubles_is_written_and_recorded_once(tmp_path):
    written(tmp_path / "mine", odd=RULE.format(name="odd", body="import os; os.fork(); return fact"))
    done = command(tmp_path, "-f", "json=r.json", "-f", "text", "--record", "--store", "h.sqlite", "--fail-on", "never")
    assert done.returncode == ExitCode.OK
    said = done.stderr.decode().splitlines()
    assert [line.partition(":")[0] for line in said] == ["Written", "Recorded"], said
    assert done.stdout.count(b"(invented)") == 1
    (tmp_path / "many.jsonl").write_text(2 * (json.dumps(SOUND) + "\n"))
    assert command(tmp_path, "-f", "jsonl=o.jsonl", "--workers", "1", "--fail-on", "never", profile="many.jsonl").returncode == ExitCode.OK
    assert len((tmp_path / "o.jsonl").read_bytes().splitlines()) == 2


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_batch_is_as_loud(tmp_path, workers):
    written(tmp_path / "mine", odd=RULE.format(name="odd", body="import os; os._exit(0)"))
    (tmp_path / "many.jsonl").write_text(2 * (json.dumps(SOUND) + "\n"))
    done = command(tmp_path, "-f", "jsonl", "--workers", workers, profile="many.jsonl")
    assert done.returncode in (ExitCode.INCOMPLETE, ExitCode.INPUT)
    assert workers == "1" or all("errors" in json.loads(line) for line in done.stdout.splitlines())


@pytest.mark.parametrize(("body", "top"), [("import os; os.chdir('/'); return fact", ""), ("return fact", "import os\nos.chdir('/')\n")])
def test_a_plugin_that_goes_to_another_folder_does_not_take_the_command_along(run, tmp_path, body, top):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "odd.py").write_text(top + RULE.format(name="odd", body=body))
    (tmp_path / "s.json").write_text(json.dumps(SOUND))
    done = run("audit", "s.json", "--plugins", "mine", "-f", "json=r.json", "--fail-on", "never")
    assert done.returncode == 0, done.stderr
    assert json.loads((tmp_path / "r.json").read_text("utf-8"))["problems"] == []


def test_a_rule_that_changes_facts_is_named_and_ours_are_measured_before(tmp_path):
    body = "import gc\n    for one in gc.get_objects():\n        if type(one) is dict and {'talent', 'leadership'} <= set(one) and type(one['talent']).__name__ == 'Talent':\n            one.pop('leadership')\n    return fact"
    folder = written(tmp_path / "mine", aaa=RULE.format(name="aaa", body=body), good=GOOD)
    alone, report = run_audit(SOUND, installed(third_party=False)), run_audit(load_profile(SOUND), installed([folder], third_party=False))
    ours = {one.rule: one.outcome for one in report.findings if one.pack == "engagecheck"}
    assert ours == {one.rule: one.outcome for one in alone.findings}
    (problem,) = report.problems
    assert (problem.where, report.exit_code) == ("aaa/asked", ExitCode.INCOMPLETE)
    assert "changed the facts" in problem.message


@pytest.mark.parametrize("name", ["json", "text", "sarif", "summary", "xlsx"])
def test_a_format_of_ours_is_never_replaced(tmp_path, name):
    folder = written(tmp_path / "mine", fmt=f"from engagecheck import reporter\n@reporter({name!r}, about='x')\ndef made(report, style):\n    return 'taken over'\n")
    registry = installed([folder], third_party=False)
    assert registry.reporter(name).render is not None
    assert str(registry.formats.get(name, registry.offered[type(registry.reporter(name))][name].plugin)).startswith("engagecheck:")
    report = run_audit(SOUND, registry)
    assert f"the format {name!r} is brought by both engagecheck:{name} and folder mine:fmt" in report.problems[0].message
    assert report.exit_code == ExitCode.INCOMPLETE


BROKEN = {
    "volatile": {"mine": {"bad": "raise RuntimeError(object())\n", "good": GOOD}},
    "one rule id": {"a": {"good": GOOD}, "b": {"good": GOOD}},
    "folders of one name": {"a/x": {"good": GOOD}, "b/x": {"good": GOOD}},
    "a rule of ours": {"mine": {"journey": RULE.format(name="journey", body="return fact")}},
    "a syntax error": {"mine": {"bad": "def"}},
    "nothing": {"mine": {"bad": "x = 1"}},
    "an error in a measure": {"mine": {"bad": RULE.format(name="bad", body="raise ValueError(object())")}},
}


@pytest.mark.parametrize("name", BROKEN)
def test_failures_and_conflicts_read_the_same_isolated_or_not(tmp_path, name):
    folders = [written(tmp_path / folder, **files) for folder, files in BROKEN[name].items()]
    one, other, again = (run_audit(SOUND, installed(folders, third_party=False, isolate=isolate)) for isolate in (False, True, True))
    assert one.problems == other.problems
    assert one.problems
    assert one.report_digest == other.report_digest == again.report_digest
    assert one.exit_code == ExitCode.INCOMPLETE


HOOK = "from engagecheck import hookimpl\n@hookimpl\ndef {}():\n    {}\n"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (HOOK.format("engagecheck_rules", "return None"), "engagecheck_rules returned NoneType"), (HOOK.format("engagecheck_sources", "return 'text'"), "engagecheck_sources returned str"), (HOOK.format("engagecheck_rules", "return [3]"), "brought 3"), (HOOK.format("engagecheck_ruls", "return []"), "engagecheck_ruls is no hook; did you mean"),
        ("def engagecheck_importer():\n    return []\n", "engagecheck_importer is no hook"), (HOOK.format("engagecheck_rules", "return []").replace("def ", "async def "), "engagecheck_rules returned coroutine"),
        (GOOD.replace("def asked", "async def asked"), "without async or yield"), (GOOD.replace("return fact", "yield fact"), "without async or yield"), (GOOD.replace("asked(fact)", "asked(*, fact)"), "write fact as a plain parameter"), (GOOD.replace("asked(fact)", "asked(*fact)"), "write fact as a plain parameter"),
        ("from engagecheck import OpinionScale, Level\ns = OpinionScale('mine', {level: 5 for level in Level})\n", "not a word and a definition"), ("from engagecheck import OpinionScale\ns = OpinionScale('mine', {})\n", "for each of"),
    ],
)  # fmt: skip
@pytest.mark.filterwarnings("ignore::RuntimeWarning")  # a coroutine that is refused is never awaited
def test_what_cannot_be_is_refused_when_it_is_declared(tmp_path, text, words):
    registry = installed([written(tmp_path / "mine", good=text)], third_party=False)
    assert [problem.where for problem in registry.problems] == ["folder mine:good"]
    assert words in dict(registry.details)["folder mine:good"]
    assert words in " ".join(check(str(tmp_path / "mine")))


@pytest.mark.parametrize("pair", [5, None, ("word",), ("word", 5), ["word", "text"], ("", "text"), "ab"])
def test_a_scale_with_wrong_words_is_refused(pair):
    words = dict.fromkeys(Level, ("word", "text"))
    for wrong in (words | {Level.STARTING: pair}, [pair], None):
        with pytest.raises(RuleRefused):
            OpinionScale("mine", wrong)
    for name in (5, "", "Two Words"):
        with pytest.raises(RuleRefused):
            OpinionScale(name, words)
    if pair is not None:
        with pytest.raises(RuleRefused):
            OpinionScale("mine", words, pair)


UNKNOWN_SOURCES = {
    "of a question": GOOD.replace('basis="judgement", source=""', 'basis="judgement", source="nobody/part"'), "of a rule": GOOD.replace('title="A rule", source=""', 'title="A rule", source="nobody"'),
    "by a hook": GOOD.replace("rule = Rule(", "made = Rule(").replace("@rule.", "@made.") + "\nfrom engagecheck import hookimpl\nheld = {1: made}\ndel made\n@hookimpl\ndef engagecheck_rules():\n    return held.values()\n",
}  # fmt: skip
UNKNOWN_SOURCES["by a hook"] = UNKNOWN_SOURCES["by a hook"].replace('basis="judgement", source=""', 'basis="judgement", source="nobody"')


@pytest.mark.parametrize("name", UNKNOWN_SOURCES)
def test_a_rule_that_cites_an_unknown_source_is_refused_by_an_audit_isolated_or_not(tmp_path, name):
    folder = written(tmp_path / "mine", good=UNKNOWN_SOURCES[name], other=GOOD.replace("'good'", "'other'"))
    one, other = (run_audit(SOUND, installed([folder], third_party=False, isolate=isolate)) for isolate in (False, True))
    assert [(problem.where, problem.kind) for problem in one.problems] == [("folder mine:good", "plugin")]
    assert one.problems == other.problems
    assert one.report_digest == other.report_digest
    for report in (one, other):
        assert "it cites 'nobody', which no plugin brings" in str(report.run["exceptions"])
        assert report.exit_code == ExitCode.INCOMPLETE
        assert {finding.rule: finding.outcome for finding in report.findings if finding.pack == "folder mine"} == {"good": Outcome.ERROR, "other": Outcome.MET}


def test_a_source_of_another_plugin_is_known_whichever_is_loaded_first(tmp_path):
    source = "from engagecheck import Source\ns = Source('nobody', title='T', authority='A', read_in='R', date='2014', address='https://example.org/', seen='all')\n"
    folder = written(tmp_path / "mine", good=UNKNOWN_SOURCES["of a question"], zzz=source)
    assert installed([folder], third_party=False).problems == []


def test_an_unknown_source_is_found_by_the_check(run, tmp_path):
    written(tmp_path / "mine", good=GOOD.replace('basis="judgement", source=""', 'basis="judgement", source="nobody"'))
    done = run("plugin", "check", "mine")
    assert done.returncode == ExitCode.INCOMPLETE
    assert "it cites 'nobody', which no plugin brings" in done.stderr.decode()


def test_the_format_of_a_text_in_an_extension_is_checked(tmp_path):
    folder = written(tmp_path / "mine", ext="from engagecheck import ProfileExtension\nx = ProfileExtension('x', {'type': 'object', 'properties': {'day': {'type': 'string', 'format': 'date'}}})\n")
    registry = installed([folder], third_party=False)
    load_profile(SOUND | {"extensions": {"x": {"day": "2024-02-29"}}}, registry=registry)
    with pytest.raises(InputRefused, match="/extensions/x/day"):
        load_profile(SOUND | {"extensions": {"x": {"day": "2025-02-30"}}}, registry=registry)


@pytest.mark.parametrize(
    "settings",
    [{"fail_on": "hgh"}, {"fail_on": ""}, {"min_coverage": 500}, {"min_coverage": -1}, {"min_coverage": float("nan")}, {"min_coverage": "5"}, {"min_coverage": True}, {"as_of": datetime.datetime(2026, 1, 1)}, {"as_of": 5}, {"as_of": "2026"}],
)  # fmt: skip
def test_settings_that_cannot_be_are_refused(settings):
    with pytest.raises(UsageRefused):
        AuditSettings(**settings)


def test_a_path_is_a_path_in_a_batch_too(tmp_path):
    (tmp_path / "p.json").write_text(json.dumps(SOUND))
    by_path, by_text, by_bytes = audit_many([tmp_path / "p.json", str(tmp_path / "p.json"), json.dumps(SOUND)])
    assert {one["profile_digest"] for one in (by_path, by_text, by_bytes)} == {by_path["profile_digest"]}
    with pytest.raises(InputRefused, match="no such file"):
        list(audit_many([tmp_path / "none.json"]))
    for wrong in (5, None, [SOUND]):
        with pytest.raises(TypeError, match="a profile is bytes, text, a document or a path"):
            list(audit_many([wrong]))


def test_a_measure_that_raises_is_told_with_its_text_and_line(tmp_path):
    folder = written(tmp_path / "mine", good=RULE.format(name="good", body="return {}[fact]"))
    rule = installed([folder], third_party=False).rules["good"]
    told = list(Cases(rule["asked"], met=[{"fact": True}]).failures())
    assert any("the measure fails: KeyError: True (good.py, line 12: return {}[fact])" in one for one in told), told


@pytest.mark.parametrize("key", ["k" * 1_000_000, "a\nb\x1b[31m\u202e"])
@pytest.mark.parametrize("where", ["top", "section", "evidence", "evidence_for"])
def test_a_complaint_is_one_line_of_a_length_to_read(run, tmp_path, key, where):
    document = json.loads(json.dumps(SOUND))
    if where == "top":
        document[key] = 1
    elif where == "section":
        document["leadership"][key] = 1
    elif where == "evidence":
        document["evidence"][0]["id"] = key
    else:
        document["leadership"]["evidence_for"] = {key: ["E1"]}
    (tmp_path / "p.json").write_text(json.dumps(document))
    done = run("validate", "p.json")
    assert done.returncode == ExitCode.INPUT
    *lines, last = done.stderr.decode().splitlines()
    lines += [] if last == f"There are {len(lines)} mistakes. Correct them, and give the same command again." else [last]
    assert lines
    assert all(line.startswith("p.json:") and len(line) < 2100 for line in lines)
    assert "\x1b" not in done.stderr.decode()


@pytest.mark.parametrize(("part", "value"), [("id", "E1\n"), ("ods_code", "RX1\n")])
def test_a_line_break_at_the_end_is_no_part_of_an_id(part, value):
    document = json.loads(json.dumps(SOUND))
    (document["organisation"] if part == "ods_code" else document["evidence"][0])[part] = value
    with pytest.raises(InputRefused, match="does not fit"):
        load_profile(document)


def test_another_pack_that_is_here_does_not_matter_to_a_report(run, tmp_path):
    run("audit", PROFILE, "-f", "json=r.json")
    written(tmp_path / "mine", good=GOOD)
    done = run("verify", "r.json", PROFILE, "--plugins", "mine")
    assert done.returncode == ExitCode.OK, done.stderr
    assert "does not name them: the rules of folder mine" in done.stderr.decode()
    run("audit", PROFILE, "--plugins", "mine", "-f", "json=both.json")
    assert run("verify", "both.json", PROFILE, "--plugins", "mine").returncode == ExitCode.OK
    assert run("verify", "both.json", PROFILE).returncode == ExitCode.VERIFICATION
    (tmp_path / "mine" / "good.py").write_text(RULE.format(name="good", body="return not fact"))
    assert run("verify", "both.json", PROFILE, "--plugins", "mine").returncode == ExitCode.VERIFICATION


def test_a_good_plugin_is_met(tmp_path):
    report = run_audit(SOUND, installed([written(tmp_path / "mine", good=GOOD)], third_party=False))
    assert {one.outcome for one in report.findings if one.pack == "folder mine"} == {Outcome.MET}


THINGS = {
    "engagecheck_rules": "__import__('made').rule", "engagecheck_sources": "engagecheck.Source('mine', title='T', authority='A', read_in='R', date='2014', address='https://example.org/', seen='all')",
    "engagecheck_reporters": "engagecheck.reporter('mine', about='x')(lambda report, style: 'x')", "engagecheck_extensions": "engagecheck.ProfileExtension('mine', {'type': 'object'})",
    "engagecheck_importers": "held[1]", "engagecheck_scales": "engagecheck.OpinionScale('mine', {level: ('W', 'D.') for level in engagecheck.Level})",
}  # fmt: skip
IMPORTER = """
@engagecheck.importer("mine", title="T", about="x", publisher="P", kind="other")
def read(file, options):
    return []
held = {1: read}
del read
"""


def test_the_table_of_hooks_in_the_guide_is_right_and_each_hook_is_executed(tmp_path, monkeypatch):
    table = re.search(r"### Hooks\n.*?(\|.*?)\n\n", (ROOT / "docs" / "plugins.md").read_text("utf-8"), re.DOTALL)[1]
    rows = re.findall(r"^\| `(\w+)\(\)` \| (.*?) \|$", table, re.MULTILINE)
    assert [name for name, _ in rows] == list(KINDS) == list(THINGS)
    monkeypatch.syspath_prepend(tmp_path)
    (tmp_path / "made.py").write_text(RULE.format(name="mine", body="return fact"))
    for name, brings in rows:
        top = IMPORTER if name == "engagecheck_importers" else ""
        folder = written(tmp_path / name, mine=f"import engagecheck\nfrom engagecheck import hookimpl\n{top}\n@hookimpl\ndef {name}():\n    return [{THINGS[name]}]\n")
        registry = installed([folder], third_party=False, group=IMPORTERS if "importers" in name else GROUP)
        assert registry.problems == [], (name, registry.details)
        kind, word = KINDS[name]
        assert "mine" in registry.offered[kind], name
        assert word.removeprefix("the ").split()[-1] in brings

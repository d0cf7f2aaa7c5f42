"""One broken plugin never loses the rest, and is never quiet."""

import pytest

from conftest import SOUND
from engagecheck import ExitCode, Outcome, UsageRefused, installed, run_audit
from engagecheck.plugin_host.discovery import Plugin, plugins_in
from engagecheck.plugin_host.registry import Registry
from hostile_plugins import rule


@pytest.fixture
def folder(tmp_path):
    plugins = tmp_path / "mine"
    plugins.mkdir()
    for name, text in {
        "good": rule("good"), "raises": rule("raises", "raise ValueError('broken')"), "exits": "import sys\nsys.exit(0)",
        "syntax": "def (", "empty": "", "misnamed": rule("another-name"), "no_criteria":
        "from engagecheck import Rule\nrule = Rule('no-criteria', title='', source='', why='')", "hook_fails":
        "from engagecheck import hookimpl\n@hookimpl\ndef engagecheck_rules():\n    raise RuntimeError('no')", "hook_nonsense":
        "from engagecheck import hookimpl\n@hookimpl\ndef engagecheck_rules():\n    return [3]", "wrong_hook":
        "from engagecheck import hookimpl\n@hookimpl\ndef engagecheck_rules(wrong):\n    return []", "_private": "raise RuntimeError",
    }.items():  # fmt: skip
        (plugins / f"{name}.py").write_text(text)
    return plugins


def test_each_broken_plugin_is_named_and_the_good_one_judges(folder):
    report = run_audit(SOUND, installed([folder], third_party=False))
    outcomes = {finding.rule: finding.outcome for finding in report.findings if finding.pack == "folder mine"}
    assert outcomes.pop("good") is Outcome.MET
    broken = {"raises", "exits", "syntax", "empty", "misnamed", "no-criteria", "hook-fails", "hook-nonsense", "wrong-hook"}
    assert outcomes == dict.fromkeys(broken, Outcome.ERROR)
    assert {problem.where.partition(":")[2] or problem.where for problem in report.problems} == (broken - {"raises"}) | {"raises/asked"}
    assert report.exit_code is ExitCode.INCOMPLETE
    texts = {item["where"]: item["text"] for item in report.run["exceptions"]}
    assert texts["raises/asked"] == "ValueError: broken"
    assert "broken" not in str([problem.message for problem in report.problems])


def test_another_pack_never_changes_the_headline(folder):
    alone = run_audit(SOUND, installed(third_party=False))
    beside = run_audit(SOUND, installed([folder], third_party=False))
    assert beside.summary == alone.summary
    assert beside.packs[0] == alone.packs[0]
    assert [pack.name for pack in beside.packs] == ["engagecheck", "folder mine"]


def test_an_id_that_the_bundled_pack_has_stays_with_it(tmp_path):
    (tmp_path / "leadership_stability.py").write_text(rule("leadership-stability"))
    report = run_audit(SOUND, installed([tmp_path], third_party=False))
    (problem,) = report.problems
    assert "engagecheck:leadership-stability" in problem.message
    assert f"folder {tmp_path.name}:leadership-stability" in problem.message
    finding = next(one for one in report.findings if one.rule == "leadership-stability" and one.pack == "engagecheck")
    assert len(finding.criteria) == 7


def test_two_third_parties_with_one_id_are_both_refused(tmp_path):
    folders = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "same.py").write_text(rule("same"))
        folders.append(tmp_path / name)
    report = run_audit(SOUND, installed(folders, third_party=False))
    refused = [finding for finding in report.findings if finding.rule == "same"]
    assert {finding.pack for finding in refused} == {"folder one", "folder two"}
    assert {finding.outcome for finding in refused} == {Outcome.ERROR}
    registry = installed(folders, without=["folder two:same"], third_party=False)
    assert registry.problems == []
    assert registry.excluded == ["folder two:same"]
    assert run_audit(SOUND, registry).left_out == ("folder two:same",)


def test_a_folder_given_twice_is_loaded_once(folder):
    once, twice = installed([folder]), installed([folder, folder])
    assert set(twice.rules) == set(once.rules)
    named = [problem.message for problem in twice.problems if problem not in once.problems]
    assert named
    assert all("could not be loaded" in message for message in named)
    assert any("loaded already" in text for _, text in twice.details)


def test_rules_and_formats_made_at_run_time(tmp_path):
    (tmp_path / "made.py").write_text(
        rule("made-here").replace("rule = Rule", "made = lambda: Rule").replace("@rule", "held = made()\n@held")
        + "\nhidden = {'rule': held}\ndel held\nfrom engagecheck import hookimpl\n@hookimpl\ndef engagecheck_rules():\n    return [hidden['rule']]\n"
    )
    registry = installed([tmp_path], third_party=False)
    assert registry.problems == []
    assert "made-here" in registry.rules


def test_a_hook_may_be_a_static_method(tmp_path):
    (tmp_path / "static.py").write_text(
        "from engagecheck import Source, hookimpl\n@hookimpl\n@staticmethod\ndef engagecheck_sources():\n"
        "    return [Source('mine', title='T', authority='A', read_in='R', date='2025', address='a', seen='all')]\n"
    )
    registry = installed([tmp_path], third_party=False)
    assert registry.problems == []
    assert "mine" in registry.sources


def test_a_folder_that_cannot_be_listed_is_refused_in_a_sentence(tmp_path, monkeypatch):
    def refused(_folder):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.iterdir", refused)
    with pytest.raises(UsageRefused, match=r"cannot be read \(Permission denied\); check that you may list it"):
        list(plugins_in(tmp_path))


def test_names_that_do_not_exist(tmp_path):
    with pytest.raises(UsageRefused, match="no such folder"):
        installed([tmp_path / "none"])
    with pytest.raises(UsageRefused, match="no plugin is called so"):
        installed(without=["nothing"])
    with pytest.raises(UsageRefused, match="belongs to the bundled pack"):
        installed(without=["leadership-stability"])


def test_an_interrupt_while_loading_ends_the_run():
    def interrupted():
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Registry().add(Plugin("a", "b", "1", interrupted))


def test_the_registry_keeps_its_own_copy_of_a_rule(folder):
    registry = installed([folder], third_party=False)
    kept = registry.rules["good"]
    assert len(kept.criteria) == 1
    assert kept is not installed([folder], third_party=False).rules["good"]

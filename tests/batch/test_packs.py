"""A batch is rated by the pack that was chosen."""

import json

import pytest

from conftest import EXAMPLES, SOUND
from engagecheck import ExitCode
from frameworks import NAME, TITLE, ward


@pytest.fixture
def trusts(tmp_path):
    ward(tmp_path)
    lines = [json.dumps({**SOUND, "talent": {**SOUND["talent"], "leadership_strategy": made, "development_plan": True}}) for made in (True, False)]
    (tmp_path / "trusts.jsonl").write_text("\n".join(lines) + "\n")
    return "trusts.jsonl"


def test_lines_say_which_pack_rates_and_can_be_rendered(run, trusts, tmp_path):
    more = ("--plugins", "ward", "--pack", NAME)
    done = run("audit", trusts, *more, "-f", "jsonl=lines.jsonl")
    assert done.returncode == ExitCode.GATE
    assert f"2 profiles, 0 refused, rated by {NAME}" in done.stdout.decode()
    lines = [json.loads(line) for line in (tmp_path / "lines.jsonl").read_text().splitlines()]
    assert [(line["pack"], line["exit_code"]) for line in lines] == [(NAME, 0), (NAME, 1)]
    assert run("render", "lines.jsonl", "--line", "2", *more, "--detail").stdout.decode().startswith(f"{TITLE}: ")
    done = run("render", "lines.jsonl", "--line", "2", "--plugins", "ward")
    assert done.returncode == ExitCode.INPUT
    assert "give the options and use the rules of that audit" in done.stderr.decode()
    done = run("audit", trusts, "--plugins", "ward", "-f", "jsonl=lines.jsonl", "--resume")
    assert done.returncode == ExitCode.OUTPUT


def test_a_subset_in_several_processes(run, trusts, tmp_path):
    (tmp_path / "engagecheck.toml").write_text(f'pack = "{NAME}:first-steps"\nplugins = ["ward"]\n')
    done = run("audit", trusts, "-f", "jsonl", "--workers", "2", "--config", "engagecheck.toml")
    assert done.returncode == ExitCode.OK
    assert {json.loads(line)["pack"] for line in done.stdout.splitlines()} == {f"{NAME}:first-steps"}


def test_an_unknown_pack_is_one_sentence(run, trusts):
    for workers in ("1", "2"):
        done = run("audit", trusts, "--plugins", "ward", "--pack", "folder wart", "--workers", workers)
        assert (done.returncode, done.stdout) == (ExitCode.USAGE, b"")
        assert done.stderr.decode().splitlines() == ["--pack folder wart: no pack of rules is called so; did you mean 'folder ward'?"]


def test_without_a_choice_lines_and_summary_are_as_ever(run, tmp_path):
    (tmp_path / "one.jsonl").write_text(json.dumps(json.loads((EXAMPLES / "sound.json").read_text("utf-8"))) + "\n")
    done = run("audit", "one.jsonl", "-f", "jsonl")
    assert "pack" not in json.loads(done.stdout)
    assert run("audit", "one.jsonl").stdout.decode().startswith("1 profile, 0 refused\n")

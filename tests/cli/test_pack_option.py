"""`--pack` and `pack =` choose the pack that heads what a command says."""

import json

import pytest

from conftest import SOUND
from engagecheck import ExitCode
from frameworks import NAME, TITLE, ward


@pytest.fixture
def poor(tmp_path):
    ward(tmp_path)
    path = tmp_path / "poor.json"
    path.write_text(json.dumps({**SOUND, "talent": {**SOUND["talent"], "leadership_strategy": False, "development_plan": True}}))
    return path


def test_an_audit_by_another_pack(run, poor, tmp_path):
    done = run("audit", poor, "--plugins", "ward", "--pack", NAME, "-f", "json=report.json", "-f", "text")
    assert done.returncode == ExitCode.GATE
    assert done.stdout.decode().startswith(f"{TITLE}: ")
    assert json.loads((tmp_path / "report.json").read_text())["packs"][0]["name"] == NAME
    assert run("render", "report.json", "--detail").stdout == done.stdout
    assert run("audit", poor, "--plugins", "ward", "--pack", f"{NAME}:first-steps").returncode == ExitCode.OK


@pytest.mark.parametrize("command", [("audit",), ("whatif",), ("history", "add", "--store", "h.sqlite")])
def test_an_unknown_pack_or_subset_is_one_sentence(run, poor, command):
    for text, words in (("folder wart", "did you mean 'folder ward'?"), (f"{NAME}:last", "has no subset called 'last'; known are: first-steps")):
        done = run(*command, poor, "--plugins", "ward", "--pack", text)
        assert (done.returncode, done.stdout) == (ExitCode.USAGE, b"")
        assert words in done.stderr.decode()
        assert done.stderr.decode().count("\n") == 1


def test_the_configuration_names_it(run, poor, tmp_path):
    (tmp_path / "engagecheck.toml").write_text(f'pack = "{NAME}"\nplugins = ["ward"]\n')
    named = ("--config", "engagecheck.toml")
    assert f"{TITLE}: " in run("audit", poor, *named).stdout.decode()
    assert "Medical engagement: " in run("audit", poor, *named, "--pack", "engagecheck").stdout.decode()
    (tmp_path / "engagecheck.toml").unlink()
    (tmp_path / "pyproject.toml").write_text(f'[tool.engagecheck]\npack = "{NAME}"\nplugins = ["ward"]\n')
    assert f"{TITLE}: " in run("audit", poor, "--config", "pyproject.toml").stdout.decode()
    (tmp_path / "pyproject.toml").write_text("[tool.engagecheck]\npack = 3\n")
    done = run("audit", poor)
    assert done.returncode == ExitCode.INPUT
    assert "pyproject.toml:2:1: pack = 3 is not what is wanted here" in done.stderr.decode()


def test_what_if_is_about_the_chosen_pack(run, poor):
    found = json.loads(run("whatif", poor, "--plugins", "ward", "--pack", NAME, "-f", "json").stdout)
    assert [one["criterion"] for one in found["proposals"]] == ["ward-strategy/asked"]


def test_a_report_is_verified_by_the_pack_that_it_names(run, poor):
    for choice in (NAME, f"{NAME}:first-steps"):
        run("audit", poor, "--plugins", "ward", "--pack", choice, "-f", "json=report.json")
        assert run("verify", "report.json", poor, "--plugins", "ward").returncode == ExitCode.OK
        done = run("verify", "report.json", poor, "--plugins", "ward", "--pack", "engagecheck")
        assert done.returncode == ExitCode.VERIFICATION
        assert f"the pack {choice} heads this report; leave out --pack" in done.stderr.decode()
        done = run("verify", "report.json", poor)
        assert done.returncode == ExitCode.VERIFICATION
        assert "no pack of rules is called so" in done.stderr.decode()


def test_comparisons_say_it_and_a_page_carries_the_title(run, poor):
    run("audit", poor, "--plugins", "ward", "-f", "json=usual.json")
    run("audit", poor, "--plugins", "ward", "--pack", NAME, "-f", "json=ours.json")
    said = " ".join(run("compare", "usual.json", "ours.json").stdout.decode().split())
    assert f"Different packs head the audits: engagecheck, {NAME}." in said
    for command in ("compare", "trend"):
        page = run(command, "ours.json", "ours.json", "-f", "html").stdout.decode()
        usual = run(command, "usual.json", "usual.json", "-f", "html").stdout.decode()
        assert (f"<p>{TITLE}: " in page, "udits of medical engagement" in page) == (True, False)
        assert (f"<p>{TITLE}: " in usual, "udits of medical engagement" in usual) == (False, True)


def test_a_whole_report_takes_no_pack(run, poor):
    run("audit", poor, "-f", "json=report.json")
    assert run("render", "report.json", "--pack", "engagecheck").returncode == ExitCode.USAGE

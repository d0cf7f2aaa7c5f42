"""A configuration that was merely found is not trusted with code."""

import os

import pytest

from conftest import EXAMPLES
from engagecheck.errors import ExitCode
from engagecheck.plugin_host import consent
from hostile_plugins import RULE

PROFILE = EXAMPLES / "sound.json"
SPY = "open('ran', 'w').close()\n" + RULE.format(name="spy", body="return fact")
QUIET = ("-f", f"json={os.devnull}", "-f", "text")


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A folder with a configuration that names plugins, and a home of one's own."""
    place = tmp_path / "work"
    (place / "mine").mkdir(parents=True)
    (place / "mine" / "spy.py").write_text(SPY)
    (place / "engagecheck.toml").write_text('plugins = ["mine"]\n')
    monkeypatch.setattr(consent, "place", lambda: tmp_path / "home" / "trusted.json")
    return place


@pytest.mark.parametrize("command", [("audit", PROFILE), ("audit", PROFILE, "--isolate"), ("whatif", PROFILE), ("audit", PROFILE, PROFILE), ("compare", PROFILE, PROFILE)])
def test_without_consent_nothing_of_theirs_runs(run, place, command):
    done = run(*command, cwd=place)
    assert done.returncode == ExitCode.USAGE
    assert b"none of them was run" in done.stderr
    assert b"--config engagecheck.toml" in done.stderr
    assert not (place / "ran").exists()
    (place / "engagecheck.toml").rename(place / "other.toml")
    (place / "pyproject.toml").write_text('[tool.engagecheck]\nplugins = ["mine"]\n')
    assert run(*command, cwd=place).returncode == ExitCode.USAGE
    assert not (place / "ran").exists()


@pytest.mark.parametrize("options", [("--no-plugins",), ("--no-config",), ("--no-plugins", "--config", "engagecheck.toml")])
def test_no_plugins_means_none(run, place, options):
    assert run("audit", PROFILE, *options, cwd=place).returncode == ExitCode.OK
    assert not (place / "ran").exists()


@pytest.mark.parametrize("command", [("audit", PROFILE), ("audit", PROFILE, PROFILE), ("validate", PROFILE), ("rules",), ("plugin", "list")])
def test_no_plugins_with_plugins_is_a_contradiction(run, place, command):
    done = run(*command, "--no-plugins", "--plugins", "mine", cwd=place)
    assert done.returncode == ExitCode.USAGE
    assert not (place / "ran").exists()


@pytest.mark.parametrize("options", [("--config", "engagecheck.toml"), ("--plugins", "mine", "--no-config")])
def test_naming_it_is_consent(run, place, options):
    assert run("audit", PROFILE, *options, *QUIET, cwd=place).returncode == ExitCode.OK
    assert (place / "ran").exists()


def test_lasting_consent_ends_with_a_change(run, place, tmp_path):
    assert run("plugin", "trust", "mine", cwd=place).returncode == ExitCode.OK
    assert run("audit", PROFILE, cwd=place).returncode == ExitCode.OK
    (place / "ran").unlink()
    (place / "elsewhere").symlink_to(place / "mine")
    (place / "engagecheck.toml").write_text('plugins = ["elsewhere"]\n')
    assert run("audit", PROFILE, cwd=place).returncode == ExitCode.OK  # by its real path
    (place / "ran").unlink()
    for change in (lambda: (place / "mine" / "data.txt").write_text("x"), lambda: (place / "mine" / "spy.py").write_text(SPY + "\n")):
        change()
        assert run("audit", PROFILE, cwd=place).returncode == ExitCode.USAGE
        run("plugin", "trust", "mine", cwd=place)
        assert run("audit", PROFILE, cwd=place).returncode == ExitCode.OK
        (place / "ran").unlink()
    (tmp_path / "home" / "trusted.json").write_text("nonsense")
    assert run("audit", PROFILE, cwd=place).returncode == ExitCode.USAGE
    assert run("plugin", "trust", "none", cwd=place).returncode == ExitCode.USAGE
    assert not (place / "ran").exists()


def test_no_environment_variable_gives_consent(monkeypatch):
    before = consent.place()
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, "/somewhere/else")
    assert consent.place() == before


def test_what_a_found_configuration_sets_is_said(run, place):
    (place / "engagecheck.toml").write_text('fail_on = "never"\n')
    assert b"engagecheck.toml was found here, and what it sets applies" in run("audit", PROFILE, cwd=place).stderr
    assert b"was found" not in run("audit", PROFILE, "--no-config", cwd=place).stderr

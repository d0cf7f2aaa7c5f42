"""A configuration that was merely found is not trusted with code."""

import io
import json
import os
import re
import subprocess
from contextlib import contextmanager
from importlib._bootstrap_external import _code_to_hash_pyc
from importlib.util import cache_from_source
from pathlib import Path
from sysconfig import get_path

import docx
import openpyxl
import pytest

from conftest import EXAMPLES
from engagecheck import installed
from engagecheck.cli import files as cli_files
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


def test_a_batch_imports_nothing_that_lies_in_the_folder(tmp_path):
    """Each process of a batch is a Python of its own, which would import from the folder that it is started in."""
    for name in ("multiprocessing", "signal", "threading", "types", "encodings"):
        (tmp_path / f"{name}.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w').close()\n")
    for number in range(2):
        (tmp_path / f"{number}.json").write_bytes(PROFILE.read_bytes())
    command = [Path(get_path("scripts")) / "engagecheck", "audit", ".", "--workers", "2", "-f", "jsonl"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
    assert (done.returncode, done.stderr, len(done.stdout.splitlines())) == (ExitCode.OK, b"", 2)
    assert not (tmp_path / "ran").exists()


def test_a_consent_that_somebody_else_gave_meanwhile_is_kept(run, place, monkeypatch):
    kept, held = consent.place(), cli_files._held

    @contextmanager
    def meanwhile(path):
        with held(path):
            kept.write_text("{}")
            yield

    monkeypatch.setattr(cli_files, "_held", meanwhile)
    done = run("plugin", "trust", "mine", cwd=place)
    assert (done.returncode, kept.read_text()) == (ExitCode.OUTPUT, "{}")
    assert b"somebody made it meanwhile" in done.stderr


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


HELPED = "import sys\nfrom pathlib import Path\nsys.path.insert(0, str(Path(__file__).parent))\nimport helper_of_spy\n" + RULE.format(name="spy", body="return fact")
POISON = compile("open('poisoned', 'w').close()", "x", "exec")


@pytest.mark.parametrize("poisoned", ["spy", "helper_of_spy"])
def test_what_python_would_run_in_place_of_a_file_ends_consent_too(run, place, poisoned):
    (place / "mine" / "spy.py").write_text(HELPED)
    (place / "mine" / "helper_of_spy.py").write_text("")
    run("plugin", "trust", "mine", cwd=place)
    before = run("audit", PROFILE, cwd=place).returncode
    assert before != ExitCode.USAGE
    assert run("audit", PROFILE, cwd=place).returncode == before  # the run left nothing that ends consent
    made = Path(cache_from_source(str(place / "mine" / f"{poisoned}.py")))
    made.parent.mkdir()
    made.write_bytes(_code_to_hash_pyc(POISON, bytes(8), checked=False))
    assert run("audit", PROFILE, cwd=place).returncode == ExitCode.USAGE
    assert not (place / "poisoned").exists()


def test_a_rule_is_what_its_text_says_and_not_what_python_made_of_it(run, place):
    made = Path(cache_from_source(str(place / "mine" / "spy.py")))
    made.parent.mkdir()
    made.write_bytes(_code_to_hash_pyc(POISON, bytes(8), checked=False))
    assert run("audit", PROFILE, "--config", "engagecheck.toml", cwd=place).returncode == ExitCode.OK
    assert (place / "ran").exists()
    assert not (place / "poisoned").exists()


def test_a_link_to_another_folder_is_not_trusted(run, place, tmp_path):
    run("plugin", "trust", "mine", cwd=place)
    (tmp_path / "helper").mkdir()
    (place / "mine" / "helper").symlink_to(tmp_path / "helper")
    assert run("audit", PROFILE, cwd=place).returncode == ExitCode.USAGE
    done = run("plugin", "trust", "mine", cwd=place)
    assert done.returncode == ExitCode.USAGE
    assert b"mine/helper cannot be read (it is a link to another folder)" in done.stderr


def test_a_folder_that_nobody_trusted_is_not_even_read(run, place, monkeypatch):
    monkeypatch.setattr(consent, "_digest", lambda _: pytest.fail("it was read"))
    (place / "engagecheck.toml").write_text('plugins = ["/"]\n')
    done = run("audit", PROFILE, cwd=place)
    assert done.returncode == ExitCode.USAGE
    assert b"none of them was run" in done.stderr


def test_a_file_that_cannot_be_read_ends_consent_and_is_named(run, place, monkeypatch):
    run("plugin", "trust", "mine", cwd=place)

    def vanishes(_):
        raise FileNotFoundError(2, "No such file or directory", "mine/gone.py")

    monkeypatch.setattr(consent, "_digest", vanishes)
    assert run("audit", PROFILE, cwd=place).returncode == ExitCode.USAGE
    done = run("plugin", "trust", "mine", cwd=place)
    assert done.returncode == ExitCode.USAGE
    assert b"mine/gone.py cannot be read (No such file or directory)" in done.stderr
    assert not (place / "ran").exists()


def test_every_area_may_be_left_out_and_the_paper_says_it(run, place):
    rules = [one for one in installed(third_party=False).rules if one != "consistency"]
    (place / "engagecheck.toml").write_text("".join(f'[rules.{one}]\nleft_out = true\nreason = "x"\n' for one in rules))
    done = run("audit", PROFILE, "-f", "html=r.html", "-f", "docx=r.docx", "-f", "xlsx=r.xlsx", "-f", "markdown=r.md", cwd=place)
    assert done.returncode == ExitCode.INCOMPLETE
    assert b"Nothing could be assessed" in done.stdout
    assert b"failed" not in done.stderr


def test_no_environment_variable_gives_consent(monkeypatch):
    before = consent.place()
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, "/somewhere/else")
    assert consent.place() == before


def test_what_a_found_configuration_sets_is_said(run, place):
    (place / "engagecheck.toml").write_text('fail_on = "never"\n')
    assert b"engagecheck.toml was found here, and what it sets applies" in run("audit", PROFILE, cwd=place).stderr
    assert b"was found" not in run("audit", PROFILE, "--no-config", cwd=place).stderr


FOUND = """
fail_on = "medium"
min_coverage = 10
scale = "rag"
accepted_gaps = "gaps.json"
attestations = "attestations.json"
[criteria."talent-and-development/chief-registrar"]
max_age = 12
reason = "We have few."
[rules.journey]
left_out = true
reason = "Not this year."
"""
SET = (
    "exit code 1: --fail-on medium", "exit code 1: --min-coverage 10", "the words of the rating: rag", "left out of the rating: Engagement is measured", "changed: ", "accepted gaps", "attestations",
)  # fmt: skip


def word_text(path):
    return "\n".join(one.text for one in docx.Document(path).paragraphs)


def sheet_text(path):
    return "\n".join(str(cell) for row in openpyxl.load_workbook(io.BytesIO(path.read_bytes())).worksheets[0].iter_rows(values_only=True) for cell in row if cell)


def test_what_a_found_configuration_sets_stands_on_the_first_page_of_every_paper(run, place):
    (place / "engagecheck.toml").write_text(FOUND)
    for name in ("gaps.json", "attestations.json"):
        (place / name).write_text('{"accepted_gaps": []}' if name == "gaps.json" else '{"attestations": []}')
    forms = ("html", "markdown", "text", "docx", "xlsx", "oscal", "json")
    run("audit", PROFILE, *(word for form in forms for word in ("-f", f"{form}=r.{form}")), cwd=place)
    name, *found = json.loads((place / "r.json").read_text("utf-8"))["run"]["found"]
    assert name == "engagecheck.toml"
    for words, one in zip(SET, found, strict=True):
        assert one.startswith(words)
    for form in forms[:-1]:
        text = word_text(place / "r.docx") if form == "docx" else sheet_text(place / "r.xlsx") if form == "xlsx" else (place / f"r.{form}").read_text("utf-8")
        text = " ".join(re.sub(r"<[^>]*>|\n", " ", text).replace("\\", "").split())
        at = text.find("Set by engagecheck.toml, which was found in the folder and not named: exit code 1")
        assert 0 < at < len(text) / 2, (form, text[:1500])
    named = run("audit", PROFILE, "--config", "engagecheck.toml", "-f", "json=named.json", cwd=place)
    assert b"Set by" not in named.stdout
    one, other = (json.loads((place / f"{stem}.json").read_text("utf-8")) for stem in ("r", "named"))
    assert other["run"]["found"] == []
    assert one["report_digest"] == other["report_digest"]


def test_what_the_command_line_says_itself_is_not_of_the_found_configuration(run, place):
    (place / "engagecheck.toml").write_text('fail_on = "never"\nmin_coverage = 50\nscale = "rag"\naccepted_gaps = "gaps.json"\n')
    (place / "mine.json").write_text('{"accepted_gaps": []}')
    run("audit", PROFILE, "--fail-on", "high", "--min-coverage", "0", "--scale", "wales", "--accepted-gaps", "mine.json", "-f", "json=r.json", cwd=place)
    assert json.loads((place / "r.json").read_text("utf-8"))["run"]["found"] == ["engagecheck.toml"]


def test_a_batch_says_on_each_page_what_a_found_configuration_sets(run_process, place):
    (place / "engagecheck.toml").write_text('scale = "rag"\n')
    for name in ("a.json", "b.json"):
        (place / name).write_bytes(PROFILE.read_bytes())
    run_process("audit", "a.json", "b.json", "-f", "html=pages", cwd=place)
    pages = [path for path in (place / "pages").glob("*.html") if path.name != "index.html"]
    assert len(pages) == 2
    assert all("Set by engagecheck.toml" in page.read_text("utf-8") for page in pages)

"""The command line as a person meets it: what it prints, where, and with which exit code."""

import json
import os
import pty
import stat
import subprocess
import sys

import pytest

from conftest import BARE, EXAMPLES, SOUND
from engagecheck import ExitCode

HARBOUR = EXAMPLES / "harbour-vale.json"


@pytest.fixture
def profile(tmp_path):
    def write(content):
        path = tmp_path / "profile.json"
        path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
        return path.name

    return write


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "the file is empty"), (bytes(range(256)), "not text at all"), (json.dumps(BARE).encode("utf-16"), "UTF-16"),
        (b"[" * 100_000, "nested more than"), (b'{"as_of": ' + b"1" * 5000 + b"}", "digits"), (b'{"as_of": 1, "as_of": 2}', "twice"),
        (b'{"as_of": NaN}', "NaN"), ({**BARE, "as_of": 20250331}, "not text in quotation marks"), ({**BARE, "leadrship": {}}, "did you mean"),
        ({**BARE, "as_of": "2023-02-30"}, "is not a day"), (b"not json", "not JSON here"), (b"\xff{}", "UTF-8"),
    ],
)  # fmt: skip
def test_bad_input_gets_clear_lines_and_exit_code_3(run, profile, content, words):
    done = run("audit", profile(content))
    said = done.stderr.decode()
    assert (done.returncode, done.stdout) == (ExitCode.INPUT, b"")
    assert words in said
    assert "Traceback" not in said
    mistakes = [line for line in said.splitlines() if line.startswith("profile.json:")]
    count = f"There are {len(mistakes)} mistakes. Correct them, and give the same command again."
    assert said.splitlines() == [*mistakes, *([count] if len(mistakes) > 1 else [])]


def test_a_missing_file_and_a_folder(run):
    for name, words in (("nothing.json", "no such file"), (".", "there are no profiles in it")):
        done = run("audit", name)
        assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (ExitCode.INPUT, b"", 1)
        assert words in done.stderr.decode()


def test_an_empty_profile_has_no_green_and_says_what_to_collect(run, profile):
    done = run("audit", profile(BARE))
    said = done.stdout.decode()
    assert done.returncode == ExitCode.INCOMPLETE
    assert "Nothing could be assessed" in said
    assert "1. Collect: " in said
    assert "✓" not in said
    assert "UNPROVEN" in said


def test_standard_input_and_json(run):
    done = run("audit", "-", "-f", "json", stdin=HARBOUR.read_bytes())
    report = json.loads(done.stdout)
    assert done.returncode in (ExitCode.OK, ExitCode.GATE)
    assert report["run"]["profile"] == "standard input"
    assert run("audit", "-", stdin=b"{}").stderr.decode().startswith("standard input:1:1:")


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ((), ExitCode.GATE), (("--fail-on", "low"), ExitCode.GATE), (("--fail-on", "never"), ExitCode.OK),
        (("--fail-on", "never", "--min-coverage", "100"), ExitCode.GATE), (("--fail-on", "never", "--min-coverage", "50"), ExitCode.OK),
        (("--as-of", "2026-03-01"), ExitCode.USAGE), (("--as-of", "soon"), ExitCode.USAGE), (("--fail-on", "sometimes"), ExitCode.USAGE),
        (("-f", "jsn"), ExitCode.USAGE), (("-f", "json="), ExitCode.USAGE), (("-f", "json", "-f", "text"), ExitCode.USAGE),
        (("-f", "json=a", "-f", "text=a"), ExitCode.USAGE), (("-f", "json=none/here/report.json"), ExitCode.OUTPUT),
        (("--plugins", "nowhere"), ExitCode.USAGE), (("--without", "nothing"), ExitCode.USAGE), (("--no-such-option",), ExitCode.USAGE),
    ],
)  # fmt: skip
def test_exit_codes(run, options, code):
    done = run("audit", HARBOUR, *options)
    assert done.returncode == code
    assert "Traceback" not in done.stderr.decode()
    if code not in (ExitCode.OK, ExitCode.GATE):
        assert done.stderr
        # The screen is shown although a file could not be written. It does not say how the command ends, as it would without that.
        screen, _, ending = run("audit", HARBOUR).stdout.partition(b"\nThe audit ends with exit code 1")
        assert ending
        assert done.stdout.rstrip() == (screen.rstrip() if code is ExitCode.OUTPUT else b"")


def test_several_formats_in_one_run_agree(run, tmp_path):
    done = run("audit", HARBOUR, "-f", "text", "-f", "json=report.json", "-f", "text=report.txt")
    report = json.loads((tmp_path / "report.json").read_text("utf-8"))
    score = report["summary"]["score"]
    assert f"between {score['low']} and {score['high']}" in done.stdout.decode()
    assert (tmp_path / "report.txt").read_text("utf-8") == done.stdout.decode()
    assert done.stderr.decode().splitlines() == ["Written: report.json", "Written: report.txt"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["report.json", "report.txt"]


def test_a_file_that_cannot_be_written_is_left_as_it_was(run, tmp_path):
    (tmp_path / "report.json").mkdir()
    done = run("audit", HARBOUR, "-f", "json=report.json")
    assert done.returncode == ExitCode.OUTPUT
    assert "cannot be written" in done.stderr.decode()
    assert [path.name for path in tmp_path.iterdir()] == ["report.json"]


def test_a_reader_who_hangs_up_gets_exit_code_5():
    program = [sys.executable, "-m", "engagecheck", "audit", str(HARBOUR)]
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(program, stdout=writing, stderr=subprocess.PIPE, check=False)
    os.close(writing)
    assert done.returncode == ExitCode.OUTPUT
    assert len(done.stderr.splitlines()) == 1


def test_a_plugin_folder_with_broken_plugins(run, tmp_path):
    from hostile_plugins import rule

    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "good.py").write_text(rule("good"))
    (folder / "raises.py").write_text(rule("raises", "raise ValueError('for a reason')"))
    (folder / "exits.py").write_text("raise SystemExit")
    (folder / "syntax.py").write_text("def (")
    done = run("audit", HARBOUR, "--plugins", "mine", "--detail")
    said = done.stdout.decode()
    assert done.returncode == ExitCode.INCOMPLETE
    assert "A rule: met" in said
    for broken in ("folder mine:exits", "folder mine:syntax", "raises/asked", "for a reason"):
        assert broken in said
    done = run("rules", "--plugins", "mine")
    assert done.returncode == ExitCode.INCOMPLETE
    assert "syntax" in done.stderr.decode()


def test_validate_says_everything_about_every_profile(run, profile):
    done = run("validate", HARBOUR, profile({"as_of": "x"}), HARBOUR)
    assert done.returncode == ExitCode.INPUT
    assert done.stdout.decode().count("a valid profile of Harbour Vale") == 2
    assert len(done.stderr.splitlines()) == 3
    assert run("validate", HARBOUR).returncode == ExitCode.OK


def test_rules_lists_all_and_explains_one(run, bundled):
    listed = run("rules").stdout.decode()
    for one in bundled.rules.values():
        assert one.id in listed
        for criterion in one.criteria:
            assert criterion.id.partition("/")[2] in listed
            explained = " ".join(run_in_process("rules", criterion.id, bundled).split())
            for text in (criterion.question, criterion.show, criterion.recommend[0].owner, criterion.yardstick.describe(criterion.unit)):
                assert text in explained
    assert "Why" not in run("rules", "leadership-stability").stderr.decode()
    wrong = run("rules", "leadership-stabilty")
    assert (wrong.returncode, wrong.stdout) == (ExitCode.USAGE, b"")
    assert "did you mean 'leadership-stability'?" in wrong.stderr.decode()


def run_in_process(_command, name, registry):
    from engagecheck import Style
    from engagecheck.papers import catalogue

    return catalogue.of(name, registry, Style(width=110))


@pytest.mark.parametrize("name", ["profile", "report"])
def test_schema_prints_the_published_file(run, name):
    done = run("schema", name)
    assert done.stdout == (EXAMPLES.parent / f"schemas/{name}.schema.json").read_bytes()


def test_version_help_and_unknown_commands(run):
    assert run("--version").stdout.decode().strip() == "engagecheck, version 0.1.0"
    assert "audit" in run("--help").stdout.decode()
    assert run("nothing").returncode == ExitCode.USAGE
    assert run("audit").returncode == ExitCode.USAGE


def test_colour_only_on_a_terminal_and_never_with_no_color():
    def on_a_terminal(**more):
        ours, theirs = pty.openpty()
        environment = {**os.environ, "TERM": "xterm", **more}
        environment.pop("NO_COLOR", None) if "NO_COLOR" not in more else None
        process = subprocess.Popen([sys.executable, "-m", "engagecheck", "audit", str(HARBOUR)], stdout=theirs, env=environment)
        os.close(theirs)
        said = b""
        while True:
            try:
                part = os.read(ours, 65536)
            except OSError:
                break
            if not part:
                break
            said += part
        process.wait()
        os.close(ours)
        return said

    assert b"\x1b[" in on_a_terminal()
    assert b"\x1b[" not in on_a_terminal(NO_COLOR="1")
    assert b"\x1b[" not in on_a_terminal(TERM="dumb")


def test_an_encoding_that_cannot_carry_more_gets_ascii(run):
    done = run("audit", HARBOUR, env={"PYTHONIOENCODING": "ascii"})
    assert done.returncode == ExitCode.GATE
    done.stdout.decode("ascii")


def test_what_is_no_plain_file_is_written_into_and_never_replaced(run, tmp_path):
    pipe, link, there = tmp_path / "pipe", tmp_path / "link.json", tmp_path / "there.json"
    there.write_text("before")
    link.symlink_to(there)
    os.mkfifo(pipe)
    reader = subprocess.Popen(["cat", pipe], stdout=subprocess.PIPE)
    run("audit", EXAMPLES / "sound.json", "-f", f"json={pipe}", "-f", f"text={link}")
    said, _ = reader.communicate(timeout=60)
    assert json.loads(said)["subject"]
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    assert link.is_symlink()
    assert there.read_text("utf-8").startswith("Medical engagement")


def test_the_screen_comes_with_files_too_and_the_detail_on_request(run, tmp_path):
    screen = run("audit", HARBOUR)
    done = run("audit", HARBOUR, "-f", "html=report.html", "-f", "json=report.json")
    assert done.stdout == screen.stdout
    assert done.returncode == ExitCode.GATE
    assert (tmp_path / "report.html").exists()
    whole = run("audit", HARBOUR, "-f", "text").stdout
    assert run("audit", HARBOUR, "--detail").stdout == whole
    assert run("audit", HARBOUR, "--detail", "-f", "html=again.html").stdout == whole
    assert len(whole) > 10 * len(screen.stdout)
    assert run("audit", HARBOUR, "--detail", "-f", "text").stdout == whole
    for words in (("audit", HARBOUR, "--detail", "-f", "csv"), ("audit", HARBOUR, HARBOUR, "--detail", "-f", "jsonl"), ("render", "report.json", "--detail", "-f", "html=x.html")):
        refused = run(*words)
        assert (refused.returncode, refused.stdout) == (ExitCode.USAGE, b"")
        assert b"--detail shows the report on the terminal" in refused.stderr
    assert run("render", "report.json").stdout == screen.stdout
    assert run("audit", HARBOUR, "-f", "json").stdout.startswith(b"{")


@pytest.mark.parametrize(
    "arguments",
    [
        ("audit", "p.json", "-f", "json=-"), ("audit", "p.json", "p.json", "-f", "jsonl=-"), ("compare", "p.json", "p.json", "-f", "json=-"),
        ("convert", "p.json", "-"), ("whatif", "p.json", "-f", "json=-"),
    ],
)  # fmt: skip
def test_no_file_is_called_by_the_sign_for_standard_output(run, tmp_path, arguments):
    (tmp_path / "p.json").write_text(json.dumps(SOUND))
    done = run(*arguments)
    assert done.returncode == 2, done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["p.json"]


@pytest.mark.parametrize(
    ("words", "after"),
    [
        (("audit", ""), "audit"), (("",), "engagecheck"), (("audit", "p.json", "--store", ""), "--store"), (("audit", "p.json", "--config="), "--config="), (("audit", "p.json", ""), "p.json"), (("benchmark", "p.json", "--peers", ""), "--peers"),
        (("convert", "p.json", ""), "p.json"), (("audit", "p.json", "--accepted-gaps", ""), "--accepted-gaps"), (("new", "x.html", "--for", ""), "--for"), (("history", "list", "--store="), "--store="),
    ],
)  # fmt: skip
def test_a_value_that_is_empty_names_no_file_and_switches_nothing_off(run, tmp_path, words, after):
    (tmp_path / "p.json").write_text(json.dumps(SOUND))
    done = run(*words)
    assert (done.returncode, done.stdout) == (ExitCode.USAGE, b"")
    assert done.stderr.decode() == f"the value after {after} is empty; give one, or leave it out (is a variable not set?)\n"
    assert [path.name for path in tmp_path.iterdir()] == ["p.json"]

"""Inputs are read up to a limit and never replaced, and outputs are whole or not there."""

import json
import os
import shutil
import signal
import socket
import stat
import subprocess
import sys
import time
from pathlib import Path
from threading import Thread

import pytest

from conftest import EXAMPLES
from engagecheck import Style, inputs, installed, run_audit
from engagecheck.cli import files as cli_files
from engagecheck.errors import ExitCode, InputRefused
from engagecheck.inputs import MAX_BYTES, read_bytes
from engagecheck.intake.writing import write_document

PROFILE = EXAMPLES / "sound.json"


@pytest.fixture(scope="module")
def made():
    """The workbook, the report and the tracker of a profile, by name."""
    report = run_audit(PROFILE, installed(third_party=False))
    reporters = installed(third_party=False).reporters
    return {
        "p.xlsx": write_document(json.loads(PROFILE.read_bytes()), "p.xlsx"), "r.json": reporters["json"].render(report, Style()).encode(),
        "t.xlsx": reporters["xlsx"].render(report, Style()),
    }


@pytest.fixture
def files(run, tmp_path, made):
    """Every kind of input, each with a link and a hard link to it."""
    shutil.copy(PROFILE, tmp_path / "p.json")
    for name in ("accepted_gaps", "attestations"):
        shutil.copy(EXAMPLES / "journey" / f"{name}.json", tmp_path)
    (tmp_path / "c.toml").write_text("")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "empty.py").write_text("x = 1")
    for name, raw in made.items():
        (tmp_path / name).write_bytes(raw)
    run("audit", "p.json", "--record", "--store", "h.sqlite")
    for path in [*tmp_path.glob("*.*"), tmp_path / "mine" / "empty.py"]:
        (tmp_path / f"link-{path.name}").symlink_to(path)
        os.link(path, tmp_path / f"hard-{path.name}")
    return tmp_path


def contents(folder):
    """What is in the files of a folder, without what Python keeps of a rule."""
    return {path: path.read_bytes() for path in folder.rglob("*.*") if path.is_file() and path.suffix != ".pyc"}


@pytest.mark.parametrize("form", ["{}", "link-{}", *(pytest.param(one, marks=pytest.mark.exhaustive) for one in ("./{}", "hard-{}"))])
@pytest.mark.parametrize(
    ("command", "name"),
    [
        ("audit p.xlsx -f xlsx={}", "p.xlsx"), ("audit p.json -f json={}", "p.json"), ("audit p.json --config c.toml -f html={}", "c.toml"), ("audit p.json --accepted-gaps accepted_gaps.json -f csv={}", "accepted_gaps.json"),
        ("audit p.json --attestations attestations.json -f json={}", "attestations.json"), ("render r.json -f html={}", "r.json"), ("compare r.json p.json -f json={}", "r.json"), ("compare r.json p.json -f json={}", "p.json"),
        ("whatif p.json -f json={}", "p.json"), ("trend r.json -f html={}", "r.json"), ("convert p.json {} --overwrite", "p.json"), ("audit p.json --carry t.xlsx -f xlsx={}", "t.xlsx"),
        ("audit p.json --plugins mine -f json={}", "empty.py"), ("history show 1 --store h.sqlite -f json={}", "h.sqlite"), ("audit p.json r.json -f jsonl={}", "p.json"),
    ],
)  # fmt: skip
def test_an_input_is_never_replaced_by_any_name(run, files, command, name, form):
    if name == "empty.py" and form in ("{}", "./{}"):
        form = "mine/{}"
    target = form.format(name)
    if "convert" in command and not target.endswith(".json"):
        pytest.skip("convert goes by the ending")
    before = contents(files)
    done = run(*command.format(target).split())
    assert done.returncode == ExitCode.USAGE, done.stderr
    assert b"is what this command reads" in done.stderr
    assert contents(files) == before


def test_two_names_of_one_file_are_one_output(run, files):
    (files / "a.html").write_text("")
    os.link(files / "a.html", files / "b.html")
    done = run("audit", "p.json", "-f", "html=a.html", "-f", "json=b.html")
    assert done.returncode == ExitCode.USAGE
    assert b"two formats" in done.stderr


def test_what_is_meant_to_be_rewritten_is(run, tmp_path):
    shutil.copy(PROFILE, tmp_path / "p.json")
    done = run("new", "p.json", stdin=b"n\n" * 60)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "p.json").read_bytes() != PROFILE.read_bytes()


READERS = ["validate {}", "audit {}", "render {}", "verify {} p.json", "compare {} p.json", "import ods {}", "import staff-survey {}", "audit p.json --config {}", "audit p.json --accepted-gaps {}", "audit p.json --carry {} -f xlsx=t.xlsx", "convert {} q.json", "views {}"]


@pytest.mark.parametrize("name", ["big.json", "big.xlsx", "/dev/zero"])
def test_nothing_is_read_beyond_the_limit(tmp_path, name):
    """All commands follow one another in a process that has little memory."""
    shutil.copy(PROFILE, tmp_path / "p.json")
    with (tmp_path / "big.json").open("wb") as file:
        file.truncate(3_000_000_000)
    os.link(tmp_path / "big.json", tmp_path / "big.xlsx")
    program = "import sys; from engagecheck import cli; print([int(cli.run(line.split())) for line in sys.stdin])"
    commands = "".join(f"{command.format(name)}\n" for command in READERS).encode()
    done = subprocess.run(["bash", "-c", f"ulimit -v 1500000; exec {sys.executable} -c '{program}'"], input=commands, capture_output=True, cwd=tmp_path, check=False)
    assert json.loads(done.stdout) == [ExitCode.INPUT] * len(READERS)
    assert [b"is larger than" in line for line in done.stderr.splitlines()] == [True] * len(READERS)


def test_standard_input_has_the_limit_too(run):
    for command in (("validate", "-"), ("audit", "-"), ("render", "-")):
        done = run(*command, stdin=b" " * (MAX_BYTES + 1))
        assert done.returncode == ExitCode.INPUT
        assert b"standard input: is larger than 20 MB" in done.stderr


def test_a_file_of_exactly_the_limit_is_read(tmp_path):
    (tmp_path / "a").write_bytes(b"12345")
    assert read_bytes(tmp_path / "a", 5) == b"12345"
    with pytest.raises(InputRefused, match="larger than 0 MB"):
        read_bytes(tmp_path / "a", 4)


@pytest.mark.parametrize(("text", "words"), [("a = " + "[" * 5000 + "]" * 5000, "nested far too deep"), ("fail_on = " + "9" * 10_000, "thousands of digits"), ("a = ", "not TOML here"), ("\ufefffail_on = 'never'", "")])
def test_a_configuration_is_read_or_refused_in_one_sentence(run, tmp_path, text, words):
    (tmp_path / "c.toml").write_text(text, "utf-8")
    done = run("audit", PROFILE, "--config", "c.toml", "-f", f"json={os.devnull}")
    assert done.returncode == (ExitCode.INPUT if words else 0), done.stderr
    assert words in done.stderr.decode()
    assert done.stderr.count(b"\n") == 1
    (tmp_path / "pyproject.toml").write_text(text, "utf-8")
    done = run("plugin", "check", ".")
    assert done.returncode == ExitCode.INCOMPLETE
    assert b"Traceback" not in done.stderr


def test_links_that_lead_round_in_a_circle_are_said(run, tmp_path):
    for one, other in (("a", "b"), ("b", "a")):
        (tmp_path / f"{one}.json").symlink_to(f"{other}.json")
    for command, code in ((("audit", PROFILE, "-f", "html=a.json"), 5), (("new", "a.json", "--blank"), 5), (("audit", "a.json"), 3), (("convert", PROFILE, "a.json"), 5), (("audit", PROFILE, "--config", "a.json"), 3), (("history", "list", "--store", "a.json"), 3)):
        done = run(*command)
        assert (done.returncode, b"Traceback" in done.stderr) == (code, False), (command, done.stderr)
    assert (tmp_path / "a.json").is_symlink()


def test_a_file_is_written_in_place_where_its_folder_takes_no_new_one(run, tmp_path, monkeypatch):
    def refuses(**_):
        raise PermissionError(13, "Permission denied")

    (tmp_path / "r.html").write_text("old")
    monkeypatch.setattr(cli_files, "mkstemp", refuses)
    done = run("audit", PROFILE, "-f", "html=r.html")
    assert done.returncode == 0
    assert b"written in place" in done.stderr
    assert (tmp_path / "r.html").stat().st_size > 1000
    assert run("audit", PROFILE, "-f", "html=new.html").returncode == ExitCode.OUTPUT
    assert not (tmp_path / "new.html").exists()


def test_the_next_write_removes_what_a_killed_process_left_and_nothing_else(run, tmp_path):
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    prefix = cli_files._prefix(tmp_path / "r.html")
    for process in (dead.pid, os.getpid()):
        (tmp_path / f"{prefix}{process}-x").write_text("half")
    (tmp_path / ".r.html.engagecheck-otherhost-1-x").write_text("half")
    (tmp_path / f"{prefix}notes").write_text("mine")
    run("audit", PROFILE, "-f", "html=r.html")
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([f"{prefix}{os.getpid()}-x", ".r.html.engagecheck-otherhost-1-x", f"{prefix}notes", "r.html"])


SLOW = "import os, sys, time; from engagecheck.cli import files as cli_files; sync = os.fsync\nos.fsync = lambda file: (open('ready', 'w').close(), time.sleep(20))\nfrom engagecheck.cli import main; main(sys.argv[1:])"


@pytest.mark.parametrize("ends_with", [signal.SIGKILL, signal.SIGINT])
def test_an_ending_in_the_middle_of_a_write_tears_nothing(run, tmp_path, ends_with):
    target = tmp_path / "r.json"
    target.write_text("old")
    process = subprocess.Popen([sys.executable, "-c", SLOW, "audit", PROFILE, "-f", "json=r.json"], cwd=tmp_path, stderr=subprocess.PIPE)
    while not (tmp_path / "ready").exists():
        assert process.poll() is None
        time.sleep(0.01)
    process.send_signal(ends_with)
    _, messages = process.communicate()
    assert target.read_text() == "old"
    left = [path.name for path in tmp_path.iterdir() if path.name not in ("r.json", "ready")]
    if ends_with is signal.SIGINT:
        assert (process.returncode, messages.strip(), left) == (130, b"Interrupted.", [])
        return
    assert len(left) == 1
    assert run("audit", PROFILE, "-f", "json=r.json").returncode == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["r.json", "ready"]
    assert stat.S_IMODE(target.stat().st_mode) == stat.S_IMODE((tmp_path / "ready").stat().st_mode)


@pytest.mark.exhaustive
def test_names_that_are_no_utf_8_are_named_with_escapes(run_process, tmp_path):
    folder = tmp_path / "many"
    folder.mkdir()
    shutil.copy(PROFILE, folder / "good.json")
    (folder / os.fsdecode(b"caf\xe9.json")).write_text("{")
    for form in ("text", "csv", "jsonl"):
        done = run_process("audit", folder, "-f", form)
        assert done.returncode == ExitCode.INPUT
        done.stdout.decode()
    name = os.fsdecode(os.fsencode(folder) + b"/caf\xe9.json")
    for command in (("audit", name), ("validate", name), ("audit", PROFILE, "-f", f"json={name}", "--accepted-gaps", name)):
        done = run_process(*command)
        assert done.returncode == ExitCode.INPUT
        assert b"caf\\udce9.json" in done.stderr
    done = run_process("audit", PROFILE, "-f", f"json={name}")
    assert (done.returncode, Path(name).stat().st_size > 1000) == (0, True)


@pytest.mark.parametrize("spoilt", ['{"extensions": {"x": {"evidence": 5}}}', '{"leadership": {"evidence_for": []}}', '{"leadership": {"withheld": [1]}}', '{"leadership": {"clinical_directors": {"of": 1, "entries": [{"evidence": 7}]}}}', '{"evidence": 7}', '{"leadership": 7}', '{"leadership": {"clinical_directors": {"entries": 3}}}', "[]", "7", "null", '""'])
def test_a_wrong_kind_of_value_is_a_complaint_and_in_a_batch_a_line(run, tmp_path, spoilt):
    wrong = json.loads(spoilt)
    document = {**json.loads(PROFILE.read_text("utf-8")), **wrong} if isinstance(wrong, dict) else wrong
    (tmp_path / "p.json").write_text(json.dumps(document))
    done = run("validate", "p.json")
    assert done.returncode == ExitCode.INPUT
    assert b"Traceback" not in done.stderr
    good = json.dumps(json.loads(PROFILE.read_text("utf-8")))
    done = run("audit", "-", "-f", "jsonl", "--workers", "1", stdin=f"{good}\n{json.dumps(document)}\n{good}\n".encode())
    assert done.returncode == ExitCode.INPUT
    assert ["errors" in json.loads(line) for line in done.stdout.splitlines()] == [False, True, False]


def test_a_name_with_a_line_break_stays_in_one_line(run):
    done = run("audit", PROFILE, "-f", "json=a\nWritten: b.json")
    assert done.stderr.decode().splitlines() == ["Written: a Written: b.json"]


def test_a_name_that_no_file_can_have_is_refused(run):
    for command, code in ((("audit", PROFILE, "-f", "json=a\0b"), 5), (("audit", PROFILE, "-f", "json=a\0b", "-f", "html=a\0b"), 2), (("audit", "a\0b"), 3), (("convert", PROFILE, "a\0b.json"), 5), (("new", "a\0b.json", "--blank"), 5), (("history", "list", "--store", "a\0b"), 3)):
        done = run(*command)
        assert done.returncode == code, done.stderr
        assert b"report this as a fault" not in done.stderr


@pytest.mark.parametrize("kind", ["file", "link", "dangling", "folder"])
def test_what_is_called_like_a_kept_version_is_not_replaced(run, files, kind):
    place = files / "p.previous.xlsx"
    (files / "mine.xlsx").write_bytes(b"mine")
    if kind == "file":
        place.write_bytes(b"mine")
    elif kind == "folder":
        place.mkdir()
    else:
        place.symlink_to(files / ("mine.xlsx" if kind == "link" else "nowhere.xlsx"))
    workbook = (files / "p.xlsx").read_bytes()
    before = {path: raw for path, raw in contents(files).items() if not path.samefile(files / "p.xlsx")}
    done = run("sign-off", "p.xlsx", "--approved-by", "Board", "--on", "2026-05-01")
    assert done.returncode == 0, done.stderr
    assert b"without what you added to it, such as sheets, comments and text on the guide. The previous version, which has that, is p.previous-2.xlsx." in done.stderr
    assert (files / "p.previous-2.xlsx").read_bytes() == workbook
    assert before.items() <= contents(files).items()
    assert not (files / "nowhere.xlsx").exists()


def test_pages_of_rules_replace_their_own_only(run, tmp_path):
    (tmp_path / "out").mkdir()
    for _ in range(2):
        assert run("rules", "--markdown", "out").returncode == 0
    (tmp_path / "out" / "learning-from-others.md").write_text("mine")
    before = contents(tmp_path)
    done = run("rules", "--markdown", "out")
    assert (done.returncode, done.stderr.count(b"\n")) == (ExitCode.OUTPUT, 1), done.stderr
    assert b"learning-from-others.md: is no page of this command" in done.stderr
    assert contents(tmp_path) == before


@pytest.fixture
def pipes(files, monkeypatch):
    """A named pipe of each ending, with no program at its other end, and little patience."""
    for name in ("pipe.json", "pipe.xlsx", "pipe.jsonl", "pipe.csv", "pipe.toml"):
        os.mkfifo(files / name)
    monkeypatch.chdir(files)  # the whole path would be too long for a socket
    with socket.socket(socket.AF_UNIX) as one:
        one.bind("socket.json")
    for module in (inputs, cli_files):
        monkeypatch.setattr(module, "PATIENCE", 0.1)
    return files


@pytest.mark.parametrize(
    "command",
    [
        "audit pipe.json", "audit pipe.xlsx", "validate pipe.json", "render pipe.json", "render pipe.jsonl", "compare p.json pipe.json", "benchmark p.json --peers pipe.jsonl", "status pipe.xlsx", "import ods pipe.csv", "views pipe.csv", "audit p.json --config pipe.toml", "audit p.json --attestations pipe.json", "audit p.json -f docx=o.docx --template pipe.xlsx", "merge p.json --into pipe.xlsx", "new pipe.json", "verify pipe.json p.json",
    ],
)  # fmt: skip
@pytest.mark.usefixtures("pipes")
def test_a_pipe_into_which_no_program_writes_is_refused(run, command):
    done = run(*command.split())
    assert (done.returncode, done.stderr.count(b"\n")) == (ExitCode.INPUT, 1), done.stderr
    assert b"is a pipe into which no program writes" in done.stderr


@pytest.mark.parametrize("command", ["audit p.json -f json=pipe.json", "audit p.json -f docx=pipe.xlsx", "compare r.json p.json -f json=pipe.json", "convert p.json pipe.xlsx --overwrite"])
@pytest.mark.usefixtures("pipes")
def test_a_pipe_from_which_no_program_reads_is_refused(run, command):
    done = run(*command.split())
    assert (done.returncode, done.stderr.count(b"\n")) == (ExitCode.OUTPUT, 1), done.stderr
    assert b"is a pipe from which no program reads" in done.stderr


@pytest.mark.parametrize(
    ("command", "code", "words"),
    [
        ("audit p.json pipe.jsonl", 3, "pipe.jsonl: is neither a file nor a folder"), ("audit pipe.jsonl", 3, "standard input (-)"), ("audit p.json socket.json", 3, "neither a file nor a folder"), ("audit /dev/null p.json", 3, "neither a file nor a folder"),
        ("audit p.json p.json -f jsonl=pipe.jsonl", 5, "pipe.jsonl: is not a file"), ("audit p.json p.json -f jsonl=pipe.jsonl --resume", 5, "is not a file"), ("audit p.json p.json -f csv=mine", 5, "is not a file"), ("audit p.json p.json -f jsonl=/dev/null", 5, "is not a file"),
        ("audit socket.json", 3, "cannot be read"), ("audit p.json -f json=socket.json", 5, "cannot be written"), ("audit p.json -f json=mine", 5, "cannot be written (Is a directory)"),
    ],
)  # fmt: skip
@pytest.mark.usefixtures("pipes")
def test_what_is_no_file_is_called_that(run, command, code, words):
    done = run(*command.split())
    assert (done.returncode, done.stderr.count(b"\n")) == (code, 1), done.stderr
    assert words in done.stderr.decode()


def test_a_pipe_with_a_program_at_its_other_end_is_a_stream(run, pipes):
    """The program may come later, may pause, and may give many parts."""
    whole = run("audit", "p.json", "-f", "json").stdout
    for module in (inputs, cli_files):
        module.PATIENCE = 60
    raw, read = PROFILE.read_bytes(), []

    def write():
        time.sleep(0.2)
        with (pipes / "pipe.json").open("wb", buffering=0) as file:
            for start in range(0, len(raw), 4000):
                file.write(raw[start : start + 4000])
                time.sleep(0.05)

    other_end = [Thread(target=write), Thread(target=lambda: read.append((pipes / "pipe.csv").read_bytes()))]
    for thread in other_end:
        thread.start()
    done = run("audit", "pipe.json", "-f", "json=pipe.csv")
    for thread in other_end:
        thread.join(30)
    assert (done.returncode, done.stderr) == (0, b"Written: pipe.csv\n")
    assert read[0].replace(b"pipe.json", b"p.json") == whole

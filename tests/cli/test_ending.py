"""How the program ends: each cell of the tables in docs/reliability.md, and that no ending is a traceback."""

import contextlib
import errno
import os
import re
import signal
import subprocess
import sys
import time

import click
import pytest

from conftest import EXAMPLES, ROOT
from engagecheck import cli
from engagecheck.cli import ending
from engagecheck.errors import EngagecheckError, ExitCode, InputRefused, worst

PROFILE = EXAMPLES / "sound.json"
TEXT = (ROOT / "docs" / "reliability.md").read_text("utf-8")
NEEDS = {
    "input that is needed": f"audit - -f json={os.devnull}", "input that is not needed": f"convert {PROFILE} p.json",
    "output that is needed": "rules", "output that is not needed": f"convert {PROFILE} p.json", "messages (standard error)": f"convert {PROFILE} p.json",
}  # fmt: skip
FAULTS = {
    ("input", "closed"): "{} <&-", ("output", "closed"): "{} >&-", ("messages", "closed"): "{} 2>&-", ("output", "full"): "{} >/dev/full", ("messages", "full"): "{} 2>/dev/full",
    ("input", "the other side has gone"): "true | {}", ("output", "the other side has gone"): "exec 3>&1; ( (sleep 0.3; {}; echo code $? >&3) | true )", ("messages", "the other side has gone"): "exec 3>&1; ( ( (sleep 0.3; {}; echo code $? >&3) 2>&1 >/dev/null ) | true )",
}  # fmt: skip


def cells():
    """Each cell of the first table: which stream, what happens to it, and the code."""
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in TEXT.splitlines() if line.startswith("|")]
    heads = rows[0][1:]
    for stream, *codes in rows[2:7]:
        for what, code in zip(heads, codes, strict=True):
            if code != "–":
                yield stream, what, int(code)


def shell(line, tmp_path, **options):
    return subprocess.run(["bash", "-c", line], capture_output=True, cwd=tmp_path, check=False, stdin=subprocess.DEVNULL, **options)


def test_the_table_has_a_cell_for_each_fault():
    assert len(list(cells())) == 13


@pytest.mark.parametrize(("stream", "what", "code"), list(cells()))
def test_each_fault_of_a_standard_stream_ends_as_the_table_says(tmp_path, stream, what, code):
    command = f"{sys.executable} -m engagecheck {NEEDS[stream]}"
    done = shell(FAULTS[stream.split()[0], what].format(command), tmp_path)
    ended = re.search(rb"code (\d+)", done.stdout)
    assert (int(ended[1]) if ended else done.returncode) == code, (done.stdout, done.stderr)
    assert b"Traceback" not in done.stderr + done.stdout
    if code and not ended:
        assert done.stderr.startswith(b"standard ")
        assert done.stderr.count(b"\n") <= 1


@pytest.mark.parametrize("command", ["validate {p}", "--help", "--version", "audit --help", "schema profile", "whatif {p}", "plugin doctor", "import", "history list --store h.sqlite", "history head --store h.sqlite"])
def test_no_command_takes_a_full_output_for_a_good_one(run, tmp_path, command):
    run("audit", PROFILE, "--record", "--store", "h.sqlite")
    done = shell(f"{sys.executable} -m engagecheck {command.format(p=PROFILE)} >/dev/full", tmp_path)
    assert done.returncode == ExitCode.OUTPUT
    assert done.stderr.splitlines()[-1] == b"standard output: cannot be written (No space left on device)"


def test_named_files_are_written_though_standard_output_is_closed(tmp_path):
    done = shell(f"{sys.executable} -m engagecheck audit {PROFILE} -f text -f json=r.json -f csv=missing/a.csv -f html=r.html >&-", tmp_path)
    assert done.returncode == ExitCode.OUTPUT
    assert (tmp_path / "r.json").stat().st_size > 1000
    assert (tmp_path / "r.html").stat().st_size > 1000
    assert b"missing/a.csv: cannot be written" in done.stderr
    assert b"standard output: cannot be written" in done.stderr


class Unspeakable(Exception):
    def __str__(self):
        raise ValueError


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (KeyError("x"), 4, "the program failed (KeyError: 'x', in cli/schema.py, line "), (MemoryError(), 4, "not enough memory"), (RecursionError("deep"), 4, "RecursionError: deep"), (SystemExit(0), 4, "SystemExit: 0"),
        (Unspeakable(), 4, "(Unspeakable"), (OSError(errno.EMFILE, "Too many open files"), 4, "this machine lets the program open no more ([Errno 24] Too many open files)"), (OSError(errno.ENOMEM, "Cannot allocate memory"), 4, "not enough memory"),
        (ImportError("x.so: cannot open shared object file: Error 24"), 4, "a library could not be loaded (x.so"), (SystemError("error return without exception set"), 4, "a library failed (error return without exception set)"), (ImportError("no module"), 4, "please report this as a fault"), (BrokenPipeError(errno.EIO, "x"), 4, "BrokenPipeError"), (GeneratorExit(), 4, "GeneratorExit"),
        (click.UsageError("so"), 2, "so"), (click.Abort(), 130, "Interrupted."), (KeyboardInterrupt(), 130, "Interrupted."), (EngagecheckError("as it is"), 4, "as it is"), (InputRefused(["one", "two"]), 3, "one\ntwo"),
    ],
)  # fmt: skip
def test_every_exception_is_one_ending(run, monkeypatch, error, code, words):
    def fails(_name):
        raise error

    monkeypatch.setattr("engagecheck.cli.schema.schema_text", fails)
    done = run("schema", "profile")
    assert done.returncode == code
    assert words in done.stderr.decode()
    assert b"Traceback" not in done.stderr


def test_of_several_endings_the_worst_is_the_code():
    assert [worst([0, one, 1]) for one in (130, 5, 4, 6, 3, 2, 1)] == [130, 5, 4, 6, 3, 2, 1]
    order = [int(code) for code in re.search(r"the first of ([\d, ]+) is", TEXT)[1].split(", ")]
    assert [worst(order[place:]) for place in range(len(order))] == order


def test_an_interrupt_that_something_swallows_still_counts(run, monkeypatch):
    def swallows(_name):
        try:
            signal.raise_signal(signal.SIGINT)
        except KeyboardInterrupt:
            return "{}"

    monkeypatch.setattr("engagecheck.cli.schema.schema_text", swallows)
    assert run("schema", "profile").returncode == ExitCode.INTERRUPTED


def test_a_later_interrupt_ends_what_swallowed_the_first(run, monkeypatch):
    reached = []

    def swallows(_name):
        with contextlib.suppress(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
        signal.raise_signal(signal.SIGINT)  # at once, it would stop the cleaning up
        reached.append("tidied")
        time.sleep(0.1)
        signal.raise_signal(signal.SIGINT)
        reached.append("went on")
        return "{}"

    monkeypatch.setattr("engagecheck.cli.schema.schema_text", swallows)
    monkeypatch.setattr("engagecheck.cli.ending.TIDYING", 0.05)
    done = run("schema", "profile")
    assert (done.returncode, done.stdout, reached) == (ExitCode.INTERRUPTED, b"", ["tidied"])


def test_an_interrupt_that_is_ignored_from_outside_stays_ignored(monkeypatch):
    monkeypatch.setattr(signal, "getsignal", lambda _: signal.SIG_IGN)
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    assert cli.run(["--version"]) == 0
    assert signal.signal(signal.SIGINT, before) is signal.default_int_handler


def test_interrupts_before_anything_is_imported_end_in_one_word():
    code = "import engagecheck_command, signal; signal.raise_signal(signal.SIGINT)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (130, b"Interrupted.\n")
    in_a_worker = "import multiprocessing.spawn, engagecheck_command, signal; signal.raise_signal(signal.SIGINT)"
    assert subprocess.run([sys.executable, "-c", in_a_worker], capture_output=True, check=False).returncode == 0


def test_an_input_that_fails_while_it_is_read_is_refused():
    reading, writing = os.pipe()
    os.close(reading)
    with ending._Input(writing, "rb") as stream:
        for read in (stream.readall, lambda: stream.read(5), lambda: stream.readinto(bytearray(3))):
            with pytest.raises(InputRefused, match="standard input: cannot be read"):
                read()


def test_a_program_that_cannot_even_be_loaded_says_so_in_one_sentence():
    for fault, words in (("MemoryError()", "MemoryError: not enough memory"), ("OSError(24, 'Too many open files')", "OSError: [Errno 24] Too many open files"), ("ImportError('x.so: failed to map segment')", "ImportError: x.so: failed to map"), ("SystemError('unknown opcode')", "SystemError: unknown opcode")):
        code = f"import engagecheck_command as command, sys\nclass Refuses:\n    def find_spec(self, name, *_):\n        if name == 'engagecheck': raise {fault}\nsys.meta_path.insert(0, Refuses())\ncommand.main()"
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
        assert done.returncode == ExitCode.INCOMPLETE
        assert done.stderr.decode() == f"the program could not be loaded ({done.stderr.decode().partition('(')[2].rpartition(')')[0]}); nothing was done\n"
        assert words in done.stderr.decode()


@pytest.mark.parametrize("fault", ["MemoryError()", "SystemError('error return without exception set')"])
def test_memory_that_runs_out_while_that_is_said_ends_in_a_sentence(tmp_path, fault):
    code = f"import engagecheck_command as command\nfrom engagecheck import cli\ndef fails(): raise {fault}\ncli.main = fails\ncommand.main()"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, cwd=tmp_path, check=False)
    assert (done.returncode, done.stdout) == (ExitCode.INCOMPLETE, b"")
    assert done.stderr == b"there is not enough memory for this; nothing more was done\n"


@pytest.mark.parametrize("command", ["new p.json", "self", "audit -", "validate -"])
def test_bytes_that_are_no_text_are_no_fault_of_the_program(run_process, command):
    done = run_process(*command.split(), stdin=b"\xff\xfe\n" * 300)
    assert done.returncode in (ExitCode.OK, ExitCode.INPUT, ExitCode.INTERRUPTED), done.stderr
    assert b"UnicodeDecodeError" not in done.stderr


@pytest.mark.parametrize("command", ["audit {}", "validate {}", "merge {p} --into {}", "import ods {p} --into {}", "convert {p} {}.json", "new {}.json --blank", "new {}.json", "compare {} {p}", "benchmark {p} --peers {}", "history list --store {}", "audit {p} --plugins {}", "audit {p} --config {}", "audit {p} {p} -f html={}", "audit {p} {p} -f jsonl={} --resume", "plugin check {}", "plugin trust {}", "audit {p} -f json={}", "roll-forward {p} --to 2027-03-31 --output {}.json", "self --save {}", "views {}", "render {}"])
def test_a_name_that_is_too_long_is_refused_in_one_sentence(run, command):
    done = run(*command.format("x" * 300, p=PROFILE).split(), stdin=b"n\n" * 300)
    assert done.returncode in (ExitCode.USAGE, ExitCode.INPUT, ExitCode.OUTPUT), done.stderr
    assert b"report this as a fault" not in done.stderr


@pytest.mark.parametrize(("words", "code"), [
    ("audit {profile}", ExitCode.OK), ("audit {profile} --isolate", ExitCode.OK), ("validate {profile}", ExitCode.OK), ("plugin list", ExitCode.OK),
    ("convert {profile} new.json", ExitCode.OUTPUT), ("audit {profile} -f html=new.html", ExitCode.OUTPUT), ("audit {profile} --record --store h.sqlite", ExitCode.OUTPUT),
    ("audit old.json", ExitCode.INPUT), ("history list --store h.sqlite", ExitCode.INPUT),
])  # fmt: skip
def test_in_a_folder_that_was_removed_a_command_does_what_it_can(tmp_path, words, code):
    (tmp_path / "gone").mkdir()
    command = f"cd gone; rmdir ../gone; exec '{sys.executable}' -P -m engagecheck {words.format(profile=PROFILE)}"
    done = subprocess.run(command, shell=True, cwd=tmp_path, capture_output=True, check=False)  # noqa: S602  # our own text
    assert done.returncode == code, done.stderr
    assert b"fault" not in done.stderr

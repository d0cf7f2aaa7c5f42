"""Campaigns of faults, run by hand at full size and by `.ci/run` at a small one: python tests/campaign/run.py [--scale N] [--seed N].

Each prints one line: its runs and its faults. A run is at fault if it ends with a traceback or a code that is not documented, or
breaks what the campaign is about. With --planted, each campaign gets a fault that it must find, and says whether it did.
"""

import argparse
import copy
import io
import json
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import chdir
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from engagecheck import cli  # noqa: E402
from engagecheck.errors import ExitCode  # noqa: E402

SOUND = json.loads((ROOT / "examples" / "sound.json").read_text("utf-8"))
CODES = {code.value for code in ExitCode}
ODD = [None, True, False, 0, -1, 1.5, 1e308, 10**12, "", " ", "x" * 5000, "2025-02-30", "2026-03-31", "present", [], {}, [1], {"of": 1}, "\x1b[31m", "\u202e", "<script>"]
INTERRUPT = signal.SIGINT
Fault = str | None


def command(*arguments: str, stdin: bytes = b"") -> Fault:
    """Run a command through the command line's own entry, in this process. Its fault, if it has one."""
    streams = sys.stdin, sys.stdout, sys.stderr
    sys.stdin = io.TextIOWrapper(io.BytesIO(stdin))
    sys.stdout, sys.stderr = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
    try:
        code = cli.run(list(arguments))
        said = sys.stderr.buffer.getvalue().decode()  # type: ignore[attr-defined]
    finally:
        sys.stdin, sys.stdout, sys.stderr = streams
    if code not in CODES or "Traceback" in said or "please report this as a fault" in said or "fault in the tool" in said:
        return f"{arguments}: code {code}: {said.strip()[-200:]}"
    return None


def mutated(document: Any, random_: random.Random, changes: int) -> Any:
    """A copy with some values replaced, removed, repeated, or put elsewhere."""
    document = copy.deepcopy(document)
    for _ in range(changes):
        holder, key = random_.choice(list(_places(document)))
        kind = random_.randrange(5)
        if kind == 0:
            holder[key] = random_.choice(ODD)
        elif kind == 1 and isinstance(holder, dict):
            del holder[key]
        elif kind == 2 and isinstance(holder, dict):
            holder[random_.choice(["note", "evidence", "of", "entries", "since", "x"])] = holder[key]
        elif kind == 3 and isinstance(holder[key], int) and not isinstance(holder[key], bool):
            holder[key] += random_.choice([-1, 1, 10])
        elif kind == 4 and isinstance(holder, list):
            holder.append(copy.deepcopy(holder[key]))
    return document


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    for key, part in list(value.items() if isinstance(value, dict) else enumerate(value)):
        yield value, key
        if isinstance(part, dict | list):
            yield from _places(part)


def profiles(random_: random.Random) -> Fault:
    """Structure-aware mutations of a profile, one to three changes each, through load and audit."""
    Path("p.json").write_text(json.dumps(mutated(SOUND, random_, random_.choice([1, 1, 1, 2, 3]))), "utf-8")
    return command("audit", "p.json", "-f", "json=r.json")


def formats(random_: random.Random) -> Fault:
    """The same, through every format of text."""
    Path("p.json").write_text(json.dumps(mutated(SOUND, random_, 1)), "utf-8")
    names = ("text", "html", "csv", "markdown", "jsonl", "junit", "sarif", "oscal", "oscal-poam")
    return command("audit", "p.json", *(word for name in names for word in ("-f", f"{name}=r.{name}")))


def hostile_text(random_: random.Random) -> Fault:
    """Bytes of a profile that are cut, doubled or replaced."""
    raw = bytearray(json.dumps(SOUND, ensure_ascii=False).encode())
    for _ in range(random_.randrange(1, 6)):
        start = random_.randrange(len(raw))
        raw[start : start + random_.randrange(4)] = random_.randbytes(random_.randrange(4))
    return command(random_.choice(["audit", "validate", "render", "whatif"]), "-", stdin=bytes(raw))


def workbooks(random_: random.Random) -> Fault:
    """Workbooks with bytes changed in one of their parts."""
    if not Path("w.xlsx").exists():
        Path("s.json").write_text(json.dumps(SOUND), "utf-8")
        command("convert", "s.json", "w.xlsx")
    with zipfile.ZipFile("w.xlsx") as old, zipfile.ZipFile("m.xlsx", "w") as new:
        names = old.namelist()
        chosen = random_.choice(names)
        for name in names:
            content = bytearray(old.read(name))
            if name == chosen:
                start = random_.randrange(len(content))
                content[start : start + random_.randrange(9)] = random_.randbytes(random_.randrange(9))
            new.writestr(name, bytes(content))
    return command("validate", "m.xlsx")


def histories(random_: random.Random) -> Fault:
    """A history in which one value was altered: every command that reads says so, and nothing is added."""
    if not Path("h.sqlite").exists():
        Path("s.json").write_text(json.dumps(SOUND), "utf-8")
        for day in ("2026-03-31", "2026-06-30", "2026-09-30"):
            command("history", "add", "s.json", "--as-of", day, "--store", "h.sqlite")
        Path("as-it-was").write_bytes(Path("h.sqlite").read_bytes())
    Path("h.sqlite").write_bytes(Path("as-it-was").read_bytes())
    column = random_.choice(["subject", "name", "as_of", "report_digest", "previous", "row_digest", "content"])
    with sqlite3.connect("h.sqlite") as connection:
        value = random_.choice([b"\x00\xff", "x", "", "0" * 64])
        connection.execute(f"UPDATE engagecheck_history SET {column} = ? WHERE number = ?", (value, random_.randrange(1, 4)))  # noqa: S608
    connection.close()
    for words in (("list",), ("verify",), ("add", "s.json", "--as-of", "2026-12-31")):
        if fault := command("history", *words, "--store", "h.sqlite"):
            return fault
    code = subprocess.run([sys.executable, "-m", "engagecheck", "history", "verify", "--store", "h.sqlite"], capture_output=True, check=False)
    return None if code.returncode == ExitCode.VERIFICATION else f"an altered {column} was not found"


def interrupts(random_: random.Random) -> Fault:
    """An interrupt at a random moment after the first line of the entry point: one word, 130, nothing left behind."""
    Path("s.json").write_text(json.dumps(SOUND), "utf-8")
    before = {path.name for path in Path().iterdir()}
    code = "import engagecheck_command as command, os, sys; os.write(2, b'.'); command.main()"
    words = random_.choice([("audit", "s.json", "-f", "html=out.html"), ("validate", "s.json"), ("rules",), ("convert", "s.json", "out.xlsx"), ("schema", "profile")])
    process = subprocess.Popen([sys.executable, "-c", code, *words], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    assert process.stderr is not None
    process.stderr.read(1)
    time.sleep(random_.random() * 1.2 if INTERRUPT is signal.SIGINT else 0)
    process.send_signal(INTERRUPT)
    _, messages = process.communicate()
    left = {path.name for path in Path().iterdir()} - before - {"out.html", "out.xlsx"}
    for name in ("out.html", "out.xlsx"):
        Path(name).unlink(missing_ok=True)
    is_whole = process.returncode == 0 or (process.returncode == ExitCode.INTERRUPTED and messages.strip().endswith(b"Interrupted."))
    return None if is_whole and not left and b"Traceback" not in messages else f"{words}: {process.returncode} {messages!r} {left}"


def kills(random_: random.Random) -> Fault:
    """A kill at a random moment of an audit that replaces a report and records it: nothing is torn, and the next one cleans up."""
    Path("s.json").write_text(json.dumps(SOUND), "utf-8")
    words = [sys.executable, "-m", "engagecheck", "audit", "s.json", "-f", "json=k.json", "--record", "--store", "k.sqlite", "--as-of", f"2026-{random_.randrange(4, 12):02}-{random_.randrange(1, 29):02}"]
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    time.sleep(random_.random() * 1.5)
    process.kill()
    _, messages = process.communicate()
    if Path("k.json").exists():
        json.loads(Path("k.json").read_text("utf-8"))  # raises if it is torn
    acknowledged = b"Recorded" in messages
    if acknowledged and (fault := command("history", "verify", "--store", "k.sqlite")):
        return fault
    fault = command("audit", "s.json", "-f", "json=k.json")
    left = [path.name for path in Path().glob(".k.json*")]
    return fault or (f"left behind: {left}" if left else None)


CAMPAIGNS: dict[Callable[[random.Random], Fault], int] = {
    profiles: 200, formats: 20, hostile_text: 100, workbooks: 30, histories: 10, interrupts: 10, kills: 10,
}  # fmt: skip
"""The campaigns, each with its runs at scale 1."""


def plant() -> None:
    """Put a fault into what the campaigns run: a code that is not documented, and a signal that nothing expects."""
    global INTERRUPT
    true, INTERRUPT = cli.run, signal.SIGTERM

    def spoilt(arguments: list[str] | None = None) -> int:
        true(arguments)
        return 77

    cli.run = spoilt  # type: ignore[assignment]


def main() -> int:
    """Run every campaign and print a line for each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scale", type=float, default=1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="")
    parser.add_argument("--planted", action="store_true")
    options = parser.parse_args()
    if options.planted:
        plant()
    failed = False
    for campaign, usual in CAMPAIGNS.items():
        if options.only and campaign.__name__ != options.only:
            continue
        runs, faults, first = max(1, round(usual * options.scale)), 0, ""
        random_ = random.Random(f"{options.seed} {campaign.__name__}")
        with tempfile.TemporaryDirectory() as folder, chdir(folder):
            for _ in range(runs):
                try:
                    fault = campaign(random_)
                except Exception as error:  # a campaign that cannot go on found something
                    fault = f"{type(error).__name__}: {error}"
                faults, first = faults + bool(fault), first or fault or ""
        print(f"{campaign.__name__}: {runs} runs, {faults} faults, seed {options.seed}{': ' + first if first else ''}", flush=True)
        failed |= bool(faults) != options.planted
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())

"""Campaigns of what others bring: plugins that do harm, and histories that were tampered with."""

import contextlib
import json
import random
import shutil
import sqlite3
import subprocess
from pathlib import Path

from common import COUNTED, SOUND, Fault, command, ended, judged, save, started

from engagecheck.errors import ExitCode
from hostile_plugins import DEADLY, IN_A_MEASURE, RULE, WHOLE

QUICK = {name: body for name, body in DEADLY.items() if name not in ("hangs", "allocates")}
TOPS = [
    "", "", "import os; os._exit(0)", "import sys; sys.exit(3)", "raise KeyError(object())", "import sys; sys.stdout.write('{}'); sys.stderr.write('\\x1b[31m')", "import json; json.dumps = lambda *a, **k: '{}'",
    "import sys; sys.stdout.close()", "import os; os.close(1)", "import os; os.chdir('/')", "import signal; signal.signal(signal.SIGINT, signal.SIG_IGN)", "import atexit; atexit.register(lambda: print('more'))", "import sys; sys.setrecursionlimit(60)",
    "import warnings; warnings.warn('x')", "import threading; threading.Thread(target=lambda: __import__('time').sleep(1), daemon=True).start()", "ENGAGECHECK_API = 'x'", "engagecheck_rule = lambda: 1", "import builtins; builtins.len = lambda x: 0",
    "from engagecheck import reporter\n@reporter('json', about='x')\ndef mine(report, style):\n    return 'x'", "from engagecheck import Source\ns = Source('x', title='', authority='', read_in='', date='2014', address='', seen='')",
]  # fmt: skip
"""What a plugin may do while it is imported."""
SPOILS = ("json.dumps", "builtins.len", "recursionlimit")
"""What no process can hold off in itself: docs/plugins.md says so."""


def plugins(random_: random.Random) -> Fault:
    """One or two plugins that do harm, apart and in the same process: the bundled results are those of a run without them, or it is loud."""
    save("s.json", SOUND)
    if not Path("alone.json").exists():
        command("audit", "s.json", "-f", "json=alone.json", "--fail-on", "never")
    for name in ("mine", "tmp"):
        shutil.rmtree(name, ignore_errors=True)
        Path(name).mkdir()
    is_apart = bool(random_.randrange(2))
    bodies = {**IN_A_MEASURE, **(DEADLY if is_apart and not random_.randrange(4) else QUICK)}
    told = []
    for number in range(random_.randrange(1, 3)):
        body, top = random_.choice(list(bodies)), random_.choice(TOPS)
        text = (
            random_.choice(list(WHOLE.values()))
            if not random_.randrange(8)
            else f"{top}\n{RULE.format(name=f'odd-{number}', body=bodies[body])}"
        )
        told.append((body, top))
        Path(f"mine/odd-{number}.py").write_text(text)
    Path("r.json").unlink(missing_ok=True)
    words = (
        "audit",
        "s.json",
        "--plugins",
        "mine",
        "-f",
        "json=r.json",
        "--fail-on",
        "never",
        *(["--isolate"] if is_apart else []),
    )
    process = started(*words)
    try:
        _, said = process.communicate(timeout=200)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        return f"{told}: it went on for minutes"
    COUNTED["isolated"] += is_apart
    fault = judged(words, process.returncode, said.decode("utf-8", "replace"))
    if fault or process.returncode not in (ExitCode.OK, ExitCode.INCOMPLETE, ExitCode.OUTPUT):  # one may close standard output
        is_interrupt = (
            process.returncode == ExitCode.INTERRUPTED and not is_apart and any(body == "interrupts" for body, _ in told)
        )
        return None if is_interrupt else f"{told}: {fault or process.returncode}"
    if not Path("r.json").exists():
        return (
            None
            if process.returncode in (ExitCode.INCOMPLETE, ExitCode.OUTPUT)
            else f"{told}: no report, and code {process.returncode}"
        )
    if not is_apart and any(spoils in top for _, top in told for spoils in SPOILS):
        return None
    ours = [
        [
            (rule["rule"], rule["outcome"], rule["score"])
            for rule in json.loads(Path(name).read_text("utf-8"))["findings"]
            if rule["pack"] == "engagecheck"
        ]
        for name in ("alone.json", "r.json")
    ]
    return (
        None
        if ours[0] == ours[1] or (process.returncode == ExitCode.INCOMPLETE and not is_apart)
        else f"{told}: bundled results changed"
    )


COLUMNS = ("number", "subject", "name", "as_of", "report_digest", "previous", "row_digest", "content")
READING = (("list",), ("verify",), ("head",), ("show", "1"), ("export", "e.jsonl"))


def histories(random_: random.Random) -> Fault:
    """A history in which a value, a row or the file was altered: every command that reads says so, and nothing is added."""
    if not Path("as-it-was").exists():
        for day in ("2026-03-31", "2026-06-30", "2026-09-30"):
            command("history", "add", save("s.json", SOUND), "--as-of", day, "--store", "h.sqlite")
        Path("as-it-was").write_bytes(Path("h.sqlite").read_bytes())
    _, head, _ = ended("history", "head", "--store", "as-it-was")
    Path("h.sqlite").write_bytes(Path("as-it-was").read_bytes())
    kind = random_.randrange(6)
    with contextlib.closing(sqlite3.connect("h.sqlite", isolation_level=None)) as connection:
        if kind < 3:
            column = random_.choice(COLUMNS)
            statement = f"UPDATE engagecheck_history SET {column} = ? WHERE number = ?"  # noqa: S608
            value = random_.choice([b"\x00\xff", "x", "", "0" * 64, None, 7])
            with contextlib.suppress(sqlite3.IntegrityError):
                connection.execute(statement, (value, random_.randrange(1, 4)))
        elif kind == 3:
            connection.execute("DELETE FROM engagecheck_history WHERE number >= ?", (random_.randrange(1, 4),))
        elif kind == 4:
            connection.execute("UPDATE engagecheck_history SET number = 9 - number")
    if kind == 5:
        raw = bytearray(Path("h.sqlite").read_bytes())
        start = random_.randrange(len(raw))
        raw[start : start + 3] = random_.randbytes(3)
        Path("h.sqlite").write_bytes(bytes(raw))
    is_same = _rows("h.sqlite") == _rows("as-it-was")
    COUNTED["altered"] += not is_same
    before = Path("h.sqlite").read_bytes()
    for words in (*READING, ("add", "s.json", "--as-of", "2026-12-31")):
        Path("e.jsonl").unlink(missing_ok=True)
        noted = ("--head", head.strip()) if words[0] != "add" else ()
        code, _, said = ended("history", *words, "--store", "h.sqlite", *noted)
        if fault := judged(words, code, said):
            return fault
        if (
            not is_same
            and code not in (ExitCode.INPUT, ExitCode.VERIFICATION, ExitCode.OUTPUT)
            and not (words[0] == "add" and kind == 3)
        ):
            return f"history {words[0]} ended with {code} after change {kind}"
    if not is_same and kind != 3 and _rows("h.sqlite") not in (None, _rows_of(before)):
        return "something was added to a history that was altered"
    return None


def _rows(name: str) -> object:
    """All that a history holds; nothing if it cannot be read."""
    try:
        with contextlib.closing(sqlite3.connect(name)) as connection:
            return connection.execute("SELECT * FROM engagecheck_history ORDER BY rowid").fetchall()
    except (sqlite3.Error, UnicodeError):
        return None


def _rows_of(raw: bytes) -> object:
    Path("before.sqlite").write_bytes(raw)
    return _rows("before.sqlite")

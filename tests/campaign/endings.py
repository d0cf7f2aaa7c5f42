"""Campaigns of endings: interrupts of every command, and kills in the writes of reports and of histories."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import click
from common import COUNTED, ROOT, SOUND, Fault, Planted, command, here, save, started

from engagecheck import cli
from engagecheck.analysis.history import Store
from engagecheck.errors import ExitCode

OUT = "out"
EVERY = (
    ("new", "out/new.xlsx"), ("new", "out/new.html"), ("new", "out/new.json", "--blank"), ("import",), ("import", "ods", "ods.csv", "--organisation", "RX1", "--output", "out/i.json"), ("merge", "part.xlsx", "--into", "out/m.xlsx"), ("status", "s.json"), ("validate", "s.json"),
    ("audit", "s.json", "-f", "html=out/a.html"), ("audit", "s.json", "-f", "docx=out/a.docx", "--record", "--store", "out/h.sqlite"), ("audit", "s.json", "s.json", "-f", "jsonl=out/a.jsonl", "--workers", "2"), ("render", "r.json", "-f", "xlsx=out/r.xlsx"),
    ("sign-off", "out/copy.json", "--approved-by", "Board", "--on", "2026-05-01"), ("roll-forward", "s.json", "--to", "2027-03-31", "--output", "out/next.json"), ("whatif", "s.json"), ("compare", "r.json", "s.json"), ("trend", "r.json", "s.json", "--as-of", "2026-09-30"),
    ("benchmark", "s.json", "--peers", "peers"), ("history", "add", "s.json", "--store", "out/h.sqlite"), ("history", "list", "--store", "h.sqlite"), ("history", "verify", "--store", "h.sqlite"), ("history", "head", "--store", "h.sqlite"), ("history", "show", "1", "--store", "h.sqlite"), ("history", "export", "out/e.jsonl", "--store", "h.sqlite"),
    ("verify", "r.json", "s.json"), ("convert", "s.json", "out/c.xlsx"), ("convert", "s.json", "out/c.html"), ("views", "--template"), ("self", "--save", "out/self.txt"), ("rules",), ("rules", "--markdown", "out/rules"), ("plugin", "list"), ("plugin", "doctor"), ("plugin", "check", "mine"), ("plugin", "new", "out-rule", "--rule-only"), ("schema", "profile"), ("schema", "profile", "--markdown"),
    ("audit", "s.json", "--plugins", "mine"), ("audit", "s.json", "--plugins", "mine", "--isolate"), ("history", "remove", "1", "--by", "Medical director", "--reason", "It names a patient", "--store", "out/copy.sqlite"), ("plugin", "trust", "mine"),
    ("serve", "--no-browser", "--port", "0", "--folder", "out/served"), ("workplace", "user", "anna", "--administrator", "--folder", "out/users"), ("workplace", "backup", "out/b.zip", "--folder", "house"), ("workplace", "restore", "b.zip", "--folder", "out/restored"),
)  # fmt: skip
"""Every command, with the names of what it writes."""
MARK = "import os; os.write(2, b'.')"
"""What a process runs just before the command: from here on it is interrupted."""
TRUSTS = (
    "from pathlib import Path; from engagecheck.plugin_host import consent; consent.place = lambda: Path('out/trusted.json')\n"
)
"""What keeps `plugin trust` from the consent of whoever runs this."""
ENDLESS = {"serve": 8.0}
"""Commands that end only by an interrupt, with the seconds in which they start."""
PASSWORD = b"correct horse battery staple\n"


def _leaves(command: click.Command, *words: str) -> Iterator[tuple[str, ...]]:
    if not isinstance(command, click.Group):
        yield words
        return
    for name in command.list_commands(click.Context(command)):
        yield from _leaves(command.get_command(click.Context(command), name), *words, name)


for leaf in _leaves(cli.engagecheck):
    assert any(words[: len(leaf)] == leaf for words in EVERY), f"EVERY has no line for {' '.join(leaf)}"
SIGNAL = {"now": signal.SIGINT}
SECONDS: dict[tuple[str, ...], float] = {}


def _prepared() -> None:
    shutil.rmtree(OUT, ignore_errors=True)
    for name in (OUT, f"{OUT}/rules", "tmp", "mine", "peers"):
        Path(name).mkdir(exist_ok=True)
    for name, copy in (("s.json", "out/copy.json"), ("h.sqlite", "out/copy.sqlite")):
        shutil.copy(name, copy) if Path(name).exists() else None
    for left in (Path("out_rule.py"), Path("test_out_rule.py")):
        left.unlink(missing_ok=True)
    if Path("r.json").exists():
        return
    for name in ("s.json", "out/copy.json", "peers/a.json", "peers/b.json"):
        save(name, SOUND)
    command("audit", "s.json", "-f", "json=r.json", "--record", "--store", "h.sqlite")
    shutil.copy("h.sqlite", "out/copy.sqlite")
    for words in (("user", "anna", "--administrator"), ("backup", "b.zip")):
        started("workplace", *words, "--folder", "house", stdin=subprocess.PIPE).communicate(PASSWORD)
    command("new", "part.xlsx", "--for", "appraisal")
    Path("ods.csv").write_text("RX1,AN INVENTED TRUST\n")
    shutil.copy(ROOT / "tests" / "campaign" / "good.py", "mine/good.py")


def interrupts(random_: random.Random) -> Fault:
    """An interrupt at a random moment of a command, after the first line of its entry: one word, 130, and no half of a file.

    Every other one goes to all processes of the command, as Ctrl-C at a terminal does.
    """
    words = random_.choice(EVERY)
    _prepared()
    mark = (TRUSTS if words[1:2] == ("trust",) else "") + MARK
    if words not in SECONDS:
        begun = time.monotonic()
        process = (
            started(*words, before=mark, stderr=subprocess.DEVNULL, stdin=subprocess.PIPE) if words[0] not in ENDLESS else None
        )
        if process:
            process.communicate(PASSWORD)
        SECONDS[words] = time.monotonic() - begun if process else ENDLESS[words[0]]
        _prepared()
    before = here()
    process = started(*words, before=mark, stdin=subprocess.PIPE, start_new_session=True)
    assert process.stderr is not None
    assert process.stdin is not None
    process.stdin.write(PASSWORD)
    process.stdin.close()
    process.stdin = None
    process.stderr.read(1)
    time.sleep(random_.random() * SECONDS[words])
    random_.choice((os.kill, os.killpg))(process.pid, SIGNAL["now"])
    try:
        _, messages = process.communicate(timeout=120)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        return f"{words}: it went on after an interrupt"
    COUNTED["interrupted"] += process.returncode == ExitCode.INTERRUPTED
    left = {name for name in here() - before if not name.startswith((f"{OUT}/", "out_rule", "test_out_rule")) or "/." in name}
    is_right = (
        process.returncode in (0, 1, 3, 4, 6) if b"Interrupted" not in messages else process.returncode == ExitCode.INTERRUPTED
    )
    if not is_right or left or b"Traceback" in messages:
        return f"{words}: {process.returncode} {messages[-400:]!r} left {left}"
    return next(
        (
            f"{words}: {path} is torn"
            for path in Path(OUT).rglob("*")
            if path.suffix in (".json", ".html", ".xlsx", ".docx", ".zip") and not _is_whole(path)
        ),
        None,
    )


def _is_whole(path: Path) -> bool:
    raw = path.read_bytes()
    if path.suffix == ".json":
        return bool(json.loads(raw))
    return (b"</html>" if path.suffix == ".html" else b"PK\x05\x06") in raw[-60:]


WRITING = """
import sys, json
from pathlib import Path
from engagecheck.cli.files import write_whole
for number in range(10**6):
    write_whole(Path("k.json"), json.dumps([number] * 50_000).encode())
    print(number, flush=True)
"""
RECORDING = """
import sys, json
from datetime import date, timedelta
from pathlib import Path
from msgspec import to_builtins
from msgspec.structs import replace
from engagecheck.analysis.history import Store
from engagecheck.analysis.saved import read_report
from engagecheck.audit.describe import report_digest
report, store = read_report(Path("r.json").read_bytes(), "r.json"), Store("k.sqlite")
first = len(store.rows()) if Path("k.sqlite").exists() else 0
for number in range(first, 10**6):
    one = replace(report, as_of=(date(2026, 4, 1) + timedelta(number)).isoformat())
    store.add(replace(one, report_digest=report_digest(to_builtins(one))))
    print(one.as_of, flush=True)
"""


def _killed(code: str, random_: random.Random) -> list[str]:
    """What a process acknowledged, a line each, until it was killed in the middle of its writes."""
    process = subprocess.Popen(
        [sys.executable, "-c", f"{Planted.code}\n{code}"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None
    first = process.stdout.readline()
    time.sleep(random_.random() * 0.2)
    process.kill()
    rest, _ = process.communicate()
    return [line.decode() for line in (first + rest).splitlines(keepends=True) if line.endswith(b"\n")]


def kills_of_reports(random_: random.Random) -> Fault:
    """A kill in the middle of one write after another: the file is whole, it is the last acknowledged or the one after, and the next write cleans up."""
    acknowledged = _killed(WRITING, random_)
    found = json.loads(Path("k.json").read_text("utf-8"))  # raises if it is torn
    last = int(acknowledged[-1])
    if len(set(found)) != 1 or len(found) != 50_000 or found[0] not in (last, last + 1):
        return f"after {last} was acknowledged, the file holds {found[:1]}"
    COUNTED["halves left"] += len(list(Path().glob(".k.json*")))
    fault = command("schema", "profile") or command("audit", save("s.json", SOUND), "-f", "json=k.json")
    left = [path.name for path in Path().glob(".k.json*")]
    return fault or (f"left behind: {left}" if left else None)


def kills_of_histories(random_: random.Random) -> Fault:
    """A kill in the middle of one record after another: all that was acknowledged is there at once, and the chain holds."""
    if not Path("r.json").exists():
        command("audit", save("s.json", SOUND), "-f", "json=r.json")
    if Path("k.sqlite").exists() and Path("k.sqlite").stat().st_size > 20_000_000:
        Path("k.sqlite").unlink()
    acknowledged = [line.strip() for line in _killed(RECORDING, random_)]
    COUNTED["killed inside a transaction"] += Path("k.sqlite-journal").exists()
    rows = Store("k.sqlite").rows()
    missing = set(acknowledged) - {row.as_of for row in rows}
    if missing:
        return f"acknowledged and lost: {missing}"
    if fault := command("history", "verify", "--store", "k.sqlite"):
        return fault
    another = {**SOUND, "organisation": {**SOUND["organisation"], "name": f"Trust {len(rows)}"}}  # what is there already is not written
    if command("audit", save("another.json", another), "--record", "--store", "k.sqlite", "-f", "json=x.json"):
        return "nothing could be recorded afterwards"
    return "a journal was left behind" if Path("k.sqlite-journal").exists() else None


def kills(random_: random.Random) -> Fault:
    """A kill at a random moment of an audit that replaces a report and records it: nothing is torn, and the next one cleans up."""
    save("s.json", SOUND)
    Path("tmp").mkdir(exist_ok=True)
    day = f"2026-{random_.randrange(4, 12):02}-{random_.randrange(1, 29):02}"
    words = ("audit", "s.json", "-f", "json=k.json", "--record", "--store", "k.sqlite", "--as-of", day)
    if "kills" not in SECONDS:
        begun = time.monotonic()
        started(*words).communicate()
        SECONDS["kills"] = time.monotonic() - begun  # type: ignore[index]
    process = started(*words)
    time.sleep(random_.random() * SECONDS["kills"] * 1.1)  # type: ignore[index]
    process.kill()
    _, messages = process.communicate()
    if Path("k.json").exists():
        json.loads(Path("k.json").read_text("utf-8"))  # raises if it is torn
    acknowledged = b"Recorded" in messages
    if acknowledged and day not in {row.as_of for row in Store("k.sqlite").rows()}:
        return f"{day} was acknowledged and lost"
    if Path("k.sqlite").exists() and (fault := command("history", "verify", "--store", "k.sqlite")):
        return fault
    fault = command("audit", "s.json", "-f", "json=k.json")
    left = [path.name for path in Path().glob(".k.json*")]
    return fault or (f"left behind: {left}" if left else None)

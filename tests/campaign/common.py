"""What the campaigns share: how a command is run and judged, a place to count, and the faults that can be planted."""

import io
import json
import os
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests" / "plugins")]

from engagecheck import cli  # noqa: E402
from engagecheck.errors import ExitCode  # noqa: E402

SOUND = json.loads((ROOT / "examples" / "sound.json").read_text("utf-8"))
CODES = {code.value for code in ExitCode}
COUNTED: Counter[str] = Counter()
"""What the campaign that is running has counted, by name."""
Fault = str | None
Campaign = Callable[[random.Random], Fault]
NEVER_SAID = ("Traceback", "please report this as a fault", "fault in the tool", "Exception ignored")

PLANTS = {
    "code": "from engagecheck import cli; run = cli.run; cli.run = lambda *words: run(*words) and 77 or 77",
    "torn": "from engagecheck.cli import files; files._write_and_rename = lambda handle, temporary, path, content, mode, is_new: (temporary.unlink(), [(open(path, 'ab' if at else 'wb').write(content[at:at + 9999]), __import__('time').sleep(0.001)) for at in range(0, len(content), 9999)])",
    "early": "from engagecheck.analysis import history; history.Store.add = (lambda add: lambda store, report: (print(report.as_of, flush=True), __import__('time').sleep(0.05), add(store, report)))(history.Store.add)",
    "left": "import os; open(f'left-behind-{os.getpid()}', 'w').close()",
    "blind": "from engagecheck.analysis import chain, history; chain.faults = history.faults = lambda rows, head=None: iter(())",
    "unclean": "from engagecheck.audit import describe; describe.is_clean = lambda text: True",
    "open": "from engagecheck.analysis import public; public._overlaps = lambda pointer, marked: False",
    "soft": "from engagecheck.cli import files; files._write_and_rename = lambda handle, temporary, path, content, mode, is_new: (temporary.unlink(), path.write_bytes(content[:100]))",
}  # fmt: skip
"""Faults by name, each as the code that puts it in."""
ENTRY = "import engagecheck_command as command\n{before}\n{plant}\ncommand.main()"


class Planted:
    """The code of the fault that is planted now; nothing without one."""

    code = ""


def plant(name: str) -> None:
    """Put a fault into this process, and into those that it starts from now on."""
    Planted.code = PLANTS[name]
    exec(Planted.code, {})  # noqa: S102  # our own text


def command(*arguments: str, stdin: bytes = b"") -> Fault:
    """Run a command through the command line's own entry, in this process. Its fault, if it has one."""
    code, _, said = ended(*arguments, stdin=stdin)
    return judged(arguments, code, said)


def ended(*arguments: str, stdin: bytes = b"") -> tuple[int, str, str]:
    """Run a command in this process: its code, its output and its messages."""
    streams = sys.stdin, sys.stdout, sys.stderr
    sys.stdin = io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8", errors="replace")  # as the command opens its own
    out, err = (
        io.TextIOWrapper(io.BytesIO(), encoding="utf-8", errors=errors, write_through=True)
        for errors in ("strict", "backslashreplace")  # as Python opens its own
    )
    sys.stdout, sys.stderr = out, err
    try:
        code = int(cli.run(list(arguments)))
    finally:
        sys.stdin, sys.stdout, sys.stderr = streams
    return code, out.buffer.getvalue().decode("utf-8", "replace"), err.buffer.getvalue().decode("utf-8", "replace")  # type: ignore[attr-defined]


def judged(arguments: tuple[str, ...], code: int, said: str) -> Fault:
    """What is wrong with an ending: a code that is not documented, or a traceback."""
    COUNTED[f"code {code}"] += 1
    if code not in CODES or any(words in said for words in NEVER_SAID):
        return f"{arguments}: code {code}: {said.strip()[-300:]}"
    return None


def started(*words: str, before: str = "", **options: object) -> "subprocess.Popen[bytes]":
    """Start a command as a process of its own. `before` is code that it runs before the command."""
    code = ENTRY.format(before=before, plant=Planted.code)
    streams = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE} | options
    return subprocess.Popen(
        [sys.executable, "-c", code, *words], env={**os.environ, "TMPDIR": str(Path("tmp").absolute())}, **streams
    )  # type: ignore[call-overload,no-any-return]


def save(name: str, document: object) -> str:
    """Write a document as JSON, and give its name."""
    Path(name).write_text(json.dumps(document), "utf-8")
    return name


def here() -> set[str]:
    """The names of all files in this folder and below."""
    return {str(path) for path in Path().rglob("*") if path.is_file()}

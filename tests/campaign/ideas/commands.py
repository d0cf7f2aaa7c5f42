"""Ideas about commands as processes: what else they run, the settings of their Python, and the code with which they end."""

import os
import random
import re
import subprocess
from contextlib import closing
from pathlib import Path
from sqlite3 import connect
from sysconfig import get_path
from unittest.mock import patch

from common import Fault, ended, here, judged, save, started

from .shared import EXAMPLES, SOUND, Ended, changed, papers, read, run, together, told, vale

MODULES = (
    "attrs", "charset_normalizer", "click", "concurrent", "docx", "encodings", "engagecheck", "engagecheck_command", "json", "jsonschema_rs", "lxml", "msgspec", "multiprocessing", "openpyxl", "platformdirs", "pluggy", "signal", "sitecustomize",
    "sqlite3", "threading", "tomllib", "types", "usercustomize", "board_diary",
)  # fmt: skip
"""Names of modules that a command or a process of its own may import."""
DIARY = EXAMPLES / "plugins" / "one-file"
COMMANDS = (
    ("audit", ".", "--workers", "2", "-f", "jsonl=l.jsonl"), ("audit", "p.json", *(word for form in ("docx", "xlsx", "html") for word in ("-f", f"{form}=a.{form}")), "--isolate", "--plugins", DIARY), ("convert", "p.json", "w.xlsx"),
    ("plugin", "doctor"), ("plugin", "check", DIARY), ("validate", "w.xlsx"), ("history", "add", "p.json", "--store", "h.db"),
)  # fmt: skip
SETTINGS = (
    {"COLUMNS": "0"}, {"COLUMNS": "-5"}, {"COLUMNS": "99999999"}, {"COLUMNS": "x"}, {"LINES": "0", "TERM": ""}, {"PYTHONDEVMODE": "1"}, {"PYTHONINTMAXSTRDIGITS": "640"}, {"PYTHONINTMAXSTRDIGITS": "0"}, {"PYTHONMALLOC": "debug"}, {"SOURCE_DATE_EPOCH": "0"},
    {"PYTHONSAFEPATH": "1"}, {"PYTHONNODEBUGRANGES": "1", "PYTHONFAULTHANDLER": "1"}, {"NO_COLOR": "1", "FORCE_COLOR": "1"}, {"PYTHONIOENCODING": "utf-16"}, {"PYTHONOPTIMIZE": "1"}, {"PYTHONWARNINGS": "error"},
)  # fmt: skip
ENDINGS = (
    "6 history verify --store h.db", "6 trend --store h.db", "6 audit p.json --record --store h.db", "4 audit p.json --plugins broken --record --store h.db", "5 audit p.json -f json=no/x --record --store h.db", "5 audit p.json -f json=no/x --plugins broken",
    "4 audit p.json q.json --plugins broken", "3 audit p.json q.json", "5 audit p.json q.json -f jsonl=no/x", "3 audit none.json --plugins broken", "4 validate p.json --plugins broken", "4 validate q.json p.json --plugins broken", "3 benchmark p.json --peers peers",
    "4 benchmark p.json --peers peers --plugins broken", "5 benchmark p.json --peers peers -f json=no/x", "4 compare p.json p.json --plugins broken", "4 whatif p.json --plugins broken",
)  # fmt: skip
"""Commands that end in several ways, each after the code that counts."""
OPTIONS = (
    "--fail-on never", "--fail-on low", "--min-coverage 99 --fail-on never", "--since r.json", "--public", "--meeting 2026-05-01", "--ignore-overrides", "--pack engagecheck", "--record --store no/h.db", "--record --store r.json", "--record --store h.db",
    "-f json=no/x -f summary", "-f json=f/x -f summary", "--plugins broken", "--plugins broken --record --store h.db", "--plugins broken -f json=no/x -f summary",
)  # fmt: skip


def _ended(*words: object) -> Ended:
    """How a command ended, which may be with code 4."""
    given = tuple(map(str, words))
    done = Ended(*ended(*given))
    if fault := judged(given, done.code, done.said):
        raise AssertionError(fault)
    return done


def _folder() -> None:
    """A folder with a profile, one that is refused, a plugin that fails, peers, and a history that was altered."""
    save("p.json", vale())
    save("q.json", {"organisation": {}})
    for name in ("broken", "peers"):
        Path(name).mkdir()
    Path("broken/boom.py").write_text('raise RuntimeError("x")\n')
    for number in range(6):
        save(f"peers/{number}.json", changed(read(SOUND), "/organisation/name", f"Peer {number}"))
    save("peers/bad.json", {"organisation": {}})
    run("history", "add", "p.json", "--store", "h.db")
    with closing(connect("h.db")) as store:
        store.execute("UPDATE engagecheck_history SET name = 'x'")
        store.commit()


def code_in_the_folder() -> Fault:
    """No command runs code that lies in the current folder, and neither does a process that it starts."""
    for number in range(4):
        save(f"{number}.json", vale("/organisation/name", f"Trust {number}"))
    Path("0.json").rename("p.json")
    for name in MODULES:
        Path(f"{name}.py").write_text('with open("ran", "a") as file:\n    file.write(f"{__name__} ")\n')
    for words in COMMANDS:
        done = subprocess.run([Path(get_path("scripts"), "engagecheck"), *words], stdin=subprocess.DEVNULL, capture_output=True, timeout=120, check=False)
        if Path("ran").exists():
            return f"{words} ran {Path('ran').read_text()}"
        if (fault := judged(tuple(map(str, words)), done.returncode, done.stderr.decode("utf-8", "replace"))) or done.returncode > 1:
            return fault or f"{words}: code {done.returncode}: {done.stderr.decode('utf-8', 'replace')}"
    return None


def without_docstrings() -> Fault:
    """A command of a Python that removes docstrings ends in one sentence and a code that is documented, and writes no report."""
    save("p.json", vale())
    with patch.dict(os.environ, {"PYTHONOPTIMIZE": "2"}):
        process = started("audit", "p.json", "-f", "json=r.json")
        said = process.communicate(timeout=60)[1].decode("utf-8", "replace")
    fault = judged(("audit",), process.returncode, said)
    return fault or (f"code {process.returncode}: {said}" if process.returncode < 2 or Path("r.json").exists() or said.strip().count("\n") else None)


def odd_settings(random_: random.Random) -> Fault:
    """Odd widths of the terminal and settings of Python change no byte of a paper and no code."""
    names, said = ("json", "html", "text"), []
    words = ("audit", save("p.json", vale()))
    before = papers(names, *words)
    for setting in random_.sample(SETTINGS, 3):
        for name in names:
            Path(f"o.{name}").unlink()
        with patch.dict(os.environ, setting):
            codes = together((*words, *(word for name in names for word in ("-f", f"{name}=o.{name}"))), words)
        other = [name for name in names if not Path(f"o.{name}").exists() or Path(f"o.{name}").read_bytes() != before[name]]
        if codes != [1, 1] or other:
            return f"{setting}: codes {codes}, and {other} differ"
    return told(said)


def worst_codes() -> Fault:
    """A run that ends in several ways has the first of the codes 5, 4, 6, 3, 2 and 1 that apply."""
    _folder()
    said = []
    for line in ENDINGS:
        code, *words = line.split()
        if (done := _ended(*words)).code != int(code):
            said.append(f"{line}: code {done.code}: {done.said}")
    return told(said)


def codes_on_screens() -> Fault:
    """A screen names an exit code only if the command ends with it, whatever else fails."""
    _folder()
    Path("f").touch()
    run("audit", "p.json", "-f", "json=r.json")
    said, named = [], 0
    for options in OPTIONS:
        done = _ended("audit", "p.json", *options.split())
        found = re.findall(r"ends with exit code (\d+)", " ".join(done.out.split()))
        named += len(found)
        if any(int(one) != done.code for one in found):
            said.append(f"{options}: code {done.code}, and the screen names {found}")
    return told(said) or (None if named > 1 else "no screen names a code")


def formats_on_the_screen() -> Fault:
    """Two formats without a file are refused with code 2, and nothing is shown or written."""
    save("p.json", vale())
    for words in (("audit", "p.json"), ("audit", "p.json", "p.json"), ("audit", "p.json", "-f", "html=o.html")):
        done = run(*words, "-f", "json", "-f", "csv")
        if done.code != 2 or done.out or here() != {"p.json"}:
            return f"{words}: code {done.code}, {done.out[:100]}, {here()}"
    return None

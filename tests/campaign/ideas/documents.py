"""Ideas about documents and names of files: keys said twice, long lists, odd outputs, links to the input, and lines of many."""

import os
import re
import shutil
from collections import Counter
from pathlib import Path

from common import Fault, here, save

from .shared import PROFILES, SOUND, VALE, lines_of, read, run, told, vale

TWICE = [
    ('"as_of": "2026-03-31",', '"as_of": "2026-03-31", "as_of": "2026-04-01",'), ('"connected": 612,', '"connected": 612, "connected": 613,'),
    ('"of": 22, "count": 21', '"of": 22, "count": 21, "count": 22'), ('"connected": 612,', '"connected": 612, "c\\u006fnnected": 999,'),
]  # fmt: skip
OUTPUTS = ("json=", "=x", "json=/dev/full", "json=/dev/null/x", "json=a\nb.json", "json=" + "n" * 300, "json=.", "json=//", "json=nofolder/x.json", "html=\udcff.html", "json=con:", "json=~/x.json")
LEVELS = ("unproven", "starting", "building", "sustaining")


def keys_said_twice() -> Fault:
    """A profile that says a key twice is refused."""
    said, text = [], VALE.read_text("utf-8")
    for once, twice in TWICE:
        Path("p.json").write_text(text.replace(once, twice))
        if once not in text or run("audit", "p.json").code != 3:
            said.append(f"{twice} is accepted")
    return told(said)


def long_lists() -> Fault:
    """A list of 60,000 entries, and one of more than may be, end in a result or a refusal."""
    for number in (60_000, 100_001):
        entries = [{"name": f"D{one}", "doctor_lead": one % 2 == 0} for one in range(number)]
        run("audit", save("p.json", vale("/structure/departments", {"of": number, "entries": entries})), "-f", "html=o.html")
    return None


def odd_outputs() -> Fault:
    """Odd names of outputs end in a code, and what is called a success is a file."""
    said = []
    for name in OUTPUTS:
        before = here()
        code = run("audit", VALE, "-f", name).code
        if (code in (0, 1)) is not bool(here() - before):
            said.append(f"{name!r}: code {code}, and {here() - before} is new")
    return told(said)


def inputs_by_other_names() -> Fault:
    """No command writes over its input, whatever the input is called."""
    shutil.copy(VALE, "p.json")
    os.link("p.json", "hard.json")
    Path("soft.json").symlink_to("p.json")
    Path("d").symlink_to(".")
    before = Path("p.json").read_bytes()
    for name in ("hard.json", "soft.json", "d/p.json", "./p.json", "d/d/hard.json"):
        for words in (
            ("audit", "p.json", "-f", f"json={name}"), ("convert", "p.json", name, "--overwrite"), ("roll-forward", "p.json", "--to", "2027-03-31", "--output", name),
            ("compare", "p.json", SOUND, "-f", f"json={name}"), ("whatif", "p.json", "-f", f"json={name}"), ("history", "add", "p.json", "--store", name),
        ):  # fmt: skip
            run(*words)
            if Path("p.json").read_bytes() != before:
                return f"{words} replaced its input"
    return None


def lines_and_their_summary() -> Fault:
    """Of many profiles each has a line, one that is refused too, and the summary counts what the lines say."""
    lines = lines_of([*map(read, PROFILES), {}])
    if len(lines) != len(PROFILES) + 1 or ["errors" in one for one in lines].count(True) != 1:
        return f"{len(lines)} lines"
    done, levels = run("audit", "many.jsonl", "--workers", 1), Counter(one.get("level") for one in lines)
    found = {level: re.search(rf"^{level.capitalize()} +(\d+)", done.out, re.MULTILINE) for level in LEVELS}
    said = [f"{levels[level]} are {level}, but: {done.out}" for level, one in found.items() if one is None or int(one[1]) != levels[level]]
    return told(said if done.code == 3 else [*said, f"code {done.code}"])

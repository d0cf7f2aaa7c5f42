"""Campaigns of scarcity: disks that are full, and few descriptors and little memory."""

import json
import os
import random
import shutil
import subprocess
from pathlib import Path

from common import COUNTED, ROOT, SOUND, Fault, judged, save, started

COMMANDS = (
    ("audit", "s.json", "-f", "html=disk/out.html", "-f", "json=disk/out.json"), ("audit", "s.json", "--record", "--store", "disk/h.sqlite"), ("convert", "s.json", "disk/out.xlsx"), ("new", "disk/new.html"),
    ("audit", "s.json", "-f", "docx=disk/out.docx"), ("rules", "--markdown", "disk/rules"), ("audit", "s.json", "s.json", "-f", "jsonl=disk/out.jsonl", "--workers", "1"),
)  # fmt: skip
OLD = json.dumps({"old": "x" * 2000})
OUTPUTS = ("out.html", "out.json", "out.xlsx", "out.docx")


def _ends(words: tuple[str, ...], before: str) -> tuple[int, Fault]:
    process = started(*words, before=before)
    try:
        _, said = process.communicate(timeout=300)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        return -9, f"{words} {before}: it went on for five minutes"
    return process.returncode, judged((before, *words), process.returncode, said.decode("utf-8", "replace"))


def full_disks(random_: random.Random) -> Fault:
    """A disk with too little room, or a limit on the size of a file: one sentence, the old file or the new one, nothing else left."""
    save("s.json", SOUND)
    Path("tmp").mkdir(exist_ok=True)
    disk, size = Path("disk"), random_.randrange(1, 400) * 1024
    disk.mkdir(exist_ok=True)
    is_mounted = (
        os.geteuid() == 0
        and not subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", disk], capture_output=True, check=False
        ).returncode
    )
    COUNTED["on a disk of their own"] += is_mounted
    before = "" if is_mounted else f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({size}, {size}))"
    try:
        for name in OUTPUTS:
            (disk / name).write_text(OLD if size > 50_000 else "")
        words = random_.choice(COMMANDS)
        words += ("--overwrite",) if words[0] == "convert" else ()
        code, fault = _ends(words, before)
        left = [path.name for path in disk.rglob(".*")]
        torn = [name for name in OUTPUTS if code != 0 and not _is_whole(disk / name, size)]
        is_silent = code in (0, 1) and any(
            word.endswith(f"disk/{name}") and not _is_new(disk / name) for word in words for name in OUTPUTS
        )
        return (
            fault
            or (f"{words} on {size}: {code}, left behind {left}, torn {torn}" if left or torn else None)
            or (f"{words} on {size}: said nothing" if is_silent else None)
        )
    finally:
        if is_mounted:
            subprocess.run(["umount", disk], check=True)
        shutil.rmtree(disk)


def _is_new(path: Path) -> bool:
    return path.stat().st_size > len(OLD)


def _is_whole(path: Path, size: int) -> bool:
    """Whether a file is the old one, or a new one that ends as its kind does."""
    raw = path.read_bytes()
    if raw == (OLD if size > 50_000 else "").encode():
        return True
    ends = {".html": b"</html>", ".json": b"}", ".xlsx": b"PK\x05\x06", ".docx": b"PK\x05\x06"}
    return ends[path.suffix] in raw[-40:]


READING = (("audit", "s.json"), ("audit", "s.json", "-f", "html=out.html"), ("validate", "s.json"), ("rules",), ("convert", "s.json", "out.xlsx", "--overwrite"), ("audit", "s.json", "-f", "docx=out.docx"), ("audit", "s.json", "--record", "--store", "h.sqlite"), ("schema", "profile"), ("audit", "s.json", "--plugins", "mine", "--isolate"), ("audit", "s.json", "--plugins", "mine"))  # fmt: skip


def _place(random_: random.Random) -> tuple[str, ...]:
    save("s.json", SOUND)
    for name in ("tmp", "mine"):
        Path(name).mkdir(exist_ok=True)
    shutil.copy(ROOT / "tests" / "campaign" / "good.py", "mine/good.py")
    return random_.choice(READING)


def few_descriptors(random_: random.Random) -> Fault:
    """So few descriptors that some file cannot be opened."""
    words, limit = _place(random_), random_.randrange(3, 24)
    return _ends(words, f"import resource; resource.setrlimit(resource.RLIMIT_NOFILE, ({limit}, {limit}))")[1]


def little_memory(random_: random.Random) -> Fault:
    """So little memory that something cannot be loaded or made. A library may end the process by a signal: that is counted apart."""
    words = _place(random_)
    limit = f"int(open('/proc/self/statm').read().split()[0]) * resource.getpagesize() + {random_.randrange(1, 200)} * 500_000"
    code, fault = _ends(words, f"import resource; resource.setrlimit(resource.RLIMIT_AS, ({limit},) * 2)")
    if code in (-6, -11):
        COUNTED["ended by a library"] += 1
        return None
    return fault

"""Campaigns of inputs: profiles, workbooks, templates and texts that are changed, through load, audit and every format."""

import json
import random
import re
import shutil
import signal
import subprocess
import zipfile
from pathlib import Path

import msgspec
from common import COUNTED, SOUND, Fault, command, ended, judged, save, started
from mutations import POSSIBLE, base, mutated, places, spoilt

from engagecheck import cli
from engagecheck.cli.options import CONFIGURATIONS

TEXT = ("text", "html", "csv", "markdown", "jsonl", "junit", "sarif", "oscal", "oscal-poam")
IN_ONE_FILE = 200
LEAST_ACCEPTED = 0.3
"""A campaign of profiles finds little if most of them are refused at once."""
SEEN: set[tuple[str, str]] = set()
"""Each criterion with each outcome that a profile of the campaign gave it."""


def profiles(random_: random.Random) -> Fault:
    """Structure-aware mutations of a profile, none to three changes each, through load and audit."""
    save("p.json", mutated(base(random_), random_, random_.choice([0, 1, 1, 1, 2, 3])))
    fault = _accepted("audit", "p.json", "-f", "json=r.json", "--fail-on", "never")
    if Path("r.json").exists():
        for finding in msgspec.json.decode(Path("r.json").read_bytes())["findings"]:
            SEEN.update((one["id"], one["outcome"]) for one in finding["criteria"])
        Path("r.json").unlink()
    COUNTED[f"of {len(POSSIBLE)} outcomes seen"] = len(SEEN & POSSIBLE)
    return fault


def _accepted(*words: str) -> Fault:
    """Run an audit, and count whether its profile was accepted."""
    code, _, said = ended(*words)
    COUNTED["accepted"] += code != 3
    return judged(words, code, said)


def lines(random_: random.Random) -> Fault:
    """Two hundred of the same as lines of one file. Each gives a line: its answers, or why it is refused."""
    documents = [mutated(base(random_), random_, random_.choice([0, 1, 1, 1, 2, 3])) for _ in range(IN_ONE_FILE)]
    Path("p.jsonl").write_text("".join(f"{json.dumps(one)}\n" for one in documents), "utf-8")
    words = ("audit", "p.jsonl", "-f", "jsonl=r.jsonl", "--fail-on", "never", "--workers", "1")
    code, _, said = ended(*words)
    given = [msgspec.json.decode(line) for line in Path("r.jsonl").read_bytes().splitlines()]
    Path("r.jsonl").unlink()
    COUNTED["profiles"] += len(given)
    COUNTED["profiles accepted"] += sum("criteria" in one for one in given)
    for one in given:
        SEEN.update((criterion, answer["outcome"]) for criterion, answer in one.get("criteria", {}).items())
        if not one.get("errors") and (not one.get("criteria") or one["problems"]):
            return f"{one['profile']}: neither answers nor a reason: {one.get('problems')}"
    COUNTED[f"of {len(POSSIBLE)} outcomes seen"] = len(SEEN & POSSIBLE)
    if len(given) != IN_ONE_FILE or COUNTED["profiles accepted"] < LEAST_ACCEPTED * COUNTED["profiles"]:
        return f"{len(given)} lines for {IN_ONE_FILE} profiles, {COUNTED['profiles accepted']} of {COUNTED['profiles']} accepted so far"
    return judged(words, code, said)


def formats(random_: random.Random) -> Fault:
    """The same, through every format of text."""
    save("p.json", mutated(base(random_), random_, random_.randrange(2)))
    return _accepted("audit", "p.json", *(word for name in TEXT for word in ("-f", f"{name}=r.{name}")))


def office(random_: random.Random) -> Fault:
    """The same, as a board paper and as an action tracker."""
    save("p.json", mutated(base(random_), random_, random_.randrange(2)))
    return _accepted("audit", "p.json", "-f", "docx=r.docx", "-f", "xlsx=r.xlsx")


def pdf(random_: random.Random) -> Fault:
    """The same, as a PDF."""
    save("p.json", mutated(base(random_), random_, random_.randrange(2)))
    return _accepted("audit", "p.json", "-f", "pdf=r.pdf")


def hostile_bytes(random_: random.Random) -> Fault:
    """Bytes of a profile that are cut, doubled or replaced."""
    raw = spoilt(json.dumps(SOUND, ensure_ascii=False).encode(), random_)
    return command(random_.choice(["audit", "validate", "render", "whatif"]), "-", stdin=raw)


HOSTILE = [
    "\x1b[31mred", "\x1b]0;title\x07", "\x9b31m", "\u202eabc", "\u2066x", "a\r\nb", "a\x00b", "=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "\t=2", "<script>alert(1)</script>", "]]>", "{{ 7*7 }}", "{% raw %}", "javascript:alert(1)",
    "\ud800", "\U000e0041", "é" * 3000, "![x](http://example.org)", "`rm`", "| a | b |", "_x0041_", "&#x1b;", "%s%n", "../../etc", "\u2028", "\ufeff", "\u200b", "–" * 300, "Z\u0310" * 50,
]  # fmt: skip
"""Texts that something might run, obey, or be torn by."""
FREE = ("name", "title", "note", "reason", "publisher", "reference", "role", "specialty", "text", "by")
"""Facts in which any text may stand."""
RAW = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""What may stand raw in no output: control characters, terminal escapes and bidirectional overrides."""


def hostile_text(random_: random.Random) -> Fault:
    """Hostile texts in one to four places that hold a text: nothing of them is obeyed, and no output holds them raw."""
    document = json.loads(json.dumps(SOUND))
    texts = [(holder, key) for holder, key in places(document) if key in FREE and isinstance(holder[key], str)]
    for holder, key in random_.sample(texts, random_.randrange(1, 5)):
        holder[key] = random_.choice(HOSTILE) + random_.choice(["", " and more"])
    save("p.json", document)
    names = (*TEXT, "json")
    words = (
        "audit",
        "p.json",
        "--detail",
        "--fail-on",
        "never",
        *(word for name in names for word in ("-f", f"{name}=r.{name}")),
    )
    for name in names:
        Path(f"r.{name}").unlink(missing_ok=True)
    code, out, said = ended(*words)
    COUNTED["accepted"] += code != 3
    written = {name: Path(f"r.{name}").read_text("utf-8") for name in names if Path(f"r.{name}").exists()}
    for where, text in ({"output": out, "messages": said} | written).items():
        if found := RAW.search(text.replace("\r\n", "\n") if where == "csv" else text):
            return f"{where} holds {found[0]!r}: {text[max(0, found.start() - 60) : found.end() + 20]!r}"
    if "<script>alert" in written.get("html", "") or re.search(r'(?:^|,)"?[=@+\t]', written.get("csv", ""), re.MULTILINE):
        return "a text could be run"
    return judged(words, code, said)


def _parts_spoilt(name: str, target: str, random_: random.Random) -> None:
    """Write an archive again, with bytes changed in one of its parts or in the archive itself."""
    if not random_.randrange(5):
        Path(target).write_bytes(spoilt(Path(name).read_bytes(), random_))
        return
    with zipfile.ZipFile(name) as old, zipfile.ZipFile(target, "w") as new:
        names = old.namelist()
        chosen = random_.choice(names)
        for part in names:
            content = old.read(part)
            new.writestr(part, spoilt(content, random_, 2) if part == chosen else content)


def workbooks(random_: random.Random) -> Fault:
    """Workbooks with bytes changed in one of their parts."""
    if not Path("w.xlsx").exists():
        command("convert", save("s.json", SOUND), "w.xlsx")
    _parts_spoilt("w.xlsx", "m.xlsx", random_)
    code, _, said = ended("validate", "m.xlsx")
    COUNTED["readable"] += code != 3
    return judged(("validate", "m.xlsx"), code, said)


def templates(random_: random.Random) -> Fault:
    """Templates for Word and filled-in action trackers with bytes changed in one of their parts."""
    if not Path("t.docx").exists():
        command("audit", save("s.json", SOUND), "-f", "docx=t.docx", "-f", "xlsx=t.xlsx", "-f", "json=s-report.json")
    kind, option = random_.choice([("docx", "--template"), ("xlsx", "--carry")])
    _parts_spoilt(f"t.{kind}", f"m.{kind}", random_)
    words = ("render", "s-report.json", option, f"m.{kind}", "-f", f"{kind}=r.{kind}")
    code, _, said = ended(*words)
    COUNTED["readable"] += code != 3
    return judged(words, code, said)


WORDS = ["p.json", "r.json", "w.xlsx", "h.sqlite", "missing.json", ".", "-", "", "new.json", "new.xlsx", "new.html", "json=x.json", "html", "docx=x.docx", "text", "csv=x.csv", "0", "1", "-1", "99999999999", "2027-03-31", "31 March 2027", "2026-02-30", "high", "never", "rag", "journey", "appraisal", "ods", "engagecheck", "Board", "é", "\x1b[31m", "\udcff", "a" * 300, "x=y", "/dev/null", "/dev/full"]  # fmt: skip
NOT_TRIED = ("dask", "workers")
"""Options that wait for a server, or start more processes than this machine has."""
WORKPLACE = ("serve", "workplace")
"""Commands that need a process of their own: Django is configured once in the life of one."""
SERVED_SECONDS = 5
"""How long one that serves may do so before it is interrupted."""


def commands(random_: random.Random) -> Fault:
    """Whole commands of random options and words."""
    if not Path("h.sqlite").exists():
        command("audit", save("p.json", SOUND), "-f", "json=r.json", "--record", "--store", "h.sqlite")
        command("convert", "p.json", "w.xlsx")
    for name in (*CONFIGURATIONS, "x.json", "x.docx", "x.csv", "new.json", "new.xlsx", "new.html"):
        Path(name).unlink(missing_ok=True) if not Path(name).is_dir() else shutil.rmtree(name)
    words = [random_.choice(cli.COMMANDS)]
    one = cli.engagecheck.get_command(None, words[0])  # type: ignore[arg-type]
    while one is not None and hasattr(one, "commands"):
        words.append(random_.choice([name for name in one.commands if name != "trust"]))  # a test gives no lasting consent
        one = one.commands[words[-1]]
    for parameter in random_.sample(list(one.params), min(len(one.params), random_.randrange(5))):  # type: ignore[union-attr]
        if parameter.name in NOT_TRIED:
            continue
        if parameter.param_type_name == "option":
            words.append(random_.choice(parameter.opts))
        if not getattr(parameter, "is_flag", False):
            words.append(random_.choice(WORDS))
    words += random_.sample(WORDS, random_.choice([0, 0, 1, 1, 2]))
    stdin = random_.choice([b"", b"{}", b"y\n" * 200, b"?\n" * 200, b"\xff", json.dumps(SOUND).encode()])
    if words[0] not in WORKPLACE:
        return command(*words, stdin=stdin)
    process = started(*words, stdin=subprocess.PIPE)
    try:
        _, said = process.communicate(stdin, timeout=SERVED_SECONDS)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=120)
    return judged(tuple(words), process.returncode, said.decode("utf-8", "replace"))

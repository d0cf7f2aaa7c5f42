"""Ideas about files: who may read them, links, names, bytes, standard input, and what was there before."""

import contextlib
import ctypes
import json
import os
import shutil
import sqlite3
import stat
import subprocess
from contextlib import closing
from pathlib import Path
from unittest.mock import patch

from common import Fault, here, judged, save, started

from .served import PASSWORD
from .shared import EXAMPLES, FORMATS, VALE, audited, outcomes, read, run, shown, together, told, vale

SIGNED = ("--approved-by", "Board", "--on", "2026-05-01")
NAMES = ("a b.json", "a=b.json", "a,b.json", "ü—ß.json", "a\nb.json", "[bold]x.json", "%s{0}.json", "a.JSON", "-x.json")
SAME_FILE = (("r.x", "./r.x"), ("d/r.x", "e/r.x"), ("r.x", "d/../r.x"), ("q.json", "l.json"))
MAKERS = (
    ("new", "f.xlsx"), ("new", "f.html"), ("new", "f.json", "--blank"), ("convert", VALE, "f.xlsx"), ("convert", VALE, "f.json"), ("convert", VALE, "f.html"), ("plugin", "new", "f", "--rule-only"),
    ("roll-forward", VALE, "--to", "2027-03-31", "--output", "f.xlsx"), ("roll-forward", VALE, "--to", "2027-03-31", "--output", "f.json"),
)  # fmt: skip
"""Commands that make a file of the name f."""
HOMES = ({"HOME": ""}, {"HOME": "/dev/null", "XDG_DATA_HOME": "/dev/null/x"}, {"HOME": "relative", "XDG_DATA_HOME": "relative"})
PIPED = (
    ("audit", "-"), ("validate", "-"), ("whatif", "-"), ("status", "-"), ("compare", "r.json", "-"), ("verify", "r.json", "-"), ("merge", "-", "--into", "n.json"), ("sign-off", "-", *SIGNED), ("convert", "-", "x.xlsx"), ("compare", "-", "-"),
    ("roll-forward", "-", "--to", "2027-03-31"), ("audit", "-", "-", "-f", "jsonl", "--workers", "1"), ("benchmark", "-", "--peers", EXAMPLES / "flawed"), ("verify", "-", "p.json"), ("render", "-"), ("history", "add", "-", "--store", "h"), ("trend", "-", "r.json"),
)  # fmt: skip
"""Commands with a profile, or the last four with a report, at standard input."""


def permissions_of_what_is_rewritten() -> Fault:
    """What only its owner may read stays so when it is written again, and so does its previous version."""
    shutil.copy(VALE, "p.json")
    run("convert", VALE, "p.xlsx")
    for name in ("r.json", "r.html", "r.docx", "r.csv"):
        Path(name).write_text("x")
    for name in here():
        Path(name).chmod(0o600)
    run("audit", VALE, *(word for name in ("json", "html", "docx", "csv") for word in ("-f", f"{name}=r.{name}")))
    part = {key: vale()[key] for key in ("organisation", "as_of")} | {"governance": {"note": "new"}}
    for name in ("p.json", "p.xlsx"):
        codes = run("sign-off", name, *SIGNED).code, run("merge", save("part.json", part), "--into", name, "--prefer", "part").code
        if codes != (0, 0):
            return f"{name}: codes {codes}"
    return told([f"{name} may be read by others" for name in here() - {"part.json"} if Path(name).stat().st_mode & 0o077])


def profiles_through_a_link() -> Fault:
    """A profile that is reached through a link is signed at its place, or refused."""
    Path("share").mkdir()
    shutil.copy(VALE, "share/p.json")
    Path("p.json").symlink_to("share/p.json")
    code = run("sign-off", "p.json", *SIGNED).code
    return "it is called signed, and the file at its place is not" if not code and "sign_off" not in read("share/p.json") else None


def one_file_for_two_formats() -> Fault:
    """Two formats for one file are refused, however its name is spelled."""
    Path("d").mkdir()
    Path("e").symlink_to("d")
    Path("q.json").write_text("{}")
    Path("l.json").symlink_to("q.json")
    return told([f"{one} and {other}" for one, other in SAME_FILE if run("audit", VALE, "-f", f"json={one}", "-f", f"html={other}").code in (0, 1)])


def files_that_are_there() -> Fault:
    """A command that makes a file replaces none that is there with other content."""
    said = []
    for words in MAKERS:
        name = next((str(word) for word in words[::-1] if str(word).startswith("f.")), "f.py")
        for one in (name, "test_f.py"):
            Path(one).write_text("precious")
        code = run(*words).code
        if code not in (2, 3, 5) or any(Path(one).read_text("utf-8", "replace") != "precious" for one in (name, "test_f.py")):
            said.append(f"{words}: code {code}")
        Path(name).unlink()
    return told(said)


def odd_names_of_profiles() -> Fault:
    """A profile of any name is audited, and the line of it gives its report again."""
    said = []
    for name in NAMES:
        shutil.copy(VALE, name)
        codes = [run("audit", *(f"-f{form}={form}" for form in ("json", "sarif", "jsonl")), "--", name).code]
        codes.append(run("render", "jsonl", "--line", 1, "-f", "json=again").code)
        if codes != [1, 0] or read("again")["report_digest"] != read("json")["report_digest"]:
            said.append(f"{name!r}: codes {codes}")
    return told(said)


def marks_and_ends_of_lines() -> Fault:
    """Byte order marks, other ends of lines and UTF-16 give the same outcomes or a refusal, and blank lines are none."""
    said, want, text, line = [], outcomes(audited(VALE)), VALE.read_text("utf-8"), json.dumps(vale())
    for raw in (b"\xef\xbb\xbf" + text.encode(), text.replace("\n", "\r\n").encode(), text.replace("\n", "\r").encode(), text.encode("utf-16")):
        Path("q.json").write_bytes(raw)
        done = run("audit", "q.json", "-f", "json")
        if done.code != 3 and outcomes(json.loads(done.out)) != want:
            said.append(f"{raw[:20]!r}: code {done.code}")
    for many in (f"\ufeff{line}\n{line}", f"{line}\r\n{line}\r\n", f"{line}\n\n \n{line}\n\n", line.replace("Medicine", "Med\u2028icine") + f"\n{line}"):
        Path("o").unlink(missing_ok=True)
        Path("q.jsonl").write_bytes(many.encode())
        code = run("audit", "q.jsonl", "-f", "jsonl=o", "--workers", 1).code
        scores = [json.loads(one)["score"] for one in Path("o").read_text("utf-8").split("\n") if one]
        if code != 1 or len(scores) != 2 or scores[0] != scores[1]:
            said.append(f"{many[:5]!r} … {many[-5:]!r}: code {code}, {scores}")
    return told(said)


def folders_of_their_user() -> Fault:
    """Nobody else may open a workplace, its backup or the history of the user, also where new files are open to all."""
    opened = "import os; os.umask(0); os.environ['XDG_DATA_HOME'] = 'data'"
    for words in (("workplace", "user", "a", "--administrator", "--folder", "w"), ("workplace", "backup", "b.zip", "--folder", "w"), ("audit", str(VALE), "--record")):
        process = started(*words, before=opened, stdin=subprocess.PIPE)
        said = process.communicate(f"{PASSWORD}\n".encode(), timeout=60)[1].decode("utf-8", "replace")
        if (fault := judged(words, process.returncode, said)) or process.returncode not in (0, 1):
            return fault or f"{words}: {said}"
    kept = [Path("w"), Path("b.zip"), *(one.parent for one in Path("data").rglob("*") if one.is_file())]
    return told([f"{one} is open to others" for one in kept if one.stat().st_mode & 0o077]) or (None if len(kept) > 2 else "there is no history")


def homes_that_are_none() -> Fault:
    """Without a home, or with one in which nothing can be written, every command ends with a code that is documented."""
    shutil.copy(VALE, "p.json")
    for home in HOMES:
        with patch.dict(os.environ, {"XDG_DATA_HOME": "", **home}):
            for words in (("audit", "p.json", "--record"), ("history", "list"), ("trend",)):
                run(*words)
    return None


def stores_that_are_none() -> Fault:
    """A history that is a profile, a workbook or a folder stays as it was, one that is another database keeps its rows, and nothing fails."""
    shutil.copy(VALE, "q.json")
    run("convert", VALE, "p.xlsx")
    Path("dir").mkdir()
    Path("empty.db").touch()
    with closing(sqlite3.connect("o.db")) as other:
        other.executescript("create table mine (x); insert into mine values (1)")
    before = {name: Path(name).read_bytes() for name in ("q.json", "p.xlsx")}
    for name in ("q.json", "p.xlsx", "o.db", "dir", "empty.db", "nowhere/x.db"):
        for words in (("history", "add", VALE), ("history", "verify"), ("history", "head"), ("history", "show", 1), ("history", "remove", 1, "--by", "a", "--reason", "b")):
            run(*words, "--store", name)
    with closing(sqlite3.connect("o.db")) as other:
        rows = other.execute("select x from mine").fetchall()
    return told([f"{name} was changed" for name, raw in before.items() if Path(name).read_bytes() != raw]) or (None if rows == [(1,)] else f"{rows} are left")


def standard_input() -> Fault:
    """Each command that takes a file takes it from standard input, or refuses that in words."""
    shutil.copy(VALE, "p.json")
    run("audit", "p.json", "-f", "json=r.json")
    said = []
    for words in PIPED:
        code = run(*words, stdin=Path("r.json" if words in PIPED[-4:] else "p.json").read_bytes()).code
        if code not in (0, 1, 2, 3) or (words == ("verify", "r.json", "-") and code):
            said.append(f"{words}: code {code}")
    return told(said)


def ends_that_lie() -> Fault:
    """A profile of another end of name than its content is read as what it is, or refused, and signing it spoils nothing."""
    run("convert", VALE, "p.xlsx")
    book, text, score, said = Path("p.xlsx").read_bytes(), VALE.read_bytes(), audited(VALE)["summary"]["score"], []
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(5000)  # an old or an encrypted workbook
    for name, raw in {"P.XLSX": book, "lie.xlsx": text, "lie.json": book, "m.xlsm": book, "old.xls": old, "locked.xlsx": old}.items():
        Path(name).write_bytes(raw)
        done = run("audit", name, "-f", "json")
        if done.code not in (1, 3) or (done.code == 1 and json.loads(done.out)["summary"]["score"] != score):
            said.append(f"{name}: code {done.code}")
        code = run("sign-off", name, *SIGNED).code
        if (code and Path(name).read_bytes() != raw) or (not code and run("audit", name).code != 1):
            said.append(f"{name}: signed with code {code}")
    return told(said)


def answers_of_oneself() -> Fault:
    """Answers about oneself are written where that is asked for and nowhere else, and over no file that is there."""
    said = []
    if (code := run("self", stdin=b"y\nn\n").code) not in (0, 3) or here():
        said.append(f"cut short: code {code}, {here()}")
    Path("mine.txt").write_text("precious")
    Path("link.txt").symlink_to("mine.txt")
    codes = [run("self", "--save", name, stdin=b"y\n" * 16).code for name in ("mine.txt", "link.txt")]
    if Path("mine.txt").read_text() != "precious":
        said.append(f"replaced, with codes {codes}")
    code = run("self", "--save", "new.txt", stdin=b"n\n" * 16).code
    return told([*said, f"code {code}, {here()}"] if code or here() != {"mine.txt", "link.txt", "new.txt"} else said)


def devices_as_outputs() -> Fault:
    """A device that is named as an output stays a device, by its own name and through a link."""
    try:
        os.mknod("device", 0o666 | stat.S_IFCHR, Path(os.devnull).stat().st_rdev)
    except PermissionError:  # only an administrator can make one
        return None
    Path("link").symlink_to("device")
    shutil.copy(VALE, "p.json")
    run("history", "add", "p.json", "--store", "h.db")
    for name in ("device", "link"):
        commands = (("convert", "p.json", name), ("self", "--save", name), ("new", name), ("rules", "--markdown", name), ("history", "export", name, "--store", "h.db"), ("roll-forward", "p.json", "--to", "2027-03-31", "--output", name))
        for words in (*(("audit", "p.json", "-f", f"{form}={name}") for form in FORMATS), *commands):
            code = run(*words, stdin=b"y\n" * 16).code
            if not Path("device").is_char_device() or not Path("link").is_symlink():
                return f"{words}: code {code}, and the device is replaced"
    return None


def folders_that_take_no_file() -> Fault:
    """Where a folder takes no new file, a profile that is signed in place says so, and a workbook whose previous version cannot be kept stays as it is."""
    Path("d").mkdir()
    shutil.copy(VALE, "d/p.json")
    run("convert", VALE, "d/p.xlsx")
    before, said, kept = {name: Path("d", name).read_bytes() for name in ("p.json", "p.xlsx")}, [], set()
    Path("d").chmod(0o555)
    for name, raw in before.items():
        process = started("sign-off", f"d/{name}", *SIGNED, stdout=subprocess.PIPE, preexec_fn=_without_rights)
        words = " ".join(part.decode("utf-8", "replace") for part in process.communicate(timeout=60))
        is_changed = Path("d", name).read_bytes() != raw
        right = is_changed is (process.returncode == 0) and (not is_changed or "in place" in words)
        kept = {one.name for one in Path("d").iterdir()}
        if (fault := judged(("sign-off", name), process.returncode, words)) or not right or (name == "p.xlsx" and is_changed):
            said.append(fault or f"{name}: code {process.returncode}, changed: {is_changed}: {words}")
    Path("d").chmod(0o755)
    return told(said if kept == set(before) else [*said, f"a new file was made: {kept}"])


def _without_rights() -> None:
    """From here on an administrator may do what others may: the rights of files count."""
    if os.geteuid() == 0:
        for right in (1, 2, 3):  # to write, to read, and to change what belongs to others
            ctypes.CDLL(None).prctl(24, right, 0, 0, 0)


def files_made_at_once() -> Fault:
    """Of two commands that make one new file at once, one is refused with code 5, and the file is that of the other."""
    names, said = {one: f"{one.capitalize()} Trust" for one in ("alpha", "bravo")}, []
    for one, name in names.items():
        save(f"{one}.json", vale("/organisation/name", name))
    for words in (("convert", "{}.json", "o.json"), ("convert", "{}.json", "o.xlsx"), ("roll-forward", "{}.json", "--to", "2027-03-31", "--output", "o.json")):
        codes = together(*(tuple(word.format(one) for word in words) for one in names))
        made = next(Path().glob("o.*"))
        there = [name in shown(made.read_bytes()) for name in names.values()]
        if sorted(codes) != [0, 5] or there != [code == 0 for code in codes]:
            said.append(f"{words}: codes {codes}, and there: {there}")
        made.unlink()
    return told(said)


def files_made_while_it_asks() -> Fault:
    """`new` changes nothing in a whole profile without an answer, and leaves a file that somebody made while it asked."""
    shutil.copy(VALE, "p.json")
    code = run("new", "p.json", stdin=b"\n" * 3).code
    said = [f"a whole profile is another, with code {code}"] if read("p.json") != vale() else []
    process = started("new", "m.json", stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    process.stdout.read(1)  # type: ignore[union-attr]  # it asks
    save("m.json", vale("/organisation/name", "Somebody Else"))
    with contextlib.suppress(BrokenPipeError):
        process.stdin.write(b"2026-03-31\nTesting Trust\nNHS trust\nEngland\n" + b"\n" * 12)  # type: ignore[union-attr]
    words = process.communicate(timeout=60)[1].decode("utf-8", "replace")
    if (fault := judged(("new",), process.returncode, words)) or process.returncode != 5 or read("m.json")["organisation"]["name"] != "Somebody Else":
        said.append(fault or f"code {process.returncode}: {words}")
    return told(said)

"""What two attackers tried who wanted the program to lie, leak, lose or crash: odd commands, configurations, reports and stores."""

import contextlib
import json
import random
import shutil
import sqlite3
from pathlib import Path

from common import COUNTED, ROOT, SOUND, Fault, command, ended, judged, save
from documents import HOSTILE, RAW
from mutations import RULES, places

HARBOUR = json.loads((ROOT / "examples" / "harbour-vale.json").read_text("utf-8"))
COMMANDS = [
    line.split()
    for line in """
    audit s.json -f json=./a.json -f html=a.json|audit s.json -f json=d|audit s.json -f json=a\0b|audit a\0b|audit s.json --record --store d|audit s.json --record --store s.json|history list --store a\0b|rules --markdown s.json
    self --save s.json|convert s.json s.json --overwrite|roll-forward s.json --to 2027-03-31 --output s.json|import ods s.json --into r.json|sign-off r.json --approved-by B --on 2026-05-01|status r.json|verify s.json r.json|benchmark s.json --peers s.json
    benchmark s.json --peers d|audit s.json --as-of 9999-12-31|whatif hv.json --as-of 9999-12-31|roll-forward s.json --to 9999-12-31|audit s.json s.json -f jsonl=/dev/full|audit s.json -f csv=/dev/full|audit s.json --record --store /dev/full|audit s.json --record --store /dev/null
    audit s.json s.json -f html=s.json|audit s.json --template s.json -f docx=o.docx|audit s.json --carry r.json -f xlsx=o.xlsx|audit s.json --since r.json -f docx=o.docx|audit s.json --config d|audit s.json --config r.json|audit s.json --plugins s.json
    audit s.json s.json -f jsonl=r.json --resume|render r.json --line 5|history export s.json --store h.sqlite|plugin new ../x|plugin new class|views r.json|import ods .|import ods -|import ods s.json -o x|new n.xlsx --for appraisal --from missing|merge s.json s.json --into m.json|rules x --markdown y
    """.replace("\n", "|").split("|")
    if line.strip()
]
CONFIGURATIONS = [
    'accepted_gaps = "a\\u0000b"', 'plugins = ["a\\u0000b"]', 'plugins = ["/"]', 'plugins = ["."]', 'pack = "\\u001b[31m"', 'accepted_gaps = "/etc/passwd"', 'attestations = "/etc/passwd"', 'scale = "\\u001b[31m"', "min_coverage = nan", "fail_on = 2020-01-01", "[criteria]\na.b.c = 1",
    "rules = 3", '[rules.""]\nleft_out = true\nreason = "x"', "".join(f'[rules.{name}]\nleft_out = true\nreason = "x"\n' for name in RULES if name != "consistency"), '[rules.journey]\nleft_out = true\nreason = "\\u001b[31m"', "a = 1\na = 1", 'fail_on = "never"', f'x = "{"y" * 100_000}"',
]  # fmt: skip
INPUTS = [
    b'{"organisation":{},"organisation":{}}', b"[" * 100_000, b'{"organisation":{"name":"\\ud800"}}', '{"a":1}'.encode("utf-16"), b'{"as_of":NaN}', b"\xff\xfe\n" * 300, b"\x00" * 1000, b'"' * 100_001,
    *(f'{{"organisation":{{"name":"x","type":"nhs_trust","country":"England"}},"as_of":"{day}"}}'.encode() for day in ("0000-01-01", "0001-01-01", "9999-12-31")),
]  # fmt: skip
STORES = [
    "CREATE TRIGGER forgets BEFORE INSERT ON engagecheck_history BEGIN SELECT RAISE(IGNORE); END", "CREATE TRIGGER forgets AFTER INSERT ON engagecheck_history BEGIN DELETE FROM engagecheck_history; END",
    "CREATE TRIGGER changes AFTER INSERT ON engagecheck_history BEGIN UPDATE engagecheck_history SET name = 'x' WHERE number = 1; END",
    "DROP TABLE engagecheck_history; CREATE VIEW engagecheck_history AS SELECT 1 AS number", "DROP TABLE engagecheck_history; CREATE TABLE engagecheck_history (x)",
]  # fmt: skip


def attacks(random_: random.Random) -> Fault:
    """One of the attacks: it ends as documented, nothing of it steers the terminal, no file of others is quoted, no input is replaced."""
    if not Path("r.json").exists():
        Path("d").mkdir()
        save("hv.json", HARBOUR)
        command("audit", save("s.json", SOUND), "-f", "json=r.json", "--record", "--store", "h.sqlite")
    before = {name: Path(name).read_bytes() for name in ("s.json", "r.json", "hv.json")}
    fault = random_.choice([_command, _configuration, _input, _report, _store, _escapes])(random_)
    changed = [name for name, raw in before.items() if Path(name).read_bytes() != raw]
    return fault or (f"replaced: {changed}" if changed else None)


def _ended(*words: str, stdin: bytes = b"") -> Fault:
    code, out, said = ended(*words, stdin=stdin)
    if found := RAW.search(out + said):
        return f"{words} said {found[0]!r}"
    return "a file of others is quoted" if "root:" in out + said else judged(words, code, said)


def _command(random_: random.Random) -> Fault:
    return _ended(*random_.choice(COMMANDS), stdin=b"n\n" * 60)


def _configuration(random_: random.Random) -> Fault:
    Path("engagecheck.toml").write_text(random_.choice(CONFIGURATIONS))
    try:
        return _ended("audit", "s.json", "-f", "html=o.html")
    finally:
        Path("engagecheck.toml").unlink()


def _input(random_: random.Random) -> Fault:
    return _ended(random_.choice(["audit", "validate", "render"]), "-", stdin=random_.choice(INPUTS))


def _report(random_: random.Random) -> Fault:
    document = json.loads(Path("r.json").read_text("utf-8"))
    holder, key = random_.choice(list(places(document)))
    holder[key] = random_.choice([None, [], {}, "", "sustaining", 0, 100, -1, "\x1b[31m", ["\x1b[31m"], [1, 2], True])
    code, _, said = ended("render", save("m.json", document), "-f", "html=o.html", "-f", "csv=o.csv")
    known = json.loads(Path("r.json").read_text("utf-8"))
    for one in (document, known):
        one.pop("run", None)  # this part alone may differ
    COUNTED["altered reports"] += document != known
    if not code and document != known:
        return f"a report that was altered at {key} is accepted"
    return judged(("render", str(key)), code, said)


def _store(random_: random.Random) -> Fault:
    shutil.copy("h.sqlite", "m.sqlite")
    with contextlib.closing(sqlite3.connect("m.sqlite")) as connection:
        connection.executescript(random_.choice(STORES))
    code, _, said = ended("history", "add", "s.json", "--as-of", "2027-01-01", "--store", "m.sqlite")
    return "acknowledged and not kept" if "Recorded" in said else judged(("history", "add"), code, said)


def _escapes(random_: random.Random) -> Fault:
    document = json.loads(json.dumps(HARBOUR))
    for holder, key in random_.sample([(holder, key) for holder, key in places(document) if isinstance(holder[key], str)], 3):
        holder[key] = random_.choice(HOSTILE)
    save("e.json", document)
    words = random_.choice(
        [
            "validate e.json",
            "status e.json",
            "whatif e.json",
            "compare e.json e.json",
            "merge e.json --into m.json",
            "convert e.json m.html",
            "history add e.json --store e.sqlite",
            "roll-forward e.json --to 2027-03-31 --output m.json",
            "audit e.json e.json",
        ]
    )
    for name in ("m.json", "m.html"):
        Path(name).unlink(missing_ok=True)
    return _ended(*words.split())

"""Ideas about documents and names of files: keys said twice, long lists, odd outputs, links to the input, and lines of many."""

import json
import os
import re
import shutil
from collections import Counter, OrderedDict
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType

from common import Fault, here, save

from engagecheck import InputRefused, run_audit

from .shared import PROFILES, SOUND, VALE, gap, lines_of, read, run, together, told, vale

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


def two_runs_at_once() -> Fault:
    """Of two runs that write the lines or rows of many profiles into one file, one writes it and the other is refused."""
    said = []
    Path("many.jsonl").write_text("\n".join(json.dumps(vale("/organisation/name", f"Trust {number}")) for number in range(5)))
    for form in ("jsonl", "csv"):
        words = ("audit", "many.jsonl", "--workers", 1, "-f")
        codes = sorted(together(*((*words, f"{form}=o.{form}"),) * 2))
        run(*words, f"{form}=alone.{form}")
        if codes != [1, 5] or Path(f"o.{form}").read_bytes() != Path(f"alone.{form}").read_bytes():
            said.append(f"{form}: {codes}")
    return told(said)


def folders_as_a_command_leaves_them() -> Fault:
    """A folder holds one organisation, whatever the program and Excel keep beside its workbook."""
    Path("trusts").mkdir()
    run("convert", SOUND, "trusts/profile.xlsx")
    run("sign-off", "trusts/profile.xlsx", "--approved-by", "Board", "--on", "2026-05-01")
    for name in ("~$profile.xlsx", ".DS_Store", "Thumbs.db"):
        Path("trusts", name).write_bytes(b"x")
    done = run("audit", "trusts", "-f", "jsonl")
    names = [json.loads(line)["profile"] for line in done.out.splitlines()]
    return None if names == ["trusts/profile.xlsx"] else f"{names}"


def blank_lines_between_profiles() -> Fault:
    """The number of a line is the same in a refusal and in `render`, with blank lines between and odd separators in texts."""
    name = "A\u2028B\u0085C Trust"
    Path("many.jsonl").write_text("\n\n".join((json.dumps(vale("/organisation/name", name), ensure_ascii=False), "{", json.dumps(read(SOUND)))) + "\n", "utf-8")
    run("audit", "many.jsonl", "-f", "jsonl=lines.jsonl")
    lines = [json.loads(line) for line in Path("lines.jsonl").read_bytes().splitlines()]
    places = [line["profile"] for line in lines]
    third = json.loads(run("render", "lines.jsonl", "--line", 3, "-f", "json").out)
    right = places == [f"many.jsonl, line {number}" for number in (1, 3, 5)] and "errors" in lines[1]
    return None if right and third["subject"]["name"] == read(SOUND)["organisation"]["name"] else f"{places}"


def reports_where_profiles_belong() -> Fault:
    """A report in the place of a profile, and a profile in the place of a report, is refused and never read as empty."""
    run("audit", VALE, "-f", "json=r.json")
    codes = {words: run(*words).code for words in (("audit", "r.json"), ("validate", "r.json"), ("whatif", "r.json"), ("render", VALE), ("verify", VALE, VALE), ("merge", "r.json", "--into", "r.json"), ("convert", "r.json", "r.xlsx"))}
    return None if set(codes.values()) == {3} else f"{codes}"


def values_of_python() -> Fault:
    """A profile that a program gives with other types of Python is read alike, or refused by `TypeError` or `InputRefused`."""
    usual = run_audit(vale()).report_digest
    alike = [run_audit(OrderedDict(vale())).report_digest, run_audit(MappingProxyType(vale())).report_digest]
    said = [] if alike == [usual] * 2 else ["another kind of mapping gives another report"]
    for value in (date(2026, 3, 31), Decimal(40), float("nan"), b"x", {1, 2}, "\ud800", 10**400):
        try:
            run_audit(vale("/talent/chief_registrar_time", value))
            said.append(f"{value!r} is accepted")
        except (TypeError, InputRefused):
            continue
    return told(said)


def names_where_roles_belong() -> Fault:
    """`validate` notes the name of a person wherever a role belongs, in JSON and in a workbook, and notes no role."""
    said, statement = [], {"criterion": "journey/action-plan-known", "statement": "S", "method": "examined", "on": "2026-03-01", "valid_until": "2026-12-31"}
    for role, is_person in (("Dr John Smith", True), ("Audit committee", False)):
        places = {
            "/sign_off/approved/role": {"sign_off": {"approved": {"role": role, "on": "2026-05-01"}}}, "/talent/answered_by": {"talent": vale()["talent"] | {"answered_by": role}},
            "/accepted_gaps/0/approver": {"accepted_gaps": [gap(approver=role)]}, "/attestations/0/role": {"attestations": [statement | {"role": role}]},
        }  # fmt: skip
        for pointer, more in places.items():
            run("convert", save("p.json", vale() | more), "p.xlsx", "--overwrite")
            for name in ("p.json", "p.xlsx"):
                done = run("validate", name)
                if done.code or ("name of a person" in done.out + done.said) is not is_person:
                    said.append(f"{role} at {pointer} in {name}: code {done.code}: {done.out}{done.said}")
    return told(said)

"""Ideas about workbooks and trackers: what goes in comes out, and what people type is read, refused or kept."""

import datetime
import random
import re
from pathlib import Path
from typing import Any

import openpyxl
from common import Fault, save
from openpyxl.comments import Comment

from .shared import EXAMPLES, PROFILES, VALE, YEARS, at, audited, changed, read, run, shown, told, vale

TEXTS = (
    "_x0041_ literal", "=1+1", "'quoted", "+44 20", "-5", "@x", "TRUE", "yes", "no", "45 %", "31/03/2026", "1e5", "007", "0.10", "a\nb", "a\r\nb", "tab\there", "é vs e\u0301", "Σ 😀 𝔘", "  inner  blanks  ", "#N/A", "#REF!", "null", "None",
    "not known", "Not known", "<b>&amp;</b>", "x" * 290, "\u00a0nbsp\u00a0x", "{{7*7}}", "present", "never", "1,234", "2026-03-31", "12:30", "½", "٣", "a; b, c|d", '"quoted"',
)  # fmt: skip
SECTIONS = ("leadership", "talent", "appraisal", "learning", "strategy", "selection", "governance", "journey", "involvement", "commitment", "structure", "context")
TIME, COUNT, DAY = ("Talent", "/talent/chief_registrar_time"), ("Selection", "/selection/complete_panels/count"), ("Appraisal", "/appraisal/board_report_on")
CELLS: list[tuple[tuple[str, str], object, str | None, object]] = [
    (TIME, 0.2, "0%", 20), (TIME, 0.45, "0.00%", 45), (TIME, 0.2, "General", 0.2), (TIME, "45 %", None, 45), (COUNT, "=20+1", None, None), (COUNT, 21.0000001, None, None), (COUNT, True, None, None), (COUNT, "21 of 22", None, None),
    (COUNT, datetime.date(2020, 1, 1), "yyyy-mm-dd", None), (COUNT, "#N/A", None, None), (DAY, datetime.datetime(2025, 9, 24, 23, 59, 59), "yyyy-mm-dd", "2025-09-24"), (DAY, 45924, "General", None), (DAY, "02/03/2025", None, "2025-03-02"),
    (DAY, "03/24/2025", None, None), (DAY, "31/09/2025", None, None), (DAY, datetime.date(2025, 9, 1), "mmm-yy", "2025-09"), (DAY, datetime.time(12), None, None),
]  # fmt: skip
"""What is typed for a fact, its format, and what is read. None is for what is refused."""


def _typed(key: tuple[str, str], column: int, value: object, form: str | None = None) -> str:
    """The workbook of the invented trust with a value in the row of a key."""
    if not Path("a.xlsx").exists():
        run("convert", VALE, "a.xlsx")
    book = openpyxl.load_workbook("a.xlsx")
    sheet = book[key[0]]
    row = next(number for number in range(1, sheet.max_row + 1) if sheet.cell(number, 1).value == key[1])
    cell = sheet.cell(row, column)
    cell.value = value
    cell.number_format = form or cell.number_format
    book.save("b.xlsx")
    return "b.xlsx"


def cells() -> Fault:
    """A cell means what it shows, or is refused: percentages, formulas, errors, days with times, and other kinds of values."""
    said = []
    for key, value, form, want in CELLS:
        code = run("convert", _typed(key, 3, value, form), "b.json", "--overwrite").code
        got = at(read("b.json"), key[1]) if not code else None
        if got != want:
            said.append(f"{key[1]}: {value!r} as {form} is {got!r}, not {want!r}")
    return told(said)


def typed_beside_a_figure() -> Fault:
    """A remark, a reason or an id of evidence in the row of one figure is read, refused or noted."""
    said = []
    for column, text in ((7, "NOPE"), (6, "may not say"), (8, "ZYZZO")):
        done = run("convert", _typed(COUNT, column, text), "b.json", "--overwrite")
        if not done.code and text not in Path("b.json").read_text("utf-8") and "Selection!" not in done.said + run("validate", "b.xlsx").said:
            said.append(f"{text} is dropped in silence")
    return told(said)


def typed_beside_a_heading() -> Fault:
    """An answer beside the heading of a group is refused or noted."""
    done = run("validate", _typed(("Selection", "/selection/complete_panels"), 3, "22 of 22"))
    return None if "Selection!" in done.out + done.said else "an answer beside a heading is dropped in silence"


def odd_texts(random_: random.Random) -> Fault:
    """Odd texts as values, titles, references and notes are the same after a workbook."""
    profile = vale()
    profile["context"]["others"] = {"of": len(TEXTS), "entries": [{"fact": f"fact {number}", "value": text} for number, text in enumerate(TEXTS)]}
    profile["evidence"] += [{"id": f"T{number}", "title": text, "kind": "other", "effective": "2026-01", "assurance": "documented", "reference": text} for number, text in enumerate(TEXTS)]
    for section, text in zip(SECTIONS, random_.sample(TEXTS, len(SECTIONS)), strict=True):
        profile[section]["note"] = text
    return told(_lost(save("p.json", profile)))


def everything(random_: random.Random) -> Fault:
    """Marks, gaps, statements, evidence, equal entries, what is unconfirmed, signed or published: all is the same after a workbook."""
    full = vale() | read(EXAMPLES / "journey/accepted_gaps.json") | read(EXAMPLES / "journey/attestations.json") | {"not_for_publication": ["/leadership/clinical_directors", "/appraisal/connected"]}
    full["appraisal"] |= {"evidence_for": {"connected": ["ROREP", "AR2526"], "job_plans": ["HR"]}, "answered_by": "Responsible officer"}
    full["structure"]["divisions"]["entries"].append(full["structure"]["divisions"]["entries"][0])
    full["structure"]["divisions"]["of"] = 5
    full["context"]["others"] = {"of": 4, "entries": [{"fact": "a", "value": True}, {"fact": "b", "value": 5}, {"fact": "c", "value": 5.5}, {"fact": "d", "value": "5"}]}
    run("roll-forward", save("full.json", full), "--to", "2027-03-31", "--output", "next.json")
    run("sign-off", "full.json", "--approved-by", "Board", "--on", "2026-05-01")
    return told([one for path in ("full.json", "next.json", *random_.sample([*PROFILES, *YEARS], 6)) for one in _lost(path)])


def _lost(path: str | Path) -> list[str]:
    """What is not the same in a profile after it was a workbook."""
    run("convert", path, "w.xlsx", "--overwrite")
    done = run("convert", "w.xlsx", "again.json", "--overwrite")
    if done.code:
        return [f"{path}: {done.said}"]
    one, other = read(path), read("again.json")
    for document in (one, other):
        document.pop("$schema", None)
    return [f"{path}: {place}" for place in _differences(one, other)]


def _differences(one: Any, other: Any, pointer: str = "") -> list[str]:
    if isinstance(one, dict) and isinstance(other, dict):
        return [found for key in {**one, **other} for found in _differences(one.get(key, "(absent)"), other.get(key, "(absent)"), f"{pointer}/{key}")]
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        return [found for number, parts in enumerate(zip(one, other, strict=True)) for found in _differences(*parts, f"{pointer}/{number}")]
    return [] if one == other and isinstance(one, bool) is isinstance(other, bool) else [f"{pointer}: {str(one)[:60]!r} is {str(other)[:60]!r}"]


def worked_trackers() -> Fault:
    """What people type into odd places of a tracker is somewhere in the next one, five audits in a row."""
    run("audit", VALE, "-f", "xlsx=t.xlsx")
    typed: list[str] = []
    for turn in range(5):
        book = openpyxl.load_workbook("t.xlsx")
        for place in ("A3", "D4", f"G{6 + turn}", f"B{12 + turn}", f"N{7 + turn}", f"A{70 + turn}", f"H{20 + turn}"):
            typed.append(f"Zq{len(typed)}Zq")
            book["Actions"][place] = typed[-1]
        book.save("worked.xlsx")
        run("audit", VALE, "-f", "xlsx=t.xlsx", "--carry", "worked.xlsx")
        text = shown(Path("t.xlsx").read_bytes())
        if lost := [one for one in typed if one not in text]:
            return f"after {turn + 1} audits {lost} is nowhere"
    return None


def own_sheets() -> Fault:
    """A sheet and a comment that somebody added stay, or their loss is said and the previous version has them."""
    run("convert", VALE, "p.xlsx")
    book = openpyxl.load_workbook("p.xlsx")
    book.create_sheet("Mine")["A1"] = "MYNOTE"
    book.worksheets[2]["B6"].comment = Comment("MYCOMMENT", "me")
    book.save("p.xlsx")
    done = run("sign-off", "p.xlsx", "--prepared-by", "Company secretary", "--on", "2026-05-01")
    now, kept = (shown(Path(name).read_bytes()) for name in ("p.xlsx", "p.previous.xlsx"))
    lost = [one for one in ("MYNOTE", "MYCOMMENT") if one not in now]
    if done.code or (lost and not re.search("sheets and comments of your own.*p.previous.xlsx", done.said)):
        return f"code {done.code}, {lost} is lost: {done.said}"
    return told([f"{one} is nowhere" for one in lost if one not in kept])


def signed_workbooks() -> Fault:
    """A signed workbook, its JSON and that one's workbook say the same and stay signed, also after a part was merged."""
    run("convert", VALE, "p.xlsx")
    run("new", "part.xlsx", "--for", "appraisal", "--role", "Responsible officer", "--from", "p.xlsx")
    run("merge", "part.xlsx", "--into", "p.xlsx")
    run("sign-off", "p.xlsx", "--approved-by", "Board", "--on", "2026-05-01")
    run("convert", "p.xlsx", "s.json")
    run("convert", "s.json", "s.xlsx")
    states = [[one["state"] for one in audited(Path(name))["sign_off"]] for name in ("p.xlsx", "s.json", "s.xlsx")]
    facts = changed(changed(read("s.json"), "/sign_off"), "/appraisal/answered_by")
    return None if states == [["current"]] * 3 and facts == vale() else f"signatures are {states}, or facts are others"

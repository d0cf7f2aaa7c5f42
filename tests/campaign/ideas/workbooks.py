"""Ideas about workbooks and trackers: what goes in comes out, and what people type is read, refused or kept."""

import datetime
import json
import random
import re
from pathlib import Path
from typing import Any

import openpyxl
from common import Fault, save
from openpyxl.comments import Comment
from openpyxl.utils.datetime import CALENDAR_MAC_1904

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
    run("audit", VALE, "-f", "xlsx=t0.xlsx")
    typed: list[str] = []
    for turn in range(5):
        book = openpyxl.load_workbook(f"t{turn}.xlsx")
        for place in ("A3", "D4", f"G{6 + turn}", f"B{12 + turn}", f"N{7 + turn}", f"A{70 + turn}", f"H{20 + turn}"):
            typed.append(f"Zq{len(typed)}Zq")
            book["Actions"][place] = typed[-1]
        book.save("worked.xlsx")
        run("audit", VALE, "-f", f"xlsx=t{turn + 1}.xlsx", "--carry", "worked.xlsx")
        text = shown(Path(f"t{turn + 1}.xlsx").read_bytes())
        if lost := [one for one in typed if one not in text]:
            return f"after {turn + 1} audits {lost} is nowhere"
    return None


def worked_trackers_as_outputs() -> Fault:
    """A tracker in which people worked is left as it is by a command that would write a new one there, and one without their work is not."""
    codes = [run("audit", VALE, "-f", "xlsx=t.xlsx").code, run("audit", VALE, "-f", "xlsx=t.xlsx").code]
    for place, text in (("A70", "OURS"), ("G6", "a note"), ("D6", "In progress"), ("N7", "a column of ours")):
        book = openpyxl.load_workbook("t.xlsx")
        book["Actions"][place] = text
        book.save("w.xlsx")
        before = Path("w.xlsx").read_bytes()
        codes.append(run("audit", VALE, "-f", "xlsx=w.xlsx").code)
        if Path("w.xlsx").read_bytes() != before:
            return f"{place}: the work is gone"
    return None if codes == [1, 1, 5, 5, 5, 5] else f"codes {codes}"


def rearranged_trackers() -> Fault:
    """What people typed into a tracker whose sheet was renamed, moved or sorted, or lost its ids or heading, is in the next one, or is refused."""
    run("audit", VALE, "-f", "xlsx=t.xlsx")
    said = []
    for case in ("renamed", "moved", "no ids", "no heading", "no day", "turned", "doubled"):
        book = openpyxl.load_workbook("t.xlsx")
        sheet = book["Actions"]
        typed = [f"Zq{row}Zq" for row in range(6, 12)]
        for row, text in enumerate(typed, 6):
            sheet.cell(row, 7).value, sheet.cell(row, 4).value = text, "In progress"
        _rearranged(book, sheet, case)
        book.save("o.xlsx")
        Path("n.xlsx").unlink(missing_ok=True)
        code = run("audit", VALE, "-f", "xlsx=n.xlsx", "--carry", "o.xlsx").code
        text = shown(Path("n.xlsx").read_bytes()) if code == 1 else ""
        if code not in (1, 3) or (code == 1 and any(one not in text for one in typed)):
            said.append(f"{case}: code {code}, and what was typed is not in the next one")
    return told(said)


def _rearranged(book: Any, sheet: Any, case: str) -> None:
    if case == "renamed":
        sheet.title = "Our plan"
    elif case == "moved":
        book.move_sheet(sheet, 2)
    elif case == "no ids":
        sheet.delete_cols(11)
    elif case == "no heading":
        sheet.delete_rows(5)
    elif case == "no day":
        sheet.delete_rows(1, 3)
    elif case == "doubled":
        book.copy_worksheet(sheet)
    else:
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=6)]
        for number, row in enumerate(rows[::-1], 6):
            for column, value in enumerate(row, 1):
                sheet.cell(number, column).value = value


def days_from_1904() -> Fault:
    """A workbook that counts its days from 1904 gives the same results, or is refused."""
    run("convert", VALE, "p.xlsx")
    book = openpyxl.load_workbook("p.xlsx")
    for cell in (cell for sheet in book for row in sheet.iter_rows() for cell in row):
        if isinstance(cell.value, str) and re.fullmatch(r"20\d\d-\d\d-\d\d", cell.value):
            cell.value, cell.number_format = datetime.datetime.fromisoformat(cell.value), "dd/mm/yyyy"
    book.epoch = CALENDAR_MAC_1904
    book.save("b.xlsx")
    done = run("audit", "b.xlsx", "-f", "json")
    one, other = audited(VALE), json.loads(done.out or "{}")
    return None if done.code == 3 or (one["as_of"], one["summary"]) == (other["as_of"], other["summary"]) else f"code {done.code}, and the results differ"


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
    if done.code or (lost and not re.search("such as sheets, comments.*p.previous.xlsx", done.said)):
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


def rearranged_sheets(random_: random.Random) -> Fault:
    """A sheet of a profile that somebody copied, renamed, hid or took away leaves its answers as they were, or that is told."""
    run("convert", VALE, "p.xlsx")
    said = []
    for case in random_.sample(("copied", "renamed", "hidden", "gone"), 3):
        book = openpyxl.load_workbook("p.xlsx")
        sheet = book["Governance"] if "Governance" in book.sheetnames else book[next(one for one in book.sheetnames if "overnance" in one)]
        if case == "copied":
            book.copy_worksheet(sheet)
        elif case == "renamed":
            sheet.title = "Ours"
        elif case == "hidden":
            sheet.sheet_state = "hidden"
        else:
            book.remove(sheet)
        book.save("m.xlsx")
        done = run("convert", "m.xlsx", "c.json", "--overwrite")
        is_same = not done.code and read("c.json")["governance"] == vale()["governance"]
        if not is_same and (case == "hidden" or "sheet" not in done.said.lower()):
            said.append(f"{case}: code {done.code}: {done.said}")
    return told(said)

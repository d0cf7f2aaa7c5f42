"""Ideas about what is made from several: merged parts, next year's profile, imports, signatures, histories, and commands at once."""

import contextlib
import csv
import json
import random
import re
import shutil
import sqlite3
from pathlib import Path
from typing import Any

from common import Fault, save

from .shared import VALE, WHO, YEARS, at, audited, changed, gap, outcomes, read, run, shown, together, told, vale

LISTS = ("/leadership/clinical_directors", "/leadership/non_executives", "/structure/departments", "/structure/divisions", "/journey/measurements", "/leadership/chief_executive/holders")
STATEMENT = {"criterion": "consistency/dates-agree", "statement": "S", "role": "Chair", "method": "examined", "on": "2026-03-01", "valid_until": "2028-12-31"}
MEDICINE, SURGERY = ({"name": name, "doctor_lead": True} for name in ("Medicine", "Surgery"))
DIVISIONS = "/structure/divisions"
SECTIONS = ("leadership", "talent", "appraisal", "learning", "strategy", "selection", "governance", "journey", "involvement", "commitment", "structure", "context", "perceptions")
FACTS = ("connected", "completed", "approved_missed", "unapproved_missed", "appraisers", "positive", "deferrals", "non_engagement")


def _merged(into: Any, part: Any, *options: str) -> tuple[int, Any, str]:
    done = run("merge", save("part.json", part), "--into", save("into.json", into), *options)
    return done.code, read("into.json"), done.out + done.said


def merged_marks() -> Fault:
    """A merge keeps marks, private entries, gaps, notes of both, evidence with one id, and equal entries, or asks."""
    said, v = [], vale()
    _, out, _ = _merged(v, v | {"not_for_publication": ["/appraisal/connected"], "accepted_gaps": [gap()]})
    said += [] if out.get("not_for_publication") and out.get("accepted_gaps") else ["marks or gaps"]
    code, out, _ = _merged(v, vale("/structure/departments/entries/9/private", False))
    said += [] if code == 3 and at(out, "/structure/departments/entries/9/private") else ["a private entry"]
    _, out, _ = _merged(v, vale("/evidence/0/title", "Another"))
    said += [] if len(out["evidence"]) == len(v["evidence"]) + 1 else ["evidence with one id"]
    entries = at(v, f"{DIVISIONS}/entries")
    _, out, _ = _merged(vale(DIVISIONS, {"of": 5, "entries": [*entries, entries[0]]}), v, "--prefer", "part")
    said += [] if len(at(out, f"{DIVISIONS}/entries")) == 5 else ["equal entries"]
    _, out, _ = _merged(vale("/selection/note", "one"), vale("/selection/note", "two"))
    said += [] if {"one", "two"} <= set(out["selection"]["note"].splitlines()) else ["notes"]
    return told([f"lost: {one}" for one in said])


def merged_totals() -> Fault:
    """What a merge says of a total is what its two documents say."""
    into, part = (WHO | {"structure": {"divisions": {"of": len(entries), "entries": entries}}} for entries in ([MEDICINE, SURGERY], [MEDICINE]))
    _, _, said = _merged(into, part, "--prefer", "part")
    return f"into.json says 2 and part.json says 1, but: {said}" if "into.json says 1" in said or "part.json says 2" in said else None


def merges_at_once(random_: random.Random) -> Fault:
    """Of eight merges into one profile at once, what each acknowledged is there."""
    into = f"into.{random_.choice(['json', 'xlsx'])}"
    run("merge", save("first.json", WHO), "--into", into)
    parts = [save(f"{number}.json", WHO | {"appraisal": {fact: 5}}) for number, fact in enumerate(FACTS)]
    codes = together(*(("merge", part, "--into", into) for part in parts))
    run("convert", into, "out.json") if into.endswith("xlsx") else shutil.copy(into, "out.json")
    there = read("out.json").get("appraisal", {})
    lost = [fact for fact, code in zip(FACTS, codes, strict=True) if not code and fact not in there]
    return f"{into}: acknowledged and lost: {lost}" if lost or not there else None


def sign_offs_at_once() -> Fault:
    """Of two who sign at once, whoever is acknowledged stands in the profile."""
    shutil.copy(VALE, "p.json")
    steps = ("prepared", "checked")
    codes = together(*(("sign-off", "p.json", f"--{step}-by", "Role", "--on", "2026-05-01") for step in steps))
    there = read("p.json").get("sign_off", {})
    return None if there and all(code or step in there for step, code in zip(steps, codes, strict=True)) else f"codes {codes}, and {list(there)} stands"


def next_year() -> Fault:
    """Next year's profile keeps the entries of lists, marks, and the gaps and statements that still run."""
    said, marks = [], ["/leadership/clinical_directors"]
    gaps = [gap(approved_on="2026-03-01", expires_on="2027-06-30"), gap(criterion="journey/direction")]
    profile = vale() | {"not_for_publication": marks, "accepted_gaps": gaps, "attestations": [STATEMENT]}
    for name in ("n.json", "n.xlsx"):
        run("roll-forward", save("p.json", profile), "--to", "2027-03-31", "--output", name)
    run("convert", "n.xlsx", "x.json")
    for name in ("n.json", "x.json"):
        now = read(name)
        if not now.get("accepted_gaps") or len(now.get("attestations", [])) != 1 or now.get("not_for_publication") != marks:
            said.append(f"{name}: marks, gaps or statements")
        said += [f"{name}: {one}" for one in LISTS if len(at(now, one)["entries"]) != len(at(profile, one)["entries"])]
    return told(said)


def empty_imports() -> Fault:
    """An empty template that is imported changes nothing."""
    Path("t.csv").write_text(run("import", "annual-return", "--template").out)
    shutil.copy(VALE, "p.json")
    run("import", "annual-return", "t.csv", "--into", "p.json")
    return None if read("p.json") == vale() else "an empty template changes the profile"


def views_by_hand(random_: random.Random) -> Fault:
    """The mean of each group and statement is that of the rows, with halves and without those who do not know, and is imported so."""
    items = run("views", "--template").out.splitlines()[0].split(",")[1:]
    groups = ("consultants", "managers", "executives", "medical_leaders")
    rows = [[group, *random_.choices([0, 1, 2.5, 7, 9, 10, "do not know", ""], k=len(items))] for group in groups for _ in range(40)]
    with Path("v.csv").open("w", newline="") as file:
        csv.writer(file).writerows([["group", *items], *rows])
    out, said = json.loads(run("views", "v.csv").out), []
    for group in ("consultants", "managers"):
        for place, item in enumerate(items, 1):
            given = [row[place] for row in rows if row[0] == group and not isinstance(row[place], str)]
            found = out[group]["items"].get(item)
            if found and (found["n"] != len(given) or abs(found["mean"] - sum(given) / len(given)) > 0.00501):
                said.append(f"{group}, {item}: {found}, and by hand {sum(given) / len(given)} of {len(given)}")
    if (code := run("import", "views", "v.csv", "--into", save("p.json", WHO), "-o", "on=2026-02").code) not in (0, 3):
        said.append(f"code {code}")
    elif not code and read("p.json")["perceptions"]["consultants"]["overall"] != out["consultants"]["overall"]:
        said.append("other numbers are imported")
    return told(said)


def heads() -> Fault:
    """A history knows its own heads and no others. A removal is named, and a row that was cut is found."""
    reports = [f"{path.stem}.json" for path in YEARS]
    for path, report in zip(YEARS, reports, strict=True):
        run("audit", path, "--no-config", "-f", f"json={report}")
    run("history", "add", *reports[:2], "--store", "s")
    head = run("history", "head", "--store", "s").out.strip()
    run("history", "add", reports[2], "--store", "s")
    last = run("history", "head", "--store", "s").out.strip()
    codes = [run("history", "verify", "--store", "s", "--head", value).code for value in (head, last, "0" * 64, head[:8], "")]
    if codes != [0, 0, 6, 6, 2]:
        return f"codes of heads {codes}"
    run("history", "remove", 1, "--by", "Board", "--reason", "named a patient", "--store", "s")
    done = run("history", "verify", "--store", "s", "--head", head)
    if done.code or "named a patient" not in done.out + done.said:
        return "a removal is not named"
    with contextlib.closing(sqlite3.connect("s")) as store:
        store.execute("DELETE FROM engagecheck_history WHERE number = 3")
        store.commit()
    return None if run("history", "verify", "--store", "s", "--head", last).code == 6 else "a row that was cut is not found"


def records_at_once() -> Fault:
    """Of six records at once, of three reports, each report is there once, and the chain holds."""
    for path in YEARS:
        run("audit", path, "--no-config", "-f", f"json={path.stem}.json")
    codes = together(*(("history", "add", f"{path.stem}.json", "--store", "c") for path in YEARS * 2))
    done = run("history", "verify", "--store", "c")
    return None if codes == [0] * 6 and "3 reports" in done.out + done.said else f"codes {codes}: {done.out}"


def names_that_look_alike() -> Fault:
    """Organisations whose names look alike are others, or the same, in every command."""
    said, name = [], vale()["organisation"]["name"]
    run("audit", VALE, "-f", "json=a.json")
    for other, is_other in ((name.replace("a", "а", 1), True), (name.replace("Vale", "Va1e"), True), (name.replace(" ", "\u00a0"), False), (name.upper(), False), (f"{name}\u200d", False)):
        save("b.json", changed(vale("/organisation/name", other), "/as_of", "2026-04-01"))
        run("audit", "b.json", "-f", "json=br.json")
        codes = {run(command, "a.json", "br.json").code for command in ("compare", "trend")} | {0 if run("audit", "b.json", "--since", "a.json").code in (0, 1) else 2}
        if len(codes) > 1 or (is_other and codes == {0}):
            said.append(f"{other!r}: {codes}")
    return told(said)


def answers_as_typed() -> Fault:
    """Texts in place of numbers, days and lists are named by every command that reads them, and never dropped."""
    said = []
    for pointer, typed in (("/appraisal/completed", "five hundred"), ("/appraisal/board_report_on", "soon"), ("/talent/leadership_strategy", "perhaps"), (DIVISIONS, "four")):
        save("p.json", vale(pointer, typed))
        for words in (("validate", "p.json"), ("audit", "p.json"), ("merge", "p.json", "--into", save("m.json", vale())), ("convert", "p.json", "c.xlsx", "--overwrite")):
            done = run(*words)
            if done.code != 3 or pointer not in done.said:
                said.append(f"{words[0]} of {pointer} = {typed}: code {done.code}")
    return told(said)


def days_of_signatures_and_years() -> Fault:
    """No signature is of a day before the profile or to come, or of nobody, and no year begins on the day of the last or far away."""
    said = []
    for who, day in (("Board", "2020-01-01"), ("Board", "2999-01-01"), (" ", "2026-05-02"), ("\u200b", "2026-05-02")):
        if run("sign-off", save("p.json", vale()), "--approved-by", who, "--on", day).code != 2 or read("p.json") != vale():
            said.append(f"{who!r} on {day}")
    said += [day for day in ("2026-03-31", "2025-03-31", "9999-12-31") if run("roll-forward", VALE, "--to", day, "--output", "n.json").code != 2]
    return told(said)


def kinds_at_once() -> Fault:
    """Of two signatures and an import at once, what is acknowledged is there, and the others end with code 5."""
    save("p.json", WHO | {"organisation": WHO["organisation"] | {"ods_code": "R0X"}})
    Path("a.csv").write_text("Organisation code,Year that ends on,Item,Holder,How held,From,To,Complete since,Number\nR0X,31/03/2026,Doctors and dentists,,,,,,7\n")
    signing = [("sign-off", "p.json", f"--{step}-by", "Role", "--on", "2026-05-01") for step in ("prepared", "checked")]
    codes = together(*signing, ("import", "annual-report", "a.csv", "--into", "p.json", "--organisation", "R0X"))
    profile = read("p.json")
    there = [step in profile.get("sign_off", {}) for step in ("prepared", "checked")] + ["context" in profile]
    right = all(code in (0, 5) and (code == 0) is one for code, one in zip(codes, there, strict=True))
    return None if right and any(there) else f"codes {codes}, and there: {there}"


def parts_and_back() -> Fault:
    """Every section that is given out as a part and merged back as it is leaves the profile as it was."""
    profile = vale() | {"not_for_publication": ["/appraisal/appraisers"]}
    profile["appraisal"]["withheld"] = {"positive": "being checked"}
    del profile["appraisal"]["positive"]
    save("p.json", profile)
    names = [name for name in SECTIONS if name in profile]
    for name in names:
        run("new", f"{name}.xlsx", "--for", name, "--role", "Someone", "--from", "p.json")
    done = run("merge", *(f"{name}.xlsx" for name in names), "--into", "p.json")
    before, after = _unasked(profile), _unasked(read("p.json"))
    return told([f"{name} differs" for name in {**before, **after} if before.get(name) != after.get(name)]) or (f"code {done.code}: {done.said}" if done.code else None)


def _unasked(part: Any) -> Any:
    if isinstance(part, dict):
        return {key: _unasked(value) for key, value in part.items() if key not in ("answered_by", "$schema")}
    return list(map(_unasked, part)) if isinstance(part, list) else part


def years_by_any_way() -> Fault:
    """Next year's profile is the same from and to JSON and a workbook, approves nothing, and raises no score."""
    save("p.json", vale())
    run("sign-off", "p.json", "--approved-by", "Board", "--on", "2026-05-01")
    run("convert", "p.json", "p.xlsx")
    found = []
    for source, target in (("p.json", "a.json"), ("p.json", "b.xlsx"), ("p.xlsx", "c.json"), ("p.xlsx", "d.xlsx")):
        run("roll-forward", source, "--to", "2027-03-31", "--output", target)
        report = audited(Path(target))
        found.append((outcomes(report), report["summary"]["score"], report["sign_off"], len(report["unconfirmed"])))
    is_same = all(one == found[0] for one in found)
    return None if is_same and not found[0][2] and found[0][1]["low"] <= audited(VALE)["summary"]["score"]["low"] else f"{[one[1:] for one in found]}"


def parts_of_one_section() -> Fault:
    """The part of one section holds its own notes, and neither notes, answers nor gaps of others."""
    profile = vale("/structure/departments/entries/0/name", "SECRETUNIT") | {"accepted_gaps": [gap(reason="SECRETGAP")]}
    profile["talent"]["note"], profile["journey"]["note"], profile["appraisal"]["note"] = "SECRETTALENT", "SECRETJOURNEY", "OWNNOTE"
    save("p.json", profile)
    said = []
    for name in ("part.xlsx", "part.html"):
        code = run("new", name, "--for", "appraisal", "--role", "Responsible officer", "--from", "p.json").code
        found = sorted(set(re.findall(r"SECRET\w+|OWNNOTE", shown(Path(name).read_bytes())))) if not code else []
        if found != ["OWNNOTE"]:
            said.append(f"{name}: code {code}, {found}")
    return told(said)


def parts_of_another_day() -> Fault:
    """A part of last year, or of an organisation with another code, is refused with code 3, and one with another name alone is never taken in silence."""
    name, other = "/organisation/ods_code", "Quite Another Trust"
    save("p.json", vale(name, "RR8"))
    run("new", "part.xlsx", "--for", "appraisal,talent", "--role", "Responsible officer", "--from", "p.json")
    run("roll-forward", "p.json", "--to", "2027-03-31", "--output", "next.json")
    run("convert", "next.json", "next.xlsx")
    save("code.json", vale(name, "RX1"))
    said = []
    for into in ("next.json", "next.xlsx", "code.json"):
        before = Path(into).read_bytes()
        for options in ((), ("--prefer", "part"), ("--prefer", "entered")):
            done = run("merge", "part.xlsx", "--into", into, *options)
            if done.code != 3 or Path(into).read_bytes() != before:
                said.append(f"{into} {options}: code {done.code}: {done.said}")
    for options, code in (((), 3), (("--prefer", "part"), 0), (("--prefer", "entered"), 0)):  # of another name alone it is a difference
        done = run("merge", "part.xlsx", "--into", save("name.json", changed(vale(name, "RR8"), "/organisation/name", other)), *options)
        if done.code != code or other not in done.out + done.said:
            said.append(f"another name {options}: code {done.code}: {done.said}")
    code = run("merge", "part.xlsx", "--into", "p.json", "--prefer", "part").code
    return told([*said, f"its own profile takes it with code {code}"] if code else said)


def merges_into_a_new_profile(random_: random.Random) -> Fault:
    """Of two parts that are merged at once into a profile that does not exist yet, what is acknowledged is there, and the other is refused with code 5."""
    into, sections = f"n.{random_.choice(['json', 'xlsx'])}", ("appraisal", "talent")
    save("p.json", vale())
    for name in sections:
        run("new", f"{name}.xlsx", "--for", name, "--from", "p.json")
    for turn in range(2):
        codes = together(*(("merge", f"{name}.xlsx", "--into", into) for name in sections))
        run("convert", into, "out.json", "--overwrite") if into.endswith("xlsx") else shutil.copy(into, "out.json")
        there = [name in read("out.json") for name in sections]
        if not set(codes) <= {0, 5} or not any(there) or any(code == 0 and not one for code, one in zip(codes, there, strict=True)):
            return f"{into}, turn {turn}: codes {codes}, and there: {there}"
        Path(into).unlink()
    return None


def last_year_in_parts() -> Fault:
    """A colleague's part of next year's profile holds last year's figures of its own section, and none of another."""
    profile = vale("/selection/complete_panels", {"of": 7919, "count": 6857})
    profile["context"]["training_spend"]["value"], profile["talent"]["chief_registrar_time"] = 86423, 37
    run("roll-forward", save("p.json", profile), "--to", "2027-03-31", "--output", "n.json")
    said = []
    for name in ("part.xlsx", "part.html"):
        code = run("new", name, "--for", "talent", "--from", "n.json").code
        text = shown(Path(name).read_bytes()) if not code else ""
        said += [f"{name} tells {one}" for one in ("7919", "6857", "86423") if one in text]
        said += [] if "/talent/chief_registrar_time" in text else [f"{name}, code {code}, lacks its own section"]
    return told(said)


def changed_since_last_year() -> Fault:
    """Of last year's answers, the one that an import or a part changes is no longer marked as last year's, and all others are."""
    code, said = "/organisation/ods_code", []
    run("roll-forward", save("p.json", vale(code, "R0X")), "--to", "2027-03-31", "--output", "n.json")
    head = run("import", "annual-report", "--template").out.splitlines()[0]
    Path("r.csv").write_text(f"{head}\nR0X,31/03/2027,Voting members who are doctors,,,,,,3\n")
    part = {key: value for key, value in changed(read("n.json"), "/talent/development_plan", True).items() if key in ("organisation", "as_of", "talent", "evidence")}
    save("part.json", part)
    for pointer, words in (("/commitment/voting_doctors", ("import", "annual-report", "r.csv", "--organisation", "R0X", "--prefer", "imported")), ("/talent/development_plan", ("merge", "part.json", "--prefer", "part"))):
        before = read("n.json")
        done = run(*words, "--into", "n.json")
        after = read("n.json")
        lost = {name for name, state in before["last_year"]["carried"].items() if after["last_year"]["carried"].get(name) != state}
        if done.code or at(before, pointer) == at(after, pointer) or lost != {pointer}:
            said.append(f"{words[0]}: code {done.code}, {at(after, pointer)}, no longer last year's: {sorted(lost)}: {done.said}")
    return told(said)

"""Ideas about the questionnaire of the workplace: a code works once, the answers are those of `views`, and no trace of anyone is left."""

import json
import re
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path
from typing import Any

from common import Fault, save

from walk import served

from .served import Browser, workplace
from .shared import changed, read, run, together, told, vale

GROUPS = ("medical_leaders", "consultants", "sas_doctors", "resident_doctors", "managers", "executives")
ITEM = "leaders-stay"
NO_VIEWS = changed(vale(), "/perceptions")
ODD = ({"consultants": "-1"}, {"consultants": "1e3"}, {"consultants": "99999999999"}, {"consultants": "9"}, {"consultants": "12", "on": "13/2026"}, {"consultants": "12", "on": ""}, {"consultants": "12", "on": "April 2026"})
"""Invitations that are refused: of too few people or too many, or for no day or one after the day of the profile."""
INVITED = {"consultants": 12, "sas_doctors": 10, "managers": 10}
"""Of the second group three people answer, which is too few."""


def _opened(lead: Browser, where: str, **invited: object) -> list[list[str]]:
    """The codes of each group, if the questionnaire opens."""
    fields = {"on": "March 2026"} | dict.fromkeys(GROUPS, "0") | {name: str(one) for name, one in invited.items()}
    text = lead.get(f"{where}survey").post(f"{where}survey", fields).text
    return [codes for part in re.split("<h[23][^>]*>", text) if (codes := re.findall("<code>([A-Z0-9-]{17})</code>", part))]


def _answers(doctor: Browser, code: str, answers: dict[str, str]) -> bool:
    return "Thank you" in doctor.get("/questionnaire").post("/questionnaire", {"code": code, **answers}).text


def _closed(lead: Browser, where: str) -> Any:
    lead.get(f"{where}survey/close").post(f"{where}survey/close", {})
    return lead.profile(where)


def _bare(part: Any) -> Any:
    return {key: _bare(value) for key, value in part.items() if not key.startswith("evidence")} if isinstance(part, dict) else part


def answers_as_views() -> Fault:
    """The questionnaire gives the numbers that `import views` gives for the same answers, also of small groups and missing answers."""
    head = run("views", "--template").out.splitlines()[0]
    rows, items = [head], head.split(",")[1:]
    with workplace() as base:
        lead, doctor = Browser(base, "lead"), Browser(base)
        where = lead.begin(NO_VIEWS)
        for place, codes in enumerate(_opened(lead, where, **INVITED)):
            for number, code in enumerate(codes[: 3 if place == 1 else None]):
                given = {item: "" if (number + one) % 7 == 0 else str(number * one % 11) for one, item in enumerate(items)}
                if not _answers(doctor, code, given):
                    return "an answer is not taken"
                rows.append(",".join([list(INVITED)[place], *given.values()]))
        found = _closed(lead, where)["perceptions"]
    Path("v.csv").write_text("\n".join(rows))
    options = [word for name, one in INVITED.items() for word in ("-o", f"invited-{name.replace('_', '-')}={one}")]
    run("import", "views", "v.csv", "--into", save("p.json", NO_VIEWS), "-o", "on=2026-03", *options)
    expected = read("p.json")["perceptions"]
    return None if _bare(found) == _bare(expected) else f"{found}, not {expected}"


def codes_of_the_questionnaire() -> Fault:
    """A code works once and not after the end, never with answers that are none, and nobody reads an answer before the end."""
    said = []
    with workplace() as base:
        lead, doctor = Browser(base, "lead"), Browser(base)
        where = lead.begin(NO_VIEWS)
        first, last = _opened(lead, where, consultants=10)[0][:2]
        said += [f"{answers} counts" for answers in ({ITEM: "11"}, {ITEM: "5.5"}, {}) if _answers(doctor, first, answers)]
        if [_answers(doctor, code, {ITEM: "5"}) for code in ("X" * 17, first.lower(), first)] != [False, True, False]:
            said.append("a code does not work once")
        said += [f"{page} shows answers" for page in ("survey", "profile.json", "trail", "results") if "responded" in lead.get(where + page).text]
        _closed(lead, where)
        if _answers(doctor, last, {ITEM: "5"}):
            said.append("a code works after the end")
    return told(said)


def odd_invitations() -> Fault:
    """Odd numbers of people, no days, and days after that of the profile open no questionnaire."""
    with workplace() as base:
        lead = Browser(base, "lead")
        where = lead.begin(NO_VIEWS)
        said = [f"{one} opens it" for one in ODD if _opened(lead, where, **one)]
        return told(said if said or _opened(lead, where, consultants=12) else ["a right one does not open it"])


def backups_of_a_questionnaire() -> Fault:
    """In a backup of an open questionnaire unused codes work, used ones do not, and the answers of both are counted."""
    with workplace() as base:
        lead, doctor = Browser(base, "lead"), Browser(base)
        where = lead.begin(NO_VIEWS)
        codes = _opened(lead, where, consultants=10)[0]
        before = [_answers(doctor, code, {ITEM: "7"}) for code in codes[:5]]
        done = together(("workplace", "backup", "b.zip", "--folder", "house"))
    done += together(("workplace", "restore", "b.zip", "--folder", "other"))
    with served("other") as process:
        lead, doctor = Browser(process.base, "lead"), Browser(process.base)
        again = [_answers(doctor, code, {ITEM: "7"}) for code in codes]
        responded = _closed(lead, where)["perceptions"]["consultants"]["responded"]
    right = done == [0, 0] and all(before) and again == [False] * 5 + [True] * 5 and responded == 10
    return None if right else f"{done}, {before}, {again}, {responded} responded"


def traces_after_the_end() -> Fault:
    """After the end no count and no code is in the database or a backup, and a group that was too small has no numbers."""
    with workplace() as base:
        lead, doctor = Browser(base, "lead"), Browser(base)
        where = lead.begin(NO_VIEWS)
        consultants, managers = _opened(lead, where, consultants=10, managers=10)
        for code in consultants + managers[:3]:
            _answers(doctor, code, {ITEM: "7"})
        open_ = _rows("house/workplace.sqlite")
        views = _closed(lead, where)["perceptions"]
        together(("workplace", "backup", "b.zip", "--folder", "house"))
    with zipfile.ZipFile("b.zip") as parts:
        parts.extractall("b")
    left = [_rows(str(one)) for one in ("house/workplace.sqlite", *Path("b").rglob("*.sqlite"))]
    if not open_ or not views["consultants"]["overall"] or views.get("managers", {}).get("overall"):
        return f"{open_} stood there, and the views are {json.dumps(views)}"
    return f"left: {left}" if any(left) else None


def _rows(name: str) -> dict[str, int]:
    """The tables of codes and counts that hold anything."""
    with closing(sqlite3.connect(name)) as store:
        tables = [one for (one,) in store.execute("SELECT name FROM sqlite_master WHERE type = 'table'") if re.search("code|count|tall", one)]
        return {one: rows for one in tables if (rows := store.execute(f'SELECT count(*) FROM "{one}"').fetchone()[0])}  # noqa: S608  # our own names

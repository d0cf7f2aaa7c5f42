"""Ideas about judgements: one that is missing, the share of evidence, small surveys, and what an organisation says of itself."""

import copy
import math
import random
from fractions import Fraction
from pathlib import Path
from typing import Any

from common import Fault

from .figures import LEVELS, WEIGHT
from .shared import EXAMPLES, PROFILES, SOUND, VALE, YEARS, at, audited, changed, lines_of, read, results, told

LISTS = ("/structure/divisions", "/structure/departments", "/leadership/clinical_directors", "/involvement/projects", "/involvement/change_projects", "/learning/external_learning")
PEERS = "board-to-ward/engagement-against-peers"
ANSWERS = [(31, 39), (50, 1000), (64, None), (63, None), (60, 1000), (61, 1000)]
"""How many doctors answered, of how many."""


def _told_apart(pointer: str, fact: str, of: int) -> tuple[Any, Any]:
    """The sound profile with a list of so many entries that are alike, and the same with another fact in one of them."""
    entries = [copy.deepcopy(next(one for one in at(read(SOUND), f"{pointer}/entries") if fact in one)) for _ in range(of)]
    for number, entry in enumerate(entries):
        entry |= {name: f"{entry[name]} {number}" for name in ("name", "post") if name in entry}
    whole = changed(read(SOUND), pointer, at(read(SOUND), pointer) | {"of": of, "entries": entries})
    return whole, changed(whole, f"{pointer}/entries/0/{fact}", not entries[0][fact])


def one_that_is_missing() -> Fault:
    """A share that is met is still partly met where exactly one of several is missing."""
    shares, cases, documents = {one["id"] for one in results(audited(SOUND)) if one["unit"] == "share"}, [], []
    for pointer in LISTS:
        for fact in sorted({name for entry in at(read(SOUND), f"{pointer}/entries") for name, value in entry.items() if isinstance(value, bool)}):
            for of in (2, 3):
                cases.append(f"{pointer}, {fact}, {of}")
                documents += _told_apart(pointer, fact, of)
    lines, said, tried = lines_of(documents), [], 0
    for case, whole, less in zip(cases, lines[::2], lines[1::2], strict=True):
        if "errors" in whole or "errors" in less:
            continue
        tried += 1
        said += [f"{case}: {name}" for name in shares if (whole["criteria"][name]["outcome"], less["criteria"][name]["outcome"]) == ("met", "not_met")]
    return told(said) or (None if tried > len(cases) / 2 else f"only {tried} of {len(cases)} are accepted")


def share_of_evidence() -> Fault:
    """The share of evidence, made by hand as docs/scoring.md says, is the one printed."""
    said = []
    for path in (*PROFILES, *YEARS):
        report, whole, shown = audited(path, "--no-config"), Fraction(0), Fraction(0)
        for one in report["findings"]:
            asked = [each for each in one["criteria"] if each["outcome"] != "not_applicable"]
            if one["rule"] == "consistency" or not asked:
                continue
            full = sum(WEIGHT[each["priority"]] for each in asked)
            counts = sum(WEIGHT[each["priority"]] for each in asked if each["documented"] and each["at_worst"] == each["at_best"])
            whole, shown = whole + one["weight"], shown + Fraction(counts * one["weight"], full)
        found = next(one["value"] for one in report["summary"]["ladders"] if one["name"] == "evidence")
        if found != 100 * shown // whole:
            said.append(f"{path.name}: {float(100 * shown / whole)} by hand, and {found}")
    return told(said)


def organisations_taken_out() -> Fault:
    """Taking out what an organisation says of itself raises neither the low score nor the rating."""
    said = []
    for path in (VALE, SOUND, YEARS[-1], *sorted(EXAMPLES.glob("published/*.json"))[:3]):
        names = list(read(path)["organisation"])
        Path("lines.jsonl").unlink(missing_ok=True)
        before, *after = lines_of([read(path), *(changed(read(path), f"/organisation/{name}") for name in names)])
        for name, one in zip(names, after, strict=True):
            if not one.get("errors") and (one["score"]["low"] > before["score"]["low"] or LEVELS.index(one["level"]) > max(1, LEVELS.index(before["level"]))):
                said.append(f"{path.name} without {name}: {one['level']}, {one['score']}")
    return told(said)


def small_surveys(random_: random.Random) -> Fault:
    """A survey is judged if its standard error, made by hand as docs/scoring.md says, is at most 0.25, and not otherwise."""
    cases = [*ANSWERS, *((random_.randint(5, invited), invited) for invited in random_.sample(range(20, 2000), 10))]
    lines, said = lines_of([_surveyed(*case) for case in cases]), []
    for (answered, invited), line in zip(cases, lines, strict=True):
        error = 2 / math.sqrt(answered) * (math.sqrt((invited - answered) / (invited - 1)) if invited else 1)
        outcome = line["criteria"][PEERS]["outcome"] if "errors" not in line else line["errors"]
        if abs(error - 0.25) > 1e-9 and (outcome == "not_evidenced") is not (error > 0.25):
            said.append(f"{answered} of {invited}: {outcome}, with an error of {error}")
    return told(said)


def _surveyed(answered: int, invited: int | None) -> Any:
    profile = read(SOUND)
    for one in profile["journey"]["measurements"]["entries"]:
        if one["population"] == "doctors":
            one.pop("invited", None)
            one |= {"respondents": answered} | ({"invited": invited} if invited else {})
    return profile


def documents_to_collect() -> Fault:
    """The documents to collect name every open question once and no other, and as many red flags as they could end."""
    said = []
    for path in (*PROFILES, *YEARS):
        report = audited(path, "--no-config")
        red = {one["criterion"] for one in report["summary"]["flags"]}
        open_ = sorted(one["id"] for one in results(report) if one["outcome"] in ("not_evidenced", "not_shown"))
        rows = report["summary"]["to_collect"]
        if sorted(name for row in rows for name in row["criteria"]) != open_:
            said.append(f"{path.name}: {len(open_)} are open, and {rows}")
        said += [f"{path.name}: {row}" for row in rows if row["flags"] != len(red & set(row["criteria"]))]
    return told(said)

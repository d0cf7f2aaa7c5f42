"""Ideas about figures: odd numbers, noughts, scores, promises, and facts that are left out or turned round."""

import json
import random
import re
from pathlib import Path
from typing import Any

from common import COUNTED, Fault, save

from .shared import (
    PROFILES,
    SOUND,
    VALE,
    YEARS,
    at,
    audited,
    changed,
    lines_of,
    numbers,
    outcomes,
    read,
    result,
    results,
    run,
    told,
    vale,
)

ODD = [
    ("612.0", True), ("6.12e2", True), ("61200e-2", True), ("612.0000000000000000001", None), ("1e-400", None), ("-0", None), ("-0.0", None),
    *((number, False) for number in ("1e400", "NaN", "Infinity", "-1e400", "612.5", "9" * 400, "0612", "+612", "true", '"612"')),
]  # fmt: skip
"""Ways to write a number, and whether it is 612. None is for those that may be refused or not."""
TOO_MANY = {
    "/selection/complete_panels/count": 23, "/involvement/tiers/board/attended": 7, "/perceptions/doctors/responded": 561, "/perceptions/doctors/overall/n": 242, "/appraisal/completed": 700, "/appraisal/recommendations_late": 119,
    "/appraisal/positive": 119, "/journey/measurements/entries/0/respondents": 521, "/talent/chief_registrar_time": 101, "/perceptions/doctors/overall/mean": 10.01, "/perceptions/doctors/overall/spread": 99,
    "/journey/measurements/entries/0/score": 101, "/structure/divisions/of": 3, "/commitment/voting_doctors": 61, "/perceptions/doctors": {"invited": 100, "responded": 100, "overall": {"n": 559, "mean": 6.6, "spread": 1.0}},
}  # fmt: skip
SHARES = ("/selection/complete_panels", "/selection/scored_assessment", "/appraisal/job_plans", "/talent/resident_leadership", "/governance/governance_half_days", "/structure/relationship/general_managers")
NO_THRESHOLDS = ("met = nan", "met = inf", "met = -inf", "met = -1", "met = true", "met = 24\nmax_age = -1", 'met = "24"', "met = 1979-05-27")
NO_COVERAGE = ("min_coverage = nan", "min_coverage = 101", "min_coverage = -0.1", "min_coverage = inf")
SECTIONS = ("leadership", "talent", "appraisal", "learning", "strategy", "selection", "governance", "journey", "involvement", "commitment", "structure", "context", "perceptions")
WEIGHT = {"high": 3, "medium": 2, "low": 1}
POINTS = {"met": 2, "partly_met": 1, "not_met": 0}
BESIDE = (
    ("/perceptions/doctors/overall/mean", 5.499, "individual-views/doctors-say"), ("/perceptions/doctors/overall/mean", 6.499, "individual-views/doctors-say"),
    ("/governance/new_consultant_spa", 2.499, "investment-and-governance/consultant-development-time"), ("/talent/chief_registrar_time", 39.999, "talent-and-development/chief-registrar"),
)  # fmt: skip
"""Facts just under an edge of the yardstick of their question."""
LEVELS = ("unproven", "not_in_place", "starting", "building", "sustaining")
STRENGTHS = ("asserted", "documented", "corroborated", "verified")


def odd_numbers() -> Fault:
    """Numbers that are none, halves of doctors and texts are refused. Others mean the same as the number that they equal."""
    said, text, summary = [], VALE.read_text("utf-8"), audited(VALE)["summary"]
    for number, is_same in ODD:
        Path("p.json").write_text(text.replace('"connected": 612,', f'"connected": {number},'))
        done = run("audit", "p.json", "-f", "json")
        if is_same is False and done.code != 3:
            said.append(f"{number} is accepted")
        if is_same and (done.code == 3 or json.loads(done.out)["summary"] != summary):
            said.append(f"{number} is not 612: {done.said}")
        if "-0 of" in done.out:
            said.append(f"{number} is shown as minus nought")
    for number in ("-0.0", "1e-320", "-0"):
        Path("p.json").write_text(text.replace('"new_consultant_spa": 2.5', f'"new_consultant_spa": {number}'))
        if re.search(r"(?<![\w.])-0(\.0)? |e-3", run("audit", "p.json", "-f", "text").out):
            said.append(f"{number} is shown as it is written")
    return told(said)


def more_than_all() -> Fault:
    """Counts over their total, and more answers than people, are refused, noted or called a contradiction."""
    said = []
    for pointer, value in TOO_MANY.items():
        done = run("audit", save("p.json", vale(pointer, value)), "-f", "json")
        flags = json.loads(done.out)["summary"]["flags"] if done.code != 3 else []
        is_contradiction = any(one["criterion"].startswith("consistency/") and one["kind"] in ("explain", "put_right") for one in flags)
        if done.code != 3 and not is_contradiction and "note" not in run("validate", "p.json").said:
            said.append(f"{pointer} = {value} is accepted in silence")
    return told(said)


def noughts() -> Fault:
    """Every number set to nought, one after another and all at once, gives a result or a refusal, and no division by nought."""
    pointers = [pointer for pointer, _ in numbers(vale())]
    whole = vale()
    for pointer in pointers:
        whole = changed(whole, pointer, 0)
    lines = lines_of([*(vale(pointer, 0) for pointer in pointers), whole])
    return told([f"{one['profile']}: {one['problems']}" for one in lines if one.get("problems")])


def shares_of_nought() -> Fault:
    """None of none has no share."""
    reports = [audited(vale(pointer, {"of": 0, "count": 0})) for pointer in SHARES]
    texts = [one["value_text"] or "" for report in reports for one in results(report)]
    return told([text for text in texts if re.search(r"\b0 of 0\b.*%", text)])


def thresholds() -> Fault:
    """Thresholds that are no numbers, or out of range, are refused."""
    said = []
    for line in ("met = 24", *NO_THRESHOLDS, *NO_COVERAGE):
        head = '[criteria."leadership-stability/chief-executive-tenure"]\nreason = "r"\n' if line.startswith("met") else ""
        Path("c.toml").write_text(head + line)
        if (run("audit", VALE, "--config", "c.toml").code in (0, 1)) is not (line == "met = 24"):
            said.append(f"{line} is accepted, or is not and should be")
    return told(said)


def scores() -> Fault:
    """The score of each area and of the whole, made by hand as docs/scoring.md says, is the one printed."""
    said = []
    for path in (*PROFILES, *YEARS):
        report, areas = audited(path, "--no-config"), []
        for one in report["findings"]:
            asked = [each for each in one["criteria"] if each["outcome"] != "not_applicable"]
            if one["rule"] == "consistency" or one["score"] is None:
                continue
            full = sum(2 * WEIGHT[each["priority"]] for each in asked)
            ends = [100 * sum(POINTS[each[end]] * WEIGHT[each["priority"]] for each in asked) / full for end in ("at_worst", "at_best")]
            areas.append((2 if one["rule"] == "individual-views" else 1, ends))
            if [int(end + 1e-9) for end in ends] != list(one["score"].values()):
                said.append(f"{path.name}: {one['rule']} is {ends} by hand, and {one['score']}")
        weights = sum(weight for weight, _ in areas)
        whole = [int(sum(weight * ends[end] for weight, ends in areas) / weights + 1e-9) for end in (0, 1)]
        if whole != list(report["summary"]["score"].values()):
            said.append(f"{path.name}: {whole} by hand, and {report['summary']['score']}")
    return told(said)


def promises(random_: random.Random) -> Fault:
    """What `whatif` promises of a fact is what an audit with that fact says."""
    said = []
    for path in (VALE, *random_.sample(PROFILES[1:], 4)):
        for one in json.loads(run("whatif", path, "-f", "json").out)["proposals"]:
            if not one["setting"]:
                continue
            pointer, value = one["setting"]["pointer"], one["setting"]["value"]
            report = audited(_with(read(path), pointer, value))
            now = (result(report, one["criterion"])["outcome"], report["summary"]["score"], report["summary"]["level"])
            if now != (one["outcome"], one["score"], one["level"]):
                said.append(f"{path.name}: {pointer} = {value} is {now}, not as promised")
    return told(said)


def _with(document: Any, pointer: str, value: object) -> Any:
    holder = document
    *way, last = pointer.split("/")[1:]
    for part in way:
        holder = holder[int(part)] if isinstance(holder, list) else holder.setdefault(part, {})
    holder[last] = value
    return document


def facts_taken_out() -> Fault:
    """Taking out one fact, or one entry of a list, raises neither the low score nor the rating, and lifts no flag."""
    pointers = [one for one in _parts(vale()) if not one.startswith(("/organisation", "/as_of", "/evidence", "/$schema"))]
    before, said = audited(VALE)["summary"], []
    for pointer, line in zip(pointers, lines_of([vale(pointer) for pointer in pointers]), strict=True):
        if not line.get("errors") and (
            line["score"]["low"] > before["score"]["low"] or LEVELS.index(line["level"]) > LEVELS.index(before["level"]) or len(line["flags"]) < len(before["flags"])
        ):
            said.append(f"without {pointer}: {line['level']}, {line['score']}, {len(line['flags'])} flags")
    return told(said)


def _parts(part: Any, pointer: str = "") -> list[str]:
    """The pointers of all facts, and of all entries of lists."""
    inner = part.items() if isinstance(part, dict) else enumerate(part)
    found = []
    for key, value in inner:
        if key != "note" and (isinstance(part, dict) or isinstance(value, dict)):
            found.append(f"{pointer}/{key}")
            found += _parts(value, found[-1]) if isinstance(value, dict | list) and isinstance(part, dict) else []
    return found


def order() -> Fault:
    """Lists the other way round, and keys in another order, give the same results."""
    for path in PROFILES:
        one, other = audited(path), audited(_turned(read(path)))
        if outcomes(one) != outcomes(other) or any(one["summary"][key] != other["summary"][key] for key in ("score", "flags")):
            return f"{path.name}: the order matters"
    return None


def _turned(part: Any) -> Any:
    if isinstance(part, dict):
        return {key: _turned(part[key]) for key in sorted(part, reverse=True)}
    return [_turned(one) for one in part[::-1]] if isinstance(part, list) else part


def beside_an_edge() -> Fault:
    """A value that is beside an edge of its yardstick is printed on the side that its outcome says."""
    said = []
    for pointer, value, name in BESIDE:
        one = result(audited(vale(pointer, value)), name)
        if float(re.findall(r"^[\d.]+", one["value_text"])[0]) > value:
            said.append(f"{value} is printed as {one['value_text']}: {one['outcome']}")
    for completed, connected in ((8999, 10_000), (89_996, 100_000), (89_999, 100_000), (90_000, 100_000), (94_999, 100_000)):
        counts = {"connected": connected, "completed": completed, "approved_missed": connected - completed, "unapproved_missed": 0}
        one = result(audited(vale("/appraisal", vale()["appraisal"] | counts)), "appraisal-and-revalidation/appraisals-completed")
        share = float(re.findall(r"\(([\d.]+) %\)", one["value_text"])[0])
        if (share >= 100 * one["yardstick"]["met"]) is not (one["outcome"] == "met"):
            said.append(f"{one['value_text']}: {one['outcome']}")
    return told(said)


def least_answers() -> Fault:
    """The least share of answered questions is exact: a share under it fails the gate, and no other does."""
    found = audited(VALE)["summary"]["coverage"]
    share = 100 * found["determined"] / found["applicable"]
    limits = [round(share + step, 3) for step in (-1, -0.01, 0.01, 1)]
    codes = [run("audit", VALE, "--fail-on", "never", "--min-coverage", one).code for one in limits]
    return None if codes == [0, 0, 1, 1] else f"{share}: {dict(zip(limits, codes, strict=True))}"


def facts_taken_out_together(random_: random.Random) -> Fault:
    """Taking out several facts at once raises neither the low score nor the rating, and quiets no gate."""
    said = []
    for path in (SOUND, *random_.sample(PROFILES[2:], 2)):
        pointers = [one for one in _parts(read(path)) if one.split("/")[1] in SECTIONS]
        without = [_without(read(path), random_.sample(pointers, min(len(pointers), random_.randint(2, 6)))) for _ in range(12)]
        Path("lines.jsonl").unlink(missing_ok=True)
        before, *after = lines_of([read(path), *without])
        worst = max(1, LEVELS.index(before["level"]))  # the first two are as low as each other
        for one in after:
            if not one.get("errors") and (one["score"]["low"] > before["score"]["low"] or LEVELS.index(one["level"]) > worst or one["exit_code"] < before["exit_code"]):
                said.append(f"{path.name}: {one['level']}, {one['score']}, code {one['exit_code']}")
    return told(said)


def _without(document: Any, pointers: list[str]) -> Any:
    for pointer in sorted(pointers, key=_from_the_end):
        try:
            document = changed(document, pointer)
        except (KeyError, IndexError):  # it went with what held it
            continue
    return document


def _from_the_end(pointer: str) -> list[tuple[int, str]]:
    return [(-int(part), "") if part.isdigit() else (0, part) for part in pointer.split("/")]


def evidence_taken_out(random_: random.Random) -> Fault:
    """Taking out a piece of evidence, its day, its strength or where it is cited raises neither the rating, the score nor the share of evidence."""
    said = []
    for path in (VALE, SOUND):
        profile = read(path)
        profile["evidence"] += [{"id": f"E{assurance}{effective}", "title": "T", "kind": "data_set", "assurance": assurance, "effective": effective} for assurance in STRENGTHS for effective in ("2019-01", "2024-07", "2026-03-01")]
        names = [one["id"] for one in profile["evidence"]]
        cited = [pointer for pointer in _parts(profile) if pointer.endswith("/evidence") and pointer != "/evidence"]
        for pointer in cited:
            profile = changed(profile, pointer, random_.sample(names, random_.randint(1, 3)))
        register = [f"/evidence/{number}/{name}" for number in range(len(names)) for name in ("effective", "assurance")]
        pointers = [*cited, *(f"{pointer}/0" for pointer in cited if len(at(profile, pointer)) > 1), *random_.sample(register, 30)]
        without = {pointer: changed(profile, pointer) for pointer in pointers} | {name: _uncited(profile, name) for name in names}
        Path("lines.jsonl").unlink(missing_ok=True)
        before, *after = lines_of([profile, *without.values()])
        said += [f"{path.name} without {what}: {one['level']}, {one['ladders']}" for what, one in zip(without, after, strict=True) if not one.get("errors") and _is_better(one, before)]
        COUNTED["evidence taken out"] += sum(not one.get("errors") for one in after)
    return told(said)


def _is_better(one: Any, before: Any) -> bool:
    """Whether the rating, the score or the share of evidence is higher."""
    (score, share), (score_before, share_before) = ([rung["value"] for rung in line["ladders"] if rung["name"] != "flags"] for line in (one, before))
    return LEVELS.index(one["level"]) > LEVELS.index(before["level"]) or score > score_before or share > share_before


def _uncited(part: Any, name: str) -> Any:
    """A document without a piece of evidence, in the register and wherever it is cited."""
    if isinstance(part, dict):
        inner = {key: _uncited(value, name) for key, value in part.items()}
        return {key: value for key, value in inner.items() if key != "evidence" or value}
    return [_uncited(one, name) for one in part if one != name and not (isinstance(one, dict) and one.get("id") == name)] if isinstance(part, list) else part


def withheld_facts() -> Fault:
    """A fact that is withheld in place of its answer raises no score, and no question is met or stops applying for it."""
    said, before = [], audited(VALE)
    for section, name in (("selection", "complete_panels"), ("perceptions", "doctors"), ("appraisal", "completed"), ("governance", "governance_half_days")):
        profile = vale(f"/{section}/{name}")
        profile[section]["withheld"] = profile[section].get("withheld", {}) | {name: "It is being checked."}
        after = audited(profile)
        better = [one["id"] for one in results(after) if one["outcome"] in ("met", "not_applicable") and one["outcome"] != result(before, one["id"])["outcome"]]
        if better or after["summary"]["score"]["low"] > before["summary"]["score"]["low"]:
            said.append(f"{section}/{name}: {better}, {after['summary']['score']}")
    return told(said)

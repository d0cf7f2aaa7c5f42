"""Ideas about papers: all formats, scales, environments and ways say the same, and no report says what was not found."""

import hashlib
import itertools
import json
import os
import re
import xml.etree.ElementTree as ET
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from unittest.mock import patch

import jsonschema_rs
from common import Fault, save

from engagecheck import run_audit

from .shared import (
    EXAMPLES,
    FORMATS,
    PROFILES,
    SOUND,
    VALE,
    YEARS,
    audited,
    changed,
    outcomes,
    papers,
    read,
    results,
    run,
    shown,
    together,
    told,
    vale,
)

KINDS = {"met": "pass", "partly_met": "fail", "not_met": "fail", "not_applicable": "notApplicable"}
"""The kind of a result in SARIF, as docs/papers.md says. All others are open, and a red flag that is not accepted is a failure."""
ENVIRONMENTS = (
    {"TZ": "Pacific/Kiritimati"}, {"TZ": "America/Los_Angeles", "PYTHONHASHSEED": "7"}, {"LC_ALL": "C", "LANG": "C"},
    {"LC_ALL": "tr_TR.UTF-8"}, {"PYTHONIOENCODING": "ascii"}, {"PYTHONUTF8": "0", "LC_ALL": "POSIX"},
)  # fmt: skip
SEALS: tuple[dict[str, Any], ...] = ({}, {"separators": (",", ":")}, {"separators": (",", ":"), "ensure_ascii": False}, {"separators": (",", ":"), "ensure_ascii": False, "sort_keys": True})
EDITS = {
    "/summary/score/low": 99, "/summary/flags": [], "/summary/gate": True, "/gate/fail_on": "never", "/subject/name": "Z", "/as_of": "2026-03-30", "/findings/0/why": "x", "/findings/0/criteria/0/message": "x",
    "/findings/0/criteria/0/facts/0/value": 1, "/sign_off": [{"step": "approved", "state": "current", "role": "Board", "on": "2026-05-01"}],
}  # fmt: skip


def formats_agree() -> Fault:
    """Levels, scores and outcomes are the same in JSON, JSON Lines, JUnit and SARIF."""
    said = []
    for path in PROFILES:
        made = papers(("json", "jsonl", "junit", "sarif"), "audit", path)
        report, line = json.loads(made["json"]), json.loads(made["jsonl"])
        found = Counter(one["outcome"] for one in results(report))
        decided = found["met"] + found["partly_met"] + found["not_met"]
        if (line["level"], line["score"], report["summary"]["coverage"]["determined"]) != (report["summary"]["level"], report["summary"]["score"], decided):
            said.append(f"{path.name}: JSON Lines says {line['level']}, {line['score']}; {decided} are decided")
        suites = ET.fromstring(made["junit"])
        if len(list(suites.iter("failure"))) != found["not_met"] + found["not_evidenced"]:
            said.append(f"{path.name}: failures in JUnit")
        for suite in [one for one in suites.iter() if one.tag in ("testsuite", "testsuites")]:
            for attribute, tag in (("tests", "testcase"), ("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
                if suite.get(attribute) not in (None, str(len(list(suite.iter(tag))))):
                    said.append(f"{path.name}: JUnit states {suite.get(attribute)} {attribute}")
    return told(said)


def kinds_in_sarif() -> Fault:
    """SARIF has the kind of each outcome, and a failure with the level of an error for each red flag that is not accepted."""
    said = []
    for path in PROFILES:
        made = papers(("json", "sarif"), "audit", path)
        report = json.loads(made["json"])
        red = {one["criterion"] for one in report["summary"]["flags"] if not one["accepted"]}
        found = {one["ruleId"]: one for one in json.loads(made["sarif"])["runs"][0]["results"]}
        for one in results(report):
            kind, level = (found.get(one["id"], {}).get(key) for key in ("kind", "level"))
            if kind != ("fail" if one["id"] in red else KINDS.get(one["outcome"], "open")) or (one["id"] in red and level != "error"):
                said.append(f"{path.name}: {one['id']} is {one['outcome']}, and {kind}, {level} in SARIF")
    return told(said)


def environments() -> Fault:
    """Time zone, language, hash seed and encoding change no byte of any paper."""
    names = ("json", "html", "csv", "markdown", "docx", "xlsx", "oscal", "text")
    before = papers(names, "audit", VALE, "--meeting", "2026-05-14")
    for environment in ENVIRONMENTS:
        for name in names:
            Path(f"o.{name}").unlink()
        with patch.dict(os.environ, environment):
            together(("audit", VALE, "--meeting", "2026-05-14", *(word for name in names for word in ("-f", f"{name}=o.{name}"))))
        if other := [name for name in names if Path(f"o.{name}").read_bytes() != before[name]]:
            return f"{environment} changes {other}"
    return None


def rendered() -> Fault:
    """A saved report gives the bytes that the audit gave, in every format and edition."""
    said = []
    run("audit", VALE, "-f", "json=r.json")
    for extra in ((), ("--public",), ("--meeting", "2026-05-14")):
        one, other = (papers(FORMATS, *words, *extra) for words in (("audit", VALE), ("render", "r.json")))
        said += [f"{name} {extra} differs" for name in FORMATS if one[name] != other[name]]
    return told(said)


def scales() -> Fault:
    """Another scale changes words alone, and its word is in every paper."""
    said, before = [], audited(VALE)["summary"]
    for scale in ("rag", "four-step", "wales"):
        summary = audited(VALE, "--scale", scale)["summary"]
        if any(summary[key] != before[key] for key in ("level", "score", "flags")):
            said.append(f"{scale} changes the result")
        for name, raw in papers(("text", "html", "markdown", "docx"), "audit", VALE, "--scale", scale).items():
            if summary["scale"]["word"] not in shown(raw).replace("\\", ""):
                said.append(f"{name} lacks the word of {scale}")
    return told(said)


def sealed_again() -> Fault:
    """A report that was changed, and given the plain digest of its text, is not verified."""
    run("audit", VALE, "-f", "json=r.json")
    report = json.loads(Path("r.json").read_text("utf-8"))
    for pointer, value in EDITS.items():
        edited = changed(report, pointer, value)
        body = {key: part for key, part in edited.items() if key not in ("run", "report_digest")}
        for how in SEALS:
            edited["report_digest"] = hashlib.sha256(json.dumps(body, **how).encode()).hexdigest()
            if run("verify", save("edited.json", edited), VALE).code != 6:
                return f"{pointer} = {value} is verified, or not read"
    return None


def the_same_facts() -> Fault:
    """The same facts in a workbook, or on one line, give the same results, no change, and a report that follows or says why not."""
    run("audit", VALE, "-f", "json=r.json")
    run("convert", VALE, "v.xlsx")
    save("flat.json", vale())
    codes = {run("verify", "r.json", name).code for name in ("v.xlsx", "flat.json")}
    one, other = (audited(Path(name)) for name in (VALE, "v.xlsx"))
    if outcomes(one) != outcomes(other) or one["summary"] != other["summary"] or not codes <= {0, 6}:
        return f"other results from the workbook, or codes {codes}"
    save("b.json", other)
    compared = json.loads(run("compare", "r.json", "b.json", "-f", "json").out)
    return told([f"{one['criterion']} is {one['change']}" for one in compared["changes"] if one["change"] != "unchanged"])


def forms_hold_everything() -> Fault:
    """The form of a profile holds the whole of it, with texts that look like markup."""
    profile = vale() | {"note": "</script><script>alert(1)</script> <!-- é \U0001f600 \u2028 ]]>"}
    run("convert", save("p.json", profile), "p.html")
    found = re.findall('<script type="application/json" id="profile">(.*?)</script>', Path("p.html").read_text("utf-8"), re.DOTALL)
    kept = [json.loads(one) | {"$schema": ""} for one in found]
    return None if kept == [profile | {"$schema": ""}] else "the form holds another profile"


def reports_and_their_schema() -> Fault:
    """Reports of every kind fit `schema report`."""
    fits = jsonschema_rs.validator_for(json.loads(run("schema", "report").out))
    kinds = ((), ("--public",), ("--config", EXAMPLES / "journey/engagecheck.toml"), ("--as-of", "2027-01-01"), ("--scale", "wales"))
    said = [f"{path.name} {options} does not fit" for path in PROFILES for options in kinds[:2] if not fits.is_valid(audited(path, *options))]
    said += [f"{options} does not fit" for options in kinds if not fits.is_valid(audited(VALE, *map(str, options)))]
    return told(said if fits.is_valid(audited(VALE)) and not fits.is_valid({}) else [*said, "the schema is none"])


def said_exit_codes() -> Fault:
    """The code that the screen names is that of the audit. What gives a report again ends with 0 and says the same."""
    run("audit", VALE, "-f", "json=r.json", "-f", "jsonl=l.jsonl")
    want, said = run("audit", VALE), []
    if want.code != 1 or "The audit ends with exit code 1:" not in want.out:
        said.append(f"code {want.code}, and the screen does not say so")
    for words in (("render", "r.json"), ("render", "l.jsonl", "--line", 1), ("render", "r.json", "--public")):
        done = run(*words)
        if done.code or "The audit ends with exit code 1:" not in done.out or re.search("(?<!with )[Ee]xit code 1", done.out):
            said.append(f"{words}: code {done.code}")
    return told(said)


def second_formats() -> Fault:
    """A command that writes one format refuses a second one with code 2, and writes neither."""
    run("history", "add", VALE, "--store", "h.db")
    for words in (
        ("compare", *YEARS[:2]), ("trend", *YEARS), ("whatif", VALE), ("benchmark", VALE, "--peers", EXAMPLES / "flawed"), ("history", "show", 1, "--store", "h.db")
    ):  # fmt: skip
        done = run(*words, "-f", "json=one.json", "-f", "text=two.txt")
        if done.code != 2 or Path("one.json").exists() or Path("two.txt").exists():
            return f"{words}: code {done.code}"
    return None


def comparisons_in_three_formats() -> Fault:
    """A comparison names the same questions as text, as a page and as JSON."""
    said = []
    for old, new in ((0, 1), (1, 2), (0, 2)):
        text, page, made = (run("compare", YEARS[old], YEARS[new], "-f", form).out for form in ("text", "html", "json"))
        named = {form: set(re.findall(r"[a-z-]+/[a-z0-9-]+", raw)) for form, raw in (("text", text), ("page", page))}
        changes = {one["criterion"] for one in json.loads(made)["changes"] if one["change"] != "unchanged"}
        said += [f"{one} is not in the {form}" for form, names in named.items() for one in changes - names]
    return told(said)


def audits_in_threads() -> Fault:
    """Profiles that are audited in four threads at once give the reports that each gives alone."""
    alone = [run_audit(path).report_digest for path in PROFILES]
    with ThreadPoolExecutor(4) as pool:
        at_once = list(pool.map(lambda path: run_audit(path).report_digest, PROFILES * 2))
    return None if at_once == alone * 2 else told([path.name for path, one, other in zip(PROFILES * 2, alone * 2, at_once, strict=True) if one != other])


def identities_in_oscal() -> Fault:
    """No identifier stands twice in an OSCAL document, and none is of two profiles that differ in their note, name or day."""
    found = []
    for pointer, value in (("/note", "x"), ("/organisation/name", "Other Trust"), ("/as_of", "2026-04-30")):
        made = papers(("oscal", "oscal-poam"), "audit", save("p.json", vale(pointer, value)), "--no-config")
        found.append({form: re.findall(r'"uuid": *"([^"]+)"', raw.decode()) for form, raw in made.items()})
    said = [f"{form}: {len(own) - len(set(own))} stand twice" for one in found for form, own in one.items() if len(set(own)) != len(own) or not own]
    for one, other in itertools.combinations(found, 2):
        said += [f"{form}: {len(shared)} are shared" for form in one if (shared := set(one[form]) & set(other[form]))]
    return told(said)


def what_a_report_follows_from() -> Fault:
    """A report follows from its profile with the options of its audit, and not without those that change what is judged."""
    said, journey = [], EXAMPLES / "journey"
    run("convert", save("p.json", vale()), "p.xlsx")
    gaps, tailoring = ("--accepted-gaps", journey / "accepted_gaps.json"), ("--config", journey / "engagecheck.toml")
    for name, options, without in (("p.json", ("--as-of", "2026-06-30"), 0), ("p.json", ("--scale", "rag"), 0), ("p.json", gaps, 6), ("p.json", tailoring, 6), ("p.xlsx", gaps, 6)):
        run("audit", name, *options, "-f", "json=r.json")
        codes = run("verify", "r.json", name, *options).code, run("verify", "r.json", name).code
        if codes[0] or (without and codes[1] != without):
            said.append(f"{name} {options}: codes {codes}")
    return told(said)


def nothing_that_falls_short() -> Fault:
    """No paper says that nothing essential or required falls short while such a question is not met, whatever is left out."""
    profile, said = changed(read(SOUND), "/perceptions/doctors/overall/mean", 3.0), []
    Path("c.toml").write_text('[rules."individual-views"]\nleft_out = true\nreason = "Decided by the board."\n')
    made = papers(("json", "text", "html", "markdown", "docx"), "audit", save("p.json", profile), "--config", "c.toml")
    short = [one["id"] for one in results(json.loads(made.pop("json"))) if one["outcome"] == "not_met" and one["priority"] == "high"]
    said += [f"{form} says it, while {short} are not met" for form, raw in made.items() if "nothing essential" in " ".join(shown(raw).lower().split())]
    return told(said if short else [*said, "nothing falls short"])

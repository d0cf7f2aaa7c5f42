"""Ideas about publication: what is marked, private or of few people is in no public edition, and cannot be worked out from one."""

import csv
import json
import os
import random
import re
from pathlib import Path
from unittest.mock import patch

from common import COUNTED, Fault, here, save

from .shared import FORMATS, SOUND, VALE, audited, changed, gap, numbers, outcomes, papers, run, shown, told, vale

SAMPLE = 25
PRIVATE = ("/leadership/clinical_directors/entries/5/post", "/structure/departments/entries/9/name")
MARKS = {
    "/accepted_gaps": "SECRETREASON", "/attestations": "SECRETSAID", "/evidence": "SECRETTITLE", "/note": "SECRETNOTE", "/selection": "21 of 22", "/perceptions": "5.6 points",
    "/journey/measurements": "58.5", "/context": "1,180", "/leadership/clinical_directors": "Emergency Care, ",
}  # fmt: skip
"""Marks, each with a text that it keeps back."""
STATEMENT = {"criterion": "consistency/dates-agree", "statement": "SECRETSAID", "role": "Chair", "method": "examined", "on": "2026-03-01", "valid_until": "2026-12-31"}


def marked_numbers(random_: random.Random) -> Fault:
    """A marked number that is another, while all outcomes are the same, changes nothing in the public edition."""
    said = []
    for pointer, value in random_.sample([one for one in numbers(vale()) if not one[0].startswith("/evidence")], SAMPLE):
        mark = re.split(r"/\d+", pointer)[0].removesuffix("/entries")  # an entry cannot be marked by its number
        profile = vale() | {"not_for_publication": [mark]}
        for other in (value + 1, max(value - 1, 0), value + 2):
            near = changed(profile, pointer, other)
            if run("validate", save("p.json", near)).code == 3 or outcomes(audited(near)) != outcomes(audited(profile)):
                continue
            COUNTED["numbers compared"] += 1
            if audited(near, "--public") != audited(profile, "--public"):
                said.append(f"{pointer}: {value} and {other} can be told apart")
            break
    return told(said)


def private_titles() -> Fault:
    """The title of a private entry is in no paper, public or not."""
    said = []
    for pointer in PRIVATE:
        save("p.json", vale(pointer, "Zyzzogeton unit"))
        for extra in ((), ("--public",), ("--detail",)):
            said += [f"{name} {extra} shows {pointer}" for name, raw in papers(FORMATS, "audit", "p.json", *extra).items() if "zyzzogeton" in shown(raw).lower()]
    return told(said)


def marks_of_every_depth() -> Fault:
    """A mark keeps back what it names, at whatever depth, or is refused."""
    said = []
    for mark, secret in MARKS.items():
        profile = vale("/evidence/8/title", "SECRETTITLE") | {"note": "SECRETNOTE", "accepted_gaps": [gap(reason="SECRETREASON")], "attestations": [STATEMENT], "not_for_publication": [mark]}
        if run("audit", save("p.json", profile), "--public").code != 3:
            said += [f"{name} shows {secret}" for name, raw in papers(FORMATS, "audit", "p.json", "--public").items() if secret in shown(raw)]
    return told(said)


def marked_since() -> Fault:
    """What is marked now stands in no public edition beside an older report, whether or not it was marked then."""
    marks, said = {"not_for_publication": ["/selection/complete_panels", "/perceptions/doctors"]}, []
    new = vale("/selection/complete_panels", {"of": 37, "count": 31}) | marks | {"as_of": "2026-04-01"}
    for then in ({}, marks):
        run("audit", save("old.json", vale() | then), "-f", "json=r.json")
        for name, raw in papers(FORMATS, "audit", save("new.json", new), "--public", "--since", "r.json").items():
            said += [f"{name} shows {secret}" for secret in ("21 of 22", "31 of 37", "95.5 %", "83.8 %", "5.6 points") if secret in shown(raw)]
    return told(said)


def public_pages() -> Fault:
    """Public pages of many organisations show no private title, marked figure, owner or evidence."""
    Path("many").mkdir()
    profile = vale(PRIVATE[0], "Zyzzo unit") | {"not_for_publication": ["/selection/complete_panels"]}
    for number in range(3):
        save(f"many/{number}.json", changed(profile, "/organisation/name", f"T{number}"))
    run("audit", "many", "--public", "-f", "html=pages", "--workers", 1)
    pages = {page.name: page.read_text("utf-8") for page in Path("pages").iterdir()}
    secrets = ("Zyzzo", "21 of 22", "95.5 %", "Appointment files", "AR2526")
    return told([f"{name} shows {secret}" for name, text in pages.items() for secret in secrets if secret in text]) if pages else "there are no pages"


def views_of_nine() -> Fault:
    """What a group of nine people answered changes no number that is published, except the total of all doctors."""
    one, other = _published(0), _published(10)
    return None if one == other and "consultants" in one else "a number tells of nine people, or nothing is published"


def _published(answer: int) -> dict[str, object]:
    items = run("views", "--template").out.splitlines()[0].split(",")
    rows = [[group] + [value] * (len(items) - 1) for group, value, people in (("consultants", 5, 20), ("sas_doctors", answer, 9), ("managers", 6, 12)) for _ in range(people)]
    with Path("v.csv").open("w", newline="") as file:
        csv.writer(file).writerows([items, *rows])
    published: dict[str, object] = json.loads(run("views", "v.csv").out)
    published.pop("doctors", None)
    return published


def trackers_taken_over() -> Fault:
    """A public edition takes nothing over from a tracker that people have worked in."""
    run("audit", VALE, "-f", "xlsx=t.xlsx")
    return None if run("audit", VALE, "--public", "-f", "xlsx=p.xlsx", "--carry", "t.xlsx").code == 2 else "a public edition takes it over"


def public_editions_compared() -> Fault:
    """A public edition beside the whole report of the same profile shows no change, on either side."""
    save("p.json", vale() | {"not_for_publication": ["/appraisal", "/leadership/clinical_directors", "/governance/new_consultant_spa"]})
    run("audit", "p.json", "--public", "-f", "json=public.json")
    run("audit", "p.json", "-f", "json=whole.json")
    said = []
    for pair in (("public.json", "whole.json"), ("whole.json", "public.json"), ("public.json", "p.json")):
        done = run("compare", *pair, "-f", "json")
        said += [f"{pair}: {one['criterion']} {one['change']}" for one in json.loads(done.out or '{"changes": []}')["changes"] if one["change"] != "unchanged"]
    return told(said)


def recorded_in_public() -> Fault:
    """A public edition that is made while the audit is recorded leaves the whole report in the history."""
    run("audit", VALE, "--public", "--record", "--store", "h.db", "-f", "json=public.json")
    run("history", "export", "e.jsonl", "--store", "h.db")
    Path("r.json").write_text(Path("e.jsonl").read_text("utf-8").splitlines()[0])
    done = run("verify", "r.json", VALE)
    return f"code {done.code}: {done.out}{done.said}" if done.code else None


def places_of_making() -> Fault:
    """A public edition of any format tells neither the folder, the file nor the user it was made by, and no folder of a configuration."""
    for name in ("SECRETHOME", "SECRETCONFIG"):
        Path(name).mkdir()
    Path("SECRETCONFIG/SECRETTOML.toml").write_text('scale = "rag"\n')
    profile = save("SECRETHOME/SECRETFILE.json", vale())
    with patch.dict(os.environ, {"USER": "SECRETUSER", "LOGNAME": "SECRETUSER", "HOME": str(Path("SECRETHOME").absolute())}):
        made = papers(FORMATS, "audit", Path(profile).absolute(), "--public", "--config", "SECRETCONFIG/SECRETTOML.toml")
    return told([f"{form}: {sorted(found)}" for form, raw in made.items() if (found := set(re.findall(r"SECRET\w+", shown(raw))))])


def refused_in_public() -> Fault:
    """What a public batch says of a profile that is refused tells no marked fact and no private title."""
    Path("many").mkdir()
    save("many/a.json", vale())
    profile = changed(vale("/organisation/name", "Other"), "/journey/self_rating", "SECRETWORD") | {"not_for_publication": ["/journey", "/leadership/clinical_directors"]}
    profile["leadership"]["clinical_directors"]["entries"][5] |= {"since": "SECRETDATE", "post": "SECRETPOST", "SECRETKEY": 1}
    save("many/b.json", profile)
    said = []
    for form, code in (("html=pages", 3), ("jsonl=l.jsonl", 2), ("csv=rows.csv", 2)):  # lines and rows have no public edition
        if (found := run("audit", "many", "--public", "-f", form, "--workers", 1).code) != code:
            said.append(f"{form}: code {found}")
    for name in here() - {"many/a.json", "many/b.json"}:
        said += [f"{name} shows {found}" for found in sorted(set(re.findall(r"SECRET\w+", Path(name).read_text("utf-8", "replace"))))]
    return told(said) or (None if len(here()) > 3 else "nothing is written")


def reasons_of_what_is_marked() -> Fault:
    """The reason why a marked fact is withheld is in no public edition, and neither are the notes of its group."""
    profile = changed(vale("/journey/note", "SECRETFIRST"), "/governance/note", "SECRETSECOND") | {"not_for_publication": ["/journey/action_plan_known", "/governance"]}
    for section, name in (("journey", "action_plan_known"), ("governance", "new_consultant_spa")):
        profile[section].pop(name, None)
        profile[section]["withheld"] = {name: f"SECRET{name.upper()}"}
    profile["leadership"]["clinical_directors"]["note"] = "SECRETTHIRD"
    profile["leadership"]["clinical_directors"]["entries"][5]["post"] = "SECRETPOST"
    made = papers(FORMATS, "audit", save("p.json", profile), "--public")
    said = [f"{form} shows {found}" for form, raw in made.items() for found in sorted(set(re.findall(r"SECRET\w+", shown(raw))))]
    return told(said) or (None if "SECRET" in shown(papers(("json",), "audit", "p.json")["json"]) else "the whole report has none of them either")


def digests_of_the_whole() -> Fault:
    """No page and no paper of a public edition holds a digest of the whole profile or report."""
    whole = audited(VALE)
    digests, said = [whole[name][:12] for name in ("profile_digest", "report_digest")], []
    run("audit", VALE, SOUND, "--public", "-f", "html=pages", "--workers", 1)
    texts = {name: Path(name).read_text("utf-8") for name in here()}
    texts |= {form: shown(raw) for form, raw in papers(FORMATS, "audit", VALE, "--public").items()}
    said += [f"{name} holds {digest}" for name, text in texts.items() for digest in digests if digest in text]
    return told(said) or (None if len(texts) > len(FORMATS) + 2 else f"only {list(texts)} are written")


def roles_in_public() -> Fault:
    """Accepted gaps and statements, in force or not, are published without the roles that stand at them, in every format and from a saved report."""
    criteria = ("talent-and-development/named-successors", "senior-selection/appointment-panels", "nonsense/none")
    gaps = [gap(criterion=name, approver="SECRETFORUM", reason="GAPTOLD", **days) for name, days in zip(criteria, ({"expires_on": "2026-12-31"}, {"expires_on": "2025-10-01"}, {}), strict=True)]
    statements = [STATEMENT | {"criterion": name, "statement": "SAIDTOLD", "role": "SECRETKEEPER", "valid_until": end} for name, end in (("journey/action-plan-known", "2026-12-31"), (criteria[0], "2026-03-20"))]
    files = ("--accepted-gaps", save("g.json", {"accepted_gaps": gaps}), "--attestations", save("a.json", {"attestations": statements}))
    save("in.json", vale() | {"accepted_gaps": gaps, "attestations": statements})
    run("audit", VALE, *files, "-f", "json=r.json")
    said = []
    for words in (("audit", "in.json"), ("audit", VALE, *files), ("render", "r.json")):
        made = {name: shown(raw) for name, raw in papers(FORMATS, *words, "--public").items()} | {"screen": run(*words, "--public", "--detail").out}
        said += [f"{words[0]}, {name} tells {one}" for name, text in made.items() for one in ("SECRETFORUM", "SECRETKEEPER") if one in text]
        said += [f"{words[0]} publishes no {one}" for one in ("GAPTOLD", "SAIDTOLD") if one not in made["html"]]
    return told(said)

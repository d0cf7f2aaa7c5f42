"""Ideas about tailoring, accepted gaps and `whatif`: what departs from the defaults is told, and what cannot be is refused."""

import json
from collections import Counter
from pathlib import Path

from common import Fault, save

from .shared import SOUND, VALE, audited, gap, outcomes, papers, read, results, run, shown, told, vale

LEFT_OUT = "".join(f'[rules."{name}"]\nleft_out = true\nreason = "Decided by the board."\n' for name in ("talent-and-development", "individual-views", "senior-selection"))
PANELS = {"of": 22, "count": 20}
NO_NAMES = ("Senior-Selection/appointment-panels", "senior-selection/appointment-panels ", "senior-selection", "engagecheck:senior-selection/appointment-panels", "senior-selection/*", "․senior-selection/appointment-panels")
"""Names that are nearly the one of a question."""


def departures() -> Fault:
    """A departure is told with its reason in every paper of text, and its report follows with this tailoring alone."""
    Path("c.toml").write_text(LEFT_OUT)
    made = ("text", "html", "markdown", "docx")
    run("audit", VALE, "--config", "c.toml", "-f", "json=r.json", *(word for name in made for word in ("-f", f"{name}=o.{name}")))
    said = [f"{name} does not tell it" for name in made if "Decided by the board" not in shown(Path(f"o.{name}").read_bytes())]
    codes = [run("verify", "r.json", VALE, *options).code for options in (("--no-config",), ("--config", "c.toml"))]
    return told(said + ([] if codes == [6, 0] else [f"codes {codes}"]))


def signed_with_files() -> Fault:
    """A signature that covers the gaps of a file is current with this file, and changed without it or with another."""
    save("p.json", vale())
    same, other = (("--accepted-gaps", save(f"{reason}.json", {"accepted_gaps": [gap(reason=reason)]})) for reason in ("same", "other"))
    run("sign-off", "p.json", "--approved-by", "Board", "--on", "2026-05-01", *same)
    states = [audited(Path("p.json"), *options)["sign_off"][0]["state"] for options in (same, (), other)]
    return None if states == ["current", "changed", "changed"] else f"states {states}"


def counts_in_oscal() -> Fault:
    """OSCAL has a finding for each question that applies, satisfied where it is met, a risk for each other, and accepted gaps as such."""
    run("audit", VALE, "--accepted-gaps", save("g.json", {"accepted_gaps": [gap()]}), "-f", "json=r.json", "-f", "oscal=o.json")
    found, made = Counter(one["outcome"] for one in results(read("r.json"))), read("o.json")["assessment-results"]["results"][0]
    states = Counter(one["target"]["status"]["state"] for one in made["findings"])
    approved = Counter(one["status"] for one in made["risks"])["deviation-approved"]
    numbers = states.total(), states["satisfied"], len(made["risks"]), approved
    expected = found.total() - found["not_applicable"], found["met"], states["not-satisfied"], 1
    return None if numbers == expected else f"{numbers}, not {expected}"


def unknown_pointers() -> Fault:
    """Numbers that are none, pointers to nothing and needed facts that are taken away are refused by `whatif`, in words."""
    what = (
        "/talent/chief_registrar_time=1e400", "/talent/chief_registrar_time=１２", "/organisation/name=", "/as_of=2027-02-29", "/structure/divisions/entries/99/name=x", "/structure/divisions/entries/-/name=x",
        "talent/x=1", "/~2=1", "/=1", "/appraisal/completed=99999999999999999999", "/leadership/chief_executive/holders/entries/0/since=0001-01",
    )  # fmt: skip
    endings = {one: run("whatif", VALE, "--set", one) for one in what}
    return told([f"{one}: {json.dumps(done)}" for one, done in endings.items() if done.code not in (2, 3) or not done.said])


def gaps_and_the_gate() -> Fault:
    """Where the gap of every flag is accepted the code is 0 in every output, and 1 on the day after its end."""
    profile = read(SOUND) | {"selection": read(SOUND)["selection"] | {"complete_panels": PANELS}}
    flags = [one["criterion"] for one in audited(profile)["summary"]["flags"]]
    save("p.json", profile | {"accepted_gaps": [gap(criterion=one, approved_on="2026-01-01", expires_on="2026-12-31") for one in flags]})
    said = [] if flags else ["there is no flag"]
    for day, code in (("2026-03-31", 0), ("2026-12-31", 0), ("2027-01-01", 1)):
        Path("l.jsonl").unlink(missing_ok=True)
        done = run("audit", "p.json", "--as-of", day, "-f", "json=r.json", "-f", "jsonl=l.jsonl")
        found = (done.code, read("l.jsonl")["exit_code"], int(not read("r.json")["summary"]["gate"]))
        if found != (code,) * 3:
            said.append(f"{day}: {found}")
    return told(said)


def gaps_of_no_question() -> Fault:
    """An accepted gap whose name is nearly that of a question is refused, or is told and quiets nothing."""
    said = []
    for name in NO_NAMES:
        save("p.json", read(SOUND) | {"selection": read(SOUND)["selection"] | {"complete_panels": PANELS}, "accepted_gaps": [gap(criterion=name, approved_on="2026-01-01", expires_on="2026-12-31")]})
        done = run("audit", "p.json", "--detail")
        text = " ".join(done.out.split())
        if done.code == 0 or (done.code == 1 and "no effect" not in text and "unknown" not in text):
            said.append(f"{name!r}: code {done.code}")
    return told(said)


def configurations_that_are_found() -> Fault:
    """A configuration that is found in the folder of the profile or above it is never applied in silence."""
    said = []
    for name, head in (("engagecheck.toml", ""), ("pyproject.toml", "tool.engagecheck.")):
        Path(name).write_text(f'[{head}criteria."appraisal-and-revalidation/job-plans"]\nmet = 0.1\npartly = 0.05\nreason = "Because."\n')
        done = run("audit", VALE, "-f", "json=r.json", "-f", "text")
        if done.code != 1 or "Because." not in done.out:
            said.append(f"{name}: code {done.code}")
        Path(name).unlink()
    return told(said)


def thresholds_between_two_years() -> Fault:
    """A question with another threshold than last time is called not comparable in every paper, and got neither better nor worse."""
    name, said = "leadership-stability/chief-executive-tenure", []
    Path("c.toml").write_text(f'[criteria."{name}"]\nmet = 600\npartly = 500\nreason = "Decided by the board."\n')
    run("audit", SOUND, "--config", "c.toml", "-f", "json=old.json")
    save("q.json", read(SOUND) | {"as_of": "2026-04-30"})
    made = papers(("text", "html", "docx", "json"), "audit", "q.json", "--since", "old.json")
    Path("new.json").write_bytes(made.pop("json"))
    done = run("compare", "old.json", "new.json")
    texts = {form: shown(raw) for form, raw in made.items()} | {"comparison": done.out}
    said += [f"{form} does not tell it" for form, text in texts.items() if "not comparable" not in (words := " ".join(text.lower().split())) and "cannot be compared" not in words]
    changes = {one["criterion"]: one["change"] for one in json.loads(run("compare", "old.json", "new.json", "-f", "json").out)["changes"]}
    return told(said + ([f"it is {changes.get(name)}"] if changes.get(name) in ("better", "worse", "improved", "declined", "unchanged") else []))


def two_gaps_of_one_question() -> Fault:
    """Of two accepted gaps of one question, in the profile and in a file, the one that is in force counts, or both are refused."""
    past, now, later = (gap(reason=reason, approved_on=first, expires_on=last) for reason, first, last in (("old", "2024-09-01", "2025-09-30"), ("new", "2026-01-01", "2026-12-31"), ("later", "2026-01-01", "2027-01-31")))
    said = []
    for inside, outside in (([past], [now]), ([now], [past]), ([now], [later]), ([past, now], []), ([], [past, now])):
        done = run("audit", save("p.json", vale() | {"accepted_gaps": inside}), "--accepted-gaps", save("g.json", {"accepted_gaps": outside}), "-f", "json")
        accepted = [one["accepted"] for one in json.loads(done.out)["summary"]["flags"] if one["criterion"] == now["criterion"]] if done.out else []
        if accepted != [True] and not (done.code == 3 and 2 in (len(inside), len(outside))):
            said.append(f"{[one['reason'] for one in inside]}, {[one['reason'] for one in outside]}: code {done.code}, {accepted}")
    return told(said)


def strengths_that_are_required() -> Fault:
    """If evidence is too weak, `whatif` names the strength that is required, in text and in JSON."""
    name, said = "appraisal-and-revalidation/job-plans", []
    Path("c.toml").write_text(f'[criteria."{name}"]\nmin_assurance = "verified"\nreason = "Decided by the board."\n')
    for path in (SOUND, VALE):
        for form in ("text", "json"):
            tailored, plain = (run("whatif", path, "-f", form, *options).out.lower() for options in (("--config", "c.toml"), ("--no-config",)))
            if "independently" not in tailored and "verified" not in tailored:
                said.append(f"{path.name}: {form} names none")
            if "verified" in plain:
                said.append(f"{path.name}: {form} names one that is not required")
    return told(said)


def defaults_set_again() -> Fault:
    """A threshold or an age that is set to its default is no departure in any paper, and the summary is that of an audit without tailoring."""
    names = "leadership-stability/chief-executive-tenure", "appraisal-and-revalidation/job-plans"
    by_default = audited(SOUND, "--no-config")
    Path("c.toml").write_text(f'[criteria."{names[0]}"]\nmet = 36\npartly = 18\nreason = "Set again."\n[criteria."{names[1]}"]\nmax_age = 24\nreason = "Set again."\n')
    report = audited(SOUND, "--config", "c.toml")
    said = [f"{one} is a departure" for one in map(str, report["deviations"])]
    made = papers(("text", "html", "markdown", "docx"), "audit", SOUND, "--config", "c.toml")
    said += [f"{form} tells it" for form, raw in made.items() if "Set again" in shown(raw)]
    return told(said + ([] if (outcomes(report), report["summary"]) == (outcomes(by_default), by_default["summary"]) else ["other results"]))

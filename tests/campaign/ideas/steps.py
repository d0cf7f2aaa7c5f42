"""Ideas about who may do what in the workplace: only its steps sign, nobody reviews their own work, and who has no role changes nothing."""

import html
import io
import json
import re
import zipfile
from pathlib import Path

from common import Fault, save

from .served import PASSWORD, Browser, workplace
from .shared import SOUND, gap, read, run, shown, told, vale

DAY = "2026-05-01"
OTHER_FACTS = {
    "w:governance/programme_places": "2", "v:governance/programme_places": "50", "w:organisation/name": vale()["organisation"]["name"], "v:organisation/name": "Evil", "w:as_of": "31 March 2026", "v:as_of": "1 April 2026",
    "w:not_for_publication": "", "v:not_for_publication": "/appraisal", "w:appraisal/answered_by": "", "v:appraisal/answered_by": "Chief executive",
}  # fmt: skip
"""Fields of other pages, and two of the section that no page has."""
CONTRIBUTED = ("", "profile.json", "profile.xlsx", "part.xlsx", "export.zip", "trail", "results", "tracker", "tracker.xlsx", "reminders", "evidence", "what-if", "papers/html", "papers/json", "questions/journey", "questions/accepted_gaps", "peers", "wanted", "survey", "members")


def signatures_from_outside() -> Fault:
    """What was signed elsewhere is a draft where it is brought in, and no program and no part signs an assessment."""
    save("p.json", vale())
    run("sign-off", "p.json", "--prepared-by", "S", "--checked-by", "Audit committee", "--approved-by", "Board", "--on", DAY)
    signed, said = read("p.json"), []
    with workplace() as base:
        lead, program = Browser(base, "lead"), Browser(base)
        where = lead.begin(signed)
        bearer, place = lead.token(), f"/api{where}profile"
        match = {"If-Match": program.get(place, **bearer).headers["ETag"], "Content-Type": "application/json"}
        if (code := program.send("PUT", place, json.dumps(signed).encode(), **bearer, **match).code) != 422:
            said.append(f"a program that signs ends with {code}")
        lead.get(f"{where}bring-in").upload(f"{where}part", "part", signed)
        if "sign_off" in lead.profile(where) or json.loads(program.get(f"/api{where}report", **bearer).body)["sign_off"]:
            said.append("the signatures are taken over")
        said += [f"{form} says who approved it" for form in ("markdown", "html", "docx") if "Approved by Board" in shown(lead.get(f"{where}papers/{form}").body)]
    return told(said)


def reviews_of_own_work() -> Fault:
    """Nobody reviews a section that they changed as a lead or by a program, whatever their role is now."""
    with workplace() as base:
        lead, other, program = Browser(base, "lead"), Browser(base, "other"), Browser(base)
        where = lead.begin(vale())
        _joins(lead, where, "other", role="lead")
        bearer, place = other.token(), f"/api{where}profile"
        match = {"If-Match": program.get(place, **bearer).headers["ETag"], "Content-Type": "application/json"}
        written = program.send("PUT", place, json.dumps(vale("/appraisal/appraisers", 95)).encode(), **bearer, **match).code
        _joins(lead, where, "other", role="reviewer")
        lead.get(f"{where}steps").post(f"{where}steps/submit", {"role": "Secretary", "on": DAY})
        other.get(f"{where}steps").post(f"{where}steps/review", {"section": "appraisal"})
        reviewed = "you filled it in" not in other.get(f"{where}steps").text
    return f"code {written}, and it was reviewed: {reviewed}" if written != 204 or reviewed else None


def _joins(lead: Browser, where: str, name: str, **more: str) -> None:
    lead.get(f"{where}members").post(f"{where}members/add", {"name": name, **more})


def fields_of_other_sections() -> Fault:
    """A contributor who sends fields of other sections changes nothing there, and a reviewer changes nothing at all."""
    with workplace() as base:
        lead, one, other = Browser(base, "lead"), Browser(base, "lead2"), Browser(base, "other")
        where = lead.begin(vale())
        _joins(lead, where, "lead2", role="contributor", section="appraisal")
        _joins(lead, where, "other", role="reviewer")
        before = lead.profile(where)
        for page in ("appraisal", "governance", "organisation", "accepted_gaps"):
            one.get(f"{where}questions/appraisal").post(f"{where}questions/{page}", OTHER_FACTS)
        other.get(f"{where}questions/appraisal").post(f"{where}questions/appraisal", {"w:appraisal/appraisers": "96", "v:appraisal/appraisers": "5"})
        after = lead.profile(where)
    return told([f"{name} is {after.get(name)}"[:200] for name in {**before, **after} if before.get(name) != after.get(name)])


def roles_that_are_lost() -> Fault:
    """Who loses a role reads nothing from that moment, on a page or by a program."""
    with workplace() as base:
        lead, other, program = Browser(base, "lead"), Browser(base, "other"), Browser(base)
        where = lead.begin(vale())
        _joins(lead, where, "other", role="reviewer")
        bearer = other.token()
        before = other.get(where).code, program.get(f"/api{where}profile", **bearer).code
        for member in re.findall(r'name="member" value="([^"]*)"', lead.get(f"{where}members").text)[::-1]:
            lead.post(f"{where}members/take", {"member": member})
            lead.get(f"{where}members")
        after = other.get(where).code, other.get(f"{where}profile.json").code, *(program.get(f"/api{where}{one}", **bearer).code for one in ("profile", "report"))
    return None if before == (200, 200) and 200 not in after else f"before {before}, after {after}"


def the_next_year() -> Fault:
    """Next year's assessment is the profile that `roll-forward` writes of the one that is exported."""
    with workplace() as base:
        lead = Browser(base, "lead")
        where = lead.begin(vale())
        save("p.json", lead.profile(where))
        there = lead.get(f"{where}next-year").post(f"{where}next-year", {"day": "2027-03-31"}).url.removeprefix(base)
        made = lead.profile(there)
    run("roll-forward", "p.json", "--to", "2027-03-31", "--output", "n.json")
    return None if made == read("n.json") else told([f"{name} differs" for name in made if made[name] != read("n.json").get(name)]) or "it lacks something"


def commands_of_an_export() -> Fault:
    """The command in the README of an export gives the report of the workplace."""
    with workplace() as base:
        lead = Browser(base, "lead")
        where = lead.begin(vale())
        digest = json.loads(lead.get(f"{where}papers/json").body)["report_digest"]
        with zipfile.ZipFile(io.BytesIO(lead.get(f"{where}export.zip").body)) as parts:
            parts.extractall()
    text = next(Path().rglob("README*")).read_text("utf-8")
    found = re.search(r"engagecheck (audit [^\n`]*)", text)
    done = run(*found[1].split(), "-f", "json=again.json") if found else None
    return None if done and done.code in (0, 1) and read("again.json")["report_digest"] == digest else f"{found and found[0]}: {done}"


def entries_that_are_gone() -> Fault:
    """Whoever edits an entry that somebody removed meanwhile is told, and no other entry is changed."""
    with workplace() as base:
        lead, second = Browser(base, "lead"), Browser(base, "lead")
        where = lead.begin(vale())
        pages = [html.unescape(one) for one in re.findall(rf'href="({where}questions/structure/[^"]+)"', lead.get(f"{where}questions/structure").text)]
        page = next(one for one in pages if 'value="Surgery"' in lead.get(one).text)
        field = next(one for one in re.findall(r'name="v:([^"]+/name)"', lead.text))
        second.get(page)
        remove = html.unescape(re.findall(rf'href="({where}remove/[^"]+)"', lead.text)[0])
        hidden = re.findall(r'<input[^>]*type="hidden"[^>]*name="(?!csrf)([^"]+)"[^>]*value="([^"]*)"', lead.get(remove).text)
        lead.post(remove, {name: html.unescape(value) for name, value in hidden})
        before = lead.profile(where)["structure"]["divisions"]
        second.post(page, {f"w:{field}": "Surgery", f"v:{field}": "Edited later"})
        after = lead.profile(where)["structure"]["divisions"]
    if any(one["name"] == "Surgery" for one in before["entries"]):
        return "it was not removed"
    is_told = second.code >= 400 or "Edited later" in second.text
    return None if [one for one in after["entries"] if one["name"] != "Edited later"] == before["entries"] and ("Edited later" in str(after) or is_told) else f"code {second.code}, {after}"


def answers_in_error() -> Fault:
    """An answer in error counts neither on the page, in the export nor for a program, and nor does the one before it."""
    with workplace() as base:
        lead, program = Browser(base, "lead"), Browser(base)
        where = lead.begin(vale())
        lead.type(where, "appraisal/completed", "abc")
        report = json.loads(program.get(f"/api{where}report", **lead.token()).body)
        save("p.json", profile := lead.profile(where))
        page = " ".join(re.sub("<[^>]+>", " ", lead.get(f"{where}results").text).split())
    score = json.loads(run("audit", "p.json", "-f", "json").out)["summary"]["score"]
    right = "completed" not in profile["appraisal"] and report["summary"]["score"] == score and re.search(rf"{score['low']} (to|and) {score['high']}", page)
    return None if right else f"{profile['appraisal'].get('completed')}, {report['summary']['score']}, {score}"


def texts_in_a_calendar() -> Fault:
    """What is typed at an action is the same in the page, the tracker and the calendar, and no text breaks out of the calendar."""
    with workplace() as base:
        lead = Browser(base, "lead")
        where = lead.begin(read(SOUND) | {"selection": vale()["selection"]})
        page = html.unescape(re.findall(rf'href="({where}tracker/[^"]+:\w+)"', lead.get(f"{where}tracker").text)[0])
        hidden = re.findall(r'<input[^>]*type="hidden"[^>]*name="(?!csrf)([^"]+)"[^>]*value="([^"]*)"', lead.get(page).text)
        typed = {"owner": "Owner\r\nBEGIN:VEVENT\r\nSUMMARY:evil", "due": "2026-06-30", "status": "In progress", "progress": "", "notes": "n;,\\n\nEND:VCALENDAR"}
        lead.post(page, {name: html.unescape(value) for name, value in hidden} | typed)
        calendar, tracker = lead.get(f"{where}reminders.ics").text, shown(lead.get(f"{where}tracker.xlsx").body)
    counts = [len(re.findall(rf"(?m)^{line}", calendar)) for line in ("BEGIN:VEVENT", "END:VEVENT", "END:VCALENDAR", "SUMMARY:evil")]
    is_right = counts[0] == counts[1] and counts[2:] == [1, 0] and "20260630" in calendar and "Owner" in tracker
    return None if is_right else f"lines {counts}; the day is there: {'20260630' in calendar}; the owner: {'Owner' in tracker}"


def spellings_of_a_name() -> Fault:
    """Ten attempts that failed shut a user out, however the name is spelled, and nobody else."""
    with workplace() as base:
        browser = Browser(base).get("/")
        codes = [browser.post(browser.url, {"username": ("lead", " lead", "lead ", "\uff4cead")[number % 4], "password": "wrong"}).code for number in range(10)]
        codes += [browser.post(browser.url, {"username": name, "password": PASSWORD}).code for name in (" lead", "\uff4cead", "lead2")]
    return None if codes == [422] * 10 + [429, 429, 200] else f"{codes}"


def what_a_contributor_reads() -> Fault:
    """No page, paper or program that a contributor reaches tells a note, an answer or a gap of other sections."""
    profile = vale("/journey/note", "SECRETJOURNEY") | {"accepted_gaps": [gap(reason="SECRETGAP")]}
    profile["commitment"]["engagement_reviews"]["entries"][0]["measure"], profile["talent"]["note"] = "SECRETMEASURE", "OWNNOTE"
    said, seen, is_own = [], set(), False
    with workplace() as base:
        lead, one, program = Browser(base, "lead"), Browser(base, "lead2"), Browser(base)
        where = lead.begin(profile)
        _joins(lead, where, "lead2", role="contributor", section="talent")
        lead.type(where, "selection/note", "SECRETTRAIL")
        todo = ["/", "/reminders", "/reminders.ics", *(where + page for page in CONTRIBUTED)]
        while todo and len(seen) < 100:
            place = todo.pop(0)
            if place not in seen and "sign-out" not in place:
                seen.add(place)
                text = shown(one.get(place).body)
                is_own |= "OWNNOTE" in text
                said += [f"{place} tells {found}" for found in sorted(set(re.findall(r"SECRET\w+", text)))]
                todo += [html.unescape(link) for link in re.findall(rf'href="({where}[^"#]*)', text)]
        bearer = one.token()
        said += [f"a program reads {name}" for name in ("profile", "report", "audits") for method in ("GET", "POST") if "SECRET" in program.send(method, f"/api{where}{name}", b"" if method == "POST" else None, **bearer).text]
    return told(said) or (None if is_own else "the section of their own is nowhere")

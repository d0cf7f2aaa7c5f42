"""Ideas about the workplace: what is accepted is kept, nobody reads what is not theirs, and its papers are those of the program."""

import io
import json
import re
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from common import Fault

from .served import Browser, workplace
from .shared import MINI, run, together, told, vale

PAGES = ("", "profile.json", "profile.xlsx", "export.zip", "trail", "tracker", "results", "members", "steps", "survey", "wanted", "remarks", "reminders", "evidence", "peers", "what-if", "questions/appraisal", "papers/json", "board", "report")
OF_ONE = ("papers/docx?edition=%00", "results?since=" + "9" * 30, "trail?page=" + "9" * 30, "questions/evidence/%00", "tracker/nope", "files/" + "9" * 30, "papers/nope")
ADDRESSES = ("/assessments/" + "9" * 30 + "/", "/assessments/9223372036854775808/", "/assessments/-1/", "/questionnaire?code=%00", "/api/assessments/" + "9" * 30 + "/profile")
CONNECTED = "appraisal/connected"


def what_a_program_writes() -> Fault:
    """What a program writes is what it reads back, also where somebody had typed a wrong answer."""
    with workplace() as base:
        lead, program = Browser(base, "lead"), Browser(base)
        where = lead.begin(MINI)
        lead.type(where, CONNECTED, "six hundred")
        bearer, place = lead.token(), f"/api{where}profile"
        match = {"If-Match": program.get(place, **bearer).headers["ETag"], "Content-Type": "application/json"}
        code = program.send("PUT", place, json.dumps(MINI).encode(), **bearer, **match).code
        now = json.loads(program.get(place, **bearer).body)["appraisal"]
    return f"{code}, and it reads {now}" if code != 204 or now != MINI["appraisal"] else None


def what_is_taken_over() -> Fault:
    """What a page offers from a colleague's part, and is taken over, is in the profile, also where somebody had typed a wrong answer."""
    with workplace() as base:
        lead = Browser(base, "lead")
        where = lead.begin(MINI)
        lead.type(where, CONNECTED, "six hundred")
        lead.get(f"{where}bring-in").upload(f"{where}part", "part", MINI)
        offered = "612" in lead.text
        field = re.findall(r'<input[^>]*name="version"[^>]*>', lead.text)[0]
        lead.post(lead.url, {"version": re.findall(r'value="([^"]*)"', field)[0]})
        now = lead.profile(where)["appraisal"]
    return f"612 was offered and taken over, and the profile has {now}" if offered and now != MINI["appraisal"] else None


def assessments_of_others() -> Fault:
    """Nobody without a role reads an assessment: by no page, paper or program, and not from another year of the organisation."""
    with workplace() as base:
        lead, second, other = (Browser(base, name) for name in ("lead", "lead2", "other"))
        where = lead.begin(vale())
        own = second.begin({"organisation": vale()["organisation"], "as_of": "2027-03-31"})
        said = [f"{page!r} is read" for who in (second, other) for page in PAGES if who.get(where + page).code != 404]
        said += [f"{page!r} is not there" for page in ("", "results") if lead.get(where + page).code != 200]
        if Browser(base).get(f"/api{where}profile", **second.token()).code != 404:
            said.append("a program reads it")
        said += [f"another year tells it at {page}" for page in ("results", "questions/appraisal", "tracker", "peers") if re.search(r"\b612\b", second.get(own + page).text)]
    return told(said)


def papers_of_the_workplace() -> Fault:
    """Each paper of the workplace has the bytes that a command gives for the profile that it exports."""
    said = []
    with workplace() as base:
        lead = Browser(base, "lead")
        where = lead.begin(vale() | {"not_for_publication": ["/selection/complete_panels"]})
        Path("p.json").write_bytes(lead.get(f"{where}profile.json").body)
        for form in ("csv", "markdown", "oscal", "html", "docx", "xlsx"):
            for edition, extra in (("", ()), ("?edition=public", ("--public",))):
                run("audit", "p.json", "--no-config", "-f", f"{form}=o.{form}", *extra)
                # A tracker of the workplace may hold its work, so no command may replace it, which its time of change says.
                own, other = (one.replace(b"1980-01-02T", b"1980-01-01T") for one in map(_parts_of, (lead.get(f"{where}papers/{form}{edition}").body, Path(f"o.{form}").read_bytes())))
                if own != other:
                    said.append(f"{form}{edition} differs")
    return told(said)


def _parts_of(raw: bytes) -> bytes:
    """The parts of an office file one after another, or the bytes of any other."""
    if not zipfile.is_zipfile(io.BytesIO(raw)):
        return raw
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        return b"".join(name.encode() + archive.read(name) for name in archive.namelist())


def saves_at_once() -> Fault:
    """Of four answers of one page that are saved at once, each that is accepted is kept, five times."""
    with workplace() as base:
        leads = [Browser(base, "lead") for _ in range(4)]
        where = leads[0].begin(vale())
        for turn in range(5):
            typed = {"connected": 600 + turn, "appraisers": 90 + turn, "positive": 80 + turn, "deferrals": 30 + turn}
            with ThreadPoolExecutor() as pool:
                done = pool.map(lambda lead, name, value: lead.type(where, f"appraisal/{name}", str(value)).code, leads, typed, typed.values())
            accepted = [name for name, code in zip(typed, done, strict=True) if code == 200]
            now = leads[0].profile(where)["appraisal"]
            if lost := [name for name in accepted if now.get(name) != typed[name]] or not accepted:
                return f"accepted {accepted}, and lost {lost}"
    return None


def odd_addresses() -> Fault:
    """Huge numbers, nought bytes and unknown names in addresses, and odd texts for a number, are no fault of the program."""
    with workplace() as base:
        lead = Browser(base, "lead")
        where = lead.begin(MINI)
        for place in (*ADDRESSES, *(where + one for one in OF_ONE)):
            lead.get(place)
        for text in ("\0", "9" * 5000, "1e400", "-0", "?", "٣", "=1+1"):
            lead.type(where, CONNECTED, text)
            if not isinstance(lead.profile(where)["appraisal"].get("connected", 0), int):
                return f"{text!r} became an answer"
    return None


def backups() -> Fault:
    """A backup that is restored gives the same backup again. One that was cut, altered or added to leaves nothing."""
    with workplace() as base:
        Browser(base, "lead").begin(vale())
        together(("workplace", "backup", "a.zip", "--folder", "house"))
    together(("workplace", "restore", "a.zip", "--folder", "r"))
    together(("workplace", "backup", "b.zip", "--folder", "r"))
    parts, again = _parts("a.zip"), _parts("b.zip")
    if parts != again:
        return "the backup of what was restored differs"
    cases = {
        "cut": list(parts.items())[1:], "altered": [(name, raw.replace(b"612", b"613")) for name, raw in parts.items()],
        "added": [*parts.items(), ("../evil", b"x")], "doubled": [*parts.items(), *parts.items()],
    }  # fmt: skip
    said = []
    for case, members in cases.items():
        with zipfile.ZipFile(f"{case}.zip", "w") as made:
            for name, raw in members:
                made.writestr(name, raw)
        if together(("workplace", "restore", f"{case}.zip", "--folder", case)) != [3] or Path(case).exists():
            said.append(f"{case}: restored, or something was left")
    return told(said)


def _parts(name: str) -> dict[str, bytes]:
    with zipfile.ZipFile(name) as parts:
        return {one: parts.read(one) for one in parts.namelist()}


def saves_and_programs() -> Fault:
    """A program that read before a colleague saved an answer, an error, its correction or a remark is refused with what it writes."""
    said = []
    with workplace() as base:
        lead, program = Browser(base, "lead"), Browser(base)
        where = lead.begin(vale())
        bearer, place = lead.token(), f"/api{where}profile"
        for field, text in (("talent/chief_registrar_time", "33"), ("talent/chief_registrar_time", "many"), ("governance/programme_places", "lots"), ("governance/programme_places", "5"), ("talent/note", "A remark")):
            match = {"If-Match": program.get(place, **bearer).headers["ETag"], "Content-Type": "application/json"}
            stale = json.loads(program.text) | {"note": "stale"}
            lead.type(where, field, text)
            code = program.send("PUT", place, json.dumps(stale).encode(), **bearer, **match).code
            if code not in (409, 412) or json.loads(program.get(place, **bearer).body).get("note") == "stale":
                said.append(f"{field} {text!r}: code {code}")
    return told(said)

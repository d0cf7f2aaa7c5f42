"""A workplace as full as one in use: several organisations and years, each step, remarks, evidence, a questionnaire, files brought in."""

import io
import json
import re
from html import unescape

from openpyxl import load_workbook

from conftest import EXAMPLES
from engagecheck import installed
from engagecheck.model.questionnaire import GROUPS
from engagecheck.plugin_host.discovery import IMPORTERS

PASSWORD = "three blue herons"


def document(path, **organisation):
    """An example as a document, as of another organisation if one is named."""
    read = json.loads((EXAMPLES / path).read_text("utf-8"))
    return {**read, "organisation": {**read["organisation"], **organisation}}


def file(name, content):
    made = io.BytesIO(content)
    made.name = name
    return made


def published(name):
    """A file as its publisher offers it."""
    return installed(third_party=False, group=IMPORTERS).importers[name].example.encode()


def part_of(whole):
    """A colleague's part that differs from an assessment in one answer and adds another."""
    appraisal = {"connected": whole["appraisal"]["connected"] + 1, "note": "From the appraisal office."}
    return json.dumps({"as_of": whole["as_of"], "organisation": whole["organisation"], "appraisal": appraisal}).encode()


def moved(clients, pk, *steps):
    """Make steps of an assessment, each by whoever makes it in a team."""
    sent = {
        "submit": ("lead", {"role": "Medical director's office", "on": "1 May 2026"}),
        "review": ("reviewer", {"section": "all"}),
        "finish-review": ("reviewer", {"role": "Head of internal audit", "on": "2 May 2026"}),
        "approve": ("reviewer", {"role": "Audit committee", "on": "3 May 2026"}),
        "publish": ("lead", {}),
        "decide": ("lead", {"role": "Board", "on": "28 May 2026", "minute": "7.2, noted and agreed"}),
        "reopen": ("lead", {}),
    }
    for step in steps:
        who, values = sent[step]
        page = clients[who].get(f"/assessments/{pk}/steps").content.decode()
        if step == "review":
            values = {"section": re.findall(r'name="section" value="(\w+)"', page)}
        if step == "approve":
            values |= {"version": re.search(r'name="version" value="(\d+)"', page)[1]}
        answer = clients[who].post(f"/assessments/{pk}/steps/{step}", values)
        assert answer.status_code == 302, (step, answer.content.decode())


def evidence_in(client, there, pk):
    """Two versions of a file and one that was removed. Adds their places."""
    from engagecheck.web.models import Assessment, Revision

    entry = Assessment.objects.get(pk=pk).document["evidence"][0]["#"]
    there["document"] = entry
    for name, content in (("Register, April.txt", b"first"), ("Register, May.txt", b"second"), ("Wrong file.txt", b"a name")):
        client.post(f"/assessments/{pk}/evidence/{entry}/add", {"file": file(name, content)})
    there["file"] = Revision.objects.get(name="register-may.txt").pk
    wrong = Revision.objects.get(name="wrong-file.txt").pk
    client.post(f"/assessments/{pk}/files/{wrong}/remove", {"reason": "It names a patient."})
    there["removed"] = wrong


def one_person(client, sound):
    """Fill the workplace of one person. Returns what the addresses of its pages need."""
    from engagecheck.web.models import Assessment

    there = {name: Assessment.begin(document(f"journey/{year}.json")).pk for name, year in (("earlier", 2025), ("later", 2026))}
    there["drafting"] = Assessment.begin(sound).pk
    evidence_in(client, there, there["drafting"])
    return there


def begun(team, whole, *steps):
    """An assessment with everybody in it, brought as far as the steps go."""
    from engagecheck.web.models import Assessment, Membership

    made = Assessment.begin(whole, team.users["lead"]).pk
    for name, role, sections in (("contributor", "contributor", ["appraisal"]), ("reviewer", "reviewer", []), ("board", "board reader", [])):
        Membership.objects.create(assessment_id=made, user=team.users[name], role=role, sections=sections)
    moved(team.clients, made, *steps)
    return made


def in_each_step(team):
    """Three years of one organisation and six others: drafts, and one assessment or more in each step."""
    approved = ("submit", "review", "finish-review", "approve")
    flawed = sorted(path.name for path in (EXAMPLES / "flawed").glob("*.json"))[:6]
    peers = [document(f"flawed/{name}", name=f"Peer {number} NHS Trust (invented)") for number, name in enumerate(flawed, 1)]
    there = {
        "revised": begun(team, document("journey/2024.json"), *approved, "publish", "decide", "reopen"),
        "published": begun(team, document("journey/2025.json"), *approved, "publish", "decide"),
        "approved": begun(team, document("journey/2026.json"), *approved),
        "reviewed": begun(team, peers[0], "submit", "review", "finish-review"),
        "submitted": begun(team, peers[1], "submit"),
    }
    return there | {name: begun(team, whole) for name, whole in zip(("asked", "codes", "bare", "other"), peers[2:], strict=True)}


def worked_on(team, pk, sound):
    """Deadlines, evidence that is asked for, remarks, and an answer in error."""
    place = f"/assessments/{pk}/questions/appraisal"
    for section, due in (("appraisal", "30 April 2026"), ("leadership", "30 June 2099")):
        team.lead.post(f"/assessments/{pk}/members/deadline", {"section": section, "due": due})
    for text, due in (("The list of appraisers", "30 April 2026"), ("The minutes that approved the strategy", "30 June 2099")):
        team.lead.post(f"/assessments/{pk}/wanted", {"text": text, "section": "appraisal", "asked": "contributor", "due": due})
    remarks = ("Which list of doctors is this?", "Is this the figure of the regulator?", "The year is missing.")
    for text, address in zip(remarks, ("appraisal/connected", "appraisal", "leadership"), strict=True):
        team.reviewer.post(f"/assessments/{pk}/remark/{address}", {"text": text})
    first = team.assessment.remark_set.first().pk
    team.contributor.post(f"/assessments/{pk}/remarks/{first + 1}/answer", {"answer": "Yes, of 31 March."})
    team.reviewer.post(f"/assessments/{pk}/remarks/{first + 2}/close")
    for was, now in ((sound["appraisal"]["connected"], "412"), ("412", "many")):
        team.contributor.post(place, {"v:appraisal/connected": now, "w:appraisal/connected": str(was)})


def acted_on(team, pk):
    """The tracker with the day of the meeting and work on one action, whose name is returned."""
    place = f"/assessments/{pk}/tracker"
    page = team.lead.get(place).content.decode()
    action = re.search(r'/tracker/([^"]+)"', page[page.index("Open actions") :])[1]
    team.lead.post(place, {"meeting": "28 May 2026"})
    was = unescape(re.search(r'name="was" value="([^"]*)"', team.lead.get(f"{place}/{action}").content.decode())[1])
    work = {"owner": "Chair", "due": "30 June 2026", "status": "In progress", "progress": "40", "notes": "A first paper went to the committee."}
    assert team.lead.post(f"{place}/{action}", work | {"was": was}).status_code == 302
    return action


def brought_in(client, there, whole):
    """A published file for a draft and one to begin with, a colleague's part, and a tracker that somebody worked in."""
    tracker = load_workbook(io.BytesIO(client.get(f"/assessments/{there['published']}/tracker.xlsx").content))
    columns = {str(cell.value): cell.column for cell in tracker["Actions"][5]}
    tracker["Actions"].cell(6, columns["Owner"]).value = "Chief operating officer"
    written = io.BytesIO()
    tracker.save(written)
    sent = {
        "begun_file": ("/begin/published", "published", "trusts.csv", published("ods")),
        "published_file": (f"/assessments/{there['drafting']}/published", "published", "return.csv", published("annual-return")),
        "part": (f"/assessments/{there['asked']}/part", "part", "part.json", part_of(whole)),
        "worked": (f"/assessments/{there['published']}/worked-tracker", "worked", "tracker.xlsx", written.getvalue()),
    }
    for name, (place, field, title, content) in sent.items():
        there[name] = client.post(place, {field: file(title, content)}).headers["Location"].rpartition("/")[2]


def of_a_team(team, sound):
    """Fill the workplace of a team. Returns what the addresses of its pages need."""
    from engagecheck.web.models import Assessment
    from engagecheck.web.team.accounts import set_password

    lead, pk = team.lead, team.assessment.pk
    set_password(team.users["lead"], PASSWORD)
    team.users["lead"].save()
    lead.force_login(team.users["lead"])
    there = {"drafting": pk} | in_each_step(team)
    there["entry"] = Assessment.objects.get(pk=pk).document["leadership"]["non_executives"]["entries"][0]["#"]
    evidence_in(team.contributor, there, pk)
    worked_on(team, pk, sound)
    team.reviewer.post(f"/assessments/{there['submitted']}/remark/appraisal/connected", {"text": "Which list of doctors is this?"})
    there["action"] = acted_on(team, pk)
    brought_in(lead, there, Assessment.objects.get(pk=there["asked"]).profile)
    invited = {"on": "March 2026"} | dict.fromkeys(GROUPS, "12")
    there["code"] = re.search(r"<code>([^<]+)</code>", lead.post(f"/assessments/{there['asked']}/survey", invited).content.decode())[1]
    lead.post("/programs", {"name": "Reports to the group"})
    link = team.administrator.post(f"/people/{team.users['outsider'].pk}", {"link": "yes"}).content.decode()
    there["link"] = re.search(r"/password/([^<]+)<", link)[1]
    there["page"] = re.search(r'href="([^"#/]+\.html)"', lead.get("/organisations/").content.decode())[1]
    return there | {name: team.users[name].pk for name in ("administrator", "outsider")}

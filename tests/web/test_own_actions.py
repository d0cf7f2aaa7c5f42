"""Contributors work on the actions of their sections and on those that the lead gave them, and see no other."""

import html
import re

import pytest

WORK = {"owner": "Medical director", "due": "", "status": "In progress", "progress": "40", "notes": "Begun."}


def text(answer):
    return " ".join(html.unescape(answer.content.decode()).split())


def listed(client):
    return re.findall(r'href="/assessments/1/tracker/([^"]+)"', client.get("/assessments/1/tracker").content.decode())


def work_on(client, name):
    place = f"/assessments/1/tracker/{name}"
    was = re.search(r'name="was" value="([^"]*)"', client.get(place).content.decode())
    return client.post(place, WORK | {"was": html.unescape(was[1]) if was else ""}).status_code


@pytest.fixture
def approved(team):
    from engagecheck.web.models import Membership

    Membership.objects.filter(user=team.users["contributor"]).update(sections=["appraisal", "talent"])
    team.stand_at("approved")
    return team


def split(team):
    """The actions of the contributor, and those of others, by the facts that the questions of the report read."""
    from engagecheck.web.standing import report_of

    results = report_of(team.assessment).results
    everything = listed(team.lead)
    own = [one for one in everything if {fact.pointer.split("/")[1] for fact in results[one.rpartition(":")[0]].facts} - {"as_of", "organisation"} <= {"appraisal", "talent", "evidence"}]
    return own, [one for one in everything if one not in own]


@pytest.mark.exhaustive
def test_a_contributor_works_on_the_actions_of_the_own_sections_and_on_no_other(approved):
    own, others = split(approved)
    assert own
    assert others
    assert listed(approved.contributor) == own
    assert work_on(approved.contributor, own[0]) == 302
    assert "40%" in text(approved.lead.get("/assessments/1/tracker"))
    for name in others:
        assert [getattr(approved.contributor, sent)(f"/assessments/1/tracker/{name}", WORK).status_code for sent in ("get", "post")] == [403, 403]
    page = text(approved.contributor.get("/assessments/1/tracker"))
    assert "The tracker in Excel" not in page
    assert "When does the board meet" not in page
    assert "/assessments/1/tracker" in text(approved.contributor.get("/assessments/1/"))
    assert approved.contributor.get("/assessments/1/tracker.xlsx").status_code == 403


@pytest.mark.exhaustive
def test_the_lead_gives_an_action_to_a_contributor_and_takes_it_back(approved):
    _, (name, *_) = split(approved)
    place = f"/assessments/1/give/{name}"
    assert approved.contributor.post(place, {"given": "contributor"}).status_code == 403
    assert approved.lead.post(place, {"given": "reviewer"}).status_code == 404
    assert approved.lead.post("/assessments/1/give/nothing:1", {"given": "contributor"}).status_code == 404
    assert "given to contributor." in text(approved.lead.post(place, {"given": "contributor"}, follow=True))
    assert "<option selected>contributor</option>" in text(approved.lead.get(f"/assessments/1/tracker/{name}"))
    assert name in listed(approved.contributor)
    assert work_on(approved.contributor, name) == 302
    assert "Actions were given to you" in text(approved.contributor.get("/"))
    action = re.search(r"<h1>([^<]+)</h1>", text(approved.lead.get(f"/assessments/1/tracker/{name}")))[1]
    assert f"Action given: {action}" in text(approved.lead.get("/assessments/1/trail"))
    approved.lead.post(place, {"given": ""})
    assert work_on(approved.contributor, name) == 403
    assert "Actions were given to you" not in text(approved.contributor.get("/"))


@pytest.mark.parametrize("step", ["drafting", "submitted", "reviewed"])
def test_before_the_approval_contributors_see_no_action(approved, step):
    own, (other, *_) = split(approved)
    approved.lead.post(f"/assessments/1/give/{other}", {"given": "contributor"})
    approved.stand_at(step)
    for name in (own[0], other):
        assert approved.contributor.get(f"/assessments/1/tracker/{name}").status_code == 403
        assert work_on(approved.contributor, name) == 403
        assert work_on(approved.lead, name) == 302
    assert approved.contributor.get("/assessments/1/tracker").status_code == 403
    assert 'href="/assessments/1/tracker"' not in text(approved.contributor.get("/assessments/1/"))
    assert "Actions were given to you" not in text(approved.contributor.get("/"))


def test_reviewer_and_auditor_read_every_action_and_work_on_none(approved):
    for client in (approved.reviewer, approved.auditor):
        assert listed(client) == listed(approved.lead)
        assert work_on(client, listed(client)[0]) == 403


def test_what_was_given_goes_with_the_role_and_on_to_next_year(approved):
    from engagecheck.web.models import GivenAction

    _, (name, *_) = split(approved)
    approved.lead.post(f"/assessments/1/give/{name}", {"given": "contributor"})
    approved.lead.post("/assessments/1/next-year", {"day": "31 March 2027"})
    assert GivenAction.objects.filter(assessment_id=2, action=name, user=approved.users["contributor"]).exists()
    member = re.search(r'name="member" value="(\d+)"><button class="quiet">Take the role away<span class="unseen">: contributor', approved.lead.get("/assessments/1/members").content.decode())[1]
    approved.lead.post("/assessments/1/members/take", {"member": member})
    assert not GivenAction.objects.filter(assessment_id=1).exists()


def test_a_contributor_is_reminded_of_the_own_work_and_of_no_other(approved):
    from engagecheck.web.models import Deadline, TrackedAction, Wanted

    own, others = split(approved)
    for name in (own[0], others[0]):
        TrackedAction.objects.create(assessment=approved.assessment, action=name, owner="Chair", due="2150-01-01", status="In progress", progress=0)
    for section in ("appraisal", "leadership"):
        Deadline.objects.create(assessment=approved.assessment, section=section, due="2150-01-02")
        asked = {"assessment": approved.assessment, "section": section, "asked": approved.users["lead"], "due": "2150-01-03", "by": "lead"}
        Wanted.objects.create(text=f"Minutes of {section}", **asked)
    for place in ("reminders", "reminders.ics"):
        page = approved.contributor.get(f"/assessments/1/{place}").content.decode()
        assert own[0] in page
        assert others[0] not in page
        assert "Minutes of appraisal" in page
        assert "Minutes of leadership" not in page
        assert "Expires: " not in page
        whole = approved.lead.get(f"/assessments/1/{place}").content.decode()
        assert others[0] in whole
        assert "Minutes of leadership" in whole
    approved.stand_at("drafting")
    page = text(approved.contributor.get("/assessments/1/reminders"))
    assert "Fill in: Appraisal" in page
    assert "Fill in: Leadership" not in page
    assert own[0] not in page
    assert "All actions" not in page

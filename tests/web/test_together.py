"""Who takes part, sections that are handed over, requests for evidence, and the trail of everything that changes."""

import html
import io
import re

import pytest

PLACE = "/assessments/1/questions/appraisal"


def words(answer):
    return " ".join(html.unescape(re.sub("<[^>]+>", " ", answer.content.decode())).split())


def change(client, value, was, field="connected"):
    return client.post(PLACE, {f"v:appraisal/{field}": value, f"w:appraisal/{field}": was})


def lines(**of):
    from engagecheck.web.models import Change

    return [(one.what, one.address, one.before, one.after, one.by) for one in Change.objects.filter(**of).order_by("pk")]


@pytest.fixture
def was(sound):
    return str(sound["appraisal"]["connected"])


def test_every_answer_that_changes_is_on_record_with_who_and_both_texts(team, was):
    change(team.contributor, "501", was)
    change(team.lead, "many", "501")
    change(team.lead, "", "many")
    change(team.contributor, "", "")
    assert lines(section="appraisal") == [
        ("answer", "appraisal/connected", was, "501", "contributor"),
        ("answer", "appraisal/connected", "501", "many", "lead"),
        ("answer", "appraisal/connected", "many", "", "lead"),
    ]


def test_entries_and_files_are_on_record_too(team):
    entry = next(one["#"] for one in team.assessment.document["evidence"] if one["id"] == "HR")
    file = io.BytesIO(b"a report")
    file.name = "a.txt"
    team.contributor.post(f"/assessments/1/evidence/{entry}/add", {"file": file})
    added, digest = lines(section="evidence")
    assert (added[0], added[1], added[3][:6], added[4]) == ("file added", f"evidence/{entry}", "a.txt,", "contributor")
    assert digest[1] == f"evidence/{entry}/sha256"
    team.lead.post("/assessments/1/files/1/remove", {"reason": "names patients"})
    assert lines(section="evidence")[-1][0::3] == ("file removed", "names patients")
    place = "leadership/non_executives/" + team.assessment.document["leadership"]["non_executives"]["entries"][0]["#"]
    page = team.lead.get(f"/assessments/1/remove/{place}")
    was = re.search(r'name="was" value="(\w+)"', page.content.decode())[1]
    total = {"v:leadership/non_executives/of": "8", "w:leadership/non_executives/of": "7"}
    team.lead.post("/assessments/1/questions/leadership", total)
    assert team.lead.post(f"/assessments/1/remove/{place}", {"was": was}).status_code == 302
    removed = [one for one in lines(section="leadership") if one[1].startswith(place)]
    assert removed
    assert {one[3] for one in removed} == {""}


def test_the_trail_is_read_by_whoever_may_read_the_section(team, was):
    change(team.lead, "501", was)
    team.lead.post("/assessments/1/questions/leadership", {"v:leadership/non_executives/of": "9", "w:leadership/non_executives/of": "7"})
    team.lead.post("/assessments/1/members/score", {"shows_score": "on"})
    for name in ("lead", "reviewer", "auditor"):
        page = words(team.clients[name].get("/assessments/1/trail"))
        assert "501" in page
        assert "Contributors see the score" in page
        assert len(re.findall(r"\blead\b", page)) >= 3
    page = words(team.contributor.get("/assessments/1/trail"))
    assert "501" in page
    assert "Contributors see the score" not in page
    assert " 9 " not in page


def test_texts_that_must_not_be_kept_are_removed_from_the_trail_and_the_reason_stays(team, was):
    from engagecheck.web.models import Change

    place, asked = "/assessments/1/remove-text", {"text": "mrs  example", "reason": "names a patient"}
    team.contributor.post(PLACE, {"v:appraisal/note": "Mrs Example, born 1950", "w:appraisal/note": ""})
    assert "It also stands here, and stays until you correct or empty it there: Appraisal" in words(team.lead.post(place, asked))
    team.contributor.post(PLACE, {"v:appraisal/note": "", "w:appraisal/note": "Mrs Example, born 1950"})
    team.reviewer.post("/assessments/1/remark/appraisal/note", {"text": "Is Mrs Example a patient?"})
    change(team.lead, "501", was)
    assert "also stands here" not in words(team.lead.post(place, asked))
    assert team.contributor.post(place, {**asked, "sure": "yes"}).status_code == 403
    assert team.lead.post(place, {**asked, "reason": " ", "sure": "yes"}).status_code == 422
    assert "Mrs Example" in str(Change.objects.values_list())
    assert team.lead.post(place, {**asked, "sure": "yes"}).status_code == 302
    page = words(team.lead.get("/assessments/1/trail"))
    assert "Mrs Example" not in page
    assert page.count("texts removed by lead: names a patient") == 4
    assert "501" in page
    assert "Mrs Example" not in words(team.lead.get("/assessments/1/remarks"))
    first, second, _ = Change.objects.filter(address="appraisal/note").order_by("pk")
    assert first.after == second.before
    assert re.fullmatch(r"removed \([0-9a-f]{16}\)", first.after)
    assert "Mrs Example" not in str(Change.objects.values_list())


def test_steps_users_and_members_are_on_record(team):
    team.lead.post("/assessments/1/steps/submit", {"role": "Medical director", "on": "1 May 2026"})
    team.administrator.post("/people", {"name": "new", "may_begin": "on"})
    team.administrator.post(f"/people/{team.users['auditor'].pk}", {"is_active": "on"})
    assert ("step", "", "drafting", "submitted", "lead") in lines(assessment=1)
    made = lines(assessment=None)
    assert ("user new", "", "", "begins assessments", "administrator") in made
    assert ("user auditor", "", "auditor", "", "administrator") in made
    assert "User new: begins assessments" in words(team.administrator.get("/people"))
    team.lead.post("/assessments/1/steps/send-back")
    team.lead.post("/assessments/1/delete")
    assert lines()[-1][0] == "assessment deleted"


def test_the_lead_gives_and_takes_roles(team):
    from engagecheck.web.models import Membership

    place = "/assessments/1/members"
    given = {"name": "outsider", "role": "contributor", "section": ["talent", "learning"]}
    assert team.lead.post(f"{place}/add", given).status_code == 302
    assert team.outsider.get("/assessments/1/questions/talent").status_code == 200
    assert team.outsider.get(PLACE).status_code == 403
    assert "outsider contributor of " in words(team.lead.get(place))
    for wrong, said in (
        ({**given, "name": "nobody"}, "there is nobody of this name"), ({**given, "role": "king"}, "Choose a role"),
        ({"name": "outsider", "role": "contributor"}, "at least one section"), ({**given, "section": "nothing"}, "at least one section"),
    ):  # fmt: skip
        answer = team.lead.post(f"{place}/add", wrong)
        assert (answer.status_code, said in words(answer)) == (422, True)
    held = Membership.objects.get(user=team.users["outsider"])
    assert team.lead.post(f"{place}/take", {"member": held.pk}).status_code == 302
    assert team.outsider.get("/assessments/1/").status_code == 404
    only = Membership.objects.get(role="lead")
    assert "Every assessment has a lead" in words(team.lead.post(f"{place}/take", {"member": only.pk}))
    assert team.lead.post(f"{place}/take", {"member": "x"}).status_code == 404
    said = lines(what="member")
    assert [one[2:4] for one in said] == [("", "outsider: contributor: talent, learning"), ("outsider: contributor: talent, learning", "")]


def test_a_member_of_another_assessment_cannot_be_taken_away(team, sound):
    from engagecheck.web.models import Assessment, Membership

    other = Assessment.begin(sound, team.users["outsider"])
    held = Membership.objects.get(assessment=other)
    assert team.lead.post("/assessments/1/members/take", {"member": held.pk}).status_code == 404
    assert Membership.objects.filter(pk=held.pk).exists()


def test_sections_have_days_and_are_handed_over(team):
    from engagecheck.web.models import Deadline, Membership

    place = "/assessments/1/members"
    for due, kept in (("31 March 2026", ["2026-03-31"]), ("1/4/2026", ["2026-04-01"]), ("", [])):
        assert team.lead.post(f"{place}/deadline", {"section": "appraisal", "due": due}).status_code == 302
        assert [str(one.due) for one in Deadline.objects.all()] == kept
    assert ("deadline", "appraisal", "1 April 2026", "", "lead") in lines(section="appraisal")
    assert team.lead.post(f"{place}/deadline", {"section": "appraisal", "due": "soon"}).status_code == 422
    assert team.lead.post(f"{place}/deadline", {"section": "nothing", "due": ""}).status_code == 422
    team.lead.post(f"{place}/add", {"name": "outsider", "role": "contributor", "section": "talent"})
    assert team.contributor.post(f"{place}/hand-over", {"section": "talent", "to": "contributor"}).status_code == 422
    assert team.contributor.post(f"{place}/hand-over", {"section": "appraisal", "to": "board"}).status_code == 422
    assert team.contributor.post(f"{place}/hand-over", {"section": "appraisal", "to": "outsider"}).status_code == 302
    assert team.contributor.get(PLACE).status_code == 403
    assert team.outsider.get(PLACE).status_code == 200
    team.lead.post(f"{place}/hand-over", {"section": "talent", "to": "contributor"})
    held = dict(Membership.objects.filter(role="contributor").values_list("user__username", "sections"))
    assert held == {"contributor": ["talent"], "outsider": ["appraisal"]}
    assert ("section handed over", "appraisal", "contributor", "outsider", "contributor") in lines(section="appraisal")


def test_evidence_is_asked_for_and_stands_on_the_page_of_whoever_is_asked(team):
    place = "/assessments/1/wanted"
    given = {"text": "The list of appraisers", "section": "appraisal", "asked": "contributor", "due": "1 March 2020"}
    for wrong in ({"text": ""}, {"section": "x"}, {"asked": "reviewer"}, {"asked": ""}, {"due": ""}, {"due": "soon"}):
        assert team.lead.post(place, {**given, **wrong}).status_code == 422, wrong
    assert team.lead.post(place, given).status_code == 302
    assert team.lead.post(place, {**given, "text": "Of another section", "section": "talent", "asked": "lead"}).status_code == 302
    page = words(team.contributor.get("/"))
    assert "You are asked for The list of appraisers by 1 March 2020" in page
    assert "Late" in page
    assert "Of another section" not in words(team.contributor.get(place))
    assert "Of another section" in words(team.reviewer.get(place))
    assert team.contributor.post(f"{place}/2/done").status_code == 403
    assert team.reviewer.post(f"{place}/1/done").status_code == 403
    assert team.contributor.post(f"{place}/1/done").status_code == 302
    assert "You are asked for" not in words(team.contributor.get("/"))
    assert "Provided" in words(team.lead.get(place))
    assert [one[0] for one in lines(section="appraisal")] == ["evidence asked for", "evidence provided"]

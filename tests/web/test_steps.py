"""From a draft to the board: each step, what it refuses, what it keeps, and what is on record afterwards."""

import html
import io
import json
import os
import re

import pytest

SIGNED = {"role": "Medical director", "on": "1 May 2026"}
APPEND = "/assessments/1/questions/appraisal"


def text(answer):
    return html.unescape(answer.content.decode())


def words(answer):
    return " ".join(re.sub("<[^>]+>", " ", text(answer)).split())


def stored():
    from engagecheck.web.models import Assessment

    return Assessment.objects.get(pk=1)


def go(client, step, **given):
    return client.post(f"/assessments/1/steps/{step}", given)


def submitted(team):
    assert go(team.lead, "submit", **SIGNED).status_code == 302


def reviewed(team):
    from engagecheck.web.team.steps import sections

    submitted(team)
    assert go(team.reviewer, "review", section=sections()).status_code == 302
    assert go(team.reviewer, "finish-review", **SIGNED).status_code == 302


def approved(team):
    reviewed(team)
    assert go(team.lead, "approve", **SIGNED, version=str(stored().version)).status_code == 302


def published(team):
    approved(team)
    assert go(team.lead, "publish").status_code == 302


def change(client, value, was=""):
    return client.post(APPEND, {"v:appraisal/connected": value, "w:appraisal/connected": was})


def test_an_assessment_goes_from_a_draft_to_the_board(team, sound):
    from engagecheck.web.models import Approval

    was = str(sound["appraisal"]["connected"])
    assert change(team.contributor, "501", was).status_code == 302
    submitted(team)
    assert change(team.contributor, "502", "501").status_code == 403
    assert change(team.lead, "502", "501").status_code == 403
    reviewed_before = stored().step
    assert reviewed_before == "submitted"
    from engagecheck.web.team.steps import sections

    go(team.reviewer, "review", section=sections())
    go(team.reviewer, "finish-review", **SIGNED)
    assert go(team.reviewer, "approve", role="Audit committee", on="2 May 2026", version=str(stored().version)).status_code == 302
    assert team.board.get("/assessments/1/board").status_code == 404
    assert "Harbour Vale" not in text(team.board.get("/"))
    go(team.lead, "publish")
    assert "Reports for the board" in text(team.board.get("/"))
    page = words(team.board.get("/assessments/1/board"))
    assert all("Audit committee, 2 May 2026. Recorded on " in one for one in (page, words(team.lead.get("/assessments/1/steps"))))
    assert "No decision of the board is recorded yet" in page
    go(team.lead, "decide", role="Board", on="7 May 2026", minute="7.2")
    assert "Decision: Board, 7 May 2026, minute 7.2." in words(team.board.get("/assessments/1/board"))
    report = json.loads(team.board.get("/assessments/1/board/papers/json").content)
    approval = Approval.objects.get()
    assert report["report_digest"] == approval.report_digest
    signed = {one["step"]: (one["state"], one["role"]) for one in report["sign_off"]}
    assert signed == {
        "prepared": ("current", "Medical director"), "checked": ("current", "Medical director"), "approved": ("current", "Audit committee"),
    }  # fmt: skip
    assert "Approved by Audit committee, 2 May 2026." in words(team.board.get("/assessments/1/board/report"))
    assert approval.document["appraisal"]["connected"] == 501


def test_the_history_is_the_chain_of_the_command_line(team, data_folder, run):
    approved(team)
    place = os.environ.get("ENGAGECHECK_TEST_DATABASE") or str(data_folder.database)
    done = run("history", "verify", "--store", place)
    assert done.returncode == 0, done.stderr
    assert b"1 report, none removed or altered" in done.stdout
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("UPDATE engagecheck_history SET as_of = '1999-01-01'")
    assert run("history", "verify", "--store", place).returncode == 6


def test_a_history_that_was_altered_takes_no_approval(team):
    from django.db import connection

    from engagecheck.web.models import Approval

    approved(team)
    go(team.lead, "reopen")
    change(team.lead, "501", text_now())
    reviewed(team)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE engagecheck_history SET as_of = '1999-01-01'")
    answer = go(team.lead, "approve", **SIGNED, version=str(stored().version))
    assert answer.status_code == 422
    assert "row 1 was altered; nothing is recorded after it" in text(answer)
    assert (stored().step, Approval.objects.count()) == ("reviewed", 1)


def text_now():
    return str(stored().profile["appraisal"]["connected"])


def test_what_fails_in_an_approval_leaves_nothing_behind(team, monkeypatch):
    from engagecheck.web.models import Approval, HistoryRow
    from engagecheck.web.team import steps

    reviewed(team)
    before = stored()

    def broken(*_):
        raise RuntimeError("the last thing of an approval")

    monkeypatch.setattr(steps, "record", broken)
    team.lead.raise_request_exception = False
    assert go(team.lead, "approve", **SIGNED, version=str(before.version)).status_code == 500
    after = stored()
    assert (after.step, after.document, after.version) == ("reviewed", before.document, before.version)
    assert (Approval.objects.count(), HistoryRow.objects.count()) == (0, 0)


def test_an_approval_of_another_version_is_refused(team):
    reviewed(team)
    answer = go(team.lead, "approve", **SIGNED, version=str(stored().version - 1))
    assert answer.status_code == 422
    assert "Somebody changed this assessment meanwhile" in text(answer)
    assert stored().step == "reviewed"


def test_one_save_refuses_what_is_no_draft_whoever_asks_and_by_whatever_way(team):
    from django.db import transaction

    from engagecheck.web.answers.saving import Change, save
    from engagecheck.web.models.assessments import Assessment, NotNow

    entry = next(one["#"] for one in team.assessment.document["evidence"] if one["id"] == "HR")
    approved(team)
    before = stored()
    with pytest.raises(NotNow, match="approved"), transaction.atomic():
        Assessment.held(1)
    kept = save(before.kept, [Change("appraisal/connected", "777", text_now())]).kept
    with pytest.raises(NotNow, match="approved"):
        stored().keep(kept)
    # As if the approval came after the table was asked, and before the save.
    from engagecheck.web.team import access

    late = access.Access(frozenset({"lead"}), step="drafting")
    for place, given in (
        (APPEND, {"v:appraisal/connected": "777", "w:appraisal/connected": text_now()}),
        (f"/assessments/1/remove/evidence/{entry}", {"was": "x"}),
        (f"/assessments/1/evidence/{entry}/add", {"file": named("a.txt")}),
        ("/assessments/1/delete", {}),
    ):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(access, "access_of", lambda *_: late)
            answer = team.lead.post(place, given)
        assert answer.status_code == 409, place
        assert "cannot be changed any more" in text(answer)
    assert (stored().document, stored().version) == (before.document, before.version)
    assert stored().revision_set.count() == 0


def named(name):
    file = io.BytesIO(b"a report")
    file.name = name
    return file


def test_nobody_reviews_a_section_of_their_own(team):
    from engagecheck.web.models import Membership, Review
    from engagecheck.web.team.steps import sections

    Membership.objects.create(assessment=team.assessment, user=team.users["reviewer"], role="contributor", sections=["structure"])
    Membership.objects.create(assessment=team.assessment, user=team.users["lead"], role="reviewer")
    assert change(team.lead, "501", text_now()).status_code == 302
    submitted(team)
    for client, section in ((team.reviewer, "structure"), (team.lead, "appraisal")):
        answer = go(client, "review", section=section)
        assert answer.status_code == 422
        assert "you filled in this section, so somebody else reviews it" in text(answer)
    assert go(team.reviewer, "review", section=[one for one in sections() if one != "structure"]).status_code == 302
    answer = go(team.reviewer, "finish-review", **SIGNED)
    assert (answer.status_code, "Not reviewed yet" in text(answer)) == (422, True)
    assert go(team.lead, "review", section="structure").status_code == 302
    assert go(team.reviewer, "review", section="nothing").status_code == 422
    assert Review.objects.count() == len(sections())
    assert go(team.reviewer, "finish-review", **SIGNED).status_code == 302


def test_whoever_works_alone_reviews_too_and_papers_say_that_it_was_not_independent(officer, assessment):  # noqa: ARG001
    from engagecheck.web.team.steps import sections

    assert "You work alone" in text(officer.get("/assessments/1/steps"))
    assert go(officer, "submit", **SIGNED).status_code == 302
    go(officer, "review", section=sections())
    go(officer, "finish-review", **SIGNED)
    go(officer, "approve", **SIGNED, version=str(stored().version))
    page = words(officer.get("/assessments/1/report"))
    assert "Checked by Medical director (not independently reviewed), 1 May 2026" in page
    go(officer, "publish")
    assert "not independently reviewed" in words(officer.get("/assessments/1/board/report"))


def test_remarks_are_answered_and_closed_before_a_review_ends(team):
    from engagecheck.web.models import Remark
    from engagecheck.web.team.steps import sections

    submitted(team)
    go(team.reviewer, "review", section=sections())
    for place in ("appraisal/connected", "leadership"):
        assert team.reviewer.post(f"/assessments/1/remark/{place}", {"text": f"Which list is it for {place}?"}).status_code == 302
    assert team.reviewer.post("/assessments/1/remark/appraisal", {"text": " "}).status_code == 422
    assert team.reviewer.get("/assessments/1/remark/nothing").status_code == 404
    assert team.contributor.get("/assessments/1/remark/appraisal").status_code == 403
    assert "2 remarks to answer or close first" in text(go(team.reviewer, "finish-review", **SIGNED))
    page = words(team.contributor.get("/assessments/1/remarks"))
    assert "Which list is it for appraisal/connected?" in page
    assert "leadership" not in page
    assert "Which list is it" in words(team.contributor.get(APPEND))
    assert team.contributor.post("/assessments/1/remarks/1/answer", {"answer": "That of the GMC."}).status_code == 302
    assert team.contributor.post("/assessments/1/remarks/2/answer", {"answer": "x"}).status_code == 403
    assert team.contributor.post("/assessments/1/remarks/1/close").status_code == 403
    assert team.contributor.post("/assessments/1/remarks/1/answer", {"answer": ""}).status_code == 422
    for number in (1, 2):
        assert team.reviewer.post(f"/assessments/1/remarks/{number}/close").status_code == 302
    assert team.lead.post("/assessments/1/remarks/1/answer", {"answer": "too late"}).status_code == 422
    assert Remark.objects.get(pk=1).answer == "That of the GMC."
    assert go(team.reviewer, "finish-review", **SIGNED).status_code == 302


def test_what_is_sent_back_loses_its_signatures_and_can_be_changed(team):
    from engagecheck.web.models import Review

    reviewed(team)
    assert set(stored().profile["sign_off"]) == {"prepared", "checked"}
    go(team.reviewer, "send-back")
    assert (stored().step, "sign_off" in stored().profile, Review.objects.count()) == ("drafting", False, 0)
    assert change(team.contributor, "501", text_now()).status_code == 302


def test_a_revision_leaves_the_board_the_approved_report_marked_as_being_revised(team):
    published(team)
    paper = team.board.get("/assessments/1/board/papers/json").content
    assert go(team.lead, "reopen").status_code == 302
    assert change(team.lead, "501", text_now()).status_code == 302
    assert team.board.get("/assessments/1/board/papers/json").content == paper
    assert "being revised" in text(team.board.get("/assessments/1/board"))
    assert "Draft: not approved yet" in words(team.lead.get("/assessments/1/report"))
    published(team)
    page = text(team.board.get("/assessments/1/board"))
    assert "being revised" not in page
    assert "Number 2 of the history" in page
    assert team.board.get("/assessments/1/board/papers/json").content != paper


def test_answers_in_error_are_corrected_before_a_draft_is_submitted(team):
    change(team.lead, "many", text_now())
    answer = go(team.lead, "submit", **SIGNED)
    assert (answer.status_code, "1 answer in error would be left out" in text(answer)) == (422, True)
    assert stored().step == "drafting"


def test_only_the_steps_sign(team, sound):
    from engagecheck.intake.workflow.sign_off import digest, sign
    from engagecheck.web.models import Assessment

    signed = io.BytesIO(json.dumps(sign(sound, "approved", {"role": "Board", "on": "2026-04-01"}, digest(sound))).encode())
    signed.name = "signed.json"
    brought = team.lead.post("/bring", {"file": signed})
    assert "It was signed. Those signatures are left out" in words(team.lead.get(brought.headers["Location"]))
    made = Assessment.objects.latest("pk")
    assert made.profile == {name: part for name, part in sound.items() if name != "sign_off"}
    assert "Draft: not approved yet" in words(team.lead.get(f"/assessments/{made.pk}/report"))


@pytest.mark.parametrize(("role", "on", "said"), [("", "1 May 2026", '<a href="#submit-role">Enter the role'), ("Board", "", '<a href="#submit-on">Enter a day'), ("Board", "soon", "is not a date"), ("x" * 119, "1 May 2026", "at most"), ("Board", "30 March 2026", "is before the profile date"), ("Board", "1 May 2062", "is more than 36 months after")])
def test_a_signature_that_is_not_whole_is_explained(team, role, on, said):
    answer = go(team.lead, "submit", role=role, on=on)
    assert (answer.status_code, said in text(answer)) == (422, True)
    assert f'value="{role}"' in text(answer)
    assert stored().step == "drafting"


def test_a_step_that_was_made_already_is_one_sentence(team):
    from engagecheck.errors import InputRefused
    from engagecheck.web.team import steps

    submitted(team)
    with pytest.raises(InputRefused, match="the assessment is submitted"):
        steps.submit(stored(), {"role": "Board", "on": "2026-05-01"})
    for move in (steps.publish, steps.reopen):
        with pytest.raises(InputRefused):
            move(stored())
    assert go(team.lead, "submit", **SIGNED).status_code == 403


def test_approved_files_and_facts_are_frozen_with_the_approval(team):
    from engagecheck.web.models import Approval

    entry = next(one["#"] for one in team.assessment.document["evidence"] if one["id"] == "HR")
    team.lead.post(f"/assessments/1/evidence/{entry}/add", {"file": named("a.txt")})
    approved(team)
    (file,) = Approval.objects.get().files
    assert (file["entry"], file["name"]) == (entry, "a.txt")
    assert team.lead.post(f"/assessments/1/evidence/{entry}/add", {"file": named("b.txt")}).status_code == 403
    assert Approval.objects.get().document == stored().profile

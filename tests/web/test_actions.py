"""The tracker: carried over as `--carry` does, two people who differ see both, and reminders for a calendar."""

import html
import io
import re
from datetime import date

import pytest
from icalendar import Calendar
from openpyxl import load_workbook

from conftest import EXAMPLES
from engagecheck.intake.explain import open_document
from engagecheck.papers import tracker

PEOPLE = ("Owner", "Due", "Status", "Progress", "Notes", "Id", "Action")


def text(answer):
    return " ".join(html.unescape(answer.content.decode()).split())


def begun(year):
    from engagecheck.web.models import Assessment

    return Assessment.begin(open_document((EXAMPLES / f"journey/{year}.json").read_bytes(), "p").document)


@pytest.fixture
def years(officer):
    begun(2025)
    begun(2026)
    return officer


def actions(officer, pk):
    return re.findall(rf'href="/assessments/{pk}/tracker/([^"]+)"', officer.get(f"/assessments/{pk}/tracker").content.decode())


def form(answer):
    page = answer.content.decode()
    return {"was": html.unescape(re.search(r'name="was" value="([^"]*)"', page)[1])}


WORK = {"owner": "Medical director", "due": "30 September 2025", "status": "In progress", "progress": "40 %", "notes": "Begun.\r\nGoes on."}


def work_on(officer, pk, name, **changes):
    place = f"/assessments/{pk}/tracker/{name}"
    return officer.post(place, form(officer.get(place)) | WORK | changes)


def lines(raw):
    found = tracker.read(raw, "t.xlsx")
    return {one.id: {title: one.cells.get(title) for title in PEOPLE} for one in (*found.open, *found.closed)}


def test_work_is_carried_over_as_on_the_command_line(years, run, tmp_path):
    """The same work typed here and in Excel gives the same tracker next year, closed actions included."""
    from engagecheck.web.follow_up import tracker_of
    from engagecheck.web.models import Assessment

    opened = actions(years, 1)
    worked = opened[::5]
    for name in worked:
        assert work_on(years, 1, name).status_code == 302
    years.post("/assessments/1/tracker", {"meeting": "1 June 2025"})
    for pk, year in ((1, 2025), (2, 2026)):
        (tmp_path / f"{year}.json").write_bytes(years.get(f"/assessments/{pk}/profile.json").content)
    run("audit", "2025.json", "--no-plugins", "--fail-on", "never", "-f", "xlsx=t.xlsx", "--meeting", "2025-06-01")
    book = load_workbook(tmp_path / "t.xlsx")
    sheet = book["Actions"]
    columns = {cell.value: cell.column for cell in sheet[5]}
    for row in (row for row in range(6, sheet.max_row + 1) if sheet.cell(row, columns[tracker.ID]).value in worked):
        for title, value in (("Owner", "Medical director"), ("Due", date(2025, 9, 30)), ("Status", "In progress"), ("Progress", 0.4), ("Notes", "Begun.\nGoes on.")):
            sheet.cell(row, columns[title]).value = value
    book.save(tmp_path / "t.xlsx")
    assert run("audit", "2026.json", "--no-plugins", "--fail-on", "never", "-f", "xlsx=n.xlsx", "--carry", "t.xlsx").returncode == 0
    expected = lines((tmp_path / "n.xlsx").read_bytes())
    assert lines(years.get("/assessments/2/tracker.xlsx").content) == expected
    held = tracker_of(Assessment.objects.get(pk=2))
    assert len(held.closed) == len(set(opened) - {one.id for one in held.open}) > 0
    page = text(years.get("/assessments/2/tracker"))
    assert f"Closed actions: {len(held.closed)}" in page
    assert "Medical director" in page
    assert "no longer asked for on 31 March 2026" in page


def test_a_day_of_the_meeting_moves_what_nobody_typed(years):
    name, typed, *_ = actions(years, 2)
    work_on(years, 2, typed)
    assert "months after the meeting" in text(years.get(f"/assessments/2/tracker/{name}"))
    years.post("/assessments/2/tracker", {"meeting": "30 June 2026"})
    page = text(years.get("/assessments/2/tracker"))
    assert "months after the meeting" not in page
    assert page.count("30 September 2025") == 1
    assert 'value="30 June 2026"' in page
    for far, words in (("1 June 2025", "is before the profile date"), ("30 June 2062", "is more than 36 months after the profile date")):
        refused = years.post("/assessments/2/tracker", {"meeting": far})
        assert refused.status_code == 422
        assert words in text(refused)
    refused = years.post("/assessments/2/tracker", {"meeting": "soon"})
    assert refused.status_code == 422
    assert '<a href="#meeting">soon: is not a day' in text(refused)
    assert 'value="soon"' in text(refused)


@pytest.mark.parametrize(
    ("field", "value"), [("due", "soon"), ("progress", "101"), ("progress", "half"), ("progress", "-1"), ("status", "Nearly"), ("owner", "x" * 201), ("notes", "x" * 10_001)]
)  # fmt: skip
def test_what_cannot_be_is_kept_as_typed_and_explained(years, field, value):
    (name, *_) = actions(years, 2)
    refused = work_on(years, 2, name, **{field: value})
    assert refused.status_code == 422
    assert f'<a href="#{field}">' in text(refused)
    assert "<title>Error: " in text(refused)
    assert value in text(refused) or field == "status"
    assert "Begun." not in text(years.get("/assessments/2/tracker"))


def test_two_people_who_differ_see_both(years):
    (name, *_) = actions(years, 2)
    place = f"/assessments/2/tracker/{name}"
    before = form(years.get(place))
    years.post(place, before | WORK | {"owner": "Chief executive", "notes": "<b>Theirs</b>"})
    late = years.post(place, before | WORK)
    assert late.status_code == 409
    assert "Owner: Chief executive" in text(late)
    assert "&lt;b&gt;Theirs" in late.content.decode()
    assert 'value="Medical director"' in text(late)
    assert "Chief executive" in text(years.get(place))
    years.post(place, form(late) | WORK)
    assert 'value="Medical director"' in text(years.get(place))


def test_an_action_that_is_not_asked_for_is_not_found(years):
    assert years.get("/assessments/2/tracker/nothing:1").status_code == 404
    assert years.post("/assessments/2/tracker/nothing:1", WORK).status_code == 404


def test_reminders_are_a_page_and_a_calendar_and_leave_out_what_is_done(years):
    first, second, third, *_ = actions(years, 2)
    work_on(years, 2, first, due="1 January 2020", notes="")
    work_on(years, 2, second, due="1 January 2150", owner="Komma, mit; Umlaut ä")
    work_on(years, 2, third, due="2 January 2150", status="Done")
    page = text(years.get("/assessments/2/reminders"))
    overdue, later = page.partition("<h2>Overdue: ")[2].partition("<h2>Later: 1<")[::2]
    assert "1 January 2020" in overdue
    assert "1 January 2150" in later
    assert "2 January 2150" not in page
    answer = years.get("/assessments/2/reminders.ics")
    assert answer.headers["Content-Disposition"].endswith('.ics"')
    events = {str(one["UID"]): one for one in Calendar.from_ical(answer.content).walk("VEVENT")}
    mine = events[f"{second}@assessment-2.engagecheck"]
    assert mine.decoded("DTSTART") == date(2150, 1, 1)
    assert "Komma, mit; Umlaut ä" in str(mine["DESCRIPTION"])
    assert f"{third}@assessment-2.engagecheck" not in events
    assert answer.content == years.get("/assessments/2/reminders.ics").content


def test_what_expires_is_a_reminder(officer, sound):
    from engagecheck.web.models import Assessment

    sound["accepted_gaps"] = [{"criterion": "senior-selection/beyond-clinical-expertise", "reason": "Later.", "approver": "people committee", "approved_on": "2026-02-11", "expires_on": "2026-05-31"}]
    Assessment.begin(sound)
    assert "31 May 2026: " in text(officer.get("/assessments/1/reminders"))
    assert "accepted gap for senior-selection/beyond-clinical-expertise" in text(officer.get("/assessments/1/reminders"))


def test_the_workbook_can_be_carried_on(years, run, tmp_path):
    (name, *_) = actions(years, 2)
    work_on(years, 2, name)
    (tmp_path / "t.xlsx").write_bytes(years.get("/assessments/2/tracker.xlsx").content)
    (tmp_path / "p.json").write_bytes(years.get("/assessments/2/profile.json").content)
    assert run("audit", "p.json", "--no-plugins", "--fail-on", "never", "-f", "xlsx=n.xlsx", "--carry", "t.xlsx").returncode == 0
    assert lines((tmp_path / "n.xlsx").read_bytes())[name]["Owner"] == "Medical director"
    assert io.BytesIO(years.get("/assessments/2/tracker.xlsx").content).read(2) == b"PK"


def test_what_a_team_is_asked_for_is_a_reminder_and_work_is_on_record(team):
    from engagecheck.web.models import Deadline, Wanted

    Deadline.objects.create(assessment=team.assessment, section="appraisal", due="2150-01-01")
    asked = {"assessment": team.assessment, "section": "appraisal", "asked": team.users["contributor"], "by": "lead"}
    Wanted.objects.create(text="The minutes", due="2150-01-02", **asked)
    Wanted.objects.create(text="Came already", due="2150-01-02", done_by="contributor", **asked)
    page = text(team.lead.get("/assessments/1/reminders"))
    assert re.search(r"1 January 2150: <a [^>]+>Fill in: Appraisal", page)
    assert re.search(r"2 January 2150: <a [^>]+>Evidence: The minutes</a> <span class=\"soft\">contributor", page)
    assert "Came already" not in page
    (name, *_) = actions(team.lead, 1)
    work_on(team.lead, 1, name)
    trail = text(team.lead.get("/assessments/1/trail"))
    action = re.search(r"<h1>([^<]+)</h1>", text(team.lead.get(f"/assessments/1/tracker/{name}")))[1]
    assert f"Action: {action}" in trail
    assert "owner: Medical director; due: 30 September 2025" in trail
    team.lead.post("/assessments/1/remove-text", {"text": "Medical director", "reason": "names a patient", "sure": "yes"})
    assert "owner: Medical director" not in text(team.lead.get("/assessments/1/trail"))
    assert "Action: " not in text(team.contributor.get("/assessments/1/trail"))
    team.stand_at("approved")
    assert "Fill in: Appraisal" not in text(team.lead.get("/assessments/1/reminders"))
    assert work_on(team.lead, 1, name, notes="Goes on after the approval.").status_code == 302


def test_due_dates_count_from_the_meeting_of_the_board_s_decision(years):
    from engagecheck.web.follow_up import meeting_of
    from engagecheck.web.models import Approval, Assessment

    assessment = Assessment.objects.get(pk=2)
    kept = {"version": 1, "document": {}, "files": [], "report": "{}", "report_digest": "", "history_number": 1, "role": "chair", "by": "lead"}
    Approval.objects.create(assessment=assessment, meeting=date(2026, 6, 30), **kept)
    assert "30 September 2026" in text(years.get("/assessments/2/tracker"))
    years.post("/assessments/2/tracker", {"meeting": "1 July 2026"})
    assert meeting_of(assessment) == date(2026, 7, 1)


@pytest.mark.exhaustive
def test_work_outlives_the_assessment_in_which_it_was_written(years):
    """A tracker is the same before and after the one that it carries on is deleted, and then the one before that."""
    from engagecheck.web.models import EarlierTracker

    for name in actions(years, 1)[::5]:
        work_on(years, 1, name)
    years.post("/assessments/1/tracker", {"meeting": "1 June 2025"})
    begun(2024)
    work_on(years, 3, actions(years, 3)[0], notes="From the first year.")
    before = lines(years.get("/assessments/2/tracker.xlsx").content)
    assert "Medical director" in {one["Owner"] for one in before.values()}
    for pk in (1, 3):
        asked = text(years.get(f"/assessments/{pk}/delete"))
        assert "What was written about its actions stays in the tracker of 31 March 20" in asked
        years.post(f"/assessments/{pk}/delete")
        assert lines(years.get("/assessments/2/tracker.xlsx").content) == before
    assert EarlierTracker.objects.count() == 2
    assert "stays in the tracker" not in text(years.get("/assessments/2/delete"))
    years.post("/assessments/2/delete")
    assert EarlierTracker.objects.count() == 0


@pytest.mark.exhaustive
def test_a_name_is_removed_from_the_work_of_an_assessment_that_was_deleted(years):
    from engagecheck.web.models import EarlierTracker

    for name in actions(years, 1)[::5]:
        work_on(years, 1, name, notes="Asked by John Smith.")
    years.post("/assessments/1/delete")
    assert "Asked by John Smith." in text(years.get("/assessments/2/tracker"))
    sent = {"text": "john smith", "reason": "names a patient"}
    assert "Actions of 31 March 2025, which was deleted" in text(years.post("/assessments/2/remove-text", sent))
    assert years.post("/assessments/2/remove-text", sent | {"sure": "yes"}).status_code == 302
    assert "John Smith" not in str(EarlierTracker.objects.get().tracker)
    page = text(years.get("/assessments/2/tracker"))
    assert "John Smith" not in page
    assert "[removed]" in page
    assert "Medical director" in page


def test_an_assessment_in_which_nobody_worked_leaves_nothing_behind(years):
    from engagecheck.web.models import EarlierTracker

    assert "Closed actions: " in text(years.get("/assessments/2/tracker"))
    years.post("/assessments/1/delete")
    assert EarlierTracker.objects.count() == 0
    assert "Closed actions: " not in text(years.get("/assessments/2/tracker"))

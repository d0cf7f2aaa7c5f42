"""A tracker worked in with Excel comes back: what changed in it is shown, both texts where both sides changed, and taken over."""

import html
import io
import re
import subprocess
import zipfile
from datetime import date, datetime, time, timedelta

import pytest
from openpyxl import load_workbook

from conftest import EXAMPLES
from engagecheck.intake.explain import open_document
from engagecheck.papers.tracker import read
from machine import libreoffice

PLACE = "/assessments/1/worked-tracker"


def text(answer):
    return " ".join(html.unescape(answer.content.decode()).split())


@pytest.fixture
def lead(officer):
    from engagecheck.web.models import Assessment

    Assessment.begin(open_document((EXAMPLES / "journey/2026.json").read_bytes(), "p").document)
    return officer


def taken_away(client):
    return load_workbook(io.BytesIO(client.get("/assessments/1/tracker.xlsx").content))


def columns(book):
    return {str(cell.value): cell.column for cell in book["Actions"][5]}


def write(book, row, **cells):
    for title, value in cells.items():
        book["Actions"].cell(5 + row, columns(book)[title]).value = value


def named(book, row):
    return book["Actions"].cell(5 + row, columns(book)["Id"]).value


def brought(client, book, name="worked.xlsx"):
    file = io.BytesIO()
    book.save(file)
    file.seek(0)
    file.name = name
    return client.post(PLACE, {"worked": file})


def looked_at(client, book):
    place = brought(client, book).headers["Location"]
    return place, client.get(place)


def given(page, side):
    state = re.search(r'name="state" value="(\w+)"', page.content.decode())[1]
    return {"state": state} | dict.fromkeys(re.findall(r'id="choice-\d+" name="([^"]+)"', html.unescape(page.content.decode())), side)


def work_here(client, name, **texts):
    place = f"/assessments/1/tracker/{name}"
    page = client.get(place).content.decode()
    was = html.unescape(re.search(r'name="was" value="([^"]*)"', page)[1])
    held = {"owner": "", "due": "", "status": "Not started", "progress": "0", "notes": ""}
    assert client.post(place, held | texts | {"was": was}).status_code == 302


def standing():
    from engagecheck.web.follow_up import rows_of, tracker_of
    from engagecheck.web.models import Assessment

    return {row.id: row for row in rows_of(tracker_of(Assessment.objects.get(pk=1)))[0]}


@pytest.mark.exhaustive
def test_what_was_worked_in_excel_is_taken_over(lead):
    book = taken_away(lead)
    write(book, 1, Owner="Chief nurse", Due=date(2026, 9, 30), Status="In progress", Progress=0.4, Notes="Begun.\nGoes on.")
    write(book, 2, Progress="45 %", Due="1 October 2026")
    book["Actions"]["B4"] = date(2026, 6, 30)
    first, second = named(book, 1), named(book, 2)
    before = standing()
    place, page = looked_at(lead, book)
    assert "<td>nothing</td><td>Begun.<br>Goes on.</td>" in page.content.decode()
    assert f"<td>{before[first].owner}</td><td>Chief nurse</td>" in text(page)
    assert "<td>no day</td><td>30 June 2026</td>" in text(page)
    assert "Where the two differ" not in text(page)
    assert standing() == before
    assert "Taken over: 8 changes from worked.xlsx." in text(lead.post(place, given(page, "there"), follow=True))
    after = standing()
    assert (after[first].owner, after[first].due, after[first].status, after[first].progress, after[first].notes) == ("Chief nurse", date(2026, 9, 30), "In progress", 40, "Begun.\nGoes on.")
    assert (after[second].due, after[second].progress, after[second].owner) == (date(2026, 10, 1), 45, before[second].owner)
    third = next(one for name, one in after.items() if name not in (first, second) and "months" in before[name].due_text)
    assert third.due_text.endswith("2026")
    assert "owner: Chief nurse; due: 30 September 2026" in text(lead.get("/assessments/1/trail"))
    place, page = looked_at(lead, book)
    assert "It says nothing that is not here already." in text(page)
    assert "Take over</button>" not in text(page)
    assert lead.post(f"/assessments/1/uploads/{place.rpartition('/')[2]}/leave-out", {"back": "tracker"}).headers["Location"] == "/assessments/1/tracker"


def test_a_tracker_in_which_nobody_worked_changes_nothing_that_changed_here(lead):
    book = taken_away(lead)
    work_here(lead, named(book, 1), owner="Chief nurse", due="30 September 2026", progress="10", status="In progress", notes="Here.")
    lead.post("/assessments/1/tracker", {"meeting": "1 July 2026"})
    _, page = looked_at(lead, book)
    assert "It says nothing that is not here already." in text(page)


@pytest.mark.parametrize(("side", "owner", "notes"), [("here", "Chief nurse", "Here."), ("there", "Chair", "There.")])
@pytest.mark.exhaustive
def test_where_both_sides_changed_a_person_chooses(lead, side, owner, notes):
    book = taken_away(lead)
    name = named(book, 1)
    write(book, 1, Owner="Chair", Notes="There.", Status="On hold")
    work_here(lead, name, owner="Chief nurse", notes="Here.")
    place, page = looked_at(lead, book)
    assert "> Chief nurse (here)" in text(page)
    assert "> Chair (the file)" in text(page)
    undecided = lead.post(place, given(page, ""))
    assert undecided.status_code == 422
    assert '<a href="#choice-1">' in text(undecided)
    assert standing()[name].status == "Not started"
    assert lead.post(place, given(page, side)).status_code == 302
    row = standing()[name]
    assert (row.owner, row.notes, row.status) == (owner, notes, "On hold")


def test_two_days_of_the_meeting_are_asked_about(lead):
    book = taken_away(lead)
    book["Actions"]["B4"] = date(2026, 6, 30)
    lead.post("/assessments/1/tracker", {"meeting": "1 July 2026"})
    place, page = looked_at(lead, book)
    assert "> 1 July 2026 (here)" in text(page)
    lead.post(place, given(page, "there"))
    assert 'value="30 June 2026"' in text(lead.get("/assessments/1/tracker"))


def test_what_was_looked_at_is_what_is_taken_over(lead):
    book = taken_away(lead)
    write(book, 1, Owner="Chair")
    place, page = looked_at(lead, book)
    work_here(lead, named(book, 1), owner="Chief nurse")
    late = lead.post(place, given(page, "there"))
    assert late.status_code == 409
    assert "Somebody changed this assessment meanwhile" in text(late)
    assert "> Chief nurse (here)" in text(late)
    assert standing()[named(book, 1)].owner == "Chief nurse"


def test_rows_and_columns_that_are_not_ours_are_named_and_left_out(lead):
    book = taken_away(lead)
    sheet, at = book["Actions"], columns(book)
    last = sheet.max_row
    write(book, 1, Owner="Chair", Due="soon", Status="Nearly")
    for column in at.values():
        sheet.cell(last + 3, column).value = sheet.cell(6, column).value
    sheet.cell(last + 1, at["Action"]).value = "Our own"
    sheet.cell(last + 2, at["Action"]).value = "<b>Of others</b>"
    sheet.cell(last + 2, at["Id"]).value = "a/b:1"
    sheet.cell(5, len(at) + 1).value = "Budget"
    sheet.cell(6, len(at) + 1).value = "£100"
    place, page = looked_at(lead, book)
    for said in ("“Our own” is a row that somebody added", "is no action of this assessment (a/b:1); its row is not read", "stands there twice; only its first row is read", "The column “Budget” is not read", "– Due: soon: is not a day", "– Status: choose one of: Not started"):
        assert said in text(page), said
    assert "<b>Of others" not in page.content.decode()
    lead.post(place, given(page, "there"))
    row = standing()[named(book, 1)]
    assert (row.owner, row.status) == ("Chair", "Not started")


@pytest.mark.parametrize("title", ["Owner", "Due", "Status", "Progress", "Notes", "Id"])
def test_a_heading_that_somebody_changed_is_named(lead, title):
    book = taken_away(lead)
    book["Actions"].cell(5, columns(book)[title]).value = "Other"
    refused = brought(lead, book)
    assert refused.status_code == 422
    assert '<a href="#worked">worked.xlsx: ' in text(refused)
    said = "is no action tracker: no sheet has the columns Id and Action" if title == "Id" else f"the sheet Actions has no column “{title}”; give the headings their old names"
    assert said in text(refused)


def test_a_tracker_of_others_is_refused(lead):
    book = taken_away(lead)
    title = book["Actions"]["A1"]
    own = title.value
    for changed, said in ((own.replace("Harbour", "Dale"), "this is the tracker of "), (own.replace("2026", "2031"), "later than the report, 31 March 2026; take an older one")):
        title.value = changed
        refused = brought(lead, book)
        assert refused.status_code == 422
        assert said in text(refused)


@pytest.mark.parametrize(("content", "said"), [(None, "Choose a file first"), (b"", "w.xlsx"), (b"a;b", "w.xlsx"), (b"PK\x03\x04", "w.xlsx")])
def test_what_is_no_workbook_is_refused(lead, content, said):
    from engagecheck.web.models import Upload

    file = io.BytesIO(content or b"")
    file.name = "w.xlsx"
    refused = lead.post(PLACE, {} if content is None else {"worked": file})
    assert refused.status_code == 422
    assert said in text(refused)
    assert Upload.objects.count() == 0


@pytest.mark.exhaustive
def test_an_approved_assessment_is_followed_up_in_excel_too(team):
    team.stand_at("approved")
    book = taken_away(team.lead)
    write(book, 1, Owner="Chair")
    place, page = looked_at(team.lead, book)
    assert team.lead.post(place, given(page, "there")).status_code == 302
    assert standing()[named(book, 1)].owner == "Chair"
    place, _ = looked_at(team.lead, book)
    assert team.reviewer.get(place).status_code == 403
    assert team.lead.post(f"/assessments/1/uploads/{place.rpartition('/')[2]}/leave-out").status_code == 302


@pytest.mark.exhaustive
def test_libreoffice_changes_nothing_that_nobody_changed(lead, tmp_path):
    work_here(lead, named(taken_away(lead), 1), owner="Chief nurse", due="30 September 2026", progress="35", notes="One.\nTwo.")
    lead.post("/assessments/1/tracker", {"meeting": "30 June 2026"})
    (tmp_path / "t.xlsx").write_bytes(lead.get("/assessments/1/tracker.xlsx").content)
    command = [libreoffice("calc"), f"-env:UserInstallation=file://{tmp_path}/office", "--headless", "--convert-to", "xlsx", "--outdir", str(tmp_path / "out"), str(tmp_path / "t.xlsx")]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    book = load_workbook(tmp_path / "out" / "t.xlsx")
    _, page = looked_at(lead, book)
    assert "It says nothing that is not here already." in text(page), text(page)
    assert "Not taken over" not in text(page)
    write(book, 2, Status="Done")
    _, page = looked_at(lead, book)
    assert "<td>Not started</td><td>Done</td>" in text(page)


@pytest.mark.exhaustive
@pytest.mark.parametrize("year", [2025, 2026])
def test_whatever_stands_in_a_cell_is_a_sentence_or_a_text(lead, run, tmp_path, year):
    book = earlier(run, tmp_path) if year == 2025 else taken_away(lead)
    write(book, 1, Notes=time(10, 30), Owner=5, Status=True, Progress=0.123456, Due=timedelta(days=2))
    write(book, 2, Notes=datetime(2026, 9, 30, 10, 30), Owner="=1/0", Progress=-3, Due=-5, Status="#REF!")
    made = io.BytesIO()
    book.save(made)
    with zipfile.ZipFile(made) as before, zipfile.ZipFile(tmp_path / "odd.xlsx", "w") as after:
        for one in before.namelist():
            after.writestr(one, before.read(one).replace(b"0.123456", b"1E999"))
    assert "inf" in str(read((tmp_path / "odd.xlsx").read_bytes(), "odd.xlsx").open[0].cells["Progress"])
    with (tmp_path / "odd.xlsx").open("rb") as file:
        place = lead.post(PLACE, {"worked": file}).headers["Location"]
    page = lead.get(place)
    assert page.status_code == 200
    assert lead.post(place, given(page, "there")).status_code == 302
    assert lead.get("/assessments/1/tracker").status_code == lead.get("/assessments/1/tracker.xlsx").status_code == 200
    assert "10:30" in text(lead.get("/assessments/1/tracker"))


def earlier(run, tmp_path, year="2025"):
    """The tracker that the command line wrote for an earlier year, with work in it."""
    run("audit", str(EXAMPLES / f"journey/{year}.json"), "--no-plugins", "-f", f"xlsx={tmp_path / 't.xlsx'}", "--meeting", f"{year}-06-01")
    book = load_workbook(tmp_path / "t.xlsx")
    for row in range(1, book["Actions"].max_row - 4):
        write(book, row, Owner="Chief nurse", Notes=f"Of {year}.", Progress=0.3)
    book.save(tmp_path / "t.xlsx")
    return book


@pytest.mark.exhaustive
def test_a_tracker_of_an_earlier_year_is_carried_on_as_on_the_command_line(lead, run, tmp_path):
    book = earlier(run, tmp_path)
    (tmp_path / "p.json").write_bytes(lead.get("/assessments/1/profile.json").content)
    run("audit", "p.json", "--no-plugins", "-f", "xlsx=n.xlsx", "--carry", "t.xlsx")
    book["Actions"].cell(book["Actions"].max_row + 1, columns(book)["Action"]).value = "Our own"
    place, page = looked_at(lead, book)
    assert "This is the tracker of 31 March 2025." in text(page)
    assert "“Our own” is a row that somebody added" in text(page)
    assert "Taken over: the work of 31 March 2025 from worked.xlsx." in text(lead.post(place, given(page, "there"), follow=True))
    made, expected = (read(raw, "t.xlsx") for raw in (lead.get("/assessments/1/tracker.xlsx").content, (tmp_path / "n.xlsx").read_bytes()))
    assert len(expected.closed) > 0
    for ours, theirs in ((made.open, expected.open), (made.closed, expected.closed)):
        assert {line.id: line.cells for line in ours} == {line.id: line.cells for line in theirs}
    assert "Of 2025." in text(lead.get("/assessments/1/tracker"))
    place, page = looked_at(lead, book)
    assert lead.post(place, given(page, "there")).status_code == 302
    assert "Of 2025." in text(lead.get("/assessments/1/tracker"))


@pytest.mark.exhaustive
def test_a_tracker_of_a_year_that_is_here_goes_to_that_year(lead, run, tmp_path):
    from engagecheck.web.models import Assessment

    Assessment.begin(open_document((EXAMPLES / "journey/2025.json").read_bytes(), "p").document)
    refused = brought(lead, earlier(run, tmp_path))
    assert refused.status_code == 422
    assert "this is the tracker of 31 March 2025, of which there is an assessment here; bring it in at the actions of 31 March 2025" in text(refused)

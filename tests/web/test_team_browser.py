"""A team in browsers, with the workplace as a process: from the administrator's first link to the report that the board reads."""

import io
import subprocess
import sys
import urllib.parse

import pytest
from openpyxl import load_workbook

from browsing import axe
from conftest import EXAMPLES
from walk import served

GOOD = "three blue herons"


@pytest.fixture
def program(tmp_path):
    command = [sys.executable, "-m", "engagecheck", "workplace", "user", "admin", "--administrator", "--folder", str(tmp_path / "data")]
    subprocess.run(command, input=f"{GOOD}\n", text=True, check=True, capture_output=True)
    with served(tmp_path / "data") as process:
        yield process


class Worker:
    """Somebody of a team, in a browser of their own."""

    def __init__(self, browser, program, name, link=None, **looks):
        self.base, self.page = program.base, browser.new_context(reduced_motion="reduce", **looks).new_page()
        self.said = []
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        if link:
            self.page.goto(link)
            for label in ("New password", "New password confirmation"):
                self.page.get_by_label(label, exact=True).fill(GOOD)
            self.press("Set the password")
        self.page.goto(f"{self.base}/sign-in")
        self.page.get_by_label("Name").fill(name)
        self.page.get_by_label("Password").fill(GOOD)
        self.press("Sign in")
        assert self.page.url == f"{self.base}/"

    def press(self, name):
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=name).first.click()

    def go(self, place):
        self.page.goto(f"{self.base}{place}")
        return self.page

    def fill(self, **texts):
        for id_, text in texts.items():
            self.page.locator(f"#{id_.replace('_', '-')}").fill(text)

    def sees(self, *texts):
        words = self.page.locator("body").inner_text()
        return all(text in words for text in texts)


def added(admin, name, *rights):
    """A person whom the administrator adds, by the link that is handed over."""
    admin.go("/people")
    admin.page.get_by_label("Name").fill(name)
    for right in rights:
        admin.page.get_by_label(right).check()
    admin.press("Add the person")
    return admin.page.locator("code.link").inner_text()


def given(lead, name, role, *sections):
    lead.go("/assessments/1/members")
    lead.fill(name=name)
    lead.page.locator("#role").select_option(role)
    for section in sections:
        lead.page.get_by_label(section, exact=True).check()
    lead.press("Give the role")
    assert lead.sees("Saved.", name)


@pytest.mark.exhaustive
def test_a_team_goes_from_nothing_to_the_report_that_the_board_reads(browser, program):
    admin = Worker(browser, program, "admin")
    links = {name: added(admin, name) for name in ("ro", "education", "reviewer", "board")}
    links["lead"] = added(admin, "lead", "Begin assessments, and lead those")
    people = {name: Worker(browser, program, name, link) for name, link in links.items()}
    lead, ro, education, reviewer, board = (people[name] for name in ("lead", "ro", "education", "reviewer", "board"))
    lead.page.set_input_files("#file", EXAMPLES / "harbour-vale.json")
    lead.press("Read the file")
    assert lead.page.url.endswith("/assessments/1/")
    given(lead, "ro", "contributor", "Appraisal and revalidation")
    given(lead, "education", "contributor", "Talent and leadership development")
    given(lead, "reviewer", "reviewer")
    given(lead, "board", "board reader")
    lead.go("/assessments/1/wanted")
    lead.fill(text="The list of appraisers", due="1 May 2026")
    lead.page.locator("#asked").select_option("ro")
    lead.press("Ask")

    # Two contributors type at the same time, each in a section of their own.
    ro.go("/")
    assert ro.sees("You are asked for", "The list of appraisers")
    ro.go("/assessments/1/questions/appraisal")
    education.go("/assessments/1/questions/talent")
    fields = [ro.page.locator("#appraisal--connected"), education.page.locator("#talent--chief_registrar_time")]
    kept = []
    for one in (ro, education):
        assert "Score" not in one.page.locator("#standing").inner_text()
        assert one.page.goto(f"{one.base}/assessments/1/questions/leadership").status == 403
        one.page.go_back()
    for field in fields:
        kept.append(str(int(field.input_value()) + 1))
        field.fill(kept[-1])
    for one, field in zip((ro, education), fields, strict=True):
        with one.page.expect_response(lambda answer: answer.request.method == "POST" and answer.ok):
            field.press("Tab")
    for one, field, text in zip((ro, education), fields, kept, strict=True):
        one.page.reload()
        assert field.input_value() == text

    # Evidence.
    ro.go("/assessments/1/questions/evidence")
    ro.page.locator(".entries a").first.click()
    ro.page.set_input_files("#file", {"name": "List.txt", "mimeType": "text/plain", "buffer": b"a list"})
    ro.press("Keep the file")
    assert ro.sees("Kept: list.txt.", "added")
    ro.go("/assessments/1/wanted")
    ro.press("It is there")

    # Submitted, remarked on, answered, reviewed, approved.
    lead.go("/assessments/1/steps")
    lead.fill(submit_role="Medical director's office", submit_on="1 May 2026")
    lead.press("Submit")
    assert lead.sees("Submitted (now)")
    ro.go("/assessments/1/questions/appraisal")
    assert ro.sees("You cannot change them, because the assessment is submitted")
    assert ro.page.get_by_role("button", name="Save").count() == 0
    reviewer.go("/assessments/1/questions/appraisal")
    reviewer.page.get_by_role("link", name="Make a remark on:").first.click()
    reviewer.fill(text="Which list is this?")
    reviewer.press("Keep the remark")
    ro.go("/assessments/1/remarks")
    ro.page.locator("textarea").first.fill("That of the regulator.")
    ro.press("Keep the answer")
    reviewer.go("/assessments/1/remarks")
    assert reviewer.sees("That of the regulator.")
    reviewer.press("Close the remark")
    reviewer.go("/assessments/1/steps")
    for box in reviewer.page.locator("input[name=section]").all():
        box.check()
    reviewer.press("Note these sections")
    reviewer.fill(finish_review_role="Head of internal audit", finish_review_on="2 May 2026")
    reviewer.press("Finish the review")
    reviewer.fill(approve_role="Audit committee", approve_on="3 May 2026")
    reviewer.press("Approve")
    assert reviewer.sees("Approved (now)", "Number 1 of the history")

    # The board.
    assert board.page.goto(f"{board.base}/assessments/1/board").status == 404
    lead.go("/assessments/1/steps")
    lead.press("Publish to the board")
    board.go("/")
    board.page.get_by_role("link", name="Harbour Vale").click()
    assert board.sees("Approved by Audit committee", "Number 1 of the history")
    board.page.get_by_role("link", name="Read the report").click()
    assert board.sees("Approved by Audit committee, 3 May 2026", "Checked by Head of internal audit, 2 May 2026")
    assert board.page.goto(f"{board.base}/assessments/1/").status == 403
    followed_up(lead, ro, program)
    assert [one for person in (*people.values(), admin) for one in person.said] == []

    lead.go("/assessments/1/steps")
    lead.press("Open again")
    removes(lead)


def followed_up(lead, ro, program):
    """A contributor works on an action, the lead gives another one and brings a worked tracker back, and next year is compared."""
    ro.go("/assessments/1/tracker")
    own = ro.page.locator(".cards a").count()
    lead.go("/assessments/1/tracker")
    lead.page.locator(".cards a").first.click()
    can_be_used(lead)
    lead.page.locator("#given").select_option("ro")
    lead.press("Save who")
    ro.go("/")
    assert ro.sees("Actions were given to you")
    ro.go("/assessments/1/tracker")
    assert ro.page.locator(".cards a").count() == own + 1
    can_be_used(ro)
    ro.page.locator(".cards a").first.click()
    ro.fill(notes="Begun by the office.")
    ro.press("Save")
    book, file = load_workbook(io.BytesIO(lead.page.request.get(f"{program.base}/assessments/1/tracker.xlsx").body())), io.BytesIO()
    columns = {cell.value: cell.column for cell in book["Actions"][5]}
    assert book["Actions"].cell(6, columns["Notes"]).value == "Begun by the office."
    book["Actions"].cell(6, columns["Status"]).value = "In progress"
    book.save(file)
    lead.go("/assessments/1/tracker")
    lead.page.set_input_files("#worked", {"name": "tracker.xlsx", "mimeType": "application/octet-stream", "buffer": file.getvalue()})
    lead.press("Look at the tracker")
    lead.press("Take over")
    assert lead.sees("Taken over: 1 change from tracker.xlsx.", "In progress", "Begun by the office.")
    lead.go("/assessments/1/next-year")
    lead.fill(day="31 March 2027")
    lead.press("Begin")
    lead.go("/assessments/2/tracker")
    assert lead.sees("Begun by the office.")
    lead.go("/assessments/2/compared/1")
    assert lead.sees("31 March 2027")


def removes(lead):
    """Remove for good what was said in a remark, with a look at each page on the way."""
    lead.go("/assessments/1/trail")
    with lead.page.expect_navigation():
        lead.page.get_by_role("link", name="Remove a text that must not be kept").click()
    can_be_used(lead)
    lead.press("Show where it stands")
    assert lead.page.title().startswith("Error: ")
    can_be_used(lead)
    lead.fill(text="that of the regulator", reason="it names a patient")
    lead.press("Show where it stands")
    assert lead.sees("This will be removed", "That of the regulator.")
    can_be_used(lead)
    lead.press("Remove for good")
    assert lead.sees("Removed for good.", "it names a patient")
    lead.go("/assessments/1/remarks")
    assert not lead.sees("That of the regulator.")


def can_be_used(worker):
    """No rule of axe is broken on the page as it is, on a small light screen and on a large dark one, and nothing is cut."""
    for width, colours in ((320, "light"), (1280, "dark")):
        worker.page.set_viewport_size({"width": width, "height": 900})
        worker.page.emulate_media(color_scheme=colours)
        assert (worker.page.url, width, colours, axe(worker.page)) == (worker.page.url, width, colours, [])
        assert worker.page.evaluate("document.documentElement.scrollWidth") <= width, worker.page.url


@pytest.mark.exhaustive
def test_without_a_script_a_team_signs_in_and_makes_every_step(browser, program):
    admin = Worker(browser, program, "admin", java_script_enabled=False)
    lead = Worker(browser, program, "lead", added(admin, "lead", "Begin assessments, and lead those"), java_script_enabled=False)
    reviewer = Worker(browser, program, "reviewer", added(admin, "reviewer"), java_script_enabled=False)
    lead.page.set_input_files("#file", EXAMPLES / "harbour-vale.json")
    lead.press("Read the file")
    given(lead, "reviewer", "reviewer")
    lead.go("/assessments/1/steps")
    lead.press("Submit")
    assert lead.page.title().startswith("Error: ")
    lead.fill(submit_role="Office", submit_on="1 May 2026")
    lead.press("Submit")
    reviewer.go("/assessments/1/steps")
    reviewer.press("Send back")
    assert reviewer.sees("Drafting (now)")
    assert urllib.parse.urlsplit(reviewer.page.url).path == "/assessments/1/steps"

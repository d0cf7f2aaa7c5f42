"""The workplace by the keyboard alone, and the yearly round of a team without a script."""

import re
from pathlib import Path

import pytest

from filled import of_a_team, published
from visiting import Reader

pytestmark = pytest.mark.exhaustive
FOCUS = """() => {
  const at = document.activeElement, style = getComputedStyle(at);
  const named = at.labels?.length ? at.labels[0].innerText : at.innerText || at.getAttribute("aria-label") || "";
  return {id: at.id, name: named.trim().split("\\n")[0], tag: at.tagName, is_seen: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2};
}"""


class Typist(Reader):
    """Somebody who has a keyboard only."""

    def at(self):
        return self.page.evaluate(FOCUS)

    def to(self, wanted, tag=None, most=400):
        """Press Tab until the focus is at what has this id or begins with these words. Whatever has the focus on the way is seen to have it."""
        for _ in range(most):
            self.page.keyboard.press("Tab")
            here = self.at()
            if here["tag"] == "BODY":
                continue
            assert here["is_seen"], here
            if (here["id"] == wanted or here["name"].startswith(wanted)) and tag in (None, here["tag"]):
                return
        raise AssertionError(f"the keyboard does not reach {wanted}")

    def write(self, wanted, text):
        self.to(wanted)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)

    def enter(self, wanted, tag="BUTTON"):
        self.to(wanted, tag)
        self.page.wait_for_function("!document.querySelector('.htmx-request, .htmx-settling')")  # a save that leaving a field began
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def give(self, wanted, name, content):
        self.page.on("filechooser", lambda _: None)  # so that the browser hands the choice over before the key is pressed
        self.to(wanted)
        with self.page.expect_file_chooser() as chooser:
            self.page.keyboard.press("Space")
        chooser.value.set_files({"name": name, "mimeType": "application/octet-stream", "buffer": content})

    def sees(self, *texts):
        words = self.page.locator("body").inner_text()
        assert [one for one in texts if one not in words] == []


@pytest.fixture
def typist(browser, program, team, sound):
    there = of_a_team(team, sound)
    made = Typist(browser, program, team.clients, there)
    yield made
    assert made.said == []
    made.context.close()


def test_every_step_is_made_by_the_keyboard_and_an_error_has_the_focus(typist):
    place = "/assessments/{bare}/steps"
    typist.go("lead", place)
    typist.page.keyboard.press("Tab")
    assert typist.at()["name"] == "Skip to the content"
    typist.page.keyboard.press("Enter")
    typist.page.keyboard.press("Tab")
    assert typist.page.evaluate("document.querySelector('main').contains(document.activeElement)")
    typist.enter("Submit")
    assert typist.page.title().startswith("Error: ")
    assert typist.page.evaluate("document.activeElement.className") == "summary"
    typist.to("Enter the role", "A")
    typist.page.keyboard.press("Enter")
    assert typist.at()["id"] == "submit-role"
    typist.page.keyboard.type("Medical director's office")
    typist.enter("Submit")
    typist.sees("Submitted.")
    typist.go("reviewer", "/assessments/{bare}/questions/appraisal")
    typist.enter("Make a remark", "A")
    typist.write("text", "Which list is this?")
    typist.enter("Keep the remark")
    typist.go("lead", "/assessments/{bare}/remarks")
    typist.write("Answer", "That of the regulator.")
    typist.enter("Keep the answer")
    typist.go("reviewer", "/assessments/{bare}/remarks")
    typist.enter("Close the remark")
    typist.go("reviewer", place)
    boxes = typist.page.locator("input[name=section]").count()
    typist.to("The organisation", "INPUT")
    for number in range(boxes):
        typist.page.keyboard.press("Space")
        if number + 1 < boxes:
            typist.page.keyboard.press("Tab")
    typist.enter("Note these sections")
    typist.write("finish-review-role", "Head of internal audit")
    typist.enter("Finish the review")
    typist.write("approve-role", "Audit committee")
    typist.enter("Approve")
    typist.go("lead", place)
    typist.enter("Publish to the board")
    typist.write("decide-role", "Board")
    typist.write("decide-minute", "7.2")
    typist.enter("Record the decision")
    typist.sees("The decision is recorded.", "minute 7.2")
    typist.enter("Open again")
    typist.sees("Opened again.", "Drafting (now)")


def test_files_choices_actions_and_the_questionnaire_need_no_mouse(typist):
    typist.go("lead", "/assessments/{drafting}/bring-in")
    typist.give("published", "return.csv", published("annual-return"))
    typist.enter("Look at the file")
    typist.write("organisation", "R0X")
    typist.enter("Read the file again")
    for number in range(typist.page.locator("fieldset").count()):
        typist.to(f"choice-{number + 1}")
        typist.page.keyboard.press("ArrowDown")
    typist.enter("Take over")
    typist.sees("Taken over: ")

    typist.go("lead", "/assessments/{asked}/part/{part}")
    typist.enter("Take over")
    assert typist.page.evaluate("document.activeElement.className") == "summary"
    typist.to("", "A")
    typist.page.keyboard.press("Enter")
    typist.page.keyboard.press("ArrowDown")
    typist.enter("Take over")
    typist.sees("Taken over: ")

    typist.go("contributor", "/assessments/{drafting}/questions/evidence/{document}")
    typist.enter("Keep the file")
    assert typist.page.evaluate("document.activeElement.className") == "summary"
    typist.give("file", "Another.txt", b"another")
    typist.enter("Keep the file")
    typist.sees("Kept: another.txt.")

    typist.go("lead", "/assessments/{drafting}/tracker/{action}")
    typist.write("owner", "Director of people")
    typist.to("status", "SELECT")
    typist.page.keyboard.type("Done")
    typist.enter("Save")
    typist.sees("Saved: ", "Director of people")

    typist.go("lead", "/assessments/{drafting}/what-if")
    typist.to("question", "SELECT")
    typist.page.keyboard.type("How many trained")
    typist.write("value", "300")
    typist.enter("Compare")
    typist.sees("As it is", "Supposed")

    typist.go("", "/questionnaire")
    typist.write("code", typist.there["code"])
    typist.to("Our senior leaders stay", "SELECT")
    typist.page.keyboard.type("7")
    typist.enter("Send my answers")
    typist.sees("Your answers are counted.")


def saved(reader, who, place, texts):
    reader.go(who, place)
    for field, text in texts.items():
        reader.page.locator(f"[id='{field}']").fill(text)
    reader.press("Save")


def test_a_team_goes_round_the_year_without_a_script(browser, program, team):
    reader = Reader(browser, program, team.clients, {}, java_script_enabled=False)

    def sees(*texts):
        words = reader.page.locator("body").inner_text()
        assert [one for one in texts if one not in words] == []

    reader.go("lead", "/begin")
    reader.page.get_by_label("What is the organisation's full name?").fill("A trust (invented)")
    reader.page.get_by_label("What type of organisation is this profile for?").select_option("NHS trust")
    reader.page.get_by_label("Which country is the organisation in?").select_option("England")
    reader.page.get_by_label("What date is this profile for?").fill("31 March 2026")
    reader.press("Begin")
    there = reader.there["there"] = re.search(r"/assessments/\d+/", reader.page.url)[0]
    for name, role, sections in (
        ("contributor", "contributor", ("Appraisal and revalidation",)), ("outsider", "contributor", ("Talent and leadership development",)),
        ("reviewer", "reviewer", ()), ("board", "board reader", ()),
    ):  # fmt: skip
        reader.go("lead", "{there}members")
        reader.page.locator("#name").fill(name)
        reader.page.locator("#role").select_option(role)
        for section in sections:
            reader.page.get_by_label(section, exact=True).check()
        reader.press("Give the role")
        sees("Saved.", name)

    # Two contributors, and the lead, who differs from one of them: both answers are shown, and one is chosen.
    saved(reader, "outsider", "{there}questions/talent", {"talent--chief_registrar_time": "20"})
    lead = Reader(browser, program, team.clients, reader.there, java_script_enabled=False)
    lead.go("lead", "{there}questions/appraisal")
    saved(reader, "contributor", "{there}questions/appraisal", {"appraisal--connected": "400", "appraisal--appraisers": "40"})
    lead.page.locator("[id='appraisal--connected']").fill("410")
    lead.press("Save")
    assert lead.page.get_by_role("radio").count() == 2
    lead.page.get_by_label("410 (yours)").check()
    lead.press("Save what I chose")
    assert lead.page.locator("[id='appraisal--connected']").input_value() == "410"
    assert lead.page.locator("[id='appraisal--appraisers']").input_value() == "40"
    lead.context.close()

    reader.go("contributor", "{there}questions/evidence")
    reader.page.get_by_role("link", name="Add one").click()
    for field, text in (("id", "E1"), ("title", "Appraisal return")):
        reader.page.locator(f"input[id$='--{field}']").fill(text)
    reader.page.locator("select[id$='--kind']").select_option(index=1)
    reader.press("Save")
    reader.page.get_by_role("link", name="E1, Appraisal return").click()
    reader.page.set_input_files("#file", {"name": "Return.txt", "mimeType": "text/plain", "buffer": b"a return"})
    reader.press("Keep the file")
    sees("Kept: return.txt.")

    reader.go("lead", "{there}steps")
    reader.page.locator("#submit-role").fill("Medical director's office")
    reader.press("Submit")
    reader.go("reviewer", "{there}remark/appraisal/connected")
    reader.page.locator("#text").fill("Which list is this?")
    reader.press("Keep the remark")
    reader.go("contributor", "{there}remarks")
    reader.page.locator("textarea").first.fill("That of the regulator.")
    reader.press("Keep the answer")
    reader.go("reviewer", "{there}remarks")
    sees("That of the regulator.")
    reader.press("Close the remark")
    reader.go("reviewer", "{there}steps")
    for box in reader.page.locator("input[name=section]").all():
        box.check()
    reader.press("Note these sections")
    for step, button, role in (("finish-review", "Finish the review", "Head of internal audit"), ("approve", "Approve", "Audit committee")):
        reader.page.locator(f"#{step}-role").fill(role)
        reader.press(button)
    reader.go("lead", "{there}steps")
    reader.press("Publish to the board")
    reader.go("board", "/")
    reader.page.get_by_role("link", name="A trust (invented)").click()
    sees("Approved by Audit committee")
    reader.page.get_by_role("link", name="Read the report").click()
    sees("Checked by Head of internal audit")
    reader.go("lead", "{there}steps")
    reader.page.locator("#decide-role").fill("Board")
    reader.page.locator("#decide-minute").fill("7.2")
    reader.press("Record the decision")
    sees("minute 7.2")

    reader.go("lead", "{there}results")
    assert "This is not the approved report" not in reader.page.locator("body").inner_text()
    reader.go("lead", "{there}tracker")
    reader.page.locator("#meeting").fill("30 June 2026")
    reader.press("Save the day")
    reader.page.locator(".cards a").first.click()
    reader.page.locator("#status").select_option("In progress")
    reader.page.locator("#notes").fill("A paper is being written.")
    reader.press("Save")
    sees("In progress", "A paper is being written.")
    reader.go("lead", "{there}next-year")
    reader.page.locator("#day").fill("31 March 2027")
    reader.press("Begin")
    assert there not in reader.page.url
    reader.there["next"] = re.search(r"/assessments/\d+/", reader.page.url)[0]
    saved(reader, "contributor", "{next}questions/appraisal", {"appraisal--connected": "420"})
    reader.go("lead", "{next}tracker")
    sees("A paper is being written.")
    reader.go("lead", "{next}results")
    reader.page.get_by_role("link", name="What changed since 31 March 2026").click()
    sees("31 March 2026", "31 March 2027")
    reader.go("lead", "{next}")
    with reader.page.expect_download() as download:
        reader.page.get_by_role("link", name="Everything in one file").click()
    assert Path(download.value.path()).read_bytes().startswith(b"PK")
    reader.context.close()

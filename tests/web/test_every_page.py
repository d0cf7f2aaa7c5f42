"""Every page of the workplace in a browser: everybody can use it, wide and narrow, light and dark, as it is and after a mistake."""

import pytest

from filled import of_a_team, one_person
from visiting import Reader

LOOKS = [(width, colours) for width in (1280, 320) for colours in ("light", "dark")]
PLAIN = LOOKS[:1]
HERE = "/assessments/{drafting}/"

ONE_PERSON = [
    ("sign-in", "", "/sign-in"),
    ("assessments", "officer", "/"),
    ("begin", "officer", "/begin"),
    ("programs", "officer", "/programs"),
    ("overview", "officer", HERE),
    ("steps", "officer", f"{HERE}steps"),
    ("members", "officer", f"{HERE}members"),
    ("survey", "officer", f"{HERE}survey", 422),
    ("questions", "officer", f"{HERE}questions/evidence/{{document}}"),
    ("results", "officer", f"{HERE}results"),
    ("peers", "officer", f"{HERE}peers"),
    ("delete", "officer", f"{HERE}delete"),
    ("compared", "officer", "/assessments/{later}/compared/{earlier}"),
]
"""The pages that are not the same for one person as for a team: route, who opens it, and where."""
TEAM = [
    ("sign-in", "", "/sign-in"),
    ("password", "lead", "/password"),
    ("password-link", "", "/password/{link}"),
    ("password-link", "", "/password/MQ/used/"),
    ("assessments", "lead", "/"),
    ("assessments", "contributor", "/"),
    ("assessments", "board", "/"),
    ("assessments", "outsider", "/"),
    ("people", "administrator", "/people"),
    ("person", "administrator", "/people/{outsider}"),
    ("programs", "lead", "/programs"),
    ("begin", "lead", "/begin"),
    ("overview", "lead", HERE),
    ("overview", "contributor", HERE),
    ("overview", "reviewer", "/assessments/{submitted}/"),
    ("overview", "auditor", "/assessments/{published}/"),
    ("delete", "lead", f"{HERE}delete"),
    ("delete", "lead", "/assessments/{revised}/delete"),
    *(("questions", "lead", f"{HERE}questions/{name}") for name in (
        "organisation", "leadership", "appraisal", "commitment", "perceptions", "evidence", "accepted_gaps", "attestations", "sign_off",
        "leadership/non_executives/{entry}", "leadership/non_executives/e000000000000", "evidence/{document}",
    )),
    ("questions", "reviewer", "/assessments/{submitted}/questions/appraisal"),
    ("questions", "contributor", f"{HERE}questions/appraisal"),
    ("remove", "lead", f"{HERE}remove/leadership/non_executives/{{entry}}"),
    ("remove-file", "contributor", f"{HERE}files/{{file}}/remove"),
    ("bring-in", "lead", f"{HERE}bring-in"),
    ("published", "lead", f"{HERE}published/{{published_file}}", 422),
    ("published", "lead", f"{HERE}published/{{published_file}}?organisation=R0X"),
    ("begin-published", "lead", "/begin/published/{begun_file}?as_of=31 March 2026"),
    ("sources", "lead", "/sources"),
    ("part", "lead", "/assessments/{asked}/part/{part}"),
    ("worked-tracker", "lead", "/assessments/{published}/worked-tracker/{worked}"),
    ("evidence-ages", "lead", f"{HERE}evidence"),
    ("what-if", "lead", f"{HERE}what-if"),
    ("supposed", "lead", f"{HERE}what-if/supposed?question=/appraisal/appraisers&value=12"),
    ("peers", "lead", f"{HERE}peers"),
    ("statements", "lead", f"{HERE}statements"),
    ("tracker", "lead", f"{HERE}tracker"),
    ("tracker", "reviewer", f"{HERE}tracker"),
    ("action", "lead", f"{HERE}tracker/{{action}}"),
    ("action", "reviewer", f"{HERE}tracker/{{action}}"),
    ("reminders", "lead", f"{HERE}reminders"),
    ("survey", "lead", f"{HERE}survey"),
    ("survey", "lead", "/assessments/{asked}/survey"),
    ("close-survey", "lead", "/assessments/{asked}/survey/close"),
    ("answer", "", "/questionnaire"),
    ("organisations", "lead", "/organisations/"),
    ("organisation", "lead", "/organisations/{page}"),
    ("next-year", "lead", f"{HERE}next-year"),
    ("compared", "lead", "/assessments/{approved}/compared/{published}"),
    ("years", "lead", "/assessments/{approved}/years"),
    ("results", "lead", "/assessments/{approved}/results"),
    ("report", "lead", f"{HERE}report"),
    ("members", "lead", f"{HERE}members"),
    ("members", "contributor", f"{HERE}members"),
    *(("steps", "lead", f"/assessments/{{{step}}}/steps") for step in ("drafting", "submitted", "reviewed", "approved", "published", "revised")),
    *(("steps", "reviewer", f"/assessments/{{{step}}}/steps") for step in ("submitted", "reviewed")),
    ("remarks", "lead", f"{HERE}remarks"),
    ("remarks", "contributor", f"{HERE}remarks"),
    ("remark", "reviewer", "/assessments/{submitted}/remark/appraisal/connected"),
    ("trail", "lead", f"{HERE}trail"),
    ("remove-text", "lead", f"{HERE}remove-text"),
    ("wanted", "lead", f"{HERE}wanted"),
    ("wanted", "contributor", f"{HERE}wanted"),
    ("board", "board", "/assessments/{published}/board"),
    ("board", "board", "/assessments/{revised}/board"),
    ("board-report", "board", "/assessments/{published}/board/report"),
]  # fmt: skip
"""Each route that answers with a page, as often as it has kinds of pages."""
FILES = {
    "form-style", "profile-json", "profile-xlsx", "export", "tracker-workbook", "calendar", "file", "paper", "board-paper", "openapi-json",
    "api-root", "source-template", "api-profile", "api-report",
}  # fmt: skip
"""The routes that answer with a file, or a program."""
SUBMITTED = "/assessments/{submitted}/"
AFTER = [
    ("", "/sign-in", {"#username": "lead", "#password": "wrong"}, "Sign in"),
    ("lead", "/password", {}, "Set the password"),
    ("", "/password/{link}", {"#id_new_password1": "short", "#id_new_password2": "other"}, "Set the password"),
    ("lead", "/", {}, "Read the file"),
    ("administrator", "/people", {}, "Add the person"),
    ("administrator", "/people", {"#name": "lead"}, "Add the person"),
    ("administrator", "/people", {"#name": "new@trust.example"}, "Add the person"),
    ("administrator", "/people/{administrator}", {}, "Save"),
    ("lead", "/programs", {}, "Make a token"),
    ("lead", "/programs", {"#name": "Another"}, "Make a token"),
    ("lead", "/begin", {"#as_of": "soon"}, "Begin"),
    ("lead", f"{HERE}questions/appraisal", {"#appraisal--appraisers": "a few"}, "Save"),
    ("lead", f"{HERE}questions/evidence/{{document}}", {}, "Keep the file"),
    ("contributor", f"{HERE}files/{{file}}/remove", {}, "Remove the file"),
    ("lead", f"{HERE}bring-in", {}, "Look at the file"),
    ("lead", f"{HERE}bring-in", {}, "Look at the part"),
    ("lead", f"{HERE}published/{{published_file}}?organisation=nothing", {}, "Read the file again"),
    ("lead", "/assessments/{asked}/part/{part}", {}, "Take over"),
    ("lead", f"{HERE}what-if", {"#value": "nonsense"}, "Compare"),
    ("lead", f"{HERE}peers", {}, "Compare"),
    ("lead", f"{HERE}tracker", {"#meeting": "soon"}, "Save the day"),
    ("lead", f"{HERE}tracker/{{action}}", {"#due": "soon", "#progress": "all"}, "Save"),
    ("lead", f"{HERE}survey", {"#consultants": "many"}, "Open the questionnaire"),
    ("lead", "/assessments/{codes}/survey", {"#on": "March 2026", "#consultants": "10", "#managers": "3"}, "Open the questionnaire"),
    ("lead", "/assessments/{asked}/survey/close", {}, "Close the questionnaire"),
    ("", "/questionnaire", {"#code": "nothing"}, "Send my answers"),
    ("", "/questionnaire", {"#code": "{code}"}, "Send my answers"),
    ("lead", "/assessments/{revised}/delete", {}, "Delete the assessment"),
    ("lead", f"{HERE}next-year", {"#day": "2001"}, "Begin"),
    ("lead", f"{HERE}members", {}, "Give the role"),
    ("lead", f"{HERE}members", {"#due": "soon"}, "Set the day"),
    ("lead", f"{HERE}steps", {}, "Submit"),
    ("lead", "/assessments/{bare}/steps", {"#submit-on": "soon"}, "Submit"),
    ("reviewer", f"{SUBMITTED}steps", {}, "Finish the review"),
    ("reviewer", "/assessments/{reviewed}/steps", {}, "Approve"),
    ("lead", "/assessments/{published}/steps", {}, "Record the decision"),
    ("lead", f"{HERE}remarks", {}, "Keep the answer"),
    ("reviewer", f"{SUBMITTED}remark/appraisal", {}, "Keep the remark"),
    ("lead", f"{HERE}remove-text", {"#text": "nobody", "#reason": "It names a patient."}, "Show where it stands"),
    ("lead", f"{HERE}remove-text", {"#text": "appraisers", "#reason": "It names a patient."}, "Show where it stands"),
    ("lead", f"{HERE}wanted", {}, "Ask for it"),
]
"""What somebody does on a page that brings another one, mostly a mistake: who, where, what is typed, and which button is pressed."""
REFUSED = [("outsider", HERE, 404), ("contributor", f"{HERE}results", 403), ("lead", "/nothing", 404), ("lead", f"{HERE}files/{{removed}}", 422)]


def visit(reader, visits, looks):
    for name, who, place, *status in visits:
        answer = reader.go(who, place)
        assert answer.headers["content-type"].startswith("text/html"), name
        assert [answer.status] == (status or [200]), (name, place)
        reader.check(looks, f"{name} {who} {place}", name)
        assert reader.page.locator("a[href^='/']").count(), f"{name} leads nowhere"


def test_every_page_is_listed_here():
    from engagecheck.web.team.table import TABLE

    assert {name for name, row in TABLE.items() if row.look} == {name for name, *_ in TEAM} | FILES


def mistakes(reader, looks):
    for who, place, texts, button in AFTER:
        reader.go(who, place)
        for field, text in texts.items():
            reader.page.locator(field).fill(text.format(**reader.there))
        reader.press(button)
        reader.check(looks, f"after {button} {who} {place}")
        is_mistake = reader.page.locator("main .summary").count() > 0
        assert reader.page.title().startswith("Error: ") == is_mistake, (button, place)
        if is_mistake:
            assert reader.page.evaluate("document.activeElement.className") == "summary", (button, place)


def too_late(reader, looks):
    """The pages that say that somebody else was quicker, and that a page was open too long."""
    place, field = "/assessments/{bare}/questions/appraisal", reader.page.locator("[id='appraisal--connected']")
    reader.go("lead", place)
    theirs = {"v:appraisal/connected": "501", "w:appraisal/connected": field.input_value()}
    assert reader.clients["contributor"].post(place.format(**reader.there), theirs).status_code == 302
    field.fill("502")
    reader.press("Save")
    assert reader.page.get_by_label("501 (saved meanwhile)").count() == reader.page.get_by_label("502 (yours)").count() == 1
    reader.check(looks, "two answers")
    reader.go("lead", "/begin")
    reader.context.clear_cookies(name="engagecheck_csrf")
    reader.press("Begin")
    assert reader.page.locator("h1").inner_text() == "This page was open too long"
    reader.check(looks, "open too long")


def everybody_can_use_all(reader, visits, looks):
    visit(reader, visits, looks)
    assert reader.found == {}
    assert reader.said == []
    ours = {title: names for title, names in reader.titles.items() if title.endswith(" – Medical engagement")}
    assert {title: names for title, names in ours.items() if len(names) > 1} == {}


@pytest.mark.parametrize("looks", [PLAIN, pytest.param(LOOKS, marks=pytest.mark.exhaustive)], ids=["wide", "all"])
@pytest.mark.exhaustive
def test_everybody_can_use_every_page_of_one_person(browser, program, officer, sound, looks):
    reader = Reader(browser, program, {"officer": officer}, one_person(officer, sound))
    everybody_can_use_all(reader, ONE_PERSON, looks)
    reader.context.close()


@pytest.mark.exhaustive
def test_everybody_can_use_every_page_of_a_team(browser, program, team, sound):
    reader = Reader(browser, program, team.clients, of_a_team(team, sound))
    everybody_can_use_all(reader, TEAM, LOOKS)
    for who, place, status in REFUSED:
        assert reader.go(who, place).status == status
        reader.check(LOOKS, f"refused {who} {place}")
    mistakes(reader, LOOKS)
    too_late(reader, LOOKS)
    assert reader.found == {}
    assert reader.said == []
    reader.context.close()

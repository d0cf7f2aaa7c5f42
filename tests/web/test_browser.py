"""The workplace in a browser, started as a person starts it: at once with a script, and whole without one."""

import itertools
import json
import signal
import threading
from http.client import HTTPException
from pathlib import Path

import pytest

from conftest import EXAMPLES
from engagecheck.web.answers.places import question_at
from walk import BEGIN, Person, served

TRUST = EXAMPLES / "harbour-vale.json"


@pytest.fixture
def program(tmp_path):
    with served(tmp_path / "data") as process:
        yield process


def opened(browser, program, **looks):
    context = browser.new_context(reduced_motion="reduce", **looks)
    page = context.new_page()
    page.said = []
    page.on("pageerror", lambda error: page.said.append(str(error)))
    page.on("console", lambda message: page.said.append(message.text))
    page.goto(program.link)
    return page


def begun(page, program):
    page.wait_for_url(f"{program.base}/")
    page.set_input_files("#file", TRUST)
    page.get_by_role("button", name="Read the file").click()
    page.wait_for_url("**/assessments/*/")
    return page.url


def test_an_answer_changes_the_rating_at_once_and_is_there_afterwards(browser, program):
    page = opened(browser, program)
    there = begun(page, program)
    page.goto(f"{there}questions/selection")
    panels = page.get_by_label("How many of them?").first
    assert "2: Building" in page.locator("#standing").inner_text()
    panels.fill("22")
    panels.press("Tab")
    page.locator("#standing", has_text="1: Building").wait_for()
    assert page.evaluate("document.activeElement.id") == "selection--complete_panels--sampled"
    panels.fill("23")
    panels.press("Tab")
    page.get_by_text("Error: you counted 23 but said there are 22 in total").wait_for()
    assert "without answers in error: 1" in page.locator("#standing").inner_text()
    page.reload()
    assert page.get_by_label("How many of them?").first.input_value() == "23"
    page.locator("main .summary a").first.click()
    assert page.evaluate("document.activeElement.id") == "selection--complete_panels--count"
    assert page.said == []
    program.kill()
    program.wait()
    panels = page.get_by_label("How many of them?").first
    panels.fill("21")
    panels.press("Tab")
    page.get_by_text("Not saved: the program does not answer.").wait_for()
    page.context.close()


@pytest.mark.exhaustive
def test_without_a_script_everything_is_there_and_a_keyboard_is_enough(browser, program):
    page = opened(browser, program, java_script_enabled=False)

    def enter():
        with page.expect_navigation():
            page.keyboard.press("Enter")

    def press(name, role="button"):
        page.get_by_role(role, name=name, exact=True).first.focus()
        enter()

    press("Sign in")
    press("Begin an assessment", "link")
    page.get_by_label("What is the organisation's full name?").fill("A trust (invented)")
    page.get_by_label("What type of organisation is this profile for?").select_option("NHS trust")
    page.get_by_label("Which country is the organisation in?").select_option("England")
    press("Begin")
    assert page.title().startswith("Error: ")
    page.get_by_label("What date is this profile for?").fill("31/3/2026")
    press("Begin")
    press("Leadership", "link")
    page.locator("a.button.quiet", has_text="Non-executive").focus()
    enter()
    page.get_by_label(question_at("leadership/non_executives/e000000000000/since").text).fill("May 2025")
    press("Save")
    assert "this counts as soon as these are answered too" in page.locator("main").inner_text()
    page.locator("select").first.select_option(index=1)
    press("Save")
    assert "Saved." in page.locator("main").inner_text()
    page.get_by_role("link", name="A trust (invented)").first.click()
    with page.expect_download() as download:
        page.get_by_role("link", name="JSON", exact=True).click()
    profile = json.loads(Path(download.value.path()).read_text("utf-8"))
    assert profile["as_of"] == "2026-03-31"
    assert profile["leadership"]["non_executives"]["entries"][0]["since"] == "2025-05"
    page.context.close()


@pytest.mark.exhaustive
def test_a_program_that_is_killed_while_it_saves_loses_nothing_that_it_confirmed(tmp_path):
    confirmed, place = 0, "/assessments/1/questions/appraisal"
    for killing in range(3):
        with served(tmp_path / "data") as process:
            person = Person(process)
            if killing == 0:
                person.send("/begin", BEGIN)
            held = json.loads(person.read("/assessments/1/profile.json")).get("appraisal", {}).get("connected", 0)
            assert held in (confirmed, confirmed + 1)  # the last save may have been made and not yet confirmed
            confirmed = held
            kill = threading.Timer(0.05 * killing, process.send_signal, [signal.SIGKILL])
            try:
                for made in itertools.count():
                    if made == 3:
                        kill.start()
                    change = {"v:appraisal/connected": str(confirmed + 1), "w:appraisal/connected": str(confirmed) if confirmed else ""}
                    person.send(place, change)
                    confirmed += 1
            except (OSError, HTTPException):
                kill.join()
    assert confirmed >= 9

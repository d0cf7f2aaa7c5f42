"""From an empty folder to a board paper by the form alone: clicking, typing, and putting right what the program says is wrong."""

import copy
import json

import docx
import pytest

from browsing import listening
from conftest import SOUND
from form_person import fill, go, go_to, saved, type_in

MISTAKES = (
    ("/organisation/founded", "1 April 2027", "is after the profile date", "1 April 2008"),
    ("/organisation/ods_code", "rr8", "not the right form", "RR8"),
    ("/appraisal/connected", "four hundred", "is not a number", "612"),
    ("/appraisal/completed", "-5", "too small", "571"),
    ("/talent/chief_registrar_time", "120%", "too large", "40 %"),
    ("/governance/programme_places", "2.5", "not a whole number", "12"),
    ("/learning/external_review_on", "30 February 2023", "is not a date", "May 2022"),
    ("/selection/evidence", "NOPE", "No evidence is called", ""),
)
"""What is typed, what the form says about it, and what is typed then."""
FILLED = ("evidence", "leadership", "selection")


def at(page, pointer):
    return page.locator(f'[id="{pointer}"]')


def mend_what_is_listed(page):
    """Type wrong answers, read what the form says, and follow its links to put each right."""
    for pointer, wrong, says, _ in MISTAKES:
        type_in(page, pointer, wrong)
        assert says in page.locator(f'[id="fault:{pointer}"]').inner_text(), pointer
    go(page, "Check and save")
    listed = page.locator("#errors").get_by_role("link")
    assert listed.count() == len(MISTAKES)
    rights = {pointer: right for pointer, _, _, right in MISTAKES}
    while rights:
        go(page, "Check and save")
        listed.first.click()
        page.keyboard.press("Control+A")
        page.keyboard.type(rights.pop(page.evaluate("document.activeElement.id")) or " ")
        page.keyboard.press("Tab")
    go(page, "Check and save")
    assert page.locator("#errors").is_hidden(), page.locator("#errors").inner_text()


def list_more_than_there_are(page):
    go_to(page, "/structure/divisions")
    add = page.locator('[data-list="/structure/divisions"] > .buttons > button.add')
    for place, name in enumerate(("Medicine", "Surgery")):
        add.click()
        at(page, f"/structure/divisions/entries/{place}/name").fill(name)
    type_in(page, "/structure/divisions/of", "1")
    go(page, "Check and save")
    assert "You listed 2 but said there is 1 in total" in page.locator("#errors").inner_text()
    type_in(page, "/structure/divisions/of", "2")


@pytest.mark.exhaustive
def test_from_an_empty_folder_to_a_board_paper(run, browser, tmp_path):
    assert run("new", "profile.html").returncode == 0
    refused = run("audit", "profile.html")
    assert refused.returncode == 3
    assert b"Open it in a browser, save your answers" in refused.stderr
    context = browser.new_context(reduced_motion="reduce")
    page = listening(context)
    page.goto((tmp_path / "profile.html").as_uri())
    fill(page, {name: copy.deepcopy(SOUND[name]) for name in FILLED if name in SOUND})
    type_in(page, "/organisation/name", "A trust (invented)")
    type_in(page, "/as_of", "31/03/2026")
    at(page, "/organisation/type").select_option("nhs_trust")
    at(page, "/organisation/country").select_option("England")
    mend_what_is_listed(page)
    list_more_than_there_are(page)
    go_to(page, "/organisation/designated_body")
    page.locator('input[name="/organisation/designated_body"][value="no"]').check()
    (tmp_path / "profile.json").write_text(json.dumps(saved(page)), "utf-8")
    said = run("validate", "profile.json")
    assert said.returncode == 3
    assert b"is always a designated body" in said.stderr + said.stdout
    go_to(page, "/organisation/designated_body")
    page.locator('input[name="/organisation/designated_body"][value="yes"]').check()
    (tmp_path / "profile.json").write_text(json.dumps(saved(page)), "utf-8")
    assert page.said == []
    context.close()
    assert run("validate", "profile.json").returncode == 0
    done = run("audit", "profile.json", "-f", "docx=board-paper.docx", "--meeting", "14 May 2026")
    assert done.returncode in (1, 4), done.stderr
    assert b"Written: board-paper.docx" in done.stderr
    paper = docx.Document(str(tmp_path / "board-paper.docx"))
    text = "\n".join([*(one.text for one in paper.paragraphs), *(cell.text for table in paper.tables for row in table.rows for cell in row.cells)])
    for words in ("A trust (invented)", "The board is asked to", "31 March 2026", "14 May 2026", "571 of 612", "Draft"):
        assert words in text, words

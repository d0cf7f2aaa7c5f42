"""What a person does with the form: go to a page, fill in, save, open."""

import json
import re

from engagecheck.intake.questions import all_questions
from engagecheck.intake.questions.kinds import Kind

FIRST_PAGE = "The organisation and the date"


def go(page, name):
    """Go to the page with this title."""
    page.locator("nav").get_by_role("link", name=re.compile(f"^{re.escape(name)}(?!:)")).first.click()
    page.evaluate("document.querySelectorAll('details:not(#nav)').forEach(one => one.open = true)")


def go_to(page, pointer):
    """Go to the page that asks for a fact."""
    field = page.locator(f'[id="{pointer}"], [data-list="{pointer}"], [id^="{pointer}/"], [data-list^="{pointer}/"]').first
    where = field.evaluate("one => one.closest('.page').id")
    page.locator(f'nav a[href="#{where}"]').click()
    page.evaluate("document.querySelectorAll('details:not(#nav)').forEach(one => one.open = true)")


def saved(page, choice=None):
    """The saved profile. `choice` begins the text of the button that says what becomes of answers that are not right yet."""
    go(page, "Check and save")
    if choice:
        page.get_by_role("button", name="Save the profile").click()
    with page.expect_download() as download:
        page.get_by_role("button", name=choice or "Save the profile").click()
    return json.loads(download.value.path().read_text("utf-8"))


def reopened(page, document):
    go(page, "Start")
    page.evaluate("document.getElementById('status').textContent = ''")
    page.set_input_files("input#open", {"name": "p.json", "mimeType": "application/json", "buffer": json.dumps(document).encode()})
    page.get_by_text("Opened: p.json").wait_for()


def answer(page, question, pointer, value):
    """Answer one question as a person does: tick, choose or type, and leave the field."""
    if question.kind is Kind.YES_NO:
        page.locator(f'input[name="{pointer}"][value="{"yes" if value else "no"}"]').check()
    elif question.kind is Kind.CHOICE:
        page.locator(f'[id="{pointer}"]').select_option(value)
    else:
        field = page.locator(f'[id="{pointer}"]')
        field.fill(question.show(value))
        field.blur()


def fill(page, document):
    """Fill in everything that a profile's document holds, the evidence first."""
    top = {question.name: question for question in all_questions() if question.name in document}
    for name in sorted(top, key=lambda one: one != "evidence"):
        question, value = top[name], document[name]
        if not question.can_withhold:
            go_to(page, f"/{name}")
            _fill(page, question, f"/{name}", value)
            continue
        for part in question.parts:
            if part.name in value:
                go_to(page, f"/{name}/{part.name}")
                _fill(page, part, f"/{name}/{part.name}", value[part.name])
        for beside in ("withheld", "evidence_for"):
            for fact, given in value.get(beside, {}).items():
                go_to(page, f"/{name}/{beside}/{fact}")
                field = page.locator(f'[id="/{name}/{beside}/{fact}"]')
                field.fill(given if isinstance(given, str) else ", ".join(given))
                field.blur()


def _fill(page, question, pointer, value):
    if question.is_leaf:
        answer(page, question, pointer, value)
        return
    parts = [(one, f"{pointer}/{one.name}", value[one.name]) for one in (*question.about, *question.parts) if isinstance(value, dict) and one.name in value]
    if question.kind in (Kind.LIST, Kind.REGISTER):
        listed = value.get("entries", []) if question.kind is Kind.LIST else value
        where = f"{pointer}/entries" if question.kind is Kind.LIST else pointer
        for _ in listed:
            page.locator(f'[data-list="{pointer}"] > .buttons > button.add').click()
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        parts = [(one, f"{pointer}/{one.name}", value[one.name]) for one in question.about if question.kind is Kind.LIST and one.name in value]
        parts += [(one, f"{where}/{place}/{one.name}", entry[one.name]) for place, entry in enumerate(listed) for one in question.parts if one.name in entry]
    for one, where, given in parts:
        _fill(page, one, where, given)


def type_in(page, pointer, text):
    """Type a text into the field of a fact, on its page, and leave the field."""
    go_to(page, pointer)
    field = page.locator(f'[id="{pointer}"]')
    field.fill(text)
    field.blur()

"""What a person does with the form: go to a page, fill in, save, open."""

import json

from engagecheck.intake.questions import Kind, all_questions

FIRST_PAGE = "The organisation and the date"


def go(page, name):
    page.get_by_role("link", name=name).first.click()
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")


def saved(page):
    go(page, "Check and save")
    with page.expect_download() as download:
        page.get_by_role("button", name="Save the profile").click()
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
        question = top[name]
        go(page, question.title if question.can_withhold or name == "evidence" else FIRST_PAGE)
        _fill(page, question, f"/{name}", document[name])
        for beside in ("withheld", "evidence_for"):
            for fact, given in (document[name] if isinstance(document[name], dict) else {}).get(beside, {}).items():
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

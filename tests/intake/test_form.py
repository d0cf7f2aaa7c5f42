"""The form in a real browser: all of a profile can be filled in, nothing is changed or sent, and everyone can use it."""

import copy
import json

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from msgspec import to_builtins

from browsing import axe
from conftest import EXAMPLES, SOUND
from engagecheck import run_audit
from engagecheck.intake.edit import set_fact
from engagecheck.intake.explain import complaints, open_document
from engagecheck.intake.form import page as form_page
from engagecheck.intake.questions import all_questions
from engagecheck.intake.questions.asked import essential_facts, no_longer_asked
from engagecheck.model.labels import day
from form_person import FIRST_PAGE, fill, go, go_to, reopened, saved, type_in
from generated import accepted, dressed
from typed import COUNTS, DATES, PERCENTAGES

SLOW = settings(deadline=None, phases=[Phase.explicit, Phase.generate], suppress_health_check=list(HealthCheck))
TITLES = {question.name: question.title for question in all_questions()}
PAGES = ["Start", FIRST_PAGE, *(TITLES[name] for name in ("leadership", "appraisal", "perceptions", "journey", "evidence")), "Check and save"]


@pytest.mark.exhaustive
def test_the_invented_trust_filled_in_by_hand_gives_the_same_report(form, bundled):
    document = copy.deepcopy(SOUND)
    for pointer, _ in no_longer_asked(document):
        set_fact(document, pointer, "")
    page = form()
    fill(page, document)
    found = saved(page)
    assert page.said == []
    del document["$schema"]
    document["regulator"]["actions"].pop("entries")  # a total of 0 needs no list
    assert found == document
    reports = []
    for one in (found, document):
        report = to_builtins(run_audit(one, bundled))
        for fact in [*report["facts_not_read"], *(fact for finding in report["findings"] for result in finding["criteria"] for fact in result["facts"])]:
            fact["line"] = None
        reports.append({name: part for name, part in report.items() if name not in ("run", "profile_digest", "report_digest")})
    assert reports[0] == reports[1]


@pytest.mark.parametrize("count", [2, pytest.param(100, marks=pytest.mark.exhaustive)])
def test_generated_profiles_come_back_unchanged(form, count):
    page = form()
    tried = []

    @settings(SLOW, max_examples=count)
    @given(dressed().filter(accepted))
    def comes_back(document):
        tried.append(document)
        reopened(page, document)
        assert saved(page) == document

    comes_back()
    assert len(tried) >= count
    assert page.said == []


@pytest.mark.parametrize("name", ["harbour-vale", *(pytest.param(one, marks=pytest.mark.exhaustive) for one in ("published/RR8", "flawed/journey"))])
def test_examples_come_back_unchanged_when_the_form_was_made_with_them(form, name):
    document = json.loads((EXAMPLES / f"{name}.json").read_text("utf-8"))
    assert saved(form(document)) == document


def test_what_is_not_answered_is_not_in_the_profile(form):
    page = form()
    go(page, FIRST_PAGE)
    page.locator('[id="/organisation/name"]').fill("A trust (invented)")
    page.locator('[id="/organisation/type"]').select_option("nhs_trust")
    go_to(page, "/talent/leadership_strategy")
    said = page.locator('input[name="/talent/leadership_strategy"]')
    said.nth(0).check()
    said.nth(2).check()
    assert said.nth(2).get_attribute("value") == ""
    go_to(page, "/talent/chief_registrar_time")
    number = page.locator('[id="/talent/chief_registrar_time"]')
    number.fill("40")
    number.blur()
    number.fill("")
    number.blur()
    go_to(page, "/structure/divisions")
    page.locator('[data-list="/structure/divisions"] button.add').click()
    assert saved(page) == {"organisation": {"name": "A trust (invented)", "type": "nhs_trust"}}


WRONG = [
    ("/talent/chief_registrar_time", "much", "is not a number"),
    ("/learning/external_review_on", "2023-02-30", "is not a date"),
    ("/talent/evidence", "NOPE", "No evidence is called"),
    ("/organisation/ods_code", "rr8", "not the right form"),
    ("/talent/chief_registrar_time", "101", "too large"),
    ("/learning/external_review_on", "14/13/2023", "31 March 2026"),
    ("/learning/external_review_on", "2026-04", "is after the profile date"),
    ("/governance/programme_places", "2.5", "not a whole number"),
]


@pytest.mark.parametrize(("pointer", "typed", "words"), [*WRONG[:2], *(pytest.param(*one, marks=pytest.mark.exhaustive) for one in WRONG[2:])])
def test_a_wrong_answer_is_said_on_leaving_and_summed_up(form, pointer, typed, words):
    page = form(SOUND)
    go_to(page, pointer)
    field = page.locator(f'[id="{pointer}"]')
    field.fill(typed)
    field.blur()
    fault = page.locator(f'[id="fault:{pointer}"]')
    assert words in fault.text_content()
    assert f"fault:{pointer}" in field.get_attribute("aria-describedby")
    assert field.get_attribute("aria-invalid") == "true"
    page.get_by_role("button", name="Continue").click()
    summary = page.locator("#errors")
    assert summary.evaluate("one => one === document.activeElement")
    summary.get_by_role("link").first.click()
    assert field.evaluate("one => one === document.activeElement")
    go(page, "Check and save")
    assert words in summary.text_content()
    summary.get_by_role("link").first.click()
    assert field.is_visible()
    assert field.input_value() == typed


@pytest.mark.exhaustive
def test_everyone_can_use_a_page_of_wrong_answers(form):
    page = form(SOUND)
    for pointer, typed in (("/talent/evidence", "NOPE"), ("/talent/chief_registrar_time", "much")):
        type_in(page, pointer, typed)
    page.get_by_role("button", name="Continue").click()
    assert page.locator("#errors").get_by_role("link").count() == 2
    assert axe(page) == []


@pytest.mark.parametrize(
    ("pointer", "cases"),
    [
        ("/organisation/founded", DATES), pytest.param("/talent/chief_registrar_time", PERCENTAGES, marks=pytest.mark.exhaustive),
        pytest.param("/appraisal/connected", COUNTS, marks=pytest.mark.exhaustive),
    ],
    ids=["dates", "percentages", "counts"],
)  # fmt: skip
def test_what_people_type_means_the_same_as_in_workbook_and_prompts_and_is_echoed(form, pointer, cases):
    page = form()
    go_to(page, pointer)
    field = page.locator(f'[id="{pointer}"]')
    echo = page.locator(f'[id="echo:{pointer}"]')
    for text, meant in cases:
        field.fill(text)
        field.blur()
        assert (field.get_attribute("aria-invalid") is None) == (meant is not None), text
        if meant is not None:
            words = day(meant) if isinstance(meant, str) else str(meant)
            assert echo.all_text_contents() == ([] if words == text.strip() else [f"Understood as {words}"]), text
    field.fill(cases[0][0])
    field.blur()
    group, name = pointer[1:].split("/")
    assert saved(page)[group][name] == cases[0][1]


MISTAKES = {"/as_of": "31/13/2026", "/appraisal/connected": "four hundred", "/governance/new_consultant_spa": "45%", "/learning/external_review_on": "1 Mai 2023"}


@pytest.mark.exhaustive
def test_no_answer_is_lost_because_it_is_wrong(form):
    page = form()
    type_in(page, "/organisation/name", "A trust (invented)")
    for pointer, text in MISTAKES.items():
        type_in(page, pointer, text)
    go(page, "Check and save")
    listed = page.locator("#errors").get_by_role("link")
    assert [text for text in MISTAKES.values() if not any(f"“{text}”" in one for one in listed.all_text_contents())] == []
    page.get_by_role("button", name="Save the profile").click()
    said = page.locator("#unsaved")
    assert said.evaluate("one => one === document.activeElement")
    assert "4 answers are not right yet" in said.text_content()
    assert said.get_by_role("link").count() == len(MISTAKES)
    assert axe(page) == []
    without = saved(page, "Save without")
    assert without == {"organisation": {"name": "A trust (invented)"}}
    kept = saved(page, "Save with these")
    assert {pointer: valued(kept, pointer) for pointer in MISTAKES} == MISTAKES
    refused = complaints(open_document(json.dumps(kept).encode(), "p.json"))
    assert all(any(text in line for line in refused) for text in MISTAKES.values())
    page = form()
    reopened(page, kept)
    go(page, "Check and save")
    page.locator("#errors").get_by_role("link", name="four hundred").click()
    field = page.locator('[id="/appraisal/connected"]')
    assert field.evaluate("one => one === document.activeElement")
    assert (field.input_value(), field.get_attribute("aria-invalid")) == ("four hundred", "true")
    for pointer, text in {"/as_of": "31/03/2026", "/appraisal/connected": "400", "/governance/new_consultant_spa": "2.5", "/learning/external_review_on": "May-23"}.items():
        type_in(page, pointer, text)
    found = saved(page)
    assert (found["as_of"], found["appraisal"], found["learning"]) == ("2026-03-31", {"connected": 400}, {"external_review_on": "2023-05"})


def valued(document, pointer):
    for step in pointer[1:].split("/"):
        document = document[step]
    return document


def test_an_answer_becomes_right_when_the_date_of_the_profile_does(form):
    page = form()
    type_in(page, "/as_of", "31 March 2025")
    type_in(page, "/learning/external_review_on", "June 2025")
    assert page.locator('[id="/learning/external_review_on"]').get_attribute("aria-invalid") == "true"
    type_in(page, "/as_of", "31 March 2026")
    assert saved(page)["learning"] == {"external_review_on": "2025-06"}


@pytest.mark.exhaustive
def test_what_an_earlier_answer_makes_unnecessary_is_not_asked_and_not_lost(form):
    page = form()
    asked = page.locator('[id="/commitment/resident_lead/executive"]')
    go_to(page, "/commitment/resident_lead")
    assert asked.is_visible()  # nothing is known of resident doctors yet
    asked.check()
    type_in(page, "/talent/chief_registrar_time", "much")
    go_to(page, "/organisation/hosts_resident_doctors")
    page.locator('input[name="/organisation/hosts_resident_doctors"][value="no"]').check()
    go_to(page, "/commitment/resident_lead")
    assert not asked.is_visible()
    panel = page.locator('[id="unasked:commitment"]')
    assert "Senior lead for resident doctors" in panel.text_content()
    assert axe(page) == []
    assert saved(page, "Save with this")["commitment"] == {"resident_lead": {"executive": True}}
    page.locator("#errors").get_by_role("link", name="much").click()
    assert page.evaluate("document.activeElement.textContent") == "No longer asked: keep or remove"
    page.locator('[id="unasked:talent"]').get_by_role("button", name="Remove").click()
    go_to(page, "/commitment/resident_lead")
    panel.get_by_role("button", name="Remove").click()
    assert panel.text_content() == ""
    assert saved(page) == {"organisation": {"hosts_resident_doctors": False}}
    go_to(page, "/organisation/hosts_resident_doctors")
    page.locator('input[name="/organisation/hosts_resident_doctors"][value="yes"]').check()
    go_to(page, "/commitment/resident_lead")
    assert asked.is_visible()
    assert not asked.is_checked()


def test_a_total_of_0_asks_for_no_entries(form):
    page = form()
    go_to(page, "/regulator/actions")
    entries = page.locator('[data-list="/regulator/actions"]')
    assert entries.is_visible()
    type_in(page, "/regulator/actions/of", "0")
    assert not entries.is_visible()
    type_in(page, "/selection/complete_panels/of", "0")
    assert not page.locator('[id="/selection/complete_panels/count"]').is_visible()


def test_the_form_begins_with_the_essential_questions(form, bundled):
    page = form()
    titles = page.locator("nav li a").evaluate_all("all => all.map(one => one.firstChild.textContent)")
    short = [title for title in titles if title.endswith(": essentials")]
    assert titles[:3] == ["Start", FIRST_PAGE, short[0]]
    assert titles[2 : 2 + len(short)] == short
    for fact in essential_facts(bundled):
        go_to(page, fact)
        assert page.locator(".page:not([hidden]) h2").first.text_content() in short
    only = form(sections=["appraisal"])
    assert only.locator("nav li a").evaluate_all("all => all.map(one => one.firstChild.textContent)") == ["Start", FIRST_PAGE, TITLES["appraisal"], TITLES["evidence"], "Check and save"]


def test_the_menu_of_a_narrow_screen_closes_when_a_page_is_chosen(form):
    page = form(viewport={"width": 320, "height": 640})
    menu = page.locator("#nav")
    assert menu.get_attribute("open") is None
    menu.locator("summary").click()
    menu.get_by_role("link", name="Check and save").click()
    assert menu.get_attribute("open") is None
    assert page.get_by_role("heading", name="Check and save").is_visible()


def test_what_is_always_needed_and_what_contradicts_is_found(form):
    page = form()
    go(page, FIRST_PAGE)
    page.get_by_role("button", name="Continue").click()
    assert page.locator("#errors li").count() == 4
    document = copy.deepcopy(SOUND)
    document["talent"]["withheld"] = {"leadership_strategy": "no"}
    document["structure"]["divisions"]["of"] = 1
    document["selection"]["complete_panels"] = {"of": 2, "count": 3}
    document["evidence"][1]["id"] = document["evidence"][0]["id"]
    reopened(page, document)
    go(page, "Check and save")
    said = page.locator("#errors").text_content()
    for words in ("withheld and answered", "but said there is 1 in total", "You counted 3 but said there are 2 in total", "is used twice"):
        assert words in said


def test_entries_are_added_and_removed_and_the_reader_is_told(form):
    page = form(SOUND)
    go_to(page, "/strategy/programmes")
    listed = page.locator('[data-list="/strategy/programmes"]')
    count = listed.locator("> fieldset").count()
    listed.locator("> fieldset").first.get_by_role("button", name="Remove").click()
    assert page.locator("#status").text_content().startswith("Removed: 1.")
    listed.locator("> .buttons > button.add").click()
    assert page.evaluate("document.activeElement.dataset.pointer") == f"/strategy/programmes/entries/{count - 1}/name"
    page.keyboard.type("A new one")
    names = [entry["name"] for entry in saved(page)["strategy"]["programmes"]["entries"]]
    go_to(page, "/strategy/programmes")
    assert listed.locator("> fieldset > legend").last.text_content() == f"{count}. A new one"
    assert names == [*(entry["name"] for entry in SOUND["strategy"]["programmes"]["entries"][1:]), "A new one"]


@pytest.mark.exhaustive
def test_a_draft_is_kept_in_the_browser_and_can_be_cleared(form):
    page = form()
    assert "kept in this browser" in page.locator("#draft").text_content()
    go(page, FIRST_PAGE)
    page.locator('[id="/organisation/name"]').fill("A trust (invented)")
    page.locator('[id="/as_of"]').fill("soon")
    page.locator('[id="/as_of"]').blur()
    page.wait_for_timeout(1000)  # a browser hands its storage on to a reloaded page a moment later
    page.reload()
    go(page, FIRST_PAGE)
    assert page.locator('[id="/organisation/name"]').input_value() == "A trust (invented)"
    assert page.locator('[id="/as_of"]').input_value() == "soon"
    go(page, "Start")
    page.locator("#clear").click()  # a person who is asked and does not confirm loses nothing
    page.reload()
    assert saved(page, "Save without") == {"organisation": {"name": "A trust (invented)"}}
    go(page, "Start")
    page.on("dialog", lambda dialog: dialog.accept())
    page.locator("#clear").click()
    page.reload()
    assert saved(page) == {}


@pytest.mark.exhaustive
def test_a_file_that_is_no_profile_changes_nothing(form):
    page = form(SOUND)
    misshapen = [{"structure": {"divisions": {"entries": [1, None]}}}, {"structure": 1}, {"evidence": {}}, {"leadership": {"chief_executive": []}}, {"perceptions": {"doctors": {"items": 3}}}]
    wrong = [json.dumps({"organisation": {}, **part}).encode() for part in misshapen]
    for content in (b"not json", b"[1]", b"null", b"{}", *wrong):
        page.set_input_files("input#open", {"name": "p.json", "mimeType": "application/json", "buffer": content})
        page.get_by_text("is not a profile").wait_for()
    assert saved(page) == SOUND


def test_the_keyboard_alone_is_enough(form):
    page = form()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "on":
            break
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "title:organisation"
    page.keyboard.press("Tab")
    page.keyboard.type("2026-03-31")
    page.keyboard.press("Tab")
    page.keyboard.type("A trust (invented)")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    found = saved(page)
    assert (found["as_of"], found["organisation"]["name"], found["organisation"]["type"]) == ("2026-03-31", "A trust (invented)", "nhs_trust")


LOOKS = {"light": {}, "dark": {"color_scheme": "dark"}, "narrow": {"viewport": {"width": 320, "height": 640}}}


@pytest.mark.exhaustive
@pytest.mark.parametrize(
    ("pages", "looks"),
    [(["Start", TITLES["leadership"]], {}), *(pytest.param(PAGES, one, marks=pytest.mark.exhaustive) for one in LOOKS.values())],
    ids=["two pages", *LOOKS],
)
def test_nobody_is_kept_out(form, pages, looks):
    page = form(SOUND, **looks)
    for name in pages:
        page.evaluate("document.getElementById('nav').open = true")
        go(page, name)
        assert axe(page) == [], name
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), name


def test_print_shows_every_page_and_what_is_answered(form):
    page = form(SOUND)
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert all(page.locator(".page").nth(number).is_visible() for number in range(1, page.locator(".page").count() - 1))
    assert page.locator('[id="/appraisal/connected"]').is_visible()
    assert not page.locator('[id="/structure/divisions/entries/0/private"]').is_visible()
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert sum(page.locator(".page").nth(number).evaluate("one => !one.hidden") for number in range(page.locator(".page").count())) == 1


def test_nothing_in_a_profile_becomes_active(form):
    document = copy.deepcopy(SOUND)
    hostile = "</script><script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">"
    document["organisation"]["name"] = document["note"] = hostile
    document["structure"]["divisions"]["entries"][0]["name"] = hostile[:120]
    page = form(document)
    go_to(page, "/structure/divisions")
    assert page.title() == "Profile for an audit of medical engagement"
    assert page.locator("img").count() == 0
    assert saved(page) == document


def test_the_page_stands_alone():
    text = form_page(SOUND).decode()
    assert "http" not in text.replace("http-equiv", "")
    assert "default-src 'none'" in text
    assert form_page(SOUND) == form_page(copy.deepcopy(SOUND))
    assert len(form_page({})) < 400_000

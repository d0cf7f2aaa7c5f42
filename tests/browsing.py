"""A headless Chromium, and a person who fills in the form in it."""

import pytest

from engagecheck.intake.form import page as form_page
from machine import program

QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
    "--disable-sync",
)  # fmt: skip


@pytest.fixture(scope="session")
def browser():
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as running:
        started = running.chromium.launch(executable_path=program("chromium", "chromium-browser", "google-chrome"), args=list(QUIET))
        yield started
        started.close()


def listening(context):
    """A new page that notes in `said` whatever it complains of, asks, or wants to fetch."""
    page = context.new_page()
    page.said = []
    page.on("pageerror", lambda error: page.said.append(str(error)))
    page.on("console", lambda message: page.said.append(message.text))
    page.on("request", lambda request: page.said.append(request.url) if not request.url.startswith(("file:", "blob:")) else None)
    return page


def axe(page):
    """What keeps people from using a page as it is: each rule that it breaks, with the places."""
    runner = pytest.importorskip("axe_playwright_python.sync_playwright")
    found = runner.Axe().run(page).response
    assert found["passes"]
    return [(one["id"], [node["html"][:120] for node in one["nodes"]]) for one in found["violations"]]


@pytest.fixture
def form(browser, tmp_path):
    """Open the form in a page of its own; `form(document)` opens one that holds a profile already."""
    contexts = []

    def opened(document=None, sections=(), **looks):
        path = tmp_path / "profile.html"
        path.write_bytes(form_page(document, sections))
        context = browser.new_context(reduced_motion="reduce", **looks)
        contexts.append(context)
        page = listening(context)
        page.goto(path.as_uri())
        return page

    yield opened
    for context in contexts:
        context.close()

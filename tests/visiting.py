"""A browser with one page, in which anybody of a filled workplace can look at a page and act."""

import re

from browsing import axe

TWICE = """() => {
  const ids = [...document.querySelectorAll("[id]")].map((one) => one.id);
  return ids.filter((one, place) => ids.indexOf(one) !== place);
}"""


class Reader:
    """One page that anybody of a workplace can take over."""

    def __init__(self, browser, program, clients, there, **looks):
        self.base, self.clients, self.there = program.base, clients, there
        self.context = browser.new_context(reduced_motion="reduce", **looks)
        self.page = self.context.new_page()
        self.said, self.found, self.titles = [], {}, {}
        self.page.on("pageerror", lambda error: self.said.append(str(error)))

    def become(self, who):
        self.context.clear_cookies()
        if who:
            cookie = self.clients[who].cookies["engagecheck_session"].value
            self.context.add_cookies([{"name": "engagecheck_session", "value": cookie, "url": self.base}])

    def go(self, who, place):
        self.become(who)
        return self.page.goto(f"{self.base}{place.format(**self.there)}")

    def press(self, name):
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=re.compile(f"^{name}")).first.click()

    def check(self, looks, label, name=""):
        """Note what keeps anybody from using the page, at each width and in each colours."""
        self.page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true")
        for width, colours in looks:
            self.look(width, colours)
            problems = axe(self.page)
            if self.page.evaluate("document.documentElement.scrollWidth") > width:
                problems.append("wider than the window")
            if problems:
                self.found[label, width, colours] = problems
        if twice := self.page.evaluate(TWICE):
            self.found[label, "the same id twice"] = twice
        heads = self.page.locator("h1").count()
        if heads != 1:
            self.found[label] = f"{heads} main headings"
        self.titles.setdefault(self.page.title(), set()).add(name or label)

    def look(self, width, colours):
        self.page.set_viewport_size({"width": width, "height": 900})
        self.page.emulate_media(color_scheme=colours)

"""The checklist for a medical leader: the page of one person as text, and the questions as one web page."""

from collections.abc import Iterable, Iterator, Mapping

from attrs import evolve, frozen
from msgspec import to_builtins

from engagecheck.intake.pages import embedded
from engagecheck.intake.self_check import ITEMS, MAX_FIRST_STEPS, ORDER, SIDES, Answer, Item, SelfCheck
from engagecheck.papers.html import page, page_file
from engagecheck.papers.text_layout import Paper
from engagecheck.rules.reporter import Style
from engagecheck.rules.rule import Rule

WORDS = {
    "title": "My checklist as a medical leader",
    "source": "Derived from the published key findings of The King's Fund report \"Medical engagement: a journey not an "
    "event\" (2014). The wording is ours, not the report's.",
    "private": "For me alone. It is not a judgement on any person.",
    "in_place": "What is in place for me",
    "nothing_in_place": "No answer was yes.",
    "to_ask": "What to ask of my organisation",
    "nothing_to_ask": "No answer shows anything to ask for.",
    "begin": "Where to begin",
    "order": ORDER,
    "answer_rest": "Nothing that I answered is missing. Next, answer the questions that are left.",
    "all_in_place": "Nothing that I answered is missing. Medical engagement is never finished: ask two colleagues whether they "
    "see it as I do.",
    "later": "What I can do later",
    "not_answered": "Not answered, so not counted as in place",
    "not_for_me": "Does not apply to me",
}
"""What the text and the web page say, so that both say the same."""


@frozen
class Entry:
    """One line of the page: a mark, what to read or do, and the answer that it follows from, or ""."""

    mark: str
    text: str
    why: str = ""


@frozen
class Part:
    """A part of the page of one person: a heading, a note or "", and entries."""

    title: str
    note: str
    entries: tuple[Entry, ...]


def as_text(checked: SelfCheck, rules: Mapping[str, Rule], style: Style) -> str:
    """The page of one person as plain text. `rules` are the bundled rules by id: they name the findings."""
    paper = Paper(style)
    paper.heading(WORDS["title"])
    for line in (WORDS["source"], WORDS["private"], _counts(checked)):
        paper.say(line)
    for part in _parts(checked, rules):
        paper.section(part.title)
        if part.note:
            paper.say(part.note)
        for entry in part.entries:
            paper.item(entry.mark, f"{entry.text} {entry.why}")
    return paper.text()


def as_page(rules: Mapping[str, Rule]) -> str:
    """The questions as one web page that fetches, keeps and sends nothing. `rules` are the bundled rules by id."""
    data = {
        "items": [{**to_builtins(item), "finding": finding(item, rules)} for item in ITEMS],
        "words": WORDS,
        "first_steps": MAX_FIRST_STEPS,
    }
    return page(
        "self_check.html.j2",
        script=page_file("self_check.js"),
        style=page_file("self_check.css"),
        words=WORDS,
        sides=[(side, heading, [item for item in ITEMS if item.side is side]) for side, heading in SIDES.items()],
        number={item.id: number for number, item in enumerate(ITEMS, 1)},
        answers=list(Answer),
        finding=lambda item: finding(item, rules),
        data=embedded(data),
    )


def finding(item: Item, rules: Mapping[str, Rule]) -> str:
    """The title of the finding that a question belongs to."""
    return rules[item.rule].title if item.rule in rules else item.rule


def _counts(checked: SelfCheck) -> str:
    answered = len(ITEMS) - len(checked.not_answered)
    return f"Answered: {answered} of {len(ITEMS)}. Does not apply to me: {len(checked.not_for_me)}."


def _parts(checked: SelfCheck, rules: Mapping[str, Rule]) -> Iterator[Part]:
    """The parts of the page. Every question is in one of them, whatever its answer."""

    def statements(items: Iterable[Item], mark: str) -> tuple[Entry, ...]:
        return tuple(Entry(mark, item.text) for item in items)

    def steps(items: Iterable[Item]) -> tuple[Entry, ...]:
        return tuple(Entry("•", item.advice, f'I answered {checked.answers[item.id]} to "{item.text}"') for item in items)

    first = tuple(
        evolve(step, mark=f"{number}.", why=f"{step.why} Finding: {finding(item, rules)}.")
        for number, (item, step) in enumerate(zip(checked.begin, steps(checked.begin), strict=True), 1)
    )
    nothing = WORDS["answer_rest" if checked.not_answered else "all_in_place"]
    in_place, to_ask = statements(checked.in_place, "✓"), steps(checked.to_ask)
    yield Part(WORDS["in_place"], "" if in_place else WORDS["nothing_in_place"], in_place)
    yield Part(WORDS["to_ask"], "" if to_ask else WORDS["nothing_to_ask"], to_ask)
    yield Part(WORDS["begin"], WORDS["order"] if first else nothing, first)
    others = {
        "later": steps(checked.later),
        "not_answered": statements(checked.not_answered, "•"),
        "not_for_me": statements(checked.not_for_me, "•"),
    }
    yield from (Part(WORDS[name], "", entries) for name, entries in others.items() if entries)

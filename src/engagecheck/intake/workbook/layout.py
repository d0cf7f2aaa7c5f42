"""The layout of a workbook: one sheet for each section, and one for each list.

Every sheet has hidden keys, and is read by them rather than by position. Column A holds the JSON Pointer of the row's fact.
The row marked `FACTS` or `ROWS` says what each column holds.
"""

from collections.abc import Iterator, Sequence
from functools import cache

from attrs import evolve, frozen

from engagecheck.intake.questions import Question, questions_of, still_so
from engagecheck.intake.questions.asked import essential_facts
from engagecheck.intake.questions.kinds import Kind
from engagecheck.model.schema import pointer_step
from engagecheck.plugin_host.registry import installed

GUIDE, FIRST, MORE = "Guide", "Organisation", "More"
SIGN_OFF, ANSWERED_BY = "sign_off", "answered_by"
FACTS, ROWS, JSON = "facts", "rows", "json"
"""The key in hidden column A of the row that names the columns: for facts, for a list's rows, or for JSON text."""
ONLY = "only "
"""Begins the first cell of a guide to a workbook that has only some sections. Their names follow."""
LINK = "See the sheet "
ANSWER, ASKED, WITHHELD, CITED, NOTE, STILL_SO = "answer", "asked", "withheld", "evidence", "note", "still"
QUESTION, UNIT, HELP, FOUND, LAST = "question", "unit", "help", "found", "last"
"""The keys of the columns of a fact with texts of ours."""
KEYS = (ANSWER, ASKED, WITHHELD, CITED, NOTE, STILL_SO, QUESTION, UNIT, HELP, FOUND, LAST)
REASON = Question("withheld", Kind.TEXT, "Withheld", "Why is this withheld?", "", "", "", False, {"maxLength": 500})
CITES = Question("evidence", Kind.IDS, "Evidence", "Which evidence shows this?", "", "", "", False, {})
ROOM = 30
"""The empty rows that every list has after its filled ones."""


@frozen
class Fact:
    """One row of a sheet, about one fact or group of facts.

    `section` is the pointer of the section if the fact is directly in it, otherwise "". A fact with a `section` can be
    withheld and can cite its own evidence. `sheet` is the name of the sheet with the entries if the fact is a list.
    """

    pointer: str
    question: Question
    depth: int = 0
    section: str = ""
    sheet: str = ""

    @property
    def is_essential(self) -> bool:
        """Whether an essential question of the bundled pack reads the fact."""
        return self.pointer in _essential()

    @property
    def holds(self) -> tuple[str, ...]:
        """The keys of the row's cells that can be filled in."""
        withheld = (STILL_SO, WITHHELD) if self.section else (STILL_SO,)
        if self.question.is_leaf:
            return (ANSWER, *withheld, *((CITED,) if self.section else ()))
        names = () if self.sheet else {one.name for one in (*self.question.parts, *self.question.about)}
        return (*withheld, *(name for name in (CITED, NOTE) if name in names))

    @property
    def texts(self) -> dict[str, str]:
        """Our own texts in the row, by the keys of their columns."""
        essential = " (essential)" if self.is_essential else ""
        title = self.question.text if self.question.is_leaf else self.question.title
        texts = {QUESTION: f"{'    ' * self.depth}{title}{essential}", UNIT: self.question.unit}
        return texts | {HELP: self.question.help, FOUND: self.question.found_in}

    def cell(self, name: str) -> tuple[Question, str]:
        """The question and the JSON Pointer of the cell with this key."""
        if name == ANSWER:
            return self.question, self.pointer
        if name == STILL_SO:
            return still_so(), f"/last_year/carried/{pointer_step(self.pointer)}"
        if name == WITHHELD:
            return REASON, f"{self.section}/withheld/{self.question.name}"
        if self.question.is_leaf:
            return CITES, f"{self.section}/evidence_for/{self.question.name}"
        return self.question.part(name), f"{self.pointer}/{name}"


@frozen
class Column:
    """One column of a list. `key` is the steps from an entry to the fact, or `*` and the number of a star in the pattern."""

    key: str
    heading: str
    question: Question | None = None
    choices: tuple[str, ...] = ()


@frozen
class Table:
    """The rows of a list. `pattern` is the steps to one entry, with `*` for each step that differs from row to row.

    The last `*` of a list is the row itself. Every other `*` has a column to fill in, with the key `*` and its number.
    A mapping is not `by_row`: all its stars have columns.
    """

    pattern: tuple[str, ...]
    columns: tuple[Column, ...]
    max_rows: int
    by_row: bool = True

    def match(self, steps: Sequence[str]) -> tuple[tuple[str, ...], str] | None:
        """The steps at the stars, and the key of the column ("" for a whole entry). `None` if not in this list."""
        size = len(self.pattern)
        if len(steps) < size or any(expected not in ("*", step) for expected, step in zip(self.pattern, steps, strict=False)):
            return None
        stars = tuple(step for expected, step in zip(self.pattern, steps, strict=False) if expected == "*")
        key = "/".join(steps[size:])
        return (stars, key) if not key or any(column.key == key for column in self.columns) else None


@frozen
class Sheet:
    """One sheet: first its facts, then the rows of its list."""

    name: str
    title: str
    about: str
    facts: tuple[Fact, ...] = ()
    table: Table | None = None


@cache
def sheets(sections: tuple[str, ...] = ()) -> tuple[Sheet, ...]:
    """The sheets with questions, in the order of the workbook. Only those of some sections, if any are named."""
    first: list[Fact] = []
    others: list[Sheet] = []
    for question in questions_of(sections):
        if question.kind is Kind.REGISTER:
            table = Table((question.name, "*"), tuple(_columns(question.parts)), question.schema["maxItems"])
            others.append(Sheet(_sheet_name(f"/{question.name}"), question.title, question.help, table=table))
        elif question.can_withhold:
            others.extend(_section(question))
        elif question.name == SIGN_OFF:
            facts = tuple(_facts(question, f"/{question.name}", 0, ""))[1:]
            others.append(Sheet("Sign-off", question.title, question.help, facts))
        else:
            first.extend(_facts(question, f"/{question.name}", 0, ""))
    return (Sheet(FIRST, "The organisation and the date", "Which organisation, and which date.", tuple(first)), *others)


def _section(section: Question) -> Iterator[Sheet]:
    pointer = f"/{section.name}"
    name = section.name.capitalize()
    facts = [Fact(pointer, evolve(section, title="This whole section"))]
    lists: list[Sheet] = []
    for question in section.parts:
        if question.name not in (CITED, NOTE, ANSWERED_BY):
            facts.extend(_facts(question, f"{pointer}/{question.name}", 0, pointer))
            lists.extend(_lists(question, f"{pointer}/{question.name}", ""))
    facts.append(Fact(f"{pointer}/{ANSWERED_BY}", section.part(ANSWERED_BY)))
    yield Sheet(name, section.title, section.help, tuple(facts))
    yield from _join_mappings(lists)


def _facts(question: Question, pointer: str, depth: int, section: str) -> Iterator[Fact]:
    """The rows of a section's sheet. A list has one row that refers to its own sheet."""
    if question.kind is Kind.MAPPING:
        return
    sheet = _sheet_name(pointer) if question.kind is Kind.LIST else ""
    yield Fact(pointer, question, depth, section, sheet)
    if question.kind is Kind.GROUP:
        for one in question.parts:
            if one.name not in (CITED, NOTE):
                yield from _facts(one, f"{pointer}/{one.name}", depth + 1, "")


def _lists(question: Question, pointer: str, parent_title: str) -> Iterator[Sheet]:
    """A sheet for each list and mapping at or below a question. `parent_title` is the title of the question above it."""
    title = f"{parent_title}: {question.title.lower()}" if parent_title else question.title
    if question.kind is Kind.LIST:
        about = [Fact(pointer, evolve(question, title="This whole list"))]
        about += [Fact(f"{pointer}/{one.name}", one) for one in question.about if one.name not in (CITED, NOTE)]
        steps = (*pointer[1:].split("/"), "entries", "*")
        stars = "*" in pointer
        nested = (Column("*1", f"Of which row of the sheet {_sheet_name(pointer.partition('/entries')[0])}?"),) if stars else ()
        table = Table(steps, (*nested, *_columns(question.parts)), question.schema["properties"]["entries"]["maxItems"])
        # The questions about a list inside a list are columns of the outer list.
        yield Sheet(_sheet_name(pointer), title, question.help, () if stars else tuple(about), table)
        for one in question.parts:
            yield from _lists(one, f"{pointer}/entries/*/{one.name}", question.title)
    elif question.kind is Kind.MAPPING:
        steps = (*pointer[1:].split("/"), "*")
        columns = (Column("*2", "Which item?", choices=tuple(question.schema.get("x-keys", ()))), *_columns(question.parts))
        yield Sheet(_sheet_name(pointer), question.title, question.help, (), Table(steps, columns, ROOM * 10, by_row=False))
    elif question.kind is Kind.GROUP:
        for one in question.parts:
            yield from _lists(one, f"{pointer}/{one.name}", question.title)


def _join_mappings(lists: Sequence[Sheet]) -> Iterator[Sheet]:
    """The lists of a section, with its mappings joined in one sheet, where a column names the group."""
    mappings = [one for one in lists if one.table and not one.table.by_row]
    yield from (one for one in lists if one not in mappings)
    if mappings:
        first = mappings[0]
        assert first.table is not None  # noqa: S101
        section, _, *rest = first.table.pattern
        groups = tuple(one.table.pattern[1] for one in mappings if one.table)
        columns = (Column("*1", "Which group?", choices=groups), *first.table.columns)
        table = evolve(first.table, pattern=(section, "*", *rest), columns=columns)
        yield evolve(first, name=f"{section.capitalize()} {rest[0]}", table=table)


def _columns(parts: Sequence[Question], steps: str = "", title: str = "") -> Iterator[Column]:
    for one in parts:
        key = f"{steps}{one.name}"
        if one.is_leaf:
            yield Column(key, f"{title}: {one.text}" if title else one.text, one)
        elif one.kind is Kind.GROUP:
            yield from _columns(one.parts, f"{key}/", one.title)
        else:
            yield from _columns(one.about, f"{key}/", one.title)


def _sheet_name(pointer: str) -> str:
    """The name of a list's sheet: "Divisions", "Chief executive before"."""
    first, *names = (step for step in pointer[1:].split("/") if step not in ("entries", "*"))
    return " ".join(names or [first]).replace("_", " ").capitalize()


@cache
def _essential() -> tuple[str, ...]:
    return essential_facts(installed(third_party=False))


def needed_rows(table: Table, filled: int) -> int:
    """The number of rows to prepare for a list that has `filled` rows with content."""
    return min(table.max_rows, filled + ROOM) if table.by_row else filled + ROOM

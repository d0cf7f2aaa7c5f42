"""What a template shows: a page of blocks, with fields and entries."""

from collections.abc import Iterator

from attrs import field, frozen

from engagecheck.intake.questions import ECHOED, Question
from engagecheck.intake.questions.kinds import Kind
from engagecheck.web.answers.places import WITHHELD
from engagecheck.web.answers.saving import Kept


@frozen
class Field:
    """One question with its text as typed. `was` is the text that a save replaces. `options` are value and label pairs."""

    address: str
    question: Question
    text: str
    was: str
    fault: str = ""
    echo: str = ""
    last_year: str = ""
    found_in: str = ""
    options: tuple[tuple[str, str], ...] = ()

    @property
    def key(self) -> str:
        """The address as an id of HTML."""
        return self.address.replace("/", "--")

    @property
    def hint(self) -> str:
        """What helps to answer: last year's answer, the help, and where the fact is usually found."""
        found = f"Usually found in: {self.found_in}." if self.found_in else ""
        return " ".join(part for part in (self.last_year, self.question.help, found) if part)

    @property
    def control(self) -> str:
        """The kind of control: radios, select, area, short or text."""
        if self.question.kind is Kind.YES_NO:
            return "radios"
        if self.options:
            return "select"
        if self.question.name in ("note", WITHHELD) or "\n" in self.text:
            return "area"
        return "short" if self.question.kind in (*ECHOED,) else "text"

    @property
    def mode(self) -> str:
        """The keyboard of a telephone that suits the answer."""
        return {Kind.WHOLE: "numeric", Kind.NUMBER: "decimal"}.get(self.question.kind, "text")


@frozen
class Entry:
    """One entry of a list: its address, what it is called, and whether something in it still fails a check."""

    address: str
    label: str
    is_counted: bool
    faults: int

    @property
    def is_empty(self) -> bool:
        """Whether nothing is known or typed: an item of the questionnaire stands in its list all the same."""
        return not self.is_counted and not self.faults


@frozen
class Block:
    """A question with all that belongs to it: its field, or its parts and entries. `level` is the level of its heading.

    `is_asked` is false if an earlier answer makes the question unnecessary; `stays` if it has an answer nevertheless.
    """

    address: str
    question: Question
    level: int
    is_asked: bool
    stays: bool = False
    leaf: Field | None = None
    blocks: tuple["Block", ...] = ()
    beside: tuple[Field, ...] = ()
    still: Field | None = None
    entries: tuple[Entry, ...] | None = None
    new: str = ""

    @property
    def key(self) -> str:
        """The address as an id of HTML."""
        return self.address.replace("/", "--")

    @property
    def is_shown(self) -> bool:
        """Whether the question is on the page: if it arises, or has an answer nevertheless."""
        return self.is_asked or self.stays

    @property
    def is_open(self) -> bool:
        """Whether what is beside the answers is shown at once: if there is something in it."""
        return any(one.text for one in self.beside)

    @property
    def heading(self) -> str:
        """The element of the heading."""
        return f"h{min(self.level, 6)}"


@frozen
class Page:
    """The questions of one section, register or entry."""

    kept: Kept = field(repr=False)
    address: str
    question: Question
    title: str
    blocks: tuple[Block, ...] = field(repr=False)

    @property
    def has_fields(self) -> bool:
        """Whether the page asks for anything itself, besides listing entries."""
        return next(self.fields(), None) is not None

    def fields(self) -> Iterator[Field]:
        """Every field of the page that is shown."""
        for block in self.blocks:
            yield from _fields(block)


def _fields(block: Block) -> Iterator[Field]:
    if not block.is_shown:
        return
    if block.leaf:
        yield block.leaf
    for inner in block.blocks:
        yield from _fields(inner)
    yield from block.beside
    if block.still:
        yield block.still

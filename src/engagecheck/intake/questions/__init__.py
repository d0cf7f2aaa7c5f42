"""The question list: what a profile can hold, as questions to a person.

The profile's schema holds the only list: titles, questions, help, units, answers, and where each fact is usually found.
The workbook, the form, the prompts and the documentation use the questions that this module reads from the schema.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from attrs import frozen

from engagecheck.intake.checks import DATE_FORMATS
from engagecheck.intake.questions.kinds import ANSWERS_FROM, Kind
from engagecheck.intake.questions.typed import date_complaint, is_date, read_answer
from engagecheck.intake.validation import complaints
from engagecheck.model.labels import day
from engagecheck.model.schema import resolved, schema
from engagecheck.plugin_host.registry import installed

Json = Any
NOT_KNOWN = "Not known"
YES, NO = "Yes", "No"
NOT_ASKED = ("$schema", "evidence_for", "withheld", "extensions", "not_for_publication", "covers", "last_year")
"""Parts of a profile that no question asks for."""


ECHOED = (Kind.DATE, Kind.DAY, Kind.WHOLE, Kind.NUMBER)
"""The kinds of answers that people type in several ways. What was understood is said."""
_WITH_PARTS = (Kind.GROUP, Kind.LIST, Kind.REGISTER, Kind.MAPPING)


@frozen
class Question:
    """One question, or a group or list of questions (`parts`). The questions in `about` ask about a list as a whole.

    `schema` is the part of the profile's schema that defines the question. If `can_withhold` is true, the facts of the
    group may be withheld with a reason.
    """

    name: str
    kind: Kind
    title: str
    text: str
    help: str
    unit: str
    found_in: str
    needed: bool
    schema: Mapping[str, Json]
    about: tuple["Question", ...] = ()
    parts: tuple["Question", ...] = ()
    can_withhold: bool = False

    @property
    def answers(self) -> Mapping[str, str]:
        """The allowed answers of a choice, as a mapping from the profile's value to the label that a person reads."""
        if ANSWERS_FROM in self.schema:
            return questions_of_the_audit()
        answers: Mapping[str, str] = self.schema.get("x-answers", {})
        return answers

    @property
    def words(self) -> Mapping[str, str]:
        """The words that may stand in place of a date, from the profile's value to the label that a person reads."""
        words: Mapping[str, str] = self.schema.get("x-words", {})
        return words

    @property
    def asked_if(self) -> Mapping[str, Json]:
        """The earlier answers that leave the question open, by path. `asked.is_asked` reads them."""
        conditions: Mapping[str, Json] = self.schema.get("x-asked-if", {})
        return conditions

    @property
    def is_past(self) -> bool:
        """Whether a date must not be after the profile date."""
        return self.schema.get("x-date") in ("past-date", "past-year")

    @property
    def is_leaf(self) -> bool:
        """Whether one value answers the question."""
        return self.kind not in _WITH_PARTS

    @property
    def identity(self) -> Sequence[str]:
        """The names of the facts that tell an entry of this list from the others. Empty if the schema names none."""
        if self.kind not in (Kind.LIST, Kind.REGISTER):
            return ()
        items = self.schema["items"] if self.kind is Kind.REGISTER else self.schema["properties"]["entries"]["items"]
        names: Sequence[str] = resolved(items, schema("profile")).get("x-identity", ())
        return names

    def part(self, name: str) -> "Question":
        """The part with this name. Raises `KeyError` if there is none."""
        for one in (*self.parts, *self.about):
            if one.name == name:
                return one
        raise KeyError(name)

    def read(self, text: str) -> Json:
        """The value of a typed text, or `None` for an empty text or "not known". Raises `NotAnAnswer` for any other text."""
        text = text.strip()
        return None if text.lower() in ("", NOT_KNOWN.lower()) else read_answer(self, text)

    def show(self, value: Json) -> str:
        """A value as a person types it. `read` turns the text back into the same value."""
        if self.kind is Kind.YES_NO:
            return YES if value else NO
        if self.kind is Kind.IDS:
            return ", ".join(value)
        if isinstance(value, bool):
            return (YES if value else NO).lower()
        if self.kind in (Kind.DATE, Kind.DAY) and value not in self.words and is_date(value):
            return day(value)
        return {**self.answers, **self.words}.get(value, value) if isinstance(value, str) else repr(value)

    def complaint(self, value: Json) -> str:
        """Why the schema refuses a value, in one sentence, or "" if it accepts the value."""
        refused = complaints(value, {**self.schema, "$defs": schema("profile")["$defs"]})
        return refused[0].message if refused else date_complaint(self, value)


@cache
def all_questions() -> tuple[Question, ...]:
    """Every question of a profile in the order of the schema: date, organisation, sections, evidence register."""
    root = schema("profile")
    return tuple(
        _question(name, part, root, needed=name in root["required"], found_in="")
        for name, part in root["properties"].items()
        if name not in NOT_ASKED
    )


@cache
def questions_of_the_audit() -> Mapping[str, str]:
    """The questions of the bundled rules by their full names: what an accepted gap or an attestation can be about."""
    rules = installed(third_party=False).rules.values()
    return {criterion.id: criterion.question for rule in rules for criterion in rule.criteria}


@cache
def still_so() -> Question:
    """The question whether an answer of last year is still right. It is asked beside each answer that was taken over."""
    root = schema("profile")
    return _question("carried", root["$defs"]["carried"], root, needed=True, found_in="")


def questions_of(sections: Sequence[str]) -> tuple[Question, ...]:
    """The questions of some sections, with the day, the organisation and the evidence. All questions if no section is named."""
    always = ("as_of", "organisation", "note", "evidence")
    return tuple(one for one in all_questions() if not sections or one.name in (*always, *sections))


@cache
def registers() -> tuple[str, ...]:
    """The names of the parts of a profile that are plain lists: evidence, accepted gaps, attestations."""
    return tuple(one.name for one in all_questions() if one.kind is Kind.REGISTER)


def leaves(question: Question, pointer: str = "") -> Iterator[tuple[str, Question]]:
    """The questions at or below this one that one value answers, each with its JSON Pointer. `*` stands for any entry."""
    if question.is_leaf:
        yield pointer, question
        return
    for one in question.about:
        yield from leaves(one, f"{pointer}/{one.name}")
    below = {Kind.LIST: f"{pointer}/entries/*", Kind.REGISTER: f"{pointer}/*", Kind.MAPPING: f"{pointer}/*"}
    for one in question.parts:
        yield from leaves(one, f"{below.get(question.kind, pointer)}/{one.name}")


def _question(name: str, part: Mapping[str, Json], root: Mapping[str, Json], *, needed: bool, found_in: str) -> Question:
    part = resolved(part, root)
    kind = _kind(part)
    found_in = part.get("x-found-in", found_in)
    properties, entry = part.get("properties", {}), part
    about: tuple[str, ...] = ()
    if kind is Kind.LIST:
        about = tuple(one for one in properties if one != "entries")
        entry = resolved(properties["entries"]["items"], root)
    elif kind in (Kind.REGISTER, Kind.MAPPING):
        entry = resolved(part["items" if kind is Kind.REGISTER else "additionalProperties"], root)
    return Question(
        name=name,
        kind=kind,
        title=part.get("title", name),
        text=part.get("x-question", part.get("title", name)),
        help=part.get("description", ""),
        unit=part.get("x-unit", ""),
        found_in=found_in,
        needed=needed,
        schema=part,
        about=tuple(_question(one, properties[one], root, needed=False, found_in=found_in) for one in about),
        parts=tuple(
            _question(one, member, root, needed=one in entry.get("required", ()), found_in=found_in)
            for one, member in entry.get("properties", {}).items()
            if one not in NOT_ASKED
        ),
        can_withhold="withheld" in properties,
    )


_BY_TYPE = {"boolean": Kind.YES_NO, "integer": Kind.WHOLE, "number": Kind.NUMBER, "string": Kind.TEXT}


def _kind(part: Mapping[str, Json]) -> Kind:
    type_ = part["type"]
    if type_ == "object":
        if "properties" not in part:
            return Kind.MAPPING
        return Kind.LIST if "entries" in part["properties"] else Kind.GROUP
    if type_ == "array":
        return Kind.IDS if part["items"].get("type") == "string" else Kind.REGISTER
    if isinstance(type_, list):
        return Kind.VALUE
    if "enum" in part or ANSWERS_FROM in part:
        return Kind.CHOICE
    form = part.get("x-date", "")
    return Kind.DAY if form == "day" else Kind.DATE if form in DATE_FORMATS else _BY_TYPE[type_]

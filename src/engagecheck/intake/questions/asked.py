"""Which questions arise: those that earlier answers leave open, and the essential ones to begin with.

`x-asked-if` in the schema names an earlier answer and the values that leave a question open. A question is not asked only if
the earlier answer is stated and is another. It then stays unanswered: "not asked" never means "does not apply".
"""

from collections.abc import Iterator, Mapping
from typing import Any

from engagecheck.intake.plausibility import at
from engagecheck.intake.questions import Question, all_questions
from engagecheck.intake.questions.kinds import Kind
from engagecheck.model.outcomes import Priority
from engagecheck.model.profile import pointer_of
from engagecheck.model.schema import pointer_step
from engagecheck.plugin_host.discovery import BUNDLED
from engagecheck.plugin_host.registry import Registry

Json = Any
GIVEN = ("organisation", "as_of")
"""Facts that every profile needs, so that no short start has to ask for them again."""


def is_asked(question: Question, document: Mapping[str, Json], group: Mapping[str, Json]) -> bool:
    """Whether the answers so far leave a question open. `group` is the group or entry that holds its answer."""
    for path, wanted in question.asked_if.items():
        value = at(document, pointer_of(path)) if "." in path else group.get(path)
        if value is not None and not _leaves_open(wanted, value):
            return False
    return True


def has_entries(value: Json) -> bool:
    """Whether a list may have entries to ask for: not if its total is stated as 0."""
    return not (isinstance(value, Mapping) and value.get("of") == 0)


def no_longer_asked(document: Mapping[str, Json]) -> Iterator[tuple[str, Question]]:
    """The answers of a document that earlier answers make unnecessary, by JSON Pointer. Each is to be kept or removed."""
    for question in all_questions():
        if question.name in document:
            yield from _unnecessary(question, f"/{question.name}", document[question.name], document, document)


def essential_facts(registry: Registry, pack: str = BUNDLED) -> tuple[str, ...]:
    """The JSON Pointers of the facts that the essential questions of a pack read, in the order of the profile."""
    paths = {
        path
        for name, rule in registry.rules.items()
        for criterion in rule.criteria
        if registry.plugin_of(name).pack == pack and criterion.priority is Priority.HIGH
        for path in criterion.paths
        if path.partition(".")[0] not in GIVEN
    }
    facts = [f"/{section.name}/{part.name}" for section in all_questions() for part in section.parts]
    return tuple(fact for fact in facts if any(f"{path.replace('.', '/')}/".startswith(f"{fact[1:]}/") for path in paths))


def _unnecessary(
    question: Question, pointer: str, value: Json, document: Mapping[str, Json], group: Mapping[str, Json]
) -> Iterator[tuple[str, Question]]:
    if not is_asked(question, document, group):
        yield pointer, question
    elif question.kind is Kind.GROUP and isinstance(value, Mapping):
        yield from _within(question.parts, pointer, value, document)
    elif question.kind is Kind.LIST and isinstance(value, Mapping):
        yield from _within(question.about, pointer, value, document)
        entries = value.get("entries") or []
        if entries and not has_entries(value):
            yield f"{pointer}/entries", question
        elif isinstance(entries, list):
            for place, entry in enumerate(entries):
                yield from _within(question.parts, f"{pointer}/entries/{place}", entry, document)


def _within(
    parts: tuple[Question, ...], pointer: str, group: Json, document: Mapping[str, Json]
) -> Iterator[tuple[str, Question]]:
    for part in parts:
        if isinstance(group, Mapping) and part.name in group:
            yield from _unnecessary(part, f"{pointer}/{pointer_step(part.name)}", group[part.name], document, group)


def _leaves_open(wanted: Json, value: Json) -> bool:
    if isinstance(wanted, Mapping):
        return not isinstance(value, int | float) or bool(value >= wanted["minimum"])
    return value in wanted if isinstance(wanted, list) else value == wanted

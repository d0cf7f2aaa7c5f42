"""What a reader would miss or stumble over in a rule, in sentences that say what to change."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from engagecheck.model.profile import is_fact
from engagecheck.model.report import Basis
from engagecheck.model.schema import did_you_mean, resolved, schema
from engagecheck.rules.criteria import Criterion
from engagecheck.rules.rule import ProfileExtension, Rule
from engagecheck.rules.yardsticks import Yardstick, tailored

LONGEST = {"question": 130, "text": 220, "success": 180, "show": 160, "why": 600, "title": 90}
"""Characters that a text has at most: it has to fit a line of a table or a paper."""
_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_JARGON = {
    "utilise": "use", "utilize": "use", "leverage": "use", "stakeholders": "who it is", "synergy": "what happens",
    "holistic": "whole", "operationalise": "do", "operationalize": "do", "robust": "how it is strong", "in order to": "to",
    "going forward": "from now on", "facilitate": "help", "paradigm": "way",
}  # fmt: skip
_LONG_SENTENCE = 30


def complaints(rule: Rule, sources: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with a rule and its criteria; `sources` are those that are known."""
    where = f"{rule.id}:"
    if not _ID.fullmatch(rule.id):
        yield f"{where} write the id in lower case with hyphens, such as board-diary"
    yield from (f"{where} {text}" for text in _texts({"title": rule.title, "why": rule.why}))
    yield from (f"{where} {text}" for text in _source(rule.source, sources))
    if not rule.version.strip():
        yield f"{where} it has no version; audits are compared by it"
    if rule.status == "deprecated" and not rule.replaced_by:
        yield f"{where} it is deprecated, and names no rule to use instead; set replaced_by"
    if rule.replaced_by and rule.status != "deprecated":
        yield f"{where} it names replaced_by={rule.replaced_by!r} and is not deprecated; set status='deprecated'"
    for criterion in rule.criteria:
        yield from (f"{criterion.id}: {text}" for text in complaints_of(criterion))
        yield from (f"{criterion.id}: {text}" for text in _source(criterion.source, sources))


def unknown_facts(criterion: Criterion) -> Iterator[str]:
    """The facts that it reads and no profile can have."""
    for path in criterion.paths:
        if not is_fact(path):
            yield f"it reads {path!r}, which no profile has; {did_you_mean(path, _facts())}"


@cache
def _facts() -> list[str]:
    """The paths of all facts in the profile's schema."""
    root = schema("profile")

    def paths(part: Mapping[str, Any], path: str) -> Iterator[str]:
        for name, member in resolved(part, root).get("properties", {}).items():
            where = f"{path}.{name}" if path else name
            yield where
            if "entries" not in resolved(member, root).get("properties", {}):
                yield from paths(member, where)

    return list(paths(root, ""))


def complaints_of(criterion: Criterion) -> Iterator[str]:
    """What is wrong with one criterion, its sources aside."""
    yield from unknown_facts(criterion)
    stick: object = criterion.yardstick
    if not isinstance(stick, Yardstick):
        yield f"its yardstick {stick!r} is none; give at_least, at_most, between, yes, no, grades, or one of your own"
        return
    yield from _edges(criterion)
    if not criterion.question.strip().endswith("?"):
        yield f"the question {criterion.question!r} does not end with a question mark; ask what a board would understand"
    yield from _texts({"question": criterion.question, "show": criterion.show})
    if not criterion.summary.strip():
        yield "the measure has no docstring; say in one what it measures, with its unit"
    if criterion.basis is not Basis.JUDGEMENT and not criterion.source:
        yield f"the basis is {criterion.basis}, and no source is named; name it, or call it judgement"
    if criterion.yardstick.kind in ("at_least", "at_most", "between") and not criterion.unit:
        yield 'the yardstick is a number, and there is no unit; give one, such as unit="months"'
    if not criterion.recommend:
        yield "nothing is recommended; give recommend= a recommendation"
    for advice in criterion.recommend:
        yield from _texts({"text": advice.text, "success": advice.success})
        for name in ("owner", "horizon"):
            if not getattr(advice, name).strip():
                yield f"the recommendation has no {name}; say who does it, and by when"


def _edges(criterion: Criterion) -> Iterator[str]:
    """Edges that cannot be: a partly that is harder than met, a share beyond all of it."""
    stick = criterion.yardstick
    try:
        tailored(stick, criterion.unit, met=stick.met)
    except ValueError as error:
        if stick.kind in ("at_least", "at_most", "between"):
            yield f"its yardstick cannot be: {error}"


def complaints_of_extension(extension: ProfileExtension) -> Iterator[str]:
    """What is wrong with the schema of a plugin's own part of a profile."""
    from jsonschema import Draft202012Validator, SchemaError

    where = f"extension {extension.name}:"
    try:
        Draft202012Validator.check_schema(dict(extension.schema))
    except SchemaError as error:
        yield f"{where} it is no JSON Schema: {error.message}; correct it"
        return
    for pointer, part in _parts(extension.schema, "#"):
        if part.get("type") == "object" and "properties" in part and part.get("additionalProperties") is not False:
            yield f"{where} {pointer} lets any name through; set additionalProperties to false, so that typing mistakes show"
        if part.get("type") == "array" and "maxItems" not in part:
            yield f"{where} {pointer} has no maxItems; give one, so that no file can grow without end"
        if str(part.get("$ref", "#")).partition("#")[0]:
            yield f"{where} {pointer} refers to {part['$ref']}, which is outside of it; nothing is ever fetched, so copy it in"
        for name, member in part.get("properties", {}).items():
            if isinstance(member, Mapping) and "$ref" not in member and not member.get("title"):
                yield f"{where} {pointer}/properties/{name} has no title; reports show it by that"


def _parts(schema: Any, pointer: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    if isinstance(schema, Mapping):
        yield pointer, schema
        for name, part in schema.items():
            yield from _parts(part, f"{pointer}/{name}")


def _source(reference: str, sources: Mapping[str, Any]) -> Iterator[str]:
    name = reference.partition("/")[0]
    if name and name not in sources:
        yield f"it cites {reference!r}, which no plugin brings; declare a Source with that id, or cite one that is there"


def _texts(texts: Mapping[str, str]) -> Iterator[str]:
    for name, text in texts.items():
        if not text.strip():
            yield f"its {name} is empty; write it for a reader who is no programmer"
            continue
        if len(text) > LONGEST[name]:
            yield f"its {name} has {len(text)} characters; {LONGEST[name]} fit a paper, so say it shorter"
        longest = max((len(sentence.split()) for sentence in re.split(r"[.!?]", text)), default=0)
        if longest > _LONG_SENTENCE:
            yield f"its {name} has a sentence of {longest} words; make two of it"
        for word, better in _JARGON.items():
            if re.search(rf"\b{word}\b", text, re.IGNORECASE):
                yield f"its {name} says {word!r}; plainer is: {better}"

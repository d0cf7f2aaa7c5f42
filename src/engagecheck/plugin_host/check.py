"""Checks of a plugin before it is shipped. Each complaint is a sentence that says what to change."""

import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

from engagecheck.errors import InputRefused, UsageRefused
from engagecheck.inputs import parse_toml, read_bytes
from engagecheck.model.outcomes import Basis
from engagecheck.model.profile import is_fact
from engagecheck.model.schema import did_you_mean, resolved, schema
from engagecheck.plugin_host.discovery import BUNDLED, Plugin, find_plugins, plugin_from
from engagecheck.plugin_host.framework import Framework
from engagecheck.plugin_host.registry import Registry, registry_of
from engagecheck.rules.criteria import Criterion
from engagecheck.rules.rule import ProfileExtension, Rule, Source, days_of
from engagecheck.rules.yardsticks import Yardstick, tailored

LONGEST = {"question": 130, "text": 220, "success": 180, "show": 160, "why": 600, "title": 90}
"""The greatest length of each text in characters, so that it fits a line of a table or a paper."""
_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_JARGON = {
    "utilise": "use", "utilize": "use", "leverage": "use", "stakeholders": "who it is", "synergy": "what happens",
    "holistic": "whole", "operationalise": "do", "operationalize": "do", "robust": "how it is strong", "in order to": "to",
    "going forward": "from now on", "facilitate": "help", "paradigm": "way",
}  # fmt: skip
_LONG_SENTENCE = 30
_ADDRESS = re.compile(r"https://[a-z0-9-]+(\.[a-z0-9-]+)+(/\S*)?", re.IGNORECASE)
_SAYS = {
    "title": "say what it is called",
    "authority": "say who requires it, advises it or found it",
    "read_in": "say where you read it, even if that is the same",
    "seen": "say which part of it you read",
}
_NUMERIC = ("at_least", "at_most", "between")


def complaints(rule: Rule, sources: Mapping[str, Source]) -> Iterator[str]:
    """What is wrong with a rule and its criteria. `sources` has the known sources by their id."""
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
        yield from (f"{criterion.id}: {text}" for text in _standard(criterion, sources))


def unknown_facts(criterion: Criterion) -> Iterator[str]:
    """Complaints about facts that a criterion reads and that no profile can have."""
    for path in criterion.paths:
        if not is_fact(path):
            yield f"it reads {path!r}, which no profile has; {did_you_mean(path, _facts())}"


@cache
def _facts() -> list[str]:
    """The paths of all facts in the profile's schema."""
    root = schema("profile")

    def paths(part: Mapping[str, Any], prefix: str) -> Iterator[str]:
        for name, member in resolved(part, root).get("properties", {}).items():
            yield prefix + name
            if "entries" not in resolved(member, root).get("properties", {}):
                yield from paths(member, f"{prefix}{name}.")

    return list(paths(root, ""))


def complaints_of(criterion: Criterion) -> Iterator[str]:
    """What is wrong with one criterion, apart from its source."""
    yield from unknown_facts(criterion)
    yardstick: object = criterion.yardstick
    if not isinstance(yardstick, Yardstick):
        yield f"its yardstick {yardstick!r} is none; give at_least, at_most, between, yes, no, grades, or one of your own"
        return
    yield from _edges(criterion)
    if not criterion.question.strip().endswith("?"):
        yield f"the question {criterion.question!r} does not end with a question mark; ask what a board would understand"
    yield from _texts({"question": criterion.question, "show": criterion.show})
    if not criterion.summary.strip():
        yield "the measure has no docstring; say in one what it measures, with its unit"
    if criterion.basis is not Basis.JUDGEMENT and not criterion.source:
        yield f"the basis is {criterion.basis}, and no source is named; name it, or call it judgement"
    if yardstick.kind in _NUMERIC and not criterion.unit:
        yield 'the yardstick is a number, and there is no unit; give one, such as unit="months"'
    if not criterion.recommend:
        yield "nothing is recommended; give recommend= a recommendation"
    for advice in criterion.recommend:
        yield from _texts({"text": advice.text, "success": advice.success})
        for name in ("owner", "horizon"):
            if not getattr(advice, name).strip():
                yield f"the recommendation has no {name}; say who does it, and by when"


def _edges(criterion: Criterion) -> Iterator[str]:
    """Complaints about impossible edges, such as a `partly` that is harder than `met`, or a share above 1."""
    yardstick = criterion.yardstick
    try:
        tailored(yardstick, criterion.unit, met=yardstick.met)
    except ValueError as error:
        if yardstick.kind in _NUMERIC:
            yield f"its yardstick cannot be: {error}"


def complaints_of_extension(extension: ProfileExtension) -> Iterator[str]:
    """What is wrong with the schema of a plugin's extension of the profile."""
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


def _source(reference: str, sources: Mapping[str, Source]) -> Iterator[str]:
    name = reference.partition("/")[0]
    if name and name not in sources:
        yield f"it cites {reference!r}, which no plugin brings; declare a Source with that id, or cite one that is there"


def _standard(criterion: Criterion, sources: Mapping[str, Source]) -> Iterator[str]:
    """A complaint about a standard whose source does not say since when it is in force."""
    source = sources.get(criterion.source.partition("/")[0])
    bases = {criterion.basis, *(variant.basis for variant in criterion.variants)}
    if source is not None and Basis.STANDARD in bases and source.effective_from is None:
        yield f"it is a standard, and the source {source.id} does not say from when it is in force; set its effective_from"


def complaints_of_source(source: Source) -> Iterator[str]:
    """What is wrong with a source: a reader must learn whose it is, where it was read, of what date, and follow its address."""
    where = f"source {source.id}:"
    for name in ("title", "authority", "read_in", "seen"):
        if not getattr(source, name).strip():
            yield f"{where} its {name} is empty; {_SAYS[name]}"
    try:
        days_of(source.date)
    except ValueError:
        yield f"{where} {source.date!r} is not a date; write its year, month or day, such as 2014, 2014-07 or 2014-07-10"
    if not _ADDRESS.fullmatch(source.address):
        yield f"{where} {source.address!r} is not an address that can be followed; write all of it, beginning with https://"
    first, last = source.effective_from, source.effective_to
    if first and last and days_of(first)[0] > days_of(last)[1]:
        yield f"{where} it ends on {last}, before it begins on {first}; correct effective_from or effective_to"


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


def check(target: str) -> Iterator[str]:
    """What is wrong with a plugin: a file, a folder of rule files, a package folder, or an installed distribution.

    Raises `UsageRefused` if there is no such file, folder or distribution.
    """
    plugins, complaints_of_package = _plugins_at(target)
    yield from complaints_of_package
    registry = registry_of([*(plugin for plugin in _installed(BUNDLED) if plugin not in plugins), *plugins])
    details = dict(registry.details)
    for problem in registry.problems:
        yield f"{problem.where}: {problem.message} {details.get(problem.where, '')}".strip()
    checked = {str(plugin) for plugin in plugins}
    rules = [rule for name, rule in registry.rules.items() if str(registry.plugin_of(name)) in checked]
    known = {criterion.id for rule in registry.rules.values() for criterion in rule.criteria}
    for rule in rules:
        yield from complaints(rule, registry.sources)
        if rule.replaced_by and rule.replaced_by not in registry.rules:
            yield f"{rule.id}: it is replaced_by {rule.replaced_by!r}, which no plugin brings"
        for criterion in rule.criteria:
            if criterion.same_cause_as and criterion.same_cause_as not in known:
                yield (
                    f"{criterion.id}: it is said to have the same cause as {criterion.same_cause_as!r}, which is no criterion; "
                    "name one, or leave it out"
                )
    for offered in registry.offered[ProfileExtension].values():
        if str(offered.plugin) in checked:
            yield from complaints_of_extension(offered.thing)
    for offered in registry.offered[Source].values():
        if str(offered.plugin) in checked:
            yield from complaints_of_source(offered.thing)
    for offered in registry.offered[Framework].values():
        if str(offered.plugin) in checked:
            yield from offered.thing.complaints([rule.id for rule in rules])
    yield from _unknown_extensions(registry, rules)
    if not rules and not any(str(one.plugin) in checked for things in registry.offered.values() for one in things.values()):
        yield "nothing was loaded, so there is nothing to check"


def _installed(pack: str) -> list[Plugin]:
    return [plugin for plugin in find_plugins() if plugin.pack == pack]


def _plugins_at(target: str) -> tuple[list[Plugin], list[str]]:
    """The plugins at a path or in a distribution, and what is wrong with their packaging."""
    path = Path(target)
    if path.is_file():
        return [plugin_from(target, f"folder {path.resolve().parent.name}")], []
    if path.is_dir():
        project = path / "pyproject.toml"
        if project.is_file():
            return _plugins_of_project(project)
        plugins = [plugin_from(str(file), f"folder {path.resolve().name}") for file in sorted(path.glob("[!_]*.py"))]
        rules = [plugin for plugin in plugins if not plugin.name.startswith("test-")]
        if rules:
            return rules, []
    installed = _installed(target)
    if installed:
        return installed, list(_requires(target))
    known = sorted({plugin.pack for plugin in find_plugins()})
    raise UsageRefused(f"plugin check {target}: there is no such file, folder or distribution; {did_you_mean(target, known)}")


def _plugins_of_project(project: Path) -> tuple[list[Plugin], list[str]]:
    try:
        document, _ = parse_toml(read_bytes(project), str(project))
    except InputRefused as refused:
        return [], list(refused.complaints)
    project_table = document.get("project", {})
    points = project_table.get("entry-points", {}).get("engagecheck", {})
    problems = []
    if not points:
        problems.append(f"{project}: there is no [project.entry-points.engagecheck]; name each rule's module there, by its id")
    if not _needs_engagecheck(project_table.get("dependencies", ())):
        problems.append(f'{project}: engagecheck is not among the dependencies; add "engagecheck>=…"')
    installed = _installed(project_table.get("name", project.parent.name))
    source = str((project.parent / "src").resolve())
    if installed and Path(source).is_dir():
        sys.path.insert(0, source)  # so that this source is checked, not an installed copy
    for point in sorted(set(points) - {plugin.name for plugin in installed}):
        fix = f"run python -m pip install -e {project.parent} first"
        problems.append(f"{project}: the entry point {point} is not installed; {fix}")
    return installed, problems


def _requires(distribution: str) -> Iterator[str]:
    if distribution != BUNDLED and not _needs_engagecheck(metadata.requires(distribution) or ()):
        yield f"{distribution}: engagecheck is not among its dependencies; add it, with the least version that it needs"


def _needs_engagecheck(requirements: Iterable[str]) -> bool:
    return any(re.match(r"engagecheck(?![\w.-])", requirement) for requirement in requirements)


def _unknown_extensions(registry: Registry, rules: Sequence[Rule]) -> Iterator[str]:
    """Complaints about facts that a rule reads from an extension that no plugin describes."""
    for rule in rules:
        for criterion in rule.criteria:
            for path in criterion.paths:
                head, _, rest = path.partition(".")
                name = rest.partition(".")[0]
                if head == "extensions" and name not in registry.extensions:
                    yield f"{criterion.id}: it reads {path}, and no plugin brings a ProfileExtension called {name!r}; add one"

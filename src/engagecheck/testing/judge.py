"""One criterion put to facts, or one rule to a sound profile with changes."""

import inspect
import json
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

from engagecheck.audit import describe, findings
from engagecheck.audit.engine import walk
from engagecheck.audit.tailoring import Tailoring
from engagecheck.intake.load import read
from engagecheck.intake.structure import profile_from
from engagecheck.model.profile import Profile
from engagecheck.model.report import CriterionResult, Finding
from engagecheck.plugin_host.discovery import Plugin
from engagecheck.plugin_host.registry import Registry
from engagecheck.rules.criteria import Criterion
from engagecheck.rules.rule import ProfileExtension, Rule, Source

ENGLISH_TRUST = {"name": "A trust (invented)", "type": "nhs_trust", "country": "England"}
AS_OF = "2025-03-31"
Json = Any


def judge(criterion: Criterion, **facts: Any) -> CriterionResult:
    """The result of one criterion on the facts given, each under the name of the measure's parameter.

    A fact is given as it would stand in a profile's JSON. `organisation` and `as_of` may be given too; without
    them the facts are those of an NHS trust in England on 31 March 2025. A fact that is not given is missing.
    Raises `TypeError` for a name that is no parameter of the measure.
    """
    profile = profile_from(document_of(criterion, facts))
    criterion = criterion.suited(profile.organisation, profile.as_of)
    return describe.result_of(criterion, walk(criterion, profile), profile, {})


def document_of(criterion: Criterion, facts: Mapping[str, Json]) -> dict[str, Json]:
    """The smallest profile with these facts of a criterion, each under the name of the measure's parameter."""
    given = dict(facts)
    organisation = {**ENGLISH_TRUST, **given.pop("organisation", {})}
    document: dict[str, Json] = {"organisation": organisation, "as_of": given.pop("as_of", AS_OF)}
    names = list(inspect.signature(criterion.measure).parameters)
    paths = dict(zip(names, criterion.paths, strict=True))
    unknown = sorted(set(given) - set(paths))
    if unknown:
        raise TypeError(f"{criterion.id} reads no fact called {unknown[0]!r}; it reads {', '.join(names)}")
    for name, value in given.items():
        put(document, paths[name], value)
    return document


def put(document: dict[str, Json], path: str, value: Json) -> None:
    """Set the fact at a path such as `talent.chief_registrar_time`; `None` takes it out."""
    *steps, last = path.split(".")
    for step in steps:
        document = document.setdefault(step, {})
    if value is None:
        document.pop(last, None)
    else:
        document[last] = value


def sound_profile() -> dict[str, Json]:
    """The document of an invented trust in which everything that the bundled rules ask is in place."""
    loaded: dict[str, Json] = json.loads((files("engagecheck.examples") / "sound.json").read_text("utf-8"))
    return loaded


def audit_rule(
    rule: Rule, changes: Mapping[str, Json] | None = None, *, extension: ProfileExtension | None = None,
    sources: tuple[Source, ...] = (),
) -> Finding:  # fmt: skip
    """The finding of one rule on the sound profile with changes: paths with values, `None` to take a fact out.

    The changed profile is checked against the schemas as any is; raises `InputRefused` for one that cannot be.
    """
    document = sound_profile()
    for path, value in (changes or {}).items():
        put(document, path, value)
    registry = registry_of(rule, extension, sources)
    profile: Profile = read(json.dumps(document, indent=1).encode(), "the sound profile with changes", registry)
    (finding,) = findings.of_rules([rule], profile, registry, Tailoring()).findings
    return finding


def registry_of(rule: Rule, extension: ProfileExtension | None = None, sources: tuple[Source, ...] = ()) -> Registry:
    """A registry with nothing in it but a rule and what belongs to it."""
    registry = Registry()
    plugin = Plugin(rule.id, "the rule under test", "", lambda: inspect)
    for kind, name, thing in ((Rule, rule.id, rule), *((Source, one.id, one) for one in sources)):
        registry.take(kind, name, thing, plugin)
    if extension is not None:
        registry.take(ProfileExtension, extension.name, extension, plugin)
    return registry

"""Evaluation of one criterion on given facts, or of one rule on a changed sound profile."""

import inspect
import json
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

from engagecheck.audit.evaluate import AskedCriterion
from engagecheck.audit.results import Places, described
from engagecheck.audit.run import run_audit
from engagecheck.intake.checks import check
from engagecheck.intake.load import load_profile, profile_from
from engagecheck.model.profile import Profile
from engagecheck.model.report import Finding
from engagecheck.model.result import CriterionResult
from engagecheck.plugin_host.discovery import Plugin
from engagecheck.plugin_host.registry import Registry
from engagecheck.rules.criteria import Criterion
from engagecheck.rules.rule import ProfileExtension, Rule, Source

ENGLISH_TRUST = {
    "name": "A trust (invented)",
    "type": "nhs_trust",
    "country": "England",
    "founded": "1994-04-01",
    "hosts_resident_doctors": True,
}
AS_OF = "2025-03-31"
Json = Any


def judge(criterion: Criterion, **facts: Any) -> CriterionResult:
    """The result of one criterion on the given facts, each under the name of the measure's parameter.

    Write a fact as in a profile's JSON. A fact that is not given is missing. `organisation` and `as_of` are optional. Their
    defaults are an NHS trust in England, founded in 1994, where resident doctors work, and 31 March 2025. Raises `TypeError`
    for a name that is no parameter of the measure.
    """
    profile = profile_of(criterion, facts)
    asked = AskedCriterion(None, criterion.for_organisation(profile.organisation, profile.as_of))
    return described(asked, asked.answer(profile), Places.of(profile), {})


def profile_of(criterion: Criterion, facts: Mapping[str, Any]) -> Profile:
    """The smallest profile with these facts of a criterion. It may be incomplete, so the schema is not applied."""
    document = document_of(criterion, facts)
    return profile_from(document, check(document))


def document_of(criterion: Criterion, facts: Mapping[str, Json]) -> dict[str, Json]:
    """The smallest profile with these facts of a criterion, each under the name of the measure's parameter."""
    remaining = dict(facts)
    organisation = {**ENGLISH_TRUST, **remaining.pop("organisation", {})}
    document: dict[str, Json] = {"organisation": organisation, "as_of": remaining.pop("as_of", AS_OF)}
    names = list(inspect.signature(criterion.measure).parameters)
    paths = dict(zip(names, criterion.paths, strict=True))
    unknown = sorted(set(remaining) - set(paths))
    if unknown:
        raise TypeError(f"{criterion.id} reads no fact called {unknown[0]!r}; it reads {', '.join(names)}")
    for name, value in remaining.items():
        set_fact(document, paths[name], value)
    return document


def set_fact(document: dict[str, Json], path: str, value: Json) -> None:
    """Set the fact at a path such as `talent.chief_registrar_time`. `None` removes it."""
    *steps, last = path.split(".")
    for step in steps:
        document = document.setdefault(step, {})
    if value is None:
        document.pop(last, None)
    else:
        document[last] = value


def sound_profile() -> dict[str, Json]:
    """The profile document of an invented trust that meets every criterion of the bundled rules."""
    document: dict[str, Json] = json.loads((files("engagecheck.examples") / "sound.json").read_text("utf-8"))
    return document


def audit_rule(
    rule: Rule, changes: Mapping[str, Json] | None = None, *, extension: ProfileExtension | None = None,
    sources: tuple[Source, ...] = (),
) -> Finding:  # fmt: skip
    """The finding of one rule on the sound profile with changes.

    `changes` has new values by the path of the fact. `None` removes a fact. Raises `InputRefused` if the changed profile does
    not fit the schemas.
    """
    document = sound_profile()
    for path, value in (changes or {}).items():
        set_fact(document, path, value)
    registry = registry_of_rule(rule, extension, sources)
    raw = json.dumps(document, indent=1).encode()
    report = run_audit(load_profile(raw, name="the sound profile with changes", registry=registry), registry)
    return next(finding for finding in report.findings if finding.rule == rule.id)


def registry_of_rule(rule: Rule, extension: ProfileExtension | None = None, sources: tuple[Source, ...] = ()) -> Registry:
    """A registry with only a rule, its extension and its sources."""
    registry = Registry()
    plugin = Plugin(rule.id, "the rule under test", "", lambda: inspect)
    for kind, name, thing in ((Rule, rule.id, rule), *((Source, source.id, source) for source in sources)):
        registry.take(kind, name, thing, plugin)
    if extension is not None:
        registry.take(ProfileExtension, extension.name, extension, plugin)
    return registry

"""An audit: every rule put to one profile, and the report of it."""

import hashlib
import json
import platform
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import attrs

from engagecheck import __version__, next_steps, opinion, results
from engagecheck.documents import load
from engagecheck.engine import walk
from engagecheck.errors import UsageRefused
from engagecheck.profile import Profile
from engagecheck.registry import BUNDLED, Registry, installed
from engagecheck.rendering import cleaned
from engagecheck.report import CriterionResult, Finding, Outcome, Pack, Problem, Report, Subject, Summary, Tool, as_json
from engagecheck.rules import Rule
from engagecheck.scales import JOURNEY


def audit(
    profile: Profile | str | Path | bytes | Mapping[str, Any],
    *,
    registry: Registry | None = None,
    as_of: date | str | None = None,
    fail_on: str = "high",
    min_coverage: float = 0,
) -> Report:
    """Audit a profile (or what `load` reads one from) with the rules of a registry, the installed ones by default.

    `as_of` moves the audit to a later day; `fail_on` (high, medium, low, never) and `min_coverage` (per cent) set
    the gate. Raises `InputRefused` for a profile that cannot be accepted, `UsageRefused` for an `as_of` that lies
    before the profile's own.
    """
    registry = installed() if registry is None else registry
    if not isinstance(profile, Profile):
        profile = load(profile, registry=registry)
    profile = _moved(profile, as_of)
    problems = list(registry.problems)
    details = list(registry.details)
    findings = []
    for rule in registry.rules.values():
        findings.append(_finding(rule, profile, registry, problems, details))
    findings.extend(_not_loaded(registry, {finding.rule for finding in findings}))
    findings.sort(key=lambda finding: finding.rule)
    packs = _packs(findings, registry, fail_on, min_coverage)
    asked = [criterion for rule in registry.rules.values() for criterion in rule.criteria]
    report = Report(
        tool=Tool("engagecheck", __version__),
        subject=Subject(**attrs.asdict(profile.organisation)),
        as_of=profile.as_of.isoformat(),
        profile_digest=profile.origin.digest,
        summary=_summary(packs, findings),
        packs=packs,
        findings=tuple(findings),
        facts_not_read=results.not_read(asked, profile),
        problems=tuple(problems),
        left_out=tuple(registry.left_out),
        outdated_sources=results.outdated(asked, registry.sources, profile.as_of),
        run={
            "profile": profile.origin.name,
            "python": platform.python_version(),
            "exceptions": [{"where": where, "text": text} for where, text in details],
        },
    )
    clean: Report = cleaned(report)
    return attrs.evolve(clean, report_digest=digest(as_json(clean)))


def digest(document: Mapping[str, Any]) -> str:
    """The digest of a report as JSON, over everything but `run` and the digest itself."""
    kept = {name: part for name, part in document.items() if name not in ("run", "report_digest")}
    return hashlib.sha256(
        json.dumps(kept, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    ).hexdigest()


def _moved(profile: Profile, as_of: date | str | None) -> Profile:
    if as_of is None:
        return profile
    if isinstance(as_of, str):
        try:
            as_of = date.fromisoformat(as_of)
        except ValueError:
            raise UsageRefused(f"--as-of {as_of}: this is not a day; write it as 2025-03-31") from None
    if as_of < profile.as_of:
        raise UsageRefused(
            f"--as-of {as_of} lies before the profile's own date, {profile.as_of}; an audit cannot look back in time"
        )
    return attrs.evolve(profile, as_of=as_of)


def _finding(
    rule: Rule, profile: Profile, registry: Registry, problems: list[Problem], details: list[tuple[str, str]]
) -> Finding:
    found = []
    for declared in rule.criteria:
        criterion = declared.suited(profile.organisation, profile.as_of)
        walked = walk(criterion, profile)
        found.append(results.result_of(criterion, walked, profile, registry.sources))
        if walked.outcome is Outcome.ERROR:
            problems.append(Problem("rule", criterion.id, walked.because))
            details.append((criterion.id, walked.exception))
    source = results.cited(rule.source, registry.sources)
    return _judged(rule.id, rule.title, registry.pack_of(rule.id).pack, rule.why, source, found)


def _judged(name: str, title: str, pack: str, why: str, source: Any, found: Sequence[CriterionResult]) -> Finding:
    weighed = list(next_steps.weighed(found).values())
    return Finding(name, title, pack, why, source, opinion.finding(weighed), opinion.score(weighed), tuple(found))


def _not_loaded(registry: Registry, present: set[str]) -> list[Finding]:
    return [
        _judged(
            plugin.name, f"The plugin {plugin.name} could not be loaded", plugin.pack, "", None,
            [results.missing_part(plugin.name, plugin.pack)],
        )
        for plugin in registry.failed
        if plugin.name not in present
    ]


def _packs(findings: Sequence[Finding], registry: Registry, fail_on: str, min_coverage: float) -> tuple[Pack, ...]:
    versions = {plugin.pack: plugin.version for plugin in registry.failed}
    versions |= {registry.pack_of(name).pack: registry.pack_of(name).version for name in registry.rules}
    versions.setdefault(BUNDLED, __version__)
    packs = []
    for pack in sorted(versions, key=lambda name: (name != BUNDLED, name)):
        mine = [finding for finding in findings if finding.pack == pack]
        weighed = next_steps.weighed(criterion for finding in mine for criterion in finding.criteria)
        judgement = opinion.judge(list(weighed.values()), fail_on, min_coverage)
        packs.append(Pack(pack, versions[pack], tuple(finding.rule for finding in mine), judgement))
    return tuple(packs)


def _summary(packs: Sequence[Pack], findings: Sequence[Finding]) -> Summary:
    """The opinion on the bundled pack: installing another never changes it."""
    headline = packs[0]
    criteria = [criterion for finding in findings if finding.pack == headline.name for criterion in finding.criteria]
    judgement = headline.judgement
    return Summary(
        **{part.name: getattr(judgement, part.name) for part in attrs.fields(type(judgement))},
        scale=JOURNEY.at(judgement.level),
        could_be_scale=JOURNEY.at(judgement.could_be),
        next_steps=next_steps.steps(criteria),
        to_collect=next_steps.to_collect(criteria),
    )

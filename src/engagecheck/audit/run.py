"""An audit: every rule put to one profile, and the report of it."""

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from os import PathLike
from typing import Any

from engagecheck import __version__
from engagecheck.audit import describe, evidence, priorities, scoring
from engagecheck.audit import findings as findings_of
from engagecheck.audit import overrides as dispositions
from engagecheck.audit.overrides import Overrides
from engagecheck.audit.tailoring import Tailoring
from engagecheck.errors import UsageRefused
from engagecheck.intake.load import load
from engagecheck.model.digests import digest_of
from engagecheck.model.profile import Organisation, Profile
from engagecheck.model.records import changed, names_of
from engagecheck.model.report import (
    CriterionResult,
    Deviation,
    Expiring,
    Finding,
    Gate,
    Judgement,
    Level,
    Pack,
    Report,
    Subject,
    Summary,
    Tool,
    as_json,
    remember,
)
from engagecheck.model.schema import did_you_mean
from engagecheck.plugin_host.discovery import BUNDLED
from engagecheck.plugin_host.registry import Registry, installed
from engagecheck.rules.reporter import cleaned, is_clean
from engagecheck.rules.scales import JOURNEY, OpinionScale


def audit(
    profile: Profile | str | PathLike[str] | bytes | Mapping[str, Any],
    *,
    registry: Registry | None = None,
    as_of: date | str | None = None,
    fail_on: str | None = None,
    min_coverage: float | None = None,
    scale: str | None = None,
    overrides: Overrides | None = None,
    tailoring: Tailoring | None = None,
) -> Report:
    """Audit a profile (or what `load` reads one from) with the rules of a registry, the installed ones by default.

    `as_of` moves the audit to a later day; `fail_on` (high, medium, low, never; else high) and `min_coverage` (per cent)
    set the gate; `scale` words the level. `overrides` are accepted gaps and attestations, `tailoring` departures from the
    defaults, whose scale and gate count where none is given here. Raises `InputRefused` for a profile that cannot be
    accepted, `UsageRefused` for an `as_of` that lies before the profile's own or a scale that does not exist.
    """
    registry = installed() if registry is None else registry
    if not isinstance(profile, Profile):
        profile = load(profile, registry=registry)
    profile = moved(profile, as_of)
    tailoring, overrides = tailoring or Tailoring(), overrides or Overrides()
    wording = scale_named(scale or tailoring.scale, registry)
    gate = gate_of(tailoring, fail_on, min_coverage)
    found_here = findings_of.of_rules(registry.rules.values(), profile, registry, tailoring)
    elsewhere = _isolated(registry, profile, tailoring)
    findings = [*found_here.findings, *elsewhere.findings]
    findings.extend(findings_of.not_loaded(registry, {finding.rule for finding in findings}))
    findings.sort(key=lambda finding: finding.rule)
    problems = [*registry.problems, *found_here.problems, *elsewhere.problems]
    details = [*registry.details, *found_here.details, *elsewhere.details]
    computed = {result.id: result for finding in findings for result in finding.criteria}
    found, notes = dispositions.beside(overrides, computed, profile.as_of)
    if found:
        findings = [_with_overrides(finding, found) for finding in findings]
    results_now = [result for finding in findings for result in finding.criteria]
    packs = _packs(findings, registry, gate)
    asked = [criterion for rule in registry.rules.values() for criterion in rule.criteria]
    report = Report(
        tool=Tool("engagecheck", __version__),
        subject=Subject(**{name: getattr(profile.organisation, name) for name in names_of(Organisation)}),
        as_of=profile.as_of.isoformat(),
        profile_digest=profile.origin.digest,
        summary=_summary(packs, findings, wording),
        packs=packs,
        findings=tuple(findings),
        facts_not_read=describe.not_read(asked, profile, elsewhere.reads),
        problems=tuple(problems),
        gate=gate,
        inputs={**overrides.digests, **({"tailoring": tailoring.digest} if tailoring.digest else {})},
        left_out=tuple(registry.left_out),
        deviations=(
            *_in_order([*tailoring.deviations(registry), *elsewhere.deviations]), *_set_otherwise(gate, wording, overrides),
        ),
        override_notes=notes,
        expiring=tuple(_expiring(profile, results_now, overrides)),
        outdated_sources=describe.outdated(asked, registry.sources, profile.as_of),
        run={
            "profile": profile.origin.name,
            "python": sys.version.partition(" ")[0],
            "exceptions": tuple({"where": where, "text": text} for where, text in details),
        },
    )
    document = as_json(report)
    text = canonical(document)
    if not (is_clean(text) and is_clean(json.dumps(document["run"], ensure_ascii=False))):
        report = cleaned(report)
        document = as_json(report)
        text = canonical(document)
    done = changed(report, report_digest=digest_of(text.encode()))
    remember(done, {**document, "report_digest": done.report_digest})
    return done


def _in_order(deviations: Sequence[Deviation]) -> list[Deviation]:
    """Criteria by name, then rules by name, whoever tailored them."""
    return sorted(deviations, key=lambda one: ("/" not in one.what, one.what))


def _isolated(registry: Registry, profile: Profile, tailoring: Tailoring) -> findings_of.Found:
    """What the rules of isolated plugins found, each in a process of its own."""
    if not registry.isolated:
        return findings_of.Found()
    from engagecheck.audit import sandbox

    return sandbox.audited(registry, profile, tailoring)


def _set_otherwise(gate: Gate, scale: OpinionScale, overrides: Overrides) -> Iterator[Deviation]:
    """Where the audit departs from the defaults beside its criteria, by a file or by an option."""
    if overrides.ignored:
        yield Deviation("accepted gaps and attestations", "shown beside the results", "ignored by request", "")
    if gate.fail_on != Gate().fail_on:
        yield Deviation("exit code 1", "when an essential question is not met or not shown", f"--fail-on {gate.fail_on}", "")
    if gate.min_coverage:
        used = f"also when under {gate.min_coverage:g} % of the questions are answered"
        yield Deviation("exit code 1", "whatever the number of answers", used, "")
    if scale != JOURNEY:
        yield Deviation("the words of the rating", JOURNEY.name, scale.name, "")


def scale_named(name: str | None, registry: Registry) -> OpinionScale:
    """The scale of a name, the usual one without; `UsageRefused` if there is none."""
    if name is None:
        return JOURNEY
    if name not in registry.scales:
        raise UsageRefused(f"--scale {name}: there is no such scale; {did_you_mean(name, list(registry.scales))}")
    return registry.scales[name]


def _with_overrides(finding: Finding, found: Mapping[str, dispositions.Beside]) -> Finding:
    """The finding with what people have said beside its results; nothing computed changes."""
    return changed(
        finding,
        criteria=tuple(
            changed(one, disposition=found[one.id].disposition, overrides=found[one.id].overrides)
            if one.id in found
            else one
            for one in finding.criteria
        ),
    )


def _expiring(profile: Profile, found: Sequence[CriterionResult], overrides: Overrides) -> Iterator[Expiring]:
    read = [(item.id, result.max_age) for result in found for item in result.evidence]
    for item, day in evidence.expiring(profile, read):
        yield Expiring(f"evidence {item.id}: {item.title}", day.isoformat(), (day - profile.as_of).days)
    yield from dispositions.ending(overrides, found, profile.as_of)


def digest(document: Mapping[str, Any]) -> str:
    """The digest of a report as JSON, over everything but `run` and the digest itself."""
    return digest_of(canonical(document).encode())


def canonical(document: Mapping[str, Any]) -> str:
    """What is digested of a report."""
    kept = {name: part for name, part in document.items() if name not in ("run", "report_digest")}
    return json.dumps(kept, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def gate_of(tailoring: Tailoring, fail_on: str | None, min_coverage: float | None) -> Gate:
    """The gate as asked for, else by the tailoring, else by default."""
    return Gate(fail_on or tailoring.fail_on or "high", tailoring.min_coverage or 0 if min_coverage is None else min_coverage)


def day_of(text: str) -> date:
    """The day that an audit is asked for; `UsageRefused` where it is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageRefused(f"--as-of {text}: this is not a day; write it as 2025-03-31") from None


def moved(profile: Profile, as_of: date | str | None) -> Profile:
    """The profile as of a later day. Raises `UsageRefused` for one that is no day or lies before its own."""
    if as_of is None:
        return profile
    as_of = day_of(as_of) if isinstance(as_of, str) else as_of
    if as_of < profile.as_of:
        raise UsageRefused(
            f"--as-of {as_of} lies before the profile's own date, {profile.as_of}; an audit cannot look back in time"
        )
    return changed(profile, as_of=as_of)


def _packs(findings: Sequence[Finding], registry: Registry, gate: Gate) -> tuple[Pack, ...]:
    """The rating of each pack, by the rules that were not left out of it."""
    versions = {plugin.pack: plugin.version for plugin in registry.failed}
    versions |= {plugin.pack: plugin.version for plugin in registry.isolated}
    versions |= {registry.pack_of(name).pack: registry.pack_of(name).version for name in registry.rules}
    versions.setdefault(BUNDLED, __version__)
    packs = []
    for pack in sorted(versions, key=lambda name: (name != BUNDLED, name)):
        mine = [finding for finding in findings if finding.pack == pack]
        rules = tuple(finding.rule for finding in mine)
        packs.append(Pack(pack, versions[pack], rules, _judgement(mine, gate), registry.digest_of(pack)))
    return tuple(packs)


def _judgement(findings: Sequence[Finding], gate: Gate) -> Judgement:
    """The rating of the findings of one pack; where it was tailored, level and gate by the defaults beside it."""
    counted = [one for finding in findings if not finding.left_out for one in finding.criteria]
    attested = sum(dispositions.is_attested(one.outcome, one.overrides) for one in counted)
    judged = scoring.judge(priorities.weighed(counted).values(), gate.fail_on, gate.min_coverage, attested)
    if not any(finding.left_out or any(one.by_default for one in finding.criteria) for finding in findings):
        return judged
    usual = scoring.judge(priorities.by_default(one for finding in findings for one in finding.criteria))
    return changed(judged, by_default=usual.level, gate_by_default=usual.gate)


def _summary(packs: Sequence[Pack], findings: Sequence[Finding], scale: OpinionScale) -> Summary:
    """The opinion on the bundled pack: installing another never changes it."""
    headline = packs[0]
    mine = [finding for finding in findings if finding.pack == headline.name]
    criteria = [criterion for finding in mine if not finding.left_out for criterion in finding.criteria]
    judgement = headline.judgement
    return Summary(
        **{name: getattr(judgement, name) for name in names_of(type(judgement))},
        scale=scale.at(judgement.level),
        could_be_scale=scale.at(judgement.could_be),
        next_steps=priorities.steps(criteria),
        to_collect=priorities.to_collect(criteria),
        levels=tuple(scale.at(level) for level in Level),
    )

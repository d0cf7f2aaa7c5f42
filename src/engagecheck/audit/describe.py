"""The report of an evaluation: findings with their results, packs, the summary, and departures from the defaults."""

import json
import sys
from collections.abc import Container, Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Any

import msgspec
from msgspec.structs import asdict, replace

from engagecheck.audit import overrides, priorities
from engagecheck.audit.answer import RuleAnswers
from engagecheck.audit.evaluate import AuditPlan, Evaluation
from engagecheck.audit.results import Places, cited, not_read, outdated, result_of, unassessed
from engagecheck.audit.scoring import SCORE_STEPS, Scores, judge
from engagecheck.audit.settings import AuditSettings
from engagecheck.intake.questions.places import words_at
from engagecheck.intake.workflow.sign_off import signed
from engagecheck.model import evidence
from engagecheck.model.outcomes import Level
from engagecheck.model.profile import Profile
from engagecheck.model.questionnaire import GROUPS, ITEMS, LEAST
from engagecheck.model.report import (
    VERSION,
    Deviation,
    Expiring,
    Finding,
    Gate,
    Pack,
    Report,
    Signed,
    Subject,
    Summary,
    Tool,
    View,
)
from engagecheck.model.result import CriterionResult
from engagecheck.plugin_host.discovery import BUNDLED
from engagecheck.plugin_host.framework import Headline
from engagecheck.plugin_host.registry import Registry
from engagecheck.rules.reporter import cleaned, is_clean
from engagecheck.rules.scales import JOURNEY, OpinionScale


def describe(evaluation: Evaluation, scores: Scores, plan: AuditPlan, settings: AuditSettings) -> Report:
    """The report of an evaluation. Everything that may vary between two audits of one profile is in `run`."""
    profile, registry = evaluation.profile, plan.registry
    places, gate, scale = Places.of(profile), settings.gate, settings.scale_in(registry)
    findings = findings_of(evaluation, scores, plan, places)
    results = [result for finding in findings for result in finding.criteria]
    criteria = [criterion for rule in registry.rules.values() for criterion in rule.criteria]
    organisation = profile.organisation
    tailored = _in_order([*plan.tailoring.deviations(registry, profile), *evaluation.deviations])
    report = Report(
        tool=Tool("engagecheck", VERSION),
        subject=Subject(organisation.name, organisation.type, organisation.country, organisation.ods_code),
        as_of=profile.as_of.isoformat(),
        profile_digest=profile.origin.digest,
        summary=_summary(scores, plan.headline.pack, findings, scale, gate),
        packs=_packs(findings, plan, scores, gate),
        findings=findings,
        facts_not_read=not_read(criteria, places, {*evaluation.reads, *_views_kept_apart(profile)}),
        problems=evaluation.problems,
        gate=gate,
        inputs=settings.digests,
        left_out=tuple(registry.excluded),
        deviations=(*tailored, *_departures(plan.headline, gate, scale, settings, profile)),
        override_notes=evaluation.override_notes,
        expiring=tuple(_expiring(profile, results, settings)),
        sign_off=_signed(profile, settings),
        unconfirmed=tuple(map(words_at, profile.unconfirmed)),
        outdated_sources=outdated(criteria, registry.sources, profile.as_of),
        not_for_publication=profile.kept_back,
        run={
            "profile": profile.origin.name,
            "python": sys.version.partition(" ")[0],
            "exceptions": [{"where": where, "text": text} for where, text in evaluation.exceptions],
            "found": [*settings.found[:1], *_found(settings, findings, {one.what for one in tailored})],
        },
    )
    return _clean_and_digested(report)


def _signed(profile: Profile, settings: AuditSettings) -> tuple[Signed, ...]:
    """Who signed the profile, and whether what they signed is still the same."""
    if not profile.facts_digest:
        return ()
    return signed(profile.sign_off, profile.facts_digest, map(msgspec.to_builtins, settings.overrides.statements))


def _clean_and_digested(report: Report) -> Report:
    """The report with every text clean, and with its own digest."""
    document = msgspec.to_builtins(report)
    if not is_clean(json.dumps(document, ensure_ascii=False)):
        document = cleaned(document)
        report = msgspec.convert(document, Report)
    return replace(report, report_digest=report_digest(document))


def report_digest(document: Mapping[str, Any]) -> str:
    """The digest of a report as JSON, over everything but `run` and the digest itself."""
    covered = {name: part for name, part in document.items() if name not in ("run", "report_digest")}
    return sha256(json.dumps(covered, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()).hexdigest()


def findings_of(evaluation: Evaluation, scores: Scores, plan: AuditPlan, places: Places) -> tuple[Finding, ...]:
    """The finding of each rule, in the order of their ids."""
    return tuple(_finding(rule, evaluation, scores, plan, places) for rule in evaluation.rules)


def _finding(answers: RuleAnswers, evaluation: Evaluation, scores: Scores, plan: AuditPlan, places: Places) -> Finding:
    """The finding of one rule, with what people say about its results. Nothing computed changes by that."""
    sources, rule, plugin, score = plan.registry.sources, answers.rule, answers.plugin, scores.rules[answers.id]
    planned = {one.declared.id: one for one in plan.criteria_of(answers.id)} if rule else {}
    results = [
        result_of(planned[name], answer, places, sources, plan.tailoring.reason(name))
        if name in planned
        else answer.described or unassessed(name, answer)
        for name, answer in answers.answers.items()
    ]
    matched = evaluation.overrides
    criteria = tuple(
        replace(one, disposition=matched[one.id].disposition, overrides=matched[one.id].overrides) if one.id in matched else one
        for one in results
    )
    digest = plan.registry.digest_of(plugin.pack, plugin.name) if rule or answers.finding else ""
    if answers.finding is not None:
        return replace(
            answers.finding, pack=plugin.pack, outcome=score.outcome, score=score.score, criteria=criteria, digest=digest
        )
    if rule is None:
        title = f"The plugin {plugin.name} could not be loaded"
        return Finding(plugin.name, title, plugin.pack, "", None, score.outcome, score.score, criteria)
    return Finding(
        rule.id, rule.title, plugin.pack, rule.why, cited(rule.source, sources), score.outcome, score.score, criteria,
        version=rule.version, left_out=answers.left_out, digest=digest, status=rule.status, replaced_by=rule.replaced_by,
        weight=rule.weight,
        views=views_of(evaluation.profile, rule.id),
    )  # fmt: skip


def views_of(profile: Profile, rule: str) -> tuple[View, ...]:
    """What doctors said to the items of the questionnaire that belong to this rule. Nothing of a group that is suppressed."""
    doctors = profile.fact("perceptions.doctors")
    if doctors is None or doctors.suppressed or not doctors.items:
        return ()
    answers = [(item, doctors.items.get(item.id)) for item in ITEMS if item.rule == rule]
    return tuple(
        View(item.id, item.text, answer.mean, answer.n) for item, answer in answers if answer is not None and answer.n >= LEAST
    )


def _views_kept_apart(profile: Profile) -> Iterator[str]:
    """Answers that are not listed as facts: those that stand with their findings, and those of suppressed groups."""
    yield "perceptions.doctors.items"
    for name in (*GROUPS, "doctors"):
        if profile.fact(f"perceptions.{name}.suppressed"):
            yield f"perceptions.{name}"


def _packs(findings: Sequence[Finding], plan: AuditPlan, scores: Scores, gate: Gate) -> tuple[Pack, ...]:
    """Each pack with its own judgement, the headline first."""
    registry, headline = plan.registry, plan.headline
    packs = {
        name: Pack(
            name=name,
            version=version,
            rules=tuple(finding.rule for finding in findings if finding.pack == name),
            judgement=scores.packs.get(name) or judge((), gate),
            digest=registry.pack_digest(name),
        )
        for name, version in sorted(registry.packs.items())
    }
    return (_with_framework(packs.pop(headline.pack), headline, registry), *packs.values())


def _with_framework(pack: Pack, headline: Headline, registry: Registry) -> Pack:
    """The headline pack with its title, and with what its subset leaves out."""
    framework = headline.framework
    if framework is None:
        return pack
    left_out = (name for name, rule in registry.rules.items() if headline.leaves_out(rule, registry.plugin_of(name).pack))
    return replace(pack, title=framework.title, about=framework.about, subset=headline.subset, left_out=tuple(left_out))


def _summary(scores: Scores, pack: str, findings: Sequence[Finding], scale: OpinionScale, gate: Gate) -> Summary:
    """The rating of the headline pack. No other pack changes it."""
    judgement = scores.packs[pack]
    counted = [finding for finding in findings if finding.pack == pack and not finding.left_out]
    proven_low = judgement.score.high < SCORE_STEPS[-1][0]
    return Summary(
        **asdict(judgement),
        scale=scale.at(judgement.level, proven_low=proven_low),
        could_be_scale=scale.at(judgement.could_be, proven_low=proven_low),
        next_steps=priorities.steps(counted, gate),
        to_collect=priorities.to_collect(counted),
        levels=tuple(scale.at(level) for level in Level),
    )


def _in_order(deviations: Sequence[Deviation]) -> list[Deviation]:
    """Criteria by name, then rules by name, whichever process tailored them."""
    return sorted(deviations, key=lambda one: ("/" not in one.what, one.what))


def _departures(
    headline: Headline, gate: Gate, scale: OpinionScale, settings: AuditSettings, profile: Profile
) -> Iterator[Deviation]:
    """Where the audit departs from the defaults for the whole of it, by a file or by an option."""
    if headline.pack != BUNDLED:
        yield Deviation("the pack that heads the report", BUNDLED, headline.pack, "")
    if headline.subset:
        yield Deviation("the rules that count", f"all of {headline.pack}", f"its subset “{headline.subset}”", "")
    if settings.overrides.ignored and settings.overrides.given_for(profile):
        yield Deviation("accepted gaps and attestations", "shown with the results", "ignored by request", "")
    if gate.fail_on != Gate().fail_on:
        yield Deviation("exit code 1", "when an essential question is not met or not shown", f"--fail-on {gate.fail_on}", "")
    if gate.min_coverage:
        used = f"also when under {gate.min_coverage:g} % of the questions are answered"
        yield Deviation("exit code 1", "whatever the number of answers", used, "")
    if scale != JOURNEY:
        yield Deviation("the words of the rating", JOURNEY.name, scale.name, "")


def _found(settings: AuditSettings, findings: Sequence[Finding], tailored: Container[str]) -> Iterator[str]:
    """What a configuration sets that nobody named, in words: a reader of the first page must know it.

    `tailored` has the names of the rules and criteria that are tailored, also of those that run in other processes.
    """
    if not settings.found:
        return
    tailoring = settings.tailoring
    if tailoring.fail_on and not settings.fail_on:
        yield f"exit code 1: --fail-on {tailoring.fail_on}"
    if tailoring.min_coverage and settings.min_coverage is None:
        yield f"exit code 1: --min-coverage {tailoring.min_coverage:g}"
    if tailoring.scale and not settings.scale:
        yield f"the words of the rating: {tailoring.scale}"
    if tailoring.pack and settings.pack is None:
        yield f"the pack that heads the report: {tailoring.pack}"
    for finding in findings:
        if finding.rule in tailored:
            yield f"left out of the rating: {finding.title}"
        for one in finding.criteria:
            if one.id in tailored:
                yield f"changed: {one.label or one.question}"
    if not settings.overrides.ignored:
        yield from settings.found[1:]


def _expiring(profile: Profile, results: Sequence[CriterionResult], settings: AuditSettings) -> Iterator[Expiring]:
    read = [(item.id, result.max_age) for result in results for item in result.evidence]
    for item, day in evidence.expiring(profile, read):
        yield Expiring(f"evidence {item.id}: {item.title}", day.isoformat(), (day - profile.as_of).days)
    yield from overrides.expiring_statements(settings.overrides.used_for(profile), results, profile.as_of)

"""Every criterion put to every profile.

The plan is made once for a command or a worker; `evaluate` answers all its questions for one profile or for many.
"""

import os
from collections.abc import Mapping, Sequence
from contextlib import chdir, nullcontext

from attrs import evolve, frozen
from msgspec import Struct
from msgspec.structs import replace

from engagecheck.audit.answer import FAULT, Answer, RuleAnswers, ask, failed
from engagecheck.audit.overrides import InForce, Overrides, in_force
from engagecheck.audit.tailoring import Tailoring
from engagecheck.errors import text_of
from engagecheck.model.outcomes import ERROR, ESSENTIAL, NOT_APPLICABLE, Basis, Priority, Status
from engagecheck.model.profile import Profile, is_fact
from engagecheck.model.report import Deviation, OverrideNote, Problem
from engagecheck.plugin_host.discovery import BUNDLED, Plugin
from engagecheck.plugin_host.framework import USUAL, Headline
from engagecheck.plugin_host.registry import Registry
from engagecheck.rules.criteria import Criterion, Variant
from engagecheck.rules.rule import Rule, Source


class Evaluation(Struct, frozen=True):
    """All answers for one profile, with what people say about them, and what went wrong.

    `reads` and `deviations` come from plugins that run in other processes: the paths of the facts that they read, and
    where they depart from the defaults.
    """

    profile: Profile
    rules: tuple[RuleAnswers, ...]
    overrides: Mapping[str, InForce]
    override_notes: tuple[OverrideNote, ...]
    problems: tuple[Problem, ...]
    exceptions: tuple[tuple[str, str], ...]
    reads: tuple[str, ...] = ()
    deviations: tuple[Deviation, ...] = ()

    @property
    def answers(self) -> dict[str, Answer]:
        """All answers by the ids of their criteria."""
        return {name: answer for rule in self.rules for name, answer in rule.answers.items()}


@frozen
class AskedCriterion:
    """A criterion as some organisations are asked it: with a variant, and tailored. `default` is it before tailoring.

    `source` is the source that it cites, if it is a known one.
    """

    variant: Variant | None
    criterion: Criterion
    source: Source | None = None
    default: Criterion | None = None

    @classmethod
    def of(cls, variant: Variant | None, declared: Criterion, rule: Rule, plan: "AuditPlan") -> "AskedCriterion":
        """The criterion with a variant. Raises `LookupError` for an unknown fact, and whatever a plugin's yardstick raises."""
        for path in declared.paths:
            if not is_fact(path):
                raise LookupError(f"it reads {path!r}, which no profile has")
        default = declared.with_variant(variant)
        criterion = plan.tailoring.applied_to(default)
        if rule.status is Status.EXPERIMENTAL:
            criterion = evolve(criterion, gates=False)
        for one in (default, criterion):
            one.yardstick_in(one.unit)  # a yardstick that no report can show is a fault, and found here
        changed = (one.yardstick, one.max_age, one.min_assurance) != (default.yardstick, default.max_age, default.min_assurance)
        source = plan.registry.sources.get(declared.source.partition("/")[0])
        return cls(variant, criterion, source, default if changed else None)

    def is_foreign(self, profile: Profile) -> bool:
        """Whether its source is about other organisations, or of a later day, so that the threshold is our judgement here."""
        source, as_of = self.source, profile.as_of
        if source is None:
            return False
        return not source.has_begun(as_of) or source.about.reason_not(profile.organisation, as_of) is not None

    def flags(self, profile: Profile) -> bool:
        """Whether it is a red flag if it is not met: an essential question, a contradiction, or a standard."""
        criterion = self.criterion
        if not criterion.gates or criterion.priority in ESSENTIAL:
            return criterion.gates
        return criterion.basis is Basis.STANDARD and not self.is_foreign(profile)

    def answer(self, profile: Profile) -> Answer:
        """The answer for a profile."""
        answer = ask(self.criterion, profile, flags=self.flags(profile))
        if self.default is None or answer.outcome is NOT_APPLICABLE:
            return answer
        default = ask(self.default, profile)
        return replace(answer, by_default=(default.at_worst, default.at_best))


@frozen
class PlannedCriterion:
    """A criterion with each of its variants, the usual one last. `fault` is the exception that kept it from having any."""

    declared: Criterion
    variants: tuple[AskedCriterion, ...] = ()
    fault: str = ""

    @classmethod
    def of(cls, declared: Criterion, rule: Rule, plan: "AuditPlan") -> "PlannedCriterion":
        """The plan for a criterion of a rule. Whatever fails costs this criterion alone."""
        try:
            variants = tuple(AskedCriterion.of(one, declared, rule, plan) for one in (*declared.variants, None))
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # a plugin's own yardstick may do anything
            return cls(declared, fault=text_of(error))
        return cls(declared, variants)

    def asked_of(self, profile: Profile) -> AskedCriterion:
        """The criterion for the organisation of a profile: with the first variant that fits."""
        for asked in self.variants:
            if asked.variant is None or asked.variant.fits(profile.organisation, profile.as_of):
                return asked
        raise AssertionError("the last one is for everyone")

    def answers(self, profiles: Sequence[Profile]) -> list[Answer]:
        """The answer for each profile."""
        if self.fault:
            return [failed(self.declared, f"The rule failed; {FAULT}.", self.fault, flags=False)] * len(profiles)
        return [self.asked_of(profile).answer(profile) for profile in profiles]


@frozen
class PlannedRule:
    """A rule with its criteria. `left_out` is the reason why it does not count in the rating, if it does not."""

    rule: Rule
    plugin: Plugin
    criteria: tuple[PlannedCriterion, ...]
    left_out: str


@frozen
class AuditPlan:
    """All questions of an audit: the rules of a registry, tailored, and the pack that heads the report."""

    registry: Registry
    tailoring: Tailoring
    rules: tuple[PlannedRule, ...]
    headline: Headline = USUAL

    def criteria_of(self, rule: str) -> tuple[PlannedCriterion, ...]:
        """The criteria of a rule that is loaded in this process."""
        return next(one.criteria for one in self.rules if one.rule.id == rule)


def plan_audit(registry: Registry, tailoring: Tailoring, headline: Headline = USUAL) -> AuditPlan:
    """The plan for an audit with these rules. A subset of the headline leaves the other rules of its pack out."""
    plan = AuditPlan(registry, tailoring, (), headline)
    rules = []
    for name, rule in registry.rules.items():
        criteria = tuple(PlannedCriterion.of(one, rule, plan) for one in rule.criteria)
        plugin = registry.plugin_of(name)
        left_out = tailoring.left_out.get(name) or (headline.subset and headline.leaves_out(rule, plugin.pack))
        rules.append(PlannedRule(rule, plugin, criteria, left_out))
    rules.sort(key=lambda one: one.plugin.pack != BUNDLED)  # ours measure first, before a plugin can change a fact
    return evolve(plan, rules=tuple(rules))


CHANGED = "The rule changed the facts while it measured, so what was measured after it may be wrong; --isolate keeps it apart."


def evaluate(plan: AuditPlan, profiles: Sequence[Profile], overrides: Overrides | None = None) -> list[Evaluation]:
    """The answers for each profile. Each question is put to all profiles before the next, which takes a third less time."""
    rules: list[list[RuleAnswers]] = [[] for _ in profiles]
    facts: list[str] = []
    for planned in plan.rules:
        is_bundled = planned.plugin.pack == BUNDLED
        facts = facts or ([] if is_bundled else [repr(profile) for profile in profiles])
        with nullcontext() if is_bundled else chdir(os.curdir):  # a plugin may go to another folder
            answers = [criterion.answers(profiles) for criterion in planned.criteria]
        if not is_bundled and (changed := [repr(profile) for profile in profiles]) != facts:
            facts, faults = changed, [failed(one.declared, CHANGED, "", flags=True) for one in planned.criteria]
            answers = [[fault] * len(profiles) for fault in faults]
        names = [criterion.declared.id for criterion in planned.criteria]
        for mine, of_profile in zip(rules, zip(*answers, strict=True), strict=True):
            by_name = dict(zip(names, of_profile, strict=True))
            rule = planned.rule
            mine.append(RuleAnswers(rule.id, planned.plugin, by_name, rule, planned.left_out, weight=rule.weight))
    return [_evaluation(plan, *pair, overrides or Overrides()) for pair in zip(profiles, rules, strict=True)]


def _evaluation(plan: AuditPlan, profile: Profile, rules: list[RuleAnswers], overrides: Overrides) -> Evaluation:
    registry = plan.registry
    problems, exceptions, failed = [*registry.problems], [*registry.details], [*registry.failed]
    for rule in rules:
        for name, answer in rule.answers.items():
            if answer.outcome is ERROR:
                problems.append(Problem("rule", name, answer.explanation))
                exceptions.append((name, answer.exception))
    reads: tuple[str, ...] = ()
    deviations: tuple[Deviation, ...] = ()
    if registry.isolated:
        from engagecheck.audit import sandbox

        isolated = sandbox.evaluate_isolated(registry, profile, plan.tailoring)
        rules.extend(isolated.rules)
        problems.extend(isolated.problems)
        exceptions.extend(isolated.exceptions)
        reads, deviations = isolated.reads, isolated.deviations
        failed += isolated.failed
    present = {rule.id for rule in rules}
    rules.extend(not_loaded(plugin) for plugin in dict.fromkeys(failed) if plugin.name not in present)
    problems.sort(key=lambda problem: (problem.kind, problem.where, problem.message))
    rules.sort(key=lambda rule: rule.id)
    results = {name: one for rule in rules for name, one in rule.answers.items()}
    matched, notes = in_force(overrides.used_for(profile), results, profile.as_of)
    return Evaluation(profile, tuple(rules), matched, notes, tuple(problems), tuple(exceptions), reads, deviations)


def not_loaded(plugin: Plugin) -> RuleAnswers:
    """The answer of a plugin that could not be loaded or did not answer: a fault that limits the level as an unknown does."""
    explanation = f"The plugin {plugin.name} of {plugin.pack} could not be loaded; this is a fault in the plugin."
    answer = Answer(ERROR, Priority.HIGH, flags=True, explanation=explanation)
    return RuleAnswers(plugin.name, plugin, {f"{plugin.name}/loaded": answer})

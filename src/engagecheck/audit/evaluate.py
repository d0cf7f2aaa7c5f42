"""Every criterion put to every profile: which version applies, are the facts there, measure, round, yardstick, evidence.

The plan is made once for a command or a worker; `evaluate` answers all its questions for one profile or for many.
"""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from attrs import evolve, frozen
from msgspec import Struct
from msgspec.structs import replace

from engagecheck.audit import evidence
from engagecheck.audit.overrides import InForce, Overrides, in_force
from engagecheck.audit.tailoring import Tailoring
from engagecheck.model.answers import Measured, NotApplicable, NotEvidenced, Share
from engagecheck.model.outcomes import Outcome, Priority, Status
from engagecheck.model.profile import Profile, entries_text, is_fact, pointer_of
from engagecheck.model.report import Deviation, Finding, OverrideNote, Problem
from engagecheck.model.result import CriterionResult
from engagecheck.plugin_host.discovery import Plugin
from engagecheck.plugin_host.registry import Registry
from engagecheck.rules.criteria import Criterion, Maybe, Variant
from engagecheck.rules.rule import Rule
from engagecheck.rules.yardsticks import Value

FAULT = "this is a fault in the tool or plugin"
UNKNOWN = (Outcome.NOT_EVIDENCED, Outcome.ERROR)
"""Outcomes that the facts did not decide."""


class Answer(Struct, frozen=True):
    """What one criterion comes to: its outcome and weight, and the measured value with its explanation.

    `entries` are entries of the profile that fall short. `by_default` is the outcome without tailoring, if it is tailored.
    `described` is the finished text of an answer that comes from another process.
    """

    outcome: Outcome
    priority: Priority
    gates: bool = True
    value: Value | None = None
    explanation: str = ""
    entries: tuple[Any, ...] = ()
    exception: str = ""
    by_default: Outcome | None = None
    described: CriterionResult | None = None

    @property
    def message(self) -> str:
        """The explanation, with the names of the entries that fall short."""
        return " ".join(part for part in (self.explanation, entries_text(self.entries)) if part)


class RuleAnswers(Struct, frozen=True):
    """The answers of one rule, by the ids of its criteria. `left_out` says why it does not count in the rating, if it does not.

    `rule` is `None` for a plugin that could not be loaded, or whose rule ran in another process, which described it as
    `finding`.
    """

    id: str
    plugin: Plugin
    answers: dict[str, Answer]
    rule: Rule | None = None
    left_out: str = ""
    finding: Finding | None = None


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
class Version:
    """A criterion as some organisations are asked it: with a variant, and tailored. `default` is it before tailoring."""

    variant: Variant | None
    criterion: Criterion
    default: Criterion | None = None

    @classmethod
    def of(cls, variant: Variant | None, declared: Criterion, rule: Rule, tailoring: Tailoring) -> "Version":
        """The version for a variant. Raises `LookupError` for an unknown fact, and whatever a plugin's own yardstick raises."""
        for path in declared.paths:
            if not is_fact(path):
                raise LookupError(f"it reads {path!r}, which no profile has")
        default = declared.with_variant(variant)
        criterion = tailoring.applied_to(default)
        if rule.status is Status.EXPERIMENTAL:
            criterion = evolve(criterion, gates=False)
        for one in (default, criterion):
            one.yardstick_in(one.unit)  # a yardstick that no report can show is a fault, and found here
        changed = (one.yardstick, one.max_age, one.min_assurance) != (default.yardstick, default.max_age, default.min_assurance)
        return cls(variant, criterion, default if changed else None)

    def answer(self, profile: Profile) -> Answer:
        """The answer of this version for a profile."""
        if self.default is None:
            return ask(self.criterion, profile)
        return replace(ask(self.criterion, profile), by_default=ask(self.default, profile).outcome)


@frozen
class PlannedCriterion:
    """A criterion in all its versions, the usual one last. `fault` is the exception that kept it from having any."""

    declared: Criterion
    versions: tuple[Version, ...] = ()
    fault: str = ""

    @classmethod
    def of(cls, declared: Criterion, rule: Rule, tailoring: Tailoring) -> "PlannedCriterion":
        """The plan for a criterion of a rule. Whatever fails costs this criterion alone."""
        try:
            versions = tuple(Version.of(one, declared, rule, tailoring) for one in (*declared.variants, None))
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # a plugin's own yardstick may do anything
            return cls(declared, fault=exception_text(error))
        return cls(declared, versions)

    def version_for(self, profile: Profile) -> Version:
        """The version for the organisation of a profile: that of the first variant that fits."""
        for version in self.versions:
            if version.variant is None or version.variant.fits(profile.organisation, profile.as_of):
                return version
        raise AssertionError("the last version is for everyone")

    def answers(self, profiles: Sequence[Profile]) -> list[Answer]:
        """The answer for each profile."""
        if self.fault:
            priority, gates = self.declared.priority, self.declared.gates
            return [Answer(Outcome.ERROR, priority, gates, None, f"The rule failed; {FAULT}.", (), self.fault)] * len(profiles)
        return [self.version_for(profile).answer(profile) for profile in profiles]


@frozen
class PlannedRule:
    """A rule with its criteria. `left_out` is the reason why it does not count in the rating, if it does not."""

    rule: Rule
    plugin: Plugin
    criteria: tuple[PlannedCriterion, ...]
    left_out: str


@frozen
class AuditPlan:
    """All questions of an audit: the rules of a registry, tailored."""

    registry: Registry
    tailoring: Tailoring
    rules: tuple[PlannedRule, ...]

    def criteria_of(self, rule: str) -> tuple[PlannedCriterion, ...]:
        """The criteria of a rule that is loaded in this process."""
        return next(one.criteria for one in self.rules if one.rule.id == rule)


def plan_audit(registry: Registry, tailoring: Tailoring) -> AuditPlan:
    """The plan for an audit with these rules."""
    rules = []
    for name, rule in registry.rules.items():
        criteria = tuple(PlannedCriterion.of(one, rule, tailoring) for one in rule.criteria)
        rules.append(PlannedRule(rule, registry.plugin_of(name), criteria, tailoring.left_out.get(name, "")))
    return AuditPlan(registry, tailoring, tuple(rules))


def evaluate(plan: AuditPlan, profiles: Sequence[Profile], overrides: Overrides | None = None) -> list[Evaluation]:
    """The answers for each profile. Each question is put to all profiles before the next, which takes a third less time."""
    rules: list[list[RuleAnswers]] = [[] for _ in profiles]
    for planned in plan.rules:
        answers = [criterion.answers(profiles) for criterion in planned.criteria]
        names = [criterion.declared.id for criterion in planned.criteria]
        for mine, of_profile in zip(rules, zip(*answers, strict=True), strict=True):
            by_name = dict(zip(names, of_profile, strict=True))
            mine.append(RuleAnswers(planned.rule.id, planned.plugin, by_name, planned.rule, planned.left_out))
    return [_evaluation(plan, *pair, overrides or Overrides()) for pair in zip(profiles, rules, strict=True)]


def _evaluation(plan: AuditPlan, profile: Profile, rules: list[RuleAnswers], overrides: Overrides) -> Evaluation:
    registry = plan.registry
    problems, exceptions = [*registry.problems], [*registry.details]
    for rule in rules:
        for name, answer in rule.answers.items():
            if answer.outcome is Outcome.ERROR:
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
    present = {rule.id for rule in rules}
    rules.extend(not_loaded(plugin) for plugin in registry.failed if plugin.name not in present)
    rules.sort(key=lambda rule: rule.id)
    matched, notes = in_force(overrides, {name: one for rule in rules for name, one in rule.answers.items()}, profile.as_of)
    return Evaluation(profile, tuple(rules), matched, notes, tuple(problems), tuple(exceptions), reads, deviations)


def not_loaded(plugin: Plugin) -> RuleAnswers:
    """The answer of a plugin that could not be loaded or did not answer: a fault that limits the level as an unknown does."""
    explanation = f"The plugin {plugin.name} of {plugin.pack} could not be loaded; this is a fault in the plugin."
    answer = Answer(Outcome.ERROR, Priority.HIGH, explanation=explanation)
    return RuleAnswers(plugin.name, plugin, {f"{plugin.name}/loaded": answer})


def ask(criterion: Criterion, profile: Profile) -> Answer:
    """The answer of one criterion for a profile. Whatever a measure or yardstick raises costs this criterion alone."""
    priority, gates = criterion.priority, criterion.gates
    try:
        reason = criterion.applies.reason_not(profile.organisation, profile.as_of)
        if reason is not None:
            raise NotApplicable(reason)
        value, explanation, entries = _measured(criterion.measure(*_facts(criterion, profile)))
        outcome = criterion.yardstick.judge(value)
        if type(outcome) is not Outcome:
            raise TypeError(f"a yardstick judged {outcome!r}, which is no outcome")
        answer = Answer(outcome, priority, gates, value, explanation, entries)
        return answer if criterion.min_assurance is None else _if_strong_enough(criterion, answer, profile)
    except NotEvidenced as gap:
        return Answer(Outcome.NOT_EVIDENCED, priority, gates, None, _sentence(str(gap)))
    except NotApplicable as reason:
        return Answer(Outcome.NOT_APPLICABLE, priority, gates, None, _sentence(str(reason)))
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # a measure may call sys.exit
        explanation = f"The rule failed ({type(error).__name__}); {FAULT}."
        return Answer(Outcome.ERROR, priority, gates, None, explanation, (), exception_text(error))


def _facts(criterion: Criterion, profile: Profile) -> list[Any]:
    """The facts that a criterion reads. Raises `NotEvidenced` if the profile does not state one that it needs."""
    facts = [profile.fact(path) for path in criterion.paths]
    if None in facts:
        for read, fact in zip(criterion.reads, facts, strict=True):
            if fact is None and not isinstance(read, Maybe):
                withheld = profile.withheld.get(pointer_of(read))
                raise NotEvidenced(f"withheld: {withheld}" if withheld else "the profile does not state it")
    return facts


_LARGEST = 10**308
"""A whole number beyond it raises `OverflowError` when it is shown, so it is refused as a value."""


def _measured(answer: Any) -> tuple[Value, str, tuple[Any, ...]]:
    """What a measure returned: the value to six decimals, its explanation, and the entries that it is about.

    Raises an answer that is not a value, and `TypeError` for anything that cannot be one.
    """
    explanation, entries = "", ()
    if isinstance(answer, Measured):
        answer, explanation, entries = answer.value, answer.because, answer.at
        if not isinstance(explanation, str) or not isinstance(entries, tuple):
            raise TypeError("because= is a sentence, and at= a tuple of entries")
    elif isinstance(answer, Share):
        return answer, answer.remark, answer.short
    if isinstance(answer, bool) or (type(answer) is int and abs(answer) < _LARGEST) or isinstance(answer, Share):
        return answer, explanation, entries
    if isinstance(answer, str):
        return str(answer), explanation, entries  # a report holds plain text, not a kind of a plugin's own
    if isinstance(answer, int | float) and math.isfinite(answer):
        return round(float(answer), 6), explanation, entries
    if answer is None:
        raise NotEvidenced("the facts given do not say")
    if isinstance(answer, NotEvidenced | NotApplicable):
        raise answer
    raise TypeError(f"a measure returned {answer!r}, which is neither a finite number, a yes or no, a grade nor a share")


def _if_strong_enough(criterion: Criterion, answer: Answer, profile: Profile) -> Answer:
    """What would count for the organisation counts as not shown if its evidence is too weak. What counts against it stays."""
    least = criterion.min_assurance
    strength = evidence.assurance(profile, evidence.citable_facts(criterion.paths, profile), criterion.max_age)
    if answer.outcome not in (Outcome.MET, Outcome.PARTLY_MET) or not evidence.is_too_weak(least, strength):
        return answer
    reason = f"The evidence is too weak: {strength or 'none'}, and at least {least} is asked for."
    explanation = f"{reason} {answer.message}".strip()
    return replace(answer, outcome=Outcome.NOT_EVIDENCED, explanation=explanation, entries=())


def exception_text(error: BaseException) -> str:
    """The kind and the text of an exception, even one that fails when it is asked for its text."""
    try:
        return f"{type(error).__name__}: {error}"
    except Exception:
        return type(error).__name__


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "?", "!")) else ".")

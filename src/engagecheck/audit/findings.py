"""What the rules find in a profile: each rule put to it, and what stands for a plugin that could not be loaded."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from engagecheck.audit import describe, priorities, scoring
from engagecheck.audit.asking import Question
from engagecheck.audit.engine import told
from engagecheck.audit.tailoring import Tailoring
from engagecheck.model.profile import Profile
from engagecheck.model.records import Factory, record
from engagecheck.model.report import CriterionResult, Deviation, Finding, Outcome, Problem
from engagecheck.plugin_host.discovery import Plugin
from engagecheck.plugin_host.registry import Registry
from engagecheck.rules.criteria import Criterion
from engagecheck.rules.rule import Rule, Source


@record
class Found:
    """Findings, and the faults that came up on the way: problems, and the texts of their exceptions by place.

    Of isolated plugins also the paths of the facts that they read, and where they depart from the defaults.
    """

    findings: list[Finding] = Factory(list)
    problems: list[Problem] = Factory(list)
    details: list[tuple[str, str]] = Factory(list)
    reads: list[str] = Factory(list)
    deviations: list[Deviation] = Factory(list)


def of_rules(rules: Iterable[Rule], profile: Profile, registry: Registry, tailoring: Tailoring) -> Found:
    """The findings of rules for a profile, each question tailored as is asked."""
    found = Found()
    for rule in rules:
        found.findings.append(_finding(rule, profile, registry, tailoring, found))
    return found


def _finding(rule: Rule, profile: Profile, registry: Registry, tailoring: Tailoring, found: Found) -> Finding:
    judged, sources = [], registry.sources
    for declared in rule.criteria:
        result, exception = _result(rule, declared, profile, sources, tailoring)
        judged.append(result)
        if result.outcome is Outcome.ERROR:
            found.problems.append(Problem("rule", result.id, result.message))
            found.details.append((result.id, exception))
    source = describe.cited(rule.source, sources)
    plugin = registry.pack_of(rule.id)
    return of_results(
        rule.id, rule.title, plugin.pack, rule.why, source, judged, version=rule.version,
        left_out=tailoring.left_out.get(rule.id, ""), status=rule.status, replaced_by=rule.replaced_by,
        digest=registry.digest_of(plugin.pack, plugin.name),
    )  # fmt: skip


def _result(
    rule: Rule, declared: Criterion, profile: Profile, sources: Mapping[str, Source], tailoring: Tailoring
) -> tuple[CriterionResult, str]:
    """The result of one criterion, and the text of the exception that kept it from one; whatever fails costs it alone."""
    said = describe.BROKEN
    try:
        question = Question.of(declared, rule, tailoring)
        if question.fault:
            return describe.broken(declared), question.fault
        form = question.form_for(profile)
        walked, reason = form.walk(profile), tailoring.reason(declared.id)
        said = walked.said if walked.outcome is Outcome.ERROR else said
        result = describe.result_of(form.criterion, walked, profile, sources, form.default, reason)
        return result, walked.exception
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # a yardstick of a plugin's own, its texts, or facts that no profile has
        return describe.broken(declared, said), told(error)


def of_results(
    name: str, title: str, pack: str, why: str, source: Any, found: Sequence[CriterionResult], **about: Any
) -> Finding:
    """A finding with the outcome and the score that follow from its results; `about`: its other fields."""
    weighed = list(priorities.weighed(found).values())
    outcome, score = scoring.finding(weighed), scoring.score(weighed)
    return Finding(name, title, pack, why, source, outcome, score, tuple(found), **about)


def of_failure(plugin: Plugin) -> Finding:
    """What stands in a report for a plugin that could not be loaded, or did not answer."""
    missing = describe.missing_part(plugin.name, plugin.pack)
    return of_results(plugin.name, f"The plugin {plugin.name} could not be loaded", plugin.pack, "", None, [missing])


def not_loaded(registry: Registry, present: set[str]) -> list[Finding]:
    """The findings for plugins that could not be loaded, but for those whose rule is there all the same."""
    return [of_failure(plugin) for plugin in registry.failed if plugin.name not in present]

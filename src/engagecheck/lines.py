"""From a profile to its line of results, by the same walk and the same derivation as a report, without making its texts."""

from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from typing import Any

from engagecheck import dispositions, findings, opinion
from engagecheck.answers import Share
from engagecheck.asking import Question
from engagecheck.auditing import audit, day_of, gate_of, moved, scale_named
from engagecheck.discovery import BUNDLED
from engagecheck.dispositions import Beside, Overrides
from engagecheck.engine import Walked
from engagecheck.opinion import Result
from engagecheck.profile import Profile
from engagecheck.records import record
from engagecheck.registry import Registry
from engagecheck.rendering import clean, cleaned
from engagecheck.report import Outcome, Problem, as_json
from engagecheck.reporters.jsonl import line, line_of
from engagecheck.tailoring import Tailoring

Line = dict[str, Any]


@record
class Asked:
    """A rule as it is put to every profile, and whether it counts in the rating.

    `questions` by their ids; of a plugin that could not be loaded, `lost` stands for them.
    """

    rule: str
    counts: bool
    questions: tuple[tuple[str, Question], ...] = ()
    lost: tuple[tuple[str, Result, Walked], ...] = ()

    def put_to(self, profile: Profile) -> Sequence[tuple[str, Result, Walked]]:
        """The answers of a profile, by the ids of the questions."""
        return self.lost or [(name, *question.put_to(profile)) for name, question in self.questions]


def maker(
    registry: Registry, tailoring: Tailoring | None = None, overrides: Overrides | None = None, *, as_of: str | None = None,
    scale: str | None = None, fail_on: str | None = None, min_coverage: float | None = None,
) -> Callable[[Profile], Line]:  # fmt: skip
    """What makes the line of a profile. The arguments are those of `audit`, whose report gives the very same line."""
    tailoring, overrides = tailoring or Tailoring(), overrides or Overrides()
    scale_named(scale or tailoring.scale, registry)  # a line holds no words of a scale, but one that is no scale is refused
    day = day_of(as_of) if as_of is not None else None
    if registry.isolated:  # their rules are put to a profile elsewhere, and only an audit goes there
        whole = partial(
            audit, registry=registry, tailoring=tailoring, overrides=overrides, as_of=day, scale=scale, fail_on=fail_on,
            min_coverage=min_coverage,
        )  # fmt: skip
        return lambda profile: line_of(whole(profile))
    gate = gate_of(tailoring, fail_on, min_coverage)
    asked = _asked(registry, tailoring)

    def made(profile: Profile) -> Line:
        profile = moved(profile, day)
        answers = [(rule, rule.put_to(profile)) for rule in asked]
        said = _said(overrides, answers, profile)
        outcomes, criteria, problems = {}, {}, list(registry.problems)
        counted: list[Result] = []
        attested = 0
        for rule, found in answers:
            kinds = []
            for name, kind, walked in found:
                value, outcome = walked.value, walked.outcome
                plain = value.value if isinstance(value, Share) else clean(value) if isinstance(value, str) else value
                shown = {"outcome": outcome, "value": plain}
                if name in said:
                    shown["disposition"] = said[name].disposition
                    kind = kind._replace(gates=kind.gates and not dispositions.is_accepted(said[name].overrides))
                    attested += rule.counts and dispositions.is_attested(outcome, said[name].overrides)
                if outcome is Outcome.ERROR and walked.said:
                    problems.append(Problem("rule", name, walked.said))
                kinds.append(kind)
                criteria[name] = shown
            outcomes[rule.rule] = _finding(tuple(kinds))
            if rule.counts:
                counted += kinds
        rating = opinion.judge(counted, gate.fail_on, gate.min_coverage, attested)
        origin, subject = profile.origin, as_json(cleaned(profile.organisation))
        return line(
            cleaned(origin.name), subject, profile.as_of.isoformat(), origin.digest, rating, cleaned(problems),
            outcomes, criteria,
        )  # fmt: skip

    return made


_finding = lru_cache(maxsize=1 << 14)(opinion.finding)
"""The outcomes of a rule come again and again over many profiles."""


def _asked(registry: Registry, tailoring: Tailoring) -> list[Asked]:
    """Every rule by its id, and among them what stands for plugins that could not be loaded."""
    asked = []
    for rule in registry.rules.values():
        counts = registry.pack_of(rule.id).pack == BUNDLED and rule.id not in tailoring.left_out
        asked.append(Asked(rule.id, counts, tuple((one.id, Question.of(one, rule, tailoring)) for one in rule.criteria)))
    for finding in findings.not_loaded(registry, set(registry.rules)):
        lost = tuple((one.id, Result(one.priority, one.outcome, one.gates), Walked(one.outcome)) for one in finding.criteria)
        asked.append(Asked(finding.rule, finding.pack == BUNDLED, lost=lost))
    return sorted(asked, key=lambda one: one.rule)


def _said(
    overrides: Overrides, answers: Sequence[tuple[Asked, Sequence[tuple[str, Result, Walked]]]], profile: Profile
) -> dict[str, Beside]:
    """What people have said of the results, by criterion."""
    if not overrides.statements:
        return {}
    results = {name: kind for _, found in answers for name, kind, _ in found}
    return dispositions.beside(overrides, results, profile.as_of)[0]

"""From profiles to their lines of results, by the same walk and the same derivation as a report, without making its texts."""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache, partial
from typing import Any, NamedTuple

from engagecheck.audit import findings, scoring
from engagecheck.audit import overrides as dispositions
from engagecheck.audit.asking import Form, Question
from engagecheck.audit.engine import Walked
from engagecheck.audit.overrides import Beside, Overrides
from engagecheck.audit.run import audit, gate_of, scale_named
from engagecheck.audit.scoring import Result
from engagecheck.audit.tailoring import Tailoring
from engagecheck.model.answers import Share
from engagecheck.model.outcomes import ERROR, Outcome
from engagecheck.model.profile import Profile
from engagecheck.model.records import record
from engagecheck.model.report import Gate, Problem, as_json
from engagecheck.papers.jsonl import line, line_of
from engagecheck.plugin_host.discovery import BUNDLED
from engagecheck.plugin_host.registry import Registry
from engagecheck.rules.reporter import clean, cleaned
from engagecheck.rules.rule import Rule

Line = dict[str, Any]


@record
class Lost:
    """Stands for the form of a question that cannot be put: what comes of it for every profile."""

    judge: Callable[[Profile], Walked]
    results: Mapping[Outcome, Result]

    @classmethod
    def of(cls, result: Result, walked: Walked) -> "Lost":
        """The form to which there is one answer only."""
        return cls(lambda _: walked, {walked.outcome: result})

    def form_for(self, _profile: Profile) -> "Lost":
        """The same for everyone."""
        return self


@record
class Asked:
    """A rule as it is put to every profile, and whether it counts in the rating. Its questions by their ids."""

    rule: str
    counts: bool
    questions: Mapping[str, Question | Lost]

    @classmethod
    def of(cls, rule: Rule, tailoring: Tailoring, *, counts: bool) -> "Asked":
        """A rule with its questions."""
        questions = {one.id: Question.of(one, rule, tailoring) for one in rule.criteria}
        return cls(rule.id, counts, {name: one if one.forms else Lost.of(*one.lost) for name, one in questions.items()})


class Draft(NamedTuple):
    """What becomes the line of a profile: the results that its rating is derived from, what is shown of them, problems.

    The results stand in the order of the questions; how many of them each rule has says `Asked`.
    """

    kinds: list[Result]
    criteria: dict[str, dict[str, Any]]
    problems: list[Problem]


def maker(
    registry: Registry, tailoring: Tailoring | None = None, overrides: Overrides | None = None, *, scale: str | None = None,
    fail_on: str | None = None, min_coverage: float | None = None,
) -> Callable[[Sequence[Profile]], list[Line]]:  # fmt: skip
    """What makes the lines of profiles. The arguments are those of `audit`, whose report gives the very same lines.

    It puts each question to all of them before the next: that takes a quarter less time than to put all questions to each.
    """
    tailoring, overrides = tailoring or Tailoring(), overrides or Overrides()
    scale_named(scale or tailoring.scale, registry)  # a line holds no words of a scale, but one that is no scale is refused
    if registry.isolated:  # their rules are put to a profile elsewhere, and only an audit goes there
        whole = partial(
            audit, registry=registry, tailoring=tailoring, overrides=overrides, scale=scale, fail_on=fail_on,
            min_coverage=min_coverage,
        )  # fmt: skip
        return lambda profiles: [line_of(whole(profile)) for profile in profiles]
    gate = gate_of(tailoring, fail_on, min_coverage)
    asked = _asked(registry, tailoring)
    put = [(name, _only_form(one), one) for rule in asked for name, one in rule.questions.items()]

    def made(profiles: Sequence[Profile]) -> list[Line]:
        pairs = [(profile, Draft([], {}, list(registry.problems))) for profile in profiles]
        for name, only, question in put:
            for profile, (kinds, criteria, problems) in pairs:
                form: Form | Lost = only or question.form_for(profile)
                outcome, value, because, _, _ = form.judge(profile)
                plain = value.value if isinstance(value, Share) else clean(value) if isinstance(value, str) else value
                kinds.append(form.results[outcome])
                criteria[name] = {"outcome": outcome, "value": plain}
                if outcome is ERROR and because:
                    problems.append(Problem("rule", name, because))
        return [_finished(profile, draft, asked, gate, overrides) for profile, draft in pairs]

    return made


def _finished(profile: Profile, draft: Draft, asked: Sequence[Asked], gate: Gate, overrides: Overrides) -> Line:
    """The line that a draft becomes once its rating is derived, with what people have said of the results."""
    kinds, criteria, problems = draft
    outcomes: dict[str, Outcome] = {}
    counted: list[Result] = []
    said: Mapping[str, Beside] = {}
    if overrides.statements:
        said, _ = dispositions.beside(overrides, dict(zip(criteria, kinds, strict=True)), profile.as_of)
    attested = start = 0
    for rule in asked:
        mine = kinds[start : start + len(rule.questions)]
        start += len(mine)
        for place, name in enumerate(rule.questions if said else ()):
            if name in said:
                criteria[name]["disposition"] = said[name].disposition
                attested += rule.counts and dispositions.is_attested(mine[place].outcome, said[name].overrides)
                if dispositions.is_accepted(said[name].overrides):
                    mine[place] = mine[place]._replace(gates=False)
        outcomes[rule.rule] = _finding(tuple(mine))
        counted += mine if rule.counts else ()
    rating = scoring.judge(counted, gate.fail_on, gate.min_coverage, attested)
    origin, subject = profile.origin, as_json(cleaned(profile.organisation))
    day = profile.as_of.isoformat()
    return line(cleaned(origin.name), subject, day, origin.digest, rating, cleaned(problems), outcomes, criteria)


_finding = lru_cache(maxsize=1 << 14)(scoring.finding)
"""The outcomes of a rule come again and again over many profiles."""


def _asked(registry: Registry, tailoring: Tailoring) -> list[Asked]:
    """Every rule by its id, and among them what stands for plugins that could not be loaded."""
    asked = []
    for rule in registry.rules.values():
        counts = registry.pack_of(rule.id).pack == BUNDLED and rule.id not in tailoring.left_out
        asked.append(Asked.of(rule, tailoring, counts=counts))
    for finding in findings.not_loaded(registry, set(registry.rules)):
        lost = {one.id: Lost.of(Result(one.priority, one.outcome, one.gates), Walked(one.outcome)) for one in finding.criteria}
        asked.append(Asked(finding.rule, finding.pack == BUNDLED, lost))
    return sorted(asked, key=lambda one: one.rule)


def _only_form(question: Question | Lost) -> Form | None:
    """The form in which a question is put to everyone; `None` if it has several."""
    return question.forms[0] if isinstance(question, Question) and len(question.forms) == 1 else None

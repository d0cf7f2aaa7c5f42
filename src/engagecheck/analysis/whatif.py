"""What would change the result: the smallest change for each criterion, the shortest list for the next level, what to show.

If setting one fact gives the wanted value, the changed profile is audited again. The proposal then has every result that
changes. Otherwise only the one outcome is changed, and the score and the level are derived from it. The proposal then names
the criteria that read the same facts, because their results may change too.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from engagecheck.analysis.whatif_values import FactChange, needed, settings, step_up
from engagecheck.audit import scoring
from engagecheck.audit.priorities import narrowing
from engagecheck.audit.scoring import WeighedRule
from engagecheck.model.answers import Share, Value
from engagecheck.model.evidence import is_too_weak
from engagecheck.model.outcomes import Assurance, Level, Outcome
from engagecheck.model.report import Finding, Gate, Report, Score
from engagecheck.model.result import CriterionResult


class OutcomeChange(Struct, frozen=True):
    """Another criterion whose outcome changes with a fact, and its new outcome."""

    criterion: str
    outcome: Outcome


class Proposal(Struct, frozen=True):
    """The smallest change that improves the outcome of a criterion, and the new results.

    `needed` is the value that would have to be measured, in words. `value` is the same as a number, a yes or no, or a grade.
    `finding` is the new outcome of the rule. `setting` is the one fact that gives the value, if there is one. `also` then has
    all other outcomes that change. Without `setting`, `shared` has the criteria that read the same facts. `evidence` is the
    least assurance that the evidence needs, if it is too weak now.
    """

    criterion: str
    question: str
    measured: str
    needed: str
    value: bool | int | float | str | None
    outcome: Outcome
    finding: Outcome
    score: Score
    level: Level
    could_be: Level
    setting: FactChange | None = None
    also: tuple[OutcomeChange, ...] = ()
    shared: tuple[str, ...] = ()
    evidence: Assurance | None = None


Reaudit = Callable[[FactChange], Report | None]
"""Audits the same profile with one fact set. Returns `None` if the changed profile is refused."""


class ToShow(Struct, frozen=True):
    """An unanswered question, the document that would answer it, and by how many points the score's interval would narrow.

    `evidence` is as in a `Proposal`.
    """

    criterion: str
    question: str
    show: str
    points: int
    evidence: Assurance | None = None


class Step(Struct, frozen=True):
    """A criterion to act on: `meet` what falls short, `show` what is unknown, `document` what is only stated.

    `evidence` is as in a `Proposal`.
    """

    criterion: str
    question: str
    kind: str
    evidence: Assurance | None = None


class WhatIf(Struct, frozen=True):
    """Everything that would change a result.

    `to_next` has the criteria to act on, so that the level rises by one. `after` is the score once that is done.
    `words` has the word of the report's scale for each level, and `names` says what each criterion measures.
    """

    level: Level
    score: Score
    proposals: tuple[Proposal, ...]
    next_level: Level | None
    to_next: tuple[Step, ...]
    after: Score
    to_show: tuple[ToShow, ...]
    words: Mapping[str, str]
    names: Mapping[str, str]


def what_if(report: Report, reaudit: Reaudit | None = None) -> WhatIf:
    """Find what would change the level of the headline pack. `reaudit` audits the same profile with one fact set."""
    pack = report.packs[0].name
    findings = [finding for finding in report.findings if finding.pack == pack and not finding.left_out]
    criteria = {result.id: result for finding in findings for result in finding.criteria}
    rules = scoring.weighed(findings)
    level = report.summary.level
    next_level = scoring.RANK[scoring.RANK.index(level) + 1] if level is not scoring.RANK[-1] else None
    steps, after = shortest(rules, next_level) if next_level else ((), report.summary.score)
    return WhatIf(
        level=level,
        score=report.summary.score,
        proposals=tuple(_proposals(findings, rules, report.gate, reaudit)),
        next_level=next_level,
        to_next=tuple(Step(name, criteria[name].question, kind, _required(criteria[name])) for name, kind in steps),
        after=after,
        to_show=tuple(sorted(_to_show(findings, rules), key=lambda item: (-item.points, item.criterion))),
        words={key.value: scale.word for key, scale in zip(Level, report.summary.levels, strict=True)},
        names={name: one.label or one.question for name, one in report.results.items()},
    )


def shortest(rules: Mapping[str, WeighedRule], wanted: Level) -> tuple[tuple[tuple[str, str], ...], Score]:
    """The criteria to act on so that each ladder reaches a level, each with what to do, and the score after that.

    Red flags come first, as many as the level asks for. Then the ladder of the score is climbed, then that of evidence, each
    time by the criterion that adds most.
    """
    after = dict(rules)
    chosen: list[tuple[str, str]] = []
    results = {name: result for rule in rules.values() for name, result in rule.results.items()}
    gains = {name: gain for rule in rules.values() for name, gain in _gains(rule).items()}
    by_gain = sorted((name for name, gain in gains.items() if gain), key=lambda name: (-gains[name], name))
    flags = [flag.criterion for flag in scoring.judge(rules.values(), Gate()).flags]
    most_flags = next((edge for edge, level in scoring.FLAG_STEPS if level is wanted), len(flags))
    surplus = sorted(flags, key=lambda name: (-gains[name], name))[: max(0, len(flags) - most_flags)]

    def meet(name: str) -> None:
        nonlocal after
        after = scoring.changed(after, {name: Outcome.MET})
        chosen.append((name, "meet"))

    def show(name: str) -> None:
        nonlocal after
        after = scoring.changed(after, {name: results[name].at_best})
        chosen.append((name, "show"))

    def act(name: str) -> None:
        one = results[name]
        (show if not one.outcome.determined and one.at_best is Outcome.MET else meet)(name)

    for name in surplus:
        act(name)
    least = next(edge for edge, level in scoring.SCORE_STEPS if level is wanted)
    for name in by_gain:
        if scoring.judge(after.values(), Gate()).score.low >= least:
            break
        if name not in surplus:
            act(name)
    least = next(edge for edge, level in scoring.EVIDENCE_STEPS if level is wanted)
    shares = {name: share for rule in after.values() for name, share in _undocumented(rule).items()}
    for name in sorted(shares, key=lambda name: (-shares[name], name)):
        if scoring.judge(after.values(), Gate()).ladders[-1].value >= least:
            break
        if results[name].outcome.determined or (name, "meet") in chosen:
            chosen.append((name, "document"))
            after = scoring.documented(after, name)
        else:
            show(name)
    return tuple(chosen), scoring.judge(after.values(), Gate()).score


def _gains(rule: WeighedRule) -> dict[str, float]:
    """What meeting each criterion adds to the score, up to a factor that is the same for all rules."""
    possible = rule.totals.possible
    return {
        name: rule.weight * (2 - scoring.POINTS[one.at_worst]) * scoring.WEIGHT[one.priority] / possible if possible else 0.0
        for name, one in rule.results.items()
        if one.outcome is not Outcome.NOT_APPLICABLE
    }


def _undocumented(rule: WeighedRule) -> dict[str, float]:
    """What a document for each criterion that rests on none adds to the evidence, up to the same factor."""
    possible = rule.totals.possible
    return {
        name: rule.weight * scoring.WEIGHT[one.priority] / possible
        for name, one in rule.results.items()
        if one.outcome is not Outcome.NOT_APPLICABLE and not one.documented and scoring.WEIGHT[one.priority]
    }


def _proposals(
    findings: Sequence[Finding], rules: Mapping[str, WeighedRule], gate: Gate, reaudit: Reaudit | None
) -> Iterator[Proposal]:
    criteria = [result for finding in findings for result in finding.criteria]
    for finding in findings:
        for result in finding.criteria:
            step = step_up(result) if result.outcome in (Outcome.NOT_MET, Outcome.PARTLY_MET) else None
            if step is None:
                continue
            derived = _derived(result, *step, rules, gate)
            audited = _audited(derived, result, step[0], criteria, reaudit) if reaudit and derived.evidence is None else None
            yield audited or replace(derived, shared=tuple(_sharing(result, criteria)))


def _derived(result: CriterionResult, value: Value, outcome: Outcome, rules: Mapping[str, WeighedRule], gate: Gate) -> Proposal:
    """The proposal if one outcome changes and all others stay as they are."""
    after = scoring.changed(rules, {result.id: outcome})
    judgement = scoring.judge(after.values(), gate)
    return Proposal(
        criterion=result.id,
        question=result.question,
        measured=result.value_text,
        needed=needed(result, value),
        value=value.value if isinstance(value, Share) else value,
        outcome=outcome,
        finding=after[result.id.partition("/")[0]].outcome,
        score=judgement.score,
        level=judgement.level,
        could_be=judgement.could_be,
        evidence=_required(result),
    )


def _required(result: CriterionResult) -> Assurance | None:
    """The least assurance that the evidence for a result needs, if it is too weak now."""
    return result.min_assurance if is_too_weak(result.min_assurance, result.assurance) else None


def _audited(
    derived: Proposal, old: CriterionResult, value: Value, criteria: Sequence[CriterionResult], reaudit: Reaudit
) -> Proposal | None:
    """The proposal from an audit with one fact set. `None` if no single fact gives exactly the wanted value."""
    for setting in settings(old, value):
        report = reaudit(setting)
        if report is None:
            continue
        after = {result.id: (finding, result) for finding in report.findings for result in finding.criteria}
        finding, new = after[old.id]
        if (new.value, new.outcome) == (derived.value, derived.outcome):
            others = [(one, after[one.id][1].outcome) for one in criteria if one.id != old.id and one.id in after]
            return replace(
                derived,
                finding=finding.outcome,
                score=report.summary.score,
                level=report.summary.level,
                could_be=report.summary.could_be,
                setting=setting,
                also=tuple(OutcomeChange(one.id, outcome) for one, outcome in others if outcome is not one.outcome),
            )
    return None


def _sharing(result: CriterionResult, criteria: Sequence[CriterionResult]) -> Iterator[str]:
    pointers = _pointers(result)
    yield from (other.id for other in criteria if other.id != result.id and pointers & _pointers(other))


def _pointers(result: CriterionResult) -> set[str]:
    return {fact.pointer for fact in result.facts if fact.pointer not in ("/as_of", "/organisation")}


def _to_show(findings: Sequence[Finding], rules: Mapping[str, WeighedRule]) -> Iterator[ToShow]:
    for finding in findings:
        for result in finding.criteria:
            if result.outcome is Outcome.NOT_EVIDENCED:
                yield ToShow(result.id, result.question, result.show, narrowing(rules, [result.id]), _required(result))

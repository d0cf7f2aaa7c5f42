"""Two audits of one organisation side by side, and many of them over time: what changed, and why.

Results are matched by the name of their criterion, never by position. Where the rule or the yardstick changed, no change
of the organisation is claimed.
"""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from itertools import pairwise

from attrs import evolve, frozen

from engagecheck.errors import UsageRefused
from engagecheck.model.report import CriterionResult, Finding, Level, Outcome, Priority, Report, Scale, Score, Subject

RANK = {Outcome.NOT_MET: 0, Outcome.NOT_EVIDENCED: 0, Outcome.ERROR: 0, Outcome.PARTLY_MET: 1, Outcome.MET: 2}


class Change(StrEnum):
    """How the result of a criterion changed."""

    NEW = "new"
    IMPROVED = "improved"
    WORSENED = "worsened"
    UNCHANGED = "unchanged"
    RESOLVED = "resolved"
    EVIDENCE_LOST = "evidence_lost"
    RULE_CHANGED = "rule_changed"
    GONE = "gone"


@frozen
class Moment:
    """What one audit said of a criterion."""

    as_of: str
    outcome: Outcome | None
    value_text: str
    version: str
    yardstick: str = ""


@frozen
class Changed:
    """One criterion before and after: how it changed, and the causes that are not the organisation's doing."""

    criterion: str
    question: str
    change: Change
    before: Moment
    after: Moment
    causes: tuple[str, ...]


@frozen
class Opinion:
    """The level and the score of one audit, worded by one scale for both."""

    as_of: str
    level: Level
    scale: Scale
    score: Score
    determined: int
    applicable: int


@frozen
class Area:
    """The score of an area in each audit, in their order; `None` where it was not asked."""

    rule: str
    title: str
    scores: tuple[Score | None, ...]


@frozen
class Comparison:
    """Two audits of one organisation, the older one first; `supposed`: the newer one is of facts that somebody supposed."""

    subject: Subject
    old: Opinion
    new: Opinion
    changes: tuple[Changed, ...]
    notes: tuple[str, ...]
    supposed: bool = False
    areas: tuple[Area, ...] = ()


@frozen
class Line:
    """One criterion over time; `versions` and `yardsticks` say whether its rule or what good looks like changed on the way."""

    criterion: str
    question: str
    moments: tuple[Moment, ...]
    versions: tuple[str, ...]
    yardsticks: tuple[str, ...] = ()


@frozen
class Trend:
    """The audits of one organisation over time, the oldest first."""

    subject: Subject
    opinions: tuple[Opinion, ...]
    lines: tuple[Line, ...]
    notes: tuple[str, ...]
    areas: tuple[Area, ...] = ()


def compare(old: Report, new: Report, *, supposed: bool = False) -> Comparison:
    """What changed between two audits. Raises `UsageRefused` where they are not of one organisation.

    `supposed`: the second is the first with facts changed to see what would follow; there the organisation may differ.
    """
    if not supposed:
        _same_subject((old, new))
    before, after = _by_name(old), _by_name(new)
    names = sorted({**before, **after})
    changes = tuple(_changed(name, before.get(name), after.get(name), old.as_of, new.as_of) for name in names)
    rules = edited(old, new)
    changes = tuple(_edited(one) if one.criterion.partition("/")[0] in rules else one for one in changes)
    notes = tuple(_notes((old, new))) if not supposed else ()
    return Comparison(new.subject, opinion(old, new), opinion(new, new), changes, notes, supposed, _areas((old, new)))


def trend(reports: Sequence[Report]) -> Trend:
    """The audits of one organisation in the order of their days. Raises `UsageRefused` where they are of several."""
    ordered = sorted(reports, key=lambda report: (report.as_of, report.report_digest))
    _same_subject(ordered)
    newest = ordered[-1]
    found = [_by_name(report) for report in ordered]
    lines = []
    for name in sorted({name for results in found for name in results}):
        moments = tuple(_moment(results.get(name), report.as_of) for results, report in zip(found, ordered, strict=True))
        question = next(results[name][1].question for results in reversed(found) if name in results)
        versions = tuple(dict.fromkeys(moment.version for moment in moments if moment.version))
        yardsticks = tuple(dict.fromkeys(moment.yardstick for moment in moments if moment.yardstick))
        lines.append(Line(name, question, moments, versions, yardsticks))
    opinions = tuple(opinion(report, newest) for report in ordered)
    return Trend(newest.subject, opinions, tuple(lines), tuple(_notes(ordered)), _areas(ordered))


Result = tuple[Finding, CriterionResult]


def edited(old: Report, new: Report) -> set[str]:
    """The rules whose text was edited while the versions of rule and pack stayed the same."""
    versions = {pack.name: pack.version for pack in old.packs}
    same = {pack.name for pack in new.packs if versions.get(pack.name) == pack.version}
    then = {finding.rule: (finding.version, finding.digest) for finding in old.findings}
    known = [one for one in new.findings if one.pack in same and one.rule in then]
    return {one.rule for one in known if then[one.rule][0] == one.version and then[one.rule][1] != one.digest}


def _edited(one: Changed) -> Changed:
    cause = "the rule was edited, and its version stayed the same"
    is_claim = one.change not in (Change.UNCHANGED, Change.NEW, Change.GONE)
    return evolve(one, change=Change.RULE_CHANGED if is_claim else one.change, causes=(cause, *one.causes))


def _by_name(report: Report) -> dict[str, Result]:
    return {result.id: (finding, result) for finding in report.findings for result in finding.criteria}


def opinion(report: Report, words_of: Report) -> Opinion:
    """The opinion of an audit in the words of another one's scale."""
    summary = report.summary
    scale = dict(zip(Level, words_of.summary.levels, strict=True))[summary.level]
    return Opinion(report.as_of, summary.level, scale, summary.score, summary.coverage.determined, summary.coverage.applicable)


def is_same(one: Subject, other: Subject) -> bool:
    """Whether two audits are of one organisation: by its code, or by its name where one of them has no code."""
    if one.ods_code and other.ods_code:
        return one.ods_code == other.ods_code
    return one.name == other.name


def _same_subject(reports: Sequence[Report]) -> None:
    others = [report for report in reports if not is_same(report.subject, reports[0].subject)]
    if others:
        names = sorted({f"{one.name} ({one.ods_code or 'no code'})" for one in (reports[0].subject, others[0].subject)})
        raise UsageRefused(f"these are audits of different organisations: {' and '.join(names)}; compare one with itself")


def _notes(reports: Sequence[Report]) -> Iterator[str]:
    """What to know before reading one audit beside another."""
    versions = list(dict.fromkeys(report.tool.version for report in reports))
    if len(versions) > 1:
        yield f"The audits were made with different versions of the tool: {', '.join(versions)}."
    packs = {tuple((pack.name, pack.version) for pack in report.packs) for report in reports}
    if len(packs) > 1 and len(versions) == 1:
        yield "The audits were made with different packs of rules."
    if len({report.inputs.get("tailoring", "") for report in reports}) > 1:
        yield "The audits were tailored differently."
    if any(edited(*pair) for pair in pairwise(reports)):
        yield "Rules were edited between the audits without a new version; their results are not compared."
    if len({(report.gate.fail_on, report.gate.min_coverage) for report in reports}) > 1:
        yield "The essentials were asked for differently (--fail-on, --min-coverage)."
    if len({(report.subject.type, report.subject.country) for report in reports}) > 1:
        yield "The organisation changed its kind or country, so other questions may apply."
    if any(len({one.left_out for one in found}) > 1 for found in _findings(reports).values()):
        yield "Not the same rules count in the rating, so the scores are not those of the same questions."
    if any(earlier.as_of > later.as_of for earlier, later in pairwise(reports)):
        yield "The first audit is of a later day than the second; name the older one first."
    if len({report.as_of for report in reports}) < len(reports):
        yield "Two of the audits are of the same day."


def _findings(reports: Sequence[Report]) -> dict[str, list[Finding]]:
    found: dict[str, list[Finding]] = {}
    for report in reports:
        for finding in report.findings:
            found.setdefault(finding.rule, []).append(finding)
    return found


def _areas(reports: Sequence[Report]) -> tuple[Area, ...]:
    """The areas that weigh something, each with its scores."""
    named = {finding.rule: finding for report in reports for finding in report.findings}
    weighty = {rule for rule, one in named.items() if any(item.priority is not Priority.CAPS for item in one.criteria)}
    found = [{finding.rule: finding.score for finding in report.findings} for report in reports]
    return tuple(Area(rule, named[rule].title, tuple(one.get(rule) for one in found)) for rule in sorted(weighty))


def _moment(result: Result | None, as_of: str) -> Moment:
    if result is None:
        return Moment(as_of, None, "", "")
    finding, one = result
    return Moment(as_of, one.outcome, one.value_text, finding.version, one.yardstick.text)


def _changed(name: str, old: Result | None, new: Result | None, then: str, now: str) -> Changed:
    known = new or old
    assert known is not None  # noqa: S101  # the name comes from one of the two
    change, causes = _change(old, new)
    return Changed(name, known[1].question, change, _moment(old, then), _moment(new, now), causes)


def _change(old: Result | None, new: Result | None) -> tuple[Change, tuple[str, ...]]:
    if old is None or new is None:
        return (Change.NEW if old is None else Change.GONE), (
            "the rule is new" if old is None else "the rule is no longer there",
        )
    (rule_then, then), (rule_now, now) = old, new
    causes = (*_scope(rule_then, rule_now), *_causes(then, now))
    if rule_then.version != rule_now.version:
        return Change.RULE_CHANGED, (f"the rule changed from version {rule_then.version} to {rule_now.version}", *causes)
    if then.yardstick != now.yardstick:
        return Change.RULE_CHANGED, (
            f"what good looks like changed from “{then.yardstick.text}” to “{now.yardstick.text}”",
            *causes,
        )
    if then.min_assurance != now.min_assurance and then.outcome is not now.outcome and then.value == now.value:
        return Change.RULE_CHANGED, causes
    na = Outcome.NOT_APPLICABLE
    if (then.outcome is na) != (now.outcome is na):
        return (Change.NEW if then.outcome is na else Change.GONE), (
            "the question did not apply before" if then.outcome is na else "the question no longer applies",
            *causes,
        )
    if then.outcome is na or then.outcome is now.outcome:
        return Change.UNCHANGED, causes
    if then.outcome.determined and not now.outcome.determined:
        return Change.EVIDENCE_LOST, causes
    difference = RANK[now.outcome] - RANK[then.outcome]
    if now.outcome is Outcome.MET:
        return Change.RESOLVED, causes
    if difference == 0:
        return Change.UNCHANGED, causes
    return (Change.IMPROVED if difference > 0 else Change.WORSENED), causes


def _scope(then: Finding, now: Finding) -> Iterator[str]:
    if bool(then.left_out) != bool(now.left_out):
        yield f"the rule counted in the rating {'before and does not now' if now.left_out else 'not before and does now'}"


def _causes(then: CriterionResult, now: CriterionResult) -> Iterator[str]:
    """What else is different, besides what was measured."""
    if now.outcome.determined and then.outcome is Outcome.NOT_EVIDENCED:
        yield "what was not shown before is shown now"
    if then.assurance != now.assurance:
        yield f"the evidence is {'stronger' if _strength(now) > _strength(then) else 'weaker'}"
    if then.freshness != now.freshness and now.freshness is not None and now.freshness != "current":
        yield f"the evidence is now {now.freshness}"
    if then.min_assurance != now.min_assurance:
        yield f"the least evidence asked for was {then.min_assurance or 'any'} and is {now.min_assurance or 'any'}"
    if then.max_age != now.max_age:
        yield f"evidence was good for {then.max_age} months and is for {now.max_age}"
    if (then.disposition, then.overrides) != (now.disposition, now.overrides):
        yield "what people have said of it changed"


def _strength(result: CriterionResult) -> int:
    return -1 if result.assurance is None else list(type(result.assurance)).index(result.assurance)

"""Comparison of two audits of one organisation, and its trend over many audits: what changed, and why.

Results are matched by the id of their criterion, never by position. If the rule or the yardstick changed, the result counts
as `RULE_CHANGED`, not as a change in the organisation.
"""

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from itertools import pairwise
from unicodedata import category, normalize

from msgspec import UNSET, Struct, UnsetType

from engagecheck.errors import UsageRefused
from engagecheck.model.headings import chosen
from engagecheck.model.labels import plural
from engagecheck.model.outcomes import Level, Outcome
from engagecheck.model.report import Finding, Report, Scale, Score, Subject
from engagecheck.model.result import CriterionResult

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


class DatedResult(Struct, frozen=True):
    """The result of a criterion in one audit. `outcome` is `None` if the audit did not ask the question."""

    as_of: str
    outcome: Outcome | None
    value_text: str
    version: str
    yardstick: str = ""


class CriterionChange(Struct, frozen=True):
    """How the result of one criterion changed. `causes` are reasons that lie outside the organisation or in its evidence."""

    criterion: str
    question: str
    change: Change
    before: DatedResult
    after: DatedResult
    causes: tuple[str, ...]


class AuditRating(Struct, frozen=True):
    """The level and the score of one audit, in the words of the newest audit's scale."""

    as_of: str
    level: Level
    scale: Scale
    score: Score
    determined: int
    applicable: int


class Area(Struct, frozen=True):
    """The scores of an area, in the order of the audits. `None` if an audit did not ask about the area."""

    rule: str
    title: str
    scores: tuple[Score | None, ...]


class Comparison(Struct, frozen=True):
    """Two audits of one organisation, the older one first. `supposed` is true if the newer one is of hypothetical facts.

    `framework` is the title of the newer one's headline, if that is not the bundled pack.
    """

    subject: Subject
    old: AuditRating
    new: AuditRating
    changes: tuple[CriterionChange, ...]
    notes: tuple[str, ...]
    supposed: bool = False
    areas: tuple[Area, ...] = ()
    framework: str | UnsetType = UNSET


class CriterionHistory(Struct, frozen=True):
    """One criterion over time, with the different versions and yardsticks that its rule had."""

    criterion: str
    question: str
    moments: tuple[DatedResult, ...]
    versions: tuple[str, ...]
    yardsticks: tuple[str, ...] = ()


class Trend(Struct, frozen=True):
    """The audits of one organisation over time, the oldest first. `framework` is that of the newest, as in a `Comparison`."""

    subject: Subject
    opinions: tuple[AuditRating, ...]
    lines: tuple[CriterionHistory, ...]
    notes: tuple[str, ...]
    areas: tuple[Area, ...] = ()
    framework: str | UnsetType = UNSET


def compare(old: Report, new: Report, *, supposed: bool = False) -> Comparison:
    """Compare two audits. Raises `UsageRefused` if they are of different organisations.

    Set `supposed` if the second audit is the first with hypothetical changes. The organisation may differ then.
    """
    if not supposed:
        _same_subject((old, new))
    before, after = _results(old), _results(new)
    edited = edited_rules(old, new)
    changes = tuple(
        _criterion_change(name, before.get(name), after.get(name), (old.as_of, new.as_of), name.partition("/")[0] in edited)
        for name in sorted({**before, **after})
    )
    notes = tuple(_notes((old, new))) if not supposed else ()
    return Comparison(
        new.subject, _rating(old, new), _rating(new, new), changes, notes, supposed, _areas((old, new)), chosen(new) or UNSET
    )


def trend(reports: Sequence[Report]) -> Trend:
    """Sort the audits of one organisation by day; those of one day stay in the order in which they are given.

    Raises `UsageRefused` if they are of different organisations.
    """
    ordered = sorted(reports, key=lambda report: report.as_of)
    _same_subject(ordered)
    newest = ordered[-1]
    by_report = [_results(report) for report in ordered]
    histories = []
    for name in sorted({name for results in by_report for name in results}):
        moments = tuple(_dated(results.get(name), report.as_of) for results, report in zip(by_report, ordered, strict=True))
        question = next(results[name][1].question for results in reversed(by_report) if name in results)
        versions = tuple(dict.fromkeys(moment.version for moment in moments if moment.version))
        yardsticks = tuple(dict.fromkeys(moment.yardstick for moment in moments if moment.yardstick))
        histories.append(CriterionHistory(name, question, moments, versions, yardsticks))
    ratings = tuple(_rating(report, newest) for report in ordered)
    return Trend(newest.subject, ratings, tuple(histories), tuple(_notes(ordered)), _areas(ordered), chosen(newest) or UNSET)


Result = tuple[Finding, CriterionResult]


def edited_rules(old: Report, new: Report) -> set[str]:
    """The rules whose text was edited while the versions of rule and pack stayed the same."""
    versions = {pack.name: pack.version for pack in old.packs}
    same_packs = {pack.name for pack in new.packs if versions.get(pack.name) == pack.version}
    digests = {(finding.rule, finding.version): finding.digest for finding in old.findings}
    return {
        finding.rule
        for finding in new.findings
        if finding.pack in same_packs and digests.get((finding.rule, finding.version), finding.digest) != finding.digest
    }


def _results(report: Report) -> dict[str, Result]:
    return {result.id: (finding, result) for finding in report.findings for result in finding.criteria}


def _rating(report: Report, newest: Report) -> AuditRating:
    summary = report.summary
    scale = dict(zip(Level, newest.summary.levels, strict=True))[summary.level]
    coverage = summary.coverage
    return AuditRating(report.as_of, summary.level, scale, summary.score, coverage.determined, coverage.applicable)


def is_same(one: Subject, other: Subject) -> bool:
    """Whether two audits are of one organisation: by its code, or by its name if one of them has no code."""
    if one.ods_code and other.ods_code:
        return one.ods_code == other.ods_code
    return spoken(one.name) == spoken(other.name)


def spoken(name: str) -> str:
    """A name as it is read aloud: the same whatever its letters' case and width, its spaces, and what cannot be seen in it."""
    words = " ".join(name.split())
    seen = "".join(one for one in words if category(one) not in ("Cc", "Cf") and not _UNSEEN.match(one))
    return normalize("NFKC", " ".join(normalize("NFKC", seen).split()).casefold())


_UNSEEN = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\ufe00-\ufe0f\uffa0\ufffd\U000e0100-\U000e01ef]")
"""What shows nothing and is no format character to Unicode. U+FFFD stands in a report for a control character."""


def _same_subject(reports: Sequence[Report]) -> None:
    others = [report for report in reports if not is_same(report.subject, reports[0].subject)]
    if others:
        names = sorted({f"{one.name} ({one.ods_code or 'no code'})" for one in (reports[0].subject, others[0].subject)})
        raise UsageRefused(f"these are audits of different organisations: {' and '.join(names)}; compare one with itself")


def _notes(reports: Sequence[Report]) -> Iterator[str]:
    """What a reader needs to know before comparing the audits."""
    versions = list(dict.fromkeys(report.tool.version for report in reports))
    if len(versions) > 1:
        yield f"The audits were made with different versions of the tool: {', '.join(versions)}."
    packs = {frozenset((pack.name, pack.version) for pack in report.packs) for report in reports}
    if len(packs) > 1 and len(versions) == 1:
        yield "The audits were made with different packs of rules."
    headlines = list(dict.fromkeys(report.packs[0].choice for report in reports))
    if len(headlines) > 1:
        yield f"Different packs head the audits: {', '.join(headlines)}. Their ratings and scores cannot be compared."
    if len({report.inputs.get("tailoring", "") for report in reports}) > 1:
        yield "The audits were tailored differently."
    if any(edited_rules(*pair) for pair in pairwise(reports)):
        yield "Rules were edited between the audits without a new version; their results are not compared."
    if len({(report.gate.fail_on, report.gate.min_coverage) for report in reports}) > 1:
        yield "The condition for exit code 0 was different (--fail-on, --min-coverage)."
    if len({(report.subject.type, report.subject.country) for report in reports}) > 1:
        yield "The organisation's type or country changed, so other questions may apply."
    left_out = {(finding.rule, finding.left_out) for report in reports for finding in report.findings}
    if len(left_out) > len({rule for rule, _ in left_out}):
        yield "Different rules count in the rating, so the scores rest on different questions."
    if any(earlier.as_of > later.as_of for earlier, later in pairwise(reports)):
        yield "The first audit is of a later day than the second; name the older one first."
    if len({report.as_of for report in reports}) < len(reports):
        yield "Two of the audits are of the same day. They are in the order in which they were given or recorded."


def _areas(reports: Sequence[Report]) -> tuple[Area, ...]:
    """The areas that have a score in at least one of the reports."""
    newest = {finding.rule: finding for report in reports for finding in report.findings}
    by_report = [{one.rule: one.score for one in report.findings if one.score} for report in reports]
    scored = {rule for scores in by_report for rule in scores}
    return tuple(Area(rule, newest[rule].title, tuple(scores.get(rule) for scores in by_report)) for rule in sorted(scored))


def _dated(result: Result | None, as_of: str) -> DatedResult:
    if result is None:
        return DatedResult(as_of, None, "", "")
    finding, criterion = result
    return DatedResult(as_of, criterion.outcome, criterion.value_text, finding.version, criterion.yardstick.text)


def _criterion_change(
    name: str, old: Result | None, new: Result | None, days: tuple[str, str], is_edited: bool
) -> CriterionChange:
    latest = new or old
    assert latest is not None  # noqa: S101  # the name comes from one of the two
    change, causes = _change(old, new)
    if is_edited:
        causes = ("the rule was edited without a new version", *causes)
        if change not in (Change.UNCHANGED, Change.NEW, Change.GONE):
            change = Change.RULE_CHANGED
    return CriterionChange(name, latest[1].question, change, _dated(old, days[0]), _dated(new, days[1]), causes)


def _change(old_result: Result | None, new_result: Result | None) -> tuple[Change, tuple[str, ...]]:
    if old_result is None:
        return Change.NEW, ("the rule is new",)
    if new_result is None:
        return Change.GONE, ("the rule is no longer there",)
    (old_rule, old), (new_rule, new) = old_result, new_result
    causes = (*_scope(old_rule, new_rule), *_causes(old, new))
    if old_rule.version != new_rule.version:
        return Change.RULE_CHANGED, (f"the rule changed from version {old_rule.version} to {new_rule.version}", *causes)
    if old.yardstick != new.yardstick:
        cause = f"what good looks like changed from “{old.yardstick.text}” to “{new.yardstick.text}”"
        return Change.RULE_CHANGED, (cause, *causes)
    if old.min_assurance != new.min_assurance and old.outcome is not new.outcome and old.value == new.value:
        return Change.RULE_CHANGED, causes
    return _change_of_outcome(old.outcome, new.outcome, causes)


def _change_of_outcome(old: Outcome, new: Outcome, causes: tuple[str, ...]) -> tuple[Change, tuple[str, ...]]:
    if old is new:
        return Change.UNCHANGED, causes
    if old is Outcome.NOT_APPLICABLE:
        return Change.NEW, ("the question did not apply before", *causes)
    if new is Outcome.NOT_APPLICABLE:
        return Change.GONE, ("the question no longer applies", *causes)
    if old.determined and not new.determined:
        return Change.EVIDENCE_LOST, causes
    if new is Outcome.MET:
        return Change.RESOLVED, causes
    if RANK[new] == RANK[old]:
        return Change.UNCHANGED, causes
    return (Change.IMPROVED if RANK[new] > RANK[old] else Change.WORSENED), causes


def _scope(old: Finding, new: Finding) -> Iterator[str]:
    if bool(old.left_out) != bool(new.left_out):
        yield f"the rule counted in the rating {'before and does not now' if new.left_out else 'not before and does now'}"


def _causes(old: CriterionResult, new: CriterionResult) -> Iterator[str]:
    """Differences other than the measured value."""
    if new.outcome.determined and old.outcome is Outcome.NOT_EVIDENCED:
        yield "what was not shown before is shown now"
    if old.assurance != new.assurance:
        yield f"the evidence counts as {'stronger' if _strength(new) > _strength(old) else 'weaker'}"
    if old.freshness != new.freshness and new.freshness is not None and new.freshness != "current":
        yield f"the evidence is now {new.freshness}"
    if old.min_assurance != new.min_assurance:
        yield f"the least evidence asked for was {old.min_assurance or 'any'} and is {new.min_assurance or 'any'}"
    if old.max_age != new.max_age:
        yield f"evidence was good for {plural(old.max_age, 'month')} and is for {new.max_age}"
    if (old.disposition, old.overrides) != (new.disposition, new.overrides):
        yield "accepted gaps or attestations changed"


def _strength(result: CriterionResult) -> int:
    return -1 if result.assurance is None else list(type(result.assurance)).index(result.assurance)

"""The public edition of a report: the same rating and outcomes, without what is not for publication."""

from collections.abc import Iterable

from msgspec import to_builtins
from msgspec.structs import replace

from engagecheck.audit.describe import report_digest
from engagecheck.model.report import Finding, Report
from engagecheck.model.result import Advice, CriterionResult, FactRead, Override

SUMS = ("consistency/appraisal-arithmetic", "consistency/revalidation-arithmetic")
"""What checks a sum: whoever knows that it holds, and all of its facts but one, knows that one."""
NOT_PUBLISHED = "The figures behind this result are not published."


def public_edition(report: Report, also_marked: tuple[str, ...] = ()) -> Report:
    """The public edition of a report, or the report itself if it is one already. `also_marked` are JSON Pointers.

    It has no evidence, owners, places in the profile, run details or digests of the audit's inputs. A result that rests on
    a fact that is not for publication keeps its outcome and loses its value and reasons. The other facts of a sum with such a
    fact are not published either. The digest is its own.
    """
    if report.public:
        return report
    marked = _with_sums(report, (*report.not_for_publication, *also_marked))
    withheld = {one.id for one in report.results.values() if _is_withheld(one, marked)}
    findings = tuple(_finding(one, withheld, marked) for one in report.findings)
    steps = tuple(replace(step, advice=_ownerless(step.advice)) for step in report.summary.next_steps)
    edition = replace(
        report,
        public=True,
        subject=replace(report.subject, ods_code=None) if _overlaps("/organisation/ods_code", marked) else report.subject,
        summary=replace(report.summary, next_steps=steps),
        findings=findings,
        facts_not_read=_published(report.facts_not_read, marked),
        deviations=tuple(replace(one, reason="") if one.what in withheld else one for one in report.deviations),
        expiring=(),
        not_for_publication=(),
        profile_digest="",
        inputs={},
        run={"profile": "", "python": "", "exceptions": [], **{one: report.run.get(one, []) for one in ("found", "removed")}},
    )
    return replace(edition, report_digest=report_digest(to_builtins(edition)))


def _with_sums(report: Report, marked: tuple[str, ...]) -> tuple[str, ...]:
    sums = [{fact.pointer for fact in report.results[name].facts} for name in SUMS if name in report.results]
    return (*marked, *sorted({one for facts in sums if any(_overlaps(each, marked) for each in facts) for one in facts}))


def _finding(finding: Finding, withheld: set[str], marked: tuple[str, ...]) -> Finding:
    views = () if _overlaps("/perceptions/doctors/items", marked) else finding.views
    return replace(finding, criteria=tuple(_result(one, one.id in withheld, marked) for one in finding.criteria), views=views)


def _result(one: CriterionResult, is_withheld: bool, marked: tuple[str, ...]) -> CriterionResult:
    """A result without evidence and owners and, if it is withheld, without what would tell the facts that it rests on."""
    shown = replace(
        one,
        facts=_published(one.facts, marked),
        evidence=(),
        recommendations=tuple(_ownerless(advice) for advice in one.recommendations),
        overrides=tuple(_override(item, is_withheld, marked) for item in one.overrides),
    )
    if not is_withheld:
        return shown
    by_default = one.by_default and replace(one.by_default, reason="")
    return replace(shown, value=None, value_text="", counted=None, message=NOT_PUBLISHED, by_default=by_default)


def _override(item: Override, is_withheld: bool, marked: tuple[str, ...]) -> Override:
    is_marked = _overlaps(f"/{item.kind.replace(' ', '_')}s", marked)
    return replace(item, role="", text="" if is_withheld or is_marked else item.text)


def _is_withheld(one: CriterionResult, marked: tuple[str, ...]) -> bool:
    """Whether a result rests on something that is not for publication. If it does not say what it rests on, it may."""
    if not one.facts:
        return bool(marked) and one.outcome.determined
    return any(_overlaps(fact.pointer, marked) for fact in one.facts)


def _published(facts: Iterable[FactRead], marked: tuple[str, ...]) -> tuple[FactRead, ...]:
    return tuple(replace(fact, line=None, cell=None) for fact in facts if not _overlaps(fact.pointer, marked))


def _overlaps(pointer: str, marked: tuple[str, ...]) -> bool:
    """Whether a fact is, holds or is part of one that is not for publication."""
    return any(f"{pointer}/".startswith(f"{one}/") or one.startswith(f"{pointer}/") for one in marked)


def _ownerless(advice: Advice) -> Advice:
    return replace(advice, owner="")

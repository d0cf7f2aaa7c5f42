"""An organisation among its peers, on measured values: its place and the quartiles, where they may be compared at all."""

import statistics
from collections.abc import Iterable, Sequence

from attrs import frozen

from engagecheck.analysis.compare import edited, is_same
from engagecheck.errors import InputRefused
from engagecheck.model.report import CriterionResult, Finding, Outcome, Report, Subject

LEAST = 5
"""Peers under which no place is given."""


@frozen
class Place:
    """The place of an organisation on one criterion among those that it may be compared with.

    `lower`, `median` and `upper` are the quartiles of the peers; `better` and `equal` count peers by what the yardstick
    calls better; `share` is the share of peers that it is better than, ties counting half.
    """

    criterion: str
    question: str
    unit: str
    value: float
    value_text: str
    peers: int
    lower: float
    median: float
    upper: float
    better: int
    equal: int
    share: float


@frozen
class Benchmark:
    """All places of an organisation, and the numeric criteria without one, each with the reason.

    `first` and `last`: the days of the peers' audits.
    """

    subject: Subject
    as_of: str
    peers: int
    first: str
    last: str
    places: tuple[Place, ...]
    without: tuple[tuple[str, str], ...]


def benchmark(own: Report, peers: Iterable[Report]) -> Benchmark:
    """The organisation of `own` among peers, for each numeric criterion of the same rule version, yardstick and unit.

    A report of the same organisation is no peer of it. Raises `InputRefused` where there are fewer than five others.
    """
    others = [report for report in peers if not is_same(report.subject, own.subject)]
    newest = {report.subject.ods_code or report.subject.name: report for report in sorted(others, key=lambda one: one.as_of)}
    if len(newest) < LEAST:
        raise InputRefused([f"the peers given are {len(newest)}; a place is given among {LEAST} or more"])
    found = {name: _results(report, edited(own, report)) for name, report in newest.items()}
    places: list[Place] = []
    without: list[tuple[str, str]] = []
    for finding in own.findings:
        for one in finding.criteria:
            if one.yardstick.kind == "between":
                without.append((one.id, "neither more nor less of it is better"))
            if one.yardstick.kind not in ("at_least", "at_most"):
                continue
            values = [
                value for results in found.values() if (value := _comparable(one, finding, results.get(one.id))) is not None
            ]
            value = _number(one)
            if value is None:
                without.append((one.id, "not measured here"))
            elif len(values) < LEAST:
                without.append((one.id, f"measured by {len(values)} comparable peers only"))
            else:
                places.append(_place(one, value, values))
    days = sorted(report.as_of for report in newest.values())
    return Benchmark(own.subject, own.as_of, len(newest), days[0], days[-1], tuple(places), tuple(without))


def _results(report: Report, but: set[str]) -> dict[str, tuple[Finding, CriterionResult]]:
    """The results of the rules that may be compared."""
    return {one.id: (finding, one) for finding in report.findings if finding.rule not in but for one in finding.criteria}


def _comparable(one: CriterionResult, finding: Finding, other: tuple[Finding, CriterionResult] | None) -> float | None:
    """The value of a peer on the same criterion; `None` where the rule, the kind of yardstick or the unit is another."""
    if other is None:
        return None
    rule, result = other
    same = rule.version == finding.version and result.yardstick.kind == one.yardstick.kind and result.unit == one.unit
    return _number(result) if same else None


def _number(result: CriterionResult) -> float | None:
    known = result.outcome in (Outcome.MET, Outcome.PARTLY_MET, Outcome.NOT_MET)
    value = result.value
    return float(value) if known and isinstance(value, int | float) and not isinstance(value, bool) else None


def _place(one: CriterionResult, value: float, values: Sequence[float]) -> Place:
    lower, median, upper = statistics.quantiles(values, n=4, method="inclusive")
    sign = 1 if one.yardstick.kind == "at_least" else -1
    better = sum(sign * other > sign * value for other in values)
    equal = sum(other == value for other in values)
    share = (len(values) - better - equal / 2) / len(values)
    return Place(
        one.id, one.question, one.unit, value, one.value_text, len(values), round(lower, 6), round(median, 6), round(upper, 6),
        better, equal, round(share, 6),
    )  # fmt: skip

"""The place of an organisation among its peers, with their quartiles, on each measured value that can be compared."""

import statistics
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from engagecheck.analysis.compare import edited_rules, is_same, spoken
from engagecheck.errors import InputRefused
from engagecheck.model.outcomes import Outcome
from engagecheck.model.report import Finding, Report, Subject
from engagecheck.model.result import CriterionResult

MIN_PEERS = 5
"""The fewest peers among which a place is given."""


class Place(Struct, frozen=True):
    """The place of an organisation on one criterion among its comparable peers.

    `lower`, `median` and `upper` are the quartiles of the peers. `better` and `equal` count the peers with a better value,
    as the yardstick defines better, and with the same value. `share` is the share of peers with a worse value, from 0 to 1.
    A peer with the same value counts half.
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


class Benchmark(Struct, frozen=True):
    """All places of an organisation.

    `first` and `last` are the days of the peers' earliest and latest audits. `types` counts the peers of each type of
    organisation. `without` has the numeric criteria without a
    place, each with the reason. `names` says what each criterion measures.
    """

    subject: Subject
    as_of: str
    peers: int
    first: str
    last: str
    places: tuple[Place, ...]
    without: tuple[tuple[str, str], ...]
    names: Mapping[str, str]
    types: Mapping[str, int]


def benchmark(own: Report, peers: Iterable[Report]) -> Benchmark:
    """Compare the organisation of `own` with its peers on each numeric criterion.

    Results are comparable if the rule's version and text, the kind of yardstick and the unit are the same. Reports of the
    same organisation are not peers. Only the newest report of each peer counts. Raises `InputRefused` if there are fewer
    than five peers.
    """
    others = sorted((peer for peer in peers if not is_same(peer.subject, own.subject)), key=lambda peer: peer.as_of)
    codes = {spoken(peer.subject.name): peer.subject.ods_code for peer in others if peer.subject.ods_code}
    newest = {peer.subject.ods_code or codes.get(name := spoken(peer.subject.name), name): peer for peer in others}
    if len(newest) < MIN_PEERS:
        raise InputRefused([f"a benchmark needs at least {MIN_PEERS} peers, and got {len(newest)}"])
    peer_results = [_results(report, edited_rules(own, report)) for report in newest.values()]
    places: list[Place] = []
    without: list[tuple[str, str]] = []
    for finding in own.findings:
        for result in finding.criteria:
            if result.yardstick.kind == "between":
                without.append((result.id, "neither more nor less of it is better"))
            if result.yardstick.kind not in ("at_least", "at_most"):
                continue
            candidates = (_comparable(result, finding, results.get(result.id)) for results in peer_results)
            values = [value for value in candidates if value is not None]
            value = _number(result)
            if value is None:
                without.append((result.id, "not measured here"))
            elif len(values) < MIN_PEERS:
                without.append((result.id, f"measured by {len(values)} comparable peers only"))
            else:
                places.append(_place(result, value, values))
    days = sorted(report.as_of for report in newest.values())
    names = {name: result.label or result.question for name, result in own.results.items()}
    types = Counter(sorted(report.subject.type for report in newest.values()))
    return Benchmark(own.subject, own.as_of, len(newest), days[0], days[-1], tuple(places), tuple(without), names, types)


def _results(report: Report, excluded_rules: set[str]) -> dict[str, tuple[Finding, CriterionResult]]:
    findings = [finding for finding in report.findings if finding.rule not in excluded_rules]
    return {result.id: (finding, result) for finding in findings for result in finding.criteria}


def _comparable(own: CriterionResult, finding: Finding, peer: tuple[Finding, CriterionResult] | None) -> float | None:
    """The value of a peer on the same criterion. `None` if the rule's version, the kind of yardstick or the unit differs."""
    if peer is None:
        return None
    rule, result = peer
    is_comparable = rule.version == finding.version and result.yardstick.kind == own.yardstick.kind and result.unit == own.unit
    return _number(result) if is_comparable else None


def _number(result: CriterionResult) -> float | None:
    is_known = result.outcome in (Outcome.MET, Outcome.PARTLY_MET, Outcome.NOT_MET)
    value = result.value
    return float(value) if is_known and isinstance(value, int | float) and not isinstance(value, bool) else None


def _place(result: CriterionResult, value: float, values: Sequence[float]) -> Place:
    lower, median, upper = statistics.quantiles(values, n=4, method="inclusive")
    sign = 1 if result.yardstick.kind == "at_least" else -1
    better = sum(sign * other > sign * value for other in values)
    equal = sum(other == value for other in values)
    share = (len(values) - better - equal / 2) / len(values)
    return Place(
        result.id, result.question, result.unit, value, result.value_text, len(values), round(lower, 6), round(median, 6),
        round(upper, 6), better, equal, round(share, 6),
    )  # fmt: skip

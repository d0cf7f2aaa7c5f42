"""How the bundled rules are tested: a case for every outcome that a criterion can have, and for each edge of its yardstick.

The rule is fetched through the registry, so that each test also proves the registration.
"""

import json

from engagecheck import Outcome, Rule, installed
from engagecheck.rules.criteria import Criterion, everywhere
from engagecheck.rules.yardsticks import Above, AtLeast, AtMost, Between
from engagecheck.testing import judge

MET, PARTLY, NOT, UNKNOWN, NA = (
    Outcome.MET, Outcome.PARTLY_MET, Outcome.NOT_MET, Outcome.NOT_EVIDENCED, Outcome.NOT_APPLICABLE,
)
SCOTTISH_BOARD = {"type": "health_board", "country": "Scotland"}


def rule_named(name: str) -> Rule:
    return installed(third_party=False).rules[name]


def check(rule: Rule, name: str, facts: dict, outcome: Outcome) -> None:
    result = judge(rule[name], **facts)
    assert result.outcome is outcome, result.message


def assert_complete(rule: Rule, cases: list[tuple[str, dict, Outcome]]) -> None:
    """Every criterion has a case for each outcome it can have and at each edge; no case stands twice."""
    seen = [json.dumps([name, facts], sort_keys=True) for name, facts, _ in cases]
    assert len(set(seen)) == len(seen), "a case stands twice"
    for criterion in rule.criteria:
        name = criterion.id.partition("/")[2]
        mine = [(facts, outcome) for case, facts, outcome in cases if case == name]
        assert {outcome for _, outcome in mine} >= possible(criterion), name
        values = [judge(criterion, **facts).value for facts, _ in mine]
        assert set(edges(criterion)) <= set(values), (name, edges(criterion), values)


def possible(criterion: Criterion) -> set[Outcome]:
    outcomes = {MET, NOT, UNKNOWN}
    if criterion.yardstick.partly:
        outcomes.add(PARTLY)
    if criterion.applies is not everywhere:
        outcomes.add(NA)
    return outcomes


def edges(criterion: Criterion) -> list[float]:
    stick = criterion.yardstick
    if isinstance(stick, AtLeast | AtMost):
        return [edge.edge if isinstance(edge, Above) else edge for edge in (stick.met, stick.partly) if edge is not None]
    if isinstance(stick, Between):
        return [*stick.met, *(stick.partly or ())]
    return []


def tally(count: int, of: int) -> dict:
    return {"count": count, "of": of}


def listed(good: dict, poor: dict, goods: int, poors: int, key: str = "name") -> dict:
    """A whole list with so many good and poor entries, told apart by their names."""
    entries = [{key: f"Good {number}", **good} for number in range(goods)] + [{key: f"Poor {number}", **poor} for number in range(poors)]
    return {"of": len(entries), "entries": entries}


def shares(name: str, fact: str, of: int, met: int, partly: int) -> list[tuple[str, dict, Outcome]]:
    """The cases of a tally: at both edges, below them, and not shown."""
    return [
        (name, {fact: tally(met, of)}, MET), (name, {fact: tally(partly, of)}, PARTLY),
        (name, {fact: tally(partly - 1, of)}, NOT), (name, {fact: {"of": of}}, UNKNOWN), (name, {}, UNKNOWN),
    ]


def result(on: str | None = "2025-03", topic: str = "engagement", population: str = "doctors", peers: float | None = 7.0, **more) -> dict:
    """A measurement with a comparator of the same population."""
    found = {
        "instrument": "NHS Staff Survey", "topic": topic, "population": population, "respondents": 200, "score": 7.0,
        "scale_low": 0, "scale_high": 10, **({"on": on} if on else {}), **more,
    }
    found = {name: value for name, value in found.items() if value is not None}
    if peers is not None:
        found["comparator"] = {"score": peers, "population": population, "group": "acute trusts", **more.get("comparator", {})}
    return found


def results(*measurements: dict, of: int | None = None) -> dict:
    return {"measurements": {"of": len(measurements) if of is None else of, "entries": list(measurements)}}


def against_peers(name: str, topic: str, population: str) -> list[tuple[str, dict, Outcome]]:
    """The cases of a score compared with its peers."""
    def case(score, **more):
        return results(result(topic=topic, population=population, score=score, **more))

    other = "all_staff" if population == "doctors" else "doctors"
    return [
        (name, case(6.9), MET), (name, case(6.89), PARTLY), (name, case(6.7), PARTLY), (name, case(6.69), NOT),
        (name, case(69, peers=70, scale_high=100), MET), (name, case(68, peers=70, scale_high=100), PARTLY),
        (name, case(7.0, scale_low=None), UNKNOWN), (name, case(7.0, respondents=49), UNKNOWN), (name, case(7.0, peers=None), UNKNOWN), (name, case(7.0, on=None), UNKNOWN),
        (name, case(7.0, comparator={"population": other}), UNKNOWN), (name, results(result(topic=topic, population=other)), UNKNOWN),
        (name, results(result(topic=topic, population=population), of=2), UNKNOWN), (name, {}, UNKNOWN),
    ]

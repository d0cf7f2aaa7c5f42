"""How the bundled rules are tested: a case for every outcome that a criterion can have, and for each edge of its yardstick.

The rule is fetched through the registry, so that each test also proves the registration.
"""

import json

from engagecheck import Outcome, Rule, installed
from engagecheck.criteria import Criterion, everywhere
from engagecheck.testing import judge
from engagecheck.yardsticks import Above, AtLeast, AtMost, Between

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

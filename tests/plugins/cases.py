"""How the bundled rules are tested: a case for every outcome that a criterion can have, and for each edge of its yardstick.

The outcome of a case is an `Outcome`, or a pair of them: not evidenced, between the two. `UNKNOWN` means that it is open from
not met to met. The rule is fetched through the registry, so that each test also proves the registration.
"""

import json
import re
from collections.abc import Iterator

import msgspec

from engagecheck import Outcome, Rule, installed
from engagecheck.model.outcomes import FROM_WORST
from engagecheck.rules.criteria import Criterion, everywhere
from engagecheck.rules.yardsticks import Above, AtLeast, AtMost, Between
from engagecheck.testing import judge

MET, PARTLY, NOT, UNKNOWN, NA = (
    Outcome.MET,
    Outcome.PARTLY_MET,
    Outcome.NOT_MET,
    Outcome.NOT_EVIDENCED,
    Outcome.NOT_APPLICABLE,
)
SCOTTISH_BOARD = {"type": "health_board", "country": "Scotland"}
NO_RESIDENTS = {"hosts_resident_doctors": False}
NONE = {"of": 0, "entries": []}
YOUNG = {"founded": "2024-10-01"}
"""An organisation that is half a year old on the day of the cases, 31 March 2025."""
Case = tuple[str, dict, Outcome | tuple[Outcome, Outcome]]


def rule_named(name: str) -> Rule:
    return installed(third_party=False).rules[name]


def check(rule: Rule, name: str, facts: dict, outcome: Outcome | tuple[Outcome, Outcome]) -> None:
    result = judge(rule[name], **json.loads(json.dumps(facts)))  # as from a file: no text is the very one that the rule holds
    ends = (result.at_worst, result.at_best)
    expected = outcome if isinstance(outcome, tuple) else (NOT, MET) if outcome is UNKNOWN else None
    assert result.outcome is (UNKNOWN if expected else outcome), (result.value_text, result.message)
    if expected:
        assert ends == expected, (result.value_text, result.message)
        assert result.message
    elif outcome is not NA:
        assert ends == (outcome, outcome)


def assert_complete(rule: Rule, cases: list[Case]) -> None:
    """Every criterion has a case for each outcome it can have and at each edge; no case stands twice."""
    seen = [json.dumps([name, facts], sort_keys=True) for name, facts, _ in cases]
    assert len(set(seen)) == len(seen), "a case stands twice"
    for criterion in rule.criteria:
        name = criterion.id.partition("/")[2]
        mine = [(facts, UNKNOWN if isinstance(outcome, tuple) else outcome) for case, facts, outcome in cases if case == name]
        assert {outcome for _, outcome in mine} >= possible(criterion), name
        values = [judge(criterion, **facts).value for facts, _ in mine]
        assert set(edges(criterion)) <= set(values), (name, edges(criterion), values)


def assert_facts_left_out_or_vaguer_never_decide(rule: Rule, cases: list[Case]) -> None:
    """Without a fact, a part of one or an entry, and with a month for a day, the worst end is no better and the best no worse."""
    for name, facts, _ in cases:
        full = judge(rule[name], **facts)
        for less in (*smaller(facts), *vaguer(facts)):
            try:
                result = judge(rule[name], **less)
            except (TypeError, msgspec.ValidationError):
                continue  # an entry cannot do without this
            if NA in (full.outcome, result.outcome):
                assert full.outcome is NA, (name, facts, less, result.message)
                continue
            assert FROM_WORST.index(result.at_worst) <= FROM_WORST.index(full.at_worst), (name, facts, less, result.message)
            assert FROM_WORST.index(result.at_best) >= FROM_WORST.index(full.at_best), (name, facts, less, result.message)


def assert_order_never_matters(rule: Rule, cases: list[Case]) -> None:
    for name, facts, _ in cases:
        one, other = judge(rule[name], **facts), judge(rule[name], **reversed_lists(facts))
        assert (one.outcome, one.value, one.at_worst, one.at_best) == (
            other.outcome,
            other.value,
            other.at_worst,
            other.at_best,
        ), facts


def smaller(facts: dict) -> Iterator[dict]:
    """The facts without one of them, without one part of one, or without one entry of a list; stated totals stay.

    The organisation, too, may leave unsaid when it was founded and who works there.
    """
    for name in ("founded", "hosts_resident_doctors", "employs_sas_doctors", "designated_body"):
        yield {**facts, "organisation": {**facts.get("organisation", {}), name: None}}
    for name, value in facts.items():
        if name not in ("organisation", "as_of"):
            yield {other: kept for other, kept in facts.items() if other != name}
            yield from ({**facts, name: less} for less in _smaller(value))


def _smaller(value) -> Iterator:
    if isinstance(value, dict):
        for name, part in value.items():
            yield {other: kept for other, kept in value.items() if other != name}
            yield from ({**value, name: less} for less in _smaller(part))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield [*value[:index], *value[index + 1 :]]
            yield from ([*value[:index], less, *value[index + 1 :]] for less in _smaller(item))


def vaguer(facts: dict) -> Iterator[dict]:
    """The facts with the month in place of one of their days."""
    for name, value in facts.items():
        if name not in ("organisation", "as_of"):
            yield from ({**facts, name: less} for less in _vaguer(value))


def _vaguer(value) -> Iterator:
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        yield value[:7]
    elif isinstance(value, dict):
        for name, part in value.items():
            yield from ({**value, name: less} for less in _vaguer(part))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from ([*value[:index], less, *value[index + 1 :]] for less in _vaguer(item))


def reversed_lists(value):
    if isinstance(value, dict):
        return {name: reversed_lists(part) for name, part in value.items()}
    return [reversed_lists(item) for item in value[::-1]] if isinstance(value, list) else value


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


def listed(good: dict, poor: dict, goods: int, poors: int, key: str = "name", of: int | None = None) -> dict:
    """A list with so many good and poor entries, told apart by their names. It is whole unless `of` is more."""
    entries = [{key: f"Good {number}", **good} for number in range(goods)] + [
        {key: f"Poor {number}", **poor} for number in range(poors)
    ]
    return {"of": len(entries) if of is None else of, "entries": entries}


def shares(name: str, fact: str, of: int, met: int, partly: int, *, of_none: Outcome) -> list[Case]:
    """The cases of a tally: at both edges, below them, not shown, and of none at all."""
    return [
        (name, {fact: tally(met, of)}, MET), (name, {fact: tally(met - 1, of)}, PARTLY), (name, {fact: tally(partly, of)}, PARTLY),
        (name, {fact: tally(partly - 1, of)}, NOT), (name, {fact: {"of": of}}, UNKNOWN), (name, {fact: {"count": met}}, UNKNOWN),
        (name, {fact: tally(0, 0)}, of_none), (name, {}, UNKNOWN),
    ]  # fmt: skip


def listed_shares(
    name: str, fact: str, good: dict, poor: dict, of: int, met: int, partly: int, key: str = "name"
) -> list[Case]:
    """The cases of a list whose entries are good, poor, silent or not listed: at both edges and below them."""

    def case(goods, poors, silent=0, unlisted=0):
        whole = listed(good, poor, goods, poors, key)
        entries = [*whole["entries"], *({key: f"Silent {number}"} for number in range(silent))]
        return {fact: {"of": len(entries) + unlisted, "entries": entries}}

    return [
        (name, case(met, of - met), MET), (name, case(met - 1, of - met + 1), PARTLY), (name, case(partly, of - partly), PARTLY),
        (name, case(partly - 1, of - partly + 1), NOT),
        (name, case(met - 1, of - met, silent=1), (PARTLY, MET)), (name, case(met - 1, of - met, unlisted=1), (PARTLY, MET)),
        (name, case(partly - 1, of - partly, silent=1), (NOT, PARTLY)), (name, case(partly - 1, of - partly, unlisted=1), (NOT, PARTLY)),
        (name, case(0, of - partly + 1, unlisted=partly - 1), NOT), *([(name, case(met, 0, unlisted=of - met), MET)] if met < of else []),
        (name, {fact: {"entries": case(of, 0)[fact]["entries"]}}, UNKNOWN), (name, {fact: {"of": of, "entries": []}}, UNKNOWN),
        (name, {fact: NONE}, UNKNOWN), (name, {}, UNKNOWN),
    ]  # fmt: skip


def spell(
    holder: str | None, since: str | None, until: str | None = "present", kind: str | None = "substantive", **more
) -> dict:
    """A person's time in a post. What is `None` is not stated."""
    stated = {"holder": holder, "kind": kind, "since": since, "until": until, **more}
    return {name: value for name, value in stated.items() if value is not None}


def post(*spells: dict, of: int | None = None, complete_from: str | None = "2010-01", **more) -> dict:
    """A post whose history is whole, unless `of` is more than is listed or `complete_from` is `None`."""
    history = {"of": len(spells) if of is None else of, "entries": list(spells)}
    return {"role": "A post", **more, "holders": history | ({"complete_from": complete_from} if complete_from else {})}


def result(
    on: str | None = "2025-03", topic: str = "engagement", population: str = "doctors", peers: float | None = 7.0, **more
) -> dict:
    """A measurement with a comparator of the same population, by 200 of 400: its standard error is 0.1 of 10."""
    stated = {
        "instrument": "nhs_staff_survey",
        "topic": topic,
        "population": population,
        "invited": 400,
        "respondents": 200,
        "score": 7.0,
        "scale_low": 0,
        "scale_high": 10,
        "on": on,
        **more,
    }
    stated = {name: value for name, value in stated.items() if value is not None}
    if peers is not None:
        stated["comparator"] = {"score": peers, "population": population, "group": "acute trusts", **more.get("comparator", {})}
    return stated


def results(*measurements: dict, of: int | None = None) -> dict:
    return {"measurements": {"of": len(measurements) if of is None else of, "entries": list(measurements)}}


def against_peers(name: str, topic: str, population: str) -> list[Case]:
    """The cases of a score compared with its peers, and of how sure it is."""

    def one(score=7.0, **more):
        return result(**{"topic": topic, "population": population, "score": score, **more})

    def case(score, **more):
        return results(one(score, **more))

    other = "all_staff" if population == "doctors" else "doctors"
    small = {"on": "2025-01", "score": 5.0, "respondents": 12, "invited": 400, "instrument": "pulse"}
    return [
        (name, case(6.9), MET), (name, case(6.89), PARTLY), (name, case(6.7), PARTLY), (name, case(6.69), NOT),
        (name, case(69, peers=70, scale_high=100), MET), (name, case(68, peers=70, scale_high=100), PARTLY),
        (name, case(1.9, peers=2, scale_low=1, scale_high=5), PARTLY),
        (name, case(7.0, on=None), MET), (name, case(7.0, scale_low=None), UNKNOWN), (name, case(None), UNKNOWN),
        (name, case(7.0, peers=None), UNKNOWN), (name, case(7.0, comparator={"population": other}), UNKNOWN),
        (name, results(one(population=other)), UNKNOWN), (name, results(one(topic="learning")), UNKNOWN),
        (name, results(one(instrument="pulse"), of=2), UNKNOWN), (name, {"measurements": NONE}, UNKNOWN), (name, {}, UNKNOWN),
        # the standard error is 0.25 for 64 of any number, 0.17 for 31 of 39, 0.28 for 50 of 1,000
        (name, case(7.0, respondents=64, invited=None), MET), (name, case(7.0, respondents=63, invited=None), UNKNOWN),
        (name, case(7.0, respondents=31, invited=39), MET), (name, case(7.0, respondents=31, invited=None), UNKNOWN),
        (name, case(6.0, respondents=50, invited=1000), UNKNOWN), (name, case(6.0, respondents=None), UNKNOWN),
        (name, case(6.0, respondents=0), UNKNOWN), (name, case(7.0, respondents=39, invited=39), MET),
        # the newest that can tell: a later one too small to tell is passed over
        (name, results(one(5.0, on="2023-03"), one(7.0, on="2024-03")), MET), (name, results(one(7.0, on="2022-03-31"), one(**small)), MET),
        (name, results(one(7.0, on="2022-03-30"), one(**small)), UNKNOWN), (name, results(one(on="2024-03"), one(**{**small, "invited": None})), UNKNOWN),
        # one too small to tell is passed over with a date and without one, beside one of the same month too
        (name, results(one(**small), one(7.0, on="2025-01")), MET), (name, results(one(**{**small, "on": None}), one(7.0, on="2025-01")), MET),
        # dates that do not decide which is the newest
        (name, results(one(6.8, on="2024-03"), one(7.0, on=None)), (PARTLY, MET)), (name, results(one(6.0, on="2024-03"), one(6.8, on="2024-03-09")), (NOT, PARTLY)),
        (name, results(one(6.8, on="2024-03"), one(6.7, on="2024-03")), PARTLY),
    ]  # fmt: skip

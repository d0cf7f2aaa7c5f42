"""The nearest value of a criterion that is judged better, and which single facts might have to say so."""

from collections.abc import Iterator, Mapping
from typing import Any

from attrs import evolve, frozen

from engagecheck.model.answers import Share
from engagecheck.model.report import CriterionResult, Outcome
from engagecheck.rules.yardsticks import Above, AtLeast, AtMost, Between, Grades, Value, YesNo, amount

SMALLEST = 1e-6
"""The smallest difference between two measured values: they are rounded to six decimals."""
_UP = {Outcome.NOT_MET: 0, Outcome.PARTLY_MET: 1, Outcome.MET: 2}


@frozen
class Setting:
    """One fact by its JSON Pointer, and the value that it would have to have."""

    pointer: str
    value: Any


def step_up(result: CriterionResult) -> tuple[Value, Outcome] | None:
    """The nearest value that is judged better, and how; `None` where its yardstick is a plugin's own, or there is none."""
    stick = _yardstick(result)
    if stick is None or result.value is None:
        return None
    value: Value = Share(result.counted["count"], result.counted["of"]) if result.counted else result.value
    better = [
        (candidate, outcome)
        for candidate in _candidates(stick, value)
        if _UP[outcome := stick.judge(candidate)] > _UP[result.outcome]
    ]
    return better[0] if better else None


def _candidates(stick: AtLeast | AtMost | Between | YesNo | Grades, value: Value) -> Iterator[Value]:
    """Values in the order of their distance from the one measured, as far as an edge may lie there."""
    if isinstance(value, Share):
        yield from (evolve(value, good=good) for good in range(value.good + 1, value.of + 1))
    elif isinstance(stick, YesNo):
        yield stick.met
    elif isinstance(stick, Grades):
        yield from (*stick.partly[:1], *stick.met[:1])
    elif not isinstance(value, bool | str):
        edges = [edge for edge in _edges(stick) if edge is not None]
        yield from sorted(set(edges), key=lambda edge: abs(edge - value))


def _edges(stick: AtLeast | AtMost | Between) -> tuple[float | None, ...]:
    if isinstance(stick, Between):
        return (*(stick.partly or ()), *stick.met)
    partly = stick.partly
    return (partly.edge + SMALLEST if isinstance(partly, Above) else partly, stick.met)


def _yardstick(result: CriterionResult) -> AtLeast | AtMost | Between | YesNo | Grades | None:
    """The yardstick of a result, made again of its edges; `None` for a kind that a plugin brought."""
    shown = result.yardstick
    met, partly = shown.met, shown.partly
    if shown.kind == "at_least":
        is_open = isinstance(partly, Mapping)
        small = shown.one_short_below if shown.one_short_below is not None else 20
        return AtLeast(met, Above(partly["edge"]) if is_open else partly, small)
    if shown.kind == "at_most":
        return AtMost(met, partly)
    if shown.kind == "between":
        return Between(tuple(met), tuple(partly) if partly else None)
    if shown.kind == "yes_no":
        return YesNo(met)
    if shown.kind == "grades":
        return Grades(tuple(met), tuple(partly), ())
    return None


def needed(one: CriterionResult, value: Value) -> str:
    """The value in words; for an open edge, the edge."""
    partly = one.yardstick.partly
    if isinstance(partly, Mapping) and value == partly["edge"] + SMALLEST:
        return f"more than {amount(partly['edge'], one.unit)}"
    return amount(value, one.unit)


def settings(one: CriterionResult, value: Value) -> Iterator[Setting]:
    """Single facts that hold the measured value, or its count, as they would have to be; whether they do it, an audit says."""
    for fact in one.facts:
        if fact.stated and fact.pointer != "/as_of" and not fact.pointer.startswith("/organisation"):
            for pointer, stated in _leaves(fact.pointer, fact.value):
                yield from (Setting(pointer, wanted) for wanted in _as_stated(one, stated, value))
                if isinstance(stated, bool) and not isinstance(value, bool):
                    yield Setting(pointer, not stated)


def _leaves(pointer: str, value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, Mapping):
        for name, part in value.items():
            yield from _leaves(f"{pointer}/{name}", part)
    else:
        yield pointer, value


def _as_stated(one: CriterionResult, stated: Any, value: Value) -> Iterator[Any]:
    """What a fact would have to say so that `value` is measured, if it says what was measured now in one of these ways."""
    if isinstance(value, Share):
        was = one.counted or {}
        if stated == was["count"] and stated is not True:
            yield value.good
        if stated == was["of"] - was["count"] and not isinstance(stated, bool):
            yield value.of - value.good
    elif isinstance(value, bool | str):
        if stated == one.value and isinstance(stated, bool) is isinstance(value, bool):
            yield value
        elif isinstance(value, bool) and isinstance(stated, bool):
            yield not stated
    elif isinstance(stated, int | float) and not isinstance(stated, bool):
        for times in (1, 100):  # a share of 0.2 may be stated as 20 per cent
            if round(stated / times, 6) == one.value:
                yield _whole(value * times)


def _whole(number: float) -> float:
    rounded = round(number, 6)
    return int(rounded) if rounded == int(rounded) else rounded

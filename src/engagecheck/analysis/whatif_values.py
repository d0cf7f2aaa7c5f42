"""The nearest value of a criterion that is judged better, and the single facts that might give it."""

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from engagecheck.model.answers import Share, Value, amount
from engagecheck.model.outcomes import Outcome
from engagecheck.model.result import CriterionResult
from engagecheck.model.schema import part_of_profile, path_of
from engagecheck.rules.yardsticks import Above, AtLeast, AtMost, Between, Grades, YesNo

SMALLEST = 1e-6
"""The smallest difference between two measured values, which are rounded to six decimals."""
_RANK = {Outcome.NOT_MET: 0, Outcome.PARTLY_MET: 1, Outcome.MET: 2}


class FactChange(Struct, frozen=True):
    """A fact, by its JSON Pointer, and its new value."""

    pointer: str
    value: Any


def step_up(result: CriterionResult) -> tuple[Value, Outcome] | None:
    """The nearest value that is judged better, and its outcome.

    `None` if there is no such value, if nothing was measured, or if the yardstick is of a plugin's own kind.
    """
    yardstick = _yardstick(result)
    if yardstick is None or result.value is None:
        return None
    if isinstance(result.value, tuple):
        return None  # it is known only between two ends, so no single value is the nearest
    value: Value = Share(result.counted["count"], result.counted["of"]) if result.counted else result.value
    for candidate in _candidates(yardstick, value):
        outcome = yardstick.judge(candidate)
        if _RANK[outcome] > _RANK[result.outcome]:
            return candidate, outcome
    return None


def _candidates(yardstick: AtLeast | AtMost | Between | YesNo | Grades, value: Value) -> Iterator[Value]:
    """Values at which the outcome may change, nearest to the measured value first."""
    if isinstance(value, Share):
        counts = range(value.good - 1, -1, -1) if isinstance(yardstick, AtMost) else range(value.good + 1, value.of + 1)
        yield from (replace(value, good=good) for good in counts)
    elif isinstance(yardstick, YesNo):
        yield yardstick.met
    elif isinstance(yardstick, Grades):
        yield from (*yardstick.partly[:1], *yardstick.met[:1])
    elif not isinstance(value, bool | str):
        edges = {edge for edge in _edges(yardstick) if edge is not None}
        yield from sorted(edges, key=lambda edge: abs(edge - value))


def _edges(yardstick: AtLeast | AtMost | Between) -> tuple[float | None, ...]:
    if isinstance(yardstick, Between):
        return (*(yardstick.partly or ()), *yardstick.met)
    partly = yardstick.partly
    return (partly.edge + SMALLEST if isinstance(partly, Above) else partly, yardstick.met)


def _yardstick(result: CriterionResult) -> AtLeast | AtMost | Between | YesNo | Grades | None:
    """The yardstick of a result, rebuilt from its edges. `None` for a plugin's own kind."""
    shown = result.yardstick
    met, partly = shown.met, shown.partly
    if shown.kind == "at_least":
        return AtLeast(met, Above(partly["edge"]) if isinstance(partly, Mapping) else partly, shown.one_short is not False)
    if shown.kind == "at_most":
        return AtMost(met, partly)
    if shown.kind == "between":
        return Between(tuple(met), tuple(partly) if partly else None)
    if shown.kind == "yes_no":
        return YesNo(met)
    if shown.kind == "grades":
        return Grades(tuple(met), tuple(partly), ())
    return None


def needed(result: CriterionResult, value: Value) -> str:
    """The value in words, with its unit. An open edge is given as "more than" the edge."""
    partly = result.yardstick.partly
    if isinstance(partly, Mapping) and value == partly["edge"] + SMALLEST:
        return f"more than {amount(partly['edge'], result.unit)}"
    return amount(value, result.unit)


def settings(result: CriterionResult, value: Value) -> Iterator[FactChange]:
    """Changes of one fact that an organisation could make next and that might give the value.

    The schema marks the facts that can be changed by acting. What lies in the past is not rewritten, and no yes is denied.
    Only an audit of the changed profile can tell whether a change gives the value.
    """
    for fact in result.facts:
        if fact.stated:
            for pointer, stated in _leaves(fact.pointer, fact.value):
                if part_of_profile(path_of(pointer)).get("x-proposable"):
                    yield from (FactChange(pointer, wanted) for wanted in _as_stated(result, stated, value))
                    if stated is False and not isinstance(value, bool):
                        yield FactChange(pointer, True)


def _leaves(pointer: str, value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, Mapping):
        for name, part in value.items():
            yield from _leaves(f"{pointer}/{name}", part)
    else:
        yield pointer, value


def _as_stated(result: CriterionResult, stated: Any, value: Value) -> Iterator[Any]:
    """New values of a fact that give `value`, if the fact states the present value in a known way."""
    if isinstance(value, bool | str):
        if stated == result.value and isinstance(stated, bool) is isinstance(value, bool) and value is not False:
            yield value
        elif value is True and stated is False:
            yield True
    elif isinstance(stated, int | float) and not isinstance(stated, bool) and not isinstance(value, Share):
        for factor in (1, 100):  # a share of 0.2 may be stated as 20 per cent
            if round(stated / factor, 6) == result.value:
                yield _whole(value * factor)


def _whole(number: float) -> float:
    rounded = round(number, 6)
    return int(rounded) if rounded == int(rounded) else rounded

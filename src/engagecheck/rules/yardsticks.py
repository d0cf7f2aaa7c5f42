"""Yardsticks: which values are good enough. They are data, so that they can be printed, tailored and searched."""

import math
from collections.abc import Iterable
from typing import Any, Protocol, runtime_checkable

from attrs import evolve, field, frozen

from engagecheck.model.answers import Either, Measurement, Range, Share, Value, edge_text
from engagecheck.model.outcomes import FROM_WORST, MET, NOT_MET, PARTLY_MET, Outcome


@runtime_checkable
class Yardstick(Protocol):
    """Which values are good enough. `judge` returns met, partly met or not met."""

    @property
    def kind(self) -> str:
        """The kind of yardstick, such as `at_least`."""

    @property
    def met(self) -> Any:
        """The limit for met, as data."""

    @property
    def partly(self) -> Any:
        """The limit for partly met, as data; `None` if there is none."""

    def judge(self, value: Value) -> Outcome:
        """The outcome of a measured value. Raises `TypeError` for a value of another kind."""

    def describe(self, unit: str) -> str:
        """The limits in words, for a unit such as `months`."""


def _rounded(limit: Any) -> Any:
    """A limit with six decimals, as measured values have, so that two thirds reach two thirds."""
    if isinstance(limit, tuple):
        return tuple([_rounded(end) for end in limit])
    return round(limit, 6) if isinstance(limit, float) else limit


@frozen
class Above:
    """An open limit: more than `edge`, and not `edge` itself."""

    edge: float = field(converter=_rounded)


def above(edge: float) -> Above:
    """An open limit for `partly=`: more than `edge`."""
    return Above(edge)


@frozen
class AtLeast:
    """More is better. With `one_short`, a share that is exactly one short is partly met, unless its total is one."""

    met: float = field(converter=_rounded)
    partly: float | Above | None = field(default=None, converter=_rounded)
    one_short: bool = True
    kind: str = "at_least"

    def judge(self, value: Value) -> Outcome:
        """Met from `met`, partly met from `partly`."""
        number = _number(value)
        if number >= self.met:
            return MET
        if self.partly is not None and _reaches(number, self.partly):
            return PARTLY_MET
        is_one_short = self.one_short and isinstance(value, Share) and value.good and value.of - value.good == 1
        return PARTLY_MET if is_one_short else NOT_MET

    def describe(self, unit: str) -> str:
        """For example "36 months or more; partly: from 18 months"."""
        met = f"{edge_text(self.met, unit)} or more"
        if unit == "share" and self.met == 1:
            met = "all"
        elif self.met < 0 and unit.startswith("points"):
            met = f"at most {edge_text(self.met, unit)}"
        if self.partly is None:
            return met
        if isinstance(self.partly, Above):
            return f"{met}; partly: more than {edge_text(self.partly.edge, unit)}"
        partly = "up to" if self.partly < 0 and unit.startswith("points") else "from"
        return f"{met}; partly: {partly} {edge_text(self.partly, unit)}"


@frozen
class AtMost:
    """Fewer is better. A share that is exactly one is at least partly met, unless its total is one."""

    met: float = field(converter=_rounded)
    partly: float | None = field(default=None, converter=_rounded)
    kind: str = "at_most"

    def judge(self, value: Value) -> Outcome:
        """Met up to `met`, partly met up to `partly`."""
        number = _number(value)
        if number <= self.met:
            return MET
        is_one = isinstance(value, Share) and value.good == 1 and value.of > 1
        is_partly = self.partly is not None and number <= self.partly
        return PARTLY_MET if is_partly or is_one else NOT_MET

    def describe(self, unit: str) -> str:
        """For example "2 chief executives or fewer"."""
        fewer = "less" if unit == "share" or unit.startswith("points") else "fewer"
        met = "none" if self.met == 0 and unit != "months" else f"{edge_text(self.met, unit)} or {fewer}"
        return met if self.partly is None else f"{met}; partly: up to {edge_text(self.partly, unit)}"


@frozen
class Between:
    """Neither too few nor too many. Both ends belong to the range."""

    met: tuple[float, float] = field(converter=_rounded)
    partly: tuple[float, float] | None = field(default=None, converter=_rounded)
    kind: str = "between"

    def judge(self, value: Value) -> Outcome:
        """Met within `met`, partly met within `partly`."""
        number = _number(value)
        if self.met[0] <= number <= self.met[1]:
            return MET
        is_partly = self.partly is not None and self.partly[0] <= number <= self.partly[1]
        return PARTLY_MET if is_partly else NOT_MET

    def nearest(self, answer: Range) -> float:
        """The value between the ends of an answer that is nearest to the range that is met."""
        return max(answer.low, min(answer.high, self.met[0]))

    def describe(self, unit: str) -> str:
        """For example "5 to 20 appraisals; partly: 3 to 25"."""
        met = f"{edge_text(self.met[0], '')} to {edge_text(self.met[1], unit)}"
        return met if self.partly is None else f"{met}; partly: {self.partly[0]:g} to {self.partly[1]:g}"


@frozen
class YesNo:
    """A plain yes or, with `met=False`, a plain no."""

    met: bool = True
    partly: None = None
    kind: str = "yes_no"

    def judge(self, value: Value) -> Outcome:
        """Met if the value is the wanted one."""
        if not isinstance(value, bool):
            raise TypeError(f"a yes or no is wanted, and {value!r} was measured")
        return MET if value is self.met else NOT_MET

    def describe(self, _unit: str) -> str:
        """The answer that is met: "yes" or "no"."""
        return "yes" if self.met else "no"


@frozen
class Grades:
    """Named grades, each with its outcome. Any other text is not a grade of this yardstick."""

    met: tuple[str, ...]
    partly: tuple[str, ...] = ()
    poor: tuple[str, ...] = ()
    kind: str = "grades"

    def judge(self, value: Value) -> Outcome:
        """The outcome of a grade."""
        if value in self.met:
            return MET
        if value in self.partly:
            return PARTLY_MET
        if value in self.poor:
            return NOT_MET
        raise TypeError(f"{value!r} is none of the grades {(*self.met, *self.partly, *self.poor)}")

    def describe(self, _unit: str) -> str:
        """The grades that count as met and partly met."""
        met = " or ".join(self.met)
        return f"{met}; partly: {' or '.join(self.partly)}" if self.partly else met


def at_least(met: float, *, partly: float | Above | None = None, one_short: bool = True) -> AtLeast:
    """More is better: met from `met`, partly met from `partly`. Use `one_short=False` if the law demands all."""
    return AtLeast(met, partly, one_short)


def at_most(met: float, *, partly: float | None = None) -> AtMost:
    """Fewer is better: met up to `met`, partly met up to `partly`."""
    return AtMost(met, partly)


def between(low: float, high: float, *, partly: tuple[float, float] | None = None) -> Between:
    """Met from `low` to `high`, partly met within the wider range `partly`."""
    return Between((low, high), partly)


yes = YesNo(True)
no = YesNo(False)


def grades(*, met: str | Iterable[str], partly: str | Iterable[str] = (), poor: str | Iterable[str] = ()) -> Grades:
    """Named grades: the ones that are met, partly met and poor (not met)."""
    return Grades(_names(met), _names(partly), _names(poor))


def ends_of_answer(answer: Measurement) -> tuple[Value, ...]:
    """The values at the ends of an answer: one if it is known, else the lowest and the highest, or all possible grades."""
    if isinstance(answer, Range):
        return answer.low, answer.high
    if isinstance(answer, Either):
        return answer.options
    if isinstance(answer, Share) and answer.upto != answer.good:
        return answer.ends
    return (answer,)


def judge(yardstick: Yardstick, answer: Measurement) -> tuple[Outcome, Outcome]:
    """The outcomes at the worst and at the best end of an answer; the same one twice if the facts decide it."""
    values = ends_of_answer(answer)
    if len(values) == 1:
        outcome = _checked(yardstick.judge(values[0]))
        return outcome, outcome
    if isinstance(yardstick, Between) and isinstance(answer, Range):
        values = (*values, yardstick.nearest(answer))
    outcomes = [_checked(yardstick.judge(value)) for value in values]
    return min(outcomes, key=FROM_WORST.index), max(outcomes, key=FROM_WORST.index)


def _checked(outcome: Any) -> Outcome:
    if type(outcome) is not Outcome or outcome not in FROM_WORST:
        raise TypeError(f"a yardstick judged {outcome!r}, which is neither met, partly met nor not met")
    return outcome


def _number(value: Value) -> float:
    if type(value) is int or type(value) is float:
        return value
    if isinstance(value, Share):
        return value.value
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError(f"a number is wanted, and {value!r} was measured")
    return value


def _reaches(number: float, edge: float | Above) -> bool:
    return number > edge.edge if isinstance(edge, Above) else number >= edge


def _names(names: str | Iterable[str]) -> tuple[str, ...]:
    return (names,) if isinstance(names, str) else tuple(names)


def tailored(yardstick: Yardstick, unit: str, *, met: Any = None, partly: Any = None) -> Yardstick:
    """The same yardstick with other limits. `None` keeps a limit.

    Raises `ValueError` for limits that are not valid or do not agree. Its text is a message for the user.
    """
    if isinstance(yardstick, AtLeast | AtMost):
        edge = _checked_edge(yardstick.met if met is None else met, unit)
        partly_edge = yardstick.partly if partly is None else _checked_edge(partly, unit)
        limit = partly_edge.edge if isinstance(partly_edge, Above) else partly_edge
        more_is_better = isinstance(yardstick, AtLeast)
        if unit == "share" and (edge if partly_edge is None else partly_edge) == (0 if more_is_better else 1):
            raise ValueError("whatever is measured would do; such a yardstick measures nothing")
        if limit is not None and (edge < limit if more_is_better else edge > limit):
            raise ValueError(f"met = {edge:g} is easier than partly = {limit:g}; give both edges so that they agree")
        return evolve(yardstick, met=edge, partly=partly_edge)
    if isinstance(yardstick, Between):
        outer = yardstick.partly if partly is None else _checked_range(partly)
        inner = yardstick.met if met is None else _checked_range(met)
        if outer is not None and not (outer[0] <= inner[0] and inner[1] <= outer[1]):
            raise ValueError("the range of partly does not hold that of met; give both so that it does")
        return evolve(yardstick, met=inner, partly=outer)
    raise ValueError(f"a yardstick of the kind {yardstick.kind} has no edge that could be another number")


def _checked_edge(value: Any, unit: str) -> Any:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueError(f"{value!r} is not a number")
    if unit == "share" and not 0 <= value <= 1:
        raise ValueError(f"{value!r} is not a share; write it between 0 and 1, such as 0.9 for 90 %")
    return value


def _checked_range(value: Any) -> tuple[float, float]:
    if isinstance(value, list | tuple) and len(value) == 2:
        low, high = (_checked_edge(end, "") for end in value)
        if low <= high:
            return low, high
    raise ValueError(f"{value!r} is not a range; write [lowest, highest]")

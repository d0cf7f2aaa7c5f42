"""Yardsticks: which values are good enough, as data that can be printed, tailored and searched."""

import math
from collections.abc import Iterable
from functools import cache
from typing import Any, Protocol, runtime_checkable

from engagecheck.model.answers import Share
from engagecheck.model.outcomes import MET, NOT_MET, PARTLY_MET, Outcome
from engagecheck.model.records import changed, record

SMALL = 20
"""A total under this is small: one weighs much."""
Value = bool | int | float | str | Share


@runtime_checkable
class Yardstick(Protocol):
    """Which values are good enough. `judge` answers met, partly met or not met; `TypeError` for a value not its own."""

    @property
    def kind(self) -> str:
        """The kind of yardstick, such as at_least."""
        ...

    @property
    def met(self) -> Any:
        """The edge of what is met, as data."""
        ...

    @property
    def partly(self) -> Any:
        """The edge of what is partly met, as data; `None` if there is none."""
        ...

    def judge(self, value: Value) -> Outcome:
        """The outcome of a measured value."""
        ...

    def describe(self, unit: str) -> str:
        """What good looks like, in words."""
        ...


@record
class Above:
    """An open edge: more than `edge`, and not `edge` itself."""

    edge: float


def above(edge: float) -> Above:
    """An open edge for `partly=`: more than `edge`."""
    return Above(edge)


@record
class AtLeast:
    """The more the better. Of a share with a total under `one_short_below`, one short is never worse than partly met."""

    met: float
    partly: float | Above | None = None
    one_short_below: int = SMALL
    kind: str = "at_least"

    def judge(self, value: Value) -> Outcome:
        """Met from `met`, partly met from `partly`."""
        number = _number(value)
        if number >= _edge_of(self.met):
            return MET
        if self.partly is not None and _reaches(number, self.partly):
            return PARTLY_MET
        if isinstance(value, Share) and value.of - value.good == 1 and value.of < self.one_short_below:
            # Of one alone, one short is all of it; that is forgiven only where a single one is, whatever the total.
            return PARTLY_MET if value.good or self.one_short_below > SMALL else NOT_MET
        return NOT_MET

    def describe(self, unit: str) -> str:
        """Such as "36 months or more; partly from 18 months"."""
        met = f"{_amount(self.met, unit)} or more" if not _is_whole(self.met, unit) else "all"
        if self.partly is None:
            return met
        if isinstance(self.partly, Above):
            return f"{met}; partly above {_amount(self.partly.edge, unit)}"
        return f"{met}; partly from {_amount(self.partly, unit)}"


@record
class AtMost:
    """The fewer the better."""

    met: float
    partly: float | None = None
    kind: str = "at_most"

    def judge(self, value: Value) -> Outcome:
        """Met up to `met`, partly met up to `partly`."""
        number = _number(value)
        if number <= _edge_of(self.met):
            return MET
        return PARTLY_MET if self.partly is not None and number <= _edge_of(self.partly) else NOT_MET

    def describe(self, unit: str) -> str:
        """Such as "2 chief executives or fewer"."""
        fewer = "less" if unit.startswith("points") else "fewer"
        met = "none" if self.met == 0 and unit != "months" else f"{_amount(self.met, unit)} or {fewer}"
        return met if self.partly is None else f"{met}; partly up to {_amount(self.partly, unit)}"


@record
class Between:
    """Neither too few nor too many; both edges belong to the range."""

    met: tuple[float, float]
    partly: tuple[float, float] | None = None
    kind: str = "between"

    def judge(self, value: Value) -> Outcome:
        """Met within `met`, partly met within `partly`."""
        number = _number(value)
        if _edge_of(self.met[0]) <= number <= _edge_of(self.met[1]):
            return MET
        inside = self.partly is not None and _edge_of(self.partly[0]) <= number <= _edge_of(self.partly[1])
        return PARTLY_MET if inside else NOT_MET

    def describe(self, unit: str) -> str:
        """Such as "5 to 20 appraisals; partly from 3 to 25"."""
        met = f"{_amount(self.met[0], '')} to {_amount(self.met[1], unit)}"
        return met if self.partly is None else f"{met}; partly from {self.partly[0]:g} to {self.partly[1]:g}"


@record
class YesNo:
    """A plain yes (or, with `met=False`, a plain no)."""

    met: bool = True
    partly: None = None
    kind: str = "yes_no"

    def judge(self, value: Value) -> Outcome:
        """Met if the value is the wanted one."""
        if not isinstance(value, bool):
            raise TypeError(f"a yes or no is wanted, and {value!r} was measured")
        return MET if value is self.met else NOT_MET

    def describe(self, _unit: str) -> str:
        """"yes" or "no"."""
        return "yes" if self.met else "no"


@record
class Grades:
    """Named grades, each with its outcome; what is not named is not a grade of this yardstick."""

    met: tuple[str, ...]
    partly: tuple[str, ...] = ()
    poor: tuple[str, ...] = ()
    kind: str = "grades"

    def judge(self, value: Value) -> Outcome:
        """The outcome of a grade."""
        for outcome, named in (
            (MET, self.met), (PARTLY_MET, self.partly), (NOT_MET, self.poor)
        ):
            if value in named:
                return outcome
        raise TypeError(f"{value!r} is none of the grades {(*self.met, *self.partly, *self.poor)}")

    def describe(self, _unit: str) -> str:
        """The grades that count as met and partly met."""
        met = " or ".join(self.met)
        return f"{met}; partly with {' or '.join(self.partly)}" if self.partly else met


def at_least(met: float, *, partly: float | Above | None = None, one_short_below: int = SMALL) -> AtLeast:
    """The more the better: met from `met`, partly from `partly`. `one_short_below=0` where law demands all."""
    return AtLeast(met, partly, one_short_below)


def at_most(met: float, *, partly: float | None = None) -> AtMost:
    """The fewer the better: met up to `met`, partly up to `partly`."""
    return AtMost(met, partly)


def between(low: float, high: float, *, partly: tuple[float, float] | None = None) -> Between:
    """Met from `low` to `high`, partly met within the wider range `partly`."""
    return Between((low, high), partly)


yes = YesNo(True)
no = YesNo(False)


def grades(*, met: str | Iterable[str], partly: str | Iterable[str] = (), poor: str | Iterable[str] = ()) -> Grades:
    """Named grades: which are met, partly met and poor (not met)."""
    return Grades(_names(met), _names(partly), _names(poor))


def amount(value: Value, unit: str) -> str:
    """A measured value in words: "25 months", "8 of 10 (80 %)", "yes"."""
    if isinstance(value, Share):
        return f"{value.good} of {value.of} ({_percent(value.value)})"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value if isinstance(value, str) else _amount(value, unit)


def _amount(value: float, unit: str) -> str:
    if unit == "share":
        return _percent(value)
    number = _number_text(value) if isinstance(value, float) else str(value)
    return f"{number} {_singular(unit) if abs(value) == 1 else unit}".strip()


def _number_text(value: float) -> str:
    """Two decimals, unless they would make a whole number, and so perhaps an edge, of one that is none."""
    places = 2 if round(value, 2) != round(value) or value == round(value) else 6
    return f"{value:.{places}f}".rstrip("0").rstrip(".")


def _singular(unit: str) -> str:
    """"months" → "month", "points of 10" → "point of 10", "activities a week" → "activity a week"."""
    counted, link, rest = next(
        (unit.partition(link) for link in (" of ", " a ", " per ", " without ") if link in unit), (unit, "", "")
    )
    return (counted.removesuffix("ies") + "y" if counted.endswith("ies") else counted.removesuffix("s")) + link + rest


def _percent(value: float) -> str:
    return f"{100 * value:.1f}".removesuffix(".0") + " %"


def _is_whole(value: float, unit: str) -> bool:
    return unit == "share" and value == 1


def _number(value: Value) -> float:
    if type(value) is int or type(value) is float:
        return value
    if isinstance(value, Share):
        return value.value
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError(f"a number is wanted, and {value!r} was measured")
    return value


def _reaches(number: float, edge: float | Above) -> bool:
    return number > _edge_of(edge.edge) if isinstance(edge, Above) else number >= _edge_of(edge)


@cache
def _edge_of(edge: float) -> float:
    """An edge as measured values are: with six decimals, so that two thirds reach two thirds."""
    return round(edge, 6)


def _names(names: str | Iterable[str]) -> tuple[str, ...]:
    return (names,) if isinstance(names, str) else tuple(names)


def tailored(stick: Yardstick, unit: str, *, met: Any = None, partly: Any = None) -> Yardstick:
    """The same yardstick with other edges; `ValueError`, in a sentence, for edges that cannot be. `None`: as it was."""
    if isinstance(stick, AtLeast | AtMost):
        edge = _edge(stick.met if met is None else met, unit)
        lower = stick.partly if partly is None else _edge(partly, unit)
        limit = lower.edge if isinstance(lower, Above) else lower
        easier = limit is not None and (edge < limit if isinstance(stick, AtLeast) else edge > limit)
        if unit == "share" and (edge if limit is None else limit) == (0 if isinstance(stick, AtLeast) else 1):
            raise ValueError("whatever is measured would do; such a yardstick measures nothing")
        if easier:
            raise ValueError(f"met = {edge:g} is easier than partly = {limit:g}; give both edges so that they agree")
        return changed(stick, met=edge, partly=lower)
    if isinstance(stick, Between):
        wide = stick.partly if partly is None else _range(partly)
        inner = stick.met if met is None else _range(met)
        if wide is not None and not (wide[0] <= inner[0] and inner[1] <= wide[1]):
            raise ValueError("the range of partly does not hold that of met; give both so that it does")
        return changed(stick, met=inner, partly=wide)
    raise ValueError(f"a yardstick of the kind {stick.kind} has no edge that could be another number")


def _edge(value: Any, unit: str) -> Any:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueError(f"{value!r} is not a number")
    if unit == "share" and not 0 <= value <= 1:
        raise ValueError(f"{value!r} is not a share; write it between 0 and 1, such as 0.9 for 90 %")
    return value


def _range(value: Any) -> tuple[float, float]:
    if isinstance(value, list | tuple) and len(value) == 2:
        low, high = (_edge(one, "") for one in value)
        if low <= high:
            return low, high
    raise ValueError(f"{value!r} is not a range; write [lowest, highest]")

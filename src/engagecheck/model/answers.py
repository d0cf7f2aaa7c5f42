"""What a measure may answer, besides a number, a yes or no, or the name of a grade, and how that is put in words.

An answer may be known only within bounds. `Range` and `Share` hold both ends of a number; `Either` holds the possible
answers of a question with named answers. A yes or no that is not known is `None`.
"""

from collections.abc import Collection, Sequence
from math import inf, isinf
from typing import Any

from msgspec import Struct


class NotEvidenced(Exception):
    """No fact says anything about it. The text names what is missing; a measure returns or raises it."""


class NotApplicable(Exception):
    """A stated fact shows that the question does not arise. The text says why; a measure returns or raises it."""


class Range(Struct, frozen=True):
    """A number that is known to lie between `low` and `high`, both included. An end that is not known is infinite."""

    low: float
    high: float


class Either(Struct, frozen=True):
    """One of several grades, or yes or no: the facts do not say which."""

    options: tuple[bool | str, ...]


class Share(Struct, frozen=True):
    """At least `good` and at most `most` of a stated total `of`; `short` holds the entries known not to be good.

    `most` is the same as `good` unless it is given. `unlisted` is how many of the total are not listed, `unclear` how many
    listed entries do not say; `sampled` says how a sample was drawn.
    """

    good: int
    of: int
    most: int | None = None
    short: tuple[Any, ...] = ()
    unlisted: int = 0
    unclear: int = 0
    sampled: str = ""

    @property
    def upto(self) -> int:
        """The most that can be good."""
        return self.good if self.most is None else self.most

    @property
    def value(self) -> float:
        """The share at the low end, from 0 to 1, to six decimals."""
        return round(self.good / self.of, 6)

    @property
    def ends(self) -> "tuple[Share, Share]":
        """The share at the low end and at the high end."""
        return Share(self.good, self.of), Share(self.upto, self.of)

    @property
    def remark(self) -> str:
        """Sentences about entries that are not listed or do not say, or about a sample; empty if there is nothing to say."""
        if self.sampled:
            return f"Sample: {self.sampled}."
        unlisted = f"{self.unlisted} of {self.of} {_are(self.unlisted)} not listed." if self.unlisted else ""
        unclear = f"For {self.unclear} of {self.of}, the profile does not say." if self.unclear else ""
        return f"{unlisted} {unclear}".strip()


Value = bool | int | float | str | Share
"""One value, as a yardstick judges it."""
Measurement = Value | Range | Either
"""A value, or the ends between which it is known to lie."""


class Measured(Struct, frozen=True):
    """A value with its explanation: `because` is a sentence, `at` the entries of the profile that it is about.

    `case` chooses between several recommendations of a criterion. `utmost` means that no organisation or post of this age
    could have more, so it counts as met; `None` that this may be so.
    """

    value: Measurement | None
    because: str = ""
    at: tuple[Any, ...] = ()
    utmost: bool | None = False
    case: str = ""


def share_of(good: int, of: int, sampled: str = "", *, most: int | None = None) -> Share:
    """The share of two counts that the profile states. Raises `NotApplicable` if the total is 0."""
    if of == 0:
        raise NotApplicable("the total is 0")
    return Share(good, of, most, sampled=sampled)


def every(*answers: bool | None) -> bool | None:
    """Yes if all are yes, no if one is no, `None` if that depends on an answer that is not given."""
    return False if False in answers else None if None in answers else True


def negated(answer: bool | None) -> bool | None:
    """No for yes, yes for no, `None` for an answer that is not given."""
    return None if answer is None else not answer


def some(*answers: bool | None) -> bool | None:
    """Yes if one is yes, no if all are no, `None` if that depends on an answer that is not given."""
    return True if True in answers else None if None in answers else False


def yeses(*answers: bool | None) -> int | Range:
    """How many answers are yes, between those that are and those that may be."""
    low, high = answers.count(True), len(answers) - answers.count(False)
    return low if low == high else Range(low, high)


def graded(names: Sequence[str], *answers: bool | None) -> str | Either:
    """The grade whose place in `names` is the number of answers that are yes."""
    number = yeses(*answers)
    return Either(tuple(names[int(number.low) : int(number.high) + 1])) if isinstance(number, Range) else names[number]


def equals(fact: Any, wanted: Any) -> bool | None:
    """Whether a fact is the wanted one; `None` if it is not stated."""
    return None if fact is None else fact == wanted


def reaches(number: float | Range | None, edge: float) -> bool | None:
    """Whether a number is `edge` or more; `None` if the number is not known well enough."""
    low, high = ends_of(number)
    return True if low >= edge else False if high < edge else None


def ends_of(number: float | Range | None) -> tuple[float, float]:
    """The two ends of a number; both are infinite if it is not known at all."""
    if number is None:
        return -inf, inf
    return (number.low, number.high) if isinstance(number, Range) else (number, number)


def _are(count: int) -> str:
    return "is" if count == 1 else "are"


def amount(answer: Measurement, unit: str, edges: Collection[float] = ()) -> str:
    """A measured value in words: "25 months", "8 of 10 (80 %)", "yes", "2 to 5 months", "3 months or more".

    A value that is close to one of the `edges` of its yardstick, and not on it, gets the decimals that tell the two apart.
    """
    value = answer
    if isinstance(value, Either):
        return " or ".join(amount(option, unit, edges) for option in value.options)
    if isinstance(value, Range):
        return _between(value, unit, edges)
    if isinstance(value, Share):
        upto = f" to {value.upto}" if value.upto != value.good else ""
        percent = limit(value.value, "share", edges) + (f" to {limit(value.ends[1].value, 'share', edges)}" if upto else "")
        return f"{value.good}{upto} of {value.of} ({percent})"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value if isinstance(value, str) else limit(value, unit, edges)


def _between(value: Range, unit: str, edges: Collection[float]) -> str:
    if value.low == inf:
        return "never" if unit == "months" else "without limit"
    if isinf(value.high):
        return "not known" if isinf(value.low) else f"{limit(value.low, unit, edges)} or more"
    if isinf(value.low):
        return f"{limit(value.high, unit, edges)} or less"
    if unit == "share":
        return f"{limit(value.low, unit, edges)} to {limit(value.high, unit, edges)}"
    high = f"1 {unit}".strip() if value.high == 1 else limit(value.high, unit, edges)
    return f"{_decimals(value.low, 2, edges)} to {high}"


def edge_text(value: float, unit: str) -> str:
    """An edge of a yardstick with its unit, exactly. A fraction that has no end, such as two thirds, is rounded."""
    return limit(value, unit, fewest=5 if round(value, 5) == round(value, 6) else 2)


def limit(value: float, unit: str, edges: Collection[float] = (), fewest: int = 2) -> str:
    """A number with its unit: "25 months", "90 %". Fewer points than another score are "0.1 points of 10 below".

    It has at least the `fewest` decimals that it needs; a percentage has one less.
    """
    if isinf(value):
        return "more" if value > 0 else "less"
    if round(value, 6) in [round(edge, 6) for edge in edges]:
        return edge_text(value, unit)
    if unit == "share":
        return f"{_decimals(100 * round(value, 6), fewest - 1, [100 * round(edge, 6) for edge in edges])} %"
    if value < 0 and unit.startswith("points"):
        return f"{limit(-value, unit, [-edge for edge in edges], fewest)} below"
    number = _decimals(value, fewest, edges) if isinstance(value, float) else str(value)
    return f"{number} {singular(unit) if abs(value) == 1 else unit}".strip()


def _decimals(value: float, fewest: int, edges: Collection[float]) -> str:
    """The fewest decimals with which a number looks neither like an edge nor like a whole number, unless it is one."""
    exact = round(value, 6)
    as_edges = {_decimals(edge, few, ()) for edge in edges for few in (fewest, 4)}
    for places in range(fewest, 7):
        text = f"{value:z.{places}f}".rstrip("0").rstrip(".")
        if float(text) == exact or not (float(text).is_integer() or text in as_edges):
            break
    return text


def singular(unit: str) -> str:
    """For example "month" for "months", "point of 10" for "points of 10", "activity a week" for "activities a week"."""
    counted, link, rest = next(
        (unit.partition(link) for link in (" of ", " a ", " per ", " without ") if link in unit), (unit, "", "")
    )
    return (counted.removesuffix("ies") + "y" if counted.endswith("ies") else counted.removesuffix("s")) + link + rest

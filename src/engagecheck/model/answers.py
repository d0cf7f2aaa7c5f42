"""What a measure may answer, besides a number, a yes or no, or the name of a grade."""

from typing import Any

from msgspec import Struct


class NotEvidenced(Exception):
    """The facts do not say. The text names what is missing; a measure returns or raises it."""


class NotApplicable(Exception):
    """A stated fact shows that the question does not arise. The text says why; a measure returns or raises it."""


class Share(Struct, frozen=True):
    """`good` out of a stated total `of`; `short` holds the listed entries that are not good.

    `unlisted` is how many of the total are not listed; `sampled` says how a sample was drawn.
    """

    good: int
    of: int
    short: tuple[Any, ...] = ()
    unlisted: int = 0
    sampled: str = ""

    @property
    def value(self) -> float:
        """The share, from 0 to 1, to six decimals. More than all counts as all."""
        return round(self.good / self.of, 6) if self.good < self.of else 1.0

    @property
    def remark(self) -> str:
        """A sentence about entries that are not listed, or about a sample; empty if there is nothing to say."""
        if self.sampled:
            return f"Sample: {self.sampled}."
        return f"{self.unlisted} of {self.of} are not listed." if self.unlisted else ""


class Measured(Struct, frozen=True):
    """A value with its explanation: `because` is a sentence, `at` the entries of the profile that it is about."""

    value: bool | int | float | str | Share
    because: str = ""
    at: tuple[Any, ...] = ()


def share_of(good: int, of: int, sampled: str = "") -> Share:
    """The share of two counts that the profile states. Raises `NotApplicable` if the total is 0."""
    if of == 0:
        raise NotApplicable("there are none: the stated total is 0")
    return Share(good, of, sampled=sampled)


def every(*answers: bool | None) -> bool:
    """Yes if all are yes, no if one is no. Raises `NotEvidenced` if that depends on an answer that is not given."""
    if any(answer is False for answer in answers):
        return False
    if None in answers:
        raise NotEvidenced("not every part of it is stated")
    return True

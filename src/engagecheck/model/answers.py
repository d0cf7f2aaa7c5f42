"""What a measure may answer besides a number, a yes or no, or the name of a grade."""

from typing import Any

from engagecheck.model.records import field, record


class NotEvidenced(Exception):
    """What is asked cannot be said from the facts. The text says what is missing; return it or raise it."""


class NotApplicable(Exception):
    """A fact that is there shows that the question does not arise. The text says why; return it or raise it."""


@record
class Share:
    """`good` out of a stated total `of`; `short` holds the listed entries that are not good."""

    good: int
    of: int
    short: tuple[Any, ...] = field(default=(), eq=False, repr=False)
    unlisted: int = field(default=0, eq=False)
    sampled: str = field(default="", eq=False)

    @property
    def value(self) -> float:
        """The share, from 0 to 1, to six decimals. More than all counts as all."""
        return round(self.good / self.of, 6) if self.good < self.of else 1.0

    @property
    def remark(self) -> str:
        """A sentence on the entries that are not listed, or on how a sample was drawn; else nothing."""
        if self.sampled:
            return f"Sample: {self.sampled}."
        return f"{self.unlisted} of {self.of} are not listed." if self.unlisted else ""



@record
class Measured:
    """A value with what explains it: `because` is a sentence, `at` the entries of the profile that it is about."""

    value: "bool | int | float | str | Share"
    because: str = ""
    at: tuple[Any, ...] = ()


def share_of(good: int, of: int, sampled: str = "") -> Share:
    """A share of two counts that the profile states; of none at all, nothing can be asked."""
    if of == 0:
        raise NotApplicable("there are none: the stated total is 0")
    return Share(good, of, sampled=sampled)


def every(*answers: bool | None) -> bool:
    """Yes if all are yes, no if one is no; raises `NotEvidenced` where that hangs on an answer not given."""
    if any(answer is False for answer in answers):
        return False
    if None in answers:
        raise NotEvidenced("not every part of it is stated")
    return True

"""The two shapes of "how many": `{of, entries}`, which every list in a profile has, and `{of, count}` without entries.

A measure asks a list for a share or a count, and gets both ends of what can be true: entries for which `good` answers
yes are good, entries for which it answers no are not, and those that do not say, or are not listed, may be either.
"""

from collections.abc import Callable, Hashable
from datetime import date
from math import inf
from typing import Any, Generic, TypeVar

from msgspec import Struct

from engagecheck.model.answers import Measured, NotApplicable, NotEvidenced, Range, Share, share_of
from engagecheck.model.dates import PartialDate

T = TypeVar("T")
Test = Callable[[T], bool | None]
"""Whether an entry is good: yes, no, or `None` if the entry does not say."""


class Listing(Struct, Generic[T], frozen=True):
    """`of` is the stated total. `entries` are the ones shown; a measure that reads them leaves open what is not shown.

    `complete_from` is the day from which a history is whole.
    """

    of: int | None = None
    entries: tuple[T, ...] = ()
    complete_from: PartialDate | None = None

    def share(self, good: Test[T]) -> Share:
        """The share of the total for which `good` is true, at both ends.

        Raises `NotEvidenced` without a stated total, `NotApplicable` if the stated total is 0.
        """
        return share(self, good=good)

    def lacking(self, good: Test[T]) -> Measured:
        """How many of the total are not good, at both ends."""
        return lacking(self, good=good)

    def count(self, good: Test[T]) -> int | Range:
        """How many are good, at both ends. Without a stated total there may be any number more."""
        yes, _, unclear = _sorted(self.entries, good)
        return _between(yes, yes + unclear + self.unlisted)

    def only(self, wanted: Test[T]) -> "Listing[T]":
        """The list without the entries for which `wanted` is no. What is not listed may still be wanted."""
        kept = tuple(entry for entry in self.entries if wanted(entry) is not False)
        total = None if self.of is None else self.of - (len(self.entries) - len(kept))
        return Listing(total, kept, self.complete_from)

    def matching(self, good: Test[T]) -> tuple[T, ...]:
        """The entries shown for which `good` is true."""
        return tuple(entry for entry in self.entries if good(entry))

    @property
    def listed(self) -> int:
        """How many entries are shown."""
        return len(self.entries)

    @property
    def unlisted(self) -> float:
        """How many entries are not shown; infinite without a stated total."""
        return inf if self.of is None else max(0, self.of - len(self.entries))

    def largest_group(self, key: Callable[[T], Hashable | None]) -> int | Range:
        """The largest number of entries that share a key, at both ends. An entry whose key is `None` may have any."""
        keys = [key(entry) for entry in self.entries]
        low = max((keys.count(one) for one in keys if one is not None), default=0)
        return _between(low, low + keys.count(None) + self.unlisted)

    def is_whole(self, since: date | None = None) -> bool:
        """Whether every entry is listed and, for a history, the list is known to be complete from the day `since`."""
        complete = since is None or (self.complete_from is not None and self.complete_from.last <= since)
        return not self.unlisted and complete


def share(*parts: Any, good: Test[Any]) -> Share:
    """The share of all entries of several lists together for which `good` is true, at both ends.

    A part that is not a list counts as a list of one. Raises `NotEvidenced` if one of the lists has no stated
    total, `NotApplicable` if all the totals together are 0.
    """
    shown, unlisted = _together(parts)
    if unlisted == inf:
        raise NotEvidenced("the total is not stated")
    total = len(shown) + int(unlisted)
    if total == 0:
        raise NotApplicable("the total is 0")
    yes, short, unclear = _sorted(shown, good)
    return Share(yes, total, yes + unclear + int(unlisted), short, int(unlisted), unclear)


def lacking(*parts: Any, good: Test[Any]) -> Measured:
    """How many of all entries of several lists together are not good, at both ends.

    Without a stated total there may be any number more. Raises `NotApplicable` if all the totals together are 0.
    """
    shown, unlisted = _together(parts)
    if not shown and not unlisted:
        raise NotApplicable("the total is 0")
    yes, short, unclear = _sorted(shown, good)
    counted = (
        Share(yes, len(shown), unclear=unclear)
        if unlisted == inf
        else Share(yes, len(shown) + int(unlisted), unlisted=int(unlisted), unclear=unclear)
    )
    because = f"{counted.remark} The total is not stated.".strip() if unlisted == inf else counted.remark
    return Measured(_between(len(short), len(short) + unclear + unlisted), because=because, at=short)


def some_exist(listing: Listing[T]) -> Listing[T]:
    """A list of what every organisation of this kind has, such as clinical divisions.

    Raises `NotEvidenced` for a stated total of 0, which is questioned rather than accepted.
    """
    if listing.of == 0:
        raise NotEvidenced("the total is 0, but every organisation of this kind has some: check the total")
    return listing


def _together(parts: tuple[Any, ...]) -> tuple[list[Any], float]:
    """All entries shown, and how many more there are."""
    lists = [part if isinstance(part, Listing) else Listing(1, (part,)) for part in parts]
    return [entry for part in lists for entry in part.entries], sum([part.unlisted for part in lists])


def _sorted(entries: Any, good: Test[Any]) -> tuple[int, tuple[Any, ...], int]:
    """How many entries are good, the ones that are not, and how many do not say."""
    verdicts = [good(entry) for entry in entries]
    short = tuple([entry for entry, verdict in zip(entries, verdicts, strict=True) if verdict is not None and not verdict])
    unclear = verdicts.count(None)
    return len(verdicts) - len(short) - unclear, short, unclear


def _between(low: int, high: float) -> int | Range:
    return low if low == high else Range(low, high)


class Tally(Struct, frozen=True):
    """How many (`count`) of how many (`of`), where the profile does not list them."""

    of: int | None = None
    count: int | None = None
    sampled: str | None = None

    def share(self) -> Share:
        """The count as a share of the total. Raises `NotEvidenced` without one of them, `NotApplicable` if the total is 0."""
        if self.of is None:
            raise NotEvidenced("the total is not stated")
        if self.count is None and self.of:
            raise NotEvidenced("the count is not stated")
        return share_of(self.count or 0, self.of, self.sampled or "")

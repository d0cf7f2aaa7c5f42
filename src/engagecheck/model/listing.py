"""The two shapes of "how many": `{of, entries}`, which every list in a profile has, and `{of, count}` without entries.

A measure cannot loop over a list. It asks for a share, a count, what is lacking, or the whole list. Each of these is
made so that leaving out an entry never helps.
"""

from collections.abc import Callable, Hashable
from datetime import date
from typing import Any, Generic, TypeVar

from msgspec import Struct, field

from engagecheck.model.answers import Measured, NotApplicable, NotEvidenced, Share, share_of
from engagecheck.model.dates import PartialDate

T = TypeVar("T")


class Listing(Struct, Generic[T], frozen=True):
    """`of` is the stated total. `_entries` are the ones shown. `complete_from` is the day from which a history is whole."""

    of: int | None = None
    _entries: tuple[T, ...] = field(default=(), name="entries")
    complete_from: PartialDate | None = None

    def share(self, good: Callable[[T], Any]) -> Share:
        """The share of the total for which `good` is true. An entry that is not listed counts against.

        Raises `NotEvidenced` without a stated total, `NotApplicable` if the stated total is 0.
        """
        return share(self, good=good)

    def lacking(self, good: Callable[[T], Any]) -> Measured:
        """How many of the total are not shown to be good. Raises as `share` does."""
        return lacking(self, good=good)

    def matching(self, bad: Callable[[T], Any]) -> tuple[T, ...]:
        """The entries shown that are bad. Use it only for what counts against: none here proves nothing about unlisted ones."""
        return tuple(entry for entry in self._entries if bad(entry))

    @property
    def listed(self) -> int:
        """How many entries are shown."""
        return len(self._entries)

    def count(self, good: Callable[[T], Any]) -> int:
        """How many of the entries shown are good. Use it only where more is better.

        Raises `NotEvidenced` without a stated total: whoever shows some has not said that there are no more.
        """
        self._total()
        return sum(1 for entry in self._entries if good(entry))

    def largest_group(self, key: Callable[[T], Hashable]) -> int:
        """The largest number of entries shown that share a key. Use it only where more is better. Raises as `count` does."""
        self._total()
        keys = [key(entry) for entry in self._entries]
        return max((keys.count(one) for one in keys), default=0)

    def whole(self, since: date | None = None) -> tuple[T, ...]:
        """Every entry, for questions about "fewer", "none", "latest" or an order.

        Raises `NotEvidenced` if fewer entries are shown than there are, or if the history is not known to be complete
        from the day `since`.
        """
        total = self._total()
        if len(self._entries) < total:
            raise NotEvidenced(f"of {total} in all, {len(self._entries)} are listed")
        if since is not None and (self.complete_from is None or self.complete_from.last > since):
            raise NotEvidenced(f"the history is not known to be complete from {since.isoformat()}")
        return self._entries

    def _total(self) -> int:
        if self.of is None:
            raise NotEvidenced("how many there are in all is not stated")
        return self.of


def share(*parts: Any, good: Callable[[Any], Any]) -> Share:
    """The share of all entries of several lists together for which `good` is true.

    A part that is not a list counts as a list of one. Raises `NotEvidenced` if one of the lists has no stated
    total, `NotApplicable` if all the totals together are 0.
    """
    total, shown = 0, list[Any]()
    for part in parts:
        if isinstance(part, Listing):
            total += part._total()
            shown.extend(part._entries)
        else:
            total += 1
            shown.append(part)
    if total == 0:
        raise NotApplicable("there are none: the stated total is 0")
    short = tuple([entry for entry in shown if not good(entry)])
    return Share(len(shown) - len(short), total, short, total - len(shown))


def lacking(*parts: Any, good: Callable[[Any], Any]) -> Measured:
    """How many of all entries of several lists together are not shown to be good. Raises as `share` does."""
    counted = share(*parts, good=good)
    return Measured(counted.of - counted.good, because=counted.remark, at=counted.short)


class Tally(Struct, frozen=True):
    """How many (`count`) of how many (`of`), where the profile does not list them."""

    of: int | None = None
    count: int | None = None
    sampled: str | None = None

    def share(self) -> Share:
        """The count as a share of the total. Raises `NotEvidenced` without one of them, `NotApplicable` if it is 0."""
        if self.of is None or self.count is None:
            raise NotEvidenced("the count or the total is not stated")
        return share_of(self.count, self.of, self.sampled or "")

"""`{of, entries}`: the one shape of every list in a profile, and `{of, count}`: the same without the entries.

A measure cannot walk through a list. It asks for a share, a count, what is lacking, or the whole, and each of
these is made so that an entry left out never helps.
"""

from collections.abc import Callable, Hashable
from datetime import date
from typing import Any, Generic, TypeVar

from engagecheck.model.answers import Measured, NotApplicable, NotEvidenced, Share, share_of
from engagecheck.model.dates import PartialDate
from engagecheck.model.records import field, record

T = TypeVar("T")


@record
class Listing(Generic[T]):
    """`of`: how many there are in all, as stated; the entries shown; for events, from when the list is complete."""

    of: int | None = None
    _entries: tuple[T, ...] = field(default=(), alias="entries")
    complete_from: PartialDate | None = None

    def share(self, good: Callable[[T], Any]) -> Share:
        """The share of all of them for which `good` holds. What is not listed counts against.

        Raises `NotEvidenced` without a stated total, `NotApplicable` if the stated total is 0.
        """
        return share(self, good=good)

    def lacking(self, good: Callable[[T], Any]) -> Measured:
        """How many of all of them are not shown to be good; raises as `share` does."""
        return lacking(self, good=good)

    def found(self, bad: Callable[[T], Any]) -> tuple[T, ...]:
        """The entries shown that are bad. Only for what counts against: none found says nothing while some are not listed."""
        return tuple([entry for entry in self._entries if bad(entry)])

    @property
    def listed(self) -> int:
        """How many entries are shown."""
        return len(self._entries)

    def count(self, good: Callable[[T], Any]) -> int:
        """How many of the entries shown are good. Only for "the more the better".

        Raises `NotEvidenced` without a stated total: who shows some has not said that there are no more.
        """
        self._total()
        return sum(1 for entry in self._entries if good(entry))

    def largest_group(self, key: Callable[[T], Hashable]) -> int:
        """The largest number of entries shown that share a key. Only for "the more the better"; raises as `count` does."""
        self._total()
        keys = [key(entry) for entry in self._entries]
        return max((keys.count(one) for one in keys), default=0)

    def whole(self, since: date | None = None) -> tuple[T, ...]:
        """Every entry: for "fewer", "none", "latest", "in what order".

        Raises `NotEvidenced` while fewer entries are shown than there are, or while the history is not known
        to be complete from the day `since`.
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
    """The share of all entries of several lists together for which `good` holds.

    A part that is not a list counts as a list of one. Raises `NotEvidenced` if one of the lists has no stated
    total, `NotApplicable` if all the totals together are 0.
    """
    if len(parts) == 1 and isinstance(parts[0], Listing):
        total, shown = parts[0]._total(), parts[0]._entries
    else:
        total = sum([part._total() if isinstance(part, Listing) else 1 for part in parts])
        shown = tuple([one for part in parts for one in (part._entries if isinstance(part, Listing) else (part,))])
    if total == 0:
        raise NotApplicable("there are none: the stated total is 0")
    short = tuple([entry for entry in shown if not good(entry)])
    return Share(len(shown) - len(short), total, short, total - len(shown))


def lacking(*parts: Any, good: Callable[[Any], Any]) -> Measured:
    """How many of all entries of several lists together are not shown to be good; raises as `share` does."""
    found = share(*parts, good=good)
    return Measured(found.of - found.good, because=found.remark, at=found.short)


@record
class Tally:
    """How many (`count`) of how many (`of`), where the profile does not list them."""

    of: int | None = None
    count: int | None = None
    sampled: str | None = None

    def share(self) -> Share:
        """The count as a share of the total; `NotEvidenced` without one of them, `NotApplicable` if it is 0."""
        if self.of is None or self.count is None:
            raise NotEvidenced("the count or the total is not stated")
        return share_of(self.count, self.of, self.sampled or "")

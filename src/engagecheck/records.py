"""Records: frozen attrs classes that share how they are compared and shown.

attrs writes and compiles these methods for every class anew; with a hundred classes that is a good part of the time that a
person waits for one audit. Here they are looked up in the fields, which is slower: what is compared often stays with attrs.
"""

from typing import TYPE_CHECKING, Any

import attrs

__all__ = ["record"]

if TYPE_CHECKING:
    from attrs import frozen as record
else:

    def record(wanted: type) -> type:
        """Make a frozen attrs class; two of its instances are equal when their fields are."""
        wanted.__eq__, wanted.__hash__, wanted.__repr__ = _equal, _hash, _shown
        return attrs.frozen(wanted, eq=False, repr=False, slots=False)


def _equal(self: Any, other: Any) -> Any:
    fields: Any = self.__attrs_attrs__
    if other.__class__ is not self.__class__:
        return NotImplemented
    return all(getattr(self, part.name) == getattr(other, part.name) for part in fields if part.eq)


def _hash(self: Any) -> int:
    return hash(tuple(getattr(self, part.name) for part in self.__attrs_attrs__ if part.eq))


def _shown(self: Any) -> str:
    parts = ", ".join(f"{part.alias}={getattr(self, part.name)!r}" for part in self.__attrs_attrs__ if part.repr)
    return f"{type(self).__name__}({parts})"

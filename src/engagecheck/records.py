"""Records: frozen attrs classes that attrs finishes only when that pays.

attrs writes and compiles the methods of every class when it is imported; with a hundred classes that is a good part of the time
that a person waits for one audit, in which most classes are never asked for their fields. So a record begins with methods
that look its fields up, and attrs takes it over once its fields are asked for (`attrs.fields`, `evolve`, `asdict`), or it is
made often. How records are compared and shown stays looked up: what is compared often is a class of attrs from the start.
"""

from collections.abc import Callable, Sequence
from itertools import count
from threading import RLock
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import attrs
from attrs.exceptions import FrozenInstanceError

__all__ = ["changed", "names_of", "record"]

T = TypeVar("T")
OFTEN = 200
"""How many instances a class is made of before attrs takes it over."""

_Field = type(attrs.field())
_Factory: Any = attrs.Factory
_one_at_a_time = RLock()

if TYPE_CHECKING:
    from attrs import frozen as record
else:

    def record(wanted: type) -> type:
        """Make a frozen attrs class; two of its instances are equal when their fields are."""
        wanted.__eq__, wanted.__hash__, wanted.__repr__ = _equal, _hash, _shown
        own, names = vars(wanted), tuple(wanted.__annotations__)
        plain = not any(isinstance(own.get(name), _Field) or name.startswith("_") for name in names)
        if not plain or wanted.__bases__ != (object,) or "__attrs_post_init__" in own:  # more than names and defaults
            return _finished(wanted)
        wanted.__init__ = _maker(wanted, names, {name: own[name] for name in names if name in own})
        wanted.__setattr__ = wanted.__delattr__ = _refused
        wanted.__attrs_attrs__ = _Unfinished(wanted)
        wanted.__record_names__ = wanted.__match_args__ = names
        wanted.__replace__ = changed
        return wanted


def changed(one: T, **values: Any) -> T:
    """A record like another but for some fields, as `attrs.evolve` makes it; attrs need not take it over for that."""
    kind: type[Any] = type(one)
    names = vars(kind).get("__record_names__", ())
    if not values.keys() <= set(names):
        return attrs.evolve(one, **values)  # type: ignore[misc]
    made: T = kind(**{name: values[name] if name in values else getattr(one, name) for name in names})
    return made


def names_of(kind: type) -> Sequence[str]:
    """The names of the fields of an attrs class, in order; empty for any other class."""
    names: Sequence[str] | None = kind.__dict__.get("__record_names__")
    if names is None:
        names = [part.name for part in getattr(kind, "__attrs_attrs__", ())]
    return names


def _finished(wanted: type) -> type:
    done: type = attrs.frozen(wanted, eq=False, repr=False, slots=False)
    return done


class _Unfinished:
    """Stands where attrs keeps the fields of a class, until somebody asks for them."""

    def __init__(self, wanted: type) -> None:
        self._wanted = wanted

    def __get__(self, instance: Any, owner: type) -> Any:
        with _one_at_a_time:
            if vars(self._wanted)["__attrs_attrs__"] is self:
                for name in ("__attrs_attrs__", "__init__", "__setattr__", "__delattr__"):
                    delattr(self._wanted, name)  # attrs takes what stands in a class for the author's own
                _finished(self._wanted)
        return getattr(self._wanted, "__attrs_attrs__")  # noqa: B009 (as if it were any name of the class)


def _maker(wanted: type, names: tuple[str, ...], defaults: dict[str, Any]) -> Callable[..., None]:
    known, made = frozenset(names), count(1)
    factories = {name: value.factory for name, value in defaults.items() if isinstance(value, _Factory)}

    def __init__(self: Any, *args: Any, **given: Any) -> None:  # noqa: N807 (becomes the method of that name)
        values = {**defaults, **dict(zip(names, args)), **given}  # noqa: B905 (looked at below)
        twice = args and (len(args) > len(names) or not given.keys().isdisjoint(names[: len(args)]))
        if twice or values.keys() != known or next(made) > OFTEN:
            attrs.fields(wanted)
            wanted.__init__(self, *args, **given)  # type: ignore[misc]  # that of attrs, which also says what is wrong
            return
        for name, factory in factories.items():
            if values[name] is defaults[name]:
                values[name] = factory()
        self.__dict__.update(values)

    return __init__


def _refused(*_: Any) -> NoReturn:
    raise FrozenInstanceError


def _equal(self: Any, other: Any) -> Any:
    if other.__class__ is not self.__class__:
        return NotImplemented
    return self is other or _compared(self) == _compared(other)


def _hash(self: Any) -> int:
    return hash(_compared(self))


def _compared(one: Any) -> tuple[Any, ...]:
    kind = type(one)
    names = kind.__dict__.get("__record_names__") or [part.name for part in kind.__attrs_attrs__ if part.eq]
    return tuple([getattr(one, name) for name in names])


def _shown(self: Any) -> str:
    parts = ", ".join(f"{part.alias}={getattr(self, part.name)!r}" for part in self.__attrs_attrs__ if part.repr)
    return f"{type(self).__name__}({parts})"

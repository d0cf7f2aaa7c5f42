"""Records: frozen attrs classes that attrs takes over only when that pays.

attrs writes and compiles the methods of every class when it is imported; with a hundred classes that, and importing attrs, is
a good part of the time that a person waits for one audit, in which nobody asks most classes for their fields. So a record
begins with methods that look its fields up, and attrs takes it over once its fields are asked for (`attrs.fields`, `evolve`,
`asdict`), or it is made often. How records are compared and shown stays looked up: what is compared often says itself how.
"""

from collections.abc import Callable
from functools import lru_cache
from itertools import count
from threading import RLock
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

__all__ = ["Factory", "changed", "field", "names_of", "record"]

T = TypeVar("T")
OFTEN = 200
"""How many instances a class is made of before attrs takes it over."""

_NEEDED: Any = object()
_one_at_a_time = RLock()

if TYPE_CHECKING:
    from attrs import Factory, field
    from attrs import frozen as record
else:

    class field:  # noqa: N801 (stands for the function of that name in attrs)
        """What attrs is told of a field when it takes the record over, and what holds until then."""

        def __init__(self, *, default=_NEEDED, factory=None, eq=True, repr=True, alias=None) -> None:  # noqa: A002
            self.default, self.factory, self.eq, self.repr, self.alias = default, factory, eq, repr, alias

        def of_attrs(self) -> Any:
            """The same as attrs has it."""
            import attrs

            default = attrs.NOTHING if self.default is _NEEDED else self.default
            default = attrs.Factory(self.factory) if self.factory else default
            return attrs.field(default=default, eq=self.eq, repr=self.repr, alias=self.alias)

    def Factory(factory: Callable[[], Any]) -> field:  # noqa: N802 (as in attrs)
        """A default that is made anew for each record."""
        return field(factory=factory)

    def record(wanted: type) -> type:
        """Make a frozen attrs class; two of its instances are equal when their fields are, unless it says so itself."""
        own = vars(wanted)
        if "__eq__" not in own:
            wanted.__eq__, wanted.__hash__ = _equal, _hash
        wanted.__repr__ = _shown
        if any("__attrs_attrs__" in vars(base) for base in wanted.__mro__[1:]):
            return _finished(wanted)
        names = tuple(wanted.__annotations__)
        marks = {name: own[name] for name in names if type(own.get(name)) is field}
        if any(type(own.get(name)).__module__ == "attr._make" for name in names):
            raise TypeError(f"{wanted.__name__}: use field and Factory of this module, which attrs is told of later")
        wanted.__match_args__ = names
        wanted.__record_compared__ = tuple([name for name in names if name not in marks or marks[name].eq])
        wanted.__record_names__ = {(name in marks and marks[name].alias) or name.lstrip("_"): name for name in names}
        wanted.__init__ = _first(wanted)
        for name in ("__setattr__", "__delattr__", "__attrs_attrs__"):
            setattr(wanted, name, _Unfinished(wanted, name))
        wanted.__replace__ = changed
        _names_of.cache_clear()  # somebody may have asked before it became one
        return wanted


def changed(one: T, **values: Any) -> T:
    """A record like another but for some fields, as `attrs.evolve` makes it; attrs need not take it over for that."""
    kind: type[Any] = one.__class__
    names = vars(kind).get("__record_names__", {})
    if not names or not values.keys() <= names.keys():
        import attrs

        return attrs.evolve(one, **values)  # type: ignore[misc]
    made: T = kind(**{given: values[given] if given in values else getattr(one, name) for given, name in names.items()})
    return made


@lru_cache(1024)
def _names_of(kind: Any) -> tuple[str, ...]:
    if "__record_names__" in kind.__dict__:
        return tuple(kind.__record_names__.values())
    return tuple([part.name for part in getattr(kind, "__attrs_attrs__", ())])


names_of: Callable[[type], tuple[str, ...]] = _names_of
"""The names of the fields of an attrs class, in order; empty for any other class."""


def _finished(wanted: type) -> type:
    import attrs

    for name, value in list(vars(wanted).items()):
        if isinstance(value, field):  # type: ignore[arg-type]
            setattr(wanted, name, value.of_attrs())
    done: type = attrs.frozen(wanted, eq=False, repr=False, slots=False)
    return done


class _Unfinished:
    """Stands for what attrs will put into a class, until somebody asks the class for it; until then, its records are frozen."""

    def __init__(self, wanted: type, name: str) -> None:
        self._wanted, self._name = wanted, name

    def __get__(self, instance: Any, owner: type) -> Any:
        if instance is not None and self._name != "__attrs_attrs__":
            return _refused
        with _one_at_a_time:
            if vars(self._wanted).get("__attrs_attrs__").__class__ is _Unfinished:
                _take_over(self._wanted)
        return vars(self._wanted)[self._name]


def _take_over(wanted: type) -> None:
    """Let attrs finish a class like this, and put what it made over what stands here.

    Nothing is taken away even for a moment: other threads may be making records.
    """
    theirs = ("__init__", "__setattr__", "__delattr__", "__attrs_attrs__")
    own = {name: value for name, value in vars(wanted).items() if name not in (*theirs, "__dict__", "__weakref__")}
    own["__qualname__"] = wanted.__qualname__
    model = vars(_finished(type(wanted)(wanted.__name__, wanted.__bases__, own)))
    for name in (*(name for name in model if name.startswith("__attrs_") and name not in own), *theirs):
        setattr(wanted, name, model[name])


def _first(wanted: Any) -> Callable[..., None]:
    """The method that makes the first instance of a class, of which most audits make none."""
    made: Any = None

    def __init__(self: Any, *args: Any, **given: Any) -> None:  # noqa: N807 (becomes the method of that name)
        nonlocal made
        with _one_at_a_time:
            made = made or _maker(wanted)
            if vars(wanted)["__init__"] is __init__:
                wanted.__init__ = made
        made(self, *args, **given)

    return __init__


def _maker(wanted: Any) -> Callable[..., None]:
    """The method that makes an instance until attrs writes one."""
    renamed = [(given, name) for given, name in wanted.__record_names__.items() if given != name]
    names, made = tuple(wanted.__record_names__), count(1)
    defaults, factories = {}, []
    for given, name in wanted.__record_names__.items():
        default = vars(wanted).get(name, _NEEDED)
        if type(default) is field:
            if default.factory:
                factories.append(given)
            default = default.factory or default.default
        if default is not _NEEDED:
            defaults[given] = default
    finish, asked = vars(wanted).get("__attrs_post_init__"), dict.fromkeys(names).keys()
    as_they_come = not (renamed or factories or finish)

    def __init__(self: Any, *args: Any, **given: Any) -> None:  # noqa: N807 (becomes the method of that name)
        if as_they_come and not given and len(args) == len(names) and next(made) <= OFTEN:
            self.__dict__.update(zip(names, args))  # noqa: B905 (just looked at)
            return
        values = {**defaults, **dict(zip(names, args)), **given} if args else {**defaults, **given}  # noqa: B905 (see below)
        twice = args and (len(args) > len(names) or not given.keys().isdisjoint(names[: len(args)]))
        if twice or values.keys() != asked or next(made) > OFTEN:
            wanted.__attrs_attrs__  # noqa: B018 (attrs takes over)
            wanted.__init__(self, *args, **given)  # that of attrs, which also says what is wrong
            return
        for name in factories:
            if values[name] is defaults[name]:
                values[name] = defaults[name]()
        for name, other in renamed:
            values[other] = values.pop(name)
        self.__dict__.update(values)
        if finish:
            finish(self)

    return __init__


def _refused(*_: Any) -> NoReturn:
    from attrs.exceptions import FrozenInstanceError

    raise FrozenInstanceError


def _equal(self: Any, other: Any) -> Any:
    if other.__class__ is not self.__class__:
        return NotImplemented
    return self is other or _compared(self) == _compared(other)


def _hash(self: Any) -> int:
    return hash(_compared(self))


def _compared(one: Any) -> tuple[Any, ...]:
    kind = type(one)
    names = kind.__dict__.get("__record_compared__")
    if names is None:
        names = [part.name for part in kind.__attrs_attrs__ if part.eq]
    return tuple([getattr(one, name) for name in names])


def _shown(self: Any) -> str:
    parts = ", ".join(f"{part.alias}={getattr(self, part.name)!r}" for part in self.__attrs_attrs__ if part.repr)
    return f"{type(self).__name__}({parts})"

"""Modules of the standard library whose code is run once something of them is used that takes it.

click, and what it imports, name these at their top, or ask them once in each run for what is here. Importing them all takes
half as long as importing click does. `importlib.util.LazyLoader` is the same idea, but it loads at the first look.
"""

import os
import sys
from collections.abc import Iterable
from importlib.machinery import ModuleSpec
from threading import RLock
from types import ModuleType
from typing import Any

_one_at_a_time = RLock()


class _Later(ModuleType):
    """A module with a part of what belongs in it, until something else is asked for: then its code is run in it."""

    def __init__(self, name: str, **here: Any) -> None:
        super().__init__(name)
        vars(self).update(here, __spec__=ModuleSpec(name, None))
        vars(self)["_at_first"] = dict(vars(self))

    def __getattr__(self, name: str) -> Any:
        if name == "__path__":  # asked by each `from … import`, of modules that are no packages too
            raise AttributeError(name)
        _run(self)
        return ModuleType.__getattribute__(self, name)


def _run(module: ModuleType) -> None:
    """Run the code of a module in it, if that was not done; what was put into it meanwhile stays."""
    with _one_at_a_time:
        at_first = vars(module).pop("_at_first", None)
        if at_first is None:
            return
        there = sys.modules.get(module.__name__, module)
        if there is not module:  # it was imported before this was offered to others
            vars(module).update(vars(there))
            return
        meanwhile = {name: value for name, value in vars(module).items() if value is not at_first.get(name, module)}
        found = (finder.find_spec(module.__name__, None) for finder in sys.meta_path)
        spec = next(one for one in found if one is not None)
        vars(module).update(__spec__=spec, __loader__=spec.loader, __file__=spec.origin, __cached__=spec.cached)
        spec.loader.exec_module(module)  # type: ignore[union-attr]
        vars(module).update(meanwhile)
        module.__class__ = ModuleType


def _cleandoc(text: str) -> str:
    if "\n" not in text:
        return text.expandtabs().lstrip()
    _run(inspect)
    return str(inspect.cleandoc(text))


_NORMALIZED = {"C": "C", "C.UTF-8": "C.UTF-8" if sys.version_info >= (3, 12) else "en_US.UTF-8"}


def _normalize(name: str) -> str:
    if name in _NORMALIZED:
        return _NORMALIZED[name]
    _run(_locale)
    return str(_locale.normalize(name))


def _close_matches(word: str, known: Iterable[str], n: int = 3, cutoff: float = 0.6) -> list[str]:
    """An option of one letter, which click takes for an unknown long one first, is not so near to any other."""
    near = [one for one in known if 2 * min(len(one), len(word)) >= cutoff * (len(one) + len(word))]
    if not near:
        return []
    _run(_difflib)
    return list(_difflib.get_close_matches(word, near, n, cutoff))


inspect: Any = _Later("inspect", cleandoc=_cleandoc)
_locale: Any = _Later("locale", normalize=_normalize)
_difflib: Any = _Later("difflib", get_close_matches=_close_matches)
_LATER = [inspect, _locale, _difflib]
if hasattr(os, "uname"):
    _LATER.append(_Later("platform", system=lambda: os.uname().sysname))
if sys.version_info < (3, 12):  # where it is written a second time in Python
    import _datetime  # type: ignore[import-not-found]

    _LATER.append(_Later("datetime", **{name: value for name, value in vars(_datetime).items() if name[0] != "_"}))


def for_others() -> None:
    """Let what is imported from now on have these, where the modules themselves are not there already."""
    for module in _LATER:
        sys.modules.setdefault(module.__name__, module)

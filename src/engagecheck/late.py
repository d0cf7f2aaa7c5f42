"""Modules of the standard library that are imported once something of them is used that takes them.

click, and what it imports, name these at their top, or ask them once in each run for what is here. Importing them all takes
half as long as importing click does.
"""

import os
import sys
from collections.abc import Iterable
from importlib import import_module
from types import ModuleType
from typing import Any


class _Later(ModuleType):
    """Stands for a module until something of it is asked for that is not here."""

    def __init__(self, name: str, **here: Any) -> None:
        super().__init__(name)
        vars(self).update(here)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # what Python asks of it while it is imported
            raise AttributeError(name)
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        return getattr(import_module(self.__name__), name)


def _cleandoc(text: str) -> str:
    return inspect.__getattr__("cleandoc")(text) if "\n" in text else text.expandtabs().lstrip()


def _normalize(name: str) -> str:
    return _NORMALIZED.get(name) or _locale.__getattr__("normalize")(name)


_NORMALIZED = {"C": "C", "C.UTF-8": "C.UTF-8" if sys.version_info >= (3, 12) else "en_US.UTF-8"}


def _close_matches(word: str, known: Iterable[str], n: int = 3, cutoff: float = 0.6) -> list[str]:
    """An option of one letter, which click takes for an unknown long one first, is not so near to any other."""
    near = [one for one in known if 2 * min(len(one), len(word)) >= cutoff * (len(one) + len(word))]
    return _difflib.__getattr__("get_close_matches")(word, near, n, cutoff) if near else []


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

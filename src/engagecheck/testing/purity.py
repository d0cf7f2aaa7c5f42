"""Detection of anything other than its facts that a criterion uses while it is evaluated, such as a clock or a file.

It cannot detect what a module did on import, or values that were cached before.
"""

import datetime
import os
import random
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import BuiltinFunctionType, FrameType
from typing import Any

_NAMES = (
    "time", "time_ns", "monotonic", "monotonic_ns", "perf_counter", "perf_counter_ns", "localtime", "gmtime", "ctime",
    "strftime", "process_time", "asctime",
)  # fmt: skip
_CLOCKS = {getattr(time, name) for name in _NAMES}
_TODAY = {"now", "today", "utcnow", "fromtimestamp"}
_EVENTS = {
    "open": "a file", "os": "a file", "pathlib": "a file", "glob": "a file", "shutil": "a file", "tempfile": "a file",
    "sqlite3": "a file", "socket": "the network", "urllib": "the network", "http": "the network", "ftplib": "the network",
    "subprocess": "another program", "os.system": "another program", "os.fork": "another program", "os.exec": "another program",
}  # fmt: skip
"""What an event of Python's audit hooks touches, by the event's name or its first part."""
_SYSTEM = {
    "posix": "a file", "nt": "a file", "_socket": "the network", "_posixsubprocess": "another program", "_uuid": "chance",
    "_random": "chance",
}  # fmt: skip
"""What the functions of a system module touch, by the module's name."""
_ENVIRONMENT = {getattr(type(os.environ), name).__code__ for name in ("__getitem__", "__iter__")}
_watchers: list[set[str]] = []
_hooked: list[bool] = []


@contextmanager
def watched() -> Iterator[set[str]]:
    """Collect what the `with` block touches: a clock, a file, the network, chance, the environment or another program."""
    touched: set[str] = set()
    if not _hooked:  # an audit hook cannot be removed, so only one is added
        sys.addaudithook(_event)
        _hooked.append(True)
    before = sys.getprofile()
    _watchers.append(touched)
    sys.setprofile(_calls(touched))
    try:
        yield touched
    finally:
        sys.setprofile(before)
        _watchers.remove(touched)


def _event(name: str, _arguments: tuple[Any, ...]) -> None:
    if _watchers:
        what = _EVENTS.get(name) or _EVENTS.get(name.partition(".")[0])
        if what:
            _watchers[-1].add(what)


def _calls(touched: set[str]) -> Callable[[FrameType, str, Any], None]:
    def hook(frame: FrameType, event: str, called: Any) -> None:
        if event == "call" and frame.f_code in _ENVIRONMENT:
            touched.add("the environment")
        if event == "c_call" and isinstance(called, BuiltinFunctionType):
            owner = getattr(called, "__self__", None)
            is_date = isinstance(owner, type) and issubclass(owner, datetime.date)
            if called in _CLOCKS or (called.__name__ in _TODAY and is_date):
                touched.add("a clock")
            elif isinstance(owner, random.Random) or called.__name__ == "urandom":
                touched.add("chance")
            elif called.__module__ in _SYSTEM and called.__name__ != "fspath":
                touched.add(_SYSTEM[called.__module__])

    return hook

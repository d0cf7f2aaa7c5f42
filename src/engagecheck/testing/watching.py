"""A watch over a measure while it runs: whatever it touches besides its facts is noted."""

import datetime
import random
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import BuiltinFunctionType, FrameType
from typing import Any

_NAMES = ("time", "time_ns", "monotonic", "monotonic_ns", "perf_counter", "localtime", "gmtime")
_CLOCKS = {getattr(time, name) for name in _NAMES}
_TODAY = {"now", "today", "utcnow", "fromtimestamp"}
_EVENTS = {
    "open": "a file", "os.listdir": "a folder", "os.scandir": "a folder", "socket.__new__": "the network",
    "socket.connect": "the network", "urllib.Request": "the network", "subprocess.Popen": "another program",
    "os.system": "another program",
}  # fmt: skip
_watchers: list[set[str]] = []
_hooked: list[bool] = []


@contextmanager
def watched() -> Iterator[set[str]]:
    """What was touched while this lasts, in words: a clock, a file, the network, chance."""
    touched: set[str] = set()
    if not _hooked:  # an audit hook can never be taken out again, so there is one that mostly sleeps
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
    if _watchers and name in _EVENTS:
        _watchers[-1].add(_EVENTS[name])


def _calls(touched: set[str]) -> Callable[[FrameType, str, Any], None]:
    def note(_frame: FrameType, event: str, called: Any) -> None:
        if event == "c_call" and isinstance(called, BuiltinFunctionType):
            holder = getattr(called, "__self__", None)
            if called in _CLOCKS or (
                called.__name__ in _TODAY and isinstance(holder, type) and issubclass(holder, datetime.date)
            ):
                touched.add("a clock")
            elif isinstance(holder, random.Random):
                touched.add("chance")

    return note

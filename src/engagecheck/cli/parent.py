"""A small parent for a command that runs programs of others in its own process.

A plugin may end the process, or make another one of it, and nothing inside can notice. The parent waits for a record that
the command came to its end. Without one, the result is code 4. This catches accidents and not malice. It needs a system
that can fork, which Windows cannot.
"""

import os
import signal
import sys
from typing import Any

from engagecheck.cli.say import echo
from engagecheck.errors import ExitCode
from engagecheck.plugin_host.discovery import BUNDLED, FORMATS, GROUP, find_plugins, without_named

ENDED = (
    "the program ended without coming to its end: a plugin ended it, or made another process of it. "
    "What was printed is incomplete; --isolate runs plugins apart"
)


class _State:
    """Whether this process may have a parent, its own number under one, and where it records that it came to its end."""

    is_command = False
    process = 0
    record = -1


def is_command() -> None:
    """Say that this process is a command of its own, which may have a parent."""
    _State.is_command = True


def runs_others(folders: tuple[str, ...], without: tuple[str, ...], no_plugins: bool, isolate: bool) -> None:
    """Go on in a child of this process if plugins of others will be loaded into it. The process itself becomes its parent."""
    if isolate or no_plugins or _State.process or not _State.is_command or not hasattr(os, "fork"):
        return
    plugins = [] if folders else [one for one in find_plugins(GROUP, FORMATS) if one.pack != BUNDLED]
    if not folders and not (plugins and without_named(plugins, without)):
        return
    reading, writing = os.pipe()
    sys.stdout.flush()
    sys.stderr.flush()
    child = os.fork()
    if not child:
        os.close(reading)
        _State.process, _State.record = os.getpid(), writing
        sys.excepthook = lambda *_: None  # where a plugin broke the means to end well, the parent says that it ended
        return
    os.close(writing)
    os._exit(_wait_for(child, reading))


def _wait_for(child: int, reading: int) -> int:
    def forward(number: int, _frame: Any) -> None:
        os.kill(child, number)

    for number in (signal.SIGINT, signal.SIGTERM):
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, forward)
    _, status = os.waitpid(child, 0)
    os.set_blocking(reading, False)  # a process that a plugin left may keep the other end open
    try:
        record = os.read(reading, 100)
    except BlockingIOError:
        record = b""
    code = os.waitstatus_to_exitcode(status)
    if record == f"{child} {code}\n".encode():
        return code
    echo(ENDED, err=True)
    return ExitCode.INCOMPLETE


def leave_if_another() -> None:
    """End a process that a plugin made of the command, before it writes anything a second time."""
    if _State.process and os.getpid() != _State.process:
        os._exit(ExitCode.INCOMPLETE)


def has_others() -> bool:
    """Whether plugins of others run in this process, under a parent."""
    return bool(_State.process)


def came_to_its_end(code: int) -> None:
    """Record that the command came to its end. Nothing that a plugin prints afterwards is part of its output."""
    leave_if_another()
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    if _State.process:
        os.write(_State.record, f"{os.getpid()} {code}\n".encode())

"""How the program ends: every ending is an exit code and at most one sentence, whatever fails, standard streams included."""

import errno
import io
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from traceback import extract_tb
from typing import Any

import click

from engagecheck.cli.parent import has_others, leave_if_another
from engagecheck.cli.say import echo
from engagecheck.errors import EngagecheckError, ExitCode, InputRefused, OutputRefused, one_line, text_of, worst

_NO_NAME = (errno.ENAMETOOLONG, errno.EACCES, errno.EPERM, errno.ENOTDIR, errno.ELOOP)
"""What asking about a file fails with if nobody could ever open it by this name."""
TIDYING = 2
"""How many seconds after an interrupt another one does nothing, so that it does not stop the cleaning up."""
HOUSE = Path(__file__).parent.parent


def run_to_the_end(command: Callable[[], int]) -> int:
    """Run a command and return its exit code. Every exception becomes a sentence on standard error.

    1 means that the gate is not satisfied, and nothing else. Of several endings, the worst gives the code.
    """
    codes: list[int] = []
    with _interrupts(codes):
        for step in (command, _flush):
            try:
                codes.append(step())
            except BaseException as error:  # a plugin may raise anything, and may call sys.exit
                code, text = _ending_of(error)
                codes.append(code)
                if text:
                    echo(text, err=True)
    if ExitCode.INTERRUPTED in codes:
        echo("Interrupted.", err=True)
    return worst(codes)


def _flush() -> int:
    sys.stdout.flush()
    return ExitCode.OK


def mistakes(error: InputRefused) -> str:
    """Every mistake on a line, and after several of them what to do."""
    many = len(error.complaints)
    return str(error) if many == 1 else f"{error}\nThere are {many} mistakes. Correct them, and give the same command again."


def _ending_of(error: BaseException) -> tuple[int, str]:
    """The exit code and the sentence for an exception."""
    if isinstance(error, InputRefused) and len(error.complaints) > 1:
        return error.exit_code, mistakes(error)
    if isinstance(error, EngagecheckError):
        return error.exit_code, "\n".join(map(one_line, str(error).split("\n")))
    if isinstance(error, click.ClickException):
        error.show()
        return ExitCode.USAGE, ""
    if isinstance(error, click.Abort | KeyboardInterrupt):
        return ExitCode.INTERRUPTED, ""
    if isinstance(error, MemoryError) or getattr(error, "errno", None) == errno.ENOMEM:
        return ExitCode.INCOMPLETE, "there is not enough memory for this; nothing more was done"
    if getattr(error, "errno", None) in (errno.EMFILE, errno.ENFILE, errno.EAGAIN):
        return ExitCode.INCOMPLETE, f"this machine lets the program open no more ({error}); nothing more was done"
    if isinstance(error, ImportError) and "shared object" in str(error):  # a library that there is no memory or descriptor for
        return ExitCode.INCOMPLETE, f"a library could not be loaded ({error}); nothing more was done"
    if isinstance(error, SystemError):  # the interpreter's own, as where a library has no memory left to say so
        return ExitCode.INCOMPLETE, f"a library failed ({one_line(str(error))}); memory may be short; nothing more was done"
    if isinstance(error, OSError) and isinstance(error.filename, str) and error.errno in _NO_NAME:
        text = f"{error.filename}: cannot be used ({error.strerror}); check the name, and that you may open its folder"
        return ExitCode.INPUT, one_line(text)
    ours = [frame for frame in extract_tb(error.__traceback__) if Path(frame.filename).is_relative_to(HOUSE)]
    where = f", in {Path(ours[-1].filename).relative_to(HOUSE)}, line {ours[-1].lineno}" if ours else ""
    text = text_of(error).partition("\n")[0][:200]
    advice = "; please report this as a fault in it"
    if has_others():  # nothing holds off what a plugin does to the process that it shares
        advice = " while a plugin ran in its process; --isolate shows whether the plugin is the cause"
    return ExitCode.INCOMPLETE, f"the program failed ({text}{where}){advice}"


@contextmanager
def _interrupts(codes: list[int]) -> Iterator[None]:
    """Raise `KeyboardInterrupt` on the first interrupt. It counts even where Python or a library swallows it."""
    if signal.getsignal(signal.SIGINT) in (signal.SIG_IGN, None):
        yield  # whoever started this process wants it to go on
        return

    def interrupted(*_: Any) -> None:
        tidied = time.monotonic() + TIDYING

        def again(*_: Any) -> None:
            if time.monotonic() > tidied:  # a library swallowed the first one
                raise KeyboardInterrupt

        signal.signal(signal.SIGINT, again)
        codes.append(ExitCode.INTERRUPTED)
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGINT, interrupted)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def prepare_streams() -> None:
    """Make the standard streams such that each fault in them ends in one way.

    A descriptor that was closed is opened on the null device the wrong way round, so that reading or writing fails as it
    does for any broken stream. Otherwise the next file that is opened would take its place.
    """
    for number, mode in ((0, os.O_WRONLY), (1, os.O_RDONLY), (2, os.O_WRONLY)):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, mode)
    sys.stdin = _text(sys.stdin, _Input(0, "rb", closefd=False), io.BufferedReader)
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")  # an answer that is no text of this terminal is asked for again
    sys.stdout = _text(sys.stdout, _Output(1, "wb", closefd=False), io.BufferedWriter)
    sys.stderr = _text(sys.stderr, _Messages(2, "wb", closefd=False), io.BufferedWriter)
    sys.unraisablehook = _unraisable


def _text(stream: Any, raw: io.FileIO, buffered: Any) -> io.TextIOWrapper:
    if sys.platform == "win32" and stream is not None and stream.isatty():
        return stream  # type: ignore[no-any-return]  # a console of Windows takes text and no bytes
    encoding, errors = (stream.encoding, stream.errors) if stream is not None else ("utf-8", "backslashreplace")
    return io.TextIOWrapper(buffered(raw), encoding=encoding, errors=errors, line_buffering=True)


def _unraisable(fault: Any) -> None:
    """Say nothing of an exception in a place that Python cannot end, such as an interrupt while memory is freed."""


class _Input(io.FileIO):
    """Standard input. What cannot be read is refused in one sentence."""

    def readinto(self, buffer: Any) -> int | None:
        try:
            return super().readinto(buffer)
        except OSError as error:
            raise InputRefused([f"standard input: cannot be read ({error.strerror}); name a file, or pipe one in"]) from None

    def readall(self) -> bytes:
        return b"".join(iter(lambda: self.read(1 << 16), b""))

    def read(self, size: int | None = -1) -> bytes:
        if size is None or size < 0:
            return self.readall()
        buffer = bytearray(size)
        return bytes(buffer[: self.readinto(buffer) or 0])


class _Output(io.FileIO):
    """Standard output. The first fault is refused in one sentence; what follows is dropped."""

    is_broken = False

    def write(self, data: Any) -> int:
        leave_if_another()
        if self.is_broken:
            return len(data)
        try:
            return super().write(data)
        except OSError as error:
            self.is_broken = True
            raise OutputRefused(f"standard output: cannot be written ({error.strerror})") from None


class _Messages(io.FileIO):
    """Standard error. A message that cannot be written changes nothing."""

    def write(self, data: Any) -> int:
        try:
            return super().write(data)
        except OSError:
            return len(data)

"""The errors that this program raises, and its exit codes."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from enum import IntEnum


class ExitCode(IntEnum):
    """The exit codes of the program. No flag changes the meaning of a code."""

    OK = 0
    """The audit is complete and the gate is satisfied."""
    GATE = 1
    """The audit is complete and the gate is not satisfied."""
    USAGE = 2
    """The command line is wrong."""
    INPUT = 3
    """The profile or another input was refused."""
    INCOMPLETE = 4
    """A rule or plugin failed, or no weighted criterion could be determined."""
    OUTPUT = 5
    """The output could not be written."""
    VERIFICATION = 6
    """A verification failed."""
    INTERRUPTED = 130
    """Somebody interrupted the program."""


_WORST_FIRST = (130, 5, 4, 6, 3, 2, 1, 0)


def worst(codes: Iterable[int]) -> int:
    """The code that counts where a run ends in several ways at once."""
    return min(codes, key=_WORST_FIRST.index)


_LONGEST = 2_000


def one_line(text: str) -> str:
    """A message as one line of a length that can be read: control characters become spaces, and a long middle is left out."""
    shown = text if text.isprintable() else "".join(one if one.isprintable() or one >= "\ud800" else " " for one in text)
    return shown if len(shown) <= _LONGEST else f"{shown[: _LONGEST // 2]} … {shown[-_LONGEST // 2 :]}"


class EngagecheckError(Exception):
    """The base class of every error that this program raises on purpose. Its text is for the user."""

    exit_code = ExitCode.INCOMPLETE


class InputRefused(EngagecheckError):
    """Raised when a document cannot be accepted. `complaints` has one line for each mistake."""

    exit_code = ExitCode.INPUT

    def __init__(self, complaints: list[str]) -> None:
        self.complaints = tuple(map(one_line, complaints))
        super().__init__("\n".join(self.complaints))

    def __reduce__(self) -> tuple[type, tuple[list[str]]]:
        return type(self), (list(self.complaints),)  # a worker process may raise it


class UsageRefused(EngagecheckError):
    """Raised when a request names something that does not exist, or combines things that conflict."""

    exit_code = ExitCode.USAGE


class OutputRefused(EngagecheckError):
    """Raised when a report cannot be written."""

    exit_code = ExitCode.OUTPUT


class VerificationFailed(EngagecheckError):
    """Raised when a report or a history was altered."""

    exit_code = ExitCode.VERIFICATION


class RuleRefused(EngagecheckError):
    """Raised when a rule is declared wrongly. The text tells its author what to change."""


@contextmanager
def needs_extra(extra: str, what: str) -> Iterator[None]:
    """Import the libraries of an extra. Raises `UsageRefused` if they are not installed. `what` needs them."""
    try:
        yield
    except ImportError:
        raise UsageRefused(f"{what}: this needs the extra '{extra}': python -m pip install 'engagecheck[{extra}]'") from None


def text_of(error: BaseException) -> str:
    """The kind and the text of an exception. It may fail when it is asked for its text."""
    try:
        return f"{type(error).__name__}: {error}".strip().rstrip(":")
    except Exception:
        return type(error).__name__

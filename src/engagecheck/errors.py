"""What can go wrong, and the exit code that says so."""

from enum import IntEnum


class ExitCode(IntEnum):
    """The exit codes of the program. A code never changes its meaning with a flag."""

    OK = 0
    """The audit is complete and the gate is satisfied."""
    GATE = 1
    """The audit is complete and the gate is not satisfied."""
    USAGE = 2
    """The command line is wrong."""
    INPUT = 3
    """The profile or another input was refused."""
    INCOMPLETE = 4
    """A rule or plugin failed, or not one weighted criterion could be determined."""
    OUTPUT = 5
    """The output could not be written."""
    VERIFICATION = 6
    """A verification failed."""


class EngagecheckError(Exception):
    """The parent of every error that this program raises on purpose; its text is meant for the user."""

    exit_code = ExitCode.INCOMPLETE


class InputRefused(EngagecheckError):
    """Raised when a document cannot be accepted. `complaints` holds one line for each thing that is wrong."""

    exit_code = ExitCode.INPUT

    def __init__(self, complaints: list[str]) -> None:
        self.complaints = tuple(complaints)
        super().__init__("\n".join(complaints))

    def __reduce__(self) -> tuple[type, tuple[list[str]]]:
        return type(self), (list(self.complaints),)  # it may come from another process


class UsageRefused(EngagecheckError):
    """Raised when what is asked for does not exist or does not go together."""

    exit_code = ExitCode.USAGE


class OutputRefused(EngagecheckError):
    """Raised when a report cannot be written."""

    exit_code = ExitCode.OUTPUT


class VerificationFailed(EngagecheckError):
    """Raised when something is not what it says it is: a report or a history that was altered."""

    exit_code = ExitCode.VERIFICATION


class RuleRefused(EngagecheckError):
    """Raised when a rule is declared wrongly; the text tells its author what to change."""

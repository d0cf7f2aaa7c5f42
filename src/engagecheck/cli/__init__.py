"""The command line. It parses arguments, calls the library and prints. It makes no decisions of its own.

Each command has its own file, which is imported only when the command is called.
"""

import re
import signal
import sys
from importlib import import_module

import click

from engagecheck.cli import parent
from engagecheck.cli.ending import prepare_streams, run_to_the_end
from engagecheck.errors import ExitCode, UsageRefused
from engagecheck.inputs import remembered
from engagecheck.model.report import VERSION

COMMANDS = (
    "serve",
    "workplace",
    "new",
    "import",
    "merge",
    "status",
    "validate",
    "audit",
    "render",
    "sign-off",
    "roll-forward",
    "whatif",
    "compare",
    "trend",
    "benchmark",
    "history",
    "verify",
    "convert",
    "views",
    "self",
    "rules",
    "plugin",
    "schema",
)
"""In the order in which people need them: fill in, audit, follow up, compare, check; then what developers need."""
NO_DOCSTRINGS = 2
"""The level of `python -O` that removes docstrings. A measure says in its docstring what it measures."""


class Commands(click.Group):
    """A group that imports a command only when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002, D102
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002, D102
        if cmd_name not in COMMANDS:
            return None
        module = "import_" if cmd_name == "import" else cmd_name.replace("-", "_")
        command: click.Command = import_module(f"{__name__}.{module}").command
        return command


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(VERSION, prog_name="engagecheck")
def engagecheck() -> None:
    """Audit, from evidence, how far an organisation's doctors are engaged in leading and improving care.

    Start with: engagecheck new profile.xlsx
    """


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and end the process with its exit code. Errors are sentences on standard error."""
    prepare_streams()
    parent.is_command()
    code = run(arguments)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # everything is done; Python's own ending must not be cut short
    parent.came_to_its_end(code)
    sys.exit(code)


def run(arguments: list[str] | None = None) -> int:
    """Run the command line and return the exit code. `ending` says how it ends, and click has no part in that."""

    def command() -> int:
        if sys.flags.optimize >= NO_DOCSTRINGS:
            raise UsageRefused("python -OO removes the docstrings that rules are read by; run it without -OO")
        _refuse_empty(sys.argv[1:] if arguments is None else arguments)
        with remembered():
            return engagecheck.main(arguments, prog_name="engagecheck", standalone_mode=False) or ExitCode.OK

    return run_to_the_end(command)


def _refuse_empty(arguments: list[str]) -> None:
    """Refuse an argument without any text: it would name the current folder, or be as if its option were not there."""
    for before, one in zip(["engagecheck", *arguments], arguments, strict=False):
        if not one or re.fullmatch("--[a-z-]+=", one):
            raise UsageRefused(f"the value after {one or before} is empty; give one, or leave it out (is a variable not set?)")

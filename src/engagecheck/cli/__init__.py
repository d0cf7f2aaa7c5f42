"""The command line. It parses arguments, calls the library and prints. It makes no decisions of its own.

Each command has its own file, which is imported only when the command is called.
"""

import sys
from importlib import import_module

import click

from engagecheck.errors import EngagecheckError, ExitCode
from engagecheck.model.report import VERSION

COMMANDS = (
    "new", "import", "validate", "audit", "render", "whatif", "compare", "trend", "history", "benchmark", "verify",
    "convert", "merge", "status", "sign-off", "rules", "plugin", "schema", "views", "self",
)
INTERRUPTED = 130
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
    sys.exit(run(arguments))


def run(arguments: list[str] | None = None) -> int:
    """Run the command line and return the exit code.

    Click would exit with 1 after an interrupt or a closed pipe. Here 1 always means that the gate is not satisfied.
    """
    if sys.flags.optimize >= NO_DOCSTRINGS:
        click.echo("python -OO removes the docstrings that rules are read by; run it without -OO", err=True)
        return ExitCode.USAGE
    try:
        return engagecheck.main(arguments, prog_name="engagecheck", standalone_mode=False) or ExitCode.OK
    except EngagecheckError as error:
        click.echo(str(error), err=True)
        return error.exit_code
    except click.ClickException as error:
        error.show()
        return ExitCode.USAGE
    except (click.Abort, KeyboardInterrupt):
        click.echo("Interrupted.", err=True)
        return INTERRUPTED

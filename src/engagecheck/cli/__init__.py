"""The command line: it parses, calls, prints, and decides nothing. One file a command, loaded when called."""

import gc
import sys
from importlib import import_module

from engagecheck import __version__
from engagecheck.errors import EngagecheckError, ExitCode
from engagecheck.model import late

late.for_others()
import click  # noqa: E402 (after what it need not import)

COMMANDS = (
    "new", "import", "validate", "audit", "render", "whatif", "compare", "trend", "history", "benchmark", "verify",
    "convert", "rules", "plugin", "schema", "views",
)
INTERRUPTED = 130


class Commands(click.Group):
    """A group whose commands are imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002, D102
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002, D102
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"{__name__}.{cmd_name.replace('import', 'import_')}").command
        return command


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="engagecheck")
def engagecheck() -> None:
    """Audit, from evidence, how far an organisation's doctors are engaged in leading and improving care.

    Start with: engagecheck new profile.xlsx
    """


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and end the process with its exit code; errors are sentences on standard error."""
    gc.disable()  # a command makes little garbage and ends soon; what goes on for long turns it on again
    code = run(arguments)
    gc.freeze()  # nothing is looked over once more at the end
    sys.exit(code)


def run(arguments: list[str] | None = None) -> int:
    """Run the command line; the exit code. Click's own codes for interrupts and closed pipes are not used: they say 1."""
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

"""`engagecheck rules`."""

import click

from engagecheck import catalogue
from engagecheck.cli.options import plugin_options, registry_of
from engagecheck.cli.output import terminal_style, to_terminal
from engagecheck.errors import ExitCode


@click.command("rules")
@click.argument("name", required=False, metavar="[ID]")
@plugin_options
def command(
    name: str | None, folders: tuple[str, ...], without: tuple[str, ...], no_plugins: bool
) -> int:
    """List the rules; with an ID, say everything about that rule or criterion."""
    registry = registry_of(folders, without, no_plugins)
    text = catalogue.of(name, registry, terminal_style()) if name else catalogue.listed(registry, terminal_style())
    to_terminal(text.encode())
    for problem in registry.problems:
        click.echo(f"{problem.where}: {problem.message}", err=True)
    return ExitCode.INCOMPLETE if registry.problems else ExitCode.OK

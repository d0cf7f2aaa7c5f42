"""`engagecheck rules`."""

from pathlib import Path

import click

from engagecheck.cli.files import write_whole
from engagecheck.cli.options import plugin_options, registry_for
from engagecheck.cli.output import terminal_style, to_terminal
from engagecheck.cli.say import echo
from engagecheck.errors import ExitCode
from engagecheck.papers import catalogue


@click.command("rules")
@click.argument("name", required=False, metavar="[ID]")
@click.option("--markdown", metavar="FOLDER", help="Write a page for each rule, and an index, into this folder.")
@plugin_options
def command(
    name: str | None, markdown: str | None, folders: tuple[str, ...], without: tuple[str, ...], no_plugins: bool
) -> int:
    """List the rules, or explain one rule or question."""
    registry = registry_for(folders, without, no_plugins)
    if markdown:
        for page, text in catalogue.markdown(registry).items():
            write_whole(Path(markdown) / page, text)
        return ExitCode.OK
    text = catalogue.of(name, registry, terminal_style()) if name else catalogue.listed(registry, terminal_style())
    to_terminal(text)
    for problem in registry.problems:
        echo(f"{problem.where}: {problem.message}", err=True)
    return ExitCode.INCOMPLETE if registry.problems else ExitCode.OK

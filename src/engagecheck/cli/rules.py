"""`engagecheck rules`."""

from pathlib import Path

import click

from engagecheck.cli.files import write_whole
from engagecheck.cli.options import plugin_options, registry_for
from engagecheck.cli.output import terminal_style, to_terminal
from engagecheck.cli.say import echo
from engagecheck.errors import ExitCode, OutputRefused
from engagecheck.inputs import read_bytes
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
        pages = {Path(markdown) / page: text for page, text in catalogue.markdown(registry).items()}
        for path in pages:
            if path.exists() and catalogue.NOTICE.encode() not in read_bytes(path):
                raise OutputRefused(f"{path}: is no page of this command, and is left as it is; name another folder")
        for path, text in pages.items():
            write_whole(path, text, replaces=path)
        return ExitCode.OK
    text = catalogue.of(name, registry, terminal_style()) if name else catalogue.listed(registry, terminal_style())
    to_terminal(text)
    for problem in registry.problems:
        echo(f"{problem.where}: {problem.message}", err=True)
    return ExitCode.INCOMPLETE if registry.problems else ExitCode.OK

"""`engagecheck validate`."""

import click

from engagecheck.cli.options import plugin_options, profile_from, registry_of
from engagecheck.errors import ExitCode, InputRefused
from engagecheck.lint import notes


@click.command("validate")
@click.argument("profiles", nargs=-1, required=True, metavar="PROFILE...")
@plugin_options
def command(
    profiles: tuple[str, ...], folders: tuple[str, ...], without: tuple[str, ...], no_plugins: bool
) -> int:
    """Check profiles without auditing them: every mistake with its line and column."""
    registry = registry_of(folders, without, no_plugins)
    refused = 0
    for source in profiles:
        try:
            found = profile_from(source, registry)
        except InputRefused as error:
            refused += 1
            click.echo(str(error), err=True)
        else:
            click.echo(f"{found.origin.name}: a valid profile of {found.organisation.name}, as of {found.as_of}")
            for note in notes(found):
                click.echo(f"{found.origin.name}: note: {note}")
    return ExitCode.INPUT if refused else ExitCode.OK

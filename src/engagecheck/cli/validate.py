"""`engagecheck validate`."""

import click

from engagecheck.analysis.notes import Note, notes
from engagecheck.cli.options import plugin_options, profile_from, registry_of
from engagecheck.errors import ExitCode, InputRefused
from engagecheck.model.profile import Profile


@click.command("validate")
@click.argument("profiles", nargs=-1, required=True, metavar="PROFILE...")
@click.option("--strict", is_flag=True, help="Take notes for mistakes: exit with 3 if there is any.")
@plugin_options
def command(
    profiles: tuple[str, ...], strict: bool, folders: tuple[str, ...], without: tuple[str, ...], no_plugins: bool
) -> int:
    """Check profiles without auditing them: every mistake with its line or cell, and notes on what to ask."""
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
            noted = list(notes(found, registry))
            refused += strict and bool(noted)
            for note in noted:
                click.echo(f"{_place(found, note)}: note: {note.text}", err=strict)
    return ExitCode.INPUT if refused else ExitCode.OK


def _place(profile: Profile, note: Note) -> str:
    """Where a note points: the line or cell of the fact, or of the nearest group around it."""
    pointer, origin = note.pointer, profile.origin
    while pointer and pointer not in origin.lines and pointer not in origin.cells:
        pointer = pointer.rpartition("/")[0]
    line, cell = origin.lines.get(pointer), origin.cells.get(pointer)
    return f"{origin.name}: {cell}" if cell else f"{origin.name}:{line}" if line else origin.name

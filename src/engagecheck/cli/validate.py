"""`engagecheck validate`."""

import click

from engagecheck.analysis.notes import Note, notes
from engagecheck.cli.ending import mistakes
from engagecheck.cli.options import load, plugin_options, registry_for
from engagecheck.cli.say import echo
from engagecheck.errors import ExitCode, InputRefused, worst
from engagecheck.intake.load import line_numbers
from engagecheck.model.labels import day
from engagecheck.model.profile import Profile


@click.command("validate")
@click.argument("profiles", nargs=-1, required=True, metavar="PROFILE...")
@click.option("--strict", is_flag=True, help="Treat notes as mistakes: exit with 3 if there are any.")
@plugin_options
def command(
    profiles: tuple[str, ...], strict: bool, folders: tuple[str, ...], without: tuple[str, ...], no_plugins: bool
) -> int:
    """Find the mistakes in profiles without auditing them.

    Each mistake is named with its line or cell. Notes say what a reader would ask.
    """
    registry = registry_for(folders, without, no_plugins)
    refused = 0
    for source in profiles:
        try:
            profile = load(source, registry)
        except InputRefused as error:
            refused += 1
            echo(mistakes(error), err=True)
        else:
            when = day(profile.as_of.isoformat())
            echo(f"{profile.origin.name}: a valid profile of {profile.organisation.name}, as of {when}")
            for line in profile.origin.understood:
                echo(f"{profile.origin.name}: {line}")
            profile_notes = list(notes(profile, registry))
            refused += strict and bool(profile_notes)
            for note in profile_notes:
                echo(f"{_place(profile, note)}: note: {note.text}", err=strict)
    for problem in registry.problems:
        echo(f"{problem.where}: {problem.message}", err=True)
    return worst([ExitCode.INPUT if refused else ExitCode.OK, ExitCode.INCOMPLETE if registry.problems else ExitCode.OK])


def _place(profile: Profile, note: Note) -> str:
    """The line or cell of the fact that a note is about. If that is unknown, it is the place of the closest enclosing group."""
    pointer, origin, lines = note.pointer, profile.origin, line_numbers(profile.origin)
    while pointer and pointer not in lines and pointer not in origin.cells:
        pointer = pointer.rpartition("/")[0]
    line, cell = lines.get(pointer), origin.cells.get(pointer)
    return f"{origin.name}: {cell}" if cell else f"{origin.name}:{line}" if line else origin.name

"""`engagecheck workplace`."""

from pathlib import Path

import click

from engagecheck.cli.serve import FOLDER_HELP, refuse_without_extra
from engagecheck.model.labels import plural


@click.group("workplace")
def command() -> None:
    """Back up and restore the workplace of engagecheck serve."""


@command.command("backup")
@click.argument("target", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--folder", type=click.Path(path_type=Path), metavar="FOLDER", help=FOLDER_HELP)
def backup(target: Path, folder: Path | None) -> None:
    """Write everything into one new FILE, also while the workplace runs.

    It holds the database and the files of evidence, but not the key. Keep it as safe as the folder itself.
    """
    refuse_without_extra("workplace backup")
    from engagecheck.web.backup import back_up
    from engagecheck.web.folder import open_folder

    count = back_up(open_folder(folder), target)
    click.echo(f"Written: {target} ({plural(count, 'file')} of evidence)", err=True)


@command.command("restore")
@click.argument("source", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--folder", type=click.Path(path_type=Path), metavar="FOLDER", help=FOLDER_HELP)
def restore(source: Path, folder: Path | None) -> None:
    """Restore a backup FILE into a folder that has no workplace yet."""
    refuse_without_extra("workplace restore")
    from engagecheck.web import backup as backups
    from engagecheck.web.folder import open_folder

    opened = open_folder(folder)
    count = backups.restore(source, opened)
    click.echo(f"Restored into {opened.path} ({plural(count, 'file')} of evidence). Now: engagecheck serve", err=True)

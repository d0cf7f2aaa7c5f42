"""`engagecheck workplace`."""

import sys
from pathlib import Path

import click

from engagecheck.cli.say import echo_line
from engagecheck.cli.serve import FOLDER_HELP, refuse_without_extra
from engagecheck.errors import UsageRefused
from engagecheck.model.labels import plural


@click.group("workplace")
def command() -> None:
    """Back up and restore the workplace of engagecheck serve, and make its users."""


@command.command("backup")
@click.argument("target", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--folder", type=click.Path(path_type=Path), metavar="FOLDER", help=FOLDER_HELP)
def backup(target: Path, folder: Path | None) -> None:
    """Write everything into one new FILE, also while the workplace runs.

    It holds the database and the files of evidence, but not the key. Keep it as safe as the folder itself.
    """
    refuse_without_extra("workplace backup")
    from engagecheck.web.backup.making import back_up

    count = back_up(folder, target)
    echo_line(f"Written: {target} ({plural(count, 'file')} of evidence)")


@command.command("restore")
@click.argument("source", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--folder", type=click.Path(path_type=Path), metavar="FOLDER", help=FOLDER_HELP)
def restore(source: Path, folder: Path | None) -> None:
    """Restore a backup FILE into a folder, and a database, that have no workplace yet."""
    refuse_without_extra("workplace restore")
    from engagecheck.web.backup import restoring

    opened, count = restoring.restore(source, folder)
    echo_line(f"Restored into {opened.path} ({plural(count, 'file')} of evidence). Now: engagecheck serve")


@command.command("user")
@click.argument("name")
@click.option("--administrator", "is_administrator", is_flag=True, help="May make users, and nothing else.")
@click.option("--auditor", "is_auditor", is_flag=True, help="May read every assessment.")
@click.option("--begins", "may_begin", is_flag=True, help="May begin assessments, and leads those.")
@click.option("--folder", type=click.Path(path_type=Path), metavar="FOLDER", help=FOLDER_HELP)
def user(name: str, folder: Path | None, **rights: bool) -> None:
    """Make a user called NAME, or give one who is there a new password.

    The password is asked for, or read as one line from standard input. It is never an argument. The first user should be an
    administrator, who makes the others in the browser.
    """
    refuse_without_extra("workplace user")
    from engagecheck.web.server import add_user

    is_new = add_user(folder, name, rights, _password())
    echo_line(f"{'Made' if is_new else 'Changed'}: {name}. Now: engagecheck serve")


def _password() -> str:
    """A password, asked for twice at a terminal, and otherwise one line of standard input."""
    if sys.stdin.isatty():
        return str(click.prompt("Password", hide_input=True, confirmation_prompt="The same again", err=True))
    line = sys.stdin.readline().rstrip("\r\n")
    if not line:
        raise UsageRefused("workplace user: give the password as one line on standard input, or start it in a terminal")
    return line

"""The one place that prints messages: no text of a file or a plugin can steer the terminal."""

import click

from engagecheck.errors import one_line
from engagecheck.rules.reporter import clean


def echo(text: str = "", *, nl: bool = True, err: bool = False) -> None:
    """Print a message of one or more lines, with every line clean. Bytes of a file's name that are no text become escapes."""
    text = text.encode("utf-8", "backslashreplace").decode()
    click.echo("\n".join(map(clean, text.split("\n"))), nl=nl, err=err)


def echo_line(text: str) -> None:
    """Print a message about a file or another named thing to standard error, as one line whatever the name holds."""
    echo(one_line(text), err=True)

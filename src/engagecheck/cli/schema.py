"""`engagecheck schema`."""

import click

from engagecheck.cli.output import to_terminal
from engagecheck.validation import NAMES, schema_text


@click.command("schema")
@click.argument("name", type=click.Choice(NAMES))
def command(name: str) -> None:
    """Print the JSON Schema of a profile or of a report."""
    to_terminal(schema_text(name).encode())

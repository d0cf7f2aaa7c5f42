"""`engagecheck schema`."""

import click

from engagecheck.cli.output import to_terminal
from engagecheck.errors import UsageRefused
from engagecheck.intake.writing import guide
from engagecheck.model.schema import NAMES, schema_text


@click.command("schema")
@click.argument("name", type=click.Choice(NAMES))
@click.option("--markdown", is_flag=True, help="Print the questions of a profile as a page to read instead.")
def command(name: str, markdown: bool) -> None:
    """Print the JSON Schema of a profile or a report."""
    if markdown and name != "profile":
        raise UsageRefused("schema --markdown: only the profile has questions")
    to_terminal(guide() if markdown else schema_text(name))

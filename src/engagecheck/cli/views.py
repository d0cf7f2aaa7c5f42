"""`engagecheck views`."""

import click

from engagecheck.cli.output import json_text, to_terminal
from engagecheck.errors import UsageRefused
from engagecheck.inputs import read_bytes
from engagecheck.intake.importers.views import answers
from engagecheck.intake.survey import template
from engagecheck.intake.tables import read_source
from engagecheck.intake.tables.limits import MAX_BYTES


@click.command("views")
@click.argument("responses", required=False)
@click.option("--template", "wants_template", is_flag=True, help="Print an empty survey export with the questions.")
def command(responses: str | None, wants_template: bool) -> None:
    """Sum up a survey of individuals by group.

    RESPONSES is a CSV file with a row for each person. Nobody can be identified in the result.

    To put them into a profile: engagecheck import views RESPONSES --into PROFILE
    """
    if wants_template:
        to_terminal(template().encode())
        return
    if responses is None:
        raise UsageRefused("views: name the survey export, or ask for --template")
    (summary,) = answers.read(read_source(responses, read_bytes(responses, MAX_BYTES)), {})
    to_terminal(json_text(summary.facts["perceptions"]).encode())

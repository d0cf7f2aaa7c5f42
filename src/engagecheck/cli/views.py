"""`engagecheck views`."""

import click

from engagecheck.cli.output import json_text, to_terminal
from engagecheck.errors import UsageRefused
from engagecheck.intake.importers.views import answers, template
from engagecheck.intake.tables import open_source


@click.command("views")
@click.argument("responses", required=False)
@click.option("--template", "wants_template", is_flag=True, help="Print an empty survey export with the questions.")
def command(responses: str | None, wants_template: bool) -> None:
    """Sum up a survey of individuals by group.

    RESPONSES is a CSV file with a row for each person. Nobody can be identified in the result.

    To put them into a profile: engagecheck import views RESPONSES --into PROFILE
    """
    if wants_template:
        to_terminal(template())
        return
    if responses is None:
        raise UsageRefused("views: name the survey export, or ask for --template")
    (summary,) = answers.read(open_source(responses), {})
    to_terminal(json_text(summary.facts["perceptions"]))

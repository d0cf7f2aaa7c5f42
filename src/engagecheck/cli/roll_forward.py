"""`engagecheck roll-forward`."""

from pathlib import Path

import click

from engagecheck.cli.files import may_write, write_file
from engagecheck.cli.options import day_of
from engagecheck.cli.profiles import read_profile, refuse_invalid
from engagecheck.cli.say import echo
from engagecheck.intake.workflow.roll_forward import roll_forward
from engagecheck.intake.writing import write_document
from engagecheck.model.labels import plural
from engagecheck.model.profile import UNCONFIRMED


@click.command("roll-forward")
@click.argument("profile")
@click.option("--to", required=True, metavar="DATE", help="The date of next year's profile, such as 2027-03-31.")
@click.option("--output", metavar="FILE", help="The new file: .xlsx, .html or .json (default: with the date in its name).")
def command(profile: str, to: str, output: str | None) -> None:
    """Begin next year's profile from this year's.

    PROFILE is a .json or .xlsx file, and stays as it is.

    What was true once stays. Figures of a year are emptied, and last year's are shown beside them. All other answers are
    marked as last year's, and count as stated only until you confirm them. The sign-off goes.
    """
    document = read_profile(profile)
    path = Path(profile)
    day = day_of("--to", to)
    target = Path(output) if output else path.with_name(f"{path.stem}-{day}{path.suffix}")
    may_write(target)
    rolled = roll_forward(document, day)
    refuse_invalid(rolled, f"{target} (rolled forward)")
    write_file(target, write_document(rolled, target))
    last_year = rolled["last_year"]
    unconfirmed = sum(state == UNCONFIRMED for state in last_year["carried"].values())
    echo(
        f"Enter {plural(len(last_year['figures']), 'figure')} for this year. Confirm or correct "
        f"{plural(unconfirmed, 'answer')} from last year.",
        err=True,
    )

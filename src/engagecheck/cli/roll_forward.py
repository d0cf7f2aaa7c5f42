"""`engagecheck roll-forward`."""

from datetime import date
from pathlib import Path

import click

from engagecheck.cli.files import may_write, write_whole
from engagecheck.cli.say import echo
from engagecheck.errors import UsageRefused
from engagecheck.inputs import read_bytes
from engagecheck.intake.explain import open_document, valid_document
from engagecheck.intake.workflow.roll_forward import UNCONFIRMED, roll_forward
from engagecheck.intake.writing import as_text, write_document
from engagecheck.model.dates import date_typed
from engagecheck.model.labels import plural


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
    document = valid_document(open_document(read_bytes(profile), profile))
    path = Path(profile)
    day = _day(to)
    target = Path(output) if output else path.with_name(f"{path.stem}-{day}{path.suffix}")
    may_write(target)
    rolled = roll_forward(document, day)
    valid_document(open_document(as_text(rolled), f"{target} (rolled forward)"))
    write_whole(target, write_document(rolled, target))
    last_year = rolled["last_year"]
    unconfirmed = sum(state == UNCONFIRMED for state in last_year["carried"].values())
    echo(
        f"Written: {target}\n"
        f"Enter {plural(len(last_year['figures']), 'figure')} for this year. Confirm or correct "
        f"{plural(unconfirmed, 'answer')} from last year.",
        err=True,
    )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(date_typed(text))
    except ValueError:
        raise UsageRefused(f"--to {text}: this is not a day; enter a day like 31 March 2027") from None

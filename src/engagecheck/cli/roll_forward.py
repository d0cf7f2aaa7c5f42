"""`engagecheck roll-forward`."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from engagecheck.cli.files import may_write, write_file
from engagecheck.cli.options import day_of
from engagecheck.cli.profiles import read_profile, refuse_invalid
from engagecheck.cli.say import echo
from engagecheck.intake.load import unconfirmed_in
from engagecheck.intake.workflow.roll_forward import roll_forward
from engagecheck.intake.writing import write_document
from engagecheck.model.labels import plural


@click.command("roll-forward")
@click.argument("profile")
@click.option("--to", required=True, metavar="DATE", help="The date of next year's profile, such as 2027-03-31.")
@click.option("--output", metavar="FILE", help="The new file: .xlsx, .html or .json (default: with the date in its name).")
def command(profile: str, to: str, output: str | None) -> None:
    """Begin next year's profile from this year's.

    PROFILE is a .json or .xlsx file, and stays as it is.

    What was true once stays. Figures of a year are emptied, and last year's are shown beside them. All other answers are
    marked as last year's, and count as stated only until you confirm them. The sign-off goes, and so do accepted gaps and
    attestations that end before, and reasons for withholding an answer.
    """
    document = read_profile(profile)
    path = Path(profile)
    day = day_of("--to", to)
    target = Path(output) if output else path.with_name(f"{path.stem}-{day}{path.suffix}")
    may_write(target)
    rolled = roll_forward(document, day)
    refuse_invalid(rolled, f"{target} (rolled forward)")
    write_file(target, write_document(rolled, target))
    figures, answers = len(rolled["last_year"]["figures"]), len(unconfirmed_in(rolled))
    echo(
        f"Enter {plural(figures, 'figure')} for this year. Confirm or correct {plural(answers, 'answer')} from last year.",
        err=True,
    )
    for what, held in (("accepted gap", _gaps), ("attestation", _attestations), ("withheld answer", _withheld)):
        if gone := held(document) - held(rolled):
            echo(f"Not taken over, and still in {profile}: {plural(gone, what)}.", err=True)


def _gaps(document: Mapping[str, Any]) -> int:
    return len(document.get("accepted_gaps", ()))


def _attestations(document: Mapping[str, Any]) -> int:
    return len(document.get("attestations", ()))


def _withheld(document: Mapping[str, Any]) -> int:
    return sum(len(section.get("withheld", ())) for section in document.values() if isinstance(section, Mapping))

"""`engagecheck convert`."""

from pathlib import Path

import click

from engagecheck.cli.files import may_write, write_file
from engagecheck.cli.profiles import read_profile
from engagecheck.intake.writing import write_document


@click.command("convert")
@click.argument("profile")
@click.argument("target")
@click.option("--overwrite", is_flag=True, help="Replace TARGET if it exists.")
def command(profile: str, target: str, overwrite: bool) -> None:
    """Save a profile as a workbook, a form or JSON.

    PROFILE is a .json or .xlsx file. TARGET is .json, .xlsx (a workbook) or .html (a form).

    The new file has every fact, note and piece of evidence. Anything else in a workbook is left out.
    """
    may_write(Path(target), overwrite=overwrite)
    write_file(Path(target), write_document(read_profile(profile), target))

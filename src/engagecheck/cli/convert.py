"""`engagecheck convert`."""

from pathlib import Path

import click

from engagecheck.cli.output import may_write, write_whole
from engagecheck.errors import InputRefused
from engagecheck.intake.load import complaints, file_bytes, opened
from engagecheck.intake.writing import written


@click.command("convert")
@click.argument("profile")
@click.argument("target")
@click.option("--overwrite", is_flag=True, help="Replace TARGET if it exists.")
def command(profile: str, target: str, overwrite: bool) -> None:
    """Write a PROFILE (.json or .xlsx) as TARGET: .json, .xlsx (a workbook) or .html (a form).

    Every fact, remark and piece of evidence of the profile is in the new file; what else stood in a workbook is not.
    """
    may_write(Path(target), overwrite=overwrite)
    file = opened(file_bytes(profile), profile)
    wrong = complaints(file)
    if wrong:
        raise InputRefused(wrong)
    write_whole(Path(target), written(file.document, target))
    click.echo(f"Written: {target}", err=True)

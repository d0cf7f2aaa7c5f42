"""`engagecheck merge`."""

import sys
from pathlib import Path
from typing import Any

import click

from engagecheck.cli.profiles import read_profile, refuse_invalid, save_document
from engagecheck.cli.say import echo
from engagecheck.errors import InputRefused
from engagecheck.inputs import is_there, read_bytes
from engagecheck.intake.differences import WITH_NEW, Difference
from engagecheck.intake.merge import ENTERED
from engagecheck.intake.workflow.parts import merge_parts, read_part
from engagecheck.model.labels import plural
from engagecheck.rules.reporter import clean

Json = Any
PART = "part"


@click.command("merge")
@click.argument("parts", nargs=-1, required=True, metavar="PART...")
@click.option("--into", required=True, metavar="PROFILE", help="The profile (.json or .xlsx). A new one is created.")
@click.option(
    "--prefer", type=click.Choice([ENTERED, PART]), help="Where two answers differ: keep what is there, or take the part's."
)
def command(parts: tuple[str, ...], into: str, prefer: str | None) -> None:
    """Put together the parts that colleagues filled in.

    Each PART is a workbook, or the JSON that a form saved.

    Nothing that is there is overwritten. Where two answers differ, you see who said what, and choose.
    """
    target = Path(into)
    profile = read_profile(into) if is_there(target) else {}
    shared, opened = profile, []
    for name in parts:
        part = read_part(read_bytes(name), name, shared)
        opened.append((name, part))
        shared = {**part, **shared}
    is_asked = not prefer and sys.stdin.isatty()
    merged = merge_parts(profile, into, opened, _ask if is_asked else lambda _: prefer == PART)
    said = [one for one in merged.differences if one.because or not is_asked]
    if not prefer and any(not one.because for one in said):
        echo("\n".join(one.in_words() for one in said), err=True)
        raise InputRefused([f"{into}: nothing was changed; choose with --prefer {ENTERED} or --prefer {PART}"])
    refuse_invalid(merged.document, f"{into} (with the parts)")
    save_document(target, merged.document)
    for one in said:
        kept = "what was there" if prefer == ENTERED else WITH_NEW if one.imported_by == WITH_NEW else "the part"
        echo(one.in_words() if one.because else f"{one.in_words()}. Kept: {kept}", err=True)
    echo(f"Merged {plural(len(parts), 'part')} into {into}", err=True)


def _ask(difference: Difference) -> bool:
    echo(difference.in_words(), err=True)
    text = f"Which is right: 1 ({difference.entered_by}) or 2 ({difference.imported_by})?"
    return click.prompt(clean(text), type=click.Choice(["1", "2"]), show_choices=False, err=True) == "2"

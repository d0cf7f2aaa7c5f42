"""`engagecheck new`."""

from pathlib import Path

import click

from engagecheck.cli.output import may_write, write_whole
from engagecheck.errors import UsageRefused
from engagecheck.intake.writing import as_text, skeleton, write_document

CHECKLIST = "self.html"
"""The name of a file that is the checklist for a medical leader, and no form for a profile."""


@click.command("new")
@click.argument("target", metavar="FILE")
@click.option("--blank", is_flag=True, help="With a .json file: write a skeleton with remarks instead of asking.")
def command(target: str, blank: bool) -> None:
    """Begin a profile: FILE.xlsx is a workbook, FILE.html a form for the browser, FILE.json asks questions here.

    Asking may be stopped at any time (Ctrl-C) and goes on where it stopped when the command is given again.

    self.html is no profile. It is the checklist for a medical leader, for the browser (on the terminal: engagecheck self).
    """
    path = Path(target)
    if blank and path.suffix.lower() != ".json":
        raise UsageRefused("new --blank: only a .json file can be written as a skeleton; a workbook or form is one already")
    if path.suffix.lower() == ".json" and not blank:
        from engagecheck.cli.prompts import ask

        ask(path)
        return
    may_write(path)
    if path.name.lower() == CHECKLIST:
        write_whole(path, _checklist())
        click.echo(f"Written: {target} (the checklist for a medical leader; a form for a profile needs another name)", err=True)
        return
    write_whole(path, as_text(skeleton()) if path.suffix.lower() == ".json" else write_document({}, path))
    click.echo(f"Written: {target}", err=True)


def _checklist() -> bytes:
    from engagecheck.papers.self_check import as_page
    from engagecheck.plugin_host.registry import installed

    return as_page(installed(third_party=False).rules).encode()

"""`engagecheck render`."""

from pathlib import Path

import click

from engagecheck.cli.options import STANDARD_INPUT, plugin_options, registry_of
from engagecheck.documents import file_bytes


@click.command("render")
@click.argument("report")
@click.option(
    "-f", "--format", "formats", multiple=True, metavar="FORMAT[=PATH]",
    help="As for audit; may be given several times (default: text).",
)
@click.option("--carry", metavar="OLD.xlsx", help="With -f xlsx=…: take over what people wrote in an older tracker.")
@plugin_options
def command(
    report: str, formats: tuple[str, ...], carry: str | None, folders: tuple[str, ...], without: tuple[str, ...],
    no_plugins: bool,
) -> None:
    """Make any format of a saved REPORT (JSON), without auditing again: the same bytes as at the audit.

    REPORT may be - for standard input.
    """
    import sys

    from engagecheck import saved
    from engagecheck.cli.output import targets, written
    from engagecheck.rendering import cleaned

    wanted = targets(formats or ("text",), registry_of(folders, without, no_plugins), carry)
    is_standard = report == STANDARD_INPUT
    raw = sys.stdin.buffer.read() if is_standard else file_bytes(Path(report))
    written(cleaned(saved.read(raw, "standard input" if is_standard else report)), wanted)

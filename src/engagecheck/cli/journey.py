"""What the commands that look beyond one audit share: reports from reports or profiles, and how they are written."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from engagecheck.cli.options import Setting
from engagecheck.cli.output import terminal_style, to_terminal
from engagecheck.documents import file_bytes, opened, read
from engagecheck.rendering import Style, cleaned
from engagecheck.report import Report, as_json

if TYPE_CHECKING:
    from collections.abc import Iterator

as_format = click.option(
    "-f", "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="How to print it."
)


def report_in(source: str, setting: Setting) -> Report:
    """The report in a file; a profile is audited for it."""
    from engagecheck import saved

    raw = file_bytes(Path(source))
    return report_of(raw, source, setting) if not saved.is_report(opened(raw, source).document) else saved.read(raw, source)


def report_of(raw: bytes, name: str, setting: Setting) -> Report:
    """The audit of a profile that was read already."""
    return setting.audit(read(raw, name, setting.registry))


def reports_under(source: str, setting: Setting) -> "Iterator[Report]":
    """The reports of a folder of profiles or reports, or of a file of JSON Lines with one of them a line."""
    from engagecheck import saved

    path = Path(source)
    if path.is_dir():
        for one in sorted((*path.glob("*.json"), *path.glob("*.xlsx"))):
            yield report_in(str(one), setting)
        return
    for number, line in enumerate(file_bytes(path).splitlines(), 1):
        if line.strip():
            name = f"{source}, line {number}"
            is_report = saved.is_report(opened(line, name).document)
            yield saved.read(line, name) if is_report else report_of(line, name, setting)


def printed(found: Any, form: str, text: Callable[[Any, Style], str]) -> None:
    """Print a result as text or as JSON."""
    clean = cleaned(found)
    if form == "json":
        to_terminal((json.dumps(as_json(clean), indent=2, ensure_ascii=False) + "\n").encode())
    else:
        to_terminal(text(clean, terminal_style()).encode())

"""What the commands that look beyond one audit share: reports from reports or profiles, and how they are written."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from engagecheck.cli.options import Setting
from engagecheck.cli.output import terminal_style, to_terminal, write_whole
from engagecheck.errors import ExitCode, InputRefused, UsageRefused
from engagecheck.intake.load import file_bytes, is_report, opened, read
from engagecheck.model.report import Report, as_json
from engagecheck.rules.reporter import Style, cleaned

if TYPE_CHECKING:
    from collections.abc import Iterator

as_format = click.option(
    "-f", "--format", "form", default="text", show_default=True, metavar="FORMAT[=FILE]",
    help="text or json; compare and trend also html. With =FILE into a file.",
)


def report_in(source: str, setting: Setting) -> Report:
    """The report in a file; a profile is audited for it."""
    raw = file_bytes(source)
    return _report(raw, source, setting, opened(raw, source).document)


def _report(raw: bytes, name: str, setting: Setting, document: Any) -> Report:
    from engagecheck.analysis import saved

    return saved.read(raw, name) if is_report(document) else setting.audit(read(raw, name, setting.registry))


def reports_under(source: str, setting: Setting, refused: list[str]) -> "Iterator[Report]":
    """The reports of a folder of profiles or reports, or of a file of JSON Lines with one of them a line.

    What is refused is added to `refused`, with the reason, and costs only itself.
    """
    for raw, name in _under(Path(source)):
        try:
            document = opened(raw, name).document
            if not (isinstance(document, dict) and set(document) & _NO_PEERS):
                yield _report(raw, name, setting, document)
        except InputRefused as error:
            refused.append(f"{error.complaints[0]} (not among the peers)")


_NO_PEERS = {"accepted_gaps", "attestations"}


def _under(path: Path) -> "Iterator[tuple[bytes, str]]":
    if path.is_dir():
        found = sorted(one for pattern in ("*.json", "*.xlsx") for one in path.glob(pattern) if one.is_file())
        yield from ((file_bytes(one), str(one)) for one in found)
        return
    raw = file_bytes(path)
    if path.suffix in (".json", ".xlsx"):
        yield raw, str(path)
        return
    for number, line in enumerate(raw.splitlines(), 1):
        if line.strip():
            yield line, f"{path}, line {number}"


def faults(*reports: Report) -> ExitCode:
    """Name the faults in the tool or its plugins that these reports tell of; the exit code that they ask for."""
    problems = {(problem.where, problem.message) for report in reports for problem in report.problems}
    for where, message in sorted(problems):
        click.echo(f"{where}: {message}", err=True)
    return ExitCode.INCOMPLETE if problems else ExitCode.OK


def printed(found: Any, form: str, **makers: Callable[[Any, Style], str]) -> None:
    """Print a result, or write it into a file, in one of the formats that `makers` make, or as JSON."""
    name, equals, path = form.partition("=")
    if name not in (*makers, "json") or (equals and not path):
        raise UsageRefused(f"-f {form}: there are {', '.join((*makers, 'json'))} here, each with =FILE if you like")
    clean, style = cleaned(found), Style() if path else terminal_style()
    made = makers[name](clean, style) if name in makers else json.dumps(as_json(clean), indent=2, ensure_ascii=False) + "\n"
    if path:
        write_whole(Path(path), made.encode())
        click.echo(f"Written: {path}", err=True)
    else:
        to_terminal(made.encode())

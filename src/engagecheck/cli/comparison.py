"""What the commands that use several reports share: how they read reports or profiles, and how they write a result."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click

from engagecheck.batch import rerun
from engagecheck.batch.chunks import files_of, lines_of
from engagecheck.cli.files import write_file
from engagecheck.cli.options import Setup
from engagecheck.cli.output import json_text, terminal_style, to_terminal
from engagecheck.cli.say import echo
from engagecheck.errors import ExitCode, InputRefused, UsageRefused
from engagecheck.inputs import read_bytes
from engagecheck.intake.explain import open_document
from engagecheck.intake.load import load_profile
from engagecheck.model.report import Report
from engagecheck.rules.reporter import Style


def only_format(_context: click.Context, _option: click.Parameter, given: tuple[str, ...]) -> str:
    """The format that `-f` names, text by default. A second one is refused, and not taken in place of the first."""
    if len(given) > 1:
        raise UsageRefused(f"-f {given[1]}: this command writes one format at a time; leave out {' or '.join(given)}")
    return given[0] if given else "text"


format_option = click.option(
    "-f",
    "--format",
    "form",
    multiple=True,
    callback=only_format,
    metavar="FORMAT[=FILE]",
    help="text (the default) or json; compare and trend also html. With =FILE into a file.",
)


def report_in(source: str, setup: Setup) -> Report:
    """The report in a file. If the file is a profile, audit it. Raises `InputRefused` if it is neither."""
    raw = read_bytes(source)
    return _report(raw, source, setup, open_document(raw, source).document)


def _report(raw: bytes, name: str, setup: Setup, document: Any) -> Report:
    from engagecheck.analysis.saved import report_from

    def audited(raw: bytes, name: str) -> Report:
        return setup.audit(load_profile(raw, name=name, registry=setup.registry))

    return report_from(document, raw, name, audited)


def reports_under(source: str, setup: Setup, complaints: list[str]) -> Iterator[Report]:
    """The reports of a folder of profiles or reports, or of a file: one profile or report, or one a line of JSON Lines.

    If one is refused, the reason is added to `complaints` and the others still follow. Raises `InputRefused` if the file
    itself cannot be read.
    """
    for raw, name in _documents_under(source):
        try:
            document = open_document(raw, name).document
            if not (isinstance(document, dict) and set(document) & _NOT_PEERS):
                yield _report(raw, name, setup, document)
        except InputRefused as error:
            complaints.append(f"{error.complaints[0]} (not among the peers)")


_NOT_PEERS = {"accepted_gaps", "attestations"}
"""Keys of files that may lie in a folder of profiles and are neither profiles nor reports."""


def _documents_under(source: str) -> Iterator[tuple[bytes, str]]:
    for path in files_of([source]) if Path(source).is_dir() else [Path(source)]:
        if path.suffix.lower() in (".json", ".xlsx"):
            yield read_bytes(path), str(path)
            continue
        with rerun.opened_lines(path) as file:
            for number, line in enumerate(lines_of(file), 1):
                if line.strip():
                    yield line, f"{path}, line {number}"


def echo_problems(*reports: Report) -> ExitCode:
    """Print the failures of rules or plugins that reports record. Return the exit code that follows from them."""
    problems = {(problem.where, problem.message) for report in reports for problem in report.problems}
    for where, message in sorted(problems):
        echo(f"{where}: {message}", err=True)
    return ExitCode.INCOMPLETE if problems else ExitCode.OK


def print_result(result: Any, form: str, **renderers: Callable[[Any, Style], str]) -> None:
    """Print a result or write it to a file, in the format of one of the `renderers` or as JSON.

    Raises `UsageRefused` for an unknown format and `OutputRefused` if the result cannot be written.
    """
    name, equals, path = form.partition("=")
    if name not in (*renderers, "json") or (equals and not path):
        raise UsageRefused(f"-f {form}: there are {', '.join((*renderers, 'json'))} here, each with =FILE if you like")
    style = Style() if path else terminal_style()
    text = renderers[name](result, style) if name in renderers else json_text(result)
    if path:
        write_file(Path(path), text)
    else:
        to_terminal(text)

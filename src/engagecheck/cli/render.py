"""`engagecheck render`."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from engagecheck.cli.options import PAPERS, STANDARD_INPUT, Setup, gate_options, paper_options, setting_options
from engagecheck.cli.output import output_for, write
from engagecheck.errors import UsageRefused
from engagecheck.inputs import read_bytes, read_standard_input
from engagecheck.intake.load import load_profile

if TYPE_CHECKING:
    from engagecheck.model.report import Report

AUDIT_OPTIONS = ("as_of", "accepted_gaps", "attestations", "ignore_overrides", "config", "pack", "scale", "isolate")


@click.command("render")
@click.argument("report")
@click.option(
    "-f",
    "--format",
    "formats",
    multiple=True,
    metavar="FORMAT[=PATH]",
    help="The formats of audit. Can be repeated. Without it, one screen is shown.",
)
@click.option("--detail", is_flag=True, help="Show the whole report on the terminal, as -f text does.")
@click.option("--line", "number", type=click.IntRange(1), metavar="N", help="Of -f jsonl results: the number of the line.")
@paper_options
@gate_options
@setting_options
def command(
    report: str,
    formats: tuple[str, ...],
    detail: bool,
    number: int | None,
    fail_on: str | None,
    min_coverage: float | None,
    **options: Any,
) -> None:
    """Make a paper from a saved report.

    REPORT is a report in JSON. Nothing is audited again: the paper has the same bytes as at the audit.

    REPORT may be - for standard input. Of a line of results (-f jsonl), the profile is found where the line says, and audited
    again for the whole report; the options are then those of that audit. The exit code is 0 whatever the rating.
    """
    from engagecheck.analysis.saved import read_report
    from engagecheck.batch import chunks, rerun

    if detail and formats:
        raise UsageRefused("--detail shows the report on the terminal, and -f makes other papers; leave one of the two out")
    papers = {name: options.pop(name) for name in PAPERS}
    is_standard = report == STANDARD_INPUT
    name = "standard input" if is_standard else report
    line = None
    if name.lower().endswith(chunks.LINES):
        with rerun.opened_lines(Path(report)) as lines:
            line = rerun.line_at(lines, name, number)
    else:
        raw = read_standard_input() if is_standard else read_bytes(report)
        if rerun.is_line(raw):
            line = rerun.line_at(raw.splitlines(), name, number)
    if line is None:
        if number is not None or fail_on or min_coverage is not None or any(options[option] for option in AUDIT_OPTIONS):
            raise UsageRefused(f"{name} is a whole report, which says what it was made with; leave the options of an audit out")
        options |= {"no_config": True}
    setup = Setup.of(**options, fail_on=fail_on, min_coverage=min_coverage)
    output = output_for(formats or ("text" if detail else "summary",), setup.registry, **papers)
    saved = _report_of_line(line, setup) if line is not None else read_report(raw, name)
    write(saved, output, is_public=papers["is_public"])


def _report_of_line(line: Any, setup: Setup) -> "Report":
    from engagecheck.batch import rerun

    raw, name = rerun.profile_of(line)
    as_of = setup.settings.as_of
    if as_of is not None and as_of.isoformat() != line["as_of"]:
        raise UsageRefused(f"--as-of {as_of}: the line is of {line['as_of']}; leave --as-of out")
    return rerun.confirmed(line, setup.but(as_of=line["as_of"]).audit(load_profile(raw, name=name, registry=setup.registry)))

"""`engagecheck render`."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from engagecheck.cli.options import STANDARD_INPUT, Setting, gate_options, setting_options
from engagecheck.errors import UsageRefused
from engagecheck.intake.load import file_bytes

if TYPE_CHECKING:
    from engagecheck.model.report import Report

OF_AN_AUDIT = ("as_of", "accepted_gaps", "attestations", "ignore_overrides", "config", "scale", "isolate")


@click.command("render")
@click.argument("report")
@click.option(
    "-f", "--format", "formats", multiple=True, metavar="FORMAT[=PATH]",
    help="As for audit; may be given several times (default: text).",
)
@click.option("--line", "number", type=click.IntRange(1), metavar="N", help="Of a file of lines (-f jsonl): which one, from 1.")
@click.option("--carry", metavar="OLD.xlsx", help="With -f xlsx=…: take over what people wrote in an older tracker.")
@gate_options
@setting_options
def command(
    report: str, formats: tuple[str, ...], number: int | None, carry: str | None, fail_on: str | None,
    min_coverage: float | None, **options: Any,
) -> None:
    """Make any format of a saved REPORT (JSON), without auditing again: the same bytes as at the audit.

    REPORT may be - for standard input. Of a line of results (-f jsonl), the profile is found where the line says, and audited
    again for the whole report; the options are then those of that audit.
    """
    import sys

    from engagecheck.analysis import saved
    from engagecheck.batch import chunks, rerun
    from engagecheck.cli.output import targets, written
    from engagecheck.rules.reporter import cleaned

    is_standard = report == STANDARD_INPUT
    name = "standard input" if is_standard else report
    line = None
    if name.endswith(chunks.LINES):
        with rerun.opened(Path(report)) as lines:
            line = rerun.line_at(lines, name, number)
    else:
        raw = sys.stdin.buffer.read() if is_standard else file_bytes(report)
        if rerun.is_line(raw):
            line = rerun.line_at(raw.splitlines(), name, number)
    if line is None:
        if number is not None or fail_on or min_coverage is not None or any(options[one] for one in OF_AN_AUDIT):
            raise UsageRefused(f"{name} is a whole report, which says what it was made with; leave the options of an audit out")
        options |= {"no_config": True}
    setting = Setting.of(**options)
    wanted = targets(formats or ("text",), setting.registry, carry)
    gate = {"fail_on": fail_on, "min_coverage": min_coverage}
    made = _of_line(line, setting, gate) if line is not None else cleaned(saved.read(raw, name))
    written(made, wanted)


def _of_line(line: Any, setting: Setting, gate: dict[str, Any]) -> "Report":
    from attrs import evolve

    from engagecheck.batch import rerun
    from engagecheck.intake.load import load

    raw, name = rerun.profile_of(line)
    if setting.as_of not in (None, line["as_of"]):
        raise UsageRefused(f"--as-of {setting.as_of}: the line is of {line['as_of']}; leave --as-of out")
    setting = evolve(setting, as_of=line["as_of"])
    return rerun.confirmed(line, setting.audit(load(raw, name=name, registry=setting.registry), **gate))

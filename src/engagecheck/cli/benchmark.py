"""`engagecheck benchmark`."""

from typing import Any

import click
from attrs import evolve

from engagecheck.cli.comparison import as_format, faults, printed, report_in, reports_under
from engagecheck.cli.options import Setting, setting_options
from engagecheck.errors import ExitCode


@click.command("benchmark")
@click.argument("profile")
@click.option(
    "--peers", required=True, metavar="PLACE", help="A folder of profiles or reports, or a file with one a line (.jsonl)."
)
@as_format
@setting_options
def command(profile: str, peers: str, form: str, **options: Any) -> int:
    """Say where the organisation of a PROFILE (or report) stands among peers, on measured values.

    Each peer is audited as of its own day. One that is refused is named, and the others are compared all the same.
    """
    from engagecheck.analysis.benchmark import benchmark
    from engagecheck.papers.comparison_text import places

    setting = Setting.of(**options)
    own, refused = report_in(profile, setting), list[str]()
    others = list(reports_under(peers, evolve(setting, as_of=None), refused))
    for complaint in refused:
        click.echo(complaint, err=True)
    printed(benchmark(own, others), form, text=places)
    return ExitCode.INPUT if refused else faults(own)

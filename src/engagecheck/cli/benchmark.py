"""`engagecheck benchmark`."""

from typing import Any

import click

from engagecheck.cli.journey import as_format, printed, report_in, reports_under
from engagecheck.cli.options import Setting, setting_options


@click.command("benchmark")
@click.argument("profile")
@click.option(
    "--peers", required=True, metavar="PLACE", help="A folder of profiles or reports, or a file with one a line (.jsonl)."
)
@as_format
@setting_options
def command(profile: str, peers: str, form: str, **options: Any) -> None:
    """Say where the organisation of a PROFILE (or report) stands among peers, on measured values."""
    from engagecheck.benchmark import benchmark
    from engagecheck.reporters.journey import places

    setting = Setting.of(**options)
    printed(benchmark(report_in(profile, setting), reports_under(peers, setting)), form, places)

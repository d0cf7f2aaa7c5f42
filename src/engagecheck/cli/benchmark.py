"""`engagecheck benchmark`."""

from typing import Any

import click

from engagecheck.cli.comparison import echo_problems, format_option, print_result, report_in, reports_under
from engagecheck.cli.options import Setup, setting_options
from engagecheck.cli.say import echo
from engagecheck.errors import ExitCode, worst


@click.command("benchmark")
@click.argument("profile")
@click.option(
    "--peers", required=True, metavar="PLACE", help="A folder of profiles or reports, or a file with one a line (.jsonl)."
)
@format_option
@setting_options
def command(profile: str, peers: str, form: str, **options: Any) -> int:
    """Show where an organisation stands among its peers.

    The organisation is that of a PROFILE or a report. Measured values are compared.

    Each peer is audited as of its own day. A peer that is refused is named, and the others are still compared.
    """
    from engagecheck.analysis.benchmark import benchmark
    from engagecheck.papers.comparison_text import places

    setup = Setup.of(**options)
    own, complaints = report_in(profile, setup), list[str]()
    others = list(reports_under(peers, setup.but(as_of=None), complaints))
    for complaint in complaints:
        echo(complaint, err=True)
    print_result(benchmark(own, others), form, text=places)
    return worst([ExitCode.INPUT if complaints else ExitCode.OK, echo_problems(own)])

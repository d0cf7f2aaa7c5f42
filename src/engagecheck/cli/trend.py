"""`engagecheck trend`."""

from typing import Any

import click

from engagecheck.cli.comparison import echo_problems, format_option, print_result, report_in
from engagecheck.cli.history import head_option, reports_of
from engagecheck.cli.options import Setup, is_given, setting_options
from engagecheck.errors import UsageRefused


@click.command("trend")
@click.argument("reports", nargs=-1, metavar="[REPORT...]")
@click.option(
    "--store",
    metavar="PLACE",
    envvar="ENGAGECHECK_STORE",
    help="Where the history is kept, when no reports are named (default: this user's own file).",
)
@head_option
@click.option("--organisation", metavar="CODE", help="From the history: the organisation, by code or name.")
@format_option
@setting_options
def command(
    reports: tuple[str, ...], store: str | None, head: str | None, organisation: str | None, form: str, **options: Any
) -> int:
    """Show how results changed over several audits.

    Each REPORT is a report (JSON) or a profile of one organisation.

    Without any, they are taken from the history.
    """
    from engagecheck.analysis.compare import trend
    from engagecheck.papers.comparison_page import trend_page
    from engagecheck.papers.comparison_text import trend as as_text

    if reports and (organisation or head or is_given("store")):
        raise UsageRefused("trend: name the reports, or take them from the history with --store and --organisation; not both")
    setup = Setup.of(**options)
    audits = [report_in(source, setup) for source in reports] if reports else reports_of(store, organisation, head)
    print_result(trend(audits), form, text=as_text, html=trend_page)
    return echo_problems(*audits)

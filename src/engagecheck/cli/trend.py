"""`engagecheck trend`."""

from typing import Any

import click

from engagecheck.cli.journey import as_format, printed, report_in
from engagecheck.cli.options import Setting, setting_options
from engagecheck.errors import UsageRefused


@click.command("trend")
@click.argument("reports", nargs=-1, metavar="REPORT...")
@click.option("--store", metavar="PLACE", help="Take the reports from the history instead (a file or postgresql://…).")
@click.option("--organisation", metavar="CODE", help="With --store: whose reports, by code or name.")
@as_format
@setting_options
def command(reports: tuple[str, ...], store: str | None, organisation: str | None, form: str, **options: Any) -> None:
    """Show the audits of one organisation over time: each REPORT is a report (JSON) or a profile."""
    from engagecheck.compare import trend
    from engagecheck.reporters.journey import trend as as_text

    if bool(reports) == bool(store):
        raise UsageRefused("trend: name the reports, or a --store to take them from")
    setting = Setting.of(**options)
    if store:
        from engagecheck.cli.history import reports_of

        found = reports_of(store, organisation)
    else:
        found = [report_in(one, setting) for one in reports]
    printed(trend(found), form, as_text)

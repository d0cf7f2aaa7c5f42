"""`engagecheck compare`."""

from typing import Any

import click

from engagecheck.cli.comparison import echo_problems, format_option, print_result, report_in
from engagecheck.cli.options import Setup, setting_options


@click.command("compare")
@click.argument("old")
@click.argument("new")
@format_option
@setting_options
def command(old: str, new: str, form: str, **options: Any) -> int:
    """Show what changed between two audits.

    OLD and NEW are reports (JSON) or profiles of one organisation.

    Where the rule, what good looks like, the evidence or the scope changed, it says so, and does not call it progress.
    """
    from engagecheck.analysis.compare import compare
    from engagecheck.papers.comparison_page import comparison_page
    from engagecheck.papers.comparison_text import comparison

    setup = Setup.of(**options)
    before, after = report_in(old, setup), report_in(new, setup)
    print_result(compare(before, after), form, text=comparison, html=comparison_page)
    return echo_problems(before, after)

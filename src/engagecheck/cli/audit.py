"""`engagecheck audit`."""

from typing import Any

import click

from engagecheck.cli.options import Setting, is_given, setting_options
from engagecheck.errors import UsageRefused


@click.command("audit")
@click.argument("profile")
@click.option(
    "-f", "--format", "formats", multiple=True, metavar="FORMAT[=PATH]",
    help="text (default), html, docx, xlsx, csv, markdown, pdf, json …; with =PATH into a file. May be given several times.",
)
@click.option(
    "--fail-on", type=click.Choice(["high", "medium", "low", "never"]),
    help="Exit with 1 when a question of this priority or above is not met or not shown (default: high).",
)
@click.option(
    "--min-coverage", type=click.FloatRange(0, 100), metavar="PERCENT",
    help="Exit with 1 when fewer of the questions that apply are answered.",
)
@click.option("--carry", metavar="OLD.xlsx", help="With -f xlsx=…: take over what people wrote in an older tracker.")
@click.option("--record", is_flag=True, help="Keep the report in the history too (see engagecheck history).")
@click.option("--store", metavar="PLACE", envvar="ENGAGECHECK_STORE", help="With --record: a file, or postgresql://…")
@setting_options
def command(
    profile: str, formats: tuple[str, ...], fail_on: str | None, min_coverage: float | None, carry: str | None, record: bool,
    store: str | None, **options: Any,
) -> int:  # fmt: skip
    """Audit a PROFILE (a .json or .xlsx file, or - for standard input) and report what was found."""
    from engagecheck.cli.output import targets, written

    if is_given("store") and not record:
        raise UsageRefused("--store says where to keep the report; add --record to keep it")
    setting = Setting.of(**options)
    wanted = targets(formats or ("text",), setting.registry, carry)
    report = setting.audit(profile, fail_on=fail_on, min_coverage=min_coverage)
    written(report, wanted)
    if record:
        from engagecheck.cli.history import recorded, store_at

        recorded(report, store_at(store))
    return report.exit_code

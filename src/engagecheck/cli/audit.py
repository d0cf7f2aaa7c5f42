"""`engagecheck audit`."""

import click

from engagecheck.cli.options import plugin_options, profile_from, registry_of


@click.command("audit")
@click.argument("profile")
@click.option(
    "-f", "--format", "formats", multiple=True, metavar="FORMAT[=PATH]",
    help="text (default), json or a plugin's format; with =PATH into a file. May be given several times.",
)
@click.option("--as-of", metavar="DATE", help="Audit as of a later day, such as 2025-09-30.")
@click.option(
    "--fail-on", type=click.Choice(["high", "medium", "low", "never"]), default="high", show_default=True,
    help="Exit with 1 when a question of this priority or above is not met or not shown.",
)
@click.option(
    "--min-coverage", type=click.FloatRange(0, 100), default=0, metavar="PERCENT",
    help="Exit with 1 when fewer of the questions that apply are answered.",
)
@plugin_options
def command(
    profile: str,
    formats: tuple[str, ...],
    as_of: str | None,
    fail_on: str,
    min_coverage: float,
    folders: tuple[str, ...],
    without: tuple[str, ...],
    no_plugins: bool,
) -> int:
    """Audit a PROFILE (a JSON file, or - for standard input) and report what was found."""
    from engagecheck.auditing import audit
    from engagecheck.cli.output import targets, written

    registry = registry_of(folders, without, no_plugins)
    wanted = targets(formats or ("text",), registry)
    report = audit(
        profile_from(profile, registry), registry=registry, as_of=as_of, fail_on=fail_on, min_coverage=min_coverage
    )
    written(report, wanted)
    return report.exit_code

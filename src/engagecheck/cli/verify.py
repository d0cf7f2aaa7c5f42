"""`engagecheck verify`."""

from typing import Any

import click

from engagecheck.cli.options import Setting, setting_options
from engagecheck.errors import ExitCode, UsageRefused
from engagecheck.intake.load import file_bytes, read

MOST = 20
"""Differences that are named: with another profile there are as many as there are questions."""


@click.command("verify")
@click.argument("report")
@click.argument("profile")
@setting_options
def command(report: str, profile: str, **options: Any) -> int:
    """Say whether a REPORT (JSON) follows from a PROFILE and the same accepted gaps, attestations and configuration.

    The audit is done again and every result compared. Exit code 6 if the report does not follow.
    """
    from engagecheck.analysis import saved
    from engagecheck.analysis.verify import differences

    setting = Setting.of(**options)
    made, is_intact = saved.read_as_it_is(file_bytes(report), report)
    found = [] if is_intact else [saved.ALTERED]
    try:
        again = setting.audit_like(made, read(file_bytes(profile), profile, setting.registry))
        found.extend(differences(made, again))
    except UsageRefused as refused:  # the day or the scale that the report names cannot be those of this profile
        found.append(f"the audit cannot be done again as the report says it was: {refused}")
    for one in found[:MOST]:
        click.echo(f"{report}: {one}", err=True)
    if len(found) > MOST:
        click.echo(f"{report}: and {len(found) - MOST} more differences", err=True)
    if found:
        click.echo(f"{report}: does not follow from {profile}", err=True)
        return ExitCode.VERIFICATION
    click.echo(f"{report}: follows from {profile} ({made.report_digest[:12]})")
    return ExitCode.OK

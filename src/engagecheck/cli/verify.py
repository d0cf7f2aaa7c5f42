"""`engagecheck verify`."""

from typing import Any

import click

from engagecheck.cli.options import Setup, setting_options
from engagecheck.errors import ExitCode, InputRefused, UsageRefused
from engagecheck.inputs import read_bytes

MOST = 20
"""How many differences are printed. The report of another profile may differ in every question."""


@click.command("verify")
@click.argument("report")
@click.argument("profile")
@setting_options
def command(report: str, profile: str, **options: Any) -> int:
    """Check that a report follows from its profile.

    REPORT is a report in JSON. Give the same accepted gaps, attestations and configuration as for the audit.

    The audit is done again and every result compared. Exit code 6 if the report does not follow.
    """
    from engagecheck.analysis.saved import ALTERED, read_report_as_it_is
    from engagecheck.analysis.verify import differences

    setup = Setup.of(**options)
    saved, is_intact = read_report_as_it_is(read_bytes(report), report)
    if saved.public:
        raise InputRefused([f"{report}: a public edition leaves out what is compared here; verify the full report instead"])
    complaints = [] if is_intact else [ALTERED]
    try:
        complaints.extend(differences(saved, setup.audit_like(saved, setup.load(profile))))
    except UsageRefused as refused:  # this profile cannot be audited on the day or with the scale of the report
        complaints.append(f"the audit cannot be done again as the report says it was: {refused}")
    for complaint in complaints[:MOST]:
        click.echo(f"{report}: {complaint}", err=True)
    if len(complaints) > MOST:
        click.echo(f"{report}: and {len(complaints) - MOST} more differences", err=True)
    if complaints:
        click.echo(f"{report}: does not follow from {profile}", err=True)
        return ExitCode.VERIFICATION
    click.echo(f"{report}: follows from {profile} ({saved.report_digest[:12]})")
    return ExitCode.OK

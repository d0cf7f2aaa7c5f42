"""`engagecheck verify`."""

from typing import Any

import click

from engagecheck.cli.options import Setup, load, setting_options
from engagecheck.cli.say import echo
from engagecheck.errors import ExitCode, InputRefused, UsageRefused
from engagecheck.inputs import read_bytes
from engagecheck.model.report import Report
from engagecheck.plugin_host.discovery import BUNDLED

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

    saved, is_intact = read_report_as_it_is(read_bytes(report), report)
    if saved.public:
        raise InputRefused([f"{report}: a public edition leaves out what is compared here; verify the full report instead"])
    setup = _setup_for(saved, options)
    complaints = [] if is_intact else [ALTERED]
    try:
        complaints.extend(differences(saved, setup.audit_like(saved, load(profile, setup.registry))))
    except UsageRefused as refused:  # this profile cannot be audited on the day or with the scale of the report
        complaints.append(f"the audit cannot be done again as the report says it was: {refused}")
    for complaint in complaints[:MOST]:
        echo(f"{report}: {complaint}", err=True)
    if len(complaints) > MOST:
        echo(f"{report}: and {len(complaints) - MOST} more differences", err=True)
    if complaints:
        echo(f"{report}: does not follow from {profile}", err=True)
        return ExitCode.VERIFICATION
    echo(f"{report}: follows from {profile} ({saved.report_digest[:12]})")
    return ExitCode.OK


def _setup_for(report: Report, options: dict[str, Any]) -> Setup:
    """The setup for the packs that a report names. Others that are here are said, and do not matter."""
    setup = Setup.of(**options)
    others = sorted(set(setup.registry.packs) - {pack.name for pack in report.packs} - {BUNDLED})
    if not others:
        return setup
    echo(f"Not compared, as the report does not name them: the rules of {', '.join(others)}", err=True)
    named = Setup.of(**{**options, "without": (*options["without"], *others)})
    named.registry.excluded[:] = setup.registry.excluded  # only what the user leaves out is said in a report
    return named

"""`engagecheck serve`."""

from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import click

from engagecheck.cli.options import Setup, without_options
from engagecheck.errors import UsageRefused

NEEDS = ("django", "csp", "ninja", "platformdirs", "waitress", "whitenoise")
"""The packages of the extra `web`."""
FOLDER_HELP = "The data folder, if it is not in the usual place."


def refuse_without_extra(command: str) -> None:
    """Raise `UsageRefused` with the line that installs the extra `web`, if it is not installed."""
    if any(find_spec(name) is None for name in NEEDS):
        raise UsageRefused(f"{command}: needs the extra web; install it with: python -m pip install 'engagecheck[web]'")


@click.command("serve")
@click.option("--folder", type=click.Path(path_type=Path), metavar="FOLDER", help=FOLDER_HELP)
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8010, show_default=True, help="The port at this machine; 0 for any."
)
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option("--no-browser", is_flag=True, help="Only show the link to sign in, and open no browser.")
@click.option("--migrate", is_flag=True, help="After an update: bring the database to this version first.")
@click.option("--config", metavar="FILE", help="The configuration of every audit here, as for engagecheck audit.")
@without_options
def command(
    folder: Path | None, port: int, host: str, no_browser: bool, migrate: bool, config: str | None, **plugins: Any
) -> None:
    """Fill in, check and audit profiles in the browser.

    Alone at this machine, it opens the browser and signs you in. A team has users: engagecheck workplace user. Nothing
    outside this machine is answered, unless --host says so. Stop it with Ctrl-C.
    """
    refuse_without_extra("serve")
    from engagecheck.web.environment import Configured
    from engagecheck.web.server import serve

    setup = Setup.of(**_AS_CONFIGURED, config=config, no_config=config is None, **plugins)
    third_party = not plugins["no_plugins"]
    configured = Configured.of(setup.registry, setup.settings, without=plugins["without"], third_party=third_party)
    serve(folder, host, port, configured, opens_browser=not no_browser, migrates=migrate, say=click.echo)


_AS_CONFIGURED: Mapping[str, Any] = {
    **dict.fromkeys(("as_of", "scale", "pack", "accepted_gaps", "attestations")), "ignore_overrides": False, "isolate": False,
}  # fmt: skip
"""The settings that `audit` has options for, and `serve` has not."""

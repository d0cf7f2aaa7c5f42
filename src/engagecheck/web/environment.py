"""What a team says in the environment, never as an argument, because arguments can be read by everybody at the machine."""

import os

from attrs import frozen

HOSTS_VARIABLE = "ENGAGECHECK_HOSTS"
"""The names by which a team reaches the workplace, separated by commas."""
PROXY_VARIABLE = "ENGAGECHECK_REMOTE_USER_FROM"
"""The address of a proxy that signs users in. Only from there, the header `X-Remote-User` is believed."""


@frozen
class Environment:
    """What a team has set. Without it, one person works at this machine."""

    hosts: tuple[str, ...] = ()
    proxy: str = ""


def environment() -> Environment:
    """What is set in the environment of this process."""
    hosts = (one.strip() for one in os.environ.get(HOSTS_VARIABLE, "").split(","))
    return Environment(tuple(one for one in hosts if one), os.environ.get(PROXY_VARIABLE, "").strip())

"""What a team says in the environment, never as an argument, because arguments can be read by everybody at the machine."""

import os

from attrs import frozen

from engagecheck.errors import UsageRefused

HOSTS_VARIABLE = "ENGAGECHECK_HOSTS"
"""The names by which a team reaches the workplace, separated by commas."""
PROXY_VARIABLE = "ENGAGECHECK_PROXY"
"""The address of the proxy that does TLS. It alone is believed about TLS, and about the address that a request comes from."""
REMOTE_USER_VARIABLE = "ENGAGECHECK_REMOTE_USER"
"""If it is "yes", the proxy signs users in by the header `X-Remote-User`."""


@frozen
class Environment:
    """What a team has set. Without it, one person works at this machine."""

    hosts: tuple[str, ...] = ()
    proxy: str = ""
    trusts_remote_user: bool = False

    @property
    def is_team(self) -> bool:
        """Whether others than the person at this machine are to reach the workplace."""
        return bool(self.hosts or self.proxy)


def environment() -> Environment:
    """What is set in the environment of this process. Raises `UsageRefused` if it does not go together."""
    names = (one.strip() for one in os.environ.get(HOSTS_VARIABLE, "").split(","))
    hosts = tuple(one for one in names if one)
    proxy = os.environ.get(PROXY_VARIABLE, "").strip()
    remote_user = os.environ.get(REMOTE_USER_VARIABLE, "").strip().lower()
    if remote_user not in ("", "no", "yes"):
        raise UsageRefused(f'{REMOTE_USER_VARIABLE}: must be "yes" or "no"')
    if "*" in "".join(hosts):
        raise UsageRefused(f"{HOSTS_VARIABLE}: name each host in full, without *")
    if proxy == "*" or (remote_user == "yes" and not proxy):
        raise UsageRefused(f"{PROXY_VARIABLE}: must be the address of the proxy, such as 127.0.0.1")
    return Environment(hosts, proxy, remote_user == "yes")

"""What whoever starts the workplace has set: a team in the environment, and the configuration of every audit.

What is secret is never an argument, because arguments can be read by everybody at the machine.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from attrs import Factory, frozen

from engagecheck.audit.settings import AuditSettings
from engagecheck.audit.tailoring import Tailoring
from engagecheck.errors import UsageRefused
from engagecheck.inputs import MAX_BYTES
from engagecheck.plugin_host.discovery import BUNDLED, IMPORTERS, find_plugins, plugins_in
from engagecheck.plugin_host.registry import Registry, installed

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


@frozen
class Configured:
    """What every audit of the workplace is done with.

    `files` are the configuration and the plugins that it names, by their names in an export. `sources` are the importers.
    """

    registry: Registry
    settings: AuditSettings = Factory(AuditSettings)
    files: Mapping[str, bytes] = Factory(dict)
    sources: Registry = Factory(partial(installed, third_party=False, group=IMPORTERS))

    @classmethod
    def of(cls, registry: Registry, settings: AuditSettings, *, without: Sequence[str], third_party: bool) -> "Configured":
        """What a command line asks for. Raises `UsageRefused` for a configuration that cannot go along with an export."""
        settings.scale_in(registry)
        settings.headline_in(registry)
        tailoring = settings.tailoring
        for name in ("accepted_gaps", "attestations"):
            if getattr(tailoring, name):
                raise UsageRefused(
                    f"{tailoring.name}: {name} are those of one organisation; leave the line out, and bring the file "
                    "into the assessment in the browser"
                )
        files = dict(_files(tailoring)) if tailoring.name else {}
        folders = [Path(tailoring.name).parent / one for one in tailoring.plugins] if third_party else []
        importing = [*find_plugins(IMPORTERS), *(one for folder in folders for one in plugins_in(folder))]
        known = {name for one in importing for name in (one.name, one.pack, str(one))}
        left_out = [one for one in without if one in known]
        return cls(registry, settings, files, installed(folders, without=left_out, third_party=third_party, group=IMPORTERS))

    @property
    def options(self) -> str:
        """The options with which the command line makes the same audits in the folder of an export."""
        named = f" --config {next(iter(self.files))}" if self.files else ""
        left_out = "".join(f' --without "{one}"' for one in self.registry.excluded)
        return f"{named}{left_out}" + ("" if self.others or left_out else " --no-plugins")

    @property
    def others(self) -> list[str]:
        """The packs of others that have a part in the audits, with their versions."""
        plugins = (*self.registry.loading, *self.registry.failed)
        return sorted({f"{one.pack} {one.version}".strip() for one in plugins if one.pack != BUNDLED})


def _files(tailoring: Tailoring) -> Iterator[tuple[str, bytes]]:
    """The configuration, and the files in the folders of plugins that it names."""
    base, size = Path(tailoring.name).parent, 0
    yield "pyproject.toml" if tailoring.name.endswith("pyproject.toml") else "engagecheck.toml", tailoring.raw
    for name in tailoring.plugins:
        parts = Path(name).parts
        if Path(name).is_absolute() or ".." in parts or not parts:
            raise UsageRefused(f"{tailoring.name}: plugins names {name}; an export holds only a folder beside this file")
        for path in sorted((base / name).rglob("*")):
            inside = path.relative_to(base)
            if path.is_file() and not any(one.startswith((".", "__pycache__")) for one in inside.parts):
                size += path.stat().st_size
                if size > MAX_BYTES:
                    most = f"{MAX_BYTES // 1_000_000} MB"
                    raise UsageRefused(f"{tailoring.name}: the plugins are larger than {most}; move out what is no rule")
                yield inside.as_posix(), path.read_bytes()

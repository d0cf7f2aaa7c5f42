"""What several commands share: reading a profile, and which plugins to load."""

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from engagecheck.profile import Profile
    from engagecheck.registry import Registry

STANDARD_INPUT = "-"
_PLUGINS = (
    click.option("--plugins", "folders", multiple=True, metavar="DIR", help="Load rule files from this folder too."),
    click.option("--without", multiple=True, metavar="NAME", help="Leave out a third-party plugin or distribution."),
    click.option("--no-plugins", is_flag=True, help="Load the bundled rules only, and those of --plugins."),
)


def plugin_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that say which plugins to load; they arrive as `folders`, `without` and `no_plugins`."""
    for option in reversed(_PLUGINS):
        command = option(command)
    return command


def registry_of(folders: tuple[str, ...], without: tuple[str, ...], no_plugins: bool) -> "Registry":
    """The registry that those options ask for."""
    from engagecheck.registry import installed

    return installed(folders, without=without, third_party=not no_plugins)


def profile_from(source: str, registry: "Registry | None" = None) -> "Profile":
    """The profile in a file, or on standard input for `-`."""
    from engagecheck.documents import load

    if source == STANDARD_INPUT:
        return load(sys.stdin.buffer.read(), name="standard input", registry=registry)
    return load(source, registry=registry)

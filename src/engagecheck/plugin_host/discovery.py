"""Where plugins are: in the entry points of installed distributions, and in folders of files."""

import os
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from importlib import metadata
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

from attrs import field, frozen

from engagecheck.errors import UsageRefused
from engagecheck.inputs import note

BUNDLED = "engagecheck"
"""The distribution whose plugins come with the program."""
GROUP = "engagecheck"
FORMATS = "engagecheck.formats"
"""Formats have a group of their own and are named like the format, so that only one that is asked for is loaded."""
IMPORTERS = "engagecheck.importers"
"""Importers have a group of their own, so that an audit does not load them."""


@frozen
class Plugin:
    """A plugin before it is loaded: its name, the pack it belongs to, and how to load it. `path` is its file in a folder."""

    name: str
    pack: str
    version: str
    load: Callable[[], ModuleType] = field(repr=False, eq=False)
    path: str = ""
    group: str = GROUP

    def __str__(self) -> str:
        return f"{self.pack}:{self.name}"


def find_plugins(*groups: str) -> list[Plugin]:
    """The plugins that installed distributions name in these groups; without any, rules. The bundled ones come first."""
    points, plugins = metadata.entry_points(), []
    distributions: dict[int, tuple[str, str]] = {}
    for group in groups or (GROUP,):
        for point in points.select(group=group):
            # Each question to a distribution parses its metadata again, so each is asked once.
            about = distributions.get(id(point.dist)) or (
                (point.dist.name, point.dist.version) if point.dist else ("unknown", "")
            )
            distributions[id(point.dist)] = about
            plugins.append(Plugin(point.name, *about, point.load, group=group))
    # In a conflict the plugin that came first keeps the name, so the bundled ones come first.
    return sorted(plugins, key=lambda plugin: (plugin.pack != BUNDLED, plugin.pack, plugin.name))


def plugins_in(folder: str | os.PathLike[str]) -> Iterator[Plugin]:
    """The rule files of a folder, each a plugin. Raises `UsageRefused` for a folder that does not exist."""
    if not Path(folder).is_dir():
        raise UsageRefused(f"--plugins {os.fspath(folder) or repr('')}: there is no such folder")
    try:
        files = sorted(Path(folder).iterdir())
    except OSError as error:
        raise UsageRefused(f"--plugins {folder}: cannot be read ({error.strerror}); check that you may list it") from None
    for file in files:
        # The test of a rule has its place next to the rule.
        if file.suffix == ".py" and not file.name.startswith(("_", "test_", "conftest")):
            yield plugin_from(str(file), f"folder {Path(folder).resolve().name}")


def plugin_from(path: str, pack: str) -> Plugin:
    """The plugin in a file. It has the name of the file."""
    note(path)
    return Plugin(Path(path).stem.replace("_", "-"), pack, "", partial(_load_file, path), os.path.realpath(path))


def _load_file(path: str) -> ModuleType:
    name = "engagecheck_folder_" + re.sub(r"\W", "_", os.path.realpath(path))
    spec = spec_from_file_location(name, path)
    if spec is None or not Path(path).is_file():
        raise ImportError(f"{path} cannot be imported")
    module = module_from_spec(spec)
    sys.modules[name] = module  # as the import system does, so that the module can be pickled and found by its name
    sys.dont_write_bytecode = True  # what it imports from its folder leaves nothing there, so that consent to the folder lasts
    exec(compile(Path(path).read_bytes(), path, "exec", dont_inherit=True), vars(module))  # noqa: S102  # never from __pycache__
    return module


def without_named(plugins: list[Plugin], names: Sequence[str]) -> list[Plugin]:
    """The plugins without those of these names. Raises `UsageRefused` for a name that does not exist, or is bundled."""
    kept = plugins
    for name in names:
        matching = [plugin for plugin in plugins if name in (plugin.name, plugin.pack, str(plugin))]
        others = [plugin for plugin in matching if plugin.pack != BUNDLED]
        if matching and not others:
            raise UsageRefused(f"--without {name}: this belongs to the bundled pack, whose rating always covers all of it")
        if not matching:
            known = sorted(str(plugin) for plugin in plugins if plugin.pack != BUNDLED)
            raise UsageRefused(f"--without {name}: no plugin is called so; there are: {', '.join(known) or 'none'}")
        kept = [plugin for plugin in kept if plugin not in others]
    return kept

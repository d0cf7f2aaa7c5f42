"""Where plugins are found: in the entry points of installed distributions, and in folders of files."""

import re
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

from attrs import frozen

from engagecheck.errors import UsageRefused

BUNDLED = "engagecheck"
GROUP = "engagecheck"
FORMATS = "engagecheck.formats"
"""The entry points of formats stand apart and are called like the format: only one that is asked for is loaded."""
IMPORTERS = "engagecheck.importers"
"""The entry points of importers stand apart, so that an audit need not load them."""


@frozen
class Plugin:
    """One plugin before it is loaded: its name, the pack it belongs to, and how to import it. `path`: its file in a folder."""

    name: str
    pack: str
    version: str
    load: Callable[[], ModuleType]
    path: str = ""

    def __str__(self) -> str:
        return f"{self.pack}:{self.name}"


def entry_points(group: str = GROUP) -> list[Plugin]:
    """The plugins that installed distributions name, the bundled ones first."""
    plugins = []
    for point in _scanned(tuple(sys.path)).select(group=group):
        pack = point.dist.name if point.dist else "unknown"
        plugins.append(Plugin(point.name, pack, point.dist.version if point.dist else "", point.load))
    # The bundled ones first, so that in a conflict theirs is the place that is taken.
    return sorted(plugins, key=lambda plugin: (plugin.pack != BUNDLED, plugin.pack, plugin.name))


@cache
def _scanned(_path: tuple[str, ...]) -> Any:
    """All entry points there are, looked for once as long as the path of imports stays."""
    from importlib import metadata

    return metadata.entry_points()


def in_folder(folder: Path) -> Iterator[Plugin]:
    """The rule files of a folder, each a plugin. Raises `UsageRefused` for one that does not exist."""
    if not folder.is_dir():
        raise UsageRefused(f"--plugins {folder}: there is no such folder")
    for path in sorted(folder.glob("*.py")):
        if not path.name.startswith(("_", "test_", "conftest")):  # a rule's test stands beside it
            yield plugin_of(str(path), f"folder {folder.resolve().name}")


def plugin_of(path: str, pack: str) -> Plugin:
    """The plugin in a file: it is called like the file."""
    file = Path(path)
    return Plugin(file.stem.replace("_", "-"), pack, "", partial(_module, file), str(file.resolve()))


def _module(path: Path) -> ModuleType:
    name = "engagecheck_folder_" + re.sub(r"\W", "_", str(path.resolve()))
    spec = spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise ImportError(f"{path} cannot be imported")
    module = module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def left(plugins: list[Plugin], names: Sequence[str]) -> list[Plugin]:
    """The plugins without those of these names. Raises `UsageRefused` for a name that is none, or bundled."""
    kept = plugins
    for name in names:
        meant = [plugin for plugin in plugins if name in (plugin.name, plugin.pack, str(plugin))]
        others = [plugin for plugin in meant if plugin.pack != BUNDLED]
        if meant and not others:
            raise UsageRefused(
                f"--without {name}: this belongs to the bundled pack, whose rating always covers all of it"
            )
        if not meant:
            known = sorted(str(plugin) for plugin in plugins if plugin.pack != BUNDLED)
            raise UsageRefused(f"--without {name}: no plugin is called so; there are: {', '.join(known) or 'none'}")
        kept = [plugin for plugin in kept if plugin not in others]
    return kept

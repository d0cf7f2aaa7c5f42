"""Where plugins are found: in the entry points of installed distributions, and in folders of files."""

import os
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from importlib import import_module
from importlib.util import module_from_spec, spec_from_file_location
from types import ModuleType
from typing import Any

from engagecheck.errors import UsageRefused
from engagecheck.model.records import record

BUNDLED = "engagecheck"
GROUP = "engagecheck"
FORMATS = "engagecheck.formats"
"""The entry points of formats stand apart and are called like the format: only one that is asked for is loaded."""
IMPORTERS = "engagecheck.importers"
"""The entry points of importers stand apart, so that an audit need not load them."""


@record
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
    plugins = [
        Plugin(name, dist, version, partial(_of_entry_point, name, target, group))
        for of, name, target, dist, version in _scanned(tuple(sys.path))
        if of == group
    ]
    # The bundled ones first, so that in a conflict theirs is the place that is taken.
    return sorted(plugins, key=lambda plugin: (plugin.pack != BUNDLED, plugin.pack, plugin.name))


def _of_entry_point(name: str, target: str, group: str) -> Any:
    if target.replace(".", "").isidentifier():
        return import_module(target)
    from importlib.metadata import EntryPoint

    return EntryPoint(name, target, group).load()


@cache
def _scanned(path: tuple[str, ...]) -> list[tuple[str, str, str, str, str]]:
    """Every entry point there is: group, name, target, distribution and version. Looked for once as long as `path` stays.

    Of each distribution, by the first place on the path. Read here and not by importlib.metadata, whose import and index take
    longer than the rest of an audit; that is asked only about places that are no folders.
    """
    found: list[tuple[str, str, str, str, str]] = []
    seen: set[str] = set()
    for place in path:
        if os.path.isfile(place):  # an archive
            return _by_metadata()
        for folder in _distributions(place):
            name = re.sub(r"[-_.]+", "-", folder.rpartition(".")[0].partition("-")[0]).lower()
            if name not in seen:
                seen.add(name)
                found.extend(_points_of(os.path.join(place, folder)))
    return found


def _distributions(place: str) -> list[str]:
    try:
        return sorted(name for name in os.listdir(place or ".") if name.endswith((".dist-info", ".egg-info")))
    except OSError:
        return []


def _points_of(folder: str) -> Iterator[tuple[str, str, str, str, str]]:
    text = _text(os.path.join(folder, "entry_points.txt"))
    if BUNDLED not in text:  # it names no group of ours
        return
    about = _text(os.path.join(folder, "METADATA")) or _text(os.path.join(folder, "PKG-INFO"))
    head = dict(line.split(": ", 1) for line in about.partition("\n\n")[0].splitlines() if ": " in line)
    group = ""
    for line in map(str.strip, text.splitlines()):
        if line.startswith("["):
            group = line.strip("[]").strip()
        elif "=" in line and not line.startswith(("#", ";")):
            name, _, target = line.partition("=")
            yield group, name.strip(), target.strip(), head.get("Name", "unknown"), head.get("Version", "")


def _text(path: str) -> str:
    try:
        with open(path, encoding="utf-8") as file:
            return file.read()
    except OSError:
        return ""


def _by_metadata() -> list[tuple[str, str, str, str, str]]:
    from importlib import metadata

    points = [point for group in metadata.entry_points().groups for point in metadata.entry_points(group=group)]
    dists = [(one, one.dist.name if one.dist else "unknown", one.dist.version if one.dist else "") for one in points]
    return [(one.group, one.name, one.value, name, version) for one, name, version in dists]


def in_folder(folder: str | os.PathLike[str]) -> Iterator[Plugin]:
    """The rule files of a folder, each a plugin. Raises `UsageRefused` for one that does not exist."""
    if not os.path.isdir(folder):
        raise UsageRefused(f"--plugins {os.fspath(folder) or repr('')}: there is no such folder")
    try:
        names = sorted(os.listdir(folder))
    except OSError as error:
        raise UsageRefused(f"--plugins {folder}: cannot be read ({error.strerror}); check that you may list it") from None
    for name in names:
        if name.endswith(".py") and not name.startswith(("_", "test_", "conftest")):  # a rule's test stands beside it
            yield plugin_of(os.path.join(folder, name), f"folder {os.path.basename(os.path.realpath(folder))}")


def plugin_of(path: str, pack: str) -> Plugin:
    """The plugin in a file: it is called like the file."""
    name, _ = os.path.splitext(os.path.basename(path))
    return Plugin(name.replace("_", "-"), pack, "", partial(_module, path), os.path.realpath(path))


def _module(path: str) -> ModuleType:
    name = "engagecheck_folder_" + re.sub(r"\W", "_", os.path.realpath(path))
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

"""A list of the plugins that were loaded, and of the ones that failed, with the reasons."""

from msgspec import Struct

from engagecheck.plugin_host.adapter import WORDS
from engagecheck.plugin_host.discovery import BUNDLED
from engagecheck.plugin_host.registry import Registry


class Loaded(Struct, frozen=True):
    """One plugin: its distribution and version, what it brings, the duration of its import, and its problem, if any."""

    name: str
    pack: str
    version: str
    brings: tuple[str, ...]
    milliseconds: float | None
    problem: str = ""


def loaded(registry: Registry) -> tuple[Loaded, ...]:
    """All plugins of a registry, the bundled ones first. This loads the formats too."""
    for name in registry.format_names:
        registry.reporter(name)
    seconds = {str(plugin): duration for plugin, duration in registry.loading.items()}
    details = dict(registry.details)
    problems = {problem.where: f"{problem.message} {details.get(problem.where, '')}".strip() for problem in registry.problems}
    plugins = {str(plugin): plugin for plugin in (*registry.loading, *registry.failed, *registry.isolated)}
    things: dict[str, list[str]] = {}
    for kind, words in WORDS.items():
        for name, offered in registry.offered[kind].items():
            things.setdefault(str(offered.plugin), []).append(f"{words.removeprefix('the ')} {name}")
    ordered = sorted(plugins.items(), key=lambda item: (item[1].pack != BUNDLED, item[0]))
    return tuple(
        Loaded(
            plugin.name, plugin.pack, plugin.version, tuple(sorted(things.get(key, ()))),
            round(1000 * seconds[key], 1) if key in seconds else None, problems.get(key, ""),
        )
        for key, plugin in ordered
    )  # fmt: skip

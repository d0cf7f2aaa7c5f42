"""What is loaded, from where, what failed and why; and whether a plugin is fit to be shipped."""

import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from attrs import frozen

from engagecheck.errors import UsageRefused
from engagecheck.model.schema import did_you_mean
from engagecheck.plugin_host import check
from engagecheck.plugin_host.discovery import BUNDLED, Plugin, entry_points, plugin_of
from engagecheck.plugin_host.registry import KINDS, Registry, add_all
from engagecheck.rules.rule import ProfileExtension, Rule


@frozen
class Loaded:
    """One plugin: from which distribution and version, what it brings, how long its import took, what is wrong."""

    name: str
    pack: str
    version: str
    brings: tuple[str, ...]
    milliseconds: float | None
    problem: str = ""


def loaded(registry: Registry) -> tuple[Loaded, ...]:
    """Every plugin of a registry, formats too, the bundled ones first."""
    assert registry.reporters  # noqa: S101  # formats are loaded when they are asked for
    took = {str(plugin): seconds for plugin, seconds in registry.loaded}
    texts = dict(registry.details)
    wrong = {problem.where: f"{problem.message} {texts.get(problem.where, '')}".strip() for problem in registry.problems}
    brought: dict[str, list[str]] = {}
    plugins: dict[str, Plugin] = {str(plugin): plugin for plugin, _ in registry.loaded}
    plugins |= {str(plugin): plugin for plugin in (*registry.failed, *registry.isolated)}
    for kind, things in registry.offered.items():
        for name, offered in things.items():
            brought.setdefault(str(offered.plugin), []).append(f"{KINDS[kind].removeprefix('the ')} {name}")
    ordered = sorted(plugins.items(), key=lambda item: (item[1].pack != BUNDLED, item[0]))
    return tuple(
        Loaded(
            plugin.name, plugin.pack, plugin.version, tuple(sorted(brought.get(key, ()))),
            round(1000 * took[key], 1) if key in took else None, wrong.get(key, ""),
        )
        for key, plugin in ordered
    )  # fmt: skip


def check(target: str) -> Iterator[str]:
    """What is wrong with a plugin: a file, a folder of rule files or of a package, or an installed distribution.

    Raises `UsageRefused` where there is no plugin of that name.
    """
    plugins, more = _meant(target)
    yield from more
    bundled = [one for one in entry_points() if one.pack == BUNDLED]
    registry = add_all([*(one for one in bundled if one not in plugins), *plugins])
    texts = dict(registry.details)
    for problem in registry.problems:
        yield f"{problem.where}: {problem.message} {texts.get(problem.where, '')}".strip()
    mine = {str(plugin) for plugin in plugins}
    rules = [rule for name, rule in registry.rules.items() if str(registry.pack_of(name)) in mine]
    for rule in rules:
        yield from check.complaints(rule, registry.sources)
        if rule.replaced_by and rule.replaced_by not in registry.rules:
            yield f"{rule.id}: it is replaced_by {rule.replaced_by!r}, which no plugin brings"
        known = {one.id for other in registry.rules.values() for one in other.criteria}
        for criterion in rule.criteria:
            if criterion.beside and criterion.beside not in known:
                yield f"{criterion.id}: it stands beside {criterion.beside!r}, which is no criterion; name one, or leave it out"
    for offered in registry.offered[ProfileExtension].values():
        if str(offered.plugin) in mine:
            yield from check.complaints_of_extension(offered.thing)
    yield from _unread(registry, rules, mine)


def _meant(target: str) -> tuple[list[Plugin], list[str]]:
    """The plugins that a name or path means, and what is wrong with how they are packaged."""
    path = Path(target)
    if path.is_file():
        return [plugin_of(target, f"folder {path.resolve().parent.name}")], []
    installed = [one for one in entry_points() if one.pack == target]
    if path.is_dir():
        project = path / "pyproject.toml"
        if project.is_file():
            return _of_project(project)
        found = [plugin_of(str(one), f"folder {path.resolve().name}") for one in sorted(path.glob("[!_]*.py"))]
        rules = [one for one in found if not one.name.startswith("test-")]
        if rules:
            return rules, []
    if installed:
        return installed, list(_requires(target))
    known = sorted({one.pack for one in entry_points()})
    raise UsageRefused(f"plugin check {target}: there is no such file, folder or distribution; {did_you_mean(target, known)}")


def _of_project(project: Path) -> tuple[list[Plugin], list[str]]:
    import tomllib

    try:
        document = tomllib.loads(project.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        return [], [f"{project}: it is no TOML: {error}"]
    described = document.get("project", {})
    points = described.get("entry-points", {}).get("engagecheck", {})
    name = described.get("name", project.parent.name)
    said = []
    if not points:
        said.append(f"{project}: there is no [project.entry-points.engagecheck]; name each rule's module there, by its id")
    if not any(re.match(r"engagecheck(?![\w.-])", one) for one in described.get("dependencies", ())):
        said.append(f'{project}: engagecheck is not among the dependencies; add "engagecheck>=…"')
    installed = [one for one in entry_points() if one.pack == name]
    source = str((project.parent / "src").resolve())
    if installed and Path(source).is_dir():
        sys.path.insert(0, source)  # what stands here is checked, not a copy that was installed before
    for point in sorted(set(points) - {one.name for one in installed}):
        said.append(f"{project}: the entry point {point} is not installed; run python -m pip install -e {project.parent} first")
    return installed, said


def _requires(distribution: str) -> Iterator[str]:
    from importlib import metadata

    if distribution != BUNDLED:
        wanted = metadata.requires(distribution) or []
        if not any(re.match(r"engagecheck(?![\w.-])", one) for one in wanted):
            yield f"{distribution}: engagecheck is not among its dependencies; add it, with the least version that it needs"


def _unread(registry: Registry, rules: Sequence[Rule], mine: set[str]) -> Iterator[str]:
    """Facts that a rule reads from an extension that nobody describes."""
    for rule in rules:
        for criterion in rule.criteria:
            for path in criterion.paths:
                head, _, rest = path.partition(".")
                name = rest.partition(".")[0]
                if head == "extensions" and name not in registry.extensions:
                    yield f"{criterion.id}: it reads {path}, and no plugin brings a ProfileExtension called {name!r}; add one"
    if not rules and not any(str(one.plugin) in mine for things in registry.offered.values() for one in things.values()):
        yield "nothing was loaded, so there is nothing to check"

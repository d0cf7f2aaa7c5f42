"""What plugins bring: every plugin is loaded on its own and registered with pluggy, the bundled ones too.

A plugin that cannot be loaded is named and costs only itself.
"""

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import chdir, nullcontext
from hashlib import sha256
from os import PathLike
from time import perf_counter
from types import ModuleType
from typing import Any

import pluggy
from attrs import frozen

from engagecheck.errors import RuleRefused, text_of
from engagecheck.model.report import VERSION, Problem
from engagecheck.model.schema import did_you_mean
from engagecheck.plugin_host.adapter import KINDS, WORDS, TopLevel, kind_of
from engagecheck.plugin_host.discovery import BUNDLED, FORMATS, GROUP, Plugin, find_plugins, plugins_in, without_named
from engagecheck.plugin_host.framework import Framework
from engagecheck.rules import hookspecs
from engagecheck.rules.importer import Importer
from engagecheck.rules.reporter import Reporter
from engagecheck.rules.rule import ProfileExtension, Rule, Source
from engagecheck.rules.scales import JOURNEY, OpinionScale

SAME_NAME = "another one of this name, of a distribution or folder of this name, is loaded already"
API = 1
"""The version of the interface for plugins. A plugin may say which one it was made for: `ENGAGECHECK_API = 1`."""


@frozen
class Offered:
    """A thing that a plugin brings."""

    thing: Any
    plugin: Plugin


class Registry:
    """All rules, sources, formats, extensions, importers, scales and frameworks, and what could not be loaded.

    `isolated` are plugins that were not loaded here, because their rules run in processes of their own. `details` are the
    texts of exceptions, by the plugin's name; `loading` is how many seconds each import took.
    """

    def __init__(self) -> None:
        self.manager = pluggy.PluginManager(hookspecs.PROJECT)
        self.manager.add_hookspecs(hookspecs)
        self.offered: dict[type, dict[str, Offered]] = {kind: {} for kind in WORDS}
        self.loading: dict[Plugin, float] = {}
        self.failed: list[Plugin] = []
        self.problems: list[Problem] = []
        self.details: list[tuple[str, str]] = []
        self.excluded: list[str] = []
        self.isolated: list[Plugin] = []
        self.formats: dict[str, Plugin] = {}
        self._modules: dict[str, dict[str, ModuleType]] = {}
        self._digests: dict[tuple[str, str], str] = {}

    @property
    def rules(self) -> dict[str, Rule]:
        """Rules by id, in the order of ids."""
        return self._by_name(Rule)

    @property
    def sources(self) -> dict[str, Source]:
        """Sources by id."""
        return self._by_name(Source)

    @property
    def extensions(self) -> dict[str, ProfileExtension]:
        """Profile extensions by name."""
        return self._by_name(ProfileExtension)

    @property
    def importers(self) -> dict[str, Importer]:
        """Importers by name."""
        return self._by_name(Importer)

    @property
    def scales(self) -> dict[str, OpinionScale]:
        """Opinion scales by name, the usual one first."""
        return {JOURNEY.name: JOURNEY, **self._by_name(OpinionScale)}

    @property
    def frameworks(self) -> dict[str, Framework]:
        """What packs say about themselves, by the name of the pack."""
        return self._by_name(Framework)

    @property
    def packs(self) -> dict[str, str]:
        """The version of each pack of rules, by its name. Sources and formats alone make no pack."""
        versions = {plugin.pack: plugin.version for plugin in (*self.failed, *self.isolated, *self.rule_plugins)}
        versions.setdefault(BUNDLED, VERSION)
        return versions

    @property
    def reporters(self) -> dict[str, Reporter]:
        """All formats by name. This loads every one of them."""
        for name in self.format_names:
            self.reporter(name)
        return self._by_name(Reporter)

    @property
    def format_names(self) -> list[str]:
        """The names of all formats, loaded or not."""
        return sorted({*self.offered[Reporter], *self.formats})

    def reporter(self, name: str) -> Reporter | None:
        """The format of a name, loaded now if it was not yet; `None` if there is none, or it cannot be loaded."""
        if name not in self.offered[Reporter] and name in self.formats:
            self.add(self.formats.pop(name))
        offered = self.offered[Reporter].get(name)
        return offered.thing if offered else None

    def _by_name(self, kind: type) -> dict[str, Any]:
        return {name: offered.thing for name, offered in sorted(self.offered[kind].items())}

    @property
    def rule_plugins(self) -> list[Plugin]:
        """The plugins that brought rules, in the order of their rules."""
        return [offered.plugin for _, offered in sorted(self.offered[Rule].items())]

    def plugin_of(self, rule: str) -> Plugin:
        """The plugin that brought a rule."""
        return self.offered[Rule][rule].plugin

    def digest_of(self, pack: str, plugin: str) -> str:
        """The digest of the source text of a plugin, by its pack and name. It changes when the rule is edited."""
        if (pack, plugin) not in self._digests:
            module = self._modules.get(pack, {}).get(plugin)
            self._digests[pack, plugin] = sha256(_source(module) if module else b"").hexdigest()
        return self._digests[pack, plugin]

    def pack_digest(self, pack: str) -> str:
        """The digest of the source text of all plugins of a pack, formats aside: they have no part in what a report says."""
        known = {name for of, name in self._digests if of == pack}
        names = sorted({*self._modules.get(pack, {}), *known})
        lines = (f"{name} {self.digest_of(pack, name)}\n" for name in names)
        return sha256("".join(lines).encode()).hexdigest()

    def learn_digest(self, plugin: Plugin, digest: str) -> None:
        """Take in the digest of a plugin that was not loaded here."""
        self._digests[plugin.pack, plugin.name] = digest

    def isolate(self, plugin: Plugin) -> None:
        """Take in a plugin whose rules run in a process of its own. It fails as it would here."""
        if str(plugin) in map(str, self.isolated):
            self._fail_to_load(plugin, RuleRefused(SAME_NAME))
        else:
            self.isolated.append(plugin)

    def add_format(self, plugin: Plugin) -> None:
        """Take in a format that is loaded when it is asked for. The first of one name keeps it."""
        if plugin.name in self.formats:
            self._fail(plugin, "conflict", brought_twice(f"the format {plugin.name!r}", self.formats[plugin.name], plugin))
        else:
            self.formats[plugin.name] = plugin

    def add(self, plugin: Plugin) -> None:
        """Load a plugin and take in what it brings. Whatever goes wrong costs this plugin alone."""
        try:
            # A plugin that goes to another folder does not take the command along.
            with nullcontext() if plugin.pack == BUNDLED else chdir(os.curdir):
                things = list(self._load(plugin))
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # a plugin may call sys.exit
            self._fail_to_load(plugin, error)
            return
        for kind, name, thing in things:
            self.take(kind, name, thing, plugin)

    def refuse_unknown_sources(self) -> None:
        """Give up each rule of others that cites a source which nobody brings. Call it when everything is loaded."""
        for name, rule in self.rules.items():
            plugin, unknown = self.plugin_of(name), sorted(rule.cites - {*self.sources})
            if unknown and plugin.pack != BUNDLED:
                del self.offered[Rule][name]
                self._fail_to_load(plugin, RuleRefused(f"it cites {unknown[0]!r}, which no plugin brings; declare that Source"))

    def _load(self, plugin: Plugin) -> Iterator[tuple[type, str, Any]]:
        if str(plugin) in map(str, self.loading):
            raise RuleRefused(SAME_NAME)
        started = perf_counter()
        module = plugin.load()
        self.loading[plugin] = perf_counter() - started
        wanted = getattr(module, "ENGAGECHECK_API", API)
        if wanted != API:
            raise RuleRefused(f"it was made for version {wanted!r} of the interface for plugins, and this has {API}")
        if plugin.group != FORMATS:
            self._modules.setdefault(plugin.pack, {})[plugin.name] = module
        for name, value in vars(module).items():
            if name.startswith(f"{hookspecs.PROJECT}_") and callable(value) and name not in KINDS:
                raise RuleRefused(f"{name} is no hook; {did_you_mean(name, list(KINDS))}")
        top = TopLevel(module)
        things = [*self._brought(top, plugin, str(plugin)), *((Framework, plugin.pack, one) for one in top.of(Framework))]
        if any(hasattr(value, f"{hookspecs.PROJECT}_impl") for value in vars(module).values()):
            things += self._brought(module, plugin, f"{plugin} (hooks)")
        if not things:
            kinds = "no rule, source, reporter, extension, importer, scale or framework"
            raise RuleRefused(f"it brings nothing: {kinds} at its top level")
        yield from things

    def _brought(self, provider: Any, plugin: Plugin, name: str) -> Iterator[tuple[type, str, Any]]:
        """What the hooks of a provider bring, each by its type and name."""
        try:
            self.manager.register(provider, name)
            self.manager.check_pending()
        except pluggy.PluginValidationError:
            self.manager.unregister(provider)
            raise
        for hook in KINDS:
            for implementation in getattr(self.manager.hook, hook).get_hookimpls():
                if implementation.plugin is not provider:
                    continue
                brought = implementation.function()
                if not isinstance(brought, Iterable) or isinstance(brought, str | bytes):
                    raise RuleRefused(f"{hook} returned {type(brought).__name__}; return a list of what it brings")
                for thing in brought:
                    if not isinstance(thing, tuple(other for other, _ in KINDS.values())):
                        raise RuleRefused(f"{hook} brought {thing!r}, which is nothing that can be used")
                    if isinstance(thing, Rule):
                        thing = _checked_rule(thing, plugin, by_hook=provider.__class__ is ModuleType)
                    yield kind_of(thing), thing.id if isinstance(thing, Rule | Source) else thing.name, thing

    def take(self, kind: type, name: str, thing: Any, plugin: Plugin) -> None:
        """Take in one thing that a plugin brings. If two bring one name, neither keeps it, unless one is bundled."""
        new, old = Offered(thing, plugin), self.offered[kind].get(name)
        if kind is Reporter and plugin.pack != BUNDLED and old is None and name in self.formats:
            self._fail(plugin, "conflict", brought_twice(f"the format {name!r}", self.formats[name], plugin))
        elif old is None:
            self.offered[kind][name] = new
        elif old.thing is not thing:  # a plugin that imports what another brings has it at its top level too
            what = f"{WORDS[kind]} {name!r}"
            self._fail(plugin, "conflict", brought_twice(what, old.plugin, plugin))
            if old.plugin.pack != BUNDLED:
                del self.offered[kind][name]
                self.failed.append(old.plugin)

    def _fail_to_load(self, plugin: Plugin, error: BaseException) -> None:
        self._fail(plugin, "plugin", f"could not be loaded ({type(error).__name__})", text_of(error))

    def _fail(self, plugin: Plugin, kind: str, message: str, detail: str = "") -> None:
        self.failed.append(plugin)
        self.problems.append(Problem(kind, str(plugin), message))
        if detail:
            self.details.append((str(plugin), detail))


def brought_twice(what: str, one: Plugin, other: Plugin) -> str:
    """The conflict of two plugins in words."""
    return f"{what} is brought by both {one} and {other}; leave one out"


def installed(
    folders: Sequence[str | PathLike[str]] = (),
    *,
    without: Sequence[str] = (),
    third_party: bool = True,
    group: str = GROUP,
    isolate: bool = False,
) -> Registry:
    """The registry of everything installed and of the plugin folders.

    `without` leaves out plugins by name, distribution or `distribution:name`. `third_party=False` leaves out all but the
    bundled ones and the folders. `group` is `IMPORTERS` for an import. With `isolate` no code of third parties is loaded
    here: their rules run in processes of their own. Raises `UsageRefused` for a name or folder that does not exist.
    """
    groups = (GROUP, FORMATS) if group == GROUP else (group,)
    plugins = [one for one in find_plugins(*groups) if third_party or one.pack == BUNDLED]
    plugins += [one for folder in folders for one in plugins_in(folder)]
    kept = without_named(plugins, without)
    registry = Registry()
    registry.excluded.extend(str(plugin) for plugin in plugins if plugin not in kept)
    for plugin in kept:
        if isolate and plugin.pack != BUNDLED:
            if plugin.group != FORMATS:
                registry.isolate(plugin)
        elif plugin.group == FORMATS:
            registry.add_format(plugin)
        else:
            registry.add(plugin)
    registry.refuse_unknown_sources()
    return registry


def registry_of(plugins: Iterable[Plugin]) -> Registry:
    """A registry of these plugins, each loaded on its own."""
    registry = Registry()
    for plugin in plugins:
        registry.add(plugin)
    return registry


def _checked_rule(rule: Rule, plugin: Plugin, *, by_hook: bool) -> Rule:
    """A copy of a rule with its id: that of its plugin, unless a hook makes several."""
    if not by_hook and rule.id not in ("", plugin.name):
        raise RuleRefused(f"the rule is called {rule.id!r} and its plugin {plugin.name!r}; use one name")
    if not rule.criteria:
        raise RuleRefused(f"the rule {rule.id!r} has no criteria; declare one with @rule.criterion")
    return rule.named(rule.id or plugin.name)


def _source(module: ModuleType) -> bytes:
    """The source text of a module, as its loader gives it; nothing for a module that was made at run time."""
    loader = getattr(module, "__loader__", None)
    try:
        text = loader.get_source(module.__name__) if loader and hasattr(loader, "get_source") else None
    except (ImportError, OSError):
        text = None
    return (text or "").encode()

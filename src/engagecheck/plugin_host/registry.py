"""What plugins bring: found through entry points and in plugin folders, each loaded on its own.

A plugin that cannot be loaded is named and costs only itself. The bundled rules come this way too.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from os import PathLike
from time import perf_counter
from types import ModuleType
from typing import TYPE_CHECKING, Any

from engagecheck.errors import RuleRefused
from engagecheck.model.digests import digest_of
from engagecheck.model.records import record
from engagecheck.model.report import Problem
from engagecheck.plugin_host.discovery import BUNDLED, FORMATS, GROUP, Plugin, entry_points, in_folder, left
from engagecheck.rules.importer import Importer
from engagecheck.rules.reporter import Reporter
from engagecheck.rules.rule import ProfileExtension, Rule, Source
from engagecheck.rules.scales import JOURNEY, OpinionScale

if TYPE_CHECKING:
    import pluggy

API = 1
"""The version of what plugins import. A plugin may say which it was made for: `ENGAGECHECK_API = 1`."""
KINDS: dict[type, str] = {
    Rule: "the rule",
    Source: "the source",
    Reporter: "the format",
    ProfileExtension: "the extension",
    Importer: "the importer",
    OpinionScale: "the scale",
}
HOOKS = tuple(f"engagecheck_{kind}" for kind in ("rules", "sources", "reporters", "extensions", "importers", "scales"))


@record
class Offered:
    """A thing that a plugin brings."""

    thing: Any
    plugin: Plugin


class Registry:
    """All rules, sources, reporters and profile extensions, and what could not be loaded.

    `isolated`: plugins that were not loaded here, for their rules are put to a profile in a process of their own.
    """

    def __init__(self) -> None:
        self.offered: dict[type, dict[str, Offered]] = {kind: {} for kind in KINDS}
        self.failed: list[Plugin] = []
        self.problems: list[Problem] = []
        self.details: list[tuple[str, str]] = []
        self.left_out: list[str] = []
        self.isolated: list[Plugin] = []
        self.formats: dict[str, Plugin] = {}
        self.loaded: list[tuple[Plugin, float]] = []
        self._modules: dict[str, dict[str, ModuleType]] = {}
        self._digests: dict[tuple[str, str | None], str] = {}

    @property
    def rules(self) -> dict[str, Rule]:
        """Rules by id, in the order of ids."""
        return {name: one.thing for name, one in sorted(self.offered[Rule].items())}

    @property
    def sources(self) -> dict[str, Source]:
        """Sources by id."""
        return {name: one.thing for name, one in self.offered[Source].items()}

    @property
    def format_names(self) -> list[str]:
        """The names of all formats, loaded or not."""
        return sorted({*self.offered[Reporter], *self.formats})

    def reporter(self, name: str) -> Reporter | None:
        """The reporter of a format, loaded now if it was not yet; `None` where there is none, or it cannot be loaded."""
        if name not in self.offered[Reporter] and name in self.formats:
            self.add(self.formats.pop(name), is_format=True)
        found = self.offered[Reporter].get(name)
        return found.thing if found else None

    @property
    def reporters(self) -> dict[str, Reporter]:
        """Reporters by the name of their format, all of them loaded."""
        for name in self.format_names:
            self.reporter(name)
        return {name: one.thing for name, one in sorted(self.offered[Reporter].items())}

    @property
    def extensions(self) -> dict[str, ProfileExtension]:
        """Profile extensions by name."""
        return {name: one.thing for name, one in self.offered[ProfileExtension].items()}

    @property
    def scales(self) -> dict[str, OpinionScale]:
        """Opinion scales by name, the usual one among them."""
        return {JOURNEY.name: JOURNEY, **{name: one.thing for name, one in sorted(self.offered[OpinionScale].items())}}

    @property
    def importers(self) -> dict[str, Importer]:
        """Importers by name."""
        return {name: one.thing for name, one in sorted(self.offered[Importer].items())}

    def pack_of(self, rule: str) -> Plugin:
        """The plugin that brought a rule."""
        return self.offered[Rule][rule].plugin

    def digest_of(self, pack: str, plugin: str | None = None) -> str:
        """The digest of the source text of one plugin, or of all of a pack: an edited rule shows by it."""
        key = (pack, plugin)
        if key not in self._digests:
            modules = self._modules.get(pack, {})
            if plugin is not None:
                source = _source(modules[plugin]) if plugin in modules else b""
            else:
                names = {*modules, *(name for of, name in self._digests if of == pack and name)}
                source = "".join(f"{name} {self.digest_of(pack, name)}\n" for name in sorted(names)).encode()
            self._digests[key] = digest_of(source)
        return self._digests[key]

    def learn_digest(self, plugin: Plugin, digest: str) -> None:
        """Take in the digest of a plugin that was not loaded here."""
        self._digests[plugin.pack, plugin.name] = digest

    @cached_property
    def _hooks(self) -> "pluggy.PluginManager":
        """What knows our hooks. Made for the first plugin that implements one: most bring all they have at their top level."""
        import pluggy

        from engagecheck.rules import hookspecs

        manager = pluggy.PluginManager(hookspecs.PROJECT)
        manager.add_hookspecs(hookspecs)
        return manager

    def add(self, plugin: Plugin, *, is_format: bool = False) -> None:
        """Load a plugin and take in what it brings; whatever goes wrong costs this plugin alone.

        `is_format`: it writes reports and has no part in what they say, so its text is not in their digests.
        """
        try:
            if any(str(one) == str(plugin) for one, _ in self.loaded):
                raise RuleRefused("another one of this name, of a distribution or folder of this name, is loaded already")
            started = perf_counter()
            module = plugin.load()
            self.loaded.append((plugin, perf_counter() - started))
            wanted = getattr(module, "ENGAGECHECK_API", API)
            if wanted != API:
                raise RuleRefused(f"it was made for version {wanted!r} of the interface for plugins, and this has {API}")
            if not is_format:
                self._modules.setdefault(plugin.pack, {})[plugin.name] = module
            things = list(_at_top_level(module, plugin))
            if _has_hooks(module):
                self._hooks.register(module, name=str(plugin))
                things.extend(_by_hooks(module, self._hooks))
            if not things:
                raise RuleRefused("it brings nothing: no rule, source, reporter, extension, importer or scale at its top level")
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # a plugin may call sys.exit
            self._fail(plugin, "plugin", f"could not be loaded ({type(error).__name__})", _text(error))
            return
        for kind, name, thing in things:
            self.take(kind, name, thing, plugin)

    def take(self, kind: type, name: str, thing: Any, plugin: Plugin) -> None:
        """Take in one thing that a plugin brings; where its name is taken, nobody but the bundled pack keeps it."""
        new = Offered(thing, plugin)
        taken = self.offered[kind].get(name)
        if taken is None:
            self.offered[kind][name] = new
            return
        if taken.thing is new.thing:  # a plugin that uses what another brings has it at its top level too
            return
        message = f"{KINDS[kind]} {name!r} is brought by both {taken.plugin} and {new.plugin}; leave one out"
        self._fail(new.plugin, "conflict", message)
        if taken.plugin.pack != BUNDLED:
            del self.offered[kind][name]
            self.failed.append(taken.plugin)

    def _fail(self, plugin: Plugin, kind: str, message: str, detail: str = "") -> None:
        self.failed.append(plugin)
        self.problems.append(Problem(kind, str(plugin), message))
        if detail:
            self.details.append((str(plugin), detail))


def installed(
    folders: Sequence[str | PathLike[str]] = (),
    *,
    without: Sequence[str] = (),
    third_party: bool = True,
    group: str = GROUP,
    isolate: bool = False,
) -> Registry:
    """The registry of everything installed and of the plugin folders.

    `without` leaves out plugins by name, distribution or `distribution:name`; `third_party=False` all but the
    bundled ones and the folders; `group` is `IMPORTERS` for what an import needs. With `isolate` no third party's code is
    loaded here: its rules run in processes of their own. Raises `UsageRefused` for a name or folder that does not exist.
    """
    def own_of(group: str) -> list[Plugin]:
        return [one for one in entry_points(group) if third_party or one.pack == BUNDLED]

    own, formats = own_of(group), own_of(FORMATS) if group == GROUP else []
    plugins = [*own, *formats, *(one for folder in folders for one in in_folder(folder))]
    kept, writing = set(left(plugins, without)), set(formats)
    here = [one for one in plugins if one in kept and (one.pack == BUNDLED or not isolate)]
    registry = add_all(one for one in here if one not in writing)
    for one in here:
        if one in writing:
            registry.formats.setdefault(one.name, one)
    registry.left_out.extend(str(plugin) for plugin in plugins if plugin not in kept)
    if isolate:
        registry.isolated.extend(one for one in plugins if one in kept and one.pack != BUNDLED and one not in writing)
    return registry


def add_all(plugins: Iterable[Plugin]) -> Registry:
    """A registry of these plugins, each loaded on its own."""
    registry = Registry()
    for plugin in plugins:
        registry.add(plugin)
    return registry


def _has_hooks(module: ModuleType) -> bool:
    """Whether a module implements a hook; pluggy looks at every name with great care, and few modules have any."""
    return any(hasattr(type(value), "__get__") and hasattr(value, "engagecheck_impl") for value in vars(module).values())


def _at_top_level(module: ModuleType, plugin: Plugin) -> Iterator[tuple[type, str, Any]]:
    """Everything that a module brings at its top level, by kind and name: it is known by its type."""
    seen: set[int] = set()
    for value in list(vars(module).values()):
        for thing in value if isinstance(value, tuple | list) else (value,):
            if id(thing) not in seen and isinstance(thing, tuple(KINDS)):
                seen.add(id(thing))
                if isinstance(thing, Rule) and thing.id != plugin.name:
                    raise RuleRefused(f"the rule is called {thing.id!r} and its plugin {plugin.name!r}; use one name")
                yield _named(thing)


def _by_hooks(module: ModuleType, manager: "pluggy.PluginManager") -> Iterator[tuple[type, str, Any]]:
    """Everything that a module brings by its hooks, by kind and name."""
    for hook in HOOKS:
        for implementation in getattr(manager.hook, hook).get_hookimpls():
            if implementation.plugin is module:
                for thing in implementation.function():
                    if not isinstance(thing, tuple(KINDS)):
                        raise RuleRefused(f"{hook} brought {thing!r}, which is nothing that can be used")
                    yield _named(thing)


def _named(thing: Any) -> tuple[type, str, Any]:
    if isinstance(thing, Rule):
        if not thing.criteria:
            raise RuleRefused(f"the rule {thing.id!r} has no criteria; declare one with @rule.criterion")
        return Rule, thing.id, thing.copy()
    kind = next(kind for kind in KINDS if isinstance(thing, kind))
    return kind, thing.id if isinstance(thing, Source) else thing.name, thing


def _source(module: ModuleType) -> bytes:
    try:
        with open(module.__file__ or "", "rb") as file:
            return file.read().replace(b"\r\n", b"\n")
    except OSError:  # a module made at run time, or out of an archive
        return b""


def _text(error: BaseException) -> str:
    try:
        return f"{type(error).__name__}: {error}".strip().rstrip(":")
    except Exception:  # of an exception that fails when it is asked for its text
        return type(error).__name__

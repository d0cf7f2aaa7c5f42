"""The adapter by which a module without hooks is registered with pluggy, and the kinds of things that hooks bring."""

from collections.abc import Callable, Iterable
from types import ModuleType
from typing import Any, TypeVar

from engagecheck.plugin_host.framework import Framework
from engagecheck.rules.hookspecs import hookimpl
from engagecheck.rules.importer import Importer
from engagecheck.rules.reporter import Reporter
from engagecheck.rules.rule import ProfileExtension, Rule, Source
from engagecheck.rules.scales import OpinionScale

KINDS: dict[str, tuple[type, str]] = {
    "engagecheck_rules": (Rule, "the rule"),
    "engagecheck_sources": (Source, "the source"),
    "engagecheck_reporters": (Reporter, "the format"),
    "engagecheck_extensions": (ProfileExtension, "the extension"),
    "engagecheck_importers": (Importer, "the importer"),
    "engagecheck_scales": (OpinionScale, "the scale"),
}
"""What each hook brings: its type, and what messages call it."""
WORDS: dict[type, str] = {**dict(KINDS.values()), Framework: "the framework of"}
"""What messages call a thing. A framework has no hook, because it is never made at run time."""
T = TypeVar("T")


class TopLevel:
    """Registers a module with pluggy: it implements each hook by the things of that kind at the module's top level."""

    def __init__(self, module: ModuleType) -> None:
        values = list(vars(module).values())
        things = [thing for value in values for thing in (value if isinstance(value, tuple | list) else (value,))]
        self._things = list({id(thing): thing for thing in things}.values())

    def of(self, kind: type[T]) -> list[T]:
        """The things of a kind."""
        return [thing for thing in self._things if isinstance(thing, kind)]


def _implementation(kind: type) -> Callable[[TopLevel], Iterable[Any]]:
    """The hook that brings the things of a kind at the top level."""

    @hookimpl
    def things_of_kind(module: TopLevel) -> Iterable[Any]:
        return module.of(kind)

    return things_of_kind


for _hook, (_kind, _) in KINDS.items():
    setattr(TopLevel, _hook, _implementation(_kind))


def kind_of(thing: Any) -> type:
    """The type under which a thing is registered."""
    return next(kind for kind, _ in KINDS.values() if isinstance(thing, kind))

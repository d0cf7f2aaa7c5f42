"""The hooks that a plugin may implement.

Most plugins need no hook. Rules, sources, reporters and profile extensions at the top level of a plugin's module are
collected by their type. A hook is for objects that a plugin builds at run time.
"""

from collections.abc import Iterable

import pluggy

from engagecheck.rules.importer import Importer
from engagecheck.rules.reporter import Reporter
from engagecheck.rules.rule import ProfileExtension, Rule, Source
from engagecheck.rules.scales import OpinionScale

PROJECT = "engagecheck"
hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


@hookspec
def engagecheck_rules() -> Iterable[Rule]:  # type: ignore[empty-body]
    """Rules built at run time. Their ids may be any that no other rule uses."""


@hookspec
def engagecheck_sources() -> Iterable[Source]:  # type: ignore[empty-body]
    """Sources that the plugin's rules cite."""


@hookspec
def engagecheck_reporters() -> Iterable[Reporter]:  # type: ignore[empty-body]
    """Output formats for a report."""


@hookspec
def engagecheck_extensions() -> Iterable[ProfileExtension]:  # type: ignore[empty-body]
    """JSON Schemas for the plugin's own part of a profile, `/extensions/NAME`."""


@hookspec
def engagecheck_importers() -> Iterable[Importer]:  # type: ignore[empty-body]
    """Importers of published files. A package registers its importers in the entry-point group `engagecheck.importers`."""


@hookspec
def engagecheck_scales() -> Iterable[OpinionScale]:  # type: ignore[empty-body]
    """Opinion scales: a word and a definition for each level."""

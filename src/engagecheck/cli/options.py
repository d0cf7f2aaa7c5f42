"""What several commands share: reading a profile, which plugins to load, and what to put beside the defaults."""

import os
import sys
from collections.abc import Callable
from contextlib import redirect_stdout
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from engagecheck.errors import InputRefused, UsageRefused
from engagecheck.model.records import record

if TYPE_CHECKING:
    from engagecheck.audit.overrides import Overrides
    from engagecheck.audit.tailoring import Tailoring
    from engagecheck.intake.load import Rules
    from engagecheck.model.profile import Profile
    from engagecheck.model.report import Report
    from engagecheck.plugin_host.registry import Registry

STANDARD_INPUT = "-"
CONFIGURATIONS = ("engagecheck.toml", "pyproject.toml")
_PLUGINS = (
    click.option("--plugins", "folders", multiple=True, metavar="DIR", help="Load rule files from this folder too."),
    click.option("--without", multiple=True, metavar="NAME", help="Leave out a third-party plugin or distribution."),
    click.option("--no-plugins", is_flag=True, help="Load the bundled rules only, and those of --plugins."),
)
_SETTING = (
    click.option("--as-of", metavar="DATE", help="Audit as of a later day, such as 2025-09-30."),
    click.option("--accepted-gaps", metavar="FILE", help="Gaps that the organisation accepts, with reason and expiry (JSON)."),
    click.option("--attestations", metavar="FILE", help="What named roles vouch for where no document shows it (JSON)."),
    click.option("--ignore-overrides", is_flag=True, help="Audit as if there were no accepted gaps and attestations."),
    click.option("--config", metavar="FILE", help="Tailoring (default: engagecheck.toml or pyproject.toml here, if there)."),
    click.option("--no-config", is_flag=True, help="Audit by the defaults, whatever stands in this folder."),
    click.option("--scale", metavar="NAME", help="Word the rating by another scale: rag, four-step, wales, or a plugin's."),
    *_PLUGINS,
    click.option("--isolate", is_flag=True, help="Run rules of others in processes of their own, limited in time and memory."),
)

_GATE = (
    click.option(
        "--fail-on", type=click.Choice(["high", "medium", "low", "never"]),
        help="Exit with 1 when a question of this priority or above is not met or not shown (default: high).",
    ),
    click.option(
        "--min-coverage", type=click.FloatRange(0, 100), metavar="PERCENT",
        help="Exit with 1 when fewer of the questions that apply are answered.",
    ),
)


def _with(options: tuple[Callable[..., Any], ...], command: Callable[..., Any]) -> Callable[..., Any]:
    for option in reversed(options):
        command = option(command)
    return command


def is_given(option: str) -> bool:
    """Whether an option stands on the command line, rather than in the environment or nowhere."""
    context = click.get_current_context()
    return context.get_parameter_source(option) is click.core.ParameterSource.COMMANDLINE


def plugin_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that say which plugins to load; they arrive as `folders`, `without` and `no_plugins`."""
    return _with(_PLUGINS, command)


def setting_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that an audit is set by; they arrive as keywords, for `Setting.of`."""
    return _with(_SETTING, command)


def gate_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of the gate; they arrive as `fail_on` and `min_coverage`."""
    return _with(_GATE, command)


@record
class Setting:
    """What an audit is done with: rules, tailoring, and what stands beside the results."""

    registry: "Registry"
    tailoring: "Tailoring | None" = None
    overrides: "Overrides | None" = None
    as_of: str | None = None
    scale: str | None = None

    @classmethod
    def of(
        cls, *, as_of: str | None, accepted_gaps: str | None, attestations: str | None, ignore_overrides: bool,
        config: str | None, no_config: bool, scale: str | None, folders: tuple[str, ...], without: tuple[str, ...],
        no_plugins: bool, isolate: bool,
    ) -> "Setting":  # fmt: skip
        """The setting that `setting_options` ask for. Raises what the files that they name are refused with."""
        named = Named.of(config, no_config, accepted_gaps, attestations, folders)
        registry = registry_of(named.folders, without, no_plugins, isolate)
        tailoring = None
        if named.configuration is not None:
            from engagecheck.audit.tailoring import read

            tailoring = read(*named.configuration, registry)
        beside = _overrides(named.accepted_gaps, named.attestations, ignore_overrides)
        return cls(registry, tailoring, beside, as_of, scale)

    def audit(self, source: "str | Profile", **gate: Any) -> "Report":
        """Audit a profile: a file, standard input for `-`, or one that is already read."""
        from engagecheck.audit.run import audit

        profile = profile_from(source, self.registry) if isinstance(source, str) else source
        with redirect_stdout(sys.stderr):  # what a rule prints is no part of a report
            return audit(
                profile, registry=self.registry, tailoring=self.tailoring, overrides=self.overrides, as_of=self.as_of,
                scale=self.scale, **gate,
            )  # fmt: skip


    def audit_like(self, made: "Report", profile: "Profile") -> "Report":
        """The audit of a profile on the day, by the scale and by the gate of a report."""
        from attrs import evolve

        if self.as_of not in (None, made.as_of) or self.scale not in (None, made.summary.scale.name):
            said = f"the report is of {made.as_of}, by the scale {made.summary.scale.name}"
            raise UsageRefused(f"{said}; leave --as-of and --scale out")
        return evolve(self, as_of=made.as_of, scale=made.summary.scale.name).audit(
            profile, fail_on=made.gate.fail_on, min_coverage=made.gate.min_coverage
        )


@record
class Named:
    """The files that a command line means: the configuration (bytes and name), folders of plugins, and what stands beside."""

    configuration: tuple[bytes, str] | None
    folders: tuple[str, ...]
    accepted_gaps: str | None
    attestations: str | None

    @classmethod
    def of(
        cls, config: str | None, no_config: bool, gaps: str | None, vouched: str | None, folders: tuple[str, ...]
    ) -> "Named":
        """What the command line names itself, and else what its configuration names, which stands beside that."""
        path = None if no_config else _configuration(config)
        if path is None:
            return cls(None, folders, gaps, vouched)
        from engagecheck.audit.tailoring import read
        from engagecheck.intake.load import file_bytes

        raw, beside = file_bytes(path), partial(os.path.join, os.path.dirname(path))
        outline = read(raw, path)
        own = tuple(map(beside, outline.plugins))
        if missing := next((folder for folder in own if not os.path.isdir(folder)), None):
            raise InputRefused([f"{path}: plugins names {missing}, and there is no such folder"])
        gaps = gaps or (beside(outline.accepted_gaps) if outline.accepted_gaps else None)
        vouched = vouched or (beside(outline.attestations) if outline.attestations else None)
        return cls((raw, path), (*own, *folders), gaps, vouched)


def _configuration(config: str | None) -> str | None:
    """The file that tailors this audit: the one named, or one in this folder that is about engagecheck."""
    if config is not None:
        return config
    from engagecheck.intake.load import file_bytes

    found = filter(os.path.isfile, CONFIGURATIONS)
    return next((name for name in found if name == CONFIGURATIONS[0] or b"[tool.engagecheck" in file_bytes(name)), None)


def _overrides(gaps: str | None, vouched: str | None, ignored: bool) -> "Overrides | None":
    if gaps is None and vouched is None:
        return None
    from engagecheck.audit import overrides
    from engagecheck.intake.load import file_bytes

    found = overrides.Overrides(ignored=ignored)
    if ignored:
        return found
    if gaps is not None:
        found += overrides.accepted_gaps(file_bytes(gaps), gaps)
    if vouched is not None:
        found += overrides.attestations(file_bytes(vouched), vouched)
    return found


def registry_of(
    folders: tuple[str, ...], without: tuple[str, ...], no_plugins: bool, isolate: bool = False
) -> "Registry":
    """The registry that those options ask for."""
    from engagecheck.plugin_host.registry import installed

    with redirect_stdout(sys.stderr):
        return installed(folders, without=without, third_party=not no_plugins, isolate=isolate)


def profile_from(source: str, registry: "Rules | None" = None) -> "Profile":
    """The profile in a file, or on standard input for `-`; `registry` as for `load`."""
    from engagecheck.intake.load import load

    if source == STANDARD_INPUT:
        raw = sys.stdin.buffer.read()
        try:
            return load(raw, name="standard input", registry=registry)
        except InputRefused:
            if _is_of_lines(raw):
                said = "standard input: holds several documents, a line each; engagecheck audit - -f jsonl audits them all"
                raise InputRefused([said]) from None
            raise
    return load(source, registry=registry)


def _is_of_lines(raw: bytes) -> bool:
    import json

    try:
        first, second = raw.split(b"\n", 2)[:2]
        return isinstance(json.loads(first), dict) and second.strip() != b""
    except ValueError:
        return False

"""What several commands share: the options for plugins, settings and gate, and the setup that follows from them."""

import json
import sys
from collections.abc import Callable
from contextlib import redirect_stdout
from datetime import date
from pathlib import Path
from typing import Any

import click
from attrs import evolve
from msgspec import Struct

from engagecheck.audit.overrides import Overrides, read_overrides
from engagecheck.audit.run import run_audit
from engagecheck.audit.settings import AuditSettings
from engagecheck.audit.tailoring import FAIL_ON, Tailoring, read_tailoring
from engagecheck.cli import parent
from engagecheck.cli.say import echo
from engagecheck.errors import InputRefused, UsageRefused
from engagecheck.inputs import read_bytes, read_standard_input
from engagecheck.intake.load import load_profile
from engagecheck.model.dates import day_typed
from engagecheck.model.profile import Profile
from engagecheck.model.report import Report
from engagecheck.plugin_host import consent
from engagecheck.plugin_host.registry import Registry, installed

STANDARD_INPUT = "-"
CONFIGURATIONS = ("engagecheck.toml", "pyproject.toml")


def _adds(*options: Callable[..., Any]) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    def decorate(command: Callable[..., Any]) -> Callable[..., Any]:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


without_options = _adds(
    click.option("--without", multiple=True, metavar="NAME", help="Leave out a third-party plugin or distribution."),
    click.option("--no-plugins", is_flag=True, help="Load the bundled rules only."),
)
"""The options for which plugins not to load. The command gets them as `without` and `no_plugins`."""
plugin_options = _adds(
    click.option("--plugins", "folders", multiple=True, metavar="DIR", help="Load rule files from this folder too."),
    without_options,
)
"""The options for which plugins to load. The command gets them as `folders`, `without` and `no_plugins`."""
setting_options = _adds(
    click.option("--as-of", metavar="DATE", help="Audit as of a later day, such as 2025-09-30."),
    click.option("--accepted-gaps", metavar="FILE", help="Accepted gaps, with reason and last day (JSON)."),
    click.option("--attestations", metavar="FILE", help="Statements of named roles where there is no document (JSON)."),
    click.option("--ignore-overrides", is_flag=True, help="Audit as if there were no accepted gaps and attestations."),
    click.option("--config", metavar="FILE", help="Configuration (default: engagecheck.toml or pyproject.toml here)."),
    click.option("--no-config", is_flag=True, help="Ignore any configuration file in this folder."),
    click.option("--pack", metavar="NAME[:SUBSET]", help="The pack of rules that heads the report, or a subset of it."),
    click.option("--scale", metavar="NAME", help="The words for the rating: rag, four-step, wales, or a plugin's scale."),
    plugin_options,
    click.option("--isolate", is_flag=True, help="Run other people's rules in separate, limited processes."),
)
"""The options for how to audit. The command gets them as the keywords that `Setup.of` takes."""
gate_options = _adds(
    click.option(
        "--fail-on",
        type=click.Choice(FAIL_ON),
        help="Exit with 1 when a question of this priority or above is not met or not shown (default: high).",
    ),
    click.option(
        "--min-coverage",
        type=click.FloatRange(0, 100),
        metavar="PERCENT",
        help="Exit with 1 when fewer of the questions that apply are answered.",
    ),
)
"""The options of the gate. The command gets them as `fail_on` and `min_coverage` (a percentage)."""


paper_options = _adds(
    click.option("--carry", metavar="OLD.xlsx", help="With -f xlsx=…: take over what people wrote in an older tracker."),
    click.option(
        "--template", metavar="BOARD.docx", help="With -f docx=…: use the styles, header and footer of your own Word document."
    ),
    click.option("--meeting", metavar="DATE", help="The day of the board's meeting. Due dates in papers count from it."),
    click.option("--since", metavar="REPORT.json", help="Say what changed since an earlier report."),
    click.option(
        "--public",
        "is_public",
        is_flag=True,
        help="Write the public edition: no owners, evidence, private entries, or facts marked as not for publication.",
    ),
)
"""The options of papers. The command gets them as the keywords in `PAPERS`, which `output_for` takes."""
PAPERS = ("carry", "template", "meeting", "since", "is_public")


def day_of(option: str, text: str) -> date:
    """The day that a person typed for an option. Raises `UsageRefused` if it is none."""
    try:
        return day_typed(text)
    except ValueError as error:
        raise UsageRefused(f"{option} {error}") from None


def today() -> str:
    """The local day of the user."""
    return date.today().isoformat()  # noqa: DTZ011


def is_given(option: str) -> bool:
    """Whether an option is on the command line, rather than set by the environment or not at all."""
    context = click.get_current_context()
    return context.get_parameter_source(option) is click.core.ParameterSource.COMMANDLINE


class Setup(Struct, frozen=True):
    """The plugins and the settings that a command line asks for."""

    registry: Registry
    settings: AuditSettings

    @classmethod
    def of(cls, *, fail_on: str | None = None, min_coverage: float | None = None, **options: Any) -> "Setup":
        """The setup for the options of `setting_options`, all of them, and of `gate_options`.

        Raises `InputRefused` for a file that cannot be read or is wrong, and `UsageRefused` for a wrong setting.
        """
        files = NamedFiles.of(**options)
        registry = registry_for(files.folders, options["without"], options["no_plugins"], options["isolate"])
        tailoring = read_tailoring(*files.configuration, registry) if files.configuration else Tailoring()
        overrides = overrides_in(files, ignored=options["ignore_overrides"])
        as_of, scale, pack = options["as_of"], options["scale"], options["pack"]
        return cls(registry, AuditSettings(as_of, fail_on, min_coverage, scale, overrides, tailoring, pack, files.found))

    def audit(self, profile: Profile) -> Report:
        """Audit a profile. What a rule prints goes to standard error, because it is not part of a report."""
        with redirect_stdout(sys.stderr):
            return run_audit(profile, self.registry, self.settings)

    def audit_like(self, report: Report, profile: Profile) -> Report:
        """Audit a profile on the day, with the headline, with the scale and with the gate of a report.

        Raises `UsageRefused` if the settings name another day, headline or scale.
        """
        settings, gate, scale, pack = self.settings, report.gate, report.summary.scale.name, report.packs[0].choice
        if settings.pack not in (None, pack):
            raise UsageRefused(f"the pack {pack} heads this report; leave out --pack")
        if (settings.as_of and settings.as_of.isoformat() != report.as_of) or settings.scale not in (None, scale):
            raise UsageRefused(f"the report is of {report.as_of}, by the scale {scale}; leave --as-of and --scale out")
        setup = self.but(as_of=report.as_of, pack=pack, scale=scale, fail_on=gate.fail_on, min_coverage=gate.min_coverage)
        return setup.audit(profile)

    def but(self, **settings: Any) -> "Setup":
        """The same setup with some settings changed."""
        return Setup(self.registry, evolve(self.settings, **settings))


class NamedFiles(Struct, frozen=True):
    """The files that a command line or its configuration names. `configuration` is the content and the name of the latter.

    `found` has its name if nobody named it, and the kinds of statements that come from it.
    """

    configuration: tuple[bytes, str] | None
    folders: tuple[str, ...]
    accepted_gaps: str | None
    attestations: str | None
    found: tuple[str, ...] = ()

    @property
    def overrides(self) -> dict[str, str | None]:
        """The files with accepted gaps and attestations, by what they hold."""
        return {"accepted_gaps": self.accepted_gaps, "attestations": self.attestations}

    @classmethod
    def of(
        cls, *, config: str | None, no_config: bool, accepted_gaps: str | None, attestations: str | None,
        folders: tuple[str, ...] = (), no_plugins: bool = True, **_options: Any,
    ) -> "NamedFiles":  # fmt: skip
        """The files that the options name. For the rest, those that its configuration names, relative to its folder.

        Raises `InputRefused` if the configuration cannot be read, is wrong, or names a missing folder. Raises `UsageRefused`
        if it was merely found, and names plugins that this user has not agreed to.
        """
        refuse_contradiction(folders, no_plugins)
        path = None if no_config else _configuration(config)
        if path is None:
            return cls(None, folders, accepted_gaps, attestations)
        raw = read_bytes(path)
        tailoring = read_tailoring(raw, path)
        base = Path(path).parent
        configured = () if no_plugins else tuple(str(base / folder) for folder in tailoring.plugins)
        if missing := next((folder for folder in configured if not Path(folder).is_dir()), None):
            raise InputRefused([f"{path}: plugins names {missing}, and there is no such folder"])
        if config is None:
            _refuse_untrusted(path, configured)
            echo(f"{path} was found here, and what it sets applies (without it: --no-config)", err=True)
        named = {
            "accepted gaps": (accepted_gaps, tailoring.accepted_gaps), "attestations": (attestations, tailoring.attestations),
        }  # fmt: skip
        theirs = tuple(kind for kind, (given, name) in named.items() if name and not given)
        gaps, attested = (given or (str(base / name) if name else None) for given, name in named.values())
        return cls((raw, path), (*configured, *folders), gaps, attested, () if config else (path, *theirs))


def _refuse_untrusted(path: str, folders: tuple[str, ...]) -> None:
    for folder in folders:
        if not consent.is_trusted(folder):
            raise UsageRefused(
                f"{path} was found here and names plugins in {folder}, which are programs; none of them was run. "
                f"If you know them: --config {path}, or for good: engagecheck plugin trust {folder}. If not: --no-plugins"
            )


def _configuration(config: str | None) -> str | None:
    """The configuration file: the one named, or one in the current folder that is about engagecheck."""
    if config is not None:
        return config
    present = (name for name in CONFIGURATIONS if Path(name).is_file())
    return next((name for name in present if name == CONFIGURATIONS[0] or b"[tool.engagecheck" in read_bytes(name)), None)


def overrides_in(files: NamedFiles, *, ignored: bool = False) -> Overrides:
    """The accepted gaps and attestations of the named files. Raises `InputRefused` if one cannot be read or is wrong."""
    gaps, vouched = ((read_bytes(path), path) if path else None for path in files.overrides.values())
    return read_overrides(gaps, vouched, ignored=ignored)


def refuse_contradiction(folders: tuple[str, ...], no_plugins: bool) -> None:
    """Raise `UsageRefused` for folders of plugins where none are wanted."""
    if no_plugins and folders:
        raise UsageRefused("--no-plugins and --plugins contradict each other; leave one of the two out")


def registry_for(folders: tuple[str, ...], without: tuple[str, ...], no_plugins: bool, isolate: bool = False) -> Registry:
    """The plugins that the options ask for. What they print while they load goes to standard error."""
    refuse_contradiction(folders, no_plugins)
    parent.runs_others(folders, without, no_plugins, isolate)
    with redirect_stdout(sys.stderr):
        return installed(folders, without=without, third_party=not no_plugins, isolate=isolate)


def load(source: str, registry: Registry) -> Profile:
    """The profile in a file, or on standard input for `-`. Raises `InputRefused` if it is not valid."""
    if source != STANDARD_INPUT:
        try:
            return load_profile(source, registry=registry)
        except InputRefused:
            if source.lower().endswith(".jsonl") and Path(source).is_file():
                several = "has a profile on each line"
                raise InputRefused([f"{source}: {several}; engagecheck audit {source} reads them all"]) from None
            raise
    raw = read_standard_input()
    try:
        return load_profile(raw, name="standard input", registry=registry)
    except InputRefused:
        if _is_json_lines(raw):
            raise InputRefused(
                ["standard input: has several documents, one on each line; use engagecheck audit - -f jsonl"]
            ) from None
        raise


def _is_json_lines(raw: bytes) -> bool:
    try:
        first, second = raw.split(b"\n", 2)[:2]
        return isinstance(json.loads(first), dict) and second.strip() != b""
    except ValueError:
        return False

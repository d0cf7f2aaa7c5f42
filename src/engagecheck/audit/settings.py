"""What an audit is done with, apart from the profile and the rules."""

from collections.abc import Mapping
from datetime import date

from attrs import field, frozen

from engagecheck.audit.overrides import Overrides
from engagecheck.audit.tailoring import FAIL_ON, Tailoring
from engagecheck.errors import UsageRefused
from engagecheck.model.dates import against_start, day_typed
from engagecheck.model.profile import Profile
from engagecheck.model.report import Gate
from engagecheck.model.schema import did_you_mean
from engagecheck.plugin_host.framework import USUAL, Headline
from engagecheck.plugin_host.registry import Registry
from engagecheck.rules.scales import JOURNEY, OpinionScale


def _day(value: date | str | None) -> date | None:
    if value is None or type(value) is date:  # a moment of a day is no day
        return value
    try:
        return day_typed(str(value))
    except ValueError as error:
        raise UsageRefused(f"--as-of {error}") from None


@frozen
class AuditSettings:
    """How to audit. Everything has a default.

    `as_of` moves the audit to a later day (a date, or text such as 2025-03-31 or 31 March 2025). `fail_on` (high, medium, low
    or never) and `min_coverage` (per cent of the questions that apply) set the gate. `scale` names the scale that words the
    level. `overrides` are accepted gaps and attestations, `tailoring` departures from the defaults. `pack` names the pack
    that heads the report, as NAME or NAME:SUBSET. A gate, scale or pack that is given here counts more than that of the
    tailoring. `found` has the name of a configuration that nobody named, and the kinds of statements that come from it.
    Raises `UsageRefused` for a value that cannot be.
    """

    as_of: date | None = field(default=None, converter=_day)
    fail_on: str | None = None
    min_coverage: float | None = None
    scale: str | None = None
    overrides: Overrides = field(factory=Overrides)
    tailoring: Tailoring = field(factory=Tailoring)
    pack: str | None = None
    found: tuple[str, ...] = ()

    def __attrs_post_init__(self) -> None:
        if self.fail_on is not None and self.fail_on not in FAIL_ON:
            raise UsageRefused(f"--fail-on {self.fail_on}: there is no such priority; {did_you_mean(self.fail_on, FAIL_ON)}")
        least = self.min_coverage
        if least is not None and (not isinstance(least, int | float) or isinstance(least, bool) or not 0 <= least <= 100):
            raise UsageRefused(f"--min-coverage {least}: this is no percentage from 0 to 100")

    @property
    def gate(self) -> Gate:
        """The gate as asked for, or by the tailoring, or by default."""
        least = self.tailoring.min_coverage or 0 if self.min_coverage is None else self.min_coverage
        return Gate(self.fail_on or self.tailoring.fail_on or "high", least)

    @property
    def digests(self) -> Mapping[str, str]:
        """The digests of the files that the audit was done with, by what they are."""
        tailoring = {"tailoring": self.tailoring.digest} if self.tailoring.digest else {}
        return {**self.overrides.digests, **tailoring}

    def scale_in(self, registry: Registry) -> OpinionScale:
        """The scale that words the level. Raises `UsageRefused` if there is none of that name."""
        name = self.scale or self.tailoring.scale
        if name is None:
            return JOURNEY
        if name not in registry.scales:
            raise UsageRefused(f"--scale {name}: there is no such scale; {did_you_mean(name, registry.scales)}")
        return registry.scales[name]

    def headline_in(self, registry: Registry) -> Headline:
        """The pack that heads the report. Raises `UsageRefused` if there is none of that name, or it has no such subset."""
        text, where = (self.tailoring.pack, f"{self.tailoring.name}: pack =") if self.pack is None else (self.pack, "--pack")
        if text is None:
            return USUAL
        name, colon, subset = text.partition(":")
        if name not in registry.packs:
            raise UsageRefused(f"{where} {text}: no pack of rules is called so; {did_you_mean(name, registry.packs)}")
        if colon and any(plugin.pack == name for plugin in registry.isolated):
            raise UsageRefused(f"{where} {text}: with --isolate the subsets of {name} are not known; leave one of the two out")
        framework = registry.frameworks.get(name)
        subsets = framework.subsets if framework else {}
        if colon and subset not in subsets:
            hint = did_you_mean(subset, subsets) if subsets else "it names none"
            raise UsageRefused(f"{where} {text}: the pack {name} has no subset called {subset!r}; {hint}")
        return Headline(name, framework, subset)

    def moved(self, profile: Profile) -> Profile:
        """The profile as of the day of the audit. Raises `UsageRefused` if that is before the profile date or years after."""
        if self.as_of is None:
            return profile
        if wrong := against_start(self.as_of, profile.as_of, "the profile date"):
            raise UsageRefused(f"--as-of: {wrong}")
        return profile.on(self.as_of)

"""What an audit is done with, apart from the profile and the rules."""

from collections.abc import Mapping
from datetime import date

from attrs import field, frozen

from engagecheck.audit.overrides import Overrides
from engagecheck.audit.tailoring import Tailoring
from engagecheck.errors import UsageRefused
from engagecheck.model.profile import Profile
from engagecheck.model.report import Gate
from engagecheck.model.schema import did_you_mean
from engagecheck.plugin_host.registry import Registry
from engagecheck.rules.scales import JOURNEY, OpinionScale


def _day(value: date | str | None) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        raise UsageRefused(f"--as-of {value}: this is not a day; write it as 2025-03-31") from None


@frozen
class AuditSettings:
    """How to audit. Everything has a default.

    `as_of` moves the audit to a later day (a date, or text such as 2025-03-31). `fail_on` (high, medium, low or never) and
    `min_coverage` (per cent of the questions that apply) set the gate. `scale` names the scale that words the level.
    `overrides` are accepted gaps and attestations, `tailoring` departures from the defaults. A gate or scale that is given
    here counts more than that of the tailoring. Raises `UsageRefused` for an `as_of` that is not a day.
    """

    as_of: date | None = field(default=None, converter=_day)
    fail_on: str | None = None
    min_coverage: float | None = None
    scale: str | None = None
    overrides: Overrides = field(factory=Overrides)
    tailoring: Tailoring = field(factory=Tailoring)

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

    def moved(self, profile: Profile) -> Profile:
        """The profile as of the day of the audit. Raises `UsageRefused` if that lies before the profile's own day."""
        if self.as_of is None:
            return profile
        if self.as_of < profile.as_of:
            raise UsageRefused(
                f"--as-of {self.as_of} lies before the profile's own date, {profile.as_of}; an audit cannot look back in time"
            )
        return profile.on(self.as_of)

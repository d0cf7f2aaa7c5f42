"""An audit: every rule put to one profile, and the report of it."""

from collections.abc import Mapping
from os import PathLike
from typing import Any

from engagecheck.audit.describe import describe
from engagecheck.audit.evaluate import evaluate, plan_audit
from engagecheck.audit.scoring import score
from engagecheck.audit.settings import AuditSettings
from engagecheck.intake.load import load_profile
from engagecheck.model.profile import Profile
from engagecheck.model.report import Report
from engagecheck.plugin_host.registry import Registry, installed


def run_audit(
    profile: Profile | str | PathLike[str] | bytes | Mapping[str, Any],
    registry: Registry | None = None,
    settings: AuditSettings | None = None,
) -> Report:
    """Audit a profile (or what `load_profile` reads one from) with the rules of a registry, by default the installed ones.

    Raises `InputRefused` for a profile that cannot be accepted, `UsageRefused` for settings that do not fit it.
    """
    registry, settings = registry or installed(), settings or AuditSettings()
    if not isinstance(profile, Profile):
        profile = load_profile(profile, registry=registry)
    settings.scale_in(registry)  # a scale that does not exist is refused before anything is evaluated
    plan = plan_audit(registry, settings.tailoring, settings.headline_in(registry))
    (evaluation,) = evaluate(plan, [settings.moved(profile)], settings.overrides)
    return describe(evaluation, score(evaluation, settings.gate, plan.headline.pack), plan, settings)

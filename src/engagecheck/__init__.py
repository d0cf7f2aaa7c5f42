"""engagecheck: audits, from evidence, how far an organisation's doctors are engaged in leading and improving care.

This module is the whole public interface: all that a plugin or an embedding program imports. Names are loaded
when they are first used, so that a program pays only for what it uses. Type checkers read `__init__.pyi`.
"""

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

_HOME = {
    "model.answers": "Measured NotApplicable NotEvidenced Share every share_of",
    "audit.run": "audit",
    "batch.worker": "Options",
    "rules.criteria": "Applies Criterion Variant english_trusts everywhere in_england maybe recommendation",
    "model.dates": "PartialDate Window age_in_months complete_months months_after months_in_post",
    "audit.overrides": "Overrides accepted_gaps attestations",
    "intake.load": "load",
    "errors": "EngagecheckError ExitCode InputRefused OutputRefused RuleRefused UsageRefused",
    "batch.executor": "audit_many",
    "rules.hookspecs": "hookimpl",
    "rules.importer": "Imported Importer importer",
    "model.listing": "Listing Tally lacking share",
    "rules.measurements": "gap_to_peers in_order",
    "rules.posts": "disagreements holders_within tenure",
    "model.profile": "Evidence Organisation Profile",
    "plugin_host.registry": "Registry installed",
    "rules.reporter": "Reporter Style reporter",
    "model.report": "Assurance Basis Disposition Effort Finding Freshness Level Outcome Priority Report as_json",
    "rules.rule": "ProfileExtension Rule Source",
    "rules.scales": "OpinionScale",
    "intake.tables": "SourceFile",
    "audit.tailoring": "Tailoring",
    "rules.yardsticks": "Yardstick above at_least at_most between grades no yes",
}
_MODULE = {name: module for module, names in _HOME.items() for name in names.split()}
__all__ = ["__version__", *sorted(_MODULE)]


def __getattr__(name: str) -> Any:
    if name not in _MODULE:
        raise AttributeError(f"module 'engagecheck' has no attribute {name!r}")
    value = getattr(import_module(f"engagecheck.{_MODULE[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)

"""engagecheck: audits, from evidence, how far an organisation's doctors are engaged in leading and improving care.

This module is the whole public interface: everything that a plugin or an embedding program imports.
"""

from engagecheck.audit.overrides import Overrides, accepted_gaps, attestations
from engagecheck.audit.run import run_audit
from engagecheck.audit.settings import AuditSettings
from engagecheck.audit.tailoring import Tailoring, read_tailoring
from engagecheck.errors import EngagecheckError, ExitCode, InputRefused, OutputRefused, RuleRefused, UsageRefused
from engagecheck.intake.load import load_profile
from engagecheck.model.answers import Measured, NotApplicable, NotEvidenced, Share, every, share_of
from engagecheck.model.dates import PartialDate, Window, age_in_months, complete_months, months_after, months_in_post
from engagecheck.model.listing import Listing, Tally, lacking, share
from engagecheck.model.outcomes import Assurance, Basis, Disposition, Effort, Freshness, Level, Outcome, Priority
from engagecheck.model.profile import Evidence, Organisation, Profile
from engagecheck.model.report import VERSION, Finding, Report
from engagecheck.plugin_host.registry import Registry, installed
from engagecheck.rules.criteria import (
    Applies,
    Criterion,
    Variant,
    english_trusts,
    everywhere,
    in_england,
    maybe,
    recommendation,
)
from engagecheck.rules.hookspecs import hookimpl
from engagecheck.rules.importer import Imported, Importer, importer
from engagecheck.rules.measurements import gap_to_peers, in_order
from engagecheck.rules.posts import disagreements, holders_within, tenure
from engagecheck.rules.reporter import Reporter, Style, reporter
from engagecheck.rules.rule import ProfileExtension, Rule, Source
from engagecheck.rules.scales import OpinionScale
from engagecheck.rules.source_file import SourceFile
from engagecheck.rules.yardsticks import Yardstick, above, at_least, at_most, between, grades, no, yes

__version__ = VERSION

__all__ = [
    "Applies", "Assurance", "AuditSettings", "Basis", "Criterion", "Disposition", "Effort", "EngagecheckError", "Evidence",
    "ExitCode", "Finding", "Freshness", "Imported", "Importer", "InputRefused", "Level", "Listing", "Measured",
    "NotApplicable", "NotEvidenced", "OpinionScale", "Organisation", "Outcome", "OutputRefused", "Overrides", "PartialDate",
    "Priority", "Profile", "ProfileExtension", "Registry", "Report", "Reporter", "Rule", "RuleRefused", "Share", "Source",
    "SourceFile", "Style", "Tailoring", "Tally", "UsageRefused", "Variant", "Window", "Yardstick", "__version__", "above",
    "accepted_gaps", "age_in_months", "at_least", "at_most", "attestations", "between", "complete_months", "disagreements",
    "english_trusts", "every", "everywhere", "gap_to_peers", "grades", "holders_within", "hookimpl", "importer",
    "in_england", "in_order", "installed", "lacking", "load_profile", "maybe", "months_after", "months_in_post", "no",
    "read_tailoring", "recommendation", "reporter", "run_audit", "share", "share_of", "tenure", "yes",
]  # fmt: skip

"""engagecheck: audits, from evidence, how far an organisation's doctors are engaged in leading and improving care.

This module is the whole public interface: everything that a plugin or an embedding program imports.
"""

from engagecheck.audit.overrides import Overrides, accepted_gaps, attestations
from engagecheck.audit.run import run_audit
from engagecheck.audit.settings import AuditSettings
from engagecheck.audit.tailoring import Tailoring, read_tailoring
from engagecheck.errors import EngagecheckError, ExitCode, InputRefused, OutputRefused, RuleRefused, UsageRefused
from engagecheck.intake.load import load_profile
from engagecheck.model.answers import (
    Either,
    Measured,
    NotApplicable,
    NotEvidenced,
    Range,
    Share,
    ends_of,
    equals,
    every,
    graded,
    negated,
    reaches,
    share_of,
    some,
    yeses,
)
from engagecheck.model.dates import (
    DateOrWord,
    PartialDate,
    Window,
    age_in_months,
    age_or_never,
    complete_months,
    months_after,
    months_in_post,
    oldest,
)
from engagecheck.model.listing import Listing, Tally, lacking, share, some_exist
from engagecheck.model.outcomes import Assurance, Basis, Disposition, Effort, Freshness, Level, Outcome, Priority
from engagecheck.model.profile import Evidence, Organisation, Profile
from engagecheck.model.report import VERSION, Finding, Report
from engagecheck.plugin_host.framework import Framework
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
    where_designated,
    where_residents_work,
)
from engagecheck.rules.hookspecs import hookimpl
from engagecheck.rules.importer import Imported, Importer, importer
from engagecheck.rules.measurements import SURE, gap_to_peers, margin, of_population, score_of_ten, standard_error
from engagecheck.rules.posts import (
    APPOINTED,
    UNFILLED,
    dates_of,
    disagreements,
    holders_within,
    is_filled,
    refuse_if_young,
    served_over,
    tenure,
)
from engagecheck.rules.reporter import Reporter, Style, reporter
from engagecheck.rules.rule import ProfileExtension, Rule, Source
from engagecheck.rules.scales import OpinionScale
from engagecheck.rules.source_file import SourceFile
from engagecheck.rules.yardsticks import Yardstick, above, at_least, at_most, between, grades, no, yes

__version__ = VERSION

__all__ = [
    "APPOINTED",
    "SURE",
    "UNFILLED",
    "Applies",
    "Assurance",
    "AuditSettings",
    "Basis",
    "Criterion",
    "DateOrWord",
    "Disposition",
    "Effort",
    "Either",
    "EngagecheckError",
    "Evidence",
    "ExitCode",
    "Finding",
    "Framework",
    "Freshness",
    "Imported",
    "Importer",
    "InputRefused",
    "Level",
    "Listing",
    "Measured",
    "NotApplicable",
    "NotEvidenced",
    "OpinionScale",
    "Organisation",
    "Outcome",
    "OutputRefused",
    "Overrides",
    "PartialDate",
    "Priority",
    "Profile",
    "ProfileExtension",
    "Range",
    "Registry",
    "Report",
    "Reporter",
    "Rule",
    "RuleRefused",
    "Share",
    "Source",
    "SourceFile",
    "Style",
    "Tailoring",
    "Tally",
    "UsageRefused",
    "Variant",
    "Window",
    "Yardstick",
    "__version__",
    "above",
    "accepted_gaps",
    "age_in_months", "age_or_never",
    "at_least",
    "at_most",
    "attestations",
    "between",
    "complete_months",
    "dates_of",
    "disagreements",
    "ends_of",
    "english_trusts",
    "equals",
    "every",
    "everywhere",
    "gap_to_peers",
    "graded",
    "grades",
    "holders_within",
    "hookimpl",
    "importer",
    "in_england",
    "installed",
    "is_filled",
    "lacking",
    "load_profile",
    "margin",
    "maybe",
    "months_after",
    "months_in_post",
    "negated",
    "no",
    "of_population",
    "oldest",
    "reaches",
    "read_tailoring",
    "recommendation",
    "refuse_if_young",
    "reporter",
    "run_audit",
    "score_of_ten",
    "served_over",
    "share",
    "share_of",
    "some",
    "some_exist",
    "standard_error",
    "tenure",
    "where_designated",
    "where_residents_work",
    "yes",
    "yeses",
]  # fmt: skip

"""Appraisal and revalidation, as in the designated body's annual report."""

from msgspec import Struct

from engagecheck.model.dates import DateOrWord
from engagecheck.model.listing import Tally


class QualityAudit(Struct, frozen=True):
    """Whether the quality of appraisals was audited, and whether appraisers got feedback from it."""

    audited: bool | None = None
    feedback: bool | None = None


class Appraisal(Struct, frozen=True):
    """Counts of doctors and recommendations in the year, and dates of reports."""

    connected: int | None = None
    completed: int | None = None
    appraised_leavers: int | None = None
    approved_missed: int | None = None
    unapproved_missed: int | None = None
    recommendations_due: int | None = None
    recommendations_made: int | None = None
    recommendations_late: int | None = None
    recommendations_not_made: int | None = None
    positive: int | None = None
    deferrals: int | None = None
    non_engagement: int | None = None
    did_not_revalidate: int | None = None
    board_report_on: DateOrWord | None = None
    compliance_signed_on: DateOrWord | None = None
    appraisers: int | None = None
    job_plans: Tally | None = None
    quality_audit: QualityAudit | None = None

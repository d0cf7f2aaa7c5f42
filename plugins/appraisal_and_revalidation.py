"""Appraisal and revalidation are well developed."""

from engagecheck import (
    Basis,
    Measured,
    NotApplicable,
    NotEvidenced,
    Priority,
    Rule,
    Variant,
    age_in_months,
    at_least,
    at_most,
    between,
    in_england,
    maybe,
    recommendation,
    share_of,
)

rule = Rule(
    "appraisal-and-revalidation",
    title="Appraisal and revalidation work for every doctor",
    source="kings-fund-2014/finding-6",
    why=(
        "Appraisal is where a doctor's work, development and wish to lead are talked about once a year. Where it is "
        "missed, problems stay unseen and so does talent, and patients bear the risk."
    ),
)


@rule.criterion(
    "appraisals-completed",
    question="Did doctors have their yearly appraisal?",
    reads=("appraisal.completed", "appraisal.connected", maybe("appraisal.approved_missed")),
    unit="share", yardstick=at_least(0.9, partly=0.8),
    variants=(Variant(outside=in_england, basis=Basis.JUDGEMENT, gates=False),),
    basis="judgement", source="kings-fund-2014/finding-6", prompted=True, priority="medium",
    recommend=recommendation(
        "Find out who missed appraisal and why, and protect the time for it.",
        owner="responsible officer", horizon="6 months", effort="medium",
        success="Nine in ten doctors with a prescribed connection completed their appraisal.",
    ),
    show="Designated body annual report, section 2B",
)
def appraisals_completed(completed, connected, approved_missed):
    """Share of doctors with a prescribed connection who completed their appraisal in the year."""
    because = "" if approved_missed is None else f"Approved missed appraisals: {approved_missed}."
    return Measured(share_of(completed, connected), because=because)


@rule.criterion(
    "unapproved-missed",
    question="Did almost no doctor miss appraisal without approval?",
    reads=("appraisal.unapproved_missed", "appraisal.connected"),
    unit="share", yardstick=at_least(0.99, partly=0.97),
    variants=(Variant(outside=in_england, basis=Basis.JUDGEMENT, priority=Priority.MEDIUM, gates=False),),
    basis="judgement", source="qa-responsible-officers/categories", prompted=True, priority="high",
    recommend=recommendation(
        "Follow up each appraisal that was missed without approval within a month, and report the number to the board.",
        owner="responsible officer", horizon="3 months", effort="low",
        success="No more than one in a hundred is missed without approval.",
    ),
    show="Designated body annual report, section 2B",
)
def unapproved_missed(missed, connected):
    """Share of doctors with a prescribed connection who did not miss their appraisal without approval."""
    return Measured(share_of(max(0, connected - missed), connected), because=f"Missed without approval: {missed}.")


@rule.criterion(
    "recommendations-on-time",
    question="Were all revalidation recommendations made on time?",
    reads=("appraisal.recommendations_due", "appraisal.recommendations_made", "appraisal.recommendations_late"),
    unit="share", yardstick=at_least(1.0, partly=0.98, one_short_below=1_000_000),
    variants=(Variant(outside=in_england, basis=Basis.JUDGEMENT, gates=False),),
    basis="standard", source="gmc-timeliness", priority="medium",
    recommend=recommendation(
        "Start on each recommendation four months ahead, and see the list of dates every month.",
        owner="responsible officer", horizon="3 months", effort="low",
        success="Every recommendation of the next 12 months is made on or before its date.",
    ),
    show="Designated body annual report, section 2C",
)
def recommendations_on_time(due, made, late):
    """Share of the recommendations due that were made, and not late."""
    missing = max(0, due - made)
    return Measured(share_of(max(0, due - missing - late), due), because=f"Late: {late}; not made: {missing}.")


@rule.criterion(
    "board-report",
    question="Has the responsible officer reported to the board within the year?",
    reads=("appraisal.board_report_on", "appraisal.compliance_signed_on", "as_of"),
    unit="months", yardstick=at_most(15, partly=18),
    variants=(Variant(outside=in_england, basis=Basis.JUDGEMENT, gates=False),),
    basis="standard", source="qa-responsible-officers/annual", priority="medium",
    recommend=recommendation(
        "Put the responsible officer's report and the statement of compliance before the board, and fix next year's date.",
        owner="company secretary", horizon="3 months", effort="low",
        success="The board has taken the report and signed the statement.",
    ),
    show="Responsible officer's annual report to the board and statement of compliance",
)
def board_report(reported, signed, as_of):
    """Months since the responsible officer's report to the board and the signed statement of compliance, the older of both."""
    return max(age_in_months(reported, as_of), age_in_months(signed, as_of))


@rule.criterion(
    "appraiser-load",
    question="Does each appraiser do neither too few nor too many appraisals?",
    reads=("appraisal.completed", "appraisal.appraisers", "appraisal.connected"),
    unit="appraisals per appraiser", yardstick=between(5, 20, partly=(3, 25)),
    variants=(Variant(outside=in_england, basis=Basis.JUDGEMENT, gates=False),),
    basis="judgement", source="qa-responsible-officers/annual", prompted=True, priority="low",
    recommend=recommendation(
        "Balance the number of trained appraisers with the number of appraisals.",
        owner="responsible officer", horizon="12 months", effort="low",
        success="Appraisers do between five and twenty appraisals a year.",
    ),
    show="Designated body annual report: number of trained appraisers",
)
def appraiser_load(completed, appraisers, connected):
    """Appraisals completed in the year for each trained appraiser; not asked where fewer than 20 doctors are connected."""
    if connected < 20:
        return NotApplicable("fewer than 20 doctors have a prescribed connection")
    return completed / appraisers if appraisers else NotEvidenced("no trained appraisers are stated")


@rule.criterion(
    "job-plans",
    question="Do consultants and SAS doctors have a signed job plan?",
    reads="appraisal.job_plans",
    unit="share", yardstick=at_least(0.9, partly=0.75),
    variants=(Variant(outside=in_england, basis=Basis.JUDGEMENT, gates=False),),
    basis="benchmark", source="job-plan-attainment", priority="low",
    recommend=recommendation(
        "Complete the job-planning round, with the signatures of doctor and clinical manager.",
        owner="medical director", horizon="next job-planning round", effort="medium",
        success="Nine in ten job plans were signed by both within 12 months.",
    ),
    show="Report of the job-planning system",
)
def job_plans(plans):
    """Share of consultants and SAS doctors with a job plan signed by doctor and clinical manager in 12 months."""
    return plans.share()

"""Appraisal and revalidation are well developed."""

from math import inf

from engagecheck import (
    Basis,
    Measured,
    NotApplicable,
    NotEvidenced,
    Priority,
    Range,
    Rule,
    Variant,
    age_or_never,
    at_least,
    at_most,
    between,
    ends_of,
    every,
    graded,
    grades,
    in_england,
    maybe,
    oldest,
    recommendation,
    share_of,
    some_exist,
    where_designated,
)

rule = Rule(
    "appraisal-and-revalidation",
    title="Appraisal and revalidation work for every doctor",
    source="kings-fund-2014/finding-6",
    why=(
        "Appraisal is the yearly talk about a doctor's work, development and wish to lead. When appraisals are missed, "
        "problems and talent go unnoticed, and patients bear the risk."
    ),
)


SILENT = "audited, without feedback"


@rule.criterion(
    "appraisals-completed",
    question="How many doctors had their yearly appraisal?",
    reads=("appraisal.completed", "appraisal.connected", maybe("appraisal.approved_missed")),
    label="Doctors appraised in the year",
    applies=where_designated,
    unit="share",
    yardstick=at_least(0.9, partly=0.8),
    variants=(Variant(outside=in_england, basis=Basis.JUDGEMENT, gates=False),),
    basis="judgement",
    source="kings-fund-2014/finding-6",
    prompted=True,
    priority="medium",
    recommend=recommendation(
        "Find out who missed their appraisal and why, and protect time for appraisals.",
        owner="responsible officer",
        horizon="6 months",
        effort="medium",
        success="Nine in ten doctors with a prescribed connection completed their appraisal.",
    ),
    show="Designated body annual report, section 2B",
)
def appraisals_completed(completed, connected, approved_missed):
    """Share of doctors with a prescribed connection who completed their appraisal in the year."""
    remark = "" if approved_missed is None else f"Approved missed appraisals: {approved_missed}."
    return _of_connected(completed, connected, remark)


def _of_connected(count, connected, remark=""):
    """The share of the doctors connected on 31 March. The count is of the year, so it may hold doctors who have left."""
    others = max(0, count - _some_connected(connected))
    if others:
        remark = f"{remark} At least {others} of {count} were not of doctors connected on 31 March.".strip()
    return Measured(share_of(count - others, connected), because=remark)


def _some_connected(connected):
    if connected == 0:
        raise NotEvidenced("the profile says that no doctor has a prescribed connection: check the number")
    return connected


@rule.criterion(
    "unapproved-missed",
    question="How many doctors missed their appraisal without approval?",
    reads=("appraisal.unapproved_missed", "appraisal.connected"),
    label="Doctors who missed their appraisal without approval",
    applies=where_designated,
    unit="share",
    yardstick=at_most(0.01, partly=0.03),
    variants=(Variant(outside=in_england, basis=Basis.JUDGEMENT, priority=Priority.MEDIUM, gates=False),),
    basis="judgement",
    source="qa-responsible-officers/categories",
    prompted=True,
    priority="high",
    recommend=recommendation(
        "Follow up each appraisal that was missed without approval within a month, and report the number to the board.",
        owner="responsible officer",
        horizon="3 months",
        effort="low",
        success="No more than one doctor in a hundred misses the appraisal without approval.",
    ),
    show="Designated body annual report, section 2B",
)
def unapproved_missed(missed, connected):
    """Share of doctors with a prescribed connection who missed their appraisal without approval."""
    return _of_connected(missed, connected)


@rule.criterion(
    "recommendations-on-time",
    question="How many revalidation recommendations were made on time?",
    reads=(
        maybe("appraisal.recommendations_due"),
        maybe("appraisal.recommendations_made"),
        maybe("appraisal.recommendations_late"),
        maybe("appraisal.recommendations_not_made"),
    ),
    label="Revalidation recommendations made on time",
    applies=where_designated,
    unit="share",
    yardstick=at_least(1.0, partly=0.98),
    variants=(Variant(outside=in_england, basis=Basis.JUDGEMENT, gates=False),),
    basis="standard",
    source="gmc-timeliness",
    priority="medium",
    recommend=recommendation(
        "Start each recommendation four months before it is due, and check the list of due dates every month.",
        owner="responsible officer",
        horizon="3 months",
        effort="low",
        success="Every recommendation in the next 12 months is made by its due date.",
    ),
    show="Designated body annual report, section 2C",
)
def recommendations_on_time(due, made, late, not_made):
    """Share of the recommendations due that were made, and not late, at both ends of what is not stated."""
    if due is None:
        return None
    most_late = due if late is None else late
    most_not_made = not_made if not_made is not None else due if made is None else max(0, due - made)
    good, most = max(0, due - most_late - most_not_made), max(0, due - (late or 0) - (not_made or 0))
    stated = [f"{words}: {number}" for words, number in (("late", late), ("not made", not_made)) if number is not None]
    return Measured(share_of(good, due, most=most), because=f"{', '.join(stated).capitalize()}." if stated else "")


@rule.criterion(
    "board-report",
    question="How long ago did the responsible officer report to the board?",
    reads=(
        maybe("appraisal.board_report_on"),
        maybe("appraisal.compliance_signed_on"),
        "as_of",
        "organisation",
    ),
    label="Time since the responsible officer's report to the board",
    applies=where_designated,
    unit="months",
    yardstick=at_most(15, partly=18),
    variants=(Variant(outside=in_england, basis=Basis.JUDGEMENT, gates=False),),
    basis="standard",
    source="qa-responsible-officers/annual",
    priority="medium",
    recommend=recommendation(
        "Take the responsible officer's report and the statement of compliance to the board, and set next year's date.",
        owner="company secretary",
        horizon="3 months",
        effort="low",
        success="The board has received the report and signed the statement.",
    ),
    show="Responsible officer's annual report to the board and statement of compliance",
)
def board_report(reported, signed, as_of, organisation):
    """Months since the responsible officer's report to the board and, in England, the statement of compliance: the older."""
    needed = [reported, signed] if in_england.reason_not(organisation, as_of) is None else [reported]
    stated = [age_or_never(day, as_of) for day in needed if day is not None]
    if not stated:
        return None
    low, high = ends_of(oldest(*stated))
    return Range(low, inf if len(stated) < len(needed) else high)


@rule.criterion(
    "appraiser-load",
    question="How many appraisals does each appraiser do in a year?",
    reads=("appraisal.completed", "appraisal.appraisers", "appraisal.connected"),
    label="Appraisals per appraiser in a year",
    applies=where_designated,
    unit="appraisals per appraiser",
    yardstick=between(5, 20, partly=(3, 25)),
    variants=(Variant(outside=in_england, basis=Basis.JUDGEMENT, gates=False),),
    basis="judgement",
    priority="low",
    recommend=recommendation(
        "Match the number of trained appraisers to the number of appraisals.",
        owner="responsible officer",
        horizon="12 months",
        effort="low",
        success="Each appraiser does between five and twenty appraisals a year.",
    ),
    show="Designated body annual report: number of trained appraisers",
)
def appraiser_load(completed, appraisers, connected):
    """Appraisals completed in the year for each trained appraiser; not asked where fewer than 20 doctors are connected."""
    if _some_connected(connected) < 20:
        return NotApplicable("fewer than 20 doctors have a prescribed connection")
    if not appraisers:
        return Measured(Range(inf, inf) if completed else 0, because="There are no trained appraisers.")
    return completed / appraisers


@rule.criterion(
    "job-plans",
    question="How many consultants and SAS doctors have a signed job plan?",
    reads="appraisal.job_plans",
    label="Consultants and SAS doctors with a signed job plan",
    unit="share",
    yardstick=at_least(0.9, partly=0.75),
    variants=(Variant(outside=in_england, basis=Basis.JUDGEMENT, gates=False),),
    basis="benchmark",
    source="job-plan-attainment",
    priority="low",
    recommend=recommendation(
        "Complete the job-planning round, with each plan signed by the doctor and the clinical manager.",
        owner="medical director",
        horizon="next job-planning round",
        effort="medium",
        success="Nine in ten job plans were signed by both in the last 12 months.",
    ),
    show="Report of the job-planning system",
)
def job_plans(plans):
    """Share of consultants and SAS doctors with a job plan signed by doctor and clinical manager in 12 months."""
    return some_exist(plans).share()


@rule.criterion(
    "appraisal-quality",
    question="Is the quality of appraisals audited, with feedback to appraisers?",
    reads="appraisal.quality_audit",
    label="Quality of appraisals",
    applies=where_designated,
    yardstick=grades(met="audited, with feedback", partly=SILENT, poor="not audited"),
    variants=(Variant(outside=in_england, basis=Basis.JUDGEMENT, gates=False),),
    basis="judgement",
    source="kings-fund-2014/finding-6",
    prompted=True,
    priority="medium",
    recommend=(
        recommendation(
            "Score a sample of appraisal summaries each year, and tell each appraiser the result.",
            owner="responsible officer",
            horizon="12 months",
            effort="low",
            success="The annual report describes the sample, the scoring tool and the feedback.",
        ),
        recommendation(
            "Tell each appraiser the result of the audit of appraisals.",
            case=SILENT,
            owner="responsible officer",
            horizon="3 months",
            effort="low",
            success="The annual report describes the feedback.",
        ),
    ),
    show="Responsible officer's annual report: audit of the quality of appraisals",
)
def appraisal_quality(audit):
    """Whether a sample of appraisals was audited for quality in 12 months, with feedback to appraisers."""
    feedback = every(audit.audited, audit.feedback)
    return graded(("not audited", SILENT, "audited, with feedback"), audit.audited, feedback)

"""The organisation invests in doctors as leaders, and its governance supports them."""

from datetime import date

from attrs import evolve

from engagecheck import (
    Basis,
    Either,
    Measured,
    NotEvidenced,
    Rule,
    Variant,
    above,
    age_or_never,
    at_least,
    at_most,
    english_trusts,
    graded,
    grades,
    recommendation,
)

rule = Rule(
    "investment-and-governance",
    title="Money, time and governance support doctors as leaders",
    source="kings-fund-2014/policy-2",
    why=(
        "Engagement lasts only with money and time. Places on programmes, protected time and an entry in the assurance "
        "framework show doctors and patients that the board is serious."
    ),
)

BOTH = "on the framework and in the annual report"
ONE = "on the framework or in the annual report, not both"
NEITHER = "neither on the framework nor in the annual report"
NO_RISK = "not a principal risk"
OVERSEEN = "on the framework only"
REPORTED = "in the annual report only"
NONE_PLANNED = "no half-days are planned"
CAPABILITY_IN_FORCE = evolve(english_trusts, since=date(2025, 8, 26))
"""The guidance on provider capability was published in August 2025."""
TEN_POINT_PLAN = evolve(
    english_trusts, since=date(2025, 8, 29), hosts_residents=True, to="NHS trusts in England where resident doctors work"
)


@rule.criterion(
    "development-investment",
    question="How many places on leadership programmes do doctors take, per clinical director?",
    reads=("governance.programme_places", "leadership.clinical_directors.of"),
    label="Places on leadership programmes per clinical director",
    unit="places per director",
    yardstick=at_least(0.5, partly=0.25),
    basis="judgement",
    source="kings-fund-2014/policy-2",
    prompted=True,
    priority="low",
    recommend=recommendation(
        "Fund places on leadership programmes for doctors, and plan who takes them.",
        owner="director of people",
        horizon="12 months",
        effort="medium",
        success="Doctors take at least one place a year for every two clinical directors.",
    ),
    show="List of doctors' places on leadership programmes in 12 months",
)
def development_investment(places, directors):
    """Places on leadership programmes taken by doctors in 12 months, for each divisional and clinical director."""
    if not directors:
        return NotEvidenced("the profile says that there are no clinical directors: check the total")
    return Measured(places / directors, because=f"{places} places for {directors} directors.")


@rule.criterion(
    "consultant-development-time",
    question="How much development time does a new consultant post include?",
    reads="governance.new_consultant_spa",
    label="Development time in a new consultant post",
    unit="activities a week",
    yardstick=at_least(2.5, partly=above(2)),
    basis="benchmark",
    source="aomrc-spa/consultants",
    priority="medium",
    recommend=recommendation(
        "Offer at least 2.5 supporting professional activities a week in new full-time consultant posts.",
        owner="medical director",
        horizon="12 months",
        effort="medium",
        success="The model job plan for new posts shows at least 2.5 activities a week.",
    ),
    show="Model job plan or last advertisement of a full-time consultant post",
)
def consultant_development_time(activities):
    """Supporting professional activities a week in a full-time new consultant post."""
    return activities


@rule.criterion(
    "on-the-assurance-framework",
    question="Does the board assurance framework cover doctors' engagement?",
    reads=("governance.assurance_framework", "organisation", "as_of"),
    label="Doctors' engagement on the board assurance framework",
    yardstick=grades(met=(BOTH, "a principal risk"), partly=ONE, poor=(NEITHER, NO_RISK)),
    variants=(
        Variant(within=TEN_POINT_PLAN, yardstick=grades(met=BOTH, partly=ONE, poor=NEITHER)),
        Variant(outside=TEN_POINT_PLAN, yardstick=grades(met="a principal risk", poor=NO_RISK), basis=Basis.JUDGEMENT),
    ),
    basis="standard",
    source="ten-point-plan/assurance",
    priority="medium",
    recommend=(
        recommendation(
            "Put the 10 Point Plan on the board assurance framework, and report its outcomes in the annual report.",
            owner="company secretary",
            horizon="6 months",
            effort="low",
            success="The assurance framework and the annual report cover the 10 Point Plan.",
        ),
        recommendation(
            "Put the 10 Point Plan on the board assurance framework. Go on reporting its outcomes in the annual report.",
            case=REPORTED,
            owner="company secretary",
            horizon="3 months",
            effort="low",
            success="The assurance framework covers the 10 Point Plan.",
        ),
        recommendation(
            "Report the outcomes of the 10 Point Plan in the annual report.",
            case=OVERSEEN,
            owner="company secretary",
            horizon="next annual report",
            effort="low",
            success="The annual report covers the 10 Point Plan.",
        ),
        recommendation(
            "Make the engagement of doctors a principal risk on the board assurance framework.",
            case=NO_RISK,
            owner="company secretary",
            horizon="6 months",
            effort="low",
            success="The assurance framework has a principal risk that names doctors' engagement.",
        ),
    ),
    show="Board assurance framework and annual report",
)
def on_the_assurance_framework(framework, organisation, as_of):
    """English hosts of resident doctors: the 10 Point Plan on the framework and in the annual report; else a principal risk.

    Where it is not stated whether resident doctors work here, either may be asked.
    """
    overseen, reported = framework.plan_overseen, framework.outcomes_reported
    plan = graded((NEITHER, ONE, BOTH), overseen, reported)
    risk = graded((NO_RISK, "a principal risk"), framework.principal_risk)
    if TEN_POINT_PLAN.reason_not(organisation, as_of) is not None:
        return risk
    if TEN_POINT_PLAN.surely_applies(organisation, as_of):
        return Measured(plan, case=OVERSEEN if overseen else REPORTED if reported else "")
    return Either(tuple(option for answer in (plan, risk) for option in getattr(answer, "options", (answer,))))


@rule.criterion(
    "protected-meeting-time",
    question="How many planned governance half-days were held?",
    reads="governance.governance_half_days",
    label="Planned governance half-days that were held",
    unit="share",
    yardstick=at_least(0.9, partly=0.75),
    basis="judgement",
    source="bma-principles",
    prompted=True,
    priority="low",
    recommend=(
        recommendation(
            "Protect governance half-days from cancellation, and count how many are held.",
            owner="chief operating officer",
            horizon="12 months",
            effort="low",
            success="Nine in ten planned half-days were held.",
        ),
        recommendation(
            "Plan governance half-days for doctors and their teams, and protect them from cancellation.",
            case=NONE_PLANNED,
            owner="chief operating officer",
            horizon="6 months",
            effort="medium",
            success="The calendar shows the half-days, and nine in ten were held.",
        ),
    ),
    show="Calendar of multidisciplinary governance half-days, planned and held",
)
def protected_meeting_time(half_days):
    """Share of planned multidisciplinary governance half-days that were held in 12 months; none if none was planned."""
    if half_days.of == 0:
        return Measured(0, because="No governance half-days are planned.", case=NONE_PLANNED)
    return half_days.share()


@rule.criterion(
    "capability-self-assessment",
    question="How long ago did the board complete the provider capability self-assessment?",
    reads=("governance.capability_assessed_on", "as_of"),
    applies=CAPABILITY_IN_FORCE,
    label="Time since the provider capability self-assessment",
    unit="months",
    yardstick=at_most(15, partly=18),
    basis="standard",
    source="provider-capability",
    priority="low",
    recommend=recommendation(
        "Complete the yearly provider capability self-assessment.",
        owner="company secretary",
        horizon="3 months",
        effort="low",
        success="The board has approved this year's self-assessment.",
    ),
    show="Provider capability self-assessment as approved by the board",
)
def capability_self_assessment(assessed, as_of):
    """Months since the provider capability self-assessment."""
    return age_or_never(assessed, as_of)

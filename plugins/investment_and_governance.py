"""The organisation invests in doctors as leaders, and its governance supports them."""

from datetime import date

from engagecheck import (
    Applies,
    NotEvidenced,
    Rule,
    above,
    age_in_months,
    at_least,
    at_most,
    english_trusts,
    grades,
    maybe,
    recommendation,
    share_of,
)

rule = Rule(
    "investment-and-governance",
    title="Money, time and governance stand behind it",
    source="kings-fund-2014/policy-2",
    why=(
        "Engagement that costs nothing seldom lasts. Places on programmes, protected time and a line in the assurance "
        "framework show patients and doctors that it is meant."
    ),
)

# A standard applies from the month after its publication. Both were published in August 2025.
IN_FORCE = Applies(
    types=english_trusts.types, countries=english_trusts.countries, since=date(2025, 9, 1), to="NHS trusts in England"
)


@rule.criterion(
    "development-investment",
    question="Do doctors get places on leadership programmes?",
    reads=("governance.programme_places", "leadership.clinical_directors.of"),
    unit="share", yardstick=at_least(0.5, partly=0.25, one_short_below=0),
    basis="judgement", source="kings-fund-2014/policy-2", prompted=True, priority="low",
    recommend=recommendation(
        "Fund places on leadership programmes for doctors, and plan who takes them.",
        owner="director of people", horizon="12 months", effort="medium",
        success="A place is taken each year for every two clinical directors.",
    ),
    show="List of doctors' places on leadership programmes in 12 months",
)
def development_investment(places, directors):
    """Places on leadership programmes taken by doctors in 12 months, for each divisional and clinical director."""
    return share_of(places, directors)


@rule.criterion(
    "consultant-development-time",
    question="Do new consultants have time for more than clinics?",
    reads="governance.new_consultant_spa",
    unit="activities a week", yardstick=at_least(2.5, partly=above(2)),
    basis="benchmark", source="aomrc-spa/consultants", priority="medium",
    recommend=recommendation(
        "Offer two and a half supporting professional activities a week in full-time new consultant posts.",
        owner="medical director", horizon="12 months", effort="medium",
        success="The model job plan of new posts shows them.",
    ),
    show="Model job plan or last advertisement of a full-time consultant post",
)
def consultant_development_time(activities):
    """Supporting professional activities a week in a full-time new consultant post."""
    return activities


@rule.criterion(
    "on-the-assurance-framework",
    question="Is it on the board assurance framework?",
    reads=("governance.assurance_framework", "organisation", "as_of", maybe("commitment.hosts_resident_doctors")),
    yardstick=grades(met=("both", "a principal risk"), partly="one of the two", poor=("neither", "no principal risk")),
    basis="standard", source="ten-point-plan/assurance", priority="medium",
    recommend=recommendation(
        "Put doctors' engagement, and in England the 10 Point Plan, on the board assurance framework, and report on it "
        "yearly.",
        owner="company secretary", horizon="6 months", effort="low",
        success="The assurance framework and the annual report show it.",
    ),
    show="Board assurance framework and annual report",
)
def on_the_assurance_framework(framework, organisation, as_of, hosts):
    """English hosts of resident doctors: the 10 Point Plan on the framework and in the annual report; else a principal risk."""
    english = IN_FORCE.reason_not(organisation, as_of) is None
    if english and hosts is None:
        return NotEvidenced("whether resident doctors work here is not stated")
    if not english or not hosts:
        if framework.principal_risk is None:
            return NotEvidenced("whether a principal risk names doctors' engagement is not stated")
        return "a principal risk" if framework.principal_risk else "no principal risk"
    if framework.plan_overseen is None or framework.outcomes_reported is None:
        return NotEvidenced("not every part of it is stated")
    return ("neither", "one of the two", "both")[framework.plan_overseen + framework.outcomes_reported]


@rule.criterion(
    "protected-meeting-time",
    question="Are planned governance half-days held?",
    reads="governance.governance_half_days",
    unit="share", yardstick=at_least(0.9, partly=0.75),
    basis="judgement", source="bma-principles", prompted=True, priority="low",
    recommend=recommendation(
        "Protect governance half-days from cancellation, and count those that are held.",
        owner="chief operating officer", horizon="12 months", effort="low",
        success="Nine in ten planned half-days were held.",
    ),
    show="Calendar of multidisciplinary governance half-days, planned and held",
)
def protected_meeting_time(half_days):
    """Share of planned multidisciplinary governance half-days that were held in 12 months."""
    return half_days.share()


@rule.criterion(
    "capability-self-assessment",
    question="Is the provider capability self-assessment up to date?",
    reads=("governance.capability_assessed_on", "as_of"), applies=IN_FORCE,
    unit="months", yardstick=at_most(15, partly=18),
    basis="standard", source="provider-capability", priority="low",
    recommend=recommendation(
        "Complete the yearly provider capability self-assessment.",
        owner="company secretary", horizon="3 months", effort="low",
        success="The board has approved this year's self-assessment.",
    ),
    show="Provider capability self-assessment as approved by the board",
)
def capability_self_assessment(assessed, as_of):
    """Months since the provider capability self-assessment."""
    return age_in_months(assessed, as_of)

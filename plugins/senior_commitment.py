"""Senior leaders commit themselves to the engagement of doctors."""

from datetime import date
from math import hypot

from engagecheck import (
    SURE,
    Applies,
    Measured,
    NotApplicable,
    NotEvidenced,
    Rule,
    Window,
    at_least,
    at_most,
    every,
    graded,
    grades,
    maybe,
    negated,
    recommendation,
    standard_error,
    yes,
)

rule = Rule(
    "senior-commitment",
    title="Senior leaders are committed and accountable",
    source="kings-fund-2014/finding-2",
    why=(
        "Doctors notice what a board asks about. If no senior leader is responsible for doctors' engagement, the board "
        "hears late about problems with patients' care."
    ),
)


NAMED = "somebody is named"
"""The case in which somebody has the role, and what goes with the role is missing."""
SILENT = "named, but does not report to the board"
WITHOUT_TIME = "named, without time"
TEN_POINT_PLAN = Applies(
    types=("nhs_trust", "nhs_foundation_trust", "nhs_ambulance_trust"),
    countries=("England",),
    hosts_residents=True,
    since=date(2025, 8, 29),  # the day on which the plan was published
    to="NHS trusts in England where resident doctors work",
)


@rule.criterion(
    "board-lead",
    question="Is a board member responsible for the engagement of all doctors?",
    reads="commitment.board_lead",
    label="Board member responsible for the engagement of all doctors",
    yardstick=yes,
    basis="judgement",
    source="kings-fund-2014/finding-2",
    prompted=True,
    priority="high",
    recommend=(
        recommendation(
            "Make a board member responsible for the engagement of all doctors and for reporting on it to the board.",
            owner="chair",
            horizon="3 months",
            effort="low",
            success="The board's minutes name the lead and show the first report.",
        ),
        recommendation(
            "Agree that the named board member is responsible for all doctors, and put a report on the board's agenda.",
            case=NAMED,
            owner="chair",
            horizon="3 months",
            effort="low",
            success="The board's minutes show the role and the first report.",
        ),
    ),
    show="Board minute or role description that names the lead",
)
def board_lead(lead):
    """Whether a board member is named for the engagement of all doctors and reports on it to the board."""
    return Measured(every(lead.named, lead.all_doctors, lead.reports_to_board), case=NAMED if lead.named else "")


@rule.criterion(
    "senior-lead-resident-doctors",
    question="Is there a senior lead for resident doctors, overseen by the board?",
    reads="commitment.resident_lead",
    applies=TEN_POINT_PLAN,
    label="Senior lead for resident doctors, overseen by the board",
    yardstick=yes,
    basis="standard",
    source="ten-point-plan/senior-lead",
    priority="medium",
    recommend=(
        recommendation(
            "Name a senior lead for resident doctors' experience at executive level, and agree how the board oversees the "
            "role.",
            owner="chief executive",
            horizon="3 months",
            effort="low",
            success="An executive holds the role, and the board has received a report.",
        ),
        recommendation(
            "Agree how the board oversees the senior lead for resident doctors, and when the board receives a report.",
            case=NAMED,
            owner="chief executive",
            horizon="3 months",
            effort="low",
            success="The board has received a report from the senior lead.",
        ),
    ),
    show="Role specification and board paper on the senior lead for resident doctors",
)
def senior_lead_resident_doctors(lead):
    """Whether a lead at executive level represents resident doctors, with oversight by the board."""
    return Measured(every(lead.executive, lead.board_oversight), case=NAMED if lead.executive else "")


@rule.criterion(
    "resident-doctor-peer-lead",
    question="Is there a resident doctor peer lead who reports to the board?",
    reads="commitment.resident_peer_lead",
    applies=TEN_POINT_PLAN,
    label="Resident doctor peer lead",
    yardstick=grades(met="named, and reports to the board", partly=SILENT, poor="nobody"),
    basis="standard",
    source="ten-point-plan/peer-lead",
    priority="medium",
    recommend=(
        recommendation(
            "Let resident doctors choose a peer lead, give the role time, and invite the peer lead to report to the board.",
            owner="medical director",
            horizon="3 months",
            effort="low",
            success="A peer lead is in post and has reported to the board.",
        ),
        recommendation(
            "Invite the resident doctor peer lead to report to the board.",
            case=SILENT,
            owner="medical director",
            horizon="3 months",
            effort="low",
            success="The peer lead has reported to the board.",
        ),
    ),
    show="Board paper that describes the role and the report of the resident doctor peer lead",
)
def resident_doctor_peer_lead(lead):
    """Whether a resident doctor peer lead is in post and reports to the board."""
    reports = every(lead.named, lead.reports_to_board)
    return graded(("nobody", SILENT, "named, and reports to the board"), lead.named, reports)


@rule.criterion(
    "doctors-on-the-board",
    question="How many voting members of the board are doctors?",
    reads="commitment.voting_doctors",
    label="Doctors among the voting members of the board",
    unit="doctors",
    yardstick=at_least(2, partly=1),
    basis="benchmark",
    source="hsj-doctors-on-boards",
    priority="low",
    recommend=recommendation(
        "Look for a doctor when the next executive or non-executive seat becomes vacant.",
        owner="chair",
        horizon="24 months",
        effort="medium",
        success="At least two voting members of the board are doctors.",
    ),
    show="List of voting board members with their professions",
)
def doctors_on_the_board(doctors):
    """Doctors among the voting members of the board."""
    return doctors


@rule.criterion(
    "board-reviews",
    question="How many board or committee meetings reviewed a measure of medical engagement in the year?",
    reads=("commitment.engagement_reviews", "as_of"),
    label="Board or committee meetings that reviewed medical engagement in the year",
    unit="meetings",
    yardstick=at_least(2, partly=1),
    basis="judgement",
    source="kings-fund-2014/policy-1",
    prompted=True,
    priority="low",
    recommend=recommendation(
        "Put a measure of medical engagement on the agenda of the board or one of its committees twice a year.",
        owner="company secretary",
        horizon="6 months",
        effort="low",
        success="Two sets of minutes in 12 months show the measure and the decision.",
    ),
    show="Minutes of the board, people or quality committee",
)
def board_reviews(reviews, as_of):
    """Meetings in 12 months at which the board, or its people or quality committee, took a measure of engagement."""
    year = Window.months_before(as_of, 12)
    stated = "" if reviews.of is None else f"{reviews.of} in all, {reviews.listed or 'none'} listed."
    early = len(reviews.matching(lambda review: negated(year.has(review.on))))
    because = f"{stated} {early} more than 12 months ago.".strip() if early else stated
    return Measured(reviews.count(lambda review: year.has(review.on)), because=because)


@rule.criterion(
    "perception-gap",
    question="How far apart are senior leaders and doctors in their answers?",
    reads=(
        "perceptions.executives.overall",
        "perceptions.doctors.overall",
        maybe("perceptions.executives.invited"),
        maybe("perceptions.doctors.invited"),
    ),
    label="Difference between senior leaders' and doctors' answers",
    unit="points of 10",
    yardstick=at_most(0.5, partly=1.0),
    basis="judgement",
    source="kings-fund-2014-survey",
    prompted=True,
    priority="low",
    recommend=recommendation(
        "Show senior leaders and doctors each other's answers, and discuss the largest differences in a joint meeting.",
        owner="medical director",
        horizon="3 months",
        effort="low",
        success="In the next survey, the two means are within half a point of each other.",
    ),
    show="Answers of senior leaders and of doctors to the engagecheck questionnaire",
)
def perception_gap(executives, doctors, executives_asked, doctors_asked):
    """The absolute difference between the means of senior leaders and of doctors over the whole questionnaire, 0 to 10."""
    errors = standard_error(executives.n, executives_asked), standard_error(doctors.n, doctors_asked)
    error = hypot(*errors)
    because = f"Senior leaders {executives.mean:zg} (n {executives.n}), doctors {doctors.mean:zg} (n {doctors.n})."
    if error > SURE:
        return NotEvidenced(f"{because} Too few answered to tell: differences under {2 * error:.1f} mean little")
    because += f" Differences under {2 * error:.1f} mean little." if error else ""
    return Measured(abs(executives.mean - doctors.mean), because=because)


@rule.criterion(
    "sas-voice",
    question="Do SAS and locally employed doctors have an advocate with time for the role?",
    reads=(maybe("commitment.sas_advocate"), maybe("organisation.employs_sas_doctors")),
    label="Advocate for SAS and locally employed doctors",
    yardstick=grades(met="named, with time", partly=WITHOUT_TIME, poor="nobody"),
    basis="judgement",
    source="kings-fund-2014/finding-1",
    prompted=True,
    priority="low",
    recommend=(
        recommendation(
            "Name an advocate for SAS and locally employed doctors, with time in the job plan.",
            owner="medical director",
            horizon="3 months",
            effort="low",
            success="An advocate is named, and the job plan shows the time.",
        ),
        recommendation(
            "Give the advocate for SAS and locally employed doctors time in the job plan.",
            case=WITHOUT_TIME,
            owner="medical director",
            horizon="3 months",
            effort="low",
            success="The advocate's job plan shows the time.",
        ),
    ),
    show="Job plan of the advocate for SAS and locally employed doctors",
)
def sas_voice(advocate, employs):
    """Whether SAS and locally employed doctors have a named advocate, with job-planned time."""
    if employs is False:
        return NotApplicable("no SAS or locally employed doctors work here")
    if advocate is None:
        return None
    with_time = every(advocate.named, advocate.job_planned_time)
    return graded(("nobody", WITHOUT_TIME, "named, with time"), advocate.named, with_time)

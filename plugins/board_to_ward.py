"""Engagement reaches from the board to the ward, with patients."""

from datetime import date

from engagecheck import (
    Applies,
    Measured,
    NotApplicable,
    Range,
    Rule,
    at_least,
    at_most,
    every,
    gap_to_peers,
    maybe,
    recommendation,
    some_exist,
)

rule = Rule(
    "board-to-ward",
    title="Engagement reaches from board to ward and includes patients",
    source="kings-fund-2014/finding-1",
    why=(
        "Care improves when clinicians, managers and patients work on it together. A board that does not hear from the "
        "wards cannot know what to improve."
    ),
)


@rule.criterion(
    "patient-partners",
    question="How many patient safety partners sit on a quality or safety committee?",
    reads="involvement.patient_partners",
    label="Patient safety partners on a quality or safety committee",
    unit="partners",
    yardstick=at_least(1),
    applies=Applies(since=date(2021, 6, 29)),  # the day on which the framework was published
    basis="judgement",
    source="patient-safety-partners",
    prompted=True,
    priority="low",
    recommend=recommendation(
        "Recruit a patient safety partner and give them a seat on the quality committee.",
        owner="chief nurse",
        horizon="6 months",
        effort="low",
        success="At least one partner attends the committee.",
    ),
    show="Membership of the quality or safety committee",
)
def patient_partners(partners):
    """Patient safety partners with a seat on a quality or safety committee."""
    return partners


@rule.criterion(
    "joint-improvement",
    question="How many improvement teams include a patient, a non-clinician and a clinician who is not a doctor?",
    reads="involvement.projects",
    label="Improvement projects with a patient and other professions on the team",
    unit="share",
    yardstick=at_least(0.75, partly=0.4),
    basis="judgement",
    source="kings-fund-2014/finding-1",
    prompted=True,
    priority="low",
    recommend=recommendation(
        "Name a patient, a non-clinician and a clinician who is not a doctor in the charter of every improvement project.",
        owner="director of improvement",
        horizon="6 months",
        effort="low",
        success="Three in four project charters name all three.",
    ),
    show="Charters of the last ten improvement projects",
)
def joint_improvement(projects):
    """Share of improvement projects whose charter names a patient, a non-clinician and another clinical profession."""
    return some_exist(projects).share(lambda project: every(project.patient, project.non_clinician, project.other_profession))


@rule.criterion(
    "doctors-at-every-tier",
    question="At how many levels do doctors miss more than one meeting in four?",
    reads="involvement.tiers",
    label="Levels of meetings that doctors often miss",
    unit="levels",
    yardstick=at_most(0, partly=1),
    basis="judgement",
    source="kings-fund-2014/finding-1",
    prompted=True,
    priority="low",
    recommend=recommendation(
        "Hold these meetings when doctors can attend, and name a deputy for each doctor.",
        owner="medical director",
        horizon="6 months",
        effort="low",
        success="A doctor attended at least three in four meetings at each level.",
    ),
    show="Attendance records of the board, quality committee and divisional boards",
)
def doctors_at_every_tier(tiers):
    """Of three tiers, those that exist and that doctors did not attend at three in four meetings."""
    attended = {
        "the board": _attended(tiers.board, may_be_missing=False),
        "the quality committee": _attended(tiers.quality_committee),
        "divisional boards": _attended(tiers.divisional_board),
    }
    without = [name for name, answer in attended.items() if answer is False]
    because = f"Doctors missed more than one meeting in four at these levels: {', '.join(without)}." if without else ""
    return Measured(Range(len(without), len(without) + list(attended.values()).count(None)), because=because)


def _attended(tier, *, may_be_missing=True):
    """Whether a doctor was at three in four meetings of a tier, or there is no such tier; `None` if that is not stated."""
    if tier is None:
        return None
    if may_be_missing and tier.exists is False:
        return True
    if not tier.meetings or tier.attended is None:
        return None
    return tier.attended >= 0.75 * tier.meetings


@rule.criterion(
    "residents-from-the-start",
    question="How many change projects involve a resident or SAS doctor from the start?",
    reads=(maybe("involvement.change_projects"), "organisation"),
    label="Change projects with a resident or SAS doctor from the start",
    unit="share",
    yardstick=at_least(0.75, partly=0.4),
    basis="judgement",
    source="kings-fund-interviews/northumbria",
    prompted=True,
    priority="low",
    recommend=recommendation(
        "Name a resident or SAS doctor in the initiating document of every change project.",
        owner="director of improvement",
        horizon="6 months",
        effort="low",
        success="Three in four projects that start in a year name a resident or SAS doctor.",
    ),
    show="Initiating documents of change and improvement projects of 12 months",
)
def residents_from_the_start(projects, organisation):
    """Share of change and improvement projects begun in 12 months whose initiating document names a resident or SAS doctor."""
    if organisation.hosts_resident_doctors is False and organisation.employs_sas_doctors is False:
        return NotApplicable("no resident, SAS or locally employed doctors work here")
    if projects is None:
        return None
    return some_exist(projects).share(lambda project: project.resident_or_sas)


@rule.criterion(
    "engagement-against-peers",
    question="How engaged are doctors, compared with their peers elsewhere?",
    reads=("journey.measurements", "as_of"),
    label="Doctors' engagement compared with peers elsewhere",
    unit="points of 10",
    yardstick=at_least(-0.1, partly=-0.3),
    basis="judgement",
    source="kings-fund-2014/finding-1",
    prompted=True,
    priority="high",
    recommend=recommendation(
        "Ask doctors what keeps them from taking part, publish the three main answers, and act on one within 90 days.",
        owner="chief executive",
        horizon="6 months",
        effort="medium",
        success="The doctors' engagement score is level with their peers at the next survey.",
    ),
    show="Doctors' engagement score in the staff survey, with the doctors' comparator of the same benchmark group",
)
def engagement_against_peers(measurements, as_of):
    """Doctors' newest engagement score minus the doctors' comparator of the same survey and benchmark group."""
    return gap_to_peers(measurements, "engagement", "doctors", as_of)


@rule.criterion(
    "staff-engagement-against-peers",
    question="How engaged are all staff, compared with their peers elsewhere?",
    reads=("journey.measurements", "as_of"),
    label="Engagement of all staff compared with peers elsewhere",
    unit="points of 10",
    yardstick=at_least(-0.1, partly=-0.3),
    basis="judgement",
    source="kings-fund-2014/finding-1",
    prompted=True,
    priority="low",
    recommend=recommendation(
        "Find teams where doctors and other staff are engaged, and help other teams learn from them.",
        owner="director of people",
        horizon="12 months",
        effort="medium",
        success="The engagement score of all staff is level with the benchmark group.",
    ),
    show="Engagement score in the staff survey, with its comparator and number of respondents",
)
def staff_engagement_against_peers(measurements, as_of):
    """Engagement of all staff in this year's NHS Staff Survey, or else their newest, minus its comparator; never of doctors.

    Which year a result is of, its date says, or else an edition that is a year, such as 2025: people answer in its autumn.
    """
    return gap_to_peers(measurements, "engagement", "all_staff", as_of)


@rule.criterion(
    "doctors-motivated",
    question="How motivated are doctors, compared with their peers elsewhere?",
    reads=("journey.measurements", "as_of"),
    label="Doctors' motivation compared with peers elsewhere",
    unit="points of 10",
    yardstick=at_least(-0.1, partly=-0.3),
    basis="judgement",
    source="kings-fund-2014/finding-1",
    prompted=True,
    priority="medium",
    recommend=recommendation(
        "Ask doctors what would make them look forward to work, and act on one answer within 90 days.",
        owner="medical director",
        horizon="6 months",
        effort="medium",
        success="Doctors score the same as their peers for motivation, involvement or advocacy.",
    ),
    show="Doctors' score for motivation, involvement or advocacy, with the doctors' comparator of the same benchmark group",
)
def doctors_motivated(measurements, as_of):
    """Doctors' newest score for motivation, involvement or advocacy minus the doctors' comparator."""
    return gap_to_peers(measurements, ("motivation", "involvement", "advocacy"), "doctors", as_of)


@rule.criterion(
    "doctors-take-responsibility",
    question="How many improvement projects does a doctor lead, with a named outcome measure?",
    reads="involvement.projects",
    label="Improvement projects that a doctor leads, with an outcome measure",
    unit="share",
    yardstick=at_least(0.5, partly=0.3),
    basis="judgement",
    source="kings-fund-2014/finding-1",
    prompted=True,
    priority="medium",
    recommend=recommendation(
        "Ask doctors to lead improvement projects and report what changed for patients. Give them time for both.",
        owner="medical director",
        horizon="12 months",
        effort="medium",
        success="A doctor leads at least half of the last ten projects, each with an outcome measure.",
    ),
    show="Charters of the last ten improvement projects",
)
def doctors_take_responsibility(projects):
    """Share of improvement projects that a doctor leads and reports on, with a named outcome measure."""
    return some_exist(projects).share(lambda project: every(project.doctor_leads, project.outcome_measure))

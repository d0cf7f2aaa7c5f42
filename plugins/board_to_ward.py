"""Engagement reaches from the board to the ward, with patients."""

from engagecheck import Measured, Rule, at_least, at_most, gap_to_peers, recommendation

rule = Rule(
    "board-to-ward",
    title="Engagement reaches from board to ward, with patients",
    source="kings-fund-2014/finding-1",
    why=(
        "Care improves where those who give it, those who manage it and those who receive it work on it together. A "
        "board that is far from the ward improves paper."
    ),
)


@rule.criterion(
    "patient-partners",
    question="Do patient safety partners sit on a quality or safety committee?",
    reads="involvement.patient_partners",
    unit="partners", yardstick=at_least(1),
    basis="benchmark", source="patient-safety-partners", priority="low",
    recommend=recommendation(
        "Recruit a patient safety partner and give them a seat on the quality committee.",
        owner="chief nurse", horizon="6 months", effort="low",
        success="At least one partner attends the committee.",
    ),
    show="Membership of the quality or safety committee",
)
def patient_partners(partners):
    """Patient safety partners with a seat on a quality or safety committee."""
    return partners


@rule.criterion(
    "joint-improvement",
    question="Do improvement projects work with patients and with colleagues who are not clinicians?",
    reads="involvement.projects",
    unit="share", yardstick=at_least(0.75, partly=0.4),
    basis="judgement", source="kings-fund-2014/finding-1", prompted=True, priority="low",
    recommend=recommendation(
        "Ask for a patient and a non-clinician in the charter of every improvement project.",
        owner="director of improvement", horizon="6 months", effort="low",
        success="Three in four project charters name both.",
    ),
    show="Charters of the last ten improvement projects",
)
def joint_improvement(projects):
    """Share of improvement projects whose charter names a patient and a non-clinician."""
    return projects.share(lambda project: project.patient and project.non_clinician)


@rule.criterion(
    "doctors-at-every-tier",
    question="Are doctors present at every tier of decisions?",
    reads="involvement.tiers",
    unit="tiers without doctors", yardstick=at_most(0, partly=1),
    basis="judgement", source="kings-fund-2014/finding-1", prompted=True, priority="low",
    recommend=recommendation(
        "Move meetings that doctors miss to times at which they can come, and name a deputy for each.",
        owner="medical director", horizon="6 months", effort="low",
        success="A doctor was present at three in four meetings of each tier.",
    ),
    show="Attendance records of the board, quality committee and divisional boards",
)
def doctors_at_every_tier(tiers):
    """Of three tiers, those that exist and that doctors did not attend at three in four meetings."""
    tiers_by_name = {
        "the board": tiers.board, "the quality committee": tiers.quality_committee, "divisional boards": tiers.divisional_board
    }
    without = [name for name, tier in tiers_by_name.items() if not _attended(tier)]
    return Measured(len(without), because=f"Not so for: {', '.join(without)}." if without else "")


def _attended(tier):
    if tier is None or tier.exists is False:
        return tier is not None
    return bool(tier.meetings) and tier.attended is not None and tier.attended >= 0.75 * tier.meetings


@rule.criterion(
    "residents-from-the-start",
    question="Do resident and SAS doctors take part in change from the start?",
    reads="involvement.change_projects",
    unit="share", yardstick=at_least(0.75, partly=0.4),
    basis="judgement", source="kings-fund-interviews/northumbria", prompted=True, priority="low",
    recommend=recommendation(
        "Name a resident or SAS doctor in the initiating document of every change project.",
        owner="director of improvement", horizon="6 months", effort="low",
        success="Three in four projects begun in a year name one.",
    ),
    show="Initiating documents of change and improvement projects of 12 months",
)
def residents_from_the_start(projects):
    """Share of change and improvement projects begun in 12 months whose initiating document names a resident or SAS doctor."""
    return projects.share(lambda project: project.resident_or_sas)


@rule.criterion(
    "engagement-against-peers",
    question="Are doctors as engaged as their peers elsewhere?",
    reads="journey.measurements",
    unit="points of 10", yardstick=at_least(-0.1, partly=-0.3),
    basis="judgement", source="kings-fund-2014/finding-1", prompted=True, priority="high",
    recommend=recommendation(
        "Ask doctors what keeps them from taking part, publish their three answers, and act on one of them within 90 "
        "days.",
        owner="chief executive", horizon="6 months", effort="medium",
        success="The doctors' engagement score is level with their peers at the next survey.",
    ),
    show="Doctors' engagement score in the staff survey, with the doctors' comparator of the same benchmark group",
)
def engagement_against_peers(measurements):
    """Doctors' newest engagement score minus the doctors' comparator of the same survey and group; n at least 50."""
    return gap_to_peers(measurements, "engagement", "doctors")


@rule.criterion(
    "staff-engagement-against-peers",
    question="Are all staff as engaged as their peers elsewhere?",
    reads="journey.measurements",
    unit="points of 10", yardstick=at_least(-0.1, partly=-0.3),
    basis="judgement", source="kings-fund-2014/finding-1", prompted=True, priority="low",
    recommend=recommendation(
        "Look for teams where doctors and other staff are engaged, and let others learn from them.",
        owner="director of people", horizon="12 months", effort="medium",
        success="The engagement score of all staff is level with the benchmark group.",
    ),
    show="Engagement score in the staff survey, with its comparator and number of respondents",
)
def staff_engagement_against_peers(measurements):
    """The newest engagement score of all staff minus its comparator; never accepted for doctors."""
    return gap_to_peers(measurements, "engagement", "all_staff")

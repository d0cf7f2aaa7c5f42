"""Senior doctors are chosen for more than clinical skill."""

from engagecheck import (
    Applies,
    Basis,
    Measured,
    NotApplicable,
    NotEvidenced,
    Rule,
    Variant,
    Window,
    at_least,
    recommendation,
)

rule = Rule(
    "senior-selection",
    title="Senior doctors are chosen for more than clinical skill",
    source="kings-fund-2014/finding-5",
    why=(
        "Patients depend on how senior doctors work with others as much as on what they know. An organisation that "
        "appoints for clinical expertise alone leaves that to luck."
    ),
)


APPOINTING = Applies(
    types=("nhs_trust", "nhs_foundation_trust"), countries=("England",),
    to="NHS trusts (by law) and foundation trusts (by recommendation) in England that appoint consultants",
)
FOUNDATION = Applies(types=("nhs_foundation_trust",), to="NHS foundation trusts")


@rule.criterion(
    "appointment-panels",
    question="Were consultant appointment panels complete?",
    reads="selection.complete_panels", applies=APPOINTING,
    unit="share", yardstick=at_least(1.0, one_short_below=0),
    variants=(Variant(within=FOUNDATION, yardstick=at_least(1.0, partly=0.9), basis=Basis.JUDGEMENT, gates=False),),
    basis="standard", source="aac-regulations", priority="medium",
    recommend=recommendation(
        "Check the membership of each appointment panel before the day, deputies and university included, and record it.",
        owner="director of people", horizon="3 months", effort="low",
        success="Every panel of the next 12 months was complete.",
    ),
    show="Records of consultant appointment panels of 12 months",
)
def appointment_panels(panels):
    """Share of substantive, non-exempt consultant panels with every core member or an allowed deputy."""
    return panels.share()


@rule.criterion(
    "beyond-clinical-expertise",
    question="Are consultants assessed for values, teamwork or leadership, with a score?",
    reads="selection.scored_assessment",
    unit="share", yardstick=at_least(0.9, partly=0.5),
    basis="judgement", source="kings-fund-2014/finding-5", prompted=True, priority="high",
    recommend=recommendation(
        "Add a scored assessment of values, teamwork or leadership to every consultant appointment.",
        owner="medical director", horizon="6 months", effort="medium",
        success="Nine in ten of the next appointment files hold the score.",
    ),
    show="Last ten files of consultant appointments",
)
def beyond_clinical_expertise(appointments):
    """Share of consultant appointments with a scored assessment of values, teamwork or leadership."""
    return appointments.share() if appointments.of else NotEvidenced("no appointment was looked at")


@rule.criterion(
    "open-competition",
    question="Are medical leadership posts filled by open competition?",
    reads="leadership.clinical_directors",
    unit="share", yardstick=at_least(0.9, partly=0.5),
    basis="judgement", source="kings-fund-blog-2015", prompted=True, priority="low",
    recommend=recommendation(
        "Advertise every medical leadership post, at least within the organisation, and interview for it.",
        owner="medical director", horizon="12 months", effort="low",
        success="Nine in ten posts were filled by open competition.",
    ),
    show="Appointment files of divisional and clinical directors",
)
def open_competition(directors):
    """Share of divisional and clinical director posts that were filled by open competition."""
    return directors.share(lambda director: director.open_competition)


@rule.criterion(
    "contested-leadership-posts",
    question="Do several doctors apply when a medical leadership post is advertised?",
    reads=("selection.competitions", "as_of"),
    unit="applicants", yardstick=at_least(2, partly=1),
    basis="judgement", source="hsj-hunter-2016", prompted=True, priority="low",
    recommend=recommendation(
        "Ask doctors who could have applied why they did not, and change what kept them away.",
        owner="medical director", horizon="12 months", effort="medium",
        success="The median of applicants for the posts of the next two years is two or more.",
    ),
    show="Recruitment records of medical leadership posts of 24 months",
)
def contested_leadership_posts(competitions, as_of):
    """Median number of doctors who applied for each medical leadership post advertised in 24 months."""
    window = Window.months_before(as_of, 24)
    advertised = competitions.whole(since=window.start)
    if any(post.on is None for post in advertised):
        return NotEvidenced("not every advertised post has a date")
    applicants = sorted(post.applicants or 0 for post in advertised if window.touches(post.on))
    if not applicants:
        return NotApplicable("no medical leadership post was advertised in 24 months")
    middle = len(applicants) // 2
    median = applicants[middle] if len(applicants) % 2 else (applicants[middle - 1] + applicants[middle]) / 2
    return Measured(median, because=f"The median of {len(applicants)} posts advertised within 24 months.")


@rule.criterion(
    "leader-role-charter",
    question="Do medical leaders have accountabilities, a term and a yearly review in writing?",
    reads="leadership.clinical_directors",
    unit="share", yardstick=at_least(0.9, partly=0.6),
    basis="judgement", source="cpsi-checklist", prompted=True, priority="low",
    recommend=recommendation(
        "Give each medical leader a written charter: accountabilities, a term of office and a yearly review of the role.",
        owner="medical director", horizon="6 months", effort="low",
        success="Nine in ten medical leaders have all three in writing.",
    ),
    show="Role descriptions of divisional and clinical directors",
)
def leader_role_charter(directors):
    """Share of divisional and clinical directors with written accountabilities, a term of office and a yearly review."""
    return directors.share(lambda post: post.written_accountabilities and post.term_of_office and post.yearly_review)

"""Senior doctors are chosen for more than clinical skill."""

from math import inf
from statistics import median

from engagecheck import (
    Applies,
    Basis,
    Measured,
    NotApplicable,
    NotEvidenced,
    Range,
    Rule,
    Variant,
    Window,
    at_least,
    every,
    maybe,
    recommendation,
    some_exist,
    yeses,
)

rule = Rule(
    "senior-selection",
    title="Senior doctors are chosen for more than clinical skill",
    source="kings-fund-2014/finding-5",
    why=(
        "Patients depend on how well senior doctors work with others, and not only on what they know. An organisation "
        "that appoints for clinical expertise alone leaves teamwork to luck."
    ),
)


APPOINTING = Applies(
    types=("nhs_trust", "nhs_foundation_trust"),
    countries=("England",),
    to="NHS trusts (by law) and foundation trusts (by recommendation) in England that appoint consultants",
)
FOUNDATION = Applies(types=("nhs_foundation_trust",), to="NHS foundation trusts")


@rule.criterion(
    "appointment-panels",
    question="How many consultant appointment panels were complete?",
    reads="selection.complete_panels",
    applies=APPOINTING,
    label="Complete consultant appointment panels",
    unit="share",
    yardstick=at_least(1.0, one_short=False),
    variants=(Variant(within=FOUNDATION, yardstick=at_least(1.0, partly=0.9), basis=Basis.JUDGEMENT, gates=False),),
    basis="standard",
    source="aac-regulations",
    priority="medium",
    recommend=recommendation(
        "Check who sits on each appointment panel before the day, including deputies and the university's member.",
        owner="director of people",
        horizon="3 months",
        effort="low",
        success="Every panel in the next 12 months is complete.",
    ),
    show="Records of consultant appointment panels of 12 months",
)
def appointment_panels(panels):
    """Share of substantive, non-exempt consultant panels with every core member or an allowed deputy."""
    return panels.share()


@rule.criterion(
    "beyond-clinical-expertise",
    question="How many consultants were appointed with a scored assessment of values, teamwork or leadership?",
    reads=("selection.scored_assessment", maybe("selection.complete_panels")),
    label="Consultants appointed with a scored assessment of values, teamwork or leadership",
    unit="share",
    yardstick=at_least(0.9, partly=0.5),
    basis="judgement",
    source="kings-fund-2014/finding-5",
    prompted=True,
    priority="high",
    recommend=recommendation(
        "Add a scored assessment of values, teamwork or leadership to every consultant appointment.",
        owner="medical director",
        horizon="6 months",
        effort="medium",
        success="Nine in ten of the next appointment files include the score.",
    ),
    show="Last ten files of consultant appointments",
)
def beyond_clinical_expertise(appointments, panels):
    """Share of consultant appointments with a scored assessment of values, teamwork or leadership.

    It does not apply where no consultant was appointed: none was assessed, and no panel met.
    """
    if appointments.of == 0 and (panels is None or panels.of != 0):
        return NotEvidenced("no appointment was looked at: enter the number of appointment panels that met")
    return appointments.share()


@rule.criterion(
    "open-competition",
    question="How many medical leadership posts were filled by open competition?",
    reads="leadership.clinical_directors",
    label="Medical leadership posts filled by open competition",
    unit="share",
    yardstick=at_least(0.9, partly=0.5),
    basis="judgement",
    source="kings-fund-blog-2015",
    prompted=True,
    priority="low",
    recommend=recommendation(
        "Advertise every medical leadership post, at least within the organisation, and interview the applicants.",
        owner="medical director",
        horizon="12 months",
        effort="low",
        success="Nine in ten medical leadership posts were filled by open competition.",
    ),
    show="Appointment files of divisional and clinical directors",
)
def open_competition(directors):
    """Share of divisional and clinical director posts that were filled by open competition."""
    return some_exist(directors).share(lambda director: director.open_competition)


@rule.criterion(
    "contested-leadership-posts",
    question="How many doctors usually apply for a medical leadership post?",
    reads=("selection.competitions", "as_of"),
    label="Median number of applicants for a medical leadership post",
    unit="applicants",
    yardstick=at_least(2, partly=1),
    basis="judgement",
    source="hsj-hunter-2016",
    prompted=True,
    priority="low",
    recommend=recommendation(
        "Ask doctors who could have applied why they did not apply, and remove what kept them away.",
        owner="medical director",
        horizon="12 months",
        effort="medium",
        success="Half of the posts advertised in the next two years have two or more applicants.",
    ),
    show="Recruitment records of medical leadership posts of 24 months",
)
def contested_leadership_posts(competitions, as_of):
    """Median number of doctors who applied for each medical leadership post advertised in 24 months."""
    window = Window.months_before(as_of, 24)
    if not competitions.is_whole(window.start):
        return NotEvidenced("posts may be missing from the list: enter the total, and the date from which the list is complete")
    sure = [post for post in competitions.entries if window.has(post.on)]
    possible = [post for post in competitions.entries if window.has(post.on) is None]
    if not sure and not possible:
        return NotApplicable("no medical leadership post was advertised in the last 24 months")
    if not sure:
        return NotEvidenced("no post has a date that is certainly within the last 24 months")
    low = _median([post.applicants or 0 for post in sure], [post.applicants or 0 for post in possible], min)
    high = _median(
        [inf if post.applicants is None else post.applicants for post in sure],
        [inf if post.applicants is None else post.applicants for post in possible],
        max,
    )
    return Measured(Range(low, high), because=f"Median of {len(sure)} posts advertised in the last 24 months.")


def _median(sure, possible, extreme):
    """The lowest or highest median of the numbers that are sure with some of the possible ones."""
    by_size = sorted(possible, reverse=extreme is max)
    chosen = ([*sure, *by_size[:count]] for count in range(len(by_size) + 1))
    return extreme(median(numbers) for numbers in chosen if numbers)


@rule.criterion(
    "selection-methods",
    question="How many of four methods are used to select executives and clinical directors?",
    reads="selection.methods",
    label="Methods used to select executives and clinical directors",
    unit="methods",
    yardstick=at_least(3, partly=2),
    basis="judgement",
    source="kings-fund-press-2014/selection",
    prompted=True,
    priority="medium",
    recommend=recommendation(
        "Use at least three of these for senior leaders: a structured interview, an exercise or test, a panel of stakeholders, "
        "a patient on the panel.",
        owner="director of people",
        horizon="12 months",
        effort="medium",
        success="Each appointment in the next 24 months uses at least three of the four methods.",
    ),
    show="Appointment files of executives and clinical directors of 24 months",
)
def selection_methods(methods):
    """Of structured interview, psychometric test or simulation, stakeholder panel, and patient on a panel: those in use."""
    return yeses(
        methods.structured_interview, methods.psychometric_or_simulation, methods.stakeholder_panel, methods.patient_on_panel
    )


@rule.criterion(
    "leader-role-charter",
    question="How many medical leaders have written accountabilities, a term of office and a yearly review?",
    reads="leadership.clinical_directors",
    label="Medical leaders with written accountabilities, a term and a yearly review",
    unit="share",
    yardstick=at_least(0.9, partly=0.6),
    basis="judgement",
    source="cpsi-checklist",
    prompted=True,
    priority="low",
    recommend=recommendation(
        "Give each medical leader a written charter with accountabilities, a term of office and a yearly review.",
        owner="medical director",
        horizon="6 months",
        effort="low",
        success="Nine in ten medical leaders have all three in writing.",
    ),
    show="Role descriptions of divisional and clinical directors",
)
def leader_role_charter(directors):
    """Share of divisional and clinical directors with written accountabilities, a term of office and a yearly review."""
    return some_exist(directors).share(
        lambda post: every(post.written_accountabilities, post.term_of_office, post.yearly_review)
    )

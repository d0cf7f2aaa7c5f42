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
    question="How many consultant appointment panels were complete?",
    reads="selection.complete_panels", applies=APPOINTING,
    label="Complete consultant appointment panels",
    unit="share", yardstick=at_least(1.0, one_short=False),
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
    question="How many consultants were appointed with a scored assessment of values, teamwork or leadership?",
    reads=("selection.scored_assessment", maybe("selection.complete_panels")),
    label="Consultants appointed with a scored assessment of values, teamwork or leadership",
    unit="share", yardstick=at_least(0.9, partly=0.5),
    basis="judgement", source="kings-fund-2014/finding-5", prompted=True, priority="high",
    recommend=recommendation(
        "Add a scored assessment of values, teamwork or leadership to every consultant appointment.",
        owner="medical director", horizon="6 months", effort="medium",
        success="Nine in ten of the next appointment files hold the score.",
    ),
    show="Last ten files of consultant appointments",
)
def beyond_clinical_expertise(appointments, panels):
    """Share of consultant appointments with a scored assessment of values, teamwork or leadership.

    It does not apply where no consultant was appointed: none was assessed, and no panel met.
    """
    if appointments.of == 0 and (panels is None or panels.of != 0):
        return NotEvidenced("no appointment was looked at, and it is not stated that no panel met: state the number of panels")
    return appointments.share()


@rule.criterion(
    "open-competition",
    question="How many medical leadership posts were filled by open competition?",
    reads="leadership.clinical_directors",
    label="Medical leadership posts filled by open competition",
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
    return some_exist(directors).share(lambda director: director.open_competition)


@rule.criterion(
    "contested-leadership-posts",
    question="How many doctors apply when a medical leadership post is advertised?",
    reads=("selection.competitions", "as_of"),
    label="Applicants for an advertised medical leadership post",
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
    if not competitions.is_whole(window.start):
        return NotEvidenced("posts advertised in 24 months may be missing: state the total, and complete from")
    sure = [post for post in competitions.entries if window.has(post.on)]
    possible = [post for post in competitions.entries if window.has(post.on) is None]
    if not sure and not possible:
        return NotApplicable("no medical leadership post was advertised in 24 months")
    if not sure:
        return NotEvidenced("no post is dated so that it was surely advertised in 24 months")
    low = _median([post.applicants or 0 for post in sure], [post.applicants or 0 for post in possible], min)
    high = _median(
        [inf if post.applicants is None else post.applicants for post in sure],
        [inf if post.applicants is None else post.applicants for post in possible], max,
    )
    return Measured(Range(low, high), because=f"The median of {len(sure)} posts advertised within 24 months.")


def _median(sure, possible, extreme):
    """The lowest or highest median of the numbers that are sure with some of the possible ones."""
    by_size = sorted(possible, reverse=extreme is max)
    chosen = ([*sure, *by_size[:count]] for count in range(len(by_size) + 1))
    return extreme(median(numbers) for numbers in chosen if numbers)


@rule.criterion(
    "selection-methods",
    question="Which methods are used to select executives and clinical directors?",
    reads="selection.methods",
    label="Methods used to select executives and clinical directors",
    unit="methods", yardstick=at_least(3, partly=2),
    basis="judgement", source="kings-fund-press-2014/selection", prompted=True, priority="medium",
    recommend=recommendation(
        "Add a structured interview, an exercise or test, a panel of stakeholders and a patient to the selection of senior "
        "leaders.",
        owner="director of people", horizon="12 months", effort="medium",
        success="Three of the four methods were used in each appointment of the last 24 months.",
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
    question="How many medical leaders have accountabilities, a term and a yearly review in writing?",
    reads="leadership.clinical_directors",
    label="Medical leaders with accountabilities, a term and a yearly review in writing",
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
    return some_exist(directors).share(
        lambda post: every(post.written_accountabilities, post.term_of_office, post.yearly_review)
    )

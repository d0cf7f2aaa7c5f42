"""The next medical leaders are looked for, prepared and given time."""

from engagecheck import (
    Measured,
    Rule,
    above,
    at_least,
    graded,
    grades,
    maybe,
    months_after,
    recommendation,
    share_of,
    some_exist,
    where_residents_work,
)

rule = Rule(
    "talent-and-development",
    title="The next medical leaders are found and prepared",
    source="kings-fund-2014/finding-6",
    why=(
        "Doctors who lead without preparation learn at the expense of patients and colleagues. A post without a successor "
        "stays empty when the service most needs a leader."
    ),
)


WITHOUT_STRATEGY = "a development plan, and no leadership strategy"
WITHOUT_PLAN = "a leadership strategy, and no development plan"
IN_POST = "a chief registrar with too little protected time"


@rule.criterion(
    "leadership-strategy",
    question="Is there a leadership strategy, and a development plan that covers succession?",
    reads=(maybe("talent.leadership_strategy"), maybe("talent.development_plan")),
    label="Leadership strategy, and development plan with succession",
    yardstick=grades(met="both", partly="one of the two", poor="neither"),
    basis="judgement",
    source="kings-fund-2014-strategy",
    prompted=True,
    priority="high",
    recommend=(
        recommendation(
            "Ask the board to approve a leadership strategy and a development plan with succession, both including doctors.",
            owner="director of people",
            horizon="6 months",
            effort="medium",
            success="The board has approved both and reviews progress twice a year.",
        ),
        recommendation(
            "Ask the board to approve a leadership strategy that includes doctors, beside the development plan.",
            case=WITHOUT_STRATEGY,
            owner="director of people",
            horizon="6 months",
            effort="medium",
            success="The board has approved the strategy and reviews progress twice a year.",
        ),
        recommendation(
            "Ask the board to approve a development plan with succession that includes doctors, beside the strategy.",
            case=WITHOUT_PLAN,
            owner="director of people",
            horizon="6 months",
            effort="medium",
            success="The board has approved the plan and reviews progress twice a year.",
        ),
    ),
    show="Leadership strategy, and leadership development plan with succession",
)
def leadership_strategy(strategy, plan):
    """Whether a leadership strategy and a leadership development plan with succession exist."""
    case = WITHOUT_STRATEGY if plan else WITHOUT_PLAN if strategy else ""
    return Measured(graded(("neither", "one of the two", "both"), strategy, plan), case=case)


@rule.criterion(
    "named-successors",
    question="How many senior medical posts have a named successor?",
    reads="talent.succession",
    label="Senior medical posts with a named successor",
    unit="share",
    yardstick=at_least(0.75, partly=0.4),
    basis="judgement",
    source="kings-fund-press-2014/succession",
    prompted=True,
    priority="low",
    recommend=recommendation(
        "Review every year who could act in each senior medical post tomorrow, and who could in two years.",
        owner="medical director",
        horizon="6 months",
        effort="low",
        success="The succession paper names a successor for three in four senior medical posts.",
    ),
    show="Last succession paper to the remuneration or people committee",
)
def named_successors(succession):
    """Share of senior medical posts that the last succession paper covers."""
    return some_exist(succession).share()


@rule.criterion(
    "leaders-prepared",
    question="How many clinical directors were trained for the role when they took up the post?",
    reads="leadership.clinical_directors",
    label="Clinical directors trained for the role",
    unit="share",
    yardstick=at_least(0.8, partly=0.5),
    basis="judgement",
    source="kings-fund-2014/finding-6",
    prompted=True,
    priority="low",
    recommend=recommendation(
        "Offer leadership training before appointment, and require training within the first year.",
        owner="medical director",
        horizon="12 months",
        effort="medium",
        success="Four in five clinical directors were trained before taking up the post or within a year.",
    ),
    show="List of divisional and clinical directors with the date of their leadership training",
)
def leaders_prepared(directors):
    """Share of clinical directors who completed leadership training before or within 12 months of taking up the post."""

    return some_exist(directors).share(_is_prepared)


def _is_prepared(director):
    if director.leadership_training is None:
        return None
    trained = director.leadership_training.on
    if trained is None:
        return False
    if director.since is None:
        return None
    if trained.last <= months_after(director.since.first, 12):
        return True
    return None if trained.first <= months_after(director.since.last, 12) else False


@rule.criterion(
    "trainee-leadership",
    question="How many resident doctors have a leadership or improvement role with protected time?",
    reads="talent.resident_leadership",
    applies=where_residents_work,
    label="Resident doctors with a leadership or improvement role and protected time",
    unit="share",
    yardstick=at_least(0.1, partly=0.05),
    basis="judgement",
    source="gmc-survey-2024",
    prompted=True,
    priority="low",
    recommend=recommendation(
        "Create leadership and improvement roles for resident doctors with protected time, and advertise them.",
        owner="director of medical education",
        horizon="12 months",
        effort="medium",
        success="One resident doctor in ten holds such a role.",
    ),
    show="List of leadership and improvement roles for resident doctors, with protected time",
)
def trainee_leadership(residents):
    """Share of resident doctors with a leadership or improvement role and protected time for it."""
    return some_exist(residents).share()


@rule.criterion(
    "chief-registrar",
    question="How much of the chief registrar's time is protected for leadership?",
    reads="talent.chief_registrar_time",
    applies=where_residents_work,
    label="Chief registrar's protected time",
    unit="share",
    yardstick=at_least(0.4, partly=above(0)),
    basis="judgement",
    source="rcp-chief-registrar",
    prompted=True,
    priority="low",
    recommend=(
        recommendation(
            "Appoint a chief registrar, and protect two days a week for leadership and improvement.",
            owner="director of medical education",
            horizon="12 months",
            effort="medium",
            success="A chief registrar is in post, and at least 40 per cent of the time is protected.",
        ),
        recommendation(
            "Protect two days of the chief registrar's week for leadership and improvement.",
            case=IN_POST,
            owner="director of medical education",
            horizon="6 months",
            effort="low",
            success="At least 40 per cent of the chief registrar's time is protected.",
        ),
    ),
    show="Job description of the chief registrar",
)
def chief_registrar(percent):
    """Protected share of a chief registrar's time; 0 if there is none."""
    if not percent:
        return Measured(0.0, because="There is no chief registrar with protected time.")
    return Measured(percent / 100, case=IN_POST)


@rule.criterion(
    "leadership-curriculum",
    question="How many groups of doctors can join a programme in leadership or improvement?",
    reads=("talent.curriculum", "organisation"),
    label="Groups of doctors that can join a leadership programme",
    unit="share",
    yardstick=at_least(1.0, partly=0.5),
    basis="judgement",
    source="kings-fund-2014/finding-6",
    prompted=True,
    priority="medium",
    recommend=recommendation(
        "Open one programme in leadership or improvement to consultants, SAS doctors and resident doctors.",
        owner="director of medical education",
        horizon="12 months",
        effort="medium",
        success="Doctors from all three groups took part within a year.",
    ),
    show="Prospectus of programmes in leadership and improvement",
)
def leadership_curriculum(curriculum, organisation):
    """Share of the groups that work here (consultants, SAS doctors, resident doctors) to which a programme is open."""
    works_here = {
        "consultants": True,
        "sas_doctors": organisation.employs_sas_doctors is not False,
        "resident_doctors": organisation.hosts_resident_doctors is not False,
    }
    answers = [getattr(curriculum, group) for group, is_here in works_here.items() if is_here]
    return share_of(answers.count(True), len(answers), most=len(answers) - answers.count(False))

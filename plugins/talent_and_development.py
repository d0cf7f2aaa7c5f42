"""The next medical leaders are looked for, prepared and given time."""

from engagecheck import Measured, Rule, above, at_least, grades, months_after, recommendation

rule = Rule(
    "talent-and-development",
    title="The next medical leaders are found and prepared",
    source="kings-fund-2014/finding-6",
    why=(
        "Doctors who lead without preparation learn at the expense of patients and colleagues, and a post without a "
        "successor stands empty just when a service is under strain."
    ),
)


@rule.criterion(
    "leadership-strategy",
    question="Is there a leadership strategy, and a development plan that covers succession?",
    reads=("talent.leadership_strategy", "talent.development_plan"),
    yardstick=grades(met="both", partly="one of the two", poor="neither"),
    basis="judgement", source="kings-fund-2014-strategy", prompted=True, priority="high",
    recommend=recommendation(
        "Put a leadership strategy and a development plan that covers succession before the board, doctors included.",
        owner="director of people", horizon="6 months", effort="medium",
        success="The board has approved both and sees progress twice a year.",
    ),
    show="Leadership strategy, and leadership development plan with succession",
)
def leadership_strategy(strategy, plan):
    """Whether a leadership strategy and a leadership development plan with succession exist."""
    return ("neither", "one of the two", "both")[strategy + plan]


@rule.criterion(
    "named-successors",
    question="Do senior medical posts have named successors?",
    reads="talent.succession",
    unit="share", yardstick=at_least(0.75, partly=0.4),
    basis="judgement", source="kings-fund-2014/finding-6", prompted=True, priority="low",
    recommend=recommendation(
        "Review succession for every senior medical post yearly: who could act tomorrow, and who in two years.",
        owner="medical director", horizon="6 months", effort="low",
        success="Three in four senior medical posts have a named successor in the succession paper.",
    ),
    show="Last succession paper to the remuneration or people committee",
)
def named_successors(succession):
    """Share of senior medical posts that the last succession paper covers."""
    return succession.share()


@rule.criterion(
    "leaders-prepared",
    question="Are clinical directors trained for the role when they take it up?",
    reads="leadership.clinical_directors",
    unit="share", yardstick=at_least(0.8, partly=0.5),
    basis="judgement", source="kings-fund-2014/finding-6", prompted=True, priority="low",
    recommend=recommendation(
        "Offer leadership training before appointment, and make it a condition within the first year.",
        owner="medical director", horizon="12 months", effort="medium",
        success="Four in five clinical directors were trained before or within a year of taking up the post.",
    ),
    show="List of divisional and clinical directors with the date of their leadership training",
)
def leaders_prepared(directors):
    """Share of clinical directors who completed leadership training before or within 12 months of taking up the post."""

    def is_prepared(director):
        if director.since is None or director.leadership_training is None:
            return False
        return director.leadership_training.last <= months_after(director.since.first, 12)

    return directors.share(is_prepared)


@rule.criterion(
    "trainee-leadership",
    question="Can resident doctors learn to lead while they train?",
    reads="talent.resident_leadership",
    unit="share", yardstick=at_least(0.1, partly=0.05),
    basis="judgement", source="gmc-survey-2024", prompted=True, priority="low",
    recommend=recommendation(
        "Create leadership and improvement roles for resident doctors with protected time, and advertise them.",
        owner="director of medical education", horizon="12 months", effort="medium",
        success="One resident doctor in ten holds such a role.",
    ),
    show="List of leadership and improvement roles for resident doctors, with protected time",
)
def trainee_leadership(residents):
    """Share of resident doctors with a leadership or improvement role and protected time for it."""
    return residents.share()


@rule.criterion(
    "chief-registrar",
    question="Is there a chief registrar with time to lead?",
    reads="talent.chief_registrar_time",
    unit="share", yardstick=at_least(0.4, partly=above(0)),
    basis="judgement", source="rcp-chief-registrar", prompted=True, priority="low",
    recommend=recommendation(
        "Appoint a chief registrar, and protect two days a week for leading and improving.",
        owner="director of medical education", horizon="12 months", effort="medium",
        success="A chief registrar is in post with at least 40 per cent of the time protected.",
    ),
    show="Job description of the chief registrar",
)
def chief_registrar(percent):
    """Protected share of a chief registrar's time; 0 if there is none."""
    return Measured(percent / 100, because="" if percent else "There is no chief registrar with protected time.")

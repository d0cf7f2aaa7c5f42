"""Individuals are asked, answer alike, and answer at all."""

from engagecheck import Measured, NotEvidenced, Rule, at_least, at_most, recommendation, share_of

rule = Rule(
    "individual-views",
    title="Individuals say so too",
    source="kings-fund-2014/finding-1",
    why=(
        "What an organisation says of itself and what its doctors say can differ. Only those who do the work can tell "
        "whether they feel able to change it, and their answers foretell what patients will meet."
    ),
)


@rule.criterion(
    "views-level",
    question="Do doctors say that they can take part in leading and improving care?",
    reads="perceptions.doctors.overall",
    unit="points of 10", yardstick=at_least(7, partly=5.5),
    basis="judgement", source="kings-fund-2014/finding-1", prompted=True, priority="low",
    recommend=recommendation(
        "Take the three questions that doctors answered lowest, and agree with them what will change.",
        owner="medical director", horizon="6 months", effort="medium",
        success="The doctors' mean over the questionnaire is 7 or more.",
    ),
    show="Doctors' answers to the engagecheck questionnaire",
)
def views_level(doctors):
    """Mean of all doctors over the whole questionnaire, 0 to 10; at least 10 answered."""
    return Measured(doctors.mean, because=f"{doctors.n} doctors answered; spread {doctors.spread or 0:g}.")


@rule.criterion(
    "views-agreement",
    question="Do medical leaders, doctors and managers see it alike?",
    reads=("perceptions.medical_leaders.overall", "perceptions.doctors.overall", "perceptions.managers.overall"),
    unit="points of 10", yardstick=at_most(1, partly=2),
    basis="judgement", source="bmj-2003", prompted=True, priority="low",
    recommend=recommendation(
        "Let medical leaders, doctors and managers read each other's answers, and talk about the widest differences.",
        owner="medical director", horizon="3 months", effort="low",
        success="The means of the three groups differ by a point or less.",
    ),
    show="Answers of medical leaders, doctors and managers to the engagecheck questionnaire",
)
def views_agreement(leaders, doctors, managers):
    """The widest difference between the means of medical leaders, doctors and managers."""
    means = {"medical leaders": leaders.mean, "doctors": doctors.mean, "managers": managers.mean}
    listed = ", ".join(f"{who} {mean:g}" for who, mean in means.items())
    return Measured(max(means.values()) - min(means.values()), because=f"Means: {listed}.")


@rule.criterion(
    "views-response-rate",
    question="Did enough doctors answer?",
    reads=("perceptions.doctors.responded", "perceptions.doctors.invited"),
    unit="share", yardstick=at_least(0.5, partly=0.3),
    basis="judgement", source="kings-fund-2014/policy-1", prompted=True, priority="low",
    recommend=recommendation(
        "Tell doctors what came of the last survey before asking again, and give them time to answer.",
        owner="medical director", horizon="12 months", effort="low",
        success="Half of the doctors asked have answered.",
    ),
    show="Number of doctors asked and number who answered",
)
def views_response_rate(responded, invited):
    """Share of the doctors asked who answered."""
    return share_of(responded, invited) if invited else NotEvidenced("nobody was asked")

"""Individuals are asked, answer alike, and answer at all."""

from math import hypot

from engagecheck import (
    SURE,
    Measured,
    NotEvidenced,
    Range,
    Rule,
    at_least,
    at_most,
    margin,
    maybe,
    recommendation,
    share_of,
    standard_error,
)

rule = Rule(
    "individual-views",
    title="What doctors say",
    source="kings-fund-2014/finding-1",
    why=(
        "Organisations and their doctors can see things differently. Only doctors can say whether they feel able to "
        "improve care, and their answers show what patients will experience."
    ),
    weight=2,  # what doctors themselves say counts twice
)


@rule.criterion(
    "doctors-say",
    question="What do doctors say about leading and improving care?",
    reads=("perceptions.doctors.overall", maybe("perceptions.doctors.invited")),
    label="Doctors' own answers about leading and improving care",
    unit="points of 10",
    yardstick=at_least(6.5, partly=5.5),
    basis="judgement",
    source="kings-fund-2014/finding-1",
    prompted=True,
    priority="high",
    recommend=recommendation(
        "Choose the three questions that doctors scored lowest, and agree with doctors what will change.",
        owner="medical director",
        horizon="6 months",
        effort="medium",
        success="The mean of doctors' answers is 6.5 or more.",
    ),
    show="Doctors' answers to the engagecheck questionnaire",
)
def doctors_say(doctors, asked):
    """Mean of all doctors over the whole questionnaire, 0 to 10, where enough answered to tell."""
    sure = margin(doctors.n, asked)
    if standard_error(doctors.n, asked) > SURE:
        return NotEvidenced(f"too few answered to tell: {sure}")
    return Measured(doctors.mean, because=f"{sure[:1].upper()}{sure[1:]}.")


@rule.criterion(
    "views-agreement",
    question="How far apart are medical leaders, doctors and managers in their answers?",
    reads=(
        maybe("perceptions.medical_leaders.overall"),
        maybe("perceptions.doctors.overall"),
        maybe("perceptions.managers.overall"),
        maybe("perceptions.medical_leaders.invited"),
        maybe("perceptions.doctors.invited"),
        maybe("perceptions.managers.invited"),
    ),
    label="Largest difference between medical leaders, doctors and managers",
    unit="points of 10",
    yardstick=at_most(1, partly=2),
    basis="judgement",
    source="bmj-2003",
    prompted=True,
    priority="low",
    recommend=recommendation(
        "Show medical leaders, doctors and managers each other's answers, and discuss the largest differences.",
        owner="medical director",
        horizon="3 months",
        effort="low",
        success="The means of the three groups are within one point of each other.",
    ),
    show="Answers of medical leaders, doctors and managers to the engagecheck questionnaire",
)
def views_agreement(leaders, doctors, managers, leaders_asked, doctors_asked, managers_asked):
    """The widest difference between the means of medical leaders, doctors and managers, where enough answered to tell."""
    stated = {
        "medical leaders": (leaders, leaders_asked),
        "doctors": (doctors, doctors_asked),
        "managers": (managers, managers_asked),
    }
    groups = {who: (group, standard_error(group.n, asked)) for who, (group, asked) in stated.items() if group is not None}
    if not groups:
        return None
    because = f"Means: {', '.join(f'{who} {group.mean:zg}' for who, (group, _) in groups.items())}."
    small = [who for who, (_, error) in groups.items() if error > SURE]
    least_sure = hypot(*sorted(error for _, error in groups.values())[-2:])
    if small:
        because += f" Too few answered to tell: {', '.join(small)}."
    elif least_sure:
        because += f" Differences under {2 * least_sure:.1f} mean little."
    means = [group.mean for who, (group, _) in groups.items() if who not in small]
    widest = max(means, default=0) - min(means, default=0)
    return Measured(Range(widest, widest if len(means) == len(stated) else 10), because=because)


@rule.criterion(
    "views-response-rate",
    question="How many of the doctors who were asked answered?",
    reads=("perceptions.doctors.responded", "perceptions.doctors.invited"),
    label="Doctors who answered, of those who were asked",
    unit="share",
    yardstick=at_least(0.5, partly=0.3),
    basis="judgement",
    source="kings-fund-2014/policy-1",
    prompted=True,
    priority="low",
    recommend=recommendation(
        "Tell doctors what changed after the last survey before you ask again, and give them time to answer.",
        owner="medical director",
        horizon="12 months",
        effort="low",
        success="At least half of the doctors who were asked have answered.",
    ),
    show="Number of doctors asked and number who answered",
)
def views_response_rate(responded, invited):
    """Share of the doctors asked who answered."""
    return share_of(responded, invited) if invited else NotEvidenced("nobody was asked")

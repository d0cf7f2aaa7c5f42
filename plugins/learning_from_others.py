"""The organisation learns from others."""

from engagecheck import (
    Measured,
    Rule,
    Window,
    age_or_never,
    at_least,
    at_most,
    every,
    gap_to_peers,
    negated,
    recommendation,
)

rule = Rule(
    "learning-from-others",
    title="The organisation learns from others",
    source="kings-fund-2014/finding-6",
    why=(
        "Peers often see a risk before a regulator does. Organisations that look outside, and where doctors speak up, "
        "learn of risks in time to prevent harm to patients."
    ),
)


@rule.criterion(
    "external-learning",
    question="How many peer reviews, visits or exchanges led to a recorded action?",
    reads=("learning.external_learning", "as_of"),
    label="Peer reviews, visits and exchanges with a recorded action",
    unit="occasions",
    yardstick=at_least(2, partly=1),
    basis="judgement",
    source="kings-fund-press-2014/learning-abroad",
    prompted=True,
    priority="low",
    recommend=recommendation(
        "Arrange a peer review or an exchange each year, and record what you will do as a result.",
        owner="medical director",
        horizon="12 months",
        effort="medium",
        success="Two peer reviews, visits or exchanges in 24 months have a recorded action.",
    ),
    show="Reports of peer reviews, visits or exchanges, with their actions",
)
def external_learning(occasions, as_of):
    """Peer reviews, visits and exchanges in 24 months with a recorded action."""
    window = Window.months_before(as_of, 24)
    return Measured(
        occasions.count(lambda occasion: every(occasion.action_recorded, window.has(occasion.on))),
        because=_shown(occasions, window),
    )


def _shown(occasions, window):
    """Sentences about what is stated and what is listed, what does not count, and visits further away."""
    sentences = [] if occasions.of is None else [f"{occasions.of} in all, {occasions.listed or 'none'} listed."]
    early = len(occasions.matching(lambda occasion: negated(window.has(occasion.on))))
    idle = len(occasions.matching(lambda occasion: negated(occasion.action_recorded)))
    far = len(occasions.matching(lambda occasion: occasion.outside_region))
    sentences += [f"{early} more than 24 months ago."] if early else []
    sentences += [f"{idle} without a recorded action."] if idle else []
    sentences += [f"{far} outside the region or abroad."] if far else []
    return " ".join(sentences)


@rule.criterion(
    "external-review",
    question="How long ago was the last external review of the board?",
    reads=("learning.external_review_on", "as_of"),
    label="Time since the last external review of the board",
    unit="months",
    yardstick=at_most(60, partly=72),
    basis="judgement",
    source="kings-fund-2014/finding-6",
    prompted=True,
    priority="low",
    recommend=recommendation(
        "Commission an external review of how well the organisation is led, including the part that doctors play.",
        owner="chair",
        horizon="12 months",
        effort="high",
        success="The board has discussed the report in public.",
    ),
    show="Report of the last external well-led or board review",
)
def external_review(reviewed, as_of):
    """Months since an external well-led or board review."""
    return age_or_never(reviewed, as_of)


@rule.criterion(
    "doctors-raise-concerns",
    question="How readily do doctors raise concerns, compared with their peers elsewhere?",
    reads=("journey.measurements", "as_of"),
    label="Doctors' readiness to raise concerns compared with peers elsewhere",
    unit="points of 10",
    yardstick=at_least(-0.1, partly=-0.3),
    basis="judgement",
    source="kings-fund-interviews/uclh",
    prompted=True,
    priority="low",
    recommend=recommendation(
        "Tell doctors openly what was done about the concerns that they raised.",
        owner="medical director",
        horizon="6 months",
        effort="low",
        success="The doctors' score for raising concerns is level with their peers.",
    ),
    show="Doctors' results on raising concerns in the staff survey, with the doctors' comparator",
)
def doctors_raise_concerns(measurements, as_of):
    """Doctors' newest score for raising concerns minus the doctors' comparator of the same survey and benchmark group."""
    return gap_to_peers(measurements, "raising_concerns", "doctors", as_of)

"""The organisation learns from others."""

from engagecheck import Measured, Rule, Window, age_or_never, at_least, at_most, every, gap_to_peers, recommendation

rule = Rule(
    "learning-from-others",
    title="The organisation learns from others",
    source="kings-fund-2014/finding-6",
    why=(
        "Peers often see a risk before a regulator does. An organisation that looks outside, and in which doctors "
        "speak up, hears of harm to patients while it can still be prevented."
    ),
)


@rule.criterion(
    "external-learning",
    question="How often did the organisation learn from a peer review, visit or exchange and record an action?",
    reads=("learning.external_learning", "as_of"),
    label="Peer reviews, visits and exchanges with a recorded action",
    unit="occasions", yardstick=at_least(2, partly=1),
    basis="judgement", source="kings-fund-press-2014/learning-abroad", prompted=True, priority="low",
    recommend=recommendation(
        "Arrange a peer review or an exchange each year, and record what will be done because of it.",
        owner="medical director", horizon="12 months", effort="medium",
        success="Two of them in 24 months have a recorded action.",
    ),
    show="Reports of peer reviews, visits or exchanges, with their actions",
)
def external_learning(occasions, as_of):
    """Peer reviews, visits and exchanges in 24 months with a recorded action."""
    window = Window.months_before(as_of, 24)
    return Measured(
        occasions.count(lambda occasion: every(occasion.action_recorded, window.has(occasion.on))),
        because=_shown(occasions),
    )


def _shown(occasions):
    """A sentence about what is stated and what is listed, and about visits further away."""
    far = len(occasions.matching(lambda occasion: occasion.outside_region))
    stated = "" if occasions.of is None else f"{occasions.of} stated, {occasions.listed or 'none'} listed."
    return f"{stated} {far} outside the region or abroad.".strip() if far else stated


@rule.criterion(
    "external-review",
    question="How long ago was the board last reviewed from outside?",
    reads=("learning.external_review_on", "as_of"),
    label="Time since an external review of the board",
    unit="months", yardstick=at_most(60, partly=72),
    basis="judgement", source="kings-fund-2014/finding-6", prompted=True, priority="low",
    recommend=recommendation(
        "Commission an external review of how well the organisation is led, doctors' part in it included.",
        owner="chair", horizon="12 months", effort="high",
        success="The report has been discussed in public.",
    ),
    show="Report of the last external well-led or board review",
)
def external_review(reviewed, as_of):
    """Months since an external well-led or board review."""
    return age_or_never(reviewed, as_of)


@rule.criterion(
    "doctors-raise-concerns",
    question="Do doctors raise concerns as readily as their peers elsewhere?",
    reads=("journey.measurements", "as_of"),
    label="How readily doctors raise concerns, compared with peers",
    unit="points of 10", yardstick=at_least(-0.1, partly=-0.3),
    basis="judgement", source="kings-fund-interviews/uclh", prompted=True, priority="low",
    recommend=recommendation(
        "Tell doctors, in public, what became of the concerns that they raised.",
        owner="medical director", horizon="6 months", effort="low",
        success="The doctors' score for raising concerns is level with their peers.",
    ),
    show="Doctors' results on raising concerns in the staff survey, with the doctors' comparator",
)
def doctors_raise_concerns(measurements, as_of):
    """Doctors' newest score for raising concerns minus the doctors' comparator of the same survey and benchmark group."""
    return gap_to_peers(measurements, "raising_concerns", "doctors", as_of)

"""Long-term, stable leadership at the top and among the doctors who lead."""

from datetime import date

from attrs import evolve

from engagecheck import (
    APPOINTED,
    UNFILLED,
    Rule,
    age_in_months,
    at_least,
    at_most,
    complete_months,
    dates_of,
    english_trusts,
    every,
    holders_within,
    is_filled,
    lacking,
    months_in_post,
    negated,
    reaches,
    recommendation,
    refuse_if_young,
    served_over,
    some,
    some_exist,
    tenure,
)

rule = Rule(
    "leadership-stability",
    title="Leadership is stable for long enough to earn trust",
    source="kings-fund-2014/finding-2",
    why=(
        "Doctors commit when leaders stay long enough to keep their promises. When leaders change often, plans stop "
        "half-way, and patients wait for improvements that were already agreed."
    ),
)


CODE_IN_FORCE = evolve(english_trusts, since=date(2023, 4, 1))
"""The code of governance for NHS provider trusts is in force from April 2023."""


@rule.criterion(
    "chief-executive-tenure",
    question="How long has the chief executive been in post?",
    reads=("leadership.chief_executive", "organisation", "as_of"),
    label="Chief executive's time in post",
    unit="months",
    yardstick=at_least(36, partly=18),
    basis="judgement",
    source="kings-fund-roadmap",
    prompted=True,
    priority="medium",
    recommend=(
        recommendation(
            "Agree a term of office and a succession plan with the chief executive.",
            owner="chair",
            horizon="6 months",
            effort="low",
            success="The remuneration committee has a succession plan with a date.",
        ),
        recommendation(
            "Appoint a substantive chief executive.",
            case=UNFILLED,
            owner="chair",
            horizon="6 months",
            effort="medium",
            success="A substantive chief executive is in post.",
        ),
        recommendation(
            "Plan the handover to the next chief executive, and agree a term of office before it begins.",
            case=APPOINTED,
            owner="chair",
            horizon="3 months",
            effort="low",
            success="The new chief executive is in post, with an agreed term.",
        ),
    ),
    show="Annual report: directors' report with dates of appointment",
)
def chief_executive_tenure(post, organisation, as_of):
    """Complete months for which the chief executive has held the post substantively at this organisation."""
    return tenure(post, organisation, as_of)


@rule.criterion(
    "chief-executive-turnover",
    question="How many chief executives has the organisation had in three years?",
    reads=("leadership.chief_executive", "organisation", "as_of"),
    label="Chief executives in the last three years",
    unit="chief executives",
    yardstick=at_most(2),
    basis="benchmark",
    source="hsj-2017",
    priority="high",
    recommend=recommendation(
        "Find out why chief executives left. Tell clinical leaders what the board learned and what will not change.",
        owner="chair",
        horizon="3 months",
        effort="medium",
        success="The board's minutes record the lessons, and clinical leaders can say what stays the same.",
    ),
    show="Annual reports of the last three years: dates of appointment and departure of chief executives",
)
def chief_executive_turnover(post, organisation, as_of):
    """Persons who were chief executive in the last 36 months, interims from their first day."""
    return holders_within(post, organisation, as_of, months=36)


@rule.criterion(
    "medical-director-tenure",
    question="How long has the medical director been in post?",
    reads=("leadership.medical_director", "organisation", "as_of"),
    label="Medical director's time in post",
    unit="months",
    yardstick=at_least(24, partly=12),
    basis="judgement",
    source="kings-fund-2014/finding-2",
    prompted=True,
    priority="medium",
    recommend=(
        recommendation(
            "Agree a term of office, protected time and a deputy with the medical director.",
            owner="chief executive",
            horizon="6 months",
            effort="low",
            success="The term, the protected time and the deputy are agreed in writing.",
        ),
        recommendation(
            "Appoint a substantive medical director.",
            case=UNFILLED,
            owner="chief executive",
            horizon="6 months",
            effort="medium",
            success="A substantive medical director is in post.",
        ),
        recommendation(
            "Plan the handover to the next medical director, and agree the term and the protected time before it begins.",
            case=APPOINTED,
            owner="chief executive",
            horizon="3 months",
            effort="low",
            success="The new medical director is in post, with an agreed term and protected time.",
        ),
    ),
    show="Annual report: directors' report with dates of appointment",
)
def medical_director_tenure(post, organisation, as_of):
    """Complete months for which the medical director has held the post substantively."""
    return tenure(post, organisation, as_of)


@rule.criterion(
    "executive-vacancies",
    question="How many executive posts on the board are empty?",
    reads=("leadership.chief_executive", "leadership.medical_director", "leadership.other_executives", "as_of"),
    label="Empty executive posts",
    unit="empty posts",
    yardstick=at_most(0, partly=1),
    basis="benchmark",
    source="kings-fund-nhs-providers-2018",
    priority="high",
    recommend=recommendation(
        "Appoint a substantive holder to each empty executive post, and publish the date.",
        owner="chair",
        horizon="6 months",
        effort="high",
        success="Every voting executive post has a substantive holder or a named appointee.",
    ),
    show="List of voting board posts with holder, kind of appointment and start date",
)
def executive_vacancies(chief_executive, medical_director, others, as_of):
    """Voting executive posts whose last substantive holder left over 3 months ago, or over 12 if the gap is bridged."""
    return lacking(chief_executive, medical_director, some_exist(others), good=lambda post: is_filled(post, as_of))


@rule.criterion(
    "executive-continuity",
    question="How many executives, besides the chief executive and the medical director, have been in post for a year or less?",
    reads=("leadership.other_executives", "organisation", "as_of"),
    label="Other executives in post for a year or less",
    unit="executives",
    yardstick=at_most(1, partly=2),
    basis="benchmark",
    source="kings-fund-nhs-providers-2018",
    priority="low",
    recommend=recommendation(
        "Avoid changing several executives at once, and hand over clinical commitments in writing at each change.",
        owner="chief executive",
        horizon="12 months",
        effort="medium",
        success="No more than one executive post has a new holder in a year.",
    ),
    show="List of voting board posts with holder, kind of appointment and start date",
)
def executive_continuity(others, organisation, as_of):
    """Other voting executive posts whose holder has not served for more than 12 months."""
    refuse_if_young(organisation, dates_of(*others.entries), as_of)
    return some_exist(others).lacking(lambda post: served_over(post, organisation, as_of, months=12))


@rule.criterion(
    "long-serving-non-executives",
    question="How many long-serving non-executives have no review on record?",
    reads=("leadership.non_executives", "as_of"),
    applies=CODE_IN_FORCE,
    label="Long-serving non-executives without a review",
    unit="non-executives",
    yardstick=at_most(0, partly=1),
    basis="standard",
    source="code-of-governance/4.3",
    priority="low",
    recommend=recommendation(
        "Record a rigorous review of each member after six years, and agree any service after nine years with NHS England.",
        owner="company secretary",
        horizon="6 months",
        effort="low",
        success="Each long-serving member has a review or an agreed extension on file.",
    ),
    show="Register of board members with dates of appointment, reviews and agreed extensions",
)
def long_serving_non_executives(members, as_of):
    """Chair and non-executives beyond 6 years without a rigorous review, or beyond 9 without an agreed extension."""

    def is_reviewed(member):
        if member.since is None:
            return None
        served = age_in_months(member.since, as_of)
        beyond_six, beyond_nine = reaches(served, 73), reaches(served, 109)
        review = some(negated(beyond_six), every(negated(beyond_nine), member.rigorous_review))
        return some(review, every(beyond_nine, member.extension_agreed))

    return some_exist(members).lacking(is_reviewed)


@rule.criterion(
    "clinical-director-continuity",
    question="How many clinical directors have served two years, or took over at the planned end of a term?",
    reads=("leadership.clinical_directors", "organisation", "as_of"),
    label="Clinical directors who have served two years or took over as planned",
    unit="share",
    yardstick=at_least(0.5, partly=0.3),
    basis="judgement",
    source="kings-fund-2014/finding-2",
    prompted=True,
    priority="low",
    recommend=recommendation(
        "Appoint clinical directors for at least three years, and plan the change at the end of each term.",
        owner="medical director",
        horizon="12 months",
        effort="medium",
        success="At least half of clinical directors have served two years, or took over at the planned end of a term.",
    ),
    show="List of divisional and clinical directors with start dates and terms of office",
)
def clinical_director_continuity(directors, organisation, as_of):
    """Share of directors in post for 24 months or as long as the organisation, or appointed at a planned end of a term."""
    refuse_if_young(organisation, [director.since for director in directors.entries], as_of)
    founded = organisation.founded
    return some_exist(directors).share(lambda one: some(one.planned_change, _has_served(one.since, founded, as_of)))


def _has_served(since, founded, as_of):
    """Whether a director has served for 24 months, or as long as the organisation, give or take a month."""
    if since is None:
        return None
    served = months_in_post(since, as_of)
    if founded is None:
        return some(reaches(served, 24), None)
    return reaches(served, min(24, complete_months(founded.first, as_of) - 1))

"""Long-term, stable leadership at the top and among the doctors who lead."""

from datetime import date

from attrs import evolve

from engagecheck import (
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
        "Doctors commit themselves where leaders stay long enough to keep promises. Where leaders change often, plans "
        "stop half-way and patients wait for improvements that were already agreed."
    ),
)


CODE_IN_FORCE = evolve(english_trusts, since=date(2023, 4, 1))
"""The code of governance for NHS provider trusts is in force from April 2023."""


@rule.criterion(
    "chief-executive-tenure",
    question="How long has the chief executive been in post?",
    reads=("leadership.chief_executive", "organisation", "as_of"),
    label="Chief executive's time in post",
    unit="months", yardstick=at_least(36, partly=18),
    basis="judgement", source="kings-fund-roadmap", prompted=True, priority="medium",
    recommend=recommendation(
        "Agree a term and a succession plan with the chief executive; where nobody holds the post, appoint someone first.",
        owner="chair", horizon="6 months", effort="low",
        success="A substantive chief executive is in post, and the remuneration committee holds a succession plan with a date.",
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
    label="Chief executives in three years",
    unit="chief executives", yardstick=at_most(2),
    basis="benchmark", source="hsj-2017", priority="high",
    recommend=recommendation(
        "Ask why chief executives left, tell clinical leaders what the board learned, and name what will not change.",
        owner="chair", horizon="3 months", effort="medium",
        success="The board has minuted the lessons, and clinical leaders can say what stays the same.",
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
    unit="months", yardstick=at_least(24, partly=12),
    basis="judgement", source="kings-fund-2014/finding-2", prompted=True, priority="medium",
    recommend=recommendation(
        "Agree a term, time and a deputy with the medical director; where nobody holds the post, appoint someone first.",
        owner="chief executive", horizon="6 months", effort="medium",
        success="A substantive medical director is in post, with term, protected time and deputy agreed in writing.",
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
    unit="empty posts", yardstick=at_most(0, partly=1),
    basis="benchmark", source="kings-fund-nhs-providers-2018", priority="high",
    recommend=recommendation(
        "Fill or hand over every executive post that has been empty for more than three months, and publish the date.",
        owner="chair", horizon="6 months", effort="high",
        success="Every voting executive post has a substantive holder or a named appointee.",
    ),
    show="List of voting board posts with holder, kind of appointment and start date",
)
def executive_vacancies(chief_executive, medical_director, others, as_of):
    """Voting executive posts whose last substantive holder left over 3 months ago, or over 12 if the gap is bridged."""
    return lacking(chief_executive, medical_director, some_exist(others), good=lambda post: is_filled(post, as_of))


@rule.criterion(
    "executive-continuity",
    question="How many of the other executives have been in post for a year or less?",
    reads=("leadership.other_executives", "organisation", "as_of"),
    label="New holders of other executive posts",
    unit="new holders", yardstick=at_most(1, partly=2),
    basis="benchmark", source="kings-fund-nhs-providers-2018", priority="low",
    recommend=recommendation(
        "Stagger changes at the top, and hand over clinical commitments in writing whenever an executive changes.",
        owner="chief executive", horizon="12 months", effort="medium",
        success="No more than one executive post changes hands in a year.",
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
    reads=("leadership.non_executives", "as_of"), applies=CODE_IN_FORCE,
    label="Missing reviews of long-serving non-executives",
    unit="missing reviews", yardstick=at_most(0, partly=1),
    basis="standard", source="code-of-governance/4.3", priority="low",
    recommend=recommendation(
        "Record a rigorous review for service beyond six years, and agree anything beyond nine with NHS England.",
        owner="company secretary", horizon="6 months", effort="low",
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
    question="How many divisional and clinical directors have served two years, or came at the planned end of a term?",
    reads=("leadership.clinical_directors", "organisation", "as_of"),
    label="Divisional and clinical directors with two years of service, or appointed at the planned end of a term",
    unit="share", yardstick=at_least(0.5, partly=0.3),
    basis="judgement", source="kings-fund-2014/finding-2", prompted=True, priority="low",
    recommend=recommendation(
        "Appoint clinical directors for a term of at least three years, and plan the change at its end.",
        owner="medical director", horizon="12 months", effort="medium",
        success="At least half have served two years, or changed at the planned end of a term.",
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

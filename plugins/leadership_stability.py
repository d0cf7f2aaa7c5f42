"""Long-term, stable leadership at the top and among the doctors who lead."""

from engagecheck import (
    Rule,
    age_in_months,
    at_least,
    at_most,
    english_trusts,
    holders_within,
    lacking,
    months_after,
    months_in_post,
    recommendation,
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


@rule.criterion(
    "chief-executive-tenure",
    question="Has the chief executive been in post long enough to see a plan through?",
    reads=("leadership.chief_executive", "as_of"),
    unit="months", yardstick=at_least(36, partly=18),
    basis="judgement", source="kings-fund-nhs-providers-2018", prompted=True, priority="medium",
    recommend=recommendation(
        "Agree with the chief executive how long they mean to stay, and plan succession openly from that date back.",
        owner="chair", horizon="6 months", effort="low",
        success="The remuneration committee holds a succession plan with a date.",
    ),
    show="Annual report: directors' report with dates of appointment",
)
def chief_executive_tenure(post, as_of):
    """Complete months that the chief executive has held the post substantively at this organisation."""
    return tenure(post, as_of)


@rule.criterion(
    "chief-executive-turnover",
    question="How many chief executives has the organisation had in three years?",
    reads=("leadership.chief_executive", "as_of"),
    unit="chief executives", yardstick=at_most(2),
    basis="benchmark", source="hsj-2017", priority="high",
    recommend=recommendation(
        "Ask why chief executives left, tell clinical leaders what the board learned, and name what will not change.",
        owner="chair", horizon="3 months", effort="medium",
        success="The board has minuted the lessons, and clinical leaders can say what stays the same.",
    ),
    show="Annual reports of the last three years: dates of appointment and departure of chief executives",
)
def chief_executive_turnover(post, as_of):
    """Chief executives in the last 36 months, with interims of more than 3 months."""
    return holders_within(post, as_of, months=36)


@rule.criterion(
    "medical-director-tenure",
    question="Has the medical director been in post long enough to be known and trusted?",
    reads=("leadership.medical_director", "as_of"),
    unit="months", yardstick=at_least(24, partly=12),
    basis="judgement", source="kings-fund-2014/finding-2", prompted=True, priority="medium",
    recommend=recommendation(
        "Give the medical director an agreed term, time in the job plan and a deputy who can succeed.",
        owner="chief executive", horizon="6 months", effort="medium",
        success="Term, protected time and deputy are agreed in writing.",
    ),
    show="Annual report: directors' report with dates of appointment",
)
def medical_director_tenure(post, as_of):
    """Complete months that the medical director has held the post substantively."""
    return tenure(post, as_of)


@rule.criterion(
    "executive-vacancies",
    question="Are the executive posts on the board filled?",
    reads=("leadership.chief_executive", "leadership.medical_director", "leadership.other_executives", "as_of"),
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
    """Voting executive posts without a substantive holder or named appointee, and empty for more than 3 months."""

    def filled(post):
        holder = post.now
        if holder is None or holder.status is None:
            return False
        if holder.status == "substantive" or holder.appointee_named:
            return True
        return holder.since is not None and months_after(holder.since.first, 3) >= as_of

    return lacking(chief_executive, medical_director, others, good=filled)


@rule.criterion(
    "executive-continuity",
    question="Do the other executives stay for more than a year?",
    reads=("leadership.other_executives", "as_of"),
    unit="new holders", yardstick=at_most(1, partly=2),
    basis="benchmark", source="kings-fund-nhs-providers-2018", priority="low",
    recommend=recommendation(
        "Stagger changes at the top, and hand over clinical commitments in writing whenever an executive changes.",
        owner="chief executive", horizon="12 months", effort="medium",
        success="No more than one executive post changes hands in a year.",
    ),
    show="List of voting board posts with holder, kind of appointment and start date",
)
def executive_continuity(others, as_of):
    """Other voting executive posts whose holder has not served for more than 12 months."""
    return others.lacking(lambda post: _held_over_a_year(post.now, as_of))


def _held_over_a_year(holder, as_of):
    if holder is None or holder.since is None or holder.status not in ("substantive", "interim"):
        return False
    return months_after(holder.since.last, 12) < as_of


@rule.criterion(
    "long-serving-non-executives",
    question="Is long service of the chair and non-executives reviewed as the code of governance asks?",
    reads=("leadership.non_executives", "as_of"), applies=english_trusts,
    unit="missing reviews", yardstick=at_most(0),
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
            return False
        served = age_in_months(member.since, as_of)
        return served <= 72 or bool(member.rigorous_review if served <= 108 else member.extension_agreed)

    return members.lacking(is_reviewed)


@rule.criterion(
    "clinical-director-continuity",
    question="Do the doctors who lead divisions and departments stay long enough to lead?",
    reads=("leadership.clinical_directors", "as_of"),
    unit="share", yardstick=at_least(0.5, partly=0.3),
    basis="judgement", source="kings-fund-2014/finding-2", prompted=True, priority="low",
    recommend=recommendation(
        "Appoint clinical directors for a term of at least three years, and plan the change at its end.",
        owner="medical director", horizon="12 months", effort="medium",
        success="At least half have served two years, or changed at the planned end of a term.",
    ),
    show="List of divisional and clinical directors with start dates and terms of office",
)
def clinical_director_continuity(directors, as_of):
    """Share of divisional and clinical directors in post for 24 months, or appointed at a planned end of a term."""
    return directors.share(
        lambda director: director.planned_change or (director.since is not None and months_in_post(director.since, as_of) >= 24)
    )

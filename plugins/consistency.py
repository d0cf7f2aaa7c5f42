"""The facts do not contradict each other."""

from attrs import evolve

from engagecheck import (
    Measured,
    NotEvidenced,
    Rule,
    disagreements,
    every,
    in_england,
    maybe,
    months_in_post,
    negated,
    reaches,
    recommendation,
    some,
    yes,
)

rule = Rule(
    "consistency",
    title="The facts agree with each other",
    source="kings-fund-2014/finding-2",
    why=(
        "A report is only as good as its facts. If figures do not add up, or a regulator has issued a warning, someone "
        "should ask why before patients are harmed."
    ),
)


RETURN = evolve(in_england, designated=True, to="designated bodies in England")
"""Only English designated bodies make the annual return."""
PARTS = ("positive", "deferrals", "non_engagement", "did_not_revalidate")


@rule.criterion(
    "appraisal-arithmetic",
    question="Do the appraisal figures add up?",
    reads=(
        "appraisal.completed",
        "appraisal.connected",
        maybe("appraisal.approved_missed"),
        maybe("appraisal.unapproved_missed"),
    ),
    applies=RETURN,
    label="Appraisal figures add up",
    yardstick=yes,
    same_cause_as="appraisal-and-revalidation/appraisals-completed",
    basis="judgement",
    source="qa-responsible-officers/categories",
    prompted=True,
    priority="caps",
    recommend=recommendation(
        "Ask the responsible officer why the appraisal figures do not add up, and correct them.",
        owner="responsible officer",
        horizon="1 month",
        effort="low",
        success="Completed and missed appraisals add up to the doctors with a prescribed connection.",
    ),
    show="Designated body annual report, sections 2A and 2B",
)
def appraisal_arithmetic(completed, connected, approved, unapproved):
    """Whether completed, approved missed and unapproved missed appraisals add up to the doctors connected."""
    total = completed + (approved or 0) + (unapproved or 0)
    because = f"{completed} + {approved} + {unapproved} = {total}; connected: {connected}.".replace("None", "not stated")
    if total <= connected and None in (approved, unapproved):
        return Measured(None, because=because)
    return Measured(total == connected, because=because)


@rule.criterion(
    "revalidation-arithmetic",
    question="Do the revalidation figures add up?",
    reads=(
        maybe("appraisal.recommendations_made"),
        *(maybe(f"appraisal.{part}") for part in PARTS),
    ),
    applies=RETURN,
    label="Revalidation figures add up",
    yardstick=yes,
    same_cause_as="appraisal-and-revalidation/recommendations-on-time",
    basis="judgement",
    source="qa-responsible-officers/categories",
    prompted=True,
    priority="caps",
    recommend=recommendation(
        "Ask the responsible officer why the revalidation figures do not add up. Some papers count doctors instead of "
        "recommendations.",
        owner="responsible officer",
        horizon="1 month",
        effort="low",
        success="The kinds of recommendation add up to the number of recommendations made.",
    ),
    show="Designated body annual report, section 2C",
)
def revalidation_arithmetic(made, positive, deferrals, non_engagement, did_not_revalidate):
    """Whether the four kinds of recommendation add up to those made. A part that is not stated may make up the difference."""
    if made is None:
        return None
    parts = (positive, deferrals, non_engagement, did_not_revalidate)
    known = [part for part in parts if part is not None]
    because = f"{' + '.join(map(str, known)) or 'nothing stated'} = {sum(known)}; made: {made}."
    if sum(known) > made:
        return Measured(False, because=because)
    return Measured(None if None in parts else sum(known) == made, because=because)


@rule.criterion(
    "dates-agree",
    question="Do the dates of chief executives and medical directors agree?",
    reads=(maybe("leadership.chief_executive"), maybe("leadership.medical_director"), "as_of"),
    label="Dates of chief executives and medical directors agree",
    yardstick=yes,
    basis="judgement",
    source="kings-fund-2014/finding-2",
    prompted=True,
    priority="caps",
    recommend=recommendation(
        "Check the dates in the profile against the board's minutes, and correct them.",
        owner="company secretary",
        horizon="1 month",
        effort="low",
        success="The dates in the profile match the board's minutes.",
    ),
    show="Dates of appointment and departure of chief executives and medical directors",
)
def dates_agree(chief_executive, medical_director, as_of):
    """Whether nobody left before arriving, and no sole post had two substantive holders for over 3 months."""
    contradictions, gaps = [], []
    for post in (chief_executive, medical_director):
        try:
            contradictions.extend(disagreements(post, as_of))
        except NotEvidenced as gap:
            gaps.append(str(gap))
    # A contradiction is reported even if other facts are missing.
    if contradictions or not gaps:
        return Measured(not contradictions, because=" ".join(contradictions))
    return NotEvidenced("; ".join(gaps))


@rule.criterion(
    "no-open-warning",
    question="Is the organisation free of regulators' warnings and poor ratings?",
    reads=(maybe("regulator.actions"), maybe("regulator.ratings"), "as_of", maybe("leadership.chief_executive")),
    label="Free of regulators' warnings and poor ratings",
    yardstick=yes,
    basis="judgement",
    source="southern-health",
    prompted=True,
    priority="caps",
    recommend=recommendation(
        "Discuss the regulator's concerns and this report at the next board meeting, and record what the board decides.",
        owner="chair",
        horizon="1 month",
        effort="medium",
        success="The warning is closed, or the well-led rating is good or better.",
    ),
    show="Regulator's published reports, warnings and undertakings",
)
def no_open_warning(actions, ratings, as_of, chief_executive):
    """Whether no regulator's action is open, and no well-led rating below good and no overall "inadequate" stands."""
    is_open = {id(one): _is_open(one, as_of) for one in (actions.entries if actions else ())}
    stands = {id(one): _stands(one, ratings) for one in (ratings.entries if ratings else ())}
    against = {**is_open, **stands}
    is_shown = actions is not None and actions.is_whole() and ratings is not None and ratings.is_whole() and bool(stands)
    value = every(*(negated(answer) for answer in against.values()), True if is_shown else None)
    open_now = tuple(one for one in (actions.entries if actions else ()) if is_open[id(one)])
    poor = tuple(one for one in (ratings.entries if ratings else ()) if stands[id(one)])
    old = [one for one in (actions.entries if actions else ()) if _is_old(one, as_of) and one.closed and not one.closed.on]
    sentences = [f"{_words(one.kind).capitalize()}, open since {one.opened or 'an unknown date'}." for one in (*open_now, *old)]
    sentences += [f"Rated {_words(one.rating)}, {_words(one.domain)} ({one.on or 'no date'})." for one in poor]
    if value is False:
        sentences += _long_service(chief_executive, as_of)
    if value is None:
        sentences += _not_shown(actions, ratings, as_of)
    return Measured(value, because=" ".join(sentences), at=(*open_now, *poor))


def _not_shown(actions, ratings, as_of):
    """Sentences about what is missing in the lists that are there."""
    sentences = []
    for name, listed in {"actions": actions, "ratings": ratings}.items():
        if listed is not None and listed.of is None:
            sentences.append(f"The total of the regulator's {name} is not stated.")
        elif listed is not None and listed.unlisted:
            sentences.append(f"Not all of the regulator's {name} are listed.")
    if ratings is not None and ratings.is_whole() and not ratings.entries:
        sentences.append("No rating is listed.")
    if ratings is not None and any(_stands(one, ratings) is None for one in ratings.entries) and ratings.is_whole():
        sentences.append("The dates do not show whether a later rating replaced one that is too low.")
    if actions is not None and any(_is_open(one, as_of) is None for one in actions.entries):
        sentences.append("For some action, the profile does not say when it began or whether it is still open.")
    return sentences


def _is_open(action, as_of):
    """Whether an action is open. A licence condition older than 36 months is named, and is no flag."""
    state = None if action.closed is None else action.closed.on is None
    return every(state, negated(_is_old(action, as_of)))


def _is_old(action, as_of):
    if action.kind != "condition":
        return False
    return None if action.opened is None else reaches(months_in_post(action.opened, as_of), 36)


def _stands(rating, ratings):
    """Whether a rating is below the mark and no later one of its domain replaces it, whatever its age.

    Well led: below good. Overall: inadequate.
    """
    marks = {"well_led": ("requires_improvement", "inadequate"), "overall": ("inadequate",)}[rating.domain]
    if rating.rating not in marks:
        return False
    better = [one for one in ratings.entries if one.domain == rating.domain and one.rating not in marks]
    return negated(some(*(_follows(one, rating) for one in better), False if ratings.is_whole() else None))


def _follows(one, other):
    if one.on is None or other.on is None:
        return None
    return True if one.on.first > other.on.last else False if one.on.last < other.on.first else None


def _long_service(post, as_of):
    """A sentence about a chief executive who has served for 60 months or more."""
    spells = post.holders.entries if post and post.holders else ()
    now = [spell for spell in spells if spell.kind == "substantive" and spell.since and spell.until and not spell.until.on]
    long = any(reaches(months_in_post(spell.since, as_of), 60) for spell in now)
    return ["The chief executive has been in post for 60 months or more."] if long else []


def _words(name):
    return name.replace("_", " ")

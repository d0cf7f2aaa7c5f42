"""The facts do not contradict one another."""

from engagecheck import (
    Measured,
    NotEvidenced,
    Rule,
    disagreements,
    in_england,
    maybe,
    months_in_post,
    recommendation,
    yes,
)

rule = Rule(
    "consistency",
    title="The facts agree with one another",
    source="kings-fund-2014/finding-2",
    why=(
        "A report is only as good as its facts. Where figures do not add up, or a good picture stands beside a "
        "regulator's warning, somebody should ask before patients are harmed."
    ),
)


PARTS = ("positive", "deferrals", "non_engagement", "did_not_revalidate")


@rule.criterion(
    "appraisal-arithmetic",
    question="Do the appraisal figures add up?",
    reads=(
        "appraisal.completed", "appraisal.connected",
        maybe("appraisal.approved_missed"), maybe("appraisal.unapproved_missed"),
    ),
    applies=in_england,  # only English designated bodies make this return
    yardstick=yes,
    same_cause_as="appraisal-and-revalidation/appraisals-completed",
    basis="judgement", source="qa-responsible-officers/categories", prompted=True, priority="caps",
    recommend=recommendation(
        "The document's figures do not add up: ask the responsible officer.",
        owner="responsible officer", horizon="1 month", effort="low",
        success="Completed and missed appraisals add up to the doctors with a prescribed connection.",
    ),
    show="Designated body annual report, sections 2A and 2B",
)
def appraisal_arithmetic(completed, connected, approved, unapproved):
    """Whether completed, approved missed and unapproved missed appraisals add up to the doctors connected."""
    total = completed + (approved or 0) + (unapproved or 0)
    because = f"{completed} + {approved} + {unapproved} = {total}; connected: {connected}.".replace("None", "not stated")
    if total <= connected and None in (approved, unapproved):
        return NotEvidenced(f"not every part is stated ({because})")
    return Measured(total == connected, because=because)


@rule.criterion(
    "revalidation-arithmetic",
    question="Do the revalidation figures add up?",
    reads=(
        "appraisal.recommendations_made", *(maybe(f"appraisal.{part}") for part in PARTS),
        maybe("appraisal.recommendations_late"),
    ),
    applies=in_england,
    yardstick=yes,
    same_cause_as="appraisal-and-revalidation/recommendations-on-time",
    basis="judgement", source="qa-responsible-officers/categories", prompted=True, priority="caps",
    recommend=recommendation(
        "The document's figures do not add up: ask the responsible officer (some papers mix doctors with "
        "recommendations).",
        owner="responsible officer", horizon="1 month", effort="low",
        success="The kinds of recommendation add up to those made.",
    ),
    show="Designated body annual report, section 2C",
)
def revalidation_arithmetic(made, positive, deferrals, non_engagement, did_not_revalidate, late):
    """Whether the kinds of recommendation add up to those made, and no more are late than were made."""
    parts = (positive, deferrals, non_engagement, did_not_revalidate)
    known = [part for part in parts if part is not None]
    because = f"{' + '.join(map(str, known)) or 'nothing stated'} = {sum(known)}; made: {made}; late: {late}."
    if sum(known) > made or (late or 0) > made:
        return Measured(False, because=because)
    if None in (*parts, late):
        # A missing part could make up the difference, so this is neither a contradiction nor an agreement.
        return NotEvidenced(f"not every part is stated ({because})")
    return Measured(sum(known) == made, because=because)


@rule.criterion(
    "dates-agree",
    question="Do the dates of the posts at the top agree?",
    reads=(maybe("leadership.chief_executive"), maybe("leadership.medical_director"), "as_of"),
    yardstick=yes,
    basis="judgement", source="kings-fund-2014/finding-2", prompted=True, priority="caps",
    recommend=recommendation(
        "Correct the dates of the posts: two people cannot have held one post alone at the same time.",
        owner="company secretary", horizon="1 month", effort="low",
        success="The dates in the profile agree with the board's minutes.",
    ),
    show="Dates of appointment and departure of chief executives and medical directors",
)
def dates_agree(chief_executive, medical_director, as_of):
    """Whether nobody left before arriving, and no post had two substantive holders for over 3 months without sharing it."""
    contradictions, gaps = [], []
    for post in (chief_executive, medical_director):
        try:
            contradictions.extend(disagreements(post, as_of))
        except NotEvidenced as gap:
            gaps.append(gap)
    # A contradiction is reported even if other facts are missing.
    if gaps and not contradictions:
        return gaps[0]
    return Measured(not contradictions, because=" ".join(contradictions))


@rule.criterion(
    "no-open-warning",
    question="Is the organisation free of open warnings from its regulator?",
    reads=(maybe("regulator.actions"), maybe("regulator.ratings"), "as_of", maybe("leadership.chief_executive")),
    yardstick=yes,
    basis="judgement", source="southern-health", prompted=True, priority="caps",
    recommend=recommendation(
        "Put the regulator's concerns beside this report at the next board meeting, and ask what the one says about the "
        "other.",
        owner="chair", horizon="1 month", effort="medium",
        success="The warning is closed, or the well-led rating is good or better.",
    ),
    show="Regulator's published reports, warnings and undertakings",
)
def no_open_warning(actions, ratings, as_of, chief_executive):
    """Whether no regulator's action is open, and no well-led rating below good is younger than 36 months and not superseded."""
    still_open = actions.matching(lambda action: action.closed is None) if actions else ()
    poor = _poor_ratings(ratings, as_of) if ratings else ()
    if not still_open and not poor:
        for listed in (actions, ratings):
            if listed is None:
                return NotEvidenced("the regulator's actions, or its ratings, are not stated")
            listed.whole()
        return True
    sentences = [f"Open since {one.opened or 'a date not stated'}: a {one.kind}." for one in still_open]
    sentences += [f"Rated {one.rating.replace('_', ' ')} for being well led ({one.on or 'no date'})." for one in poor]
    holder = chief_executive.now if chief_executive else None
    if holder and holder.status == "substantive" and holder.since and months_in_post(holder.since, as_of) >= 60:
        sentences.append(f"The chief executive has been in post for {months_in_post(holder.since, as_of)} months.")
    return Measured(False, because=" ".join(sentences), at=(*still_open, *poor))


def _poor_ratings(ratings, as_of):
    """Well-led ratings below good, unless too old or followed by a better one; a rating without a date counts against."""
    better = ratings.matching(lambda one: one.domain == "well_led" and one.rating in ("good", "outstanding") and one.on)

    def counts(rating):
        if rating.domain != "well_led" or rating.rating in ("good", "outstanding"):
            return False
        if rating.on is None:
            return True
        followed = any(later.on.first > rating.on.last for later in better)
        return not followed and months_in_post(rating.on, as_of) < 36

    return ratings.matching(counts)

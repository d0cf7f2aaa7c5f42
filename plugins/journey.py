"""Engagement is a journey: measured, acted on, and never called finished."""

from engagecheck import (
    Measured,
    NotEvidenced,
    Rule,
    age_in_months,
    at_least,
    at_most,
    in_order,
    no,
    recommendation,
)

rule = Rule(
    "journey",
    title="A journey that is never finished",
    source="kings-fund-2014/finding-1",
    why=(
        "What is not measured again cannot be seen to improve, and what is called finished is no longer looked after. "
        "Engagement that is taken for granted is lost before anyone notices, and care with it."
    ),
)


@rule.criterion(
    "measured-repeatedly",
    question="Has engagement been measured several times in the same way?",
    reads="journey.measurements",
    unit="results", yardstick=at_least(3, partly=2),
    same_cause_as="journey/measured-recently",
    basis="judgement", source="kings-fund-2014/finding-1", prompted=True, priority="low",
    recommend=recommendation(
        "Choose one instrument, and ask the same doctors the same questions every year.",
        owner="medical director", horizon="12 months", effort="medium",
        success="Three results on one instrument can be laid side by side.",
    ),
    show="Results of surveys on one instrument, with dates",
)
def measured_repeatedly(measurements):
    """The largest number of results on one instrument, topic and population."""
    return measurements.largest_group(lambda result: (result.instrument, result.topic, result.population))


@rule.criterion(
    "direction",
    question="Is doctors' engagement rising?",
    reads="journey.measurements",
    unit="of the scale", yardstick=at_least(0.01, partly=-0.01),
    basis="judgement", source="kings-fund-2014/finding-1", prompted=True, priority="low",
    recommend=recommendation(
        "Ask doctors what has changed since the last survey, and mend the one thing that they name most.",
        owner="medical director", horizon="12 months", effort="medium",
        success="The next result is higher than the one two before it.",
    ),
    show="Last three results of doctors' engagement on one instrument, with its scale",
)
def direction(measurements):
    """Last minus first of the last three points of doctors' engagement on the newest instrument, as a share of its scale."""
    results = in_order(measurements, "engagement", "doctors")
    points = [result for result in results if result.instrument == results[-1].instrument][-3:]
    if len(points) < 3:
        return NotEvidenced("fewer than three results of doctors on the newest instrument are listed")
    scales = {(point.scale_low, point.scale_high) for point in points}
    low, high = points[-1].scale_low, points[-1].scale_high
    if len(scales) > 1 or low is None or high is None or low >= high or any(point.score is None for point in points):
        return NotEvidenced("the last three results do not all state a score on one scale")
    because = "; ".join(f"{point.on}: {point.score:g} (n {point.respondents or 'not stated'})" for point in points)
    return Measured((points[-1].score - points[0].score) / (high - low), because=f"{points[-1].instrument}: {because}.")


@rule.criterion(
    "measured-recently",
    question="Was doctors' engagement measured lately?",
    reads=("journey.measurements", "as_of"),
    unit="months", yardstick=at_most(24, partly=36),
    basis="judgement", source="wales-remeasure", prompted=True, priority="low",
    recommend=recommendation(
        "Measure doctors' engagement within the year, and publish the result.",
        owner="medical director", horizon="12 months", effort="medium",
        success="A result less than two years old is before the board.",
    ),
    show="Last result of a survey of doctors' engagement",
)
def measured_recently(measurements, as_of):
    """Months since doctors' engagement was last measured."""
    return age_in_months(in_order(measurements, "engagement", "doctors")[-1].on, as_of)


@rule.criterion(
    "action-plan-known",
    question="Do doctors know of the action plan?",
    reads="journey.action_plan_known",
    unit="share", yardstick=at_least(0.75, partly=0.5),
    basis="judgement", source="wales-2018", prompted=True, priority="low",
    recommend=recommendation(
        "Tell every doctor in two sentences what the plan is and what has been done, and ask again who knows of it.",
        owner="medical director", horizon="3 months", effort="low",
        success="Three in four doctors asked know of the plan.",
    ),
    show="Answers of doctors who were asked whether they know of the action plan",
)
def action_plan_known(asked):
    """Share of the doctors asked who know of the action plan; at least 30 asked."""
    if asked.of is not None and asked.of < 30:
        return NotEvidenced(f"only {asked.of} doctors were asked; at least 30 are needed")
    return asked.share()


@rule.criterion(
    "never-complete",
    question="Does the organisation say that its culture of engagement is completely embedded?",
    reads="journey.declared_complete",
    yardstick=no,
    basis="judgement", source="kings-fund-2014/finding-4", prompted=True, priority="medium",
    recommend=recommendation(
        "Say in the next report what is still to do: none of the four trusts studied called the work complete, and nobody "
        "should.",
        owner="chair", horizon="next annual report", effort="low",
        success="The next annual report names what comes next.",
    ),
    show="Annual report and quality account: what is said of medical engagement",
)
def never_complete(complete):
    """Whether the organisation states in writing that its culture of engagement is completely embedded."""
    return complete

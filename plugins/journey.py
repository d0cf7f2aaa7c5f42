"""Engagement is a journey: measured, acted on, and never called finished."""

from math import hypot, inf

from engagecheck import (
    Either,
    Measured,
    NotApplicable,
    NotEvidenced,
    Range,
    Rule,
    age_in_months,
    at_least,
    at_most,
    ends_of,
    grades,
    no,
    of_population,
    recommendation,
    score_of_ten,
    standard_error,
)

rule = Rule(
    "journey",
    title="Engagement is measured and never called finished",
    source="kings-fund-2014/finding-1",
    why=(
        "You can only see whether engagement improves if you measure it again. When an organisation calls the work "
        "finished, engagement fades before anyone notices, and patients' care suffers."
    ),
)


ENGAGEMENT = ("engagement", "motivation", "involvement", "advocacy")
"""The topics that measure doctors' engagement."""
GOOD = 7
"""The score of ten from which a flat line is good. Our judgement, as for what doctors say."""


@rule.criterion(
    "measured-repeatedly",
    question="How many times has the same survey measured doctors' engagement?",
    reads="journey.measurements",
    label="Measurements of doctors' engagement with the same survey",
    unit="measurements",
    yardstick=at_least(3, partly=2),
    same_cause_as="journey/measured-recently",
    basis="judgement",
    source="kings-fund-2014/finding-1",
    prompted=True,
    priority="low",
    recommend=recommendation(
        "Choose one survey, and ask the same doctors the same questions every year.",
        owner="medical director",
        horizon="12 months",
        effort="medium",
        success="Three results from the same survey can be compared.",
    ),
    show="Dated results of the same survey",
)
def measured_repeatedly(measurements):
    """The largest number of results of doctors' engagement on one instrument and topic, or on the Medical Engagement Scale."""
    return measurements.only(_is_of_doctors).largest_group(
        lambda result: None if result.series is None else (*result.series, result.topic)
    )


def _is_of_doctors(result):
    return result.instrument == "medical_engagement_scale" or (result.population == "doctors" and result.topic in ENGAGEMENT)


@rule.criterion(
    "direction",
    question="Is doctors' engagement rising, level or falling?",
    reads="journey.measurements",
    label="Direction of doctors' engagement",
    yardstick=grades(met=("rising", "level at 7 of 10 or more"), partly="level below 7 of 10", poor="falling"),
    basis="judgement",
    source="kings-fund-2014/finding-1",
    prompted=True,
    priority="low",
    recommend=recommendation(
        "Ask doctors what has changed since the last survey, and put right the problem they name most often.",
        owner="medical director",
        horizon="12 months",
        effort="medium",
        success="The next result is higher than the result from two surveys earlier.",
    ),
    show="Last three results of doctors' engagement from the same survey, with its scale",
)
def direction(measurements):
    """Last against first of the last three results of doctors' engagement on one instrument, by their standard error.

    A change counts only if it is more than twice the standard error of the difference.
    """
    if not measurements.is_whole():
        return NotEvidenced("not every measurement is listed")
    results = of_population(measurements, ("engagement",), "doctors")
    if any(result.on is None or result.series is None for result in results):
        return NotEvidenced("not every measurement has a date, and a name if it is of a survey of one's own or another one")
    results = sorted(results, key=lambda result: (result.on.last, result.series))
    points = [result for result in results if result.series == results[-1].series][-3:]
    if len(points) < 3:
        return NotApplicable("there are fewer than three results of doctors' engagement from the same survey")
    if any(point.respondents is None for point in points):
        return NotEvidenced("the number of doctors who answered is missing for one of the last three results")
    first, last = points[0], points[-1]
    scores = [score_of_ten(point, point.score) for point in points]
    change = scores[-1] - scores[0]
    error = hypot(*(standard_error(point.respondents, point.invited) for point in (first, last)))
    because = "; ".join(f"{point.on}: {point.score:zg} (n {point.respondents})" for point in points)
    because = f"{because}. A change under {2 * error:.1f} of 10 means little."
    moved = "rising" if change > 0 else "falling"
    level = f"level at {GOOD} of 10 or more" if scores[-1] >= GOOD else f"level below {GOOD} of 10"
    if abs(change) > 2 * error:
        return Measured(moved, because=because)
    could_be_surer = change and None in (first.invited, last.invited)  # the correction for a small population is not known
    return Measured(Either((level, moved)) if could_be_surer else level, because=because)


@rule.criterion(
    "measured-recently",
    question="How long ago was doctors' engagement last measured?",
    reads=("journey.measurements", "as_of"),
    label="Time since doctors' engagement was last measured",
    unit="months",
    yardstick=at_most(24, partly=36),
    basis="judgement",
    source="wales-2017",
    prompted=True,
    priority="low",
    recommend=recommendation(
        "Measure doctors' engagement within the year, and publish the result.",
        owner="medical director",
        horizon="12 months",
        effort="medium",
        success="The board has a result that is less than two years old.",
    ),
    show="Last result of a survey of doctors' engagement",
)
def measured_recently(measurements, as_of):
    """Months since doctors' engagement was last measured. A measurement that is not listed may be newer."""
    results = of_population(measurements, ENGAGEMENT, "doctors")
    ages = [ends_of(age_in_months(result.on, as_of)) for result in results if result.on is not None]
    since = measurements.complete_from
    if not results and since is not None and measurements.is_whole():
        low, _ = ends_of(age_in_months(since, as_of))
        return Measured(Range(low, inf), because=f"Doctors' engagement has not been measured since {since}.")
    if not ages:
        return NotEvidenced("no measurement of doctors' engagement with a date is listed")
    may_be_newer = len(ages) < len(results) or not measurements.is_whole()
    low, high = min(low for low, _ in ages), min(high for _, high in ages)
    return Range(0 if may_be_newer else low, high)


@rule.criterion(
    "action-plan-known",
    question="How many doctors know of the action plan?",
    reads="journey.action_plan_known",
    label="Doctors who know of the action plan",
    unit="share",
    yardstick=at_least(0.75, partly=0.5),
    basis="judgement",
    source="wales-2018",
    prompted=True,
    priority="low",
    recommend=recommendation(
        "Tell every doctor in two sentences what the plan is and what has been done. Then ask again who knows of the plan.",
        owner="medical director",
        horizon="3 months",
        effort="low",
        success="Three in four of the doctors who were asked know of the plan.",
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
    question="Does the organisation say that the culture of engagement is complete?",
    reads="journey.declared_complete",
    label="Engagement declared complete",
    yardstick=no,
    basis="judgement",
    source="kings-fund-2014/finding-4",
    prompted=True,
    priority="medium",
    recommend=recommendation(
        "Say in the next annual report what is still to do. None of the four trusts in the study called the work complete.",
        owner="chair",
        horizon="next annual report",
        effort="low",
        success="The next annual report names what comes next.",
    ),
    show="Annual report and quality account: what they say about medical engagement",
)
def never_complete(complete):
    """Whether the organisation states in writing that its culture of engagement is completely embedded."""
    return complete

"""Quality is a way of working, not a set of programmes."""

from engagecheck import Measured, Rule, at_least, every, graded, grades, recommendation, some_exist

rule = Rule(
    "quality-strategy",
    title="Quality is a way of working",
    source="kings-fund-2014/finding-3",
    why=(
        "A strategy that consists of programmes ends when the programmes end. When quality is how everyone works, doctors "
        "improve care as part of their job, and patients notice in every clinic."
    ),
)


UNMONITORED = "approved, but its measures are not monitored"
WITHOUT_METHOD = "an executive, and no agreed method"
WITHOUT_EXECUTIVE = "an agreed method, and no executive"


@rule.criterion(
    "monitored-strategy",
    question="Has the board approved a quality strategy, and does the board monitor the measures?",
    reads="strategy.quality_strategy",
    label="Quality strategy",
    yardstick=grades(met="approved, and its measures are monitored", partly=UNMONITORED, poor="not approved"),
    basis="benchmark",
    source="nhs-impact-2023",
    priority="high",
    recommend=(
        recommendation(
            "Approve a quality strategy with a few measures, and review the measures at every second board meeting.",
            owner="medical director",
            horizon="6 months",
            effort="medium",
            success="The board has approved the strategy and reviewed its measures twice.",
        ),
        recommendation(
            "Review the measures of the quality strategy at every second board meeting.",
            case=UNMONITORED,
            owner="medical director",
            horizon="6 months",
            effort="low",
            success="The board has reviewed the measures twice.",
        ),
    ),
    show="Quality strategy with its measures, and the board minute",
)
def monitored_strategy(strategy):
    """Whether the board has approved a quality strategy, and monitors its measures."""
    monitored = every(strategy.board_approved, strategy.measures_monitored)
    names = ("not approved", UNMONITORED, "approved, and its measures are monitored")
    return graded(names, strategy.board_approved, monitored)


@rule.criterion(
    "improvement-leadership",
    question="Are one executive and one method named for improvement?",
    reads="strategy.improvement",
    label="Named executive and agreed method for improvement",
    yardstick=grades(met="both", partly="one of the two", poor="neither"),
    basis="benchmark",
    source="nhs-impact-2023",
    priority="low",
    recommend=(
        recommendation(
            "Name the executive who is responsible for improvement, and agree one method that everyone learns.",
            owner="chief executive",
            horizon="6 months",
            effort="low",
            success="The strategy names one executive and one method.",
        ),
        recommendation(
            "Agree one method of improvement that everyone learns.",
            case=WITHOUT_METHOD,
            owner="chief executive",
            horizon="6 months",
            effort="low",
            success="The strategy names one method.",
        ),
        recommendation(
            "Name the executive who is responsible for improvement.",
            case=WITHOUT_EXECUTIVE,
            owner="chief executive",
            horizon="3 months",
            effort="low",
            success="The strategy names one executive.",
        ),
    ),
    show="Improvement strategy or board paper that names the executive and the method",
)
def improvement_leadership(improvement):
    """Whether an executive is accountable for improvement, and one method is agreed."""
    executive, method = improvement.executive_named, improvement.agreed_method
    case = WITHOUT_METHOD if executive else WITHOUT_EXECUTIVE if method else ""
    return Measured(graded(("neither", "one of the two", "both"), executive, method), case=case)


@rule.criterion(
    "divisions-aligned",
    question="How many divisional plans name an objective of the quality strategy?",
    reads="strategy.divisional_plans",
    label="Divisional plans that name an objective of the quality strategy",
    unit="share",
    yardstick=at_least(0.9, partly=0.6),
    basis="judgement",
    source="kings-fund-2014/finding-3",
    prompted=True,
    priority="low",
    recommend=recommendation(
        "Ask each division to name in its plan the objective of the strategy that the plan serves.",
        owner="chief operating officer",
        horizon="next planning round",
        effort="low",
        success="Nine in ten divisional plans name an objective of the strategy.",
    ),
    show="Divisional plans of the year",
)
def divisions_aligned(plans):
    """Share of divisional plans that carry a reference to an objective of the strategy."""
    return some_exist(plans).share(lambda plan: _is_linked(plan.objective))


@rule.criterion(
    "improvement-at-induction",
    question="Which staff learn about improvement at induction?",
    reads="strategy.improvement_at_induction",
    label="Staff who learn about improvement at induction",
    yardstick=grades(met="all", partly="some", poor="none"),
    basis="benchmark",
    source="nhs-impact-2023",
    priority="low",
    recommend=recommendation(
        "Include an hour on improvement in every member of staff's induction, also for doctors on rotation.",
        owner="director of people",
        horizon="6 months",
        effort="low",
        success="The induction programme of every staff group includes improvement.",
    ),
    show="Induction programme",
)
def improvement_at_induction(who):
    """Who gets training in improvement at induction: all, some or none."""
    return who


@rule.criterion(
    "programmes-linked",
    question="How many improvement programmes serve an objective of the quality strategy?",
    reads="strategy.programmes",
    label="Improvement programmes that serve an objective of the quality strategy",
    unit="share",
    yardstick=at_least(1.0, partly=0.75),
    same_cause_as="quality-strategy/divisions-aligned",
    basis="judgement",
    source="kings-fund-2014/finding-3",
    prompted=True,
    priority="low",
    recommend=recommendation(
        "Link each improvement programme to an objective of the strategy, or close it.",
        owner="medical director",
        horizon="6 months",
        effort="low",
        success="Every local programme names an objective of the strategy.",
    ),
    show="Register of improvement programmes",
)
def programmes_linked(programmes):
    """Share of all improvement programmes (nationally mandated ones left out) that carry a reference to an objective."""
    return some_exist(programmes).share(lambda programme: _is_linked(programme.objective))


def _is_linked(objective):
    return None if objective is None else objective != "none"

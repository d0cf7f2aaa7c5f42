"""Quality is a way of working, not a set of programmes."""

from engagecheck import Rule, at_least, every, graded, grades, recommendation

rule = Rule(
    "quality-strategy",
    title="Quality is a way of working",
    source="kings-fund-2014/finding-3",
    why=(
        "A strategy that lives in programmes ends when they end. Where quality is how everyone works, doctors improve "
        "care as part of their job and patients feel it in every clinic."
    ),
)


@rule.criterion(
    "monitored-strategy",
    question="Does the board monitor a quality strategy by its measures?",
    reads="strategy.quality_strategy",
    label="Quality strategy",
    yardstick=grades(met="approved, with measures that the board monitors", partly="approved, without measures", poor="none"),
    basis="benchmark", source="nhs-impact-2023", priority="high",
    recommend=recommendation(
        "Approve a quality strategy with a handful of measures, and look at them at every other board meeting.",
        owner="medical director", horizon="6 months", effort="medium",
        success="The board has approved the strategy and seen its measures twice.",
    ),
    show="Quality strategy with its measures, and the board minute",
)
def monitored_strategy(strategy):
    """Whether the board has approved a quality strategy, and monitors its measures."""
    monitored = every(strategy.board_approved, strategy.measures_monitored)
    names = ("none", "approved, without measures", "approved, with measures that the board monitors")
    return graded(names, strategy.board_approved, monitored)


@rule.criterion(
    "improvement-leadership",
    question="Does an executive answer for improvement, by one agreed method?",
    reads="strategy.improvement",
    label="An executive for improvement, and one agreed method",
    yardstick=grades(met="both", partly="one of the two", poor="neither"),
    basis="benchmark", source="nhs-impact-2023", priority="low",
    recommend=recommendation(
        "Name the executive who answers for improvement, and agree one method that everyone is taught.",
        owner="chief executive", horizon="6 months", effort="low",
        success="One executive and one method are named in the strategy.",
    ),
    show="Improvement strategy or board paper that names the executive and the method",
)
def improvement_leadership(improvement):
    """Whether an executive is accountable for improvement, and one method is agreed."""
    return graded(("neither", "one of the two", "both"), improvement.executive_named, improvement.agreed_method)


@rule.criterion(
    "divisions-aligned",
    question="How many divisional plans refer to the strategy's objectives?",
    reads="strategy.divisional_plans",
    label="Divisional plans that refer to the strategy's objectives",
    unit="share", yardstick=at_least(0.9, partly=0.6),
    basis="judgement", source="kings-fund-2014/finding-3", prompted=True, priority="low",
    recommend=recommendation(
        "Ask each division to name, in its plan, the objective of the strategy that it serves.",
        owner="chief operating officer", horizon="next planning round", effort="low",
        success="Nine in ten divisional plans carry a reference.",
    ),
    show="Divisional plans of the year",
)
def divisions_aligned(plans):
    """Share of divisional plans that carry a reference to an objective of the strategy."""
    return plans.share(lambda plan: _is_linked(plan.objective))


@rule.criterion(
    "improvement-at-induction",
    question="Who learns about improvement at induction?",
    reads="strategy.improvement_at_induction",
    label="Staff who learn about improvement at induction",
    yardstick=grades(met="all", partly="some", poor="none"),
    basis="benchmark", source="nhs-impact-2023", priority="low",
    recommend=recommendation(
        "Put an hour on improvement into the induction of every member of staff, doctors on rotation included.",
        owner="director of people", horizon="6 months", effort="low",
        success="The induction programme of every group shows it.",
    ),
    show="Induction programme",
)
def improvement_at_induction(who):
    """Who gets training in improvement at induction: all, some or none."""
    return who


@rule.criterion(
    "programmes-linked",
    question="How many improvement programmes serve an objective of the strategy?",
    reads="strategy.programmes",
    label="Improvement programmes that serve an objective of the strategy",
    unit="share", yardstick=at_least(1.0, partly=0.75),
    same_cause_as="quality-strategy/divisions-aligned",
    basis="judgement", source="kings-fund-2014/finding-3", prompted=True, priority="low",
    recommend=recommendation(
        "Link each improvement programme to an objective of the strategy, or close it.",
        owner="medical director", horizon="6 months", effort="low",
        success="Every programme of the organisation's own carries a reference.",
    ),
    show="Register of improvement programmes",
)
def programmes_linked(programmes):
    """Share of all improvement programmes (nationally mandated ones left out) that carry a reference to an objective."""
    return programmes.share(lambda programme: _is_linked(programme.objective))


def _is_linked(objective):
    return None if objective is None else objective != "none"

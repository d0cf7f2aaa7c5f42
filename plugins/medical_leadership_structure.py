"""Doctors lead at divisional and departmental level, with managers at their side."""

from engagecheck import Measured, NotEvidenced, Rule, at_least, equals, every, recommendation, share, some_exist

rule = Rule(
    "medical-leadership-structure",
    title="Doctors lead, supported by managers",
    source="kings-fund-2014/finding-4",
    why=(
        "Decisions about care, money and staff belong together. When a doctor leads without a manager, or a manager "
        "without a doctor, patients suffer."
    ),
)
LED = recommendation(
    "Appoint a doctor to lead or co-lead each clinical unit without a lead doctor, with a role description and a term.",
    owner="medical director",
    horizon="6 months",
    effort="medium",
    success="Every clinical unit that has doctors names the doctor who leads.",
)


@rule.criterion(
    "divisions-led-by-doctors",
    question="How many clinical divisions does a doctor lead or co-lead?",
    reads="structure.divisions",
    label="Clinical divisions led by a doctor",
    unit="share",
    yardstick=at_least(0.9, partly=0.75),
    basis="judgement",
    source="kings-fund-2014/finding-4",
    prompted=True,
    priority="high",
    recommend=LED,
    show="Structure chart of clinical divisions with the posts that lead them",
)
def divisions_led_by_doctors(divisions):
    """Share of clinical divisions with doctors in their establishment that a doctor leads or co-leads."""
    return some_exist(divisions).share(lambda unit: unit.doctor_lead)


@rule.criterion(
    "departments-led-by-doctors",
    question="How many clinical departments does a doctor lead or co-lead?",
    reads="structure.departments",
    label="Clinical departments led by a doctor",
    unit="share",
    yardstick=at_least(0.9, partly=0.75),
    basis="judgement",
    source="kings-fund-2014/finding-4",
    prompted=True,
    priority="high",
    recommend=LED,
    show="List of clinical departments with the posts that lead them",
)
def departments_led_by_doctors(departments):
    """Share of clinical departments with doctors in their establishment that a doctor leads or co-leads."""
    return some_exist(departments).share(lambda unit: unit.doctor_lead)


@rule.criterion(
    "leaders-paired-with-managers",
    question="How many clinical units have both a doctor who leads and a named manager?",
    reads=("structure.divisions", "structure.departments"),
    same_cause_as="medical-leadership-structure/divisions-led-by-doctors",
    label="Units led by a doctor with a named manager",
    unit="share",
    yardstick=at_least(0.9, partly=0.75),
    basis="judgement",
    source="kings-fund-2014/finding-4",
    prompted=True,
    priority="high",
    recommend=recommendation(
        "Name a manager for each lead doctor, and make the two jointly responsible for quality, staff and money.",
        owner="chief operating officer",
        horizon="3 months",
        effort="low",
        success="Every clinical unit has a named pair.",
    ),
    show="Structure chart with the lead doctor and the manager of each unit",
)
def leaders_paired_with_managers(divisions, departments):
    """Share of all clinical divisions and departments with a doctor lead and a named manager beside them."""
    return share(some_exist(divisions), some_exist(departments), good=lambda unit: every(unit.doctor_lead, unit.manager))


@rule.criterion(
    "leadership-time",
    question="How many clinical units have a lead doctor whose job plan includes time for the role?",
    reads=("structure.divisions", "structure.departments"),
    label="Units whose lead doctor has time for the role in the job plan",
    unit="share",
    yardstick=at_least(0.9, partly=0.75),
    basis="benchmark",
    source="aomrc-spa/leaders",
    priority="medium",
    recommend=recommendation(
        "Put leadership duties in job plans as additional NHS responsibilities, and keep time for professional "
        "development free of them.",
        owner="medical director",
        horizon="next job-planning round",
        effort="medium",
        success="The job plan of every lead doctor lists the role under additional responsibilities.",
    ),
    show="Job plans of the doctors who lead divisions and departments",
)
def leadership_time(divisions, departments):
    """Share of all clinical divisions and departments whose doctor lead has additional responsibilities for it."""
    return share(
        some_exist(divisions),
        some_exist(departments),
        good=lambda unit: every(unit.doctor_lead, equals(unit.lead_duties, "additional_responsibilities")),
    )


@rule.criterion(
    "authority-with-responsibility",
    question="In how many divisions can the lead doctor decide about money or appointments?",
    reads="structure.divisions",
    label="Divisions whose lead doctor can decide about money or appointments",
    unit="share",
    yardstick=at_least(0.75, partly=0.5),
    basis="judgement",
    source="kings-fund-press-2014/devolved-authority",
    prompted=True,
    priority="low",
    recommend=recommendation(
        "Name each division's lead doctor in the scheme of delegation, alone or with the manager.",
        owner="chief finance officer",
        horizon="6 months",
        effort="low",
        success="The scheme of delegation gives each lead doctor financial or appointing authority.",
    ),
    show="Scheme of delegation",
)
def authority_with_responsibility(divisions):
    """Share of all clinical divisions whose doctor lead has delegated authority over money or posts."""
    return some_exist(divisions).share(lambda unit: every(unit.doctor_lead, unit.delegated_authority))


@rule.criterion(
    "doctor-manager-relationship",
    question="How many clinical directors and general managers rate their relationship as good?",
    reads=("structure.relationship.clinical_directors", "structure.relationship.general_managers"),
    label="Clinical directors and general managers who rate their relationship as good",
    unit="share",
    yardstick=at_least(0.6, partly=0.37),
    basis="benchmark",
    source="bmj-2003",
    priority="low",
    recommend=recommendation(
        "Ask clinical directors and managers what gets in the way. Agree three things that each will do differently.",
        owner="chief operating officer",
        horizon="6 months",
        effort="low",
        success="Within a year, both sides rate the relationship higher.",
    ),
    show="Results of a short survey of clinical directors and general managers",
)
def doctor_manager_relationship(clinical_directors, general_managers):
    """The lower of two shares: clinical directors, and general managers, who rate their relationship 4 or 5 of 5."""
    answers_by_group = {"clinical directors": clinical_directors, "general managers": general_managers}
    for group, answers in answers_by_group.items():
        if answers.of is not None and answers.of < 10:
            return NotEvidenced(f"only {answers.of} {group} answered; at least 10 of each are needed")
    shares = {group: answers.share() for group, answers in answers_by_group.items()}
    lower = min(shares, key=lambda group: shares[group].value)
    return Measured(shares[lower], because=f"The lower of the two shares is that of {lower}.")

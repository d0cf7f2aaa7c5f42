"""The facts of a simulated organisation, section by section, besides the posts at the top.

Rates marked [S] are those of published sources; all others are assumed.
"""

from collections.abc import Sequence

from drawing import Draw, Json, ago, listed, tally, within

PEERS = 6.8
"""The score of ten that doctors and staff elsewhere have in every survey; only differences from it matter."""


def commitment(draw: Draw) -> dict[str, Json]:
    """Leads and reviews. A board lead stands for all doctors. 98 % for the peer lead is [S]."""
    reviews = draw.one_of({0: 30, 1: 35, 2: 35})
    return {
        "board_lead": {"named": draw.happens(draw.starred(0.75)), "all_doctors": True, "reports_to_board": draw.happens(0.85)},
        "resident_lead": {"executive": draw.happens(0.98), "board_oversight": draw.happens(0.9)},
        "resident_peer_lead": {"named": draw.happens(0.98), "reports_to_board": draw.happens(0.6)},
        "voting_doctors": draw.one_of({1: 40, 2: 35, 3: 25}),
        "engagement_reviews": {
            **listed({"on": ago(draw.uniform(0, 11.5)), "body": "board"} for _ in range(reviews)), "complete_from": ago(36)
        },
        "sas_advocate": {
            "named": draw.happens(draw.starred(0.8)), "job_planned_time": draw.happens(draw.starred(0.5))
        },
    }  # fmt: skip


def strategy(draw: Draw, divisions: Sequence[str]) -> dict[str, Json]:
    """The quality strategy, with a plan for each division and 4 to 10 programmes. All but the alignment is [S]."""

    def objective() -> str:
        return "Q1" if draw.happens(draw.starred(0.85)) else "none"

    return {
        "quality_strategy": {"board_approved": draw.happens(0.97), "measures_monitored": draw.happens(draw.starred(0.86))},
        "improvement": {"executive_named": draw.happens(0.96), "agreed_method": draw.happens(0.95)},
        "divisional_plans": listed({"division": name, "objective": objective()} for name in divisions),
        "improvement_at_induction": draw.one_of({"all": 41, "some": 40, "none": 19}),
        "programmes": listed({"name": f"Programme {one}", "objective": objective()} for one in range(draw.randint(4, 10))),
    }


def structure(draw: Draw, divisions: Sequence[str]) -> dict[str, Json]:
    """Divisions and 15 to 30 departments."""
    departments = [f"Department {one}" for one in range(1, draw.randint(15, 30) + 1)]
    return {
        "divisions": listed({**unit(draw, name, 0.94), "delegated_authority": draw.happens(0.8)} for name in divisions),
        "departments": listed(unit(draw, name, 0.95) for name in departments),
        "relationship": {
            "clinical_directors": tally(18, draw.count(18, draw.starred(0.5))),
            "general_managers": tally(14, draw.count(14, draw.starred(0.6))),
        },
    }


def unit(draw: Draw, name: str, led: float) -> dict[str, Json]:
    """A division or department, which a doctor leads at the rate `led`."""
    has_time = draw.happens(draw.starred(0.8))
    return {
        "name": name,
        "doctor_lead": draw.happens(draw.starred(led)),
        "manager": draw.happens(0.93),
        "lead_duties": "additional_responsibilities" if has_time else "spa",
    }


def selection(draw: Draw) -> dict[str, Json]:
    """Appointments: 22 panels, ten files, 2 to 6 posts advertised in 24 months."""
    methods = draw.outcome()
    in_use = set(draw.sample(range(4), draw.choice(((0, 1), (2,), (3, 4))[methods])))
    names = ("structured_interview", "psychometric_or_simulation", "stakeholder_panel", "patient_on_panel")
    posts = (
        {"post": "A post", "on": ago(draw.uniform(1, 23)), "applicants": draw.one_of({1: 50, 2: 30, 3: 20})}
        for _ in range(draw.randint(2, 6))
    )
    return {
        "complete_panels": tally(22, draw.count(22, 0.985)),
        "scored_assessment": tally(10, 10 if draw.happens(draw.starred(0.45)) else draw.randint(0, 10)),
        "competitions": {**listed(posts), "complete_from": ago(36)},
        "methods": {name: place in in_use for place, name in enumerate(names)},
    }


def appraisal(draw: Draw, connected: int) -> dict[str, Json]:
    """Appraisal and revalidation. One doctor in five is due for a recommendation. Each of the two sums is wrong in 3 %."""
    unapproved, approved = draw.count(connected, draw.falling(0.012)), draw.count(connected, 0.055)
    completed = connected - unapproved - approved
    due = connected // 5
    deferred = draw.count(due, 0.2)
    reported = ago(17.5 if draw.happens(1 / 7) else draw.uniform(5, 8))  # an age counts the month that has begun
    plans = round(0.75 * connected)
    quality_audit = draw.outcome()
    return {
        "connected": connected,
        "completed": completed - wrong(draw),
        "approved_missed": approved,
        "unapproved_missed": unapproved,
        "recommendations_due": due,
        "recommendations_made": due,
        "recommendations_late": draw.count(due, 0.01),
        "recommendations_not_made": 0,
        "positive": due - deferred - wrong(draw),
        "deferrals": deferred,
        "non_engagement": 0,
        "did_not_revalidate": 0,
        "board_report_on": reported,
        "compliance_signed_on": reported,
        "appraisers": round(completed / draw.choice((4, 6, 8, 10, 12))),
        "job_plans": tally(plans, round(plans * within(draw.gauss(draw.starred(0.8), 0.12), 0, 1))),
        "quality_audit": {"audited": quality_audit > 0, "feedback": quality_audit == 2},
    }


def wrong(draw: Draw) -> int:
    """By how much a figure is wrong: 0, or 1 to 5 in 3 %."""
    return draw.randint(1, 5) if draw.happens(0.03) else 0


def talent(draw: Draw) -> dict[str, Json]:
    """Strategy, succession, and roles for 15 ± 8 of 240 residents."""
    curriculum = draw.outcome()
    groups = ("consultants", "sas_doctors", "resident_doctors")
    open_to = set(draw.sample(groups, draw.choice(((0, 1), (2,), (3,))[curriculum])))
    return {
        "leadership_strategy": draw.happens(draw.starred(0.7)),
        "development_plan": draw.happens(draw.starred(0.65)),
        "succession": tally(20, draw.count(20, draw.starred(0.45))),
        "resident_leadership": tally(240, round(within(draw.gauss(15, 8), 0, 240))),
        "chief_registrar_time": draw.one_of({0: 45, 20: 10, 40: 45}),
        "curriculum": {name: name in open_to for name in groups},
    }


def learning(draw: Draw) -> dict[str, Json]:
    """Visits with a recorded action in 24 months, and an outside review 3 to 90 months ago."""
    times = range(none_one_or_two(draw))
    occasions = ({"on": ago(draw.uniform(1, 23)), "kind": "visit", "action_recorded": True} for _ in times)
    return {
        "external_learning": {**listed(occasions), "complete_from": ago(36)},
        "external_review_on": ago(draw.uniform(3, 90)),
    }


def none_one_or_two(draw: Draw) -> int:
    """None in 10 %, one in 20 %, two in 70 %."""
    return draw.one_of({0: 10, 1: 20, 2: 70})


def involvement(draw: Draw) -> dict[str, Json]:
    """The last ten projects, 4 to 8 change projects, and three tiers, which doctors miss in 10 % each.

    Another profession is on nine of ten projects (assumed).
    """
    led_by_doctors = draw.choice((range(3), range(3, 5), range(5, 11))[draw.outcome()])
    projects = (
        {
            "name": f"Project {one}",
            "patient": draw.happens(draw.starred(0.5)),
            "non_clinician": draw.happens(draw.starred(0.8)),
            "other_profession": draw.happens(0.9),
            "doctor_leads": one < led_by_doctors,
            "outcome_measure": one < led_by_doctors,
        }
        for one in range(10)
    )
    changes = range(draw.randint(4, 8))
    return {
        "patient_partners": none_one_or_two(draw),
        "projects": listed(projects),
        "tiers": {
            name: {"exists": True, "meetings": 10, "attended": 5 if draw.happens(0.1) else 9}
            for name in ("board", "quality_committee", "divisional_board")
        },
        "change_projects": listed(
            {"name": f"Change {one}", "resident_or_sas": draw.happens(draw.starred(0.5))} for one in changes
        ),
    }


def governance(draw: Draw) -> dict[str, Json]:
    """Investment and oversight. The capability self-assessment, new in 2025, was made 1 to 7 months ago (assumed)."""
    return {
        "programme_places": draw.randint(0, 8),
        "new_consultant_spa": draw.one_of({1.5: 30, 2: 20, 2.5: 50}),
        "assurance_framework": {
            "plan_overseen": draw.happens(draw.starred(0.6)), "outcomes_reported": draw.happens(draw.starred(0.6))
        },
        "governance_half_days": tally(11, draw.count(11, 0.85)),
        "capability_assessed_on": ago(draw.uniform(1, 7)),
    }  # fmt: skip


def perceptions(draw: Draw, doctors: int) -> dict[str, Json]:
    """The questionnaire. Of doctors 42 ± 10 % answer, of the smaller groups 80 ± 10 %: fewer would decide nothing (assumed)."""
    return {
        "on": ago(2),
        "doctors": answers(draw, doctors, 0.42, 5.8 + 0.6 * draw.q),
        "medical_leaders": answers(draw, draw.randint(24, 40), 0.8, 6.6),
        "managers": answers(draw, draw.randint(40, 80), 0.8, 6.6),
        "executives": answers(draw, draw.randint(30, 50), 0.8, 7.0),
    }


def answers(draw: Draw, asked: int, response: float, mean: float) -> dict[str, Json]:
    """The answers of one group, whose mean is drawn with a standard deviation of 0.5."""
    answered = max(10, answering(draw, asked, response))
    return {
        "invited": asked, "responded": answered,
        "overall": {"n": answered, "mean": round(within(draw.gauss(mean, 0.5), 0, 10), 2)},
    }  # fmt: skip


def answering(draw: Draw, asked: int, response: float) -> int:
    """How many of those asked answer, at a rate with a standard deviation of 10 %."""
    return round(asked * within(draw.gauss(response, 0.1), 0, 1))


def journey(draw: Draw, doctors: int) -> dict[str, Json]:
    """One (20 %), two (30 %) or three (50 %) yearly surveys, the last 1 to 30 months ago (assumed).

    The difference from peers has a standard deviation of 0.35 for doctors and 0.25 for all staff, and moves by 0.2 from
    year to year (assumed).
    """
    newest = draw.uniform(1, 30)
    gap = draw.gauss(0.3 * draw.q, 0.35)
    earlier = range(1, draw.one_of({1: 20, 2: 30, 3: 50}))
    motivated = draw.uniform(*((-0.8, -0.31), (-0.29, -0.11), (-0.09, 0.6))[draw.outcome()])
    entries = [
        survey(draw, "engagement", "doctors", newest, gap, doctors),
        *(survey(draw, "engagement", "doctors", newest + 12 * one, draw.gauss(gap, 0.2), doctors) for one in earlier),
        survey(draw, "motivation", "doctors", newest, motivated, doctors),
        survey(draw, "raising_concerns", "doctors", newest, draw.gauss(0.3 * draw.q, 0.35), doctors),
        survey(draw, "engagement", "all_staff", newest, draw.gauss(0.3 * draw.q, 0.25), 10 * doctors),
    ]
    return {
        "measurements": listed(entries),
        "action_plan_known": tally(200, draw.count(200, draw.starred(0.45))),
        "declared_complete": draw.happens(0.03),
    }


def survey(draw: Draw, topic: str, population: str, months: float, gap: float, asked: int) -> dict[str, Json]:
    """One result of the staff survey, as a difference from peers in points of 10."""
    return {
        "instrument": "nhs_staff_survey", "topic": topic, "population": population, "on": ago(months),
        "invited": asked, "respondents": answering(draw, asked, 0.42),
        "score": round(within(PEERS + gap, 0, 10), 2), "scale_low": 0, "scale_high": 10,
        "comparator": {"score": PEERS, "population": population, "group": "acute trusts"},
    }  # fmt: skip


def regulator(draw: Draw) -> dict[str, Json]:
    """A well-led rating [S], 3 to 60 months old; an undertaking is open in 12 %."""
    rating = draw.one_of({"outstanding": 10, "good": 55, "requires_improvement": 29, "inadequate": 6})
    undertakings = [{"kind": "undertaking", "opened": ago(12), "closed": "open"}] if draw.happens(0.12) else []
    return {
        "ratings": listed([{"domain": "well_led", "rating": rating, "on": ago(draw.uniform(3, 60))}]),
        "actions": listed(undertakings),
    }

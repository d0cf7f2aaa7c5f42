import pytest
from cases import MET, NA, NOT, PARTLY, UNKNOWN, assert_complete, check, rule_named

from engagecheck.testing import judge

RULE = rule_named("medical-leadership-structure")
GOOD = {"doctor_lead": True, "manager": True, "lead_duties": "additional_responsibilities", "delegated_authority": True}
NONE = {"of": 0, "entries": []}


def units(good, poor=0, total=None, **change):
    entries = [{"name": f"Unit {number}", **GOOD} for number in range(good)]
    entries += [{"name": f"Poor {number}", **GOOD, **(change or {"doctor_lead": False})} for number in range(poor)]
    return {"of": good + poor if total is None else total, "entries": entries}


def both(good, poor, **change):
    return {"divisions": units(good, poor, **change), "departments": NONE}


def tally(count, of):
    return {"count": count, "of": of}


CASES = [
    *((name, {key: units(18, 2)}, MET) for name, key in (("divisions-led-by-doctors", "divisions"), ("departments-led-by-doctors", "departments"))),
    *((name, {key: units(15, 5)}, PARTLY) for name, key in (("divisions-led-by-doctors", "divisions"), ("departments-led-by-doctors", "departments"))),
    *((name, {key: units(14, 6)}, NOT) for name, key in (("divisions-led-by-doctors", "divisions"), ("departments-led-by-doctors", "departments"))),
    *((name, {key: units(3, 1)}, PARTLY) for name, key in (("divisions-led-by-doctors", "divisions"), ("departments-led-by-doctors", "departments"))),
    *((name, {key: {"entries": []}}, UNKNOWN) for name, key in (("divisions-led-by-doctors", "divisions"), ("departments-led-by-doctors", "departments"))),
    ("divisions-led-by-doctors", {"divisions": NONE}, NA),
    ("divisions-led-by-doctors", {"divisions": units(2, 0, total=4)}, NOT),
    ("leaders-paired-with-managers", both(18, 2, manager=False), MET),
    ("leaders-paired-with-managers", both(15, 5, manager=False), PARTLY),
    ("leaders-paired-with-managers", both(14, 6, doctor_lead=False), NOT),
    ("leaders-paired-with-managers", {"divisions": units(4)}, UNKNOWN),
    ("leaders-paired-with-managers", {"divisions": units(4), "departments": {"entries": []}}, UNKNOWN),
    ("leadership-time", both(18, 2, lead_duties="spa"), MET),
    ("leadership-time", both(15, 5, lead_duties="none"), PARTLY),
    ("leadership-time", both(14, 6, lead_duties="spa"), NOT),
    ("leadership-time", {"departments": units(4)}, UNKNOWN),
    ("authority-with-responsibility", {"divisions": units(15, 5, delegated_authority=False)}, MET),
    ("authority-with-responsibility", {"divisions": units(10, 10, delegated_authority=False)}, PARTLY),
    ("authority-with-responsibility", {"divisions": units(9, 11, doctor_lead=False)}, NOT),
    ("authority-with-responsibility", {}, UNKNOWN),
    ("doctor-manager-relationship", {"clinical_directors": tally(6, 10), "general_managers": tally(9, 10)}, MET),
    ("doctor-manager-relationship", {"clinical_directors": tally(37, 100), "general_managers": tally(9, 10)}, PARTLY),
    ("doctor-manager-relationship", {"clinical_directors": tally(9, 10), "general_managers": tally(36, 100)}, NOT),
    ("doctor-manager-relationship", {"clinical_directors": tally(9, 9), "general_managers": tally(9, 10)}, UNKNOWN),
    ("doctor-manager-relationship", {"clinical_directors": tally(0, 0), "general_managers": tally(9, 10)}, UNKNOWN),
    ("doctor-manager-relationship", {"clinical_directors": {"of": 12}, "general_managers": tally(9, 10)}, UNKNOWN),
]


@pytest.mark.parametrize(("name", "facts", "outcome"), CASES)
def test_case(name, facts, outcome):
    check(RULE, name, facts, outcome)


def test_every_outcome_and_edge_has_a_case():
    assert_complete(RULE, CASES)


def test_small_numbers_one_short_is_never_worse_than_partly_met():
    assert judge(RULE["divisions-led-by-doctors"], divisions=units(1, 1)).outcome is PARTLY
    assert judge(RULE["divisions-led-by-doctors"], divisions=units(0, 1)).outcome is NOT
    assert judge(RULE["divisions-led-by-doctors"], divisions=units(1, 2)).outcome is NOT


def test_units_that_fall_short_are_named_with_their_place():
    result = judge(RULE["divisions-led-by-doctors"], divisions=units(3, 1))
    assert "Poor 0" in result.message
    assert result.facts[-1].pointer == "/structure/divisions/entries/3"
    assert result.counted == {"count": 3, "of": 4}


def test_the_lower_of_the_two_views_counts_and_is_named():
    result = judge(RULE["doctor-manager-relationship"], clinical_directors=tally(5, 10), general_managers=tally(9, 10))
    assert result.value == 0.5
    assert "clinical directors" in result.message

import pytest
from cases import (
    MET,
    NONE,
    NOT,
    PARTLY,
    UNKNOWN,
    assert_complete,
    assert_facts_left_out_or_vaguer_never_decide,
    assert_order_never_matters,
    check,
    listed_shares,
    rule_named,
    tally,
)

from engagecheck.testing import judge

RULE = rule_named("medical-leadership-structure")
GOOD = {"doctor_lead": True, "manager": True, "lead_duties": "additional_responsibilities", "delegated_authority": True}


def units(good, poor=0, total=None, **change):
    entries = [{"name": f"Unit {number}", **GOOD} for number in range(good)]
    entries += [{"name": f"Poor {number}", **GOOD, **(change or {"doctor_lead": False})} for number in range(poor)]
    entries = [{name: value for name, value in entry.items() if value is not None} for entry in entries]
    return {"of": good + poor if total is None else total, "entries": entries}


def both(good, poor, total=None, **change):
    """Four good divisions, and departments, so many good and poor in all."""
    return {"divisions": units(4), "departments": units(good - 4, poor, total, **change)}


def relationship(of_directors, of_managers):
    return {"clinical_directors": of_directors, "general_managers": of_managers}


CASES = [
    *listed_shares("divisions-led-by-doctors", "divisions", {"doctor_lead": True}, {"doctor_lead": False}, 20, 18, 15),
    *listed_shares("departments-led-by-doctors", "departments", {"doctor_lead": True}, {"doctor_lead": False}, 20, 18, 15),
    ("divisions-led-by-doctors", {"divisions": units(3, 1)}, PARTLY),
    ("departments-led-by-doctors", {"departments": units(3, 1)}, PARTLY),
    ("divisions-led-by-doctors", {"divisions": units(2, 0, total=4)}, UNKNOWN),
    ("leaders-paired-with-managers", both(18, 2, manager=False), MET),
    ("leaders-paired-with-managers", both(15, 5, manager=False), PARTLY),
    ("leaders-paired-with-managers", both(14, 6), NOT),
    ("leaders-paired-with-managers", both(17, 2, total=16, manager=False), (PARTLY, MET)),
    ("leaders-paired-with-managers", both(17, 3, manager=None), (PARTLY, MET)),
    ("leaders-paired-with-managers", {"divisions": units(4)}, UNKNOWN),
    ("leaders-paired-with-managers", {"divisions": units(4), "departments": {"entries": []}}, UNKNOWN),
    ("leaders-paired-with-managers", {"divisions": units(4), "departments": NONE}, UNKNOWN),
    ("leadership-time", both(18, 2, lead_duties="spa"), MET),
    ("leadership-time", both(15, 5, lead_duties="none"), PARTLY),
    ("leadership-time", both(14, 6, lead_duties="spa"), NOT),
    ("leadership-time", both(14, 6, doctor_lead=False), NOT),
    ("leadership-time", {"departments": units(4)}, UNKNOWN),
    ("authority-with-responsibility", {"divisions": units(15, 5, delegated_authority=False)}, MET),
    ("authority-with-responsibility", {"divisions": units(10, 10, delegated_authority=False)}, PARTLY),
    ("authority-with-responsibility", {"divisions": units(9, 11, doctor_lead=False)}, NOT),
    ("authority-with-responsibility", {"divisions": units(10, 5, total=20, delegated_authority=False)}, (PARTLY, MET)),
    ("authority-with-responsibility", {}, UNKNOWN),
    ("doctor-manager-relationship", relationship(tally(6, 10), tally(9, 10)), MET),
    ("doctor-manager-relationship", relationship(tally(37, 100), tally(9, 10)), PARTLY),
    ("doctor-manager-relationship", relationship(tally(9, 10), tally(36, 100)), NOT),
    ("doctor-manager-relationship", relationship(tally(9, 9), tally(9, 10)), UNKNOWN),
    ("doctor-manager-relationship", relationship(tally(0, 0), tally(9, 10)), UNKNOWN),
    ("doctor-manager-relationship", relationship({"of": 12}, tally(9, 10)), UNKNOWN),
    ("doctor-manager-relationship", {"clinical_directors": tally(9, 10)}, UNKNOWN),
]


@pytest.mark.parametrize(("name", "facts", "outcome"), CASES)
def test_case(name, facts, outcome):
    check(RULE, name, facts, outcome)


def test_every_outcome_and_edge_has_a_case():
    assert_complete(RULE, CASES)


def test_facts_left_out_or_vaguer_never_decide():
    assert_facts_left_out_or_vaguer_never_decide(RULE, CASES)


def test_the_order_of_a_list_never_matters():
    assert_order_never_matters(RULE, CASES)


def test_small_numbers_one_short_is_never_worse_than_partly_met():
    assert judge(RULE["divisions-led-by-doctors"], divisions=units(1, 1)).outcome is PARTLY
    assert judge(RULE["divisions-led-by-doctors"], divisions=units(0, 1)).outcome is NOT
    assert judge(RULE["divisions-led-by-doctors"], divisions=units(1, 2)).outcome is NOT


def test_units_that_fall_short_are_named_with_their_place():
    result = judge(RULE["divisions-led-by-doctors"], divisions=units(3, 1))
    assert "Poor 0" in result.message
    assert result.facts[-1].pointer == "/structure/divisions/entries/3"
    assert result.counted == {"count": 3, "of": 4, "most": 3}


def test_units_that_are_not_listed_are_counted():
    result = judge(RULE["divisions-led-by-doctors"], divisions=units(7, 0, total=9))
    assert result.value_text == "7 to 9 of 9 (77.8 % to 100 %)"
    assert "2 of 9 are not listed." in result.message
    assert "If 9 of 9 (100 %): met; if 7 of 9 (77.8 %): partly met. Until that is shown, we count the answer as partly met." in result.message


def test_the_lower_of_the_two_views_counts_and_is_named():
    result = judge(RULE["doctor-manager-relationship"], clinical_directors=tally(5, 10), general_managers=tally(9, 10))
    assert result.value == 0.5
    assert "clinical directors" in result.message

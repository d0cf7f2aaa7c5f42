import pytest
from cases import MET, NOT, PARTLY, UNKNOWN, against_peers, assert_complete, check, listed, rule_named

RULE = rule_named("board-to-ward")

BOTH = {"patient": True, "non_clinician": True}


def tiers(*attended):
    names = ("board", "quality_committee", "divisional_board")
    return {name: {"meetings": 4, "attended": count} for name, count in zip(names, attended, strict=True)}

CASES = [
    ("patient-partners", {"partners": 1}, MET),
    ("patient-partners", {"partners": 0}, NOT),
    ("patient-partners", {}, UNKNOWN),
    ("joint-improvement", {"projects": listed(BOTH, {"patient": True}, 15, 5)}, MET),
    ("joint-improvement", {"projects": listed(BOTH, {"non_clinician": True}, 4, 6)}, PARTLY),
    ("joint-improvement", {"projects": listed(BOTH, {}, 3, 7)}, NOT),
    ("joint-improvement", {}, UNKNOWN),
    ("doctors-at-every-tier", {"tiers": tiers(3, 3, 3)}, MET),
    ("doctors-at-every-tier", {"tiers": tiers(3, 3, 2)}, PARTLY),
    ("doctors-at-every-tier", {"tiers": tiers(3, 0, 2)}, NOT),
    ("doctors-at-every-tier", {"tiers": {"board": {"meetings": 4}}}, NOT),
    ("doctors-at-every-tier", {"tiers": {**tiers(3, 3, 0), "divisional_board": {"exists": False}}}, MET),
    ("doctors-at-every-tier", {"tiers": {key: {"exists": False} for key in ("board", "quality_committee", "divisional_board")}}, MET),
    ("doctors-at-every-tier", {}, UNKNOWN),
    ("residents-from-the-start", {"projects": listed({"resident_or_sas": True}, {}, 15, 5)}, MET),
    ("residents-from-the-start", {"projects": listed({"resident_or_sas": True}, {}, 4, 6)}, PARTLY),
    ("residents-from-the-start", {"projects": listed({"resident_or_sas": True}, {}, 3, 7)}, NOT),
    ("residents-from-the-start", {}, UNKNOWN),
    *against_peers("engagement-against-peers", "engagement", "doctors"),
    *against_peers("staff-engagement-against-peers", "engagement", "all_staff"),
]


@pytest.mark.parametrize(("name", "facts", "outcome"), CASES)
def test_case(name, facts, outcome):
    check(RULE, name, facts, outcome)


def test_every_outcome_and_edge_has_a_case():
    assert_complete(RULE, CASES)

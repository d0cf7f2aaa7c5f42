import pytest
from cases import MET, NA, NOT, SCOTTISH_BOARD, UNKNOWN, assert_complete, check, rule_named

from engagecheck.testing import judge

RULE = rule_named("consistency")

NONE = {"of": 0, "entries": []}


def post(*terms, status="substantive", arrangement="sole", of=None):
    former = [
        {"status": status, "arrangement": arrangement, "since": since, **({"until": until} if until else {})}
        for since, until in terms
    ]
    before = {"of": len(former) if of is None else of, "entries": former}
    return {"role": "Chief executive", "now": {"status": "substantive", "since": "2023-07"}, "before": before}


def both(chief_executive):
    return {"chief_executive": chief_executive, "medical_director": post()}


def warning(**more):
    return {"of": 1, "entries": [{"kind": "warning", "opened": "2024-10", **more}]}


def ratings(*pairs):
    entries = [{"domain": "well_led", "rating": rating, **({"on": on} if on else {})} for rating, on in pairs]
    return {"of": len(entries), "entries": entries}

CASES = [
    ("appraisal-arithmetic", {"completed": 90, "approved": 8, "unapproved": 2, "connected": 100}, MET),
    ("appraisal-arithmetic", {"completed": 90, "approved": 8, "unapproved": 3, "connected": 100}, NOT),
    ("appraisal-arithmetic", {"completed": 90, "approved": 8, "connected": 100}, UNKNOWN),
    ("appraisal-arithmetic", {"completed": 101, "connected": 100}, NOT),
    ("revalidation-arithmetic", {"made": 9, "positive": 6, "deferrals": 2, "non_engagement": 1, "did_not_revalidate": 0, "late": 9}, MET),
    ("revalidation-arithmetic", {"made": 7, "positive": 7, "deferrals": 2}, NOT),
    ("revalidation-arithmetic", {"made": 7, "late": 8}, NOT),
    ("revalidation-arithmetic", {"made": 9, "positive": 6, "deferrals": 2, "non_engagement": 0, "did_not_revalidate": 0, "late": 0}, NOT),
    ("revalidation-arithmetic", {"made": 9, "positive": 6, "deferrals": 2}, UNKNOWN),
    ("revalidation-arithmetic", {"positive": 6}, UNKNOWN),
    ("revalidation-arithmetic", {"made": 7, "positive": 9, "organisation": SCOTTISH_BOARD}, NA),
    ("appraisal-arithmetic", {"organisation": SCOTTISH_BOARD}, NA),
    ("dates-agree", both(post(("2015-01", "2020-01"), ("2020-01", "2023-06"))), MET),
    ("dates-agree", both(post(("2020-06", "2019-01"))), NOT),
    ("dates-agree", both(post(("2015-01", "2024-01"))), NOT),
    ("dates-agree", both(post(("2015-01", "2023-09"))), MET),
    ("dates-agree", both(post(("2015-01", "2024-01"), arrangement="joint")), MET),
    ("dates-agree", both(post(("2015-01", "2024-01"), status="interim")), MET),
    ("dates-agree", both(post(of=1)), UNKNOWN),
    ("dates-agree", both({"now": {"status": "substantive", "since": "2023-07"}}), UNKNOWN),
    ("dates-agree", both(post(("2015-01", None))), UNKNOWN),
    ("dates-agree", both({**post(), "now": {"status": "interim"}}), UNKNOWN),
    ("dates-agree", {"chief_executive": post(("2015-01", "2024-01"))}, NOT),
    ("dates-agree", {}, UNKNOWN),
    ("no-open-warning", {"actions": NONE, "ratings": NONE}, MET),
    ("no-open-warning", {"actions": warning(closed="2025-01"), "ratings": ratings(("inadequate", "2020-01"), ("good", "2024-01"))}, MET),
    ("no-open-warning", {"actions": warning(), "ratings": NONE}, NOT),
    ("no-open-warning", {"actions": NONE, "ratings": ratings(("requires_improvement", "2022-04"))}, NOT),
    ("no-open-warning", {"actions": NONE, "ratings": ratings(("requires_improvement", "2022-03-31"))}, MET),
    ("no-open-warning", {"actions": NONE, "ratings": ratings(("inadequate", "2025-01"), ("good", None))}, NOT),
    ("no-open-warning", {"actions": NONE, "ratings": ratings(("inadequate", None), ("good", "2025-01"))}, NOT),
    ("no-open-warning", {"actions": {"entries": warning()["entries"]}}, NOT),
    ("no-open-warning", {"actions": NONE}, UNKNOWN),
    ("no-open-warning", {"actions": {"entries": []}, "ratings": NONE}, UNKNOWN),
]


@pytest.mark.parametrize(("name", "facts", "outcome"), CASES)
def test_case(name, facts, outcome):
    check(RULE, name, facts, outcome)


def test_every_outcome_and_edge_has_a_case():
    assert_complete(RULE, CASES)


def test_a_contradiction_names_its_facts():
    found = judge(RULE["revalidation-arithmetic"], made=7, positive=7, deferrals=2)
    assert {"/appraisal/recommendations_made", "/appraisal/positive", "/appraisal/deferrals"} <= {fact.pointer for fact in found.facts}
    assert "7 + 2 = 9; made: 7" in found.message


def test_a_long_serving_chief_executive_is_named_beside_an_open_warning():
    chief = {"now": {"status": "substantive", "since": "2016-03-31"}}
    assert "in post for 108 months" in judge(RULE["no-open-warning"], actions=warning(), ratings=NONE, chief_executive=chief).message
    assert "in post" not in judge(RULE["no-open-warning"], actions=NONE, ratings=NONE, chief_executive=chief).message


def test_every_contradiction_caps():
    assert {criterion.priority for criterion in RULE.criteria} == {"caps"}

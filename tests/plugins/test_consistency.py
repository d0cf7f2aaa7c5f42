import json

import pytest
from cases import (
    MET,
    NA,
    NONE,
    NOT,
    SCOTTISH_BOARD,
    UNKNOWN,
    assert_complete,
    assert_facts_left_out_or_vaguer_never_decide,
    assert_order_never_matters,
    check,
    post,
    rule_named,
    spell,
)

from engagecheck import Outcome
from engagecheck.testing import judge

RULE = rule_named("consistency")
GOOD = {"of": 1, "entries": [{"domain": "well_led", "rating": "good", "on": "2023-01"}]}
NOT_DESIGNATED = {"designated_body": False}
PARTS = {"positive": 6, "deferrals": 2, "non_engagement": 1, "did_not_revalidate": 0}


def both(*spells, **more):
    """The chief executive's post with these holders, beside a medical director's that is in order."""
    return {"chief_executive": post(*spells, **more), "medical_director": post(spell("A", "2015-01"))}


def overlap(until, since, **more):
    return both(spell("A", "2015-01", until), spell("B", since), **more)


def actions(*entries, of=None):
    return {"of": len(entries) if of is None else of, "entries": list(entries)}


def warning(opened="2024-10", closed="open", kind="warning"):
    stated = {"kind": kind, "opened": opened, "closed": closed}
    return {name: value for name, value in stated.items() if value}


def ratings(*pairs, domain="well_led", of=None):
    entries = [{"domain": domain, "rating": rating, **({"on": on} if on else {})} for rating, on in pairs]
    return {"of": len(entries) if of is None else of, "entries": entries}


def domains(*three):
    return {"of": len(three), "entries": [{"domain": domain, "rating": rating, "on": on} for domain, rating, on in three]}


def rated(*pairs, **more):
    return {"actions": NONE, "ratings": ratings(*pairs, **more)}


CASES = [
    ("appraisal-arithmetic", {"completed": 90, "approved": 8, "unapproved": 2, "connected": 100}, MET),
    ("appraisal-arithmetic", {"completed": 900, "approved": 80, "unapproved": 20, "connected": 1000}, MET),
    ("appraisal-arithmetic", {"completed": 90, "approved": 8, "unapproved": 3, "connected": 100}, NOT),
    ("appraisal-arithmetic", {"completed": 90, "approved": 8, "unapproved": 1, "connected": 100}, NOT),
    ("appraisal-arithmetic", {"completed": 90, "approved": 8, "connected": 100}, UNKNOWN),
    ("appraisal-arithmetic", {"completed": 100, "unapproved": 0, "connected": 100}, UNKNOWN),
    ("appraisal-arithmetic", {"completed": 101, "connected": 100}, NOT),
    ("appraisal-arithmetic", {"completed": 41, "connected": 39, "approved": 0, "unapproved": 0}, NOT),
    ("appraisal-arithmetic", {"completed": 101}, UNKNOWN),
    ("appraisal-arithmetic", {"organisation": SCOTTISH_BOARD}, NA),
    ("appraisal-arithmetic", {"organisation": NOT_DESIGNATED}, NA),
    ("revalidation-arithmetic", {"made": 9, **PARTS}, MET),
    (
        "revalidation-arithmetic",
        {"made": 900, "positive": 600, "deferrals": 200, "non_engagement": 100, "did_not_revalidate": 0},
        MET,
    ),
    ("revalidation-arithmetic", {"made": 10, **PARTS}, NOT),
    ("revalidation-arithmetic", {"made": 7, "positive": 7, "deferrals": 2}, NOT),
    ("revalidation-arithmetic", {"made": 8, "positive": 6, "deferrals": 2}, UNKNOWN),
    ("revalidation-arithmetic", {"made": 9, "positive": 6, "deferrals": 2, "non_engagement": 1}, UNKNOWN),
    ("revalidation-arithmetic", {"made": 9}, UNKNOWN),
    ("revalidation-arithmetic", PARTS, UNKNOWN),
    ("revalidation-arithmetic", {}, UNKNOWN),
    ("revalidation-arithmetic", {"organisation": NOT_DESIGNATED}, NA),
    ("revalidation-arithmetic", {"made": 7, "positive": 9, "organisation": SCOTTISH_BOARD}, NA),
    ("dates-agree", overlap("2023-06", "2023-07"), MET),
    ("dates-agree", both(spell("A", "2020-06", "2019-01"), spell("B", "2021-01")), NOT),
    ("dates-agree", both(spell("A", "2020-06", "2020-06"), spell("B", "2021-01")), MET),
    ("dates-agree", overlap("2023-10-01", "2023-07-01", shared="sole"), MET),
    ("dates-agree", overlap("2023-10-02", "2023-07-01", shared="sole"), NOT),
    ("dates-agree", overlap("present", "2024-12-30", shared="sole"), NOT),
    ("dates-agree", overlap("present", "2024-12-31", shared="sole"), MET),
    ("dates-agree", overlap("2024-01", "2023-07", shared="sole"), NOT),
    ("dates-agree", overlap("2023-10", "2023-07", shared="sole"), UNKNOWN),  # the days decide
    # an overlap is a contradiction only where one person holds the post alone, and it needs to be two persons
    ("dates-agree", overlap("2024-01", "2023-07"), UNKNOWN),
    ("dates-agree", overlap("2024-01", "2023-07", shared="joint"), MET),
    ("dates-agree", overlap("present", "2015-01", shared="job_share"), MET),
    ("dates-agree", both(spell(None, "2015-01"), spell(None, "2015-01"), shared="job_share"), MET),
    ("dates-agree", both(spell(None, "2015-01", "2024-01"), spell("B", "2023-07"), shared="sole"), UNKNOWN),
    ("dates-agree", both(spell("A", "2015-01", "2024-01"), spell("A", "2023-07"), shared="sole"), MET),
    ("dates-agree", both(spell("A", "2015-01", "2024-01"), spell("B", "2023-07", kind="designate"), shared="sole"), MET),
    ("dates-agree", both(spell("A", "2015-01", "2024-01", "interim"), spell("B", "2023-07"), shared="sole"), MET),
    ("dates-agree", both(spell("A", "2015-01", "2024-01", None), spell("B", "2023-07"), shared="sole"), UNKNOWN),
    ("dates-agree", both(spell("A", "2015-01", "2024-01"), spell("B", "2023-07"), spell(None, "2015-02"), shared="sole"), NOT),
    ("dates-agree", both(spell("A", "2015-01"), of=2), UNKNOWN),
    ("dates-agree", both(spell("A", None, "2023-06"), spell("B", "2023-07")), UNKNOWN),
    ("dates-agree", both(spell("A", "2015-01", None), spell("B", "2023-07")), UNKNOWN),
    ("dates-agree", both(spell("A", "2015-01", kind=None)), UNKNOWN),
    ("dates-agree", {"chief_executive": post(spell("A", "2020-06", "2019-01"))}, NOT),
    ("dates-agree", {"chief_executive": post(spell("A", "2015-01"))}, UNKNOWN),
    ("dates-agree", {}, UNKNOWN),
    ("no-open-warning", {"actions": NONE, "ratings": GOOD}, MET),
    ("no-open-warning", {"actions": actions(warning(closed="2025-01")), "ratings": GOOD}, MET),
    ("no-open-warning", {"actions": actions(warning()), "ratings": GOOD}, NOT),
    ("no-open-warning", {"actions": actions(warning(opened="2013-05")), "ratings": GOOD}, NOT),
    ("no-open-warning", {"actions": actions(warning(opened=None, kind="undertaking")), "ratings": GOOD}, NOT),
    ("no-open-warning", {"actions": actions(warning(closed=None)), "ratings": GOOD}, UNKNOWN),
    ("no-open-warning", {"actions": actions(warning(), of=3)}, NOT),
    ("no-open-warning", {"actions": {"entries": [warning()]}}, NOT),
    ("no-open-warning", {"actions": actions(of=1), "ratings": GOOD}, UNKNOWN),
    # a licence condition of 36 months is named, and no flag
    ("no-open-warning", {"actions": actions(warning("2022-03-31", kind="condition")), "ratings": GOOD}, MET),
    ("no-open-warning", {"actions": actions(warning("2022-04-01", kind="condition")), "ratings": GOOD}, NOT),
    (
        "no-open-warning",
        {"actions": actions(warning("2022-03", kind="condition")), "ratings": GOOD, "as_of": "2025-03-15"},
        UNKNOWN,
    ),
    ("no-open-warning", {"actions": actions(warning(None, kind="condition")), "ratings": GOOD}, UNKNOWN),
    # a rating below good stands until a later one replaces it, whatever its age
    ("no-open-warning", rated(("requires_improvement", "2012-04")), NOT),
    ("no-open-warning", rated(("inadequate", "2020-01"), ("good", "2024-01")), MET),
    ("no-open-warning", rated(("good", "2020-01"), ("inadequate", "2024-01")), NOT),
    ("no-open-warning", rated(("inadequate", "2020-01"), ("requires_improvement", "2024-01")), NOT),
    ("no-open-warning", rated(("inadequate", "2024-01"), ("good", "2024-01-20")), UNKNOWN),
    ("no-open-warning", rated(("inadequate", None), ("good", "2025-01")), UNKNOWN),
    ("no-open-warning", rated(("inadequate", "2024-01"), ("good", None)), UNKNOWN),
    ("no-open-warning", rated(("inadequate", "2024-01"), of=2), UNKNOWN),
    ("no-open-warning", rated(("good", "2024-01"), of=2), UNKNOWN),
    ("no-open-warning", rated(("inadequate", "2024-01"), domain="overall"), NOT),
    ("no-open-warning", rated(("requires_improvement", "2024-01"), domain="overall"), MET),
    ("no-open-warning", rated(("inadequate", "2022-01"), ("requires_improvement", "2024-01"), domain="overall"), MET),
    ("no-open-warning", rated(("inadequate", "2024-01-15"), ("good", "2024-01-15")), UNKNOWN),
    ("no-open-warning", rated(("inadequate", "2024-01-15"), ("good", "2024-01-16")), MET),
    ("no-open-warning", rated(("inadequate", "2024-01-15"), ("good", "2024-01-14")), NOT),
    # a rating of one domain never replaces that of another
    (
        "no-open-warning",
        {"actions": NONE, "ratings": domains(("well_led", "requires_improvement", "2023-01"), ("overall", "good", "2024-01"))},
        NOT,
    ),
    (
        "no-open-warning",
        {"actions": NONE, "ratings": domains(("overall", "inadequate", "2023-01"), ("well_led", "good", "2024-01"))},
        NOT,
    ),
    ("no-open-warning", {"actions": NONE, "ratings": NONE}, UNKNOWN),
    ("no-open-warning", {"actions": NONE}, UNKNOWN),
    ("no-open-warning", {"ratings": GOOD}, UNKNOWN),
    ("no-open-warning", {}, UNKNOWN),
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


def test_a_contradiction_names_its_facts():
    shown = judge(RULE["revalidation-arithmetic"], made=7, positive=7, deferrals=2)
    assert {"/appraisal/recommendations_made", "/appraisal/positive", "/appraisal/deferrals"} <= {
        fact.pointer for fact in shown.facts
    }
    assert "7 + 2 = 9; made: 7" in shown.message


def test_what_is_missing_of_a_sum_is_named_and_nothing_else():
    shown = judge(RULE["revalidation-arithmetic"], made=36, positive=27, deferrals=9, organisation={"designated_body": True})
    assert "Not stated: Notices of non-engagement; Doctors who did not revalidate." in shown.message


def test_both_holders_of_a_sole_post_are_named():
    shown = judge(RULE["dates-agree"], **overlap("2024-01", "2023-07", shared="sole"))
    assert "A post: two substantive holders at once, from January 2015 and from July 2023." in shown.message


def test_a_contradiction_is_said_whatever_else_is_missing():
    shown = judge(RULE["dates-agree"], chief_executive=post(spell("A", "2020-06", "2019-01"), of=5))
    assert (shown.outcome, shown.value) == (NOT, False)


def test_an_old_condition_is_named_though_it_is_no_flag():
    shown = judge(RULE["no-open-warning"], actions=actions(warning("2013-05", kind="condition")), ratings=GOOD)
    assert shown.outcome is MET
    assert "Condition, open since May 2013." in shown.message


def test_a_long_serving_chief_executive_is_named_beside_an_open_warning():
    chief = post(spell("A", "2016-03-31"))
    assert (
        "in post for 60 months or more"
        in judge(RULE["no-open-warning"], actions=actions(warning()), ratings=GOOD, chief_executive=chief).message
    )
    assert "in post" not in judge(RULE["no-open-warning"], actions=NONE, ratings=GOOD, chief_executive=chief).message
    new = post(spell("A", "2024-03-31"))
    assert (
        "in post" not in judge(RULE["no-open-warning"], actions=actions(warning()), ratings=GOOD, chief_executive=new).message
    )


SERVED = " The chief executive has been in post for 60 months or more."


@pytest.mark.parametrize(
    ("chief", "sentence"),
    [
        (post(spell("A", "2020-03-31")), SERVED), (post(spell("A", "2020-04-01")), ""), (post(spell("A", "2020-03")), SERVED), (post(spell("A", "2020-04")), ""),
        (post(spell("A", "2010-01", "2023-12"), spell("B", "2024-01")), ""), (post(spell("A", "2010-01", kind="interim")), ""),
        (post(spell("A", "2010-01", kind="acting"), spell("B", "2024-01")), ""), (post(spell("A", "2010-01", None)), ""),
        (post(spell("A", "2010-01", kind=None)), ""), (post(spell("A", None)), ""), (post(spell("B", "2024-01"), spell("A", "2010-01")), SERVED),
        (post(), ""), ({"role": "A post"}, ""),
    ],
)  # fmt: skip
def test_long_service_is_sixty_months_in_the_post_now(chief, sentence):
    shown = judge(
        RULE["no-open-warning"],
        **json.loads(json.dumps({"actions": actions(warning()), "ratings": GOOD, "chief_executive": chief})),
    )
    assert shown.message.startswith(f"Warning, open since October 2024.{sentence}")
    assert ("in post" in shown.message) is bool(sentence)


def test_each_warning_and_rating_is_named_once():
    open_and_closed = actions(
        warning(),
        warning("2020-01", "2021-01", kind="condition"),
        warning("2019-01", "2020-01"),
        warning(None, kind="undertaking"),
    )
    shown = judge(
        RULE["no-open-warning"],
        actions=open_and_closed,
        ratings=ratings(("inadequate", "2024-01"), ("requires_improvement", None)),
    )
    text = "Warning, open since October 2024. Undertaking, open since an unknown date. Rated inadequate, well led (January 2024). Rated requires improvement, well led (no date)."
    assert shown.message.startswith(text)
    assert shown.message.count("since") == 2


@pytest.mark.parametrize("criterion", RULE.criteria, ids=lambda one: one.id)
def test_every_contradiction_weighs_nothing_and_is_a_flag(criterion):
    assert criterion.priority == "caps"
    shown = judge(criterion)
    assert shown.flags
    assert shown.at_worst is Outcome.NOT_MET


def test_what_is_missing_in_the_lists_of_the_regulator_is_said():
    """Each gap has its words, because the organisation must know what to enter."""
    one = {"domain": "well_led", "rating": "good", "on": "2024-06"}
    for facts, words in (
        (
            {"ratings": {"entries": [one]}},
            "The total of the regulator's ratings is not stated. Not stated: Warnings, undertakings and conditions",
        ),
        ({"ratings": GOOD, "actions": {"entries": []}}, "The total of the regulator's actions is not stated."),
        ({"ratings": {"of": 3, "entries": [one]}, "actions": NONE}, "Not all of the regulator's ratings are listed."),
        ({"ratings": NONE, "actions": NONE}, "No rating is listed."),
    ):
        assert words in judge(RULE["no-open-warning"], **facts).message


def test_what_is_said_to_be_missing_is_missing():
    told = {name: judge(RULE["no-open-warning"], actions=listed, ratings=GOOD).message for name, listed in {"unclear": actions(warning(closed=None)), "uncounted": actions(of=1)}.items()}
    assert "whether it is still open" in told["unclear"]
    assert "whether it is still open" not in told["uncounted"]
    assert not any("replaced one that is too low" in text for text in told.values())

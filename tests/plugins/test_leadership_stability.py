import pytest
from cases import MET, NA, NOT, PARTLY, SCOTTISH_BOARD, UNKNOWN, assert_complete, check, rule_named

from engagecheck.testing import judge

RULE = rule_named("leadership-stability")


def post(since="2015-01-01", status="substantive", before=None, **now):
    held = {"status": status, "since": since, **now}
    if held["since"] is None:
        del held["since"]
    return {"role": "A post", "now": held} | ({} if before is None else {"before": before})


def history(*entries, complete_from="2010-01", of=None):
    return {"of": len(entries) if of is None else of, "complete_from": complete_from, "entries": list(entries)}


def held(since, until, status="substantive"):
    return {"status": status, "since": since, "until": until}


def of(*posts, total=None):
    named = [{**one, "role": f"Post {number}"} for number, one in enumerate(posts)]
    return {"of": len(posts) if total is None else total, "entries": named}


def members(*since, **more):
    return {"of": len(since), "entries": [{"role": "non_executive", "since": one, **more} for one in since]}


def directors(*since, total=None):
    return {
        "of": len(since) if total is None else total,
        "entries": [{"post": f"Director {number}", "since": one} for number, one in enumerate(since)],
    }


CHANGED_TWICE = history(held("2020-01", "2023-06"), held("2023-07", "2024-06"))
CASES = [
    ("chief-executive-tenure", {"post": post("2022-03-31")}, MET),
    ("chief-executive-tenure", {"post": post("2022-04-01")}, PARTLY),
    ("chief-executive-tenure", {"post": post("2023-09-30")}, PARTLY),
    ("chief-executive-tenure", {"post": post("2023-10-01")}, NOT),
    ("chief-executive-tenure", {"post": post("2010-01", "interim")}, NOT),
    ("chief-executive-tenure", {"post": post("2010-01", "vacant")}, NOT),
    ("chief-executive-tenure", {"post": {"now": {"since": "2010-01"}}}, UNKNOWN),
    ("chief-executive-tenure", {"post": {"now": {"status": "substantive"}}}, UNKNOWN),
    ("chief-executive-tenure", {}, UNKNOWN),
    ("chief-executive-turnover", {"post": post(before=history())}, MET),
    ("chief-executive-turnover", {"post": post("2023-07", before=history(held("2019-01", "2023-06")))}, MET),
    ("chief-executive-turnover", {"post": post("2024-07", before=CHANGED_TWICE)}, NOT),
    ("chief-executive-turnover", {"post": post(before=history(complete_from="2022-04-01"))}, UNKNOWN),
    ("chief-executive-turnover", {"post": post(before=history(of=1))}, UNKNOWN),
    ("chief-executive-turnover", {"post": post()}, UNKNOWN),
    ("chief-executive-turnover", {"post": {"before": history()}}, UNKNOWN),
    ("medical-director-tenure", {"post": post("2023-03-31")}, MET),
    ("medical-director-tenure", {"post": post("2024-03-31")}, PARTLY),
    ("medical-director-tenure", {"post": post("2024-04-01")}, NOT),
    ("medical-director-tenure", {}, UNKNOWN),
    ("executive-vacancies", {"chief_executive": post(), "medical_director": post(), "others": of(post(), post())}, MET),
    (
        "executive-vacancies",
        {"chief_executive": post(), "medical_director": post("2024-06", "vacant"), "others": of(post())},
        PARTLY,
    ),
    (
        "executive-vacancies",
        {"chief_executive": post("2024-01", "interim"), "medical_director": post("2024-06", "vacant"), "others": of(post())},
        NOT,
    ),
    ("executive-vacancies", {"chief_executive": post(), "medical_director": post(), "others": of(post(), total=3)}, NOT),
    ("executive-vacancies", {"chief_executive": post(), "medical_director": post()}, UNKNOWN),
    (
        "executive-vacancies",
        {"chief_executive": post(), "medical_director": post(), "others": {"entries": [post()]}},
        UNKNOWN,
    ),
    ("executive-continuity", {"others": of(post(), post("2024-12"))}, MET),
    ("executive-continuity", {"others": of(post(), post("2024-12"), post("2024-03-31"))}, PARTLY),
    ("executive-continuity", {"others": of(post("2024-12"), post("2024-12"), post(None, "vacant"))}, NOT),
    ("executive-continuity", {"others": {"entries": [post()]}}, UNKNOWN),
    ("long-serving-non-executives", {"members": members("2019-03-31", "2023-01")}, MET),
    ("long-serving-non-executives", {"members": members("2019-03-30")}, NOT),
    ("long-serving-non-executives", {"members": members("2019-03-30", rigorous_review=True)}, MET),
    ("long-serving-non-executives", {"members": members("2016-03-30", rigorous_review=True)}, NOT),
    ("long-serving-non-executives", {"members": members("2016-03-30", extension_agreed=True)}, MET),
    ("long-serving-non-executives", {"members": members("2018-10", extension_agreed=True)}, NOT),
    ("long-serving-non-executives", {}, UNKNOWN),
    ("long-serving-non-executives", {"members": members("2001-01"), "organisation": SCOTTISH_BOARD}, NA),
    ("clinical-director-continuity", {"directors": directors("2023-03-31", "2024-01")}, MET),
    ("clinical-director-continuity", {"directors": directors(*["2020-01"] * 3, *["2024-01"] * 7)}, PARTLY),
    ("clinical-director-continuity", {"directors": directors("2024-01", "2024-02", "2020-01", total=4)}, NOT),
    ("clinical-director-continuity", {"directors": {"entries": []}}, UNKNOWN),
]


@pytest.mark.parametrize(("name", "facts", "outcome"), CASES)
def test_case(name, facts, outcome):
    check(RULE, name, facts, outcome)


def test_every_outcome_and_edge_has_a_case():
    assert_complete(RULE, CASES)


def test_a_month_counts_from_its_last_day():
    assert judge(RULE["chief-executive-tenure"], post=post("2023-02")).value == 25


def test_a_long_serving_predecessor_is_printed_beside_the_tenure():
    retired = history(held("2010-01", "2024-12-31"))
    assert "predecessor had served 179 months" in judge(RULE["chief-executive-tenure"], post=post("2025-01", before=retired)).message


def test_a_retirement_bridged_by_a_short_interim_is_one_change():
    bridged = history(held("2010-01", "2024-06-30"), held("2024-07-01", "2024-09-30", "interim"))
    assert judge(RULE["chief-executive-turnover"], post=post("2024-10", before=bridged)).value == 2


def test_an_interim_of_more_than_three_months_counts():
    bridged = history(held("2010-01", "2024-06-30"), held("2024-07-01", "2024-10-02", "interim"))
    assert judge(RULE["chief-executive-turnover"], post=post("2024-10-03", before=bridged)).value == 3


def test_one_who_left_on_the_day_that_the_window_opens_is_outside():
    assert judge(RULE["chief-executive-turnover"], post=post("2022-04", before=history(held("2010-01", "2022-03-31")))).value == 1


def test_a_post_empty_for_three_months_is_not_yet_a_vacancy():
    filled = {"medical_director": post(), "others": of()}
    assert judge(RULE["executive-vacancies"], chief_executive=post("2024-12-31", "vacant"), **filled).value == 0
    assert judge(RULE["executive-vacancies"], chief_executive=post("2024-12-30", "vacant"), **filled).value == 1


def test_a_named_appointee_fills_a_vacancy():
    vacant = post("2024-01", "vacant", appointee_named=True)
    assert judge(RULE["executive-vacancies"], chief_executive=vacant, medical_director=post(), others=of()).value == 0


def test_a_planned_end_of_term_is_no_sign_of_unrest():
    entries = [{"post": "A", "since": "2025-01", "planned_change": True}, {"post": "B", "since": "2025-01"}]
    assert judge(RULE["clinical-director-continuity"], directors={"of": 2, "entries": entries}).value == 0.5


def test_a_director_kept_private_is_not_named():
    listed = {"of": 1, "entries": [{"post": "Palliative Care", "private": True, "since": "2025-01"}]}
    result = judge(RULE["clinical-director-continuity"], directors=listed)
    assert "Palliative" not in str(result)
    assert "kept private" in result.message

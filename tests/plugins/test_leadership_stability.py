import pytest
from cases import (
    MET,
    NA,
    NONE,
    NOT,
    PARTLY,
    SCOTTISH_BOARD,
    UNKNOWN,
    YOUNG,
    assert_complete,
    assert_facts_left_out_or_vaguer_never_decide,
    assert_order_never_matters,
    check,
    listed,
    post,
    rule_named,
    spell,
)

from engagecheck.testing import judge

RULE = rule_named("leadership-stability")
MID_MONTH = "2025-03-15"
BEFORE = spell("Z", "2012-01", "2016-12")
FILLED = post(BEFORE, spell("A", "2017-01"))


def succeeded(since, **more):
    """A post whose holder came on a day, after somebody else."""
    return post(BEFORE, spell("A", since), **more)


def emptied(until, *others, **more):
    """A post whose last substantive holder has left."""
    return post(spell("A", "2012-01", until), *others, **more)


def of(*posts, total=None):
    named = [{**one, "role": f"Post {number}"} for number, one in enumerate(posts)]
    return {"of": len(posts) if total is None else total, "entries": named}


def posts(chief_executive, medical_director=FILLED, others=None):
    return {"chief_executive": chief_executive, "medical_director": medical_director, "others": others or of(FILLED)}


def members(*since, **more):
    return {"of": len(since), "entries": [{"role": "non_executive", "since": one, **more} for one in since]}


def directors(*since, total=None):
    entries = [
        {"post": f"Director {number}", "planned_change": False, **({"since": one} if one else {})} for number, one in enumerate(since)
    ]  # fmt: skip
    return {"of": len(since) if total is None else total, "entries": entries}


def tenures(name, met, short, partly, poor):
    """The cases of a time in post: the last days for met, of short of it, for partly met, and short of that."""
    return [
        (name, {"post": succeeded(met)}, MET), (name, {"post": succeeded(short)}, PARTLY),
        (name, {"post": succeeded(partly)}, PARTLY), (name, {"post": succeeded(poor)}, NOT),
        (name, {"post": succeeded(met[:7]), "as_of": MID_MONTH}, (PARTLY, MET)),
        (name, {"post": succeeded(partly[:7]), "as_of": MID_MONTH}, (NOT, PARTLY)),
        (name, {"post": post(BEFORE, spell("A", "2010-01", kind="interim"))}, NOT),
        (name, {"post": post(BEFORE, spell("A", "2010-01", kind="acting"))}, NOT),
        (name, {"post": post(spell("A", "2025-01", kind="designate"), BEFORE)}, NOT),
        (name, {"post": post(BEFORE)}, NOT), (name, {"post": post(of=0)}, NOT),
        (name, {"post": post(BEFORE, spell("A", "2010-01", None))}, UNKNOWN), (name, {"post": post(BEFORE, spell("A", "2010-01", kind=None))}, UNKNOWN),
        (name, {"post": post(BEFORE, spell("A", None))}, UNKNOWN), (name, {"post": post(BEFORE, spell("A", poor), of=3)}, UNKNOWN),
        (name, {"post": post(BEFORE, spell("A", poor), of=3, shared="sole")}, NOT), (name, {"post": post(BEFORE, spell("A", met), of=3)}, MET),
        (name, {"post": {"role": "A post"}}, UNKNOWN), (name, {}, UNKNOWN),
        # of two who hold a post at once, the one who is longest in it counts
        (name, {"post": post(BEFORE, spell("A", met), spell("B", poor), shared="job_share")}, MET),
        (name, {"post": emptied("2025-03-31")}, MET),  # the last day is a day in the post
        (name, {"post": emptied("2025-03-30")}, NOT), (name, {"post": emptied("2025-03")}, UNKNOWN),
        # nobody can have served for longer than the organisation or the post
        (name, {"post": post(spell("A", "2024-10-01")), "organisation": YOUNG}, NA), (name, {"post": post(spell("A", "2024-12-01"), created="2024-11-15")}, MET),
        (name, {"post": post(spell("A", "2024-12-16"), created="2024-11-15")}, NOT), (name, {"post": post(spell("A", "2024-12-16"))}, UNKNOWN),
        (name, {"post": post(spell("A", "2024-03-15")), "organisation": {"founded": "2024-02-15"}}, MET),
        (name, {"post": post(BEFORE, spell("A", "2024-06-16")), "organisation": {"founded": "2024-02-15"}}, NOT),
        (name, {"post": post(BEFORE, spell("A", "2024-06-16")), "organisation": {"founded": "2024"}}, UNKNOWN),
        (name, {"post": post(BEFORE, spell("A", "2024-06-16")), "organisation": {"founded": None}}, UNKNOWN),
        (name, {"post": succeeded("2020-06-16"), "organisation": {"founded": None}}, MET),
    ]  # fmt: skip


CASES = [
    *tenures("chief-executive-tenure", "2022-03-31", "2022-04-01", "2023-09-30", "2023-10-01"),
    *tenures("medical-director-tenure", "2023-03-31", "2023-04-01", "2024-03-31", "2024-04-01"),
    ("chief-executive-turnover", {"post": post(spell("A", "2015-01"))}, MET),
    ("chief-executive-turnover", {"post": post(spell("A", "2019-01", "2023-06"), spell("B", "2023-07"))}, MET),
    (
        "chief-executive-turnover",
        {"post": post(spell("A", "2019-01", "2023-06"), spell("B", "2023-07", "2024-06"), spell("C", "2024-07"))},
        NOT,
    ),
    # an interim counts from the first day
    (
        "chief-executive-turnover",
        {
            "post": post(
                spell("A", "2019-01", "2024-06-30"), spell("B", "2024-07-01", "2024-07-31", "interim"), spell("C", "2024-08")
            )
        },
        NOT,
    ),
    (
        "chief-executive-turnover",
        {
            "post": post(
                spell("A", "2019-01", "2024-06-30"), spell("B", "2024-07-01", "2024-07-31", "cover"), spell("C", "2024-08")
            )
        },
        MET,
    ),
    # one who is confirmed after acting is one person
    (
        "chief-executive-turnover",
        {"post": post(spell("A", "2019-01", "2023-06"), spell("B", "2023-07", "2023-12", "acting"), spell("B", "2024-01"))},
        MET,
    ),
    # spells without a letter may be one person, or as many as there are
    (
        "chief-executive-turnover",
        {"post": post(spell(None, "2019-01", "2023-06"), spell(None, "2023-07", "2023-12"), spell(None, "2024-01"))},
        UNKNOWN,
    ),
    (
        "chief-executive-turnover",
        {"post": post(spell("A", "2019-01", "2023-06"), spell("B", "2023-07", "2023-12"), spell(None, "2024-01"))},
        UNKNOWN,
    ),
    ("chief-executive-turnover", {"post": post(spell("A", "2019-01"), spell(None, "2019-01"))}, MET),
    # a history that is not whole is a lower bound
    ("chief-executive-turnover", {"post": post(spell("A", "2015-01"), complete_from="2022-04-01")}, UNKNOWN),
    ("chief-executive-turnover", {"post": post(spell("A", "2015-01"), complete_from="2022-03-31")}, MET),
    ("chief-executive-turnover", {"post": post(spell("A", "2015-01"), complete_from="2022-03")}, MET),
    ("chief-executive-turnover", {"post": post(spell("A", "2015-01"), complete_from=None)}, UNKNOWN),
    ("chief-executive-turnover", {"post": post(spell("A", "2015-01"), of=2)}, UNKNOWN),
    (
        "chief-executive-turnover",
        {"post": post(spell("A", "2019-01", "2023-06"), spell("B", "2023-07", "2024-06"), spell("C", "2024-07"), of=5)},
        NOT,
    ),
    (
        "chief-executive-turnover",
        {"post": post(spell("A", "2019-01", "2023-06"), spell("B", None, "2024-06", "interim"), spell("C", "2024-07"))},
        NOT,
    ),
    (
        "chief-executive-turnover",
        {"post": post(spell("A", "2019-01", "2023-06"), spell("B", None, None, "interim"), spell("C", "2024-07"))},
        UNKNOWN,
    ),
    (
        "chief-executive-turnover",
        {"post": post(spell("A", "2019-01", "2023-06"), spell("B", "2023-07", "2024-06", None), spell("C", "2024-07"))},
        UNKNOWN,
    ),
    # whoever left on the day that the window opens is outside
    (
        "chief-executive-turnover",
        {"post": post(spell("A", "2010-01", "2022-03-31"), spell("B", "2022-04", "2023-06"), spell("C", "2023-07"))},
        MET,
    ),
    (
        "chief-executive-turnover",
        {"post": post(spell("A", "2010-01", "2022-04-01"), spell("B", "2022-04", "2023-06"), spell("C", "2023-07"))},
        NOT,
    ),
    (
        "chief-executive-turnover",
        {
            "post": post(spell("A", "2010-01", "2022-03"), spell("B", "2022-04", "2023-06"), spell("C", "2023-07")),
            "as_of": MID_MONTH,
        },
        UNKNOWN,
    ),
    (
        "chief-executive-turnover",
        {"post": post(spell("A", "2010-01", "2022-03"), spell("B", "2022-04")), "as_of": MID_MONTH},
        MET,
    ),
    ("chief-executive-turnover", {"post": post(spell("A", "2024-10-01")), "organisation": YOUNG}, NA),
    (
        "chief-executive-turnover",
        {"post": post(spell("A", "2024-01-01"), complete_from="2024-01-01"), "organisation": {"founded": "2024-01-01"}},
        MET,
    ),
    ("chief-executive-turnover", {"post": {"role": "A post"}}, UNKNOWN),
    ("chief-executive-turnover", {}, UNKNOWN),
    ("executive-vacancies", posts(FILLED), MET),
    ("executive-vacancies", posts(emptied("2024-06")), PARTLY),
    ("executive-vacancies", posts(emptied("2024-06"), emptied("2024-06")), NOT),
    ("executive-vacancies", posts(emptied("2024-06"), FILLED, of(FILLED, emptied("2024-06"))), NOT),
    # for 3 months after the last substantive holder left, a post is not empty
    ("executive-vacancies", posts(emptied("2024-12-31")), MET),
    ("executive-vacancies", posts(emptied("2024-12-30")), PARTLY),
    ("executive-vacancies", posts(emptied("2024-12")), (PARTLY, MET)),
    ("executive-vacancies", posts(emptied("2025-03-31")), MET),
    # an interim never fills it, and neither does one after another
    (
        "executive-vacancies",
        posts(emptied("2024-12-30", spell("B", "2025-01", "2025-02", "interim"), spell("C", "2025-03", kind="interim"))),
        PARTLY,
    ),
    # cover, acting and a designate bridge 12 months, and no more
    ("executive-vacancies", posts(emptied("2024-03-31", spell("B", "2024-04", kind="acting"))), MET),
    ("executive-vacancies", posts(emptied("2024-03-30", spell("B", "2024-04", kind="acting"))), PARTLY),
    ("executive-vacancies", posts(emptied("2024-03", spell("B", "2024-04", kind="cover"))), (PARTLY, MET)),
    (
        "executive-vacancies",
        posts(emptied("2024-03-30", spell("B", "2024-04", "2024-09", "cover"), spell("C", "2024-10", kind="cover"))),
        PARTLY,
    ),
    ("executive-vacancies", posts(emptied("2024-06", spell("B", "2024-07", "2025-02", "acting"))), PARTLY),
    ("executive-vacancies", posts(emptied("2024-06", spell("B", "2025-06-01", kind="designate"))), MET),
    ("executive-vacancies", posts(emptied("2024-06", spell("B", "2025-02-01", kind="designate", starts="2025-05-01"))), MET),
    ("executive-vacancies", posts(emptied("2024-06", spell("B", "2012-01", "2012-03", "designate"))), PARTLY),
    ("executive-vacancies", posts(post(spell("A", "2012-01"), spell("B", "2024-10", kind="cover"))), MET),
    # an empty post is proven only where it is known since when
    ("executive-vacancies", posts(post(created="2024-12-30")), PARTLY),
    ("executive-vacancies", posts(post(created="2024-12-31")), MET),
    ("executive-vacancies", posts(post()), (PARTLY, MET)),
    ("executive-vacancies", posts(post(spell("B", "2024-10", kind="cover"))), (PARTLY, MET)),
    ("executive-vacancies", posts(emptied("2024-06", of=2)), (PARTLY, MET)),
    ("executive-vacancies", posts(emptied(None)), (PARTLY, MET)),
    ("executive-vacancies", posts({"role": "A post"}), (PARTLY, MET)),
    ("executive-vacancies", posts(FILLED, FILLED, of(FILLED, total=2)), (PARTLY, MET)),
    ("executive-vacancies", posts(emptied("2024-06"), FILLED, of(FILLED, total=2)), (NOT, PARTLY)),
    ("executive-vacancies", posts(FILLED, FILLED, {"entries": [FILLED]}), UNKNOWN),
    ("executive-vacancies", posts(FILLED, FILLED, NONE), UNKNOWN),
    ("executive-vacancies", {"chief_executive": FILLED, "medical_director": FILLED}, UNKNOWN),
    ("executive-continuity", {"others": of(FILLED, succeeded("2024-03-31"))}, MET),
    ("executive-continuity", {"others": of(FILLED, succeeded("2024-03-31"), succeeded("2024-12"))}, PARTLY),
    ("executive-continuity", {"others": of(succeeded("2024-03-30"), succeeded("2024-12"), succeeded("2024-03-31"))}, PARTLY),
    ("executive-continuity", {"others": of(succeeded("2024-12"), succeeded("2024-12"), emptied("2024-12"))}, NOT),
    ("executive-continuity", {"others": of(FILLED, succeeded("2024-12"), succeeded("2024-03"))}, (PARTLY, MET)),
    ("executive-continuity", {"others": of(FILLED, succeeded("2024-12"), post(spell("A", "2024-12")))}, (PARTLY, MET)),
    ("executive-continuity", {"others": of(FILLED, succeeded("2024-12"), post(spell("A", "2024-12"), created="2024-12"))}, MET),
    ("executive-continuity", {"others": of(FILLED, total=3)}, (PARTLY, MET)),
    ("executive-continuity", {"others": {"entries": [FILLED]}}, UNKNOWN),
    ("executive-continuity", {"others": NONE}, UNKNOWN),
    ("executive-continuity", {}, UNKNOWN),
    ("executive-continuity", {"others": of(succeeded("2024-12")), "organisation": YOUNG}, NA),
    (
        "executive-continuity",
        {"others": of(*[post(spell("A", "2024-03-31"))] * 3), "organisation": {"founded": "2024-03-31"}},
        MET,
    ),
    ("long-serving-non-executives", {"members": members("2019-03-31", "2023-01")}, MET),
    ("long-serving-non-executives", {"members": members("2019-03-30", rigorous_review=False)}, PARTLY),
    ("long-serving-non-executives", {"members": members("2019-03-30", "2019-03-30", rigorous_review=False)}, NOT),
    ("long-serving-non-executives", {"members": members("2019-03-30")}, (PARTLY, MET)),
    ("long-serving-non-executives", {"members": members("2019-03-30", rigorous_review=True)}, MET),
    ("long-serving-non-executives", {"members": members("2019-03", rigorous_review=False), "as_of": MID_MONTH}, (PARTLY, MET)),
    ("long-serving-non-executives", {"members": members("2016-03-31", "2016-03-31", rigorous_review=True)}, MET),
    (
        "long-serving-non-executives",
        {"members": members("2016-03-30", "2016-03-30", rigorous_review=True, extension_agreed=False)},
        NOT,
    ),
    ("long-serving-non-executives", {"members": members("2016-03-30", "2016-03-30", rigorous_review=True)}, UNKNOWN),
    ("long-serving-non-executives", {"members": members("2016-03-30", extension_agreed=True)}, MET),
    (
        "long-serving-non-executives",
        {"members": members("2018-10", "2018-10", rigorous_review=False, extension_agreed=True)},
        NOT,
    ),
    ("long-serving-non-executives", {"members": {"of": 2, "entries": [{"role": "chair"}, {"role": "non_executive"}]}}, UNKNOWN),
    ("long-serving-non-executives", {"members": {**members("2023-01"), "of": 2}}, (PARTLY, MET)),
    ("long-serving-non-executives", {"members": NONE}, UNKNOWN),
    ("long-serving-non-executives", {}, UNKNOWN),
    ("long-serving-non-executives", {"members": members("2001-01"), "organisation": SCOTTISH_BOARD}, NA),
    ("long-serving-non-executives", {"members": members("2001-01"), "as_of": "2023-03-31"}, NA),
    # from the first day of the code of governance
    ("long-serving-non-executives", {"members": members("2017-04-01"), "as_of": "2023-04-01"}, MET),
    ("clinical-director-continuity", {"directors": directors("2023-03-31", "2023-04-01")}, MET),
    ("clinical-director-continuity", {"directors": directors(*["2020-01"] * 3, *["2024-01"] * 7)}, PARTLY),
    ("clinical-director-continuity", {"directors": directors(*["2020-01"] * 2, *["2024-01"] * 8)}, NOT),
    ("clinical-director-continuity", {"directors": directors("2023-03", "2024-01"), "as_of": MID_MONTH}, UNKNOWN),
    ("clinical-director-continuity", {"directors": directors(*["2020-01"] * 2, None, *["2024-01"] * 7)}, (NOT, PARTLY)),
    ("clinical-director-continuity", {"directors": directors("2020-01", "2024-01", total=4)}, (NOT, MET)),
    ("clinical-director-continuity", {"directors": directors("2020-01", "2020-01", total=4)}, MET),
    # as long as the organisation, give or take a month
    ("clinical-director-continuity", {"directors": directors("2024-02-29"), "organisation": {"founded": "2024-01-01"}}, MET),
    ("clinical-director-continuity", {"directors": directors("2024-03-01"), "organisation": {"founded": "2024-01-01"}}, NOT),
    ("clinical-director-continuity", {"directors": directors("2023-03-31"), "organisation": {"founded": None}}, MET),
    ("clinical-director-continuity", {"directors": directors("2023-04-01"), "organisation": {"founded": None}}, UNKNOWN),
    ("clinical-director-continuity", {"directors": {"entries": []}}, UNKNOWN),
    ("clinical-director-continuity", {"directors": NONE}, UNKNOWN),
    ("clinical-director-continuity", {}, UNKNOWN),
    ("clinical-director-continuity", {"directors": directors("2024-11", "2024-11"), "organisation": YOUNG}, NA),
    ("clinical-director-continuity", {"directors": directors("2024-11", "2020-11"), "organisation": {"founded": None}}, MET),
    (
        "clinical-director-continuity",
        {"directors": directors("2024-11", "2024-11"), "organisation": {"founded": None}},
        UNKNOWN,
    ),
    (
        "clinical-director-continuity",
        {"directors": directors("2024-02-28", "2024-02-28"), "organisation": {"founded": "2024-01-31"}},
        MET,
    ),
    (
        "clinical-director-continuity",
        {"directors": directors("2024-06", "2024-06"), "organisation": {"founded": "2024-01-31"}},
        NOT,
    ),
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


def test_a_long_serving_predecessor_is_printed_beside_the_tenure():
    retired = post(spell("A", "2010-01", "2024-12-31"), spell("B", "2025-01"))
    assert "predecessor had served 179 months" in judge(RULE["chief-executive-tenure"], post=retired).message


def test_an_empty_post_and_one_with_an_interim_are_told_apart():
    assert "vacant" in judge(RULE["chief-executive-tenure"], post=emptied("2024-06")).message
    bridged = emptied("2024-06", spell("B", "2024-07", kind="interim"))
    assert "held by an interim" in judge(RULE["chief-executive-tenure"], post=bridged).message


def test_a_retirement_bridged_by_cover_or_acting_is_no_unrest():
    bridged = emptied("2024-06-30", spell("B", "2024-07-01", kind="acting"))
    assert judge(RULE["executive-vacancies"], **posts(bridged)).value == 0
    assert judge(RULE["chief-executive-turnover"], post=bridged).value == 2


def test_what_is_known_of_a_history_is_said():
    shown = judge(
        RULE["chief-executive-turnover"], post=post(spell("A", "2015-01", "2023-01"), spell("B", "2023-02"), complete_from=None)
    )
    assert shown.value == (2, None)
    assert "2 chief executives or more" in shown.value_text
    assert "2 listed between 31 March 2022 and 31 March 2025" in shown.message


@pytest.mark.parametrize(
    ("criterion", "kind", "advised"),
    [
        ("chief-executive-tenure", "substantive", "Agree a term of office and a succession plan with the chief executive."),
        ("chief-executive-tenure", "interim", "Appoint a substantive chief executive."),
        (
            "medical-director-tenure",
            "substantive",
            "Agree a term of office, protected time and a deputy with the medical director.",
        ),
        ("medical-director-tenure", "interim", "Appoint a substantive medical director."),
    ],
)
@pytest.mark.parametrize("since", ["2025-03-20", "2024-11-01"])
def test_nobody_asks_an_interim_to_plan_their_succession(criterion, kind, advised, since):
    shown = judge(RULE[criterion], post=post(spell("Z", "2015-01", "2024-10-31"), spell("A", since, kind=kind)))
    assert shown.outcome is NOT
    assert [one.text for one in shown.recommendations] == [advised]


def test_a_handover_of_two_chief_executives_is_no_vacancy_and_no_third_one():
    handover = post(spell("A", "2012-01", "2025-03-31"), spell("B", "2024-12-01", kind="designate", starts="2025-04-01"))
    assert judge(RULE["executive-vacancies"], **posts(handover)).outcome is MET
    assert judge(RULE["chief-executive-turnover"], post=handover).value == 1


def test_a_planned_end_of_term_is_no_sign_of_unrest():
    entries = [{"post": "A", "since": "2025-01", "planned_change": True}, {"post": "B", "since": "2025-01"}]
    assert judge(RULE["clinical-director-continuity"], directors={"of": 2, "entries": entries}).value == (0.5, 1.0)
    entries[1]["planned_change"] = False
    assert judge(RULE["clinical-director-continuity"], directors={"of": 2, "entries": entries}).value == 0.5


def test_a_director_kept_private_is_not_named():
    private = listed({}, {"private": True, "since": "2025-01", "planned_change": False}, 0, 1, "post")
    shown = judge(RULE["clinical-director-continuity"], directors=private)
    assert "Poor 0" not in str(shown)
    assert "kept private" in shown.message


def test_posts_that_are_empty_are_named():
    shown = judge(RULE["executive-vacancies"], **posts(FILLED, FILLED, of(FILLED, emptied("2024-06"))))
    assert "Post 1" in shown.message
    assert [fact.pointer for fact in shown.facts if "entries" in fact.pointer] == ["/leadership/other_executives/entries/1"]

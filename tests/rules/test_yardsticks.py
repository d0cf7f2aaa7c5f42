import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagecheck import Either, Outcome, Range, Share, above, at_least, at_most, between, grades, no, yes
from engagecheck.model.answers import amount, edge_text
from engagecheck.rules.yardsticks import AtLeast, Yardstick, YesNo, judge, tailored

MET, PARTLY, NOT = Outcome.MET, Outcome.PARTLY_MET, Outcome.NOT_MET
GOODNESS = (NOT, PARTLY, MET)


@pytest.mark.parametrize(
    ("stick", "value", "outcome"),
    [
        (at_least(36, partly=18), 36, MET), (at_least(36, partly=18), 35.999999, PARTLY), (at_least(36, partly=18), 18, PARTLY),
        (at_least(36, partly=18), 17, NOT), (at_least(2), 1, NOT), (at_least(0.4, partly=above(0)), 0.000001, PARTLY),
        (at_least(0.4, partly=above(0)), 0, NOT), (at_most(0, partly=1), 0, MET), (at_most(0, partly=1), 1, PARTLY),
        (at_most(0, partly=1), 2, NOT), (at_most(2), 3, NOT), (between(5, 20, partly=(3, 25)), 5, MET),
        (between(5, 20, partly=(3, 25)), 20, MET), (between(5, 20, partly=(3, 25)), 3, PARTLY),
        (between(5, 20, partly=(3, 25)), 25, PARTLY), (between(5, 20, partly=(3, 25)), 25.1, NOT), (between(5, 20), 4, NOT),
        (yes, True, MET), (yes, False, NOT), (no, True, NOT), (no, False, MET),
        (grades(met="all", partly="some", poor="none"), "some", PARTLY), (grades(met="all", poor="none"), "none", NOT),
        (at_least(0.9, partly=0.75), Share(9, 10), MET), (at_least(0.5), Share(3, 2), MET),
        # exactly one short is partly met whatever the total, but not of one alone, and not where the law demands all
        (at_least(1.0), Share(18, 19), PARTLY), (at_least(1.0), Share(19, 20), PARTLY), (at_least(1.0), Share(999, 1000), PARTLY),
        (at_least(1.0), Share(1, 2), PARTLY), (at_least(1.0), Share(0, 1), NOT), (at_least(1.0), Share(18, 20), NOT),
        (at_least(1.0, one_short=False), Share(18, 19), NOT), (at_least(1.0), 0.99, NOT),
        # exactly one that should not be is partly met whatever the total, but not of one alone
        (at_most(0.01, partly=0.03), Share(1, 20), PARTLY), (at_most(0.01), Share(1, 20), PARTLY), (at_most(0.01), Share(2, 40), NOT),
        (at_most(0.01, partly=0.03), Share(1, 1), NOT), (at_most(0.01, partly=0.03), Share(0, 1), MET), (at_most(0.01), Share(1, 100), MET),
    ],
)  # fmt: skip
def test_edges(stick, value, outcome):
    assert isinstance(stick, Yardstick)
    assert stick.judge(value) is outcome


@pytest.mark.parametrize(
    ("stick", "value"),
    [(at_least(1), True), (at_least(1), "1"), (at_most(1), None), (yes, 1), (no, None), (grades(met="all"), "most")],
)
def test_a_value_of_another_kind_is_no_outcome(stick, value):
    with pytest.raises(TypeError):
        stick.judge(value)


@given(
    st.integers(0, 30),
    st.integers(1, 30),
    st.sampled_from([at_least(0.9, partly=0.75), at_least(1.0), at_least(0.4, partly=above(0))]),
)
def test_one_more_that_is_good_never_worsens_a_share(good, of, stick):
    assert GOODNESS.index(stick.judge(Share(good, of))) <= GOODNESS.index(stick.judge(Share(good + 1, of)))


STICKS = [
    at_least(36, partly=18),
    at_least(0.9, partly=0.75),
    at_most(2),
    at_most(0, partly=1),
    between(5, 20, partly=(3, 25)),
    between(5, 20),
]


@pytest.mark.parametrize(
    ("stick", "answer", "ends"),
    [
        (at_least(36, partly=18), Range(17, 36), (NOT, MET)), (at_least(36, partly=18), Range(18, 35), (PARTLY, PARTLY)),
        (at_least(36, partly=18), Range(36, math.inf), (MET, MET)), (at_least(36), Range(-math.inf, math.inf), (NOT, MET)),
        (at_most(2), Range(3, math.inf), (NOT, NOT)), (at_most(2), Range(0, math.inf), (NOT, MET)), (at_most(0, partly=1), Range(0, 1), (PARTLY, MET)),
        # the best end of `between` is the point of the range nearest to what is met
        (between(5, 20, partly=(3, 25)), Range(0, 30), (NOT, MET)), (between(5, 20, partly=(3, 25)), Range(3, 4), (PARTLY, PARTLY)),
        (between(5, 20, partly=(3, 25)), Range(21, 40), (NOT, PARTLY)), (between(5, 20, partly=(3, 25)), Range(26, math.inf), (NOT, NOT)),
        (at_least(0.9, partly=0.75), Share(7, 9, 9), (PARTLY, MET)), (at_least(0.9, partly=0.75), Share(5, 9, 6), (NOT, NOT)),
        (at_least(1.0), Share(8, 10, 9), (NOT, PARTLY)), (at_least(1.0), Share(9, 10, 9), (PARTLY, PARTLY)),
        (yes, Either((True, False)), (NOT, MET)), (no, Either((True, False)), (NOT, MET)), (yes, True, (MET, MET)),
        (grades(met="all", partly="some", poor="none"), Either(("none", "some")), (NOT, PARTLY)),
        (grades(met="all", partly="some", poor="none"), Either(("all", "none", "some")), (NOT, MET)),
    ],
)  # fmt: skip
def test_both_ends_of_an_answer_are_judged(stick, answer, ends):
    assert judge(stick, answer) == ends


NUMBERS = st.integers(0, 60).map(lambda number: number / 2)


@given(st.sampled_from(STICKS), st.tuples(NUMBERS, NUMBERS).map(sorted), NUMBERS)
def test_no_value_of_a_range_is_judged_beyond_its_ends(stick, ends, value):
    low, high = ends
    worst, best = judge(stick, Range(low, high))
    inside = min(max(value, low), high)
    assert GOODNESS.index(worst) <= GOODNESS.index(stick.judge(inside)) <= GOODNESS.index(best)


@given(st.sampled_from(STICKS), st.tuples(NUMBERS, NUMBERS).map(sorted), NUMBERS, NUMBERS)
def test_knowing_more_never_widens_what_is_judged(stick, ends, one, other):
    low, high = ends
    closer = sorted(min(max(value, low), high) for value in (one, other))
    worst, best = judge(stick, Range(low, high))
    surer = judge(stick, Range(*closer))
    assert GOODNESS.index(worst) <= GOODNESS.index(surer[0]) <= GOODNESS.index(surer[1]) <= GOODNESS.index(best)


@pytest.mark.parametrize("outcome", [Outcome.NOT_EVIDENCED, Outcome.NOT_APPLICABLE, Outcome.ERROR, "met", None])
def test_a_yardstick_decides(outcome):
    class Mine:
        kind, met, partly = "mine", 1, None

        def judge(self, _value):
            return outcome

        def describe(self, _unit):
            return "mine"

    with pytest.raises(TypeError, match="neither met, partly met nor not met"):
        judge(Mine(), 1)


@given(st.floats(0, 100), st.floats(0, 100))
def test_yardsticks_follow_their_direction(one, other):
    low, high = sorted((one, other))
    more, fewer = at_least(50, partly=20), at_most(20, partly=50)
    assert GOODNESS.index(more.judge(low)) <= GOODNESS.index(more.judge(high))
    assert GOODNESS.index(fewer.judge(high)) <= GOODNESS.index(fewer.judge(low))


@pytest.mark.parametrize(
    ("stick", "unit", "text"),
    [
        (at_least(36, partly=18), "months", "36 months or more; partly: from 18 months"),
        (at_least(0.9, partly=0.75), "share", "90 % or more; partly: from 75 %"), (at_least(1.0), "share", "all"),
        (at_least(0.4, partly=above(0)), "share", "40 % or more; partly: more than 0 %"), (at_least(1), "partners", "1 partner or more"),
        (at_most(0.5, partly=1), "points of 10", "0.5 points of 10 or less; partly: up to 1 point of 10"), (at_least(-0.1, partly=-0.3), "points of 10", "at most 0.1 points of 10 below; partly: up to 0.3 points of 10 below"), (at_most(0), "months", "0 months or fewer"),
        (at_most(0, partly=1), "posts", "none; partly: up to 1 post"), (at_most(2), "chief executives", "2 chief executives or fewer"),
        (at_most(15, partly=18), "months", "15 months or fewer; partly: up to 18 months"),
        (between(5, 20, partly=(3, 25)), "appraisals", "5 to 20 appraisals; partly: 3 to 25"),
        (yes, "", "yes"), (no, "", "no"), (grades(met="both", partly="one", poor="none"), "", "both; partly: one"),
    ],
)  # fmt: skip
def test_what_good_looks_like_in_words(stick, unit, text):
    assert stick.describe(unit) == text


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (25, "months", "25 months"),
        (1, "months", "1 month"),
        (Share(8, 10), "share", "8 of 10 (80 %)"),
        (Share(2, 3), "share", "2 of 3 (66.7 %)"),
        (True, "", "yes"),
        (False, "", "no"),
        ("both", "", "both"),
        (-0.25, "points", "0.25 points below"),
        (-3, "months", "-3 months"),
        (1, "points of 10", "1 point of 10"),
        (1, "activities a week", "1 activity a week"),
        (0.2, "share", "20 %"),
        (math.pi, "hours", "3.14 hours"),
        (Share(7, 9, 9), "share", "7 to 9 of 9 (77.8 % to 100 %)"),
        (Share(7, 9, 7), "share", "7 of 9 (77.8 %)"),
        (Range(2, 5), "months", "2 to 5 months"),
        (Range(0, 1), "empty posts", "0 to 1 empty posts"),
        (Range(3, math.inf), "months", "3 months or more"),
        (Range(-math.inf, 3), "months", "3 months or less"),
        (Range(-math.inf, math.inf), "months", "not known"),
        (Either(("none", "some")), "", "none or some"),
        (Either((True, False)), "", "yes or no"),
        (0.999999, "points", "0.999999 points"),
        (-0.0, "activities a week", "0 activities a week"),
        (-1e-9, "points", "0 points below"),
        (-0.0, "share", "0 %"),
        (Range(-0.0, 2), "months", "0 to 2 months"),
        (Range(math.inf, math.inf), "months", "never"),
        (Range(math.inf, math.inf), "appraisals per appraiser", "without limit"),
    ],
)
def test_a_measured_value_in_words(value, unit, text):
    assert amount(value, unit) == text


@pytest.mark.parametrize(
    ("value", "unit", "edges", "text"),
    [
        (5.499, "points of 10", (6.5, 5.5), "5.499 points of 10"), (5.5, "points of 10", (6.5, 5.5), "5.5 points of 10"),
        (-0.0999, "points of 10", (-0.1,), "0.0999 points of 10 below"), (0.39999, "share", (0.4,), "39.999 %"), (0.8746, "share", (0.875,), "87.46 %"),
        (Share(8999, 10000), "share", (0.9,), "8999 of 10000 (89.99 %)"), (Share(1999, 2000), "share", (), "1999 of 2000 (99.95 %)"),
        (Share(2, 3), "share", (2 / 3,), "2 of 3 (66.7 %)"), (Range(5.499, 6.4999), "points", (6.5, 5.5), "5.499 to 6.4999 points"), (Range(0.2, 0.39999), "share", (0.4,), "20 % to 39.999 %"),
    ],
)  # fmt: skip
def test_a_value_beside_an_edge_is_told_apart_from_it(value, unit, edges, text):
    assert amount(value, unit, edges) == text


@pytest.mark.parametrize(("stick", "unit", "text"), [(at_least(0.9725), "share", "97.25 % or more"), (at_least(2 / 3), "share", "66.7 % or more"), (at_most(1.375), "points", "1.375 points or less"), (at_least(36, partly=17.125), "months", "36 months or more; partly: from 17.125 months")])
def test_an_edge_is_said_exactly(stick, unit, text):
    assert stick.describe(unit) == text


@given(st.floats(-100, 100).map(lambda number: round(number, 3)), st.floats(-0.01, 0.01).map(lambda number: round(number, 5)), st.sampled_from(["share", "points", "months"]))
def test_two_values_on_two_sides_of_an_edge_never_look_like_it(edge, beside, unit):
    value = round(edge + beside, 6)
    assert (amount(value, unit, (edge,)) == edge_text(edge, unit)) is (value == edge)


SHARE = "SHARE".lower()


@pytest.mark.parametrize(
    ("stick", "unit", "text"),
    [
        (at_least(0.5), SHARE, "50 % or more"), (at_least(1.0, partly=0.98), SHARE, "all; partly: from 98 %"), (at_least(1.0, partly=above(0.5)), SHARE, "all; partly: more than 50 %"),
        (at_least(1), "shares", "1 share or more"), (at_least(0.9), "a part", "0.9 a part or more"), (at_least(1), "weeks", "1 week or more"),
        (at_most(0.01, partly=0.03), SHARE, "1 % or less; partly: up to 3 %"), (at_most(3), "weeks", "3 weeks or fewer"), (at_most(3), "points", "3 points or less"),
        (at_most(0, partly=3), "months", "0 months or fewer; partly: up to 3 months"), (at_most(0), "points", "none"), (at_most(0), "chief executives", "none"), (at_most(0), "MONTHS".lower(), "0 months or fewer"), (at_most(-1), "points of 10", "1 point of 10 below or less"),
        (at_least(0, partly=-1), "points", "0 points or more; partly: up to 1 point below"), (at_least(0.5, partly=0), "points", "0.5 points or more; partly: from 0 points"),
        (at_least(0.9, partly=0.5), "points", "0.9 points or more; partly: from 0.5 points"), (at_least(-1, partly=-2), "points", "at most 1 point below; partly: up to 2 points below"),
        (at_least(-2, partly=-3), "months", "-2 months or more; partly: from -3 months"),
        (between(5, 20), "appraisals", "5 to 20 appraisals"), (grades(met=("a", "b"), partly=("c", "d")), "", "a or b; partly: c or d"), (grades(met="a"), "", "a"),
    ],
)  # fmt: skip
def test_limits_in_words(stick, unit, text):
    assert stick.describe(unit) == text


def test_a_yardstick_made_by_hand_is_as_the_usual_one():
    assert (AtLeast(1.0), YesNo()) == (at_least(1.0), yes)
    with pytest.raises(AttributeError):
        at_least(1.0).met = 0.5
    for stick in (at_most(1), between(1, 2), yes, grades(met="a"), above(1)):
        with pytest.raises(AttributeError):
            stick.met = 5


def test_the_limit_for_partly_met_is_named():
    for make, limits in (
        (at_least, (2, 1)),
        (at_most, (1, 2)),
        (between, (2, 3, (1, 4))),
        (tailored, (at_least(2), "", 3)),
        (grades, ("a", "b")),
    ):
        with pytest.raises(TypeError, match="positional argument"):
            make(*limits)


def test_an_edge_with_many_decimals_is_reached_by_a_share_that_is_the_same():
    assert at_least(2 / 3).judge(Share(2, 3)) is MET
    assert at_most(1 / 3).judge(Share(1, 3)) is MET
    assert between(2 / 3, 1).judge(Share(2, 3)) is MET
    assert at_least(1.0, partly=2 / 3).judge(Share(4, 6)) is PARTLY
    assert at_least(0.5000004, one_short=False).judge(Share(1, 2)) is MET
    assert at_least(0.500001, one_short=False).judge(Share(1, 2)) is NOT


def test_one_name_of_a_grade_is_a_name_and_not_its_letters():
    stick = grades(met="all", partly=["most", "some"], poor=("none",))
    assert (stick.met, stick.partly, stick.poor) == (("all",), ("most", "some"), ("none",))


def test_below_an_open_edge_is_below_it():
    assert at_least(2.5, partly=above(2)).judge(1) is NOT
    assert at_least(2.5, partly=above(2)).judge(2) is NOT
    assert at_least(2.5, partly=above(2)).judge(2.01) is PARTLY


def test_exactly_one_is_one():
    assert at_least(1.0).judge(Share(0, 1)) is NOT
    assert at_least(0.9, partly=0.95).judge(Share(98, 100)) is MET
    assert at_least(0.995, partly=0.99).judge(Share(98, 100)) is NOT
    assert at_most(0.01, partly=0.03).judge(Share(2, 20)) is NOT
    assert at_most(0.1, partly=0.3).judge(Share(1, 1)) is NOT
    assert at_most(0.1).judge(Share(1, 2)) is PARTLY
    assert at_most(1).judge(1) is MET
    assert at_most(1, partly=3).judge(2) is PARTLY
    assert at_most(1, partly=3).judge(3.000001) is NOT


@pytest.mark.parametrize("value", [5, 5.0, Share(1, 2)])
def test_numbers_and_shares_are_numbers(value):
    assert at_least(0.1).judge(value) is MET


@pytest.mark.parametrize("stick", [at_least(1), at_most(1), between(1, 2)])
@pytest.mark.parametrize("value", [True, False, None, "1", [1]])
def test_what_is_no_number_is_refused(stick, value):
    with pytest.raises(TypeError, match="a number is wanted"):
        stick.judge(value)


WIDE = between(5, 20, partly=(3, 25))


@pytest.mark.parametrize(
    ("stick", "unit", "limits", "after"),
    [
        (at_least(0.9, partly=0.75), "share", {}, at_least(0.9, partly=0.75)), (at_least(0.9, partly=0.75), "share", {"met": 0.95}, at_least(0.95, partly=0.75)),
        (at_least(0.9, partly=0.75), "share", {"partly": 0.8}, at_least(0.9, partly=0.8)), (at_least(0.9, partly=0.75), "share", {"partly": 0.9}, at_least(0.9, partly=0.9)),
        (at_least(0.9, one_short=False), "share", {"met": 1}, at_least(1, one_short=False)), (at_least(36), "months", {"met": 0}, at_least(0)), (at_least(36), "weeks", {"met": 0}, at_least(0)), (at_least(36), "weeks", {"met": 75}, at_least(75)),
        (at_least(36, partly=18), "months", {"met": 2, "partly": 1.5}, at_least(2, partly=1.5)), (at_least(36), "months", {"partly": 36}, at_least(36, partly=36)),
        # more than nothing is something, so an open edge at 0 measures
        (at_least(0.4, partly=above(0)), "share", {"met": 0.5}, at_least(0.5, partly=above(0))), (at_least(2.5, partly=above(2)), "activities", {"met": 3}, at_least(3, partly=above(2))),
        (at_most(0.01, partly=0.03), "share", {"met": 0}, at_most(0, partly=0.03)), (at_most(0.01, partly=0.03), "share", {"partly": 0.01}, at_most(0.01, partly=0.01)),
        (at_most(2), "posts", {"met": 1}, at_most(1)), (at_most(0.01), "share", {"met": 0}, at_most(0)), (at_least(0.5), "share", {"met": 1.0}, at_least(1.0)),
        (WIDE, "", {}, WIDE), (WIDE, "", {"met": [3, 25]}, between(3, 25, partly=(3, 25))), (WIDE, "", {"partly": (5, 20)}, between(5, 20, partly=(5, 20))),
        (WIDE, "", {"met": [7, 7]}, between(7, 7, partly=(3, 25))), (between(5, 20), "", {"met": [1, 2]}, between(1, 2)), (between(5, 20), "", {"partly": [1, 30]}, between(5, 20, partly=(1, 30))),
    ],
)  # fmt: skip
def test_other_limits_of_a_yardstick(stick, unit, limits, after):
    assert tailored(stick, unit, **limits) == after


@pytest.mark.parametrize(
    ("stick", "unit", "limits", "words"),
    [
        (at_least(0.9, partly=0.75), "share", {"met": 0.7}, "met = 0.7 is easier than partly = 0.75"), (at_least(36), "months", {"partly": 37}, "met = 36 is easier than partly = 37"),
        (at_least(2.5, partly=above(2)), "activities", {"met": 1}, "met = 1 is easier than partly = 2"), (at_most(2, partly=3), "posts", {"met": 4}, "met = 4 is easier than partly = 3"),
        (at_most(2), "posts", {"partly": 1}, "met = 2 is easier than partly = 1"),
        (at_least(0.9), "share", {"met": 0}, "measures nothing"), (at_least(0.9), SHARE, {"met": 0.0}, "measures nothing"), (at_most(0.1), SHARE, {"met": 1.0}, "measures nothing"), (at_least(0.9, partly=0.75), "share", {"partly": 0}, "measures nothing"),
        (at_most(0.01), "share", {"met": 1}, "measures nothing"), (at_most(0.01, partly=0.03), "share", {"partly": 1}, "measures nothing"),
        (at_least(0.9), "share", {"met": 1.01}, "is not a share"), (at_least(0.9), SHARE, {"met": -0.01}, "is not a share"), (at_least(0.9), "share", {"partly": 75}, "75 is not a share"),
        (at_least(9), "months", {"met": True}, "True is not a number"), (at_least(9), "months", {"met": "9"}, "'9' is not a number"),
        (at_most(9), "months", {"met": math.nan}, "nan is not a number"), (at_most(9), "months", {"partly": math.inf}, "inf is not a number"),
        (WIDE, "", {"met": [2, 20]}, "does not hold that of met"), (WIDE, "", {"met": [5, 26]}, "does not hold that of met"), (WIDE, "", {"partly": [6, 25]}, "does not hold that of met"),
        (WIDE, "", {"met": 5}, "5 is not a range"), (WIDE, "", {"met": [5]}, "is not a range"), (WIDE, "", {"met": [5, 6, 7]}, "is not a range"), (WIDE, "", {"met": [7, 6]}, "is not a range"),
        (WIDE, "", {"met": "57"}, "'57' is not a range"), (WIDE, "", {"met": [5, "6"]}, "'6' is not a number"), (WIDE, "", {"met": {5, 6}}, "is not a range"),
        (yes, "", {"met": False}, "the kind yes_no has no edge"), (grades(met="a"), "", {"met": "b"}, "the kind grades has no edge"),
    ],
)  # fmt: skip
def test_limits_that_are_refused(stick, unit, limits, words):
    with pytest.raises(ValueError, match=words):
        tailored(stick, unit, **limits)

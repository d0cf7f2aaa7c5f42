import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagecheck import Either, Outcome, Range, Share, above, at_least, at_most, between, grades, no, yes
from engagecheck.rules.amounts import amount
from engagecheck.rules.yardsticks import Yardstick, judge

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


@given(st.integers(0, 30), st.integers(1, 30), st.sampled_from([at_least(0.9, partly=0.75), at_least(1.0), at_least(0.4, partly=above(0))]))
def test_one_more_that_is_good_never_worsens_a_share(good, of, stick):
    assert GOODNESS.index(stick.judge(Share(good, of))) <= GOODNESS.index(stick.judge(Share(good + 1, of)))


STICKS = [at_least(36, partly=18), at_least(0.9, partly=0.75), at_most(2), at_most(0, partly=1), between(5, 20, partly=(3, 25)), between(5, 20)]


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
        (at_most(0.5, partly=1), "points of 10", "0.5 points of 10 or less; partly: up to 1 point of 10"), (at_most(0), "months", "0 months or fewer"),
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
        (25, "months", "25 months"), (1, "months", "1 month"), (Share(8, 10), "share", "8 of 10 (80 %)"),
        (Share(2, 3), "share", "2 of 3 (66.7 %)"), (True, "", "yes"), (False, "", "no"), ("both", "", "both"), (-0.25, "points", "-0.25 points"),
        (1, "points of 10", "1 point of 10"), (1, "activities a week", "1 activity a week"), (0.2, "share", "20 %"), (math.pi, "hours", "3.14 hours"),
        (Share(7, 9, 9), "share", "7 to 9 of 9 (77.8 % to 100 %)"), (Share(7, 9, 7), "share", "7 of 9 (77.8 %)"),
        (Range(2, 5), "months", "2 to 5 months"), (Range(0, 1), "empty posts", "0 to 1 empty post"), (Range(3, math.inf), "months", "3 months or more"),
        (Range(-math.inf, 3), "months", "3 months or less"), (Range(-math.inf, math.inf), "months", "not known"),
        (Either(("none", "some")), "", "none or some"), (Either((True, False)), "", "yes or no"), (0.999999, "points", "0.999999 points"),
    ],
)
def test_a_measured_value_in_words(value, unit, text):
    assert amount(value, unit) == text

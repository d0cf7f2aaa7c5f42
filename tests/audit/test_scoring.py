"""The formula, by hand and by property: a worse outcome never raises anything."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagecheck import Level, Outcome, Priority
from engagecheck.audit.scoring import GATES, RANK, Weighed, added_up, finding_outcome, joined, judge, level_at, score_of
from engagecheck.model.report import Coverage, Gate, Score

MET, PARTLY, NOT, UNKNOWN, NA, ERROR = Outcome
HIGH, MEDIUM, LOW, CAPS = Priority
WORTH = {ERROR: 0, UNKNOWN: 0, NOT: 0, PARTLY: 1, MET: 2}
OUTCOMES = st.sampled_from([MET, PARTLY, NOT, UNKNOWN, ERROR])
RESULTS = st.lists(st.builds(Weighed, st.sampled_from(list(Priority)), st.sampled_from(list(Outcome))), max_size=12)
FINDING_RANK = {NOT: 0, UNKNOWN: 0, ERROR: 0, PARTLY: 1, MET: 2, NA: 3}


def score(found):
    return score_of(added_up(found))


def level(found, unknown=0):
    return level_at(added_up(found), 1 if unknown else 0)


def finding(found):
    return finding_outcome(found, added_up(found))


def judged_at(found, gate):
    return judge(added_up(found), found, gate)


def gate(found, fail_on="high"):
    return judged_at(found, Gate(fail_on)).gate


def results(*pairs):
    return [Weighed(*pair) for pair in pairs]


def test_the_example_of_the_documentation():
    found = results((HIGH, MET), (HIGH, PARTLY), (MEDIUM, NOT), (LOW, UNKNOWN), (LOW, NA))
    assert score(found) == Score(50, 62)  # 9 of 18; 11 of 18
    assert added_up(found).coverage == Coverage(3, 4, 5)
    assert level(found) is Level.STARTING
    assert level(found, unknown=2) is Level.BUILDING


@pytest.mark.parametrize(
    ("found", "reached", "could_be"),
    [
        (results((HIGH, MET), (LOW, MET)), Level.SUSTAINING, Level.SUSTAINING),
        (results((HIGH, PARTLY), *[(LOW, MET)] * 30), Level.BUILDING, Level.BUILDING),
        (results((HIGH, NOT), *[(LOW, MET)] * 30), Level.STARTING, Level.STARTING),
        (results((HIGH, UNKNOWN), *[(LOW, MET)] * 30), Level.STARTING, Level.SUSTAINING),
        (results((CAPS, NOT), *[(LOW, MET)] * 30), Level.STARTING, Level.STARTING),
        (results((CAPS, MET)), Level.UNPROVEN, Level.SUSTAINING),
        (results((HIGH, UNKNOWN), (LOW, ERROR)), Level.UNPROVEN, Level.SUSTAINING),
        (results((LOW, NOT), (LOW, NOT)), Level.UNPROVEN, Level.UNPROVEN),
        ([], Level.UNPROVEN, Level.SUSTAINING),
    ],
)
def test_levels(found, reached, could_be):
    assert (level(found), level(found, unknown=2)) == (reached, could_be)


@pytest.mark.parametrize(
    ("found", "outcome"),
    [
        (results((HIGH, MET), (LOW, MET)), MET), (results((HIGH, MET), (LOW, NOT), *[(LOW, MET)] * 9), PARTLY),
        (results((HIGH, PARTLY), *[(LOW, MET)] * 30), PARTLY), (results((HIGH, NOT), *[(LOW, MET)] * 30), NOT),
        (results((HIGH, UNKNOWN), *[(LOW, MET)] * 30), UNKNOWN), (results((HIGH, ERROR), *[(LOW, MET)] * 30), ERROR),
        (results((HIGH, MET), (LOW, UNKNOWN)), PARTLY), (results((LOW, NA)), NA), ([], NA),
        (results((CAPS, MET)), MET), (results((CAPS, NOT)), NOT), (results((CAPS, UNKNOWN)), UNKNOWN), (results((LOW, NOT), (LOW, UNKNOWN)), UNKNOWN),
    ],
)  # fmt: skip
def test_findings(found, outcome):
    assert finding(found) is outcome


@pytest.mark.parametrize(
    ("found", "fail_on", "passes"),
    [
        (results((HIGH, PARTLY)), "high", True), (results((HIGH, NOT)), "high", False), (results((HIGH, UNKNOWN)), "high", False),
        (results((HIGH, ERROR)), "high", False), (results((CAPS, NOT)), "high", False), (results((MEDIUM, NOT)), "high", True),
        (results((MEDIUM, NOT)), "medium", False), (results((LOW, NOT)), "medium", True), (results((LOW, UNKNOWN)), "low", False),
        (results((HIGH, NOT)), "never", True), (results((HIGH, NA)), "low", True),
    ],
)  # fmt: skip
def test_the_gate(found, fail_on, passes):
    assert gate(found, fail_on) is passes


def test_too_little_coverage_closes_the_gate():
    found = results((LOW, MET), (LOW, UNKNOWN))
    assert judged_at(found, Gate(min_coverage=50)).gate
    assert not judged_at(found, Gate(min_coverage=51)).gate


@given(RESULTS, OUTCOMES, OUTCOMES, st.sampled_from(list(Priority)))
def test_a_worse_outcome_never_raises_anything(others, one, other, priority):
    worse, better = sorted((one, other), key=WORTH.get)
    low, high = ([*others, Weighed(priority, outcome)] for outcome in (worse, better))
    assert score(low).low <= score(high).low
    assert FINDING_RANK[finding(low)] <= FINDING_RANK[finding(high)]
    if WORTH[worse] < WORTH[better] or not better.determined:
        assert RANK.index(level(low)) <= RANK.index(level(high))
    for fail_on in GATES:
        assert gate(low, fail_on) <= gate(high, fail_on)


@given(RESULTS, st.sampled_from(list(Priority)), st.sampled_from([MET, PARTLY, NOT]))
def test_losing_the_evidence_never_helps(others, priority, known):
    told, untold = ([*others, Weighed(priority, outcome)] for outcome in (known, UNKNOWN))
    assert score(untold).low <= score(told).low
    assert score(untold).high >= score(told).high
    assert FINDING_RANK[finding(untold)] <= FINDING_RANK[finding(told)]
    assert RANK.index(level(untold)) <= RANK.index(level(told))
    assert gate(untold) <= gate(told)


@given(RESULTS, st.integers(0, 20))
def test_the_totals_of_the_parts_join_to_the_totals_of_the_whole(found, where):
    assert joined((added_up(found[:where]), added_up(found[where:]))) == added_up(found)


@given(RESULTS)
def test_a_red_is_never_hidden_and_nothing_assessed_is_never_green(found):
    judged = judged_at(found, Gate())
    assert judged.score.low <= judged.score.high
    assert RANK.index(judged.level) <= RANK.index(judged.could_be)
    if any(result.caps and result.outcome in (NOT, UNKNOWN, ERROR) for result in found):
        assert judged.level in (Level.UNPROVEN, Level.STARTING)
    if not any(result.outcome.determined and result.priority is not CAPS for result in found):
        assert judged.level is Level.UNPROVEN
        assert not judged.assessed


@given(RESULTS, st.randoms())
def test_order_does_not_matter(found, random):
    shuffled = list(found)
    random.shuffle(shuffled)
    assert judged_at(shuffled, Gate()) == judged_at(found, Gate())
    assert finding(shuffled) is finding(found)

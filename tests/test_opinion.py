"""The formula, by hand and by property: a worse outcome never raises anything."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagecheck import Level, Outcome, Priority
from engagecheck.audit import scoring
from engagecheck.audit.scoring import Result
from engagecheck.model.report import Coverage, Score

MET, PARTLY, NOT, UNKNOWN, NA, ERROR = Outcome
HIGH, MEDIUM, LOW, CAPS = Priority
WORTH = {ERROR: 0, UNKNOWN: 0, NOT: 0, PARTLY: 1, MET: 2}
OUTCOMES = st.sampled_from([MET, PARTLY, NOT, UNKNOWN, ERROR])
RESULTS = st.lists(st.builds(Result, st.sampled_from(list(Priority)), st.sampled_from(list(Outcome))), max_size=12)
FINDING_RANK = {NOT: 0, UNKNOWN: 0, ERROR: 0, PARTLY: 1, MET: 2, NA: 3}


def results(*pairs):
    return [Result(*pair) for pair in pairs]


def test_the_example_of_the_documentation():
    found = results((HIGH, MET), (HIGH, PARTLY), (MEDIUM, NOT), (LOW, UNKNOWN), (LOW, NA))
    assert scoring.score(found) == Score(50, 62)  # 9 of 18; 11 of 18
    assert scoring.coverage(found) == Coverage(3, 4, 5)
    assert scoring.level(found) is Level.STARTING
    assert scoring.level(found, unknown=2) is Level.BUILDING


@pytest.mark.parametrize(
    ("found", "level", "could_be"),
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
def test_levels(found, level, could_be):
    assert (scoring.level(found), scoring.level(found, unknown=2)) == (level, could_be)


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
    assert scoring.finding(found) is outcome


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
    assert scoring.gate(found, fail_on) is passes


def test_too_little_coverage_closes_the_gate():
    found = results((LOW, MET), (LOW, UNKNOWN))
    assert scoring.judge(found, min_coverage=50).gate
    assert not scoring.judge(found, min_coverage=51).gate


@given(RESULTS, OUTCOMES, OUTCOMES, st.sampled_from(list(Priority)))
def test_a_worse_outcome_never_raises_anything(others, one, other, priority):
    worse, better = sorted((one, other), key=WORTH.get)
    low, high = ([*others, Result(priority, outcome)] for outcome in (worse, better))
    assert scoring.score(low).low <= scoring.score(high).low
    assert FINDING_RANK[scoring.finding(low)] <= FINDING_RANK[scoring.finding(high)]
    if WORTH[worse] < WORTH[better] or not better.determined:
        assert scoring.RANK.index(scoring.level(low)) <= scoring.RANK.index(scoring.level(high))
    for fail_on in scoring.GATES:
        assert scoring.gate(low, fail_on) <= scoring.gate(high, fail_on)


@given(RESULTS, st.sampled_from(list(Priority)), st.sampled_from([MET, PARTLY, NOT]))
def test_losing_the_evidence_never_helps(others, priority, known):
    told, untold = ([*others, Result(priority, outcome)] for outcome in (known, UNKNOWN))
    assert scoring.score(untold).low <= scoring.score(told).low
    assert scoring.score(untold).high >= scoring.score(told).high
    assert FINDING_RANK[scoring.finding(untold)] <= FINDING_RANK[scoring.finding(told)]
    assert scoring.RANK.index(scoring.level(untold)) <= scoring.RANK.index(scoring.level(told))
    assert scoring.gate(untold) <= scoring.gate(told)


@given(RESULTS)
def test_a_red_is_never_hidden_and_nothing_assessed_is_never_green(found):
    judged = scoring.judge(found)
    assert judged.score.low <= judged.score.high
    assert scoring.RANK.index(judged.level) <= scoring.RANK.index(judged.could_be)
    if any(result.caps and result.outcome in (NOT, UNKNOWN, ERROR) for result in found):
        assert judged.level in (Level.UNPROVEN, Level.STARTING)
    if not any(result.outcome.determined and result.priority is not CAPS for result in found):
        assert judged.level is Level.UNPROVEN
        assert not judged.assessed


@given(RESULTS, st.randoms())
def test_order_does_not_matter(found, random):
    shuffled = list(found)
    random.shuffle(shuffled)
    assert scoring.judge(shuffled) == scoring.judge(found)
    assert scoring.finding(shuffled) is scoring.finding(found)

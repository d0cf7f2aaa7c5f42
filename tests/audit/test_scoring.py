"""The formula, by hand and by property: a worse outcome never raises anything."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from engagecheck import Level, Outcome, Priority
from engagecheck.audit.answer import Answer
from engagecheck.audit.scoring import (
    GATES,
    RANK,
    WeighedRule,
    added_up,
    changed,
    documented,
    evidence_of,
    judge,
    rule_score,
    score_of,
)
from engagecheck.model.outcomes import FROM_WORST, FlagKind
from engagecheck.model.report import Coverage, Gate, Score

MET, PARTLY, NOT, UNKNOWN, NA, ERROR = Outcome
HIGH, MEDIUM, LOW, CAPS = Priority
FINDING_RANK = {NOT: 0, UNKNOWN: 0, ERROR: 0, PARTLY: 1, MET: 2, NA: 3}


def one(priority, worst, best=None, *, flags=None, documented=True, gates=True):
    best = best or worst
    if worst in (UNKNOWN, ERROR):
        outcome, worst, best = worst, NOT, MET
    elif worst is NA:
        outcome, worst, best = NA, NOT, MET
    else:
        outcome = worst if worst is best else UNKNOWN
    flags = priority in (HIGH, CAPS) if flags is None else flags
    return Answer(outcome, priority, worst, best, gates, flags, documented and outcome.determined)


def rules(*areas):
    return {f"r{n}": WeighedRule({f"r{n}/c{m}": result for m, result in enumerate(area)}) for n, area in enumerate(areas)}


def judged(*areas, gate=Gate()):
    return judge(rules(*areas).values(), gate)


ENDS = st.sampled_from([(a, b) for a in FROM_WORST for b in FROM_WORST if FROM_WORST.index(a) <= FROM_WORST.index(b)])
RESULTS = st.builds(lambda priority, ends, cited, flags: one(priority, *ends, documented=cited, flags=flags or priority in (HIGH, CAPS)), st.sampled_from(list(Priority)), ENDS, st.booleans(), st.booleans()) | st.builds(one, st.sampled_from(list(Priority)), st.sampled_from([NA, ERROR]))  # fmt: skip
AREAS = st.lists(st.lists(RESULTS, max_size=6), min_size=1, max_size=4)


def test_the_example_of_the_documentation():
    first = [one(HIGH, MET), one(HIGH, PARTLY), one(MEDIUM, NOT), one(LOW, UNKNOWN), one(LOW, NA)]
    assert rule_score(WeighedRule(dict(enumerate(first)))).score == Score(50, 62)  # 9 of 18; 11 of 18
    assert added_up(first).coverage == Coverage(3, 4, 5)
    both = judged(first, [one(LOW, PARTLY, MET)])
    assert both.score == Score(50, 81)
    assert both.coverage == Coverage(3, 5, 6)


def test_each_area_weighs_the_same_and_one_may_count_twice():
    good, poor = [one(LOW, MET)] * 9, [one(LOW, NOT)]
    assert judged(good, poor).score == Score(50, 50)
    twice = {name: replace(rule, weight=2 if name == "r1" else 1) for name, rule in rules(good, poor).items()}
    assert judge(twice.values(), Gate()).score == Score(33, 33)


def test_a_score_is_one_number_where_nothing_is_unknown():
    assert judged([one(HIGH, MET), one(LOW, PARTLY), one(LOW, NOT)]).score == Score(70, 70)


@pytest.mark.parametrize(
    ("areas", "reached", "could_be"),
    [
        ([[one(HIGH, MET), one(LOW, MET)]], Level.SUSTAINING, Level.SUSTAINING),
        ([[one(HIGH, PARTLY), *[one(LOW, MET)] * 30]], Level.SUSTAINING, Level.SUSTAINING),
        ([[one(HIGH, NOT), *[one(LOW, MET)] * 30]], Level.BUILDING, Level.BUILDING),
        ([[one(HIGH, UNKNOWN), *[one(LOW, MET)] * 30]], Level.BUILDING, Level.SUSTAINING),
        ([[*[one(HIGH, NOT)] * 7, *[one(LOW, MET)] * 90]], Level.STARTING, Level.STARTING),
        ([[one(LOW, MET, documented=False)]], Level.UNPROVEN, Level.UNPROVEN),
        ([[one(LOW, MET), one(LOW, MET, documented=False)]], Level.BUILDING, Level.BUILDING),
        ([[one(LOW, MET), *[one(LOW, MET, documented=False)] * 3]], Level.STARTING, Level.STARTING),
        ([[one(CAPS, NOT), *[one(LOW, MET)] * 30]], Level.BUILDING, Level.BUILDING),
        ([[one(CAPS, MET)]], Level.UNPROVEN, Level.UNPROVEN),
        ([[one(HIGH, UNKNOWN), one(LOW, ERROR)]], Level.UNPROVEN, Level.SUSTAINING),
        ([[one(LOW, NOT), one(LOW, NOT)]], Level.UNPROVEN, Level.UNPROVEN),
        ([[]], Level.UNPROVEN, Level.UNPROVEN),
    ],
)
def test_levels(areas, reached, could_be):
    found = judged(*areas)
    assert (found.level, found.could_be) == (reached, could_be)


def test_a_red_flag_is_named_by_what_ends_it_and_an_accepted_one_stays_a_flag():
    found = rules([one(HIGH, NOT), one(LOW, UNKNOWN, flags=True), one(CAPS, NOT), one(HIGH, PARTLY), one(LOW, NOT), one(HIGH, NOT, PARTLY)])
    judgement = judge(found.values(), Gate(), {"r0/c0"})
    assert [(flag.criterion, flag.kind, flag.accepted) for flag in judgement.flags] == [
        ("r0/c0", FlagKind.PUT_RIGHT, True), ("r0/c1", FlagKind.SHOW, False), ("r0/c2", FlagKind.EXPLAIN, False), ("r0/c5", FlagKind.SHOW, False),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("area", "outcome"),
    [
        ([one(HIGH, MET), one(LOW, MET)], MET), ([one(HIGH, MET), one(LOW, NOT), *[one(LOW, MET)] * 9], PARTLY),
        ([one(HIGH, PARTLY), *[one(LOW, MET)] * 30], PARTLY), ([one(HIGH, NOT), *[one(LOW, MET)] * 30], NOT),
        ([one(HIGH, UNKNOWN), *[one(LOW, MET)] * 30], UNKNOWN), ([one(HIGH, ERROR), *[one(LOW, MET)] * 30], ERROR),
        ([one(HIGH, MET), one(LOW, UNKNOWN)], PARTLY), ([one(LOW, NA)], NA), ([], NA),
        ([one(CAPS, MET)], MET), ([one(CAPS, NOT)], NOT), ([one(CAPS, UNKNOWN)], UNKNOWN), ([one(LOW, NOT), one(LOW, UNKNOWN)], UNKNOWN),
        ([one(LOW, NOT, PARTLY), one(LOW, NOT)], NOT),
    ],
)  # fmt: skip
def test_findings(area, outcome):
    assert rule_score(WeighedRule(dict(enumerate(area)))).outcome is outcome


FILL = [one(LOW, MET)] * 40


@pytest.mark.parametrize(
    ("results", "fail_on", "passes"),
    [
        ([one(HIGH, PARTLY)], "high", True), ([one(HIGH, NOT)], "high", False), ([one(HIGH, UNKNOWN)], "high", False),
        ([one(HIGH, ERROR)], "high", False), ([one(CAPS, NOT)], "high", False), ([one(MEDIUM, NOT)], "high", True),
        ([one(MEDIUM, NOT, flags=True)], "high", False), ([one(HIGH, NOT, gates=False)], "high", True),
        ([one(MEDIUM, NOT)], "medium", False), ([one(LOW, NOT)], "medium", True), ([one(LOW, UNKNOWN)], "low", False),
        ([one(HIGH, NOT)], "never", True), ([one(HIGH, NA)], "low", True), ([one(LOW, PARTLY, MET)], "low", True),
    ],
)  # fmt: skip
def test_the_gate(results, fail_on, passes):
    assert judged([*results, *FILL], gate=Gate(fail_on)).gate is passes


def test_a_rating_below_starting_closes_the_gate():
    assert not judged([one(LOW, NOT), one(LOW, MET)]).gate
    assert not judged([one(LOW, MET, documented=False)]).gate


def test_too_little_coverage_closes_the_gate():
    area = [*[one(LOW, MET)] * 3, one(LOW, UNKNOWN)]
    assert judged(area, gate=Gate(min_coverage=75)).gate
    assert not judged(area, gate=Gate(min_coverage=76)).gate


def test_evidence_is_a_share_of_the_scores_weight():
    areas = ([one(HIGH, MET), one(LOW, MET, documented=False)], [one(LOW, UNKNOWN)])
    parts = [*rules(*areas).values()]
    assert evidence_of(parts) == (37, 87)  # (3 of 4 and 0 of 1) ÷ 2; the unknown could be documented
    assert score_of(parts) == Score(50, 100)


def test_putting_right_and_documenting_change_one_result():
    found = rules([one(HIGH, NOT), one(LOW, MET, documented=False)])
    assert judge(changed(found, {"r0/c0": MET}).values(), Gate()).score == Score(100, 100)
    assert judge(documented(found, "r0/c1").values(), Gate()).ladders[2].value == 100


def rank(judgement):
    return [RANK.index(ladder.level) for ladder in judgement.ladders] + [RANK.index(judgement.level), judgement.score.low]


def assert_no_better(low, high):
    assert all(a <= b for a, b in zip(rank(low), rank(high), strict=True))
    assert low.gate <= high.gate


@given(AREAS, ENDS, ENDS, st.sampled_from(list(Priority)), st.sampled_from([*GATES, "never"]))
def test_a_worse_outcome_never_raises_anything(areas, first, other, priority, fail_on):
    worse, better = sorted((first, other), key=lambda ends: [FROM_WORST.index(end) for end in ends])
    if FROM_WORST.index(worse[1]) > FROM_WORST.index(better[1]):
        return  # neither is worse at both ends
    cited = worse[0] is worse[1]  # what is decided may be documented, what is not cannot
    low, high = (judged([*areas[0], one(priority, *ends, documented=cited)], *areas[1:], gate=Gate(fail_on)) for ends in (worse, better))
    if better[0] is better[1] or not cited:
        assert_no_better(low, high)
    for end in (0, 1):
        assert (low.score.low, low.score.high)[end] <= (high.score.low, high.score.high)[end]


@given(AREAS, ENDS, ENDS, st.sampled_from(list(Priority)), st.booleans())
def test_losing_a_fact_never_helps(areas, first, other, priority, cited):
    wide = (min(first[0], other[0], key=FROM_WORST.index), max(first[1], other[1], key=FROM_WORST.index))
    more, less = (judged([*areas[0], one(priority, *ends, documented=cited)], *areas[1:]) for ends in (first, wide))
    assert_no_better(less, more)
    assert less.score.high >= more.score.high
    with_it, without = (rule_score(WeighedRule(dict(enumerate([*areas[0], one(priority, *ends)])))).outcome for ends in (first, wide))
    assert FINDING_RANK[without] <= FINDING_RANK[with_it]


@given(AREAS)
def test_a_flag_is_never_hidden_and_nothing_assessed_is_never_green(areas):
    found = judged(*areas)
    everything = [result for area in areas for result in area if result.outcome is not NA]
    assert found.score.low <= found.score.high
    assert RANK.index(found.level) <= RANK.index(found.could_be)
    assert len(found.flags) == sum(result.flags and result.at_worst is NOT for result in everything)
    if found.flags:
        assert found.level is not Level.SUSTAINING
        assert not found.gate
    if not any((result.at_worst, result.at_best) != (NOT, MET) and result.priority is not CAPS for result in everything):
        assert found.level is Level.UNPROVEN
        assert not found.assessed


@given(AREAS, st.randoms())
def test_order_does_not_matter(areas, random):
    shuffled = [random.sample(area, len(area)) for area in areas]
    assert (judged(*shuffled).score, judged(*shuffled).ladders) == (judged(*areas).score, judged(*areas).ladders)

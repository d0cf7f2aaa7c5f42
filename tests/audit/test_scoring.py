"""The formula, by hand and by property: a worse outcome never raises anything."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from conftest import BARE
from engagecheck import Level, Outcome, Priority, installed, load_profile, run_audit
from engagecheck.audit.answer import Answer, RuleAnswers
from engagecheck.audit.evaluate import Evaluation
from engagecheck.audit.overrides import InForce
from engagecheck.audit.scoring import (
    GATED,
    RANK,
    WeighedRule,
    added_up,
    changed,
    documented,
    evidence_of,
    judge,
    score,
    score_of,
    weighed,
)
from engagecheck.model.outcomes import FROM_WORST, FlagKind
from engagecheck.model.report import Coverage, Gate, Ladder, Score
from engagecheck.model.result import Override
from engagecheck.plugin_host.discovery import BUNDLED, Plugin

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
    assert WeighedRule(dict(enumerate(first))).score == Score(50, 61)  # 9 of 18; 11 of 18
    assert added_up(dict(enumerate(first))).coverage == Coverage(3, 4, 5)
    both = judged(first, [one(LOW, PARTLY, MET)])
    assert both.score == Score(50, 80)
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


def counted(good, of, **more):
    """So many results that are met of a total of desirable ones, of which the others are not met."""
    return [*[one(LOW, MET, **more)] * good, *[one(LOW, NOT)] * (of - good)]


@pytest.mark.parametrize(
    ("score", "level", "missed"),
    [
        (72, Level.SUSTAINING, None), (71, Level.BUILDING, 72), (65, Level.BUILDING, 72), (64, Level.STARTING, 65), (55, Level.STARTING, 65),
        (54, Level.UNPROVEN, 55), (0, Level.UNPROVEN, 55), (100, Level.SUSTAINING, None),
    ],
)  # fmt: skip
def test_the_ladder_of_the_score_at_its_edges(score, level, missed):
    assert judged(counted(score, 100)).ladders[0] == Ladder("score", score, level, missed)


@pytest.mark.parametrize(
    ("percent", "level", "missed"),
    [
        (75, Level.SUSTAINING, None), (74, Level.BUILDING, 75), (50, Level.BUILDING, 75), (49, Level.STARTING, 50), (25, Level.STARTING, 50),
        (24, Level.UNPROVEN, 25), (0, Level.UNPROVEN, 25),
    ],
)  # fmt: skip
def test_the_ladder_of_the_evidence_at_its_edges(percent, level, missed):
    found = judged([*[one(LOW, MET)] * percent, *[one(LOW, MET, documented=False)] * (100 - percent)])
    assert found.ladders[2] == Ladder("evidence", percent, level, missed)
    assert found.level is level


@pytest.mark.parametrize(
    ("flags", "level", "missed"),
    [
        (0, Level.SUSTAINING, None),
        (1, Level.BUILDING, 0),
        (6, Level.BUILDING, 0),
        (7, Level.STARTING, 6),
        (99, Level.STARTING, 6),
    ],
)
def test_the_ladder_of_red_flags_at_its_edges(flags, level, missed):
    found = judged([*[one(LOW, NOT, flags=True)] * flags, *[one(LOW, MET)] * 900])
    assert found.ladders[1] == Ladder("flags", flags, level, missed)
    assert found.level is level


@pytest.mark.parametrize("worse", [[one(LOW, PARTLY)], [one(LOW, NOT)], [one(LOW, UNKNOWN)]])
def test_both_ends_are_rounded_down(worse):
    low, high = judged([*worse, *[one(LOW, MET)] * 2]).score.low, judged([*worse, one(LOW, MET), one(LOW, UNKNOWN)]).score.high
    points = {PARTLY: 1, NOT: 0, UNKNOWN: 0}[worse[0].outcome]
    assert low == {1: 83, 0: 66}[points]  # 5 of 6, 4 of 6
    assert high == {PARTLY: 83, NOT: 66, UNKNOWN: 100}[worse[0].outcome]


@pytest.mark.parametrize(
    ("area", "outcome"),
    [
        # met from 80 % if nothing has 0 points, partly met from 50 %
        ([*[one(LOW, MET)] * 6, *[one(LOW, PARTLY)] * 4], MET), ([*[one(LOW, MET)] * 59, *[one(LOW, PARTLY)] * 41], PARTLY),
        ([*[one(LOW, MET)] * 80, *[one(LOW, NOT)] * 20], PARTLY), (counted(50, 100), PARTLY), (counted(49, 100), NOT),
        # an essential question counts three times, and must be met
        ([one(HIGH, PARTLY), one(LOW, NOT)], NOT), ([one(HIGH, MET), *[one(LOW, NOT)] * 3], PARTLY), ([one(HIGH, MET), *[one(LOW, NOT)] * 4], NOT),
        ([one(MEDIUM, MET), *[one(LOW, NOT)] * 2], PARTLY), ([one(MEDIUM, MET), *[one(LOW, NOT)] * 3], NOT), ([one(HIGH, PARTLY)], PARTLY),
        # a contradiction has no weight, and must not be there
        ([one(LOW, MET), one(CAPS, NOT)], NOT), ([one(LOW, MET), one(CAPS, PARTLY)], PARTLY), ([one(LOW, NOT), one(CAPS, MET)], NOT),
        # what does not apply is left out, and a failure of the tool is said only if it decides
        ([one(HIGH, MET), one(HIGH, NA)], MET), ([one(HIGH, NOT), one(LOW, ERROR)], NOT), ([one(LOW, ERROR), one(LOW, UNKNOWN)], ERROR),
        ([one(LOW, MET), one(LOW, MET), one(LOW, ERROR)], PARTLY),
    ],
)  # fmt: skip
def test_an_area_at_its_edges(area, outcome):
    assert WeighedRule(dict(enumerate(area))).outcome is outcome


def test_a_finding_without_a_weight_has_no_score():
    assert WeighedRule({"c": one(CAPS, MET)}).score is None
    assert WeighedRule({"c": one(LOW, NA)}).score is None
    assert WeighedRule({"c": one(LOW, NOT)}).score == Score(0, 0)


def test_what_is_added_up_of_an_area():
    area = [one(HIGH, PARTLY), one(MEDIUM, NOT, MET), one(LOW, MET, documented=False), one(CAPS, MET), one(LOW, NA), one(LOW, ERROR)]
    found = added_up(dict(enumerate(area)))
    assert found.poor == {1: area[1], 5: area[5]}
    assert (found.possible, found.reached, found.lowest, found.lowest_essential) == (14, (5, 11), (0, 1), (1, 1))
    assert (found.documented, found.undecided, found.coverage) == (3, 3, Coverage(3, 5, 6))
    assert (added_up({}).lowest, added_up({}).lowest_essential, added_up({}).possible) == ((2, 2), (2, 2), 0)
    assert added_up({"c": one(LOW, NOT)}).lowest_essential == (2, 2)


def test_nothing_to_judge_is_no_coverage():
    assert judge([], Gate()).coverage == Coverage(0, 0, 0)
    assert judge([], Gate()).score == Score(0, 100)
    assert not judge([], Gate()).assessed
    assert not judged([one(LOW, UNKNOWN)], [one(CAPS, NOT)]).assessed
    assert judged([one(LOW, NOT)]).assessed
    assert judged([one(LOW, MET)]).assessed
    assert judged([one(LOW, UNKNOWN)], [one(LOW, PARTLY, MET)]).assessed


def test_only_what_is_surely_not_met_counts_as_a_flag_at_the_high_end():
    fill = [one(LOW, MET)] * 900
    assert judged([one(HIGH, NOT), *fill]).could_be is Level.BUILDING
    assert judged([one(HIGH, NOT, PARTLY), *fill]).could_be is Level.SUSTAINING
    assert judged([one(MEDIUM, NOT, flags=False), *fill]).could_be is Level.SUSTAINING
    assert judged([*[one(HIGH, NOT)] * 7, *fill]).could_be is Level.STARTING


def test_one_accepted_gap_does_not_gate_and_others_do():
    area = rules([one(HIGH, NOT), *[one(LOW, MET)] * 40])
    assert judge(area.values(), Gate(), {"r0/c0"}).gate
    assert not judge(area.values(), Gate(), {"r0/c1"}).gate
    assert [flag.accepted for flag in judge(rules([one(HIGH, NOT, gates=False)]).values(), Gate()).flags] == [True]


def test_what_is_put_right_rests_on_a_document_and_what_is_documented_keeps_its_points():
    found = rules([one(HIGH, UNKNOWN), one(LOW, MET, documented=False)], [one(LOW, PARTLY, MET)])
    right = changed(found, {"r0/c0": MET, "r1/c0": PARTLY})
    assert (right["r0"].results["r0/c0"].outcome, right["r0"].results["r0/c0"].documented) == (MET, True)
    assert (right["r1"].results["r1/c0"].at_best, right["r1"].results["r1/c0"].documented) == (PARTLY, True)
    assert right["r0"].results["r0/c1"] == found["r0"].results["r0/c1"]
    assert changed(found, {"r0/c1": NOT})["r0"].results["r0/c1"].documented is False
    shown = documented(found, "r1/c0")["r1"].results["r1/c0"]
    assert (shown.outcome, shown.at_worst, shown.at_best, shown.documented) == (PARTLY, PARTLY, PARTLY, True)
    assert documented(found, "r1/c0")["r0"] is found["r0"]


def test_a_red_flag_is_named_by_what_ends_it_and_an_accepted_one_stays_a_flag():
    found = rules(
        [
            one(HIGH, NOT),
            one(LOW, UNKNOWN, flags=True),
            one(CAPS, NOT),
            one(HIGH, PARTLY),
            one(LOW, NOT),
            one(HIGH, NOT, PARTLY),
        ]
    )
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
    assert WeighedRule(dict(enumerate(area))).outcome is outcome


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
    assert judged([one(LOW, NA), *area], gate=Gate(min_coverage=75)).gate  # of those that apply
    assert judged([one(HIGH, NOT)], gate=Gate("NEVER".lower(), min_coverage=100)).gate
    assert not judged([*[one(LOW, MET)] * 743, *[one(LOW, UNKNOWN)] * 257], gate=Gate(min_coverage=75)).gate
    assert not judged([one(LOW, UNKNOWN)], gate=Gate("never", min_coverage=1)).gate


def test_evidence_is_a_share_of_the_scores_weight():
    areas = ([one(HIGH, MET), one(LOW, MET, documented=False)], [one(LOW, UNKNOWN)])
    parts = [*rules(*areas).values()]
    assert evidence_of(parts) == (37, 87)  # (3 of 4 and 0 of 1) ÷ 2; the unknown could be documented
    assert score_of(parts) == Score(50, 100)
    assert evidence_of([*rules([one(LOW, MET), one(LOW, UNKNOWN)]).values()]) == (50, 100)
    assert evidence_of([*rules([one(CAPS, MET)]).values()]) == (0, 0)


def test_putting_right_and_documenting_change_one_result():
    found = rules([one(HIGH, NOT), one(LOW, MET, documented=False)])
    assert judge(changed(found, {"r0/c0": MET}).values(), Gate()).score == Score(100, 100)
    assert judge(documented(found, "r0/c1").values(), Gate()).ladders[2].value == 100


def rank(judgement):
    return [RANK.index(ladder.level) for ladder in judgement.ladders] + [RANK.index(judgement.level), judgement.score.low]


def assert_no_better(low, high):
    assert all(a <= b for a, b in zip(rank(low), rank(high), strict=True))
    assert low.gate <= high.gate


@given(AREAS, ENDS, ENDS, st.sampled_from(list(Priority)), st.sampled_from([*GATED, "never"]))
def test_a_worse_outcome_never_raises_anything(areas, first, other, priority, fail_on):
    worse, better = sorted((first, other), key=lambda ends: [FROM_WORST.index(end) for end in ends])
    if FROM_WORST.index(worse[1]) > FROM_WORST.index(better[1]):
        return  # neither is worse at both ends
    cited = worse[0] is worse[1]  # what is decided may be documented, what is not cannot
    low, high = (
        judged([*areas[0], one(priority, *ends, documented=cited)], *areas[1:], gate=Gate(fail_on)) for ends in (worse, better)
    )
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
    with_it, without = (WeighedRule(dict(enumerate([*areas[0], one(priority, *ends)]))).outcome for ends in (first, wide))
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


def rule_of(pack, *results, name="r0", **more):
    return RuleAnswers(
        name,
        Plugin(name, pack, "1", lambda: None),
        {f"{name}/c{number}": result for number, result in enumerate(results)},
        **more,
    )


def scored(*of_packs, gate=Gate(), headline=BUNDLED, **overrides):
    profile = load_profile(BARE)
    in_force = {
        name.replace("_", "/"): InForce(overrides=(Override(kind, name, "so", "chair", "2025-01-01", "2025-12-31"),))
        for name, kind in overrides.items()
    }
    return score(Evaluation(profile, of_packs, in_force, (), (), ()), gate, headline)


def test_each_pack_has_a_judgement_of_its_own_and_the_headline_and_ours_always():
    found = scored(
        rule_of(BUNDLED, one(LOW, MET)), rule_of("ward", one(LOW, NOT), name="r1"), rule_of("ward", one(LOW, MET), name="r2")
    )
    assert {pack: judgement.score for pack, judgement in found.packs.items()} == {
        BUNDLED: Score(100, 100),
        "ward": Score(50, 50),
    }
    assert {name: rule.outcome for name, rule in found.rules.items()} == {"r0": MET, "r1": NOT, "r2": MET}
    assert set(scored(headline="ward").packs) == {BUNDLED, "ward"}
    assert set(scored().packs) == {BUNDLED}
    heavy = scored(rule_of(BUNDLED, one(LOW, MET), weight=2), rule_of(BUNDLED, one(LOW, NOT), name="r1"))
    assert heavy.packs[BUNDLED].score == Score(66, 66)


def test_a_rule_that_is_left_out_counts_by_the_defaults_only():
    good, poor = one(LOW, MET), one(HIGH, NOT)
    found = scored(
        rule_of(BUNDLED, *[good] * 9), rule_of(BUNDLED, poor, name="r1", left_out="reviewed elsewhere"), gate=Gate("never")
    ).packs[BUNDLED]
    assert (found.level, found.score, found.coverage.total, found.gate) == (Level.SUSTAINING, Score(100, 100), 9, True)
    assert (found.by_default, found.gate_by_default) == (Level.UNPROVEN, False)
    usual = scored(rule_of(BUNDLED, good)).packs[BUNDLED]
    assert (usual.by_default, usual.gate_by_default) == (None, None)


def test_a_tailored_answer_counts_by_its_default_too():
    tailored = replace(one(LOW, MET), by_default=(NOT, NOT))
    found = scored(rule_of(BUNDLED, tailored, one(LOW, MET), *[one(LOW, MET)] * 3)).packs[BUNDLED]
    assert (found.level, found.by_default, found.gate, found.gate_by_default) == (
        Level.SUSTAINING,
        Level.SUSTAINING,
        True,
        True,
    )
    found = scored(rule_of(BUNDLED, tailored, one(LOW, MET), weight=2)).packs[BUNDLED]
    assert (found.level, found.by_default, found.gate, found.gate_by_default) == (Level.SUSTAINING, Level.UNPROVEN, True, False)
    heavy = scored(rule_of(BUNDLED, tailored), rule_of(BUNDLED, one(LOW, MET), name="r1", weight=3)).packs[BUNDLED]
    assert heavy.by_default is Level.SUSTAINING  # three quarters of the weight


def test_an_accepted_gap_and_an_attestation_are_counted_and_change_no_outcome():
    area = rule_of(BUNDLED, one(HIGH, NOT), one(LOW, UNKNOWN), one(LOW, MET), *[one(LOW, MET)] * 40)
    plain, accepted = scored(area).packs[BUNDLED], scored(area, r0_c0="accepted gap").packs[BUNDLED]
    assert (plain.gate, accepted.gate) == (False, True)
    assert [flag.accepted for flag in accepted.flags] == [True]
    assert (accepted.level, accepted.score, accepted.coverage.attested) == (plain.level, plain.score, 0)
    assert [
        scored(area, **{name: "attestation"}).packs[BUNDLED].coverage.attested for name in ("r0_c0", "r0_c1", "r0_c2", "r9_c0")
    ] == [0, 1, 0, 0]
    assert not scored(area, r0_c0="attestation").packs[BUNDLED].gate
    assert scored(area, r0_c1="attestation", r0_c0="accepted gap").packs[BUNDLED].coverage.attested == 1
    out = [replace(area, left_out="elsewhere"), rule_of(BUNDLED, one(LOW, MET), name="r1")]
    assert scored(*out, r0_c1="attestation").packs[BUNDLED].coverage.attested == 0


def test_an_accepted_gap_of_a_report_does_not_gate():
    finding = run_audit(BARE, installed(third_party=False)).findings[0]
    gap, vouched = (
        Override(kind, "a/b", "so", "chair", "2025-01-01", "2025-12-31") for kind in ("accepted gap", "attestation")
    )
    for overrides, gates in (((), True), ((vouched,), True), ((gap,), False), ((vouched, gap), False)):
        rule = weighed(
            [replace(finding, criteria=tuple(replace(each, overrides=overrides) for each in finding.criteria), weight=2)]
        )[finding.rule]
        assert {result.gates for result in rule.results.values()} == {gates}
        assert (rule.weight, len(rule.results)) == (2, len(finding.criteria))


def test_what_is_scored_cannot_be_changed_and_weighs_one():
    rule = WeighedRule({"c": one(LOW, MET)})
    assert rule.weight == 1
    for value, name in ((rule, "weight"), (rule.totals, "possible"), (rule, "score"), (scored(), "rules")):
        with pytest.raises(AttributeError):
            setattr(value, name, 2)


def test_a_mean_that_is_a_whole_number_is_that_number():
    good, poor = one(LOW, MET), one(LOW, NOT)
    assert judged([good, poor], [good, good, poor], [good, poor, poor]).score == Score(50, 50)  # 1/2, 2/3 and 1/3 add up to less than 1.5

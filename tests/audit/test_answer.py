"""One criterion put to one profile: what becomes of a value, of its ends, and of what is said about it."""

from math import inf, nan

import pytest
from attrs import evolve

from conftest import BARE
from engagecheck import (
    Applies,
    Assurance,
    Either,
    Measured,
    NotApplicable,
    NotEvidenced,
    Outcome,
    Priority,
    Range,
    Rule,
    Share,
    at_least,
    grades,
    load_profile,
    maybe,
    yes,
)
from engagecheck import recommendation as advice
from engagecheck.audit.answer import Answer, RuleAnswers, ask, failed, is_documented, needed
from engagecheck.errors import text_of
from engagecheck.plugin_host.discovery import Plugin

MET, PARTLY, NOT, UNKNOWN, NA, ERROR = Outcome
ADVICE = advice("Mend it.", owner="chair", horizon="1 month", effort="low", success="It is mended.")
TIME, STRATEGY = "talent.chief_registrar_time", "talent.leadership_strategy"
GRADES = grades(met="all", partly="some", poor="none")


def criterion(answer, reads=(TIME,), yardstick=at_least(50, partly=20), **more):
    """A criterion whose measure answers this, or raises it if it is an exception."""

    def told():
        if isinstance(answer, BaseException):
            raise answer
        return answer

    def of_one(_fact):
        """Answer as told."""
        return told()

    def of_two(_fact, _other):
        """Answer as told."""
        return told()

    rule = Rule("a-rule", title="A rule", source="", why="Because.")
    rule.criterion(
        "a-criterion", question="Is it so?", reads=reads, yardstick=yardstick, basis="judgement", source="", priority="medium",
        recommend=ADVICE, show="A document", **more,
    )(of_one if len(reads) == 1 else of_two)  # fmt: skip
    return rule["a-criterion"]


def profile_of(**talent):
    return load_profile({**BARE, "talent": talent} if talent else BARE)


SHOWN = profile_of(chief_registrar_time=40)


def asked(answer, profile=SHOWN, *, flags=False, **more):
    return ask(criterion(answer, **more), profile, flags=flags)


@pytest.mark.parametrize(
    ("answer", "value"),
    [
        (60, 60), (-60, -60), (10**308 - 1, 10**308 - 1), (60.123456789, 60.123457), (0.1 + 0.2, 0.3), (Range(1.123456789, 2), Range(1.123457, 2)),
        (Range(2, 2), 2), (Range(1, 2.0000001), Range(1, 2.0)), (Range(1.0000001, 1.0000002), 1.0), (Range(3, inf), Range(3, inf)), (Range(-inf, 3), Range(-inf, 3)),
        (Range(inf, inf), Range(inf, inf)), (Share(3, 4), Share(3, 4)), (Measured(60.123456789), 60.123457),
    ],
)  # fmt: skip
def test_a_value_has_six_decimals_and_whole_numbers_stay_whole(answer, value):
    found = asked(answer)
    assert (found.value, type(found.value)) == (value, type(value))
    assert found.exception == ""


def test_a_whole_number_is_whole_up_to_the_largest_and_an_endless_range_has_no_number():
    assert type(asked(10**308).value) is float
    assert asked(Range(float("inf"), float("inf"))).value == Range(inf, inf)


def test_flags_are_named_and_nothing_is_one_unless_it_is_said():
    assert not ask(criterion(10), SHOWN).flags
    with pytest.raises(TypeError, match="positional argument"):
        ask(criterion(10), SHOWN, True)
    with pytest.raises(TypeError, match="positional argument"):
        failed(criterion(10), "It failed.", "so", True)


def test_what_is_decided_against_the_organisation_is_known_too():
    for value, outcome in ((10, NOT), (30, PARTLY), (60, MET)):
        found = ask(criterion(value, reads=(TIME, maybe(STRATEGY))), cited())
        assert (found.outcome, found.documented, found.missing) == (outcome, True, ())


def test_the_whole_ends_of_a_range_stay_whole():
    found = asked(Range(1, 2.5)).value
    assert (type(found.low), type(found.high)) == (int, float)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (10**309, "OverflowError"), (-(10**309), "OverflowError"), (Range(3, 2), "whose low end is above its high end"), (Range(nan, 2), "whose low end is above its high end"),
        (nan, "which is not a finite number"), (inf, "which is not a finite number"), (-inf, "which is not a finite number"), (Either(()), "which is not a finite number"),
        ([1], "which is not a finite number"), (Measured(60, because=5), "because= is a sentence"), (Measured(60, at=[1]), "at= a tuple of entries"),
        (Measured([1]), "which is not a finite number"), (Share(5, 3), "whose counts are not whole numbers from 0 to the total"), (Share(-1, 3), "whose counts"), (Share(1, 3, 4), "whose counts"),
        (Share(2, 3, 1), "whose counts"), (Share(1, 0), "whose counts"), (Share(0, -1), "whose counts"), (Share(1.5, 3), "whose counts"), (Share(nan, 3), "whose counts"), (Measured(Share(5, 3)), "whose counts"),
    ],
)  # fmt: skip
def test_what_is_no_value_is_a_fault_of_the_rule(answer, words):
    found = asked(answer, flags=True)
    assert (found.outcome, found.at_worst, found.at_best, found.flags, found.gates, found.value) == (
        ERROR,
        NOT,
        MET,
        True,
        True,
        None,
    )
    assert words in found.exception
    kind = found.exception.partition(":")[0]
    assert found.explanation == f"The rule failed ({kind}); this is a fault in the tool or plugin."


def test_a_text_of_a_plugins_own_kind_becomes_plain():
    class Mine(str):
        __slots__ = ()

    found = asked(Mine("some"), yardstick=GRADES)
    assert (found.value, type(found.value), found.outcome, found.case) == ("some", str, PARTLY, "some")


@pytest.mark.parametrize(
    ("answer", "value", "case"),
    [
        (Either(("some", "all")), Either(("some", "all")), ""), (Either(("some",)), "some", "some"), ("all", "all", "all"),
        (Measured("all", case="special"), "all", "special"), (Measured("all"), "all", "all"),
    ],
)  # fmt: skip
def test_a_grade_is_the_case_of_its_recommendation(answer, value, case):
    found = asked(answer, yardstick=GRADES)
    assert (found.value, found.case) == (value, case)


@pytest.mark.parametrize(
    ("answer", "worst", "best"),
    [
        (60, MET, MET), (20, PARTLY, PARTLY), (19, NOT, NOT), (Range(20, 50), PARTLY, MET), (Range(19, 49), NOT, PARTLY),
        (Measured(10, utmost=True), MET, MET), (Measured(10, utmost=None), NOT, MET), (Measured(20, utmost=None), PARTLY, MET), (Measured(10), NOT, NOT),
    ],
)  # fmt: skip
def test_the_ends_decide_the_outcome(answer, worst, best):
    found = asked(answer, flags=True)
    assert (found.at_worst, found.at_best) == (worst, best)
    assert found.outcome is (worst if worst is best else UNKNOWN)
    assert (found.flags, found.gates, found.priority) == (True, True, Priority.MEDIUM)


def test_what_is_open_has_both_ends():
    for found in (
        asked(60, profile_of(), flags=True),
        asked(NotEvidenced("nobody asked"), flags=True),
        asked(None, flags=True),
    ):
        assert (found.outcome, found.at_worst, found.at_best, found.flags, found.gates, found.documented) == (
            UNKNOWN,
            NOT,
            MET,
            True,
            True,
            False,
        )


def test_what_is_kept_out_of_the_gate_stays_out():
    kept_out = evolve(criterion(60), gates=False)
    for profile in (SHOWN, profile_of()):
        assert not ask(kept_out, profile).gates
    for answer in (NotEvidenced("so"), NotApplicable("so"), ValueError("so"), Range(0, 60)):
        assert not ask(evolve(criterion(answer), gates=False), SHOWN).gates


@pytest.mark.parametrize("answer", [NotApplicable("it is not so"), Measured(NotApplicable("it is not so")), 60])
def test_what_does_not_apply_is_no_flag(answer):
    more = {"applies": Applies(countries=("Wales",), to="Welsh bodies")} if answer == 60 else {}
    found = asked(answer, flags=True, **more)
    assert (found.outcome, found.flags, found.gates) == (NA, False, True)
    assert found.explanation == ("Asked of Welsh bodies only." if answer == 60 else "It is not so.")


@pytest.mark.parametrize("answer", [Share(0, 0), Measured(Share(0, 0))])
def test_a_share_of_nobody_does_not_apply(answer):
    assert (asked(answer).outcome, asked(answer).explanation) == (NA, "The total is 0.")


@pytest.mark.parametrize(
    ("text", "sentence"), [("so it is", "So it is."), ("So?", "So?"), ("so!", "So!"), ("So it is.", "So it is."), ("é", "É.")]
)
def test_a_reason_is_a_sentence(text, sentence):
    assert asked(NotEvidenced(text)).message(SHOWN) == sentence


def test_what_is_not_stated_within_a_group_is_named_where_nothing_else_says_why():
    profile = load_profile({**BARE, "commitment": {"board_lead": {"named": True}, "engagement_reviews": {"of": 1}}})
    group, listing = ("commitment.board_lead",), ("commitment.engagement_reviews",)
    parts = ("commitment.board_lead.all_doctors", "commitment.board_lead.reports_to_board")
    assert ask(criterion(NotEvidenced(), reads=group), profile).missing == parts
    assert ask(criterion(NotEvidenced("so"), reads=group), profile).missing == ()
    assert ask(criterion(NotEvidenced(), reads=listing), profile).missing == ()


def test_the_answers_of_a_rule_stay_as_they_are_and_count_once():
    answers = RuleAnswers("a-rule", Plugin("a-rule", "mine", "1", lambda: None), {})
    assert answers.weight == 1
    with pytest.raises(AttributeError):
        answers.weight = 2


def test_what_is_not_stated_is_named_only_if_it_might_decide():
    both = (maybe(TIME), maybe(STRATEGY))
    known, open_end = (ask(criterion(answer, reads=both), SHOWN) for answer in (60, Range(0, 60)))
    assert (known.missing, open_end.missing) == ((), (STRATEGY,))
    assert open_end.message(SHOWN).startswith("Not stated: ")
    assert ask(criterion(60, reads=(TIME, maybe(STRATEGY))), profile_of()).missing == (TIME,)
    assert ask(criterion(NotEvidenced("so"), reads=both), SHOWN).missing == (STRATEGY,)
    assert ask(criterion(NotEvidenced("so"), reads=both), SHOWN).message(SHOWN).startswith("So. Not stated: ")


def test_where_nothing_is_said_the_facts_do_not_say():
    assert asked(None).message(SHOWN) == "The facts do not say."
    assert asked(Measured(None, because="Nobody knows.")).message(SHOWN) == "Nobody knows."
    assert asked(Range(0, 60)).message(SHOWN) == ""
    assert asked(NotApplicable("")).message(SHOWN) == ""
    assert asked(60).message(SHOWN) == ""


def test_what_falls_short_stands_behind_the_explanation():
    share = asked(Share(1, 3, 2, ("one",), 1), yardstick=at_least(0.5))
    assert (share.explanation, share.entries) == ("1 of 3 is not listed.", ("one",))
    measured = asked(Measured(10, because="Ten.", at=("this",)))
    assert (measured.explanation, measured.entries) == ("Ten.", ("this",))


def test_an_answer_with_other_ends():
    found = Answer(MET, Priority.LOW, MET, MET).with_ends((NOT, PARTLY))
    assert (found.outcome, found.at_worst, found.at_best) == (UNKNOWN, NOT, PARTLY)
    assert found.with_ends((NOT, NOT)).outcome is NOT
    usual = Answer(UNKNOWN, Priority.LOW)
    assert (usual.at_worst, usual.at_best, usual.gates, usual.flags, usual.documented) == (NOT, MET, True, False, False)
    with pytest.raises(AttributeError):
        usual.gates = False


def cited(assurance="documented", effective="2025-01", **part):
    item = {"id": "A", "title": "A", "kind": "other", "assurance": assurance, "effective": effective}
    return load_profile(
        {
            **BARE,
            "evidence": [item],
            "talent": {"chief_registrar_time": 40, "evidence_for": {"chief_registrar_time": ["A"]}, **part},
        }
    )


@pytest.mark.parametrize(
    ("profile", "answer", "least", "outcome", "ends"),
    [
        (cited(), 60, Assurance.DOCUMENTED, MET, (MET, MET)), (cited(), 60, Assurance.CORROBORATED, UNKNOWN, (NOT, MET)), (cited("corroborated"), 60, Assurance.CORROBORATED, MET, (MET, MET)),
        (cited(effective="2020-01"), 60, Assurance.DOCUMENTED, UNKNOWN, (NOT, MET)), (SHOWN, 60, Assurance.DOCUMENTED, UNKNOWN, (NOT, MET)), (SHOWN, 60, Assurance.ASSERTED, MET, (MET, MET)),
        # what counts against the organisation stays
        (SHOWN, 10, Assurance.VERIFIED, NOT, (NOT, NOT)), (SHOWN, 30, Assurance.VERIFIED, UNKNOWN, (NOT, PARTLY)), (SHOWN, Range(10, 30), Assurance.VERIFIED, UNKNOWN, (NOT, PARTLY)),
    ],
)  # fmt: skip
def test_what_would_be_met_needs_evidence_that_is_strong_enough(profile, answer, least, outcome, ends):
    found = ask(criterion(answer, min_assurance=least), profile)
    assert (found.outcome, (found.at_worst, found.at_best)) == (outcome, ends)
    assert found.documented is (outcome is MET and least is not Assurance.ASSERTED)


def test_too_weak_evidence_is_said_before_the_explanation():
    found = ask(criterion(Measured(60, because="Sixty."), min_assurance=Assurance.VERIFIED), SHOWN)
    assert (found.explanation, found.missing, found.entries) == (
        "The evidence is too weak: asserted. At least verified is required. Sixty.",
        (),
        (),
    )
    nothing = ask(criterion(60, reads=(maybe(TIME),), min_assurance=Assurance.VERIFIED), profile_of())
    assert nothing.explanation.startswith("The evidence is too weak: none. At least verified is required.")


@pytest.mark.parametrize(
    ("profile", "reads", "documented"),
    [
        (cited(), (TIME,), True), (SHOWN, (TIME,), False), (cited("verified"), (TIME,), True), (cited("asserted"), (TIME,), False), (cited(effective="2020-01"), (TIME,), False),
        (cited(leadership_strategy=True), (TIME, STRATEGY), False), (cited(leadership_strategy=True), (TIME, maybe(STRATEGY)), True),
        (cited(leadership_strategy=True), (maybe(TIME), maybe(STRATEGY)), False), (cited(), (maybe(TIME), maybe(STRATEGY)), True), (profile_of(), (maybe(TIME),), False),
        (cited(), (TIME, "organisation"), True), (cited(), (TIME, "as_of"), True), (SHOWN, (maybe(STRATEGY), "organisation"), False),
    ],
)  # fmt: skip
def test_what_rests_on_documents(profile, reads, documented):
    one = criterion(60, reads=reads)
    facts = {path: profile.fact(path) for path in one.paths}
    assert is_documented(one, profile, facts) is documented
    assert ask(one, profile).documented is documented
    assert ask(criterion(Range(0, 60), reads=reads), profile).documented is False


def test_the_facts_that_need_evidence():
    one = criterion(60, reads=(TIME, maybe(STRATEGY)))
    assert needed(one, {TIME: 40, STRATEGY: True}) == {TIME: 40}
    assert needed(one, {TIME: None, STRATEGY: True}) == {STRATEGY: True}
    assert needed(criterion(60, reads=(TIME, "organisation")), {TIME: 40, "organisation": "A"}) == {TIME: 40}


def test_an_exception_without_a_text_is_named_by_its_kind():
    class Mute(Exception):
        def __str__(self):
            raise RuntimeError

    assert text_of(ValueError("no")) == "ValueError: no"
    assert text_of(Mute()) == "Mute"
    assert asked(Mute()).exception == "Mute"


def test_facts_and_yardsticks_of_other_kinds():
    assert asked(True, yardstick=yes).value is True
    assert asked(True).outcome is ERROR
    assert asked(60, yardstick=yes).outcome is ERROR

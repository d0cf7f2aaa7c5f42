import pytest

from conftest import BARE
from engagecheck import (
    Applies,
    Measured,
    NotApplicable,
    NotEvidenced,
    Outcome,
    Rule,
    RuleRefused,
    Share,
    at_least,
    load_profile,
    maybe,
    yes,
)
from engagecheck import recommendation as advice
from engagecheck.audit.answer import ask
from engagecheck.testing import judge

ADVICE = advice("Mend it.", owner="chair", horizon="1 month", effort="low", success="It is mended.")


def criterion(measure, reads=("talent.chief_registrar_time",), yardstick=at_least(50), **more):
    rule = Rule("a-rule", title="A rule", source="", why="Because.")
    rule.criterion(
        "a-criterion", question="Is it so?", reads=reads, yardstick=yardstick, basis="judgement", source="",
        priority="high", recommend=ADVICE, show="A document", **more,
    )(measure)
    return rule["a-criterion"]


def answering(answer):
    def measure(_fact):
        """Answer as told."""
        if isinstance(answer, BaseException) and not isinstance(answer, NotEvidenced | NotApplicable):
            raise answer
        return answer

    return measure


def walked(measure, document=None, **more):
    return ask(criterion(measure, **more), profile_of(document))


def profile_of(document=None):
    return load_profile(document or {**BARE, "talent": {"chief_registrar_time": 40}})


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (60, Outcome.MET), (40.5, Outcome.NOT_MET), (49.9999999, Outcome.MET), (None, Outcome.NOT_EVIDENCED),
        (NotEvidenced("it says 8 and shows 3"), Outcome.NOT_EVIDENCED), (NotApplicable("none"), Outcome.NOT_APPLICABLE),
        (Measured(60, because="So."), Outcome.MET), (Measured(None), Outcome.NOT_EVIDENCED), (Share(1, 4), Outcome.NOT_MET),
        (float("nan"), Outcome.ERROR), (float("inf"), Outcome.ERROR), ("sixty", Outcome.ERROR), (True, Outcome.ERROR),
        ([60], Outcome.ERROR), (object(), Outcome.ERROR), (ValueError("no"), Outcome.ERROR), (SystemExit(0), Outcome.ERROR),
        (RecursionError(), Outcome.ERROR), (ExceptionGroup("many", [ValueError()]), Outcome.ERROR), (GeneratorExit(), Outcome.ERROR),
    ],
)  # fmt: skip
def test_whatever_a_measure_answers_has_one_outcome(answer, outcome):
    assert walked(answering(answer)).outcome is outcome


def test_an_interrupt_ends_the_run():
    with pytest.raises(KeyboardInterrupt):
        walked(answering(KeyboardInterrupt()))


def test_exception_texts_stay_out_of_the_message():
    found = walked(answering(ValueError("/home/somebody/secret")))
    assert "secret" not in found.message(profile_of())
    assert "secret" in found.exception


def test_a_missing_fact_ends_before_the_measure_runs():
    found = walked(answering(RuntimeError("was called")), document=BARE)
    assert (found.outcome, found.message(profile_of(BARE))) == (Outcome.NOT_EVIDENCED, "Not stated: What percentage of the chief registrar's time is protected?")


def test_a_withheld_fact_is_not_evidenced_with_its_reason():
    document = {**BARE, "talent": {"withheld": {"chief_registrar_time": "under review"}}}
    found = walked(answering(60), document=document)
    assert (found.outcome, found.message(profile_of(document))) == (Outcome.NOT_EVIDENCED, "Withheld: under review.")


def test_applicability_is_asked_first():
    found = walked(answering(60), document=BARE, applies=Applies(countries=("Wales",), to="Welsh bodies"))
    assert (found.outcome, found.message(profile_of())) == (Outcome.NOT_APPLICABLE, "Asked of Welsh bodies only.")


def test_a_fact_that_may_be_missing_arrives_as_none():
    seen = []

    def measure(fact):
        """Note what arrives."""
        seen.append(fact)
        return 60

    assert walked(measure, document=BARE, reads=maybe("talent.chief_registrar_time")).outcome is Outcome.MET
    assert seen == [None]


def test_a_path_that_no_profile_has_is_a_fault_of_the_rule():
    assert walked(answering(60), reads=("talent.nothing_of_the_kind",)).outcome is Outcome.ERROR


def test_facts_cannot_be_changed():
    def measure(structure):
        """Try to change what it reads."""
        structure.of = 100
        return True

    document = {**BARE, "structure": {"divisions": {"of": 1}}}
    assert walked(measure, document=document, reads="structure.divisions", yardstick=yes).outcome is Outcome.ERROR


@pytest.mark.parametrize(
    ("name", "reads", "measure", "words"),
    [
        ("Bad Id", ("a",), answering(1), "lower case"),
        ("a-criterion", ("a", "b"), answering(1), "takes 1 facts and reads= names 2"),
    ],
)
def test_a_wrong_declaration_says_what_to_change(name, reads, measure, words):
    rule = Rule("a-rule", title="A rule", source="", why="Because.")
    declare = rule.criterion(
        name, question="?", reads=reads, yardstick=yes, basis="judgement", source="", priority="low", recommend=ADVICE, show="x"
    )
    with pytest.raises(RuleRefused, match=words):
        declare(measure)


def test_two_criteria_of_one_name_are_refused():
    rule = Rule("a-rule", title="A rule", source="", why="Because.")
    declare = rule.criterion(
        "twice", question="?", reads="a", yardstick=yes, basis="judgement", source="", priority="low", recommend=ADVICE, show="x"
    )
    measure = answering(True)
    assert declare(measure) is measure
    with pytest.raises(RuleRefused, match="rename one"):
        declare(measure)
    with pytest.raises(KeyError):
        rule["nothing"]


def test_the_kit_refuses_a_fact_that_the_measure_does_not_read():
    with pytest.raises(TypeError, match="reads no fact called 'percent'"):
        judge(criterion(answering(60)), percent=3)

"""The plan of an audit, and all its questions put to all profiles. The rules here are made for the test."""

import os
from pathlib import Path
from types import SimpleNamespace

import pytest
from msgspec.structs import replace

from conftest import BARE
from engagecheck import Applies, Assurance, Framework, Outcome, Priority, Rule, Source, at_least, load_profile
from engagecheck import recommendation as advice
from engagecheck.audit import sandbox
from engagecheck.audit.evaluate import CHANGED, AskedCriterion, evaluate, not_loaded, plan_audit
from engagecheck.audit.overrides import Overrides, Statement
from engagecheck.audit.tailoring import TailoredCriterion, Tailoring
from engagecheck.model.report import Problem
from engagecheck.plugin_host.discovery import BUNDLED, Plugin
from engagecheck.plugin_host.framework import USUAL, Headline
from engagecheck.rules.criteria import Variant

MET, PARTLY, NOT, UNKNOWN, NA, ERROR = Outcome
ADVICE = advice("Mend it.", owner="chair", horizon="1 month", effort="low", success="It is mended.")
TIME = "talent.chief_registrar_time"
WALES, ENGLAND = Applies(countries=("Wales",), to="Welsh bodies"), Applies(countries=("England",), to="English bodies")
NAME = "a-rule/one"


def percent(fact):
    """What is stated."""
    return fact


def rest(fact):
    """What is left of a hundred."""
    return 100 - fact


def fails(_fact):
    """Fail."""
    raise ValueError("no")


def rule_of(name="a-rule", measure=percent, *, status="stable", weight=1, **more):
    rule = Rule(name, title="A rule", source="", why="Because.", status=status, weight=weight)
    told = {"reads": TIME, "yardstick": at_least(50, partly=20), "basis": "judgement", "source": "", "priority": "low", **more}
    rule.criterion("one", question="Is it so?", recommend=ADVICE, show="A document", **told)(measure)
    return rule


def registry_of(*rules, packs=None, sources=(), **more):
    """What a plan and an evaluation ask of a registry, without loading a plugin."""
    found = {"problems": [], "details": [], "failed": [], "isolated": [], **more}
    return SimpleNamespace(
        rules={rule.id: rule for rule in rules}, sources={source.id: source for source in sources},
        plugin_of=lambda name: Plugin(name, "".join((packs or {}).get(name, BUNDLED)), "1", lambda: None), **found,
    )  # fmt: skip


def profile_of(value=40, country="England", **more):
    document = {**BARE, "organisation": {**BARE["organisation"], "type": "independent_hospital", "country": country}, **more}
    return load_profile({**document, "talent": {"chief_registrar_time": value}} if value is not None else document)


def planned(*rules, tailoring=Tailoring(), headline=USUAL, **more):
    return plan_audit(registry_of(*rules, **more), tailoring, headline)


def evaluated(*rules, profile=None, overrides=None, **more):
    (found,) = evaluate(planned(*rules, **more), [profile or profile_of()], overrides)
    return found


def test_each_question_is_put_to_each_profile():
    rules = (rule_of("b-rule", rest, yardstick=at_least(70), weight=2), rule_of())
    found = evaluate(planned(*rules), [profile_of(10), profile_of(60), profile_of(None)])
    assert [[answer.outcome for answer in one.answers.values()] for one in found] == [
        [NOT, MET],
        [MET, NOT],
        [UNKNOWN, UNKNOWN],
    ]
    assert [list(one.answers) for one in found] == [[NAME, "b-rule/one"]] * 3
    assert [[(rule.id, rule.weight, rule.left_out) for rule in one.rules] for one in found] == [
        [("a-rule", 1, ""), ("b-rule", 2, "")]
    ] * 3
    assert [one.profile.fact(TIME) for one in found] == [10, 60, None]
    assert (found[0].problems, found[0].exceptions, found[0].reads, found[0].deviations) == ((), (), (), ())


def test_a_rule_that_fails_is_named_and_costs_itself_alone():
    found = evaluated(
        rule_of("c-rule", fails),
        rule_of(),
        problems=[Problem("rule", "z", "It was broken."), Problem("rule", "b", "It was broken.")],
        details=[("z", "so")],
    )
    assert (found.answers["c-rule/one"].outcome, found.answers[NAME].outcome) == (ERROR, PARTLY)
    assert [one.where for one in found.problems] == ["b", "c-rule/one", "z"]
    assert found.exceptions == (("z", "so"), ("c-rule/one", "ValueError: no"))


@pytest.mark.parametrize("reads", ["talent.nothing", ("talent.nothing",)])
def test_a_fact_that_no_profile_has_is_a_fault_of_that_question(reads):
    found = evaluate(planned(rule_of(reads=reads), rule_of("b-rule")), [profile_of(), profile_of()])
    for one in found:
        assert (one.answers[NAME].outcome, one.answers[NAME].flags, one.answers["b-rule/one"].outcome) == (ERROR, False, PARTLY)
        assert one.answers[NAME].exception == "LookupError: it reads 'talent.nothing', which no profile has"
        assert one.answers[NAME].explanation == "The rule failed; this is a fault in the tool or plugin."


class Stopping:
    """A yardstick that ends whatever asks it for a description."""

    kind, met, partly = "mine", 1, None

    def __init__(self, error):
        self.error = error

    def judge(self, _value):
        return MET

    def describe(self, _unit):
        raise self.error


def test_whatever_a_yardstick_raises_costs_its_question_and_an_interrupt_ends_the_audit():
    assert evaluated(rule_of(yardstick=Stopping(SystemExit(3)))).answers[NAME].exception == "SystemExit: 3"
    with pytest.raises(KeyboardInterrupt):
        planned(rule_of(yardstick=Stopping(KeyboardInterrupt())))


def test_the_first_variant_that_fits_is_asked():
    strict, strictest = Variant(within=ENGLAND, yardstick=at_least(90)), Variant(within=ENGLAND, yardstick=at_least(10))
    rule = rule_of(variants=(Variant(within=WALES, yardstick=at_least(5)), strict, strictest))
    assert [
        evaluated(rule, profile=profile_of(40, country)).answers[NAME].outcome for country in ("England", "Wales", "Scotland")
    ] == [NOT, MET, PARTLY]


@pytest.mark.parametrize(
    ("more", "country", "flags"),
    [
        ({}, "England", False), ({"priority": "medium"}, "England", False), ({"priority": "high"}, "England", True), ({"priority": "caps"}, "England", True),
        ({"basis": "standard"}, "England", True), ({"basis": "benchmark"}, "England", False), ({"priority": "high", "status": "experimental"}, "England", False),
        ({"priority": "high", "status": "deprecated"}, "England", True),
        ({"basis": "standard", "status": "experimental"}, "England", False), ({"basis": "standard", "source": "law"}, "England", True),
        # for any other organisation, or before its day, a standard is our judgement
        ({"basis": "standard", "source": "law/part"}, "England", True), ({"basis": "standard", "source": "law"}, "Wales", False), ({"basis": "standard", "source": "later"}, "England", False),
        ({"priority": "high", "source": "later"}, "England", True), ({"basis": "standard", "source": "another"}, "Wales", True),
        ({"priority": "high", "variants": (Variant(within=ENGLAND, gates=False),)}, "England", False), ({"priority": "high", "variants": (Variant(within=ENGLAND, gates=False),)}, "Wales", True),
    ],
)  # fmt: skip
def test_what_is_a_red_flag(more, country, flags):
    texts = {"title": "A", "authority": "A", "read_in": "A", "date": "2020", "address": "https://example.org", "seen": "All."}
    sources = (
        Source("law", about=ENGLAND, effective_from="2025-03-31", parts={"part": "Part"}, **texts), Source("later", about=ENGLAND, effective_from="2025-04-01", **texts),
    )  # fmt: skip
    answer = evaluated(rule_of(**more), profile=profile_of(10, country), sources=sources).answers[NAME]
    assert (answer.outcome, answer.flags) == (NOT, flags)


def test_without_a_plan_a_standard_is_asked_as_it_stands():
    criterion = rule_of(basis="standard")["one"]
    assert AskedCriterion(None, criterion).flags(profile_of())
    assert AskedCriterion(None, criterion).answer(profile_of()).by_default is None


@pytest.mark.parametrize(
    ("change", "outcome", "by_default"),
    [
        ({"yardstick": at_least(90)}, NOT, (PARTLY, PARTLY)), ({"yardstick": at_least(30)}, MET, (PARTLY, PARTLY)), ({"yardstick": at_least(50, partly=20)}, PARTLY, None), ({}, PARTLY, None), ({"max_age": 25}, PARTLY, (PARTLY, PARTLY)),
        ({"max_age": 24}, PARTLY, None), ({"min_assurance": Assurance.VERIFIED}, UNKNOWN, (PARTLY, PARTLY)),
    ],
)  # fmt: skip
def test_a_tailored_question_keeps_its_outcome_by_default(change, outcome, by_default):
    answer = evaluated(rule_of(), tailoring=Tailoring(criteria={NAME: TailoredCriterion("ours", **change)})).answers[NAME]
    assert (answer.outcome, answer.by_default) == (outcome, by_default)


def test_what_does_not_apply_has_no_outcome_by_default():
    tailoring = Tailoring(criteria={NAME: TailoredCriterion("ours", at_least(90))})
    answer = evaluated(rule_of(applies=WALES), tailoring=tailoring).answers[NAME]
    assert (answer.outcome, answer.by_default) == (NA, None)


def test_a_rule_is_left_out_by_tailoring_or_by_the_subset_of_the_headline():
    framework = Framework(title="Wards", subsets={"first": ("a-rule",)})
    packs = {"a-rule": "ward", "b-rule": "ward"}
    headline = Headline("ward", framework, "first")
    found = evaluated(
        rule_of(),
        rule_of("b-rule"),
        rule_of("c-rule"),
        packs=packs,
        headline=headline,
        tailoring=Tailoring(left_out={"c-rule": "elsewhere"}),
    )
    assert {rule.id: rule.left_out for rule in found.rules} == {
        "a-rule": "",
        "b-rule": "It is not in the subset “first”.",
        "c-rule": "elsewhere",
    }


@pytest.mark.parametrize("pack", ["a-ward", "ward"])
@pytest.mark.parametrize("written", ["", "~"])
def test_our_rules_are_measured_first_and_what_a_plugin_changes_is_noticed(pack, written):
    sections = {**profile_of().sections, "regulator": "as it was"}
    profiles = [replace(profile_of(), sections=sections), profile_of(30)]

    def changes(fact):
        """Change what another rule may read."""
        sections["regulator"] = written
        return fact

    packs = {"a-rule": pack, "b-rule": pack}
    plan = planned(rule_of(measure=changes), rule_of("b-rule"), rule_of("z-rule"), packs=packs)
    assert [one.rule.id for one in plan.rules] == ["z-rule", "a-rule", "b-rule"]
    for one in evaluate(plan, profiles):
        assert {name: answer.outcome for name, answer in one.answers.items()} == {
            NAME: ERROR,
            "b-rule/one": PARTLY,
            "z-rule/one": PARTLY,
        }
        assert (one.answers[NAME].explanation, one.answers[NAME].flags) == (CHANGED, True)
        assert [problem.where for problem in one.problems] == [NAME]
    assert plan.criteria_of("Z-RULE".lower()) == plan.rules[0].criteria
    assert plan.criteria_of("b-rule") == plan.rules[2].criteria


def test_a_plugin_that_only_reads_is_not_suspected():
    found = evaluated(rule_of(), rule_of("b-rule"), packs={"a-rule": "ward", "b-rule": "another"})
    assert {answer.outcome for answer in found.answers.values()} == {PARTLY}


def test_a_plugin_that_was_not_loaded_is_one_essential_question_that_failed():
    broken = Plugin("broken", "ward", "1", lambda: None)
    found = evaluated(rule_of(), failed=[broken, broken, Plugin("a-rule", "ward", "1", lambda: None)])
    assert [rule.id for rule in found.rules] == ["a-rule", "broken"]
    answer = found.answers["broken/loaded"]
    assert (answer.outcome, answer.priority, answer.flags, answer.at_worst, answer.at_best) == (
        ERROR,
        Priority.HIGH,
        True,
        NOT,
        MET,
    )
    assert answer.explanation == "The plugin broken of ward could not be loaded; this is a fault in the plugin."
    assert not_loaded(broken).plugin is broken
    assert not_loaded(broken).weight == 1


def test_what_was_measured_in_other_processes_joins_the_rest(monkeypatch):
    far = Plugin("far", "ward", "1", lambda: None)
    answers = SimpleNamespace(
        rules=[not_loaded(far)], problems=[Problem("rule", "a", "It was slow.")], exceptions=[("far", "so")], reads=(TIME,), deviations=("other",), failed=[Plugin("lost", "ward", "1", lambda: None)]
    )  # fmt: skip
    monkeypatch.setattr(sandbox, "evaluate_isolated", lambda *_: answers)
    found = evaluated(rule_of(), isolated=[far])
    assert [rule.id for rule in found.rules] == ["a-rule", "far", "lost"]
    assert ([one.where for one in found.problems], found.exceptions, found.reads, found.deviations) == (
        ["a"],
        (("far", "so"),),
        (TIME,),
        ("other",),
    )
    assert [rule.id for rule in evaluated(rule_of()).rules] == ["a-rule"]


def test_what_people_say_about_a_result_stands_beside_it():
    day = load_profile(BARE).as_of
    gap = Statement("accepted gap", NAME, "so", "chair", day, day)
    found = evaluated(rule_of(), overrides=Overrides((gap, Statement("accepted gap", "no/such", "so", "chair", day, day))))
    assert list(found.overrides) == [NAME]
    assert [note.criterion for note in found.override_notes] == ["no/such"]
    assert evaluated(rule_of()).overrides == {}


def test_an_audit_cannot_be_changed():
    found = evaluated(rule_of())
    plan = planned(rule_of())
    for value, name in (
        (found, "rules"),
        (found.rules[0], "weight"),
        (plan, "rules"),
        (plan.rules[0], "left_out"),
        (plan.rules[0].criteria[0], "fault"),
        (plan.rules[0].criteria[0].variants[0], "variant"),
    ):
        with pytest.raises(AttributeError):
            setattr(value, name, None)


def test_a_plugin_that_goes_to_another_folder_goes_there_alone(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "elsewhere").mkdir()

    def wanders(fact):
        """Go to another folder."""
        os.chdir("elsewhere")
        return fact

    evaluated(rule_of("far", wanders), packs={"far": "others"})
    assert Path.cwd() == tmp_path

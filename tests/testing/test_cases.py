"""The kit for rule authors finds what is wrong with a rule, and says what to change."""

import datetime
import random
import time

import pytest

from engagecheck import (
    NotApplicable,
    NotEvidenced,
    Rule,
    above,
    at_least,
    at_most,
    between,
    english_trusts,
    everywhere,
    recommendation,
    yes,
)
from engagecheck.testing import Cases, audit_rule, judge, sound_profile

ADVICE = recommendation("Protect a day a week.", owner="medical director", horizon="3 months", effort="low", success="It is in the job plan.")
FACT = "talent.chief_registrar_time"


def criterion(measure, reads=FACT, yardstick=at_least(20, partly=10), unit="per cent", **more):
    rule = Rule("own", title="A rule of our own", source="", why="Doctors lead where they are heard.")
    said = {"question": "Is it so?", "basis": "judgement", "source": "", "priority": "low", "recommend": ADVICE, "show": "Job plan", **more}
    rule.criterion("x", reads=reads, yardstick=yardstick, unit=unit, **said)(measure)
    return rule["x"]


def percent(fact):
    """Per cent of the time that is protected."""
    return fact


GOOD = {"met": [{"fact": 20}], "partly_met": [{"fact": 10}], "not_met": [{"fact": 9.9}], "not_evidenced": [{}]}
sound = Cases(criterion(percent), **GOOD)


def failures(measure, cases=None, **more):
    return "\n".join(Cases(criterion(measure, **more), **(cases or GOOD)).failures())


def test_a_good_criterion_with_every_case_passes():
    assert list(sound.failures()) == []
    sound.check()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"partly_met": []}, "no case that is partly_met"), ({"not_evidenced": []}, "no case that is not_evidenced"), ({"met": [{"fact": 21}]}, "no case measures 20"), ({"partly_met": [{"fact": 11}]}, "no case measures 10"),
        ({"met": [{"fact": 20}, {"fact": 20}]}, "is there twice"), ({"met": [{"fact": 20}, {"fact": 5}]}, "the case says met"), ({"met": []}, "no case that is met"),
    ],
)  # fmt: skip
def test_what_the_cases_lack_is_said(change, words):
    assert words in failures(percent, {**GOOD, **change})


def clock(fact):
    """Reads a clock."""
    time.time()
    return fact


def today(fact):
    """Asks for the day."""
    return fact if datetime.date.today() else 0


def now(fact):
    """Asks for the hour."""
    return fact if datetime.datetime.now() else 0


def file(fact):
    """Opens a file."""
    open(__file__).close()  # noqa: PTH123
    return fact


def network(fact):
    """Opens a socket."""
    import socket

    socket.socket().close()
    return fact


def program(fact):
    """Starts a program."""
    import os

    os.system("true")  # noqa: S605
    return fact


def chance(fact):
    """Throws dice."""
    random.random()
    return fact


@pytest.mark.parametrize(
    ("measure", "words"), [(clock, "a clock"), (today, "a clock"), (now, "a clock"), (file, "a file"), (network, "the network"), (program, "another program"), (chance, "chance")]
)  # fmt: skip
def test_a_measure_that_touches_more_than_facts_is_caught(measure, words):
    assert f"touches {words}" in failures(measure)


def test_a_measure_that_answers_otherwise_the_second_time_is_caught():
    seen = []

    def second(fact):
        """Remembers."""
        seen.append(fact)
        return fact if len(seen) % 2 else 0

    assert "a second run gives" in failures(second)


LEADERS = "structure.divisions"


def leaders(*good):
    return {"of": len(good), "entries": [{"name": f"D{number}", "doctor_lead": one} for number, one in enumerate(good)]}


def test_a_share_of_those_listed_is_caught_and_a_share_of_the_total_passes():
    def of_listed(divisions):
        """Share of the divisions listed."""
        shown = divisions.matching(bool)
        return sum(bool(one.doctor_lead) for one in shown) / len(shown) if shown else NotEvidenced("none is listed")

    def of_all(divisions):
        """Share of all divisions."""
        return divisions.share(lambda one: one.doctor_lead)

    share = {"reads": LEADERS, "yardstick": at_least(0.75, partly=0.5), "unit": "share"}
    good = {
        "met": [{"divisions": leaders(True, True, True, False)}], "partly_met": [{"divisions": leaders(True, True, False, False)}, {"divisions": leaders(True, True, True, False, False)}], "not_met": [{"divisions": leaders(False, False, False, True)}],
        "not_evidenced": [{}],
    }  # fmt: skip
    assert failures(of_all, good, **share) == ""
    assert "leaving a fact out must never help" in failures(of_listed, good, **share)


def test_an_order_that_matters_is_caught():
    def first(divisions):
        """Whether the first one is led by a doctor."""
        return divisions.entries[0].doctor_lead if divisions.is_whole() else None

    cases = {"met": [{"divisions": leaders(True, False)}], "not_met": [{"divisions": leaders(False, False)}], "not_evidenced": [{}]}
    assert "the order of a list matters" in failures(first, cases, reads=LEADERS, yardstick=yes, unit="")


def test_leaving_out_what_makes_it_not_apply_is_caught():
    def sometimes(divisions):
        """Does not apply where nobody is listed."""
        return True if divisions.matching(bool) else NotApplicable("nobody")

    cases = {"met": [{"divisions": leaders(True)}], "not_met": [], "not_evidenced": [{}]}
    assert "it is not_applicable; answer NotEvidenced" in failures(sometimes, cases, reads=LEADERS, yardstick=yes, unit="")


def test_facts_that_are_changed_are_caught():
    def changes(parts):
        """Changes an extension's facts."""
        parts.__reduce__  # noqa: B018
        import gc

        for one in gc.get_referents(parts):
            if isinstance(one, dict):
                one["x"] = 3
        return 20

    cases = {"met": [{"parts": {"x": 1}}], "partly_met": [], "not_met": [], "not_evidenced": [{}]}
    assert "changes the facts that it is given" in failures(changes, cases, reads="extensions.own")


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"question": "It is so."}, "question mark"), ({"unit": ""}, "there is no unit"), ({"basis": "standard"}, "no source is named"), ({"show": " "}, "its show is empty"), ({"recommend": ()}, "nothing is recommended"),
        ({"recommend": recommendation("Leverage it.", owner=" ", horizon="1 month", effort="low", success="x" * 300)}, "plainer is: use"), ({"question": "Is it " + "so " * 60 + "?"}, "characters"),
    ],
)  # fmt: skip
def test_metadata_that_is_not_complete_is_said(more, words):
    assert words in failures(percent, **more)


def test_edges_of_every_kind_of_yardstick_are_asked_for():
    assert "measures 3," in failures(percent, yardstick=between(5, 20, partly=(3, 25)))
    assert "measures 0," in failures(percent, yardstick=at_least(20, partly=above(0)))
    assert "measures 1," in failures(percent, yardstick=at_most(0, partly=1))
    assert "no case that is not_applicable" in failures(percent, applies=english_trusts)
    assert everywhere is not english_trusts


def test_an_unknown_outcome_or_fact_is_a_mistake_of_the_author():
    with pytest.raises(TypeError, match="no outcome called 'fine'"):
        Cases(criterion(percent), fine=[])
    with pytest.raises(TypeError, match="reads no fact called"):
        judge(criterion(percent), other=1)


def test_a_rule_is_audited_on_a_sound_profile_with_changes():
    rule = Rule("own", title="A rule of our own", source="", why="Doctors lead where they are heard.")
    rule.criterion("x", question="Is it so?", reads=FACT, yardstick=at_least(20, partly=10), unit="per cent", basis="judgement", source="", priority="low", recommend=ADVICE, show="Job plan")(percent)
    assert audit_rule(rule).outcome == "met"
    assert audit_rule(rule, {FACT: 10}).outcome == "partly_met"
    assert audit_rule(rule, {FACT: None}).criteria[0].outcome == "not_evidenced"
    assert sound_profile()["talent"]["chief_registrar_time"] >= 20
    from engagecheck import InputRefused

    with pytest.raises(InputRefused):
        audit_rule(rule, {FACT: "much"})


def test_pytest_collects_cases_and_says_what_is_wrong_in_sentences(pytester):
    pytester.makepyfile(
        """
        from test_testing_rule import rule
        from engagecheck.testing import Cases
        good = Cases(rule["x"], met=[{"fact": 20}], partly_met=[{"fact": 10}], not_met=[{"fact": 9}], not_evidenced=[{}])
        poor = Cases(rule["x"], met=[{"fact": 20}])

        def test_fixture(audit_rule):
            assert audit_rule(rule).outcome == "met"
        """,
        test_testing_rule="""
        from engagecheck import Rule, at_least, recommendation
        rule = Rule("own", title="A rule of our own", source="", why="Doctors lead where they are heard.")
        advice = recommendation("Protect a day a week.", owner="medical director", horizon="3 months", effort="low", success="It is so.")
        @rule.criterion("x", question="Is it so?", reads="talent.chief_registrar_time", yardstick=at_least(20, partly=10), unit="per cent",
                        basis="judgement", source="", priority="low", recommend=advice, show="Job plan")
        def x(fact):
            "Per cent."
            return fact
        """,
    )
    done = pytester.runpytest_subprocess("-v", "-p", "no:xdist", "-p", "no:cacheprovider")
    done.assert_outcomes(passed=9 + 5 + 1, failed=1)
    done.stdout.fnmatch_lines(["*own/x: there is no case that is partly_met; add partly_met=*"])


def text_time(fact):
    """Writes a time."""
    time.strftime("%Y")
    return fact


def environment(fact):
    """Asks the environment."""
    import os

    os.environ.get("HOME")
    return fact


def exists(fact):
    """Looks for a file."""
    from pathlib import Path

    Path("x").exists()
    return fact


def dice(fact):
    """Makes a name."""
    import uuid

    uuid.uuid4()
    return fact


@pytest.mark.parametrize(("measure", "words"), [(text_time, "a clock"), (environment, "the environment"), (exists, "a file"), (dice, "chance")])
def test_quieter_ways_out_are_caught_too(measure, words):
    assert f"touches {words}" in failures(measure)


def test_a_measure_that_leaves_python_does_not_pass():
    def leaves(_fact):
        """Leaves."""
        raise SystemExit(0)

    with pytest.raises(AssertionError, match="the measure fails: SystemExit: 0"):
        Cases(criterion(leaves), met=[{"_fact": 20}]).check()


def test_a_fact_that_no_profile_has_is_said_in_a_sentence():
    assert "reads 'talent.chief_registrar_tyme', which no profile has; did you mean 'talent.chief_registrar_time'?" in failures(percent, reads="talent.chief_registrar_tyme")
    assert "which no profile has" in failures(percent, reads="talnt.x")


def test_plain_lists_of_an_extension_are_thinned_and_reordered():
    def every(items):
        """Whether all are good."""
        return all(item["ok"] for item in items)

    def first(items):
        """Whether the first is good."""
        return items[0]["ok"]

    cases = {"met": [{"items": [{"ok": True}]}], "not_met": [{"items": [{"ok": False}, {"ok": True}]}], "not_evidenced": [{}]}
    more = {"reads": "extensions.own.items", "yardstick": yes, "unit": ""}
    assert "leaving a fact out must never help" in failures(every, cases, **more)
    assert "the order of a list matters" in failures(first, cases, **more)


def test_leaving_out_what_makes_it_not_apply_must_not_make_it_good():
    from engagecheck import maybe

    def sometimes(fact, hosts):
        """Does not apply without residents."""
        return NotApplicable("none") if hosts is False else fact

    cases = {**GOOD, "not_applicable": [{"fact": 20, "hosts": False}]}
    assert "leaving a fact out must never help" in failures(sometimes, cases, reads=(FACT, maybe("organisation.designated_body")))


def test_edges_that_are_no_short_decimals_are_reached():
    def part(fact):
        """A third of it."""
        return fact / 30

    cases = {"met": [{"fact": 20}], "partly_met": [{"fact": 10}], "not_met": [{"fact": 9}], "not_evidenced": [{}]}
    assert failures(part, cases, yardstick=at_least(2 / 3, partly=1 / 3)) == ""


def test_twenty_and_twenty_point_nothing_are_one_case_and_organisations_need_no_unknown():
    assert "is there twice" in failures(percent, {**GOOD, "met": [{"fact": 20}, {"fact": 20.0}]})

    def is_trust(kind):
        """Whether it is a trust."""
        return kind == "nhs_trust"

    cases = {"met": [{"organisation": {"type": "nhs_trust"}}], "not_met": [{"organisation": {"type": "health_board"}}]}
    assert failures(is_trust, cases, reads="organisation.type", yardstick=yes, unit="") == ""


def test_what_the_extension_refuses_is_not_tried():
    from engagecheck import ProfileExtension

    schema = {"type": "object", "properties": {"pair": {"type": "object", "required": ["a", "b"]}}}

    def both(pair):
        """Whether both are there."""
        return pair["a"] and pair["b"]

    rule = criterion(both, reads="extensions.own.pair", yardstick=yes, unit="")
    cases = {"met": [{"pair": {"a": True, "b": True}}], "not_met": [{"pair": {"a": True, "b": False}}], "not_evidenced": [{}]}
    assert "answer NotEvidenced" in "\n".join(Cases(rule, **cases).failures())
    assert list(Cases(rule, extension=ProfileExtension("own", schema), **cases).failures()) == []

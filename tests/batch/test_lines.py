"""One road: the line of an evaluation is the line of its report, in every setting."""

import msgspec
import pytest
from hypothesis import given, settings

from conftest import BARE, EXAMPLES, PROFILES
from engagecheck import (
    AuditSettings,
    InputRefused,
    Overrides,
    UsageRefused,
    accepted_gaps,
    attestations,
    installed,
    load_profile,
    read_tailoring,
    run_audit,
)
from engagecheck.audit.evaluate import evaluate, plan_audit
from engagecheck.audit.scoring import score
from engagecheck.batch.worker import BatchSettings, worker_for
from engagecheck.papers.jsonl import encoded, line_of, line_of_evaluation
from generated import dressed
from hostile_plugins import IN_A_MEASURE, RULE, WHOLE, written

JOURNEY = EXAMPLES / "journey"
OVERRIDES = accepted_gaps((JOURNEY / "accepted_gaps.json").read_bytes(), "gaps") + attestations((JOURNEY / "attestations.json").read_bytes(), "vouched")


def check(profile, registry, **more):
    """The very same line, the order of its parts too."""
    audit = AuditSettings(**more)
    (evaluation,) = evaluate(plan_audit(registry, audit.tailoring), [audit.moved(profile)], audit.overrides)
    line = encoded(line_of_evaluation(evaluation, score(evaluation, audit.gate)))
    assert line == encoded(line_of(run_audit(profile, registry, audit)))
    return msgspec.json.decode(line)


@pytest.mark.parametrize("path", PROFILES, ids=lambda path: path.stem)
def test_an_example_has_the_same_line_in_every_setting(path, bundled):
    profile = load_profile(path, registry=bundled)
    tailoring = read_tailoring((JOURNEY / "engagecheck.toml").read_bytes(), "engagecheck.toml", bundled)
    check(profile, bundled)
    check(profile, bundled, overrides=OVERRIDES, fail_on="low")
    check(profile, bundled, tailoring=tailoring, overrides=Overrides(ignored=True), min_coverage=99.0, scale="rag")
    check(profile, bundled, tailoring=tailoring, overrides=OVERRIDES, as_of="2027-01-31")


@pytest.mark.exhaustive
@settings(max_examples=120)
@given(document=dressed())
def test_a_generated_profile_has_the_same_line(bundled, document):
    try:
        profile = load_profile(document, registry=bundled)
    except InputRefused:
        return
    check(profile, bundled)


def test_what_harmful_plugins_leave_behind_is_the_same(tmp_path):
    names = [name for name in (*IN_A_MEASURE, *WHOLE) if name not in ("mutates", "floods")]
    folder = written(tmp_path / "rules", names)
    unshowable = RULE.format(name="unshowable", body="return True").replace("yardstick=yes", "yardstick=Odd()")
    odd = "class Odd:\n    kind, met, partly = 'odd', True, None\n    def judge(self, value): return yes.judge(value)\n    def describe(self, unit): raise ValueError\n"
    (folder / "unshowable.py").write_text(unshowable.replace("rule = Rule", odd + "rule = Rule"))
    (folder / "strange_at.py").write_text(RULE.format(name="strange-at", body="from engagecheck import Measured\n    return Measured(True, at=5)"))
    registry = installed([folder], third_party=False)
    for path in (EXAMPLES / "sound.json", EXAMPLES / "journey" / "2024.json"):
        line = check(load_profile(path, registry=registry), registry)
        assert line["exit_code"] == 4
        assert line["criteria"]["unshowable/asked"]["outcome"] == line["criteria"]["strange-at/asked"]["outcome"] == "error"
        assert line["criteria"]["import-error/loaded"] == {"outcome": "error", "value": None}
        assert line["criteria"]["good/asked"]["outcome"] in ("met", "not_met", "not_evidenced")


def test_an_isolated_plugin_has_the_same_line(tmp_path):
    registry = installed([written(tmp_path / "rules", ["raises"])], third_party=False, isolate=True)
    line = check(load_profile(EXAMPLES / "sound.json", registry=registry), registry)
    assert line["criteria"]["raises/asked"]["outcome"] == "error"
    assert line["criteria"]["good/asked"]["outcome"] == "met"


def test_a_scale_that_is_none_is_refused():
    with pytest.raises(UsageRefused, match="there is no such scale"):
        worker_for(BatchSettings(third_party=False, scale="stars"))


def test_many_profiles_evaluated_together_are_those_evaluated_one_by_one(bundled):
    profiles = [load_profile(path, registry=bundled) for path in PROFILES]
    plan = plan_audit(bundled, AuditSettings().tailoring)
    alone = [evaluation for profile in profiles for evaluation in evaluate(plan, [profile])]
    assert evaluate(plan, profiles) == alone


YARDSTICK = """
class Mine:
    kind, met, partly = "at_least", 1, None
    def judge(self, value):
        from engagecheck import Outcome
        return Outcome.MET
    def describe(self, unit):
        raise ValueError("no words")
"""


@pytest.mark.parametrize(
    "text",
    [
        YARDSTICK + RULE.format(name="mine", body="return fact").replace("yardstick=yes", "yardstick=Mine()"),
        RULE.format(name="mine", body="return fact").replace('"talent.leadership_strategy"', '("talent.leadership_strategy", "talent.nonsense")').replace("asked(fact)", "asked(fact, other)"),
    ],
    ids=["a yardstick that fails to describe itself", "a fact that no profile has behind one that is missing"],
)
def test_a_fault_of_a_plugin_is_in_the_line_too(tmp_path, text):
    (tmp_path / "mine.py").write_text(text)
    registry = installed([tmp_path], third_party=False)
    assert not registry.failed
    line = check(load_profile({**BARE, "talent": {"chief_registrar_time": 3}}, registry=registry), registry)
    assert line["criteria"]["mine/asked"]["outcome"] == "error"

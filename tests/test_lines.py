"""A line made for many profiles is the line that the whole report gives."""

import json

import pytest
from hypothesis import given, settings

from conftest import BARE, EXAMPLES, PROFILES
from engagecheck import (
    InputRefused,
    Overrides,
    Tailoring,
    UsageRefused,
    accepted_gaps,
    attestations,
    audit,
    installed,
    load,
)
from engagecheck.audit.run import moved
from engagecheck.batch import encoding
from engagecheck.batch.lines import maker
from engagecheck.papers.jsonl import line_of
from generated import dressed
from hostile_plugins import IN_A_MEASURE, RULE, WHOLE, written

JOURNEY = EXAMPLES / "journey"
BESIDE = accepted_gaps((JOURNEY / "accepted_gaps.json").read_bytes(), "gaps") + attestations((JOURNEY / "attestations.json").read_bytes(), "vouched")


def check(profile, registry, tailoring=None, overrides=None, **options):
    """The very same line, the order of its parts too."""
    to = options.pop("as_of", None)
    profile = moved(profile, to)
    (made,) = maker(registry, tailoring, overrides, **options)([profile])
    report = audit(profile, registry=registry, tailoring=tailoring, overrides=overrides, **options)
    assert json.dumps(made) == json.dumps(line_of(report))
    return made


@pytest.mark.parametrize("path", PROFILES, ids=lambda path: path.stem)
def test_an_example_has_the_same_line_in_every_setting(path, bundled):
    profile = load(path, registry=bundled)
    tailoring = Tailoring.read((JOURNEY / "engagecheck.toml").read_bytes(), registry=bundled)
    check(profile, bundled)
    check(profile, bundled, overrides=BESIDE, fail_on="low")
    check(profile, bundled, tailoring, Overrides(ignored=True), min_coverage=99.0, scale="rag")
    check(profile, bundled, tailoring, BESIDE, as_of="2027-01-31")


@settings(max_examples=120)
@given(document=dressed())
def test_a_generated_profile_has_the_same_line(bundled, document):
    try:
        profile = load(document, registry=bundled)
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
        line = check(load(path, registry=registry), registry)
        assert line["exit_code"] == 4
        assert line["criteria"]["unshowable/asked"]["outcome"] == line["criteria"]["strange-at/asked"]["outcome"] == "error"
        assert line["criteria"]["import-error/loaded"] == {"outcome": "error", "value": None}
        assert line["criteria"]["good/asked"]["outcome"] in ("met", "not_met", "not_evidenced")


def test_an_isolated_plugin_has_the_same_line(tmp_path):
    registry = installed([written(tmp_path / "rules", ["raises"])], third_party=False, isolate=True)
    line = check(load(EXAMPLES / "sound.json", registry=registry), registry)
    assert line["criteria"]["raises/asked"]["outcome"] == "error"


def test_a_scale_that_is_none_is_refused(bundled):
    with pytest.raises(UsageRefused, match="there is no such scale"):
        maker(bundled, scale="stars")


@pytest.mark.parametrize("value", [0, 1, -0.0, 0.5, 0.000001, -0.00009, 1e15, 123456789.123456, 1e16, 1e22, True, None, "good"])
def test_both_encoders_write_the_same_bytes(value, monkeypatch):
    line = {"profile": 'é☃🙂 "quoted" \\ \x7f\t', "criteria": {"a/b": {"value": value}}}
    fractions = [value] if isinstance(value, float) else []
    fast = encoding.dumps(line, fractions)
    assert encoding.msgspec is not None
    monkeypatch.setattr(encoding, "msgspec", None)
    assert encoding.dumps(line, fractions) == fast
    assert json.loads(fast) == line


STICK = """
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
        STICK + RULE.format(name="mine", body="return fact").replace("yardstick=yes", "yardstick=Mine()"),
        RULE.format(name="mine", body="return fact").replace('"talent.leadership_strategy"', '("talent.leadership_strategy", "talent.nonsense")').replace("asked(fact)", "asked(fact, other)"),
    ],
    ids=["a yardstick that fails to describe itself", "a fact that no profile has behind one that is missing"],
)
def test_a_fault_of_a_plugin_is_in_the_line_too(tmp_path, text):
    (tmp_path / "mine.py").write_text(text)
    registry = installed([tmp_path], third_party=False)
    assert not registry.failed
    made = check(load({**BARE, "talent": {"chief_registrar_time": 3}}, registry=registry), registry)
    assert made["criteria"]["mine/asked"]["outcome"] == "error"

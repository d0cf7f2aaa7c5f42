"""The invariants on whole audits of generated profiles: leaving something out never helps, order never matters."""

import copy
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import to_builtins

from conftest import BARE, EXAMPLES, SOUND
from engagecheck import ExitCode, Level, Outcome, installed, load_profile, run_audit
from engagecheck.model.schema import NOT_FACTS
from generated import EACH, PROFILES, SECTIONS, accepted, loaded
from removing import assert_no_better, citations, judged, removable, without

REGISTRY = installed(third_party=False)


def audited(document):
    report = run_audit(document, REGISTRY)
    assert report.problems == (), report.run
    return report


@pytest.mark.parametrize("name", ["harbour-vale.json", "published/RR8.json", "published/RGD.json"])
@pytest.mark.exhaustive
def test_taking_away_any_fact_of_an_example_never_helps(name):
    document = json.loads((EXAMPLES / name).read_text("utf-8"))
    full = judged(load_profile(document))
    removed = 0
    for path in (*removable(document), *citations(document)):
        less = without(document, path)
        if (profile := loaded(less)) is not None:
            assert_no_better(judged(profile), full, path)
            removed += 1
    assert removed > 20


@EACH
@given(PROFILES.filter(accepted), st.randoms(use_true_random=True))
def test_what_holds_of_every_profile(document, chance):
    """All on one profile and its report, because to make these takes as long as most of what is asked of them."""
    before = copy.deepcopy(document)
    profile = load_profile(document)
    full = audited(profile)
    an_audit_changes_nothing_and_says_the_same_twice(document, before, profile, full)
    the_report_says_what_is_judged(full, judged(profile))
    facts_and_entries_taken_away_one_after_another_never_help(document, judged(profile), chance)
    the_order_of_keys_and_entries_never_matters(document, full, chance)
    equal_entries_are_counted_as_often_as_they_stand(document, chance)


def an_audit_changes_nothing_and_says_the_same_twice(document, before, profile, full):
    assert document == before
    assert to_builtins(full) == to_builtins(run_audit(profile, REGISTRY))
    assert profile == load_profile(document)
    assert full.summary.next_steps
    assert full.summary.score.low <= full.summary.score.high


def the_report_says_what_is_judged(report, judgement):
    assert all(getattr(report.summary, name) == getattr(judgement.summary, name) for name in judgement.summary.__struct_fields__)
    assert {finding.rule: finding.outcome for finding in report.findings} == {name: rule.outcome for name, rule in judgement.rules.items()}
    ends = {name: (one.outcome, one.at_worst, one.at_best) for rule in judgement.rules.values() for name, one in rule.results.items()}
    assert {name: (one.outcome, one.at_worst, one.at_best) for name, one in report.results.items()} == ends


def facts_and_entries_taken_away_one_after_another_never_help(document, full, chance):
    """Read from its end it says that a true fact that is added only narrows what is possible."""
    for _ in range(4):
        paths = [*removable(document), *citations(document)]
        for path in chance.sample(paths, min(6, len(paths))):
            less = without(document, path)
            if (profile := loaded(less)) is not None:
                fewer = judged(profile)
                assert_no_better(fewer, full, path)
                document, full = less, fewer
                break


def the_order_of_keys_and_entries_never_matters(document, full, chance):
    def shuffled(value):
        if isinstance(value, dict):
            return {name: shuffled(value[name]) for name in chance.sample(list(value), len(value))}
        if isinstance(value, list):
            return [shuffled(item) for item in chance.sample(value, len(value))]
        return value

    other = audited(shuffled(document))
    assert full.summary == other.summary
    assert outcomes(full) == outcomes(other)


def equal_entries_are_counted_as_often_as_they_stand(document, chance):
    """Entries that a remark tells apart are as many as those that nothing tells apart."""
    equal, marked = copy.deepcopy(document), copy.deepcopy(document)
    for path in listings(document):
        entries = at(equal, path)["entries"]
        entry = chance.choice(entries)
        at(equal, path)["entries"] = [entry] * len(entries)
        at(marked, path)["entries"] = [{**entry, "note": f"Remark {number}"} for number in range(len(entries))]
    if (profile := loaded(equal)) is not None:
        one, other = audited(profile), audited(marked)
        assert outcomes(one) == outcomes(other)
        assert one.summary == other.summary
        for path in listings(document):
            assert len(profile.fact(".".join(path)).entries) == len(at(document, path)["entries"])


def listings(document):
    """The path of each list of a profile that has entries."""
    for section in SECTIONS:
        for name, value in document.get(section, {}).items():
            if isinstance(value, dict) and value.get("entries"):
                yield section, name


def at(document, path):
    section, name = path
    return document[section][name]


def outcomes(report):
    return {result.id: (result.outcome, result.value) for finding in report.findings for result in finding.criteria}


def test_with_nothing_assessed_nothing_is_green():
    report = run_audit(BARE, REGISTRY)
    assert report.exit_code is ExitCode.INCOMPLETE
    assert report.summary.level is Level.UNPROVEN
    assert {result.outcome for finding in report.findings for result in finding.criteria} <= {Outcome.NOT_EVIDENCED, Outcome.NOT_APPLICABLE}
    assert report.summary.to_collect


def test_evidence_notes_and_reasons_never_change_an_outcome():
    bare = json.loads(json.dumps(SOUND))

    def strip(value):
        for member in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
            strip(member)
        if isinstance(value, dict):
            for name in NOT_FACTS:
                value.pop(name, None)

    strip(bare)
    assert outcomes(audited(bare)) == outcomes(audited(SOUND))

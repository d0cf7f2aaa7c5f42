"""The invariants on whole audits of generated profiles: leaving something out never helps, order never matters."""

import copy
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import BARE, EXAMPLES, SOUND
from engagecheck import ExitCode, Level, Outcome, audit, installed, load
from engagecheck.audit.scoring import RANK
from engagecheck.intake.structure import BESIDE_FACTS
from engagecheck.model.report import as_json
from generated import PROFILES, SECTIONS, accepted

REGISTRY = installed(third_party=False)
FINDING_RANK = {Outcome.NOT_MET: 0, Outcome.NOT_EVIDENCED: 0, Outcome.ERROR: 0, Outcome.PARTLY_MET: 1, Outcome.MET: 2}
SLOW = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])


def audited(document):
    report = audit(document, registry=REGISTRY)
    assert report.problems == (), report.run
    return report


def removable(document):
    """The path of every fact and every list entry."""

    def below(value, path):
        members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        for name, member in members:
            if name not in BESIDE_FACTS:
                yield (*path, name)
                yield from below(member, (*path, name))

    for section in SECTIONS:
        if section in document:
            yield (section,)
            yield from below(document[section], (section,))


def without(document, path):
    less = copy.deepcopy(document)
    holder = less
    for step in path[:-1]:
        holder = holder[step]
    del holder[path[-1]]
    return less


def assert_no_better(less, more, path):
    assert less.summary.score.low <= more.summary.score.low, path
    assert RANK.index(less.summary.level) <= RANK.index(more.summary.level), path
    assert less.summary.gate <= more.summary.gate, path
    for fewer, full in zip(less.findings, more.findings, strict=True):
        assert FINDING_RANK.get(fewer.outcome, 3) <= FINDING_RANK.get(full.outcome, 3), path
        for without_it, with_it in zip(fewer.criteria, full.criteria, strict=True):
            if without_it.outcome is Outcome.NOT_APPLICABLE:
                assert with_it.outcome is Outcome.NOT_APPLICABLE, (path, with_it.id)


@pytest.mark.parametrize("name", ["harbour-vale.json", "published/RR8.json", "published/RGD.json"])
def test_taking_away_any_fact_of_an_example_never_helps(name):
    document = json.loads((EXAMPLES / name).read_text("utf-8"))
    full = audited(document)
    removed = 0
    for path in removable(document):
        less = without(document, path)
        if accepted(less):
            assert_no_better(audited(less), full, path)
            removed += 1
    assert removed > 20


@SLOW
@given(PROFILES.filter(accepted), st.randoms())
def test_taking_away_any_fact_or_entry_never_helps(document, chance):
    full = audited(document)
    paths = list(removable(document))
    for path in chance.sample(paths, min(12, len(paths))):
        less = without(document, path)
        if accepted(less):
            assert_no_better(audited(less), full, path)


@SLOW
@given(PROFILES.filter(accepted), st.randoms())
def test_the_order_of_keys_and_entries_never_matters(document, chance):
    def shuffled(value):
        if isinstance(value, dict):
            return {name: shuffled(value[name]) for name in chance.sample(list(value), len(value))}
        if isinstance(value, list):
            return [shuffled(item) for item in chance.sample(value, len(value))]
        return value

    one, other = audited(document), audited(shuffled(document))
    assert one.summary == other.summary
    assert outcomes(one) == outcomes(other)


def outcomes(report):
    return {result.id: (result.outcome, result.value) for finding in report.findings for result in finding.criteria}


@SLOW
@given(PROFILES.filter(accepted))
def test_an_audit_changes_nothing_and_says_the_same_twice(document):
    before = copy.deepcopy(document)
    profile = load(document)
    first, second = audit(profile, registry=REGISTRY), audit(profile, registry=REGISTRY)
    assert document == before
    assert as_json(first) == as_json(second)
    assert profile == load(document)
    assert first.summary.next_steps
    assert first.summary.score.low <= first.summary.score.high


def test_with_nothing_assessed_nothing_is_green():
    report = audit(BARE, registry=REGISTRY)
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
            for name in BESIDE_FACTS:
                value.pop(name, None)

    strip(bare)
    assert outcomes(audited(bare)) == outcomes(audited(SOUND))



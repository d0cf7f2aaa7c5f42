"""Profiles with something taken away, and what must never follow from that."""

import copy

from engagecheck import Outcome
from engagecheck.audit.scoring import RANK
from engagecheck.model.schema import NOT_FACTS
from generated import SECTIONS

FINDING_RANK = {Outcome.NOT_MET: 0, Outcome.NOT_EVIDENCED: 0, Outcome.ERROR: 0, Outcome.PARTLY_MET: 1, Outcome.MET: 2}


def removable(document):
    """The path of every fact and every list entry."""

    def below(value, path):
        members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        for name, member in members:
            if name not in NOT_FACTS:
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

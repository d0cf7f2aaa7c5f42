"""Profiles with something taken away, and what must never follow from that."""

import copy
from collections.abc import Mapping
from typing import NamedTuple

from engagecheck import Outcome, installed
from engagecheck.audit.evaluate import evaluate, plan_audit
from engagecheck.audit.scoring import RANK, WeighedRule, score
from engagecheck.audit.tailoring import Tailoring
from engagecheck.model.outcomes import FROM_WORST
from engagecheck.model.report import Gate, Judgement
from engagecheck.model.schema import NOT_FACTS
from engagecheck.plugin_host.discovery import BUNDLED
from generated import SECTIONS

PLAN = plan_audit(installed(third_party=False), Tailoring())
FINDING_RANK = {Outcome.NOT_MET: 0, Outcome.NOT_EVIDENCED: 0, Outcome.ERROR: 0, Outcome.PARTLY_MET: 1, Outcome.MET: 2}


def removable(document):
    """The path of every fact and every list entry."""

    def below(value, path):
        members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        for name, member in members:
            if name not in NOT_FACTS:
                yield (*path, name)
                yield from below(member, (*path, name))

    for name in ("founded", "hosts_resident_doctors", "employs_sas_doctors", "designated_body"):
        if name in document["organisation"]:
            yield ("organisation", name)
    for section in SECTIONS:
        if section in document:
            yield (section,)
            yield from below(document[section], (section,))


def citations(document):
    """The path of all evidence that is cited and of each reason to cite it, and of the date and the assurance of each piece."""

    def below(value, path):
        members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        for name, member in members:
            if name in ("evidence", "evidence_for"):
                yield (*path, name)
                if len(member) > 1:
                    yield from ((*path, name, one) for one in (member if name == "evidence_for" else range(len(member))))
            else:
                yield from below(member, (*path, name))

    for section in SECTIONS:
        if section in document:
            yield from below(document[section], (section,))
    for index, item in enumerate(document.get("evidence", [])):
        yield from (("evidence", index, name) for name in ("effective", "assurance") if name in item)


def without(document, path):
    less = copy.deepcopy(document)
    holder = less
    for step in path[:-1]:
        holder = holder[step]
    del holder[path[-1]]
    return less


class Judged(NamedTuple):
    """What an audit comes to, before anything is put into words, which takes three quarters of the time of an audit."""

    summary: Judgement
    rules: Mapping[str, WeighedRule]


def judged(profile, overrides=None):
    (evaluation,) = evaluate(PLAN, [profile], overrides)
    assert evaluation.problems == (), evaluation.exceptions
    scores = score(evaluation, Gate())
    return Judged(scores.packs[BUNDLED], scores.rules)


def assert_no_better(less, more, path):
    """Taking something away never raises a low end, a ladder, the rating or the gate, and only widens what is possible."""
    assert less.summary.score.low <= more.summary.score.low, path
    assert RANK.index(less.summary.level) <= RANK.index(more.summary.level), path
    assert less.summary.gate <= more.summary.gate, path
    for fewer, full in zip(less.summary.ladders, more.summary.ladders, strict=True):
        assert RANK.index(fewer.level) <= RANK.index(full.level), (path, full.name)
        assert fewer.value >= full.value if full.name == "flags" else fewer.value <= full.value, (path, full.name)
    assert list(less.rules) == list(more.rules)
    for rule, full in more.rules.items():
        fewer = less.rules[rule]
        assert FINDING_RANK.get(fewer.outcome, 3) <= FINDING_RANK.get(full.outcome, 3), path
        assert list(fewer.results) == list(full.results)
        for name, with_it in full.results.items():
            without_it = fewer.results[name]
            if without_it.outcome is Outcome.NOT_APPLICABLE:
                assert with_it.outcome is Outcome.NOT_APPLICABLE, (path, name)
            elif with_it.outcome is not Outcome.NOT_APPLICABLE:
                assert_wider(without_it, with_it, (path, name))


def assert_wider(without_it, with_it, where):
    """The ends of a result without a fact hold those with it."""
    about = (where, with_it.value, without_it.value)
    assert FROM_WORST.index(without_it.at_worst) <= FROM_WORST.index(with_it.at_worst), about
    assert FROM_WORST.index(without_it.at_best) >= FROM_WORST.index(with_it.at_best), about

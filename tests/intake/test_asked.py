"""A question that earlier answers make unnecessary is not asked, and no answer to it could change the audit."""

import copy
import json

import pytest
from msgspec import to_builtins

from conftest import BARE, SOUND
from engagecheck import InputRefused, run_audit
from engagecheck.intake.questions import all_questions
from engagecheck.intake.questions.asked import essential_facts, has_entries, is_asked, no_longer_asked
from engagecheck.intake.questions.kinds import Kind
from engagecheck.model.schema import part_of_profile


def conditions(question, pointer=()):
    """Every question with a condition, once for each earlier answer: the question, the steps to its group, the path."""
    for part in question.parts:
        here = (*pointer, *(("entries", 0) if question.kind is Kind.LIST else ()))
        yield from ((part, here, path) for path in part.asked_if)
        if part.kind in (Kind.GROUP, Kind.LIST):
            yield from conditions(part, (*here, part.name))


CONDITIONS = [one for section in all_questions() if section.kind is Kind.GROUP for one in conditions(section, (section.name,))]


def group_at(document, steps):
    for step in steps:
        if isinstance(document, dict):
            document = document.setdefault(step, [{"kind": "substantive"}] if step == "entries" else {})
        else:
            document = document[step]
    return document


def removed(document, pointer):
    *steps, last = pointer[1:].split("/")
    for step in steps:
        document = document[int(step) if isinstance(document, list) else step]
    return document.pop(last)


def another(wanted):
    """An earlier answer that does not leave the question open."""
    if isinstance(wanted, dict):
        return wanted["minimum"] - 1
    return {True: False, "England": "Scotland", "designate": "substantive"}[wanted] if not isinstance(wanted, list) else "designate"


def values(question):
    if question.kind is Kind.GROUP:
        return [{part.name: value} for part in question.parts if part.is_leaf and part.name not in ("note", "evidence") for value in values(part)]
    return {
        Kind.YES_NO: [True, False], Kind.CHOICE: list(question.answers), Kind.WHOLE: [0, 1, 3], Kind.NUMBER: [0, 20],
        Kind.DATE: [*question.words, "2025-06"], Kind.TEXT: ["x"],
    }[question.kind]  # fmt: skip


def outcomes(document, bundled):
    report = to_builtins(run_audit(document, bundled))
    return {one["id"]: json.dumps([one["outcome"], one.get("worst"), one.get("best")]) for finding in report["findings"] for one in finding["criteria"]}


@pytest.mark.parametrize(("question", "steps", "path"), CONDITIONS, ids=lambda one: getattr(one, "name", None) or (one if isinstance(one, str) else "."))
def test_no_answer_to_a_question_that_is_not_asked_changes_an_audit(bundled, question, steps, path):
    document = copy.deepcopy(SOUND)
    if path in ("organisation.country", "organisation.designated_body"):
        document["organisation"]["type"] = "independent_hospital"  # of a trust, the law fixes both
    document.get(steps[0], {}).pop("withheld", None)
    group = group_at(document, steps)
    holder = group_at(document, path.split(".")[:1]) if "." in path else group
    holder[path.rpartition(".")[2]] = another(question.asked_if[path])
    while answers := [pointer for pointer, _ in no_longer_asked(document)]:
        for pointer in answers:
            removed(document, pointer)
    group = group_at(document, steps)
    assert not is_asked(question, document, group)
    assert question.name not in group
    before = outcomes(document, bundled) if document.get(steps[0]) else None
    tried = 0
    for value in values(question):
        group[question.name] = value
        try:
            found = outcomes(document, bundled)
        except InputRefused:  # a profile that says both that there is none, and what it is like, is refused
            continue
        tried += 1
        assert found == before, value
    assert [pointer for pointer, _ in no_longer_asked(document)] == ["/" + "/".join(map(str, (*steps, question.name)))]
    assert tried or "sampled" in question.name or path.startswith("organisation") or path in ("exists", "of", "recommendations_due")


def test_what_is_not_answered_leaves_every_question_open():
    for question, _, _ in CONDITIONS:
        assert is_asked(question, BARE | {"organisation": {}}, {})


def test_a_condition_names_a_fact_of_the_profile_or_one_beside_it():
    for question, steps, path in CONDITIONS:
        if "." in path:
            assert part_of_profile(path), (question.name, path)
        else:
            section = next(one for one in all_questions() if one.name == steps[0])
            for step in steps[1:]:
                section = section if step in ("entries", 0) else section.part(step)
            assert section.part(path).is_leaf


def test_a_list_whose_total_is_0_has_no_entries_to_ask_for():
    assert has_entries(None)
    assert has_entries({"of": 3})
    assert has_entries({"entries": []})
    assert not has_entries({"of": 0})
    document = {**BARE, "regulator": {"actions": {"of": 0, "entries": [{"kind": "warning"}]}}}
    assert [pointer for pointer, _ in no_longer_asked(document)] == ["/regulator/actions/entries"]


def test_the_essential_facts_are_those_of_the_essential_questions(bundled):
    facts = essential_facts(bundled)
    assert {"/leadership/chief_executive", "/talent/leadership_strategy", "/selection/complete_panels", "/journey/measurements"} <= set(facts)
    assert "/strategy/programmes" not in facts
    assert not any(fact.startswith("/organisation") for fact in facts)
    assert essential_facts(bundled, "another pack") == ()

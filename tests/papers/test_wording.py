"""A question with its value, in the words that a board reads."""

import pytest
from msgspec.structs import replace

from conftest import EXAMPLES
from engagecheck import Outcome, run_audit
from engagecheck.papers import wording
from reporters_varied import REGISTRY

FULL = run_audit(EXAMPLES / "harbour-vale.json", REGISTRY)
RESULTS = {one.id: one for finding in FULL.findings for one in finding.criteria}


def test_every_bundled_question_says_what_is_measured():
    labels = [criterion.label for rule in REGISTRY.rules.values() for criterion in rule.criteria if rule.id in {one.rule for one in FULL.findings}]
    assert len(set(labels)) == len(labels) > 70
    assert not [label for label in labels if not label[:1].isupper() or label.endswith(("?", ".", ":"))]


@pytest.mark.parametrize(("name", "text"), [
    ("leadership-stability/executive-vacancies", "Empty executive posts: 0 to 1. Good: none; partly: up to 1."),
    ("leadership-stability/chief-executive-tenure", "Chief executive's time in post: 50 months. Good: 36 months or more."),
    ("senior-selection/appointment-panels", "Complete consultant appointment panels: 21 of 22 (95.5 %). Good: all."),
    ("journey/action-plan-known", "Doctors who know of the action plan: not shown to us. Good: 75 % or more; partly: from 50 %."),
    ("senior-commitment/board-lead", "Board member responsible for the engagement of all doctors: yes. Good: yes."),
])
def test_an_answer_in_words(name, text):
    assert wording.answer(RESULTS[name]) == text


def test_a_rule_that_does_not_name_what_it_measures_keeps_its_question_and_its_unit():
    one = replace(RESULTS["leadership-stability/executive-vacancies"], label="", question="How many are empty?", value_text="1 empty post")
    assert wording.answer(one) == "How many are empty? 1 empty post. Good: none; partly: up to 1 empty post."


def test_what_does_not_apply_has_no_value():
    one = replace(RESULTS["senior-commitment/board-lead"], outcome=Outcome.NOT_APPLICABLE)
    assert wording.answer(one) == "Board member responsible for the engagement of all doctors: does not apply."

"""What follows from one person's answers to the checklist for medical leaders."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagecheck import installed
from engagecheck.intake.self_check import ITEMS, MAX_FIRST_STEPS, SIDES, Answer, Side, self_check

MINE = [item for item in ITEMS if item.side is Side.ME]
THEIRS = [item for item in ITEMS if item.side is Side.ORGANISATION]
ANSWERS = st.dictionaries(st.sampled_from([item.id for item in ITEMS]), st.sampled_from(list(Answer)))


def test_there_are_eight_questions_about_me_and_eight_about_my_organisation():
    assert (len(MINE), len(THEIRS)) == (8, 8)
    assert [*MINE, *THEIRS] == list(ITEMS)
    assert set(SIDES) == set(Side)
    assert len({item.id for item in ITEMS}) == len({item.text for item in ITEMS}) == len({item.advice for item in ITEMS}) == 16


def test_every_finding_is_touched():
    assert {item.rule for item in ITEMS} == set(installed(third_party=False).rules) - {"consistency"}


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.id)
def test_what_the_organisation_is_asked_for_says_whom_to_ask_and_nothing_of_mine_does(item):
    asks_somebody = item.advice.startswith(("Ask the medical director", "Ask the chief", "Ask the director", "Ask the chair"))
    assert asks_somebody == (item.side is Side.ORGANISATION)
    assert item.text.endswith(".")
    assert item.advice.endswith(".")


@given(ANSWERS)
def test_every_question_is_on_the_page_and_only_a_yes_is_in_place(answers):
    checked = self_check(answers)
    assert {item.id for item in checked.in_place} == {name for name, answer in answers.items() if answer is Answer.YES}
    assert {item.id for item in checked.not_answered} == {item.id for item in ITEMS} - set(answers)
    missing = {name for name, answer in answers.items() if answer in (Answer.NO, Answer.PARTLY)}
    assert {item.id for item in (*checked.to_ask, *checked.begin, *checked.later)} == missing
    assert not set(checked.later) & {*checked.begin, *checked.to_ask}
    assert len(checked.begin) == min(MAX_FIRST_STEPS, len(missing))
    assert {item.side for item in checked.to_ask} <= {Side.ORGANISATION}


def test_a_no_comes_before_a_partly_and_mine_before_theirs():
    answers = {THEIRS[0].id: Answer.NO, THEIRS[3].id: Answer.NO, MINE[2].id: Answer.PARTLY, MINE[5].id: Answer.NO, MINE[6].id: Answer.PARTLY}
    checked = self_check(answers)
    assert checked.begin == (MINE[5], THEIRS[0], THEIRS[3])
    assert checked.later == (MINE[2], MINE[6])
    assert checked.to_ask == (THEIRS[0], THEIRS[3])

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagecheck import Listing, NotApplicable, NotEvidenced, PartialDate, Tally, lacking, share

GOODS = st.lists(st.booleans(), max_size=8)


def test_what_is_not_listed_counts_against():
    found = Listing(of=4, _entries=(True, True)).share(bool)
    assert (found.good, found.of, found.unlisted) == (2, 4, 2)
    assert found.value == 0.5


@pytest.mark.parametrize("ask", [lambda one: one.share(bool), lambda one: one.lacking(bool), lambda one: one.whole()])
def test_without_a_total_nothing_can_be_said(ask):
    with pytest.raises(NotEvidenced):
        ask(Listing(_entries=(True,)))


def test_none_at_all_does_not_apply():
    with pytest.raises(NotApplicable):
        Listing(of=0).share(bool)


def test_the_whole_needs_every_entry_and_the_history():
    since = date(2024, 1, 31)
    with pytest.raises(NotEvidenced, match="2 in all, 1"):
        Listing(of=2, _entries=(True,)).whole()
    for vague in (None, PartialDate("2024-02")):
        with pytest.raises(NotEvidenced, match="complete from"):
            Listing(of=1, _entries=(True,), complete_from=vague).whole(since)
    assert Listing(of=1, _entries=(True,), complete_from=PartialDate("2024-01")).whole(since) == (True,)


def test_a_single_thing_is_a_list_of_one():
    assert lacking(False, Listing(of=2, _entries=(True,)), good=bool).value == 2


@given(GOODS, st.integers(0, 4), st.data())
def test_leaving_an_entry_out_never_helps(goods, unlisted, data):
    full = Listing(of=len(goods) + unlisted, _entries=tuple(goods))
    if not goods:
        return
    place = data.draw(st.integers(0, len(goods) - 1))
    less = Listing(of=full.of, _entries=tuple(goods[:place] + goods[place + 1 :]))
    assert share(less, good=bool).value <= share(full, good=bool).value
    assert less.lacking(bool).value >= full.lacking(bool).value
    assert less.count(bool) <= full.count(bool)
    with pytest.raises(NotEvidenced):
        less.whole()


def test_a_tally_needs_both_numbers():
    assert Tally(of=4, count=3).share().value == 0.75
    for partial in (Tally(of=4), Tally(count=4)):
        with pytest.raises(NotEvidenced):
            partial.share()

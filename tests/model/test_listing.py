from datetime import date
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagecheck import (
    Listing,
    NotApplicable,
    NotEvidenced,
    PartialDate,
    Range,
    Share,
    Tally,
    ends_of,
    lacking,
    share,
    some_exist,
)

SAYS = st.lists(st.sampled_from([True, False, None]), max_size=8)


def itself(entry):
    """A test that an entry answers by being it: yes, no or `None`."""
    return entry


def test_what_is_not_listed_may_be_good():
    found = Listing(of=4, entries=(True, True)).share(itself)
    assert (found.good, found.upto, found.of, found.unlisted) == (2, 4, 4, 2)
    assert found.value == 0.5
    assert found.remark == "2 of 4 are not listed."


def test_what_says_no_is_short_and_what_says_nothing_may_be_good():
    found = Listing(of=4, entries=(True, False, None)).share(itself)
    assert (found.good, found.upto, found.short, found.unclear, found.unlisted) == (1, 3, (False,), 1, 1)
    assert found.remark == "1 of 4 is not listed. For 1 of 4, the profile does not say."


@pytest.mark.parametrize(
    ("listing", "shared", "counted", "missing"),
    [
        (Listing(of=3, entries=(True, True, False)), Share(2, 3, 2, (False,)), 2, 1),
        (Listing(of=3, entries=(True, False)), Share(1, 3, 2, (False,), 1), Range(1, 2), Range(1, 2)),
        (Listing(of=3, entries=(True, None, None)), Share(1, 3, 3, (), 0, 2), Range(1, 3), Range(0, 2)),
        (Listing(of=3), Share(0, 3, 3, (), 3), Range(0, 3), Range(0, 3)),
    ],
)
def test_both_ends_of_a_share_a_count_and_a_lack(listing, shared, counted, missing):
    assert listing.share(itself) == shared
    assert listing.count(itself) == counted
    assert listing.lacking(itself).value == missing


def test_without_a_total_there_may_be_any_number_more():
    some = Listing(entries=(True, True, False))
    with pytest.raises(NotEvidenced, match="the total is not stated"):
        some.share(itself)
    assert some.count(itself) == Range(2, inf)
    assert some.lacking(itself).value == Range(1, inf)
    assert "The total is not stated" in some.lacking(itself).because
    assert some.unlisted == inf
    assert not some.is_whole()


def test_what_a_lack_leaves_open_is_said():
    assert Listing(of=5, entries=(True, None, False)).lacking(itself).because == "2 of 5 are not listed. For 1 of 5, the profile does not say."
    assert Listing(of=3, entries=(True, True, False)).lacking(itself).because == ""
    assert Listing(entries=(True, None)).lacking(itself).because == "For 1 of 2, the profile does not say. The total is not stated."
    assert Listing(entries=(True, False)).lacking(itself).because == "The total is not stated."


def test_a_large_number_that_is_known_is_one_number():
    assert Listing(of=300, entries=(True,) * 300).count(itself) == 300


def test_a_list_shows_what_is_in_it_and_cannot_be_changed():
    listing = Listing(of=4, entries=(True,))
    assert (listing.listed, listing.unlisted) == (1, 3)
    assert Listing(of=1, entries=(True, True)).unlisted == 0  # more than the total is refused elsewhere, and never a debt
    for value, name in ((listing, "of"), (Tally(of=4, count=3), "count")):
        with pytest.raises(AttributeError):
            setattr(value, name, 5)


def test_none_at_all_does_not_apply_and_counts_as_none():
    for ask in (Listing(of=0).share, Listing(of=0).lacking):
        with pytest.raises(NotApplicable):
            ask(itself)
    assert Listing(of=0).count(itself) == 0


def test_none_of_what_every_organisation_has_is_questioned():
    with pytest.raises(NotEvidenced, match="check the total"):
        some_exist(Listing(of=0))
    for listing in (Listing(), Listing(of=1), Listing(of=2, entries=(True,))):
        assert some_exist(listing) is listing


def test_the_whole_needs_every_entry_and_the_history():
    since = date(2024, 1, 31)
    assert not Listing(of=2, entries=(True,)).is_whole()
    assert Listing(of=1, entries=(True,)).is_whole()
    for vague in (None, PartialDate("2024-02"), PartialDate("2024-02-01")):
        assert not Listing(of=1, entries=(True,), complete_from=vague).is_whole(since)
    for known in (PartialDate("2024-01"), PartialDate("2023")):
        assert Listing(of=1, entries=(True,), complete_from=known).is_whole(since)
    assert not Listing(of=2, entries=(True,), complete_from=PartialDate("2024-01")).is_whole(since)


def test_two_entries_that_are_alike_are_two():
    assert Listing(of=2, entries=("same", "same")).count(lambda _: True) == 2
    assert Listing(of=2, entries=("same", "same")).largest_group(lambda one: one) == 2


@pytest.mark.parametrize(
    ("entries", "of", "size"),
    [
        ("aab", 3, 2), ("aab", 4, Range(2, 3)), ("aab", None, Range(2, inf)), ("", 0, 0), ("", 2, Range(0, 2)),
        ("aab?", 4, Range(2, 3)), ("??", 2, Range(0, 2)),
    ],
)  # fmt: skip
def test_the_largest_group_at_both_ends(entries, of, size):
    assert Listing(of=of, entries=tuple(entries)).largest_group(lambda one: None if one == "?" else one) == size


def test_only_those_that_are_wanted_are_taken_out_of_the_total():
    kept = Listing(of=5, entries=(True, False, None)).only(itself)
    assert (kept.of, kept.entries, kept.unlisted) == (4, (True, None), 2)
    assert Listing(of=10, entries=(False, True, False, None, False)).only(itself).of == 7
    assert Listing(entries=(True, False)).only(itself).of is None


def test_a_single_thing_is_a_list_of_one():
    assert lacking(False, Listing(of=2, entries=(True,)), good=itself).value == Range(1, 2)
    assert share(True, Listing(of=2, entries=(True, False)), good=itself).value == 0.666667


def test_those_that_fall_short_are_named():
    assert lacking(Listing(of=3, entries=("a", "b", "c")), good=lambda one: one == "a").at == ("b", "c")


@given(SAYS, st.integers(0, 4), st.data())
def test_leaving_an_entry_or_what_it_says_out_never_decides(says, unlisted, data):
    full = Listing(of=len(says) + unlisted, entries=tuple(says))
    if not says:
        return
    place = data.draw(st.integers(0, len(says) - 1))
    put = data.draw(st.sampled_from([(), (None,)]))
    less = Listing(of=full.of, entries=(*says[:place], *put, *says[place + 1 :]))
    fewer, more = share(less, good=itself), share(full, good=itself)
    assert fewer.good <= more.good <= more.upto <= fewer.upto
    for ask in (lambda one: one.lacking(itself).value, lambda one: one.count(itself), lambda one: one.largest_group(itself)):
        (low, high), (full_low, full_high) = ends_of(ask(less)), ends_of(ask(full))
        assert low <= full_low <= full_high <= high
    assert put or not less.is_whole()


def test_a_tally_needs_both_numbers():
    assert Tally(of=4, count=3).share().value == 0.75
    assert Tally(of=4, count=0).share() == Share(0, 4)
    assert Tally(of=4, count=3, sampled="the last four files").share().remark == "Sample: the last four files."
    for partial in (Tally(of=4), Tally(count=4), Tally()):
        with pytest.raises(NotEvidenced):
            partial.share()
    for none in (Tally(of=0, count=0), Tally(of=0)):
        with pytest.raises(NotApplicable):
            none.share()

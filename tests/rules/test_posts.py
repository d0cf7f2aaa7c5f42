"""Measures over posts at their edges: the last day on which an answer holds, and the first on which it does not."""

from datetime import date
from math import inf

import pytest

from engagecheck import DateOrWord, Listing, NotApplicable, NotEvidenced, PartialDate, Range
from engagecheck.model.profile import Organisation
from engagecheck.model.sections.leadership import Post, Spell
from engagecheck.rules.posts import (
    APPOINTED,
    UNFILLED,
    dates_of,
    disagreements,
    holders_within,
    holds,
    is_filled,
    refuse_if_young,
    served_over,
    tenure,
)

AS_OF = date(2025, 3, 31)


def founded(day):
    return Organisation("A trust (invented)", "nhs_trust", "England", founded=PartialDate(day) if day else None)


OLD = founded("1994-04-01")


def read(text):
    """A text as from a file: equal to one of the program, and not the very same."""
    return text and "".join(text)


def spell(since, until="present", kind="substantive", holder=None):
    return Spell(read(holder), read(kind), PartialDate(since) if since else None, DateOrWord(until) if until else None)


def post(*spells, of=None, since="2000-01", created=None, shared=None):
    history = Listing(len(spells) if of is None else of, spells, PartialDate(since) if since else None)
    return Post("Medical director", read(shared), None, PartialDate(created) if created else None, history)


BEFORE = spell("2012-01", "2016-12")


@pytest.mark.parametrize(
    ("day", "refused"),
    [
        ("2024-03-31", None),
        ("2024-04-01", NotApplicable),
        ("2024-03", None),
        ("2024-04", NotApplicable),
        ("2025-03-31", NotApplicable),
    ],
)
def test_an_organisation_is_asked_from_the_day_on_which_it_is_a_year_old(day, refused):
    if refused is None:
        refuse_if_young(founded(day), [], AS_OF)
    else:
        with pytest.raises(refused, match=rf"founded less than a year ago \({PartialDate(day)}\)"):
            refuse_if_young(founded(day), [PartialDate("2001")], AS_OF)


@pytest.mark.parametrize(
    ("days", "is_old"),
    [
        (["2024-03-31"], True),
        (["2024-04-01"], False),
        (["2024-03"], True),
        (["2024"], False),
        ([None, "2020"], True),
        ([None], False),
        ([], False),
    ],
)
def test_a_date_of_a_post_a_year_ago_shows_that_an_organisation_is_a_year_old(days, is_old):
    dates = [day and PartialDate(day) for day in days]
    if is_old:
        refuse_if_young(founded(None), dates, AS_OF)
    else:
        with pytest.raises(NotEvidenced, match="the date on which the organisation was founded is missing"):
            refuse_if_young(founded(None), dates, AS_OF)


def test_the_dates_of_posts_are_those_that_are_stated():
    posts = [post(spell("2020-01", "2021-02"), spell(None, "2022-03"), spell("2023-04"), spell("2024-05", None)), Post("Empty")]
    assert dates_of(*posts) == [PartialDate(day) for day in ("2020-01", "2021-02", "2022-03", "2023-04", "2024-05")]


@pytest.mark.parametrize(
    ("one", "day", "answer"),
    [
        (spell("2025-03-31"), AS_OF, True), (spell("2025-04-01"), AS_OF, False), (spell("2025-04-01", None), AS_OF, False),
        (spell("2020-01", None), AS_OF, None), (spell(None), AS_OF, True), (spell("2020-01", "2025-03-31"), AS_OF, True),
        (spell("2020-01", "2025-03-30"), AS_OF, False), (spell("2020-01", "2025-03"), AS_OF, None), (spell("2020-01", "2025-04"), AS_OF, True),
        (spell("2020-01", "2025-02"), AS_OF, False), (spell("2020-01", "2025-03"), date(2025, 3, 1), True), (spell("2020-01", "2025-03"), date(2025, 3, 15), None),
    ],
)  # fmt: skip
def test_a_spell_goes_on_up_to_its_last_day(one, day, answer):
    assert holds(one, day) is answer


@pytest.mark.parametrize(
    ("spells", "sentence"),
    [
        # a predecessor is mentioned from 60 complete months of service, by the days that show the least
        ([spell("2012-01-01", "2016-12-31"), spell("2017-01")], ""),
        ([spell("2012-01-01", "2017-01-01"), spell("2017-01")], " The predecessor had served 60 months."),
        ([spell("2012-01", "2017-01-31"), spell("2017-02")], " The predecessor had served 60 months."),
        ([spell("2012-01", "2017-01-30"), spell("2017-02")], ""),
        ([spell("2012-01", "2017-02"), spell("2017-03")], " The predecessor had served 60 months."),
        ([spell("2012-01", "2017-01"), spell("2017-03")], ""),
        ([spell("2000-01-01", "2017-01-01"), spell("2017-01")], " The predecessor had served 204 months."),
        # the last one before the holder counts, and no interim
        ([spell("2000-01-01", "2016-12-31"), spell("2005-01-01", "2010-01-01"), spell("2017-01")], " The predecessor had served 203 months."),
        ([spell("2000-01", "2012-01"), spell("2012-02", "2016-12"), spell("2017-01")], ""),
        ([spell("2000-01-01", "2012-01-01"), spell("2012-02", "2016-12", "interim"), spell("2017-01")], " The predecessor had served 144 months."),
        ([spell("2000-01", "2012-01", "interim"), spell("2012-02")], ""), ([spell(None, "2012-01"), spell("2012-02")], ""),
        # whoever left more than 12 months after the holder came was no predecessor
        ([spell("2000-01-01", "2018-01-31"), spell("2017-01-31")], " The predecessor had served 216 months."),
        ([spell("2000-01-01", "2018-02-01"), spell("2017-01-31")], ""),
        ([spell("2017-01")], ""),
    ],
)  # fmt: skip
def test_a_predecessor_with_long_service_is_mentioned(spells, sentence):
    measured = tenure(post(*spells), OLD, AS_OF)
    assert measured.because == f"In post since {spells[-1].since}.{sentence}"


@pytest.mark.parametrize(
    ("of", "value", "because", "case"),
    [
        (post(spell("2020-03-31")), 60, "In post since 31 March 2020.", ""), (post(spell("2020-04-01")), 59, "In post since 1 April 2020.", ""),
        (post(BEFORE, spell("2020-03-31"), spell("2023-03-31")), 60, "In post since 31 March 2020.", ""),
        (post(BEFORE, spell("2020-01"), spell("2020-01-31")), 62, "In post since January 2020.", ""),
        (post(BEFORE, spell("2020-01"), spell("2020-01-30")), 62, "In post since 30 January 2020.", ""),
        (post(BEFORE, spell("2020-03-31"), of=3), Range(60, inf), "In post since 31 March 2020.", ""),
        (post(BEFORE, spell("2020-03-31"), of=3, shared="sole"), 60, "In post since 31 March 2020.", ""),
        (post(BEFORE, of=2, shared="sole"), Range(0, inf), "", ""),
        (post(BEFORE), 0, "The post is vacant.", UNFILLED), (post(), 0, "The post is vacant.", UNFILLED),
        (post(BEFORE, spell("2020-03-31", kind="interim")), 0, "The post is held by an interim.", UNFILLED),
        (post(BEFORE, spell("2020-03-31", kind="acting")), 0, "The post is held by an acting holder.", UNFILLED),
        (post(BEFORE, spell("2020-03-31", "2021-03", "interim")), 0, "The post is vacant.", UNFILLED),
        (post(BEFORE, spell("2020-03-31", kind="cover")), 0, "The post is covered.", UNFILLED),
        (post(BEFORE, spell("2027-03-31", kind="designate")), 0, "The post is vacant. A designate is named.", APPOINTED),
        (post(BEFORE, spell("2025-01-31", kind="designate")), 0, "The post is vacant. A designate is named.", APPOINTED),
        (post(BEFORE, spell("2025-03-31", None, "designate")), 0, "The post is vacant.", UNFILLED),
        (post(BEFORE, spell("2020-03-31", kind="interim"), spell("2027-03-31", kind="designate")), 0, "The post is held by an interim. A designate is named.", APPOINTED),
        (post(BEFORE, spell("2020-03-31", None)), Range(0, 60), "", ""), (post(BEFORE, spell("2020-03-31", kind=None)), Range(0, 60), "", ""),
        (post(BEFORE, spell(None)), Range(0, inf), "", ""),
        (post(BEFORE, spell("2020-03-31"), spell("2010-03-31", None)), Range(60, 180), "In post since 31 March 2020.", ""),
    ],
)  # fmt: skip
def test_time_in_a_post_and_what_is_said_about_it(of, value, because, case):
    measured = tenure(of, OLD, AS_OF)
    assert (measured.value, measured.because, measured.case) == (value, because, case)


@pytest.mark.parametrize(
    ("organisation", "of", "utmost"),
    [
        # since the founding, give or take a month
        ("2024-03-01", post(spell("2024-04-01")), True), ("2024-03-01", post(BEFORE, spell("2024-04-02")), False),
        ("2024-03-01", post(BEFORE, spell("2024-04")), None), ("2024-02", post(BEFORE, spell("2024-03-29")), None),
        ("2024-02", post(BEFORE, spell("2024-03-30")), False), ("2024-02", post(BEFORE, spell("2024-03-01")), True),
        # an organisation of 36 months is asked as any other
        ("2022-04-01", post(BEFORE, spell("2022-04-15")), True), ("2022-03-31", post(BEFORE, spell("2022-04-15")), False),
        ("2022-03", post(BEFORE, spell("2022-04-15")), False), ("2022-04", post(BEFORE, spell("2022-04-15")), True),
        ("2022-02", post(BEFORE, spell("2022-04-15")), False), (None, post(BEFORE, spell("2024-04-15")), None),
        # nobody has the utmost who has served 36 months, or is not in the post
        (None, post(BEFORE, spell("2022-03-31")), False), (None, post(spell("2017-01")), False), ("2024-02", post(BEFORE, spell("2024-03-15")), None), (None, post(BEFORE, spell("2022-04-01")), None), ("2024-03-01", post(BEFORE), False),
        ("2024-03-01", post(spell("2024-04-01", None)), None), ("2024-03-01", post(spell("2024-04-01", kind=None)), None),
        # since the post began, give or take a month
        ("1994", post(spell("2024-12-15"), created="2024-11-15"), True), ("1994", post(spell("2024-12-16"), created="2024-11-15"), False),
        ("1994", post(spell("2024-12"), created="2024-11-15"), None), ("1994", post(spell("2024-12-30"), created="2024-11"), None),
        ("1994", post(spell("2024-12-31"), created="2024-11"), False), ("1994", post(spell("2024-12-01"), created="2024-11"), True),
        # or nobody is known to have been there before
        ("1994", post(spell("2024-12-01")), None), ("1994", post(spell(None, "2024-11-30"), spell("2024-12-01")), False),
        ("1994", post(spell(None, "2024-12-01"), spell("2024-12-01")), None), ("1994", post(spell("2024-11-30", None, "interim"), spell("2024-12-01")), False),
        ("1994", post(spell(None, None), spell("2024-12-01")), None),
    ],
)  # fmt: skip
def test_nobody_can_have_served_for_longer_than_the_organisation_or_the_post(organisation, of, utmost):
    assert tenure(of, founded(organisation), AS_OF).utmost is utmost


@pytest.mark.parametrize(
    ("spells", "count", "listed"),
    [
        ([spell("2015-01")], 1, 1), ([], 0, 0), ([spell("2010-01", "2022-03-31"), spell("2022-04-01")], 1, 1),
        ([spell("2010-01", "2022-04-01"), spell("2022-04-02")], Range(1, 2), 2), ([spell("2010-01", "2022-03")], 0, 0),
        ([spell("2010-01", "2022-04-01", holder="A"), spell("2022-04-02", holder="B")], 2, 2),
        ([spell("2010-01", "2022-04"), spell("2025-03-31")], Range(1, 2), 2), ([spell("2010-01", "2022-04"), spell("2025-04-01")], 1, 1),
        ([spell("2020-01"), spell("2023-01"), spell("2024-01")], Range(1, 3), 3),
        ([spell("2020-01", holder="A"), spell("2023-01", holder="A"), spell("2024-01")], Range(1, 2), 3),
        ([spell("2020-01", holder="A"), spell("2023-01", holder="B"), spell("2024-01")], Range(2, 3), 3),
        ([spell("2020-01", holder="A"), spell("2023-01", kind=None, holder="B")], Range(1, 2), 1),
        ([spell("2020-01", holder="A"), spell("2023-01", kind="cover", holder="B"), spell("2023-01", kind="designate", holder="C")], 1, 1),
        ([spell("2020-01", None, holder="A")], Range(0, 1), 0), ([spell("2022-03-31", None, holder="A")], Range(0, 1), 0),
        ([spell("2022-04-01", None, holder="A")], 1, 1), ([spell(None, holder="A")], 1, 1), ([spell(None, None, holder="A")], Range(0, 1), 0),
        ([spell("2020-01", "2022-04-15", "acting", "A"), spell("2022-05", "2023-01", "interim", "B")], 2, 2),
    ],
)  # fmt: skip
def test_how_many_led_from_a_post_in_three_years(spells, count, listed):
    measured = holders_within(post(*spells), OLD, AS_OF, months=36)
    is_open = isinstance(count, Range) and any(one.holder is None for one in post(*spells).holders.entries)
    letters = " Without a letter for each person, several periods may be of one person." if is_open else ""
    assert (measured.value, measured.because) == (count, f"{listed} listed between 31 March 2022 and 31 March 2025.{letters}")


def test_a_month_in_which_the_window_opens_may_lie_inside():
    assert holders_within(
        post(spell("2010-01", "2022-03", holder="A"), spell("2022-04", holder="B")), OLD, date(2025, 3, 15), months=36
    ).value == Range(1, 2)


def test_only_a_history_since_the_window_opens_or_the_founding_is_whole():
    since = [("1994-04-01", "2022-03-31", 1), ("1994-04-01", "2022-04-01", Range(1, inf)), ("2024-01-01", "2024-01-01", 1)]
    for began, history, count in [*since, ("2024-01-01", "2024-01-02", Range(1, inf)), (None, "2022-03-31", 1)]:
        measured = holders_within(
            post(spell("2024-01-05"), spell("2010-01", "2010-02"), since=history), founded(began), AS_OF, months=36
        )
        assert measured.value == count, (began, history)
    assert measured.because.endswith("31 March 2022 and 31 March 2025.")
    assert (
        "between 1 January 2024 and"
        in holders_within(post(spell("2024-01-05")), founded("2024-01-01"), AS_OF, months=36).because
    )


@pytest.mark.parametrize(
    ("of", "answer"),
    [
        (post(BEFORE, spell("2024-01")), True), (Post("Unknown"), None), (post(BEFORE, spell("2024-01"), of=9), True), (post(BEFORE, of=9), None),
        (post(BEFORE), False), (post(), None), (post(spell(None, "2024-12-31")), True), (post(spell(None, "2024-12-30")), False),
        (post(spell(None, "2024-12")), None), (post(spell(None, "2025-01")), True), (post(spell(None, "2024-11")), False),
        (post(created="2024-12-31"), True), (post(created="2024-12-30"), False), (post(created="2024-12"), None),
        (post(spell("2010-01", "2024-12-31"), created="2001"), True), (post(BEFORE, spell("2017-01", "2024-12-31")), True),
        (post(BEFORE, spell("2017-01", None)), None), (post(BEFORE, spell("2017-01", kind=None)), None), (post(BEFORE, spell("2025-01", "2025-02", None)), None),
        # twelve months if it is covered, acted up into, or someone will come
        (post(spell("2010-01", "2024-03-31"), spell("2024-04", kind="cover")), True), (post(spell("2010-01", "2024-03-30"), spell("2024-04", kind="cover")), False),
        (post(spell("2010-01", "2024-03-31"), spell("2024-04", kind="acting")), True), (post(spell("2010-01", "2024-03-31"), spell("2024-04", kind="interim")), False),
        (post(spell("2010-01", "2024-03-31"), spell("2025-04-01", kind="designate")), True), (post(spell("2010-01", "2024-03-31"), spell("2025-03-31", kind="designate")), True),
        (post(spell("2010-01", "2024-03-31"), spell("2025-04-01", kind="interim")), False), (post(spell("2010-01", "2024-03-31"), spell("2025-04-01")), False),
        (post(spell("2010-01", "2024-03-31"), spell("2025-04-01", kind="acting")), False), (post(spell("2010-01", "2024-03-31"), spell("2025-01", "2025-02", "designate")), False),
    ],
)  # fmt: skip
def test_a_post_is_filled_for_three_months_after_its_last_holder_left(of, answer):
    assert is_filled(of, AS_OF) is answer


def test_a_month_in_which_the_twelve_end_leaves_it_open_whether_a_post_is_filled():
    assert is_filled(post(spell("2010-01", "2024-03"), spell("2024-04", kind="cover")), date(2025, 3, 15)) is None


@pytest.mark.parametrize(
    ("organisation", "of", "answer"),
    [
        ("1994", post(BEFORE, spell("2024-03-30")), True), ("1994", post(BEFORE, spell("2024-03-31")), False), ("1994", post(BEFORE, spell("2024-03")), None),
        ("1994", post(BEFORE, spell("2024-04")), False), ("1994", post(BEFORE, spell("2020-01", kind="interim")), True),
        ("1994", post(BEFORE, spell("2020-01", kind="cover")), False), ("1994", post(BEFORE, spell("2020-01", kind=None)), None),
        ("1994", post(BEFORE, spell("2020-01", None)), None), ("1994", post(BEFORE, spell("2024-03", None)), None), ("1994", post(BEFORE, spell("2024-06", None)), False), ("1994", post(BEFORE, spell("2024-06", kind=None)), False),
        ("1994", post(BEFORE), False), ("1994", post(BEFORE, of=2), None), ("1994", Post("Unknown"), None), ("1994", post(BEFORE, spell(None)), None),
        ("1994", post(BEFORE, spell(None, "2024-01")), False), ("1994", post(BEFORE, spell("2020-01"), of=9), True),
        ("1994", post(spell("2024-12"), created="2024-12"), True), ("1994", post(spell("2024-12")), None),
        ("2024-04-01", post(spell("2024-05-01")), True), ("2024-04-01", post(BEFORE, spell("2024-05-02")), False),
    ],
)  # fmt: skip
def test_more_than_a_year_in_a_post(organisation, of, answer):
    assert served_over(of, founded(organisation), AS_OF, months=12) is answer


def said(of, as_of=AS_OF):
    """The contradictions of a post, and the gap that ends them."""
    sentences = []
    try:
        sentences.extend(disagreements(of, as_of))
    except NotEvidenced as gap:
        return sentences, str(gap)
    return sentences, ""


INCOMPLETE = "Medical director: some holder is not listed, or has no capacity or dates"
SHARED = "Medical director: two holders at once; enter whether the post is shared, a letter for each holder, and the days"


def two(until, since, one="A", other="B", shared="sole", end="present"):
    return post(spell("2015-01", until, holder=one), spell(since, end, holder=other), shared=shared)


@pytest.mark.parametrize(
    ("of", "sentences", "gap"),
    [
        (post(spell("2020-06", "2019-01")), ["Medical director: one holder left before arriving: left January 2019, arrived June 2020."], ""),
        (post(spell("2020-06", "2020-06")), [], ""), (post(spell("2020-06-02", "2020-06-01")), ["Medical director: one holder left before arriving: left 1 June 2020, arrived 2 June 2020."], ""),
        (post(spell("2020-06-01", "2020-06-01")), [], ""), (post(spell("2020-01", None)), [], INCOMPLETE), (post(spell(None, "2020-01")), [], INCOMPLETE),
        (post(spell("2020-01", kind=None)), [], INCOMPLETE), (post(spell("2020-01"), of=2), [], INCOMPLETE), (Post("Medical director"), [], "the holders of the post are missing"),
        (None, [], "the holders of the post are missing"),
        # a handover may take three months
        (two("2023-10-01", "2023-07-01"), [], ""), (two("2023-10-02", "2023-07-01"), ["Medical director: two substantive holders at once, from January 2015 and from 1 July 2023."], ""),
        (two("2023-10", "2023-07-01"), [], SHARED), (two("2023-10-02", "2023-07"), [], SHARED), (two("2023-09", "2023-07"), [], ""),
        (two("present", "2024-12-31"), [], ""), (two("present", "2024-12-30"), ["Medical director: two substantive holders at once, from January 2015 and from 30 December 2024."], ""),
        (two("2024-01", "2023-07", shared=None), [], SHARED), (two("2024-01", "2023-07", shared="joint"), [], ""), (two("2024-01", "2023-07", shared="job_share"), [], ""),
        (two("2024-01", "2023-07", one=None), [], SHARED), (two("2024-01", "2023-07", other=None), [], SHARED), (two("2024-01", "2023-07", other="A"), [], ""),
        (two("2024-01", "2023-07", one="AB", other="AB"), [], ""),
        (post(spell("2015-01", holder="A"), spell("2016-01", holder="B", kind="interim"), shared="sole"), [], ""),
        (two("2024-01", "2023-07", one=None, other=None), [], SHARED), (two("2024-01", None), [], INCOMPLETE), (two(None, "2023-07"), [], INCOMPLETE),
        (
            post(spell("2000-01", "2005-01", holder="A"), spell("2005-01", "2024-01", holder="B"), spell("2015-01", holder="C"), shared="sole"),
            ["Medical director: two substantive holders at once, from January 2005 and from January 2015."], "",
        ),
        (two("present", "2015-01", end="2015-02"), [], ""), (two("present", "2015-01", end="2016-02"), ["Medical director: two substantive holders at once, from January 2015 and from January 2015."], ""),
    ],
)  # fmt: skip
def test_contradictions_between_the_dates_of_a_post(of, sentences, gap):
    assert said(of) == (sentences, gap)


def test_a_post_without_a_name_is_called_the_post():
    nameless = Post(None, holders=Listing(1, (spell("2020-06", "2019-01"),)))
    assert said(nameless) == (["The post: one holder left before arriving: left January 2019, arrived June 2020."], "")


def test_months_are_named():
    for measure in (holders_within, served_over):
        with pytest.raises(TypeError, match="positional argument"):
            measure(post(BEFORE), OLD, AS_OF, 36)

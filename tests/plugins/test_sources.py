"""Every bundled source says whose it is, where it was read, of what date, since when it is in force, and where to find it."""

from datetime import date
from urllib.parse import urlsplit

import pytest

from engagecheck import Basis, RuleRefused, Source, installed
from engagecheck.plugin_host.check import complaints_of_source
from engagecheck.rules.rule import days_of

REGISTRY = installed(third_party=False)
SOURCES = REGISTRY.sources
WHOLE = {"title": "T", "authority": "A", "read_in": "R", "date": "2025", "address": "https://example.org/a", "seen": "all"}


def standards():
    for rule in REGISTRY.rules.values():
        for criterion in rule.criteria:
            if Basis.STANDARD in (criterion.basis, *(variant.basis for variant in criterion.variants)):
                yield criterion


@pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES)
def test_each_has_authority_place_date_and_address(source):
    for text in (source.title, source.authority, source.read_in, source.seen):
        assert text.strip() == text != ""
    first, last = days_of(source.date)
    assert date(1990, 1, 1) <= first <= last <= date(2026, 12, 31)
    address = urlsplit(source.address)
    assert address.scheme == "https"
    assert "." in address.hostname
    assert len(address.path) > 1, "the front page of a site is no address of a source"
    assert " " not in source.address
    if source.effective_from and source.effective_to:
        assert days_of(source.effective_from)[0] <= days_of(source.effective_to)[1]
    assert ("read in 2026" in source.title) is (source.date == "2026")
    assert list(complaints_of_source(source)) == []


@pytest.mark.parametrize("criterion", list(standards()), ids=lambda one: one.id)
def test_a_standard_is_one_since_a_day(criterion):
    source = SOURCES[criterion.source.partition("/")[0]]
    assert source.effective_from, f"{source.id} is cited by a standard, so it needs a day from which it is in force"


def test_sources_say_what_they_said():
    """What had been mixed up or was too old to be told as it was."""
    assert SOURCES["wales-2017"].date == "2017-06"
    assert "three years" in SOURCES["wales-2017"].seen
    assert SOURCES["wales-2018"].date == "2018-02-12"
    assert "over half" in SOURCES["wales-2018"].seen
    assert REGISTRY.rules["journey"]["measured-recently"].source == "wales-2017"
    assert REGISTRY.rules["journey"]["action-plan-known"].source == "wales-2018"
    assert SOURCES["ten-point-plan"].effective_from == "2025-08-29"
    assert "April 2026" in SOURCES["ten-point-plan"].parts["peer-lead"]
    assert "2018/19" in SOURCES["qa-responsible-officers"].seen
    assert "one-year" in SOURCES["provider-capability"].seen
    assert SOURCES["aac-regulations"].authority != SOURCES["aac-regulations"].read_in
    assert SOURCES["aomrc-spa"].effective_from is None


@pytest.mark.parametrize("name", ["effective_from", "effective_to"])
@pytest.mark.parametrize("text", ["", "soon", "2025-13", "20255", "31.03.2025", 2025])
def test_a_day_in_force_that_is_no_date_is_refused(name, text):
    with pytest.raises(RuleRefused, match=rf"^source mine: {name}=.* is not a date; write it like '2025-08-29'"):
        Source("mine", **WHOLE, **{name: text})


@pytest.mark.parametrize("name", WHOLE)
def test_what_is_no_text_is_refused(name):
    with pytest.raises(RuleRefused, match=rf"^source mine: {name}=None is not a text"):
        Source("mine", **{**WHOLE, name: None})


@pytest.mark.parametrize(
    ("ends", "last"),
    [("2025", date(2025, 12, 31)), ("2024-02", date(2024, 2, 29)), ("2025-08-29", date(2025, 8, 29)), (None, None)],
)
def test_it_ends_after_the_last_day_that_its_end_can_mean(ends, last):
    source = Source("mine", **WHOLE, effective_to=ends)
    assert not source.has_ended(last or date.max)
    assert last is None or source.has_ended(date.fromordinal(last.toordinal() + 1))


def test_advice_is_no_standard_and_an_unseen_number_is_ours():
    advised = REGISTRY.rules["medical-leadership-structure"]["leadership-time"]
    assert (advised.basis, advised.source) == (Basis.BENCHMARK, "aomrc-spa/leaders")
    for rule, name in (("board-to-ward", "patient-partners"), ("appraisal-and-revalidation", "appraiser-load")):
        assert REGISTRY.rules[rule][name].basis is Basis.JUDGEMENT

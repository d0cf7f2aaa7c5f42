"""Accepting at once and explaining with care agree: what is accepted has nothing wrong with it, and is the same profile."""

import copy
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import BARE, EXAMPLES, PROFILES, SOUND
from engagecheck import InputRefused, load_profile
from engagecheck.intake.checks import check
from engagecheck.intake.explain import complaints, open_document
from engagecheck.intake.load import accept, line_numbers, profile_from
from generated import TEXTS, dressed

FULL = json.loads((EXAMPLES / "sound.json").read_text("utf-8"))


def explained(document, registry):
    """The profile that the careful way makes, without an origin; `None` if it finds something wrong."""
    opened = open_document(json.dumps(document).encode(), "profile")
    return None if complaints(opened, registry) else profile_from(opened.document, check(opened.document))


def facts(profile):
    """All of a profile but where it came from."""
    return None if profile is None else [getattr(profile, name) for name in profile.__struct_fields__ if name != "origin"]


@pytest.mark.parametrize("path", PROFILES, ids=lambda path: path.stem)
def test_every_example_is_accepted_at_once_and_is_the_same_profile(path, bundled):
    profile = accept(path.read_bytes(), "profile", bundled)
    assert profile is not None
    assert facts(profile) == facts(explained(json.loads(path.read_bytes()), bundled))
    assert line_numbers(profile.origin)["/organisation/name"] > 1


def places(value, pointer=()):
    """The steps to every value of a document."""
    yield pointer
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, part in parts:
        yield from places(part, (*pointer, name))


ODD = st.sampled_from([
    None, True, False, 0, -1, 1, 3, 61, 2**53 + 1, 10**45, 1.0, 0.5, -0.0, 1e300, "", " ", "x", "A" * 2001, "2023-02", "2023-02-30", "2023-02-14\n", "2025-04-01", "2199-01",
    "general_practice", "met", [], [None], ["E1"], ["nowhere"], {}, {"of": 1}, {"of": 0, "entries": [{}]}, {"of": 2, "entries": [{"name": "A"}, {"name": "A"}]}, {"note": "n"}, {"count": 3, "of": 2},
])  # fmt: skip
NAMES = st.sampled_from(["of", "entries", "count", "note", "evidence", "evidence_for", "withheld", "complete_from", "name", "now", "since", "unheard_of", "extensions", "role", "n"])


@st.composite
def spoilt(draw):
    """A profile with one to three places changed, whatever comes of it."""
    document = json.loads(json.dumps(draw(st.sampled_from([FULL, SOUND]) | dressed())))
    for _ in range(draw(st.integers(1, 3))):
        place = draw(st.sampled_from(list(places(document))))
        holder = document
        for step in place[:-1]:
            holder = holder[step]
        if not place:
            continue
        what = draw(st.integers(0, 4))
        if what == 0:
            del holder[place[-1]]
        elif what == 1 and isinstance(holder[place[-1]], dict):
            holder[place[-1]][draw(NAMES)] = copy.deepcopy(draw(ODD | TEXTS))  # or it would be changed for the next one
        elif what == 2 and isinstance(holder[place[-1]], list) and holder[place[-1]]:
            holder[place[-1]].append(copy.deepcopy(holder[place[-1]][0]))
        else:
            holder[place[-1]] = copy.deepcopy(draw(ODD | TEXTS))
    return document


@pytest.mark.exhaustive
@settings(max_examples=400)
@given(document=spoilt())
def test_a_spoilt_profile_is_accepted_if_and_only_if_nothing_is_wrong_with_it(bundled, document):
    assert facts(accept(json.dumps(document).encode(), "profile", bundled)) == facts(explained(document, bundled))


@pytest.mark.exhaustive
@settings(max_examples=150)
@given(document=dressed())
def test_a_profile_with_notes_evidence_and_extensions_is_the_same_both_ways(bundled, document):
    assert facts(accept(json.dumps(document).encode(), "profile", bundled)) == facts(explained(document, bundled))


HARMLESS = json.dumps(BARE)


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        (HARMLESS.replace('"name"', '"name" : "B", "name"'), True),
        (HARMLESS.replace('"name":', '"name": "B", "name" :'), True),
        (HARMLESS.replace('"as_of":', '"as_of": "2025-03-31", "as_of":'), True),
        (HARMLESS.replace('"A trust', '"a\\":b: A trust').replace('"type"', '"country": "Wales", "type"'), True),
        (HARMLESS.replace("}, ", '}, "talent": {"chief_registrar_time": NaN}, '), True),
        (HARMLESS.replace("A trust", "\\ud800 trust"), True),
        (HARMLESS.replace("}, ", '}, "extensions": {"x": {"y": %s}}, ' % ("[" * 60 + "]" * 60)), True),
        (HARMLESS.replace("}, ", '}, "extensions": {"x": {"y": 1%s}}, ' % ("0" * 50)), True),
        (HARMLESS.replace("}, ", '}, "extensions": {"x": {"y": 1e999}}, '), True),
        (HARMLESS.replace("}, ", '}, "extensions": {"x": {"of": 1, "entries": [1, 2]}}, '), True),
        (HARMLESS.replace("}, ", '}, "extensions": {"x": {"y": 1, "y": 1}}, '), True),
        (HARMLESS.replace("}, ", '}, "extensions": 5, '), True),
        ("\ufeff" + HARMLESS, False),
        (HARMLESS.replace("A trust", "\\ud83d\\ude00 trust"), False),
        (HARMLESS.replace('":', '"\n:'), False),
        (HARMLESS.replace("A trust", ": a trust"), False),
        (HARMLESS.replace("A trust", "a\\\":b, see https://x.org: A trust"), False),
        (HARMLESS.replace("}, ", '}, "talent": {"chief_registrar_time": 40.0}, '), False),
    ],
)
def test_what_readers_of_json_overlook_is_not_accepted(text, refused, bundled):
    if refused:
        assert accept(text.encode(), "profile", bundled) is None
        with pytest.raises(InputRefused):
            load_profile(text.encode(), registry=bundled)
    else:
        load_profile(text.encode(), registry=bundled)


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ({"extensions": {"x": {"evidence": 5}}}, "/extensions/x/evidence: 5 is not a list of ids of evidence"),
        ({"extensions": {"x": {"evidence_for": []}}}, "does not give a list of ids of evidence for each fact"),
        ({"extensions": {"x": {"withheld": [1]}}}, "does not give a reason for each fact"),
        ({"extensions": {"x": {"a/b": 1, "withheld": {"a/b": "private"}}}}, ":12:5: /extensions/x/withheld/a~1b: 'a/b' is both withheld and stated; remove one of the two"),
        ({"extensions": {"x": {"a~b": 1, "evidence_for": {"a~b": ["E"]}}}}, "/extensions/x/evidence_for/a~0b/0: no evidence has the id 'E'"),
        ({"extensions": {"x": {"of": 1, "entries": [{"evidence": 7}]}}}, "/extensions/x/entries/0/evidence: 7 is not a list"),
        ({"talent": {"evidence_for": []}}, "is not a group of facts"),
        ({"talent": {"withheld": [1]}}, "is not a group of facts"),
        ({"structure": {"divisions": {"of": 1, "entries": [{"name": "A", "evidence": 7}]}}}, "7 is not a list in square brackets"),
        ({"structure": {"divisions": {"of": 2.0, "entries": [{"name": one} for one in "ABC"]}}}, "you listed 3 but said there are 2 in total"),
        ({"evidence": [{"id": "E1\n", "title": "T", "kind": "other"}]}, "does not fit"),
        ({"organisation": {**BARE["organisation"], "ods_code": "RX1\n"}}, "does not fit"),
    ],
)  # fmt: skip
def test_what_stands_next_to_facts_is_checked_too(part, words, bundled):
    with pytest.raises(InputRefused) as caught:
        load_profile({**BARE, **part}, registry=bundled)
    assert any(words in line for line in caught.value.complaints), caught.value.complaints


def test_a_whole_number_written_with_a_point_is_a_whole_number(bundled):
    profile = load_profile({**BARE, "structure": {"divisions": {"of": 2.0, "entries": [{"name": "A"}]}}}, registry=bundled)
    total = profile.fact("structure.divisions.of")
    assert (total, type(total)) == (2, int)


def test_what_a_fact_cites_itself_comes_before_what_its_group_cites_for_it(bundled):
    evidence = [{"id": name, "title": name, "kind": "other"} for name in ("A", "B")]
    document = {**BARE, "evidence": evidence, "context": {"doctors_wte": {"value": 1, "evidence": ["B"]}, "evidence_for": {"doctors_wte": ["A"]}}}
    assert load_profile(document, registry=bundled).cited == {"/context/doctors_wte": ("B",)}
